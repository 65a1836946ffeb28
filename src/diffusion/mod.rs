//! F3: contagion models and forecasts on an influence graph.
//!
//! A [`Scenario`] says what to simulate; a [`Model`] is that scenario checked and prepared for one
//! graph; a [`Replicate`] is one run; a [`Forecast`] summarises many. Updates are synchronous.

mod scenario;

pub use scenario::{Contagion, Hazard, Scenario, StepUnit, Threshold, TieProbability, TieWeight};
