//! Adjacency lists: a node and its neighbors per line, `a;b;c` or `1 2 3`.
//!
//! Nearly every text has lines of that kind, so this reader is asked when nobody else knows the file,
//! and only takes one whose lines begin with different nodes that are neighbors of each other. Whether
//! ties have a direction is left open. O(bytes).

use std::collections::BTreeSet;

use super::attributes::Attributes;
use super::build::GraphBuilder;
use super::scan::{bytes_before, has_extension, lines};
use crate::import::listed::number;
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;
use crate::import::table::DELIMITERS;

/// Rows that are looked at to recognise a list.
const ROWS_LOOKED_AT: usize = 200;

/// Reads adjacency lists.
pub(super) struct AdjacencyList;

impl Reader for AdjacencyList {
    fn name(&self) -> &'static str {
        "adjacency list"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let is_named = has_extension(head.file_name(), &["lst", "adjlist", "adj"]);
        delimiter(head.text, is_named).is_some()
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let is_named = has_extension(around.path, &["lst", "adjlist", "adj"]);
        let delimiter = delimiter(text, is_named).unwrap_or(b' ');
        let mut builder = GraphBuilder::new(reading, around);
        let mut seen = BTreeSet::new();
        for (line, content) in rows(text) {
            if !builder.goes_on(bytes_before(text, content)) {
                break;
            }
            let row = split(content, delimiter);
            let Some((&node, neighbors)) = row.split_first() else { continue };
            if seen.insert(node) {
                builder.node(line, node, "", &Attributes::default());
            }
            for neighbor in neighbors {
                builder.edge(line, (node, neighbor), None, &Attributes::default());
            }
        }
        builder.finish();
    }
}

fn delimiter(text: &str, is_named: bool) -> Option<u8> {
    let looked_at: Vec<&str> = rows(text).map(|(_, line)| line).take(ROWS_LOOKED_AT).collect();
    DELIMITERS.into_iter().chain([b' ']).find(|&delimiter| {
        let table: Vec<Vec<&str>> = looked_at.iter().map(|line| split(line, delimiter)).collect();
        is_list(&table, delimiter == b' ' && !is_named)
    })
}

/// Lines that differ in length, begin with different nodes, and name each other. Where blanks part the
/// cells this could be prose, so all of them must then be `numbers`.
fn is_list(table: &[Vec<&str>], numbers: bool) -> bool {
    let is_node = |cell: &&str| {
        cell.len() <= 64
            && cell.split_whitespace().count() <= 4
            && !cell.contains(['{', '}', '<', '>', '=', '"', '@'])
            && (!numbers || number(cell).is_some())
    };
    let nodes: BTreeSet<&str> = table.iter().filter_map(|row| row.first().copied()).collect();
    let lengths: BTreeSet<usize> = table.iter().map(Vec::len).collect();
    let neighbors = || table.iter().flat_map(|row| row.iter().skip(1));
    // Two names and a number are a tie with a weight.
    let is_weighted =
        |row: &Vec<&str>| row.len() == 3 && number(row[2]).is_some() && number(row[1]).is_none();
    table.len() > 1
        && nodes.len() == table.len()
        && lengths.len() > 1
        && table.iter().flatten().all(is_node)
        && !table.iter().any(is_weighted)
        && neighbors().any(|it| nodes.contains(it))
}

/// Lines with their numbers, without comments and empty ones.
fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines(text).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with(['#', '%']))
}

fn split(line: &str, delimiter: u8) -> Vec<&str> {
    if delimiter == b' ' {
        return line.split_whitespace().collect();
    }
    line.split(delimiter as char).map(str::trim).filter(|cell| !cell.is_empty()).collect()
}
