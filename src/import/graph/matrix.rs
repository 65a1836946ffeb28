//! Adjacency matrices as tables: with names in the first row and column, or bare numbers (`.adj`).
//!
//! A cell that is neither empty nor zero is a tie from its row to its column, and its weight. Names
//! of rows and columns must be the same in the same order: any table of names and numbers would
//! otherwise pass for a matrix. Only where the corner is empty and every cell 0 or 1 may they differ: rows
//! are then people, columns what they belong to (two modes). O(bytes log ties).

use super::attributes::Attributes;
use super::build::GraphBuilder;
use super::cells::{self, Cell};
use super::scan::{has_extension, lines};
use crate::import::listed::number;
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;
use crate::import::table::DELIMITERS;

/// Rows that are looked at to recognise a matrix.
const ROWS_LOOKED_AT: usize = 50;

/// A text of this length may be only the head of a file.
const LONG_HEAD_BYTES: usize = 32 << 10;

/// Reads adjacency matrices.
pub(super) struct AdjacencyMatrix;

impl Reader for AdjacencyMatrix {
    fn name(&self) -> &'static str {
        "adjacency matrix"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        Layout::find(head.text, head.file_name()).is_some()
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let Some(layout) = Layout::find(text, around.path) else {
            return reading.refuse(1, "the rows and columns of this matrix do not fit together");
        };
        let mut builder = GraphBuilder::new(reading, around);
        match layout.read(text, &mut builder) {
            Ok(()) => builder.finish(),
            Err((line, reason)) => reading.refuse(line, reason),
        }
    }
}

/// Where the names stand, and what parts the cells.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Layout {
    delimiter: u8,
    has_names: bool,
    /// Rows are other people than columns.
    two_modes: bool,
}

impl Layout {
    fn find(text: &str, file_name: &str) -> Option<Self> {
        let is_called = |extensions| has_extension(file_name, extensions);
        let is_head = text.len() > LONG_HEAD_BYTES;
        let end = if is_head { text.rfind('\n')? } else { text.len() };
        let mut all = rows(&text[..end]).map(|(_, line)| line);
        let looked_at: Vec<&str> = all.by_ref().take(ROWS_LOOKED_AT).collect();
        let is_whole = !is_head && all.next().is_none();
        let fits = |delimiter: u8| {
            let table: Vec<Vec<&str>> =
                looked_at.iter().map(|line| split(line, delimiter)).collect();
            let found = |has_names, two_modes| Some(Self { delimiter, has_names, two_modes });
            if is_named_matrix(&table, is_whole) {
                found(true, false)
            } else if is_bare_matrix(&table, is_whole, is_called(&["adj", "mat", "1sm"])) {
                found(false, false)
            } else if is_membership(&table) {
                found(true, true)
            } else if is_called(&["2sm"]) && is_rectangle(&table) {
                found(false, true)
            } else {
                None
            }
        };
        DELIMITERS.into_iter().chain([b' ']).find_map(fits)
    }

    fn read(self, text: &str, builder: &mut GraphBuilder<'_>) -> Result<(), (usize, String)> {
        let mut rows = rows(text).peekable();
        let Some(&(first_line, first)) = rows.peek() else { return Ok(()) };
        let mut names: Vec<String> = split(first, self.delimiter).into_iter().map(plain).collect();
        if self.has_names {
            rows.next();
            let next_width = rows.peek().map_or(0, |(_, row)| split(row, self.delimiter).len());
            names.drain(..usize::from(next_width == names.len()));
        } else {
            names = (1..=names.len()).map(|number| number.to_string()).collect();
        }
        if self.two_modes && !self.has_names {
            for name in &mut names {
                name.insert_str(0, "column ");
            }
        }
        let people = nodes(first_line, &names, builder);
        let mut found = Vec::new();
        for (row, (line, content)) in rows.enumerate() {
            let mut values = split(content, self.delimiter);
            let name = values.drain(..usize::from(self.has_names)).next();
            let of_row = if self.two_modes {
                let id = name.map_or_else(|| format!("row {}", row + 1), plain);
                nodes(line, &[id], builder).first().copied()
            } else {
                people.get(row).copied()
            };
            let Some(from) = of_row else {
                return Err((
                    line,
                    format!("there are more rows than the {} columns", names.len()),
                ));
            };
            if values.len() > people.len() {
                let reason =
                    format!("{} cells stand in a row of {} columns", values.len(), people.len());
                return Err((line, reason));
            }
            for (&to, text) in people.iter().zip(values) {
                if cells::ties(text) {
                    found.push(Cell { row: from, column: to, text, line });
                }
            }
        }
        if self.two_modes {
            builder
                .reading
                .note(0, "rows and columns are different people: a network of two modes");
            cells::tell_each(&found, false, builder);
        } else {
            cells::tell_square(found, builder);
        }
        Ok(())
    }
}

