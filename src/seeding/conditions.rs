//! What a set of seeds must be like: money, groups, and people who are in or out.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::prices::{Costs, money};
use super::request::Least;
use crate::network::{Groups, Network, PersonIndex};

/// Money that the seeds may cost together.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// What each person costs.
    pub costs: Costs,
    /// Most that all seeds may cost; `None` where prices only tell what is spent.
    pub most: Option<f64>,
}

/// What divides people into groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    /// What they have in a column; who has no entry is in no group.
    Column(String),
    /// The neighborhoods of the network.
    Neighborhood,
}

impl GroupBy {
    /// What one such group is called: "company", "neighborhood".
    pub fn label(&self) -> &str {
        match self {
            Self::Column(column) => column,
            Self::Neighborhood => "neighborhood",
        }
    }

    /// Name of each group, and the group of each person.
    pub fn groups(
        &self,
        network: &Network,
        neighborhoods: &Groups,
    ) -> (Vec<String>, Vec<Option<u32>>) {
        match self {
            Self::Column(column) => {
                let groups = Groups::of(&network.people, column);
                (groups.names, groups.of)
            }
            Self::Neighborhood => (neighborhoods.names.clone(), neighborhoods.of.clone()),
        }
    }
}

/// How many seeds a group may or must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// So many at most.
    AtMost(usize),
    /// One or more, in every group.
    AtLeastOne,
}

/// A bound on every group of one division of people.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRule {
    /// What one group is called ("company").
    pub label: String,
    /// Name of each group.
    pub names: Arc<[String]>,
    /// The group of each person; nothing is asked of people in none.
    pub of: Arc<[Option<u32>]>,
    /// What is asked of each group.
    pub bound: Bound,
}

impl GroupRule {
    /// The rule for one network. O(people log groups).
    pub fn new(by: &GroupBy, bound: Bound, network: &Network, neighborhoods: &Groups) -> Self {
        let (names, of) = by.groups(network, neighborhoods);
        Self { label: by.label().to_owned(), names: names.into(), of: of.into(), bound }
    }

    /// The group of a person.
    pub(super) fn group(&self, person: PersonIndex) -> Option<usize> {
        self.of[person as usize].map(|it| it as usize)
    }

    /// "at most 2 per company".
    pub fn in_words(&self) -> String {
        match self.bound {
            Bound::AtMost(most) => format!("at most {most} per {}", self.label),
            Bound::AtLeastOne => format!("at least one per {}", self.label),
        }
    }
}

/// The people among whom seeds must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Circle {
    /// "only people within 2 steps of the owners".
    pub label: String,
    /// Who they are.
    pub people: Arc<[PersonIndex]>,
}

/// One condition of a request, to be left out for comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Some people must be seeds.
    MustHave,
    /// Some people must not.
    Never,
    /// Only some may.
    Within,
    /// They may cost so much and no more.
    Budget,
    /// The group rule of this number.
    Group(usize),
}

/// What a condition costs: reach or, where a goal is to be met, seeds or money.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionCost {
    /// Which.
    pub condition: Condition,
    /// The condition in words: "at most 2 per company".
    pub label: String,
    /// Reach of the best choice found when this condition alone is dropped, on the same chances.
    pub reach_without: f64,
    /// How much that is above the reach with it; never below 0, because the choice that keeps all
    /// conditions stays open when one is dropped.
    pub costs: f64,
    /// What the goal takes when this condition alone is dropped; `None` where there is no goal, or it
    /// is not met then either.
    pub goal: Option<GoalWithout>,
}

/// What a goal takes when one condition is dropped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GoalWithout {
    /// What there should be least of.
    pub least: Least,
    /// So many seeds, or so much money.
    pub takes: f64,
    /// What the condition adds to that; `None` where the goal is not met under it.
    pub more: Option<f64>,
}

impl ConditionCost {
    /// "at most 2 per company costs 14 people", "at most 2 per company: the goal takes 3 more seeds".
    pub fn in_words(&self) -> String {
        let label = &self.label;
        if let Some(goal) = &self.goal {
            return goal.in_words(label);
        }
        let people = self.costs.round();
        match people {
            _ if people < 1.0 => format!("{label} costs hardly anyone"),
            _ if people < 2.0 => format!("{label} costs 1 person"),
            _ => format!("{label} costs {people:.0} people"),
        }
    }
}

impl GoalWithout {
    fn in_words(&self, label: &str) -> String {
        let amount = |it: f64, more: &str| match self.least {
            Least::Money if more.is_empty() => money(it),
            Least::Money => format!("{} {}", money(it), more.trim()),
            Least::Seeds => format!("{it:.0} {more}{}", if it < 1.5 { "seed" } else { "seeds" }),
        };
        match self.more {
            None => format!("{label}: without this the goal would take {}", amount(self.takes, "")),
            Some(more) if more < 0.005 => format!("{label}: the goal takes no more"),
            Some(more) => format!("{label}: the goal takes {}", amount(more, "more ")),
        }
    }
}

/// "a budget of 2,000".
pub(super) fn budget_in_words(most: f64) -> String {
    format!("a budget of {}", money(most))
}
