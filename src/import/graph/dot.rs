//! DOT, the language of Graphviz: `digraph { a -> b -> {c d} [weight=2] }`.
//!
//! Read are chains of edges, groups at either end of an edge, subgraphs (a cluster becomes a fact of
//! its nodes), attributes and their defaults, ports, HTML and comments of all three kinds. Whatever is
//! named is a node. O(bytes), or one step per edge where groups are tied to groups.

mod tokens;

use std::collections::HashMap;
use std::rc::Rc;

use tokens::{Token, Tokens};

use super::attributes::Attributes;
use super::build::GraphBuilder;
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Groups inside groups that are followed.
const MAX_DEPTH: usize = 256;

/// Edges that groups tied to groups may make, whatever the size of the file.
const MAX_EDGES_OF_GROUPS: usize = 100_000;

/// Reads DOT.
pub(super) struct Dot;

impl Reader for Dot {
    fn name(&self) -> &'static str {
        "DOT"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        begins(&mut Tokens::new(head.text)).is_ok()
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let mut tokens = Tokens::new(text);
        let mut file = File {
            builder: GraphBuilder::new(reading, around),
            nodes: Vec::new(),
            node_at: HashMap::new(),
            scopes: Vec::new(),
            edges_left: MAX_EDGES_OF_GROUPS.max(text.len()),
        };
        match begins(&mut tokens).and_then(|()| file.graph(&mut tokens)) {
            Ok(()) => file.finish(),
            Err(reason) => reading.refuse(tokens.taken_at(), reason),
        }
    }
}

/// `strict digraph "name" {`
fn begins(tokens: &mut Tokens<'_>) -> Result<(), String> {
    let no_graph =
        || "this is no graph in DOT: it should begin with graph { or digraph {".to_owned();
    let mut token = tokens.next()?.ok_or_else(no_graph)?;
    if token.is_keyword("strict") {
        token = tokens.next()?.ok_or_else(no_graph)?;
    }
    if !token.is_keyword("graph") && !token.is_keyword("digraph") {
        return Err(no_graph());
    }
    if matches!(tokens.peek()?, Some(Token::Id { .. })) {
        tokens.next()?;
    }
    if tokens.take_sign('{')? { Ok(()) } else { Err(no_graph()) }
}

/// What holds within braces.
#[derive(Default)]
struct Scope {
    /// Defaults that hold here, the name of a cluster among them.
    nodes: Rc<Attributes>,
    edges: Rc<Attributes>,
    /// Nodes named so far, groups inside included; only where an edge may need them.
    members: Vec<usize>,
}

impl Scope {
    /// A group inside this one.
    fn inner(&self) -> Self {
        let (nodes, edges) = (Rc::clone(&self.nodes), Rc::clone(&self.edges));
        Self { nodes, edges, members: Vec::new() }
    }
}

struct File<'r> {
    builder: GraphBuilder<'r>,
    /// Line, id and attributes.
    nodes: Vec<(usize, String, Attributes)>,
    node_at: HashMap<String, usize>,
    scopes: Vec<Scope>,
    edges_left: usize,
}

