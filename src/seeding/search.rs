//! A seed search as a stepper: every strategy, every model.

use std::sync::Arc;

use super::baseline;
use super::captains::CaptainSearch;
use super::conditions::{Condition, ConditionCost, GoalWithout};
use super::error::SeedingError;
use super::estimator::{ChosenSeed, Reach, ReachEstimator};
use super::goal::{GoalAnswer, trim};
use super::places::{Places, Target};
use super::prices::{Costs, per_thousand};
use super::request::{Least, SeedRequest, Strategy};
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
    /// proof (models without diminishing returns, other strategies than the best, goals).
    pub guarantee: Option<f64>,
    /// The share that this way of choosing has for certain on every network; `None` where none is
    /// known. See [`Self::guarantee`] for what was proven on this one.
    pub assured: Option<f64>,
    /// What the seeds cost, where prices are given.
    pub spent: Option<f64>,
    /// What each condition costs in reach; empty where there are none, or the search was stopped.
    pub conditions: Vec<ConditionCost>,
    /// What became of the goal, where there is one.
    pub goal: Option<GoalAnswer>,
    /// Answers what other groups would reach, on the same basis.
    pub estimator: Arc<ReachEstimator>,
}

impl SeedChoice {
    /// Adopters whom the seeds bring beyond those who adopt without any, for each thousand spent.
    pub fn per_thousand(&self) -> Option<f64> {
        per_thousand(self.reach.mean - self.without_seeds, self.spent?)
    }
}

/// Chooses seeds step by step; a step takes some 50 ms on 10,000 people.
///
/// After the choice itself come those that drop one condition each, to tell what it costs.
pub struct SeedSearch {
    model: Arc<Model>,
    places: Places,
    request: SeedRequest,
    method: Method,
    /// Everyone in the order that the strategy goes by, where finding that takes long.
    ranked: Option<Vec<PersonIndex>>,
    comparison: Comparison,
}

enum Method {
    Sets(Box<SetSearch>),
    Worlds(Box<WorldSearch>),
    Simulation(Box<SimulationSearch>),
    /// Seeds by a rule that needs a search of its own, before their reach is known.
    Betweenness(Box<BetweennessSearch>),
    /// The same for captains.
    Captains(Box<CaptainSearch>),
    /// Seeds by rule, their reach by simulation.
    Given(Vec<PersonIndex>),
}

/// The best choices when one condition is dropped.
#[derive(Default)]
struct Comparison {
    /// The conditions still to be dropped, the last one first.
    ahead: Vec<(Condition, Places)>,
    /// A search that drops one of them.
    now: Option<(Condition, Places, SimulationSearch)>,
    found: Vec<(Condition, Places, Vec<PersonIndex>)>,
    all: usize,
}

impl SeedSearch {
    /// Checks the request and prepares the search, in O(people + arcs log(longest row)).
    ///
    /// Asking for more seeds than people who may be one chooses all of these. A goal counts
    /// adopters by the last step of the model's scenario.
    ///
    /// # Errors
    /// [`SeedingError`] when the network is empty, the request contradicts itself, or nobody can
    /// fulfil its conditions.
    ///
    /// # Panics
    /// When groups or prices are those of another number of people.
    pub fn new(model: Arc<Model>, request: SeedRequest) -> Result<Self, SeedingError> {
        let people = model.graph().people();
        let fits = |of: usize| assert_eq!(of, people, "one entry per person");
        request.groups.iter().for_each(|rule| fits(rule.of.len()));
        request.budget.iter().for_each(|it| fits(it.costs.people()));
        let places = Places::check(&request, people)?;
        let method = match request.strategy {
            Strategy::Betweenness => Method::Betweenness(Box::new(BetweennessSearch::new(people))),
            Strategy::Captains => {
                Method::Captains(Box::new(CaptainSearch::asked(&model, &request)?))
            }
            Strategy::Best => Method::of(&model, &places, &request, None),
            strategy => {
                let given = baseline::pick(&model, strategy, &places);
                Method::of(&model, &places, &request, Some(given))
            }
        };
        let conditions = request.conditions();
        let relaxed = |&condition: &Condition| {
            let places = Places::check(&request.without(condition), people).ok()?;
            Some((condition, places))
        };
        let ahead: Vec<_> = conditions.iter().rev().filter_map(relaxed).collect();
        let comparison = Comparison { all: ahead.len(), ahead, ..Comparison::default() };
        Ok(Self { model, places, request, method, ranked: None, comparison })
    }

