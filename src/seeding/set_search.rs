//! The search on reverse-reachable sets: draw, choose, check, and draw more until both the proof
//! and the choice itself have settled.
//!
//! Two independent halves are drawn. Seeds are chosen on one half; there their reach looks a little
//! too good, because the choice fits the chances of that half. On the other half it is unbiased.
//! The best possible choice would look at most as good as the chosen one on the first half, so the
//! gap between the halves bounds what more sets could still gain: the search goes on until that
//! gap is small, not only until the guarantee of OPIM-C (Tang et al. 2018) is met.

use std::sync::Arc;

use super::bounds::{GREEDY_SHARE, highest, lowest};
use super::cover::{Cover, SetIndex, count_met, greedy};
use super::estimator::ReachEstimator;
use super::live_ties::LiveTies;
use super::request::Places;
use super::reverse_sets::{BLOCK, ReverseSets};
use super::search::SearchState;
use crate::diffusion::Model;
use crate::network::PersonIndex;
use crate::random::Purpose;

/// Gap between the halves, plus its standard error, at which more sets are not worth their time.
const SETTLED: f64 = 0.02;
/// Standard error of the reach, relative to it, that is drawn for when the seeds stand.
const PRECISE: f64 = 0.005;
/// Sets plus members, both halves, after which a choice that has its proof is taken as it is.
const ENOUGH_WORK: usize = 10_000_000;
/// The same, proof or not: the guarantee is then what has been proven so far.
const MOST_WORK: usize = 40_000_000;
/// Work of one step.
const STEP_WORK: usize = 400_000;
/// Sets per half before the first choice.
const FIRST_SETS: usize = 8 * BLOCK;
/// Rounds of choosing that the proof allows for; sets at least double from one to the next.
const MOST_ROUNDS: f64 = 20.0;

/// Adaptive search on reverse-reachable sets, or the reach of seeds that are given.
pub(super) struct SetSearch {
    ties: LiveTies,
    places: Places,
    epsilon: f64,
    choosing: ReverseSets,
    checking: ReverseSets,
    /// Sets per half before the next decision.
    wanted: usize,
    /// Work after which the next decision is due in any case.
    patience: usize,
    phase: Phase,
    chosen: Option<Chosen>,
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
    /// Searches for the best seeds, or estimates the reach of those `given`.
    pub(super) fn new(
        model: &Arc<Model>,
        ties: LiveTies,
        places: Places,
        epsilon: f64,
        given: Option<Vec<PersonIndex>>,
    ) -> Self {
        let people = model.graph().people();
        let rng_seed = model.scenario().rng_seed;
        Self {
            ties,
            places,
            epsilon,
            choosing: ReverseSets::new(people, rng_seed, Purpose::SeedSets),
            checking: ReverseSets::new(people, rng_seed, Purpose::ReachSets),
            wanted: FIRST_SETS,
            patience: ENOUGH_WORK,
            phase: if given.is_some() { Phase::Measuring } else { Phase::Choosing },
            chosen: given.map(|seeds| Chosen { seeds, guarantee: None }),
        }
    }

    /// Draws one batch of sets, or decides how to go on.
    pub(super) fn step(&mut self) -> SearchState {
        match self.phase {
            Phase::Settled => return SearchState::Finished,
            _ if self.checking.len() < self.wanted && self.work() < self.patience => self.draw(),
            Phase::Choosing => self.choose(),
            Phase::Measuring => self.measure(),
        }
        let done = self.checking.len().min(self.wanted) as u64;
        SearchState::Searching { done, total: self.wanted as u64 + 1 }
    }

    /// The choice so far, `None` before the first round, and an estimator of its reach.
    pub(super) fn finish(mut self) -> (Option<Chosen>, ReachEstimator) {
        if self.checking.len() == 0 {
            self.checking.draw(&self.ties, 1);
        }
        (self.chosen, ReachEstimator::from_sets(&self.checking))
    }

    fn draw(&mut self) {
        // Sets are as large as they turned out so far; the first batch is small.
        let drawn = self.checking.len();
        let batch = if drawn == 0 {
            BLOCK
        } else {
            let size = self.checking.total_size() as f64 / drawn as f64 + 1.0;
            whole(STEP_WORK as f64 / size).min(self.wanted - drawn)
        };
        let blocks = batch.div_ceil(BLOCK).max(1);
        if self.phase == Phase::Choosing {
            self.choosing.draw(&self.ties, blocks);
        }
        self.checking.draw(&self.ties, blocks);
    }

    fn choose(&mut self) {
        let cover = greedy(&self.choosing, &SetIndex::new(&self.choosing), &self.places);
        let checked = count_met(&self.checking, &cover.seeds) as f64;
        let proven = self.proven(&cover, checked);

        let sets = self.checking.len() as f64;
        let gap = 1.0 - checked / (cover.met as f64).max(1.0);
        let unsettled = (gap.max(0.0) + relative_error(cover.met as f64, sets)) / SETTLED;
        self.chosen = Some(Chosen { seeds: cover.seeds, guarantee: Some(proven) });

        let has_proof = proven >= GREEDY_SHARE - self.epsilon;
        if self.work() >= if has_proof { ENOUGH_WORK } else { MOST_WORK }
            || (has_proof && unsettled <= 1.0)
        {
            self.phase = Phase::Measuring;
            self.patience = self.work() + ENOUGH_WORK / 2;
        } else {
            self.patience = if has_proof { ENOUGH_WORK } else { MOST_WORK };
            // The gap shrinks with the square root of the number of sets, or faster.
            self.wanted = whole(sets * (unsettled * unsettled).clamp(2.0, 4.0));
        }
    }

    /// Asks for more sets of the checking half while the reach is vague.
    fn measure(&mut self) {
        let seeds = self.chosen.as_ref().map_or(&[][..], |chosen| &chosen.seeds);
        let met = count_met(&self.checking, seeds) as f64;
        let sets = self.checking.len() as f64;
        let needed = sets * (relative_error(met, sets) / PRECISE).powi(2);
        if needed > 1.05 * sets && self.work() < self.patience {
            self.wanted = whole(needed.min(4.0 * sets));
        } else {
            self.phase = Phase::Settled;
        }
    }

    /// Share of the best reach that the cover has for certain (probability 1-1/people, or
    /// .999 where there are few).
    fn proven(&self, cover: &Cover, checked: f64) -> f64 {
        let people = self.checking.people() as f64;
        let a = (3.0 * MOST_ROUNDS * people.max(1000.0)).ln();
        let low = lowest(checked, self.checking.len() as f64, people, a);
        let high = highest(cover.at_most, self.choosing.len() as f64, people, a).min(people);
        low.max(cover.seeds.len() as f64) / high
    }

    fn work(&self) -> usize {
        [&self.choosing, &self.checking].map(|it| it.len() + it.total_size()).iter().sum()
    }
}

/// Standard error of a share estimated as `met` of `sets`, relative to the share.
fn relative_error(met: f64, sets: f64) -> f64 {
    let share = (met / sets).clamp(1.0 / sets, 1.0);
    ((1.0 - share) / (share * sets)).sqrt()
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
