//! People and ties that a person added to what the files tell, or left out of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::ids;
use super::traces::{Trace, Way};
use crate::import::{PersonRecord, Records, Source};
use crate::network::{Closeness, EvidenceKind, Person, PersonIndex};

/// Additions and omissions by hand. People are named by id, so that these hold after a new import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Corrections {
    /// Names of people who were added, by the ids they were given.
    added: BTreeMap<String, String>,
    /// Names, as they were then, of people who were left out, by id.
    left_out: BTreeMap<String, String>,
    /// Ties that were added, at most one between two people.
    ties: Vec<AddedTie>,
    /// Pairs of people whose ties are left out whatever the files say, the smaller id first.
    untied: BTreeSet<(String, String)>,
}

/// A tie that somebody says there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedTie {
    /// Id of who influences.
    pub influencer: String,
    /// Id of who is influenced.
    pub audience: String,
    /// Whether influence passes back, too.
    pub mutual: bool,
    /// How close the two are.
    pub closeness: Closeness,
}

impl AddedTie {
    fn joins(&self, one: &str, other: &str) -> bool {
        let ends = (self.influencer.as_str(), self.audience.as_str());
        ends == (one, other) || ends == (other, one)
    }

    fn names(&self, id: &str) -> bool {
        self.influencer == id || self.audience == id
    }
}

impl Corrections {
    /// People who were added: id and name.
    pub fn added(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.added.iter().map(|(id, name)| (id.as_str(), name.as_str()))
    }

    /// People who were left out: id and name.
    pub fn left_out(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.left_out.iter().map(|(id, name)| (id.as_str(), name.as_str()))
    }

    /// Ties that were added.
    pub fn ties(&self) -> &[AddedTie] {
        &self.ties
    }

    /// Pairs of ids whose ties are left out.
    pub fn untied(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.untied.iter().map(|(one, other)| (one.as_str(), other.as_str()))
    }

    /// Whether nothing was added or left out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds a person and answers the id, one that no file gives and `is_taken` by nobody.
    pub fn add_person(&mut self, name: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let first = std::iter::once(format!("{name} (by hand)"));
        let ids = first.chain((2..).map(|number: u32| format!("{name} (by hand {number})")));
        let is_free = |id: &String| !is_taken(id) && !self.added.contains_key(id);
        let id = ids.into_iter().find(is_free).unwrap_or_default();
        self.added.insert(id.clone(), name.to_owned());
        id
    }

    /// Leaves a person out, with all ties; one who was added is forgotten.
    pub fn leave_out(&mut self, id: &str, name: &str) {
        if self.added.remove(id).is_some() {
            self.ties.retain(|tie| !tie.names(id));
            self.untied.retain(|(one, other)| one != id && other != id);
        } else {
            self.left_out.insert(id.to_owned(), name.to_owned());
        }
    }

    /// Lets a person be in the network again.
    pub fn bring_back(&mut self, id: &str) {
        self.left_out.remove(id);
    }

    /// Adds a tie, in place of one that was added between the two before.
    pub fn tie(&mut self, tie: AddedTie) {
        self.ties.retain(|it| !it.joins(&tie.influencer, &tie.audience));
        if tie.influencer != tie.audience {
            self.ties.push(tie);
        }
    }

    /// Leaves out whatever ties two people; `in_files` says whether any file does.
    pub fn untie(&mut self, one: &str, other: &str, in_files: bool) {
        self.ties.retain(|it| !it.joins(one, other));
        if in_files {
            self.untied.insert(ordered(one, other));
        }
    }

    /// Lets the files tie two people again.
    pub fn tie_again(&mut self, one: &str, other: &str) {
        self.untied.remove(&ordered(one, other));
    }

    /// The same about people under their new ids; what is about somebody without one is forgotten.
    /// Those who were added keep the ids they were given.
    #[must_use]
    pub fn renamed(&self, new_id: impl Fn(&str) -> Option<String>) -> Self {
        let left_out = self.left_out.iter();
        let mut now = Self {
            added: self.added.clone(),
            left_out: left_out.filter_map(|(id, name)| Some((new_id(id)?, name.clone()))).collect(),
            ..Self::default()
        };
        for tie in &self.ties {
            if let (Some(influencer), Some(audience)) =
                (new_id(&tie.influencer), new_id(&tie.audience))
            {
                now.tie(AddedTie { influencer, audience, ..tie.clone() });
            }
        }
        for (one, other) in &self.untied {
            if let (Some(one), Some(other)) = (new_id(one), new_id(other))
                && one != other
            {
                now.untied.insert(ordered(&one, &other));
            }
        }
        now
    }

    /// The people who were added, as a file would tell of them; none when there are none.
    pub(super) fn source(&self) -> Option<Source> {
        let person = |(id, name): (&String, &String)| PersonRecord {
            id: Some(id.as_str().into()),
            name: name.as_str().into(),
            ..PersonRecord::default()
        };
        let people: Vec<PersonRecord> = self.added.iter().map(person).collect();
        let records = Records { people, ..Records::default() };
        (!self.added.is_empty()).then(|| Source { records, ..Source::default() })
    }

