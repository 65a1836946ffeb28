//! GDF (GUESS): a table of nodes below `nodedef>`, a table of edges below `edgedef>`.
//!
//! Columns are named with their types (`name VARCHAR,weight DOUBLE`); cells may stand in single or
//! double quotes. Edges without word of direction are undirected, as the format has it. O(bytes).

use super::attributes::Attributes;
use super::build::GraphBuilder;
use super::scan::{bytes_before, lines};
use crate::import::clean::header_key;
use crate::import::listed::{SOURCE, TARGET, is_directed};
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Reads GDF.
pub(super) struct Gdf;

impl Reader for Gdf {
    fn name(&self) -> &'static str {
        "GDF"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        definition(head.text.trim_start().lines().next().unwrap_or_default()).is_some()
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let mut builder = GraphBuilder::new(reading, around);
        let mut table = None;
        for (line, content) in lines(text).filter(|(_, content)| !content.trim().is_empty()) {
            if !builder.goes_on(bytes_before(text, content)) {
                break;
            }
            if let Some(found) = definition(content) {
                table = Some(found);
                continue;
            }
            match &table {
                Some((Table::Nodes, columns)) => node(line, &cells(content), columns, &mut builder),
                Some((Table::Edges, columns)) => edge(line, &cells(content), columns, &mut builder),
                None => builder.reading.skip(line, "it stands above nodedef>"),
            }
        }
        builder.finish();
    }
}

#[derive(Clone, Copy)]
enum Table {
    Nodes,
    Edges,
}

/// `nodedef>name VARCHAR,label VARCHAR` → which table, and the names of its columns.
fn definition(line: &str) -> Option<(Table, Vec<String>)> {
    let (kind, columns) = line.split_once('>')?;
    let kind = match kind.trim().to_ascii_lowercase().as_str() {
        "nodedef" => Table::Nodes,
        "edgedef" => Table::Edges,
        _ => return None,
    };
    let name = |column: &str| {
        column.split_whitespace().next().unwrap_or_default().trim_matches(['"', '\'']).to_owned()
    };
    Some((kind, columns.split(',').map(name).collect()))
}

fn node(line: usize, cells: &[String], columns: &[String], builder: &mut GraphBuilder<'_>) {
    let mut attributes = named(cells, columns);
    let id = attributes.take("name").or_else(|| attributes.take("id")).unwrap_or_default();
    let label = attributes.take("label").unwrap_or_default();
    builder.node(line, &id, &label, &attributes);
}

fn edge(line: usize, cells: &[String], columns: &[String], builder: &mut GraphBuilder<'_>) {
    let mut attributes = named(cells, columns);
    let mut end = |names: &[&str]| {
        let found = columns.iter().find(|it| names.contains(&header_key(it).as_str()));
        found.and_then(|column| attributes.take(column)).unwrap_or_default()
    };
    let (from, to) = (end(SOURCE), end(TARGET));
    let directed = attributes.take("directed").and_then(|it| is_directed(it.trim()));
    builder.edge(line, (&from, &to), Some(directed == Some(true)), &attributes);
}

fn named(cells: &[String], columns: &[String]) -> Attributes {
    let mut attributes = Attributes::default();
    for (column, cell) in columns.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty()) {
        attributes.set(column, cell.trim());
    }
    attributes
}

/// Cells between commas; a cell may stand in quotes of either kind, a doubled one inside is itself.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quote = None;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let at = cells.len() - 1;
        match (quote, letter) {
            (Some(open), _) if letter == open => {
                if letters.next_if_eq(&open).is_some() {
                    cells[at].push(open);
                } else {
                    quote = None;
                }
            }
            (None, '"' | '\'') if cells[at].trim().is_empty() => {
                cells[at].clear();
                quote = Some(letter);
            }
            (None, ',') => cells.push(String::new()),
            _ => cells[at].push(letter),
        }
    }
    cells
}
