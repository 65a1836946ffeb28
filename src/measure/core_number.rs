//! Core numbers: peel the least connected people off, layer by layer.

use super::description::{Measure, Method, Unit};
use super::subject::Subject;

pub(super) const K_CORE: Measure = Measure {
    key: "k_core",
    label: "core number",
    question: "Who sits in the dense core that keeps a buzz alive?",
    meaning: "The largest k such that the person is in a group where everybody knows k others; \
              ties in either direction, all alike.",
    unit: Unit::Count,
    lowest_first: false,
    method: Method::People(core_number),
};

/// O(people + arcs). Source: Batagelj & Zaveršnik 2003 (people kept sorted by remaining degree in
/// buckets).
fn core_number(subject: &Subject<'_>) -> Vec<f64> {
    let circles = subject.circles();
    let people = circles.len();
    let mut degree: Vec<usize> = (0..people).map(|person| circles.of(person).len()).collect();
    let longest = degree.iter().copied().max().unwrap_or(0);

    // `order` holds people by degree; `bucket[d]` is where degree d starts in it.
    let mut bucket = vec![0; longest + 2];
    for &d in &degree {
        bucket[d + 1] += 1;
    }
    for d in 0..=longest {
        bucket[d + 1] += bucket[d];
    }
    let mut order = vec![0; people];
    let mut place = vec![0; people];
    let mut next = bucket.clone();
    for person in 0..people {
        place[person] = next[degree[person]];
        order[place[person]] = person;
        next[degree[person]] += 1;
    }

    for at in 0..people {
        let person = order[at];
        for &other in circles.of(person) {
            let other = other as usize;
            if degree[other] > degree[person] {
                // Swap with the first of the bucket, then let the bucket below grow by one.
                let front = bucket[degree[other]];
                let displaced = order[front];
                order.swap(front, place[other]);
                place.swap(displaced, other);
                bucket[degree[other]] += 1;
                degree[other] -= 1;
            }
        }
    }
    degree.into_iter().map(|core| core as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{InfluenceArc, InfluenceGraph};

    #[test]
    fn a_tail_is_peeled_off_a_clique() {
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
        // Four people who all know each other, a chain of two hanging on, one alone.
        let clique = (0..4).flat_map(|a| (0..a).map(move |b| arc(a, b)));
        let graph = InfluenceGraph::from_arcs(7, clique.chain([arc(3, 4), arc(5, 4)]));
        assert_eq!(K_CORE.compute(&graph), [3.0, 3.0, 3.0, 3.0, 1.0, 1.0, 0.0]);
    }
}
