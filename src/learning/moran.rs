//! Moran's I of having adopted: do adopters listen to adopters more than chance would have it?
//!
//! As netdiffuseR computes it (science.md 1.12): the weight of `j` for `i` is one over the number of
//! steps from `i` to `j` along who listens to whom, up to six; a row adds up to 1. Up to one step the
//! same looks at direct contacts alone, which any network has time for. Expected by
//! chance is `-1/(n-1)`, with the standard deviation of random rearrangement (Cliff & Ord 1981).

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::diffusion::NEVER;
use crate::network::{InfluenceGraph, PersonIndex};

/// Moran's I at the end of one period.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moran {
    /// Observed: 0 about as by chance, positive where adopters cluster.
    pub observed: f64,
    /// Expected by chance, `-1/(n-1)`.
    pub expected: f64,
    /// Standard deviation by chance; `None` when everyone or nobody has adopted.
    pub sd: Option<f64>,
}

impl Moran {
    /// Standard deviations that the observed one lies above the expected one.
    pub fn z(&self) -> Option<f64> {
        self.sd.filter(|it| *it > 0.0).map(|sd| (self.observed - self.expected) / sd)
    }
}

/// People whose rows one step works out.
const ROWS_AT_ONCE: usize = 512;

/// Works Moran's I out for all periods at once, some people per step.
#[derive(Debug)]
pub struct MoranWalk<'g> {
    graph: &'g InfluenceGraph,
    times: &'g [u32],
    periods: usize,
    /// Farthest people that count.
    steps: u8,
    /// Sum of one over the distance to everyone within reach.
    reach: Vec<f64>,
    rows: Vec<Row>,
    /// What everyone else's rows say of each person, added up.
    column: Vec<f64>,
    /// Weight between two adopters, by the period of the later of them; those who never adopted last.
    together: Vec<f64>,
    is_second_walk: bool,
}

/// What one person's row of weights gives.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    sum: f64,
    squares: f64,
    /// Sum of the weight of `j` for `i` times that of `i` for `j`.
    mutual: f64,
}

impl<'g> MoranWalk<'g> {
    /// For `times` of adoption within `periods`; people farther away than `steps` do not count.
    pub fn new(graph: &'g InfluenceGraph, times: &'g [u32], periods: u32, steps: u8) -> Self {
        Self {
            graph,
            times,
            periods: periods as usize,
            steps,
            reach: Vec::new(),
            rows: Vec::new(),
            column: vec![0.0; graph.people()],
            together: vec![0.0; periods as usize + 1],
            is_second_walk: false,
        }
    }

    /// Work done and in all.
    pub fn progress(&self) -> (u64, u64) {
        let done = self.reach.len() + self.rows.len();
        (done as u64, 2 * self.graph.people() as u64)
    }

    /// Works on for a while; says whether there is more to do. O(people within six steps, for each
    /// of some hundred people).
    pub fn step(&mut self) -> bool {
        let people = self.graph.people();
        let done = if self.is_second_walk { self.rows.len() } else { self.reach.len() };
        let next: Vec<usize> = (done..people.min(done + ROWS_AT_ONCE)).collect();
        if self.is_second_walk {
            let rows: Vec<(Row, Vec<(PersonIndex, f64)>)> = next
                .par_iter()
                .map_init(|| Walk::new(people, self.steps), |walk, &it| self.row(walk, it))
                .collect();
            // Added up in order, so that no number of threads changes the last digit.
            for (row, weights) in rows {
                let own = self.period_of(self.rows.len());
                for (person, weight) in weights {
                    self.column[person as usize] += weight;
                    let later = own.max(self.period_of(person as usize));
                    self.together[later] += weight;
                }
                self.rows.push(row);
            }
        } else {
            let graph = self.graph;
            let reach = next.par_iter().map_init(
                || Walk::new(people, self.steps),
                |walk, &it| {
                    walk.go(it, |person| graph.influences_on(person));
                    walk.met().map(|(_, distance)| 1.0 / f64::from(distance)).sum::<f64>()
                },
            );
            self.reach.extend(reach.collect::<Vec<f64>>());
        }
        if !self.is_second_walk && self.reach.len() == people {
            self.is_second_walk = true;
        }
        self.rows.len() < people
    }

    /// Period of adoption, or the one after the last.
    fn period_of(&self, person: usize) -> usize {
        let time = self.times[person];
        if time == NEVER { self.periods } else { (time as usize).min(self.periods) }
    }