/// The people of the names. One without name is called by its place.
fn nodes(line: usize, names: &[String], builder: &mut GraphBuilder<'_>) -> Vec<u32> {
    let mut people = Vec::with_capacity(names.len());
    for (number, name) in (1..).zip(names) {
        let place = format!("column {number}");
        if name.is_empty() {
            builder.reading.warn(line, format!("{place} has no name; it is called so"));
        }
        let id = if name.is_empty() { &place } else { name };
        builder.node(line, id, "", &Attributes::default());
        people.extend(builder.end(id));
    }
    people
}

/// Names over the columns, the same names before the rows, numbers elsewhere.
fn is_named_matrix(table: &[Vec<&str>], is_whole: bool) -> bool {
    let [header, rows @ ..] = table else { return false };
    let Some(first) = rows.first() else { return false };
    // The corner may be left out.
    let names =
        if first.len() == header.len() + 1 { header } else { header.get(1..).unwrap_or(&[]) };
    let fits = |row: &Vec<&str>, name: &&str| {
        row.len() == first.len()
            && row[0] == *name
            && row[1..].iter().all(|cell| cell.is_empty() || number(cell).is_some())
    };
    names.len() >= 2
        && rows.len() >= 2
        && if is_whole { rows.len() == names.len() } else { rows.len() <= names.len() }
        && names.iter().any(|name| !name.is_empty() && number(name).is_none())
        && rows.iter().zip(names).all(|(row, name)| fits(row, name))
}

/// As many rows of numbers as columns. Few numbers may as well be an edge list, so their diagonal
/// must be empty, as nobody is tied to himself, or the file must bear the name of a matrix.
fn is_bare_matrix(table: &[Vec<&str>], is_whole: bool, is_named: bool) -> bool {
    let width = table.first().map_or(0, Vec::len);
    let square = if is_whole { table.len() == width } else { table.len() <= width };
    let numbers =
        table.iter().all(|row| row.len() == width && row.iter().all(|cell| number(cell).is_some()));
    let empty_diagonal =
        table.iter().enumerate().all(|(at, row)| row.get(at).is_some_and(|it| !cells::ties(it)));
    width >= 2 && square && numbers && (is_named || (width >= 3 && empty_diagonal))
}

/// Who belongs to what: names before the rows and other names over the columns, an empty corner, and
/// cells that say yes or no.
fn is_membership(table: &[Vec<&str>]) -> bool {
    let [header, rows @ ..] = table else { return false };
    let is_name = |cell: &&str| !cell.is_empty() && number(cell).is_none();
    let says = |cell: &&str| matches!(*cell, "" | "0" | "1");
    header.len() > 2
        && header[0].is_empty()
        && header[1..].iter().all(is_name)
        && rows.len() > 1
        && rows
            .iter()
            .all(|row| row.len() == header.len() && is_name(&row[0]) && row[1..].iter().all(says))
}

/// Numbers, as many in each row.
fn is_rectangle(table: &[Vec<&str>]) -> bool {
    let width = table.first().map_or(0, Vec::len);
    let is_row = |row: &Vec<&str>| row.len() == width && row.iter().all(|it| number(it).is_some());
    width > 1 && table.iter().all(is_row)
}

/// Lines with their numbers, without comments and empty ones.
fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines(text).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with(['#', '%']))
}

/// Trimmed cells of a line without their quotes; blanks part cells where the delimiter is one.
fn split(line: &str, delimiter: u8) -> Vec<&str> {
    if delimiter == b' ' {
        return line.split_whitespace().collect();
    }
    let mut found = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, byte) in line.bytes().enumerate() {
        if byte == b'"' {
            quoted = !quoted;
        } else if byte == delimiter && !quoted {
            found.push(&line[start..at]);
            start = at + 1;
        }
    }
    found.push(&line[start..]);
    found.into_iter().map(|cell| unquoted(cell.trim()).trim()).collect()
}

fn unquoted(cell: &str) -> &str {
    cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell)
}

/// A cell in which doubled quotes are single again.
fn plain(cell: &str) -> String {
    cell.replace("\"\"", "\"")
}
