//! F0: people, the ties between them, and the influence graph that every engine runs on.
//!
//! A [`Network`] is what a person looks at: names, facts, ties with their evidence. The
//! [`InfluenceGraph`] is what an engine runs on: numbers in compressed rows. Both name people
//! by the same [`PersonIndex`].

mod attachment;
mod column;
mod column_rule;
mod compact;
mod fact_check;
mod facts;
mod findable;
mod influence;
mod near;
mod person;
mod telling;
mod text;
mod tie;
mod ties;

pub use attachment::{Attachment, NoAttachment};
pub use column::{Column, ColumnKind, Groups, entries, number};
pub use column_rule::{ColumnRule, Picks};
pub use compact::Compact;
pub use fact_check::check_fact;
pub use facts::Facts;
pub use findable::{Findable, fold};
pub use influence::{InfluenceArc, InfluenceGraph};
pub use person::{Person, PersonIndex, fact};
pub use text::Text;
pub use tie::{Channel, Closeness, EvidenceKind, Tie, TieEvidence, TieValue};
pub use ties::Ties;

use std::collections::{BTreeSet, HashMap};

/// People and ties, ready to look at and to compute on. Built by `assemble`, never edited in place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// Everyone, in a stable order; a [`PersonIndex`] is a position in this list.
    pub people: Vec<Person>,
    /// One entry per pair of people that influence each other (see [`Tie::mutual`]).
    pub ties: Ties,
}

impl Network {
    /// What a tie was seen in.
    ///
    /// # Panics
    /// When `tie` belongs to another network.
    pub fn evidence_of<'n>(
        &'n self,
        tie: &Tie,
    ) -> impl ExactSizeIterator<Item = TieEvidence> + use<'n> {
        self.ties.evidence_of(tie)
    }

    /// The person with this file `id`, or failing that the only person of this name. O(people).
    pub fn find(&self, id_or_name: &str) -> Option<PersonIndex> {
        self.find_all(&[id_or_name]).pop().flatten()
    }

    /// As [`Self::find`] for each of many, in one walk past everybody.
    pub fn find_all(&self, wanted: &[&str]) -> Vec<Option<PersonIndex>> {
        /// What bears a name so far.
        #[derive(Default)]
        struct Found {
            by_id: Option<PersonIndex>,
            by_name: Option<PersonIndex>,
            namesakes: bool,
        }
        let mut found: HashMap<&str, Found> =
            wanted.iter().map(|&it| (it, Found::default())).collect();
        for (index, person) in (0..).zip(&self.people) {
            if let Some(found) = found.get_mut(person.id.as_str()) {
                found.by_id.get_or_insert(index);
            }
            if let Some(found) = found.get_mut(person.name.as_str()) {
                found.namesakes |= found.by_name.is_some();
                found.by_name.get_or_insert(index);
            }
        }
        let person = |it: &Found| it.by_id.or(it.by_name.filter(|_| !it.namesakes));
        wanted.iter().map(|it| person(&found[it])).collect()
    }

    /// Names of the columns in which anybody has an entry, in the order of the alphabet.
    /// O(facts of everybody).
    pub fn columns(&self) -> BTreeSet<&str> {
        self.people.iter().flat_map(|it| it.facts.columns()).collect()
    }

    /// The same in words: `client, cost`, or `none`.
    pub fn columns_in_words(&self) -> String {
        let columns: Vec<&str> = self.columns().into_iter().collect();
        if columns.is_empty() { "none".to_owned() } else { columns.join(", ") }
    }

    /// The graph the engines run on: one arc per direction of influence, parallel ties merged.
    pub fn influence_graph(&self) -> InfluenceGraph {
        let arcs = self.ties.iter().flat_map(|tie| {
            let forth = InfluenceArc {
                influencer: tie.influencer,
                audience: tie.audience,
                ties: tie.parallel,
                value: tie.value.unwrap_or(tie.strength),
            };
            let back = InfluenceArc { influencer: tie.audience, audience: tie.influencer, ..forth };
            std::iter::once(forth).chain(tie.mutual.then_some(back))
        });
        InfluenceGraph::from_arcs(self.people.len(), arcs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_by_id_and_else_by_a_name_of_their_own() {
        let person =
            |id: &str, name: &str| Person { id: id.into(), name: name.into(), ..Person::default() };
        let people =
            vec![person("1", "Ana"), person("2", "Bo"), person("Ana", "Bo"), person("4", "Cy")];
        let network = Network { people, ..Network::default() };
        let found = network.find_all(&["Ana", "Bo", "Cy", "2", "Cy", "Dee"]);
        assert_eq!(found, [Some(2), None, Some(3), Some(1), Some(3), None]);
        assert_eq!(network.find("Cy"), Some(3));
    }
}
