//! The comparison as a stepper: first whom each strategy engages, then what that brings.

use std::sync::Arc;

use rayon::prelude::*;

use super::super::baseline;
use super::super::captains::CaptainSearch;
use super::super::error::SeedingError;
use super::super::places::Places;
use super::super::prices::Costs;
use super::super::request::{Least, Strategy};
use super::super::search::{SearchState, SeedSearch};
use super::lineup::{Engaged, Ground, Lineup};
use super::table::{ForGoal, Series, StrategyTable};
use super::tactic::{Claim, Tactic, TrialError, TrialRequest};
use crate::diffusion::{Model, Scratch};
use crate::measure::BetweennessSearch;
use crate::network::PersonIndex;

/// People and arcs times replicates and strategies that one step may touch at most.
const STEP_WORK: usize = 3_000_000;
/// Parts of the progress: choosing people, and simulating what they bring.
const CHOOSING: u64 = 400;
const SIMULATING: u64 = 600;

/// Compares strategies step by step; a step takes some tens of milliseconds on 10,000 people.
///
/// The table depends on the model's `rng_seed` and on nothing that runs beside it: replicate *i*
/// always draws from streams *i*.
pub struct StrategyTrial {
    model: Arc<Model>,
    request: TrialRequest,
    places: Places,
    open: Vec<PersonIndex>,
    /// Who takes part, as far as that is decided.
    entries: Vec<Entry>,
    left_out: Vec<(Tactic, String)>,
    /// The search for how little a goal takes, which every strategy then gets.
    sizing: Option<Box<SeedSearch>>,
    /// What it found, and whom.
    for_goal: Option<(ForGoal, Vec<PersonIndex>)>,
    /// Next of the request's tactics to decide about.
    next: usize,
    looking: Option<Looking>,
    /// What happens when nobody is engaged.
    nobody: Series,
}

struct Entry {
    tactic: Tactic,
    claim: Claim,
    lineup: Lineup,
    series: Series,
}

/// One strategy in one replicate.
struct Outcome {
    engaged: Engaged,
    adopters: u32,
}

/// A search under way.
enum Looking {
    Best(Box<SeedSearch>),
    Between(Box<BetweennessSearch>),
    Captains(Box<CaptainSearch>),
}

impl StrategyTrial {
    /// Checks the request, in O(people).
    ///
    /// # Errors
    /// [`TrialError`] naming the first number or condition that makes no sense.
    pub fn new(model: Arc<Model>, mut request: TrialRequest) -> Result<Self, TrialError> {
        request.check()?;
        request.seeds.strategy = Strategy::Best;
        let people = model.graph().people();
        let places = Places::check(&request.seeds, people)?;
        if let Some(&person) = request.chosen.iter().find(|&&it| it as usize >= people) {
            return Err(SeedingError::UnknownPerson { person, people }.into());
        }
        let out = &request.seeds.exclude;
        let open = (0..).take(people).filter(|it| !out.contains(it)).collect();
        let sizing = match request.seeds.goal {
            Some(_) => Some(Box::new(Self::best_search(&model, &request)?)),
            None => None,
        };
        Ok(Self {
            model,
            request,
            places,
            open,
            entries: Vec::new(),
            left_out: Vec::new(),
            sizing,
            for_goal: None,
            next: 0,
            looking: None,
            nobody: Series::default(),
        })
    }

    /// People and arcs of the largest network on which a trial beside a plan takes no time to speak of.
    pub const QUICK: usize = 1_000_000;

    /// Does a bounded slice of the work.
    pub fn step(&mut self) -> SearchState {
        if let Some(search) = self.sizing.take() {
            self.size(search);
        } else if self.next < self.request.tactics.len() {
            self.decide();
        } else if self.nobody.len() < self.replicates() {
            self.simulate();
        } else {
            return SearchState::Finished;
        }
        self.state()
    }

    /// Steps to the end.
    pub fn run(mut self) -> StrategyTable {
        while self.step() != SearchState::Finished {}
        self.finish()
    }

    /// The table, from the replicates run so far; without rows before the first of them.
    pub fn finish(self) -> StrategyTable {
        let people = self.model.graph().people();
        let without_seeds = self.nobody.mean();
        let replicates = u32::try_from(self.nobody.len()).unwrap_or(u32::MAX);
        let entries = self.entries.iter().filter(|it| it.series.len() > 0);
        let rows = entries.map(|it| {
            let seeds = match &it.lineup {
                Lineup::Broadcast { .. } => Vec::new(),
                lineup => lineup.draw(&self.ground(), 0).people,
            };
            it.series.clone().row((it.tactic, it.claim), seeds, people, without_seeds)
        });
        let rows = rows.collect();
        let heads = self.entries.iter().find_map(|it| match it.lineup {
            Lineup::Broadcast { heads, .. } => Some(heads),
            _ => None,
        });
        StrategyTable {
            rows,
            heads,
            broadcast: self.request.broadcast,
            for_goal: self.for_goal.map(|it| it.0),
            left_out: self.left_out,
            without_seeds,
            people,
            replicates,
        }
    }

