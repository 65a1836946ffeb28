//! TLP, the text format of Tulip: `(tlp "2.3" (nodes 0..2) (edge 0 0 1) (property 0 string "viewLabel"
//! (node 0 "Ana")))`.
//!
//! Properties stand behind the nodes and edges they describe, so they are gathered first. What only
//! says how a graph is drawn (`viewColor`, `viewLayout` …) is passed over, clusters too. Every edge has
//! a direction. Brackets are counted, not followed by recursion. O(bytes).

use std::collections::BTreeMap;

use super::attributes::Attributes;
use super::build::GraphBuilder;
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// A span of numbers (`0..999999999`) is believed up to this many nodes, or a tenth of the file's bytes.
const MAX_UNTOLD: usize = 10_000;

/// Reads TLP.
pub(super) struct Tulip;

impl Reader for Tulip {
    fn name(&self) -> &'static str {
        "TLP"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let start = head.text.trim_start_matches('\u{feff}').trim_start();
        let inside = start.strip_prefix('(').map(str::trim_start);
        inside.and_then(|it| it.strip_prefix("tlp")).is_some_and(|it| it.starts_with([' ', '\t']))
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let mut file = File { most_nodes: MAX_UNTOLD.max(text.len() / 10), ..File::default() };
        match file.walk(text) {
            Ok(()) => file.tell(GraphBuilder::new(reading, around)),
            Err((line, reason)) => reading.refuse(line, reason),
        }
    }
}

/// What the file lists, before it is told.
#[derive(Default)]
struct File<'t> {
    most_nodes: usize,
    /// Line and facts by number.
    nodes: BTreeMap<u64, (usize, Attributes)>,
    edges: BTreeMap<&'t str, Edge<'t>>,
    /// Name of the property at hand, where it is read.
    property: Option<&'t str>,
}

struct Edge<'t> {
    line: usize,
    ends: [&'t str; 2],
    attributes: Attributes,
}

impl<'t> File<'t> {
    /// Walks through the brackets; each is looked at when it closes or another opens in it.
    fn walk(&mut self, text: &'t str) -> Result<(), (usize, String)> {
        let mut open: Vec<(usize, Vec<&'t str>)> = Vec::new();
        let mut words = Words { rest: text, line: 1 };
        loop {
            match words.next()? {
                None if open.is_empty() => return Ok(()),
                None => {
                    let reason = "the file ends while brackets are open; it is cut off";
                    return Err((words.line, reason.to_owned()));
                }
                Some("(") => {
                    if let [_, (_, property)] = open.as_slice() {
                        self.property = property_of(property);
                    }
                    open.push((words.line, Vec::new()));
                }
                Some(")") => {
                    let Some((line, list)) = open.pop() else {
                        return Err((
                            words.line,
                            "a bracket closes that was never opened".to_owned(),
                        ));
                    };
                    self.closed(line, &list, &open)?;
                }
                Some(word) => {
                    if let Some((_, list)) = open.last_mut() {
                        list.push(word);
                    }
                }
            }
        }
    }

    /// Takes a list that stands directly in the graph, or in a property of it.
    fn closed(
        &mut self,
        line: usize,
        list: &[&'t str],
        around: &[(usize, Vec<&'t str>)],
    ) -> Result<(), (usize, String)> {
        match (around.len(), list) {
            (1, ["nodes", numbers @ ..]) => self.nodes(line, numbers),
            (1, ["edge", id, from, to]) => {
                let edge = Edge { line, ends: [from, to], attributes: Attributes::default() };
                self.edges.insert(id, edge);
                Ok(())
            }
            (2, [kind, id, value]) => {
                self.value(kind, id, value);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Numbers, and spans of them: `0..9`.
    fn nodes(&mut self, line: usize, numbers: &[&str]) -> Result<(), (usize, String)> {
        for word in numbers {
            let (first, last) = word.split_once("..").unwrap_or((word, word));
            let (Ok(first), Ok(last)) = (first.parse::<u64>(), last.parse::<u64>()) else {
                return Err((line, format!("{word:?} is no number of a node")));
            };
            let count = usize::try_from(last.saturating_sub(first)).unwrap_or(usize::MAX);
            if count > self.most_nodes {
                return Err((
                    line,
                    format!("{word:?} are more nodes than a file of this length ties"),
                ));
            }
            for number in first..=last {
                self.nodes.entry(number).or_insert_with(|| (line, Attributes::default()));
            }
        }
        Ok(())
    }

    fn value(&mut self, kind: &str, id: &str, value: &str) {
        let Some(property) = self.property.filter(|_| !value.is_empty()) else { return };
        let attributes = match kind {
            "node" => id.parse().ok().and_then(|id| self.nodes.get_mut(&id)).map(|it| &mut it.1),
            "edge" => self.edges.get_mut(id).map(|it| &mut it.attributes),
            _ => None,
        };
        if let Some(attributes) = attributes {
            attributes.set(property, value.replace("\\\"", "\""));
        }
    }

    fn tell(self, mut builder: GraphBuilder<'_>) {
        for (number, (line, mut attributes)) in self.nodes {
            let label = attributes.take("label").unwrap_or_default();
            builder.node(line, &number.to_string(), &label, &attributes);
        }
        for edge in self.edges.values() {
            let [from, to] = edge.ends;
            builder.edge(edge.line, (from, to), Some(true), &edge.attributes);
        }
        builder.finish();
    }
}

/// The name of `property 0 string "viewLabel"`, where it says more than how to draw. Properties of
/// clusters (their number is not 0) repeat those of the whole.
fn property_of<'t>(list: &[&'t str]) -> Option<&'t str> {
    match list {
        ["property", "0", _, "viewLabel", ..] => Some("label"),
        ["property", "0", _, name, ..] if !name.starts_with("view") => Some(name),
        _ => None,
    }
}

/// Words, brackets and strings without their quotes.
struct Words<'t> {
    rest: &'t str,
    line: usize,
}

impl<'t> Words<'t> {
    fn pass(&mut self, bytes: usize) -> &'t str {
        let (passed, rest) = self.rest.split_at(bytes);
        self.line += passed.matches('\n').count();
        self.rest = rest;
        passed
    }

    fn next(&mut self) -> Result<Option<&'t str>, (usize, String)> {
        loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.pass(blank);
            // Comments begin with a semicolon.
            if !self.rest.starts_with(';') {
                break;
            }
            self.pass(self.rest.find('\n').unwrap_or(self.rest.len()));
        }
        let Some(first) = self.rest.chars().next() else { return Ok(None) };
        let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"');
        Ok(Some(match first {
            '(' | ')' => self.pass(1),
            '"' => {
                let mut escaped = false;
                let end = self.rest[1..].bytes().position(|byte| {
                    let closes = byte == b'"' && !escaped;
                    escaped = byte == b'\\' && !escaped;
                    closes
                });
                let Some(length) = end else {
                    let reason = "a quote opens here and never closes; the file is cut off";
                    return Err((self.line, reason.to_owned()));
                };
                let quoted = self.pass(length + 2);
                &quoted[1..=length]
            }
            _ => self.pass(self.rest.find(is_end).unwrap_or(self.rest.len())),
        }))
    }
}