    /// The same search, which does not tell what each condition costs.
    #[must_use]
    pub fn for_choice_alone(mut self) -> Self {
        self.comparison = Comparison::default();
        self
    }

    /// Does a bounded slice of the work.
    pub fn step(&mut self) -> SearchState {
        let state = match &mut self.method {
            Method::Sets(search) => search.step(),
            Method::Worlds(search) => search.step(),
            Method::Simulation(search) => search.step(),
            Method::Given(_) => SearchState::Finished,
            Method::Betweenness(search) => {
                let (is_done, (done, total)) = (search.step(self.model.graph()), search.progress());
                if is_done {
                    self.take_ranked();
                }
                // What follows takes about as long again in a small network, and less in a large.
                SearchState::Searching { done: done as u64, total: 2 * total as u64 }
            }
            Method::Captains(search) => match search.step() {
                SearchState::Searching { done, total } => {
                    SearchState::Searching { done, total: 2 * total }
                }
                SearchState::Finished => {
                    self.take_ranked();
                    SearchState::Searching { done: 1, total: 2 }
                }
            },
        };
        match state {
            SearchState::Searching { done, total } => {
                // A comparison takes about as long as the choice where that is by simulation.
                let shares = match &self.method {
                    Method::Simulation(_) => 1 + self.comparison.all as u64,
                    _ => 1,
                };
                SearchState::Searching { done, total: total * shares }
            }
            SearchState::Finished => self.compare(),
        }
    }

    /// The order of everyone is known: goes on with the seeds that follow from it.
    fn take_ranked(&mut self) {
        let ranked = match std::mem::replace(&mut self.method, Method::Given(Vec::new())) {
            Method::Betweenness(search) => baseline::descending(&search.finish().values),
            Method::Captains(search) => search.in_turn(),
            other => {
                self.method = other;
                return;
            }
        };
        let given = Some(self.places.fill(ranked.iter().copied()));
        self.method = Method::of(&self.model, &self.places, &self.request, given);
        self.ranked = Some(ranked);
    }

    /// Finds, bit by bit, the best choices without one condition each.
    fn compare(&mut self) -> SearchState {
        let all = self.comparison.all as u64;
        if let Some((condition, places, mut search)) = self.comparison.now.take() {
            if search.step() == SearchState::Finished {
                self.comparison.found.push((condition, places, search.finish()));
            } else {
                self.comparison.now = Some((condition, places, search));
            }
        } else if let Some((condition, places)) = self.comparison.ahead.pop() {
            match &self.method {
                Method::Sets(_) | Method::Worlds(_) if self.request.strategy == Strategy::Best => {
                    self.comparison.ahead.push((condition, places));
                    self.choose_again();
                }
                Method::Simulation(search) => {
                    let seeds = search.best().to_vec();
                    let search = SimulationSearch::beyond(&self.model, places.clone(), seeds);
                    self.comparison.now = Some((condition, places, search));
                }
                _ => {
                    let seeds = match &self.ranked {
                        Some(ranked) => places.fill(ranked.iter().copied()),
                        None => baseline::pick(&self.model, self.request.strategy, &places),
                    };
                    self.comparison.found.push((condition, places, seeds));
                }
            }
        } else {
            return SearchState::Finished;
        }
        let done = self.comparison.found.len() as u64;
        SearchState::Searching { done: 1 + done, total: 1 + all }
    }

    /// All comparisons at once, on the samples of the choice.
    fn choose_again(&mut self) {
        let ahead: Vec<_> = self.comparison.ahead.drain(..).rev().collect();
        let (conditions, places): (Vec<Condition>, Vec<Places>) = ahead.into_iter().unzip();
        let found = match &self.method {
            Method::Sets(search) => search.choose_again(&places),
            Method::Worlds(search) => search.choose_again(&places),
            _ => return,
        };
        let found = conditions.into_iter().zip(places).zip(found);
        self.comparison.found.extend(found.map(|((one, places), seeds)| (one, places, seeds)));
    }

    /// Steps to the end.
    pub fn run(mut self) -> SeedChoice {
        while self.step() != SearchState::Finished {}
        self.finish()
    }