    /// A search for the best set on the terms of `request`.
    fn best_search(model: &Arc<Model>, request: &TrialRequest) -> Result<SeedSearch, SeedingError> {
        Ok(SeedSearch::new(Arc::clone(model), request.seeds.clone())?.for_choice_alone())
    }

    /// Looks on for how little the goal takes; once that is known, every strategy gets as much.
    fn size(&mut self, mut search: Box<SeedSearch>) {
        if search.step() != SearchState::Finished {
            self.sizing = Some(search);
            return;
        }
        let choice = search.finish();
        let Some(answer) = choice.goal else { return };
        let seeds = &mut self.request.seeds;
        seeds.goal = None;
        match (&mut seeds.budget, choice.spent.filter(|it| *it > 0.0)) {
            (Some(budget), Some(spent)) if answer.least == Least::Money => {
                budget.most = Some(spent);
            }
            _ => seeds.k = Some(choice.seeds.len()),
        }
        // The goal's own choice keeps to these terms, so that they can be met.
        if let Ok(places) = Places::check(seeds, self.model.graph().people()) {
            self.places = places;
        }
        let people: Vec<PersonIndex> = choice.seeds.iter().map(|seed| seed.person).collect();
        let told = ForGoal { answer, seeds: people.len(), spent: choice.spent };
        self.for_goal = Some((told, people));
    }

