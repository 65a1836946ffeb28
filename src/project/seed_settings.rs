//! What a search for seeds is asked, as it is decided and saved.

use serde::{Deserialize, Serialize};

use super::ColumnRule;
use crate::diffusion::{Scenario, StepUnit};
use crate::seeding::{Bound, GroupBy, Least, Prices, Strategy};

/// What a search for seeds is asked. People are named by id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeedSettings {
    /// Most seeds; `None` leaves it to the budget or the goal.
    pub k: Option<usize>,
    /// See [`SeedRequest::epsilon`](crate::seeding::SeedRequest::epsilon).
    pub epsilon: f64,
    /// How seeds are picked.
    pub strategy: Strategy,
    /// Ids of people who must be seeds.
    pub include: Vec<String>,
    /// Ids of people who must not be seeds.
    pub exclude: Vec<String>,
    /// People whom any of these picks must not be seeds, unless they are asked for by name.
    pub exclude_where: Vec<ColumnRule>,
    /// What people cost.
    pub prices: Prices,
    /// Most that all seeds may cost together.
    pub budget: Option<f64>,
    /// What is asked of groups.
    pub groups: Vec<GroupCondition>,
    /// Choose only people who can be reached warmly, unless they are asked for by name.
    pub warm: Option<Warm>,
    /// Stop at this reach.
    pub goal: Option<GoalSetting>,
}

impl Default for SeedSettings {
    fn default() -> Self {
        Self {
            k: Some(10),
            epsilon: 0.1,
            strategy: Strategy::Best,
            include: Vec::new(),
            exclude: Vec::new(),
            exclude_where: Vec::new(),
            prices: Prices::default(),
            budget: None,
            groups: Vec::new(),
            warm: None,
            goal: None,
        }
    }
}

impl SeedSettings {
    /// What a choice simulates: `scenario`, all seeds starting at once, up to the step by which a goal
    /// is to be reached; nudges that come later have no part in that.
    pub fn scenario_of_choice(&self, scenario: &Scenario) -> Scenario {
        let mut choice = scenario.clone();
        choice.rollout.waves.clear();
        if let Some(step) = self.goal.and_then(|goal| goal.by_step) {
            choice.steps = step;
            choice.rollout.nudges.retain(|it| it.step <= step);
        }
        choice
    }

    /// "week 12": when a goal is due, where that is not the end of what is simulated.
    pub fn goal_due(&self, unit: StepUnit) -> Option<String> {
        let step = self.goal?.by_step?;
        Some(format!("{} {step}", unit.word(1)))
    }
}

/// How many seeds each group may or must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupCondition {
    /// What divides people into groups.
    pub by: GroupBy,
    /// What is asked of each.
    pub bound: Bound,
}

impl GroupCondition {
    /// "At most 2 per company".
    pub fn in_words(&self) -> String {
        let label = self.by.label();
        match self.bound {
            Bound::AtMost(most) => format!("At most {most} per {label}"),
            Bound::AtLeastOne => format!("At least one per {label}"),
        }
    }
}

/// Whom one can be introduced to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Warm {
    /// Where introductions begin.
    pub from: WarmFrom,
    /// Most steps from there: 1 for people they know, 2 for those whom these know, and so on.
    pub steps: u32,
}

/// Where introductions begin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarmFrom {
    /// The people whose exports these are, shown on the map or not.
    Owners,
    /// People whom the rule picks, for example those with a tag.
    Picked(ColumnRule),
}

impl Warm {
    /// "only people within 2 steps of the owners of the exports".
    pub fn in_words(&self) -> String {
        let from = match &self.from {
            WarmFrom::Owners => "the owners of the exports".to_owned(),
            WarmFrom::Picked(rule) => format!("people with {}", rule.in_words()),
        };
        format!(
            "only people within {} of {from}",
            crate::words::counted(self.steps as usize, "step", "steps")
        )
    }
}

/// A share of all people to reach.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoalSetting {
    /// In 0..=1.
    pub share: f64,
    /// Step by which; `None` for the scenario's last.
    pub by_step: Option<u32>,
    /// What there should be least of.
    pub least: Least,
}
