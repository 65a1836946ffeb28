//! Whose reverse sets are drawn.

use std::sync::Arc;

use rand::Rng;

use super::live_ties::LiveTies;
use super::waits::unit;
use crate::network::PersonIndex;
use crate::random::Stream;

/// Draws roots with the chance that anybody at all reaches them.
///
/// A set that holds nobody but its root tells nothing that is not known beforehand: with a known
/// chance only the seeds among them are reached. So these are counted, never drawn, and reach is
/// `sum over seeds of the chance to be alone + mass · share of drawn sets met`.
pub(super) struct Roots {
    /// Chance that nobody reaches a person.
    alone: Arc<[f32]>,
    /// Chance that somebody reaches a person, summed up to and including each.
    up_to: Vec<f64>,
    /// Where in `up_to` to look for each of as many equal parts of the mass.
    first: Vec<u32>,
}

impl Roots {
    /// O(people).
    pub(super) fn new(ties: &LiveTies) -> Self {
        let alone: Arc<[f32]> = ties.chance_alone().into();
        let mut mass = 0.0;
        let up_to: Vec<f64> = alone
            .iter()
            .map(|&alone| {
                mass += 1.0 - f64::from(alone);
                mass
            })
            .collect();
        let parts = up_to.len().max(1);
        let mut first = Vec::with_capacity(parts);
        let mut person = 0;
        for part in 0..parts {
            let begin = mass * part as f64 / parts as f64;
            while up_to.get(person).is_some_and(|&up_to| up_to <= begin) {
                person += 1;
            }
            first.push(u32::try_from(person).expect("people are numbered below 2^32"));
        }
        Self { alone, up_to, first }
    }

    /// Per person, the chance that nobody reaches them.
    pub(super) fn alone(&self) -> &Arc<[f32]> {
        &self.alone
    }

    /// Expected number of people whom anybody else reaches directly: the people that drawn sets
    /// stand for, together.
    pub(super) fn mass(&self) -> f64 {
        self.up_to.last().copied().unwrap_or(0.0)
    }

    /// Root number `number` of `count`, drawn from its own equal part of the mass: `count` roots
    /// together are spread more evenly than by pure chance, and each is as likely.
    ///
    /// The mass must not be 0.
    pub(super) fn draw(&self, number: usize, count: usize, rng: &mut Stream) -> PersonIndex {
        let at = (number as f64 + unit(rng.next_u64())) / count as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to the number of people"
        )]
        let part = (at * self.first.len() as f64) as usize;
        let mut person = self.first[part.min(self.first.len() - 1)] as usize;
        let at = at * self.mass();
        while person + 1 < self.up_to.len() && self.up_to[person] <= at {
            person += 1;
        }
        PersonIndex::try_from(person).expect("people are numbered below 2^32")
    }
}
