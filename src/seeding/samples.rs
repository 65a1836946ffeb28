//! Random samples of who reaches whom, turned round: for everyone, which samples they are in.
//!
//! A sample is a group of people any one of whom reaches all that the sample is worth, once.
//! A reverse-reachable set is worth its root; a component of live ties is worth its members.
//! Reach is what the samples met by the seeds are worth, `scale` people for each unit of worth,
//! and the seeds themselves where no sample speaks of them (`alone`).

use std::ops::Range;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use super::bounds;
use super::estimator::Reach;
use super::reverse_sets::{BLOCK, Block, ReverseSets, Source, runs};
use super::worlds::{World, Worlds};
use crate::network::PersonIndex;

/// Samples, found by person.
pub(super) struct Samples {
    parts: Vec<Part>,
    /// Per person, the chance (or share of samples) that nothing but themselves counts.
    alone: Arc<[f32]>,
    worth: Vec<u32>,
    scale: f64,
    /// Which world each sample is from; empty where every sample is drawn for itself.
    world: Vec<u32>,
}

/// Some of the samples, in compressed rows.
struct Part {
    start: Vec<u32>,
    sample: Vec<u32>,
}

impl Samples {
    /// Counting sort by member, in O(people + total size), a part per thread.
    pub(super) fn of_sets(sets: &ReverseSets, source: &Source) -> Self {
        let people = source.ties.people();
        let runs: Vec<Range<usize>> = runs(sets.blocks().len()).collect();
        let parts = runs.into_par_iter().map(|run| Part::of_blocks(people, sets.blocks(), run));
        Self {
            parts: parts.collect(),
            alone: Arc::clone(source.roots.alone()),
            worth: vec![1; sets.len()],
            scale: source.roots.mass() / sets.len().max(1) as f64,
            world: Vec::new(),
        }
    }

    /// The same of the components of `worlds`.
    pub(super) fn of_worlds(worlds: &Worlds, people: usize) -> Self {
        let (mut worth, mut world) = (Vec::new(), Vec::new());
        let mut first = Vec::with_capacity(worlds.len());
        for (number, drawn) in (0..).zip(worlds.all()) {
            first.push(index(worth.len()));
            worth.extend(drawn.components().map(|members| index(members.len())));
            world.resize(worth.len(), number);
        }
        let runs: Vec<Range<usize>> = runs(worlds.len()).collect();
        let parts = runs.into_par_iter().map(|run| {
            let first = &first[run.clone()];
            Part::of_worlds(people, &worlds.all()[run], first)
        });
        let parts: Vec<Part> = parts.collect();
        let count = worlds.len().max(1) as f32;
        let alone = (0..).take(people).map(|person| {
            let joined: usize = parts.iter().map(|part| part.of(person).len()).sum();
            1.0 - joined as f32 / count
        });
        Self { alone: alone.collect(), parts, worth, scale: 1.0 / f64::from(count), world }
    }

    /// Number of people.
    pub(super) fn people(&self) -> usize {
        self.alone.len()
    }

    /// Number of samples.
    pub(super) fn len(&self) -> usize {
        self.worth.len()
    }

    /// Members of all samples together.
    pub(super) fn size(&self) -> usize {
        self.parts.iter().map(|part| part.sample.len()).sum()
    }

    /// What each sample is worth.
    pub(super) fn worth(&self) -> &[u32] {
        &self.worth
    }

    /// People per unit of worth.
    pub(super) fn scale(&self) -> f64 {
        self.scale
    }

    /// Expected adopters (0 or 1) that `person` is as a seed beyond the samples they are in.
    pub(super) fn alone(&self, person: PersonIndex) -> f64 {
        self.alone[person as usize].into()
    }

    /// Numbers of the samples that `person` is in, in no order.
    pub(super) fn of(&self, person: PersonIndex) -> impl Iterator<Item = usize> {
        self.parts.iter().flat_map(move |part| part.of(person)).map(|&sample| sample as usize)
    }

    /// Reach and its 95 % interval of `seeds`, all different, who meet the samples in `met`.
    pub(super) fn reach(&self, seeds: &[PersonIndex], met: &FixedBitSet) -> Reach {
        let alone: f64 = seeds.iter().map(|&seed| self.alone(seed)).sum();
        let worth: u64 = met.ones().map(|sample| u64::from(self.worth[sample])).sum();
        let mean = alone + self.scale * worth as f64;
        let (low, high) = if self.worth.is_empty() {
            (mean, mean)
        } else if self.world.is_empty() {
            let (low, high) = bounds::share(worth as f64, self.len() as f64);
            let mass = self.scale * self.len() as f64;
            (alone + mass * low, alone + mass * high)
        } else {
            let half = bounds::half_interval(&self.by_world(seeds, met));
            (mean - half, mean + half)
        };
        let people = self.people() as f64;
        Reach { mean, low: low.max(seeds.len() as f64).min(mean), high: high.min(people).max(mean) }
    }

    /// What `seeds` reach in each world.
    fn by_world(&self, seeds: &[PersonIndex], met: &FixedBitSet) -> Vec<f64> {
        let worlds = self.world.last().map_or(0, |&last| last as usize + 1);
        // Every seed counts for one, except in the worlds where they are part of a component.
        let mut reached = vec![seeds.len() as f64; worlds];
        for sample in seeds.iter().flat_map(|&seed| self.of(seed)) {
            reached[self.world[sample] as usize] -= 1.0;
        }
        for sample in met.ones() {
            reached[self.world[sample] as usize] += f64::from(self.worth[sample]);
        }
        reached
    }
}

impl Part {
    fn of_blocks(people: usize, blocks: &[Block], run: Range<usize>) -> Self {
        let members = || {
            run.clone().zip(&blocks[run.clone()]).flat_map(|(number, block)| {
                let first = index(number * BLOCK);
                block.members().map(move |(set, person)| (first + u32::from(set), person))
            })
        };
        Self::new(people, members)
    }

    /// `first` holds the number of each world's first component.
    fn of_worlds(people: usize, worlds: &[World], first: &[u32]) -> Self {
        let members = || {
            worlds.iter().zip(first).flat_map(|(world, &first)| {
                let components = (first..).zip(world.components());
                components.flat_map(|(number, members)| members.iter().map(move |&it| (number, it)))
            })
        };
        Self::new(people, members)
    }

    /// Counting sort by member of what `members` walks through twice.
    fn new<I: Iterator<Item = (u32, PersonIndex)>>(people: usize, members: impl Fn() -> I) -> Self {
        let mut start = vec![0_u32; people + 1];
        for (_, member) in members() {
            start[member as usize + 1] += 1;
        }
        for person in 0..people {
            let before = start[person];
            start[person + 1] =
                start[person + 1].checked_add(before).expect("fewer than 2^32 members");
        }
        let mut next = start.clone();
        let mut sample = vec![0; start[people] as usize];
        for (number, member) in members() {
            let slot = &mut next[member as usize];
            sample[*slot as usize] = number;
            *slot += 1;
        }
        Self { start, sample }
    }

    fn of(&self, person: PersonIndex) -> &[u32] {
        let person = person as usize;
        &self.sample[self.start[person] as usize..self.start[person + 1] as usize]
    }
}

fn index(position: usize) -> u32 {
    u32::try_from(position).expect("fewer than 2^32 samples")
}
