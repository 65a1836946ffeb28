//! Every three people who all know each other, each found once.

use super::circle::Circles;

/// Ties of a network, each at the end that has fewer; so that no row is longer than the root of
/// twice the ties, and all triangles are found in O(ties^1.5) (Chiba & Nishizeki 1985).
pub(super) struct Triangles {
    start: Vec<usize>,
    other: Vec<u32>,
    weight: Vec<f64>,
}

/// A tie of a triangle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    /// One end.
    pub(super) from: usize,
    /// The other end.
    pub(super) to: usize,
    /// Number of the tie, the same in every triangle.
    pub(super) tie: usize,
    /// Its weight.
    pub(super) weight: f64,
}

impl Triangles {
    pub(super) fn new(circles: &Circles) -> Self {
        let rank = |person: usize| (circles.of(person).len(), person);
        let mut triangles = Self { start: vec![0], other: Vec::new(), weight: Vec::new() };
        for person in 0..circles.len() {
            for (other, weight) in circles.ties(person) {
                if rank(other) > rank(person) {
                    triangles.other.push(u32::try_from(other).expect("people are below 2^32"));
                    triangles.weight.push(weight);
                }
            }
            triangles.start.push(triangles.other.len());
        }
        triangles
    }

    /// Number of ties.
    pub(super) fn ties(&self) -> usize {
        self.other.len()
    }

    /// All ties, by number.
    pub(super) fn sides(&self) -> impl Iterator<Item = Side> + '_ {
        (0..self.start.len() - 1).flat_map(|person| self.row(person))
    }

    fn row(&self, from: usize) -> impl Iterator<Item = Side> + '_ {
        (self.start[from]..self.start[from + 1]).map(move |tie| Side {
            from,
            to: self.other[tie] as usize,
            tie,
            weight: self.weight[tie],
        })
    }

    /// Calls `tell` with the three sides a→b, a→c and b→c of every triangle.
    pub(super) fn each(&self, mut tell: impl FnMut([Side; 3])) {
        const NONE: usize = usize::MAX;
        let mut tie_to = vec![NONE; self.start.len() - 1];
        for a in 0..tie_to.len() {
            for side in self.row(a) {
                tie_to[side.to] = side.tie;
            }
            for ab in self.row(a) {
                for bc in self.row(ab.to) {
                    let tie = tie_to[bc.to];
                    if tie != NONE {
                        tell([ab, Side { from: a, to: bc.to, tie, weight: self.weight[tie] }, bc]);
                    }
                }
            }
            for side in self.row(a) {
                tie_to[side.to] = NONE;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{InfluenceArc, InfluenceGraph};

    #[test]
    fn every_triangle_is_told_once_with_its_sides() {
        let arc = |(a, b)| InfluenceArc { influencer: a, audience: b, ties: 1, value: 1.0 };
        // Four who all know each other, and one who knows two of them.
        let ties = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (3, 2), (4, 0), (1, 4), (4, 5)];
        let graph = InfluenceGraph::from_arcs(6, ties.map(arc));
        let mut found = Vec::new();
        let triangles = Triangles::new(&Circles::new(&graph, |_| 1.0));
        triangles.each(|[ab, ac, bc]| {
            assert_eq!((ab.from, ab.to, ac.to), (ac.from, bc.from, bc.to));
            let mut people = [ab.from, ab.to, ac.to];
            people.sort_unstable();
            found.push(people);
        });
        found.sort_unstable();
        assert_eq!(found, [[0, 1, 2], [0, 1, 3], [0, 1, 4], [0, 2, 3], [1, 2, 3]]);
        assert_eq!((triangles.ties(), triangles.sides().count()), (9, 9));
    }
}
