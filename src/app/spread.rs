//! Simulating: the forecast that is asked for, and the one course that is being watched.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::files::waker;
use super::follow::in_pool;
use super::request::SpreadRequest;
use crate::diffusion::{Ensemble, classify_by_rank};
use crate::jobs::{Job, Latest};
use crate::ui::actions::Tab;
use crate::ui::state::Course;

impl App {
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

    /// Runs the replicate that is watched again when anything it depends on changed.
    pub(super) fn follow_course(&mut self, ctx: &Context) {
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
