//! What follows from evidence and decisions.

use std::collections::HashMap;
use std::sync::Arc;

use super::Evidence;
use crate::assemble::{self, ChannelCount, Entries, KindCount, MergeSuggestion, Merges, TieRules};
use crate::measure;
use crate::network::{InfluenceGraph, Network, PersonIndex};

/// Derived by [`Results::derive`], cheap to clone, never saved.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// People and ties.
    pub network: Arc<Network>,
    /// Who can influence whom.
    pub graph: Arc<InfluenceGraph>,
    /// Number of each person's neighborhood, 0 for the largest.
    pub neighborhoods: Arc<[u32]>,
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
    index_of: Arc<HashMap<String, PersonIndex>>,
}

impl Results {
    /// Neighborhoods belong to the network, not to a scenario: another `rng_seed` of a forecast
    /// must not recolor the map.
    const NEIGHBORHOOD_RNG_SEED: u64 = 1;

    /// Derives everything. Takes as long as its parts: for big evidence call it in a job.
    pub fn derive(evidence: &Evidence, rules: &TieRules, merges: &Merges) -> Self {
        let assembled = assemble::assemble(&evidence.sources, rules, merges);
        let graph = assembled.network.influence_graph();
        let neighborhoods = measure::communities(&graph, Self::NEIGHBORHOOD_RNG_SEED);
        let ids = assembled.network.people.iter().map(|person| person.id.clone());
        Self {
            index_of: Arc::new(ids.zip(0..).collect()),
            graph: Arc::new(graph),
            neighborhoods: neighborhoods.into(),
            merged: assembled.merged,
            entries: Arc::new(assembled.entries),
            suggestions: assembled.suggestions.into(),
            warnings: assembled.warnings.into(),
            kinds: assembled.kinds.into(),
            channels: assembled.channels.into(),
            too_thin_to_rank: assembled.too_thin_to_rank,
            network: Arc::new(assembled.network),
        }
    }

    /// The person with this id, when there is one under the present rules.
    pub fn person(&self, id: &str) -> Option<PersonIndex> {
        self.index_of.get(id).copied()
    }

    /// The people with these ids, leaving out those who are not there.
    pub fn people(&self, ids: &[String]) -> Vec<PersonIndex> {
        ids.iter().filter_map(|id| self.person(id)).collect()
    }
}
