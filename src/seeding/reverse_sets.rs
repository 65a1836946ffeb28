//! Many reverse-reachable sets, numbered and stored flat.

use rand::Rng;
use rayon::prelude::*;

use super::live_ties::{LiveTies, Met};
use crate::network::PersonIndex;
use crate::random::{Purpose, stream};

/// Sets drawn from one stream; block *b* always holds the same sets, whoever draws it.
pub(super) const BLOCK: usize = 256;

/// Reverse-reachable sets 0, 1, 2, … of one purpose.
pub(super) struct ReverseSets {
    people: usize,
    rng_seed: u64,
    purpose: Purpose,
    /// Where each set starts in `members`, and one more entry for the end.
    start: Vec<u32>,
    members: Vec<PersonIndex>,
}

impl ReverseSets {
    pub(super) fn new(people: usize, rng_seed: u64, purpose: Purpose) -> Self {
        Self { people, rng_seed, purpose, start: vec![0], members: Vec::new() }
    }

    /// Number of sets.
    pub(super) fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// Number of people they are drawn from.
    pub(super) fn people(&self) -> usize {
        self.people
    }

    /// Sizes of all sets together.
    pub(super) fn total_size(&self) -> usize {
        self.members.len()
    }

    /// The sets, each with its root first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[PersonIndex]> {
        self.start.windows(2).map(|it| &self.members[it[0] as usize..it[1] as usize])
    }

    /// Members of all sets, one after the other.
    pub(super) fn members(&self) -> &[PersonIndex] {
        &self.members
    }

    /// Draws the next `blocks` blocks of sets, in parallel.
    ///
    /// # Panics
    /// When all sets together reach 2³² members.
    pub(super) fn draw(&mut self, ties: &LiveTies, blocks: usize) {
        let first = self.len() / BLOCK;
        // Long runs per thread: each run starts with an empty memory of whom it met.
        let run = blocks.div_ceil(4 * rayon::current_num_threads()).max(1);
        let drawn: Vec<Block> = (first..first + blocks)
            .into_par_iter()
            .with_min_len(run)
            .map_init(|| Met::new(self.people), |met, block| self.draw_block(ties, block, met))
            .collect();
        self.start.reserve(blocks * BLOCK);
        self.members.reserve(drawn.iter().map(|block| block.members.len()).sum());
        for block in drawn {
            let before = u32::try_from(self.members.len()).expect("fewer than 2^32 members");
            self.start.extend(
                block
                    .ends
                    .iter()
                    .map(|end| before.checked_add(*end).expect("fewer than 2^32 members")),
            );
            self.members.extend_from_slice(&block.members);
        }
    }

    fn draw_block(&self, ties: &LiveTies, number: usize, met: &mut Met) -> Block {
        let mut rng = stream(self.rng_seed, self.purpose, number as u64);
        let mut block = Block { ends: Vec::with_capacity(BLOCK), members: Vec::new() };
        for _ in 0..BLOCK {
            let root = below(&mut rng, self.people);
            ties.draw(root, &mut rng, met, &mut block.members);
            block.ends.push(u32::try_from(block.members.len()).expect("fewer than 2^32 members"));
        }
        block
    }
}

struct Block {
    ends: Vec<u32>,
    members: Vec<PersonIndex>,
}

/// Uniform in `0..people`, to within people/2⁶⁴ (Lemire 2019, without the rejection).
fn below(rng: &mut impl Rng, people: usize) -> PersonIndex {
    let scaled = (u128::from(rng.next_u64()) * people as u128) >> 64;
    PersonIndex::try_from(scaled).expect("people are numbered below 2^32")
}
