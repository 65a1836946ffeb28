//! The search on reverse-reachable sets: draw, choose, check, and draw more until both the proof
//! and the choice itself have settled.
//!
//! Two independent lots are drawn. Seeds are chosen on one; there their reach looks a little too
//! good, because the choice fits the chances of that lot. On the other it is unbiased. The best
//! possible choice would look at most as good as the chosen one on the first lot, so the gap
//! between the lots bounds what more sets could still gain: the search goes on until that gap is
//! small, not only until the guarantee of OPIM-C (Tang et al. 2018) is met.

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::bounds::{GREEDY_SHARE, highest, lowest};
use super::cover::Cover;
use super::estimator::ReachEstimator;
use super::goal::{greedy_for_goal, least_for_goal};
use super::places::Places;
use super::reverse_sets::{BLOCK, Probe, ReverseSets, Source};
use super::samples::Samples;
use super::search::SearchState;
use crate::network::PersonIndex;
use crate::random::Purpose;

/// Gap between the lots, beyond what chance explains, at which more sets are not worth their time.
const SETTLED: f64 = 0.04;
/// Standard error of the reach, relative to it, that is drawn for when the seeds stand.
const PRECISE: f64 = 0.015;
/// Sets plus members, both lots, after which a choice that has its proof is taken as it is.
const ENOUGH_WORK: usize = 10_000_000;
/// The same, proof or not: the guarantee is then what has been proven so far.
const MOST_WORK: usize = 40_000_000;
/// Work of one step.
const STEP_WORK: usize = 400_000;
/// Sets before the first choice: fewer the larger they are, but hardly below the lower number
/// while so many cost no more than the larger work.
const FIRST_SETS: [usize; 2] = [1 << 14, 1 << 15];
const FIRST_WORK: [f64; 2] = [230_000.0, 600_000.0];
/// Most sets for each person before the first choice, so that small networks cost little.
const FIRST_EACH: usize = 1 << 10;
/// Part of the sets, beside those for the choice, that check it.
const CHECKING: f64 = 0.25;
/// The proof holds with this chance at least, over so many rounds of choosing (sets at least
/// double from one to the next) and three bounds in each.
const SURE: f64 = 0.999;
const MOST_ROUNDS: f64 = 20.0;

/// Adaptive search on reverse-reachable sets, or the reach of seeds that are given.
pub(super) struct SetSearch {
    source: Source,
    places: Places,
    epsilon: f64,
    choosing: ReverseSets,
    checking: ReverseSets,
    /// Sets of each lot before the next decision.
    wanted: Wanted,
    /// Mean size of a set, as the probe showed it.
    size: f64,
    /// Work after which the next decision is due in any case.
    patience: usize,
    phase: Phase,
    chosen: Option<Chosen>,
}

#[derive(Clone, Copy)]
struct Wanted {
    choosing: usize,
    checking: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    /// Seeds still change.
    Choosing,
    /// The seeds stand; their reach is still vague.
    Measuring,
    Settled,
}

/// What the search has to show.
pub(super) struct Chosen {
    pub seeds: Vec<PersonIndex>,
    pub guarantee: Option<f64>,
}

impl SetSearch {
    /// Searches for the best seeds, or estimates the reach of those `given`; `probe` tells how
    /// large the sets are.
    pub(super) fn new(
        source: Source,
        probe: Probe,
        places: Places,
        epsilon: f64,
        given: Option<Vec<PersonIndex>>,
    ) -> Self {
        let [few, many] = FIRST_WORK.map(|work| whole(work / (probe.size + 1.0)));
        let most = FIRST_SETS[1].min(FIRST_EACH * source.ties.people());
        let first = few.max(many.min(FIRST_SETS[0])).min(most).max(4 * BLOCK);
        let (phase, wanted) = if given.is_some() {
            (Phase::Measuring, Wanted { choosing: 0, checking: first })
        } else {
            (Phase::Choosing, Wanted { choosing: first, checking: part(first) })
        };
        Self {
            source,
            places,
            epsilon,
            choosing: ReverseSets::new(Purpose::SeedSets),
            checking: ReverseSets::new(Purpose::ReachSets),
            wanted,
            size: probe.size,
            patience: ENOUGH_WORK,
            phase,
            chosen: given.map(|seeds| Chosen { seeds, guarantee: None }),
        }
    }

