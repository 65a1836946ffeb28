//! Matrix Market, as collections of networks keep it: `%%MatrixMarket matrix coordinate pattern symmetric`,
//! the size, then `row column weight` per tie. Symmetric ones are undirected. O(bytes).

use super::build::GraphBuilder;
use super::numbered::Numbered;
use super::scan::{bytes_before, lines};
use crate::import::listed::Words;
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Reads Matrix Market.
pub(super) struct MatrixMarket;

impl Reader for MatrixMarket {
    fn name(&self) -> &'static str {
        "Matrix Market"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        banner(head.text).is_some()
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let Some(banner) = banner(text) else { return };
        if !banner.contains("coordinate") {
            let reason = "a matrix that lists all its cells is not read; save it as coordinate";
            return reading.refuse(1, reason);
        }
        let directed = banner.contains("general");
        let mut builder = GraphBuilder::new(reading, around);
        let is_content = |line: &str| !line.trim().is_empty() && !line.starts_with('%');
        let mut rows = lines(text).filter(|(_, content)| is_content(content));
        let size = rows.next();
        let Some((mut nodes, columns_begin)) = size.and_then(|(_, it)| nodes(it, text.len()))
        else {
            let line = size.map_or(1, |(line, _)| line);
            return reading.refuse(line, "the number of rows, columns and ties should stand here");
        };
        nodes.tell(&mut builder);
        for (line, content) in rows {
            if !builder.goes_on(bytes_before(text, content)) {
                break;
            }
            let mut cells = content.split_whitespace();
            let mut end = |before: usize| {
                let number = cells.next()?.parse::<usize>().ok()?.checked_add(before)?;
                nodes.position(number, &mut builder)
            };
            let (from, to) = (end(0), end(columns_begin));
            if let (Some(from), Some(to)) = (from, to) {
                let words = Words { weight: cells.next().unwrap_or_default(), ..Words::default() };
                builder.tie(line, (from, to), Some(directed), words);
            } else {
                let reason = format!("its ends are none of the nodes 1 to {}", nodes.count());
                builder.reading.skip(line, reason);
            }
        }
        builder.finish();
    }
}

/// The first line, in lower case.
fn banner(text: &str) -> Option<String> {
    let first = text.lines().next()?.to_ascii_lowercase();
    first.starts_with("%%matrixmarket").then_some(first)
}

/// The nodes of `rows columns ties`, and after how many of them those of the columns begin: rows and
/// columns are the same people where they are as many.
fn nodes(size: &str, bytes: usize) -> Option<(Numbered, usize)> {
    let mut sizes = size.split_whitespace().map(|it| it.parse::<usize>().ok());
    let (rows, columns) = (sizes.next()??, sizes.next()??);
    Some(if rows == columns {
        (Numbered::new(rows, rows, bytes), 0)
    } else {
        (Numbered::new(rows.checked_add(columns)?, rows, bytes), rows)
    })
}
