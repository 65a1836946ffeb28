//! What can be wrong with what a seed search is asked.

use thiserror::Error;

use super::prices::money;
use crate::network::{Network, PersonIndex};

/// Why seeds cannot be chosen.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SeedingError {
    /// There is nobody to choose from.
    #[error("The network has no people yet: import a file first")]
    EmptyNetwork,
    /// Zero seeds asked for.
    #[error("Choose at least 1 seed")]
    NoSeeds,
    /// Neither a number of seeds nor money nor a goal.
    #[error("Say how many seeds there may be, or what they may cost")]
    NoLimit,
    /// More people are required than there are places.
    #[error(
        "{required} people are marked as must-have seeds, but only {k} seeds are asked for: \
         raise the number of seeds or unmark some"
    )]
    TooManyRequired {
        /// Distinct people in `include`.
        required: usize,
        /// Seeds asked for.
        k: usize,
    },
    /// Somebody is both required and ruled out.
    #[error("Person number {0} is marked both as a must-have seed and as never a seed")]
    Contradiction(PersonIndex),
    /// Somebody required or ruled out is not in the network.
    #[error("Person number {person} is not in the network of {people} people (they count from 0)")]
    UnknownPerson {
        /// The person index asked for.
        person: PersonIndex,
        /// Number of people.
        people: usize,
    },
    /// Everybody is ruled out.
    #[error("Everyone is ruled out as a seed: allow at least one person")]
    NobodyLeft,
    /// Epsilon outside 0..1.
    #[error("Epsilon must lie between 0 and 1, both excluded, but is {0}")]
    Epsilon(f64),
    /// A budget that is no amount.
    #[error("The budget must be a number above 0, but is {0}")]
    Budget(f64),
    /// Nobody can be paid.
    #[error(
        "The cheapest person who may be a seed costs {}, more than the budget of {}: raise it",
        money(*.cheapest), money(*.budget)
    )]
    NobodyAffordable {
        /// What the cheapest costs.
        cheapest: f64,
        /// The budget.
        budget: f64,
    },
    /// Nobody who may be a seed has a price.
    #[error("Nobody who may be a seed has a price: set a fee for people without one")]
    NobodyPriced,
    /// Must-have people without a price.
    #[error(
        "Must-have person number {0} has no price: set a fee for people without one or unmark them"
    )]
    RequiredUnpriced(PersonIndex),
    /// Must-have people who cost too much.
    #[error(
        "The must-have people alone cost {}, more than the budget of {}: raise it or unmark some",
        money(*.costs), money(*.budget)
    )]
    RequiredTooDear {
        /// What they cost together.
        costs: f64,
        /// The budget.
        budget: f64,
    },
    /// A bound of zero.
    #[error("At most 0 per {0} leaves nobody to choose: allow at least 1, or rule people out")]
    ZeroBound(String),
    /// More must-have people in a group than it may have.
    #[error(
        "{required} must-have people have the {label} {group}, but at most {most} per {label} may \
         be seeds: raise that number or unmark some"
    )]
    RequiredBeyondBound {
        /// What a group is called.
        label: String,
        /// Which group.
        group: String,
        /// Must-have people in it.
        required: usize,
        /// What it may have.
        most: usize,
    },
    /// Nobody is in a group.
    #[error("Nobody has a {0}, so nothing can be asked of each {0}: choose another column")]
    NoGroups(String),
    /// Nobody of a group may be a seed.
    #[error(
        "At least one per {label} cannot be met: nobody with the {label} {group} may be a seed \
         (ruled out, not within reach, or without a price that can be paid)"
    )]
    NobodyOfGroup {
        /// What a group is called.
        label: String,
        /// The first such group.
        group: String,
    },
    /// More groups than places.
    #[error(
        "At least one per {label} needs {needed} seeds, must-have people included, but only {k} \
         are asked for: raise the number of seeds"
    )]
    TooFewPlaces {
        /// What a group is called.
        label: String,
        /// Seeds needed.
        needed: usize,
        /// Seeds asked for.
        k: usize,
    },
    /// The cheapest of each group together cost too much.
    #[error(
        "At least one per {label} costs at least {}, must-have people included, more than the \
         budget of {}: raise it",
        money(*.needed), money(*.budget)
    )]
    TooLittleMoney {
        /// What a group is called.
        label: String,
        /// The least that this costs.
        needed: f64,
        /// The budget.
        budget: f64,
    },
    /// Conditions that stand in each other's way.
    #[error(
        "No set of seeds was found that meets these conditions together: {0}. Loosen one of them"
    )]
    Unfulfillable(String),
    /// Nobody is within reach.
    #[error("No seed can be chosen: {0} leaves nobody")]
    NobodyWithin(String),
    /// A goal beyond what is possible.
    #[error("The goal must be a share above 0 % and at most 100 %, but is {} %", .0 * 100.0)]
    Goal(f64),
    /// To pay least without prices.
    #[error("The least money is asked for, but no prices are given: choose a column or a fee")]
    GoalWithoutPrices,
}

impl SeedingError {
    /// The message, with people by name.
    pub fn about(&self, network: &Network) -> String {
        let name = |person: PersonIndex| &network.people[person as usize].name;
        match self {
            Self::Contradiction(person) => {
                format!("{} is marked both as a must-have seed and as never a seed", name(*person))
            }
            Self::RequiredUnpriced(person) => format!(
                "{}, a must-have, has no price: set a fee for people without one or unmark them",
                name(*person)
            ),
            _ => self.to_string(),
        }
    }
}
