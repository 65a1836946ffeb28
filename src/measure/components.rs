//! Components: who can be connected to whom at all.

use super::{by_size, circle::Circles};
use crate::network::InfluenceGraph;

/// Component number of each person, direction ignored; 0 is the largest. O(people + arcs).
pub fn components(graph: &InfluenceGraph) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let circles = Circles::new(graph, |_| 1.0);
    let mut component = vec![NONE; circles.len()];
    let mut stack = Vec::new();
    let mut found = 0;
    for start in 0..circles.len() {
        if component[start] != NONE {
            continue;
        }
        component[start] = found;
        stack.push(start);
        while let Some(person) = stack.pop() {
            for &other in circles.of(person) {
                let other = other as usize;
                if component[other] == NONE {
                    component[other] = found;
                    stack.push(other);
                }
            }
        }
        found += 1;
    }
    by_size(&component)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn direction_does_not_separate_and_the_largest_comes_first() {
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
        let graph = InfluenceGraph::from_arcs(6, [arc(1, 0), arc(2, 3), arc(4, 3)]);
        assert_eq!(components(&graph), [1, 1, 0, 0, 0, 2]);
    }
}
