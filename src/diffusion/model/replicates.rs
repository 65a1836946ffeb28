//! How a prepared model runs its replicates, one at a time or many side by side.

use std::ops::Range;

use super::{Engine, Model};
use crate::diffusion::campaign::Alarms;
use crate::diffusion::cascade::{CascadeScratch, lanes_at_once};
use crate::diffusion::hazard::Clocks;
use crate::diffusion::lanes::LANES;
use crate::diffusion::rivalry::Contest;
use crate::diffusion::run::{Agenda, Chances, Move, Run};
use crate::diffusion::seiz::Minds;
use crate::diffusion::threshold::{Pull, Seen};
use crate::diffusion::witness::Witness;
use crate::diffusion::{Replicate, Scenario, Tally};
use crate::network::PersonIndex;

impl Model {
    /// Runs replicate `index` from `seeds` (repeated ones count once).
    ///
    /// # Panics
    /// When a seed is not in the network; see [`Self::check_seeds`].
    pub fn replicate(&self, seeds: &[PersonIndex], index: u64) -> Replicate {
        let mut scratch = self.scratch();
        self.run(seeds, index, &mut scratch);
        scratch.run.replicate()
    }

    /// Runs the same replicate and notes who moves whom.
    pub(in crate::diffusion) fn run_watched(
        &self,
        seeds: &[PersonIndex],
        index: u64,
    ) -> (Run, Witness) {
        let mut scratch = self.scratch();
        scratch.run.watch(Witness::new(self.graph.people(), self.scenario.rng_seed, index));
        self.run(seeds, index, &mut scratch);
        let witness = scratch.run.unwatch();
        (scratch.run, witness.expect("who watched until now"))
    }

    /// Room for one replicate at a time, to be used again and again with this model.
    pub fn scratch(&self) -> Scratch {
        let people = self.graph.people();
        let horizon = self.scenario.steps;
        let state = match &self.engine {
            Engine::Cascade(_) => State::Cascade(CascadeScratch::new(people)),
            Engine::LinearThreshold(_) => State::Pull(Pull::new(people), Agenda::new(horizon)),
            Engine::Permission(_) => State::Seen(Seen::new(people), Agenda::new(horizon)),
            Engine::Bass(_) => State::Clocks(Clocks::new(people), Agenda::new(horizon)),
            Engine::Fading(_) => State::Agenda(Agenda::new(horizon)),
            Engine::Seiz(_) => State::Minds(Minds::new(people), Agenda::new(horizon)),
            Engine::Rivalry(_) => State::Contest(Contest::new(people)),
            Engine::Campaign(_) => State::Alarms(Alarms::new(people), Agenda::new(horizon)),
        };
        Scratch { run: Run::new(people, horizon), state }
    }

    /// Runs replicate `index` into `scratch`, at a cost proportional to what changes.
    ///
    /// # Panics
    /// When a seed is not in the network, or `scratch` comes from another model.
    pub fn run(&self, seeds: &[PersonIndex], index: u64, scratch: &mut Scratch) {
        let chances = Chances::of_replicate(self.scenario.rng_seed, index);
        let (graph, horizon) = (&*self.graph, self.scenario.steps);
        let run = &mut scratch.run;
        run.begin(seeds, self.calendar.as_ref(), &chances);
        match (&self.engine, &mut scratch.state) {
            (Engine::Cascade(model), State::Cascade(room))
                if self.calendar.is_some() || run.is_watched() =>
            {
                model.spread_by_steps(graph, run, self.scenario.rng_seed, index, horizon, room);
            }
            (Engine::Cascade(model), State::Cascade(lanes)) => {
                model.spread_one(graph, run, self.scenario.rng_seed, index, horizon, lanes);
            }
            (Engine::LinearThreshold(model), State::Pull(pull, agenda)) => {
                model.spread(graph, run, pull, agenda, &chances, horizon);
            }
            (Engine::Permission(model), State::Seen(seen, agenda)) => {
                model.spread(graph, run, seen, agenda, &chances, horizon);
            }
            (Engine::Bass(model), State::Clocks(clocks, agenda)) => {
                model.spread(graph, run, clocks, agenda, &chances, horizon);
            }
            (Engine::Fading(model), State::Agenda(agenda)) => {
                model.spread(graph, run, agenda, &chances, horizon);
            }
            (Engine::Seiz(model), State::Minds(minds, agenda)) => {
                model.spread(graph, run, minds, agenda, &chances, horizon);
            }
            (Engine::Rivalry(model), State::Contest(contest)) => {
                model.spread(graph, run, contest, &chances, horizon);
            }
            (Engine::Campaign(model), State::Alarms(alarms, agenda)) => {
                model.spread(graph, run, alarms, agenda, &chances, horizon);
            }
            _ => panic!("scratch of another model"),
        }
        if self.scenario.churn > 0.0 {
            run.give_up(self.scenario.churn, &chances);
        }
        run.finish();
    }

