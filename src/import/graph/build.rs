//! Nodes and edges, as every graph format has them, become people and ties.
//!
//! A node's id is its key: the same id in another graph file of the import is the same person. Its
//! label is the name; where the label is a mere number, an attribute called name is preferred. Rows of
//! the account are the nodes and edges that the file lists; people who are named by edges only are
//! counted in a note.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use jiff::civil::Date;

use super::attributes::Attributes;
use crate::import::clean::{header_key, shown};
use crate::import::columns::Meaning;
use crate::import::columns::aliases::meaning_of;
use crate::import::contacts::adoption::doubt_last_period;
use crate::import::contacts::adoption::unread_time;
use crate::import::costs::unusable_cost;
use crate::import::listed::{
    CHANNEL, ListedTies, PROBABILITY, RELATION, TYPE, WEIGHT, Words, number,
};
use crate::import::nodes::{LABEL, NodeFacts, telling_name};
use crate::import::reader::Context;
use crate::import::reading::Reading;
use crate::import::record::{Direction, PersonKey, PersonRecord, TieRecord};
use crate::network::{EvidenceKind, Text};
use crate::words::counted;

/// An edge with more ends is a crowd in which nobody is tied to anybody in particular.
const MAX_ENDS: usize = 30;

/// Steps of a reader between two looks at whether to go on.
const STEPS_PER_LOOK: usize = 1 << 14;

/// Attributes that only say where and how a program drew a node.
const DRAWING: &[&str] = &[
    "x",
    "y",
    "z",
    "r",
    "g",
    "b",
    "pos",
    "xcoordinate",
    "ycoordinate",
    "zcoordinate",
    "polarr",
    "polarangle",
    "labelcolor",
    "labelsize",
    "labelfillcolor",
    "labelposition",
    "imagefile",
];

/// What a builder asks of whoever imports.
pub(super) trait Around {
    /// Whether to go on, so many bytes into the file.
    fn goes_on(&self, bytes: u64) -> bool;

    /// Whether the last adoption period means "not adopted", if anybody said.
    fn last_period(&self) -> Option<bool>;
}

impl Around for Context<'_, '_> {
    fn goes_on(&self, bytes: u64) -> bool {
        self.watch.tick(bytes).is_continue()
    }

    fn last_period(&self) -> Option<bool> {
        self.last_period_means_not_adopted()
    }
}

/// Makes people and ties of nodes and edges.
pub(super) struct GraphBuilder<'r> {
    around: &'r dyn Around,
    steps: usize,
    /// Takes what is odd.
    pub reading: &'r mut Reading,
    position_of: HashMap<String, u32>,
    /// For each person, the number of the graph in the file that lists it; 0 before any does.
    listed_in: Vec<u32>,
    graph: u32,
    ties: ListedTies,
    edges: usize,
    unused: BTreeSet<String>,
    undrawn: BTreeSet<String>,
    /// Attributes that may say which kind of tie an edge is.
    relations: BTreeSet<String>,
    /// The attribute that tells when somebody adopted.
    adopted_on: Option<String>,
}

impl<'r> GraphBuilder<'r> {
    /// For one file.
    pub fn new(reading: &'r mut Reading, around: &'r dyn Around) -> Self {
        Self {
            around,
            steps: 0,
            adopted_on: None,
            reading,
            position_of: HashMap::new(),
            listed_in: Vec::new(),
            graph: 1,
            ties: ListedTies::default(),
            edges: 0,
            unused: BTreeSet::new(),
            undrawn: BTreeSet::new(),
            relations: BTreeSet::new(),
        }
    }

    /// Whether to read on, so many bytes into the file; asked at every step.
    pub fn goes_on(&mut self, bytes: usize) -> bool {
        self.steps += 1;
        !self.steps.is_multiple_of(STEPS_PER_LOOK) || self.around.goes_on(bytes as u64)
    }

    /// Says that a further graph over the same nodes begins, which may list them again.
    pub fn next_graph(&mut self) {
        self.graph += 1;
    }

