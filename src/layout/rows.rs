//! Who is tied to whom, direction forgotten, in compressed rows; and the parts that hang together.

use crate::network::{InfluenceGraph, PersonIndex};

/// Undirected rows over bodies `0..len()`: each tied pair appears once in either row.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    start: Vec<u32>,
    tied: Vec<u32>,
}

impl Rows {
    /// Number of bodies.
    pub fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// Everyone tied to `body`.
    pub fn of(&self, body: usize) -> &[u32] {
        &self.tied[self.start[body] as usize..self.start[body + 1] as usize]
    }

    /// Number of entries of all rows: twice the number of ties.
    pub fn entries(&self) -> usize {
        self.tied.len()
    }
}

/// One connected part of the network.
#[derive(Clone, Debug)]
pub struct Component {
    /// Who belongs to it, in the order of a breadth-first walk: neighbors lie close in memory.
    pub people: Vec<PersonIndex>,
    /// Their ties, numbered by position in `people`.
    pub rows: Rows,
}

/// All connected parts, largest first, equally large ones by their first person.
///
/// O(people + arcs).
pub fn components(graph: &InfluenceGraph) -> Vec<Component> {
    const UNSEEN: u32 = u32::MAX;
    // Number inside its component, per person.
    let mut number = vec![UNSEEN; graph.people()];
    let mut found = Vec::new();
    for first in (0..).take(graph.people()) {
        if number[first as usize] != UNSEEN {
            continue;
        }
        number[first as usize] = 0;
        let mut people = vec![first];
        let mut rows = Rows { start: vec![0], tied: Vec::new() };
        let mut next = 0;
        while let Some(&person) = people.get(next) {
            next += 1;
            for other in union(graph.audience_of(person), graph.influences_on(person)) {
                let known = &mut number[other as usize];
                if *known == UNSEEN {
                    *known = index(people.len());
                    people.push(other);
                }
                rows.tied.push(*known);
            }
            rows.start.push(index(rows.tied.len()));
        }
        found.push(Component { people, rows });
    }
    // The sort is stable, so equals keep the order of their first person.
    found.sort_by_key(|component| std::cmp::Reverse(component.people.len()));
    found
}

/// Both ascending rows merged, each entry once.
fn union<'a>(left: &'a [u32], right: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    std::iter::from_fn(move || {
        let lowest = match (left.peek(), right.peek()) {
            (Some(&&a), Some(&&b)) => a.min(b),
            (Some(&&only), None) | (None, Some(&&only)) => only,
            (None, None) => return None,
        };
        left.next_if(|&&it| it == lowest);
        right.next_if(|&&it| it == lowest);
        Some(lowest)
    })
}

fn index(count: usize) -> u32 {
    u32::try_from(count).expect("people and arcs are numbered below 2^32")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn parts_come_largest_first_with_each_tie_in_both_rows() {
        let arcs = [(0, 1), (1, 0), (5, 3), (3, 4), (4, 5), (3, 5)];
        let arcs = arcs.map(|(influencer, audience)| InfluenceArc {
            influencer,
            audience,
            ties: 1,
            value: 1.0,
        });
        let parts = components(&InfluenceGraph::from_arcs(7, arcs));
        let people: Vec<_> = parts.iter().map(|it| it.people.clone()).collect();
        assert_eq!(people, [vec![3, 4, 5], vec![0, 1], vec![2], vec![6]]);
        assert_eq!(parts[0].rows.of(0), [1, 2]);
        assert_eq!(parts[1].rows.of(1), [0]);
        assert_eq!(parts[0].rows.entries(), 6);
        assert!(parts[3].rows.of(0).is_empty());
    }
}
