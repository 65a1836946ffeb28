//! Many reverse-reachable sets, numbered and stored block by block.

use std::ops::Range;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::live_ties::{Batch, LiveTies};
use super::roots::Roots;
use crate::diffusion::Model;
use crate::network::PersonIndex;
use crate::random::{Purpose, stream};

/// Sets drawn from one stream; block *b* always holds the same sets, whoever draws it.
pub(super) const BLOCK: usize = 512;

/// Where reverse-reachable sets come from.
pub(super) struct Source {
    pub ties: LiveTies,
    pub roots: Roots,
    pub rng_seed: u64,
}

/// Reverse-reachable sets 0, 1, 2, … of one purpose, each of at least two people unless time is
/// too short.
pub(super) struct ReverseSets {
    purpose: Purpose,
    blocks: Vec<Block>,
    size: usize,
}

/// Some sets, member after member in no order.
#[derive(Default)]
pub(super) struct Block {
    people: Vec<PersonIndex>,
    /// For each of `people`, the number of the set in the block.
    set: Vec<u16>,
    /// Sets that met somebody who ended the search.
    ended: usize,
}

impl ReverseSets {
    pub(super) fn new(purpose: Purpose) -> Self {
        Self { purpose, blocks: Vec::new(), size: 0 }
    }

    /// Number of sets.
    pub(super) fn len(&self) -> usize {
        self.blocks.len() * BLOCK
    }

    /// Sizes of all sets together.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Sets that met somebody who ended the search.
    pub(super) fn ended(&self) -> usize {
        self.blocks.iter().map(|block| block.ended).sum()
    }

    /// Sets that hold one of `seeds`.
    pub(super) fn met_by(&self, seeds: &FixedBitSet) -> usize {
        let met = |block: &Block| {
            let mut met = FixedBitSet::with_capacity(BLOCK);
            for (set, person) in block.members() {
                if seeds.contains(person as usize) {
                    met.insert(set.into());
                }
            }
            met.count_ones(..)
        };
        self.blocks.par_iter().with_min_len(16).map(met).sum()
    }

    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Draws the next `count` blocks of sets, in parallel; with `ends`, a set's search ends at the
    /// first of these people, and the set is not stored but counted.
    pub(super) fn draw(&mut self, source: &Source, count: usize, ends: Option<&FixedBitSet>) {
        let first = self.blocks.len();
        let drawn = source.draw_blocks(self.purpose, first..first + count, ends);
        self.size += drawn.iter().map(|block| block.people.len()).sum::<usize>();
        self.blocks.extend(drawn);
    }
}

/// What a few sets show of all.
#[derive(Clone, Copy, Debug)]
pub(super) struct Probe {
    /// Mean number of members.
    pub size: f64,
    /// Share of members found at the scenario's last step: there would be more, had it more time.
    pub late: f64,
}

impl Source {
    /// O(people), and O(arcs) where each tie has a chance of its own; `None` where no reverse set
    /// exists (all other models).
    pub(super) fn prepare(model: &Arc<Model>) -> Option<Self> {
        let ties = LiveTies::prepare(model)?;
        let roots = Roots::new(&ties);
        Some(Self { ties, roots, rng_seed: model.scenario().rng_seed })
    }

    /// Whether anybody can be reached by somebody else.
    pub(super) fn has_sets(&self) -> bool {
        self.roots.mass() > 0.0
    }

    /// Draws a few sets to see how large they are and how many of their members are found at the
    /// scenario's last step; the sets are not kept.
    pub(super) fn probe(&self) -> Probe {
        if !self.has_sets() {
            return Probe { size: 0.0, late: 0.0 };
        }
        let mut batch = Batch::new(self.ties.people());
        let mut rng = stream(self.rng_seed, Purpose::ProofSets, u64::MAX);
        let roots = std::array::from_fn(|set| self.roots.draw(set, Batch::SETS, &mut rng));
        self.ties.draw(&roots, &mut rng, &mut batch, |_| false);
        let members = batch.people().len() as f64;
        Probe { size: members / Batch::SETS as f64, late: batch.late() as f64 / members }
    }

    /// Blocks of these numbers, for who looks at each once and keeps none.
    pub(super) fn blocks(&self, purpose: Purpose, numbers: Range<usize>) -> Vec<Block> {
        self.draw_blocks(purpose, numbers, None)
    }

    fn draw_blocks(
        &self,
        purpose: Purpose,
        numbers: Range<usize>,
        ends: Option<&FixedBitSet>,
    ) -> Vec<Block> {
        // Long runs: each begins with an empty memory of whom it met.
        let run = numbers.len().div_ceil(rayon::current_num_threads().min(8)).max(1);
        numbers
            .into_par_iter()
            .with_min_len(run.div_ceil(4))
            .map_init(
                || Batch::new(self.ties.people()),
                |batch, number| self.draw_block(purpose, number, batch, ends),
            )
            .collect()
    }

    fn draw_block(
        &self,
        purpose: Purpose,
        number: usize,
        batch: &mut Batch,
        ends: Option<&FixedBitSet>,
    ) -> Block {
        let mut rng = stream(self.rng_seed, purpose, number as u64);
        let mut block = Block::default();
        for first in (0..BLOCK).step_by(Batch::SETS) {
            let mut roots = [0; Batch::SETS];
            for (set, root) in (first..).zip(&mut roots) {
                *root = self.roots.draw(set, BLOCK, &mut rng);
            }
            match ends {
                None => self.ties.draw(&roots, &mut rng, batch, |_| false),
                Some(ends) => {
                    self.ties
                        .draw(&roots, &mut rng, batch, |person| ends.contains(person as usize));
                }
            }
            block.take(batch, first);
        }
        block
    }
}

impl Block {
    /// Adds the sets of a batch that were not cut short, numbered from `first` on.
    fn take(&mut self, batch: &Batch, first: usize) {
        self.ended += batch.ended() as usize;
        let first = u16::try_from(first).expect("a block is small");
        let members = batch.people().iter().zip(batch.sets());
        let whole = members.filter(|&(_, &set)| !batch.has_ended(set));
        for (&person, &set) in whole {
            self.people.push(person);
            self.set.push(first + u16::from(set));
        }
    }

    /// Every member of every set: the number of the set in its block, and the person. The root
    /// of a set comes before its other members.
    pub(super) fn members(&self) -> impl Iterator<Item = (u16, PersonIndex)> {
        self.set.iter().copied().zip(self.people.iter().copied())
    }
}

/// Cuts `blocks` into as many runs of equal number as threads share the work.
pub(super) fn runs(blocks: usize) -> impl Iterator<Item = Range<usize>> {
    let run = blocks.div_ceil(rayon::current_num_threads()).max(1);
    (0..blocks).step_by(run).map(move |start| start..blocks.min(start + run))
}
