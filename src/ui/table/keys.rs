//! Keys in the table: arrows walk, Shift widens, F2 writes, Enter shows on the map.

use egui::{Event, EventFilter, Id, Key, Ui};

use super::{TableColumn, TableMemory, TableRows, edit, toolbar};
use crate::network::PersonIndex;
use crate::ui::actions::{Action, Selecting};
use crate::ui::state::Desk;

/// Lines that a page up or down walks.
const PAGE: isize = 10;

/// What takes the keyboard for the whole table.
pub(super) fn focus(ui: &mut Ui) -> Id {
    let table = egui_table::TableState::id(ui, egui::IdSalt::new("people table"));
    let id = focus_of(table);
    let response = ui.interact(ui.available_rect_before_wrap(), id, egui::Sense::FOCUSABLE);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Table, true, "People"));
    let keep = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|it| it.set_focus_lock_filter(id, keep));
    id
}

pub(super) fn focus_of(table: Id) -> Id {
    table.with("keyboard")
}

/// The people from `anchor` to the one in `row`, both included.
pub(super) fn range(rows: &TableRows, anchor: PersonIndex, row: usize) -> Option<Vec<PersonIndex>> {
    let from = rows.people.iter().position(|it| *it == anchor)?;
    Some(rows.people[from.min(row)..=from.max(row)].to_vec())
}

/// Hears the keys that the table has a use for.
pub(super) fn hear(
    ui: &mut Ui,
    desk: &Desk<'_>,
    (rows, columns): (&TableRows, &[TableColumn]),
    memory: &mut TableMemory,
    actions: &mut Vec<Action>,
) {
    let last = rows.people.len().cast_signed() - 1;
    let (mut down, mut right, mut to) = (0_isize, 0_isize, None);
    let (mut enter, mut write, mut copy, mut shift) = (false, false, false, false);
    ui.input(|input| {
        shift = input.modifiers.shift;
        for event in &input.events {
            match event {
                Event::Copy => copy = true,
                Event::Key { key, pressed: true, modifiers, .. } if !modifiers.command => match key
                {
                    Key::ArrowDown => down += 1,
                    Key::ArrowUp => down -= 1,
                    Key::PageDown => down += PAGE,
                    Key::PageUp => down -= PAGE,
                    Key::ArrowRight => right += 1,
                    Key::ArrowLeft => right -= 1,
                    Key::Home => to = Some(0),
                    Key::End => to = Some(last),
                    Key::Enter => enter = true,
                    Key::F2 => write = true,
                    _ => {}
                },
                _ => {}
            }
        }
    });
    if copy {
        toolbar::copy(ui, desk, rows);
    }
    let (person, column) = match &memory.cursor {
        Some((person, column)) => (Some(*person), columns.iter().position(|it| it == column)),
        None => (desk.state.selected.first().copied(), None),
    };
    let column = column.unwrap_or(0).cast_signed() + right;
    let column = &columns[column.clamp(0, columns.len().cast_signed() - 1).unsigned_abs()];
    if down != 0 || to.is_some() {
        let row = person.and_then(|person| rows.people.iter().position(|it| *it == person));
        let row = match (to, row) {
            (Some(to), _) => to,
            (None, Some(row)) => row.cast_signed() + down,
            (None, None) => 0,
        };
        let row = row.clamp(0, last).unsigned_abs();
        let person = rows.people[row];
        let range = memory.anchor.filter(|_| shift).and_then(|it| range(rows, it, row));
        if range.is_none() {
            memory.anchor = Some(person);
        }
        actions.push(Action::Select(range.unwrap_or_else(|| vec![person]), Selecting::Only));
        memory.cursor = Some((person, column.clone()));
        memory.scroll_to = Some(row);
        return;
    }
    let Some(person) = person else { return };
    if right != 0 {
        memory.cursor = Some((person, column.clone()));
    }
    if enter {
        actions.push(Action::FocusOn(person));
    }
    if write && column.is_writable() {
        edit::begin(memory, desk, vec![person], column);
    }
}
