//! Who is shown and who is not: the one place that decides it, for the map, pictures and reports.
//!
//! Whoever is hidden stays in the network: ties, measures, seeds and forecasts know them as before.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Case, Decisions, Field, Filter, Known, Project, Results, present};
use crate::diffusion::{AdopterClass, Model, ScenarioError, classify_by_rank};
use crate::network::PersonIndex;

/// Everything that decides who is shown. Two that are equal hide the same people of one network, as
/// long as the same is [`Known`] of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Showing {
    /// Whom the filter picks.
    pub filter: Filter,
    /// Ids of people who were hidden by hand.
    pub hidden: BTreeSet<String>,
    /// Nobody but those near somebody, while that is looked at.
    pub around: Option<Around>,
}

/// Somebody, and how far around them one looks (an ego network of so many steps).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// Who stands in the middle.
    pub people: BTreeSet<PersonIndex>,
    /// How many ties away somebody may be.
    pub steps: u32,
}

/// Who is hidden, and how much that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Whether each person is; empty when nobody is.
    pub people: Vec<bool>,
    /// Number of hidden people.
    pub count: usize,
    /// Number of ties with an end that is hidden.
    pub ties: usize,
    /// Number of people who were hidden by hand, whatever else hides them.
    pub by_hand: usize,
}

impl Showing {
    /// What these decisions let show.
    pub fn of(decisions: &Decisions) -> Self {
        let Decisions { filters, hidden, .. } = decisions;
        Self { filter: filters.now.clone(), hidden: hidden.clone(), around: None }
    }

    /// Whether nobody can be hidden by it.
    pub fn is_everyone(&self) -> bool {
        self.filter.is_empty() && self.hidden.is_empty() && self.around.is_none()
    }

    /// Who of the network is hidden. O(people · rules + ties): for a big network call it in a job.
    pub fn hidden(&self, results: &Results, known: &Known<'_>) -> Hidden {
        if self.is_everyone() {
            return Hidden::default();
        }
        let mut shown = self.filter.picked(&results.network, known);
        if let Some(around) = &self.around {
            let near = results.graph().within(around.people.clone(), around.steps);
            for (person, shown) in (0..).zip(&mut shown) {
                *shown &= near.contains(&person);
            }
        }
        let mut by_hand = 0;
        for person in self.hidden.iter().filter_map(|id| results.person(id)) {
            by_hand += 1;
            shown[person as usize] = false;
        }
        let people = shown.into_iter().map(|shown| !shown).collect();
        Hidden { by_hand, ..Hidden::of(results, people) }
    }
}

impl Hidden {
    fn of(results: &Results, people: Vec<bool>) -> Self {
        let count = people.iter().filter(|hidden| **hidden).count();
        if count == 0 {
            return Self::default();
        }
        let is_hidden = |person: u32| people[person as usize];
        let ties = results.network.ties.iter();
        let ties = ties.filter(|tie| is_hidden(tie.influencer) || is_hidden(tie.audience)).count();
        Self { people, count, ties, by_hand: 0 }
    }

    /// Whether this person is hidden.
    pub fn has(&self, person: usize) -> bool {
        self.people.get(person).copied().unwrap_or(false)
    }
}

impl Project {
    /// Who is hidden as things are decided. Finds out what the filter asks about, which takes as long
    /// as that takes: for commands and jobs. The window has most of it at hand.
    pub fn hidden(&self) -> Hidden {
        let showing = Showing::of(&self.decisions);
        if showing.is_everyone() {
            return Hidden::default();
        }
        let filter = &showing.filter;
        let subject = self.results.subject(self.decisions.segment_by.as_deref());
        let measures: Vec<_> =
            filter.measures().map(|measure| (measure, measure.of(&subject).values)).collect();
        let classes = filter.asks_about(&Field::AdopterClass);
        let classes = if classes { self.adopter_classes() } else { Vec::new() };
        let neighborhoods = filter.asks_about(&Field::Neighborhood).then(|| self.neighborhoods());
        let known = Known {
            measures: measures.iter().map(|(measure, values)| (*measure, &values[..])).collect(),
            seeds: Some(&self.seeds()),
            classes: &classes,
            neighborhoods: neighborhoods.as_deref(),
            marks: Some(&self.decisions.campaign.marks),
        };
        showing.hidden(&self.results, &known)
    }

    /// The scenario of the case at hand made ready for the network, going on from today where that
    /// is asked for. O(people + ties).
    ///
    /// # Errors
    /// [`ScenarioError`] when it makes no sense here.
    pub fn model(&self) -> Result<Model, ScenarioError> {
        let Case { scenario, from_today, .. } = self.decisions.case();
        let network = &self.results.network;
        let model = Model::prepare(network, Arc::clone(self.results.graph()), scenario)?;
        if !from_today {
            return Ok(model);
        }
        let marks = &self.decisions.campaign.marks;
        model.with_calendar(present(&network.people, marks, scenario.step_unit))
    }

    /// Rogers classes in the first course of the case at hand; nothing where it cannot be run.
    fn adopter_classes(&self) -> Vec<Option<AdopterClass>> {
        let Ok(model) = self.model() else { return Vec::new() };
        let seeds = self.seeds();
        classify_by_rank(&model.replicate(&seeds, 0).time_of_adoption, &seeds)
    }
}