    /// Adds a node that the file lists. `label` is the format's own; it may be empty.
    pub fn node(&mut self, line: usize, id: &str, label: &str, attributes: &Attributes) {
        let Some(position) = self.end(id) else {
            self.reading.skip(line, "a node without an id; edges cannot name it");
            return;
        };
        let listed_in = std::mem::replace(&mut self.listed_in[position as usize], self.graph);
        if listed_in == self.graph {
            self.reading.skip(line, format!("node {id:?} is listed twice; the first time counts"));
            return;
        }
        let named: Vec<(&str, String, &str)> =
            attributes.iter().map(|(name, value)| (name, header_key(name), value)).collect();
        let (name, name_key) = name_of(label, id, &named);
        let mut facts = NodeFacts::default();
        for (header, key, value) in &named {
            let is_drawing =
                DRAWING.contains(&key.as_str()) && (key.len() > 1 || number(value).is_some());
            if is_drawing {
                remember(&mut self.undrawn, header);
            } else if Some(key.as_str()) != name_key && *value != "null" && *value != name {
                let meaning = meaning_of(key);
                if meaning == Some(Meaning::AdoptedOn) && self.adopted_on.is_none() {
                    self.adopted_on = Some((*header).to_owned());
                }
                facts.note(meaning, header, value);
            }
        }
        let person = &mut self.reading.people_mut()[position as usize];
        if listed_in == 0 && !name.is_empty() {
            person.name = name.into();
        }
        let (facts, unread) = facts.finish(None);
        let cost = unusable_cost(&facts);
        if person.facts.is_empty() {
            person.facts = facts;
        } else {
            facts.iter().for_each(|(column, value)| person.facts.add(column, value));
        }
        if let Some(unread) = unread {
            self.reading.warn(line, unread_time(&unread));
        }
        if let Some(cost) = cost {
            self.reading.warn(line, cost);
        }
        self.reading.keep();
    }

    /// The person of a node id, also of one that is not listed (yet); `None` for an empty id.
    pub fn end(&mut self, id: &str) -> Option<u32> {
        let id = id.trim();
        if let Some(&known) = self.position_of.get(id) {
            return Some(known);
        }
        let clean = shown(id);
        if clean.is_empty() {
            return None;
        }
        let position = match self.position_of.get(&clean) {
            Some(&known) => known,
            None => self.new_person(clean.as_str().into()),
        };
        if clean != id {
            self.position_of.insert(id.to_owned(), position);
        }
        self.position_of.insert(clean, position);
        Some(position)
    }

    fn new_person(&mut self, id: Text) -> u32 {
        let position = self.reading.add_unkeyed(PersonRecord {
            id: Some(id.clone()),
            name: id.clone(),
            keys: PersonKey::Node(id).into(),
            ..PersonRecord::default()
        });
        self.listed_in.resize(position as usize + 1, 0);
        position
    }

    /// The person that bears this id already.
    pub fn known(&self, id: &str) -> Option<u32> {
        self.position_of.get(id.trim()).copied()
    }

    /// Adds a fact to a person.
    pub fn fact(&mut self, position: u32, column: &str, value: &str) {
        let person = &mut self.reading.people_mut()[position as usize];
        person.facts.add(column, shown(value));
    }

    /// Adds an edge between two node ids. `directed` is `None` where the file leaves it open.
    pub fn edge(
        &mut self,
        line: usize,
        ends: (&str, &str),
        directed: Option<bool>,
        attributes: &Attributes,
    ) {
        let (Some(from), Some(to)) = (self.end(ends.0), self.end(ends.1)) else {
            let missing = if ends.0.trim().is_empty() { "source" } else { "target" };
            self.reading.skip(line, format!("an edge without {missing}"));
            return;
        };
        let mut words = Words::default();
        let mut weight_rank = usize::MAX;
        for (name, value) in attributes.iter() {
            let key = header_key(name);
            let is_one_of = |names: &[&str]| names.contains(&key.as_str());
            let rank = WEIGHT.iter().position(|it| *it == key);
            let slot = match rank {
                Some(rank) if rank < weight_rank => {
                    weight_rank = rank;
                    &mut words.weight
                }
                _ if is_one_of(PROBABILITY) => &mut words.probability,
                _ if is_one_of(CHANNEL) => &mut words.channel,
                _ if is_one_of(RELATION) || (is_one_of(TYPE) && words.relation.is_empty()) => {
                    remember(&mut self.relations, name);
                    &mut words.relation
                }
                _ => {
                    remember(&mut self.unused, name);
                    continue;
                }
            };
            *slot = value.trim();
        }
        self.tie(line, (from, to), directed, words);
    }

