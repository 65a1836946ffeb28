//! VNA (UCINET and NetDraw): tables of nodes, of their look and of ties, each below its own line.
//!
//! `*Node data`, `*Node properties`, `*Tie data`; the first line of each names its columns, cells are
//! parted by commas or blanks. Columns of ties beyond the two ends are relations: where several stand
//! side by side, a row is tied by those that are not zero. O(bytes).

use super::attributes::Attributes;
use super::build::GraphBuilder;
use super::cells;
use super::scan::{bytes_before, lines, words};
use crate::import::clean::header_key;
use crate::import::listed::{SOURCE, TARGET, number};
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Reads VNA.
pub(super) struct Vna;

impl Reader for Vna {
    fn name(&self) -> &'static str {
        "VNA"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let first = lines(head.text).map(|(_, line)| line).find(|line| !line.trim().is_empty());
        first.and_then(Section::of).is_some()
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let mut builder = GraphBuilder::new(reading, around);
        let mut section = Section::Other;
        let mut columns: Option<Vec<&str>> = None;
        for (line, content) in lines(text).filter(|(_, content)| !content.trim().is_empty()) {
            if !builder.goes_on(bytes_before(text, content)) {
                break;
            }
            if content.trim_start().starts_with('*') {
                section = Section::of(content).unwrap_or(Section::Other);
                columns = None;
                continue;
            }
            let row: Vec<&str> = words(content, &[',']).collect();
            match (&columns, section) {
                (None, _) => columns = Some(row),
                (Some(columns), Section::Nodes) => node(line, &row, columns, &mut builder),
                (Some(columns), Section::Ties) => tie(line, &row, columns, &mut builder),
                (Some(_), Section::Other) => {}
            }
        }
        builder.finish();
    }
}

/// Which table the lines at hand are.
#[derive(Clone, Copy)]
enum Section {
    Nodes,
    Ties,
    /// How nodes and ties are drawn.
    Other,
}

impl Section {
    fn of(line: &str) -> Option<Self> {
        match header_key(line.trim_start().strip_prefix('*')?).as_str() {
            "nodedata" => Some(Self::Nodes),
            "tiedata" => Some(Self::Ties),
            "nodeproperties" | "tieproperties" => Some(Self::Other),
            _ => None,
        }
    }
}

fn node(line: usize, row: &[&str], columns: &[&str], builder: &mut GraphBuilder<'_>) {
    let mut attributes = Attributes::default();
    for (column, cell) in columns.iter().zip(row).skip(1).filter(|(_, cell)| !cell.is_empty()) {
        attributes.set(column, *cell);
    }
    builder.node(line, row.first().copied().unwrap_or_default(), "", &attributes);
}

fn tie(line: usize, row: &[&str], columns: &[&str], builder: &mut GraphBuilder<'_>) {
    let place = |names: &[&str], usual: usize| {
        columns.iter().position(|it| names.contains(&header_key(it).as_str())).unwrap_or(usual)
    };
    let (source, target) = (place(SOURCE, 0), place(TARGET, 1));
    let cell = |at: usize| row.get(at).copied().unwrap_or_default();
    let is_relation = |at: &usize| *at != source && *at != target && number(cell(*at)).is_some();
    let relations: Vec<usize> = (0..columns.len()).filter(is_relation).collect();
    let mut values = relations.iter().map(|&at| cell(at)).filter(|it| cells::ties(it));
    let mut attributes = Attributes::default();
    match values.next() {
        None if !relations.is_empty() => {
            builder.reading.skip(line, "its value is 0 in every relation, so it is no tie");
            return;
        }
        Some(value) if relations.len() == 1 => attributes.set("weight", value),
        _ => {}
    }
    builder.edge(line, (cell(source), cell(target)), None, &attributes);
}
