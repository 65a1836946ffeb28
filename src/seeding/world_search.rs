//! The search on whole worlds of live ties, for contagions that reach a large part of a network.
//!
//! As in [`super::set_search`] two independent lots are drawn, seeds are chosen on one and checked
//! on the other, until the two agree. Worlds are few and tell much each, so they prove little; the
//! proof comes from reverse sets that end as soon as they meet a chosen seed. Those sets count as
//! met by the best choice too, and only the small rest is counted in full. (The chosen seeds serve
//! as the sentinels of HIST, Guo et al. 2020.)

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::bounds::GREEDY_SHARE;
use super::cover::{Gains, largest_gains};
use super::estimator::{Reach, ReachEstimator};
use super::goal::{greedy_for_goal, least_for_goal};
use super::live_ties::MutualTies;
use super::places::Places;
use super::reverse_sets::{BLOCK, ReverseSets, Source};
use super::samples::Samples;
use super::search::SearchState;
use super::set_search::{Chosen, Lot};
use super::worlds::Worlds;
use crate::network::PersonIndex;
use crate::random::Purpose;

/// Gap between the lots, beyond what chance explains, at which more worlds are not worth their
/// time.
const SETTLED: f64 = 0.008;
/// Fewest and most worlds of each lot before the first choice; later ones are checked on half as
/// many.
const FIRST: [usize; 2] = [32, 1024];
/// Members of components that the first worlds may have together: in a small network many worlds
/// cost next to nothing, and the best seeds are close to each other.
const FIRST_WORK: usize = 200_000;
/// Members of components, both lots, after which a choice is taken as it is.
const ENOUGH_WORK: usize = 40_000_000;
/// The same for one step.
const STEP_WORK: usize = 1_000_000;
/// Fewest and most blocks of sets for the proof.
const PROOF: [usize; 2] = [1, 32];

/// Search on worlds, or the reach of seeds that are given.
pub(super) struct WorldSearch {
    source: Source,
    mutual: MutualTies,
    places: Places,
    epsilon: f64,
    choosing: Worlds,
    checking: Worlds,
    /// Worlds of each lot before the next decision.
    wanted: usize,
    phase: Phase,
    chosen: Option<Chosen>,
    proof: ReverseSets,
}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Choosing,
    /// The seeds were given.
    Measuring,
    Proving,
    Settled,
}

impl WorldSearch {
    pub(super) fn new(
        source: Source,
        mutual: MutualTies,
        places: Places,
        epsilon: f64,
        given: Option<Vec<PersonIndex>>,
    ) -> Self {
        let wanted = (FIRST_WORK / source.ties.people().max(1)).clamp(FIRST[0], FIRST[1]);
        Self {
            source,
            mutual,
            places,
            epsilon,
            choosing: Worlds::new(Purpose::SeedWorlds),
            checking: Worlds::new(Purpose::ReachWorlds),
            wanted,
            phase: if given.is_some() { Phase::Measuring } else { Phase::Choosing },
            chosen: given.map(|seeds| Chosen { seeds, guarantee: None }),
            proof: ReverseSets::new(Purpose::ProofSets),
        }
    }

    /// Draws some worlds, or decides how to go on.
    pub(super) fn step(&mut self) -> SearchState {
        match self.phase {
            Phase::Settled => return SearchState::Finished,
            Phase::Proving => self.prove(),
            _ if self.lacking() != (0, 0) => self.draw(),
            Phase::Choosing => self.choose(),
            Phase::Measuring => self.phase = Phase::Settled,
        }
        let (choosing, checking) = self.lacking();
        let done = (self.choosing.len() + self.checking.len()) as u64;
        SearchState::Searching { done, total: done + (choosing + checking) as u64 + 1 }
    }

    /// What would be chosen on the same worlds under other conditions.
    pub(super) fn choose_again(&self, all: &[Places]) -> Vec<Vec<PersonIndex>> {
        let samples = self.samples(&self.choosing);
        let checking = self.samples(&self.checking);
        let checked = |seeds: &[PersonIndex]| reach(&checking, seeds).mean;
        all.par_iter().map(|places| greedy_for_goal(&samples, places, checked).seeds).collect()
    }

