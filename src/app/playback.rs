//! Moving through one replicate.

use std::time::Duration;

use egui::Context;

use super::App;

/// Time one step is shown while playing.
const STEP: Duration = Duration::from_millis(450);

impl App {
    fn last_step(&self) -> Option<u32> {
        self.findings.course.as_ref().map(|it| it.replicate.steps)
    }

    /// The step that is shown, when a course is being watched.
    pub(super) fn shown_step(&self) -> Option<u32> {
        let last = self.last_step()?;
        self.state.playback.step.map(|step| step.min(last))
    }

    pub(super) fn scrub_to(&mut self, step: u32) {
        if let Some(last) = self.last_step() {
            self.state.playback.step = Some(step.min(last));
            self.state.playback.playing = false;
        }
    }

    pub(super) fn step_by(&mut self, by: i64) {
        if let Some(last) = self.last_step() {
            let now = i64::from(self.shown_step().unwrap_or(last));
            let step = (now + by).clamp(0, i64::from(last));
            self.scrub_to(u32::try_from(step).unwrap_or(last));
        }
    }

    pub(super) fn play_or_pause(&mut self, ctx: &Context) {
        let Some(last) = self.last_step() else { return };
        let playback = &mut self.state.playback;
        playback.playing = !playback.playing;
        if playback.playing && playback.step.is_none_or(|step| step >= last) {
            playback.step = Some(0);
        }
        self.play_since = ctx.time();
        ctx.request_repaint_after(STEP);
    }

    /// Goes on when the step has been shown long enough.
    pub(super) fn play_on(&mut self, ctx: &Context) {
        if !self.state.playback.playing {
            return;
        }
        let (Some(last), Some(step)) = (self.last_step(), self.shown_step()) else { return };
        let shown_for = ctx.time() - self.play_since;
        if shown_for < STEP.as_secs_f64() {
            let left = STEP.as_secs_f64() - shown_for;
            ctx.request_repaint_after(Duration::from_secs_f64(left));
        } else if step >= last {
            self.state.playback.playing = false;
        } else {
            self.state.playback.step = Some(step + 1);
            self.play_since = ctx.time();
            ctx.request_repaint_after(STEP);
        }
    }
}
