//! What the panel about what happened asks for.

use jiff::civil::Date;

use crate::diffusion::{Hazard, StepUnit};
use crate::network::PersonIndex;
use crate::project::{LearnSettings, Marked};

/// One wish about what happened, or about the campaign.
#[derive(Clone, Debug, PartialEq)]
pub enum LearnAction {
    /// Note how things stand with these people; `None` takes back what was noted.
    Mark(Vec<PersonIndex>, Option<Marked>),
    /// The day that marks are dated with and a plan starts on; `None` for today.
    SetDay(Option<Date>),
    /// How what happened is looked at.
    SetSettings(LearnSettings),
    /// Whether the forecast goes on from the present state.
    GoOnFromToday(bool),
    /// Forecast with these numbers, from the present state on.
    UseFit {
        /// Coefficient of innovation.
        p: f64,
        /// Coefficient of imitation.
        q: f64,
        /// How a rate becomes a chance.
        hazard: Hazard,
        /// Length of the periods they are per, where it is told.
        unit: Option<StepUnit>,
    },
    /// Make the forecast that is shown the plan.
    MakePlan,
    /// Have no plan.
    ForgetPlan,
}
