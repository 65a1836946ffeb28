//! One person of several records: names and facts.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use super::identity::{Entries, Identities};
use crate::import::PersonRecord;
use crate::network::{Person, PersonIndex, Text, fact};

/// A fact that is different in two records of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Conflict {
    pub person: PersonIndex,
    pub column: String,
    pub kept: String,
    pub dropped: String,
}

/// In which sources people occur. Nearly everyone occurs in one.
pub(super) struct SourcesOf {
    /// Counted from 1, so that one that is still unknown takes no more room.
    first: Vec<Option<NonZeroU32>>,
    /// Further sources of those who occur in several, ascending.
    others: BTreeMap<usize, Vec<u32>>,
}

impl SourcesOf {
    /// Adds a source behind those that are known.
    fn add(&mut self, person: usize, source: u32) {
        match self.first[person] {
            None => self.first[person] = NonZeroU32::new(source + 1),
            Some(_) if self.of(person).last() == Some(source) => {}
            Some(_) => self.others.entry(person).or_default().push(source),
        }
    }

    /// The first source of a person.
    pub fn first(&self, person: usize) -> u32 {
        self.first[person].map_or(0, |number| number.get() - 1)
    }

    /// All sources of a person, ascending.
    pub fn of(&self, person: usize) -> impl Iterator<Item = u32> + '_ {
        let others = self.others.get(&person).into_iter().flatten().copied();
        self.first[person].map(|number| number.get() - 1).into_iter().chain(others)
    }

    /// Number of people who occur in several sources.
    pub fn people_in_several(&self) -> usize {
        self.others.len()
    }
}

/// Facts that list several, joined by `; `: what several records tell adds up.
const LISTS: [&str; 2] = [fact::TAGS, fact::EVENT];

/// Facts of which a person may well have several: no conflict.
const SEVERAL: [&str; 5] = [fact::EMAIL, fact::PHONE, fact::PROFILE, fact::HANDLE, fact::CONNECTED];

/// People in the making. Records are added in the order of sources: the first name that is more than
/// an id and the first value of a fact win, later records fill gaps.
pub(super) struct Merging {
    people: Vec<Person>,
    sources: SourcesOf,
    is_place_holder: Vec<bool>,
    has_own_name: Vec<bool>,
    conflicts: Vec<Conflict>,
}

impl Merging {
    /// People with these ids and nothing else yet.
    pub(super) fn new(ids: impl Iterator<Item = Text>) -> Self {
        let people: Vec<Person> = ids.map(|id| Person { id, ..Person::default() }).collect();
        Self {
            sources: SourcesOf { first: vec![None; people.len()], others: BTreeMap::new() },
            is_place_holder: vec![true; people.len()],
            has_own_name: vec![false; people.len()],
            conflicts: Vec::new(),
            people,
        }
    }

    /// Adds what `record` of `source` tells of `index`.
    pub(super) fn add(
        &mut self,
        index: PersonIndex,
        source: u32,
        record: &PersonRecord,
        name_only: bool,
    ) {
        let at = index as usize;
        self.sources.add(at, source);
        let person = &mut self.people[at];
        person.is_owner |= record.is_owner;
        // A person's own record knows their name better than somebody who refers to them.
        let is_own_name = !name_only && !record.is_named_by_id();
        let better =
            (self.is_place_holder[at] && !name_only) || (is_own_name && !self.has_own_name[at]);
        if !record.name.is_empty() && (person.name.is_empty() || better) {
            person.name.clone_from(&record.name);
            self.has_own_name[at] = is_own_name;
        }
        self.is_place_holder[at] &= name_only;
        if person.facts.is_empty() {
            // Most people occur once, and share the text of their record.
            person.facts = record.facts.clone();
            return;
        }
        for (column, value) in &record.facts {
            match person.facts.get(column) {
                None => person.facts.insert(column, value),
                Some(known) if LISTS.contains(&column) => {
                    let entries = with_entries(known, value);
                    person.facts.insert(column, entries);
                }
                Some(known) if known != value && !SEVERAL.contains(&column) => {
                    self.conflicts.push(Conflict {
                        person: index,
                        column: column.to_owned(),
                        kept: known.to_owned(),
                        dropped: value.to_owned(),
                    });
                }
                Some(_) => {}
            }
        }
    }

    /// Everyone, complete.
    pub(super) fn finish(
        mut self,
        person_of: Vec<Vec<PersonIndex>>,
        entries: Entries,
    ) -> Identities {
        for person in &mut self.people {
            if person.name.is_empty() {
                person.name.clone_from(&person.id);
            }
        }
        Identities {
            people: self.people,
            person_of,
            sources: self.sources,
            is_place_holder: self.is_place_holder,
            entries,
            conflicts: self.conflicts,
        }
    }
}

/// The entries of `known` and those of `more` that it lacks.
fn with_entries(known: &str, more: &str) -> String {
    let mut entries = known.to_owned();
    for entry in more.split("; ").filter(|entry| !entry.is_empty()) {
        if !entries.split("; ").any(|it| it == entry) {
            if !entries.is_empty() {
                entries.push_str("; ");
            }
            entries.push_str(entry);
        }
    }
    entries
}
