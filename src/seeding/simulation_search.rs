//! The search where no reverse set exists: permission, Bass and the models beside them.
//!
//! Greedy on simulated reach, then swaps. All groups meet the same chances, so that small
//! differences count. Nothing is proven here: one more seed can be worth more than the one before
//! (two neighbors convince whom neither convinces alone), so earlier gains bound nothing in the
//! permission model and everyone on the shortlist is tried again for every place. What greedy
//! choice misses in this way, an exchange of one seed for another may find: swaps go on until none
//! helps or the work is used up.

use std::sync::Arc;

use rayon::prelude::*;

use super::baseline::{descending, shuffled};
use super::cover::Merit;
use super::places::Places;
use super::room::Room;
use super::search::SearchState;
use super::simulation::{Outcome, Simulation};
use crate::diffusion::{Contagion, Model, Scenario};
use crate::network::PersonIndex;

/// Most people on the shortlist.
const SHORTLIST: usize = 400;
/// People and arcs touched by the whole search, about.
const ALL_WORK: usize = 3_000_000_000;
/// The same for the swaps that follow.
const SWAP_WORK: usize = 1_500_000_000;
/// The same for one step.
const STEP_WORK: usize = 12_000_000;
/// Most people who are tried in the place of each seed.
const INSTEAD: usize = 60;

/// Greedy search by simulation, with swaps.
pub(super) struct SimulationSearch {
    simulation: Simulation,
    places: Places,
    /// Everybody worth a trial.
    shortlist: Vec<PersonIndex>,
    /// True where gains only shrink from round to round, so that most need no new trial.
    lazy: bool,
    phase: Phase,
    /// The best allowed set so far, and what it brings.
    best: Option<(Vec<PersonIndex>, Outcome)>,
    /// Work done, and how much there may be before the search ends.
    worked: usize,
    expected: usize,
}

enum Phase {
    Greedy(Greedy),
    Swaps(Swaps),
    Finished,
}

/// Choosing one after the other.
struct Greedy {
    merit: Merit,
    /// Who is left to try, the most worth at the last trial first.
    candidates: Vec<Candidate>,
    /// How far this round has come among the candidates.
    tried: usize,
    seeds: Vec<PersonIndex>,
    so_far: Outcome,
}

#[derive(Clone, Copy)]
struct Candidate {
    person: PersonIndex,
    outcome: Outcome,
    merit: f64,
}

/// Trying others in the place of each seed in turn; after the last, an addition.
struct Swaps {
    place: usize,
    /// How far the candidates for this place have been tried.
    tried: usize,
    /// The best exchange found for this place so far.
    found: Option<(Vec<PersonIndex>, Outcome)>,
    /// Places in a row at which nothing better was found.
    idle: usize,
    work_left: usize,
}

impl Swaps {
    fn new(work_left: usize) -> Self {
        Self { place: 0, tried: 0, found: None, idle: 0, work_left }
    }
}

/// Whether nobody is worth more among more seeds. In Bass's model, in a fading buzz and in a playbook
/// chances to miss multiply over influences, so reach is the union of what each seed alone reaches in time; unless
/// adopters speak for a few days only and days differ, when coming earlier may cost somebody.
fn gains_shrink(model: &Model) -> bool {
    let Scenario { contagion, playbook, .. } = model.scenario();
    match contagion {
        Contagion::Bass { .. } | Contagion::Fading { .. } => true,
        Contagion::Playbook => playbook.week.is_none() || playbook.talk_steps.is_none(),
        _ => false,
    }
}

impl SimulationSearch {
    pub(super) fn new(model: &Arc<Model>, places: Places) -> Self {
        let mut search = Self::prepare(model, places);
        search.begin_greedy(Merit::Gain);
        search
    }

    /// Looks for something better than `seeds`, an allowed set: from the start, because swaps from there
    /// alone seldom leave the neighborhood of a set that other conditions have shaped.
    pub(super) fn beyond(model: &Arc<Model>, places: Places, seeds: Vec<PersonIndex>) -> Self {
        let mut search = Self::new(model, places);
        let outcome = search.simulation.outcome(&seeds);
        search.best = Some((seeds, outcome));
        search
    }

    fn prepare(model: &Arc<Model>, places: Places) -> Self {
        let simulation = Simulation::for_choice(Arc::clone(model));
        let rounds = places.open().clamp(1, 1000);
        let most = (ALL_WORK / simulation.work() / rounds).clamp(20, SHORTLIST);
        let shortlist = shortlist(model, &places, most);
        Self {
            simulation,
            places,
            shortlist,
            lazy: gains_shrink(model),
            phase: Phase::Finished,
            best: None,
            worked: 0,
            expected: 1,
        }
    }

    /// Trials of one round through the shortlist.
    fn round(&self) -> usize {
        self.shortlist.len().max(1)
    }

