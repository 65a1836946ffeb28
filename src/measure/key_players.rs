//! Key players: the few people who together reach everyone, or whose loss breaks the network.
//!
//! The best set is not the set of the best: two hubs that know the same people are one too many.
//! Sets are found by adding the best person again and again and then swapping as long as that
//! helps, from several beginnings. Source: Borgatti 2006.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::circle::Circles;
use super::fragmentation::{Remains, fragmented};
use crate::network::{InfluenceGraph, PersonIndex};

/// What key players are good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlayerAim {
    /// Being near everyone: 1 over the distance from the nearest of them along influence, added up
    /// over all people and divided by their number; a key player counts 1 (KPP-POS, dR).
    Near,
    /// Reaching people within so many steps: the number of people, key players included (KPP-POS).
    Within(u32),
    /// Holding the network together: the share of pairs of others who are not connected any more
    /// without them (KPP-NEG, F).
    Hold,
}

impl KeyPlayerAim {
    /// The question the set answers, in plain words.
    pub fn question(self) -> &'static str {
        match self {
            Self::Near => "Who together are near everyone?",
            Self::Within(_) => "Who together reach the most people in so many steps?",
            Self::Hold => "Whose loss together would break the network?",
        }
    }
}

/// A set of people and how well it serves its aim.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyPlayers {
    /// The people, by ascending index.
    pub people: Vec<PersonIndex>,
    /// See [`KeyPlayerAim`].
    pub value: f64,
}

/// People looked at as members of a set: those with the most ties.
const CANDIDATES: usize = 2000;
/// Visits of people and ties that all beginnings together may take, about.
const EFFORT: usize = 200_000_000;

/// The best set of `k` people that was found for `aim`; all people where there are no more.
///
/// For [`KeyPlayerAim::Near`] and [`KeyPlayerAim::Within`] the first greedy set alone reaches
/// 1 - 1/e of the best possible, among the candidates looked at: everyone up to 2,000 people, above
/// that those with the most ties. For [`KeyPlayerAim::Hold`] every step weighs all people at
/// once, and there is no such guarantee. Ties between sets go to the lowest index.
pub fn key_players(graph: &InfluenceGraph, k: usize, aim: KeyPlayerAim) -> KeyPlayers {
    let mut search = Search::new(graph, aim);
    let k = k.min(graph.people());
    let effort = 2 * k.max(1) * (graph.people() + graph.arcs());
    let beginnings = (EFFORT / effort.max(1)).clamp(1, search.candidates.len().max(1));
    let mut best = KeyPlayers { people: Vec::new(), value: f64::NEG_INFINITY };
    for beginning in 0..beginnings {
        // The first set is the greedy one; each other begins with another candidate.
        let forced = beginning.checked_sub(1).and_then(|it| search.candidates.get(it).copied());
        let found = search.climb(k, forced);
        if found.value > best.value + SLACK {
            best = found;
        }
    }
    best
}

/// Rounding must not look like progress.
const SLACK: f64 = 1e-12;

struct Search<'a> {
    graph: &'a InfluenceGraph,
    circles: Circles,
    aim: KeyPlayerAim,
    candidates: Vec<PersonIndex>,
    /// Distance from the nearest member, per person.
    distance: Vec<u32>,
    /// Distances of a candidate under trial, and who has one.
    trial: Vec<u32>,
    queue: Vec<PersonIndex>,
}

impl<'a> Search<'a> {
    fn new(graph: &'a InfluenceGraph, aim: KeyPlayerAim) -> Self {
        let circles = Circles::new(graph, |_| 1.0);
        let mut candidates: Vec<PersonIndex> = (0..).take(graph.people()).collect();
        candidates.sort_by_key(|&it| Reverse(circles.of(it as usize).len()));
        candidates.truncate(CANDIDATES);
        let people = graph.people();
        Self {
            graph,
            circles,
            aim,
            candidates,
            distance: vec![u32::MAX; people],
            trial: vec![u32::MAX; people],
            queue: Vec::new(),
        }
    }

    /// Adds the best until there are `k`, then swaps one for a better as long as there is one.
    fn climb(&mut self, k: usize, forced: Option<PersonIndex>) -> KeyPlayers {
        let mut members: BTreeSet<PersonIndex> = forced.into_iter().take(k).collect();
        let mut value = f64::NEG_INFINITY;
        while members.len() < k {
            let Some((added, reached)) = self.best_addition(&members) else { break };
            members.insert(added);
            value = reached;
        }
        if value == f64::NEG_INFINITY {
            value = self.value(&members);
        }
        loop {
            let before = value;
            for member in members.clone() {
                members.remove(&member);
                match self.best_addition(&members) {
                    Some((other, better)) if better > value + SLACK => {
                        members.insert(other);
                        value = better;
                    }
                    _ => {
                        members.insert(member);
                    }
                }
            }
            if value <= before + SLACK {
                return KeyPlayers { people: members.into_iter().collect(), value };
            }
        }
    }

    /// Who serves best beside `members`, and what they reach together.
    fn best_addition(&mut self, members: &BTreeSet<PersonIndex>) -> Option<(PersonIndex, f64)> {
        let mut best: Option<(PersonIndex, f64)> = None;
        let mut offer = |person: PersonIndex, value: f64| {
            let better = best.is_none_or(|(other, most)| {
                value > most + SLACK || ((value - most).abs() <= SLACK && person < other)
            });
            if better {
                best = Some((person, value));
            }
        };
        if self.aim == KeyPlayerAim::Hold {
            let left = self.graph.people() - members.len() - 1;
            let remains = Remains::of(&self.circles, &self.gone(members));
            for (person, connected) in (0..).zip(remains.without) {
                if !members.contains(&person) {
                    offer(person, fragmented(connected, left));
                }
            }
        } else {
            let together = self.measure_distances(members);
            for at in 0..self.candidates.len() {
                let person = self.candidates[at];
                if !members.contains(&person) {
                    let gain = self.gain(person);
                    offer(person, self.scaled(together + gain));
                }
            }
        }
        best
    }