    /// What the goal takes in any case, as far as the worlds for choosing tell.
    pub(super) fn goal_takes(&self) -> Option<f64> {
        least_for_goal(&self.samples(&self.choosing), &self.places)
    }

    /// The choice so far, `None` before the first round, and an estimator of its reach.
    pub(super) fn finish(mut self) -> (Option<Chosen>, ReachEstimator) {
        if self.checking.len() == 0 {
            self.checking.draw(&self.source, &self.mutual, 1);
        }
        let samples = self.samples(&self.checking);
        (self.chosen, ReachEstimator::from_samples(samples))
    }

    /// Worlds that are wanted for choosing and for checking and not drawn yet.
    fn lacking(&self) -> (usize, usize) {
        let choosing = if self.phase == Phase::Choosing { self.wanted } else { 0 };
        let checking = (choosing / 2).max(FIRST[0]);
        (choosing.saturating_sub(self.choosing.len()), checking.saturating_sub(self.checking.len()))
    }

    fn draw(&mut self) {
        let size = self.checking.size() / self.checking.len().max(1) + 1;
        let most = (STEP_WORK / size).max(4);
        let (choosing, checking) = self.lacking();
        self.choosing.draw(&self.source, &self.mutual, choosing.min(most));
        self.checking.draw(&self.source, &self.mutual, checking.min(most));
    }

    fn choose(&mut self) {
        let checked = |seeds: &[PersonIndex]| reach(&self.samples(&self.checking), seeds);
        let cover = greedy_for_goal(&self.samples(&self.choosing), &self.places, |seeds| {
            checked(seeds).mean
        });
        let checked = checked(&cover.seeds);
        let error = (checked.high - checked.low) / 4.0;
        let gap = cover.reach - checked.mean;
        self.chosen = Some(Chosen { seeds: cover.seeds, guarantee: None });
        let work = self.choosing.size() + self.checking.size();
        if gap <= SETTLED * checked.mean + error || work >= ENOUGH_WORK {
            let is_open = self.places.goal.is_none();
            self.phase = if is_open { Phase::Proving } else { Phase::Settled };
        } else {
            self.wanted *= 2;
        }
    }

    /// Draws sets until they prove what the choice is worth.
    fn prove(&mut self) {
        let Some(chosen) = &mut self.chosen else { return };
        let mut ends = FixedBitSet::with_capacity(self.source.ties.people());
        ends.extend(chosen.seeds.iter().map(|&seed| seed as usize));
        let drawn = self.proof.len() / BLOCK;
        self.proof.draw(&self.source, drawn.max(PROOF[0]), Some(&ends));

        let alone = |seeds: &[PersonIndex]| -> f64 {
            seeds.iter().map(|&seed| f64::from(self.source.roots.alone()[seed as usize])).sum()
        };
        let met = self.proof.ended() as f64;
        let rest = Samples::of_sets(&self.proof, &self.source);
        let at_most = alone(&self.places.required)
            + rest.scale() * met
            + largest_gains(&rest, &Gains::new(&rest), &self.places);
        let lot = Lot::of(&self.source, &self.proof);
        let proven = lot.reach_at_least(alone(&chosen.seeds), met) / lot.best_at_most(at_most);
        chosen.guarantee = Some(proven);
        if proven >= GREEDY_SHARE - self.epsilon || self.proof.len() >= PROOF[1] * BLOCK {
            self.phase = Phase::Settled;
        }
    }

    fn samples(&self, worlds: &Worlds) -> Samples {
        Samples::of_worlds(worlds, self.source.ties.people())
    }
}

/// Reach of `seeds`, all different, on `samples`.
fn reach(samples: &Samples, seeds: &[PersonIndex]) -> Reach {
    let mut met = FixedBitSet::with_capacity(samples.len());
    met.extend(seeds.iter().flat_map(|&seed| samples.of(seed)));
    samples.reach(seeds, &met)
}
