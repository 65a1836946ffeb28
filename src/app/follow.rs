//! What follows from the project, kept up to date beside the window.
//!
//! Each finding has a request, a small comparable value with everything it depends on. Once per
//! frame the requests are made anew; where one differs from the one last answered, its job starts
//! again, and a job whose request is no longer asked for is dropped and so cancelled.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use egui::Context;

use super::App;
use super::files::waker;
use super::jobs::Answer;
use crate::diffusion::{Ensemble, Model, Scenario, classify_by_rank};
use crate::jobs::{Cancelled, Control, Job, Latest, threads};
use crate::layout::{ForceLayout, LayoutSettings, LayoutState, Point};
use crate::measure::Measure;
use crate::network::{InfluenceGraph, Network, PersonIndex};
use crate::picture::View;
use crate::project::Project;
use crate::seeding::{
    ChosenSeed, ReachEstimator, SearchState, SeedChoice, SeedRequest, SeedSearch, reasons,
};
use crate::ui::actions::Tab;
use crate::ui::state::{Course, MeasureColumn, SeedFinding, SeedRow};

/// The requests that are being or have been answered.
#[derive(Default)]
pub struct Followed {
    /// True while the sample runs through all of its steps by itself.
    pub autopilot: bool,
    /// Counts wishes for a new arrangement.
    pub arrangement: u64,
    /// The network whose people have the positions on the screen.
    placed: Option<Arc<Network>>,
    layout: Option<LayoutRequest>,
    measures: Option<Shared<InfluenceGraph>>,
    reach: Option<SpreadRequest>,
    forecast: Option<SpreadRequest>,
    course: Option<(SpreadRequest, u64)>,
    /// Estimator of the last search or estimate, for quick answers after a change by hand.
    estimator: Option<(Shared<InfluenceGraph>, Scenario, Arc<ReachEstimator>)>,
    /// The last search's own list and what was proven of it.
    proven: Option<(Vec<PersonIndex>, f64)>,
}

/// An `Arc` that equals only itself.
#[derive(Debug)]
pub struct Shared<T>(pub Arc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Clone, PartialEq)]
struct LayoutRequest {
    graph: Shared<InfluenceGraph>,
    pins: BTreeMap<PersonIndex, Point>,
    arrangement: u64,
}

/// Everything a spread depends on.
#[derive(Clone, PartialEq)]
pub struct SpreadRequest {
    graph: Shared<InfluenceGraph>,
    scenario: Scenario,
    pub seeds: Vec<PersonIndex>,
}

impl SpreadRequest {
    pub fn of(project: &Project) -> Self {
        Self {
            graph: Shared(Arc::clone(&project.results().graph)),
            scenario: project.decisions().scenario.clone(),
            seeds: project.seeds(),
        }
    }

    /// The same as far as one replicate, or the reach, goes: how often is another matter.
    fn once(mut self) -> Self {
        self.scenario.replicates = 1;
        self
    }

    pub fn model(&self, network: &Network) -> Answer<Arc<Model>> {
        let model = Model::prepare(network, Arc::clone(&self.graph.0), &self.scenario);
        model.map(Arc::new).map_err(|error| error.to_string())
    }

    /// Whether anything could spread at all.
    fn is_idle(&self) -> bool {
        let by_itself = matches!(self.scenario.contagion, crate::diffusion::Contagion::Bass { .. });
        self.graph.0.people() == 0 || (self.seeds.is_empty() && !by_itself)
    }
}

/// What a search for seeds brought.
pub struct ChosenSeeds {
    request: SpreadRequest,
    choice: SeedChoice,
    reasons: Vec<String>,
}

/// What an estimate brought.
pub struct Estimated {
    request: SpreadRequest,
    estimator: Arc<ReachEstimator>,
    finding: SeedFinding,
}

impl App {
    /// Starts whatever is out of date.
    pub(super) fn follow(&mut self, ctx: &Context) {
        self.fit_while_following();
        if self.jobs.rules.is_some() {
            return;
        }
        self.follow_layout(ctx);
        self.follow_measures(ctx);
        self.follow_reach(ctx);
        self.follow_course(ctx);
        let forecast = &self.followed.forecast;
        let now = SpreadRequest::of(&self.project);
        self.findings.forecast_is_stale =
            self.findings.forecast.is_some() && forecast.as_ref() != Some(&now);
    }

