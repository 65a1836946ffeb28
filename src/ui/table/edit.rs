//! Writing into a cell, in place.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Area, Frame, Id, Key, Order, RichText, TextEdit, Ui};

use super::{TableColumn, TableMemory};
use crate::network::{PersonIndex, check_fact};
use crate::ui::actions::Action;
use crate::ui::state::Desk;
use crate::ui::theme::palette;

/// A cell that is being written.
#[derive(Debug)]
pub(super) struct Editing {
    /// Whose; the first one's cell is the field.
    people: Vec<PersonIndex>,
    column: TableColumn,
    text: String,
    before: String,
    /// Whether the field has had the keyboard.
    begun: bool,
}

impl Editing {
    pub(super) fn is_at(&self, person: PersonIndex, column: &TableColumn) -> bool {
        self.people.first() == Some(&person) && self.column == *column
    }
}

/// Begins to write into this column of these people.
pub(super) fn begin(
    memory: &mut TableMemory,
    desk: &Desk<'_>,
    people: Vec<PersonIndex>,
    column: &TableColumn,
) {
    let Some(&first) = people.first() else { return };
    let Some(who) = desk.project.results().network.people.get(first as usize) else { return };
    let text = match column {
        TableColumn::Name => who.name.to_string(),
        TableColumn::Fact(name) => who.fact(name).unwrap_or_default().to_owned(),
        _ => return,
    };
    let before = text.clone();
    memory.editing = Some(Editing { people, column: column.clone(), text, before, begun: false });
}

/// Shows the field of the cell that is being written. Enter, or a click elsewhere, keeps what was
/// written; Escape does not. What cannot be kept stays, with the reason beside it.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    (memory, keys): (&mut TableMemory, Id),
    actions: &mut Vec<Action>,
) {
    let Some(editing) = &mut memory.editing else { return };
    let heading = editing.column.heading(desk);
    let refused = check(&editing.column, &editing.text).err();
    let colors = palette(ui.visuals());
    let mut field = TextEdit::singleline(&mut editing.text)
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(7, 0))
        .id_salt("written cell");
    if refused.is_some() {
        field = field.text_color(colors.bad);
    }
    // As high as the line, not as a button.
    ui.spacing_mut().interact_size.y = 0.0;
    let response =
        ui.add_sized(ui.available_size(), field).accessible_name(format!("New {heading}"));
    if !editing.begun {
        response.request_focus();
        select_all(ui, response.id, editing.text.chars().count());
        editing.begun = true;
        return;
    }
    if let Some(why) = &refused {
        Area::new(response.id.with("refused"))
            .order(Order::Foreground)
            .fixed_pos(response.rect.left_bottom() + egui::vec2(0.0, 5.0))
            .interactable(false)
            .show(ui.ctx(), |ui| {
                let ink = RichText::new(why).color(colors.bad);
                Frame::popup(ui.style()).show(ui, |ui| ui.label(ink));
            });
    }
    if !response.lost_focus() {
        return;
    }
    let (escape, enter) = ui.input(|it| (it.key_pressed(Key::Escape), it.key_pressed(Key::Enter)));
    if refused.is_some() && enter && !escape {
        response.request_focus();
        return;
    }
    let Some(editing) = memory.editing.take() else { return };
    let text = editing.text.trim();
    let same = editing.people.len() == 1 && text == editing.before;
    if !escape && refused.is_none() && !same {
        actions.push(Action::Write {
            people: editing.people,
            column: editing.column,
            text: Some(text.to_owned()),
        });
    }
    if escape || enter {
        ui.memory_mut(|it| it.request_focus(keys));
    }
}

/// What is typed first takes the place of what stands there.
fn select_all(ui: &Ui, field: Id, letters: usize) {
    let mut state = TextEditState::load(ui.ctx(), field).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(letters));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), field);
}

/// Whether this can stand in the column.
///
/// # Errors
/// Why not, and what can.
pub fn check(column: &TableColumn, text: &str) -> Result<(), String> {
    match column {
        TableColumn::Fact(name) => check_fact(name, text).map_err(str::to_owned),
        TableColumn::Name if text.trim().is_empty() => Err("A person needs a name".to_owned()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_needs_a_name_and_numbers_have_to_be_numbers() {
        assert!(check(&TableColumn::Name, " ").is_err());
        assert!(check(&TableColumn::Fact("cost".to_owned()), "dear").is_err());
        assert_eq!(check(&TableColumn::Fact("shoe size".to_owned()), "large"), Ok(()));
    }
}
