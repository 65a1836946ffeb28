//! How word gets from one person to another, found beside the window.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Shared, waker};
use crate::jobs::Job;
use crate::network::{Network, PersonIndex};
use crate::seeding::WarmPath;
use crate::ui::state::WayFinding;

/// Between whom, and in which network.
pub type WayRequest = (Shared<Network>, [PersonIndex; 2]);

impl App {
    /// Asks for the way between two people, or no longer.
    pub(super) fn show_way(&mut self, ctx: &Context, ends: Option<[PersonIndex; 2]>) {
        self.state.way = ends;
        self.followed.way = None;
        self.follow_way(ctx);
    }

    /// Finds the way anew when other people, or another network, are asked about.
    pub(super) fn follow_way(&mut self, ctx: &Context) {
        let network = &self.project.results().network;
        let request = self.state.way.map(|ends| (Shared(Arc::clone(network)), ends));
        if self.followed.way == request {
            return;
        }
        self.findings.way = None;
        self.jobs.way = request.clone().map(|(Shared(network), ends)| {
            Job::spawn("way", waker(ctx), move |_| {
                let [from, to] = ends;
                Ok(WayFinding { ends, path: WarmPath::between(&network, from, to) })
            })
        });
        self.followed.way = request;
    }

    /// Shows the way that was found, whole.
    pub(super) fn accept_way(&mut self, found: WayFinding) {
        let people: Vec<PersonIndex> = found.people().collect();
        self.fit(&people);
        self.findings.way = Some(Arc::new(found));
    }
}
