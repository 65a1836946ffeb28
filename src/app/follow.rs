//! What follows from the project, kept up to date beside the window.
//!
//! Each finding has a request, a small comparable value with everything it depends on. Once per
//! frame the requests are made anew; where one differs from the one last answered, its job starts
//! again, and a job whose request is no longer asked for is dropped and so cancelled.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Shared, in_pool, waker};
use super::chasm::ChasmRequest;
use super::compare::FollowedComparison;
use super::learn::LessonsRequest;
use super::measures::FollowedMeasures;
use super::moving::{NOWHERE, with_newcomers};
use super::neighborhoods::FollowedNeighborhoods;
use super::request::SpreadRequest;
use super::search::SearchRequest;
use super::seed_check::SeedQuestion;
use super::shown::ShownRequest;
use super::spread::FollowedForecast;
use super::strategies::StrategyRequest;
use super::way::WayRequest;
use crate::diffusion::Scenario;
use crate::jobs::{Cancelled, Control, Job, Latest};
use crate::layout::{ForceLayout, LayoutState, Point};
use crate::network::{InfluenceGraph, Network, PersonIndex};
use crate::picture::View;
use crate::project::{Arrangement, MapLayout};
use crate::seeding::ReachEstimator;
use crate::ui::table::RowsRequest;

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
    /// Where ties last put everyone, to come back to from another arrangement.
    by_ties: Option<(LayoutRequest, Arc<Vec<Point>>)>,
    pub(super) shown: Option<ShownRequest>,
    pub(super) way: Option<WayRequest>,
    pub(super) neighborhoods: FollowedNeighborhoods,
    pub(super) measures: FollowedMeasures,
    pub(super) search: Option<SearchRequest>,
    pub(super) table: Option<RowsRequest>,
    pub(super) reach: Option<SpreadRequest>,
    pub(super) strategies: Option<StrategyRequest>,
    pub(super) overlap: Option<SpreadRequest>,
    pub(super) forecast: FollowedForecast,
    pub(super) comparison: FollowedComparison,
    pub(super) chasm: Option<ChasmRequest>,
    pub(super) course: Option<(SpreadRequest, u64)>,
    pub(super) lessons: Option<LessonsRequest>,
    /// Estimator of the last search or estimate, for quick answers after a change by hand.
    pub(super) estimator: Option<(Shared<InfluenceGraph>, Scenario, Arc<ReachEstimator>)>,
    pub(super) seed_check: Option<SeedQuestion>,
    /// What was proven of the last search's own list, and what the proof holds for.
    pub(super) proven: Option<(SpreadRequest, f64)>,
}

#[derive(Clone)]
struct LayoutRequest {
    network: Arc<Network>,
    graph: Arc<InfluenceGraph>,
    pins: BTreeMap<PersonIndex, Point>,
    decided: MapLayout,
    segment_by: Option<String>,
    arrangement: u64,
}

impl LayoutRequest {
    /// Whether both ask for the same arrangement: how strong a tie is does not move anybody.
    fn is_alike(&self, other: &Self) -> bool {
        let same_people = || {
            let ids = |it: &Self| it.network.people.len();
            ids(self) == ids(other)
                && self
                    .network
                    .people
                    .iter()
                    .zip(&other.network.people)
                    .all(|(one, two)| one.id == two.id)
        };
        let segmented =
            matches!(self.decided.arrangement, Arrangement::Columns | Arrangement::Circles);
        self.arrangement == other.arrangement
            && self.decided == other.decided
            && (!segmented || self.segment_by == other.segment_by)
            && self.pins == other.pins
            && (Arc::ptr_eq(&self.network, &other.network)
                || (same_people() && self.graph.has_arcs_of(&other.graph)))
    }
}

impl App {
    /// Starts whatever is out of date.
    pub(super) fn follow(&mut self, ctx: &Context) {
        self.fit_while_following();
        if self.jobs.rules.is_some() {
            return;
        }
        self.follow_shown(ctx);
        self.follow_search(ctx);
        self.follow_table(ctx);
        self.follow_way(ctx);
        self.follow_neighborhoods();
        self.follow_layout(ctx);
        self.follow_measures(ctx);
        self.follow_forecast(ctx);
        self.follow_reach(ctx);
        self.follow_seed_check(ctx);
        self.follow_course(ctx);
        self.follow_strategies();
        self.follow_overlap(ctx);
        self.follow_lessons(ctx);
        self.follow_comparison(ctx);
        self.follow_chasm(ctx);
        self.follow_captains(ctx);
        self.follow_filling(ctx);
    }

