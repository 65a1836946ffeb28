//! Many replicates, in slices, on as many threads as the caller's pool has.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::forecast::{Forecast, Setting};
use super::model::Scratch;
use super::{Model, ScenarioError, Tally};
use crate::network::PersonIndex;

/// Runs the replicates of a scenario slice by slice; asks for a forecast at any moment.
///
/// Each thread takes the next replicate that nobody has taken and counts it in a [`Tally`] of its
/// own. Replicate *i* always draws from stream *i* and tallies are integers, so neither the
/// number of threads nor the order of the work can change the forecast.
#[derive(Debug)]
pub struct Ensemble {
    model: Arc<Model>,
    seeds: Vec<PersonIndex>,
    setting: Setting,
    /// A tally that counts what is asked for, still empty.
    empty: Tally,
    first: u32,
    next: u32,
    end: u32,
    workers: Vec<Worker>,
    /// Final adopters of each replicate run so far, in order, when they are to be kept.
    sizes: Option<Vec<u32>>,
}

#[derive(Debug)]
struct Worker {
    scratch: Scratch,
    tally: Tally,
    /// Replicates of this slice with their final adopters.
    sizes: Vec<(u64, u32)>,
}

impl Ensemble {
    /// All replicates of the model's scenario from `seeds`; `per_person` also counts how often
    /// and when each person adopts.
    ///
    /// # Errors
    /// [`ScenarioError::UnknownSeed`].
    pub fn new(
        model: Arc<Model>,
        seeds: Vec<PersonIndex>,
        per_person: bool,
    ) -> Result<Self, ScenarioError> {
        let all = 0..model.scenario().replicates;
        Self::shard(model, seeds, per_person, all)
    }

    /// Some of the replicates, by index; the tallies of all shards merge to the whole.
    ///
    /// # Errors
    /// [`ScenarioError::UnknownSeed`]; [`ScenarioError::UnknownReplicates`] when the range
    /// exceeds the scenario's replicates. An empty range is an ensemble that is finished.
    pub fn shard(
        model: Arc<Model>,
        mut seeds: Vec<PersonIndex>,
        per_person: bool,
        indexes: Range<u32>,
    ) -> Result<Self, ScenarioError> {
        model.check_seeds(&seeds)?;
        let replicates = model.scenario().replicates;
        if indexes.start > indexes.end || indexes.end > replicates {
            let Range { start: first, end: last } = indexes;
            return Err(ScenarioError::UnknownReplicates { first, last, replicates });
        }
        seeds.sort_unstable();
        seeds.dedup();
        let Range { start: first, end } = indexes;
        let setting = Setting::of(&model, &seeds);
        let empty = Tally::new(per_person.then(|| model.graph().people()));
        Ok(Self {
            model,
            seeds,
            setting,
            empty,
            first,
            next: first,
            end,
            workers: Vec::new(),
            sizes: None,
        })
    }

    /// The same, keeping the final number of adopters of each replicate: 4 bytes each.
    #[must_use]
    pub fn keeping_sizes(mut self) -> Self {
        self.sizes = Some(Vec::new());
        self
    }

    /// Final adopters of each replicate run so far, by index from the first; none when they were
    /// not to be kept.
    pub fn sizes(&self) -> &[u32] {
        self.sizes.as_deref().unwrap_or_default()
    }

    /// The same, which also counts the adopters of `groups` groups of people step by step. Exact
    /// like all counts here; it costs one addition for each adopter.
    ///
    /// # Panics
    /// When there is not one entry per person, or one names a group beyond `groups`.
    #[must_use]
    pub fn by_group(mut self, of: &Arc<[Option<u32>]>, groups: usize) -> Self {
        assert_eq!(of.len(), self.model.graph().people(), "one group per person");
        self.empty = self.empty.by_group(of, groups);
        self
    }

    /// Runs the next slice of replicates on the current rayon pool, some tens of milliseconds
    /// at 10,000 people; does nothing when all have run.
    pub fn step(&mut self) {
        let threads = rayon::current_num_threads();
        while self.workers.len() < threads {
            let (scratch, tally) = (self.model.scratch(), self.empty.clone());
            self.workers.push(Worker { scratch, tally, sizes: Vec::new() });
        }
        if self.model.is_certain() {
            let Worker { scratch, tally, .. } = &mut self.workers[0];
            self.model.run(&self.seeds, self.next.into(), scratch);
            tally.add(scratch, u64::from(self.end - self.next));
            if let Some(sizes) = &mut self.sizes {
                let size = scratch.cumulative_adopters().last().copied().unwrap_or(0);
                sizes.resize((self.end - self.first) as usize, size);
            }
            self.next = self.end;
            return;
        }
        let groups = self.next_groups(threads);
        let next = AtomicUsize::new(0);
        let keeps_sizes = self.sizes.is_some();
        self.workers[..threads].par_iter_mut().for_each(|worker| {
            let Worker { scratch, tally, sizes } = worker;
            let mut tell = |index, size| {
                if keeps_sizes {
                    sizes.push((index, size));
                }
            };
            while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.model.count(&self.seeds, group.clone(), scratch, tally, &mut tell);
            }
        });
        if let Some(sizes) = &mut self.sizes {
            let mut slice: Vec<(u64, u32)> =
                self.workers.iter_mut().flat_map(|it| it.sizes.drain(..)).collect();
            slice.sort_unstable();
            sizes.extend(slice.into_iter().map(|(_, size)| size));
        }
        self.next =
            groups.last().map_or(self.end, |last| u32::try_from(last.end).unwrap_or(self.end));
    }

    /// The replicates of one slice, in groups that run together: at least one for each thread.
    fn next_groups(&self, threads: usize) -> Vec<Range<u64>> {
        let graph = self.model.graph();
        // Few at first, so that there is something to look at early; then twice as many each time.
        let so_far = u64::from(self.done()).max(Self::FIRST_LOOK);
        let slice = (Self::SLICE_WORK / (graph.people() + graph.arcs() + 1)).min(4096) as u64;
        let slice = slice.min(so_far);
        let mut left = u64::from(self.next)..u64::from(self.end);
        let slice_end = left.start + slice;
        let mut groups = Vec::new();
        while !left.is_empty() && (groups.len() < threads || left.start < slice_end) {
            let group = self.model.run_together(left.clone());
            left.start = group.end;
            groups.push(group);
        }
        groups
    }

    /// Replicates of the first slice.
    const FIRST_LOOK: u64 = 32;

    /// People and arcs times replicates that one slice may touch at most.
    const SLICE_WORK: usize = 1_500_000;

    /// Runs all that is left.
    pub fn finish(&mut self) {
        while !self.is_finished() {
            self.step();
        }
    }

    /// Replicates run so far.
    pub fn done(&self) -> u32 {
        self.next - self.first
    }

    /// The replicates run so far, by index.
    pub fn replicates_done(&self) -> Range<u32> {
        self.first..self.next
    }

    /// Replicates there are to run.
    pub fn total(&self) -> u32 {
        self.end - self.first
    }

    /// True when all replicates have run.
    pub fn is_finished(&self) -> bool {
        self.next == self.end
    }

    /// The model that runs.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The people who adopt at step 0, ascending.
    pub fn seeds(&self) -> &[PersonIndex] {
        &self.seeds
    }

    /// Counts over the replicates run so far.
    pub fn tally(&self) -> Tally {
        let mut tally = self.empty.clone();
        for worker in &self.workers {
            tally.merge(&worker.tally);
        }
        tally
    }

    /// Forecast from the replicates run so far.
    pub fn forecast(&self) -> Forecast {
        Forecast::from_tally(&self.setting, &self.tally())
    }
}