    fn value(&mut self, members: &BTreeSet<PersonIndex>) -> f64 {
        if self.aim == KeyPlayerAim::Hold {
            let gone = self.gone(members);
            // Without one of those who are gone already, the network is as it is.
            let remains = Remains::of(&self.circles, &gone);
            let connected = gone.iter().zip(&remains.without).find(|(gone, _)| **gone);
            let left = self.graph.people() - members.len();
            connected.map_or(0.0, |(_, connected)| fragmented(*connected, left))
        } else {
            let together = self.measure_distances(members);
            self.scaled(together)
        }
    }

    fn gone(&self, members: &BTreeSet<PersonIndex>) -> Vec<bool> {
        let mut gone = vec![false; self.graph.people()];
        for &member in members {
            gone[member as usize] = true;
        }
        gone
    }

    fn scaled(&self, sum: f64) -> f64 {
        match self.aim {
            KeyPlayerAim::Near => sum / self.graph.people().max(1) as f64,
            _ => sum,
        }
    }

    /// What a person at this distance counts.
    fn worth(&self, distance: u32) -> f64 {
        match self.aim {
            KeyPlayerAim::Within(steps) => f64::from(u8::from(distance <= steps)),
            _ if distance == u32::MAX => 0.0,
            _ => 1.0 / f64::from(distance.max(1)),
        }
    }

    /// Fills `distance` from `members`; answers what everyone counts together.
    fn measure_distances(&mut self, members: &BTreeSet<PersonIndex>) -> f64 {
        self.distance.fill(u32::MAX);
        let mut sum = 0.0;
        for &member in members {
            sum += self.walk(member);
            for &person in &self.queue {
                self.distance[person as usize] = self.trial[person as usize];
            }
            self.forget_trial();
        }
        sum
    }

    /// What `person` would add to those who are near already.
    fn gain(&mut self, person: PersonIndex) -> f64 {
        let gain = self.walk(person);
        self.forget_trial();
        gain
    }

    /// Walks from `start` to everyone who would be nearer than now; behind the others nobody is.
    fn walk(&mut self, start: PersonIndex) -> f64 {
        let mut gain = 0.0;
        self.trial[start as usize] = 0;
        self.queue.push(start);
        let mut at = 0;
        while let Some(&person) = self.queue.get(at) {
            at += 1;
            let steps = self.trial[person as usize];
            gain += self.worth(steps) - self.worth(self.distance[person as usize]);
            if self.worth(steps + 1) == 0.0 {
                continue;
            }
            for &other in self.graph.audience_of(person) {
                let other_at = other as usize;
                if self.trial[other_at] == u32::MAX && steps + 1 < self.distance[other_at] {
                    self.trial[other_at] = steps + 1;
                    self.queue.push(other);
                }
            }
        }
        gain
    }

    fn forget_trial(&mut self) {
        for person in self.queue.drain(..) {
            self.trial[person as usize] = u32::MAX;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    fn graph(people: usize, ties: &[(u32, u32)]) -> InfluenceGraph {
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
        let both = ties.iter().flat_map(|&(a, b)| [arc(a, b), arc(b, a)]);
        InfluenceGraph::from_arcs(people, both)
    }

    #[test]
    fn two_stars_need_both_of_their_hubs() {
        // 0 knows 2 to 6, 1 knows 7 to 10, and 6 knows 7.
        let ties: Vec<(u32, u32)> =
            (2..7).map(|it| (0, it)).chain((7..11).map(|it| (1, it))).collect();
        let stars = graph(11, &[ties, vec![(6, 7)]].concat());
        for aim in [KeyPlayerAim::Near, KeyPlayerAim::Within(1)] {
            let found = key_players(&stars, 2, aim);
            assert_eq!(found.people, [0, 1]);
            assert_close(found.value, if aim == KeyPlayerAim::Near { 1.0 } else { 11.0 });
        }
        let found = key_players(&stars, 2, KeyPlayerAim::Hold);
        // Without both hubs only 6 and 7 are still connected, of nine.
        assert_eq!(found.people, [0, 1]);
        assert_close(found.value, 1.0 - 2.0 / 72.0);
    }

    fn assert_close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
    }

    #[test]
    fn sets_of_nobody_of_all_and_of_more_than_all() {
        let pair = graph(2, &[(0, 1)]);
        assert_close(key_players(&pair, 0, KeyPlayerAim::Near).value, 0.0);
        assert_eq!(key_players(&pair, 9, KeyPlayerAim::Near).people, [0, 1]);
        assert_close(key_players(&pair, 2, KeyPlayerAim::Hold).value, 0.0);
        let nobody = InfluenceGraph::default();
        assert!(key_players(&nobody, 3, KeyPlayerAim::Within(2)).people.is_empty());
        let far = graph(4, &[(0, 1), (1, 2), (2, 3)]);
        assert_close(key_players(&far, 1, KeyPlayerAim::Within(0)).value, 1.0);
        assert_eq!(key_players(&far, 1, KeyPlayerAim::Within(2)).people, [1]);
    }
}
