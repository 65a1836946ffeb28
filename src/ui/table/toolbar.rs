//! What stands above the table: a search in it, who is listed, which columns, copying, exporting.

use egui::{Align, Layout, RichText, ScrollArea, TextEdit, Ui};

use super::{TableColumn, TableMemory, TableRows, TableView, Values};
use crate::report::spreadsheet_text;
use crate::ui::actions::Action;
use crate::ui::commands::Command;
use crate::ui::icon::{self, Icon};
use crate::ui::state::Desk;
use crate::ui::theme::palette;
use crate::ui::widgets::{grouped, hint};

pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    memory: &mut TableMemory,
    actions: &mut Vec<Action>,
) {
    let view = &desk.state.table;
    let set = |view: TableView, actions: &mut Vec<Action>| {
        actions.push(Action::SetTable(view.into()));
    };
    ui.horizontal(|ui| {
        let width = (ui.available_width() * 0.22).clamp(110.0, 240.0);
        let field = TextEdit::singleline(&mut memory.search)
            .hint_text("Search in the table")
            .desired_width(width)
            .id_salt("search in the table");
        if ui.add(field).accessible_name("Search in the table").changed() {
            set(TableView { search: memory.search.clone(), ..view.clone() }, actions);
        }
        let mut everyone = view.everyone;
        let tip = "List people, too, whom the map does not show";
        if ui.checkbox(&mut everyone, "All people").on_hover_text(tip).changed() {
            set(TableView { everyone, ..view.clone() }, actions);
        }
        if let Some(rows) = &desk.findings.table {
            let all = desk.project.results().network.people.len();
            let listed = rows.people.len();
            let count = if listed == all {
                grouped(all)
            } else {
                format!("{} of {}", grouped(listed), grouped(all))
            };
            let ink = palette(ui.visuals()).ink_soft;
            ui.label(RichText::new(format!("{count} listed")).small().color(ink));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon::button(ui, Icon::Close, "Close the table", "Close").clicked() {
                actions.push(Action::Do(Command::ToggleTable));
            }
            let Some(rows) = desk.findings.table.clone() else { return };
            let export = Command::ExportTable.words();
            if ui.button("Export…").on_hover_text(export.tip).clicked() {
                actions.push(Action::Do(Command::ExportTable));
            }
            let selected = &desk.state.selected;
            let tip = "Copy the selected rows (Ctrl+C), to paste into a spreadsheet";
            ui.add_enabled_ui(!selected.is_empty(), |ui| {
                if ui.button("Copy").on_hover_text(tip).clicked() {
                    copy(ui, desk, &rows);
                }
                let tip = "Bring the first selected row into view";
                if ui.button("Find selected").on_hover_text(tip).clicked() {
                    memory.scroll_to = rows.people.iter().position(|it| selected.contains(it));
                }
            });
            ui.menu_button("Columns", |ui| columns(ui, desk, &rows, actions))
                .response
                .on_hover_text("Choose columns and measures");
        });
    });
}

/// Every column with a switch; measures are taken when they are switched on.
pub(super) fn columns(ui: &mut Ui, desk: &Desk<'_>, rows: &TableRows, actions: &mut Vec<Action>) {
    let view = &desk.state.table;
    let mut group = "";
    ui.set_min_width(300.0);
    ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
        for column in TableColumn::all(rows).iter().skip(1) {
            let its_group = match column {
                TableColumn::Fact(_) => "What is known",
                TableColumn::Measured(_) => "Measures",
                _ => "Role in the case",
            };
            if its_group != group {
                ui.add_space(4.0);
                hint(ui, its_group);
                group = its_group;
            }
            let mut on = view.shows(column, desk);
            let label = match column {
                TableColumn::Measured(measure) => measure.question.to_owned(),
                _ => crate::ui::text::shown_text(&column.heading(desk)),
            };
            if ui.checkbox(&mut on, label).on_hover_text(column.meaning()).changed() {
                actions.push(Action::SetTable(view.with(column, on).into()));
            }
        }
    });
}

/// Copies the selected people, in the order of the table, as a spreadsheet takes them.
pub(super) fn copy(ui: &Ui, desk: &Desk<'_>, rows: &TableRows) {
    let selected = rows.people.iter().filter(|it| desk.state.selected.contains(it));
    let columns = desk.state.table.columns(desk, rows);
    let seeds = desk.project.seeds();
    let values: Vec<_> = columns.iter().map(|it| Values::of(it, desk, &seeds)).collect();
    let line = |cells: Vec<String>| cells.join("\t") + "\n";
    let heading = |it: &TableColumn| on_one_line(&spreadsheet_text(&it.heading(desk)));
    let cell = |values: &Option<Values<'_>>, person| {
        on_one_line(&values.as_ref().map_or_else(String::new, |it| it.exported(person)))
    };
    let mut text = line(columns.iter().map(heading).collect());
    for &person in selected {
        text += &line(values.iter().map(|it| cell(it, person)).collect());
    }
    ui.ctx().copy_text(text);
}

/// Without what would part cells and lines.
fn on_one_line(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
