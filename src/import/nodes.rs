//! Node lists beside an edge list: `Id,Label,…`. They add names and facts to nodes.

use std::collections::BTreeMap;

use super::clean::shown;
use super::columns::Meaning;
use super::columns::aliases::meaning_of;
use super::contacts::adoption::{Adoption, doubt_last_period};
use super::reader::Context;
use super::reading::Reading;
use super::record::{PersonKey, PersonRecord};
use super::rows::Body;
use super::table::Layout;
use crate::network::Facts;

const ID: &[&str] = &["id", "nodeid", "node", "vertex"];
/// Names of what holds the name of a node, the surest first.
pub(super) const LABEL: &[&str] = &["label", "name", "fullname", "displayname"];

/// 2 or more when a header line is that of a node list: an id, and nothing that tells a contact.
pub(super) fn header_score(keys: &[String]) -> usize {
    let has = |names: &[&str]| keys.iter().any(|key| names.contains(&key.as_str()));
    let of_contact = keys.iter().any(|key| {
        matches!(
            meaning_of(key),
            Some(
                Meaning::First
                    | Meaning::Last
                    | Meaning::Email
                    | Meaning::Phone
                    | Meaning::Company
                    | Meaning::Name
            )
        )
    });
    if has(ID) && (has(&["label"]) || !of_contact) { 1 + keys.len() } else { 0 }
}

/// What is known of a node, gathered from its named values.
#[derive(Default)]
pub(super) struct NodeFacts {
    facts: BTreeMap<String, String>,
    adoption: Adoption,
}

impl NodeFacts {
    /// A value under its header. One whose meaning is no fact of Jaywalk's keeps its header; the first
    /// of several values of one fact counts.
    pub fn note(&mut self, meaning: Option<Meaning>, header: &str, value: &str) {
        let value = shown(value);
        if value.is_empty() {
            return;
        }
        let column = match meaning {
            Some(Meaning::Adopted) => return self.adoption.note(&value),
            Some(Meaning::AdoptedOn) => return self.adoption.note_when(&value),
            Some(Meaning::LeaveOut) => return,
            Some(meaning) => meaning.fact().unwrap_or(header),
            None => header,
        };
        if !column.is_empty() {
            self.facts.entry(column.to_owned()).or_insert(value);
        }
    }

    /// All facts.
    pub fn finish(self) -> Facts {
        let mut facts: Facts = self.facts.iter().collect();
        self.adoption.tell(&mut facts, None);
        facts
    }
}

/// Reads one person per row. O(bytes).
pub(super) fn read(
    text: Body<'_>,
    layout: &Layout,
    meanings: &[Meaning],
    context: &Context<'_, '_>,
) -> Reading {
    let mut reading = Reading::default();
    let column = |meaning| meanings.iter().position(|it| *it == meaning);
    let id_column = column(Meaning::Id);
    let label_column =
        layout.column(LABEL).filter(|&at| meanings[at] == Meaning::Name).or(column(Meaning::Name));
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        if row.is_blank() {
            continue;
        }
        let id = shown(row.cell(id_column));
        if id.is_empty() {
            reading.skip(row.line, "no id: a node list needs the node's name from the edge list");
            continue;
        }
        let key = PersonKey::Node(id.clone());
        if reading.find(&key).is_some() {
            reading.skip(row.line, format!("node {id:?} is listed twice; the first row counts"));
            continue;
        }
        let label = shown(row.cell(label_column));
        let mut facts = NodeFacts::default();
        for (at, header) in layout.header.iter().enumerate() {
            if Some(at) != id_column && Some(at) != label_column {
                facts.note(Some(meanings[at]), header, row.cell(Some(at)));
            }
        }
        let record = PersonRecord {
            name: if label.is_empty() { id.clone() } else { label },
            id: Some(id),
            keys: vec![key],
            facts: facts.finish(),
            ..PersonRecord::default()
        };
        reading.person(record);
        reading.keep();
    }
    if let Some(at) = column(Meaning::AdoptedOn) {
        let answer = context.last_period_means_not_adopted();
        doubt_last_period(&mut reading, &layout.header[at], answer);
    }
    rows.tell_end(&mut reading);
    reading
}
