//! The search where no reverse set exists: permission and Bass.
//!
//! Greedy on simulated reach. All groups meet the same chances, so that small differences count.
//! Nothing is proven here: one more seed can be worth more than the one before (two neighbors
//! convince whom neither convinces alone), so earlier gains bound nothing in the permission model
//! and everyone on the shortlist is tried again for every place.

use std::sync::Arc;

use rayon::prelude::*;

use super::baseline::{descending, shuffled};
use super::request::Places;
use super::search::SearchState;
use super::simulation::{Outcome, Simulation};
use crate::diffusion::{Contagion, Model};
use crate::network::PersonIndex;

/// Most people on the shortlist.
const SHORTLIST: usize = 400;
/// People and arcs touched by the whole search, about.
const ALL_WORK: usize = 3_000_000_000;
/// The same for one step.
const STEP_WORK: usize = 12_000_000;

/// Greedy search by simulation.
pub(super) struct SimulationSearch {
    simulation: Simulation,
    places: Places,
    /// Who is left to try, best gain of the last trial first.
    shortlist: Vec<Candidate>,
    /// How far this round has come in the shortlist.
    tried: usize,
    seeds: Vec<PersonIndex>,
    /// Outcome of the seeds so far.
    so_far: Outcome,
    /// True where gains only shrink from round to round, so that most need no new trial.
    lazy: bool,
}

#[derive(Clone, Copy)]
struct Candidate {
    person: PersonIndex,
    outcome: Outcome,
    gain: f64,
}

impl SimulationSearch {
    pub(super) fn new(model: &Arc<Model>, places: Places) -> Self {
        let simulation = Simulation::for_choice(Arc::clone(model));
        let rounds = places.open().max(1);
        let most = (ALL_WORK / simulation.work() / rounds).clamp(20, SHORTLIST);
        let shortlist = shortlist(model, &places, most)
            .into_iter()
            .map(|person| Candidate { person, outcome: Outcome::default(), gain: f64::INFINITY })
            .collect();
        Self {
            so_far: simulation.outcome(&places.required),
            seeds: places.required.clone(),
            simulation,
            places,
            shortlist,
            tried: 0,
            lazy: matches!(model.scenario().contagion, Contagion::Bass { .. }),
        }
    }

    /// Tries a few more of the shortlist; at its end takes the best.
    pub(super) fn step(&mut self) -> SearchState {
        if self.seeds.len() >= self.places.k || self.shortlist.is_empty() {
            return SearchState::Finished;
        }
        if self.tried < self.shortlist.len() && !self.is_decided() {
            self.try_some();
        } else {
            self.take_best();
        }
        let rounds = (self.places.k - self.places.required.len()) as u64;
        let finished = (self.seeds.len() - self.places.required.len()) as u64;
        let length = self.shortlist.len().max(1) as u64;
        let total = rounds * length;
        SearchState::Searching { done: (finished * length + self.tried as u64).min(total), total }
    }

    /// The seeds so far.
    pub(super) fn finish(self) -> Vec<PersonIndex> {
        self.seeds
    }

    /// Lazy search: nobody left can beat the best tried, as old gains can only have shrunk.
    fn is_decided(&self) -> bool {
        let best = self.shortlist[..self.tried].iter().map(|it| it.gain).fold(0.0, f64::max);
        self.lazy && self.tried > 0 && best >= self.shortlist[self.tried].gain
    }

    fn try_some(&mut self) {
        let batch = (STEP_WORK / self.simulation.work()).clamp(2, 64);
        let end = self.shortlist.len().min(self.tried + batch);
        let (simulation, seeds, so_far) = (&self.simulation, &self.seeds, self.so_far.adopters);
        self.shortlist[self.tried..end].par_iter_mut().for_each(|candidate| {
            let group: Vec<PersonIndex> = seeds.iter().copied().chain([candidate.person]).collect();
            candidate.outcome = simulation.outcome(&group);
            candidate.gain = candidate.outcome.adopters - so_far;
        });
        self.tried = end;
    }

    fn take_best(&mut self) {
        let tried = &self.shortlist[..self.tried];
        let best = (0..tried.len()).min_by(|&a, &b| {
            let (a, b) = (&tried[a], &tried[b]);
            let better = b.outcome.adopters.total_cmp(&a.outcome.adopters);
            let closer = b.outcome.pressure.total_cmp(&a.outcome.pressure);
            better.then(closer).then(a.person.cmp(&b.person))
        });
        let Some(best) = best else { return };
        let taken = self.shortlist.remove(best);
        self.seeds.push(taken.person);
        self.so_far = taken.outcome;
        self.tried = 0;
        self.shortlist.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.person.cmp(&b.person)));
    }
}

/// People worth a trial: three quarters by one-step exposure (the share of attention they have
/// among those who listen to them), one quarter by chance, so that no rule rules anybody out.
fn shortlist(model: &Model, places: &Places, most: usize) -> Vec<PersonIndex> {
    let graph = model.graph();
    let exposure: Vec<f64> = (0..)
        .take(graph.people())
        .map(|person| {
            let attention = |&it: &PersonIndex| 1.0 / graph.influences_on(it).len() as f64;
            graph.audience_of(person).iter().map(attention).sum()
        })
        .collect();
    let is_open = |person: &PersonIndex| places.open_to.contains(*person as usize);
    // Enough for every place, however large k is.
    let most = most.max(places.open() + places.open() / 2);
    let mut listed: Vec<PersonIndex> =
        descending(&exposure).into_iter().filter(is_open).take(most - most / 4).collect();
    let mut unlisted = places.open_to.clone();
    for &person in &listed {
        unlisted.remove(person as usize);
    }
    let by_chance = shuffled(graph, model.scenario().rng_seed, 4);
    let is_unlisted = |person: &PersonIndex| unlisted.contains(*person as usize);
    listed.extend(by_chance.into_iter().filter(is_unlisted).take(most / 4));
    listed
}
