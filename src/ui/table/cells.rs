//! Lines and headings of the table. Only those in view are made.

use egui::{
    Align2, CursorIcon, Rect, Response, Role, Sense, Shape, Stroke, TextStyle, TextWrapMode, Ui,
    WidgetInfo, WidgetText, vec2,
};
use egui_table::{CellInfo, HeaderCellInfo, TableDelegate};

use super::{LINE, TableColumn, TableMemory, TableRows, Values, edit, keys, toolbar};
use crate::network::{Person, PersonIndex};
use crate::ui::actions::{Action, Selecting};
use crate::ui::icon;
use crate::ui::state::Desk;
use crate::ui::text::{shown_name, shown_text};
use crate::ui::theme::Palette;

/// Air beside the text of a cell.
const PAD: f32 = 8.0;
/// Letters of a fact that are laid out; no column is as wide.
const MOST_LETTERS: usize = 160;
/// Letters of a fact in its tooltip.
const MOST_TOLD: usize = 1200;

pub(super) struct Cells<'a, 'm> {
    pub desk: &'a Desk<'a>,
    pub rows: &'a TableRows,
    pub columns: &'a [TableColumn],
    pub values: &'a [Option<Values<'a>>],
    pub heading: &'a [String],
    pub memory: &'m mut TableMemory,
    pub actions: &'m mut Vec<Action>,
    pub colors: &'static Palette,
}

impl TableDelegate for Cells<'_, '_> {
    fn default_row_height(&self) -> f32 {
        LINE
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let at = cell.col_range.start;
        let Some(column) = self.columns.get(at) else { return };
        if ui.is_sizing_pass() {
            // Until somebody drags it, a column is as wide as its kind.
            ui.set_min_width(column.width());
            return;
        }
        let rect = ui.max_rect();
        let response = ui.interact(rect, ui.scope_id().with("heading"), Sense::click());
        let heading = &self.heading[at];
        let (sorted_by, descending) = &self.desk.state.table.sort;
        let sorted = sorted_by == column;
        response.widget_info(|| {
            WidgetInfo::selected(Role::ColumnHeader, true, sorted, format!("Sort by {heading}"))
        });
        let lit = response.hovered() || response.has_focus();
        let fill = if lit { self.colors.field_hover } else { self.colors.field };
        ui.painter().rect_filled(rect, 0.0, fill);
        let room = if sorted { 14.0 } else { 0.0 };
        let ink = if sorted { self.colors.accent } else { self.colors.ink };
        let text = egui::RichText::new(shown_text(heading)).strong().color(ink);
        let numbers = self.values[at].as_ref().is_some_and(Values::are_numbers);
        let inner = Rect::from_min_max(rect.min + vec2(PAD, 0.0), rect.max - vec2(PAD + room, 0.0));
        paint(ui, inner, text.into(), numbers);
        if sorted {
            let sign = rect.right_center() - vec2(PAD + 3.0, 0.0);
            icon::paint_triangle(ui.painter(), sign, *descending, ink);
        }
        if response.clicked() {
            self.actions.push(Action::SetTable(self.desk.state.table.sorted_by(column).into()));
        }
        response.context_menu(|ui| {
            if *column != TableColumn::Name && ui.button("Hide this column").clicked() {
                let view = self.desk.state.table.with(column, false);
                self.actions.push(Action::SetTable(view.into()));
            }
            ui.menu_button("Columns", |ui| {
                toolbar::columns(ui, self.desk, self.rows, self.actions);
            });
        });
        response.on_hover_text(column.meaning());
    }

