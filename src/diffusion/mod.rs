//! F3: contagion models and forecasts on an influence graph.
//!
//! A [`Scenario`] says what to simulate; a [`Model`] is that scenario checked and prepared for one
//! graph; a [`Replicate`] is one run; a [`Forecast`] summarises many. Updates are synchronous: who
//! acts at step *t+1* looks at the adopters of step *t*.
//!
//! | file | idea |
//! |---|---|
//! | `scenario`, `settings`, `error` | what to simulate, in words, and why a number makes no sense |
//! | `model` | checked scenario + graph → replicates |
//! | `cascade`, `threshold`, `hazard`, `fading`, `seiz`, `rivalry` | the contagion rules |
//! | `playbook`, `campaign`, `pushes`, `cause` | channels and pushes, at work, and who adopts through which |
//! | `lanes`, `leaps`, `words` | many replicates of a cascade side by side |
//! | `run` | state of one replicate, its agenda and its chances |
//! | `rollout` | waves, capacity and nudges as a person decides them; their dates |
//! | `calendar`, `course` | who adopts by plan, had adopted before or never will; the line of those who wait |
//! | `ensemble`, `tally`, `forecast`, `shard` | many replicates, counted exactly, summed up, in parts |
//! | `comparison` | several scenarios that meet the same chances, and how far apart they end |
//! | `conversions`, `witness` | who converted whom in one replicate |
//! | `chasm` | courses that stall at the boundary of a segment |
//! | `filling` | adopters by group, and how evenly they are spread |
//! | `classes`, `bass`, `mean_field` | Rogers' classes; curves where everyone meets everyone |

pub mod bass;
mod calendar;
mod campaign;
mod cascade;
mod cause;
mod chasm;
mod classes;
mod comparison;
mod conversions;
mod course;
mod ensemble;
mod error;
mod fading;
mod filling;
mod forecast;
mod hazard;
mod lanes;
mod leaps;
pub mod mean_field;
mod model;
mod playbook;
mod pushes;
mod replicate;
mod rivalry;
mod rollout;
mod run;
mod scenario;
mod seiz;
mod settings;
mod shard;
mod tally;
mod threshold;
mod witness;
mod words;

pub use calendar::{Calendar, Push};
pub use cause::{Cause, CauseCurve};
pub use chasm::Chasm;
pub use classes::{AdopterClass, ClassCuts, classify_by_deviation, classify_by_rank};
pub use comparison::{Comparison, ComparisonError, Difference};
pub use conversions::{ConversionRule, Conversions, Start};
pub use ensemble::Ensemble;
pub use error::{ScenarioError, rate, unit};
pub use filling::{Evenness, Filling, by_tenths};
pub use forecast::{Forecast, PersonForecast, Setting, StepSummary};
pub use model::{Model, Scratch};
pub use playbook::{
    CHANNELS, ChannelStrengths, Playbook, PlaybookPush, PushKind, Reaches, TieStrength, Translators,
};
pub use replicate::{NEVER, Replicate};
pub use rollout::{Group, Moment, Nudge, Rollout, Wave};
pub use scenario::{
    Contagion, Hazard, Meeting, Scenario, SeizRates, StepUnit, Threshold, TieProbability, TieWeight,
};
pub use settings::NamedSetting;
pub use shard::{Part, PartError};
pub use tally::{Histogram, PersonTally, Standing, Tally};
