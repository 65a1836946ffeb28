//! What is compared, and what can be claimed of it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::super::error::SeedingError;
use super::super::prices::money;
use super::super::request::{SeedRequest, Strategy};
use crate::network::PersonIndex;

/// One way to spend the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tactic {
    /// The seeds that stand in the project now.
    Chosen,
    /// The same message to everyone the money reaches.
    Broadcast,
    /// Seeds picked by a strategy.
    #[serde(untagged)]
    By(Strategy),
}

impl Tactic {
    /// Everything there is to compare, in the order of tables.
    pub fn all() -> Vec<Self> {
        let strategies = Strategy::ALL.into_iter().map(Self::By);
        std::iter::once(Self::Chosen).chain(strategies).chain([Self::Broadcast]).collect()
    }

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Chosen => "your seeds",
            Self::By(Strategy::Best) => "best set",
            Self::By(Strategy::Degree) => "top degree",
            Self::By(Strategy::PageRank) => "PageRank",
            Self::By(Strategy::Betweenness) => "betweenness",
            Self::By(Strategy::KCore) => "k-core",
            Self::By(Strategy::Captains) => "neighborhood captains",
            Self::By(Strategy::Random) => "random people",
            Self::By(Strategy::FriendOfRandom) => "friends of random",
            Self::By(Strategy::Small) => "many small",
            Self::Broadcast => "broadcast",
        }
    }

    /// What it does, in one plain sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Chosen => "The seeds on your list now",
            Self::By(Strategy::Best) => "The people who together reach the most others",
            Self::By(Strategy::Degree) => "The people with the largest direct audience",
            Self::By(Strategy::PageRank) => "People listened to by people who are listened to",
            Self::By(Strategy::Betweenness) => "People on the shortest ways between others",
            Self::By(Strategy::KCore) => "People in the dense core, the best connected first",
            Self::By(Strategy::Captains) => {
                "The best local seed of each neighborhood, the largest neighborhood first"
            }
            Self::By(Strategy::Random) => "Anyone, drawn anew in each run",
            Self::By(Strategy::FriendOfRandom) => {
                "Somebody a random person listens to, drawn anew in each run (Kim et al. 2015)"
            }
            Self::By(Strategy::Small) => "The people with the smallest audience that is one",
            Self::Broadcast => {
                "The same message to everyone the money reaches; who responds is drawn anew"
            }
        }
    }
}

/// A message to many at a price per head.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Broadcast {
    /// What it costs to reach one person.
    pub per_head: f64,
    /// Chance in 0..=1 that a person reached adopts.
    pub response: f64,
}

impl Default for Broadcast {
    /// A letter of 2 with 1 % response (science.md section 4).
    fn default() -> Self {
        Self { per_head: 2.0, response: 0.01 }
    }
}

impl Broadcast {
    /// Whether these terms make sense, and so much money (where it is known) reaches anybody.
    ///
    /// # Errors
    /// [`TrialError`] naming the number that makes no sense.
    pub fn check(&self, money: Option<f64>) -> Result<(), TrialError> {
        let Self { per_head, response } = *self;
        // Written so that a value that is no number fails as well.
        if !(per_head > 0.0 && per_head.is_finite()) {
            return Err(TrialError::PerHead(per_head));
        }
        if !(0.0..=1.0).contains(&response) {
            return Err(TrialError::Response(response));
        }
        match money {
            Some(amount) if amount.is_nan() || amount < per_head => {
                Err(TrialError::NobodyReached { per_head, amount })
            }
            _ => Ok(()),
        }
    }
}

/// How sure it is that a strategy is near the best there is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// At least this share of the best possible reach, by proof.
    Proven(f64),
    /// Searched for by simulation; no proof is known for this model.
    Search,
    /// A rule of thumb.
    Rule,
    /// Left to chance.
    Chance,
    /// Chosen by hand.
    ByHand,
}