    /// Adds an edge between two people.
    pub fn tie(&mut self, line: usize, ends: (u32, u32), directed: Option<bool>, words: Words<'_>) {
        if let Some(tie) = self.checked(line, ends, directed, words) {
            self.reading.tie(tie);
        }
    }

    /// Adds one sight of an edge; several of the same edge count it up.
    pub fn sight(
        &mut self,
        line: usize,
        ends: (u32, u32),
        directed: Option<bool>,
        words: Words<'_>,
        date: Option<Date>,
    ) {
        let Some(tie) = self.checked(line, ends, directed, words) else { return };
        let tie = TieRecord { last_seen: date, ..tie };
        if tie.value.is_some() { self.reading.tie(tie) } else { self.reading.trace(tie) }
    }

    /// The tie of an edge, if it ties two.
    fn checked(
        &mut self,
        line: usize,
        ends: (u32, u32),
        directed: Option<bool>,
        words: Words<'_>,
    ) -> Option<TieRecord> {
        self.edges += 1;
        if ends.0 == ends.1 {
            let name = &self.reading.people()[ends.0 as usize].name;
            let reason = format!("{name:?} is tied to itself, which says nothing");
            self.reading.skip(line, reason);
            return None;
        }
        let kind = match directed {
            Some(true) => "directed",
            Some(false) => "undirected",
            None => "",
        };
        let tie = self.ties.tie(line, Words { kind, ..words }, self.reading);
        self.reading.keep();
        Some(TieRecord { from: ends.0, to: ends.1, ..tie })
    }

    /// Adds an edge that ties several nodes at once: each to each, as in a group.
    pub fn hyperedge(&mut self, line: usize, ids: &[String]) {
        self.edges += 1;
        let ends: BTreeSet<u32> = ids.iter().filter_map(|id| self.end(id)).collect();
        if ends.len() < 2 || ends.len() > MAX_ENDS {
            let reason = format!(
                "an edge of {} nodes at once; only those of 2 to {MAX_ENDS} are read",
                ends.len()
            );
            self.reading.skip(line, reason);
            return;
        }
        let group_size = u16::try_from(ends.len()).unwrap_or(u16::MAX);
        for &one in &ends {
            for &other in ends.range(one + 1..) {
                let tie = TieRecord::new(one, other, Direction::Mutual, EvidenceKind::Listed);
                self.reading.tie(TieRecord { group_size, ..tie });
            }
        }
        self.reading.keep();
    }

    /// Tells how many nodes and edges there were, and what was not used.
    pub fn finish(self) {
        let Self { around, reading, listed_in, ties, edges, mut unused, undrawn, .. } = self;
        if !ties.relation_told {
            unused.extend(self.relations);
        }
        let unlisted = listed_in.iter().filter(|it| **it == 0).count();
        let mut told = format!(
            "{} and {} are the rows of this file",
            counted(listed_in.len() - unlisted, "node", "nodes"),
            counted(edges, "edge", "edges")
        );
        if unlisted > 0 {
            let _ = write!(told, "; {unlisted} more people are named by edges only");
        }
        if listed_in.is_empty() {
            "the graph is empty: it has no nodes".clone_into(&mut told);
        }
        reading.note(0, told);
        for (what, names) in [("edges", unused), ("the drawing", undrawn)] {
            if !names.is_empty() {
                let names: Vec<String> = names.iter().take(20).map(|it| shown(it)).collect();
                reading.note(0, format!("attributes of {what} not used: {}", names.join(", ")));
            }
        }
        ties.finish(reading);
        if let Some(column) = self.adopted_on {
            doubt_last_period(reading, &column, around.last_period());
        }
    }
}

fn remember(names: &mut BTreeSet<String>, name: &str) {
    if !names.contains(name) {
        names.insert(name.to_owned());
    }
}

/// The name of a node, and the reduced name of the attribute that gave it.
fn name_of<'a>(
    label: &str,
    id: &str,
    attributes: &'a [(&str, String, &str)],
) -> (String, Option<&'a str>) {
    let given = LABEL
        .iter()
        .filter_map(|wanted| attributes.iter().find(|(_, key, _)| key == wanted))
        .map(|(_, key, value)| (*value, Some(key.as_str())));
    let (names, keys): (Vec<&str>, Vec<Option<&str>>) =
        std::iter::once((label, None)).chain(given).unzip();
    telling_name(id, &names).map_or((String::new(), None), |at| (shown(names[at]), keys[at]))
}