    fn follow_layout(&mut self, ctx: &Context) {
        let results = self.project.results();
        let request = LayoutRequest {
            graph: Shared(Arc::clone(&results.graph)),
            pins: self.project.pins(),
            arrangement: self.followed.arrangement,
        };
        if self.followed.layout.as_ref() == Some(&request) || request.graph.0.people() == 0 {
            return;
        }
        let anew =
            self.followed.layout.as_ref().is_some_and(|it| it.arrangement != request.arrangement);
        let start = if anew { None } else { self.start_positions() };
        let network_changed =
            !self.followed.placed.as_ref().is_some_and(|it| Arc::ptr_eq(it, &results.network));
        if network_changed {
            // Until the first positions arrive newcomers have no place; and what was found out
            // about other people must not be read as if it were about these.
            let known = start.clone().filter(|it| it.iter().all(|place| place[0].is_finite()));
            self.findings.positions = Arc::new(known.unwrap_or_default());
            self.findings.seeds = None;
            self.findings.course = None;
            self.findings.measures = Arc::default();
            self.state.selected.clear();
            self.followed.placed = Some(Arc::clone(&results.network));
        }
        self.followed.layout = Some(request.clone());
        let latest = Latest::default();
        self.jobs.layout_positions = latest.clone();
        self.jobs.layout_seen = 0;
        self.jobs.layout = Some(Job::spawn("layout", waker(ctx), move |control| {
            in_pool(|| arrange(request, start.as_deref(), &latest, control))
        }));
    }

    /// Where people of an earlier network were who are in this one too, by id.
    fn start_positions(&self) -> Option<Vec<Point>> {
        let before = self.followed.placed.as_ref()?;
        let positions = &self.findings.positions;
        if positions.len() != before.people.len() {
            return None;
        }
        let people = &self.project.results().network.people;
        let known: HashMap<&str, Point> =
            before.people.iter().map(|it| it.id.as_str()).zip(positions.iter().copied()).collect();
        let nowhere = [f32::NAN; 2];
        let start: Vec<Point> =
            people.iter().map(|it| known.get(it.id.as_str()).copied().unwrap_or(nowhere)).collect();
        start.iter().any(|it| it[0].is_finite()).then_some(start)
    }

    pub(super) fn accept_positions(&mut self, positions: Arc<Vec<Point>>) {
        if positions.len() == self.project.results().network.people.len() {
            self.findings.positions = positions;
            if self.jobs.layout.is_none() {
                self.memory.map.moved.clear();
            }
        }
    }

