//! What to simulate: the contagion rule and its numbers.

use serde::{Deserialize, Serialize};

use super::error::{ScenarioError, rate, unit};
use super::{Playbook, Reaches, Rollout};

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

/// How many adopted peers a person needs to see (permission model). A threshold of 0 makes
/// everyone who listens to anybody adopt at step 1; who listens to nobody never adopts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// A share of the people one listens to, in 0..=1.
    Share(f64),
    /// A number of people.
    Count(u32),
    /// The person's own threshold (`fact::THRESHOLD`). One column has one meaning: counts of
    /// people where it holds whole numbers alone, shares as soon as it holds a fraction.
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

/// Which of two ideas a person takes up when both come at the same step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meeting {
    /// The first try to succeed wins, in random order: as many chances as live ties.
    FirstCome,
    /// Ours wins with this chance, however many try.
    Weighted(f64),
}

/// Rates of SEIZ per step, named as in science.md 1.8.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeizRates {
    /// Rate at which adopters tell those who have not heard, if all they listen to had adopted.
    pub beta: f64,
    /// The same for sceptics.
    pub b: f64,
    /// Chance to adopt at once on hearing from an adopter; the others think about it.
    pub p: f64,
    /// Chance to become a sceptic at once on hearing from one; the others think about it.
    pub l: f64,
    /// Rate at which who thinks about it is won over by adopters.
    pub rho: f64,
    /// Rate at which who thinks about it adopts unprompted.
    pub epsilon: f64,
    /// Share of people, seeds aside, who are sceptics from the start.
    pub sceptics: f64,
}

impl SeizRates {
    /// Nothing happens.
    pub const NONE: Self =
        Self { beta: 0.0, b: 0.0, p: 0.0, l: 0.0, rho: 0.0, epsilon: 0.0, sceptics: 0.0 };
    /// A risky change that many think over for weeks: for a first picture.
    pub const USUAL: Self =
        Self { beta: 0.4, b: 0.2, p: 0.2, l: 0.5, rho: 0.3, epsilon: 0.02, sceptics: 0.05 };

    fn check(&self) -> Result<(), ScenarioError> {
        rate("The rate beta at which adopters are heard", self.beta)?;
        rate("The rate b at which sceptics are heard", self.b)?;
        unit("The chance p to adopt at once", self.p)?;
        unit("The chance l to become a sceptic at once", self.l)?;
        rate("The rate rho at which adopters win over who thinks", self.rho)?;
        rate("The rate epsilon at which who thinks adopts", self.epsilon)?;
        unit("The share of sceptics", self.sceptics)
    }
}

/// The rule by which people adopt (science.md 1.1–1.8).
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
    /// Buzz that fades (SIR): adopters try each tie at every step until they fall silent.
    Fading {
        /// Chance per tie and step.
        beta: f64,
        /// Chance per step that an adopter falls silent, after that step's tries.
        gamma: f64,
    },
    /// Heard it, thinking, sceptic (SEIZ).
    Seiz(SeizRates),
    /// Two cascades compete for the same people, ours from the seeds, the other from
    /// [`Scenario::rivals`].
    Rivalry {
        /// Chance per tie, for both.
        chance: TieProbability,
        /// Who wins when both come at once.
        meeting: Meeting,
    },
    /// Word of mouth in channels, and pushes from outside: [`Scenario::playbook`].
    Playbook,
}

impl Contagion {
    /// Whether the number of a tie matters, or only that it is there. (What a playbook heeds, see
    /// [`Scenario::heeds_evidence`].)
    pub fn heeds_strengths(&self) -> bool {
        match self {
            Self::IndependentCascade(chance) | Self::Rivalry { chance, .. } => {
                *chance == TieProbability::PerTie
            }
            Self::LinearThreshold(weight) => *weight == TieWeight::PerTie,
            Self::Permission(_)
            | Self::Bass { .. }
            | Self::Fading { .. }
            | Self::Seiz(_)
            | Self::Playbook => false,
        }
    }
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
    /// Quarters of a year.
    Quarter,
    /// Years.
    Year,
}