impl File<'_> {
    /// The statements up to the brace that closes the graph.
    fn graph(&mut self, tokens: &mut Tokens<'_>) -> Result<(), String> {
        self.group(tokens, Scope::default())?;
        if tokens.next()?.is_some() {
            let reason = "what follows the first graph of this file is left out";
            self.builder.reading.note(tokens.taken_at(), reason);
        }
        Ok(())
    }

    /// The statements up to the brace that closes a group; answers the nodes in it.
    fn group(&mut self, tokens: &mut Tokens<'_>, scope: Scope) -> Result<Vec<usize>, String> {
        if self.scopes.len() >= MAX_DEPTH {
            return Err(format!(
                "braces lie more than {MAX_DEPTH} deep inside each other; this is no graph that a program wrote"
            ));
        }
        self.scopes.push(scope);
        while !tokens.take_sign('}')? {
            if !self.builder.goes_on(tokens.passed()) {
                break;
            }
            self.statement(tokens)?;
        }
        let mut members = self.scopes.pop().unwrap_or_default().members;
        members.sort_unstable();
        members.dedup();
        if let Some(around) = self.scopes.last_mut() {
            around.members.extend(&members);
        }
        Ok(members)
    }

    fn statement(&mut self, tokens: &mut Tokens<'_>) -> Result<(), String> {
        let Some(token) = tokens.peek()? else {
            return Err(format!(
                "the file ends while {} braces are open; it is cut off",
                self.scopes.len()
            ));
        };
        if matches!(token, Token::Sign(';' | ',')) {
            tokens.next()?;
            return Ok(());
        }
        let is = |word: &str| token.is_keyword(word);
        let (of_nodes, of_edges, of_graph) = (is("node"), is("edge"), is("graph"));
        if of_nodes || of_edges || of_graph {
            tokens.next()?;
            let defaults = attributes(tokens)?;
            if let Some(scope) = self.scopes.last_mut()
                && !of_graph
            {
                let known = if of_nodes { &mut scope.nodes } else { &mut scope.edges };
                let known = Rc::make_mut(known);
                for (name, value) in defaults {
                    known.set(&name, value);
                }
            }
            return Ok(());
        }
        self.chain(tokens)
    }

    /// A node, a group, or several of them tied by arrows; or `name = value`, which is passed over.
    fn chain(&mut self, tokens: &mut Tokens<'_>) -> Result<(), String> {
        let first = self.operand(tokens)?;
        let line = tokens.taken_at();
        if tokens.take_sign('=')? {
            tokens.next()?;
            return Ok(());
        }
        let alone = match &first {
            Operand::Node(name) => Some(name.clone()),
            Operand::Group(_) => None,
        };
        let mut left = self.members(first, line);
        let mut ties = Vec::new();
        while let Some(&Token::Arrow(directed)) = tokens.peek()? {
            tokens.next()?;
            let right = self.operand(tokens)?;
            let right = self.members(right, tokens.taken_at());
            ties.push((left, right.clone(), directed));
            left = right;
        }
        let given = attributes(tokens)?;
        if ties.is_empty() {
            if let Some(&at) = alone.and_then(|name| self.node_at.get(&name)) {
                for (name, value) in given {
                    self.nodes[at].2.set(&name, value);
                }
            }
            return Ok(());
        }
        let mut shared =
            self.scopes.last().map_or_else(Attributes::default, |it| (*it.edges).clone());
        for (name, value) in given {
            shared.set(&name, value);
        }
        let way = shared.take("dir").unwrap_or_default();
        for (left, right, directed) in ties {
            self.tie(line, (&left, &right), directed, &way, &shared)?;
        }
        Ok(())
    }

    fn tie(
        &mut self,
        line: usize,
        ends: (&[usize], &[usize]),
        directed: bool,
        way: &str,
        attributes: &Attributes,
    ) -> Result<(), String> {
        self.edges_left = self
            .edges_left
            .checked_sub(ends.0.len().saturating_mul(ends.1.len()))
            .ok_or("groups tied to groups make more edges than can be read; list the edges")?;
        let directed = directed && !matches!(way, "both" | "none");
        for &from in ends.0 {
            for &to in ends.1 {
                let (from, to) = if way == "back" { (to, from) } else { (from, to) };
                let ids = (self.nodes[from].1.as_str(), self.nodes[to].1.as_str());
                self.builder.edge(line, ids, Some(directed), attributes);
            }
        }
        Ok(())
    }

    /// A node (its port is passed over), or a group in braces.
    fn operand(&mut self, tokens: &mut Tokens<'_>) -> Result<Operand, String> {
        let is_subgraph = tokens.peek()?.is_some_and(|it| it.is_keyword("subgraph"));
        let mut cluster = None;
        if is_subgraph {
            tokens.next()?;
            if let Some(Token::Id { text, .. }) = tokens.peek()? {
                cluster = Some(text.to_string()).filter(|it| it.starts_with("cluster"));
                tokens.next()?;
            }
        }
        if tokens.take_sign('{')? {
            let mut scope = self.scopes.last().map_or_else(Scope::default, Scope::inner);
            if let Some(name) = cluster {
                Rc::make_mut(&mut scope.nodes).set("cluster", name);
            }
            return Ok(Operand::Group(self.group(tokens, scope)?));
        }
        match tokens.next()? {
            Some(Token::Id { text, .. }) => {
                while tokens.take_sign(':')? {
                    tokens.next()?;
                }
                Ok(Operand::Node(text.into_owned()))
            }
            Some(Token::Sign(sign)) => Err(format!("a node belongs where {sign:?} stands")),
            Some(Token::Arrow(_)) => Err("a node belongs between two arrows".to_owned()),
            None => Err("the file ends within a statement; it is cut off".to_owned()),
        }
    }

    fn members(&mut self, operand: Operand, line: usize) -> Vec<usize> {
        match operand {
            Operand::Group(members) => members,
            Operand::Node(name) => vec![self.node(line, name)],
        }
    }

    /// The place of a node, which gets the defaults that hold where it is named first.
    fn node(&mut self, line: usize, name: String) -> usize {
        let at = self.node_at.get(&name).copied().unwrap_or_else(|| {
            let defaults = self.scopes.last().map(|scope| (*scope.nodes).clone());
            let attributes = defaults.unwrap_or_default();
            self.node_at.insert(name.clone(), self.nodes.len());
            self.nodes.push((line, name, attributes));
            self.nodes.len() - 1
        });
        if let Some(scope) = self.scopes.last_mut() {
            scope.members.push(at);
        }
        at
    }

    fn finish(mut self) {
        for (line, id, mut attributes) in self.nodes {
            let label = attributes.take("label").unwrap_or_default();
            let label = ["\\n", "\\l", "\\r"].iter().fold(label, |it, end| it.replace(end, " "));
            self.builder.node(line, &id, &label.replace("\\N", &id), &attributes);
        }
        self.builder.finish();
    }
}

/// One end of an edge.
enum Operand {
    Node(String),
    Group(Vec<usize>),
}

/// `[name=value, name; name=value] […]`; a name alone counts as true.
fn attributes(tokens: &mut Tokens<'_>) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    while tokens.take_sign('[')? {
        while !tokens.take_sign(']')? {
            let name = match tokens.next()? {
                Some(Token::Id { text, .. }) => text.into_owned(),
                Some(Token::Sign(';' | ',')) => continue,
                Some(_) => return Err("an attribute should read name=value".to_owned()),
                None => return Err("the file ends within [ ]; it is cut off".to_owned()),
            };
            let value = if tokens.take_sign('=')? {
                match tokens.next()? {
                    Some(Token::Id { text, .. }) => text.into_owned(),
                    _ => return Err(format!("{name} = stands without a value")),
                }
            } else {
                "true".to_owned()
            };
            found.push((name, value));
        }
    }
    Ok(found)
}
