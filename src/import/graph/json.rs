//! Graphs in JSON: node-link (networkx, d3, sigma, vis), graphology, Cytoscape, Kumu and JSON Graph
//! Format.
//!
//! They differ in names only: nodes lie in `nodes` or `elements`, edges in `links`, `edges` or
//! `adjacency`, values beside the id or in `data`, `attributes` or `metadata`. The text is
//! walked twice, for nodes and then for edges, so that edges may come first and nothing is kept but what
//! is read. A number that names an end is a place in the list of nodes where no node bears it
//! as its id. O(bytes).

mod outline;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::attributes::Attributes;
use super::build::GraphBuilder;
use crate::import::clean::header_key;
use crate::import::json::start_of;
use crate::import::listed::{SOURCE, TARGET, is_directed};
use crate::import::nodes::LABEL;
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Reads graphs in JSON.
pub(super) struct GraphJson;

/// Keys of lists of edges.
const EDGES: &[&str] = &["links", "edges", "relationships", "connections"];

/// Keys of objects that hold the values of a node or edge.
const VALUES: &[&str] = &["data", "attributes", "metadata", "properties"];

impl Reader for GraphJson {
    fn name(&self) -> &'static str {
        "graph in JSON"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let text = head.text.trim_start_matches('\u{feff}').trim_start();
        if text.starts_with('[') || lists_edges(text, 1) {
            return Shape::of(text) != Shape::Graph;
        }
        if !text.starts_with('{') {
            return false;
        }
        let keys = outline::keys(head.text);
        let has = |depth: usize, names: &[&str], values: &[char]| {
            keys.iter().any(|it| {
                it.depth == depth && names.contains(&it.name) && values.contains(&it.value)
            })
        };
        let has_ends = |depth| {
            keys.iter().any(|it| it.depth == depth && ["source", "from"].contains(&it.name))
        };
        has(1, &["nodes"], &['['])
            || (has(1, EDGES, &['[']) && has_ends(3))
            || (has(1, &["graph"], &['{']) && has(2, &["nodes", "edges"], &['[', '{']))
            || (has(1, &["graphs"], &['[']) && has(3, &["nodes", "edges"], &['[', '{']))
            || (has(1, &["elements"], &['{']) && has(2, &["nodes", "edges"], &['[']))
            || (has(1, &["elements"], &['[']) && has(3, &["data"], &['{']))
            || (has(1, &["elements"], &['[']) && has(1, &["connections"], &['[']))
            || (has(1, &["adjacency"], &['[']) && has(1, &["directed", "multigraph"], &['t', 'f']))
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let mut file = File {
            builder: GraphBuilder::new(reading, around),
            pass: Pass::Nodes,
            by_place: Vec::new(),
            has_numbers_as_ids: false,
            directed: None,
            entry: 0,
            egos: 0,
        };
        let shape = Shape::of(start_of(text).trim_start_matches('\u{feff}').trim_start());
        for pass in [Pass::Nodes, Pass::Edges] {
            file.pass = pass;
            let mut json = serde_json::Deserializer::from_str(text);
            let walked = match shape {
                Shape::Graph => Graph(&mut file).deserialize(&mut json),
                Shape::Edges => Items(&mut file, Item::Edge).deserialize(&mut json),
                Shape::Elements => Items(&mut file, Item::Either).deserialize(&mut json),
                Shape::Lines if pass == Pass::Nodes => continue,
                Shape::Lines => file.lines(text),
            };
            if let Err(error) = walked.and_then(|()| shape.end(&mut json)) {
                let (line, reason) = (error.line(), in_words(&error));
                return reading.refuse(line, reason);
            }
        }
        file.builder.finish();
    }
}

/// What lies at the top of a file.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// An object that holds nodes and edges.
    Graph,
    /// A list of edges.
    Edges,
    /// A list of Cytoscape's elements.
    Elements,
    /// An edge on each line.
    Lines,
}

impl Shape {
    /// By the beginning of a file.
    fn of(text: &str) -> Self {
        if text.starts_with('{') {
            return if lists_edges(text, 1) { Self::Lines } else { Self::Graph };
        }
        let keys = outline::keys(text);
        let has = |depth, name: &str| keys.iter().any(|it| it.depth == depth && it.name == name);
        if lists_edges(text, 2) {
            Self::Edges
        } else if has(2, "data") && has(3, "id") && has(3, "source") && has(3, "target") {
            Self::Elements
        } else {
            Self::Graph
        }
    }

