//! `PageRank`: who is listened to by people who are listened to.

use crate::network::InfluenceGraph;

/// Chance of walking on to someone one listens to, instead of jumping anywhere.
const DAMPING: f64 = 0.85;
/// Stop when all entries together move by less.
const TOLERANCE: f64 = 1e-13;
/// 0.85 to this power is below the tolerance.
const MOST_ROUNDS: usize = 200;

/// `PageRank` of each person; the entries sum to 1.
///
/// A walker goes from a person to someone that person listens to, in proportion to the parallel
/// ties between the two; from someone who listens to nobody it jumps anywhere. O(people + arcs)
/// per round. Source: Page, Brin, Motwani & Winograd 1999.
pub(super) fn pagerank(graph: &InfluenceGraph) -> Vec<f64> {
    let people = graph.people();
    if people == 0 {
        return Vec::new();
    }
    let anywhere = 1.0 / people as f64;
    let listens: Vec<f64> =
        (0..).take(people).map(|person| f64::from(graph.ties_into(person))).collect();
    let mut rank = vec![anywhere; people];
    for _ in 0..MOST_ROUNDS {
        let stuck: f64 =
            rank.iter().zip(&listens).filter(|(_, to)| **to == 0.0).map(|it| it.0).sum();
        let base = (1.0 - DAMPING + DAMPING * stuck) * anywhere;
        let next: Vec<f64> = (0..)
            .take(people)
            .map(|person| {
                let audience = graph.audience_of(person).iter().map(|&it| it as usize);
                let passed_on = audience
                    .zip(graph.arcs_from(person))
                    .map(|(it, arc)| rank[it] * f64::from(graph.ties(arc)) / listens[it]);
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
    fn parallel_ties_draw_more_of_the_walk() {
        let arc =
            |influencer, audience, ties| InfluenceArc { influencer, audience, ties, value: 1.0 };
        let rank = pagerank(&InfluenceGraph::from_arcs(3, [arc(0, 2, 3), arc(1, 2, 1)]));
        assert!(rank[0] > rank[1] && rank[1] > rank[2]);
    }
}
