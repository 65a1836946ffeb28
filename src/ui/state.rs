//! What is on the screen at the moment. Not saved with the project, not undone.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::actions::{Tab, Window, Work};
use super::table::{TableRows, TableView};
use crate::diffusion::{
    AdopterClass, Chasm, Conversions, Difference, Filling, Forecast, NEVER, Replicate, Scenario,
    StepUnit,
};
use crate::layout::Point;
use crate::learning::Lessons;
use crate::measure::{Estimate, Finding, GroupedTies, Measure};
use crate::network::{Groups, Person, PersonIndex};
use crate::picture::{Legend, View};
use crate::project::{Around, Contrast, Hidden, ImportSummary, Project};
use crate::seeding::{
    Captain, Costs, Overlap, Paying, Reach, Reason, StrategyTable, WarmPath, Way,
};

/// Everything a view may read.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Evidence, decisions, results.
    pub project: &'a Project,
    /// What is on the screen.
    pub state: &'a ViewState,
    /// What jobs have found out.
    pub findings: &'a Findings,
    /// Work under way, with the share that is done where that is known.
    pub busy: &'a [(Work, Option<f32>)],
    /// Color and sign of everything on the map.
    pub legend: Option<&'a Legend>,
}

impl Desk<'_> {
    /// Whether this work is under way.
    pub fn is_busy(&self, work: Work) -> bool {
        self.busy.iter().any(|&(it, _)| it == work)
    }

    /// The step of the course that is shown, when one is being watched.
    pub fn shown_step(&self) -> Option<u32> {
        let last = self.findings.course.as_ref()?.replicate.steps;
        self.state.playback.step.map(|step| step.min(last))
    }

    /// Whether exactly two people are selected, and tied.
    pub fn are_tied(&self) -> bool {
        let mut two = self.state.selected.iter();
        let (Some(&one), Some(&other), None) = (two.next(), two.next(), two.next()) else {
            return false;
        };
        self.project.results().graph().within([one], 1).contains(&other)
    }

    /// Whether any of these people were put in a place by hand.
    pub fn is_pinned(&self, people: &BTreeSet<PersonIndex>) -> bool {
        let all = &self.project.results().network.people;
        let pins = &self.project.decisions().pins;
        let is_pinned = |who: &Person| pins.contains_key(who.id.as_str());
        people.iter().filter_map(|&it| all.get(it as usize)).any(is_pinned)
    }

    /// Share of this work that is done, when it is under way and known.
    pub fn progress(&self, work: Work) -> Option<f32> {
        self.busy.iter().find(|&&(it, _)| it == work).and_then(|&(_, share)| share)
    }
}

/// What is on the screen.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the screen")]
pub struct ViewState {
    /// People who are selected.
    pub selected: BTreeSet<PersonIndex>,
    /// Whose surroundings alone are shown.
    pub around: Option<Around>,
    /// Where the next person who is added by hand goes, when that was pointed at.
    pub add_at: Option<Point>,
    /// Between whom the way that word takes is shown, from the first to the second.
    pub way: Option<[PersonIndex; 2]>,
    /// Panel on the right.
    pub tab: Tab,
    /// Whether the left panel is shown.
    pub left_open: bool,
    /// Whether the right panel is shown.
    pub right_open: bool,
    /// What lies over the map.
    pub windows: BTreeSet<Window>,
    /// Where the map is looked at from, in points.
    pub view: View,
    /// True until the person moves the map: then the whole map is kept in view.
    pub follow: bool,
    /// Whether the whole map shows in a corner while part of it is seen.
    pub minimap: bool,
    /// The replicate being watched.
    pub playback: Playback,
    /// Whether the search field should take the keyboard.
    pub focus_search: bool,
    /// The people table.
    pub table: TableView,
    /// Who is being looked for.
    pub search: String,
    /// The day that marks are dated with; `None` for today.
    pub mark_day: Option<Date>,
    /// The measure that a filter is about to ask about.
    pub measure_in_question: Option<&'static Measure>,
}

impl ViewState {
    /// The day that marks are dated with, and up to which a campaign is looked at.
    pub fn day(&self) -> Date {
        self.mark_day.unwrap_or_else(|| jiff::Zoned::now().date())
    }
}

impl Default for ViewState {
    fn default() -> Self {
        Self {
            selected: BTreeSet::new(),
            around: None,
            way: None,
            add_at: None,
            tab: Tab::default(),
            left_open: true,
            right_open: true,
            windows: BTreeSet::new(),
            view: View::fit(&[], [1, 1], 0.0),
            follow: true,
            minimap: true,
            playback: Playback::default(),
            focus_search: false,
            table: TableView::default(),
            search: String::new(),
            mark_day: None,
            measure_in_question: None,
        }
    }
}

/// Where in which replicate we are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Playback {
    /// Which replicate.
    pub replicate: u64,
    /// The step that is shown; `None` shows the whole course at once.
    pub step: Option<u32>,
    /// True while it runs by itself.
    pub playing: bool,
}

