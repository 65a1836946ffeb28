//! Measures, taken only when somebody looks at them.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{Shared, in_pool, waker};
use crate::jobs::{Cancelled, Control, Job};
use crate::measure::{MEASURES, Measure, Survey};
use crate::network::{InfluenceGraph, Network};
use crate::picture::{ColorBy, SizeBy};
use crate::project::Results;
use crate::ui::actions::Tab;
use crate::ui::state::MeasureColumn;
use crate::ui::table::TableColumn;

/// What the known measures are about, and which have been asked for.
#[derive(Default)]
pub struct FollowedMeasures {
    graph: Option<Shared<InfluenceGraph>>,
    segment_by: Option<String>,
    /// Whose segments they are, where a column tells them apart.
    segmented: Option<Shared<Network>>,
    asked: Vec<&'static Measure>,
}

impl App {
    /// Takes the measures that are looked at and not known yet.
    pub(super) fn follow_measures(&mut self, ctx: &Context) {
        let graph = Shared(Arc::clone(self.project.results().graph()));
        let segment_by = self.project.decisions().segment_by.clone();
        let network = || Shared(Arc::clone(&self.project.results().network));
        let segmented = segment_by.is_some().then(network);
        let followed = &mut self.followed.measures;
        if followed.graph.as_ref() != Some(&graph)
            || followed.segment_by != segment_by
            || followed.segmented != segmented
        {
            let asked = Vec::new();
            *followed = FollowedMeasures { graph: Some(graph), segment_by, segmented, asked };
            self.jobs.measures = None;
            self.findings.measures.clear();
        }
        // The map comes first: measures wait until it is at rest.
        let busy = self.jobs.measures.is_some() || self.jobs.layout.is_some();
        if busy || self.project.results().network.people.is_empty() {
            return;
        }
        let asked = &self.followed.measures.asked;
        let mut wanted = self.looked_at();
        wanted.retain(|it| !asked.contains(it));
        // What takes long comes by itself, after what is there at once.
        if wanted.iter().any(|it| it.is_quick()) {
            wanted.retain(|it| it.is_quick());
        }
        if wanted.is_empty() {
            return;
        }
        self.followed.measures.asked.extend(&wanted);
        let results = self.project.results().clone();
        let segment_by = self.followed.measures.segment_by.clone();
        self.jobs.measures = Some(Job::spawn("measures", waker(ctx), move |control| {
            in_pool(|| measure(&results, segment_by.as_deref(), wanted, control))
        }));
    }

    /// Measures on the map, in the filter and on the panel that is open.
    fn looked_at(&self) -> Vec<&'static Measure> {
        let look = &self.project.decisions().look;
        let mut wanted = Vec::new();
        if let SizeBy::Measured(measure) = look.size {
            wanted.push(measure);
        }
        if let ColorBy::Measured(measure) = look.color {
            wanted.push(measure);
        }
        if self.state.table.open {
            let switched = self.state.table.switched.iter();
            wanted.extend(switched.filter_map(|(column, on)| match column {
                TableColumn::Measured(measure) if *on => Some(*measure),
                _ => None,
            }));
        }
        wanted.extend(self.project.decisions().filters.now.measures());
        wanted.extend(self.state.measure_in_question);
        if self.state.right_open && self.state.tab == Tab::Person {
            let selected = self.state.selected.len();
            let on_panel = |it: &&Measure| match selected {
                0 => !it.is_of_people(),
                1 => it.is_of_people(),
                _ => false,
            };
            wanted.extend(MEASURES.iter().filter(on_panel));
        }
        wanted
    }
}

fn measure(
    results: &Results,
    segment_by: Option<&str>,
    wanted: Vec<&'static Measure>,
    control: &Control,
) -> Result<Vec<MeasureColumn>, Cancelled> {
    let subject = results.subject(segment_by);
    let mut survey = Survey::new(&subject, wanted);
    while !survey.is_done() {
        survey.step();
        let (done, total) = survey.progress();
        control.progress(done, total)?;
    }
    Ok(survey.finish().into_iter().map(MeasureColumn::new).collect())
}
