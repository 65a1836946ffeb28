//! Everything that runs beside the window, and what becomes of it when it is done.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Answer, take};
use super::files::{DialogAnswer, Loaded};
use super::reach::{ChosenSeeds, Estimated};
use super::rederive::Rederived;
use crate::diffusion::{Filling, Forecast};
use crate::jobs::{Job, Latest, Outcome};
use crate::layout::Point;
use crate::learning::Lessons;
use crate::project::{Hidden, Snapshot};
use crate::ui::actions::Work;
use crate::ui::state::{
    ChasmFinding, ComparisonFinding, Course, Hits, MeasureColumn, NeighborhoodFinding,
    OverlapFinding, SeedCheck, StrategyFinding, WayFinding,
};
use crate::ui::table::TableRows;
use crate::ui::toast::Tone;

/// Jobs under way, one of each kind at most.
#[derive(Default)]
pub struct Jobs {
    pub load: Option<(Work, Job<Answer<Loaded>>)>,
    pub save: Option<Job<Answer<(Snapshot, PathBuf)>>>,
    pub rules: Option<Job<Rederived>>,
    pub layout: Option<Job<Vec<Point>>>,
    pub layout_positions: Latest<Vec<Point>>,
    pub layout_seen: u64,
    /// Too short to be told of.
    pub hidden: Option<Job<Hidden>>,
    /// Likewise.
    pub search: Option<Job<Hits>>,
    /// Likewise.
    pub table: Option<Job<TableRows>>,
    /// The table on its way into a file.
    pub people: Option<Job<Answer<PathBuf>>>,
    /// The same.
    pub way: Option<Job<WayFinding>>,
    pub measures: Option<Job<Vec<MeasureColumn>>>,
    pub seeds: Option<Job<Answer<ChosenSeeds>>>,
    pub strategies: Option<Job<Answer<StrategyFinding>>>,
    pub overlap: Option<Job<Answer<OverlapFinding>>>,
    pub reach: Option<Job<Answer<Estimated>>>,
    pub seed_check: Option<Job<SeedCheck>>,
    pub forecast: Option<Job<Answer<Forecast>>>,
    pub forecast_so_far: Latest<Forecast>,
    pub forecast_seen: u64,
    pub chasm: Option<Job<Answer<Option<ChasmFinding>>>>,
    pub chasm_so_far: Latest<ChasmFinding>,
    pub chasm_seen: u64,
    pub course: Option<Job<Answer<Course>>>,
    pub lessons: Option<Job<Lessons>>,
    pub compare: Option<Job<Answer<ComparisonFinding>>>,
    pub comparison_so_far: Latest<ComparisonFinding>,
    pub comparison_seen: u64,
    pub captains: Option<Job<Answer<NeighborhoodFinding>>>,
    pub filling: Option<Job<Answer<Filling>>>,
    pub plan: Option<Job<Answer<PathBuf>>>,
    /// Comes back with what to say of the picture.
    pub picture: Option<Job<Answer<String>>>,
    pub dialog: Option<Job<DialogAnswer>>,
}

impl Jobs {
    /// What is going on, with the share that is done where that is known.
    pub fn busy(&self) -> Vec<(Work, Option<f32>)> {
        let mut busy = Vec::new();
        let mut add = |work, progress: Option<Option<f32>>| {
            if let Some(share) = progress {
                busy.push((work, share));
            }
        };
        if let Some((work, job)) = &self.load {
            add(*work, Some(Some(job.progress())));
        }
        add(Work::Save, self.save.as_ref().map(|_| None));
        add(Work::Rules, self.rules.as_ref().map(|job| Some(job.progress())));
        add(Work::Layout, self.layout.as_ref().map(|_| None));
        add(Work::Measures, self.measures.as_ref().map(|job| Some(job.progress())));
        add(Work::Seeds, self.seeds.as_ref().map(|job| Some(job.progress())));
        add(Work::Strategies, self.strategies.as_ref().map(|job| Some(job.progress())));
        add(Work::Overlap, self.overlap.as_ref().map(|job| Some(job.progress())));
        add(Work::Reach, self.reach.as_ref().map(|_| None));
        add(Work::Forecast, self.forecast.as_ref().map(|job| Some(job.progress())));
        add(Work::Chasm, self.chasm.as_ref().map(|_| None));
        add(Work::Course, self.course.as_ref().map(|_| None));
        add(Work::Lessons, self.lessons.as_ref().map(|job| Some(job.progress())));
        add(Work::Compare, self.compare.as_ref().map(|job| Some(job.progress())));
        add(Work::Captains, self.captains.as_ref().map(|job| Some(job.progress())));
        add(Work::Filling, self.filling.as_ref().map(|job| Some(job.progress())));
        add(Work::Table, self.people.as_ref().map(|job| Some(job.progress())));
        add(Work::Plan, self.plan.as_ref().map(|job| Some(job.progress())));
        add(Work::Picture, self.picture.as_ref().map(|_| None));
        busy
    }