/// What jobs have found out about the present network.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Where everyone is on the map.
    pub positions: Arc<Vec<Point>>,
    /// Why people cannot be arranged as was asked.
    pub layout_refusal: Option<String>,
    /// Measures that were looked at, with ranks.
    pub measures: Vec<Arc<MeasureColumn>>,
    /// What the seeds bring.
    pub seeds: Option<Arc<SeedFinding>>,
    /// Strategies side by side.
    pub strategies: Option<Arc<StrategyFinding>>,
    /// True when what they depend on changed since.
    pub strategies_are_stale: bool,
    /// Who of the seeds reaches the same people.
    pub overlap: Option<Arc<OverlapFinding>>,
    /// What the last search said of its choice; shown while the seeds are those it chose.
    pub choice: Option<Arc<ChoiceFinding>>,
    /// Whether the next search for seeds could be made.
    pub seed_check: Option<Arc<SeedCheck>>,
    /// The forecast, growing while it runs.
    pub forecast: Option<Arc<Forecast>>,
    /// True when seeds, scenario or network changed since the forecast was run.
    pub forecast_is_stale: bool,
    /// Why the scenario at hand cannot be simulated on this network.
    pub refusal: Option<String>,
    /// Scenarios laid over each other, growing while it runs.
    pub comparison: Option<Arc<ComparisonFinding>>,
    /// True when anything changed since the comparison was run.
    pub comparison_is_stale: bool,
    /// Why the scenarios cannot be compared.
    pub comparison_refusal: Option<String>,
    /// The boundary at which the forecast stalls, and what would carry it over.
    pub chasm: Option<Arc<ChasmFinding>>,
    /// The replicate being watched.
    pub course: Option<Arc<Course>>,
    /// What was learned from what happened, or why nothing could be.
    pub lessons: Option<Result<Arc<Lessons>, String>>,
    /// Everyone's neighborhood, each with its name.
    pub neighborhoods: Arc<Groups>,
    /// Captains of neighborhoods, and ties inside and across.
    pub captains: Option<Arc<NeighborhoodFinding>>,
    /// The forecast by neighborhood, those of loners left out.
    pub filling: Option<Arc<Filling>>,
    /// Who is listed in the people table.
    pub table: Option<Arc<TableRows>>,
    /// Who was found by name.
    pub hits: Option<Arc<Hits>>,
    /// How word gets from one person to another, when that is asked; none where it never does.
    pub way: Option<Arc<WayFinding>>,
    /// Who is not shown.
    pub hidden: Arc<Hidden>,
    /// What the last import changed in lists that were here before.
    pub last_import: Option<Arc<ImportSummary>>,
}

impl Findings {
    /// What is known of a measure.
    pub fn measured(&self, measure: &Measure) -> Option<&Arc<MeasureColumn>> {
        self.measures.iter().find(|it| it.measure == measure)
    }
}

/// The best of those who were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// What was looked for.
    pub wanted: String,
    /// The best first.
    pub people: Vec<PersonIndex>,
}

/// How word gets from one person to another.
#[derive(Clone, Debug, PartialEq)]
pub struct WayFinding {
    /// From whom to whom.
    pub ends: [PersonIndex; 2],
    /// Who introduces whom; none where nobody does.
    pub path: Option<WarmPath>,
}

impl WayFinding {
    /// Everyone on the way, both ends included.
    pub fn people(&self) -> impl Iterator<Item = PersonIndex> {
        let steps = self.path.iter().flat_map(|path| &path.steps);
        let last = self.ends[1];
        let between = steps.map(|it| it.person).filter(move |&it| it != last);
        std::iter::once(self.ends[0]).chain(between).chain([last])
    }
}

/// One measure of everyone, or of the whole network.
#[derive(Clone, Debug)]
pub struct MeasureColumn {
    /// Which.
    pub measure: &'static Measure,
    /// One value per person (or a single one), NaN where it is undefined.
    pub estimate: Estimate,
    /// Rank per person from 1; those alike share the best rank; 0 where it is undefined.
    pub ranks: Vec<u32>,
}

impl MeasureColumn {
    /// Ranks what was found, best answer first.
    pub fn new(finding: Finding) -> Self {
        let Finding { measure, estimate } = finding;
        let values = &estimate.values;
        let key = |value: f64| if measure.lowest_first { value } else { -value };
        let mut order: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
        order.sort_by(|&a, &b| key(values[a]).total_cmp(&key(values[b])));
        let mut ranks = vec![0; values.len()];
        let mut rank = 0;
        for (place, &person) in (1..).zip(&order) {
            let tied = place > 1 && {
                let before = values[order[place as usize - 2]];
                (values[person] - before).abs() <= before.abs() * 1e-12
            };
            rank = if tied { rank } else { place };
            ranks[person] = rank;
        }
        Self { measure, estimate, ranks }
    }
}

/// What the seeds of the project bring.
#[derive(Clone, Debug)]
pub struct SeedFinding {
    /// The seeds in the project's order.
    pub seeds: Vec<SeedRow>,
    /// Expected final adopters.
    pub reach: Reach,
    /// Expected adopters without any seed.
    pub without_seeds: f64,
    /// Proven share of the best possible reach; only for an untouched search result.
    pub guarantee: Option<f64>,
    /// Whether the evidence tells of anybody who is ours, from whom a way to a seed could start.
    pub knows_ours: bool,
}

