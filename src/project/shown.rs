//! Who is shown and who is not: the one place that decides it, for the map, pictures and reports.
//!
//! Whoever is hidden stays in the network: ties, measures, seeds and forecasts know them as before.

use std::collections::BTreeSet;

use super::{ColumnRule, Decisions, Project, Results};
use crate::network::PersonIndex;

/// Everything that decides who is shown. Two that are equal hide the same people of one network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Showing {
    /// Rules that all have to pick a person.
    pub filters: Vec<ColumnRule>,
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
        Self { filters: filters.clone(), hidden: hidden.clone(), around: None }
    }

    /// Whether nobody can be hidden by it.
    pub fn is_everyone(&self) -> bool {
        self.filters.is_empty() && self.hidden.is_empty() && self.around.is_none()
    }

    /// Who of the network is hidden. O(people · rules + ties): for a big network call it in a job.
    pub fn hidden(&self, results: &Results) -> Hidden {
        if self.is_everyone() {
            return Hidden::default();
        }
        let by_hand: BTreeSet<PersonIndex> =
            self.hidden.iter().filter_map(|id| results.person(id)).collect();
        let near =
            self.around.as_ref().map(|it| results.graph().within(it.people.clone(), it.steps));
        let is_shown = |person: PersonIndex| {
            let who = &results.network.people[person as usize];
            self.filters.iter().all(|filter| filter.picks(who))
                && !by_hand.contains(&person)
                && near.as_ref().is_none_or(|near| near.contains(&person))
        };
        let people = (0..).zip(&results.network.people).map(|(person, _)| !is_shown(person));
        Hidden { by_hand: by_hand.len(), ..Hidden::of(results, people.collect()) }
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
    /// Who is hidden as things are decided.
    pub fn hidden(&self) -> Hidden {
        Showing::of(&self.decisions).hidden(&self.results)
    }
}
