//! How far everyone is from everyone, sixty-four people at a time.
//!
//! One search walks backwards from 64 targets at once, a bit for each, and so finds how many steps
//! everybody needs to reach each of them. All targets are searched for in a small network; in a
//! large one a sample of them is drawn, and the same sums are estimates. Sources: Then et al. 2014
//! (one word for many searches), Eppstein & Wang 2004 (closeness from a sample).

use std::sync::atomic::{AtomicU64, Ordering};

use rand::RngExt;
use rayon::prelude::*;

use super::bound::Bound;
use super::spare::Spare;
use super::subject::Subject;
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::{Purpose, stream};

/// Targets of one search.
const WORD: usize = 64;
/// Targets drawn in a large network.
const SAMPLE: usize = 4096;
/// Searches in one step.
const SEARCHES: usize = 16;

/// What everyone's distances to the targets add up to; distances count arcs along influence.
pub(super) struct Distances {
    /// Everyone but the person; or the targets drawn, where a person who is drawn is not reached
    /// from themselves.
    pub(super) targets: usize,
    /// Sums per person.
    pub(super) sums: Vec<Sums>,
    /// People other than the person.
    pub(super) others: usize,
    /// The longest distance met.
    pub(super) longest: u64,
    /// Says how far sampled means may be off; `None` when every target was searched for.
    pub(super) bound: Option<Bound>,
}

/// One person's distances, added up over the targets within reach.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    /// Targets within reach.
    pub(super) reached: f64,
    /// Distances.
    pub(super) distance: f64,
    /// Squares of distances.
    pub(super) distance_squared: f64,
    /// 1 over each distance.
    pub(super) nearness: f64,
    /// 1 over the square of each distance.
    pub(super) nearness_squared: f64,
}

/// Sums in whole units, so that they are the same in whatever order they are added.
#[derive(Default)]
struct Totals {
    reached: AtomicU64,
    distance: AtomicU64,
    distance_squared: AtomicU64,
    nearness: AtomicU64,
    nearness_squared: AtomicU64,
}

/// Units of nearness that make 1: fine enough for twelve digits, and 2²⁰ of them fit.
const UNITS: f64 = (1_u64 << 44) as f64;

impl Totals {
    /// Adds `targets` at `distance`, which is at least 1.
    fn add(&self, targets: u64, distance: u64) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^45")]
        let units = |part: f64| (part * UNITS).round() as u64;
        let nearness = 1.0 / distance as f64;
        self.reached.fetch_add(targets, Ordering::Relaxed);
        self.distance.fetch_add(targets * distance, Ordering::Relaxed);
        self.distance_squared.fetch_add(targets * distance * distance, Ordering::Relaxed);
        self.nearness.fetch_add(targets * units(nearness), Ordering::Relaxed);
        self.nearness_squared.fetch_add(targets * units(nearness * nearness), Ordering::Relaxed);
    }

    fn sums(&self) -> Sums {
        let read = |it: &AtomicU64| it.load(Ordering::Relaxed) as f64;
        Sums {
            reached: read(&self.reached),
            distance: read(&self.distance),
            distance_squared: read(&self.distance_squared),
            nearness: read(&self.nearness) / UNITS,
            nearness_squared: read(&self.nearness_squared) / UNITS,
        }
    }
}

/// The search for [`Distances`], in steps.
pub(super) struct DistanceSearch<'a> {
    graph: &'a InfluenceGraph,
    targets: Vec<PersonIndex>,
    sampled: bool,
    done: usize,
    totals: Vec<Totals>,
    longest: AtomicU64,
    spare: Spare<Search>,
}

