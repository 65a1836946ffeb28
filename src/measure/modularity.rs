//! Modularity: how well a cut into groups follows the ties.

use super::circle::Circles;
use super::communities::binding;
use super::subject::weights;
use crate::network::InfluenceGraph;

/// Newman's modularity of `group_of` (a group number per person), direction ignored; a tie weighs
/// as it does for [`super::communities`]. 0 for a network without ties. O(people + arcs).
///
/// Source: Newman & Girvan 2004.
///
/// # Panics
/// When `group_of` has fewer entries than the graph has people.
pub fn modularity(graph: &InfluenceGraph, group_of: &[u32]) -> f64 {
    weighted_modularity(graph, &weights(graph), group_of)
}

pub(super) fn weighted_modularity(
    graph: &InfluenceGraph,
    weights: &[f64],
    group_of: &[u32],
) -> f64 {
    let circles = Circles::new(graph, |arc| binding(weights[arc]));
    let groups = group_of.iter().map(|&group| group as usize + 1).max().unwrap_or(0);
    let mut degree = vec![0.0; groups];
    let (mut inside, mut total) = (0.0, 0.0);
    for person in 0..circles.len() {
        for (other, weight) in circles.ties(person) {
            degree[group_of[person] as usize] += weight;
            total += weight;
            if group_of[person] == group_of[other] {
                inside += weight;
            }
        }
    }
    if total == 0.0 {
        return 0.0;
    }
    inside / total - degree.iter().map(|it| (it / total).powi(2)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn two_pairs_cut_apart_have_one_half() {
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
        let graph = InfluenceGraph::from_arcs(4, [arc(0, 1), arc(2, 3)]);
        assert!((modularity(&graph, &[0, 0, 1, 1]) - 0.5).abs() < 1e-15);
        assert!(modularity(&graph, &[0; 4]).abs() < 1e-15);
        assert!((modularity(&graph, &[0, 1, 0, 1]) + 0.5).abs() < 1e-15);
    }
}
