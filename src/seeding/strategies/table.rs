//! What came of a comparison, row by row, and paired differences.

use std::fmt::Write;

use super::super::estimator::Reach;
use super::super::goal::GoalAnswer;
use super::super::prices::{money, per_thousand};
use super::super::request::Least;
use super::lineup::Engaged;
use super::tactic::{Broadcast, Claim, Tactic};
use crate::diffusion::Difference;
use crate::network::PersonIndex;
use crate::words::{counted, people};

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
    /// People whom the broadcast reaches, where there is one.
    pub heads: Option<usize>,
    /// Terms of the broadcast.
    pub broadcast: Broadcast,
    /// What a goal takes, where there is one; every strategy got as much.
    pub for_goal: Option<ForGoal>,
    /// Expected adopters when nobody is engaged (those who adopt by themselves).
    pub without_seeds: f64,
    /// Number of people.
    pub people: usize,
    /// Replicates behind each row.
    pub replicates: u32,
}

/// What the best set found for a goal takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForGoal {
    /// What became of the goal.
    pub answer: GoalAnswer,
    /// Seeds of that set.
    pub seeds: usize,
    /// What they cost, where prices are given.
    pub spent: Option<f64>,
}

impl ForGoal {
    /// "The goal of 120 people by week 12 takes 9 seeds, so every strategy gets 9 seeds".
    fn in_words(&self, when: Option<&str>) -> String {
        let when = when.map_or_else(String::new, |it| format!(" by {it}"));
        let wanted = people_of(self.answer.wanted.ceil());
        let each = match self.spent {
            Some(spent) if self.answer.least == Least::Money => money(spent),
            _ => counted(self.seeds, "seed", "seeds"),
        };
        if self.answer.is_met {
            format!("The goal of {wanted}{when} takes {each}: every strategy gets as much")
        } else {
            format!(
                "The goal of {wanted}{when} is out of reach: the best set found gets to {:.0} with \
                 {each}, and every strategy gets as much",
                self.answer.reached
            )
        }
    }
}

fn people_of(count: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of people"
    )]
    people(count.max(0.0) as usize)
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

    /// What one seed of `row` may cost and still bring as many adopters for the money as the
    /// broadcast; `None` where prices are known, or one of both brings nobody.
    pub fn fair_price(&self, row: &StrategyRow) -> Option<f64> {
        let broadcast = self.row(Tactic::Broadcast)?;
        let brought = row.reach.mean - self.without_seeds;
        let for_one = broadcast.per_thousand.filter(|it| *it > 0.0)? / 1000.0;
        let is_open = row.cost.is_none() && !row.seeds.is_empty() && brought > 0.0;
        is_open.then(|| brought / for_one / row.starters)
    }

    /// What has to be known to read the table: what a goal takes (it is due at `when`: "week 12"),
    /// whom the broadcast reaches, and what a seed may cost where nobody says what it does.
    pub fn in_words(&self, when: Option<&str>) -> Vec<String> {
        let mut lines: Vec<String> = self.for_goal.iter().map(|it| it.in_words(when)).collect();
        if let (Some(heads), Some(row)) = (self.heads, self.row(Tactic::Broadcast)) {
            let Broadcast { per_head, response } = self.broadcast;
            let spent = row.cost.unwrap_or_default();
            let mut line = format!(
                "Broadcast: {} at {} a head, {} in all; {} % respond",
                people(heads),
                money(per_head),
                money(spent),
                (1e6 * response).round() / 1e4,
            );
            let unpriced = self.rows.iter().filter_map(|row| Some((row, self.fair_price(row)?)));
            let best = unpriced.max_by(|a, b| a.0.reach.mean.total_cmp(&b.0.reach.mean));
            if let Some((best, price)) = best {
                let _ = write!(
                    line,
                    ". No seed has a price yet: {} brings more for the money as long as a seed costs \
                     less than {}",
                    best.tactic.label(),
                    money(if price < 10.0 { price } else { price.floor() }),
                );
            }
            lines.push(line);
        }
        lines
    }

    /// How many more adopters `row` has than `other`, replicate by replicate.
    pub fn difference(row: &StrategyRow, other: &StrategyRow) -> Difference {
        Difference::between(&row.finals, &other.finals)
    }
}