impl<'a> DistanceSearch<'a> {
    pub(super) fn new(subject: &'a Subject<'a>) -> Self {
        let people = u32::try_from(subject.people()).expect("people are numbered below 2^32");
        let sampled = subject.is_sampled();
        let targets = if sampled {
            // Independent draws, as the bound asks for: the same person may come up twice.
            let mut rng = stream(subject.rng_seed, Purpose::Distances, 0);
            (0..SAMPLE).map(|_| rng.random_range(0..people)).collect()
        } else {
            (0..people).collect()
        };
        Self {
            graph: subject.graph,
            targets,
            sampled,
            done: 0,
            totals: (0..people).map(|_| Totals::default()).collect(),
            longest: AtomicU64::new(0),
            spare: Spare::new(),
        }
    }

    /// Targets searched for, of how many.
    pub(super) fn progress(&self) -> (usize, usize) {
        (self.done, self.targets.len())
    }

    /// Searches for some more targets; true when all are done. O(64 × arcs) per search where
    /// people are far apart, and a few times the arcs where they are near.
    pub(super) fn step(&mut self) -> bool {
        let end = self.targets.len().min(self.done + SEARCHES * WORD);
        self.targets[self.done..end].par_chunks(WORD).for_each(|targets| {
            let new = || Search::new(self.graph.people());
            let longest = self.spare.lend(new, |it| it.run(self.graph, targets, &self.totals));
            self.longest.fetch_max(longest, Ordering::Relaxed);
        });
        self.done = end;
        end == self.targets.len()
    }

    pub(super) fn finish(self) -> Distances {
        let people = self.graph.people();
        let others = people.saturating_sub(1);
        let targets = if self.sampled { self.targets.len() } else { others };
        Distances {
            targets,
            others,
            sums: self.totals.iter().map(Totals::sums).collect(),
            longest: self.longest.into_inner(),
            // Three means per person: how many are reached, how far, and how near.
            bound: self.sampled.then(|| Bound::new(targets, 3 * people)),
        }
    }
}

/// One thread's working memory: a bit per target and person.
struct Search {
    /// Targets that have been reached from the person.
    seen: Vec<u64>,
    /// Those reached in the last step, and in this one.
    last: Vec<u64>,
    now: Vec<u64>,
    /// Who has any bit in `last` or `now`, and in `seen`.
    frontier: Vec<PersonIndex>,
    next: Vec<PersonIndex>,
    touched: Vec<PersonIndex>,
}

impl Search {
    fn new(people: usize) -> Self {
        Self {
            seen: vec![0; people],
            last: vec![0; people],
            now: vec![0; people],
            frontier: Vec::new(),
            next: Vec::new(),
            touched: Vec::new(),
        }
    }

    /// Adds everyone's distances to `targets` to `totals`; answers the longest.
    fn run(&mut self, graph: &InfluenceGraph, targets: &[PersonIndex], totals: &[Totals]) -> u64 {
        self.start(targets);
        let mut distance = 0;
        while !self.frontier.is_empty() {
            distance += 1;
            for &person in &self.frontier {
                let bits = std::mem::take(&mut self.last[person as usize]);
                for &before in graph.influences_on(person) {
                    let before_index = before as usize;
                    let new = bits & !self.seen[before_index];
                    if new != 0 {
                        if self.now[before_index] == 0 {
                            self.next.push(before);
                        }
                        self.now[before_index] |= new;
                    }
                }
            }
            for &person in &self.next {
                let index = person as usize;
                if self.seen[index] == 0 {
                    self.touched.push(person);
                }
                self.seen[index] |= self.now[index];
                totals[index].add(self.now[index].count_ones().into(), distance);
            }
            std::mem::swap(&mut self.last, &mut self.now);
            self.frontier.clear();
            std::mem::swap(&mut self.frontier, &mut self.next);
        }
        // The last round found nobody.
        distance.saturating_sub(1)
    }

    fn start(&mut self, targets: &[PersonIndex]) {
        for person in self.touched.drain(..) {
            self.seen[person as usize] = 0;
        }
        for (bit, &target) in targets.iter().enumerate() {
            if self.seen[target as usize] == 0 {
                self.frontier.push(target);
                self.touched.push(target);
            }
            self.seen[target as usize] |= 1 << bit;
            self.last[target as usize] |= 1 << bit;
        }
    }
}
