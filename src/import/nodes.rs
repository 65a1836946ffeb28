//! Node lists beside an edge list: `Id,Label,…`. They add names and facts to nodes.

use std::collections::BTreeMap;

use super::clean::shown;
use super::columns::Meaning;
use super::columns::aliases::meaning_of;
use super::contacts::adoption::{Adoption, doubt_last_period, unread_time};
use super::costs::unusable_cost;
use super::date_order::date_order;
use super::dates::DateOrder;
use super::grouped_ids::{among_all, dividing_column};
use super::nominations::{self, Nominations};
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
    // Beside a time of adoption, a contact is one of many things that studies count.
    let is_study = keys.iter().any(|key| meaning_of(key) == Some(Meaning::AdoptedOn));
    let of_contact = keys.iter().filter(|key| !(is_study && *key == AMBIGUOUS)).any(|key| {
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
    // Where people name each other, whatever else is told of them is told of nodes.
    if !nominations::columns(keys).is_empty() && (has(ID) || has(LABEL)) {
        return 1 + keys.len();
    }
    if has(ID) && (has(&["label"]) || !of_contact) { 1 + keys.len() } else { 0 }
}

/// In a list of people the name of one; in a study anything, how often somebody came by.
const AMBIGUOUS: &str = "contact";

/// Columns that may hold the name, the surest first.
fn name_columns(layout: &Layout, meanings: &[Meaning]) -> Vec<usize> {
    let rank = |at: &usize| LABEL.iter().position(|it| *it == layout.keys[*at]);
    let mut columns: Vec<usize> =
        (0..meanings.len()).filter(|&at| meanings[at] == Meaning::Name).collect();
    columns.retain(|&at| layout.keys[at] != AMBIGUOUS);
    columns.sort_by_key(|at| rank(at).unwrap_or(LABEL.len()));
    columns
}

/// Which of several values names a node best: the first that is neither its id nor a mere number,
/// else the first there is.
pub(super) fn telling_name(id: &str, names: &[&str]) -> Option<usize> {
    const NO_NAMES: [&str; 3] = ["true", "false", "null"];
    let is_name = |name: &str| {
        !name.trim().is_empty() && !NO_NAMES.iter().any(|it| it.eq_ignore_ascii_case(name.trim()))
    };
    let is_telling = |name: &str| name.trim() != id.trim() && name.contains(char::is_alphabetic);
    names
        .iter()
        .position(|name| is_name(name) && is_telling(name))
        .or_else(|| names.iter().position(|name| is_name(name)))
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

    /// All facts, and a time of adoption that could not be read.
    pub fn finish(self, order: Option<DateOrder>) -> (Facts, Option<String>) {
        let mut facts: Facts = self.facts.iter().collect();
        let unread = self.adoption.tell(&mut facts, order);
        (facts, unread)
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
    let name_columns = name_columns(layout, meanings);
    let id_column = column(Meaning::Id).or_else(|| name_columns.first().copied());
    let naming = nominations::columns(&layout.keys);
    let mut nominations = Nominations::default();
    // An edge list beside the table knows plain ids; a survey has its own ties.
    let dividing =
        if naming.is_empty() { None } else { dividing_column(text, layout, meanings, id_column) };
    if let Some(at) = dividing {
        let header = &layout.header[at];
        let example = among_all("2", "7");
        reading.note(
            0,
            format!("ids begin anew in every {header:?}: 7 of 2 is {example}, and names whom has the id there"),
        );
    }
    let order = date_order(text, layout, meanings, context.day_first(), &mut reading);
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
        let among = |id: &str| match dividing {
            Some(at) => among_all(&shown(row.cell(Some(at))), id),
            None => id.to_owned(),
        };
        let key = PersonKey::Node(among(&id).into());
        if reading.find(&key).is_some() {
            reading.skip(row.line, format!("node {id:?} is listed twice; the first row counts"));
            continue;
        }
        let names: Vec<&str> = name_columns.iter().map(|&at| row.cell(Some(at))).collect();
        let name = telling_name(&id, &names).map_or_else(|| among(&id), |at| shown(names[at]));
        let mut facts = NodeFacts::default();
        for (at, header) in layout.header.iter().enumerate() {
            let cell = row.cell(Some(at));
            if Some(at) != id_column
                && !naming.contains(&at)
                && !(name_columns.contains(&at) && (cell == id || cell == name))
            {
                facts.note(Some(meanings[at]), header, cell);
            }
        }
        let (facts, unread) = facts.finish(order);
        if let Some(unread) = unread {
            reading.warn(row.line, unread_time(&unread));
        }
        if let Some(cost) = unusable_cost(&facts) {
            reading.warn(row.line, cost);
        }
        let record = PersonRecord {
            name: name.into(),
            id: Some(among(&id).into()),
            keys: key.into(),
            facts,
            ..PersonRecord::default()
        };
        let position = reading.person(record);
        for &at in &naming {
            nominations.note(position, row.cell(Some(at)), &among);
        }
        reading.keep();
    }
    nominations.finish(&mut reading);
    if let Some(at) = column(Meaning::AdoptedOn) {
        let answer = context.last_period_means_not_adopted();
        doubt_last_period(&mut reading, &layout.header[at], answer);
    }
    rows.tell_end(&mut reading);
    reading
}
