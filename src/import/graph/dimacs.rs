//! DIMACS, as collections of problems on graphs keep it: `c` a remark, `p edge 5 4` the size, then
//! `e 1 2` per tie without direction or `a 1 2 7` per tie with one and its weight. O(bytes).

use super::build::GraphBuilder;
use super::numbered::Numbered;
use super::scan::{bytes_before, lines};
use crate::import::listed::Words;
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Reads DIMACS.
pub(super) struct Dimacs;

/// Lines between the size and the ties that say something of nodes: where a flow begins, colors,
/// places.
const OF_NODES: [&str; 4] = ["n", "d", "v", "x"];

impl Reader for Dimacs {
    fn name(&self) -> &'static str {
        "DIMACS"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        size(head.text).is_some()
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let Some((size_line, count)) = size(text) else { return };
        let mut builder = GraphBuilder::new(reading, around);
        let mut nodes = Numbered::new(count, count, text.len());
        nodes.tell(&mut builder);
        for (line, content) in lines(text).filter(|(line, _)| *line > size_line) {
            if !builder.goes_on(bytes_before(text, content)) {
                break;
            }
            let mut words = content.split_whitespace();
            let kind = words.next();
            let directed = match kind {
                Some("e") => false,
                Some("a") => true,
                None | Some("c") => continue,
                Some(kind) if OF_NODES.contains(&kind) => continue,
                Some(kind) => {
                    let reason = format!("a line begins with e or a, not with {kind:?}");
                    builder.reading.skip(line, reason);
                    continue;
                }
            };
            let mut end = || nodes.position(words.next()?.parse().ok()?, &mut builder);
            let (from, to) = (end(), end());
            if let (Some(from), Some(to)) = (from, to) {
                let words = Words { weight: words.next().unwrap_or_default(), ..Words::default() };
                builder.tie(line, (from, to), Some(directed), words);
            } else {
                let reason = format!("its ends are none of the nodes 1 to {}", nodes.count());
                builder.reading.skip(line, reason);
            }
        }
        builder.finish();
    }
}

/// The line that tells the size, and how many nodes it says; `None` in other files, and in problems
/// that are not about graphs (`p cnf`).
fn size(text: &str) -> Option<(usize, usize)> {
    let is_remark = |line: &str| line.trim().is_empty() || line == "c" || line.starts_with("c ");
    let (line, size) = lines(text).find(|(_, line)| !is_remark(line.trim_end()))?;
    let mut words = size.split_whitespace();
    let is_graph = words.next()? == "p"
        && ["edge", "edges", "col", "sp", "max", "min", "tw", "asn"].contains(&words.next()?);
    let (nodes, ties) = (words.next()?.parse().ok()?, words.next()?.parse::<usize>());
    (is_graph && ties.is_ok()).then_some((line, nodes))
}
