//! Finding people by name, while it is being typed.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Shared, waker};
use crate::jobs::Job;
use crate::network::Network;
use crate::ui::search::MOST;
use crate::ui::state::Hits;

/// Who is looked for among whom.
#[derive(Clone, PartialEq)]
pub struct SearchRequest {
    network: Shared<Network>,
    wanted: String,
}

impl App {
    /// Looks again when something else was typed. One job at a time, always for the newest text.
    pub(super) fn follow_search(&mut self, ctx: &Context) {
        let results = self.project.results();
        let network = Shared(Arc::clone(&results.network));
        let request = SearchRequest { network, wanted: self.state.search.clone() };
        let followed = self.followed.search.as_ref();
        if followed.is_none_or(|it| it.network != request.network)
            || request.wanted.trim().is_empty()
        {
            self.findings.hits = None;
            self.jobs.search = None;
        }
        if followed == Some(&request) || self.jobs.search.is_some() {
            return;
        }
        let wanted = request.wanted.clone();
        self.followed.search = Some(request);
        if wanted.trim().is_empty() {
            return;
        }
        let results = results.clone();
        self.jobs.search = Some(Job::spawn("search", waker(ctx), move |_| {
            let people = results.findable_by_name().best(&wanted, MOST);
            Ok(Hits { wanted, people })
        }));
    }
}
