//! Writing the plan: map, curve, tables and report, from the project as it is.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Answer, in_pool, waker};
use super::reach::reasons;
use super::request::SpreadRequest;
use crate::diffusion::{Ensemble, classify_by_rank};
use crate::jobs::{Cancelled, Control, Job};
use crate::layout::Point;
use crate::project::Project;
use crate::report::{self, Plan};
use crate::seeding::{ReachEstimator, SearchState, StrategyTable, StrategyTrial, TrialRequest};

impl App {
    /// Writes the plan into `folder` beside the window.
    pub(super) fn write_plan(&mut self, ctx: &Context, folder: PathBuf) {
        let project = self.project.clone();
        let positions = Arc::clone(self.settled_positions());
        let proven = self.findings.seeds.as_ref().and_then(|it| it.guarantee);
        let seeds = self.project.seeds();
        let choice = self.findings.choice.as_ref().filter(|it| it.seeds == seeds);
        let told = choice.map_or_else(Vec::new, |it| it.lines.clone());
        self.jobs.plan = Some(Job::spawn("plan", waker(ctx), move |control| {
            in_pool(|| write(&project, &positions, (proven, &told), folder, control))
        }));
    }
}

/// The forecast is run anew: the page must not mix numbers of two scenarios.
fn write(
    project: &Project,
    positions: &[Point],
    (guarantee, told): (Option<f64>, &[String]),
    folder: PathBuf,
    control: &Control,
) -> Result<Answer<PathBuf>, Cancelled> {
    let results = project.results();
    let request = SpreadRequest::of(project);
    let model = match request.model(&results.network) {
        Ok(model) => model,
        Err(text) => return Ok(Err(text)),
    };
    let estimate = ReachEstimator::new(Arc::clone(&model)).estimate(&request.seeds);
    let neighborhoods = project.neighborhoods();
    let reasons = reasons(project, &model, &estimate.seeds);
    let ensemble = Ensemble::new(Arc::clone(&model), request.seeds.clone(), true);
    let of: Arc<[Option<u32>]> = neighborhoods.of.clone().into();
    let mut ensemble = match ensemble {
        Ok(ensemble) => ensemble.by_group(&of, neighborhoods.names.len()),
        Err(error) => return Ok(Err(error.to_string())),
    };
    while !ensemble.is_finished() {
        ensemble.step();
        control.progress(ensemble.done().into(), u64::from(ensemble.total()) + 1)?;
    }
    let forecast = ensemble.forecast();
    let typical = forecast.typical_replicate(&model, &request.seeds);
    // Where prices make no sense the page does without them; the window says why.
    let costs = project.seed_costs().ok().flatten();
    let strategies = match beside(project, &request, control)? {
        Ok(strategies) => strategies,
        Err(text) => return Ok(Err(text)),
    };
    let plan = Plan {
        evidence: project.evidence(),
        results,
        positions,
        look: &project.decisions().look,
        neighborhoods: &neighborhoods,
        segment_by: project.decisions().segment_by.as_deref(),
        hidden: &project.hidden().people,
        scenario: project.decisions().scenario(),
        seeds: &estimate.seeds,
        reasons: &reasons,
        reach: estimate.reach,
        guarantee,
        costs: costs.as_ref(),
        strategies: strategies.as_ref(),
        told,
        forecast: &forecast,
        classes: &classify_by_rank(&typical.time_of_adoption, &request.seeds),
    };
    let written = report::write_plan(&folder, &plan).map_err(|error| error.to_string());
    Ok(written.map(|_| folder))
}

/// The seeds beside other ways to spend as much, all starting at once; nothing where the network is
/// so large that this would take long, or where prices make no sense (the window says so).
fn beside(
    project: &Project,
    request: &SpreadRequest,
    control: &Control,
) -> Result<Answer<Option<StrategyTable>>, Cancelled> {
    let size = request.graph.0.people() + request.graph.0.arcs();
    let Ok(seeds) = project.seed_request() else { return Ok(Ok(None)) };
    if request.seeds.is_empty() || size > StrategyTrial::QUICK {
        return Ok(Ok(None));
    }
    let terms = &project.decisions().strategies;
    let terms = (terms.broadcast, terms.money);
    let replicates = request.scenario.replicates;
    let asked = TrialRequest::beside(request.seeds.clone(), seeds, terms, replicates);
    let trial = request
        .clone()
        .all_at_once()
        .model(&project.results().network)
        .map(|model| StrategyTrial::new(model, asked));
    let mut trial = match trial {
        Ok(Ok(trial)) => trial,
        // What the seeds were chosen by hand against.
        Ok(Err(_)) => return Ok(Ok(None)),
        Err(text) => return Ok(Err(text)),
    };
    while let SearchState::Searching { done, total } = trial.step() {
        control.progress(done, total)?;
    }
    Ok(Ok(Some(trial.finish())))
}
