//! Neighborhoods: groups with more ties inside than chance would give, by the Leiden method.
//!
//! People move one by one to the neighboring group that raises modularity most; each group is then
//! refined into well-knit parts, the parts become the people of a smaller network, and the same
//! starts again on that. Refinement is what keeps every neighborhood in one piece.
//! Source: Traag, Waltman & van Eck 2019 (with the best merge instead of a random one, so that
//! chance only decides the order of visits).

use std::collections::VecDeque;

use rand::seq::SliceRandom;

use super::by_size;
use super::circle::Circles;
use super::description::{Measure, Method, Unit};
use super::modularity::weighted_modularity;
use super::subject::weights;
use crate::network::InfluenceGraph;
use crate::random::{Purpose, Stream, stream};

pub(super) const NEIGHBORHOODS: Measure = Measure {
    key: "neighborhoods",
    label: "neighborhoods",
    question: "How many neighborhoods are there?",
    meaning: "Groups with more ties inside than chance would give; someone without ties is one of \
              their own.",
    unit: Unit::Count,
    lowest_first: false,
    method: Method::Network(|subject| {
        subject.neighborhoods().iter().max().map_or(0.0, |&last| f64::from(last) + 1.0)
    }),
};

pub(super) const NEIGHBORHOOD_MODULARITY: Measure = Measure {
    key: "neighborhood_modularity",
    label: "modularity of neighborhoods",
    question: "How clearly does the network fall into neighborhoods?",
    meaning: "Share of tie strength within neighborhoods less the share that chance would give; \
              above .3 is clear.",
    unit: Unit::Balance,
    lowest_first: false,
    method: Method::Network(|subject| {
        weighted_modularity(subject.graph, subject.weights(), subject.neighborhoods())
    }),
};

/// Neighborhood number of each person; 0 is the largest.
///
/// Direction is ignored; a tie weighs its value in both directions added. Someone without ties is a
/// neighborhood of their own. The answer depends only on the graph and `rng_seed`. Near linear:
/// some 50 visits of every tie.
pub fn communities(graph: &InfluenceGraph, rng_seed: u64) -> Vec<u32> {
    let weights = weights(graph);
    let circles = Circles::new(graph, |arc| binding(weights[arc]));
    let people = Level::of_people(&circles);
    let mut rng = stream(rng_seed, Purpose::Communities, 0);
    let mut best: Vec<u32> = (0..).take(circles.len()).collect();
    let mut quality = people.quality(&best);
    for _ in 0..MOST_ROUNDS {
        let found = in_one_piece(&circles, &improved(&people, &best, &mut rng));
        let better = people.quality(&found);
        if better <= quality + LEAST_RISE {
            break;
        }
        (best, quality) = (found, better);
    }
    by_size(&best)
}

/// The whole method is repeated from its own answer, which mends early moves that later ones made
/// bad, as long as modularity rises by more than this.
const LEAST_RISE: f64 = 5e-4;
const MOST_ROUNDS: usize = 5;

/// One round of the method, starting from `community`.
fn improved(people: &Level, community: &[u32], rng: &mut Stream) -> Vec<u32> {
    let (mut community, _) = compact(community);
    let mut node_of_person: Vec<u32> = (0..).take(people.len()).collect();
    let mut merged: Option<Level> = None;
    loop {
        let level = merged.as_ref().unwrap_or(people);
        level.move_nodes(&mut community, rng);
        let (refined, parts) = compact(&level.refine(&community, rng));
        if parts == level.len() {
            return node_of_person.iter().map(|&it| community[it as usize]).collect();
        }
        let mut community_of_part = vec![0; parts];
        for (node, &part) in refined.iter().enumerate() {
            community_of_part[part as usize] = community[node];
        }
        // Community numbers stay below the number of nodes, because each has at least one part.
        (community, _) = compact(&community_of_part);
        merged = Some(level.merged(&refined, parts));
        for node in &mut node_of_person {
            *node = refined[*node as usize];
        }
    }
}

