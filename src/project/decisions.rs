//! Everything a person decides: small, comparable, saved, undoable.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Campaign, Case, Filters, LearnSettings, MapLayout, NeighborhoodRules, SeedSettings,
    StrategySettings, Tray,
};
use crate::assemble::{ByHand, Merges, TieRules};
use crate::diffusion::Scenario;
use crate::layout::Point;
use crate::picture::Look;

/// The decisions of one project. People are named by id, so that decisions survive a new import.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decisions {
    /// Which evidence makes ties.
    pub tie_rules: TieRules,
    /// Who is the same person.
    pub merges: Merges,
    /// What was written over what the files tell.
    pub by_hand: ByHand,
    /// Whom to start with and what to simulate, as often as the person wants to compare.
    #[serde(flatten)]
    pub tray: Tray,
    /// What the next search for seeds is asked.
    pub seed_settings: SeedSettings,
    /// On what terms strategies are laid side by side.
    pub strategies: StrategySettings,
    /// Ids of people put in a place by hand, with that place in layout units.
    pub pins: BTreeMap<String, Point>,
    /// What people are arranged by on the map, and how.
    pub layout: MapLayout,
    /// What the map shows.
    pub look: Look,
    /// Whom the map shows. The others stay in the network.
    pub filters: Filters,
    /// Ids of people whom the map does not show, by hand. They stay in the network.
    pub hidden: BTreeSet<String>,
    /// Column by which segments are told apart.
    pub segment_by: Option<String>,
    /// What has become of people, and what was planned.
    pub campaign: Campaign,
    /// How what happened is looked at.
    pub learning: LearnSettings,
    /// What the neighborhoods are, and what they are called.
    pub neighborhoods: NeighborhoodRules,
}

impl Decisions {
    /// Whether the same evidence makes the same network under both.
    pub fn make_the_same_network(&self, other: &Self) -> bool {
        (&self.tie_rules, &self.merges, &self.by_hand)
            == (&other.tie_rules, &other.merges, &other.by_hand)
    }

    /// The case at hand: its seeds, its scenario.
    pub fn case(&self) -> &Case {
        self.tray.case()
    }

    /// The case at hand, to change.
    pub fn case_mut(&mut self) -> &mut Case {
        self.tray.case_mut()
    }

    /// Ids of the seeds of the case at hand, in the order in which they were chosen.
    pub fn seeds(&self) -> &[String] {
        &self.case().seeds
    }

    /// What to simulate in the case at hand.
    pub fn scenario(&self) -> &Scenario {
        &self.case().scenario
    }
}
