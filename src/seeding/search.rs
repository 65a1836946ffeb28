//! A seed search as a stepper: every strategy, every model.

use std::sync::Arc;

use super::baseline;
use super::estimator::{ChosenSeed, Reach, ReachEstimator};
use super::request::{Places, SeedRequest, SeedingError, Strategy};
use super::reverse_sets::Source;
use super::set_search::{Chosen, SetSearch};
use super::simulation::Simulation;
use super::simulation_search::SimulationSearch;
use super::world_search::WorldSearch;
use super::worlds::worlds_suit;
use crate::diffusion::Model;
use crate::measure::BetweennessSearch;
use crate::network::PersonIndex;

/// How far a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchState {
    /// Still at work; `total` is an estimate and may grow.
    Searching {
        /// Work done.
        done: u64,
        /// Work expected in all.
        total: u64,
    },
    /// More steps change nothing.
    Finished,
}

/// The seeds and what they bring.
#[derive(Clone, Debug)]
pub struct SeedChoice {
    /// In order of choice; the marginal reaches and [`Self::without_seeds`] sum to the mean reach.
    pub seeds: Vec<ChosenSeed>,
    /// Expected final adopters, estimated independently of the choice.
    pub reach: Reach,
    /// Expected adopters with no seed at all (Bass model; else 0).
    pub without_seeds: f64,
    /// Proven share of the best possible reach under the same conditions; `None` where there is no
    /// proof (permission and Bass models, other strategies than the best).
    pub guarantee: Option<f64>,
    /// Answers what other groups would reach, on the same basis.
    pub estimator: Arc<ReachEstimator>,
}

/// Chooses seeds step by step; a step takes some 50 ms on 10,000 people.
pub struct SeedSearch {
    model: Arc<Model>,
    places: Places,
    request: SeedRequest,
    method: Method,
}

enum Method {
    Sets(Box<SetSearch>),
    Worlds(Box<WorldSearch>),
    Simulation(SimulationSearch),
    /// Seeds by a rule that needs a search of its own, before their reach is known.
    Betweenness(Box<BetweennessSearch>),
    /// Seeds by rule, their reach by simulation.
    Given(Vec<PersonIndex>),
}

impl SeedSearch {
    /// Checks the request and prepares the search, in O(people + arcs log(longest row)).
    ///
    /// Asking for more seeds than people who may be one chooses all of these.
    ///
    /// # Errors
    /// [`SeedingError`] when the network is empty or the request contradicts itself.
    pub fn new(model: Arc<Model>, request: SeedRequest) -> Result<Self, SeedingError> {
        let places = Places::check(&request, model.graph().people())?;
        let method = match request.strategy {
            Strategy::Betweenness => {
                let search = BetweennessSearch::new(model.graph().people());
                Method::Betweenness(Box::new(search))
            }
            Strategy::Best => Method::of(&model, &places, &request, None),
            strategy => {
                let given = baseline::pick(&model, strategy, &places);
                Method::of(&model, &places, &request, Some(given))
            }
        };
        Ok(Self { model, places, request, method })
    }

    /// Does a bounded slice of the work.
    pub fn step(&mut self) -> SearchState {
        match &mut self.method {
            Method::Sets(search) => search.step(),
            Method::Worlds(search) => search.step(),
            Method::Simulation(search) => search.step(),
            Method::Given(_) => SearchState::Finished,
            Method::Betweenness(search) => {
                let (is_done, (done, total)) = (search.step(self.model.graph()), search.progress());
                if is_done {
                    self.take_between();
                }
                // What follows takes about as long again in a small network, and less in a large.
                SearchState::Searching { done: done as u64, total: 2 * total as u64 }
            }
        }
    }

    /// Everyone's betweenness is known: goes on with the seeds that follow from it.
    fn take_between(&mut self) {
        let next = Method::Given(Vec::new());
        if let Method::Betweenness(search) = std::mem::replace(&mut self.method, next) {
            let ranked = baseline::descending(&search.finish().values);
            let given = Some(self.places.fill(ranked));
            self.method = Method::of(&self.model, &self.places, &self.request, given);
        }
    }

    /// Steps to the end.
    pub fn run(mut self) -> SeedChoice {
        while self.step() != SearchState::Finished {}
        self.finish()
    }

    /// The best choice so far, whenever it is asked for: places that the search has not filled
    /// yet go to those with the largest audience.
    pub fn finish(self) -> SeedChoice {
        let (chosen, guarantee, estimator) = match self.method {
            Method::Sets(search) => found(search.finish()),
            Method::Worlds(search) => found(search.finish()),
            Method::Simulation(search) => {
                let simulation = Simulation::for_reach(Arc::clone(&self.model));
                (search.finish(), None, ReachEstimator::from_simulation(simulation))
            }
            Method::Betweenness(_) => {
                (Vec::new(), None, ReachEstimator::new(Arc::clone(&self.model)))
            }
            Method::Given(seeds) => {
                let simulation = Simulation::for_reach(Arc::clone(&self.model));
                (seeds, None, ReachEstimator::from_simulation(simulation))
            }
        };
        let mut seeds = chosen;
        if seeds.len() < self.places.k {
            let fallback = baseline::pick(&self.model, self.request.strategy, &self.places);
            let missing: Vec<_> = fallback.into_iter().filter(|it| !seeds.contains(it)).collect();
            seeds.extend(missing);
            seeds.truncate(self.places.k);
        }
        let estimate = estimator.estimate(&seeds);
        SeedChoice {
            seeds: estimate.seeds,
            reach: estimate.reach,
            without_seeds: estimate.without_seeds,
            guarantee,
            estimator: Arc::new(estimator),
        }
    }
}

impl Method {
    /// How to search for the best seeds, or to estimate the reach of those `given`.
    fn of(
        model: &Arc<Model>,
        places: &Places,
        request: &SeedRequest,
        given: Option<Vec<PersonIndex>>,
    ) -> Self {
        match (Source::prepare(model), given) {
            (Some(source), given) => by_samples(source, places.clone(), request.epsilon, given),
            (None, Some(seeds)) => Self::Given(seeds),
            (None, None) => Self::Simulation(SimulationSearch::new(model, places.clone())),
        }
    }
}

/// Reverse sets, or worlds where a few sets show that these suit better.
fn by_samples(
    source: Source,
    places: Places,
    epsilon: f64,
    given: Option<Vec<PersonIndex>>,
) -> Method {
    let probe = source.probe();
    match worlds_suit(&source, probe) {
        Some(mutual) => {
            Method::Worlds(Box::new(WorldSearch::new(source, mutual, places, epsilon, given)))
        }
        None => Method::Sets(Box::new(SetSearch::new(source, probe, places, epsilon, given))),
    }
}

fn found((chosen, estimator): (Option<Chosen>, ReachEstimator)) -> Found {
    let (seeds, guarantee) = chosen.map_or((Vec::new(), None), |it| (it.seeds, it.guarantee));
    (seeds, guarantee, estimator)
}

/// Seeds, what is proven of them, and an estimator of their reach.
type Found = (Vec<PersonIndex>, Option<f64>, ReachEstimator);
