//! Reach of any group of seeds, quickly: kept beside a choice for changes made by hand.

use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::bounds;
use super::cover::{SetIndex, meet};
use super::live_ties::LiveTies;
use super::reverse_sets::ReverseSets;
use super::simulation::Simulation;
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
    basis: Basis,
}

enum Basis {
    Sets(SetIndex),
    Simulation(Simulation),
}

impl std::fmt::Debug for ReachEstimator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.basis {
            Basis::Sets(sets) => write!(f, "ReachEstimator({} reverse sets)", sets.len()),
            Basis::Simulation(it) => write!(f, "ReachEstimator({} replicates)", it.replicates()),
        }
    }
}

impl ReachEstimator {
    /// Fewest sets an estimator is made of.
    pub(super) const SETS: usize = 1 << 15;
    /// Most members in all sets together before drawing stops early.
    const MOST_MEMBERS: usize = 8_000_000;

    /// Draws the sets (or picks the replicates) anew: for seeds that come from elsewhere, as from
    /// a saved project. A search hands over its own instead, see [`super::SeedChoice::estimator`].
    pub fn new(model: Arc<Model>) -> Self {
        let Some(ties) = LiveTies::prepare(&model).filter(|_| model.graph().people() > 0) else {
            return Self::from_simulation(Simulation::for_reach(model));
        };
        let people = model.graph().people();
        let mut sets = ReverseSets::new(people, model.scenario().rng_seed, Purpose::ReachSets);
        while sets.len() < Self::SETS && sets.total_size() < Self::MOST_MEMBERS {
            sets.draw(&ties, 8);
        }
        Self::from_sets(&sets)
    }

    pub(super) fn from_sets(sets: &ReverseSets) -> Self {
        Self { basis: Basis::Sets(SetIndex::new(sets)) }
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

    /// Everything about `seeds`. Somebody listed twice adds nothing the second time.
    ///
    /// With sets O(sets that the seeds are in); with simulations about 2·seeds·replicates runs.
    ///
    /// # Panics
    /// When a seed is not in the network.
    pub fn estimate(&self, seeds: &[PersonIndex]) -> Estimate {
        match &self.basis {
            Basis::Sets(sets) => from_sets(sets, seeds),
            Basis::Simulation(simulation) => from_simulation(simulation, seeds),
        }
    }
}

fn from_sets(sets: &SetIndex, seeds: &[PersonIndex]) -> Estimate {
    let per_set = sets.people() as f64 / sets.len() as f64;
    let mut met = FixedBitSet::with_capacity(sets.len());
    let mut met_twice = FixedBitSet::with_capacity(sets.len());
    let mut listed = FixedBitSet::with_capacity(sets.people());
    let mut gains = Vec::with_capacity(seeds.len());
    for &seed in seeds {
        if listed.put(seed as usize) {
            gains.push(0);
            continue;
        }
        for &set in sets.sets_of(seed).iter().filter(|&&set| met.contains(set as usize)) {
            met_twice.insert(set as usize);
        }
        gains.push(meet(&mut met, sets.sets_of(seed)));
    }
    let chosen = seeds.iter().zip(&gains).map(|(&person, &gain)| {
        let only = sets.sets_of(person).iter().filter(|&&set| !met_twice.contains(set as usize));
        ChosenSeed {
            person,
            marginal_reach: gain as f64 * per_set,
            only_reach: only.count() as f64 * per_set,
        }
    });
    let met_count: usize = gains.iter().sum();
    Estimate {
        reach: bounds::reach(
            met_count as f64,
            sets.len() as f64,
            sets.people() as f64,
            listed.count_ones(..) as f64,
        ),
        without_seeds: 0.0,
        seeds: chosen.collect(),
    }
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
