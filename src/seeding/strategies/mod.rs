//! Strategies side by side: what each way of spending the same budget brings.
//!
//! Every strategy is simulated on the same replicates, so that each meets the same chances
//! (common random numbers) and a difference between two of them is known far better than either
//! reach. Strategies that leave people to chance draw them anew in each replicate, from streams of
//! their own: their row is what such a campaign brings on average, not one lucky draw.
//!
//! | file | idea |
//! |---|---|
//! | `tactic` | what is compared, and what can be claimed of it |
//! | `lineup` | who is engaged in one replicate, and what that costs |
//! | `trial` | the comparison as a stepper |
//! | `table` | what came of it, row by row, and paired differences |

mod lineup;
mod table;
mod tactic;
mod trial;

pub use table::{ForGoal, StrategyRow, StrategyTable};
pub use tactic::{Broadcast, Claim, Tactic, TrialError, TrialRequest};
pub use trial::StrategyTrial;
