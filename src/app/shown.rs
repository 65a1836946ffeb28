//! Who is shown, kept up to date beside the window.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Shared, waker};
use crate::jobs::Job;
use crate::network::{Groups, Network, PersonIndex};
use crate::project::{Field, Hidden, Known, Mark, Results, Showing};
use crate::ui::state::{Course, MeasureColumn};

/// Everything that decides who is hidden: so much of what is known as is asked about.
#[derive(Clone, PartialEq)]
pub struct ShownRequest {
    network: Shared<Network>,
    showing: Showing,
    measures: Vec<Shared<MeasureColumn>>,
    seeds: Option<Vec<PersonIndex>>,
    course: Option<Shared<Course>>,
    neighborhoods: Option<Shared<Groups>>,
    marks: Option<BTreeMap<String, Mark>>,
}

impl ShownRequest {
    fn hidden(&self, results: &Results) -> Hidden {
        let measures = self.measures.iter();
        let known = Known {
            measures: measures.map(|it| (it.0.measure, &it.0.estimate.values[..])).collect(),
            seeds: self.seeds.as_deref(),
            classes: self.course.as_ref().map_or(&[], |it| &it.0.classes),
            neighborhoods: self.neighborhoods.as_ref().map(|it| &*it.0),
            marks: self.marks.as_ref(),
        };
        self.showing.hidden(results, &known)
    }
}

impl App {
    /// Finds out anew who is hidden when anything that decides it changed. One job at a time, and
    /// always the newest request: while a slider is dragged the map follows as fast as it can.
    pub(super) fn follow_shown(&mut self, ctx: &Context) {
        let request = self.shown_request();
        let followed = self.followed.shown.as_ref();
        if followed.is_none_or(|it| it.network != request.network) {
            // What is known of other people is not to be read as if it were about these.
            self.findings.hidden = Arc::default();
            self.jobs.hidden = None;
        }
        if followed == Some(&request) || self.jobs.hidden.is_some() {
            return;
        }
        self.followed.shown = Some(request.clone());
        if request.showing.is_everyone() {
            self.findings.hidden = Arc::default();
            return;
        }
        let results = self.project.results().clone();
        self.jobs.hidden =
            Some(Job::spawn("hidden", waker(ctx), move |_| Ok(request.hidden(&results))));
    }

    fn shown_request(&self) -> ShownRequest {
        let (results, decisions) = (self.project.results(), self.project.decisions());
        let findings = &self.findings;
        let filter = &decisions.filters.now;
        let asks = |field: Field| filter.asks_about(&field);
        let measured = |measure| findings.measured(measure).map(|it| Shared(Arc::clone(it)));
        let course = findings.course.clone().filter(|_| asks(Field::AdopterClass));
        ShownRequest {
            network: Shared(Arc::clone(&results.network)),
            showing: Showing { around: self.state.around.clone(), ..Showing::of(decisions) },
            measures: filter.measures().filter_map(measured).collect(),
            seeds: asks(Field::Seed).then(|| self.project.seeds()),
            course: course.map(Shared),
            neighborhoods: asks(Field::Neighborhood)
                .then(|| Shared(Arc::clone(&findings.neighborhoods))),
            marks: asks(Field::Mark).then(|| decisions.campaign.marks.clone()),
        }
    }

    pub(super) fn accept_hidden(&mut self, hidden: Hidden) {
        self.findings.hidden = Arc::new(hidden);
    }
}