    /// What these say of `people`, who are in the order of their ids. `source` is the number that
    /// the evidence of added ties is told under, behind those of the files.
    pub(super) fn among(&self, people: &[Person], source: u32) -> Corrected {
        let mut corrected = Corrected::default();
        if self.is_empty() {
            return corrected;
        }
        let find = |id: &str| -> Option<PersonIndex> {
            let found = people.binary_search_by(|it| ids::order(&it.id).cmp(&ids::order(id)));
            found.ok().and_then(|at| PersonIndex::try_from(at).ok())
        };
        corrected.left_out = self.left_out.keys().filter_map(|id| find(id)).collect();
        let pair = |(one, other): &(String, String)| {
            let (one, other) = (find(one)?, find(other)?);
            Some((one.min(other), one.max(other)))
        };
        corrected.untied = self.untied.iter().filter_map(pair).collect();
        let trace = |tie: &AddedTie| {
            let (from, to) = (find(&tie.influencer)?, find(&tie.audience)?);
            let way = match (tie.mutual, from < to) {
                (true, _) => Way::BothLowFirst,
                (false, true) => Way::Forth,
                (false, false) => Way::Back,
            };
            Some(Trace {
                low: from.min(to),
                high: from.max(to),
                kind: EvidenceKind::ByHand,
                channel: None,
                source,
                way,
                count: 1,
                group_size: 2,
                value: Some(tie.closeness.usual_strength()),
                last_seen: None,
                star_of: None,
            })
        };
        corrected.ties = self.ties.iter().filter_map(trace).collect();
        corrected
    }
}

/// Corrections, with people by number.
#[derive(Debug, Default)]
pub(super) struct Corrected {
    pub left_out: BTreeSet<PersonIndex>,
    /// Pairs, the smaller number first.
    pub untied: BTreeSet<(PersonIndex, PersonIndex)>,
    pub ties: Vec<Trace>,
}

fn ordered(one: &str, other: &str) -> (String, String) {
    (one.min(other).to_owned(), one.max(other).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(influencer: &str, audience: &str) -> AddedTie {
        let [influencer, audience] = [influencer, audience].map(str::to_owned);
        AddedTie { influencer, audience, mutual: false, closeness: Closeness::Friend }
    }

    #[test]
    fn ids_of_added_people_are_nobody_else_s() {
        let mut corrections = Corrections::default();
        let first = corrections.add_person("Ann", |_| false);
        let second = corrections.add_person("Ann", |_| false);
        let third = corrections.add_person("Ann", |id| id == "Ann (by hand 3)");
        assert_eq!([first, second], ["Ann (by hand)", "Ann (by hand 2)"]);
        assert_eq!(third, "Ann (by hand 4)");
    }

    #[test]
    fn what_is_taken_back_leaves_nothing_behind() {
        let mut corrections = Corrections::default();
        let ann = corrections.add_person("Ann", |_| false);
        corrections.tie(tie(&ann, "ben"));
        corrections.tie(AddedTie { mutual: true, ..tie("ben", &ann) });
        assert_eq!(corrections.ties().len(), 1, "the later word counts");
        corrections.leave_out(&ann, "Ann");
        assert!(corrections.is_empty(), "whoever was added is forgotten, ties and all");
        corrections.leave_out("ben", "Ben");
        corrections.bring_back("ben");
        corrections.untie("b", "a", true);
        corrections.tie_again("a", "b");
        assert!(corrections.is_empty());
        corrections.tie(tie("a", "b"));
        corrections.untie("b", "a", false);
        assert!(corrections.is_empty());
    }

    #[test]
    fn corrections_follow_people_to_their_new_ids() {
        let mut corrections = Corrections::default();
        let ann = corrections.add_person("Ann", |_| false);
        corrections.tie(tie(&ann, "ben"));
        corrections.leave_out("cleo", "Cleo");
        corrections.untie("ben", "dan", true);
        corrections.tie(tie("dan", "ben"));
        let now = corrections.renamed(|id| match id {
            "ben" => Some("ben (2)".to_owned()),
            "cleo" => None,
            _ => Some(id.to_owned()),
        });
        assert_eq!(now.ties(), [tie(&ann, "ben (2)"), tie("dan", "ben (2)")]);
        assert_eq!(now.left_out().len(), 0);
        assert_eq!(now.untied().collect::<Vec<_>>(), [("ben (2)", "dan")]);
        assert_eq!(now.added().collect::<Vec<_>>(), [(ann.as_str(), "Ann")]);
        let one = corrections.renamed(|_| Some("ben".to_owned()));
        assert!(one.ties().is_empty() && one.untied().len() == 0, "nobody is tied to themselves");
    }
}