    fn begin_greedy(&mut self, merit: Merit) {
        let so_far = self.simulation.outcome(&self.places.required);
        let unknown =
            |&person: &PersonIndex| Candidate { person, outcome: so_far, merit: f64::INFINITY };
        self.phase = Phase::Greedy(Greedy {
            merit,
            candidates: self.shortlist.iter().map(unknown).collect(),
            tried: 0,
            seeds: self.places.required.clone(),
            so_far,
        });
        let passes = if self.places.purse.is_some() { 3 } else { 2 };
        self.expected = self.round() * self.places.open().clamp(1, 1000) * passes;
    }

    /// Tries a few more people.
    pub(super) fn step(&mut self) -> SearchState {
        match std::mem::replace(&mut self.phase, Phase::Finished) {
            Phase::Greedy(greedy) => self.step_greedy(greedy),
            Phase::Swaps(swaps) => self.step_swaps(swaps),
            Phase::Finished => return SearchState::Finished,
        }
        if matches!(self.phase, Phase::Finished) {
            return SearchState::Finished;
        }
        let done = self.worked as u64;
        SearchState::Searching { done, total: (self.expected as u64).max(done + 1) }
    }

    /// The best allowed set so far; nobody but the required before there is one.
    pub(super) fn best(&self) -> &[PersonIndex] {
        self.best.as_ref().map_or(&self.places.required, |it| &it.0)
    }

    /// The best seeds so far; fewer than asked for while the first choice is under way.
    pub(super) fn finish(self) -> Vec<PersonIndex> {
        match (self.best, self.phase) {
            (Some((seeds, _)), _) => seeds,
            (None, Phase::Greedy(greedy)) => greedy.seeds,
            (None, _) => self.places.required.clone(),
        }
    }

    fn step_greedy(&mut self, mut greedy: Greedy) {
        let is_met = self.places.goal.is_some_and(|goal| greedy.so_far.adopters >= goal.reach);
        let is_complete = is_met && greedy.room(&self.places).unmet() == 0;
        if greedy.seeds.len() >= self.places.k || greedy.candidates.is_empty() || is_complete {
            self.end_greedy(&greedy);
            return;
        }
        if greedy.tried == 0 {
            // Whoever no longer fits will not fit later.
            let mut room = greedy.room(&self.places);
            greedy
                .candidates
                .retain(|it| room.admits(it.person) && (!is_met || room.helps(it.person)));
        }
        if greedy.tried < greedy.candidates.len() && !greedy.is_decided(self.lazy) {
            let end = greedy.candidates.len().min(greedy.tried + self.batch());
            let (simulation, places, seeds) = (&self.simulation, &self.places, &greedy.seeds);
            let (merit, so_far) = (greedy.merit, greedy.so_far.adopters);
            greedy.candidates[greedy.tried..end].par_iter_mut().for_each(|candidate| {
                let group: Vec<PersonIndex> =
                    seeds.iter().copied().chain([candidate.person]).collect();
                candidate.outcome = simulation.outcome(&group);
                let gain = candidate.outcome.adopters - so_far;
                candidate.merit = merit.of(places, candidate.person, gain);
            });
            self.worked += end - greedy.tried;
            greedy.tried = end;
        } else {
            greedy.take_best();
        }
        self.phase = Phase::Greedy(greedy);
    }

    fn end_greedy(&mut self, greedy: &Greedy) {
        let merit = greedy.merit;
        let chosen = greedy.seeds.len();
        let seeds = greedy.room(&self.places).into_seeds();
        let outcome =
            if seeds.len() == chosen { greedy.so_far } else { self.simulation.outcome(&seeds) };
        let is_better = self.best.as_ref().is_none_or(|(best, reached)| {
            self.places.prefers((&seeds, outcome.adopters), (best, reached.adopters))
                || (self.places.goal.is_none() && outcome > *reached)
        });
        if is_better {
            self.best = Some((seeds, outcome));
        }
        if merit == Merit::Gain && self.places.purse.is_some() {
            let expected = self.expected;
            self.begin_greedy(Merit::PerCost);
            self.expected = expected;
        } else if self.places.goal.is_none() {
            self.phase = Phase::Swaps(Swaps::new(SWAP_WORK));
        }
    }

