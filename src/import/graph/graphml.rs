//! GraphML, as yEd, Gephi, networkx, igraph and others write it.
//!
//! Keys may be declared anywhere or not at all (then an id serves as the name), and one id may mean one
//! thing for nodes and another for edges. Each edge has its own direction. Graphs inside nodes
//! are read along with the rest, several graphs of one file over the same nodes as well; an edge
//! between more than two nodes ties each to each; ports are passed over. O(bytes).

use std::collections::BTreeMap;

use super::attributes::Attributes;
use super::build::{Around, GraphBuilder};
use super::xml::{Element, Problem, Step, Xml};
use super::xml_format::XmlFormat;
use crate::import::listed::is_directed;
use crate::import::reading::Reading;

/// Keys beyond this many are taken as not declared: each may have a default for every node.
const MAX_KEYS: usize = 1000;

/// Reads GraphML.
pub(super) const GRAPHML: XmlFormat = XmlFormat { name: "GraphML", root: "graphml", read };

fn read(xml: &mut Xml<'_>, reading: &mut Reading, around: &dyn Around) -> Result<(), Problem> {
    let mut file = File::new(reading, around);
    file.walk(xml)?;
    file.finish();
    Ok(())
}

/// What an open element is.
enum Open {
    /// `graphml`, or a node's port: nothing of its own.
    Outer,
    Key(Key),
    /// The default of the key around it.
    Default,
    /// With the direction of its edges, where it says so.
    Graph(Option<bool>),
    Node(Item),
    Edge(Item),
    Hyperedge(Item, Vec<String>),
    /// The id of the key, and the value so far.
    Data(String, String),
    /// A label within data, as yEd writes it, and its text so far.
    Label(String),
    Other,
}

/// A node or edge in the making.
struct Item {
    line: usize,
    attributes: Attributes,
    /// Id of a node; source and target of an edge; direction in words.
    words: [String; 3],
    label: String,
}

/// What `data` of one key means.
#[derive(Default)]
struct Key {
    id: String,
    name: String,
    domain: String,
    default: String,
}

struct File<'r> {
    builder: GraphBuilder<'r>,
    keys: BTreeMap<String, Vec<Key>>,
    key_count: usize,
    open: Vec<Open>,
    graphs: usize,
    nested: usize,
    ports: bool,
    stray: bool,
}

impl<'r> File<'r> {
    fn new(reading: &'r mut Reading, around: &'r dyn Around) -> Self {
        Self {
            builder: GraphBuilder::new(reading, around),
            keys: BTreeMap::new(),
            key_count: 0,
            open: Vec::new(),
            graphs: 0,
            nested: 0,
            ports: false,
            stray: false,
        }
    }

    fn walk(&mut self, xml: &mut Xml<'_>) -> Result<(), Problem> {
        while self.builder.goes_on(xml.position()) {
            match xml.next()? {
                Step::Open(element) => {
                    let line = xml.line();
                    let opened = self.opened(&element, line);
                    self.open.push(opened);
                }
                Step::Close => self.close(),
                Step::Text(text) => self.text(&text, xml),
                Step::End => break,
            }
        }
        Ok(())
    }

    fn opened(&mut self, element: &Element<'_>, line: usize) -> Open {
        let attribute = |name: &str| element.attribute(name).unwrap_or_default();
        let item = |words: [String; 3]| Item {
            line,
            attributes: Attributes::default(),
            words,
            label: String::new(),
        };
        match (element.name(), self.open.last_mut()) {
            ("graphml", None) => Open::Outer,
            ("key", Some(Open::Outer | Open::Graph(_))) => {
                let id = attribute("id");
                let name = Some(attribute("attr.name")).filter(|it| !it.trim().is_empty());
                Open::Key(Key {
                    name: name.unwrap_or_else(|| id.clone()),
                    id,
                    domain: attribute("for"),
                    default: String::new(),
                })
            }
            ("default", Some(Open::Key(_))) => Open::Default,
            ("graph", around @ Some(Open::Outer | Open::Node(_) | Open::Edge(_))) => {
                let inside = !matches!(around, Some(Open::Outer));
                self.nested += usize::from(inside);
                self.graphs += usize::from(!inside);
                if !inside && self.graphs > 1 {
                    self.builder.next_graph();
                }
                Open::Graph(is_directed(attribute("edgedefault").trim()))
            }
            ("node", Some(Open::Graph(_))) => {
                Open::Node(item([attribute("id"), String::new(), String::new()]))
            }
            ("edge", Some(Open::Graph(_))) => {
                Open::Edge(item([attribute("source"), attribute("target"), attribute("directed")]))
            }
            ("hyperedge", Some(Open::Graph(_))) => {
                Open::Hyperedge(item(Default::default()), Vec::new())
            }
            ("endpoint", Some(Open::Hyperedge(_, ends))) => {
                ends.push(attribute("node"));
                Open::Other
            }
            ("port", Some(Open::Node(_) | Open::Outer)) => {
                self.ports = true;
                Open::Outer
            }
            ("data", _) => Open::Data(attribute("key"), String::new()),
            ("NodeLabel" | "Label.Text", _) => Open::Label(String::new()),
            _ => Open::Other,
        }
    }

