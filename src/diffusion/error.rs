//! What can be wrong with a scenario, said so that a person can put it right.

use thiserror::Error;

/// Why a scenario cannot be simulated. Nothing is clamped or guessed: the message names the value
/// and what is allowed.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ScenarioError {
    /// A chance or share outside `0..=1`, or not a number.
    #[error("{what} must lie between 0 and 1, but is {value}")]
    OutsideUnit {
        /// Name of the setting.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A rate below 0, infinite, or not a number.
    #[error("{what} must be 0 or more, but is {value}")]
    BadRate {
        /// Name of the setting.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A simulation of no steps, or of more than [`super::Scenario::MAX_STEPS`].
    #[error("The number of steps must lie between 1 and {most}, but is {steps}")]
    Steps {
        /// Steps asked for.
        steps: u32,
        /// Most steps allowed.
        most: u32,
    },
    /// A forecast of no replicates.
    #[error("A forecast needs at least 1 replicate")]
    NoReplicates,
    /// One tie's probability outside `0..=1`.
    #[error(
        "The tie from {influencer} to {audience} has probability {value}; \
         it must lie between 0 and 1: correct it in the file or use one probability for all ties"
    )]
    TieProbability {
        /// Who influences.
        influencer: String,
        /// Who is influenced.
        audience: String,
        /// The tie's number.
        value: f64,
    },
    /// One tie's weight outside `0..=1`.
    #[error(
        "The tie from {influencer} to {audience} has weight {value}; \
         it must lie between 0 and 1: correct it in the file or use equal weights"
    )]
    TieWeight {
        /// Who influences.
        influencer: String,
        /// Who is influenced.
        audience: String,
        /// The tie's number.
        value: f64,
    },
    /// Weights of the linear threshold model that add up to more than 1.
    #[error(
        "The weights of the ties into {person} add up to {sum}; \
         the linear threshold model allows 1 at most: scale them down or use equal weights"
    )]
    WeightsAboveOne {
        /// Who is influenced.
        person: String,
        /// Sum of the weights.
        sum: f64,
    },
    /// Thresholds per person were asked for, but somebody has none.
    #[error(
        "{missing} of the people who listen to others have no threshold (the first is {person}); \
         fill in the column or use one threshold for everyone"
    )]
    MissingThreshold {
        /// The first person without one.
        person: String,
        /// How many have none.
        missing: usize,
    },
    /// A threshold that is neither a share nor a count.
    #[error(
        "The threshold of {person} is {value}; a threshold is a share between 0 and 1, \
         or, where the whole column holds whole numbers, a count of people"
    )]
    BadThreshold {
        /// Whose threshold it is.
        person: String,
        /// What stands in the column.
        value: String,
    },
    /// "Same field only" names a column that nobody has.
    #[error("Nobody has a column named “{column}”; columns to choose from: {known}")]
    UnknownColumn {
        /// The column asked for.
        column: String,
        /// The columns there are.
        known: String,
    },
    /// A seed that is not in the network.
    #[error("Seed number {seed} is not in the network of {people} people (they count from 0)")]
    UnknownSeed {
        /// The person index asked for.
        seed: u32,
        /// Number of people.
        people: usize,
    },
    /// Somebody in a calendar who is not in the network.
    #[error("Person number {person} is not in the network of {people} people (they count from 0)")]
    UnknownPerson {
        /// The person index asked for.
        person: u32,
        /// Number of people.
        people: usize,
    },
    /// A calendar in which nobody can ever be onboarded.
    #[error("At least 1 person must be onboarded per step; leave the number away for no limit")]
    NoCapacity,
    /// A push whose last step comes first.
    #[error("A push that starts at step {first} cannot end at step {last}")]
    EndsBeforeItStarts {
        /// Its first step.
        first: u32,
        /// Its last step.
        last: u32,
    },
    /// A wave without a name, or with that of another.
    #[error("Every wave needs a name of its own, and \u{201c}{name}\u{201d} is none")]
    WaveName {
        /// The name it has.
        name: String,
    },
    /// A wave or nudge later than the simulation goes.
    #[error(
        "{what} is due at step {step}, after the last step {steps}: simulate longer or move it"
    )]
    AfterTheEnd {
        /// What it is.
        what: String,
        /// When it is due.
        step: u32,
        /// Steps of the scenario.
        steps: u32,
    },
    /// A seed with two dates.
    #[error("{id} is in two waves, \u{201c}{first}\u{201d} and \u{201c}{second}\u{201d}")]
    InTwoWaves {
        /// The seed's id.
        id: String,
        /// The first wave's name.
        first: String,
        /// The other's.
        second: String,
    },
    /// A nudge for nobody.
    #[error(
        "The nudge is for people with \u{201c}{value}\u{201d} in the column \u{201c}{column}\u{201d}, \
         and nobody has that"
    )]
    NobodyToNudge {
        /// The column.
        column: String,
        /// The entry.
        value: String,
    },
    /// Somebody who has adopted and never will.
    #[error("Person number {person} has adopted already and is marked as never adopting as well")]
    BothAdoptedAndNever {
        /// Who.
        person: u32,
    },
    /// A push from outside that makes no sense.
    #[error("\u{201c}{push}\u{201d}: {why}")]
    Push {
        /// Its name, or its kind where it has none.
        push: String,
        /// What is wrong with which number.
        why: String,
    },
    /// Adopters who would speak of it for no step at all.
    #[error("Adopters must speak of it for 1 step or more; set a channel to 0 to silence it")]
    NobodyTalks,
    /// A playbook that makes a tie pass influence on with a chance above 1.
    #[error(
        "The tie from {influencer} to {audience} would pass influence on with chance {chance} per step; \
         lower the channel, the strength of ties or the translators' factor until that is 1 at most"
    )]
    StrongTie {
        /// Who influences.
        influencer: String,
        /// Who is influenced.
        audience: String,
        /// The product of channel, strength, factor, presence and visibility.
        chance: f64,
    },
    /// A person named to start the rival idea who is not there.
    #[error(
        "The rival idea cannot start with \u{201c}{id}\u{201d}: nobody in the network has that id or name"
    )]
    UnknownRival {
        /// As it was named.
        id: String,
    },
    /// Replicates asked for that the scenario does not have.
    #[error("Replicates {first} to {last} were asked for, but the scenario has {replicates}")]
    UnknownReplicates {
        /// First index of the range.
        first: u32,
        /// One past the last index of the range.
        last: u32,
        /// Replicates of the scenario.
        replicates: u32,
    },
}

/// Refuses a chance or share outside `0..=1`; `what` names it.
///
/// # Errors
/// [`ScenarioError::OutsideUnit`].
pub fn unit(what: &'static str, value: f64) -> Result<(), ScenarioError> {
    // Written so that a value that is no number fails as well.
    if (0.0..=1.0).contains(&value) {
        Ok(())
    } else {
        Err(ScenarioError::OutsideUnit { what, value })
    }
}

/// Refuses a rate below 0 or without end; `what` names it.
///
/// # Errors
/// [`ScenarioError::BadRate`].
pub fn rate(what: &'static str, value: f64) -> Result<(), ScenarioError> {
    if value.is_finite() && value >= 0.0 {
        Ok(())
    } else {
        Err(ScenarioError::BadRate { what, value })
    }
}
