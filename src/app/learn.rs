//! Learning from what happened: the study beside the window, marks, plan, and the forecast from today.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Shared, in_pool, waker};
use crate::diffusion::{Contagion, StepUnit};
use crate::jobs::Job;
use crate::learning::Study;
use crate::network::{Network, PersonIndex};
use crate::project::{Mark, Marked, Plan, present};
use crate::ui::actions::{Tab, Window};
use crate::ui::learn::actions::LearnAction;
use crate::ui::toast::Tone;

/// What lessons depend on.
#[derive(PartialEq)]
pub struct LessonsRequest {
    network: Shared<Network>,
    marks: BTreeMap<String, Mark>,
    period: Option<StepUnit>,
}

impl App {
    /// Carries out one wish of the panel.
    pub(super) fn learn(&mut self, ctx: &Context, action: LearnAction) {
        match action {
            LearnAction::Mark(people, marked) => self.mark(&people, marked),
            LearnAction::SetDay(day) => self.state.mark_day = day,
            LearnAction::SetSettings(settings) => {
                self.change("Look at what happened otherwise", "learn settings", |it| {
                    it.learning = settings;
                });
            }
            LearnAction::GoOnFromToday(goes_on) => {
                let label = if goes_on { "Go on from today" } else { "Begin with the seeds alone" };
                self.decide(label, |it| it.case_mut().from_today = goes_on);
            }
            LearnAction::UseFit { p, q, hazard, unit } => {
                self.decide("Forecast with the fitted numbers", |it| {
                    let case = it.case_mut();
                    case.from_today = true;
                    case.scenario.contagion = Contagion::Bass { p, q, hazard };
                    case.scenario.step_unit = unit.unwrap_or(case.scenario.step_unit);
                });
                let tab = self.state.tab;
                self.run_forecast(ctx);
                self.state.tab = tab;
            }
            LearnAction::MakePlan => self.make_plan(ctx),
            LearnAction::ForgetPlan => {
                self.decide("Forget the plan", |it| it.campaign.plan = None);
            }
        }
    }

    /// Marks the selected people.
    pub(super) fn mark_selection(&mut self, marked: Option<Marked>) {
        let people = self.selected();
        self.mark(&people, marked);
    }

    fn mark(&mut self, people: &[PersonIndex], marked: Option<Marked>) {
        let ids = self.ids(people);
        let who = self.in_words(people);
        let label = match marked {
            Some(marked) => format!("Mark {who} as {}", marked.label()),
            None => format!("Take back what was noted about {who}"),
        };
        let day = self.state.day();
        self.decide(&label, |it| {
            for id in &ids {
                it.campaign.mark(id, marked, day);
            }
            // From the first answer on forecasts have a present state to go on from.
            let is_answer = matches!(marked, Some(Marked::Adopted | Marked::Declined));
            let answers = it.campaign.count(Marked::Adopted) + it.campaign.count(Marked::Declined);
            if is_answer && answers == ids.len() {
                it.case_mut().from_today = true;
            }
        });
    }

    fn make_plan(&mut self, ctx: &Context) {
        let Some(forecast) = self.findings.forecast.clone() else { return };
        if self.findings.forecast_is_stale || self.jobs.forecast.is_some() {
            self.say(
                ctx,
                Tone::Failed,
                "The forecast is not ready: run it first, then make it the plan",
            );
            return;
        }
        let case = self.project.decisions().case();
        let marks = &self.project.decisions().campaign.marks;
        let people = &self.project.results().network.people;
        let before = if case.from_today {
            present(people, marks, case.scenario.step_unit).before.len()
        } else {
            0
        };
        let told = (case.name.as_str(), case.scenario.step_unit, case.scenario.steps);
        let plan = Plan::of(&forecast, told, self.state.day(), before);
        self.decide("Make the forecast the plan", |it| it.campaign.plan = Some(plan));
    }

    /// Studies what happened again when somebody looks and it changed.
    pub(super) fn follow_lessons(&mut self, ctx: &Context) {
        let tab = self.state.tab;
        let is_looked_at = self.state.right_open && matches!(tab, Tab::Learn | Tab::Forecast)
            || self.state.windows.contains(&Window::Neighborhoods);
        if !is_looked_at || self.project.results().network.people.is_empty() {
            return;
        }
        let decisions = self.project.decisions();
        let request = LessonsRequest {
            network: Shared(Arc::clone(&self.project.results().network)),
            marks: decisions.campaign.marks.clone(),
            period: decisions.learning.period,
        };
        if self.followed.lessons.as_ref() == Some(&request) {
            return;
        }
        match self.project.history() {
            Ok(history) => {
                let graph = Arc::clone(self.project.results().graph());
                self.jobs.lessons = Some(Job::spawn("lessons", waker(ctx), move |control| {
                    in_pool(|| {
                        let mut study = Study::new(&graph, &history);
                        while study.step() {
                            let (done, total) = study.progress();
                            control.progress(done, total)?;
                        }
                        Ok(study.finish())
                    })
                }));
            }
            Err(why) => {
                self.jobs.lessons = None;
                self.findings.lessons = Some(Err(why.to_string()));
            }
        }
        self.followed.lessons = Some(request);
    }
}
