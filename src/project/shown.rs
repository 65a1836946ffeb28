//! Who is shown and who is not: the one place that decides it, for the map, pictures and reports.
//!
//! Whoever is hidden stays in the network: ties, measures, seeds and forecasts know them as before.

use super::{ColumnRule, Decisions, Project, Results};
use crate::network::Person;

/// Everything that decides who is shown. Two that are equal hide the same people of one network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Showing {
    /// Rules that all have to pick a person.
    pub filters: Vec<ColumnRule>,
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
}

impl Showing {
    /// What these decisions let show.
    pub fn of(decisions: &Decisions) -> Self {
        Self { filters: decisions.filters.clone() }
    }

    /// Whether nobody can be hidden by it.
    pub fn is_everyone(&self) -> bool {
        self.filters.is_empty()
    }

    /// Who of the network is hidden. O(people · rules + ties): for a big network call it in a job.
    pub fn hidden(&self, results: &Results) -> Hidden {
        if self.is_everyone() {
            return Hidden::default();
        }
        let shown = |person: &Person| self.filters.iter().all(|filter| filter.picks(person));
        Hidden::of(results, results.network.people.iter().map(|person| !shown(person)).collect())
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
        Self { people, count, ties }
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
