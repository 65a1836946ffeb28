//! Edge lists that say when each tie was seen, as collections of networks keep them.
//!
//! | who writes so | a row |
//! |---|---|
//! | KONECT (`out.*`), below `% sym`, `% asym` or `% bip` | `1 2 [weight [time]]` |
//! | SNAP | `1 2 1082040961`; of rated ties `6 2 4 1289241911` |
//! | `SocioPatterns` | `1385982020 454 640 [class class]` |
//!
//! Times are seconds since 1970. A row without weight is one trace of a tie, so rows of the same two
//! are counted, and the latest is their date. O(bytes).

use jiff::civil::Date;

use super::build::GraphBuilder;
use super::scan::{bytes_before, lines};
use crate::import::dates;
use crate::import::listed::{Words, number};
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Rows that are looked at to recognise such a list.
const ROWS_LOOKED_AT: usize = 100;
/// Seconds since 1970 that pass for a time: years 1973 to 2128. Fewer are a weight, more an id.
const TIMES: std::ops::Range<f64> = 1e8..5e9;

/// Reads edge lists with times.
pub(super) struct DatedEdges;

impl Reader for DatedEdges {
    fn name(&self) -> &'static str {
        "edge list with times"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        Layout::find(head.text).is_some()
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let Some(layout) = Layout::find(text) else { return };
        if layout.stated.is_some() {
            reading.format = Some("KONECT edge list");
        }
        let mut builder = GraphBuilder::new(reading, around);
        for (line, content) in rows(text) {
            if !builder.goes_on(bytes_before(text, content)) {
                break;
            }
            layout.read(line, content, &mut builder);
        }
        if layout.stated == Some(Direction::Bipartite) {
            let reason = "a network of two modes: those of the second column are shown as \"right 1\", \"right 2\" …";
            builder.reading.note(0, reason);
        }
        builder.finish();
    }
}

/// What the first line of a KONECT file says of all ties.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Direction {
    Undirected,
    Directed,
    /// Numbers of the two columns are those of different people.
    Bipartite,
}

/// What stands in which cell.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Layout {
    separator: char,
    stated: Option<Direction>,
    ends: [usize; 2],
    weight: Option<usize>,
    time: Option<usize>,
}

impl Layout {
    fn find(text: &str) -> Option<Self> {
        let stated = stated(text);
        // The last line of a head may be half a line.
        let end = text.rfind('\n').filter(|_| text.len() > 4096).unwrap_or(text.len());
        let looked_at: Vec<&str> =
            rows(&text[..end]).map(|(_, line)| line).take(ROWS_LOOKED_AT).collect();
        [' ', ',', ';'].into_iter().find_map(|separator| {
            let table: Vec<Vec<&str>> =
                looked_at.iter().map(|line| cells(line, separator).collect()).collect();
            Self::of(&table, separator, stated)
        })
    }

    fn of(table: &[Vec<&str>], separator: char, stated: Option<Direction>) -> Option<Self> {
        let width = table.first()?.len();
        let layout = |ends, weight, time| Some(Self { separator, stated, ends, weight, time });
        if stated.is_some() {
            let fits = table.iter().all(|row| (2..=4).contains(&row.len()));
            let cell = |at| (width > at).then_some(at);
            return if fits { layout([0, 1], cell(2), cell(3)) } else { None };
        }
        let all = |at: usize, is: fn(&str) -> bool| table.iter().all(|row| is(row[at]));
        if table.len() < 2 || table.iter().any(|row| row.len() != width) {
            return None;
        }
        let are_nodes = |ends: [usize; 2]| ends.into_iter().all(|at| all(at, is_node));
        let ascends = || table.is_sorted_by_key(|row| number(row[0]).map(f64::to_bits));
        match width {
            3 if are_nodes([0, 1]) && all(2, is_time) => layout([0, 1], None, Some(2)),
            4 if are_nodes([0, 1]) && all(2, is_number) && all(3, is_time) => {
                layout([0, 1], Some(2), Some(3))
            }
            // Ids may be as long as times, but not sorted beside short ones.
            3 | 5 if all(0, is_time) && ascends() && are_nodes([1, 2]) && !all(1, is_time) => {
                layout([1, 2], None, Some(0))
            }
            _ => None,
        }
    }

    fn read(self, line: usize, content: &str, builder: &mut GraphBuilder<'_>) {
        let row: Vec<&str> = cells(content, self.separator).collect();
        let cell = |at: usize| row.get(at).copied().unwrap_or_default();
        let optional = |at: Option<usize>| at.map(cell).unwrap_or_default();
        let [one, other] = self.ends.map(cell);
        let other = match self.stated {
            Some(Direction::Bipartite) if !other.is_empty() => &format!("right {other}"),
            _ => other,
        };
        let (Some(from), Some(to)) = (builder.end(one), builder.end(other)) else {
            builder.reading.skip(line, "a tie needs two ends");
            return;
        };
        let directed = self.stated.map(|stated| stated == Direction::Directed);
        let words = Words { weight: optional(self.weight), ..Words::default() };
        builder.sight(line, (from, to), directed, words, day_of(optional(self.time)));
    }
}

/// `% asym weighted`, on the first line.
fn stated(text: &str) -> Option<Direction> {
    let mut words = text.lines().next()?.strip_prefix('%')?.split_whitespace();
    match words.next()? {
        "sym" => Some(Direction::Undirected),
        "asym" => Some(Direction::Directed),
        "bip" => Some(Direction::Bipartite),
        _ => None,
    }
}

/// Lines with their numbers, without comments and empty ones.
fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines(text).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with(['#', '%']))
}

fn cells(line: &str, separator: char) -> impl Iterator<Item = &str> {
    let parts = move |c: char| c == separator || (separator == ' ' && c.is_whitespace());
    line.split(parts).map(str::trim).filter(|cell| !cell.is_empty())
}

fn is_node(cell: &str) -> bool {
    cell.len() <= 64 && !cell.contains(['{', '}', '<', '>', '=', '"', ':'])
}

fn is_number(cell: &str) -> bool {
    number(cell).is_some()
}

fn is_time(cell: &str) -> bool {
    number(cell).is_some_and(|seconds| TIMES.contains(&seconds))
}

fn day_of(cell: &str) -> Option<Date> {
    dates::day_of(cell.split('.').next()?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_from_weights_and_ids() {
        let found = |text: &str| Layout::find(text).map(|it| (it.ends, it.weight, it.time));
        assert_eq!(found("1 2 1082040961\n3 4 1082155839\n"), Some(([0, 1], None, Some(2))));
        assert_eq!(
            found("6,2,4,1289241911.7\n6,5,-2,1289241941\n"),
            Some(([0, 1], Some(2), Some(3)))
        );
        assert_eq!(
            found("1385982020\t454\t640\tA\tB\n1385982040\t1\t9\tA\tC\n"),
            Some(([1, 2], None, Some(0)))
        );
        assert_eq!(found("% asym\n1 2\n"), Some(([0, 1], None, None)));
        assert_eq!(found("1 2 3\n2 3 4\n"), None);
        assert_eq!(found("1385982020 1385982021 3\n1385982022 1385982023 4\n"), None);
        assert_eq!(found("a,b\nb,c\n"), None);
    }
}
