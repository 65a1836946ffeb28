//! Whether the forecast stalls at a boundary, worked out beside the window once it stands.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Answer, Shared, in_pool, take, waker};
use super::request::SpreadRequest;
use crate::diffusion::Chasm;
use crate::jobs::{Cancelled, Control, Job, Latest};
use crate::network::Groups;
use crate::project::Project;
use crate::seeding::{Crossing, SearchState};
use crate::ui::actions::Tab;
use crate::ui::state::ChasmFinding;

/// What a stall depends on.
pub type ChasmRequest = (SpreadRequest, Option<String>, Shared<Groups>);

impl App {
    /// Looks for a stall anew when the forecast that is shown is another one.
    pub(super) fn follow_chasm(&mut self, ctx: &Context) {
        let decisions = self.project.decisions();
        let neighborhoods = Shared(Arc::clone(&self.findings.neighborhoods));
        let spread = SpreadRequest::of(&self.project);
        let request = (spread, decisions.segment_by.clone(), neighborhoods);
        let is_current = self.followed.chasm.as_ref() == Some(&request);
        let looked_at = self.state.right_open && self.state.tab == Tab::Forecast;
        let stands = self.findings.forecast.is_some()
            && !self.findings.forecast_is_stale
            && self.jobs.forecast.is_none();
        if is_current || !looked_at || !stands {
            return;
        }
        let latest = Latest::default();
        self.followed.chasm = Some(request.clone());
        self.jobs.chasm_so_far = latest.clone();
        self.jobs.chasm_seen = 0;
        let project = self.project.clone();
        self.jobs.chasm = Some(Job::spawn("chasm", waker(ctx), move |control| {
            in_pool(|| look(&project, request, &latest, control))
        }));
    }

    pub(super) fn poll_chasm(&mut self, ctx: &Context) {
        let newer = self.jobs.chasm_so_far.newer_than(self.jobs.chasm_seen);
        if let Some((generation, finding)) = newer {
            self.jobs.chasm_seen = generation;
            self.findings.chasm = Some(finding);
        }
        if let Some(outcome) = take(&mut self.jobs.chasm)
            && let Some(finding) = self.finished(ctx, outcome)
        {
            self.findings.chasm = finding.map(Arc::new);
        }
    }
}

/// Finds the stall, tells it, and then tries what would carry adoption over.
fn look(
    project: &Project,
    (spread, segment_by, _): ChasmRequest,
    latest: &Latest<ChasmFinding>,
    control: &Control,
) -> Result<Answer<Option<ChasmFinding>>, Cancelled> {
    let results = project.results();
    let Ok(model) = spread.model(&results.network) else { return Ok(Ok(None)) };
    let segments = project.segments(segment_by.as_deref());
    control.progress(0, 1)?;
    let Some(chasm) = Chasm::find(&model, &spread.seeds, &segments.of) else {
        return Ok(Ok(None));
    };
    let name = |it: u32| segments.names.get(it as usize).cloned().unwrap_or_default();
    let mut finding = ChasmFinding {
        chasm,
        names: [name(chasm.full), name(chasm.empty)],
        scenario: spread.scenario,
        seeds: spread.seeds.clone(),
        ways: Vec::new(),
    };
    if !chasm.is_typical() {
        return Ok(Ok(Some(finding)));
    }
    latest.publish(finding.clone());
    control.wake();
    let mut crossing = Crossing::new(model, spread.seeds, &segments.of, &chasm);
    // What cannot be tried, as where nobody inside may be a seed, is no way over.
    while let Ok(SearchState::Searching { done, total }) = crossing.step() {
        control.progress(done, total)?;
    }
    finding.ways = crossing.finish();
    Ok(Ok(Some(finding)))
}
