//! What strategies are compared, and on what terms.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Project;
use crate::seeding::{Broadcast, PriceError, Tactic, TrialRequest, money};
use crate::words::counted;

/// Terms on which strategies are laid side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StrategySettings {
    /// What is not compared.
    pub left_out: BTreeSet<Tactic>,
    /// Price and response of a broadcast.
    pub broadcast: Broadcast,
    /// Money for a broadcast; `None` for as much as the seeds cost.
    pub money: Option<f64>,
}

impl Project {
    /// What a comparison of strategies is asked: the same budget, conditions and replicates for
    /// each.
    ///
    /// # Errors
    /// As [`Self::seed_request`].
    pub fn trial_request(&self) -> Result<TrialRequest, PriceError> {
        let settings = &self.decisions.strategies;
        let chosen = self.seeds();
        let mut tactics = Tactic::all();
        tactics.retain(|it| !settings.left_out.contains(it));
        tactics.retain(|it| *it != Tactic::Chosen || !chosen.is_empty());
        Ok(TrialRequest {
            seeds: self.seed_request()?,
            tactics,
            chosen,
            money: settings.money,
            broadcast: settings.broadcast,
            replicates: self.decisions.scenario().replicates,
        })
    }

    /// What every strategy may spend: "10 seeds", "10 seeds within 2,000".
    pub fn budget_in_words(&self) -> String {
        let settings = &self.decisions.seed_settings;
        let seeds = settings.k.map(|k| counted(k, "seed", "seeds"));
        let most = settings.budget.map(money);
        match (seeds, most) {
            (Some(seeds), Some(most)) => format!("{seeds} within {most}"),
            (Some(seeds), None) => seeds,
            (None, Some(most)) => format!("seeds for {most}"),
            (None, None) => "what the goal takes".to_owned(),
        }
    }
}
