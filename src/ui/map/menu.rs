//! The menu of a right click on the map: what can be done with what is there.

use egui::{Response, Ui};

use super::{Canvas, MapMemory};
use crate::layout::Point;
use crate::network::PersonIndex;
use crate::project::Around;
use crate::ui::actions::{Action, Selecting, Tab};
use crate::ui::by_hand::HandEdit;
use crate::ui::commands::Command;
use crate::ui::conditions::{self, Mark};
use crate::ui::state::Desk;
use crate::ui::text::shown_name;
use crate::ui::widgets::{counted, hint};

/// What was under the pointer when the menu was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum MenuOn {
    /// A person; all who are selected, when they are among them.
    Person(PersonIndex),
    /// The tie that is being told, by its number.
    Tie(u32),
    /// A neighborhood, by its number.
    Neighborhood(u32),
    /// Nothing, at this place.
    Ground(Point),
    /// No menu was asked for yet.
    #[default]
    Nothing,
}

impl MenuOn {
    /// What is under the pointer.
    pub fn at(canvas: &Canvas<'_>, memory: &MapMemory, pointer: egui::Pos2) -> Self {
        if let Some(person) = memory.hovered {
            Self::Person(person)
        } else if let Some(tie) = memory.hovered_tie {
            Self::Tie(tie)
        } else if let Some(hull) = canvas.hull_at(pointer) {
            Self::Neighborhood(hull.group)
        } else {
            Self::Ground(canvas.world(pointer))
        }
    }
}

/// Shows the menu while it is open.
pub fn show(
    response: &Response,
    canvas: &Canvas<'_>,
    memory: &MapMemory,
    actions: &mut Vec<Action>,
) {
    let desk = &canvas.desk;
    let selected = &desk.state.selected;
    response.context_menu(|ui| {
        let before = actions.len();
        match memory.menu_on {
            MenuOn::Person(person) if selected.len() > 1 && selected.contains(&person) => {
                of_selection(ui, desk, actions);
            }
            MenuOn::Person(person) => of_person(ui, desk, person, actions),
            MenuOn::Tie(number) => of_tie(ui, desk, number, actions),
            MenuOn::Neighborhood(group) => of_neighborhood(ui, desk, group, actions),
            MenuOn::Ground(at) => of_ground(ui, desk, Some(at), actions),
            MenuOn::Nothing => of_ground(ui, desk, None, actions),
        }
        // A menu closes by itself only for a pointer.
        if actions.len() > before {
            ui.close();
        }
    });
}

/// One entry.
fn entry(ui: &mut Ui, label: &str, actions: &mut Vec<Action>, then: impl FnOnce() -> Vec<Action>) {
    if ui.button(label).clicked() {
        actions.extend(then());
    }
}

/// Entries of commands, those that can be done.
fn commands(ui: &mut Ui, desk: &Desk<'_>, list: &[Command], actions: &mut Vec<Action>) {
    for command in list.iter().filter(|it| it.is_possible(desk)) {
        let words = command.words();
        let button = egui::Button::new(words.label).shortcut_text(command.keys_in_words(ui.ctx()));
        let button = ui.add(button).accessible_name(words.label);
        if button.on_hover_text(words.tip).clicked() {
            actions.push(Action::Do(*command));
        }
    }
}

fn of_person(ui: &mut Ui, desk: &Desk<'_>, person: PersonIndex, actions: &mut Vec<Action>) {
    let project = desk.project;
    let Some(who) = project.results().network.people.get(person as usize) else { return };
    hint(ui, shown_name(&who.name));
    let seed = project.decisions().case().is_seed(&who.id);
    entry(ui, if seed { "No longer a seed" } else { "Make a seed" }, actions, || {
        vec![Action::ToggleSeed(person)]
    });
    let settings = &project.decisions().seed_settings;
    let id = [who.id.to_string()];
    let must = settings.include.contains(&id[0]);
    let never = settings.exclude.contains(&id[0]);
    if ui.button(if must { "No longer a must-have" } else { "Must be a seed" }).clicked() {
        conditions::mark(desk, actions, &id, if must { Mark::NoMust } else { Mark::Must });
    }
    if ui.button(if never { "May be a seed again" } else { "Never a seed" }).clicked() {
        conditions::mark(desk, actions, &id, if never { Mark::NoNever } else { Mark::Never });
    }
    crate::ui::learn::marks::menu(ui, desk, &[person], actions);
    ui.separator();
    entry(ui, "Show facts and ties", actions, || {
        vec![Action::Select(vec![person], Selecting::Only), Action::ShowTab(Tab::Person)]
    });
    entry(ui, "Show the neighborhood", actions, || vec![Action::FocusOn(person)]);
    entry(ui, "Look around them", actions, || {
        vec![Action::LookAround(Some(Around { people: [person].into(), steps: 1 }))]
    });
    if let Some(&other) = (desk.state.selected.first()).filter(|it| **it != person)
        && desk.state.selected.len() == 1
        && let Some(from) = project.results().network.people.get(other as usize)
    {
        let label = format!("Show the way from {}", shown_name(&from.name));
        entry(ui, &label, actions, || vec![Action::ShowWay(Some([other, person]))]);
    }
    entry(ui, "Select with neighbors", actions, || {
        let near = project.results().graph().within([person], 1);
        let shown = near.into_iter().filter(|&it| !desk.findings.hidden.has(it as usize));
        vec![Action::Select(shown.collect(), Selecting::Only)]
    });
    ui.separator();
    if project.decisions().pins.contains_key(who.id.as_str()) {
        entry(ui, "Release to the layout", actions, || vec![Action::Unpin(vec![person])]);
    } else {
        let place = desk.findings.positions.get(person as usize).copied();
        entry(ui, "Keep in place", actions, || {
            place.map(|place| Action::Pin(vec![(person, place)])).into_iter().collect()
        });
    }
    entry(ui, "Hide", actions, || vec![Action::Hide(vec![person])]);
    entry(ui, "Remove from the network", actions, || {
        vec![Action::ByHand(HandEdit::LeaveOut(vec![person]))]
    });
}

