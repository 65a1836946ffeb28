//! The overlap of the seeds' audiences, kept up to date while somebody looks at it.

use std::ops::ControlFlow;
use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{in_pool, waker};
use super::request::SpreadRequest;
use crate::jobs::Job;
use crate::network::PersonIndex;
use crate::seeding::{ChosenSeed, ReachEstimator};
use crate::ui::actions::Window;
use crate::ui::state::{OverlapFinding, SeedRow};

/// People shown beyond the end of the list.
const NEXT: usize = 10;

impl App {
    /// Counts, or simulates, who shares whom; only while the window is open.
    pub(super) fn follow_overlap(&mut self, ctx: &Context) {
        if !self.state.windows.contains(&Window::Overlap) || self.jobs.seeds.is_some() {
            return;
        }
        let request = SpreadRequest::of(&self.project).once();
        if self.followed.overlap.as_ref() == Some(&request) {
            return;
        }
        self.findings.overlap = None;
        self.jobs.overlap = None;
        self.followed.overlap = Some(request.clone());
        if request.seeds.is_empty() {
            return;
        }
        let ready = self.ready_estimator(&request);
        let known = self.known_seeds(&request.seeds);
        let project = self.project.clone();
        self.jobs.overlap = Some(Job::spawn("overlap", waker(ctx), move |control| {
            in_pool(|| {
                let drawn = || {
                    let model = request.model(&project.results().network)?;
                    Ok(Arc::new(ReachEstimator::new(model)))
                };
                let estimator = match ready.map_or_else(drawn, Ok) {
                    Ok(estimator) => estimator,
                    Err(text) => return Ok(Err(text)),
                };
                let mut cancelled = None;
                let overlap = estimator.overlap_watched(&request.seeds, &mut |done, total| {
                    cancelled = control.progress(done, total + 1).err();
                    if cancelled.is_some() {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                });
                match (overlap, cancelled) {
                    (ControlFlow::Continue(overlap), None) => {
                        let paying = {
                            let chosen =
                                known.unwrap_or_else(|| estimator.estimate(&request.seeds).seeds);
                            estimator.paying(&chosen, NEXT, &project.excluded())
                        };
                        Ok(Ok(OverlapFinding { overlap, paying }))
                    }
                    _ => Err(crate::jobs::Cancelled),
                }
            })
        }));
    }

    /// What is known already of each of these people as a seed among the others.
    fn known_seeds(&self, people: &[PersonIndex]) -> Option<Vec<ChosenSeed>> {
        let rows = &self.findings.seeds.as_ref()?.seeds;
        let chosen = |row: &SeedRow| ChosenSeed {
            person: row.person,
            marginal_reach: row.marginal_reach,
            only_reach: row.only_reach,
        };
        let same = rows.len() == people.len()
            && rows.iter().zip(people).all(|(row, &person)| row.person == person);
        same.then(|| rows.iter().map(chosen).collect())
    }
}
