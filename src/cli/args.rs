//! The command line as typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::choices::{
    ArrangementName, ChannelName, ContagionName, HazardName, Shard, StepUnitName, StrategyName,
    TacticName, TieStrengthName,
};
use super::conditions::ConditionArgs;
use crate::diffusion::SeizRates;

/// Everything after the program's name.
#[derive(Debug, Parser)]
#[command(
    name = "jaywalk",
    version,
    about = "Import contact and follower exports, find whom to seed, simulate adoption",
    args_conflicts_with_subcommands = true,
    after_help = "Without a command the window opens; with no display the plan of INPUT \
                  (or of the bundled sample) is written to ./jaywalk-plan instead."
)]
pub struct CommandLine {
    /// Files, folders or zips to open in the window, or one .jaywalk project.
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Draw the map on the processor, never on the graphics card.
    #[arg(long, conflicts_with = "opengl")]
    pub software: bool,
    /// Draw the map through OpenGL, also where that is no graphics card.
    #[arg(long)]
    pub opengl: bool,
    /// A headless command.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The headless commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read, merge and report; optionally save a project
    Import(ImportArgs),
    /// Measures per person and of the whole network
    Measure(MeasureArgs),
    /// Neighborhoods with their captains, ties and fill levels
    Neighborhoods(NeighborhoodsArgs),
    /// Positions of the map as CSV with the columns id,x,y
    Layout(LayoutArgs),
    /// Choose whom to seed
    Seeds(SeedsArgs),
    /// The same budget spent in other ways, side by side
    Strategies(StrategiesArgs),
    /// Simulate adoption from given seeds
    Simulate(SimulateArgs),
    /// The forecast of parts that `simulate --shard` wrote, the same as of one run
    MergeShards(MergeShardsArgs),
    /// What happened: classes, thresholds, hazards, Moran's I, and p and q with their errors
    Learn(LearnArgs),
    /// Note in a project who was contacted, adopted or declined, and measure it by the plan
    Mark(MarkArgs),
    /// Add or leave out people and ties by hand in a project, and write what is known of them
    Edit(EditArgs),
    /// Bass's p, q and m from a series of new adopters per period
    Fit(FitArgs),
    /// The scenarios of a project, side by side on the same chances
    Compare(CompareArgs),
    /// The main job: map, seeds, forecast and report in one folder
    Plan(PlanArgs),
    /// The map as on screen, with its legend
    Picture(PictureArgs),
}

/// `jaywalk import`
#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// Save the result as a project
    #[arg(long, value_name = "P.jaywalk")]
    pub out: Option<PathBuf>,
    /// Add to this project and save it: newer exports take the place of older ones
    #[arg(long, value_name = "P.jaywalk", conflicts_with = "out")]
    pub into: Option<PathBuf>,
    #[command(flatten)]
    pub common: Common,
}

/// `jaywalk measure`
#[derive(Debug, Args)]
pub struct MeasureArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// Only these measures, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub only: Vec<String>,
    /// Also write everyone with all that is known of them and these measures into this file, as
    /// comma-separated values that hold no formula
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Also find this many people who together are near everyone, and whose loss together would
    /// break the network
    #[arg(long, value_name = "K")]
    pub key_players: Option<usize>,
    /// Column by which segments are told apart [default: the project's, or else neighborhoods]
    #[arg(long, value_name = "COLUMN")]
    pub segments: Option<String>,
    #[command(flatten)]
    pub common: Common,
}

/// `jaywalk neighborhoods`
#[derive(Debug, Args)]
pub struct NeighborhoodsArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// Who starts: ids (or names) separated by commas [default: the project's seeds, or else the
    /// captains]
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub seeds: Vec<String>,
    /// Column that tells neighborhoods apart [default: the project's, or else ties]
    #[arg(long, value_name = "COLUMN")]
    pub segments: Option<String>,
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    #[command(flatten)]
    pub common: Common,
}

/// `jaywalk layout`
#[derive(Debug, Args)]
pub struct LayoutArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// File to write
    #[arg(long, value_name = "xy.csv")]
    pub out: PathBuf,
    #[command(flatten)]
    pub arrange: ArrangeArgs,
    #[command(flatten)]
    pub common: Common,
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

/// `jaywalk seeds`
#[derive(Debug, Args)]
pub struct SeedsArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    #[command(flatten)]
    pub common: Common,
}

/// `jaywalk strategies`
#[derive(Debug, Args)]
pub struct StrategiesArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// Only these, separated by commas [default: all]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "A,B")]
    pub only: Vec<TacticName>,
    /// What the others are measured against [default: the one of largest reach]
    #[arg(long, value_enum, value_name = "STRATEGY")]
    pub against: Option<TacticName>,
    /// Your own seeds beside them: ids separated by commas [default: those of the project]
    #[arg(long, value_delimiter = ',', value_name = "IDS")]
    pub seeds: Vec<String>,
    /// Broadcast: what it costs to reach one person
    #[arg(long, value_name = "C", default_value_t = 2.0)]
    pub per_head: f64,
    /// Broadcast: chance that a person reached adopts
    #[arg(long, value_name = "R", default_value_t = 0.01)]
    pub response: f64,
    /// Broadcast: money for it [default: as much as the seeds cost]
    #[arg(long, value_name = "M")]
    pub money: Option<f64>,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    #[command(flatten)]
    pub common: Common,
}

