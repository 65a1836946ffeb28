//! Buzz that fades: SIR on the network.
//!
//! At each step everyone who talks about it tries each person they influence, then falls silent with
//! a chance of `gamma` (science.md 1.8, in `NDlib`'s order). So a talker has a geometric number of
//! tries, at least one, and a tie passes with chance `beta/(beta+gamma-beta*gamma)` in all.

use super::run::{Agenda, Chances, Run, skipped};
use super::tally::Standing;
use crate::network::InfluenceGraph;

/// The rule and its numbers.
#[derive(Debug)]
pub(super) struct Fading {
    /// Chance per tie and step, presence and visibility included.
    pub(super) beta: f64,
    /// Chance per step to fall silent.
    pub(super) gamma: f64,
}

impl Fading {
    /// Runs one replicate: O(arcs out of adopters). Each tie has one draw, the number of tries it
    /// would take.
    pub(super) fn spread(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        agenda: &mut Agenda,
        chances: &Chances,
        horizon: u32,
    ) {
        loop {
            let step = run.next_step() - 1;
            for position in run.newest() {
                let talker = run.adopter(position);
                let silent_after = skipped(chances.waiting.unit(talker.into()), self.gamma);
                // Who adopted before the start has been trying since.
                let ago = run.earlier().get(position).copied().unwrap_or(0);
                let tries = silent_after.saturating_add(1).saturating_sub(ago.into());
                run.note(Standing::Silent, tries.saturating_add(step.into()), 1);
                let row = graph.arcs_from(talker);
                for (arc, &person) in row.zip(graph.audience_of(talker)) {
                    let missed = (1.0 - self.beta).powf(f64::from(graph.ties(arc)));
                    let failed = skipped(chances.influence.unit(arc as u64), 1.0 - missed);
                    if failed < tries && !run.has_adopted(person) {
                        let due = failed.saturating_add(1 + u64::from(step));
                        run.saw(person, talker, due);
                        agenda.note(person, due);
                    }
                }
            }
            if (agenda.is_empty() && !run.is_open()) || step == horizon {
                break;
            }
            agenda.settle(step + 1, run);
            run.finish_step();
        }
    }
}
