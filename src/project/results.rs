//! What follows from evidence and decisions.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use super::watched::{Tell, unstopped};
use super::{Decisions, Evidence};
use crate::assemble::{
    self, Assembled, ChannelCount, Entries, KindCount, MergeSuggestion, Stopped,
};
use crate::measure::{self, Subject};
use crate::network::{
    Column, ColumnKind, Findable, Groups, InfluenceGraph, Network, Person, PersonIndex, fact,
};
use crate::seeding::Acquaintances;

/// Derived by [`Results::derive`], cheap to clone, never saved. What takes long and is not always
/// asked for (graph, neighborhoods) is made when it is first asked for.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// People and ties.
    pub network: Arc<Network>,
    /// People who were recognized in more than one source.
    pub merged: usize,
    /// Everyone as the files alone tell them apart.
    pub entries: Arc<Entries>,
    /// People who may be the same.
    pub suggestions: Arc<[MergeSuggestion]>,
    /// What to know before trusting the network.
    pub warnings: Arc<[String]>,
    /// How much each kind of evidence contributes.
    pub kinds: Arc<[KindCount]>,
    /// How much was seen in each channel.
    pub channels: Arc<[ChannelCount]>,
    /// True when too few people are tied for a ranking to mean anything.
    pub too_thin_to_rank: bool,
    graph: Arc<OnceLock<Arc<InfluenceGraph>>>,
    neighborhoods: Arc<OnceLock<Arc<[u32]>>>,
    pub(super) acquaintances: Arc<OnceLock<Arc<Acquaintances>>>,
    communities: Arc<OnceLock<Arc<Groups>>>,
    names: Arc<OnceLock<Findable>>,
    everything: Arc<OnceLock<Findable>>,
    columns: Arc<OnceLock<Arc<[KnownColumn]>>>,
}

/// A column with its name.
pub type KnownColumn = (String, Arc<Column>);

impl Results {
    /// Derives people and ties. Takes as long as its parts: for big evidence call it in a job.
    pub fn derive(evidence: &Evidence, decisions: &Decisions) -> Self {
        unstopped(|tell| Self::derive_watched(evidence, decisions, tell))
    }

    /// As [`Self::derive`], telling the share that is done; `Break` stops it.
    ///
    /// # Errors
    /// [`Stopped`] when it was told to stop.
    pub fn derive_watched(
        evidence: &Evidence,
        decisions: &Decisions,
        tell: &mut Tell<'_>,
    ) -> Result<Self, Stopped> {
        let Decisions { tie_rules, merges, by_hand, .. } = decisions;
        assemble::assemble_watched(&evidence.sources, tie_rules, merges, by_hand, tell)
            .map(Self::of)
    }

    fn of(assembled: Assembled) -> Self {
        Self {
            merged: assembled.merged,
            entries: Arc::new(assembled.entries),
            suggestions: assembled.suggestions.into(),
            warnings: assembled.warnings.into(),
            kinds: assembled.kinds.into(),
            channels: assembled.channels.into(),
            too_thin_to_rank: assembled.too_thin_to_rank,
            network: Arc::new(assembled.network),
            ..Self::default()
        }
    }

    /// Makes now what would be made later: for jobs, so that the window never waits for it.
    pub fn complete(&self) {
        self.communities();
        self.columns();
    }

    /// Every column of what is known of people, the most widely known first. Of those that name
    /// nearly everybody apart no entries are kept: nobody chooses from so many. O(people · columns).
    pub fn columns(&self) -> &Arc<[KnownColumn]> {
        self.columns.get_or_init(|| {
            let people = &self.network.people;
            let names = self.network.columns();
            let told = |name: &str| {
                let mut column = Column::of(people, name);
                let is_chosen_from = name == fact::GROUP || column.tells_groups(people.len());
                if column.kind == ColumnKind::Text && !is_chosen_from {
                    column.values = Vec::new();
                }
                (name.to_owned(), Arc::new(column))
            };
            let mut columns: Vec<KnownColumn> = names.into_iter().map(told).collect();
            columns.sort_by_key(|(_, column)| Reverse(column.known));
            columns.into()
        })
    }