impl StepUnit {
    /// Every unit, the shortest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// "week", "weeks".
    pub fn word(self, count: usize) -> &'static str {
        match (self, count == 1) {
            (Self::Day, true) => "day",
            (Self::Day, false) => "days",
            (Self::Week, true) => "week",
            (Self::Week, false) => "weeks",
            (Self::Month, true) => "month",
            (Self::Month, false) => "months",
            (Self::Quarter, true) => "quarter",
            (Self::Quarter, false) => "quarters",
            (Self::Year, true) => "year",
            (Self::Year, false) => "years",
        }
    }
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
    /// Chance in 0..=1 that an adopter gives up again, at each step after adopting; what they told
    /// others by then, and that they were seen to adopt, stays. A forecast counts them apart.
    #[serde(default)]
    pub churn: f64,
    /// Ids of the people the rival idea starts with; empty for as many of the best connected as
    /// there are seeds.
    #[serde(default)]
    pub rivals: Vec<String>,
    /// Waves of seeds, what can be onboarded per step, nudges.
    #[serde(default)]
    pub rollout: Rollout,
    /// Channels and pushes, for [`Contagion::Playbook`].
    #[serde(default)]
    pub playbook: Playbook,
    /// The number every random stream is derived from.
    pub rng_seed: u64,
}

impl Scenario {
    /// Whether it matters what ties were seen in.
    pub fn heeds_evidence(&self) -> bool {
        self.contagion == Contagion::Playbook
    }

    /// Whether it matters what people have in this column, beside those whose meaning is settled.
    pub fn heeds_column(&self, column: &str) -> bool {
        let nudged = self.rollout.nudges.iter().filter_map(|it| Some(&it.only.as_ref()?.column));
        let translated = self.playbook.translators.iter().map(|it| &it.column);
        let pushed = self.playbook.pushes.iter().filter_map(|it| match &it.reaches {
            Reaches::Where(rule) => Some(&rule.column),
            _ => None,
        });
        let columns = self.same_field.iter().chain(nudged).chain(translated).chain(pushed);
        columns.into_iter().any(|it| it == column)
    }

    /// Whether anybody may adopt without a seed.
    pub fn starts_by_itself(&self) -> bool {
        if !self.rollout.nudges.is_empty() {
            return true;
        }
        match self.contagion {
            Contagion::Bass { .. } => true,
            Contagion::Playbook => !self.playbook.pushes.is_empty(),
            _ => false,
        }
    }

    /// Most steps that one simulation may have.
    pub const MAX_STEPS: u32 = 100_000;

    /// The same scenario, drawing the chances of `other` as often as that does: only so can the two
    /// be compared replicate by replicate.
    #[must_use]
    pub fn with_chances_of(&self, other: &Self) -> Self {
        Self { rng_seed: other.rng_seed, replicates: other.replicates, ..self.clone() }
    }

    /// Every list of people that the scenario names by id, so that whoever renames people can have
    /// the ids follow them.
    pub fn people_mut(&mut self) -> impl Iterator<Item = &mut Vec<String>> {
        let waves = self.rollout.waves.iter_mut().map(|wave| &mut wave.seeds);
        std::iter::once(&mut self.rivals).chain(waves).chain(self.playbook.people_mut())
    }

