//! What views ask for. They push; `app::apply` alone carries out, first in first out.

use std::path::PathBuf;

use super::by_hand::HandEdit;
use super::commands::Command;
use super::learn::actions::LearnAction;
use super::table::{TableColumn, TableView};
use crate::assemble::{ListedRow, MergeReason, Owners};
use crate::diffusion::Scenario;
use crate::import::{Answers, PersonKey};
use crate::layout::Point;
use crate::measure::Measure;
use crate::network::{Channel, EvidenceKind, PersonIndex};
use crate::picture::{LegendEntry, Look, View};
use crate::project::{Around, ColumnRule, Filter, MapLayout, SeedSettings, StrategySettings};
use crate::seeding::Strategy;

/// One wish of the person at the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A command from a menu or a key.
    Do(Command),
    /// Files, folders or zips to import, or one project to open.
    OpenPaths(Vec<PathBuf>),
    /// Save the project here.
    SaveTo(PathBuf),
    /// Write the plan into this folder.
    WritePlanTo(PathBuf),
    /// What to do about unsaved changes.
    Answer(Answer),
    /// Finish the import with these answers, or without any.
    AnswerQuestions(Option<Box<Answers>>),
    /// Leave the files that asked questions alone.
    CancelQuestions,
    /// Ask about this source again, by its path: what it leaves open, and what its columns mean.
    AskAgain(String),
    /// Stop the work of this name.
    Cancel(Work),
    /// Take imports back, by the paths of their sources.
    RemoveSources(Vec<String>),
    /// Show a panel on the right.
    ShowTab(Tab),
    /// Open or close a window.
    ShowWindow(Window, bool),
    /// Follow the system, or always light or dark.
    SetTheme(egui::ThemePreference),
    /// Put a message away.
    Dismiss(u64),

    /// Select these people instead of, in addition to, or taking turns with those selected.
    Select(Vec<PersonIndex>, Selecting),
    /// Look for people of this name.
    Search(String),
    /// What the people table shows.
    SetTable(Box<TableView>),
    /// Write into a column about these people; without a text it says again what the files say.
    Write {
        /// About whom.
        people: Vec<PersonIndex>,
        /// Their names, or one of their facts.
        column: TableColumn,
        /// What to write; an empty one takes away what stands there.
        text: Option<String>,
    },
    /// Write the people table into this file.
    WriteTableTo(PathBuf),
    /// Save the map as it is seen.
    SavePictureTo(PathBuf),
    /// Select this person and bring them to the middle.
    GoTo(PersonIndex),
    /// Look at the map from here.
    Look(View),
    /// Show the neighborhood of this person.
    FocusOn(PersonIndex),
    /// Show everyone of a neighborhood, by its number.
    FocusOnNeighborhood(u32),
    /// Select everyone of a neighborhood.
    SelectNeighborhood(u32, Selecting),
    /// Select whoever looks as this entry of the map's legend says.
    SelectByLegend(LegendEntry, Selecting),
    /// Call a neighborhood by a name; without one it gets back its own.
    NameNeighborhood(u32, String),
    /// The column that tells neighborhoods apart, and segments with them; none takes those that
    /// ties make.
    SetNeighborhoods(Option<String>),
    /// Make the captains of neighborhoods the seeds.
    SeedCaptains,
    /// Put people in these places by hand.
    Pin(Vec<(PersonIndex, Point)>),
    /// Give these people back to the layout.
    Unpin(Vec<PersonIndex>),
    /// Show these people no longer, though they stay in the network.
    Hide(Vec<PersonIndex>),
    /// Show only who is near somebody; none shows everyone again.
    LookAround(Option<Around>),
    /// Show how word gets from the first to the second, or no longer.
    ShowWay(Option<[PersonIndex; 2]>),
    /// Add something to the network by hand, or leave it out.
    ByHand(HandEdit),
    /// What people are arranged by on the map, and how; the text says what changed.
    SetLayout(Box<MapLayout>, &'static str),
    /// What the map shows; the text says what changed.
    SetLook(Look, &'static str),

    /// Switch one kind of evidence on or off.
    SwitchKind(EvidenceKind, bool),
    /// Let what was seen in this channel (or in none that is told) make ties, or not.
    SwitchChannel(Option<Channel>, bool),
    /// Trust one kind of evidence this many times as much as by default.
    SetTrust(EvidenceKind, f64),
    /// Days after which a trace counts half; `None` lets nothing fade.
    SetHalfLife(Option<u32>),
    /// Say whether two entries are the same person, by their ids.
    Merge {
        /// Id of the one.
        one: String,
        /// Id of the other.
        other: String,
        /// True for one person, false for two.
        same: bool,
    },
    /// Join all pairs that this speaks for.
    MergeAlike(MergeReason),
    /// These keys are shared by several people and join nobody.
    ShareKeys(Vec<PersonKey>),
    /// What becomes of the owners of exports.
    SetOwners(Owners),
    /// What a row of an edge list means that does not say it itself.
    SetListedRow(ListedRow),
    /// Make a person a seed, or no longer one.
    ToggleSeed(PersonIndex),
    /// What the next search for seeds is asked; the text says what changed. True while a number is
    /// being dragged: the whole drag is undone at once.
    SetSeedSettings(Box<SeedSettings>, &'static str, bool),
    /// From whom seeds are never chosen.
    SetExclusions(Vec<ColumnRule>),
    /// Whom the map shows. True while a number is being dragged: the whole drag is undone at once.
    SetFilter(Box<Filter>, bool),
    /// Measure this, so that a filter can ask about it.
    AskForMeasure(&'static Measure),
    /// Change which filters are kept, or take one of them.
    ChangeFilters(FilterChange),
    /// Column by which segments are told apart.
    SetSegments(Option<String>),
    /// How the next search picks.
    SetStrategy(Strategy),
    /// What strategies are compared, and on what terms.
    SetStrategies(Box<StrategySettings>),
    /// Make these people the seeds; the text says what way of choosing they come from.
    UseSeeds(Vec<PersonIndex>, &'static str),
    /// Change which scenarios there are.
    ChangeTray(TrayChange),
    /// What to simulate; the text says what changed.
    SetScenario(Box<Scenario>, &'static str),

    /// Something about what happened, or about the campaign.
    Learn(LearnAction),

    /// Show this step of the replicate.
    ScrubTo(u32),
    /// Show this replicate.
    ShowReplicate(u64),
}

/// What can be done with the tray of scenarios; each is named by its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrayChange {
    /// Take this one to hand.
    SwitchTo(usize),
    /// Put a copy behind it and take that to hand.
    Duplicate(usize),
    /// Call it by another name.
    Rename(usize, String),
    /// Take it away.
    Remove(usize),
    /// Compare it, or no longer.
    Compare(usize, bool),
}

/// What can be done with the filters that were kept; each is named by its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterChange {
    /// Keep the one at hand under this name, in place of one that is called so.
    Keep(String),
    /// Take this one to hand.
    Use(usize),
    /// Call it by another name.
    Rename(usize, String),
    /// Keep it no longer.
    Remove(usize),
}

/// How a selection combines with the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selecting {
    /// Only these.
    Only,
    /// These as well.
    Add,
    /// In if out, out if in.
    Toggle,
}

/// The panels on the right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Facts, ties and measures of the selected person.
    Person,
    /// Whom to engage first.
    #[default]
    Seeds,
    /// What would happen then.
    Forecast,
    /// What happened, and how the campaign goes.
    Learn,
}

impl Tab {
    /// Every tab, from left to right.
    pub const ALL: [Self; 4] = [Self::Person, Self::Seeds, Self::Forecast, Self::Learn];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Seeds => "Seeds",
            Self::Forecast => "Forecast",
            Self::Learn => "Learn",
        }
    }
}