/// The same groups, those cut into pieces that hang together which do not. A group in pieces may
/// be left when its middle moved on; its pieces alone have the higher modularity.
fn in_one_piece(circles: &Circles, group_of: &[u32]) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let mut piece = vec![NONE; group_of.len()];
    let mut found = 0;
    let mut stack = Vec::new();
    for start in 0..group_of.len() {
        if piece[start] != NONE {
            continue;
        }
        piece[start] = found;
        stack.push(start);
        while let Some(person) = stack.pop() {
            for &other in circles.of(person) {
                let other = other as usize;
                if piece[other] == NONE && group_of[other] == group_of[person] {
                    piece[other] = found;
                    stack.push(other);
                }
            }
        }
        found += 1;
    }
    piece
}

/// The [`communities`] that everything shows. They belong to the network and not to a scenario:
/// another `rng_seed` of a forecast must not recolor the map.
pub fn neighborhoods(graph: &InfluenceGraph) -> Vec<u32> {
    communities(graph, 1)
}

/// How strongly an arc of this weight binds: a tie that is known to exist never weighs nothing,
/// whatever its file says.
pub(super) fn binding(weight: f64) -> f64 {
    weight.max(1e-3)
}

/// A network whose nodes stand for people or for groups of them.
struct Level {
    start: Vec<usize>,
    ties: Vec<(u32, f64)>,
    /// Weight of all ties of a node, those inside it counted from both ends.
    degree: Vec<f64>,
    /// All degrees together: twice the weight of all ties.
    total: f64,
}

impl Level {
    fn of_people(circles: &Circles) -> Self {
        let mut start = vec![0];
        let mut ties = Vec::new();
        let mut degree = Vec::new();
        for person in 0..circles.len() {
            ties.extend(
                circles.of(person).iter().copied().zip(circles.weights(person).iter().copied()),
            );
            degree.push(circles.weights(person).iter().sum());
            start.push(ties.len());
        }
        let total = degree.iter().sum();
        Self { start, ties, degree, total }
    }

    fn len(&self) -> usize {
        self.degree.len()
    }

    fn ties(&self, node: usize) -> &[(u32, f64)] {
        &self.ties[self.start[node]..self.start[node + 1]]
    }

    /// Modularity of groups of nodes, those of people.
    fn quality(&self, community: &[u32]) -> f64 {
        let mut weight = vec![0.0; self.len()];
        let mut inside = 0.0;
        for (node, &group) in community.iter().enumerate() {
            weight[group as usize] += self.degree[node];
            let own = self.ties(node).iter().filter(|(it, _)| community[*it as usize] == group);
            inside += own.map(|(_, tie)| tie).sum::<f64>();
        }
        let by_chance: f64 = weight.iter().map(|it| (it / self.total).powi(2)).sum();
        if self.total > 0.0 { inside / self.total - by_chance } else { 0.0 }
    }

    /// Twice the rise of modularity (up to the factor 1/total) when a node of weight `degree`
    /// joins a group of weight `group` to which it has ties of weight `to_group`.
    fn gain(&self, to_group: f64, degree: f64, group: f64) -> f64 {
        to_group - degree * group / self.total
    }

    fn shuffled(&self, rng: &mut Stream) -> Vec<u32> {
        let mut order: Vec<u32> = (0..).take(self.len()).collect();
        order.shuffle(rng);
        order
    }

    /// Moves nodes to better communities until nobody gains by moving.
    fn move_nodes(&self, community: &mut [u32], rng: &mut Stream) {
        let mut weight = vec![0.0; self.len()];
        let mut size = vec![0_u32; self.len()];
        for (node, &group) in community.iter().enumerate() {
            weight[group as usize] += self.degree[node];
            size[group as usize] += 1;
        }
        let mut empty: Vec<u32> = (0..).zip(&size).filter(|it| *it.1 == 0).map(|it| it.0).collect();
        let mut queue = VecDeque::from(self.shuffled(rng));
        let mut queued = vec![true; self.len()];
        let mut tally = Tally::new(self.len());
        while let Some(node) = queue.pop_front() {
            let node = node as usize;
            queued[node] = false;
            let (degree, from) = (self.degree[node], community[node]);
            tally.count(self.ties(node), |other| Some(community[other]));
            weight[from as usize] -= degree;
            let stay = self.gain(tally.of(from), degree, weight[from as usize]);
            let mut best = (stay, from);
            for &(group, to_group) in &tally.found {
                let gain = self.gain(to_group, degree, weight[group as usize]);
                // The slack keeps rounding from moving a node for ever.
                if gain > best.0 + 1e-12 * self.total {
                    best = (gain, group);
                }
            }
            // Alone is better than where nobody is known.
            if best.0 < -1e-12 * self.total
                && let Some(&alone) = empty.last()
            {
                best = (0.0, alone);
            }
            community[node] = best.1;
            weight[best.1 as usize] += degree;
            if best.1 != from {
                size[from as usize] -= 1;
                size[best.1 as usize] += 1;
                if empty.last() == Some(&best.1) {
                    empty.pop();
                }
                if size[from as usize] == 0 {
                    empty.push(from);
                }
                for &(other, _) in self.ties(node) {
                    if community[other as usize] != best.1 && !queued[other as usize] {
                        queued[other as usize] = true;
                        queue.push_back(other);
                    }
                }
            }
        }
    }

