//! Hubs and authorities: who listens to the right people, and who is listened to by those.

use super::description::{Measure, Method, Unit};
use super::subject::Subject;
use crate::network::{InfluenceGraph, PersonIndex};

pub(super) const AUTHORITY: Measure = Measure {
    key: "authority",
    label: "authority (HITS)",
    question: "Who is listened to by those who choose well whom to listen to?",
    meaning: "Share of all authority, which people have from the hubs that listen to them, in \
              proportion to the strength of ties.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::People(|subject| Hits::of(subject).authority),
};

pub(super) const HUB: Measure = Measure {
    key: "hub",
    label: "hub (HITS)",
    question: "Who listens to the people who matter?",
    meaning: "Share of all hub value, which people have from the authorities they listen to, in \
              proportion to the strength of ties.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::People(|subject| Hits::of(subject).hub),
};

/// Stop when all entries together move by less.
const TOLERANCE: f64 = 1e-13;
const MOST_ROUNDS: usize = 1000;

/// Both values per person; each sums to 1, or is 0 for all where no tie weighs anything.
struct Hits {
    authority: Vec<f64>,
    hub: Vec<f64>,
}

impl Hits {
    /// Starts with everyone alike as a hub, which decides where the ties alone do not (a network
    /// in pieces, or without triangles). O(people + arcs) per round. Source: Kleinberg 1999.
    fn of(subject: &Subject<'_>) -> Self {
        let (graph, weights) = (subject.graph, subject.weights());
        let mut hub = vec![1.0 / subject.people().max(1) as f64; subject.people()];
        let mut authority = Vec::new();
        for _ in 0..MOST_ROUNDS {
            authority = shares(to_influencers(graph, weights, &hub));
            let next = shares(to_listeners(graph, weights, &authority));
            let moved: f64 = hub.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
            hub = next;
            if moved < TOLERANCE {
                break;
            }
        }
        Self { authority, hub }
    }
}

/// Everyone gets what their audience has, by the weight of the ties.
pub(super) fn to_influencers(graph: &InfluenceGraph, weights: &[f64], of: &[f64]) -> Vec<f64> {
    let sum = |person: PersonIndex| {
        let row = graph.audience_of(person).iter().zip(graph.arcs_from(person));
        row.map(|(&it, arc)| of[it as usize] * weights[arc]).sum()
    };
    (0..).take(graph.people()).map(sum).collect()
}

/// Everyone gets what those have who influence them, by the weight of the ties.
fn to_listeners(graph: &InfluenceGraph, weights: &[f64], of: &[f64]) -> Vec<f64> {
    let sum = |person: PersonIndex| {
        let row = graph.influences_on(person).iter().zip(graph.arcs_into(person));
        row.map(|(&it, &arc)| of[it as usize] * weights[arc as usize]).sum()
    };
    (0..).take(graph.people()).map(sum).collect()
}

fn shares(mut values: Vec<f64>) -> Vec<f64> {
    let all: f64 = values.iter().sum();
    if all > 0.0 {
        for value in &mut values {
            *value /= all;
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn two_sources_and_their_listeners_divide_as_worked_out_by_hand() {
        // 2 and 3 both listen to 0; 3 also listens to 1. With r = hub 2 over hub 3 the rounds end
        // where authorities are (1 + r) : 1 and hubs (1 + r) : (2 + r), so r = (√5 - 1)/2.
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 0.3 };
        let graph = InfluenceGraph::from_arcs(4, [arc(0, 2), arc(0, 3), arc(1, 3)]);
        let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
        let near = |found: &[f64], expected: [f64; 4]| {
            found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9)
        };
        let authority = [(1.0 + ratio) / (2.0 + ratio), 1.0 / (2.0 + ratio), 0.0, 0.0];
        assert!(near(&AUTHORITY.compute(&graph), authority));
        let hub = [0.0, 0.0, ratio / (1.0 + ratio), 1.0 / (1.0 + ratio)];
        assert!(near(&HUB.compute(&graph), hub));
        assert_eq!(HUB.compute(&InfluenceGraph::from_arcs(2, [])), [0.0, 0.0]);
    }
}
