//! Degree, audience and strength: ties counted.

use super::circle::Circles;
use crate::network::InfluenceGraph;

/// People tied to each person; a mutual tie counts once.
pub(super) fn degree(graph: &InfluenceGraph) -> Vec<f64> {
    let circles = Circles::new(graph, |_| 1.0);
    (0..circles.len()).map(|person| circles.of(person).len() as f64).collect()
}

/// People each person can influence directly.
pub(super) fn audience(graph: &InfluenceGraph) -> Vec<f64> {
    (0..).take(graph.people()).map(|person| graph.audience_of(person).len() as f64).collect()
}

/// Values of the arcs from each person, added up: the expected number of people who follow in one
/// step when the value is the chance that influence passes.
pub(super) fn strength(graph: &InfluenceGraph) -> Vec<f64> {
    (0..)
        .take(graph.people())
        .map(|person| graph.arcs_from(person).map(|arc| graph.value(arc)).sum())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn a_mutual_tie_is_one_person_and_a_one_way_tie_one_audience() {
        let arc =
            |influencer, audience| InfluenceArc { influencer, audience, ties: 2, value: 0.25 };
        let graph = InfluenceGraph::from_arcs(4, [arc(0, 1), arc(1, 0), arc(0, 2)]);
        assert_eq!(degree(&graph), [2.0, 1.0, 1.0, 0.0]);
        assert_eq!(audience(&graph), [2.0, 1.0, 0.0, 0.0]);
        assert_eq!(strength(&graph), [0.5, 0.25, 0.0, 0.0]);
    }
}