    /// Splits every community into parts that are well knit, each inside one community.
    fn refine(&self, community: &[u32], rng: &mut Stream) -> Vec<u32> {
        let mut part: Vec<u32> = (0..).take(self.len()).collect();
        let mut community_weight = vec![0.0; self.len()];
        for (node, &group) in community.iter().enumerate() {
            community_weight[group as usize] += self.degree[node];
        }
        // Per part: its weight, and its ties to the rest of its community.
        let mut weight = self.degree.clone();
        let mut outward: Vec<f64> = (0..self.len())
            .map(|node| {
                let inside = self
                    .ties(node)
                    .iter()
                    .filter(|(it, _)| community[*it as usize] == community[node]);
                inside.map(|(_, tie)| tie).sum()
            })
            .collect();
        let mut alone = vec![true; self.len()];
        let mut tally = Tally::new(self.len());
        for node in self.shuffled(rng) {
            let node = node as usize;
            let (degree, rest) = (self.degree[node], community_weight[community[node] as usize]);
            let well_knit = |ties: f64, weight: f64| self.gain(ties, weight, rest - weight) >= 0.0;
            if !alone[node] || !well_knit(outward[node], degree) {
                continue;
            }
            tally.count(self.ties(node), |other| {
                (community[other] == community[node]).then(|| part[other])
            });
            let mut best = (0.0, part[node], 0.0);
            for &(other, to_part) in &tally.found {
                let gain = self.gain(to_part, degree, weight[other as usize]);
                if gain > best.0 && well_knit(outward[other as usize], weight[other as usize]) {
                    best = (gain, other, to_part);
                }
            }
            let (_, joined, to_part) = best;
            if joined != part[node] {
                // A part carries its first member's number, which is no longer alone.
                alone[joined as usize] = false;
                alone[node] = false;
                part[node] = joined;
                weight[joined as usize] += degree;
                outward[joined as usize] += outward[node] - 2.0 * to_part;
            }
        }
        part
    }

    /// The network of `parts`, where `part[node]` says which part a node belongs to.
    fn merged(&self, part: &[u32], parts: usize) -> Self {
        let mut members = vec![Vec::new(); parts];
        for (node, &group) in part.iter().enumerate() {
            members[group as usize].push(node);
        }
        let mut start = vec![0];
        let mut ties = Vec::new();
        let mut degree = Vec::new();
        let mut tally = Tally::new(parts);
        for (own, nodes) in (0_u32..).zip(&members) {
            let all = nodes.iter().flat_map(|&node| self.ties(node));
            tally.count(all, |other| (part[other] != own).then(|| part[other]));
            ties.extend_from_slice(&tally.found);
            start.push(ties.len());
            degree.push(nodes.iter().map(|&node| self.degree[node]).sum());
        }
        Self { start, ties, degree, total: self.total }
    }
}

/// Adds up tie weights by group; groups come out in the order they were first met.
struct Tally {
    slot: Vec<u32>,
    found: Vec<(u32, f64)>,
}

impl Tally {
    const NONE: u32 = u32::MAX;

    fn new(groups: usize) -> Self {
        Self { slot: vec![Self::NONE; groups], found: Vec::new() }
    }

