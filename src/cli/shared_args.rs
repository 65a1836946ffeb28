//! Options that several commands share: what to read, whom to choose, what to simulate.

use std::path::PathBuf;

use clap::Args;

use super::choices::{
    ArrangementName, ChannelName, ContagionName, HazardName, StepUnitName, StrategyName,
    TieStrengthName,
};
use super::conditions::ConditionArgs;
use crate::diffusion::SeizRates;

/// What to read.
#[derive(Debug, Args)]
pub struct SourceArgs {
    /// Export or graph files, folders or zips, or one .jaywalk project
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    /// Only ties seen in these channels, separated by commas; "untold" stands for ties of which the
    /// files do not tell where
    #[arg(long, value_enum, value_delimiter = ',', value_name = "A,B")]
    pub channels: Vec<ChannelName>,
    /// Answers to the questions that `import --json` lists, as JSON
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
}

/// How to read what a file does not say itself.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Reading {
    /// Ties of an edge list go one way where the file does not say
    #[arg(long, conflicts_with = "undirected")]
    pub directed: bool,
    /// Ties of an edge list go both ways where the file does not say
    #[arg(long)]
    pub undirected: bool,
    /// In an edge list, source follows (listens to) target, instead of influencing it
    #[arg(long)]
    pub follows: bool,
}

/// Whom to choose.
#[derive(Debug, Args)]
pub struct ChoiceArgs {
    /// How many people to seed [default: 10; with --budget or --target as many as it takes]
    #[arg(long, value_name = "N")]
    pub k: Option<usize>,
    #[command(flatten)]
    pub conditions: ConditionArgs,
    /// Slack of the guarantee: reach is at least 1 - 1/e - epsilon of the best possible
    #[arg(long, value_name = "E", default_value_t = 0.1)]
    pub epsilon: f64,
    /// People who must be among the seeds: ids separated by commas
    #[arg(long, value_delimiter = ',', value_name = "IDS")]
    pub include: Vec<String>,
    /// People who must not be: ids separated by commas
    #[arg(long, value_delimiter = ',', value_name = "IDS")]
    pub exclude: Vec<String>,
    #[command(flatten)]
    pub exclusions: ExclusionArgs,
    /// How to choose
    #[arg(long, value_enum, default_value = "best")]
    pub strategy: StrategyName,
}

/// Who must not be a seed, by what is known of them.
#[derive(Debug, Args)]
pub struct ExclusionArgs {
    /// Nobody with this in a column, for example client=Alder; cost=10..40 for a range, client= for
    /// people without an entry; may be given several times
    #[arg(long, value_name = "COLUMN=VALUE")]
    pub exclude_where: Vec<String>,
}

