//! How a calendar goes in one replicate: who is due, who is pushed, and the line of those who wait.

use std::collections::VecDeque;

use super::calendar::Calendar;
use super::run::{Agenda, Chances, Run, count, skipped};
use super::tally::Standing;
use crate::network::PersonIndex;
use crate::random::Draws;

/// What a calendar still has in store, and who waits to be onboarded.
#[derive(Debug)]
pub(super) struct Course {
    planned: Agenda,
    pushed: Agenda,
    /// Everyone who adopts without influence at some step, by plan, ascending.
    expected: Vec<PersonIndex>,
    /// Steps since those adopted who had before the start, in the order of the adopters.
    ago: Vec<u32>,
    /// Who came by plan or push at the step closed last.
    entered: Vec<PersonIndex>,
    capacity: Option<u32>,
    /// Who comes at the step under way, with the place chance gives them.
    ready: Vec<(u64, Newcomer)>,
    line: VecDeque<Newcomer>,
    draws: Draws,
}

/// Somebody about to adopt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Newcomer {
    pub(super) person: PersonIndex,
    pub(super) by_plan: bool,
}

impl Course {
    pub(super) fn new(horizon: u32) -> Self {
        Self {
            planned: Agenda::new(horizon),
            pushed: Agenda::new(horizon),
            expected: Vec::new(),
            ago: Vec::new(),
            entered: Vec::new(),
            capacity: None,
            ready: Vec::new(),
            line: VecDeque::new(),
            draws: Draws::new(0),
        }
    }

    /// Starts the calendar for `seeds`: O(seeds + calendar + people met by pushes).
    pub(super) fn begin(
        &mut self,
        seeds: &[PersonIndex],
        calendar: &Calendar,
        chances: &Chances,
        people: usize,
    ) {
        self.planned.clear();
        self.pushed.clear();
        self.ready.clear();
        self.line.clear();
        self.ago.clear();
        self.capacity = calendar.capacity;
        self.draws = chances.plan;
        for &(person, step) in &calendar.given {
            self.planned.note(person, step.into());
        }
        for &seed in seeds {
            self.planned.note(seed, calendar.date_of(seed).into());
        }
        self.expected.clear();
        self.expected.extend(calendar.given.iter().map(|it| it.0).chain(seeds.iter().copied()));
        self.expected.sort_unstable();
        self.expected.dedup();
        for (number, push) in (0_u64..).zip(&calendar.pushes) {
            let mut meet = |person: PersonIndex| {
                let draw = chances.plan.unit((number << 32) | u64::from(person));
                let step = u64::from(push.first).saturating_add(skipped(draw, push.chance));
                if step <= push.last.into() {
                    self.pushed.note(person, step);
                }
            };
            match &push.people {
                Some(some) => some.iter().for_each(|&it| meet(it)),
                None => (0..).take(people).for_each(meet),
            }
        }
    }

    /// Whether somebody is still to adopt whom nobody has to move.
    pub(super) fn is_open(&self) -> bool {
        !self.planned.is_empty() || !self.pushed.is_empty() || !self.line.is_empty()
    }

    /// Whether people wait to be onboarded.
    pub(super) fn has_line(&self) -> bool {
        self.capacity.is_some()
    }

    /// Whether `person` adopts by plan, at whatever step.
    pub(super) fn expects(&self, person: PersonIndex) -> bool {
        self.expected.binary_search(&person).is_ok()
    }

    /// People who adopt by plan or had adopted before the start.
    pub(super) fn starters(&self) -> usize {
        self.expected.len() + self.ago.len()
    }

    /// Notes that somebody adopted `ago` steps before the start; in the order of the adopters.
    pub(super) fn note_earlier(&mut self, ago: u32) {
        self.ago.push(ago);
    }

    /// Steps before the start at which the first adopters adopted, adopter by adopter.
    pub(super) fn ago(&self) -> &[u32] {
        &self.ago
    }

    /// Who came by plan or push at the step closed last, onboarded or not.
    pub(super) fn entered(&self) -> &[PersonIndex] {
        &self.entered
    }

    /// `person` is ready to adopt and comes to the end of the line.
    pub(super) fn come(&mut self, person: PersonIndex, by_plan: bool) {
        let place = self.draws.bits((1 << 63) | u64::from(person));
        self.ready.push((place, Newcomer { person, by_plan }));
    }

    /// Has those adopt who are due at `step`, and as many of the line as there is room for.
    pub(super) fn close(&mut self, step: u32, run: &mut Run) {
        self.entered.clear();
        let due = [(self.planned.take(step), true), (self.pushed.take(step), false)];
        for (people, by_plan) in due {
            for person in people {
                if run.has_adopted(person) {
                    continue;
                }
                self.entered.push(person);
                if self.has_line() {
                    self.come(person, by_plan);
                    run.mark_waiting(person);
                } else {
                    run.onboard(Newcomer { person, by_plan }, step);
                }
            }
        }
        let Some(capacity) = self.capacity else { return };
        let come = self.ready.len();
        self.ready.sort_unstable();
        self.line.extend(self.ready.drain(..).map(|it| it.1));
        let mut room = capacity;
        while room > 0
            && let Some(newcomer) = self.line.pop_front()
        {
            run.onboard(newcomer, step);
            room -= 1;
        }
        let change = i64::from(count(come)) - i64::from(capacity - room);
        if change != 0 {
            run.note(Standing::Waiting, step.into(), change);
        }
    }
}
