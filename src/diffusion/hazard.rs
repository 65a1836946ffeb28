//! Bass's model on the network: spontaneous adoption plus imitation of those one listens to.
//!
//! Rate `p + q E` per step, where `E` is the share of a person's ties whose other end has adopted
//! (science.md 1.7; Bass 1969 for the curve, Fibich & Gibori 2010 for networks). Instead of a coin
//! per person and step, each person has an alarm: an exponentially distributed amount of rate to
//! use up. Rates only grow, so a person's step of adoption only moves forward and is worked
//! out again when the exposure changes, and at no other time.

use super::Hazard;
use super::run::{Agenda, Chances, Run, skipped};
use crate::network::{InfluenceGraph, PersonIndex};

/// The rule and its numbers.
#[derive(Debug)]
pub(super) struct NetworkBass {
    p: f64,
    /// Coefficient of imitation times visibility.
    q: f64,
    hazard: Hazard,
    presence: f64,
    /// Ties into each person.
    ties_into: Vec<u32>,
}

/// How near each person is to adopting, and whose clock was wound.
#[derive(Debug, Default)]
pub(super) struct Clocks {
    clock: Vec<Clock>,
    wound: Vec<PersonIndex>,
    changed: Vec<PersonIndex>,
}

#[derive(Clone, Debug, Default)]
struct Clock {
    /// Rate the person uses up before adopting; 0 as long as the clock is not wound.
    alarm: f64,
    /// Rate used up by the end of step `since`.
    spent: f64,
    /// Rate per step after `since`.
    rate: f64,
    since: u32,
    adopted_ties: u32,
    is_changed: bool,
}

impl Clocks {
    pub(super) fn new(people: usize) -> Self {
        Self { clock: vec![Clock::default(); people], wound: Vec::new(), changed: Vec::new() }
    }

    fn wind(&mut self, person: PersonIndex, alarm: f64, rate: f64) -> &mut Clock {
        self.wound.push(person);
        let clock = &mut self.clock[person as usize];
        *clock = Clock { alarm, rate, ..Clock::default() };
        clock
    }

    fn reset(&mut self) {
        for person in self.wound.drain(..) {
            self.clock[person as usize].alarm = 0.0;
        }
    }
}

impl Clock {
    /// Step at which the alarm goes off if the rate stays as it is.
    fn due(&self) -> u64 {
        let steps = ((self.alarm - self.spent) / self.rate).ceil();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturating: no rate means never, an infinite one the next step"
        )]
        let steps = (steps as u64).max(1);
        steps.saturating_add(self.since.into())
    }
}

impl NetworkBass {
    pub(super) fn prepare(
        graph: &InfluenceGraph,
        (p, q): (f64, f64),
        hazard: Hazard,
        presence: f64,
        visibility: f64,
    ) -> Self {
        let ties_into = (0..).take(graph.people()).map(|it| graph.ties_into(it)).collect();
        Self { p, q: q * visibility, hazard, presence, ties_into }
    }

    /// Minus the logarithm of the chance not to adopt in one step at this exposure.
    fn rate(&self, exposure: f64) -> f64 {
        let rate = self.p + self.q * exposure;
        let chance = match self.hazard {
            Hazard::Exponential if self.presence >= 1.0 => return rate,
            Hazard::Exponential => -(-rate).exp_m1(),
            Hazard::Additive => rate.min(1.0),
        };
        -(-self.presence * chance).ln_1p()
    }

    /// Runs one replicate: O(people who adopt unprompted + arcs out of adopters).
    pub(super) fn spread(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        clocks: &mut Clocks,
        agenda: &mut Agenda,
        chances: &Chances,
        horizon: u32,
    ) {
        // Only those whose alarm lies within the rate that passes without any influence can adopt
        // unprompted. Leap from one to the next; everyone else is left alone until influenced.
        let alone = self.rate(0.0);
        let budget = alone * f64::from(horizon);
        let unprompted = -(-budget).exp_m1();
        let mut at = 0_u64;
        loop {
            at = at.saturating_add(skipped(chances.waiting.unit(at), unprompted));
            let Some(person) =
                PersonIndex::try_from(at).ok().filter(|&person| (person as usize) < graph.people())
            else {
                break;
            };
            let alarm = -(-chances.influence.unit(at) * unprompted).ln_1p();
            let clock = clocks.wind(person, alarm, alone);
            agenda.note(person, clock.due());
            at += 1;
        }
        loop {
            let step = run.next_step() - 1;
            for position in run.newest() {
                let influencer = run.adopter(position);
                let row = graph.arcs_from(influencer);
                for (arc, &person) in row.zip(graph.audience_of(influencer)) {
                    if run.has_adopted(person) {
                        continue;
                    }
                    if clocks.clock[person as usize].alarm <= 0.0 {
                        // Given that an exponential alarm exceeds the budget, the excess is
                        // exponential again.
                        let alarm = budget - chances.influence.unit(person.into()).ln();
                        clocks.wind(person, alarm, alone);
                    }
                    let clock = &mut clocks.clock[person as usize];
                    clock.adopted_ties += graph.ties(arc);
                    if !clock.is_changed {
                        clock.is_changed = true;
                        clocks.changed.push(person);
                    }
                }
            }
            for person in clocks.changed.drain(..) {
                let clock = &mut clocks.clock[person as usize];
                clock.is_changed = false;
                clock.spent += clock.rate * f64::from(step - clock.since);
                clock.since = step;
                let all_ties = f64::from(self.ties_into[person as usize]);
                clock.rate = self.rate(f64::from(clock.adopted_ties) / all_ties);
                agenda.note(person, clock.due());
            }
            if (agenda.is_empty() && !run.is_open()) || step == horizon {
                break;
            }
            if run.is_watched() {
                self.tell_swayed(graph, run, clocks, agenda.due(step + 1));
            }
            agenda.settle(step + 1, run);
            run.finish_step();
        }
        clocks.reset();
    }

    /// Tells who had those adopt who are due: innovation and imitation in proportion to their rates.
    fn tell_swayed(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        clocks: &Clocks,
        due: &[PersonIndex],
    ) {
        for &person in due {
            if !run.has_adopted(person) {
                let adopted = f64::from(clocks.clock[person as usize].adopted_ties);
                let imitation =
                    self.q * adopted / f64::from(self.ties_into[person as usize].max(1));
                let alone = if imitation > 0.0 { self.p / (self.p + imitation) } else { 1.0 };
                run.saw_swayed(graph, person, alone);
            }
        }
    }
}
