//! GML: `graph [ directed 1 node [ id 1 label "x" ] edge [ source 1 target 2 value 3 ] ]`.
//!
//! Strings may hold entities, as pages do; lines that begin with `#` are comments; lists inside a node or edge
//! (its drawing) are passed over. An edge without word of direction in its graph is undirected, as
//! the format has it. Of several graphs the first is read. Brackets are counted, not followed
//! by recursion. O(bytes).

use std::collections::BTreeMap;

use super::attributes::Attributes;
use super::build::GraphBuilder;
use super::scan::has_extension;
use crate::import::html::decoded;
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Brackets inside brackets that are followed.
const MAX_DEPTH: usize = 256;

/// Kinds of lists that are told of.
const MOST_OTHERS: usize = 20;

/// Reads GML.
pub(super) struct Gml;

impl Reader for Gml {
    fn name(&self) -> &'static str {
        "GML"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let mut tokens = Tokens::new(head.text);
        let mut last_was_graph = false;
        for _ in 0..200 {
            match tokens.next() {
                Ok(Some(Token::Open)) if last_was_graph => return true,
                Ok(Some(Token::Word(word))) => last_was_graph = word.eq_ignore_ascii_case("graph"),
                Ok(Some(_)) => last_was_graph = false,
                Ok(None) | Err(_) => break,
            }
        }
        // What is called so and is nothing else is told what is wrong with it.
        has_extension(head.file_name(), &["gml"]) && !head.text.trim_start().starts_with('<')
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let mut file = File {
            builder: GraphBuilder::new(reading, around),
            open: Vec::new(),
            item: None,
            directed: false,
            graphs: 0,
            others: BTreeMap::new(),
        };
        let mut tokens = Tokens::new(text);
        match file.walk(&mut tokens) {
            Ok(()) => file.finish(),
            Err(reason) => reading.refuse(tokens.begin, reason),
        }
    }
}

/// Which list is open.
#[derive(Clone, Copy, PartialEq)]
enum List {
    Graph,
    Node,
    Edge,
    Other,
}

struct File<'r> {
    builder: GraphBuilder<'r>,
    open: Vec<List>,
    /// The node or edge in the making, and the line it begins on.
    item: Option<(usize, Attributes)>,
    directed: bool,
    graphs: usize,
    /// Lists of a graph that are neither nodes nor edges: line of the first, and how many.
    others: BTreeMap<String, (usize, usize)>,
}

