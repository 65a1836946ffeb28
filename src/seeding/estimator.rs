//! Reach of any group of seeds, quickly: kept beside a choice for changes made by hand.

use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::reverse_sets::{ReverseSets, Source};
use super::samples::Samples;
use super::simulation::Simulation;
use super::worlds::{Worlds, worlds_suit};
use crate::diffusion::Model;
use crate::network::PersonIndex;
use crate::random::Purpose;

/// Expected final adopters, with a 95 % interval of the estimate.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Reach {
    /// Expected number of adopters, seeds included.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// One seed and what it is worth among the others.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct ChosenSeed {
    /// Who.
    pub person: PersonIndex,
    /// Adopters added when this seed joined those before it in the list.
    pub marginal_reach: f64,
    /// Adopters lost when this seed alone left the list: people whom nobody else on it reaches.
    pub only_reach: f64,
}

/// What a group of seeds is expected to bring.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Reach of the whole group.
    pub reach: Reach,
    /// Expected adopters with no seed at all (spontaneous ones of the Bass model; else 0).
    /// Together with the marginal reaches it sums to the mean reach.
    pub without_seeds: f64,
    /// The seeds in the order they were given.
    pub seeds: Vec<ChosenSeed>,
}

/// Answers "what does this group reach?" from random sets, or simulations, made once.
pub struct ReachEstimator {
    pub(super) basis: Basis,
}

pub(super) enum Basis {
    Samples(Samples),
    Simulation(Simulation),
}

impl std::fmt::Debug for ReachEstimator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.basis {
            Basis::Samples(it) => write!(f, "ReachEstimator({} samples)", it.len()),
            Basis::Simulation(it) => write!(f, "ReachEstimator({} replicates)", it.replicates()),
        }
    }
}

impl ReachEstimator {
    /// Fewest sets an estimator is made of.
    pub(super) const SETS: usize = 1 << 15;
    /// Worlds an estimator is made of, where these suit better.
    const WORLDS: usize = 128;
    /// Most members in all sets together before drawing stops early.
    const MOST_MEMBERS: usize = 8_000_000;

    /// Draws the sets (or picks the replicates) anew: for seeds that come from elsewhere, as from
    /// a saved project. A search hands over its own instead, see [`super::SeedChoice::estimator`].
    pub fn new(model: Arc<Model>) -> Self {
        let Some(source) = Source::prepare(&model) else {
            return Self::from_simulation(Simulation::for_reach(model));
        };
        if let Some(mutual) = worlds_suit(&source, source.probe()) {
            let mut worlds = Worlds::new(Purpose::ReachWorlds);
            worlds.draw(&source, &mutual, Self::WORLDS);
            return Self::from_samples(Samples::of_worlds(&worlds, source.ties.people()));
        }
        let mut sets = ReverseSets::new(Purpose::ReachSets);
        while source.has_sets() && sets.len() < Self::SETS && sets.size() < Self::MOST_MEMBERS {
            sets.draw(&source, 8, None);
        }
        Self::from_samples(Samples::of_sets(&sets, &source))
    }

    pub(super) fn from_samples(samples: Samples) -> Self {
        Self { basis: Basis::Samples(samples) }
    }

    pub(super) fn from_simulation(simulation: Simulation) -> Self {
        Self { basis: Basis::Simulation(simulation) }
    }

    /// Reach of `seeds`, and what each adds to those before it.
    ///
    /// See [`Self::estimate`], which also says what each seed alone is worth.
    pub fn reach(&self, seeds: &[PersonIndex]) -> (Reach, Vec<f64>) {
        let estimate = self.estimate(seeds);
        (estimate.reach, estimate.seeds.iter().map(|seed| seed.marginal_reach).collect())
    }

    /// Mean reach of `seeds`, all different: the quickest answer.
    pub(super) fn mean(&self, seeds: &[PersonIndex]) -> f64 {
        match &self.basis {
            Basis::Samples(samples) => {
                let mut met = FixedBitSet::with_capacity(samples.len());
                met.extend(seeds.iter().flat_map(|&seed| samples.of(seed)));
                samples.reach(seeds, &met).mean
            }
            Basis::Simulation(simulation) => simulation.outcome(seeds).adopters,
        }
    }

    /// Everything about `seeds`. Somebody listed twice adds nothing the second time.
    ///
    /// With samples O(samples that the seeds are in); with simulations about 2·seeds·replicates runs.
    ///
    /// # Panics
    /// When a seed is not in the network.
    pub fn estimate(&self, seeds: &[PersonIndex]) -> Estimate {
        match &self.basis {
            Basis::Samples(samples) => from_samples(samples, seeds),
            Basis::Simulation(simulation) => from_simulation(simulation, seeds),
        }
    }
}

fn from_samples(samples: &Samples, seeds: &[PersonIndex]) -> Estimate {
    let mut met = FixedBitSet::with_capacity(samples.len());
    let mut met_twice = FixedBitSet::with_capacity(samples.len());
    let mut listed = FixedBitSet::with_capacity(samples.people());
    let worth = |sample: usize| u64::from(samples.worth()[sample]);
    let (mut different, mut gains) = (Vec::new(), Vec::new());
    for &seed in seeds {
        if listed.put(seed as usize) {
            gains.push(0.0);
            continue;
        }
        different.push(seed);
        let mut gain = 0;
        for sample in samples.of(seed) {
            if met.put(sample) {
                met_twice.insert(sample);
            } else {
                gain += worth(sample);
            }
        }
        gains.push(samples.alone(seed) + samples.scale() * gain as f64);
    }
    let chosen = seeds.iter().zip(gains).map(|(&person, marginal_reach)| {
        let only = samples.of(person).filter(|&sample| !met_twice.contains(sample));
        let only: u64 = only.map(worth).sum();
        ChosenSeed {
            person,
            marginal_reach,
            only_reach: samples.alone(person) + samples.scale() * only as f64,
        }
    });
    Estimate { reach: samples.reach(&different, &met), without_seeds: 0.0, seeds: chosen.collect() }
}

fn from_simulation(simulation: &Simulation, seeds: &[PersonIndex]) -> Estimate {
    let reach = simulation.reach(seeds);
    let without_seeds = simulation.outcome(&[]).adopters;
    let mut before = without_seeds;
    let chosen = (0..seeds.len()).map(|place| {
        let up_to_here = simulation.outcome(&seeds[..=place]).adopters;
        let others = [&seeds[..place], &seeds[place + 1..]].concat();
        let marginal_reach = up_to_here - before;
        before = up_to_here;
        ChosenSeed {
            person: seeds[place],
            marginal_reach,
            only_reach: reach.mean - simulation.outcome(&others).adopters,
        }
    });
    Estimate { seeds: chosen.collect(), reach, without_seeds }
}
