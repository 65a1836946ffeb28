//! What is asked of a seed search.

use std::sync::Arc;

use super::conditions::{Budget, Circle, GroupRule};
use crate::network::PersonIndex;

/// How seeds are picked.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// The set with the largest reach that the search can find.
    Best,
    /// Those with the largest direct audience.
    Degree,
    /// Those listened to by people who are listened to.
    PageRank,
    /// Those on the shortest ways between others.
    Betweenness,
    /// Those in the dense core, the best connected of them first.
    KCore,
    /// The best local seed of each neighborhood, the largest neighborhood first.
    Captains,
    /// Anyone, by chance.
    Random,
    /// A chance friend of someone drawn by chance (Kim et al. 2015).
    FriendOfRandom,
    /// Those with the smallest direct audience that is one: many small accounts.
    Small,
}

impl Strategy {
    /// Every strategy, in the order of menus.
    pub const ALL: [Self; 9] = [
        Self::Best,
        Self::Degree,
        Self::PageRank,
        Self::Betweenness,
        Self::KCore,
        Self::Captains,
        Self::FriendOfRandom,
        Self::Random,
        Self::Small,
    ];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Best => "largest reach",
            Self::Degree => "largest audience (degree)",
            Self::PageRank => "most listened to (PageRank)",
            Self::Betweenness => "bridges between others (betweenness)",
            Self::KCore => "in the dense core (k-core)",
            Self::Captains => "one captain per neighborhood",
            Self::Random => "random people",
            Self::FriendOfRandom => "friends of random people",
            Self::Small => "many small (smallest audience)",
        }
    }

    /// Whether chance picks, so that each campaign would engage other people.
    pub fn is_by_chance(self) -> bool {
        matches!(self, Self::Random | Self::FriendOfRandom)
    }
}

/// How many seeds, how precisely, and which sets of them are allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedRequest {
    /// Most seeds, those of `include` counted; `None` leaves it to the budget or the goal.
    pub k: Option<usize>,
    /// Distance from the proven share `1-1/e` of the best reach at which the search may stop.
    pub epsilon: f64,
    /// People who are seeds in any case; chosen first, in this order.
    pub include: Vec<PersonIndex>,
    /// People who must not be seeds (they can still be reached).
    pub exclude: Vec<PersonIndex>,
    /// The people among whom the other seeds must be, where not everybody will do.
    pub within: Option<Circle>,
    /// What people cost, and what they may cost together.
    pub budget: Option<Budget>,
    /// What is asked of groups.
    pub groups: Vec<GroupRule>,
    /// Stop at this reach.
    pub goal: Option<Goal>,
    /// How the others are picked.
    pub strategy: Strategy,
    /// Neighborhood of each person, for [`Strategy::Captains`]; `None` takes those that ties make.
    pub neighborhoods: Option<Arc<[Option<u32>]>>,
}

/// A share of all people to reach by the scenario's last step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// In 0..=1.
    pub share: f64,
    /// What there should be least of.
    pub least: Least,
}

/// What a goal should be reached with as little of as possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Least {
    /// The fewest seeds.
    #[default]
    Seeds,
    /// The least money.
    Money,
}

impl SeedRequest {
    /// The best `k` people, nobody forced in or out, epsilon .1.
    pub fn best(k: usize) -> Self {
        Self { k: Some(k), ..Self::default() }
    }
}

impl Default for SeedRequest {
    fn default() -> Self {
        Self {
            k: Some(10),
            epsilon: 0.1,
            include: Vec::new(),
            exclude: Vec::new(),
            within: None,
            budget: None,
            groups: Vec::new(),
            goal: None,
            strategy: Strategy::Best,
            neighborhoods: None,
        }
    }
}
