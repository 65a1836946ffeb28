//! Day or month first, in exports that went through a spreadsheet.

use super::super::dates::{self, DateOrder, OrderSeen};
use super::super::question::Question;
use super::super::reading::Reading;
use super::super::rows::Body;
use super::super::table::Layout;

/// Dates that a question shows.
const EXAMPLES: usize = 3;

/// Decides over a column; where no date does, asks, and reads the month first meanwhile, as
/// LinkedIn itself writes.
pub(super) fn date_order(
    text: Body<'_>,
    layout: &Layout,
    column: Option<usize>,
    day_first: Option<bool>,
    reading: &mut Reading,
) -> DateOrder {
    let mut rows = layout.rows(text);
    let mut seen = OrderSeen::default();
    let mut examples: Vec<String> = Vec::new();
    while let Some(row) = rows.next() {
        let cell = row.cell(column);
        if cell.contains('/') && seen.see(cell).is_some() {
            break;
        }
        if examples.len() < EXAMPLES
            && dates::depends_on_order(cell)
            && examples.last().is_none_or(|known| known != cell)
        {
            examples.push(cell.to_owned());
        }
    }
    let decided = seen.order().or_else(|| DateOrder::answered(day_first));
    decided.unwrap_or_else(|| {
        if let Some(at) = column {
            reading.ask(Question::DateOrder { column: layout.header[at].clone(), examples });
        }
        reading.note(
            0,
            "dates are read as month/day/year; export again from LinkedIn if that is wrong",
        );
        DateOrder::MonthFirst
    })
}