    /// Draws one batch of sets, or decides how to go on.
    pub(super) fn step(&mut self) -> SearchState {
        let has_sets = self.source.has_sets();
        let lacks = self.choosing.len() < self.wanted.choosing
            || self.checking.len() < self.wanted.checking;
        match self.phase {
            Phase::Settled => return SearchState::Finished,
            _ if has_sets && lacks && self.work() < self.patience => self.draw(),
            Phase::Choosing => self.choose(),
            Phase::Measuring => self.measure(),
        }
        let drawn = |lot: &ReverseSets, wanted: usize| lot.len().min(wanted) as u64;
        let total = self.wanted.choosing + self.wanted.checking;
        SearchState::Searching {
            done: drawn(&self.choosing, self.wanted.choosing)
                + drawn(&self.checking, self.wanted.checking),
            total: total as u64 + 1,
        }
    }

    /// What would be chosen on the same sets under other conditions.
    pub(super) fn choose_again(&self, all: &[Places]) -> Vec<Vec<PersonIndex>> {
        let samples = Samples::of_sets(&self.choosing, &self.source);
        let checked = |seeds: &[PersonIndex]| {
            let (alone, met) = self.checked(seeds);
            self.reach(alone, met).0
        };
        all.par_iter().map(|places| greedy_for_goal(&samples, places, checked).seeds).collect()
    }

    /// What the goal takes in any case, as far as the sets for choosing tell.
    pub(super) fn goal_takes(&self) -> Option<f64> {
        least_for_goal(&Samples::of_sets(&self.choosing, &self.source), &self.places)
    }

    /// The choice so far, `None` before the first round, and an estimator of its reach.
    pub(super) fn finish(mut self) -> (Option<Chosen>, ReachEstimator) {
        if self.source.has_sets() && self.checking.len() == 0 {
            self.checking.draw(&self.source, 1, None);
        }
        let samples = Samples::of_sets(&self.checking, &self.source);
        (self.chosen, ReachEstimator::from_samples(samples))
    }

    fn draw(&mut self) {
        let batch = whole(STEP_WORK as f64 / (self.size + 1.0)).max(1);
        let blocks = |lot: &ReverseSets, wanted: usize| {
            wanted.saturating_sub(lot.len()).min(batch).div_ceil(BLOCK)
        };
        let (choosing, checking) = (
            blocks(&self.choosing, self.wanted.choosing),
            blocks(&self.checking, self.wanted.checking),
        );
        self.choosing.draw(&self.source, choosing, None);
        self.checking.draw(&self.source, checking, None);
    }

    fn choose(&mut self) {
        let samples = Samples::of_sets(&self.choosing, &self.source);
        let cover = greedy_for_goal(&samples, &self.places, |seeds| {
            let (alone, met) = self.checked(seeds);
            self.reach(alone, met).0
        });
        let (alone, met) = self.checked(&cover.seeds);
        let proven = self.proven(&cover, alone, met);
        // Bounds on groups or a budget may leave less to be shown than the plain choice has.
        let showable = (cover.reach / cover.at_most).min(GREEDY_SHARE);
        let guarantee = Some(proven).filter(|_| self.places.goal.is_none());
        self.chosen = Some(Chosen { seeds: cover.seeds, guarantee });

        let (reach, error) = self.reach(alone, met);
        let gap = (cover.reach - reach) / reach.max(1.0);
        let unsettled = gap / (SETTLED + error / reach.max(1.0));
        let has_proof = proven >= showable - self.epsilon;
        if self.work() >= if has_proof { ENOUGH_WORK } else { MOST_WORK }
            || !self.source.has_sets()
            || (has_proof && unsettled <= 1.0)
        {
            self.phase = Phase::Measuring;
            self.patience = self.work() + ENOUGH_WORK / 2;
        } else {
            self.patience = if has_proof { ENOUGH_WORK } else { MOST_WORK };
            let (choosing, checking) = (self.choosing.len() as f64, self.checking.len() as f64);
            self.wanted = if unsettled <= 1.0 && checking < choosing {
                // Only the proof is missing, and the smaller lot makes it weak.
                Wanted { choosing: self.choosing.len(), checking: whole(2.0 * checking) }
            } else {
                let choosing = choosing * unsettled.clamp(2.0, 4.0);
                let choosing = whole(choosing);
                Wanted { choosing, checking: part(choosing).max(self.checking.len()) }
            };
        }
    }