    /// True while work is under way that is too short to be told of.
    pub fn is_brief_work_left(&self) -> bool {
        self.hidden.is_some() || self.search.is_some() || self.table.is_some() || self.way.is_some()
    }

    /// Tells work to stop.
    pub fn cancel(&mut self, work: Work) {
        match work {
            Work::Import | Work::Open => self.load = None,
            Work::Layout => self.layout = None,
            Work::Measures => self.measures = None,
            Work::Seeds => self.seeds = None,
            Work::Strategies => self.strategies = None,
            Work::Overlap => self.overlap = None,
            Work::Reach => self.reach = None,
            Work::Forecast => self.forecast = None,
            Work::Chasm => self.chasm = None,
            Work::Course => self.course = None,
            Work::Lessons => self.lessons = None,
            Work::Compare => self.compare = None,
            Work::Captains => self.captains = None,
            Work::Filling => self.filling = None,
            Work::Plan => self.plan = None,
            Work::Table => self.people = None,
            Work::Picture => self.picture = None,
            Work::Rules => self.rules = None,
            // Half a save would be worse than waiting a moment.
            Work::Save => {}
        }
    }
}

impl App {
    /// Looks at every job once.
    pub(super) fn poll_jobs(&mut self, ctx: &Context) {
        self.poll_load(ctx);
        self.poll_files(ctx);
        if let Some(outcome) = take(&mut self.jobs.rules)
            && let Some(rederived) = self.finished(ctx, outcome.map_ok())
        {
            self.accept_rederived(ctx, rederived);
        }
        self.poll_layout(ctx);
        if let Some(outcome) = take(&mut self.jobs.search)
            && let Some(hits) = self.finished(ctx, outcome.map_ok())
        {
            self.findings.hits = Some(Arc::new(hits));
        }
        if let Some(outcome) = take(&mut self.jobs.table)
            && let Some(rows) = self.finished(ctx, outcome.map_ok())
        {
            self.findings.table = Some(Arc::new(rows));
        }
        if let Some(outcome) = take(&mut self.jobs.hidden)
            && let Some(hidden) = self.finished(ctx, outcome.map_ok())
        {
            self.accept_hidden(hidden);
        }
        if let Some(outcome) = take(&mut self.jobs.way)
            && let Some(found) = self.finished(ctx, outcome.map_ok())
        {
            self.accept_way(found);
        }
        if let Some(outcome) = take(&mut self.jobs.measures)
            && let Some(columns) = self.finished(ctx, outcome.map_ok())
        {
            self.findings.measures.extend(columns.into_iter().map(Arc::new));
        }
        if let Some(outcome) = take(&mut self.jobs.seeds)
            && let Some(chosen) = self.finished(ctx, outcome)
        {
            self.accept_seeds(chosen);
        }
        if let Some(outcome) = take(&mut self.jobs.strategies)
            && let Some(table) = self.finished(ctx, outcome)
        {
            self.accept_strategies(table);
        }
        if let Some(outcome) = take(&mut self.jobs.overlap)
            && let Some(found) = self.finished(ctx, outcome)
        {
            self.findings.overlap = Some(Arc::new(found));
        }
        if let Some(outcome) = take(&mut self.jobs.reach) {
            match outcome {
                Outcome::Done(Err(text)) => self.refused(text),
                outcome => {
                    if let Some(estimated) = self.finished(ctx, outcome) {
                        self.accept_reach(estimated);
                    }
                }
            }
        }
        if let Some(outcome) = take(&mut self.jobs.lessons)
            && let Some(lessons) = self.finished(ctx, outcome.map_ok())
        {
            self.findings.lessons = Some(Ok(Arc::new(lessons)));
        }
        if let Some(outcome) = take(&mut self.jobs.seed_check)
            && let Some(check) = self.finished(ctx, outcome.map_ok())
        {
            self.findings.seed_check = Some(Arc::new(check));
        }
        self.poll_forecast(ctx);
        self.poll_comparison(ctx);
        self.poll_chasm(ctx);
        if let Some(outcome) = take(&mut self.jobs.captains)
            && let Some(found) = self.finished(ctx, outcome)
        {
            self.findings.captains = Some(Arc::new(found));
        }
        if let Some(outcome) = take(&mut self.jobs.filling)
            && let Some(filling) = self.finished(ctx, outcome)
        {
            self.findings.filling = Some(Arc::new(filling));
        }
        if let Some(outcome) = take(&mut self.jobs.course) {
            self.accept_course(outcome);
        }
    }

