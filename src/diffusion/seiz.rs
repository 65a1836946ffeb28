//! "Heard it, thinking, sceptic": SEIZ on the network (Bettencourt et al. 2006; Jin et al. 2013).
//!
//! Everyone who listens to others has not heard (S), thinks about it (E), has adopted (I) or is a sceptic for
//! good (Z). The rates are those of science.md 1.8 with the shares of everybody replaced by the
//! shares of those one listens to, so that a complete network of many people follows the
//! equations of [`super::mean_field`]. As in the network Bass model, each person has an alarm instead
//! of a coin per step; rates only grow while somebody stays in one state.

use super::run::{Agenda, Chances, Run, skipped};
use super::scenario::SeizRates;
use super::tally::Standing;
use crate::network::{InfluenceGraph, PersonIndex};

/// The rule and its numbers.
#[derive(Debug)]
pub(super) struct Seiz {
    rates: SeizRates,
    presence: f64,
    visibility: f64,
}

/// Where everybody stands.
#[derive(Debug, Default)]
pub(super) struct Minds {
    each: Vec<Mind>,
    /// Who is not at rest any more.
    stirred: Vec<PersonIndex>,
    /// Who became a sceptic at the last step.
    sceptics: Vec<PersonIndex>,
    changed: Vec<PersonIndex>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    #[default]
    NotHeard,
    Thinking,
    Decided,
}

#[derive(Clone, Copy, Debug, Default)]
struct Mind {
    state: State,
    is_stirred: bool,
    is_changed: bool,
    adopters: u32,
    sceptics: u32,
    /// Rate to use up before the next change, and rate used up by the end of step `since`.
    alarm: f64,
    spent: f64,
    rate: f64,
    since: u32,
}

impl Mind {
    /// Step at which the alarm goes off if the rate stays as it is.
    fn due(&self) -> u64 {
        let steps = ((self.alarm - self.spent) / self.rate).ceil();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturating: no rate means never"
        )]
        let steps = (steps as u64).max(1);
        if self.rate > 0.0 { steps.saturating_add(self.since.into()) } else { u64::MAX }
    }
}

impl Minds {
    pub(super) fn new(people: usize) -> Self {
        Self { each: vec![Mind::default(); people], ..Self::default() }
    }

    fn stir(&mut self, person: PersonIndex) -> &mut Mind {
        let mind = &mut self.each[person as usize];
        if !mind.is_stirred {
            mind.is_stirred = true;
            self.stirred.push(person);
        }
        mind
    }

    /// Who came by plan or push has nothing more to think about.
    fn follow_calendar(&mut self, run: &mut Run, step: u32) {
        let mut made_up = 0;
        for &person in run.entered() {
            let mind = self.stir(person);
            made_up += i64::from(mind.state == State::Thinking);
            mind.state = State::Decided;
        }
        if made_up > 0 {
            run.note(Standing::Thinking, step.into(), -made_up);
        }
    }

    fn change(&mut self, person: PersonIndex) {
        let mind = self.stir(person);
        if !mind.is_changed {
            mind.is_changed = true;
            self.changed.push(person);
        }
    }
}

/// Draws of one person, by what they decide.
#[derive(Clone, Copy)]
enum Draw {
    Hears = 0,
    FromWhom = 1,
    Becomes = 2,
    Adopts = 3,
}

fn draw(chances: &Chances, person: PersonIndex, what: Draw) -> f64 {
    chances.influence.unit(((what as u64) << 32) | u64::from(person))
}

impl Seiz {
    pub(super) fn new(rates: SeizRates, presence: f64, visibility: f64) -> Self {
        Self { rates, presence, visibility }
    }

    /// Runs one replicate: O(sceptics + arcs out of adopters and sceptics).
    pub(super) fn spread(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        minds: &mut Minds,
        agenda: &mut Agenda,
        chances: &Chances,
        horizon: u32,
    ) {
        for position in run.newest() {
            minds.stir(run.adopter(position)).state = State::Decided;
        }
        for &person in run.ruled_out().iter().chain(run.entered()) {
            minds.stir(person).state = State::Decided;
        }
        self.place_sceptics(graph, run, minds, chances);
        for step in 0..=horizon {
            let sceptics = std::mem::take(&mut minds.sceptics);
            let adopters = run.newest().map(|it| (run.adopter(it), true));
            for (from, adopted) in adopters.chain(sceptics.into_iter().map(|it| (it, false))) {
                for (arc, &person) in graph.arcs_from(from).zip(graph.audience_of(from)) {
                    let ties = graph.ties(arc);
                    let mind = &mut minds.each[person as usize];
                    if mind.state != State::Decided {
                        *(if adopted { &mut mind.adopters } else { &mut mind.sceptics }) += ties;
                        minds.change(person);
                    }
                }
            }
            for person in std::mem::take(&mut minds.changed) {
                self.wind(graph, person, step, minds, chances);
                agenda.note(person, minds.each[person as usize].due());
            }
            if (agenda.is_empty() && !run.is_open()) || step == horizon {
                break;
            }
            for person in agenda.take(step + 1) {
                let mind = &minds.each[person as usize];
                // Without an alarm: noted twice, and the first time served.
                let is_open = mind.state != State::Decided && mind.alarm > 0.0;
                if is_open && mind.due() == u64::from(step + 1) {
                    self.decide(graph, person, run, minds, chances);
                }
            }
            run.finish_step();
            minds.follow_calendar(run, step + 1);
        }
        for person in minds.stirred.drain(..) {
            minds.each[person as usize] = Mind::default();
        }
        minds.changed.clear();
        minds.sceptics.clear();
        agenda.clear();
    }

