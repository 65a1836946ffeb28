//! Edge lists of networkx as it writes them by default: `a b {'weight': 0.5}`, the facts of each tie
//! as Python writes a dictionary. Undirected as far as anybody knows. O(bytes).

use super::attributes::Attributes;
use super::build::GraphBuilder;
use super::scan::{bytes_before, lines};
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Rows that are looked at to recognise such a list.
const ROWS_LOOKED_AT: usize = 50;

/// Reads networkx edge lists.
pub(super) struct PythonEdges;

impl Reader for PythonEdges {
    fn name(&self) -> &'static str {
        "networkx edge list"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let end = head.text.rfind('\n').filter(|_| head.text.len() > 4096);
        let mut rows =
            rows(&head.text[..end.unwrap_or(head.text.len())]).take(ROWS_LOOKED_AT).peekable();
        rows.peek().is_some() && rows.all(|(_, row)| Edge::of(row).is_some())
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let mut builder = GraphBuilder::new(reading, around);
        for (line, content) in rows(text) {
            if !builder.goes_on(bytes_before(text, content)) {
                break;
            }
            match Edge::of(content) {
                Some(Edge { ends, facts }) => {
                    builder.edge(line, (ends[0], ends[1]), None, &attributes(facts));
                }
                None => builder.reading.skip(line, "not two ends and {facts}"),
            }
        }
        builder.finish();
    }
}

struct Edge<'t> {
    ends: [&'t str; 2],
    /// What stands between the braces.
    facts: &'t str,
}

impl<'t> Edge<'t> {
    fn of(row: &'t str) -> Option<Self> {
        let (ends, facts) = row.trim_end().strip_suffix('}')?.split_once('{')?;
        // Names with blanks are written with another delimiter.
        let separator = ['\t', ',', ';'].into_iter().find(|it| ends.contains(*it)).unwrap_or(' ');
        let mut ends = ends.split(separator).map(str::trim).filter(|it| !it.is_empty());
        let ends = [ends.next()?, ends.next().filter(|_| ends.next().is_none())?];
        Some(Self { ends, facts })
    }
}

/// Lines with their numbers, without comments and empty ones.
fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines(text).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}

/// `'weight': 0.5, 'kind': 'x'`. Values that hold lists or dictionaries are left out.
fn attributes(facts: &str) -> Attributes {
    let mut attributes = Attributes::default();
    let (mut quote, mut depth, mut start) = (None, 0_usize, 0);
    let ends = facts.char_indices().chain([(facts.len(), ',')]);
    for (at, c) in ends {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '{' | '[' | '(') => depth += 1,
            (None, '}' | ']' | ')') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                if let Some((name, value)) = facts[start..at].split_once(':')
                    && !value.trim_start().starts_with(['{', '[', '('])
                {
                    attributes.set(unquoted(name), unquoted(value));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    attributes
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['\'', '"'])
}
