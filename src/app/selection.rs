//! Who is selected, and what can be done with those who are.

use std::collections::BTreeSet;

use egui::Context;

use super::App;
use super::follow::fitted;
use crate::diffusion::AdopterClass;
use crate::layout::Point;
use crate::network::{Network, PersonIndex};
use crate::picture::LegendEntry;
use crate::project::Around;
use crate::ui::actions::{Selecting, Tab, Window};
use crate::ui::by_hand::HandEdit;
use crate::ui::commands::Command;
use crate::ui::widgets::counted;

impl App {
    /// Carries out a command about the selection; others are none of its business.
    pub(super) fn with_selection(&mut self, ctx: &Context, command: Command) {
        // A key is pressed whether or not it can do anything now.
        if !command.is_possible(&self.desk(&[])) {
            return;
        }
        let selected = self.selected();
        match command {
            Command::SelectAll => self.select(self.shown(), Selecting::Only),
            Command::SelectNeighbors => self.select_within(1),
            Command::SelectTwoSteps => self.select_within(2),
            Command::SelectInverse => {
                let others = |it: &PersonIndex| !self.state.selected.contains(it);
                let others = self.shown().into_iter().filter(others).collect();
                self.select(others, Selecting::Only);
            }
            Command::SelectClass(class) => self.select_class(class),
            Command::FitSelection => self.fit(&selected),
            Command::Focus => self.focus_on(&selected),
            Command::PinSelection => self.pin_here(&selected),
            Command::UnpinSelection => self.unpin(&selected),
            Command::HideSelection => self.hide(&selected),
            Command::HideOthers => {
                let others: Vec<PersonIndex> = (self.shown().into_iter())
                    .filter(|it| !self.state.selected.contains(it))
                    .collect();
                self.hide(&others);
            }
            Command::ShowHidden => self.decide("Bring hidden people back", |it| it.hidden.clear()),
            Command::LookAround => {
                let around = Around { people: self.state.selected.clone(), steps: 1 };
                let is_on = self.state.around.as_ref().is_some_and(|it| it.people == around.people);
                self.look_around(Some(around).filter(|it| !is_on && !it.people.is_empty()));
            }
            Command::ShowWay => {
                if let [from, to] = selected[..] {
                    self.show_way(ctx, Some([from, to]));
                }
            }
            Command::AddPerson => self.edit_by_hand(ctx, HandEdit::AskForPerson(None)),
            Command::TieTwo => self.show_window(Window::TieTwo, true),
            Command::UntieTwo => {
                if let [one, other] = selected[..] {
                    self.edit_by_hand(ctx, HandEdit::Untie([one, other]));
                }
            }
            Command::GroupSelection => self.show_window(Window::Group, true),
            Command::LeaveOut => self.edit_by_hand(ctx, HandEdit::LeaveOut(selected)),
            _ => {}
        }
    }

    /// Everyone who is selected, in the order of the network.
    pub(super) fn selected(&self) -> Vec<PersonIndex> {
        self.state.selected.iter().copied().collect()
    }

    /// Everyone whom the map shows.
    fn shown(&self) -> Vec<PersonIndex> {
        let people = (0..).zip(&self.project.results().network.people).map(|(person, _)| person);
        people.filter(|&it| !self.findings.hidden.has(it as usize)).collect()
    }

    pub(super) fn select(&mut self, people: Vec<PersonIndex>, how: Selecting) {
        let selected = &mut self.state.selected;
        let alone = people.len() == 1;
        match how {
            Selecting::Only => *selected = people.into_iter().collect(),
            Selecting::Add => selected.extend(people),
            Selecting::Toggle => {
                let people: BTreeSet<PersonIndex> = people.into_iter().collect();
                *selected = &*selected ^ &people;
            }
        }
        if alone && !selected.is_empty() {
            self.state.tab = Tab::Person;
        }
    }

    fn select_within(&mut self, steps: u32) {
        let near = self.project.results().graph().within(self.selected(), steps);
        let shown = near.into_iter().filter(|&it| !self.findings.hidden.has(it as usize));
        self.select(shown.collect(), Selecting::Add);
    }

    fn select_class(&mut self, class: AdopterClass) {
        let Some(course) = &self.findings.course else { return };
        let of_class = (0..).zip(&course.classes).filter(|(_, of)| **of == Some(class));
        let people = of_class.map(|(person, _)| person);
        let people = people.filter(|&it: &PersonIndex| !self.findings.hidden.has(it as usize));
        self.select(people.collect(), Selecting::Only);
    }

