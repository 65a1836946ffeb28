//! What came of a comparison, row by row, and paired differences.

use super::super::estimator::Reach;
use super::super::prices::per_thousand;
use super::lineup::Engaged;
use super::tactic::{Claim, Tactic};
use crate::diffusion::Difference;
use crate::network::PersonIndex;

/// One strategy and what it brings.
#[derive(Clone, Debug, PartialEq)]
pub struct StrategyRow {
    /// Which.
    pub tactic: Tactic,
    /// Whom it engages; the first draw where chance decides, nobody for a broadcast.
    pub seeds: Vec<PersonIndex>,
    /// People who start, on average over replicates (those who respond, for a broadcast).
    pub starters: f64,
    /// Expected final adopters, and the 95 % interval of this mean.
    pub reach: Reach,
    /// At least 10 % of replicates have this many adopters or fewer.
    pub p10: u32,
    /// At least 90 % have.
    pub p90: u32,
    /// What is spent on average; `None` where no price is known.
    pub cost: Option<f64>,
    /// Adopters brought for each thousand spent: those who would adopt anyway are no merit.
    pub per_thousand: Option<f64>,
    /// What can be claimed of it.
    pub claim: Claim,
    /// Final adopters per replicate.
    finals: Vec<u32>,
}

/// Strategies side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct StrategyTable {
    /// One row per strategy, in the order asked for.
    pub rows: Vec<StrategyRow>,
    /// What could not be compared, and why.
    pub left_out: Vec<(Tactic, String)>,
    /// Expected adopters when nobody is engaged (those who adopt by themselves).
    pub without_seeds: f64,
    /// Number of people.
    pub people: usize,
    /// Replicates behind each row.
    pub replicates: u32,
}

/// One strategy over the replicates so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    finals: Vec<u32>,
    starters: u64,
    cost: Option<f64>,
}

impl Series {
    pub fn add(&mut self, engaged: &Engaged, adopters: u32) {
        self.finals.push(adopters);
        self.starters += engaged.people.len() as u64;
        if let Some(cost) = engaged.cost {
            *self.cost.get_or_insert_default() += cost;
        }
    }

    /// As if the one replicate so far had run `times` over.
    pub fn repeat(&mut self, times: usize) {
        if let [only] = self.finals[..] {
            self.finals = vec![only; times];
            self.starters *= times as u64;
            self.cost = self.cost.map(|cost| cost * times as f64);
        }
    }

    pub fn len(&self) -> usize {
        self.finals.len()
    }

    pub fn mean(&self) -> f64 {
        let sum: u64 = self.finals.iter().map(|&it| u64::from(it)).sum();
        sum as f64 / self.finals.len().max(1) as f64
    }

    pub fn row(
        self,
        (tactic, claim): (Tactic, Claim),
        seeds: Vec<PersonIndex>,
        people: usize,
        without_seeds: f64,
    ) -> StrategyRow {
        let count = self.finals.len().max(1) as f64;
        let mean = self.mean();
        let squares: f64 = self.finals.iter().map(|&it| (f64::from(it) - mean).powi(2)).sum();
        let half = 1.96 * (squares / (count - 1.0).max(1.0) / count).sqrt();
        let cost = self.cost.map(|cost| cost / count);
        let mut sorted = self.finals.clone();
        sorted.sort_unstable();
        let quantile = |percent: usize| {
            let at = (sorted.len() * percent).div_ceil(100).max(1) - 1;
            sorted.get(at).copied().unwrap_or(0)
        };
        StrategyRow {
            tactic,
            seeds,
            starters: self.starters as f64 / count,
            reach: Reach {
                mean,
                low: (mean - half).max(0.0),
                high: (mean + half).min(people as f64),
            },
            p10: quantile(10),
            p90: quantile(90),
            cost,
            per_thousand: cost.and_then(|cost| per_thousand(mean - without_seeds, cost)),
            claim,
            finals: self.finals,
        }
    }
}

impl StrategyTable {
    /// The row of this tactic.
    pub fn row(&self, tactic: Tactic) -> Option<&StrategyRow> {
        self.rows.iter().find(|row| row.tactic == tactic)
    }

    /// The row of largest reach, the first of several; `None` where there is none.
    pub fn best(&self) -> Option<&StrategyRow> {
        let larger = |a: &&StrategyRow, b: &&StrategyRow| a.reach.mean.total_cmp(&b.reach.mean);
        self.rows.iter().rev().max_by(larger)
    }

    /// How many more adopters `row` has than `other`, replicate by replicate.
    pub fn difference(row: &StrategyRow, other: &StrategyRow) -> Difference {
        Difference::between(&row.finals, &other.finals)
    }
}
