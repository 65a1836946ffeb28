//! Whether the day or the month comes first in a table: its own dates decide, else a person.

use super::columns::Meaning;
use super::dates::{self, DateOrder, OrderSeen};
use super::question::Question;
use super::reading::Reading;
use super::rows::Body;
use super::table::Layout;

/// Dates that are shown with the question which part is the day.
const EXAMPLES: usize = 3;

/// Decides day or month first over the date columns, and says so when nothing decides.
pub(super) fn date_order(
    text: Body<'_>,
    layout: &Layout,
    meanings: &[Meaning],
    day_first: Option<bool>,
    reading: &mut Reading,
) -> Option<DateOrder> {
    let of_dates = |meaning: Meaning| {
        matches!(meaning, Meaning::Adopted | Meaning::AdoptedOn | Meaning::Connected)
    };
    let columns: Vec<usize> = (0..meanings.len()).filter(|&at| of_dates(meanings[at])).collect();
    if columns.is_empty() {
        return None;
    }
    let mut seen = OrderSeen::default();
    let mut examples: Vec<(usize, String)> = Vec::new();
    let mut rows = layout.rows(text);
    'rows: while let Some(row) = rows.next() {
        for &at in &columns {
            let cell = row.cell(Some(at));
            if seen.see(cell).is_some() {
                break 'rows;
            }
            let is_new = || examples.last().is_none_or(|(_, known)| known != cell);
            if examples.len() < EXAMPLES && dates::depends_on_order(cell) && is_new() {
                examples.push((at, cell.to_owned()));
            }
        }
    }
    let order = seen.order().or_else(|| DateOrder::answered(day_first));
    if order.is_none() {
        if let Some(&(column, _)) = examples.first() {
            let column = layout.header[column].clone();
            let examples = examples.into_iter().map(|(_, cell)| cell).collect();
            reading.ask(Question::DateOrder { column, examples });
        }
        reading.note(
            0,
            "dates are read as month/day/year; write them like 2024-03-15 if that is wrong",
        );
    }
    order
}
