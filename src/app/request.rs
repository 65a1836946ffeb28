//! What a spread depends on, and when a change of the network leaves it as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::App;
use super::background::{Answer, Shared};
use crate::diffusion::{Model, Scenario};
use crate::network::{InfluenceGraph, Network, PersonIndex, fact};
use crate::project::{Case, Mark, Project, Results, present};

/// Everything a spread depends on.
#[derive(Clone, PartialEq)]
pub struct SpreadRequest {
    pub graph: Shared<InfluenceGraph>,
    network: Shared<Network>,
    pub scenario: Scenario,
    pub seeds: Vec<PersonIndex>,
    /// What was noted about people, where the forecast goes on from there.
    marks: Option<BTreeMap<String, Mark>>,
}

impl SpreadRequest {
    /// Of the case at hand.
    pub fn of(project: &Project) -> Self {
        Self::of_case(project, project.decisions().case())
    }

    /// Of any case.
    pub fn of_case(project: &Project, case: &Case) -> Self {
        Self {
            graph: Shared(Arc::clone(project.results().graph())),
            network: Shared(Arc::clone(&project.results().network)),
            scenario: case.scenario.clone(),
            seeds: project.seeds_of(case),
            marks: case.from_today.then(|| project.decisions().campaign.marks.clone()),
        }
    }

    /// The same as far as one replicate, or the reach, goes: how often is another matter.
    pub fn once(mut self) -> Self {
        self.scenario.replicates = 1;
        self
    }

    /// The same with everyone who starts starting at once. Waves date the seeds at hand; where other
    /// people are tried in their place, these would have a start that those have not.
    pub fn all_at_once(mut self) -> Self {
        self.scenario.rollout.waves.clear();
        self
    }

    pub fn model(&self, network: &Network) -> Answer<Arc<Model>> {
        let model = Model::prepare(network, Arc::clone(&self.graph.0), &self.scenario);
        let model = model.and_then(|it| match &self.marks {
            Some(marks) => {
                it.with_calendar(present(&network.people, marks, self.scenario.step_unit))
            }
            None => Ok(it),
        });
        model.map(Arc::new).map_err(|error| error.to_string())
    }

    /// Whether it goes on from a present state.
    pub fn goes_on(&self) -> bool {
        self.marks.is_some()
    }

    /// Whether anything could spread at all.
    pub fn is_idle(&self) -> bool {
        let nobody_starts = self.seeds.is_empty() && !self.scenario.starts_by_itself();
        self.graph.0.people() == 0 || (nobody_starts && self.marks.is_none())
    }

    /// Whether the same would spread on `results`: among the same people along the same ties,
    /// which are as strong as they were wherever the model heeds that. O(people + ties).
    fn holds_on(&self, results: &Results) -> bool {
        let (then, now) = (&self.graph.0, results.graph());
        let same_ties =
            then.has_arcs_of(now) && (!self.scenario.contagion.heeds_strengths() || then == now);
        // Strengths and channels, as a playbook reads them, are told by the evidence.
        let same_evidence =
            || !self.scenario.heeds_evidence() || self.network.0.ties == results.network.ties;
        let people = self.network.0.people.iter().zip(&results.network.people);
        let same_people = || {
            self.network.0.people.len() == results.network.people.len()
                && people.into_iter().all(|(then, now)| {
                    then == now || !self.scenario.heeds_column(fact::NOTES) && then.is_alike(now)
                })
        };
        same_ties && same_people() && same_evidence()
    }

    /// Takes the network of `results` for its own where that makes no difference.
    pub fn carry_over(&mut self, results: &Results) -> bool {
        let holds = self.holds_on(results);
        if holds {
            self.graph = Shared(Arc::clone(results.graph()));
            self.network = Shared(Arc::clone(&results.network));
        }
        holds
    }
}

impl App {
    /// Puts a project with new ties in the place of this one. What was found out stays where the
    /// new ties make no difference to it.
    pub(super) fn replace_ties(&mut self, project: Project) {
        let results = project.results();
        let same_circles = self.project.neighborhoods() == project.neighborhoods();
        let followed = &mut self.followed;
        followed.forecast.carry_over(results);
        if let Some((request, _)) = &mut followed.course {
            request.carry_over(results);
        }
        if let Some((request, _)) = &mut followed.proven {
            request.carry_over(results);
        }
        // Reasons speak of neighborhoods; and an answer that is on its way is to the old question.
        if same_circles
            && self.jobs.reach.is_none()
            && let Some(request) = &mut followed.reach
        {
            let before = request.graph.clone();
            if request.carry_over(results)
                && let Some((graph, ..)) = &mut followed.estimator
                && *graph == before
            {
                *graph = request.graph.clone();
            }
        }
        let before = Arc::clone(&self.project.results().network);
        self.project = project;
        self.follow_people(&before);
    }
}
