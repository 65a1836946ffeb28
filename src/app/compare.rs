//! The comparison that is asked for while its window is open, kept up to date like every finding.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Answer, in_pool, take, waker};
use super::request::SpreadRequest;
use crate::diffusion::Comparison;
use crate::jobs::{Job, Latest, Outcome};
use crate::network::Network;
use crate::project::contrasts;
use crate::ui::actions::Window;
use crate::ui::state::ComparisonFinding;
use crate::ui::toast::Tone;

/// What is compared: the name of each case, and what spreads in it on the chances of the first.
#[derive(Clone, Default, PartialEq)]
pub struct CompareRequest(Vec<(String, SpreadRequest)>);

/// The comparison that is asked for, and the one that is shown.
#[derive(Default)]
pub struct FollowedComparison {
    asked: Option<CompareRequest>,
    shown: Option<CompareRequest>,
}

impl App {
    fn compare_request(&self) -> CompareRequest {
        let tray = &self.project.decisions().tray;
        let cases = tray.compared().map(|place| &tray.cases()[place]);
        let mut cases: Vec<(String, SpreadRequest)> = cases
            .map(|case| (case.name.clone(), SpreadRequest::of_case(&self.project, case)))
            .collect();
        if let Some((first, rest)) = cases.split_first_mut() {
            for (_, case) in rest {
                case.scenario = case.scenario.with_chances_of(&first.1.scenario);
            }
        }
        CompareRequest(cases)
    }

    pub(super) fn follow_comparison(&mut self, ctx: &Context) {
        if !self.state.windows.contains(&Window::Compare) {
            // Nobody looks: what is under way ends, and is asked for anew with the window.
            if self.jobs.compare.take().is_some() {
                self.followed.comparison.asked = None;
            }
            return;
        }
        let request = self.compare_request();
        let followed = &mut self.followed.comparison;
        self.findings.comparison_is_stale =
            self.findings.comparison.is_some() && followed.shown.as_ref() != Some(&request);
        if followed.asked.as_ref() == Some(&request) {
            return;
        }
        if let Some(job) = &self.jobs.compare {
            // One at a time; the next begins when this one has noticed.
            job.cancel();
            return;
        }
        followed.asked = Some(request.clone());
        self.findings.comparison_refusal = None;
        if request.0.len() < 2 {
            self.findings.comparison = None;
            return;
        }
        let tray = &self.project.decisions().tray;
        let cases: Vec<_> = tray.compared().map(|place| &tray.cases()[place]).collect();
        let empty = ComparisonFinding {
            names: request.0.iter().map(|it| it.0.clone()).collect(),
            seeds: request.0.iter().map(|it| it.1.seeds.clone()).collect(),
            contrasts: contrasts(&cases, self.project.results()),
            unit: cases[0].scenario.step_unit,
            replicates: cases[0].scenario.replicates,
            ..ComparisonFinding::default()
        };
        let network = Arc::clone(&self.project.results().network);
        let latest = Latest::default();
        self.jobs.comparison_so_far = latest.clone();
        self.jobs.comparison_seen = 0;
        self.jobs.compare = Some(Job::spawn("compare", waker(ctx), move |control| {
            in_pool(|| {
                let mut comparison = match prepare(&request, &network) {
                    Ok(comparison) => comparison,
                    Err(text) => return Ok(Err(text)),
                };
                let finding = |comparison: &Comparison| ComparisonFinding {
                    forecasts: comparison.forecasts(),
                    differences: (1..comparison.len())
                        .map(|place| comparison.difference(place, 0))
                        .collect(),
                    ..empty.clone()
                };
                let mut shown = 0;
                while !comparison.is_finished() {
                    comparison.step();
                    let (done, total) = (comparison.done(), comparison.total());
                    let all_began = comparison.difference(0, comparison.len() - 1).replicates > 0;
                    if all_began && (shown == 0 || done - shown > total / 8) {
                        shown = done;
                        latest.publish(finding(&comparison));
                        control.wake();
                    }
                    control.progress(done, total)?;
                }
                Ok(Ok(finding(&comparison)))
            })
        }));
    }

    pub(super) fn poll_comparison(&mut self, ctx: &Context) {
        let newer = self.jobs.comparison_so_far.newer_than(self.jobs.comparison_seen);
        if let Some((generation, finding)) = newer {
            self.jobs.comparison_seen = generation;
            self.accept_comparison(finding);
        }
        let Some(outcome) = take(&mut self.jobs.compare) else { return };
        match outcome {
            Outcome::Done(Ok(finding)) => self.accept_comparison(Arc::new(finding)),
            Outcome::Done(Err(text)) => {
                self.findings.comparison = None;
                self.findings.comparison_refusal = Some(text);
            }
            Outcome::Failed(text) => self.say(ctx, Tone::Failed, text),
            // It was overtaken, perhaps by what is asked for again by now.
            Outcome::Cancelled => self.followed.comparison.asked = None,
        }
    }

    fn accept_comparison(&mut self, finding: Arc<ComparisonFinding>) {
        self.followed.comparison.shown.clone_from(&self.followed.comparison.asked);
        self.findings.comparison = Some(finding);
    }
}

fn prepare(request: &CompareRequest, network: &Network) -> Answer<Comparison> {
    let mut sides = Vec::new();
    for (name, case) in &request.0 {
        let model = case.model(network).map_err(|error| format!("{name}: {error}"))?;
        sides.push((model, case.seeds.clone()));
    }
    Comparison::new(sides).map_err(|error| error.to_string())
}
