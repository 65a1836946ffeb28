//! Simulating: the forecast, which follows every change while somebody looks at it, and the one
//! course that is being watched.
//!
//! A slider that is being dragged asks for another forecast in every frame. The first few
//! replicates are shown as soon as they are there, the others refine them. A forecast that is
//! overtaken may still show its first look, if that comes soon, so that the curve keeps moving
//! under the hand; it is never shown as if it were the present one. One thread at a time works on
//! forecasts, however fast the changes come.
//!
//! On the sample (404 people, 1,819 ties), from the change of a slider to the first new curve on the
//! screen: 8 ms (15 at the 95th percentile), by when all 500 courses are there; in a test build on two
//! cores that were busy with other builds 13 to 75 ms. `cargo bench --bench window` measures it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context;

use super::App;
use super::background::{Answer, in_pool, take, waker};
use super::neighborhoods::SameParts;
use super::request::SpreadRequest;
use crate::diffusion::{Conversions, Ensemble, Forecast, classify_by_rank};
use crate::jobs::{Cancelled, Control, Job, Latest, Outcome};
use crate::network::Network;
use crate::picture::ColorBy;
use crate::project::Results;
use crate::ui::actions::{Tab, Window};
use crate::ui::state::Course;
use crate::ui::toast::Tone;

/// The forecast that is being or was last computed, and the one that is shown.
#[derive(Default)]
pub struct FollowedForecast {
    asked: Option<SpreadRequest>,
    shown: Option<SpreadRequest>,
    since: Option<Instant>,
    /// The neighborhoods by which it is counted, where these are looked at.
    counted_by: Option<SameParts>,
}

impl FollowedForecast {
    /// Whether the forecast was counted by these neighborhoods as it ran.
    pub fn is_counted_by(&self, groups: &SameParts) -> bool {
        self.counted_by.as_ref() == Some(groups)
    }

    /// Takes the network of `results` for that of the requests where it makes no difference.
    pub fn carry_over(&mut self, results: &Results) {
        for request in [&mut self.asked, &mut self.shown].into_iter().flatten() {
            request.carry_over(results);
        }
    }
}

impl App {
    /// How long a forecast that was overtaken may take for its first look.
    const PATIENCE: Duration = Duration::from_millis(120);

    /// How long a forecast that nobody asked for by a command goes on; where the network is so
    /// large that more would be needed, it rests on what was done by then.
    const LONGEST_UNASKED: Duration = Duration::from_secs(10);

    /// Simulates; asked for by a command.
    pub(super) fn run_forecast(&mut self, ctx: &Context) {
        let request = SpreadRequest::of(&self.project);
        if request.graph.0.people() == 0 {
            return;
        }
        if self.followed.autopilot {
            self.followed.autopilot = false;
        } else {
            self.state.tab = Tab::Forecast;
            self.state.playback.step = Some(u32::MAX);
        }
        self.start_forecast(ctx, request, None);
    }

    /// Keeps the forecast up to date while somebody looks at it.
    pub(super) fn follow_forecast(&mut self, ctx: &Context) {
        let now = SpreadRequest::of(&self.project);
        let followed = &self.followed.forecast;
        let is_current = followed.shown.as_ref() == Some(&now);
        self.findings.forecast_is_stale = self.findings.forecast.is_some() && !is_current;
        if followed.asked.as_ref() == Some(&now) || !self.is_forecast_looked_at() {
            return;
        }
        if let Some(job) = &self.jobs.forecast {
            let waited = followed.since.map_or(Duration::MAX, |it| it.elapsed());
            if self.jobs.forecast_seen == 0 && waited < Self::PATIENCE {
                ctx.request_repaint_after(Self::PATIENCE.saturating_sub(waited));
            } else {
                job.cancel();
            }
            return;
        }
        if now.is_idle() {
            self.findings.forecast = None;
            self.findings.refusal = None;
            self.followed.forecast.asked = Some(now);
            return;
        }
        self.start_forecast(ctx, now, Some(Self::LONGEST_UNASKED));
    }

    /// Whether anything on the screen tells of the forecast. On the map it has to have been asked
    /// for: nothing is simulated because a network was opened.
    fn is_forecast_looked_at(&self) -> bool {
        let in_panel = self.state.right_open && self.state.tab == Tab::Forecast;
        let in_window = self.state.windows.contains(&Window::Neighborhoods);
        let look = &self.project.decisions().look;
        let on_map = look.hulls || matches!(look.color, ColorBy::Chance | ColorBy::AdopterClass);
        in_panel || in_window || (on_map && self.findings.forecast.is_some())
    }