    /// The next replicates of `indexes` that run best together.
    pub(in crate::diffusion) fn run_together(&self, indexes: Range<u64>) -> Range<u64> {
        let most = match &self.engine {
            Engine::Cascade(_) if self.runs_in_lanes() => lanes_at_once(self.graph.people()),
            _ => 1,
        };
        let block_end = (indexes.start / LANES + 1) * LANES;
        indexes.start..indexes.end.min(block_end).min(indexes.start + most)
    }

    /// Whether replicates of a cascade may run side by side: what lanes know is who adopts when.
    fn runs_in_lanes(&self) -> bool {
        self.scenario.churn <= 0.0 && self.calendar.is_none()
    }

    /// Runs and counts replicates that [`Self::run_together`] put together; tells the adopters of
    /// each at its end.
    pub(in crate::diffusion) fn count(
        &self,
        seeds: &[PersonIndex],
        indexes: Range<u64>,
        scratch: &mut Scratch,
        tally: &mut Tally,
        tell: &mut impl FnMut(u64, u32),
    ) {
        if let (Engine::Cascade(model), State::Cascade(room)) = (&self.engine, &mut scratch.state)
            && self.runs_in_lanes()
        {
            let Scenario { rng_seed, steps, .. } = self.scenario;
            model.spread(&self.graph, seeds, rng_seed, indexes.clone(), steps, room);
            let sizes = tally.add_lanes(&room.lanes, indexes.clone());
            for index in indexes {
                tell(index, sizes[(index % LANES) as usize]);
            }
            return;
        }
        for index in indexes {
            self.run(seeds, index, scratch);
            tally.add(scratch, 1);
            tell(index, scratch.cumulative_adopters().last().copied().unwrap_or(0));
        }
    }
}

/// Room for one replicate at a time; holds the outcome of the last one.
#[derive(Debug)]
pub struct Scratch {
    run: Run,
    state: State,
}

#[derive(Debug)]
enum State {
    Cascade(CascadeScratch),
    Pull(Pull, Agenda),
    Seen(Seen, Agenda),
    Clocks(Clocks, Agenda),
    Agenda(Agenda),
    Minds(Minds, Agenda),
    Contest(Contest),
    Alarms(Alarms, Agenda),
}

impl Scratch {
    /// Everyone who adopted, seeds first, in the order of adoption.
    pub fn adopters(&self) -> &[PersonIndex] {
        self.run.adopters()
    }

    /// Adopters by the end of each step, up to the last step at which somebody adopted.
    pub fn cumulative_adopters(&self) -> &[u32] {
        self.run.cumulative()
    }

    /// Who began or ceased to stand elsewhere, and when.
    pub(in crate::diffusion) fn moves(&self) -> &[Move] {
        self.run.moves()
    }

    /// Number of the cause of each of [`Self::adopters`] among those of [`Model::causes`]; empty
    /// where the model tells none.
    pub fn causes(&self) -> &[u16] {
        self.run.causes()
    }

    /// Step of adoption per person, [`NEVER`](crate::diffusion::NEVER) for those who did not adopt.
    pub fn time_of_adoption(&self) -> &[u32] {
        self.run.time_of_adoption()
    }
}
