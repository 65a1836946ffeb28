//! What a person changed in what the files tell: wrote over it, added to it, left out of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::corrections::Corrections;
use super::identity::{Entries, Identities};
use super::ids;
use crate::network::{Facts, Person};

/// Changes made by hand to what the files say, by id. They hold for whoever goes by the id, also
/// for one that the files do not name at the moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ByHand {
    /// What was written about people. Nobody without any is listed.
    people: BTreeMap<String, Written>,
    /// Who and what was added or left out.
    #[serde(flatten)]
    pub corrections: Corrections,
}

/// What was written by hand about one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Written {
    /// Another name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Facts by column; an empty one takes away what the files say.
    #[serde(skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
}

impl Written {
    fn is_empty(&self) -> bool {
        self.name.is_none() && self.facts.is_empty()
    }

    /// Takes what `other` has and this lacks.
    fn fill_from(&mut self, other: &Self) {
        self.name = self.name.take().or_else(|| other.name.clone());
        for (column, value) in &other.facts {
            self.facts.add(column, value);
        }
    }

    fn apply(&self, person: &mut Person) {
        if let Some(name) = &self.name {
            person.name = name.as_str().into();
        }
        for (column, value) in &self.facts {
            if value.is_empty() {
                person.facts.remove(column);
            } else {
                person.facts.insert(column, value);
            }
        }
    }
}

impl ByHand {
    /// What was written about the person with this id.
    pub fn about(&self, id: &str) -> Option<&Written> {
        self.people.get(id)
    }

    /// Writes a fact about a person, an empty one to say that there is none; `None` leaves the
    /// column to the files again.
    pub fn write(&mut self, id: &str, column: &str, value: Option<&str>) {
        self.change(id, |written| match value {
            Some(value) => written.facts.insert(column, value),
            None => written.facts.remove(column),
        });
    }

    /// Gives a person another name, or with `None` the files' own again.
    pub fn rename(&mut self, id: &str, name: Option<&str>) {
        self.change(id, |written| written.name = name.map(str::to_owned));
    }

    fn change(&mut self, id: &str, change: impl FnOnce(&mut Written)) {
        let written = self.people.entry(id.to_owned()).or_default();
        change(written);
        if written.is_empty() {
            self.people.remove(id);
        }
    }

    /// The same about people under their new ids; what is about somebody without one is forgotten.
    /// Of two who are one now, what was written about the one who kept the id counts first.
    #[must_use]
    pub fn renamed(&self, new_id: impl Fn(&str) -> Option<String>) -> Self {
        let moved = self.people.iter().filter_map(|(id, written)| Some((new_id(id)?, id, written)));
        let (kept, others): (Vec<_>, Vec<_>) = moved.partition(|(now, before, _)| now == *before);
        let mut people: BTreeMap<String, Written> = BTreeMap::new();
        for (id, _, written) in kept.into_iter().chain(others) {
            people.entry(id).or_default().fill_from(written);
        }
        Self { people, corrections: self.corrections.renamed(new_id) }
    }

    /// The same by the ids that entries joined by hand go by: what was said of one of them holds.
    pub(super) fn of_people(&self, entries: &Entries) -> Self {
        let joined = entries.joined();
        self.renamed(|id| Some(joined.get(id).map_or(id, String::as_str).to_owned()))
    }

    /// Writes it over what the records tell of people. O(people named here · log people).
    pub(super) fn apply(&self, identities: &mut Identities) {
        for (id, written) in &self.people {
            let order = |it: &Person| ids::order(&it.id).cmp(&ids::order(id));
            let Ok(at) = identities.people.binary_search_by(order) else { continue };
            written.apply(&mut identities.people[at]);
            // Where a person says what is so, the files' disagreement is settled.
            identities.conflicts.retain(|conflict| {
                conflict.person as usize != at || !written.facts.contains(&conflict.column)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_leaves_nothing_behind() {
        let mut by_hand = ByHand::default();
        by_hand.write("ana", "company", Some("Birch"));
        by_hand.write("ana", "phone", Some(""));
        by_hand.rename("ana", Some("Ana R."));
        let written = by_hand.about("ana").expect("something was written");
        assert_eq!(written.name.as_deref(), Some("Ana R."));
        assert_eq!(written.facts, Facts::from([("company", "Birch"), ("phone", "")]));
        by_hand.write("ana", "company", None);
        by_hand.write("ana", "phone", None);
        by_hand.rename("ana", None);
        assert_eq!(by_hand, ByHand::default());
    }

    #[test]
    fn of_two_who_are_one_the_keeper_of_the_id_counts_first() {
        let mut by_hand = ByHand::default();
        by_hand.write("ana", "company", Some("Birch"));
        by_hand.write("a. ruiz", "company", Some("Alder"));
        by_hand.write("a. ruiz", "notes", Some("met in May"));
        by_hand.write("gone", "notes", Some("left"));
        let renamed = by_hand.renamed(|id| match id {
            "gone" => None,
            _ => Some("ana".to_owned()),
        });
        let facts = &renamed.about("ana").expect("both are one").facts;
        assert_eq!(*facts, Facts::from([("company", "Birch"), ("notes", "met in May")]));
        assert!(renamed.about("a. ruiz").is_none() && renamed.about("gone").is_none());
    }
}