/// What can lie over the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Window {
    /// Where to start.
    Welcome,
    /// Keys and gestures.
    Keys,
    /// What was read, kept and skipped.
    ImportReport,
    /// What the last import changed in lists that were here before.
    Changes,
    /// Who may be the same person.
    Merges,
    /// The same budget spent in other ways.
    Strategies,
    /// Who of the seeds reaches the same people.
    Overlap,
    /// Scenarios laid over each other.
    Compare,
    /// Who converted whom in the course that is watched.
    Conversions,
    /// Neighborhoods with their captains, and how they fill.
    Neighborhoods,
    /// A person to add.
    AddPerson,
    /// A tie to add between two who are selected.
    TieTwo,
    /// A name for those who are selected.
    Group,
    /// A path to open, typed.
    OpenPath,
    /// A path to save to, typed.
    SavePath,
    /// A folder for the plan, typed.
    PlanPath,
    /// Every command by its name.
    Palette,
    /// A path for the people table, typed.
    TablePath,
    /// A path for the picture of the map, typed.
    PicturePath,
}

/// Work that runs beside the window and can be stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// Reading files.
    Import,
    /// Opening a project.
    Open,
    /// Saving it.
    Save,
    /// Making ties anew.
    Rules,
    /// Arranging the map.
    Layout,
    /// Measuring everyone.
    Measures,
    /// Looking for seeds.
    Seeds,
    /// Comparing strategies.
    Strategies,
    /// Counting who of the seeds reaches the same people.
    Overlap,
    /// Estimating what the seeds reach.
    Reach,
    /// Simulating.
    Forecast,
    /// Looking for a way over a boundary at which adoption stalls.
    Chasm,
    /// Running one replicate to watch.
    Course,
    /// Studying what happened.
    Lessons,
    /// Comparing scenarios.
    Compare,
    /// Looking for captains of neighborhoods.
    Captains,
    /// Counting a forecast by neighborhood.
    Filling,
    /// Writing the plan.
    Plan,
    /// Writing the people table.
    Table,
    /// Writing the picture of the map.
    Picture,
}

impl Work {
    /// What is going on, for the status line.
    pub fn label(self) -> &'static str {
        match self {
            Self::Import => "Reading files",
            Self::Open => "Opening the project",
            Self::Save => "Saving",
            Self::Rules => "Making ties",
            Self::Layout => "Arranging the map",
            Self::Measures => "Measuring",
            Self::Seeds => "Choosing seeds",
            Self::Strategies => "Comparing strategies",
            Self::Overlap => "Counting overlaps",
            Self::Reach => "Estimating reach",
            Self::Forecast => "Running the forecast",
            Self::Chasm => "Looking for a way over",
            Self::Course => "Running a replicate",
            Self::Lessons => "Studying what happened",
            Self::Compare => "Comparing scenarios",
            Self::Captains => "Looking for captains",
            Self::Filling => "Filling neighborhoods",
            Self::Plan => "Writing the plan",
            Self::Table => "Writing the table",
            Self::Picture => "Writing the picture",
        }
    }
}

/// Answer to "there are unsaved changes".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Save, then go on.
    Save,
    /// Go on without saving.
    Discard,
    /// Stay.
    Stay,
}
