//! Burt's constraint: how far a person's contacts are already in contact with each other.

use rayon::prelude::*;

use super::circle::Circles;
use crate::network::InfluenceGraph;

/// Sum over contacts j of `(p_ij + Σ_q p_iq p_qj)²`, with p the share of a person's ties, parallel
/// ties and both directions added; NaN for a person without ties.
///
/// O(Σ degree²), parallel over people. Source: Burt 1992, *Structural Holes*, ch. 2.
pub(super) fn constraint(graph: &InfluenceGraph) -> Vec<f64> {
    let circles = Circles::new(graph, |arc| f64::from(graph.ties(arc)));
    let people = circles.len();
    let total: Vec<f64> = (0..people).map(|person| circles.weights(person).iter().sum()).collect();
    (0..people)
        .into_par_iter()
        .map_init(
            || vec![0.0; people],
            |invested, person| {
                if circles.of(person).is_empty() {
                    return f64::NAN;
                }
                for (contact, weight) in circles.ties(person) {
                    invested[contact] += weight / total[person];
                    for (shared, onward) in circles.ties(contact) {
                        invested[shared] += weight / total[person] * onward / total[contact];
                    }
                }
                let squares =
                    circles.of(person).iter().map(|&it| invested[it as usize].powi(2)).sum();
                for &contact in circles.of(person) {
                    invested[contact as usize] = 0.0;
                    for &shared in circles.of(contact as usize) {
                        invested[shared as usize] = 0.0;
                    }
                }
                squares
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn a_broker_is_less_constrained_than_a_clique_member() {
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
        let star = InfluenceGraph::from_arcs(5, (1..5).map(|leaf| arc(0, leaf)));
        assert_eq!(constraint(&star), [0.25, 1.0, 1.0, 1.0, 1.0]);
        let triangle = InfluenceGraph::from_arcs(3, [arc(0, 1), arc(1, 2), arc(2, 0)]);
        // Each of two contacts: (1/2 + 1/2 · 1/2)².
        assert_eq!(constraint(&triangle), [1.125; 3]);
    }
}