    /// The row of one person, and their weights.
    fn row(&self, walk: &mut Walk, person: usize) -> (Row, Vec<(PersonIndex, f64)>) {
        let graph = self.graph;
        let mut row = Row::default();
        walk.go(person, |it| graph.influences_on(it));
        let mut weights: Vec<(PersonIndex, f64)> = walk
            .met()
            .map(|(other, it)| (other, 1.0 / f64::from(it) / self.reach[person]))
            .collect();
        weights.sort_unstable_by_key(|it| it.0);
        for &(_, weight) in &weights {
            row.sum += weight;
            row.squares += weight * weight;
        }
        // Backwards: who has this person in their row.
        walk.go(person, |it| graph.audience_of(it));
        for (other, distance) in walk.met() {
            if let Ok(at) = weights.binary_search_by_key(&other, |it| it.0) {
                row.mutual += weights[at].1 / f64::from(distance) / self.reach[other as usize];
            }
        }
        (row, weights)
    }

    /// Moran's I at the end of each period; call it when [`Self::step`] has nothing left to do.
    /// Empty for fewer than four people, and where nobody listens to anybody.
    pub fn finish(self) -> Vec<Moran> {
        let n = self.graph.people() as f64;
        let all: f64 = self.rows.iter().map(|row| row.sum).sum();
        if n < 4.0 || all <= 0.0 {
            return Vec::new();
        }
        let s1: f64 = self.rows.iter().map(|row| row.squares + row.mutual).sum();
        let s2: f64 =
            self.rows.iter().zip(&self.column).map(|(row, into)| (row.sum + into).powi(2)).sum();
        // By period: adopters, and the weight that they give and get.
        let mut new = vec![(0.0, 0.0); self.periods + 1];
        for (person, (row, into)) in self.rows.iter().zip(&self.column).enumerate() {
            let new = &mut new[self.period_of(person)];
            new.0 += 1.0;
            new.1 += row.sum + into;
        }
        let (mut adopters, mut at_them, mut between) = (0.0, 0.0, 0.0);
        let expected = -1.0 / (n - 1.0);
        (0..self.periods)
            .map(|period| {
                adopters += new[period].0;
                at_them += new[period].1;
                between += self.together[period];
                let share = adopters / n;
                let spread = share * (1.0 - share);
                if spread <= 0.0 {
                    return Moran { observed: 0.0, expected, sd: None };
                }
                // The sum of w (a - share) (b - share), multiplied out.
                let products = between - share * at_them + share * share * all;
                let observed = products / (all * spread);
                // Fourth over squared second moment of a value that is 0 or 1.
                let kurtosis = (1.0 - 3.0 * spread) / spread;
                let s4 = (n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * all * all;
                let s5 = (n * n - n) * s1 - 2.0 * n * s2 + 6.0 * all * all;
                let below = (n - 1.0) * (n - 2.0) * (n - 3.0) * all * all;
                let variance = (n * s4 - kurtosis * s5) / below - expected * expected;
                Moran { observed, expected, sd: Some(variance.max(0.0).sqrt()) }
            })
            .collect()
    }
}

/// A walk level by level from one person, reused for the next.
struct Walk {
    steps: u8,
    distance: Vec<u8>,
    met: Vec<PersonIndex>,
}

impl Walk {
    fn new(people: usize, steps: u8) -> Self {
        Self { steps, distance: vec![u8::MAX; people], met: Vec::new() }
    }

    fn go<'g>(&mut self, from: usize, next: impl Fn(PersonIndex) -> &'g [PersonIndex]) {
        for person in self.met.drain(..) {
            self.distance[person as usize] = u8::MAX;
        }
        let Ok(first) = PersonIndex::try_from(from) else { return };
        self.distance[from] = 0;
        self.met.push(first);
        let mut at = 0;
        while let Some(&person) = self.met.get(at) {
            at += 1;
            let distance = self.distance[person as usize];
            if distance == self.steps {
                break;
            }
            for &other in next(person) {
                if self.distance[other as usize] == u8::MAX {
                    self.distance[other as usize] = distance + 1;
                    self.met.push(other);
                }
            }
        }
    }

