//! Who is tied to whom, whichever way influence runs.

use crate::network::{InfluenceGraph, PersonIndex};

/// Undirected rows: everyone's circle of ties, each other person once, in ascending order.
pub(super) struct Circles {
    start: Vec<usize>,
    people: Vec<PersonIndex>,
    weights: Vec<f64>,
}

impl Circles {
    /// Adds `weight(arc)` over the one or two arcs between two people, in O(people + arcs).
    pub(super) fn new(graph: &InfluenceGraph, weight: impl Fn(usize) -> f64) -> Self {
        let mut circles = Self {
            start: vec![0],
            people: Vec::with_capacity(2 * graph.arcs()),
            weights: Vec::with_capacity(2 * graph.arcs()),
        };
        for person in (0..).take(graph.people()) {
            let mut forth =
                graph.audience_of(person).iter().zip(graph.arcs_from(person)).peekable();
            let mut back =
                graph.influences_on(person).iter().zip(graph.arcs_into(person)).peekable();
            loop {
                // Both rows are sorted, so the circle is their merge.
                let ahead = forth.peek().map_or(PersonIndex::MAX, |(other, _)| **other);
                let behind = back.peek().map_or(PersonIndex::MAX, |(other, _)| **other);
                let other = ahead.min(behind);
                let mut sum = 0.0;
                if let Some((_, arc)) = forth.next_if(|(it, _)| **it == other) {
                    sum += weight(arc);
                }
                if let Some((_, &arc)) = back.next_if(|(it, _)| **it == other) {
                    sum += weight(arc as usize);
                }
                if other == PersonIndex::MAX {
                    break;
                }
                circles.people.push(other);
                circles.weights.push(sum);
            }
            circles.start.push(circles.people.len());
        }
        circles
    }

    /// Number of people.
    pub(super) fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// People tied to `person`.
    pub(super) fn of(&self, person: usize) -> &[PersonIndex] {
        &self.people[self.start[person]..self.start[person + 1]]
    }

    /// Weights of [`Self::of`], entry by entry.
    pub(super) fn weights(&self, person: usize) -> &[f64] {
        &self.weights[self.start[person]..self.start[person + 1]]
    }

    /// Both together.
    pub(super) fn ties(&self, person: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.of(person)
            .iter()
            .map(|&other| other as usize)
            .zip(self.weights(person).iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn a_circle_merges_both_directions() {
        let arc =
            |influencer, audience, value| InfluenceArc { influencer, audience, ties: 1, value };
        let graph = InfluenceGraph::from_arcs(4, [arc(0, 1, 0.5), arc(1, 0, 0.25), arc(2, 0, 1.0)]);
        let circles = Circles::new(&graph, |arc| graph.value(arc));
        assert_eq!(circles.ties(0).collect::<Vec<_>>(), [(1, 0.75), (2, 1.0)]);
        assert_eq!(circles.ties(1).collect::<Vec<_>>(), [(0, 0.75)]);
        assert_eq!((circles.of(3), circles.len()), ([].as_slice(), 4));
    }
}
