//! `PageRank`: who is listened to by people who are listened to.

use super::description::{Measure, Method, Unit};
use super::subject::weights;
use crate::network::InfluenceGraph;

pub(super) const PAGERANK: Measure = Measure {
    key: "pagerank",
    label: "PageRank",
    question: "Who is listened to by people who are listened to?",
    meaning: "Share of its time that a walk is at the person, when it goes from people to those \
              they listen to, in proportion to the strength of ties, and jumps anywhere with a \
              chance of .15.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::People(|subject| walk(subject.graph, subject.weights())),
};

/// Chance of walking on to someone one listens to, instead of jumping anywhere.
const DAMPING: f64 = 0.85;
/// Stop when all entries together move by less.
const TOLERANCE: f64 = 1e-13;
/// 0.85 to this power is below the tolerance.
const MOST_ROUNDS: usize = 200;

/// `PageRank` of each person; the entries sum to 1. From someone who listens to nobody the walk
/// jumps anywhere.
///
/// O(people + arcs) per round, fewer than 200 rounds. Source: Page, Brin, Motwani & Winograd 1999.
pub fn pagerank(graph: &InfluenceGraph) -> Vec<f64> {
    walk(graph, &weights(graph))
}

fn walk(graph: &InfluenceGraph, weights: &[f64]) -> Vec<f64> {
    let people = graph.people();
    if people == 0 {
        return Vec::new();
    }
    let anywhere = 1.0 / people as f64;
    let into = |person| graph.arcs_into(person).iter().map(|&arc| weights[arc as usize]).sum();
    let listens: Vec<f64> = (0..).take(people).map(into).collect();
    let mut rank = vec![anywhere; people];
    for _ in 0..MOST_ROUNDS {
        let stuck: f64 =
            rank.iter().zip(&listens).filter(|(_, to)| **to == 0.0).map(|it| it.0).sum();
        let base = (1.0 - DAMPING + DAMPING * stuck) * anywhere;
        let share: Vec<f64> = rank
            .iter()
            .zip(&listens)
            .map(|(rank, to)| if *to > 0.0 { rank / to } else { 0.0 })
            .collect();
        let next: Vec<f64> = (0..)
            .take(people)
            .map(|person| {
                let audience = graph.audience_of(person).iter().zip(graph.arcs_from(person));
                let passed_on = audience.map(|(&it, arc)| share[it as usize] * weights[arc]);
                base + DAMPING * passed_on.sum::<f64>()
            })
            .collect();
        let moved: f64 = rank.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        rank = next;
        if moved < TOLERANCE {
            break;
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn the_one_that_all_listen_to_ranks_first_and_ranks_sum_to_one() {
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
        let graph = InfluenceGraph::from_arcs(4, [arc(0, 1), arc(0, 2), arc(0, 3)]);
        let rank = pagerank(&graph);
        // Leaves x, hub h = x + 3·.85x, h + 3x = 1.
        let leaf = 1.0 / (4.0 + 3.0 * DAMPING);
        assert!((rank[1] - leaf).abs() < 1e-12);
        assert!((rank[0] - (1.0 - 3.0 * leaf)).abs() < 1e-12);
    }

    #[test]
    fn strong_ties_draw_more_of_the_walk() {
        let arc =
            |influencer, audience, value| InfluenceArc { influencer, audience, ties: 1, value };
        let rank = pagerank(&InfluenceGraph::from_arcs(3, [arc(0, 2, 3.0), arc(1, 2, 1.0)]));
        // Nobody listens to 2; what it has goes to 0 and 1 as 3 to 1.
        let base = rank[2];
        assert!((rank[0] - base - DAMPING * 0.75 * base).abs() < 1e-12);
        assert!((rank[1] - base - DAMPING * 0.25 * base).abs() < 1e-12);
        let weightless = pagerank(&InfluenceGraph::from_arcs(2, [arc(0, 1, 0.0)]));
        assert_eq!(weightless, [0.5, 0.5], "a tie without weight leads nowhere");
    }
}