/// `jaywalk simulate`
#[derive(Debug, Args)]
pub struct SimulateArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// Who starts: ids (or names) separated by commas
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub seeds: Vec<String>,
    #[command(flatten)]
    pub exclusions: ExclusionArgs,
    /// Go on from the present state: who has adopted (by the file, or as marked) has, who declined
    /// never will
    #[arg(long)]
    pub from_today: bool,
    /// Bass on the network with p and q learned from who adopted when
    #[arg(long, value_enum, value_name = "RULE", num_args = 0..=1, default_missing_value = "exponential")]
    pub fitted: Option<HazardName>,
    /// Also give each person's chance and mean time of adoption
    #[arg(long)]
    pub per_person: bool,
    /// Also who converted whom in this one of the simulated courses, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub conversions: Option<u64>,
    /// Run only part I of N (1/N to N/N) and write it to --out, for `merge-shards`
    #[arg(long, value_name = "I/N", requires = "out")]
    pub shard: Option<Shard>,
    /// File for the part
    #[arg(long, value_name = "PART", requires = "shard")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    #[command(flatten)]
    pub rollout: RolloutArgs,
    #[command(flatten)]
    pub common: Common,
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

/// `jaywalk learn`
#[derive(Debug, Args)]
pub struct LearnArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// Length of a period where times of adoption are dates [default: what suits them]
    #[arg(long, value_enum)]
    pub period: Option<StepUnitName>,
    /// Also give each person's time, class, thresholds and present exposure
    #[arg(long)]
    pub per_person: bool,
    #[command(flatten)]
    pub common: Common,
}

/// `jaywalk mark`
#[derive(Debug, Args)]
pub struct MarkArgs {
    /// The project; it is saved when anything changes
    #[arg(value_name = "P.jaywalk")]
    pub project: PathBuf,
    /// People who were spoken to: ids (or names) separated by commas
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub contacted: Vec<String>,
    /// People who adopted
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub adopted: Vec<String>,
    /// People who said no
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub declined: Vec<String>,
    /// People about whom nothing is to be noted any more
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub clear: Vec<String>,
    /// Make the forecast of the project's scenario the plan, starting on the day
    #[arg(long)]
    pub make_plan: bool,
    /// The day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<String>,
    #[command(flatten)]
    pub common: Common,
}

/// `jaywalk edit`
#[derive(Debug, Args)]
pub struct EditArgs {
    /// The project; it is saved when anything changes
    #[arg(value_name = "P.jaywalk")]
    pub project: PathBuf,
    /// Somebody whom no file knows; may be given several times
    #[arg(long, value_name = "NAME")]
    pub add_person: Vec<String>,
    /// Two people who know each other: ids (or names), also of people who are added here
    #[arg(long, value_name = "A,B")]
    pub tie: Vec<String>,
    /// A tie by which only the first influences the second
    #[arg(long, value_name = "A,B")]
    pub influence: Vec<String>,
    /// Leave out whatever ties two people
    #[arg(long, value_name = "A,B")]
    pub untie: Vec<String>,
    /// People to leave out, with all their ties: ids (or names) separated by commas
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub leave_out: Vec<String>,
    /// People who were left out, to be brought back
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub bring_back: Vec<String>,
    /// What is known of somebody; an empty value leaves out what the files say
    #[arg(long, value_name = "WHO:COLUMN=VALUE")]
    pub set: Vec<String>,
    #[command(flatten)]
    pub common: Common,
}

/// `jaywalk fit`
#[derive(Debug, Args)]
pub struct FitArgs {
    /// New adopters of periods 1, 2, …: numbers separated by commas, or a file whose last column
    /// holds them
    #[arg(value_name = "SERIES")]
    pub series: String,
    /// How many will ever adopt, where that is known [default: found out as well]
    #[arg(long, value_name = "M")]
    pub market: Option<f64>,
    #[command(flatten)]
    pub common: Common,
}

/// `jaywalk compare`
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// A saved project
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// Only the scenarios of these names, separated by commas; the others are set against the first
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub only: Vec<String>,
    /// Runs of each scenario [default: as the first says]
    #[arg(long, value_name = "R")]
    pub replicates: Option<u32>,
    /// One JSON document instead of a table
    #[arg(long)]
    pub json: bool,
    /// The number every random stream is derived from [default: as the first says]
    #[arg(long, value_name = "N")]
    pub rng_seed: Option<u64>,
    /// Worker threads [default: all cores]; never changes an answer
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// `jaywalk merge-shards`
#[derive(Debug, Args)]
pub struct MergeShardsArgs {
    /// Every part of one forecast, in any order
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,
    #[command(flatten)]
    pub common: Common,
}

/// `jaywalk plan`
#[derive(Debug, Args)]
pub struct PlanArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// Folder to write to; made when it is not there
    #[arg(long, value_name = "DIR", default_value = DEFAULT_PLAN_FOLDER)]
    pub out: PathBuf,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    #[command(flatten)]
    pub common: Common,
}

/// Where a plan goes when nobody says where.
pub const DEFAULT_PLAN_FOLDER: &str = "jaywalk-plan";

/// `jaywalk picture`
#[derive(Debug, Args)]
pub struct PictureArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// File to write: the ending decides between PNG, SVG and PDF
    #[arg(long, value_name = "map.png|svg|pdf")]
    pub out: PathBuf,
    /// Size in pixels
    #[arg(long, value_name = "WxH", default_value = "1600x1000")]
    pub size: String,
    /// Dark background
    #[arg(long)]
    pub dark: bool,
    /// What colors tell: plain, neighborhood, class, chance, closeness, a measure or a column
    /// [default: as the project has it, or else neighborhood]
    #[arg(long, value_name = "WHAT")]
    pub color: Option<String>,
    /// Show only people with this in that column; may be given several times, and then all must
    /// hold. Numbers and days may be ranges: cost=10..40
    #[arg(long, value_name = "COLUMN=VALUE")]
    pub show_where: Vec<String>,
    /// Show whom this filter of the project picks
    #[arg(long, value_name = "NAME", conflicts_with = "show_where")]
    pub filter: Option<String>,
    #[command(flatten)]
    pub common: Common,
}

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