/// What came of comparing strategies.
#[derive(Clone, Debug)]
pub struct StrategyFinding {
    /// Row by row.
    pub table: StrategyTable,
    /// By which step adopters are counted ("week 12"), where that is not the end.
    pub when: Option<String>,
}

/// How the audiences of the seeds overlap.
#[derive(Clone, Debug)]
pub struct OverlapFinding {
    /// Pair by pair.
    pub overlap: Overlap,
    /// What each adds, and who would come next.
    pub paying: Paying,
}

/// What a search said of its choice.
#[derive(Clone, Debug)]
pub struct ChoiceFinding {
    /// The seeds it chose.
    pub seeds: Vec<PersonIndex>,
    /// About goal, money and conditions, line by line.
    pub lines: Vec<String>,
}

/// Whether a search for seeds could be made as things stand.
#[derive(Clone, Debug, Default)]
pub struct SeedCheck {
    /// What each person costs, where prices are given.
    pub costs: Option<Costs>,
    /// People without a price.
    pub unpriced: usize,
    /// People who may be seeds.
    pub candidates: usize,
    /// Why it could not.
    pub refusal: Option<Refusal>,
}

/// Why something cannot be done, and which settings that is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Beside what it is shown.
    pub about: Subject,
    /// The reason, and what to do.
    pub text: String,
}

/// Settings of a search for seeds that belong together on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// How many.
    Count,
    /// Money.
    Budget,
    /// What people cost.
    Prices,
    /// A reach to come to.
    Goal,
    /// People by name.
    Named,
    /// Groups.
    Groups,
    /// Introductions.
    Warm,
}

/// One seed.
#[derive(Clone, Debug)]
pub struct SeedRow {
    /// Who.
    pub person: PersonIndex,
    /// Adopters added to those of the seeds before.
    pub marginal_reach: f64,
    /// Adopters whom nobody else on the list brings.
    pub only_reach: f64,
    /// Why.
    pub reason: Reason,
}

/// Scenarios laid over each other.
#[derive(Clone, Debug)]
pub struct ComparisonFinding {
    /// What they are called.
    pub names: Vec<String>,
    /// The forecast of each.
    pub forecasts: Vec<Forecast>,
    /// How far each but the first ends above the first.
    pub differences: Vec<Difference>,
    /// The seeds of each.
    pub seeds: Vec<Vec<PersonIndex>>,
    /// What is decided differently.
    pub contrasts: Vec<Contrast>,
    /// What a step stands for in the first.
    pub unit: StepUnit,
    /// Replicates that were asked for.
    pub replicates: u32,
}

impl Default for ComparisonFinding {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            forecasts: Vec::new(),
            differences: Vec::new(),
            seeds: Vec::new(),
            contrasts: Vec::new(),
            unit: StepUnit::Week,
            replicates: 0,
        }
    }
}

/// A boundary at which adoption stalls.
#[derive(Clone, Debug)]
pub struct ChasmFinding {
    /// Where, and what leads across.
    pub chasm: Chasm,
    /// Names of the full and of the empty segment.
    pub names: [String; 2],
    /// What was simulated, and from whom.
    pub scenario: Scenario,
    /// The seeds.
    pub seeds: Vec<PersonIndex>,
    /// What was tried to carry it over, growing while it is looked for.
    pub ways: Vec<Way>,
}

/// What was found out about the neighborhoods.
#[derive(Clone, Debug)]
pub struct NeighborhoodFinding {
    /// Ties inside and across.
    pub ties: GroupedTies,
    /// The captain of each neighborhood that is listed.
    pub captains: Vec<Option<Captain>>,
}

/// One replicate, prepared for watching.
#[derive(Clone, Debug)]
pub struct Course {
    /// Which.
    pub index: u64,
    /// Who adopted when.
    pub replicate: Replicate,
    /// Rogers class per person, by rank.
    pub classes: Vec<Option<AdopterClass>>,
    /// Adopters by the end of each step.
    pub cumulative: Vec<u32>,
    /// Who converted whom.
    pub conversions: Conversions,
}

impl Course {
    /// Who has adopted by the end of `step`.
    pub fn adopted_by(&self, step: u32) -> Vec<bool> {
        let times = &self.replicate.time_of_adoption;
        times.iter().map(|&time| time != NEVER && time <= step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure;

    #[test]
    fn ranks_share_ties_and_leave_out_the_undefined() {
        let column = |key: &str, values: Vec<f64>| {
            let measure = measure::find(key).expect("a measure");
            MeasureColumn::new(Finding { measure, estimate: values.into() })
        };
        let high_first = column("degree", vec![2.0, 5.0, f64::NAN, 2.0, 1.0]);
        assert_eq!(high_first.ranks, [2, 1, 0, 2, 4]);
        let low_first = column("constraint", vec![0.9, 0.2]);
        assert_eq!(low_first.ranks, [2, 1]);
    }
}