    /// "Ana Ruiz", "3 people".
    pub(super) fn in_words(&self, people: &[PersonIndex]) -> String {
        let all = &self.project.results().network.people;
        match people {
            [one] => all.get(*one as usize).map_or_else(String::new, |it| it.name.to_string()),
            _ => counted(people.len(), "person", "people"),
        }
    }

    pub(super) fn hide(&mut self, people: &[PersonIndex]) {
        let label = format!("Hide {}", self.in_words(people));
        let ids = self.ids(people);
        self.decide(&label, |it| it.hidden.extend(ids));
        self.state.selected.retain(|it| !people.contains(it));
    }

    /// Keeps people where the layout has put them.
    pub(super) fn pin_here(&mut self, people: &[PersonIndex]) {
        let label = format!("Keep {} in place", self.in_words(people));
        let places = people.iter().filter_map(|&it| {
            let place: Point = *self.settled_positions().get(it as usize)?;
            Some((it, place))
        });
        let (people, places): (Vec<_>, Vec<_>) = places.unzip();
        let ids = self.ids(&people);
        self.decide(&label, |it| it.pins.extend(ids.into_iter().zip(places)));
    }

    pub(super) fn unpin(&mut self, people: &[PersonIndex]) {
        let label = format!("Release {} to the layout", self.in_words(people));
        let ids = self.ids(people);
        self.decide(&label, |it| it.pins.retain(|id, _| !ids.contains(id)));
    }

    /// Shows nobody but those near somebody, or everyone again.
    pub(super) fn look_around(&mut self, around: Option<Around>) {
        if let Some(Around { people, steps }) = &around {
            let near = self.project.results().graph().within(people.clone(), *steps);
            self.fit(&near.into_iter().collect::<Vec<_>>());
        }
        self.state.around = around;
    }

    pub(super) fn go_to(&mut self, person: PersonIndex) {
        self.select(vec![person], Selecting::Only);
        if let Some(&place) = self.settled_positions().get(person as usize) {
            self.glide_to(crate::picture::View { center: place, ..self.state.view });
        }
    }

    /// Whoever looks on the map as an entry of its legend says.
    pub(super) fn select_by_legend(&mut self, entry: &LegendEntry, how: Selecting) {
        let picture = self.painter.picture();
        let people = picture.map_or_else(Vec::new, |it| it.scene.people_of(entry));
        self.select(people, how);
    }

    /// Shows these people and everyone tied to them.
    pub(super) fn focus_on(&mut self, people: &[PersonIndex]) {
        let circle = self.project.results().graph().within(people.iter().copied(), 1);
        if let [person] = people {
            self.select(vec![*person], Selecting::Only);
        }
        self.fit(&circle.into_iter().collect::<Vec<_>>());
    }

    pub(super) fn fit(&mut self, people: &[PersonIndex]) {
        let positions = self.settled_positions();
        let places: Vec<Point> =
            people.iter().filter_map(|&it| positions.get(it as usize).copied()).collect();
        if !places.is_empty() {
            self.glide_to(fitted(&places, self.state.view.size_px));
        }
    }

    /// Closes what lies on top, or selects nobody, or shows everyone again.
    pub(super) fn escape(&mut self) {
        let closed = self.waiting.take().is_some()
            || self.state.windows.pop_last().is_some()
            || self.state.way.take().is_some()
            || !std::mem::take(&mut self.state.selected).is_empty();
        if !closed {
            self.state.around = None;
        }
    }

    /// Has what is looked at follow people from the network `before`, in which they had other
    /// numbers.
    pub(super) fn follow_people(&mut self, before: &Network) {
        let results = self.project.results();
        let now = |it: PersonIndex| results.person(&before.people.get(it as usize)?.id);
        let all = |people: &BTreeSet<PersonIndex>| -> BTreeSet<PersonIndex> {
            people.iter().filter_map(|&it| now(it)).collect()
        };
        let selected = all(&self.state.selected);
        let around = self.state.around.as_ref();
        let around = around.map(|it| Around { people: all(&it.people), steps: it.steps });
        let way = self.state.way.and_then(|[from, to]| Some([now(from)?, now(to)?]));
        self.state.selected = selected;
        self.state.around = around.filter(|it| !it.people.is_empty());
        self.state.way = way;
    }
}