    /// Whether nothing stands behind what was read.
    fn end(
        self,
        json: &mut serde_json::Deserializer<serde_json::de::StrRead<'_>>,
    ) -> serde_json::Result<()> {
        if self == Self::Lines { Ok(()) } else { json.end() }
    }
}

/// Whether simple values of that depth are called source and target.
fn lists_edges(text: &str, depth: usize) -> bool {
    let keys = outline::keys(text);
    ["source", "target"].iter().all(|end| {
        keys.iter().any(|it| {
            it.depth == depth && it.name == *end && (it.value == '"' || it.value.is_ascii_digit())
        })
    })
}

fn in_words(error: &serde_json::Error) -> String {
    if error.is_eof() {
        "the file ends too early; it is cut off".to_owned()
    } else if error.to_string().contains("recursion") {
        "brackets lie too deep inside each other; this is no graph that a program wrote".to_owned()
    } else {
        format!("this is not well-formed JSON ({error}); export the file again")
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Pass {
    Nodes,
    Edges,
}

struct File<'r> {
    builder: GraphBuilder<'r>,
    pass: Pass,
    /// The nodes in the order of the file.
    by_place: Vec<u32>,
    /// Some node bears a number as its id, so numbers are ids.
    has_numbers_as_ids: bool,
    /// Whether edges that say nothing have a direction.
    directed: Option<bool>,
    /// Nodes and edges so far, to say which one an issue concerns.
    entry: usize,
    /// Lists of neighbors so far: they stand in the order of the nodes.
    egos: usize,
}

impl File<'_> {
    fn node(&mut self, key: Option<String>, value: Value) {
        self.entry += 1;
        let mut attributes = Attributes::default();
        let mut id = key;
        match value {
            Value::Object(mut node) => {
                let mut values = Map::new();
                for name in VALUES {
                    if let Some(Value::Object(inner)) = node.remove(*name) {
                        values.extend(inner);
                    }
                }
                for name in ["id", "key", "@id", "nodeid"] {
                    let own = node.remove(name).or_else(|| values.remove(name));
                    id = id.or(own.as_ref().and_then(text_of));
                }
                values.extend(node);
                for (name, value) in &values {
                    if let Some(value) = text_of(value) {
                        attributes.set(name, value);
                    }
                }
            }
            simple => id = id.or_else(|| text_of(&simple)),
        }
        self.has_numbers_as_ids |= id.as_ref().is_some_and(|id| id.parse::<u64>().is_ok());
        // Without an id the name is one, where it is the only one of its kind.
        let name = || LABEL.iter().find_map(|it| attributes.get(it)).map(str::to_owned);
        let id = id
            .or_else(|| name().filter(|name| self.builder.known(name).is_none()))
            .unwrap_or_else(|| self.by_place.len().to_string());
        self.builder.node(self.entry, &id, "", &attributes);
        self.by_place.extend(self.builder.end(&id));
    }

    fn edge(&mut self, value: Value) {
        self.entry += 1;
        let Value::Object(mut edge) = value else {
            let reason = "an edge should say its source and its target";
            return self.builder.reading.skip(self.entry, reason);
        };
        for name in VALUES {
            if let Some(Value::Object(inner)) = edge.remove(*name) {
                edge.extend(inner);
            }
        }
        let mut end = |names: &[&str]| {
            let key = names.iter().find_map(|name| edge.keys().find(|it| header_key(it) == *name));
            key.cloned().and_then(|key| edge.remove(&key))
        };
        let ends = [end(SOURCE), end(TARGET)].map(|end| end.and_then(|end| self.id_of(&end)));
        let [from, to] = ends.map(Option::unwrap_or_default);
        let mut word = |name: &str| {
            edge.remove(name).as_ref().and_then(text_of).and_then(|it| is_directed(&it))
        };
        let undirected = word("undirected").map(|it| !it);
        let directed = word("directed").or(undirected);
        let of_type = edge.get("type").and_then(text_of).and_then(|it| is_directed(&it));
        if of_type.is_some() {
            edge.remove("type");
        }
        let mut attributes = Attributes::default();
        for (name, value) in edge.iter().filter(|(name, _)| !["id", "key"].contains(&name.as_str()))
        {
            if let Some(value) = text_of(value) {
                attributes.set(name, value);
            }
        }
        let directed = directed.or(of_type).or(self.directed);
        self.builder.edge(self.entry, (&from, &to), directed, &attributes);
    }

    /// Edges one after another.
    fn lines(&mut self, text: &str) -> serde_json::Result<()> {
        for edge in serde_json::Deserializer::from_str(text).into_iter() {
            if !self.builder.goes_on(0) {
                break;
            }
            self.edge(edge?);
        }
        Ok(())
    }

    /// The neighbors of the next node, as networkx lists them.
    fn neighbors(&mut self, value: Value) {
        let ego = self.by_place.get(self.egos).copied();
        self.egos += 1;
        let (Some(ego), Value::Array(neighbors)) = (ego, value) else { return };
        let from = self.builder.reading.people()[ego as usize].id.clone().unwrap_or_default();
        for neighbor in neighbors {
            let Value::Object(mut edge) = neighbor else { continue };
            let to = edge.remove("id").unwrap_or_default();
            // An undirected edge is listed with both its ends.
            let is_second = self.directed == Some(false)
                && self
                    .id_of(&to)
                    .and_then(|id| self.builder.known(&id))
                    .is_some_and(|it| it < ego);
            if !is_second {
                edge.insert("source".to_owned(), Value::String(from.to_string()));
                edge.insert("target".to_owned(), to);
                self.edge(Value::Object(edge));
            }
        }
    }

    /// The id of an end: itself, that of the object it is, or that of the node in its place.
    fn id_of(&self, end: &Value) -> Option<String> {
        if let Value::Object(node) = end {
            return ["id", "key", "name"].iter().find_map(|it| node.get(*it)).and_then(text_of);
        }
        let id = text_of(end)?;
        let place = end.as_u64().filter(|_| !self.has_numbers_as_ids);
        let node = place.and_then(|it| self.by_place.get(usize::try_from(it).ok()?));
        match node {
            Some(&position) => {
                self.builder.reading.people()[position as usize].id.as_deref().map(str::to_owned)
            }
            None => Some(id),
        }
    }
}

