//! Whose loss breaks the network: what is left connected without each person.

use super::circle::Circles;
use super::description::{Measure, Method, Unit};

pub(super) const FRAGMENTATION: Measure = Measure {
    key: "fragmentation",
    label: "fragmentation (KPP-NEG)",
    question: "Whose loss would break the network?",
    meaning: "Share of the pairs of others who are not connected any more once the person is gone, \
              those counted who are not connected anyway; ties in either direction.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::People(|subject| {
        let circles = subject.circles();
        let left = Remains::of(circles, &vec![false; circles.len()]);
        left.without
            .iter()
            .map(|pairs| fragmented(*pairs, circles.len().saturating_sub(1)))
            .collect()
    }),
};

/// `1 - Σ s(s-1)/(n(n-1))` from the connected ordered pairs among `people`; 0 where there are no
/// two. Source: Borgatti 2006.
pub(super) fn fragmented(connected: f64, people: usize) -> f64 {
    let pairs = people as f64 * (people as f64 - 1.0);
    if pairs > 0.0 { 1.0 - connected / pairs } else { 0.0 }
}

/// Ordered pairs of people who are still connected when some are gone.
pub(super) struct Remains {
    /// For each person: when they are gone as well. As it is for those who are gone already.
    pub(super) without: Vec<f64>,
}

/// Someone on the way of a search into depth.
struct Step {
    person: usize,
    /// Next contact to look at.
    at: usize,
}

impl Remains {
    /// One search into depth answers for everyone, in O(people + ties): the pieces that hang on a
    /// person are the branches from which no tie leads back above them (Hopcroft & Tarjan 1973).
    pub(super) fn of(circles: &Circles, gone: &[bool]) -> Self {
        let people = circles.len();
        let mut search = Search {
            circles,
            gone,
            number: vec![0; people],
            lowest: vec![0; people],
            size: vec![0; people],
            cut_off: vec![0; people],
            pieces: vec![0.0; people],
            next: 1,
        };
        let mut components: Vec<Vec<usize>> = Vec::new();
        for (start, &gone) in gone.iter().enumerate() {
            if !gone && search.number[start] == 0 {
                components.push(search.explore(start));
            }
        }
        let connected: f64 = components.iter().map(|it| pairs(it.len())).sum();
        let mut without = vec![connected; people];
        for component in &components {
            for &person in component {
                let rest = component.len() - 1 - search.cut_off[person];
                without[person] += search.pieces[person] + pairs(rest) - pairs(component.len());
            }
        }
        Self { without }
    }
}

fn pairs(people: usize) -> f64 {
    people as f64 * (people as f64 - 1.0).max(0.0)
}

struct Search<'a> {
    circles: &'a Circles,
    gone: &'a [bool],
    /// Order of visits, from 1; 0 before.
    number: Vec<usize>,
    /// Lowest number that a tie out of the person's branch leads to.
    lowest: Vec<usize>,
    /// People in the branch below the person, who included.
    size: Vec<usize>,
    /// People in the branches that come off when the person goes, and the pairs within them.
    cut_off: Vec<usize>,
    pieces: Vec<f64>,
    next: usize,
}

impl Search<'_> {
    fn visit(&mut self, person: usize) -> Step {
        self.number[person] = self.next;
        self.lowest[person] = self.next;
        self.size[person] = 1;
        self.next += 1;
        Step { person, at: 0 }
    }

    /// Everyone connected to `start`.
    fn explore(&mut self, start: usize) -> Vec<usize> {
        let mut found = vec![start];
        let mut way = vec![self.visit(start)];
        while let Some(step) = way.last_mut() {
            let person = step.person;
            if let Some(&contact) = self.circles.of(person).get(step.at) {
                step.at += 1;
                let contact = contact as usize;
                if self.gone[contact] {
                    continue;
                }
                if self.number[contact] == 0 {
                    found.push(contact);
                    way.push(self.visit(contact));
                } else {
                    self.lowest[person] = self.lowest[person].min(self.number[contact]);
                }
            } else {
                way.pop();
                if let Some(above) = way.last() {
                    self.leave(person, above.person);
                }
            }
        }
        found
    }

    /// Goes back from a branch to the person above it.
    fn leave(&mut self, branch: usize, above: usize) {
        self.size[above] += self.size[branch];
        self.lowest[above] = self.lowest[above].min(self.lowest[branch]);
        if self.lowest[branch] >= self.number[above] {
            self.cut_off[above] += self.size[branch];
            self.pieces[above] += pairs(self.size[branch]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{InfluenceArc, InfluenceGraph};

    fn graph(people: usize, ties: &[(u32, u32)]) -> InfluenceGraph {
        let arc = |&(a, b)| InfluenceArc { influencer: a, audience: b, ties: 1, value: 1.0 };
        InfluenceGraph::from_arcs(people, ties.iter().map(arc))
    }

    #[test]
    fn a_bridge_breaks_the_network_and_a_leaf_does_not() {
        // Two triangles that share person 2, and a pair apart.
        let graph = graph(7, &[(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2), (5, 6)]);
        let found = FRAGMENTATION.compute(&graph);
        // Without 2: three pairs; without 0: four people in one piece and a pair.
        assert!((found[2] - (1.0 - 6.0 / 30.0)).abs() < 1e-15);
        assert!((found[0] - (1.0 - 14.0 / 30.0)).abs() < 1e-15);
        assert!((found[5] - (1.0 - 20.0 / 30.0)).abs() < 1e-15);
    }

    #[test]
    fn nobody_is_left_to_part() {
        assert_eq!(FRAGMENTATION.compute(&graph(1, &[])), [0.0]);
        assert_eq!(FRAGMENTATION.compute(&graph(2, &[(0, 1)])), [0.0, 0.0]);
        assert_eq!(FRAGMENTATION.compute(&graph(4, &[(0, 1), (0, 2), (0, 3)]))[..1], [1.0]);
    }

    #[test]
    fn those_who_are_gone_connect_nobody() {
        let chain = graph(5, &[(0, 1), (1, 2), (2, 3), (3, 4)]);
        let circles = Circles::new(&chain, |_| 1.0);
        let left = Remains::of(&circles, &[false, false, true, false, false]);
        assert_eq!(left.without, [2.0, 2.0, 4.0, 2.0, 2.0]);
    }
}
