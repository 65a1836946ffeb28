//! GEXF 1.1 to 1.3, as Gephi, networkx, igraph and graphology write it.
//!
//! The versions differ little: an attribute value names its attribute by `for` or by `id`; nodes may lie
//! inside nodes; an edge may say its own type. Attributes that are declared nowhere are called by their
//! id. Of a value that changes over time the last one written counts. O(bytes).

use std::collections::BTreeMap;

use super::attributes::Attributes;
use super::build::{Around, GraphBuilder};
use super::xml::{Element, Problem, Step, Xml};
use super::xml_format::XmlFormat;
use crate::import::listed::is_directed;
use crate::import::reading::Reading;

/// Attributes beyond this many are taken as not declared: each may have a default for every node.
const MAX_DECLARED: usize = 1000;

/// Reads GEXF.
pub(super) const GEXF: XmlFormat = XmlFormat { name: "GEXF", root: "gexf", read };

fn read(xml: &mut Xml<'_>, reading: &mut Reading, around: &dyn Around) -> Result<(), Problem> {
    let mut file = File {
        builder: GraphBuilder::new(reading, around),
        declared: BTreeMap::new(),
        open: Vec::new(),
        directed: false,
        nested: 0,
    };
    file.walk(xml)?;
    file.finish();
    Ok(())
}

/// What an open element is.
enum Open {
    /// Declarations of attributes for nodes or for edges.
    Attributes(&'static str),
    Attribute(Declared),
    Default,
    Node(Item),
    Edge(Item),
    Value(String, String),
    Other,
}

/// A node or edge in the making.
struct Item {
    line: usize,
    attributes: Attributes,
    /// Id and label of a node; source, target and type of an edge.
    words: [String; 3],
}

/// An attribute that nodes or edges may have.
struct Declared {
    class: &'static str,
    id: String,
    title: String,
    default: String,
}

struct File<'r> {
    builder: GraphBuilder<'r>,
    /// By class and id.
    declared: BTreeMap<(&'static str, String), Declared>,
    open: Vec<Open>,
    /// Whether edges that say nothing are directed; undirected where the graph says nothing either.
    directed: bool,
    nested: usize,
}

impl File<'_> {
    fn walk(&mut self, xml: &mut Xml<'_>) -> Result<(), Problem> {
        while self.builder.goes_on(xml.position()) {
            match xml.next()? {
                Step::Open(element) => {
                    let line = xml.line();
                    let opened = self.opened(&element, line);
                    self.open.push(opened);
                }
                Step::Close => self.close(),
                Step::Text(text) => self.text(&text),
                Step::End => break,
            }
        }
        Ok(())
    }

    fn opened(&mut self, element: &Element<'_>, line: usize) -> Open {
        let attribute = |name: &str| element.attribute(name).unwrap_or_default();
        let item = |words: [String; 3]| Item { line, attributes: Attributes::default(), words };
        match (element.name(), self.open.last()) {
            ("graph", _) => {
                self.directed = is_directed(attribute("defaultedgetype").trim()) == Some(true);
                Open::Other
            }
            ("attributes", _) => {
                let is_of_edges = attribute("class").trim().eq_ignore_ascii_case("edge");
                Open::Attributes(if is_of_edges { "edge" } else { "node" })
            }
            ("attribute", Some(&Open::Attributes(class))) => {
                let id = attribute("id");
                let title = Some(attribute("title")).filter(|it| !it.trim().is_empty());
                let title = title.unwrap_or_else(|| id.clone());
                Open::Attribute(Declared { class, id, title, default: String::new() })
            }
            ("default", Some(Open::Attribute(_))) => Open::Default,
            ("node", _) => {
                let inside = self.open.iter().any(|it| matches!(it, Open::Node(_)));
                self.nested += usize::from(inside || element.attribute("pid").is_some());
                Open::Node(item([attribute("id"), attribute("label"), String::new()]))
            }
            ("edge", _) => {
                let mut edge = item([attribute("source"), attribute("target"), attribute("type")]);
                for name in ["weight", "kind", "label"] {
                    if let Some(value) = element.attribute(name) {
                        edge.attributes.set(name, value);
                    }
                }
                Open::Edge(edge)
            }
            ("attvalue", _) => {
                let names = element.attribute("for").or_else(|| element.attribute("id"));
                Open::Value(names.unwrap_or_default(), attribute("value"))
            }
            _ => Open::Other,
        }
    }

    fn close(&mut self) {
        let Some(closed) = self.open.pop() else { return };
        match closed {
            Open::Attribute(declared) if self.declared.len() < MAX_DECLARED => {
                self.declared.insert((declared.class, declared.id.clone()), declared);
            }
            Open::Value(id, value) => self.value(id, value.trim()),
            Open::Node(mut item) => {
                self.defaults("node", &mut item.attributes);
                let [id, label, _] = &item.words;
                self.builder.node(item.line, id, label, &item.attributes);
            }
            Open::Edge(mut item) => {
                self.defaults("edge", &mut item.attributes);
                let [source, target, directed] = &item.words;
                let directed = is_directed(directed.trim()).unwrap_or(self.directed);
                self.builder.edge(item.line, (source, target), Some(directed), &item.attributes);
            }
            Open::Attributes(_) | Open::Attribute(_) | Open::Default | Open::Other => {}
        }
    }

    /// A value belongs to the innermost node or edge around it.
    fn value(&mut self, id: String, value: &str) {
        let owner = self.open.iter_mut().rev().find_map(|it| match it {
            Open::Node(item) => Some((item, "node")),
            Open::Edge(item) => Some((item, "edge")),
            _ => None,
        });
        let Some((item, class)) = owner else { return };
        if value.is_empty() || id.is_empty() {
            return;
        }
        let key = (class, id);
        let declared = self.declared.get(&key);
        item.attributes.set(declared.map_or(key.1.as_str(), |it| it.title.as_str()), value);
    }

    fn defaults(&self, class: &str, attributes: &mut Attributes) {
        for declared in self.declared.values() {
            if declared.class == class && !declared.default.trim().is_empty() {
                attributes.set_default(&declared.title, declared.default.trim());
            }
        }
    }

    fn text(&mut self, text: &str) {
        let depth = self.open.len();
        match self.open.last_mut() {
            Some(Open::Value(_, value)) => value.push_str(text),
            Some(Open::Default) => {
                let around = depth.checked_sub(2).map(|at| &mut self.open[at]);
                if let Some(Open::Attribute(declared)) = around {
                    declared.default.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn finish(self) {
        if self.nested > 0 {
            let reason =
                format!("{} nodes lie inside others; they are read side by side", self.nested);
            self.builder.reading.note(0, reason);
        }
        self.builder.finish();
    }
}
