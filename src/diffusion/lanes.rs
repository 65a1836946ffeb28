//! Up to 64 replicates side by side: one bit per replicate (a lane) in a word per person.

use std::ops::Range;

use super::run::Chances;
use crate::network::PersonIndex;

/// Replicates that may run side by side.
pub(super) const LANES: u64 = LANE_COUNT as u64;
/// The same as a length.
pub(super) const LANE_COUNT: usize = 64;

/// A chance in 32 binary digits, a resolution of 2.3e-10: as many random bits are below it with
/// this chance. All ones stand for 1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates: the largest number stands for 1"
)]
pub(super) fn in_32_bits(chance: f64) -> u32 {
    (chance * 4_294_967_296.0).round() as u32
}

/// Which replicates run: consecutive ones of the block that starts at a multiple of 64.
///
/// What happens in a lane does not depend on the lanes beside it.
#[derive(Debug)]
pub(super) struct Block {
    number: u64,
    lanes: Range<u32>,
    chances: Vec<Chances>,
}

impl Block {
    /// The replicates `indexes`, all of one block.
    pub(super) fn new(rng_seed: u64, indexes: Range<u64>) -> Self {
        let number = indexes.start / LANES;
        debug_assert!(indexes.end <= (number + 1) * LANES, "one block only");
        let lane = |index: u64| u32::try_from(index - number * LANES).unwrap_or(u32::MAX);
        Self {
            number,
            lanes: lane(indexes.start)..lane(indexes.end),
            chances: indexes.map(|index| Chances::of_replicate(rng_seed, index)).collect(),
        }
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn chances(&self, lane: u32) -> &Chances {
        &self.chances[(lane - self.lanes.start) as usize]
    }

    /// One bit per lane that runs.
    pub(super) fn mask(&self) -> u64 {
        self.lanes.clone().fold(0, |mask, lane| mask | 1 << lane)
    }
}

/// One person adopting in one lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Adoption {
    pub(super) person: PersonIndex,
    pub(super) lane: u32,
}

/// Who has adopted in which lane, and in what order.
#[derive(Debug)]
pub(super) struct Lanes {
    /// Lanes in which each person has adopted.
    adopted: Vec<u64>,
    adoptions: Vec<Adoption>,
    /// Where in `adoptions` each closed step ends.
    step_ends: Vec<usize>,
}

impl Lanes {
    pub(super) fn new(people: usize) -> Self {
        Self { adopted: vec![0; people], adoptions: Vec::new(), step_ends: Vec::new() }
    }

    /// Forgets the block before, undoing only what it did, and makes `seeds` adopt at step 0.
    pub(super) fn begin(&mut self, seeds: &[PersonIndex], block: &Block) {
        for adoption in self.adoptions.drain(..) {
            self.adopted[adoption.person as usize] = 0;
        }
        self.step_ends.clear();
        for &seed in seeds {
            self.adopt(seed, block.mask());
        }
        self.close_step();
    }

    /// Lanes in which `person` has adopted.
    pub(super) fn adopted(&self, person: PersonIndex) -> u64 {
        self.adopted[person as usize]
    }

    /// Makes `person` adopt in `lanes`, except where they have.
    pub(super) fn adopt(&mut self, person: PersonIndex, lanes: u64) {
        let adopted = &mut self.adopted[person as usize];
        let mut fresh = lanes & !*adopted;
        *adopted |= fresh;
        while fresh != 0 {
            self.adoptions.push(Adoption { person, lane: fresh.trailing_zeros() });
            fresh &= fresh - 1;
        }
    }

    /// As [`Self::adopt`] for many at once: without a branch on whether somebody had adopted, which
    /// no processor can foresee.
    pub(super) fn adopt_all(&mut self, wanted: &[Adoption]) {
        let mut end = self.adoptions.len();
        self.adoptions.resize(end + wanted.len(), Adoption::default());
        for adoption in wanted {
            let adopted = &mut self.adopted[adoption.person as usize];
            let bit = 1_u64 << adoption.lane;
            let is_fresh = *adopted & bit == 0;
            *adopted |= bit;
            self.adoptions[end] = *adoption;
            end += usize::from(is_fresh);
        }
        self.adoptions.truncate(end);
    }

    /// Closes a step; answers whether anybody adopted in it.
    pub(super) fn close_step(&mut self) -> bool {
        let before = self.step_ends.last().copied().unwrap_or(0);
        let anybody = self.adoptions.len() > before || self.step_ends.is_empty();
        if anybody {
            self.step_ends.push(self.adoptions.len());
        }
        anybody
    }

    /// Positions of the adoptions of the step closed last.
    pub(super) fn newest(&self) -> Range<usize> {
        self.of_step(self.step_ends.len() - 1)
    }

    pub(super) fn at(&self, positions: Range<usize>) -> &[Adoption] {
        &self.adoptions[positions]
    }

    /// The adoptions of each step, from step 0 to the last with any.
    pub(super) fn steps(&self) -> impl Iterator<Item = &[Adoption]> {
        (0..self.step_ends.len()).map(|step| &self.adoptions[self.of_step(step)])
    }

    fn of_step(&self, step: usize) -> Range<usize> {
        let start = step.checked_sub(1).map_or(0, |before| self.step_ends[before]);
        start..self.step_ends[step]
    }
}