    fn count<'a>(
        &mut self,
        ties: impl IntoIterator<Item = &'a (u32, f64)>,
        group_of: impl Fn(usize) -> Option<u32>,
    ) {
        for (group, _) in self.found.drain(..) {
            self.slot[group as usize] = Self::NONE;
        }
        for &(other, weight) in ties {
            let Some(group) = group_of(other as usize) else { continue };
            let slot = &mut self.slot[group as usize];
            if *slot == Self::NONE {
                *slot = u32::try_from(self.found.len()).unwrap_or(Self::NONE);
                self.found.push((group, 0.0));
            }
            self.found[*slot as usize].1 += weight;
        }
    }

    fn of(&self, group: u32) -> f64 {
        self.found.get(self.slot[group as usize] as usize).map_or(0.0, |it| it.1)
    }
}

/// The same groups numbered 0.. in order of first appearance, and how many there are.
fn compact(groups: &[u32]) -> (Vec<u32>, usize) {
    const NONE: u32 = u32::MAX;
    let mut number = vec![NONE; groups.iter().map(|&it| it as usize + 1).max().unwrap_or(0)];
    let mut next = 0;
    let renumbered = groups
        .iter()
        .map(|&group| {
            let number = &mut number[group as usize];
            if *number == NONE {
                *number = next;
                next += 1;
            }
            *number
        })
        .collect();
    (renumbered, next as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::modularity;
    use crate::network::InfluenceArc;

    fn arc(influencer: u32, audience: u32) -> InfluenceArc {
        InfluenceArc { influencer, audience, ties: 1, value: 0.1 }
    }

    /// `groups` cliques of `size`, each tied to the next by one tie.
    fn ring_of_cliques(groups: u32, size: u32) -> InfluenceGraph {
        let cliques = (0..groups).flat_map(|group| {
            (0..size)
                .flat_map(move |a| (0..a).map(move |b| arc(group * size + a, group * size + b)))
        });
        let links = (0..groups).map(|group| arc(group * size, (group + 1) % groups * size + 1));
        InfluenceGraph::from_arcs((groups * size) as usize, cliques.chain(links))
    }

    #[test]
    fn cliques_are_neighborhoods() {
        let graph = ring_of_cliques(8, 6);
        let found = communities(&graph, 1);
        for (person, &neighborhood) in found.iter().enumerate() {
            assert_eq!(neighborhood, found[person / 6 * 6], "person {person}");
        }
        assert_eq!(found.iter().max(), Some(&7));
        assert_eq!(found, communities(&graph, 1), "the same rng_seed repeats");
    }

    #[test]
    fn people_without_ties_stand_alone() {
        assert_eq!(communities(&InfluenceGraph::from_arcs(3, []), 1), [0, 1, 2]);
        assert_eq!(communities(&InfluenceGraph::from_arcs(4, [arc(3, 1)]), 1), [1, 0, 2, 0]);
        assert!(communities(&InfluenceGraph::default(), 1).is_empty());
    }

    #[test]
    fn a_group_in_pieces_is_two_groups() {
        let circles = Circles::new(&InfluenceGraph::from_arcs(5, [arc(0, 1), arc(2, 3)]), |_| 1.0);
        assert_eq!(in_one_piece(&circles, &[7, 7, 7, 7, 2]), [0, 0, 1, 1, 2]);
        assert_eq!(in_one_piece(&circles, &[0, 1, 0, 0, 0]), [0, 1, 2, 2, 3]);
    }

    #[test]
    fn strong_ties_bind_more_than_weak_ones() {
        // A square: strong on two opposite sides, weak on the other two.
        let tie = |a, b, value| InfluenceArc { influencer: a, audience: b, ties: 1, value };
        let square = [tie(0, 1, 0.9), tie(1, 2, 0.1), tie(2, 3, 0.9), tie(3, 0, 0.1)];
        assert_eq!(communities(&InfluenceGraph::from_arcs(4, square), 1), [0, 0, 1, 1]);
    }

    #[test]
    fn the_cut_beats_a_cut_by_halves() {
        let graph = ring_of_cliques(5, 5);
        let halves: Vec<u32> = (0..25).map(|person| u32::from(person > 12)).collect();
        assert!(modularity(&graph, &communities(&graph, 3)) > modularity(&graph, &halves) + 0.1);
    }
}