    fn follow_layout(&mut self, ctx: &Context) {
        let results = self.project.results();
        let request = LayoutRequest {
            network: Arc::clone(&results.network),
            graph: Arc::clone(results.graph()),
            pins: self.project.pins(),
            decided: self.project.decisions().layout.clone(),
            segment_by: self.project.decisions().segment_by.clone(),
            arrangement: self.followed.arrangement,
        };
        if request.graph.people() == 0 {
            return;
        }
        if self.followed.layout.as_ref().is_some_and(|it| it.is_alike(&request)) {
            self.followed.placed = Some(Arc::clone(&request.network));
            self.followed.layout = Some(request);
            return;
        }
        let anew =
            self.followed.layout.as_ref().is_some_and(|it| it.arrangement != request.arrangement);
        let other_settings =
            self.followed.layout.as_ref().is_some_and(|it| it.decided != request.decided);
        let start = if anew { None } else { self.start_positions() };
        let network_changed =
            !self.followed.placed.as_ref().is_some_and(|it| Arc::ptr_eq(it, &request.network));
        if network_changed {
            // What was found out about other people must not be read as if it were about these.
            let known = start.as_deref().and_then(|it| with_newcomers(it, &request.graph));
            self.stand_at(Arc::new(known.unwrap_or_default()));
            self.findings.seeds = None;
            self.findings.course = None;
            self.findings.lessons = None;
            self.followed.placed = Some(Arc::clone(&request.network));
        }
        let before = self.followed.layout.replace(request.clone());
        let (arranged, refusal) = match self.project.arranged() {
            Ok(arranged) => (arranged, None),
            Err(why) => (None, Some(why)),
        };
        self.findings.layout_refusal = refusal;
        self.remember_ties(before.as_ref(), &request);
        let back = || {
            let (known, places) = self.followed.by_ties.as_ref()?;
            let returns = before.is_some_and(|it| it.decided.arrangement != Arrangement::Ties);
            (returns && known.is_alike(&request)).then(|| places.to_vec())
        };
        let places = arranged.or_else(back);
        // Under other settings people move on from where they are; after anything else they stay.
        let moves_on = start.is_some() && other_settings;
        let is_first = self.findings.positions.is_empty();
        let latest = Latest::default();
        self.jobs.layout_positions = latest.clone();
        self.jobs.layout_seen = 0;
        self.jobs.layout = Some(Job::spawn("layout", waker(ctx), move |control| {
            if let Some(places) = places {
                return Ok(places);
            }
            let start = start.as_deref();
            in_pool(|| arrange(request, start, moves_on, is_first, &latest, control))
        }));
    }

    /// Keeps where ties have put everyone when they are about to be arranged otherwise.
    fn remember_ties(&mut self, before: Option<&LayoutRequest>, next: &LayoutRequest) {
        let leaving = |it: &&LayoutRequest| {
            it.decided.arrangement == Arrangement::Ties
                && next.decided.arrangement != Arrangement::Ties
        };
        if let Some(before) = before.filter(leaving) {
            self.followed.by_ties = Some((before.clone(), Arc::clone(self.settled_positions())));
        }
    }

    /// Where people of an earlier network were who are in this one too, by id.
    fn start_positions(&self) -> Option<Vec<Point>> {
        let before = self.followed.placed.as_ref()?;
        let positions = self.settled_positions();
        if positions.len() != before.people.len() {
            return None;
        }
        let people = &self.project.results().network.people;
        let known: HashMap<&str, Point> =
            before.people.iter().map(|it| it.id.as_ref()).zip(positions.iter().copied()).collect();
        let mut start: Vec<Point> =
            people.iter().map(|it| known.get(it.id.as_ref()).copied().unwrap_or(NOWHERE)).collect();
        for (person, place) in self.project.pins() {
            start[person as usize] = place;
        }
        start.iter().any(|it| it[0].is_finite()).then_some(start)
    }

    pub(super) fn accept_positions(&mut self, positions: Arc<Vec<Point>>) {
        if positions.len() == self.project.results().network.people.len() {
            self.move_to(positions);
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

fn arrange(
    request: LayoutRequest,
    start: Option<&[Point]>,
    moves_on: bool,
    is_first: bool,
    latest: &Latest<Vec<Point>>,
    control: &Control,
) -> Result<Vec<Point>, Cancelled> {
    let settings = request.decided.settings(0);
    let mut layout = match start {
        Some(from) if moves_on => {
            ForceLayout::rearranged(&request.graph, settings, from, &request.pins)
        }
        _ => ForceLayout::new(request.graph, settings, start, &request.pins),
    };
    loop {
        let state = layout.step();
        // Where people wait for their first places is a picture where there is none yet, and would be
        // a detour where there is one.
        let is_worth_seeing = is_first || !layout.is_starting();
        if is_worth_seeing && latest.publish_if_due(|| layout.positions().to_vec()) {
            control.wake();
        }
        // A layout cannot say when it will be at rest; only cancelling matters here.
        control.progress(0, 1)?;
        if state == LayoutState::Settled {
            return Ok(layout.positions().to_vec());
        }
    }
}