    /// Asks for more sets of the checking lot while the reach is vague.
    fn measure(&mut self) {
        let sets = self.checking.len() as f64;
        let needed = match &self.chosen {
            Some(chosen) if self.source.has_sets() => {
                let (alone, met) = self.checked(&chosen.seeds);
                let (reach, error) = self.reach(alone, met);
                sets * (error / (PRECISE * reach)).powi(2)
            }
            _ => 0.0,
        };
        if needed > 1.05 * sets && self.work() < self.patience {
            self.wanted.checking = whole(needed.min(4.0 * sets));
        } else {
            self.phase = Phase::Settled;
        }
    }

    /// Adopters for certain among `seeds`, and sets of the checking lot that they meet.
    fn checked(&self, seeds: &[PersonIndex]) -> (f64, f64) {
        let mut is_seed = FixedBitSet::with_capacity(self.source.ties.people());
        is_seed.extend(seeds.iter().map(|&seed| seed as usize));
        let alone: f64 =
            is_seed.ones().map(|seed| f64::from(self.source.roots.alone()[seed])).sum();
        (alone, self.checking.met_by(&is_seed) as f64)
    }

    /// Reach on the checking lot, and its standard error.
    fn reach(&self, alone: f64, met: f64) -> (f64, f64) {
        let sets = self.checking.len().max(1) as f64;
        let mass = self.source.roots.mass();
        let share = met / sets;
        (alone + mass * share, mass * (share * (1.0 - share) / sets).sqrt())
    }

    /// Share of the best reach that the cover has for certain (with probability [`SURE`]).
    fn proven(&self, cover: &Cover, alone: f64, met: f64) -> f64 {
        let checking = Lot::of(&self.source, &self.checking);
        let choosing = Lot::of(&self.source, &self.choosing);
        let low = checking.reach_at_least(alone, met).max(cover.seeds.len() as f64);
        if self.source.has_sets() { low / choosing.best_at_most(cover.at_most) } else { 1.0 }
    }

    fn work(&self) -> usize {
        [&self.choosing, &self.checking].map(|it| it.len() + it.size()).iter().sum()
    }
}

/// Some independent sets, and what counts over them prove (each with the same high chance).
pub(super) struct Lot {
    people: f64,
    /// People that the sets stand for together.
    mass: f64,
    sets: f64,
}

impl Lot {
    pub(super) fn of(source: &Source, sets: &ReverseSets) -> Self {
        let people = source.ties.people() as f64;
        Self { people, mass: source.roots.mass(), sets: sets.len().max(1) as f64 }
    }

    /// Reach of seeds of whom `alone` adopt in any case and who meet `met` of the sets, at least.
    pub(super) fn reach_at_least(&self, alone: f64, met: f64) -> f64 {
        alone + self.mass * lowest(met, sureness()) / self.sets
    }

    /// Reach of the best choice, at most, when none reaches more than `at_most` on these sets.
    pub(super) fn best_at_most(&self, at_most: f64) -> f64 {
        // The best choice meets no more sets than its reach here accounts for, and its true reach
        // surpasses the one here by no more than chance adds to those sets.
        let met = (at_most * self.sets / self.mass).min(self.sets);
        let surplus = self.mass * (highest(met, sureness()) - met) / self.sets;
        (at_most + surplus).min(self.people)
    }
}

/// Sets that check a choice made on `choosing` sets.
fn part(choosing: usize) -> usize {
    whole(choosing as f64 * CHECKING)
}

fn sureness() -> f64 {
    (3.0 * MOST_ROUNDS / (1.0 - SURE)).ln()
}

fn whole(value: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of sets, positive and far below 2^52"
    )]
    let value = value as usize;
    value
}