    /// Keeps everyone in view until the person moves the map.
    pub(super) fn fit_while_following(&mut self) {
        let Some(rect) = self.memory.map.rect else { return };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size on screen"
        )]
        let size_px = [rect.width().max(1.0) as u32, rect.height().max(1.0) as u32];
        if self.state.follow && !self.findings.positions.is_empty() {
            self.state.view = fitted(&self.findings.positions, size_px);
        }
        self.state.view.size_px = size_px;
    }

    fn follow_measures(&mut self, ctx: &Context) {
        let graph = Shared(Arc::clone(&self.project.results().graph));
        // The map comes first: measures wait until it is at rest.
        if self.followed.measures.as_ref() == Some(&graph) || self.jobs.layout.is_some() {
            return;
        }
        self.followed.measures = Some(graph.clone());
        self.findings.measures = Arc::new(Vec::new());
        if graph.0.people() == 0 {
            return;
        }
        self.jobs.measures = Some(Job::spawn("measures", waker(ctx), move |control| {
            in_pool(|| measure(&graph.0, control))
        }));
    }

    /// Looks for seeds; asked for by a command.
    pub(super) fn choose_seeds(&mut self, ctx: &Context) {
        let project = self.project.clone();
        self.jobs.seeds = Some(Job::spawn("seeds", waker(ctx), move |control| {
            in_pool(|| choose(&project, control))
        }));
    }

    pub(super) fn accept_seeds(&mut self, chosen: ChosenSeeds) {
        let ChosenSeeds { mut request, choice, reasons } = chosen;
        let results = self.project.results();
        if request.graph != Shared(Arc::clone(&results.graph)) {
            return; // the network changed meanwhile: these seeds belong to another one
        }
        let people: Vec<PersonIndex> = choice.seeds.iter().map(|it| it.person).collect();
        let network = &results.network;
        let ids: Vec<String> =
            people.iter().map(|&it| network.people[it as usize].id.clone()).collect();
        let label = format!("Choose {}", crate::ui::widgets::counted(ids.len(), "seed", "seeds"));
        self.project.decide(&label, |decisions| decisions.seeds = ids);
        request.seeds.clone_from(&people);
        let request = request.once();
        self.findings.seeds = Some(Arc::new(SeedFinding {
            seeds: rows(&choice.seeds, reasons),
            reach: choice.reach,
            without_seeds: choice.without_seeds,
            guarantee: choice.guarantee,
        }));
        self.followed.proven = choice.guarantee.map(|share| (people, share));
        self.followed.estimator =
            Some((request.graph.clone(), request.scenario.clone(), choice.estimator));
        self.followed.reach = Some(request);
        if self.followed.autopilot {
            self.actions.push_back(crate::ui::actions::Action::Do(
                crate::ui::commands::Command::RunForecast,
            ));
        } else {
            self.state.tab = Tab::Seeds;
            self.state.playback.step = None;
        }
    }

    fn follow_reach(&mut self, ctx: &Context) {
        let request = SpreadRequest::of(&self.project).once();
        if self.followed.reach.as_ref() == Some(&request) || self.jobs.seeds.is_some() {
            return;
        }
        self.followed.reach = Some(request.clone());
        if request.seeds.is_empty() {
            self.findings.seeds = None;
            return;
        }
        let ready = self.followed.estimator.clone().filter(|(graph, scenario, _)| {
            *graph == request.graph && *scenario == request.scenario
        });
        let project = self.project.clone();
        let guarantee = self.followed.proven.clone();
        self.jobs.reach = Some(Job::spawn("reach", waker(ctx), move |_| {
            in_pool(|| {
                let estimated = estimate(&project, request, ready.map(|it| it.2));
                Ok(estimated.map(|mut it| {
                    let same = guarantee.filter(|(seeds, _)| *seeds == it.request.seeds);
                    it.finding.guarantee = same.map(|(_, share)| share);
                    it
                }))
            })
        }));
    }

    pub(super) fn accept_reach(&mut self, estimated: Estimated) {
        let Estimated { request, estimator, finding } = estimated;
        self.followed.estimator =
            Some((request.graph.clone(), request.scenario.clone(), estimator));
        if self.followed.reach.as_ref() == Some(&request) {
            self.findings.seeds = Some(Arc::new(finding));
        }
    }

    /// Simulates; asked for by a command.
    pub(super) fn run_forecast(&mut self, ctx: &Context) {
        let request = SpreadRequest::of(&self.project);
        if request.graph.0.people() == 0 {
            return;
        }
        self.followed.forecast = Some(request.clone());
        if self.followed.autopilot {
            self.followed.autopilot = false;
        } else {
            self.state.tab = Tab::Forecast;
            self.state.playback.step = Some(u32::MAX);
        }
        let network = Arc::clone(&self.project.results().network);
        let latest = Latest::default();
        self.jobs.forecast_so_far = latest.clone();
        self.jobs.forecast_seen = 0;
        self.jobs.forecast = Some(Job::spawn("forecast", waker(ctx), move |control| {
            in_pool(|| {
                let ensemble = request.model(&network).and_then(|model| {
                    Ensemble::new(model, request.seeds, false).map_err(|error| error.to_string())
                });
                let mut ensemble = match ensemble {
                    Ok(ensemble) => ensemble,
                    Err(text) => return Ok(Err(text)),
                };
                let mut shown = 0;
                while !ensemble.is_finished() {
                    ensemble.step();
                    let (done, total) = (ensemble.done(), ensemble.total());
                    if done - shown > total / 12 {
                        shown = done;
                        latest.publish(ensemble.forecast());
                    }
                    control.progress(done.into(), total.into())?;
                }
                Ok(Ok(ensemble.forecast()))
            })
        }));
    }

    fn follow_course(&mut self, ctx: &Context) {
        let spread = SpreadRequest::of(&self.project).once();
        let index = self.state.playback.replicate;
        let request = (spread, index);
        if self.followed.course.as_ref() == Some(&request) {
            return;
        }
        self.followed.course = Some(request.clone());
        let (spread, _) = request;
        if spread.is_idle() {
            self.findings.course = None;
            return;
        }
        let network = Arc::clone(&self.project.results().network);
        self.jobs.course = Some(Job::spawn("course", waker(ctx), move |_| {
            Ok(spread.model(&network).map(|model| {
                let replicate = model.replicate(&spread.seeds, index);
                Course {
                    index,
                    classes: classify_by_rank(&replicate.time_of_adoption, &spread.seeds),
                    cumulative: replicate.cumulative_adopters(),
                    replicate,
                }
            }))
        }));
    }
}

