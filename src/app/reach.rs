//! Who the seeds are and what they bring: the search, and the estimate after a change by hand.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Answer, Shared, in_pool, waker};
use super::request::SpreadRequest;
use crate::diffusion::Model;
use crate::jobs::{Cancelled, Control, Job};
use crate::network::PersonIndex;
use crate::project::Project;
use crate::seeding::{
    ChosenSeed, ReachEstimator, Reason, ReasonBasis, SearchState, SeedChoice, SeedSearch,
};
use crate::ui::actions::{Action, Tab};
use crate::ui::commands::Command;
use crate::ui::state::{ChoiceFinding, SeedFinding, SeedRow};
use crate::ui::widgets::counted;

/// What a search for seeds brought.
pub struct ChosenSeeds {
    request: SpreadRequest,
    choice: SeedChoice,
    reasons: Vec<Reason>,
    knows_ours: bool,
    /// What the search says of its choice.
    lines: Vec<String>,
}

/// What an estimate brought.
pub struct Estimated {
    request: SpreadRequest,
    estimator: Arc<ReachEstimator>,
    finding: SeedFinding,
}

impl App {
    /// Looks for seeds; asked for by a command.
    pub(super) fn choose_seeds(&mut self, ctx: &Context) {
        let project = self.project.clone();
        self.jobs.seeds = Some(Job::spawn("seeds", waker(ctx), move |control| {
            in_pool(|| choose(&project, control))
        }));
    }

    pub(super) fn accept_seeds(&mut self, chosen: ChosenSeeds) {
        let ChosenSeeds { mut request, choice, reasons, knows_ours, lines } = chosen;
        let results = self.project.results();
        if request.graph != Shared(Arc::clone(results.graph())) {
            return; // the network changed meanwhile: these seeds belong to another one
        }
        let people: Vec<PersonIndex> = choice.seeds.iter().map(|it| it.person).collect();
        let network = &results.network;
        let ids: Vec<String> =
            people.iter().map(|&it| network.people[it as usize].id.to_string()).collect();
        let label = format!("Choose {}", counted(ids.len(), "seed", "seeds"));
        if self.followed.autopilot {
            self.project.begin_with(|it| it.case_mut().start_with(ids));
        } else if self.project.decide(&label, |it| it.case_mut().start_with(ids)) {
            self.touched();
        }
        request.seeds.clone_from(&people);
        let request = request.once();
        self.followed.proven = choice.guarantee.map(|share| (request.clone(), share));
        self.findings.seeds = Some(Arc::new(SeedFinding {
            seeds: rows(&choice.seeds, reasons),
            reach: choice.reach,
            without_seeds: choice.without_seeds,
            guarantee: choice.guarantee,
            knows_ours,
        }));
        let choice_finding = ChoiceFinding { seeds: people, lines };
        self.findings.choice = Some(Arc::new(choice_finding));
        self.followed.estimator =
            Some((request.graph.clone(), request.scenario.clone(), choice.estimator));
        self.followed.reach = Some(request);
        if self.followed.autopilot {
            self.actions.push_back(Action::Do(Command::RunForecast));
        } else {
            self.state.tab = Tab::Seeds;
            self.state.playback.step = None;
        }
    }

    pub(super) fn follow_reach(&mut self, ctx: &Context) {
        let request = SpreadRequest::of(&self.project).once();
        // One at a time: an estimate cannot be stopped half-way, and a slider asks for many. The
        // curve that somebody looks at goes first.
        let waits = self.jobs.seeds.is_some()
            || self.jobs.reach.is_some()
            || (self.state.tab == Tab::Forecast && self.findings.forecast_is_stale);
        if self.followed.reach.as_ref() == Some(&request) || waits {
            return;
        }
        self.followed.reach = Some(request.clone());
        if self.state.tab != Tab::Forecast {
            self.findings.refusal = None;
        }
        if request.seeds.is_empty() {
            self.findings.seeds = None;
            return;
        }
        let ready = self.ready_estimator(&request);
        let project = self.project.clone();
        let proven = self.followed.proven.as_ref().filter(|(proven, _)| *proven == request);
        let guarantee = proven.map(|(_, share)| *share);
        self.jobs.reach = Some(Job::spawn("reach", waker(ctx), move |_| {
            in_pool(|| {
                let estimated = estimate(&project, request, ready);
                Ok(estimated.map(|mut it| {
                    it.finding.guarantee = guarantee;
                    it
                }))
            })
        }));
    }

