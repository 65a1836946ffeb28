//! What to simulate: the contagion rule and its numbers.

use serde::{Deserialize, Serialize};

/// Chance that an active person activates one member of their audience, per tie.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieProbability {
    /// The same for every tie; parallel ties give `1-(1-p)^c`.
    Uniform(f64),
    /// Weighted cascade: one over the number of ties into the audience member.
    Weighted,
    /// Each tie's own value.
    PerTie,
}

/// Weight of one influence in the linear threshold model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieWeight {
    /// `c/d`: ties from the influencer over all ties into the person.
    Equal,
    /// Each tie's own value; the values into one person must not exceed 1.
    PerTie,
}

/// How many adopted peers a person needs to see (permission model).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// A share of the people one listens to, in 0..=1.
    Share(f64),
    /// A number of people.
    Count(u32),
    /// The person's own threshold (`fact::THRESHOLD`): below or equal 1 and not a whole number
    /// above 1 it is a share, from 1 up a count as the column is written.
    PerPerson,
}

/// How a rate becomes a chance per step (Bass on the network).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hazard {
    /// `1-exp(-(p+qE))`.
    Exponential,
    /// `min(1, p+qE)`.
    Additive,
}

/// The rule by which people adopt (science.md 1.1–1.7).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contagion {
    /// Each new adopter tries each tie once.
    IndependentCascade(TieProbability),
    /// A person adopts when the weights of adopted influences reach a uniformly drawn threshold.
    LinearThreshold(TieWeight),
    /// A person adopts after seeing enough peers do so (fractional or absolute threshold).
    Permission(Threshold),
    /// Spontaneous rate `p` plus `q` times the share of adopted influences, per step.
    Bass {
        /// Coefficient of innovation, per step.
        p: f64,
        /// Coefficient of imitation, per step.
        q: f64,
        /// How the rate becomes a chance.
        hazard: Hazard,
    },
}

/// What one step of the simulation stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepUnit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
}

/// Everything a simulation depends on besides the graph and the seeds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// The rule.
    pub contagion: Contagion,
    /// Longest time simulated, in steps.
    pub steps: u32,
    /// What a step stands for.
    pub step_unit: StepUnit,
    /// Number of replicates of a forecast.
    pub replicates: u32,
    /// Chance in 0..=1 that a person is reachable at a step (science.md 1.13).
    pub presence: f64,
    /// Share in 0..=1 of adoption that others can see (science.md 1.13).
    pub visibility: f64,
    /// Column within which alone influence passes ("only peers in my field count").
    pub same_field: Option<String>,
    /// The number every random stream is derived from.
    pub rng_seed: u64,
}

impl Default for Scenario {
    /// A cascade over tie strengths would hardly move on thin evidence, so the first picture
    /// uses the weighted cascade, which science.md 1.2 names for when nothing is known.
    fn default() -> Self {
        Self {
            contagion: Contagion::IndependentCascade(TieProbability::Weighted),
            steps: 26,
            step_unit: StepUnit::Week,
            replicates: 500,
            presence: 1.0,
            visibility: 1.0,
            same_field: None,
            rng_seed: 1,
        }
    }
}
