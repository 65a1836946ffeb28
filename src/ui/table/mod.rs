//! The people table: everyone, line by line, with all that is known and measured of them. It is
//! the map in words: selected here is selected there.

mod cells;
mod column;
mod edit;
mod keys;
mod order;
mod toolbar;

use egui::Ui;
use egui_table::{Column, HeaderRow, Table};

pub use column::{Cell, TableColumn, Values};
pub use edit::check;
pub use order::{FactColumn, RowsRequest, TableRows};

use super::actions::Action;
use super::state::Desk;
use super::theme::palette;
use super::widgets::hint;
use crate::network::PersonIndex;
use cells::Cells;
use edit::Editing;

/// Height of a line, in points.
const LINE: f32 = 24.0;

/// What the table shows and how; not saved with the project.
#[derive(Clone, Debug, PartialEq)]
pub struct TableView {
    /// Whether it is there at all.
    pub open: bool,
    /// Columns that somebody switched on or off; the others go by themselves.
    pub switched: Vec<(TableColumn, bool)>,
    /// The column people are sorted by, and whether the greatest comes first.
    pub sort: (TableColumn, bool),
    /// Words that have to be written about them.
    pub search: String,
    /// Whether people are listed, too, whom the map does not show.
    pub everyone: bool,
}

impl Default for TableView {
    fn default() -> Self {
        Self {
            open: false,
            switched: Vec::new(),
            sort: (TableColumn::Name, false),
            search: String::new(),
            everyone: false,
        }
    }
}

impl TableView {
    /// Whether a column is shown.
    pub fn shows(&self, column: &TableColumn, desk: &Desk<'_>) -> bool {
        let switched = self.switched.iter().find(|(it, _)| it == column);
        *column == TableColumn::Name
            || switched.map_or_else(|| column.is_shown_by_default(desk), |&(_, on)| on)
    }

    /// The same with a column shown or not.
    #[must_use]
    pub fn with(&self, column: &TableColumn, on: bool) -> Self {
        let mut view = self.clone();
        view.switched.retain(|(it, _)| it != column);
        view.switched.push((column.clone(), on));
        view
    }

    /// The same sorted by a column; by the same one again turns the order round.
    #[must_use]
    pub fn sorted_by(&self, column: &TableColumn) -> Self {
        let again = self.sort.0 == *column;
        let sort = (column.clone(), again && !self.sort.1);
        Self { sort, ..self.clone() }
    }

    /// The columns shown, in their order.
    pub fn columns(&self, desk: &Desk<'_>, rows: &TableRows) -> Vec<TableColumn> {
        let mut columns = TableColumn::all(rows);
        columns.retain(|it| self.shows(it, desk));
        columns
    }
}

/// What the table remembers between frames.
#[derive(Debug, Default)]
pub struct TableMemory {
    search: String,
    /// The cell that keys start from.
    cursor: Option<(PersonIndex, TableColumn)>,
    /// Where a range of rows begins.
    anchor: Option<PersonIndex>,
    editing: Option<Editing>,
    /// A line to bring into view.
    scroll_to: Option<usize>,
}

/// Shows the table.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, memory: &mut TableMemory, actions: &mut Vec<Action>) {
    // The panel is as high as it was dragged, however much there is to show.
    ui.set_min_size(ui.available_size());
    toolbar::show(ui, desk, memory, actions);
    ui.add_space(4.0);
    if desk.project.results().network.people.is_empty() {
        hint(ui, "Nobody is here yet. Open exports or the sample with the File menu.");
        return;
    }
    let Some(rows) = desk.findings.table.clone() else {
        // Numbers of people may mean others by the time the lines are there.
        (memory.cursor, memory.anchor, memory.editing) = (None, None, None);
        hint(ui, "Reading everyone…");
        return;
    };
    if rows.people.is_empty() {
        hint(ui, nobody(desk));
        return;
    }
    let columns = desk.state.table.columns(desk, &rows);
    let seeds = desk.project.seeds();
    let values: Vec<_> = columns.iter().map(|it| Values::of(it, desk, &seeds)).collect();
    let heading: Vec<String> = columns.iter().map(|it| it.heading(desk)).collect();
    let focus = keys::focus(ui);
    if ui.memory(|it| it.has_focus(focus)) {
        if memory.cursor.is_none() {
            // Whoever comes by the Tab key begins with the first line.
            memory.cursor = Some((rows.people[0], TableColumn::Name));
        }
        keys::hear(ui, desk, (&rows, &columns), memory, actions);
    }
    let colors = palette(ui.visuals());
    let widths: Vec<Column> = columns
        .iter()
        .map(|it| {
            let id = egui::Id::unique(("people table", format!("{it:?}")));
            Column::new(it.width()).range(44.0..=700.0).id(id)
        })
        .collect();
    let mut table = Table::new()
        .id_salt("people table")
        .num_rows(rows.people.len() as u64)
        .columns(widths)
        .num_sticky_cols(1)
        .headers([HeaderRow::new(LINE + 2.0)]);
    if let Some(row) = memory.scroll_to.take() {
        table = table.scroll_to_row(row as u64, None);
    }
    let mut cells = Cells {
        desk,
        rows: &rows,
        columns: &columns,
        values: &values,
        heading: &heading,
        memory,
        actions,
        colors,
    };
    table.show(ui, &mut cells);
}

/// Why nobody is listed.
fn nobody(desk: &Desk<'_>) -> &'static str {
    if desk.state.table.search.trim().is_empty() {
        "The filter hides everyone. Tick \"All people\" to list them nevertheless."
    } else {
        "Nobody has all of these words."
    }
}