/// What to simulate.
#[derive(Debug, Args)]
pub struct ScenarioArgs {
    /// Rule by which people adopt
    #[arg(long, value_enum, default_value = "ic")]
    pub contagion: ContagionName,
    /// Chance per tie: a number, "weighted" (1 / ties into the person) or "column" (the file's
    /// probability column; with `--contagion lt` the tie's weight)
    #[arg(long, value_name = "P|weighted|column", default_value = "weighted")]
    pub p: String,
    /// Permission: share of one's influences that must have adopted, or "column"
    #[arg(long, value_name = "X|column", conflicts_with = "threshold_count")]
    pub threshold_share: Option<String>,
    /// Permission: number of people who must have adopted, or "column"
    #[arg(long, value_name = "K|column")]
    pub threshold_count: Option<String>,
    /// Bass: coefficient of innovation per step
    #[arg(long, value_name = "P", default_value_t = 0.03)]
    pub bass_p: f64,
    /// Bass: coefficient of imitation per step
    #[arg(long, value_name = "Q", default_value_t = 0.38)]
    pub bass_q: f64,
    /// Bass: how a rate becomes a chance per step
    #[arg(long, value_enum, default_value = "exponential")]
    pub hazard: HazardName,
    /// SIR: chance per tie and step; SEIZ: rate at which adopters are heard [default: 0.1; seiz 0.4]
    #[arg(long, value_name = "B")]
    pub beta: Option<f64>,
    /// SIR: chance per step that an adopter falls silent
    #[arg(long, value_name = "G", default_value_t = 0.2)]
    pub gamma: f64,
    /// SEIZ: rate at which sceptics are heard
    #[arg(long, value_name = "B", default_value_t = SeizRates::USUAL.b)]
    pub seiz_b: f64,
    /// SEIZ: chance to adopt at once on hearing from an adopter
    #[arg(long, value_name = "P", default_value_t = SeizRates::USUAL.p)]
    pub seiz_p: f64,
    /// SEIZ: chance to become a sceptic at once on hearing from one
    #[arg(long, value_name = "L", default_value_t = SeizRates::USUAL.l)]
    pub seiz_l: f64,
    /// SEIZ: rate at which who thinks about it is won over by adopters
    #[arg(long, value_name = "R", default_value_t = SeizRates::USUAL.rho)]
    pub rho: f64,
    /// SEIZ: rate at which who thinks about it adopts unprompted
    #[arg(long, value_name = "E", default_value_t = SeizRates::USUAL.epsilon)]
    pub seiz_epsilon: f64,
    /// SEIZ: share of people who are sceptics from the start
    #[arg(long, value_name = "S", default_value_t = SeizRates::USUAL.sceptics)]
    pub sceptics: f64,
    /// Rivals: who starts the rival idea, ids separated by commas [default: as many of the best
    /// connected as there are seeds]
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub rivals: Vec<String>,
    /// Rivals: our chance where both ideas come at the same step [default: by the ties that tried]
    #[arg(long, value_name = "W")]
    pub rival_weight: Option<f64>,
    /// Playbook: channels and pushes in a JSON file with any of channels, strength, `talk_steps`,
    /// week, translators and pushes [default: word of mouth alone]
    #[arg(long, value_name = "FILE.json")]
    pub playbook: Option<PathBuf>,
    /// Playbook: strength of a channel, in place of the file's, for example online=0.5; may be given
    /// several times
    #[arg(long, value_name = "CHANNEL=STRENGTH")]
    pub channel: Vec<String>,
    /// Playbook: how strong ties are, in place of the file's
    #[arg(long, value_enum)]
    pub tie_strength: Option<TieStrengthName>,
    /// Playbook: at how many steps after adopting people try each tie [default: every step]
    #[arg(long, value_name = "N")]
    pub talk_steps: Option<u32>,
    /// Chance per step that an adopter gives up again; counted apart
    #[arg(long, value_name = "C", default_value_t = 0.0)]
    pub churn: f64,
    /// Longest time simulated [default: 52 for bass, seiz and playbook, else until nothing changes, at most 1000]
    #[arg(long, value_name = "N")]
    pub steps: Option<u32>,
    /// What a step stands for
    #[arg(long, value_enum, default_value = "week")]
    pub step_unit: StepUnitName,
    /// Number of runs of the forecast
    #[arg(long, value_name = "R", default_value_t = 1000)]
    pub replicates: u32,
    /// Chance that a person is reachable at a step
    #[arg(long, value_name = "A", default_value_t = 1.0)]
    pub presence: f64,
    /// Share of adoption that others can see
    #[arg(long, value_name = "V", default_value_t = 1.0)]
    pub visibility: f64,
    /// Influence passes only between people with the same value in this column
    #[arg(long, value_name = "COLUMN")]
    pub same_field: Option<String>,
}

/// What every command takes.
#[derive(Clone, Copy, Debug, Args)]
pub struct Common {
    /// One JSON document instead of a table
    #[arg(long)]
    pub json: bool,
    /// The number every random stream is derived from
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub rng_seed: u64,
    /// Worker threads [default: all cores]; never changes an answer
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// What people are arranged by on the map, and how; what is not said is as the project has it.
#[derive(Debug, Args)]
pub struct ArrangeArgs {
    /// What people are arranged by
    #[arg(long, value_enum)]
    pub arrangement: Option<ArrangementName>,
    /// Whom the rings go around, by id [default: the person with the most ties]
    #[arg(long, value_name = "ID")]
    pub around: Option<String>,
    /// Column by which segments are told apart [default: the project's, or else neighborhoods]
    #[arg(long, value_name = "COLUMN")]
    pub segments: Option<String>,
    /// Distance between neighbors on the map, from 5 to 500
    #[arg(long, value_name = "UNITS")]
    pub spacing: Option<f32>,
    /// How strongly everyone is drawn to the middle, from 0 to 3
    #[arg(long, value_name = "TIMES")]
    pub gravity: Option<f32>,
    /// How strongly ties draw people together, from 0.1 to 5
    #[arg(long, value_name = "TIMES")]
    pub cluster_pull: Option<f32>,
    /// Let people stand closer than they are large
    #[arg(long)]
    pub allow_overlap: bool,
}

/// How a campaign goes out.
#[derive(Debug, Args)]
pub struct RolloutArgs {
    /// Waves of seeds, as "pilot@0=a,b;ring 1@4=c,d" (a date may stand for the step where
    /// --start-date is given), or a file with one wave per line
    #[arg(long, value_name = "WAVES|FILE")]
    pub waves: Option<String>,
    /// Most people who can be onboarded per step; the others wait in line
    #[arg(long, value_name = "N")]
    pub capacity: Option<u32>,
    /// At this step each person who has not adopted does so with this chance; may be given several
    /// times
    #[arg(long, value_name = "STEP:RATE[:COLUMN=VALUE]")]
    pub nudge: Vec<String>,
    /// The day step 0 falls on; then results name days
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub start_date: Option<jiff::civil::Date>,
    /// Column of the segments between which adoption may stall [default: the project's, or else
    /// neighborhoods]
    #[arg(long, value_name = "COLUMN")]
    pub segments: Option<String>,
}