    /// The same, keeping what was made of the ties before where ties and people are the same but for
    /// notes: nobody has to be measured again for those. O(people + ties).
    #[must_use]
    pub(super) fn keeping(mut self, before: &Self) -> Self {
        let (now, then) = (&self.network, &before.network);
        let same_people = now.people.len() == then.people.len()
            && now.people.iter().zip(&then.people).all(|(now, then)| now.is_alike(then));
        if same_people && now.ties == then.ties {
            self.graph = Arc::clone(&before.graph);
            self.neighborhoods = Arc::clone(&before.neighborhoods);
        }
        self
    }

    /// Who can influence whom.
    pub fn graph(&self) -> &Arc<InfluenceGraph> {
        self.graph.get_or_init(|| Arc::new(self.network.influence_graph()))
    }

    /// Number of each person's neighborhood, 0 for the largest.
    pub fn neighborhoods(&self) -> &Arc<[u32]> {
        let find = || measure::neighborhoods(self.graph()).into();
        self.neighborhoods.get_or_init(find)
    }

    /// The same as groups, each with the name that it has by itself.
    pub fn communities(&self) -> &Arc<Groups> {
        self.communities.get_or_init(|| {
            Arc::new(measure::named_neighborhoods(
                &self.network,
                self.graph(),
                self.neighborhoods(),
            ))
        })
    }

    /// People by their names, handles and companies. Made when it is first asked for, which takes
    /// a while for a big network: ask in a job.
    pub fn findable_by_name(&self) -> &Findable {
        self.names.get_or_init(|| Findable::by_name(&self.network.people))
    }

    /// The same by everything that is known of them.
    pub fn findable_by_everything(&self) -> &Findable {
        self.everything.get_or_init(|| Findable::by_everything(&self.network.people))
    }

    /// The network to be measured, its segments told apart by a column.
    pub fn subject(&self, segment_by: Option<&str>) -> Subject<'_> {
        let mut subject = Subject::new(self.graph()).with_network(&self.network);
        if let Some(known) = self.neighborhoods.get() {
            subject = subject.with_neighborhoods(known);
        }
        match segment_by {
            Some(column) => subject.with_segments(Groups::of(&self.network.people, column).of),
            None => subject,
        }
    }

    /// The person with this id, when there is one under the present rules.
    pub fn person(&self, id: &str) -> Option<PersonIndex> {
        let order = |it: &Person| assemble::id_order(&it.id).cmp(&assemble::id_order(id));
        let found = self.network.people.binary_search_by(order).ok()?;
        PersonIndex::try_from(found).ok()
    }

    /// The people with these ids, leaving out those who are not there.
    pub fn people(&self, ids: &[String]) -> Vec<PersonIndex> {
        ids.iter().filter_map(|id| self.person(id)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_name_everybody_apart_are_not_kept() {
        let person = |i: usize| {
            let mut person = Person::default();
            person.facts.insert("client", format!("Client {}", i % 3));
            person.facts.insert("email", format!("p{i}@example.org"));
            person.facts.insert("followers", (i * 7).to_string());
            person.facts.insert("kind", "person");
            person
        };
        let network = Network { people: (0..30).map(person).collect(), ..Network::default() };
        let results = Results { network: Arc::new(network), ..Results::default() };
        let told = |(name, column): &KnownColumn| {
            (name.clone(), column.values.len(), column.tells_groups(30))
        };
        let columns: Vec<_> = results.columns().iter().map(told).collect();
        let expected = [("client", 3, true), ("email", 0, false), ("followers", 30, true)];
        let expected = expected.map(|(name, values, groups)| (name.to_owned(), values, groups));
        assert_eq!(columns[..3], expected);
        assert_eq!(columns[3].0, "kind");
        assert!(!columns[3].2);
    }
}
