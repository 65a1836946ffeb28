//! Find a person by name, company or handle, ignoring case and accents.

use egui::{Key, Popup, PopupCloseBehavior, RichText, TextEdit, Ui};

use super::actions::Action;
use super::state::Desk;
use super::text::shown_name;
use super::theme::palette;
use crate::network::PersonIndex;

/// Hits shown.
pub const MOST: usize = 8;

/// What the field remembers.
#[derive(Debug, Default)]
pub struct SearchMemory {
    text: String,
    marked: usize,
    /// The key that takes a hit was pressed before there were any.
    entered: bool,
}

/// Shows the field with its hits below.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    memory: &mut SearchMemory,
    width: f32,
    actions: &mut Vec<Action>,
) {
    let hint =
        format!("Find a person   {}", super::commands::Command::Find.keys_in_words(ui.ctx()));
    let field = TextEdit::singleline(&mut memory.text)
        .hint_text(hint)
        .desired_width(width)
        .id_salt("find a person");
    let response = ui.add(field).accessible_name("Find a person");
    if desk.state.focus_search {
        response.request_focus();
    }
    if response.changed() {
        memory.marked = 0;
        memory.entered = false;
        actions.push(Action::Search(memory.text.clone()));
    }
    // Until this is answered, what was found before stays in view.
    let hits = desk.findings.hits.as_deref();
    let answered = hits.is_some_and(|it| it.wanted == memory.text);
    let hits = hits.map_or(&[][..], |it| &it.people);
    let (up, down, enter, escape) = ui.input(|input| {
        (
            input.key_pressed(Key::ArrowUp),
            input.key_pressed(Key::ArrowDown),
            input.key_pressed(Key::Enter),
            input.key_pressed(Key::Escape),
        )
    });
    if response.has_focus() || response.lost_focus() {
        if down && memory.marked + 1 < hits.len() {
            memory.marked += 1;
        }
        if up {
            memory.marked = memory.marked.saturating_sub(1);
        }
        memory.entered |= enter && !memory.text.trim().is_empty();
        if escape {
            memory.clear(actions);
            response.surrender_focus();
        }
    }
    if memory.entered && answered {
        memory.entered = false;
        if let Some(&person) = hits.get(memory.marked) {
            actions.push(Action::GoTo(person));
            memory.clear(actions);
            response.surrender_focus();
        }
    }
    let open = !memory.text.trim().is_empty();
    let marked = memory.marked;
    let chosen = Popup::from_response(&response)
        .open(open)
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
        .width(width + 60.0)
        .gap(4.0)
        .show(|ui| list(ui, desk, (hits, answered), marked))
        .and_then(|it| it.inner);
    if let Some(person) = chosen {
        actions.push(Action::GoTo(person));
        memory.clear(actions);
    }
}

impl SearchMemory {
    fn clear(&mut self, actions: &mut Vec<Action>) {
        *self = Self::default();
        actions.push(Action::Search(String::new()));
    }
}

fn list(
    ui: &mut Ui,
    desk: &Desk<'_>,
    (hits, answered): (&[PersonIndex], bool),
    marked: usize,
) -> Option<PersonIndex> {
    if hits.is_empty() {
        super::widgets::hint(ui, if answered { "Nobody of that name" } else { "Looking…" });
    }
    let mut chosen = None;
    for (i, &person) in hits.iter().enumerate() {
        let who = &desk.project.results().network.people[person as usize];
        let row = ui.selectable_label(i == marked, shown_name(&who.name));
        if row.clicked() {
            chosen = Some(person);
        }
        let mut about = super::person::one_line(desk, person);
        if desk.findings.hidden.has(person as usize) {
            about.push_str(" · not shown on the map");
        }
        let ink = palette(ui.visuals()).ink_soft;
        ui.indent(("about", person), |ui| {
            ui.add(egui::Label::new(RichText::new(about).small().color(ink)).truncate());
        });
    }
    chosen
}
