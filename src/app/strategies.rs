//! Strategies side by side: the comparison beside the window, and taking over a set.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Answer, in_pool, waker};
use super::request::SpreadRequest;
use crate::jobs::{Cancelled, Control, Job};
use crate::network::PersonIndex;
use crate::project::{Project, SeedSettings, StrategySettings};
use crate::seeding::{SearchState, StrategyTrial, TrialError};
use crate::ui::actions::Window;
use crate::ui::state::StrategyFinding;
use crate::ui::widgets::counted;

/// Everything a comparison depends on.
#[derive(Clone, PartialEq)]
pub struct StrategyRequest {
    spread: SpreadRequest,
    seeds: SeedSettings,
    terms: StrategySettings,
}

impl StrategyRequest {
    fn of(project: &Project) -> Self {
        // How the next search picks is another matter.
        let mut seeds = project.decisions().seed_settings.clone();
        seeds.strategy = crate::seeding::Strategy::Best;
        Self {
            spread: SpreadRequest::of(project),
            seeds,
            terms: project.decisions().strategies.clone(),
        }
    }
}

impl App {
    /// Compares anew and shows the window.
    pub(super) fn compare_strategies(&mut self, ctx: &Context) {
        self.show_window(Window::Strategies, true);
        if self.project.results().network.people.is_empty() {
            return;
        }
        let request = StrategyRequest::of(&self.project);
        self.followed.strategies = Some(request.clone());
        let project = self.project.clone();
        self.jobs.strategies = Some(Job::spawn("strategies", waker(ctx), move |control| {
            in_pool(|| compare(&project, request.spread, control))
        }));
    }

    pub(super) fn accept_strategies(&mut self, finding: StrategyFinding) {
        self.findings.strategies = Some(Arc::new(finding));
    }

    /// Says when what was compared is no longer what stands; another network takes the table away,
    /// because its rows name people of the old one.
    pub(super) fn follow_strategies(&mut self) {
        let Some(compared) = &self.followed.strategies else { return };
        let now = StrategyRequest::of(&self.project);
        if compared.spread.graph != now.spread.graph {
            self.jobs.strategies = None;
            self.findings.strategies = None;
            self.followed.strategies = None;
            return;
        }
        self.findings.strategies_are_stale = *compared != now;
    }

    /// Makes these people the seeds.
    pub(super) fn use_seeds(&mut self, people: &[PersonIndex], what: &str) {
        let ids = self.ids(people);
        let label = format!("Use {} of “{what}”", counted(ids.len(), "seed", "seeds"));
        self.decide(&label, |it| it.case_mut().start_with(ids));
    }
}

fn compare(
    project: &Project,
    mut spread: SpreadRequest,
    control: &Control,
) -> Result<Answer<StrategyFinding>, Cancelled> {
    let network = &project.results().network;
    // With a goal adopters are counted by the step at which it is due.
    let settings = &project.decisions().seed_settings;
    spread.scenario = settings.scenario_of_choice(&spread.scenario);
    let trial = spread.model(network).and_then(|model| {
        let request = project.trial_request().map_err(|error| error.to_string())?;
        StrategyTrial::new(model, request).map_err(|error| match error {
            TrialError::Seeds(error) => error.about(network),
            error => error.to_string(),
        })
    });
    let mut trial = match trial {
        Ok(trial) => trial,
        Err(text) => return Ok(Err(text)),
    };
    while let SearchState::Searching { done, total } = trial.step() {
        control.progress(done, total)?;
    }
    let when = settings.goal_due(spread.scenario.step_unit);
    Ok(Ok(StrategyFinding { table: trial.finish(), when }))
}