/// A simple value, or a list of simple values, as text.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Array(parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(text_of).collect();
            parts.map(|it| it.join("; ")).filter(|it| !it.is_empty())
        }
        Value::Null | Value::Object(_) => None,
    }
}

/// An object that holds a graph, maybe within others.
struct Graph<'f, 'r>(&'f mut File<'r>);

impl<'de> DeserializeSeed<'de> for Graph<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Graph<'_, '_> {
    type Value = ();

    fn expecting(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        words.write_str("a graph with nodes and edges")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let file = self.0;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "nodes" => map.next_value_seed(Items(file, Item::Node))?,
                "adjacency" => map.next_value_seed(Items(file, Item::Neighbors))?,
                "elements" => map.next_value_seed(Items(file, Item::Either))?,
                "graph" | "graphs" => map.next_value_seed(Items(file, Item::Graph))?,
                "directed" => {
                    file.directed = map.next_value::<Value>()?.as_bool().or(file.directed);
                }
                "options" => {
                    let options: Value = map.next_value()?;
                    let kind = options.get("type").and_then(text_of).unwrap_or_default();
                    file.directed = is_directed(&kind).or(file.directed);
                }
                edges if EDGES.contains(&edges) => map.next_value_seed(Items(file, Item::Edge))?,
                _ => map.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Graph(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// What the items of a list are.
#[derive(Clone, Copy, PartialEq)]
enum Item {
    Node,
    Edge,
    /// Cytoscape's elements: nodes, and edges which have a source.
    Either,
    Neighbors,
    Graph,
}

/// A list of items; or an object of them by id (nodes), or of lists of them (elements).
struct Items<'f, 'r>(&'f mut File<'r>, Item);

impl Items<'_, '_> {
    /// Whether this pass over the file reads the items.
    fn are_read(&self) -> bool {
        match self.1 {
            Item::Node => self.0.pass == Pass::Nodes,
            Item::Edge | Item::Neighbors => self.0.pass == Pass::Edges,
            Item::Either | Item::Graph => true,
        }
    }

    fn item(&mut self, value: Value) {
        match (self.1, self.0.pass) {
            (Item::Node, _) => self.0.node(None, value),
            (Item::Edge, _) => self.0.edge(value),
            (Item::Neighbors, _) => self.0.neighbors(value),
            (_, pass) => {
                let has_source = value.get("data").is_some_and(|it| it.get("source").is_some());
                match pass {
                    Pass::Nodes if !has_source => self.0.node(None, value),
                    Pass::Edges if has_source => self.0.edge(value),
                    _ => {}
                }
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        match self.1 {
            Item::Graph => Graph(self.0).deserialize(json),
            _ if !self.are_read() => json.deserialize_ignored_any(IgnoredAny).map(drop),
            _ => json.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        words.write_str("a list of nodes or edges")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            if !self.0.builder.goes_on(0) {
                break;
            }
            self.item(value);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if self.1 != Item::Node {
            return Graph(self.0).visit_map(map);
        }
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            self.0.node(Some(key), value);
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