impl Claim {
    /// The claim as a sentence.
    pub fn in_words(self) -> String {
        match self {
            Self::Proven(share) => {
                format!("proven: at least {:.0} % of the best possible reach", 100.0 * share)
            }
            Self::Search => "a search by simulation, without proof for this model".to_owned(),
            Self::Rule => "a rule of thumb, without proof".to_owned(),
            Self::Chance => "people drawn anew in each run".to_owned(),
            Self::ByHand => "as it stands on the list".to_owned(),
        }
    }

    /// The claim in a word or two.
    pub fn short(self) -> String {
        match self {
            Self::Proven(share) => format!("proven ≥ {:.0} %", 100.0 * share),
            Self::Search => "search".to_owned(),
            Self::Rule => "rule".to_owned(),
            Self::Chance => "by chance".to_owned(),
            Self::ByHand => "by hand".to_owned(),
        }
    }
}

/// What is to be compared on what budget.
#[derive(Clone, Debug)]
pub struct TrialRequest {
    /// What every strategy is asked alike: how many seeds or for what money, who must or must not
    /// be among them. Its own strategy does not matter. What the best set found for a goal takes is
    /// the budget of all.
    pub seeds: SeedRequest,
    /// What is compared, each once.
    pub tactics: Vec<Tactic>,
    /// The people behind [`Tactic::Chosen`].
    pub chosen: Vec<PersonIndex>,
    /// Money there is for a broadcast; `None` for the budget of the seeds or, where they have none,
    /// for as much as the first of them cost. Where nobody says what a seed costs the broadcast goes
    /// to everyone.
    pub money: Option<f64>,
    /// Terms of a broadcast.
    pub broadcast: Broadcast,
    /// Replicates that each strategy is simulated on.
    pub replicates: u32,
}

/// Why strategies cannot be compared.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TrialError {
    /// The request for seeds makes no sense.
    #[error(transparent)]
    Seeds(#[from] SeedingError),
    /// Nothing to compare.
    #[error("Choose at least one strategy")]
    NoTactics,
    /// No replicates.
    #[error("A comparison needs at least 1 run of each strategy")]
    NoReplicates,
    /// A price per head that is none.
    #[error("The price per head of a broadcast must be a number above 0, but is {0}")]
    PerHead(f64),
    /// A response rate that is none.
    #[error("The response rate of a broadcast must lie between 0 and 1, but is {0}")]
    Response(f64),
    /// The money does not reach one head.
    #[error(
        "A broadcast at {} per head reaches nobody for {}: raise the budget or lower the price",
        money(*.per_head), money(*.amount)
    )]
    NobodyReached {
        /// The price of one head.
        per_head: f64,
        /// The money.
        amount: f64,
    },
}

impl TrialRequest {
    /// Most replicates behind a table that stands beside a plan.
    const BESIDE: u32 = 500;

    /// These seeds beside the plainest other ways to engage as many people: hubs, chance and friends of
    /// chance, and a broadcast. `seeds` holds prices and conditions, which hold for all.
    pub fn beside(
        chosen: Vec<PersonIndex>,
        seeds: SeedRequest,
        (broadcast, money): (Broadcast, Option<f64>),
        replicates: u32,
    ) -> Self {
        let others = [Strategy::Degree, Strategy::FriendOfRandom, Strategy::Random];
        let tactics = [Tactic::Chosen].into_iter().chain(others.map(Tactic::By));
        Self {
            seeds: SeedRequest { k: Some(chosen.len()), goal: None, ..seeds },
            tactics: tactics.chain([Tactic::Broadcast]).collect(),
            chosen,
            money,
            broadcast,
            replicates: replicates.min(Self::BESIDE),
        }
    }

    /// # Errors
    /// Everything about the request that [`TrialError`] describes and that needs no network.
    pub(super) fn check(&self) -> Result<(), TrialError> {
        if self.tactics.is_empty() {
            return Err(TrialError::NoTactics);
        }
        if self.replicates == 0 {
            return Err(TrialError::NoReplicates);
        }
        if !self.tactics.contains(&Tactic::Broadcast) {
            return Ok(());
        }
        self.broadcast.check(self.money)
    }
}