    fn row_ui(&mut self, ui: &mut Ui, row_nr: u64) {
        let Some(&person) = self.person(row_nr) else { return };
        let rect = ui.max_rect();
        let fill = if self.desk.state.selected.contains(&person) {
            self.colors.accent_soft
        } else if ui.rect_contains_pointer(rect) {
            self.colors.field_hover
        } else if row_nr % 2 == 1 {
            self.colors.panel
        } else {
            self.colors.card
        };
        ui.painter().rect_filled(rect, 0.0, fill);
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let Some(&person) = self.person(cell.row_nr) else { return };
        let (desk, at, values) = (self.desk, cell.col_nr, self.values);
        let Some(who) = desk.project.results().network.people.get(person as usize) else { return };
        let column = &self.columns[at];
        if self.memory.editing.as_ref().is_some_and(|it| it.is_at(person, column)) {
            let keys = keys::focus_of(cell.table_id);
            edit::show(ui, desk, (self.memory, keys), self.actions);
            return;
        }
        let rect = ui.max_rect();
        let response = ui.interact(rect, ui.scope_id().with("cell"), Sense::CLICK);
        let told = values[at].as_ref().and_then(|it| it.cell(person));
        let told = told.as_ref().map(|it| it.shown.as_ref());
        let selected = desk.state.selected.contains(&person);
        response.widget_info(|| {
            let name = shown_name(&who.name);
            if *column == TableColumn::Name {
                return WidgetInfo::selected(Role::Row, true, selected, name);
            }
            let told = told.map_or_else(|| "nothing".to_owned(), shown_text);
            let label = format!("{} of {name}: {told}", self.heading[at]);
            WidgetInfo::labeled(Role::Cell, true, label)
        });
        let by_hand = self.is_by_hand(who, column);
        let is_long = told.is_some_and(|told| self.paint_cell(ui, (at, told), by_hand));
        if self.memory.cursor.as_ref().is_some_and(|it| *it == (person, column.clone()))
            && ui.memory(|it| it.has_focus(keys::focus_of(cell.table_id)))
        {
            let stroke = Stroke::new(1.5, self.colors.accent);
            ui.painter().rect_stroke(rect, 2.0, stroke, egui::StrokeKind::Inside);
        }
        self.hear(ui, &response, person, column, cell);
        let response = if is_long || by_hand {
            response.on_hover_ui(|ui| {
                let told = told.unwrap_or_default();
                ui.set_max_width(360.0);
                ui.label(shown_text(&first(told, MOST_TOLD)));
                if by_hand {
                    crate::ui::widgets::hint(ui, "Written by hand");
                }
            })
        } else {
            response
        };
        response.context_menu(|ui| self.menu(ui, person, column));
    }
}

impl Cells<'_, '_> {
    fn person(&self, row: u64) -> Option<&PersonIndex> {
        self.rows.people.get(usize::try_from(row).ok()?)
    }

    fn is_by_hand(&self, who: &Person, column: &TableColumn) -> bool {
        let written = self.desk.project.decisions().by_hand.about(&who.id);
        written.is_some_and(|written| match column {
            TableColumn::Name => written.name.is_some(),
            TableColumn::Fact(name) => written.facts.contains(name),
            _ => false,
        })
    }

    /// Says whether the text is longer than the cell.
    fn paint_cell(&self, ui: &mut Ui, (at, told): (usize, &str), by_hand: bool) -> bool {
        let rect = ui.max_rect();
        let column = &self.columns[at];
        let shown = match column {
            TableColumn::Name => shown_name(told),
            _ => shown_text(&first(told, MOST_LETTERS)),
        };
        let text = egui::RichText::new(shown).color(self.colors.ink);
        let text = if *column == TableColumn::Name { text.strong() } else { text };
        let inner = rect.shrink2(vec2(PAD, 0.0));
        let numbers = self.values[at].as_ref().is_some_and(Values::are_numbers);
        let is_long = paint(ui, inner, text.into(), numbers);
        if by_hand {
            // A dog-ear, as on a page somebody has written on.
            let corner = rect.right_top();
            let points = vec![corner - vec2(7.0, 0.0), corner, corner + vec2(0.0, 7.0)];
            ui.painter().add(Shape::convex_polygon(points, self.colors.accent, Stroke::NONE));
        }
        is_long
    }

