//! What would carry adoption over a chasm: less resistance, or seeds on the other side.

use std::sync::Arc;

use rayon::prelude::*;

use super::error::SeedingError;
use super::request::SeedRequest;
use super::search::{SearchState, SeedSearch};
use crate::diffusion::{Chasm, Contagion, Model, NEVER, ScenarioError};
use crate::network::PersonIndex;

/// Most seeds on the other side that are tried.
const MOST_SEEDS: usize = 3;
/// Courses that each way is tried on; the first ones, as for the chasm.
const COURSES: u32 = 100;

/// One way that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// What is done.
    pub means: Means,
    /// Mean final adopters in the segment that was empty, without seeds that were there before.
    pub over_there: f64,
    /// Mean final adopters in the whole network.
    pub adopters: f64,
    /// Whether it carries adoption over: more than half of the segment adopts.
    pub carries: bool,
}

/// How a chasm may be crossed.
#[derive(Clone, Debug, PartialEq)]
pub enum Means {
    /// The same rule asks less of everyone.
    Gentler(Contagion),
    /// These people on the other side are seeds as well.
    SeedsInside(Vec<PersonIndex>),
}

/// Tries one way after the other: gentler rules, then one to three seeds inside.
pub struct Crossing {
    model: Arc<Model>,
    seeds: Vec<PersonIndex>,
    /// The empty segment without seeds that are in it already, ascending.
    inside: Vec<PersonIndex>,
    gentler: std::vec::IntoIter<Contagion>,
    /// Seeds inside that the search under way may choose.
    places: usize,
    search: Option<Box<SeedSearch>>,
    done: u64,
    ways: Vec<Way>,
}

impl Crossing {
    /// Prepares the trials for a chasm that [`Chasm::find`] found with the same arguments.
    pub fn new(
        model: Arc<Model>,
        seeds: Vec<PersonIndex>,
        segments: &[Option<u32>],
        chasm: &Chasm,
    ) -> Self {
        let inside = (0..).zip(segments).filter(|it| *it.1 == Some(chasm.empty));
        Self {
            gentler: chasm.gentler(model.scenario().contagion).into_iter(),
            inside: inside.map(|it| it.0).filter(|it| !seeds.contains(it)).collect(),
            model,
            seeds,
            places: 0,
            search: None,
            done: 0,
            ways: Vec::new(),
        }
    }

    /// Does a bounded slice of the work.
    ///
    /// # Errors
    /// [`SeedingError`] when nobody inside may be a seed; [`ScenarioError`] never, as every rule tried
    /// is one of the model's own kind.
    pub fn step(&mut self) -> Result<SearchState, CrossingError> {
        self.done += 1;
        if let Some(search) = &mut self.search {
            if search.step() == SearchState::Finished
                && let Some(search) = self.search.take()
            {
                let seeds = search.finish().seeds.into_iter().map(|it| it.person);
                let added: Vec<PersonIndex> = seeds.filter(|it| !self.seeds.contains(it)).collect();
                let all = [&self.seeds[..], &added].concat();
                let way = self.tried(&self.model, &all, Means::SeedsInside(added));
                self.ways.push(way);
            }
        } else if let Some(contagion) = self.gentler.next() {
            let model = self.model.with_contagion(contagion)?;
            let way = self.tried(&model, &self.seeds, Means::Gentler(contagion));
            if way.carries {
                self.gentler = Vec::new().into_iter();
            }
            self.ways.push(way);
        } else if self.places < MOST_SEEDS.min(self.inside.len()) && !self.seeds_carry() {
            self.places += 1;
            let is_inside = |it: &PersonIndex| self.inside.binary_search(it).is_ok();
            let others = (0..).take(self.model.graph().people());
            let request = SeedRequest {
                include: self.seeds.clone(),
                exclude: others.filter(|it| !is_inside(it) && !self.seeds.contains(it)).collect(),
                ..SeedRequest::best(self.seeds.len() + self.places)
            };
            self.search = Some(Box::new(SeedSearch::new(Arc::clone(&self.model), request)?));
        } else {
            return Ok(SearchState::Finished);
        }
        Ok(SearchState::Searching { done: self.done, total: self.done + 10 })
    }

    /// The ways tried so far: gentler rules in order, up to the first that carries adoption over;
    /// then one seed inside, and more where that is not enough.
    pub fn finish(self) -> Vec<Way> {
        self.ways
    }

    fn seeds_carry(&self) -> bool {
        let by_seeds = |it: &Way| matches!(it.means, Means::SeedsInside(_)) && it.carries;
        self.ways.iter().any(by_seeds)
    }

    fn tried(&self, model: &Model, seeds: &[PersonIndex], means: Means) -> Way {
        let courses = if model.is_certain() { 1 } else { model.scenario().replicates.min(COURSES) };
        let runs: Vec<(usize, usize)> = (0..courses)
            .into_par_iter()
            .map_init(
                || model.scratch(),
                |scratch, index| {
                    model.run(seeds, index.into(), scratch);
                    let times = scratch.time_of_adoption();
                    let adopted = |it: &&PersonIndex| times[**it as usize] != NEVER;
                    (self.inside.iter().filter(adopted).count(), scratch.adopters().len())
                },
            )
            .collect();
        let mean = |sum: usize| sum as f64 / f64::from(courses);
        let over_there = mean(runs.iter().map(|it| it.0).sum());
        let adopters = mean(runs.iter().map(|it| it.1).sum());
        let carries = 2.0 * over_there > self.inside.len() as f64;
        Way { means, over_there, adopters, carries }
    }
}

/// Why a way cannot be tried.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CrossingError {
    /// Nobody inside may be a seed.
    #[error(transparent)]
    Seeds(#[from] SeedingError),
    /// A rule makes no sense.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
}
