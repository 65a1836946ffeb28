//! What a group of seeds brings, by simulation against always the same chances.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::estimator::Reach;
use crate::diffusion::{Contagion, Model, NEVER, Scratch};
use crate::network::{InfluenceGraph, PersonIndex};

/// Replicates of forecasts are numbered from 0; these begin far above, so that neither the choice
/// nor its reach is measured on the replicates that the forecast will show.
const FIRST_FOR_CHOICE: u64 = 1 << 40;
const FIRST_FOR_REACH: u64 = 1 << 41;

/// A fixed range of replicates of one model: two groups compared on it meet the same chances
/// (common random numbers).
pub(super) struct Simulation {
    model: Arc<Model>,
    range: Range<u64>,
}

/// Averages over the replicates; larger is better, `adopters` first.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub(super) struct Outcome {
    /// Final adopters.
    pub adopters: f64,
    /// How close the others are to adopting: the sum of the squared share of the people listened
    /// to who adopted. It tells apart seeds that convince nobody yet, in favor of those whose
    /// influence falls on the same people (permission model only; else 0).
    pub pressure: f64,
}

impl Simulation {
    /// A few replicates to compare many groups on.
    pub(super) fn for_choice(model: Arc<Model>) -> Self {
        let count = if model.is_reach_certain() { 1 } else { 24 };
        Self { model, range: FIRST_FOR_CHOICE..FIRST_FOR_CHOICE + count }
    }

    /// More replicates to estimate one group's reach on: 400, fewer in large networks.
    pub(super) fn for_reach(model: Arc<Model>) -> Self {
        let affordable = 20_000_000 / size_of_run(&model) as u64;
        let count = if model.is_reach_certain() { 1 } else { affordable.clamp(40, 400) };
        Self { model, range: FIRST_FOR_REACH..FIRST_FOR_REACH + count }
    }

    pub(super) fn replicates(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// The first of the replicates, so few that `groups` evaluations take no more than some
    /// seconds: never fewer than are compared in a choice.
    pub(super) fn shortened(&self, groups: usize) -> Self {
        let affordable = 300_000_000 / (size_of_run(&self.model) * groups.max(1));
        let count = self.replicates().min((affordable as u64).max(24));
        let range = self.range.start..self.range.start + count;
        Self { model: Arc::clone(&self.model), range }
    }

    /// Who can influence whom.
    pub(super) fn graph(&self) -> &InfluenceGraph {
        self.model.graph()
    }

    /// People and arcs that one evaluation may touch, times replicates.
    pub(super) fn work(&self) -> usize {
        let replicates = usize::try_from(self.replicates()).unwrap_or(usize::MAX);
        size_of_run(&self.model).saturating_mul(replicates)
    }

    /// Average outcome of `seeds`. Replicates run in parallel and are added in their order.
    pub(super) fn outcome(&self, seeds: &[PersonIndex]) -> Outcome {
        let runs = self.runs(seeds);
        let count = runs.len() as f64;
        Outcome {
            adopters: runs.iter().map(|run| run.adopters).sum::<f64>() / count,
            pressure: runs.iter().map(|run| run.pressure).sum::<f64>() / count,
        }
    }

    /// Outcome of `seeds` among `members` alone, replicate by replicate.
    pub(super) fn outcomes_among(
        &self,
        seeds: &[PersonIndex],
        members: &[PersonIndex],
    ) -> Vec<Outcome> {
        self.runs_of(|scratch, replicate| self.run_among(seeds, members, replicate, scratch))
    }

    /// Mean adopters and their interval, `1.96 sd/sqrt(replicates)` to each side.
    pub(super) fn reach(&self, seeds: &[PersonIndex]) -> Reach {
        let runs = self.runs(seeds);
        let count = runs.len() as f64;
        let mean = runs.iter().map(|run| run.adopters).sum::<f64>() / count;
        let squares: f64 = runs.iter().map(|run| (run.adopters - mean).powi(2)).sum();
        let half = 1.96 * (squares / (count - 1.0).max(1.0) / count).sqrt();
        let people = self.model.graph().people() as f64;
        Reach { mean, low: (mean - half).max(0.0), high: (mean + half).min(people) }
    }

    fn runs(&self, seeds: &[PersonIndex]) -> Vec<Outcome> {
        self.runs_of(|scratch, replicate| self.run(seeds, replicate, scratch))
    }

    fn runs_of(&self, run: impl Fn(&mut Scratch, u64) -> Outcome + Sync + Send) -> Vec<Outcome> {
        self.range.clone().into_par_iter().map_init(|| self.model.scratch(), run).collect()
    }

    fn run(&self, seeds: &[PersonIndex], replicate: u64, scratch: &mut Scratch) -> Outcome {
        self.model.run(seeds, replicate, scratch);
        let everyone = (0..).take(self.model.graph().people());
        let adopters = scratch.adopters().len() as f64;
        Outcome { adopters, pressure: self.pressure(everyone, scratch) }
    }

    fn run_among(
        &self,
        seeds: &[PersonIndex],
        members: &[PersonIndex],
        replicate: u64,
        scratch: &mut Scratch,
    ) -> Outcome {
        self.model.run(seeds, replicate, scratch);
        let times = scratch.time_of_adoption();
        let adopters = members.iter().filter(|&&it| times[it as usize] != NEVER).count() as f64;
        Outcome { adopters, pressure: self.pressure(members.iter().copied(), scratch) }
    }

    fn pressure(&self, among: impl Iterator<Item = PersonIndex>, scratch: &Scratch) -> f64 {
        match self.model.scenario().contagion {
            Contagion::Permission(_) => {
                pressure(self.model.graph(), among, scratch.time_of_adoption())
            }
            _ => 0.0,
        }
    }
}

fn pressure(
    graph: &InfluenceGraph,
    among: impl Iterator<Item = PersonIndex>,
    times: &[u32],
) -> f64 {
    let adopted = |person: PersonIndex| times[person as usize] != NEVER;
    among
        .filter(|&person| !adopted(person))
        .map(|person| {
            let listened_to = graph.influences_on(person);
            let convinced = listened_to.iter().filter(|&&it| adopted(it)).count();
            if convinced == 0 { 0.0 } else { (convinced as f64 / listened_to.len() as f64).powi(2) }
        })
        .sum()
}

fn size_of_run(model: &Model) -> usize {
    model.graph().people() + model.graph().arcs() + 1
}