    /// The value of finished work; what went wrong is said.
    pub(super) fn finished<T>(&mut self, ctx: &Context, outcome: Outcome<Answer<T>>) -> Option<T> {
        match outcome {
            Outcome::Done(Ok(value)) => Some(value),
            Outcome::Done(Err(text)) | Outcome::Failed(text) => {
                self.say(ctx, Tone::Failed, text);
                None
            }
            Outcome::Cancelled => None,
        }
    }

    fn poll_load(&mut self, ctx: &Context) {
        let Some((_, job)) = &mut self.jobs.load else { return };
        let Some(outcome) = job.poll() else { return };
        self.jobs.load = None;
        if let Some(loaded) = self.finished(ctx, outcome) {
            self.accept_loaded(ctx, loaded);
        }
    }

    fn poll_files(&mut self, ctx: &Context) {
        if let Some(outcome) = take(&mut self.jobs.save) {
            match self.finished(ctx, outcome) {
                Some((snapshot, path)) => self.accept_saved(ctx, snapshot, &path),
                None => self.waiting = None,
            }
        }
        if let Some(outcome) = take(&mut self.jobs.plan)
            && let Some(folder) = self.finished(ctx, outcome)
        {
            self.say(ctx, Tone::Done, format!("The plan is in {}", folder.display()));
        }
        if let Some(outcome) = take(&mut self.jobs.picture)
            && let Some(told) = self.finished(ctx, outcome)
        {
            self.say(ctx, Tone::Done, told);
        }
        if let Some(outcome) = take(&mut self.jobs.people)
            && let Some(path) = self.finished(ctx, outcome)
        {
            self.say(ctx, Tone::Done, format!("The table is in {}", path.display()));
        }
        if let Some(outcome) = take(&mut self.jobs.dialog)
            && let Outcome::Done(answer) = outcome
        {
            self.accept_dialog(answer);
        }
    }

    fn poll_layout(&mut self, ctx: &Context) {
        if let Some((generation, positions)) =
            self.jobs.layout_positions.newer_than(self.jobs.layout_seen)
        {
            self.jobs.layout_seen = generation;
            self.accept_positions(positions);
        }
        if let Some(outcome) = take(&mut self.jobs.layout)
            && let Some(positions) = self.finished(ctx, outcome.map_ok())
        {
            self.accept_positions(Arc::new(positions));
        }
    }
}

/// Work that cannot fail by itself, seen as work that can.
trait MapOk<T> {
    fn map_ok(self) -> Outcome<Answer<T>>;
}

impl<T> MapOk<T> for Outcome<T> {
    fn map_ok(self) -> Outcome<Answer<T>> {
        match self {
            Self::Done(value) => Outcome::Done(Ok(value)),
            Self::Failed(text) => Outcome::Failed(text),
            Self::Cancelled => Outcome::Cancelled,
        }
    }
}
