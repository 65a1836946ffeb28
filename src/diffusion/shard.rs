//! One forecast made in several places: parts that are counted apart and merged to the whole.
//!
//! Replicate *i* depends on the scenario and on *i* alone, and counts are integers, so the merged
//! forecast is bit for bit the one that a single run gives.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::forecast::{Forecast, Setting};
use super::{Calendar, Ensemble, Scenario, Tally};
use crate::network::PersonIndex;

/// The replicates of one shard, counted, with everything that tells whose forecast they belong to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    job: Job,
    replicates: Range<u32>,
    tally: Tally,
}

/// What all parts of one forecast share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Job {
    scenario: Scenario,
    seeds: Vec<PersonIndex>,
    #[serde(default)]
    calendar: Option<Calendar>,
    setting: Setting,
    /// [`crate::network::InfluenceGraph::fingerprint`] of the graph that was simulated on.
    graph: u64,
}

/// Why parts make no forecast together.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PartError {
    /// No part at all.
    #[error("There is no part to merge")]
    Nothing,
    /// Parts of different forecasts, by their places in the list.
    #[error(
        "Parts {first} and {other} belong to different forecasts: \
         they differ in the network, the seeds, the scenario or --per-person"
    )]
    Different {
        /// Place of one part, from 1.
        first: usize,
        /// Place of the other.
        other: usize,
    },
    /// Some replicates were run twice.
    #[error("Replicates {from} to {to} are in two parts: leave one of the parts out")]
    Twice {
        /// First replicate that is there twice.
        from: u32,
        /// Last one.
        to: u32,
    },
    /// Some replicates were not run.
    #[error("Replicates {from} to {to} are in no part: run the missing shards first")]
    Missing {
        /// First replicate that is missing.
        from: u32,
        /// Last one.
        to: u32,
    },
}

impl Part {
    /// Replicates of shard `index` of `shards`, out of `replicates`; neighbors in size by one at most.
    /// Shards are counted round, from 0 or from 1: shard `shards` is shard 0.
    ///
    /// # Panics
    /// When `shards` is 0.
    pub fn range(replicates: u32, index: u32, shards: u32) -> Range<u32> {
        let index = u64::from(index % shards);
        let cut = |index: u64| {
            let cut = u64::from(replicates) * index / u64::from(shards);
            u32::try_from(cut).unwrap_or(replicates)
        };
        cut(index)..cut(index + 1)
    }

    /// What `ensemble` has run so far, from its first replicate on.
    pub fn of(ensemble: &Ensemble) -> Self {
        let model = ensemble.model();
        let job = Job {
            scenario: model.scenario().clone(),
            seeds: ensemble.seeds().to_vec(),
            calendar: model.calendar().cloned(),
            setting: Setting::of(model, ensemble.seeds()),
            graph: model.graph().fingerprint(),
        };
        Self { job, replicates: ensemble.replicates_done(), tally: ensemble.tally() }
    }

    /// The replicates in it, by index.
    pub fn replicates(&self) -> Range<u32> {
        self.replicates.clone()
    }

    /// The scenario it was run with.
    pub fn scenario(&self) -> &Scenario {
        &self.job.scenario
    }

    /// The forecast of all parts together, in whatever order they come.
    ///
    /// # Errors
    /// A [`PartError`] when they are not the whole of one forecast.
    pub fn merge(parts: &[Self]) -> Result<Forecast, PartError> {
        let job = &parts.first().ok_or(PartError::Nothing)?.job;
        let is_other = |part: &Self| part.job != *job || !part.tally.is_like(&parts[0].tally);
        if let Some(other) = parts.iter().position(is_other) {
            return Err(PartError::Different { first: 1, other: other + 1 });
        }
        let mut sorted: Vec<&Self> =
            parts.iter().filter(|part| !part.replicates.is_empty()).collect();
        sorted.sort_by_key(|part| part.replicates.start);
        let mut next = 0;
        for Range { start, end } in sorted.iter().map(|part| part.replicates()) {
            if start > next {
                return Err(PartError::Missing { from: next, to: start - 1 });
            }
            if start < next {
                return Err(PartError::Twice { from: start, to: end.min(next) - 1 });
            }
            next = end;
        }
        let replicates = job.scenario.replicates;
        if next < replicates {
            return Err(PartError::Missing { from: next, to: replicates - 1 });
        }
        let mut tally = parts[0].tally.emptied();
        for part in sorted {
            tally.merge(&part.tally);
        }
        Ok(Forecast::from_tally(&job.setting, &tally))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diffusion::Model;
    use crate::network::{InfluenceArc, InfluenceGraph};

    fn parts(rng_seed: u64, shards: u32) -> Vec<Part> {
        let arcs = (0..30).map(|i| InfluenceArc {
            influencer: i % 7,
            audience: (i * i + 3) % 11,
            ties: 1,
            value: 0.5,
        });
        let graph = Arc::new(InfluenceGraph::from_arcs(11, arcs));
        let scenario = Scenario { replicates: 100, rng_seed, ..Scenario::default() };
        let model = Arc::new(Model::new(graph, None, None, &scenario).expect("makes sense"));
        let part = |index| {
            let range = Part::range(100, index, shards);
            let mut ensemble =
                Ensemble::shard(Arc::clone(&model), vec![0, 1], true, range).expect("seeds");
            ensemble.finish();
            Part::of(&ensemble)
        };
        (0..shards).map(part).collect()
    }

    #[test]
    fn parts_in_any_number_and_order_merge_to_one_run() {
        let whole = Part::merge(&parts(1, 1)).expect("the whole");
        for shards in [2, 3, 7, 100, 130] {
            let mut parts = parts(1, shards);
            parts.reverse();
            assert_eq!(Part::merge(&parts).as_ref(), Ok(&whole), "{shards} shards");
        }
    }

    #[test]
    fn what_is_not_the_whole_of_one_forecast_is_refused() {
        assert_eq!(Part::merge(&[]), Err(PartError::Nothing));
        let mut some = parts(1, 4);
        some.remove(1);
        assert_eq!(Part::merge(&some), Err(PartError::Missing { from: 25, to: 49 }));
        some.push(some[2].clone());
        assert_eq!(Part::merge(&some[1..]), Err(PartError::Missing { from: 0, to: 49 }));
        some.extend(parts(1, 4).drain(..2));
        let twice = Part::merge(&some);
        assert_eq!(twice, Err(PartError::Twice { from: 0, to: 24 }));
        let mixed = [parts(1, 2).remove(0), parts(2, 2).remove(1)];
        assert_eq!(Part::merge(&mixed), Err(PartError::Different { first: 1, other: 2 }));
    }
}
