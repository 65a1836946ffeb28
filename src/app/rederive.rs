//! Changes that make the network anew: each happens to a copy beside the window, which then takes
//! the project's place. One that is stopped leaves everything as it was.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use egui::Context;

use super::App;
use super::background::waker;
use crate::assemble::{Corrections, Stopped};
use crate::jobs::{Cancelled, Job};
use crate::project::{Project, Watched};
use crate::ui::actions::{Action, Selecting, Work};
use crate::ui::toast::Tone;

/// Parts of the work that the progress bar tells apart.
const PARTS: u32 = 1000;

/// A project made anew, and what to say when it is there.
pub struct Rederived {
    project: Project,
    text: Option<String>,
}

impl App {
    /// Starts a change that makes ties anew.
    pub(super) fn rederive<T>(
        &mut self,
        ctx: &Context,
        change: impl FnOnce(&mut Watched<'_, '_>) -> Result<T, Stopped> + Send + 'static,
    ) {
        self.rederive_and_say(ctx, None, change);
    }

    /// As [`Self::rederive`]; says `text` when it is done.
    pub(super) fn rederive_and_say<T>(
        &mut self,
        ctx: &Context,
        text: Option<String>,
        change: impl FnOnce(&mut Watched<'_, '_>) -> Result<T, Stopped> + Send + 'static,
    ) {
        let mut project = self.project.clone();
        self.jobs.rules = Some(Job::spawn("ties", waker(ctx), move |control| {
            let mut tell = |share: f64| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a share of the whole"
                )]
                let done = (share * f64::from(PARTS)) as u64;
                match control.progress(done, PARTS.into()) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(Cancelled) => ControlFlow::Break(()),
                }
            };
            change(&mut project.watched(&mut tell)).map_err(|Stopped| Cancelled)?;
            project.results().complete();
            Ok(Rederived { project, text })
        }));
    }

    /// Puts what was made anew in its place.
    pub(super) fn accept_rederived(&mut self, ctx: &Context, rederived: Rederived) {
        let Rederived { project, text } = rederived;
        let before = self.project.decisions().by_hand.corrections.clone();
        self.touched();
        self.replace_ties(project);
        self.select_newcomers(&before);
        if let Some(text) = text {
            self.toasts.retain(|it| it.tone != Tone::Done);
            self.say(ctx, Tone::Done, text);
        }
    }

    /// Whoever was added by hand is who one goes on with.
    fn select_newcomers(&mut self, before: &Corrections) {
        let known: BTreeSet<&str> = before.added().map(|(id, _)| id).collect();
        let added = self.project.decisions().by_hand.corrections.added();
        let new = added.map(|(id, _)| id).filter(|id| !known.contains(id));
        let new: Vec<_> = new.filter_map(|id| self.project.results().person(id)).collect();
        if !new.is_empty() {
            self.select(new, Selecting::Only);
        }
    }

    /// A wish to stop making ties anew does not wait for its turn behind them; what a slider asked
    /// before it is forgotten.
    pub(super) fn hear_stop(&mut self) {
        let is_stop = |action: &Action| matches!(action, Action::Cancel(Work::Rules));
        let Some(at) = self.actions.iter().position(is_stop) else { return };
        self.jobs.cancel(Work::Rules);
        let mut left = at + 1;
        self.actions.retain(|action| {
            let is_before = left > 0;
            left = left.saturating_sub(1);
            !is_before || !(is_stop(action) || matches!(action, Action::SetTrust(..)))
        });
    }
}
