//! What made a person adopt.

use serde::{Deserialize, Serialize};

use crate::network::Channel;

/// What came first. Where several causes act at the same step, one of them is drawn in proportion to
/// their rates, as if they ran against each other within the step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Was chosen to start.
    Seed,
    /// Had adopted before the start.
    Earlier,
    /// A push that the calendar holds besides those of the playbook.
    Nudge,
    /// A push from outside, by its name.
    Push(String),
    /// A contact in this channel.
    Channel(Channel),
    /// A contact, of whom no file tells where they meet.
    Untold,
}

impl Cause {
    /// Name on screen.
    pub fn label(&self) -> &str {
        match self {
            Self::Seed => "seeds",
            Self::Earlier => "adopted before",
            Self::Nudge => "nudges",
            Self::Push(name) => name,
            Self::Channel(channel) => channel.label(),
            Self::Untold => "contacts (channel not told)",
        }
    }
}

/// Expected adopters by one cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CauseCurve {
    /// The cause.
    pub cause: Cause,
    /// Mean number of people who adopt through it at each step; over all causes these add up to the
    /// new adopters.
    pub new_mean: Vec<f64>,
}

impl CauseCurve {
    /// Mean number of people who adopt through it in all.
    pub fn total(&self) -> f64 {
        self.new_mean.iter().sum()
    }
}
