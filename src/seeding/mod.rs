//! F4: whom to seed, and what that brings.
//!
//! A [`SeedRequest`] says how many people and under which conditions; a [`SeedSearch`] is stepped
//! until it is done (or until patience ends: [`SeedSearch::finish`] answers at any moment); a
//! [`SeedChoice`] lists the seeds in order of choice, each with what it adds.
//!
//! For the cascades and the linear threshold model the search counts *reverse-reachable sets*: draw
//! a person and everyone from whom a contagion would have reached them; whoever is in many such
//! sets reaches many people, and the share of sets that a group meets, times the number of people,
//! is its reach (Borgs et al. 2014). The greedy choice on such sets comes with a proven share of
//! the best possible reach. The permission and Bass models have no such proof: there the search
//! simulates each candidate against the same chances, and [`SeedChoice::guarantee`] is `None`.
//!
//! [`ReachEstimator`] stays beside the choice and answers changes made by hand.

mod baseline;
mod bounds;
mod captains;
mod conditions;
mod cover;
mod crossing;
mod error;
mod estimator;
mod exchange;
mod goal;
mod live_ties;
mod overlap;
mod paying;
mod places;
mod prices;
mod reasons;
mod request;
mod reverse_sets;
mod room;
mod roots;
mod samples;
mod search;
mod set_search;
mod simulation;
mod simulation_search;
mod strategies;
mod telling;
mod waits;
mod world_search;
mod worlds;

pub use captains::{Captain, CaptainSearch, captains};
pub use conditions::{Bound, Budget, Circle, Condition, ConditionCost, GroupBy, GroupRule};
pub use crossing::{Crossing, CrossingError, Means, Way};
pub use error::SeedingError;
pub use estimator::{ChosenSeed, Estimate, Reach, ReachEstimator};
pub use goal::GoalAnswer;
pub use overlap::Overlap;
pub use paying::{Gain, Paying};
pub use prices::{Costs, Fee, PriceError, Prices, money, per_thousand};
pub use reasons::{Acquaintances, Bridge, Known, Ours, Reason, ReasonBasis, WarmPath, WarmStep};
pub use request::{Goal, Least, SeedRequest, Strategy};
pub use search::{SearchState, SeedChoice, SeedSearch};
pub use strategies::{
    Broadcast, Claim, ForGoal, StrategyRow, StrategyTable, StrategyTrial, Tactic, TrialError,
    TrialRequest,
};
pub use telling::candidates_in_words;