    fn start_forecast(&mut self, ctx: &Context, request: SpreadRequest, longest: Option<Duration>) {
        let network = Arc::clone(&self.project.results().network);
        let latest = Latest::default();
        self.findings.refusal = None;
        self.followed.forecast.asked = Some(request.clone());
        self.followed.forecast.since = Some(Instant::now());
        let groups = self.neighborhoods_looked_at();
        self.followed.forecast.counted_by.clone_from(&groups);
        self.jobs.forecast_so_far = latest.clone();
        self.jobs.forecast_seen = 0;
        self.jobs.forecast = Some(Job::spawn("forecast", waker(ctx), move |control| {
            in_pool(|| simulate(request, groups, &network, longest, &latest, control))
        }));
    }

    pub(super) fn poll_forecast(&mut self, ctx: &Context) {
        let newer = self.jobs.forecast_so_far.newer_than(self.jobs.forecast_seen);
        if let Some((generation, forecast)) = newer {
            self.jobs.forecast_seen = generation;
            self.accept_forecast(forecast);
        }
        let Some(outcome) = take(&mut self.jobs.forecast) else { return };
        match outcome {
            Outcome::Done(Ok(forecast)) => self.accept_forecast(Arc::new(forecast)),
            Outcome::Done(Err(text)) => {
                self.findings.forecast = None;
                self.refused(text);
            }
            Outcome::Failed(text) => self.say(ctx, Tone::Failed, text),
            // It was overtaken, perhaps by what is asked for again by now.
            Outcome::Cancelled => self.followed.forecast.asked = None,
        }
    }

    fn accept_forecast(&mut self, forecast: Arc<Forecast>) {
        self.followed.forecast.shown.clone_from(&self.followed.forecast.asked);
        self.findings.forecast = Some(forecast);
    }

    /// Notes why the scenario cannot be simulated here; panels say it where it is set.
    pub(super) fn refused(&mut self, why: String) {
        self.findings.refusal = Some(why);
    }

    /// Runs the replicate that is watched again when anything it depends on changed.
    pub(super) fn follow_course(&mut self, ctx: &Context) {
        let spread = SpreadRequest::of(&self.project).once();
        let index = self.state.playback.replicate;
        let request = (spread, index);
        // One at a time: on a large network each takes a while to be made ready.
        if self.followed.course.as_ref() == Some(&request) || self.jobs.course.is_some() {
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
                let (replicate, conversions) = Conversions::watch(&model, &spread.seeds, index);
                Course {
                    index,
                    conversions,
                    classes: classify_by_rank(&replicate.time_of_adoption, &spread.seeds),
                    cumulative: replicate.cumulative_adopters(),
                    replicate,
                }
            }))
        }));
    }

    /// Shows the course, unless something changed while it ran.
    pub(super) fn accept_course(&mut self, outcome: Outcome<Answer<Course>>) {
        let now = SpreadRequest::of(&self.project).once();
        let index = self.state.playback.replicate;
        if self.followed.course.as_ref() != Some(&(now, index)) {
            return;
        }
        self.findings.course = match outcome {
            Outcome::Done(Ok(course)) => Some(Arc::new(course)),
            // The same message comes with the forecast; one is enough.
            _ => None,
        };
    }
}

/// Runs replicate after replicate, showing what there is: at once, and then every twelfth of the
/// way.
fn simulate(
    request: SpreadRequest,
    groups: Option<SameParts>,
    network: &Network,
    longest: Option<Duration>,
    latest: &Latest<Forecast>,
    control: &Control,
) -> Result<Answer<Forecast>, Cancelled> {
    let since = Instant::now();
    let ensemble = request.model(network).and_then(|model| {
        Ensemble::new(model, request.seeds, true).map_err(|error| error.to_string())
    });
    let mut ensemble = match ensemble {
        Ok(ensemble) => ensemble,
        Err(text) => return Ok(Err(text)),
    };
    if let Some((of, count)) = groups.map(|it| it.listed()) {
        ensemble = ensemble.by_group(&of, count);
    }
    let mut shown = 0;
    while !ensemble.is_finished() {
        ensemble.step();
        let (done, total) = (ensemble.done(), ensemble.total());
        if shown == 0 || done - shown > total / 12 {
            shown = done;
            latest.publish(ensemble.forecast());
            control.wake();
        }
        control.progress(done.into(), total.into())?;
        if longest.is_some_and(|longest| since.elapsed() > longest) {
            break;
        }
    }
    Ok(Ok(ensemble.forecast()))
}