    /// What people cost, where that is known.
    fn costs(&self) -> Option<&Costs> {
        self.request.seeds.budget.as_ref().map(|it| &it.costs)
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            graph: self.model.graph(),
            places: &self.places,
            costs: self.costs(),
            open: &self.open,
            rng_seed: self.model.scenario().rng_seed,
        }
    }

    fn replicates(&self) -> usize {
        self.request.replicates as usize
    }

    fn state(&self) -> SearchState {
        let tactics = self.request.tactics.len().max(1) as u64;
        let chosen = CHOOSING * self.next as u64 / tactics;
        let run = SIMULATING * self.nobody.len() as u64 / self.replicates().max(1) as u64;
        let within = match &self.looking {
            Some(Looking::Between(search)) => {
                let (done, total) = search.progress();
                CHOOSING * done as u64 / total.max(1) as u64 / tactics
            }
            _ => 0,
        };
        SearchState::Searching { done: chosen + within + run, total: CHOOSING + SIMULATING }
    }

    /// Decides whom the next tactic engages, or looks on for them.
    fn decide(&mut self) {
        let tactic = self.request.tactics[self.next];
        let strategy = match tactic {
            Tactic::By(Strategy::Best) => return self.look_for_best(),
            Tactic::By(Strategy::Betweenness) => return self.look_between(),
            Tactic::By(Strategy::Captains) => return self.look_for_captains(),
            Tactic::By(strategy) => strategy,
            Tactic::Chosen => {
                let people = distinct(&self.request.chosen);
                self.next += 1;
                return self.add(tactic, Lineup::Fixed(people), Claim::ByHand);
            }
            Tactic::Broadcast => {
                self.next += 1;
                return self.add_broadcast();
            }
        };
        self.next += 1;
        let (lineup, claim) = match strategy {
            Strategy::Random => (Lineup::Random, Claim::Chance),
            Strategy::FriendOfRandom => (Lineup::Friends, Claim::Chance),
            _ => {
                let people = baseline::pick(&self.model, strategy, &self.places);
                (Lineup::Fixed(people), Claim::Rule)
            }
        };
        self.add(tactic, lineup, claim);
    }

    fn look_for_best(&mut self) {
        if let Some((_, people)) = &self.for_goal {
            let lineup = Lineup::Fixed(people.clone());
            self.add(Tactic::By(Strategy::Best), lineup, Claim::Search);
            self.next += 1;
            return;
        }
        let search = if let Some(Looking::Best(search)) = self.looking.take() {
            Ok(search)
        } else {
            Self::best_search(&self.model, &self.request).map(Box::new)
        };
        let mut search = match search {
            Ok(search) => search,
            Err(error) => {
                self.left_out.push((Tactic::By(Strategy::Best), error.to_string()));
                self.next += 1;
                return;
            }
        };
        if search.step() != SearchState::Finished {
            self.looking = Some(Looking::Best(search));
            return;
        }
        let choice = search.finish();
        let claim = choice.guarantee.map_or(Claim::Search, Claim::Proven);
        let people = choice.seeds.iter().map(|seed| seed.person).collect();
        self.add(Tactic::By(Strategy::Best), Lineup::Fixed(people), claim);
        self.next += 1;
    }

    fn look_for_captains(&mut self) {
        let tactic = Tactic::By(Strategy::Captains);
        let search = match self.looking.take() {
            Some(Looking::Captains(search)) => Ok(search),
            _ => CaptainSearch::asked(&self.model, &self.request.seeds).map(Box::new),
        };
        match search {
            Ok(mut search) => {
                if search.step() != SearchState::Finished {
                    self.looking = Some(Looking::Captains(search));
                    return;
                }
                let people = self.places.fill(search.in_turn());
                self.add(tactic, Lineup::Fixed(people), Claim::Rule);
            }
            Err(error) => self.left_out.push((tactic, error.to_string())),
        }
        self.next += 1;
    }

    fn look_between(&mut self) {
        let mut search = match self.looking.take() {
            Some(Looking::Between(search)) => search,
            _ => Box::new(BetweennessSearch::new(self.model.graph().people())),
        };
        if !search.step(self.model.graph()) {
            self.looking = Some(Looking::Between(search));
            return;
        }
        let ranked = baseline::descending(&search.finish().values);
        let people = self.places.fill(ranked);
        self.add(Tactic::By(Strategy::Betweenness), Lineup::Fixed(people), Claim::Rule);
        self.next += 1;
    }

    fn add(&mut self, tactic: Tactic, lineup: Lineup, claim: Claim) {
        if matches!(&lineup, Lineup::Fixed(people) if people.is_empty()) {
            self.left_out.push((tactic, "nobody is on the list".to_owned()));
            return;
        }
        self.entries.push(Entry { tactic, claim, lineup, series: Series::default() });
    }

    /// A broadcast for the same money; to everyone where nobody says what that is.
    fn add_broadcast(&mut self) {
        let terms = self.request.broadcast;
        let spent = || {
            let costs = self.costs()?;
            self.entries.iter().find_map(|entry| match &entry.lineup {
                Lineup::Fixed(people) => Some(costs.total(people)),
                _ => None,
            })
        };
        let most = self.request.seeds.budget.as_ref().and_then(|it| it.most);
        let amount = self.request.money.or(most).or_else(spent);
        if let Some(amount) = amount.filter(|it| *it < terms.per_head) {
            let refusal = TrialError::NobodyReached { per_head: terms.per_head, amount };
            self.left_out.push((Tactic::Broadcast, refusal.to_string()));
            return;
        }
        let everyone = self.open.len();
        let heads = amount.map_or(everyone, |it| affordable(it, terms.per_head, everyone));
        self.add(Tactic::Broadcast, Lineup::Broadcast { heads, terms }, Claim::Chance);
    }

    /// Runs some more replicates of every entry.
    fn simulate(&mut self) {
        let graph = self.model.graph();
        let size = (graph.people() + graph.arcs() + 1) * (self.entries.len() + 1);
        let (start, end) = (self.nobody.len(), self.replicates());
        let slice = (STEP_WORK / size).clamp(rayon::current_num_threads(), 1024);
        let end = end.min(start + slice);
        let certain = self.model.is_certain();
        let ground = self.ground();
        let model = &self.model;
        let lineups: Vec<&Lineup> = self.entries.iter().map(|it| &it.lineup).collect();
        let one = |scratch: &mut Scratch, replicate: usize| {
            let mut outcome = |lineup: &Lineup| {
                let engaged = lineup.draw(&ground, replicate as u64);
                model.run(&engaged.people, replicate as u64, scratch);
                let adopters = u32::try_from(scratch.adopters().len()).unwrap_or(u32::MAX);
                Outcome { engaged, adopters }
            };
            // Where nothing is left to chance one replicate tells all.
            let is_told = |lineup: &Lineup| certain && lineup.is_fixed() && replicate > 0;
            let each = lineups.iter().map(|it| (!is_told(it)).then(|| outcome(it)));
            let each: Vec<Option<Outcome>> = each.collect();
            (outcome(&Lineup::Fixed(Vec::new())), each)
        };
        let runs = (start..end).into_par_iter().map_init(|| model.scratch(), one);
        for (nobody, each) in runs.collect::<Vec<_>>() {
            self.nobody.add(&nobody.engaged, nobody.adopters);
            for (entry, run) in self.entries.iter_mut().zip(each) {
                if let Some(Outcome { engaged, adopters }) = run {
                    entry.series.add(&engaged, adopters);
                }
            }
        }
        if self.nobody.len() == self.replicates() && certain {
            let all = self.replicates();
            for entry in self.entries.iter_mut().filter(|it| it.lineup.is_fixed()) {
                entry.series.repeat(all);
            }
        }
    }
}

fn distinct(people: &[PersonIndex]) -> Vec<PersonIndex> {
    let mut distinct = Vec::with_capacity(people.len());
    for &person in people {
        if !distinct.contains(&person) {
            distinct.push(person);
        }
    }
    distinct
}

/// How many heads the money reaches, of so many.
fn affordable(money: f64, per_head: f64, heads: usize) -> usize {
    let reached = (money / per_head + 1e-9).floor();
    if reached >= heads as f64 {
        heads
    } else {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the number of people"
        )]
        let reached = reached as usize;
        reached
    }
}
