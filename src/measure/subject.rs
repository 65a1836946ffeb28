//! What is measured: a network with all that measures ask of it more than once.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::circle::Circles;
use super::communities::neighborhoods;
use crate::network::{InfluenceGraph, Network};

/// A graph to measure, and what is known beside it.
///
/// What several measures need (who is tied to whom, what ties weigh) is worked out when the first
/// of them asks and kept for the others.
pub struct Subject<'a> {
    pub(super) graph: &'a InfluenceGraph,
    pub(super) network: Option<&'a Network>,
    pub(super) rng_seed: u64,
    /// Searches of everyone's paths are exact up to so many people, and sampled above.
    pub(super) exact_up_to: usize,
    segments: Option<Cow<'a, [Option<u32>]>>,
    neighborhoods: OnceLock<Vec<u32>>,
    circles: OnceLock<Circles>,
    weights: OnceLock<Vec<f64>>,
}

impl<'a> Subject<'a> {
    /// Up to so many people everyone's shortest paths are searched: a few seconds on two cores.
    pub const EXACT_UP_TO: usize = 20_000;

    /// Everyone in `graph`, about whom nothing else is known.
    pub fn new(graph: &'a InfluenceGraph) -> Self {
        Self {
            graph,
            network: None,
            rng_seed: 1,
            exact_up_to: Self::EXACT_UP_TO,
            segments: None,
            neighborhoods: OnceLock::new(),
            circles: OnceLock::new(),
            weights: OnceLock::new(),
        }
    }

    /// The people and ties behind the graph, which tell the channels of ties.
    #[must_use]
    pub fn with_network(self, network: &'a Network) -> Self {
        Self { network: Some(network), ..self }
    }

    /// Which segment each person belongs to, if any. Without this, neighborhoods stand in.
    ///
    /// # Panics
    /// When there is not one entry per person.
    #[must_use]
    pub fn with_segments(self, segments: impl Into<Cow<'a, [Option<u32>]>>) -> Self {
        let segments = segments.into();
        assert_eq!(segments.len(), self.graph.people(), "one segment per person");
        Self { segments: Some(segments), ..self }
    }

    /// Neighborhoods that are known already, as [`neighborhoods`] finds them.
    ///
    /// # Panics
    /// When there is not one entry per person.
    #[must_use]
    pub fn with_neighborhoods(self, neighborhoods: &[u32]) -> Self {
        assert_eq!(neighborhoods.len(), self.graph.people(), "one neighborhood per person");
        Self { neighborhoods: OnceLock::from(neighborhoods.to_vec()), ..self }
    }

    /// The number that samples are drawn by; 1 unless told.
    #[must_use]
    pub fn with_rng_seed(self, rng_seed: u64) -> Self {
        Self { rng_seed, ..self }
    }

    /// Searches all paths up to so many people, [`Self::EXACT_UP_TO`] unless told.
    #[must_use]
    pub fn exact_up_to(self, people: usize) -> Self {
        Self { exact_up_to: people, ..self }
    }

    /// Number of people.
    pub(super) fn people(&self) -> usize {
        self.graph.people()
    }

    /// Whether paths are sampled, because there are too many to search them all.
    pub(super) fn is_sampled(&self) -> bool {
        self.people() > self.exact_up_to
    }

    /// Who is tied to whom, parallel ties and both directions counted.
    pub(super) fn circles(&self) -> &Circles {
        let count = |arc| f64::from(self.graph.ties(arc));
        self.circles.get_or_init(|| Circles::new(self.graph, count))
    }

    /// What each arc weighs beside the heaviest, in 0..=1; see [`weights`].
    pub(super) fn weights(&self) -> &[f64] {
        self.weights.get_or_init(|| weights(self.graph))
    }

    pub(super) fn neighborhoods(&self) -> &[u32] {
        self.neighborhoods.get_or_init(|| neighborhoods(self.graph))
    }

    /// The segment of a person; their neighborhood where no segments are told.
    pub(super) fn segment(&self, person: usize) -> Option<u32> {
        match &self.segments {
            Some(segments) => segments[person],
            None => Some(self.neighborhoods()[person]),
        }
    }
}

/// The value of each arc (see [`crate::network::InfluenceArc::value`]) over the greatest, so that
/// no unit is too large or too small to add up. A value that is no positive number weighs nothing.
pub(super) fn weights(graph: &InfluenceGraph) -> Vec<f64> {
    let value = |arc| Some(graph.value(arc)).filter(|it| it.is_finite() && *it > 0.0);
    let arcs = 0..graph.arcs();
    let greatest = arcs.clone().filter_map(value).fold(0.0, f64::max);
    arcs.map(|arc| value(arc).map_or(0.0, |it| it / greatest)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn weights_are_shares_of_the_greatest_and_nothing_is_less_than_nothing() {
        let values = [2e300, 1e300, -1.0, f64::NAN, f64::INFINITY, 0.0];
        let arc = |(audience, value)| InfluenceArc { influencer: 0, audience, ties: 1, value };
        let graph = InfluenceGraph::from_arcs(7, (1..).zip(values).map(arc));
        assert_eq!(weights(&graph), [1.0, 0.5, 0.0, 0.0, 0.0, 0.0]);
        assert!(weights(&InfluenceGraph::default()).is_empty());
    }
}