    /// Checks every number that stands on its own; [`super::Model::prepare`] also checks what
    /// depends on the network.
    ///
    /// # Errors
    /// A [`ScenarioError`] naming the first setting that makes no sense.
    pub fn check(&self) -> Result<(), ScenarioError> {
        match self.contagion {
            Contagion::IndependentCascade(TieProbability::Uniform(p)) => {
                unit("The probability of a tie", p)?;
            }
            Contagion::Permission(Threshold::Share(share)) => {
                unit("The threshold share", share)?;
            }
            Contagion::Bass { p, q, hazard } => {
                match hazard {
                    Hazard::Exponential => rate("The coefficient of innovation p", p)?,
                    Hazard::Additive => unit("The coefficient of innovation p", p)?,
                }
                rate("The coefficient of imitation q", q)?;
            }
            Contagion::Fading { beta, gamma } => {
                unit("The chance beta per tie and step", beta)?;
                unit("The chance gamma to fall silent", gamma)?;
            }
            Contagion::Seiz(rates) => rates.check()?,
            Contagion::Rivalry { chance, meeting } => {
                if let TieProbability::Uniform(p) = chance {
                    unit("The probability of a tie", p)?;
                }
                if let Meeting::Weighted(share) = meeting {
                    unit("Our chance when both ideas come at once", share)?;
                }
            }
            Contagion::Playbook => self.playbook.check()?,
            _ => {}
        }
        unit("Presence", self.presence)?;
        unit("Visibility", self.visibility)?;
        unit("Churn", self.churn)?;
        if self.steps == 0 || self.steps > Self::MAX_STEPS {
            return Err(ScenarioError::Steps { steps: self.steps, most: Self::MAX_STEPS });
        }
        if self.replicates == 0 {
            return Err(ScenarioError::NoReplicates);
        }
        self.rollout.check(self.steps)
    }
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
            churn: 0.0,
            rivals: Vec::new(),
            rollout: Rollout::default(),
            playbook: Playbook::default(),
            rng_seed: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl FnOnce(&mut Scenario)) -> String {
        let mut scenario = Scenario::default();
        change(&mut scenario);
        scenario.check().expect_err("makes no sense").to_string()
    }

    #[test]
    fn a_scenario_heeds_the_columns_it_names() {
        use crate::diffusion::{Group, Nudge, PlaybookPush, PushKind, Translators};
        use crate::network::{ColumnRule, Picks};
        type Change = fn(&mut Scenario);
        let changes: [Change; 4] = [
            |it| it.same_field = Some("notes".to_owned()),
            |it| {
                let only = Some(Group { column: "notes".to_owned(), value: String::new() });
                it.rollout.nudges.push(Nudge { step: 1, chance: 0.5, only });
            },
            |it| {
                it.playbook.translators =
                    Some(Translators { column: "notes".to_owned(), factor: 2.0 });
            },
            |it| {
                let picks = Picks::OneOf(["tall".to_owned()].into());
                let rule = ColumnRule { column: "notes".to_owned(), picks };
                let push = PlaybookPush::usual(PushKind::Other, Reaches::Where(rule));
                it.playbook.pushes.push(push);
            },
        ];
        assert!(!Scenario::default().heeds_column("notes"));
        for change in changes {
            let mut scenario = Scenario::default();
            change(&mut scenario);
            assert!(scenario.heeds_column("notes") && !scenario.heeds_column("client"));
        }
    }

    #[test]
    fn nonsense_is_refused_by_name() {
        for bad in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            let uniform = Contagion::IndependentCascade(TieProbability::Uniform(bad));
            assert!(refused(|it| it.contagion = uniform).contains("probability"));
            let share = Contagion::Permission(Threshold::Share(bad));
            assert!(refused(|it| it.contagion = share).contains("threshold share"));
            assert!(refused(|it| it.presence = bad).contains("Presence"));
            assert!(refused(|it| it.visibility = bad).contains("Visibility"));
            let bass = Contagion::Bass { p: bad, q: 0.1, hazard: Hazard::Additive };
            assert!(refused(|it| it.contagion = bass).contains("innovation"));
        }
        for bad in [-0.1, f64::NAN, f64::INFINITY] {
            let bass = Contagion::Bass { p: 0.1, q: bad, hazard: Hazard::Exponential };
            assert!(refused(|it| it.contagion = bass).contains("imitation"));
        }
        assert!(refused(|it| it.steps = 0).contains("steps"));
        assert!(refused(|it| it.steps = u32::MAX).contains("steps"));
        assert!(refused(|it| it.replicates = 0).contains("replicate"));
        assert_eq!(
            refused(|it| it.presence = 1.5),
            "Presence must lie between 0 and 1, but is 1.5"
        );
    }

    #[test]
    fn the_first_scenario_makes_sense() {
        assert_eq!(Scenario::default().check(), Ok(()));
    }
}
