//! Who is shown, kept up to date beside the window.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::files::waker;
use super::follow::Shared;
use crate::jobs::Job;
use crate::network::Network;
use crate::project::{Hidden, Showing};

/// Everything that decides who is hidden.
#[derive(Clone, PartialEq)]
pub struct ShownRequest {
    network: Shared<Network>,
    showing: Showing,
}

impl App {
    /// Finds out anew who is hidden when anything that decides it changed. One job at a time, and
    /// always the newest request: while a slider is dragged the map follows as fast as it can.
    pub(super) fn follow_shown(&mut self, ctx: &Context) {
        let results = self.project.results();
        let request = ShownRequest {
            network: Shared(Arc::clone(&results.network)),
            showing: Showing {
                around: self.state.around.clone(),
                ..Showing::of(self.project.decisions())
            },
        };
        let followed = self.followed.shown.as_ref();
        if followed.is_none_or(|it| it.network != request.network) {
            // What is known of other people is not to be read as if it were about these.
            self.findings.hidden = Arc::default();
            self.jobs.hidden = None;
        }
        if followed == Some(&request) || self.jobs.hidden.is_some() {
            return;
        }
        let showing = request.showing.clone();
        self.followed.shown = Some(request);
        if showing.is_everyone() {
            self.findings.hidden = Arc::default();
            return;
        }
        let results = results.clone();
        self.jobs.hidden =
            Some(Job::spawn("hidden", waker(ctx), move |_| Ok(showing.hidden(&results))));
    }

    pub(super) fn accept_hidden(&mut self, hidden: Hidden) {
        self.findings.hidden = Arc::new(hidden);
    }
}
