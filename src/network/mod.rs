//! F0: people, the ties between them, and the influence graph that every engine runs on.
//!
//! A [`Network`] is what a person looks at: names, facts, ties with their evidence. The
//! [`InfluenceGraph`] is what an engine runs on: numbers in compressed rows. Both name people
//! by the same [`PersonIndex`].

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

use std::collections::BTreeSet;

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

    /// The person with this file `id`, or failing that the only person of this name.
    pub fn find(&self, id_or_name: &str) -> Option<PersonIndex> {
        let position = |found: Option<usize>| found.and_then(|i| PersonIndex::try_from(i).ok());
        if let Some(by_id) = position(self.people.iter().position(|it| it.id == id_or_name.into()))
        {
            return Some(by_id);
        }
        let mut named =
            (0..self.people.len()).filter(|&i| self.people[i].name == id_or_name.into());
        let first = position(named.next());
        if named.next().is_some() { None } else { first }
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