    /// Everyone met on the way but the first, nearest first, with the distance.
    fn met(&self) -> impl Iterator<Item = (PersonIndex, u8)> + '_ {
        self.met.iter().skip(1).map(|&it| (it, self.distance[it as usize]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    fn moran(arcs: &[(u32, u32)], people: usize, times: &[u32], periods: u32) -> Vec<Moran> {
        within(6, arcs, people, times, periods)
    }

    fn within(
        steps: u8,
        arcs: &[(u32, u32)],
        people: usize,
        times: &[u32],
        periods: u32,
    ) -> Vec<Moran> {
        let arcs = arcs.iter().map(|&(influencer, audience)| InfluenceArc {
            influencer,
            audience,
            ties: 1,
            value: 1.0,
        });
        let graph = InfluenceGraph::from_arcs(people, arcs);
        let mut walk = MoranWalk::new(&graph, times, periods, steps);
        while walk.step() {}
        assert_eq!(walk.progress(), (2 * people as u64, 2 * people as u64));
        walk.finish()
    }

    #[test]
    fn two_pairs_that_differ_are_as_clustered_as_can_be() {
        let pairs = [(0, 1), (1, 0), (2, 3), (3, 2)];
        let found = moran(&pairs, 4, &[0, 0, NEVER, NEVER], 1);
        assert!((found[0].observed - 1.0).abs() < 1e-12);
        assert!((found[0].expected + 1.0 / 3.0).abs() < 1e-12);
        let mixed = moran(&pairs, 4, &[0, NEVER, 0, NEVER], 1);
        assert!((mixed[0].observed + 1.0).abs() < 1e-12);
    }

    /// Of the 3 ways to choose 2 of 4 who adopted, up to those who did not, the exact spread.
    #[test]
    fn the_spread_by_chance_is_that_of_all_rearrangements() {
        let path = [(0, 1), (1, 2), (2, 3), (3, 4), (1, 0)];
        let mut values = Vec::new();
        let mut sd = None;
        for one in 0..5 {
            for other in one + 1..5 {
                let mut times = [NEVER; 5];
                times[one] = 0;
                times[other] = 0;
                let found = moran(&path, 5, &times, 1)[0];
                values.push(found.observed);
                sd = found.sd;
            }
        }
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        assert!((mean + 0.25).abs() < 1e-12, "{mean}");
        let squares: f64 = values.iter().map(|it| (it - mean).powi(2)).sum();
        let exact = (squares / values.len() as f64).sqrt();
        assert!((sd.expect("some adopted") - exact).abs() < 1e-12, "{sd:?} {exact}");
    }

    /// Against the sum over all pairs, as it stands in the books.
    #[test]
    fn direct_contacts_alone_make_the_sum_over_ties() {
        let (people, periods) = (60_u32, 5);
        let times: Vec<u32> =
            (0..people).map(|it| if it % 7 == 3 { NEVER } else { it * 11 % periods }).collect();
        let listens = |of: u32| [(of * 7 + 1) % people, (of * 5 + 3) % people, (of + 1) % people];
        let contacts: Vec<Vec<u32>> = (0..people)
            .map(|of| {
                let mut contacts = listens(of).to_vec();
                contacts.retain(|&it| it != of);
                contacts.sort_unstable();
                contacts.dedup();
                contacts
            })
            .collect();
        let arcs: Vec<(u32, u32)> = (0..people)
            .flat_map(|of| contacts[of as usize].iter().map(move |&it| (it, of)))
            .collect();
        let found = within(1, &arcs, people as usize, &times, periods);
        for (period, found) in (0..periods).zip(found) {
            let adopted: Vec<f64> =
                times.iter().map(|&it| f64::from(u8::from(it != NEVER && it <= period))).collect();
            let share = adopted.iter().sum::<f64>() / f64::from(people);
            let (mut products, mut weights) = (0.0, 0.0);
            for (own, contacts) in adopted.iter().zip(&contacts) {
                let weight = 1.0 / contacts.len() as f64;
                for &other in contacts {
                    products += weight * (own - share) * (adopted[other as usize] - share);
                    weights += weight;
                }
            }
            let squares: f64 = adopted.iter().map(|it| (it - share).powi(2)).sum();
            let expected = f64::from(people) / weights * products / squares;
            assert!((found.observed - expected).abs() < 1e-12, "{period}: {found:?} {expected}");
            assert!(found.sd.is_some_and(|it| it > 0.0));
        }
    }

    #[test]
    fn where_everyone_or_nobody_adopted_there_is_nothing_to_tell() {
        let pairs = [(0, 1), (1, 0), (2, 3), (3, 2)];
        let all = moran(&pairs, 4, &[0; 4], 1);
        assert_eq!((all[0].observed, all[0].sd, all[0].z()), (0.0, None, None));
        assert!(moran(&[], 4, &[0, NEVER, 0, 0], 1).is_empty());
        assert!(moran(&[], 0, &[], 1).is_empty());
    }
}
