//! Who is within a few steps of somebody.

use std::collections::BTreeSet;

use super::{InfluenceGraph, PersonIndex};

impl InfluenceGraph {
    /// Everyone within `steps` ties of any of `people`, whichever way influence passes, themselves
    /// included. People who are not in the graph are left out. O(ties of those found).
    pub fn within(
        &self,
        people: impl IntoIterator<Item = PersonIndex>,
        steps: u32,
    ) -> BTreeSet<PersonIndex> {
        let is_there = |it: &PersonIndex| (*it as usize) < self.people();
        let mut met: BTreeSet<PersonIndex> = people.into_iter().filter(is_there).collect();
        let mut edge: Vec<PersonIndex> = met.iter().copied().collect();
        for _ in 0..steps {
            let mut next = Vec::new();
            for person in edge {
                let tied = self.audience_of(person).iter().chain(self.influences_on(person));
                next.extend(tied.filter(|&&it| met.insert(it)));
            }
            edge = next;
        }
        met
    }
}

#[cfg(test)]
mod tests {
    use crate::network::{InfluenceArc, InfluenceGraph};

    #[test]
    fn steps_are_counted_along_ties_of_either_direction() {
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 0.1 };
        let graph = InfluenceGraph::from_arcs(6, [arc(0, 1), arc(2, 1), arc(2, 3), arc(3, 4)]);
        let within = |people: &[u32], steps| {
            graph.within(people.iter().copied(), steps).into_iter().collect::<Vec<_>>()
        };
        assert_eq!(within(&[0], 0), [0]);
        assert_eq!(within(&[0], 1), [0, 1]);
        assert_eq!(within(&[0], 2), [0, 1, 2]);
        assert_eq!(within(&[0, 4], 1), [0, 1, 3, 4]);
        assert_eq!(within(&[5], 9), [5]);
        assert_eq!(within(&[7], 1), [0; 0], "nobody of that number");
    }
}
