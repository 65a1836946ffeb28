//! The command line as typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::choices::{HazardName, Shard, StepUnitName, TacticName};
use super::shared_args::{
    ArrangeArgs, ChoiceArgs, Common, ExclusionArgs, RolloutArgs, ScenarioArgs, SourceArgs,
};

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
    /// Invent a network of any size, as an edge list to import
    Generate(GenerateArgs),
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

/// `jaywalk seeds`
#[derive(Debug, Args)]
pub struct SeedsArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub choice: ChoiceArgs,
    /// Do not look for neighborhoods, which reasons name where people have no client, company or
    /// profession: quicker with millions of people
    #[arg(long)]
    pub no_neighborhoods: bool,
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
    /// Who starts as well: a file with an id (or name) in each line, for lists that are too long to type
    #[arg(long, value_name = "FILE")]
    pub seeds_from: Option<PathBuf>,
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

/// `jaywalk generate`
#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// Number of people
    #[arg(long, value_name = "N")]
    pub people: u64,
    /// Number of ties: one for each newcomer at least
    #[arg(long, value_name = "N")]
    pub ties: u64,
    /// File to write: an edge list with the columns source,target
    #[arg(long, value_name = "ties.csv")]
    pub out: PathBuf,
    /// The number every random stream is derived from
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub rng_seed: u64,
    /// One JSON document instead of a line
    #[arg(long)]
    pub json: bool,
}
