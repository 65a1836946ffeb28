//! What is asked before a person, a tie or a group is made.

use egui::{Context, Frame, Id, Key, Modal, RichText, TextEdit, Ui};

use super::HandEdit;
use crate::network::{Closeness, PersonIndex, fact};
use crate::ui::actions::{Action, Window};
use crate::ui::state::Desk;
use crate::ui::table::TableColumn;
use crate::ui::text::shown_name;
use crate::ui::widgets::{counted, hint, primary_button};

/// What the questions remember.
#[derive(Debug)]
pub struct HandMemory {
    text: String,
    tied: bool,
    closeness: Closeness,
    /// Which way influence passes: both, from the first, from the second.
    way: usize,
}

impl Default for HandMemory {
    fn default() -> Self {
        Self { text: String::new(), tied: true, closeness: Closeness::Friendly, way: 0 }
    }
}

/// Shows the question that `window` is.
pub fn show(
    ctx: &Context,
    desk: &Desk<'_>,
    window: Window,
    memory: &mut HandMemory,
    actions: &mut Vec<Action>,
) {
    let selected: Vec<PersonIndex> = desk.state.selected.iter().copied().collect();
    let mut answer = Answer::default();
    let frame = Frame::window(&ctx.global_style()).inner_margin(22);
    let modal = Modal::new(Id::unique("by hand")).frame(frame).show(ctx, |ui| {
        ui.set_width(400.0);
        match window {
            Window::AddPerson => person(ui, desk, &selected, memory, &mut answer),
            Window::TieTwo => tie(ui, desk, &selected, memory, &mut answer),
            _ => group(ui, &selected, memory, &mut answer),
        }
    });
    if answer.close || modal.should_close() {
        *memory = HandMemory::default();
        actions.push(Action::ShowWindow(window, false));
    }
    actions.extend(answer.action);
}

/// What was answered.
#[derive(Default)]
struct Answer {
    action: Option<Action>,
    close: bool,
}

/// The text that is asked for; true when it was entered.
fn field(ui: &mut Ui, name: &str, text: &mut String) -> bool {
    let field = TextEdit::singleline(text).desired_width(f32::INFINITY).hint_text(name);
    let field = ui.add(field).accessible_name(name);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if text.is_empty() && !field.has_focus() {
        field.request_focus();
    }
    entered
}

fn buttons(
    ui: &mut Ui,
    verb: &str,
    (possible, entered): (bool, bool),
    answer: &mut Answer,
    action: impl FnOnce() -> Action,
) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        let go = primary_button(ui, verb, possible).clicked() || entered;
        if go && possible {
            answer.action = Some(action());
            answer.close = true;
        }
        if ui.add(egui::Button::new("Cancel").min_size(egui::vec2(0.0, 30.0))).clicked() {
            answer.close = true;
        }
    });
}

fn name(desk: &Desk<'_>, person: PersonIndex) -> String {
    let people = &desk.project.results().network.people;
    people.get(person as usize).map_or_else(String::new, |it| shown_name(&it.name))
}

fn person(
    ui: &mut Ui,
    desk: &Desk<'_>,
    selected: &[PersonIndex],
    memory: &mut HandMemory,
    answer: &mut Answer,
) {
    ui.label(RichText::new("Add a person").heading().strong());
    hint(ui, "Somebody whom no file names. More about them can be written in the people table.");
    ui.add_space(8.0);
    let entered = field(ui, "Name", &mut memory.text);
    if !selected.is_empty() {
        let whom = match selected {
            [only] => name(desk, *only),
            _ => format!("the {} selected", counted(selected.len(), "person", "people")),
        };
        ui.checkbox(&mut memory.tied, format!("Tied to {whom}"));
    }
    let typed = memory.text.trim().to_owned();
    let tied_to = if memory.tied { selected.to_vec() } else { Vec::new() };
    buttons(ui, "Add", (!typed.is_empty(), entered), answer, || {
        let at = desk.state.add_at;
        Action::ByHand(HandEdit::AddPerson { name: typed, at, tied_to })
    });
}

fn tie(
    ui: &mut Ui,
    desk: &Desk<'_>,
    selected: &[PersonIndex],
    memory: &mut HandMemory,
    answer: &mut Answer,
) {
    let &[one, other] = selected else {
        answer.close = true;
        return;
    };
    let [first, second] = [one, other].map(|it| name(desk, it));
    ui.label(RichText::new(format!("Tie {first} and {second}")).heading().strong());
    hint(ui, "That they know each other although no file says so.");
    ui.add_space(8.0);
    let ways = [
        "Influence passes both ways".to_owned(),
        format!("{first} influences {second}"),
        format!("{second} influences {first}"),
    ];
    for (way, words) in ways.into_iter().enumerate() {
        ui.radio_value(&mut memory.way, way, words);
    }
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label("How close");
        for closeness in Closeness::ALL {
            let chance = 100.0 * closeness.usual_strength();
            ui.selectable_value(&mut memory.closeness, closeness, closeness.label())
                .on_hover_text(format!("Passes influence on in {chance:.1} % of steps"));
        }
    });
    let ends = if memory.way == 2 { [other, one] } else { [one, other] };
    let (mutual, closeness) = (memory.way == 0, memory.closeness);
    let entered = ui.input(|input| input.key_pressed(Key::Enter));
    buttons(ui, "Add the tie", (true, entered), answer, || {
        Action::ByHand(HandEdit::Tie { ends, mutual, closeness })
    });
}

fn group(ui: &mut Ui, selected: &[PersonIndex], memory: &mut HandMemory, answer: &mut Answer) {
    let people = counted(selected.len(), "person", "people");
    ui.label(RichText::new(format!("Group {people}")).heading().strong());
    hint(
        ui,
        "A name for them, kept in the column “group”: color the map by it, filter by it, tell \
         segments apart by it. Without a name they belong to no group.",
    );
    ui.add_space(8.0);
    let entered = field(ui, "Name of the group", &mut memory.text);
    let typed = memory.text.trim().to_owned();
    buttons(ui, "Group", (!selected.is_empty(), entered), answer, || Action::Write {
        people: selected.to_vec(),
        column: TableColumn::Fact(fact::GROUP.to_owned()),
        text: Some(typed).filter(|it| !it.is_empty()),
    });
}
