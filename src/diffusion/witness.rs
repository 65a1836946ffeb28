//! Who moved whom in one replicate, noted as it runs.
//!
//! Only a replicate that is watched has a witness. It draws from a stream of its own and changes
//! nothing, so that the course is the same as without.

use rand::Rng;

use super::replicate::NEVER;
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::{Draws, Purpose, stream};

/// What was seen in one replicate.
#[derive(Debug)]
pub(super) struct Witness {
    /// Who came to adopt through others or of their own accord: not by plan, and not by a push that
    /// the calendar holds.
    came: Vec<bool>,
    /// Step at which each person had seen enough, in models with thresholds.
    tipped: Vec<u32>,
    moves: Vec<Moved>,
    draws: Draws,
}

/// An influence on somebody that has them adopt at `due`, unless something comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Moved {
    person: PersonIndex,
    due: u64,
    by: PersonIndex,
    /// How many others it might have been as well, where one of them was drawn.
    others: u32,
}

/// Whoever moved somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mover {
    pub(super) by: PersonIndex,
    /// How many others did just as well.
    pub(super) others: u32,
}

impl Witness {
    pub(super) fn new(people: usize, rng_seed: u64, index: u64) -> Self {
        Self {
            came: vec![false; people],
            tipped: vec![NEVER; people],
            moves: Vec::new(),
            draws: Draws::new(stream(rng_seed, Purpose::Conversions, index).next_u64()),
        }
    }

    /// `person` comes to adopt, neither by plan nor by a push of the calendar.
    pub(super) fn come(&mut self, person: PersonIndex) {
        self.came[person as usize] = true;
    }

    /// Whether somebody came so.
    pub(super) fn has_come(&self, person: PersonIndex) -> bool {
        self.came[person as usize]
    }

    /// `by` has `person` adopt at step `due`; the first step counts.
    pub(super) fn saw(&mut self, person: PersonIndex, by: PersonIndex, due: u64) {
        self.moves.push(Moved { person, due, by, others: 0 });
    }

    /// `person` has seen enough at the end of `step`.
    pub(super) fn tip(&mut self, person: PersonIndex, step: u32) {
        self.tipped[person as usize] = step;
    }

    /// `by`, who adopted at `step`, weighs on their audience along the arcs that `weighs` accepts; was a
    /// last straw for those whom that step tipped.
    pub(super) fn weigh(
        &mut self,
        graph: &InfluenceGraph,
        by: PersonIndex,
        step: u32,
        weighs: impl Fn(usize) -> bool,
    ) {
        for (arc, &person) in graph.arcs_from(by).zip(graph.audience_of(by)) {
            if self.tipped[person as usize] == step && weighs(arc) {
                self.saw(person, by, u64::from(step) + 1);
            }
        }
    }

    /// `person` adopts at `step`, swayed by everyone they listen to whose time of adoption lies before:
    /// one of these is drawn in proportion to their ties, or, with a chance of `alone`, nobody.
    pub(super) fn draw(
        &mut self,
        graph: &InfluenceGraph,
        times: &[u32],
        (person, step): (PersonIndex, u32),
        alone: f64,
    ) {
        if self.draws.unit(u64::from(person) << 1) <= alone {
            return;
        }
        let influences = graph.influences_on(person).iter().zip(graph.arcs_into(person));
        let adopted: Vec<(PersonIndex, u32)> = influences
            .filter(|it| times[*it.0 as usize] < step)
            .map(|(&by, &arc)| (by, graph.ties(arc as usize)))
            .collect();
        let all: u32 = adopted.iter().map(|it| it.1).sum();
        let mut left = self.draws.unit((u64::from(person) << 1) | 1) * f64::from(all);
        let others = u32::try_from(adopted.len().saturating_sub(1)).unwrap_or(u32::MAX);
        for (by, ties) in adopted {
            left -= f64::from(ties);
            if left <= 0.0 {
                self.moves.push(Moved { person, due: step.into(), by, others });
                return;
            }
        }
    }

    /// Who moved each person who adopted at one of `times`: of several at the same step the one with the strongest tie, and of equally
    /// strong ones the first.
    pub(super) fn movers(mut self, graph: &InfluenceGraph, times: &[u32]) -> Vec<Option<Mover>> {
        let mut movers = vec![None; self.came.len()];
        // One tie of a cascade may be hit more than once.
        self.moves.sort_unstable();
        self.moves.dedup();
        for all in self.moves.chunk_by(|a, b| a.person == b.person) {
            let person = all[0].person;
            // Who waits in line when all is over has come, but not adopted.
            if !self.came[person as usize] || times[person as usize] == NEVER {
                continue;
            }
            let first = all.iter().take_while(|it| it.due == all[0].due);
            let strength = |it: &Moved| strength(graph, it.by, person);
            let best = first
                .clone()
                .max_by(|a, b| strength(a).total_cmp(&strength(b)).then_with(|| b.by.cmp(&a.by)));
            let beside = u32::try_from(first.count() - 1).unwrap_or(u32::MAX);
            movers[person as usize] =
                best.map(|it| Mover { by: it.by, others: it.others.max(beside) });
        }
        movers
    }
}

fn strength(graph: &InfluenceGraph, by: PersonIndex, person: PersonIndex) -> f64 {
    let found = graph.audience_of(by).binary_search(&person);
    found.map_or(0.0, |place| graph.value(graph.arcs_from(by).start + place))
}