    /// The best choice so far, whenever it is asked for: places that the search has not filled
    /// yet go to those with the largest audience.
    pub fn finish(self) -> SeedChoice {
        let is_best = self.request.strategy == Strategy::Best;
        let has_bound = is_best && !matches!(self.method, Method::Simulation(_));
        let assured = self.places.assured().filter(|_| has_bound && self.places.goal.is_none());
        let at_least = match &self.method {
            Method::Sets(search) if is_best => search.goal_takes(),
            Method::Worlds(search) if is_best => search.goal_takes(),
            _ => None,
        };
        let (chosen, guarantee, estimator) = match self.method {
            Method::Sets(search) => found(search.finish()),
            Method::Worlds(search) => found(search.finish()),
            Method::Simulation(search) => {
                let simulation = Simulation::for_reach(Arc::clone(&self.model));
                (search.finish(), None, ReachEstimator::from_simulation(simulation))
            }
            Method::Betweenness(_) | Method::Captains(_) => {
                (Vec::new(), None, ReachEstimator::new(Arc::clone(&self.model)))
            }
            Method::Given(seeds) => {
                let simulation = Simulation::for_reach(Arc::clone(&self.model));
                (seeds, None, ReachEstimator::from_simulation(simulation))
            }
        };
        let mut seeds = chosen;
        if !self.places.is_filled(&seeds) {
            let fallback = baseline::pick(&self.model, self.request.strategy, &self.places);
            seeds = self.places.fill(seeds.into_iter().chain(fallback));
        }
        if self.places.goal.is_some() {
            seeds = trim(&estimator, &self.places, seeds);
        }
        let estimate = estimator.estimate(&seeds);
        let reach = estimate.reach;
        let costs = self.request.budget.as_ref().map(|it| &it.costs);
        let conditions = self.comparison.found.iter().map(|(condition, places, found)| {
            // A choice that keeps all conditions stays open when one is dropped.
            let others = trim(&estimator, places, found.clone());
            let mean = estimator.mean(&others);
            let reach_without = mean.max(reach.mean);
            ConditionCost {
                condition: *condition,
                label: self.request.in_words(*condition),
                reach_without,
                costs: reach_without - reach.mean,
                goal: self.places.goal.and_then(|goal| {
                    goal_without(goal, costs, (reach.mean, &seeds), (mean, &others))
                }),
            }
        });
        let people = self.model.graph().people() as f64;
        let goal = self.places.goal.map(|goal| {
            // One price for all turns money into a number of seeds.
            let price = match (goal.least, costs, seeds.first()) {
                (Least::Money, Some(costs), Some(&first)) if self.places.purse.is_none() => {
                    costs.of(first).unwrap_or(1.0)
                }
                _ => 1.0,
            };
            GoalAnswer {
                wanted: self.request.goal.map_or(goal.reach, |it| it.share * people),
                reached: reach.mean,
                is_met: reach.mean >= goal.reach,
                least: goal.least,
                at_least: at_least.map(|it| it * price),
            }
        });
        SeedChoice {
            conditions: conditions.collect(),
            spent: costs.map(|it| it.total(&seeds)),
            goal,
            seeds: estimate.seeds,
            reach,
            without_seeds: estimate.without_seeds,
            guarantee,
            assured,
            estimator: Arc::new(estimator),
        }
    }
}

/// What a goal takes with `others` in the place of `seeds`, each with what they reach.
fn goal_without(
    goal: Target,
    costs: Option<&Costs>,
    (reach, seeds): (f64, &[PersonIndex]),
    (mean, others): (f64, &[PersonIndex]),
) -> Option<GoalWithout> {
    let amount = |people: &[PersonIndex]| match (goal.least, costs) {
        (Least::Money, Some(costs)) => costs.total(people),
        _ => people.len() as f64,
    };
    let with = (reach >= goal.reach).then(|| amount(seeds));
    let without = (mean >= goal.reach).then(|| amount(others));
    let takes = with.into_iter().chain(without).min_by(f64::total_cmp)?;
    Some(GoalWithout { least: goal.least, takes, more: with.map(|it| it - takes) })
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
            (None, None) => {
                let search = SimulationSearch::new(model, places.clone());
                Self::Simulation(Box::new(search))
            }
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