    /// Sceptics from the start, among all but the seeds.
    fn place_sceptics(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        minds: &mut Minds,
        chances: &Chances,
    ) {
        let mut at = 0_u64;
        loop {
            at = at.saturating_add(skipped(chances.waiting.unit(at), self.rates.sceptics));
            let Some(person) = PersonIndex::try_from(at).ok() else { return };
            if person as usize >= graph.people() {
                return;
            }
            if !run.is_spoken_for(person) {
                minds.stir(person).state = State::Decided;
                minds.sceptics.push(person);
                run.rule_out(person);
                run.note(Standing::Sceptic, 0, 1);
            }
            at += 1;
        }
    }

    /// Sets a person's clock to what they see at the end of `step`.
    fn wind(
        &self,
        graph: &InfluenceGraph,
        person: PersonIndex,
        step: u32,
        minds: &mut Minds,
        chances: &Chances,
    ) {
        let mind = &mut minds.each[person as usize];
        mind.is_changed = false;
        if mind.alarm <= 0.0 {
            let what = if mind.state == State::Thinking { Draw::Adopts } else { Draw::Hears };
            mind.alarm = -draw(chances, person, what).ln();
            mind.spent = 0.0;
        } else {
            mind.spent += mind.rate * f64::from(step - mind.since);
        }
        mind.since = step;
        let (adopted, sceptical) = self.seen(graph, person, mind);
        let rate = match mind.state {
            State::Thinking => self.rates.rho * adopted + self.rates.epsilon,
            _ => self.rates.beta * adopted + self.rates.b * sceptical,
        };
        mind.rate =
            if self.presence >= 1.0 { rate } else { -(self.presence * (-rate).exp_m1()).ln_1p() };
    }

    /// Shares of a person's ties to adopters and to sceptics, as far as they show.
    fn seen(&self, graph: &InfluenceGraph, person: PersonIndex, mind: &Mind) -> (f64, f64) {
        let share = self.visibility / f64::from(graph.ties_into(person).max(1));
        (f64::from(mind.adopters) * share, f64::from(mind.sceptics) * share)
    }

    /// What becomes of a person whose alarm goes off at the step under way.
    fn decide(
        &self,
        graph: &InfluenceGraph,
        person: PersonIndex,
        run: &mut Run,
        minds: &mut Minds,
        chances: &Chances,
    ) {
        let SeizRates { beta, b, p, l, rho, epsilon, .. } = self.rates;
        let step = run.next_step();
        let mind = &mut minds.each[person as usize];
        if mind.state == State::Thinking {
            mind.state = State::Decided;
            run.note(Standing::Thinking, step.into(), -1);
            if run.is_watched() {
                let talk = rho * self.seen(graph, person, mind).0;
                run.saw_swayed(
                    graph,
                    person,
                    if talk > 0.0 { epsilon / (epsilon + talk) } else { 1.0 },
                );
            }
            run.adopt(person, step);
            return;
        }
        let by_adopters = beta * f64::from(mind.adopters);
        let by_sceptics = b * f64::from(mind.sceptics);
        let heard_from_adopter =
            draw(chances, person, Draw::FromWhom) * (by_adopters + by_sceptics) <= by_adopters;
        let at_once = draw(chances, person, Draw::Becomes);
        if at_once <= if heard_from_adopter { p } else { l } {
            mind.state = State::Decided;
            if heard_from_adopter {
                run.saw_swayed(graph, person, 0.0);
                run.adopt(person, step);
            } else {
                run.note(Standing::Sceptic, step.into(), 1);
                run.rule_out(person);
                minds.sceptics.push(person);
            }
        } else {
            mind.state = State::Thinking;
            mind.alarm = 0.0;
            run.note(Standing::Thinking, step.into(), 1);
            minds.change(person);
        }
    }
}