    /// The estimator at hand, where it answers this request.
    pub(super) fn ready_estimator(&self, request: &SpreadRequest) -> Option<Arc<ReachEstimator>> {
        let (graph, scenario, estimator) = self.followed.estimator.as_ref()?;
        // An estimator stands for one present state, which it does not tell.
        let fits = !request.goes_on() && *graph == request.graph && *scenario == request.scenario;
        fits.then(|| Arc::clone(estimator))
    }

    pub(super) fn accept_reach(&mut self, estimated: Estimated) {
        let Estimated { request, estimator, finding } = estimated;
        self.followed.estimator =
            Some((request.graph.clone(), request.scenario.clone(), estimator));
        if self.followed.reach.as_ref() == Some(&request) {
            self.findings.seeds = Some(Arc::new(finding));
        }
    }
}

fn choose(project: &Project, control: &Control) -> Result<Answer<ChosenSeeds>, Cancelled> {
    // Whom to choose is asked as if all started at once; the reach of whom was chosen is then
    // estimated with waves, and nothing is proven of that.
    let request = SpreadRequest::of(project).all_at_once();
    let has_waves = !project.decisions().scenario().rollout.waves.is_empty();
    let results = project.results();
    let settings = &project.decisions().seed_settings;
    let to_the_end = request.scenario.steps;
    let mut of_choice = request.clone();
    of_choice.scenario = settings.scenario_of_choice(&request.scenario);
    let prepared = of_choice.model(&results.network).and_then(|model| {
        let asked = project.seed_request().map_err(|error| error.to_string())?;
        let search = SeedSearch::new(Arc::clone(&model), asked);
        Ok((model, search.map_err(|error| error.about(&results.network))?))
    });
    let (mut model, mut search) = match prepared {
        Ok(prepared) => prepared,
        Err(text) => return Ok(Err(text)),
    };
    while let SearchState::Searching { done, total } = search.step() {
        control.progress(done, total)?;
    }
    let mut choice = search.finish();
    let when = settings.goal_due(request.scenario.step_unit);
    let mut lines = choice.in_words(when.as_deref());
    if has_waves {
        lines.push(
            "Chosen as if all started at once; new seeds take the free places of the waves in turn, and \
             the reach above counts their dates"
                .to_owned(),
        );
    }
    if of_choice.scenario.steps != to_the_end {
        // Reach is told for the whole time, as everywhere; the goal for its step.
        model = match request.model(&results.network) {
            Ok(model) => model,
            Err(text) => return Ok(Err(text)),
        };
        let people: Vec<PersonIndex> = choice.seeds.iter().map(|it| it.person).collect();
        let estimator = Arc::new(ReachEstimator::new(Arc::clone(&model)));
        let estimate = estimator.estimate(&people);
        choice = SeedChoice {
            seeds: estimate.seeds,
            reach: estimate.reach,
            without_seeds: estimate.without_seeds,
            estimator,
            ..choice
        };
    }
    choice.guarantee = choice.guarantee.filter(|_| !has_waves);
    let reasons = reasons(project, &model, &choice.seeds);
    let knows_ours = !project.acquaintances().is_empty();
    Ok(Ok(ChosenSeeds { request, choice, reasons, knows_ours, lines }))
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
    let reasons = reasons(project, &model, &estimate.seeds);
    let finding = SeedFinding {
        seeds: rows(&estimate.seeds, reasons),
        reach: estimate.reach,
        without_seeds: estimate.without_seeds,
        guarantee: None,
        knows_ours: !project.acquaintances().is_empty(),
    };
    Ok(Estimated { request, estimator, finding })
}

/// Why each of them: with the way from whoever is ours.
pub(super) fn reasons(project: &Project, model: &Model, seeds: &[ChosenSeed]) -> Vec<Reason> {
    let results = project.results();
    let basis = ReasonBasis {
        network: &results.network,
        model,
        neighborhoods: &project.neighborhoods(),
        acquaintances: &project.acquaintances(),
    };
    basis.reasons(seeds)
}

fn rows(seeds: &[ChosenSeed], reasons: Vec<Reason>) -> Vec<SeedRow> {
    let row = |(seed, reason): (&ChosenSeed, Reason)| SeedRow {
        person: seed.person,
        marginal_reach: seed.marginal_reach,
        only_reach: seed.only_reach,
        reason,
    };
    seeds.iter().zip(reasons).map(row).collect()
}
