//! Ties inside and across groups of people: neighborhoods, clients, sites.

use super::circle::Circles;
use crate::network::{InfluenceGraph, PersonIndex};

/// Pairs of people who are tied, counted for one group. Direction is ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupTies {
    /// Both of the group.
    pub inside: usize,
    /// One of the group, one of another.
    pub across: usize,
}

impl GroupTies {
    /// The group's E-I index, `(across - inside)/(across + inside)`: -1 when it keeps to itself,
    /// 1 when nobody in it is tied to anybody else in it; NaN without ties. Source: Krackhardt &
    /// Stern 1988, for one group.
    pub fn e_i(self) -> f64 {
        let (inside, across) = (self.inside as f64, self.across as f64);
        (across - inside) / (across + inside)
    }
}

/// Who is tied to whom within and across groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupedTies {
    /// Ties of each group.
    pub groups: Vec<GroupTies>,
    /// People of their own group to whom each person is tied.
    pub inside: Vec<u32>,
    /// All people to whom each person is tied.
    pub all: Vec<u32>,
}

impl GroupedTies {
    /// Counts the ties of `groups` groups, `group_of` one entry per person. Ties to people
    /// without a group count for nobody's group. O(people + arcs).
    ///
    /// # Panics
    /// When there is not one entry per person, or one names a group beyond `groups`.
    pub fn of(graph: &InfluenceGraph, group_of: &[Option<u32>], groups: usize) -> Self {
        assert_eq!(group_of.len(), graph.people(), "one group per person");
        let circles = Circles::new(graph, |_| 1.0);
        let mut counted = Self { groups: vec![GroupTies::default(); groups], ..Self::default() };
        // Every pair inside is met from both of its ends.
        let mut ends_inside = vec![0_usize; groups];
        for person in 0..graph.people() {
            let contacts = circles.of(person);
            let mut inside = 0;
            if let Some(own) = group_of[person] {
                for group in contacts.iter().filter_map(|&other| group_of[other as usize]) {
                    if group == own {
                        inside += 1;
                    } else {
                        counted.groups[own as usize].across += 1;
                    }
                }
                ends_inside[own as usize] += inside as usize;
            }
            counted.inside.push(inside);
            counted.all.push(u32::try_from(contacts.len()).unwrap_or(u32::MAX));
        }
        for (ties, ends) in counted.groups.iter_mut().zip(ends_inside) {
            ties.inside = ends / 2;
        }
        counted
    }

    /// Sorts people of one group by how central they are in it: most people tied to inside first,
    /// then most people at all, then in the order of the network.
    pub fn sort_by_centrality(&self, members: &mut [PersonIndex]) {
        members.sort_unstable_by_key(|&person| {
            let at = person as usize;
            (std::cmp::Reverse((self.inside[at], self.all[at])), person)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn ties_are_counted_once_and_by_group() {
        // A triangle 0-1-2 (one tie both ways), a pair 3-4, a tie 2-3 across; 5 has no group.
        let arcs = [(0, 1), (1, 0), (1, 2), (0, 2), (3, 4), (2, 3), (5, 0)];
        let arc =
            |(influencer, audience)| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
        let graph = InfluenceGraph::from_arcs(6, arcs.map(arc));
        let of = [Some(0), Some(0), Some(0), Some(1), Some(1), None];
        let ties = GroupedTies::of(&graph, &of, 3);
        assert_eq!(ties.groups[0], GroupTies { inside: 3, across: 1 });
        assert_eq!(ties.groups[1], GroupTies { inside: 1, across: 1 });
        assert!((ties.groups[0].e_i() + 0.5).abs() < 1e-15);
        assert!(ties.groups[1].e_i().abs() < 1e-15 && ties.groups[2].e_i().is_nan());
        assert_eq!(ties.inside, [2, 2, 2, 1, 1, 0]);
        assert_eq!(ties.all, [3, 2, 3, 2, 1, 1]);
        let mut members = [0, 1, 2];
        ties.sort_by_centrality(&mut members);
        assert_eq!(members, [0, 2, 1]);
    }
}
