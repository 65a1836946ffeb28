//! Who converted whom in the course that is watched: a tree from the seeds on.

use egui::{Context, RichText, ScrollArea, Ui};

use super::actions::{Action, Window};
use super::commands::Command;
use super::person::capitalized;
use super::state::{Course, Desk};
use super::text::shown_name;
use super::theme::palette;
use super::widgets::{counted, grouped, hint};
use super::window;
use crate::network::PersonIndex;

/// People listed under one name at most; with more nobody reads them.
const MOST_LISTED: usize = 200;
/// Roots whose branches are open at first.
const OPEN_AT_FIRST: usize = 3;

/// Shows the window while it is open.
pub fn show(ctx: &Context, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let area = ctx.content_rect();
    let width = (area.width() - 100.0).clamp(360.0, 560.0);
    let height = (area.height() - 180.0).clamp(160.0, 620.0);
    let title = (Window::Conversions, "Who converted whom");
    window::in_the_middle(ctx, title, actions, |ui, actions| {
        ui.set_width(width);
        let Some(course) = &desk.findings.course else {
            hint(ui, "Choose seeds first: then one possible course can be followed from them.");
            return;
        };
        heading(ui, course, actions);
        let scroll = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
        scroll.min_scrolled_height(height).show(ui, |ui| {
            tree(ui, desk, course, actions);
        });
    });
}

fn heading(ui: &mut Ui, course: &Course, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        let adopters = course.cumulative.last().copied().unwrap_or(0) as usize;
        let adopters = counted(adopters, "adopter", "adopters");
        ui.label(RichText::new(format!("Course {} · {adopters}", course.index + 1)).strong());
        let words = Command::NextReplicate.words();
        if ui.small_button(words.label).on_hover_text(words.tip).clicked() {
            actions.push(Action::Do(Command::NextReplicate));
        }
    });
    let found = &course.conversions;
    let others = found.others.iter().filter(|&&others| others > 0).count();
    let mut text = found.rule.in_words().to_owned();
    if others > 0 {
        let people = counted(others, "person", "people");
        text = format!("{text} {}", found.rule.others_in_words(&people));
    }
    text.push_str(" Another course may go quite otherwise.");
    ui.add(
        egui::Label::new(RichText::new(text).small().color(palette(ui.visuals()).ink_soft)).wrap(),
    );
    ui.add_space(4.0);
}

fn tree(ui: &mut Ui, desk: &Desk<'_>, course: &Course, actions: &mut Vec<Action>) {
    let found = &course.conversions;
    if found.by.len() != desk.project.results().network.people.len() {
        return;
    }
    let mut roots: Vec<PersonIndex> = found.roots().to_vec();
    roots.sort_by_key(|&it| std::cmp::Reverse(found.through[it as usize]));
    for (number, &root) in roots.iter().take(MOST_LISTED).enumerate() {
        branch(ui, desk, course, root, number < OPEN_AT_FIRST, actions);
    }
    rest(ui, roots.len());
}

/// A person, and behind a click all whom they converted.
fn branch(
    ui: &mut Ui,
    desk: &Desk<'_>,
    course: &Course,
    person: PersonIndex,
    open: bool,
    actions: &mut Vec<Action>,
) {
    let found = &course.conversions;
    let converted = found.converted_by(person);
    if converted.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(ui.spacing().indent);
            name(ui, desk, course, person, actions);
        });
        return;
    }
    let id = ui.make_persistent_id(("converted by", course.index, person));
    let state =
        egui::collapsing_header::CollapsingState::load_with_default_open(ui.ctx(), id, open);
    state.show_header(ui, |ui| name(ui, desk, course, person, actions)).body(|ui| {
        for &next in converted.iter().take(MOST_LISTED) {
            branch(ui, desk, course, next, false, actions);
        }
        rest(ui, converted.len());
    });
}

fn rest(ui: &mut Ui, people: usize) {
    if people > MOST_LISTED {
        hint(ui, format!("and {} more", grouped(people - MOST_LISTED)));
    }
}

/// "Ada Ash · week 2 · 14 through them".
fn name(
    ui: &mut Ui,
    desk: &Desk<'_>,
    course: &Course,
    person: PersonIndex,
    actions: &mut Vec<Action>,
) {
    let Some(who) = desk.project.results().network.people.get(person as usize) else { return };
    let selected = desk.state.selected.contains(&person);
    let mut shown = shown_name(&who.name);
    if course.conversions.others[person as usize] > 0 {
        shown = format!("{shown} +{}", course.conversions.others[person as usize]);
    }
    if ui.selectable_label(selected, shown).on_hover_text("Show on the map").clicked() {
        actions.push(Action::GoTo(person));
    }
    let text = told(desk, course, person);
    ui.label(RichText::new(text).small().color(palette(ui.visuals()).ink_soft));
}

fn told(desk: &Desk<'_>, course: &Course, person: PersonIndex) -> String {
    let found = &course.conversions;
    let unit = desk.project.decisions().scenario().step_unit;
    let step = course.replicate.time_of_adoption[person as usize];
    let mut when = format!("{} {step}", capitalized(unit.word(1)));
    if let Some(start) = found.start_of(person) {
        when = format!("{when} · {}", start.label());
    }
    match found.through[person as usize] {
        0 => when,
        through => format!("{when} · {} through them", grouped(through as usize)),
    }
}