fn of_selection(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let selected: Vec<PersonIndex> = desk.state.selected.iter().copied().collect();
    hint(ui, format!("{} selected", counted(selected.len(), "person", "people")));
    commands(ui, desk, &[Command::SeedSelection], actions);
    crate::ui::learn::marks::menu(ui, desk, &selected, actions);
    ui.separator();
    let looking = [
        Command::FitSelection,
        Command::LookAround,
        Command::ShowWay,
        Command::SelectNeighbors,
        Command::SelectInverse,
    ];
    commands(ui, desk, &looking, actions);
    ui.separator();
    let placing = [
        Command::PinSelection,
        Command::UnpinSelection,
        Command::HideSelection,
        Command::HideOthers,
    ];
    commands(ui, desk, &placing, actions);
    ui.separator();
    let changing = [Command::GroupSelection, Command::TieTwo, Command::UntieTwo, Command::LeaveOut];
    commands(ui, desk, &changing, actions);
}

fn of_tie(ui: &mut Ui, desk: &Desk<'_>, number: u32, actions: &mut Vec<Action>) {
    let network = &desk.project.results().network;
    if number as usize >= network.ties.len() {
        return;
    }
    let tie = network.ties.get(number as usize);
    let [from, to] = [tie.influencer, tie.audience];
    let name = |it: PersonIndex| shown_name(&network.people[it as usize].name);
    let arrow = if tie.mutual { "↔" } else { "→" };
    hint(ui, format!("{} {arrow} {}", name(from), name(to)));
    entry(ui, "Show what it was seen in", actions, || {
        vec![Action::Select(vec![from, to], Selecting::Only), Action::ShowTab(Tab::Person)]
    });
    for end in [from, to] {
        entry(ui, &format!("Go to {}", name(end)), actions, || vec![Action::GoTo(end)]);
    }
    ui.separator();
    entry(ui, "Remove this tie", actions, || vec![Action::ByHand(HandEdit::Untie([from, to]))]);
}

fn of_neighborhood(ui: &mut Ui, desk: &Desk<'_>, group: u32, actions: &mut Vec<Action>) {
    let groups = &desk.findings.neighborhoods;
    let Some(name) = groups.names.get(group as usize) else { return };
    hint(ui, shown_name(name));
    entry(ui, "Show it", actions, || vec![Action::FocusOnNeighborhood(group)]);
    entry(ui, "Select everyone in it", actions, || {
        vec![Action::SelectNeighborhood(group, Selecting::Only)]
    });
    entry(ui, "Add everyone in it to the selection", actions, || {
        vec![Action::SelectNeighborhood(group, Selecting::Add)]
    });
    entry(ui, "Hide everyone in it", actions, || {
        let members = (0..).zip(&groups.of).filter(|(_, of)| **of == Some(group));
        vec![Action::Hide(members.map(|(person, _)| person).collect())]
    });
    ui.separator();
    commands(ui, desk, &[Command::Neighborhoods], actions);
}

fn of_ground(ui: &mut Ui, desk: &Desk<'_>, at: Option<Point>, actions: &mut Vec<Action>) {
    entry(ui, "Add a person here…", actions, || vec![Action::ByHand(HandEdit::AskForPerson(at))]);
    ui.separator();
    let looking = [Command::Fit, Command::SelectAll, Command::SelectInverse, Command::Escape];
    commands(ui, desk, &looking, actions);
    ui.separator();
    let placing = [Command::ShowHidden, Command::Rearrange, Command::UnpinAll];
    commands(ui, desk, &placing, actions);
}