    fn close(&mut self) {
        let Some(closed) = self.open.pop() else { return };
        match closed {
            Open::Key(key) if self.key_count < MAX_KEYS => {
                self.key_count += 1;
                self.keys.entry(key.id.clone()).or_default().push(key);
            }
            Open::Data(key, value) => self.data(&key, value.trim()),
            Open::Label(text) => {
                let owner = self.open.iter_mut().rev().find_map(|it| match it {
                    Open::Node(item) => Some(item),
                    _ => None,
                });
                if let Some(node) = owner.filter(|it| it.label.is_empty()) {
                    text.trim().clone_into(&mut node.label);
                }
            }
            Open::Node(mut item) => {
                self.defaults("node", &mut item.attributes);
                let [id, ..] = &item.words;
                self.builder.node(item.line, id, &item.label, &item.attributes);
            }
            Open::Edge(mut item) => {
                self.defaults("edge", &mut item.attributes);
                let [source, target, directed] = &item.words;
                let of_graph = self.open.iter().rev().find_map(|it| match it {
                    Open::Graph(directed) => Some(*directed),
                    _ => None,
                });
                let directed = is_directed(directed.trim()).or(of_graph.flatten());
                self.builder.edge(item.line, (source, target), directed, &item.attributes);
            }
            Open::Hyperedge(item, ends) => self.builder.hyperedge(item.line, &ends),
            Open::Outer | Open::Key(_) | Open::Default | Open::Graph(_) | Open::Other => {}
        }
    }

    /// A value belongs to the node or edge right around it.
    fn data(&mut self, key: &str, value: &str) {
        let (item, domain) = match self.open.last_mut() {
            Some(Open::Node(item)) => (item, "node"),
            Some(Open::Edge(item) | Open::Hyperedge(item, _)) => (item, "edge"),
            _ => return,
        };
        if !value.is_empty() {
            item.attributes.set(name_of(&self.keys, key, domain), value);
        }
    }

    fn defaults(&self, domain: &str, attributes: &mut Attributes) {
        for key in self.keys.values().flatten() {
            if key.domain == domain && !key.default.trim().is_empty() {
                attributes.set_default(&key.name, key.default.trim());
            }
        }
    }

    fn text(&mut self, text: &str, xml: &mut Xml<'_>) {
        let depth = self.open.len();
        match self.open.last_mut() {
            Some(Open::Data(_, value) | Open::Label(value)) => value.push_str(text),
            Some(Open::Default) => {
                if let Some(Open::Key(key)) = depth.checked_sub(2).map(|at| &mut self.open[at]) {
                    key.default.push_str(text);
                }
            }
            Some(Open::Outer | Open::Graph(_)) if !text.trim().is_empty() && !self.stray => {
                self.stray = true;
                let seen: String = text.trim().chars().take(40).collect();
                let line = xml.line();
                self.builder
                    .reading
                    .warn(line, format!("text stands where only nodes and edges belong: {seen:?}"));
            }
            _ => {}
        }
    }

    fn finish(self) {
        let Self { builder, graphs, nested, ports, .. } = self;
        if graphs > 1 {
            let reason = format!("{graphs} graphs in this file are read as one");
            builder.reading.note(0, reason);
        }
        if nested > 0 {
            let reason = format!(
                "{nested} nodes hold graphs of their own, which are read as part of the whole"
            );
            builder.reading.note(0, reason);
        }
        if ports {
            builder.reading.note(0, "ports are passed over: a tie is between nodes");
        }
        builder.finish();
    }
}

/// The name of a key: for this kind of item, else for all, else whatever there is, else its id.
fn name_of<'k>(keys: &'k BTreeMap<String, Vec<Key>>, id: &'k str, domain: &str) -> &'k str {
    let same_id = keys.get(id).map_or(&[][..], Vec::as_slice);
    let meant = |wanted: &[&str]| same_id.iter().find(|it| wanted.contains(&it.domain.as_str()));
    let key = meant(&[domain]).or_else(|| meant(&["all", ""])).or(same_id.first());
    key.map_or(id, |it| it.name.as_str())
}
