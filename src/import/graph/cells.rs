//! Cells of an adjacency matrix that are not zero, and the ties they make.

use super::build::GraphBuilder;
use crate::import::listed::{Words, number};

/// A cell that ties the node of its row to that of its column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'t> {
    pub row: u32,
    pub column: u32,
    pub text: &'t str,
    pub line: usize,
}

/// False for a cell that says there is no tie: empty, or zero.
pub(super) fn ties(text: &str) -> bool {
    !text.trim().is_empty() && number(text) != Some(0.0)
}

/// Adds the ties of a matrix whose rows and columns are the same people. One that reads the same
/// both ways tells undirected ties, each of them once. O(cells log cells).
pub(super) fn tell_square(mut cells: Vec<Cell<'_>>, builder: &mut GraphBuilder<'_>) {
    let directed = !reads_the_same_both_ways(&mut cells);
    cells.retain(|cell| directed || cell.row <= cell.column);
    cells.sort_by_key(|cell| cell.line);
    tell_each(&cells, directed, builder);
}

/// Adds a tie per cell.
pub(super) fn tell_each(cells: &[Cell<'_>], directed: bool, builder: &mut GraphBuilder<'_>) {
    for cell in cells {
        let words = Words { weight: cell.text, ..Words::default() };
        builder.tie(cell.line, (cell.row, cell.column), Some(directed), words);
    }
}

fn reads_the_same_both_ways(cells: &mut [Cell<'_>]) -> bool {
    cells.sort_by_key(|cell| (cell.row, cell.column));
    let same = |cell: &Cell<'_>, other: &Cell<'_>| {
        number(cell.text).is_some() && number(cell.text) == number(other.text)
    };
    cells.iter().all(|cell| {
        let mirrored = (cell.column, cell.row);
        let found = cells.binary_search_by_key(&mirrored, |it| (it.row, it.column));
        found.is_ok_and(|at| same(cell, &cells[at]))
    })
}