/// The closest view that shows these places with air around, and never absurdly close.
pub fn fitted(points: &[Point], size_px: [u32; 2]) -> View {
    const CLOSEST: f32 = 3.0;
    /// Room beside the outermost people for their names, as far as there is room at all.
    const NAMES: u32 = 150;
    let [width, height] = size_px;
    let inner = [width - NAMES.min(width / 5), height];
    let margin = (inner[0].min(height) as f32 * 0.07).min(48.0);
    let view = View::fit(points, inner, margin);
    View { scale: view.scale.min(CLOSEST), size_px, ..view }
}

/// Runs engines on all cores but the window's.
pub fn in_pool<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match threads::pool(threads::beside_the_window()) {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

fn arrange(
    request: LayoutRequest,
    start: Option<&[Point]>,
    latest: &Latest<Vec<Point>>,
    control: &Control,
) -> Result<Vec<Point>, Cancelled> {
    let settings = LayoutSettings::default();
    let mut layout = ForceLayout::new(request.graph.0, settings, start, &request.pins);
    loop {
        let state = layout.step();
        if latest.publish_if_due(|| layout.positions().to_vec()) {
            control.wake();
        }
        // A layout cannot say when it will be at rest; only cancelling matters here.
        control.progress(0, 1)?;
        if state == LayoutState::Settled {
            return Ok(layout.positions().to_vec());
        }
    }
}

/// People times arcs up to which bridges are measured without being asked: a second or two.
const BRIDGES_UP_TO: usize = 200_000_000;

fn measure(graph: &InfluenceGraph, control: &Control) -> Result<Vec<MeasureColumn>, Cancelled> {
    let affordable = |it: &Measure| {
        *it != Measure::Betweenness || graph.people().saturating_mul(graph.arcs()) <= BRIDGES_UP_TO
    };
    let wanted: Vec<Measure> = Measure::ALL.into_iter().filter(affordable).collect();
    let mut columns = Vec::new();
    for (done, measure) in (0..).zip(&wanted) {
        control.progress(done, wanted.len() as u64)?;
        columns.push(MeasureColumn::new(*measure, measure.compute(graph)));
    }
    Ok(columns)
}

fn choose(project: &Project, control: &Control) -> Result<Answer<ChosenSeeds>, Cancelled> {
    let request = SpreadRequest::of(project);
    let results = project.results();
    let model = match request.model(&results.network) {
        Ok(model) => model,
        Err(text) => return Ok(Err(text)),
    };
    let settings = &project.decisions().seed_settings;
    let wish = SeedRequest {
        k: settings.k,
        epsilon: settings.epsilon,
        include: results.people(&settings.include),
        exclude: results.people(&settings.exclude),
        strategy: settings.strategy,
    };
    let mut search = match SeedSearch::new(Arc::clone(&model), wish) {
        Ok(search) => search,
        Err(error) => return Ok(Err(error.to_string())),
    };
    while let SearchState::Searching { done, total } = search.step() {
        control.progress(done, total)?;
    }
    let choice = search.finish();
    let reasons = reasons(&results.network, &model, &choice.seeds, &results.neighborhoods);
    Ok(Ok(ChosenSeeds { request, choice, reasons }))
}

fn estimate(
    project: &Project,
    request: SpreadRequest,
    ready: Option<Arc<ReachEstimator>>,
) -> Answer<Estimated> {
    let results = project.results();
    let model = request.model(&results.network)?;
    let estimator = ready.unwrap_or_else(|| Arc::new(ReachEstimator::new(Arc::clone(&model))));
    let estimate = estimator.estimate(&request.seeds);
    let reasons = reasons(&results.network, &model, &estimate.seeds, &results.neighborhoods);
    let finding = SeedFinding {
        seeds: rows(&estimate.seeds, reasons),
        reach: estimate.reach,
        without_seeds: estimate.without_seeds,
        guarantee: None,
    };
    Ok(Estimated { request, estimator, finding })
}

fn rows(seeds: &[ChosenSeed], reasons: Vec<String>) -> Vec<SeedRow> {
    let row = |(seed, reason): (&ChosenSeed, String)| SeedRow {
        person: seed.person,
        marginal_reach: seed.marginal_reach,
        reason,
    };
    seeds.iter().zip(reasons).map(row).collect()
}
