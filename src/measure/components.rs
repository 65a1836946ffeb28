//! Components: who can be connected to whom at all.

use super::by_size;
use super::circle::Circles;
use super::description::{Measure, Method, Unit};
use crate::network::InfluenceGraph;

pub(super) const COMPONENT_SIZE: Measure = Measure {
    key: "component_size",
    label: "component size",
    question: "Who is connected to how many at all?",
    meaning: "People in the same connected piece of the network, the person included; ties in \
              either direction.",
    unit: Unit::Count,
    lowest_first: false,
    method: Method::People(|subject| {
        let components = components_of(subject.circles());
        let sizes = sizes(&components);
        components.iter().map(|&it| sizes[it as usize]).collect()
    }),
};

pub(super) const COMPONENTS: Measure = Measure {
    key: "components",
    label: "components",
    question: "In how many separate pieces is the network?",
    meaning: "Connected pieces, a person without ties being one; ties in either direction.",
    unit: Unit::Count,
    lowest_first: false,
    method: Method::Network(|subject| sizes(&components_of(subject.circles())).len() as f64),
};

pub(super) const LARGEST_COMPONENT: Measure = Measure {
    key: "largest_component",
    label: "largest component",
    question: "How much of the network hangs together?",
    meaning: "Share of people in the largest connected piece; undefined without people.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::Network(|subject| {
        let sizes = sizes(&components_of(subject.circles()));
        sizes.first().map_or(f64::NAN, |largest| largest / sizes.iter().sum::<f64>())
    }),
};

/// Component number of each person, direction ignored; 0 is the largest. O(people + arcs).
pub fn components(graph: &InfluenceGraph) -> Vec<u32> {
    components_of(&Circles::new(graph, |_| 1.0))
}

fn components_of(circles: &Circles) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
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

/// People in each group, by number.
fn sizes(group_of: &[u32]) -> Vec<f64> {
    let mut sizes = Vec::new();
    for &group in group_of {
        let group = group as usize;
        sizes.resize(sizes.len().max(group + 1), 0.0);
        sizes[group] += 1.0;
    }
    sizes
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
        assert_eq!(COMPONENT_SIZE.compute(&graph), [2.0, 2.0, 3.0, 3.0, 3.0, 1.0]);
        assert_eq!(COMPONENTS.compute(&graph), [3.0]);
        assert_eq!(LARGEST_COMPONENT.compute(&graph), [0.5]);
    }
}