impl File<'_> {
    fn walk(&mut self, tokens: &mut Tokens<'_>) -> Result<(), String> {
        while let Some(token) = tokens.next()? {
            let key = match token {
                Token::Close => {
                    self.close()?;
                    continue;
                }
                Token::Word(key) if key.starts_with(|c: char| c.is_alphabetic() || c == '_') => key,
                Token::Word(other) | Token::Text(other) => {
                    return Err(format!("a name belongs where {other:?} stands"));
                }
                Token::Open => return Err("a bracket opens that has no name".to_owned()),
            };
            if !self.builder.goes_on(tokens.passed) {
                return Ok(());
            }
            match tokens.next()? {
                Some(Token::Open) => self.opened(key, tokens.begin)?,
                Some(Token::Word(value)) => self.value(key, value),
                Some(Token::Text(value)) => self.value(key, &decoded(value)),
                Some(Token::Close) | None => return Err(format!("{key:?} has no value")),
            }
        }
        match (self.open.len(), self.graphs) {
            (0, 0) => Err("there is no graph in this file (graph [ … ])".to_owned()),
            (0, _) => Ok(()),
            (open, _) => {
                Err(format!("the file ends while {open} brackets are open; it is cut off"))
            }
        }
    }

    fn opened(&mut self, key: &str, line: usize) -> Result<(), String> {
        let is = |name: &str| key.eq_ignore_ascii_case(name);
        let list = match self.open.last() {
            None if is("graph") => {
                self.graphs += 1;
                if self.graphs == 1 { List::Graph } else { List::Other }
            }
            Some(List::Graph) if is("node") => List::Node,
            Some(List::Graph) if is("edge") => List::Edge,
            _ => List::Other,
        };
        let is_drawing = key.to_ascii_lowercase().ends_with("graphics");
        if list == List::Other && self.open.last() == Some(&List::Graph) && !is_drawing {
            self.others.entry(key.to_owned()).or_insert((line, 0)).1 += 1;
        }
        if matches!(list, List::Node | List::Edge) {
            self.item = Some((line, Attributes::default()));
        }
        self.open.push(list);
        if self.open.len() > MAX_DEPTH {
            return Err(format!(
                "brackets lie more than {MAX_DEPTH} deep inside each other; this is no graph that a program wrote"
            ));
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        let list = self.open.pop().ok_or("a bracket closes that was never opened")?;
        if !matches!(list, List::Node | List::Edge) {
            return Ok(());
        }
        let Some((line, mut attributes)) = self.item.take() else { return Ok(()) };
        let mut word = |name: &str| attributes.take(name).unwrap_or_default();
        if list == List::Node {
            let (id, label) = (word("id"), word("label"));
            self.builder.node(line, &id, &label, &attributes);
        } else {
            let (source, target) = (word("source"), word("target"));
            self.builder.edge(line, (&source, &target), Some(self.directed), &attributes);
        }
        Ok(())
    }

    fn value(&mut self, key: &str, value: &str) {
        match (self.open.last(), &mut self.item) {
            (Some(List::Graph), _) if key.eq_ignore_ascii_case("directed") => {
                self.directed = value == "1";
            }
            (Some(List::Node | List::Edge), Some((_, attributes))) => attributes.set(key, value),
            _ => {}
        }
    }

    fn finish(self) {
        if self.graphs > 1 {
            let reason = format!(
                "the first of {} graphs is read; save the others by themselves",
                self.graphs
            );
            self.builder.reading.note(0, reason);
        }
        for (name, (line, count)) in self.others.iter().take(MOST_OTHERS) {
            let reason =
                format!("{name:?} is neither a node nor an edge; passed over {count} times");
            self.builder.reading.warn(*line, reason);
        }
        self.builder.finish();
    }
}

enum Token<'t> {
    Word(&'t str),
    /// A string without its quotes.
    Text(&'t str),
    Open,
    Close,
}

struct Tokens<'t> {
    rest: &'t str,
    passed: usize,
    line: usize,
    /// The line on which the last token begins.
    begin: usize,
}

impl<'t> Tokens<'t> {
    fn new(text: &'t str) -> Self {
        Self { rest: text, passed: 0, line: 1, begin: 1 }
    }

    fn pass(&mut self, bytes: usize) -> &'t str {
        let (passed, rest) = self.rest.split_at(bytes);
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count();
        self.rest = rest;
        self.passed += bytes;
        passed
    }

    fn next(&mut self) -> Result<Option<Token<'t>>, String> {
        loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.pass(blank);
            if !self.rest.starts_with('#') {
                break;
            }
            let end = self.rest.find('\n').unwrap_or(self.rest.len());
            self.pass(end);
        }
        let Some(first) = self.rest.chars().next() else { return Ok(None) };
        self.begin = self.line;
        Ok(Some(match first {
            '[' => {
                self.pass(1);
                Token::Open
            }
            ']' => {
                self.pass(1);
                Token::Close
            }
            '"' => {
                let Some(length) = self.rest[1..].find('"') else {
                    return Err(
                        "a quote opens here and never closes; the file is cut off".to_owned()
                    );
                };
                let quoted = self.pass(length + 2);
                Token::Text(&quoted[1..=length])
            }
            _ => {
                let end =
                    self.rest.find(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"'));
                Token::Word(self.pass(end.unwrap_or(self.rest.len())))
            }
        }))
    }
}