    fn step_swaps(&mut self, mut swaps: Swaps) {
        let Some((seeds, reached)) = &self.best else { return };
        let required = self.places.required.len();
        let movable = seeds.len().saturating_sub(required);
        // The place after the last seed stands for an addition.
        if swaps.idle > movable || swaps.work_left == 0 || self.shortlist.is_empty() {
            return;
        }
        let is_addition = swaps.place >= movable;
        let instead = if is_addition { self.shortlist.len() } else { INSTEAD };
        let end = self.shortlist.len().min(instead).min(swaps.tried + self.batch());
        let (simulation, places) = (&self.simulation, &self.places);
        let tried: Vec<(Vec<PersonIndex>, Outcome)> = self.shortlist[swaps.tried.min(end)..end]
            .par_iter()
            .filter(|it| !seeds.contains(it))
            .filter_map(|&person| {
                let mut group = seeds.clone();
                if is_addition {
                    group.push(person);
                } else {
                    group[required + swaps.place] = person;
                }
                let outcome = places.allows(&group).then(|| simulation.outcome(&group))?;
                Some((group, outcome))
            })
            .collect();
        self.worked += tried.len();
        let work = (tried.len() + 1).saturating_mul(simulation.work());
        swaps.work_left = swaps.work_left.saturating_sub(work);
        let reached = *reached;
        for (group, outcome) in tried {
            let best = swaps.found.as_ref().map_or(reached, |it| it.1);
            if outcome > best {
                swaps.found = Some((group, outcome));
            }
        }
        swaps.tried = end;
        if end >= self.shortlist.len().min(instead) || swaps.work_left == 0 {
            swaps.idle += 1;
            if let Some(found) = swaps.found.take() {
                self.best = Some(found);
                swaps.idle = 0;
            }
            swaps.place = if is_addition { 0 } else { swaps.place + 1 };
            swaps.tried = 0;
        }
        self.phase = Phase::Swaps(swaps);
    }

    /// Trials of one step.
    fn batch(&self) -> usize {
        (STEP_WORK / self.simulation.work()).clamp(2, 64)
    }
}

impl Greedy {
    /// What is left beside the seeds so far.
    fn room<'a>(&self, places: &'a Places) -> Room<'a> {
        let mut room = Room::new(places);
        for &seed in &self.seeds[places.required.len()..] {
            room.take(seed);
        }
        room
    }

    /// Lazy search: nobody left can beat the best tried, as old gains can only have shrunk.
    fn is_decided(&self, lazy: bool) -> bool {
        let tried = self.candidates[..self.tried].iter();
        let best = tried.map(|it| it.merit).fold(0.0, f64::max);
        lazy && self.tried > 0 && best >= self.candidates[self.tried].merit
    }

    fn take_best(&mut self) {
        let tried = &self.candidates[..self.tried];
        let best = (0..tried.len()).min_by(|&a, &b| {
            let (a, b) = (&tried[a], &tried[b]);
            let closer = b.outcome.pressure.total_cmp(&a.outcome.pressure);
            let larger = b.merit.total_cmp(&a.merit);
            larger.then(closer).then(a.person.cmp(&b.person))
        });
        let Some(best) = best else { return };
        let taken = self.candidates.remove(best);
        self.seeds.push(taken.person);
        self.so_far = taken.outcome;
        self.tried = 0;
        self.candidates.sort_by(|a, b| b.merit.total_cmp(&a.merit).then(a.person.cmp(&b.person)));
    }
}

/// People worth a trial, the most promising first: three quarters by one-step exposure (the share
/// of attention they have among those who listen to them; half of these by exposure for the money,
/// where people cost unlike amounts), one quarter by chance, so that no rule rules anybody out; and
/// in any case those of a choice by exposure that meets all conditions.
fn shortlist(model: &Model, places: &Places, most: usize) -> Vec<PersonIndex> {
    let graph = model.graph();
    let exposure: Vec<f64> = (0..)
        .take(graph.people())
        .map(|person| {
            let attention = |&it: &PersonIndex| 1.0 / graph.influences_on(it).len() as f64;
            graph.audience_of(person).iter().map(attention).sum()
        })
        .collect();
    // Enough for every place, however large k is.
    let most = most.max(places.open() + places.open() / 2);
    let ranked = descending(&exposure);
    let mut listed = Vec::new();
    let mut unlisted = places.open_to.clone();
    let mut add = |people: &mut dyn Iterator<Item = PersonIndex>, most: usize| {
        for person in people {
            if listed.len() >= most {
                break;
            }
            if unlisted.contains(person as usize) {
                unlisted.remove(person as usize);
                listed.push(person);
            }
        }
    };
    let by_rank = most - most / 4;
    if let Some(purse) = &places.purse {
        add(&mut ranked.iter().copied(), by_rank / 2);
        let for_the_money: Vec<f64> = (0..)
            .zip(&exposure)
            .map(|(person, exposure)| exposure / purse.cost(person).max(f64::MIN_POSITIVE))
            .collect();
        add(&mut descending(&for_the_money).into_iter(), by_rank);
    } else {
        add(&mut ranked.iter().copied(), by_rank);
    }
    let by_chance = shuffled(graph, model.scenario().rng_seed, 4);
    add(&mut by_chance.into_iter(), most);
    if !places.is_plain() {
        add(&mut places.fill(ranked).into_iter(), usize::MAX);
    }
    listed
}