    fn hear(
        &mut self,
        ui: &mut Ui,
        response: &Response,
        person: PersonIndex,
        column: &TableColumn,
        cell: &CellInfo,
    ) {
        if response.hovered() {
            ui.set_cursor_icon(CursorIcon::Default);
        }
        if response.secondary_clicked() && !self.desk.state.selected.contains(&person) {
            self.actions.push(Action::Select(vec![person], Selecting::Only));
        }
        if response.double_clicked() {
            self.actions.push(Action::GoTo(person));
        } else if response.clicked() {
            let modifiers = ui.input(|it| it.modifiers);
            let anchor = self.memory.anchor.filter(|_| modifiers.shift);
            let row = usize::try_from(cell.row_nr).unwrap_or_default();
            let range = anchor.and_then(|it| keys::range(self.rows, it, row));
            if range.is_none() {
                self.memory.anchor = Some(person);
            }
            let how = match (&range, modifiers.command) {
                (Some(_), true) => Selecting::Add,
                (None, true) => Selecting::Toggle,
                (_, false) => Selecting::Only,
            };
            self.actions.push(Action::Select(range.unwrap_or_else(|| vec![person]), how));
        }
        if response.clicked() || response.secondary_clicked() {
            self.memory.cursor = Some((person, column.clone()));
            ui.memory_mut(|it| it.request_focus(keys::focus_of(cell.table_id)));
        }
    }

    /// The menu of a right click on a cell.
    fn menu(&mut self, ui: &mut Ui, person: PersonIndex, column: &TableColumn) {
        let desk = self.desk;
        let Some(who) = desk.project.results().network.people.get(person as usize) else { return };
        let selected = &desk.state.selected;
        crate::ui::widgets::hint(ui, shown_name(&who.name));
        if column.is_writable() {
            let heading = column.heading(desk).to_lowercase();
            if ui.button(format!("Edit the {heading}")).clicked() {
                edit::begin(self.memory, desk, vec![person], column);
            }
            let together = selected.len() > 1 && selected.contains(&person);
            if together && *column != TableColumn::Name {
                let count = crate::ui::widgets::grouped(selected.len());
                if ui.button(format!("Edit the {heading} of all {count}")).clicked() {
                    let mut people = vec![person];
                    people.extend(selected.iter().filter(|it| **it != person));
                    edit::begin(self.memory, desk, people, column);
                }
            }
            if self.is_by_hand(who, column) && ui.button("Back to what the files say").clicked() {
                self.actions.push(Action::Write {
                    people: vec![person],
                    column: column.clone(),
                    text: None,
                });
            }
            ui.separator();
        }
        let seed = desk.project.decisions().case().is_seed(&who.id);
        if ui.button(if seed { "No longer a seed" } else { "Make a seed" }).clicked() {
            self.actions.push(Action::ToggleSeed(person));
        }
        if ui.button("Show on the map").clicked() {
            self.actions.push(Action::GoTo(person));
        }
        if ui.button("Show the neighborhood").clicked() {
            self.actions.push(Action::FocusOn(person));
        }
        crate::ui::learn::marks::menu(ui, desk, &[person], self.actions);
        ui.separator();
        if ui.button("Select everyone listed").clicked() {
            self.actions.push(Action::Select(self.rows.people.to_vec(), Selecting::Only));
        }
        if ui.button("Copy the selected rows").clicked() {
            toolbar::copy(ui, desk, self.rows);
        }
    }
}

/// Draws one line of text; says whether it had to be cut.
fn paint(ui: &Ui, rect: Rect, text: WidgetText, from_the_right: bool) -> bool {
    let wrap = Some(TextWrapMode::Truncate);
    let galley = text.into_galley(ui, wrap, rect.width().max(0.0), TextStyle::Body);
    let align = if from_the_right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let at = align.anchor_size(align.pos_in_rect(&rect), galley.size()).min;
    let elided = galley.elided;
    ui.painter().galley(at, galley, ui.visuals().text_color());
    elided
}

/// The first letters of a text, on one line.
fn first(text: &str, most: usize) -> std::borrow::Cow<'_, str> {
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let short = &text[..end];
    if short.contains(['\n', '\r', '\t']) {
        short.replace(['\n', '\r', '\t'], " ").into()
    } else {
        short.into()
    }
}
