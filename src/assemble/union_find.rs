//! Disjoint sets of records.

/// Disjoint sets over `0..len`; the smallest member stands for its set.
pub(super) struct UnionFind {
    parent: Vec<u32>,
}

impl UnionFind {
    pub(super) fn new(len: usize) -> Self {
        Self { parent: (0..).take(len).collect() }
    }

    /// The member that stands for the set of `member`.
    pub(super) fn find(&mut self, member: u32) -> u32 {
        let mut at = member;
        while self.parent[at as usize] != at {
            // Halving the path on the way keeps later walks short.
            let above = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = above;
            at = above;
        }
        at
    }

    /// Makes one set of the sets of both.
    pub(super) fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        self.parent[one.max(other) as usize] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_member_stands_for_the_set_whatever_the_order_of_joins() {
        for order in [[(4, 2), (2, 5), (0, 1)], [(0, 1), (5, 4), (4, 2)]] {
            let mut sets = UnionFind::new(6);
            for (one, other) in order {
                sets.join(one, other);
            }
            let roots: Vec<u32> = (0..6).map(|it| sets.find(it)).collect();
            assert_eq!(roots, [0, 0, 2, 3, 2, 2]);
        }
    }
}
