//! What the neighborhoods are, and what they are called.
//!
//! They are found from ties, or told by the column that tells segments apart. A name that a person
//! gives belongs to people, not to a number: it is kept with the most central members, and goes to
//! the neighborhood that has most of them when neighborhoods are found anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Decisions, Project, Results};
use crate::measure::{GroupedTies, entry_as_name, with_names};
use crate::network::Groups;

/// What is decided about neighborhoods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NeighborhoodRules {
    /// Whether segments ([`Decisions::segment_by`]) are the neighborhoods, instead of those that
    /// ties make.
    pub are_segments: bool,
    /// Names given by hand.
    pub names: Vec<GivenName>,
}

/// A name that a person gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GivenName {
    /// The name.
    pub name: String,
    /// Ids of the most central members when it was given, by whom the neighborhood is known again.
    pub members: Vec<String>,
    /// The column that told neighborhoods apart then, if it was one.
    pub column: Option<String>,
}

/// Members that a name is kept with.
const KNOWN_BY: usize = 24;

/// Part of those (one of so many) who must still be together for the name to hold.
const TOGETHER: usize = 3;

/// Why a neighborhood cannot have a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NeighborhoodNameError {
    /// Another one has it.
    #[error("Another neighborhood is called “{0}”")]
    Taken(String),
    /// There is no neighborhood of this number any more.
    #[error("This neighborhood is no longer there")]
    Gone,
}

impl Decisions {
    /// The column that tells neighborhoods apart, if one is to.
    pub fn neighborhood_column(&self) -> Option<&str> {
        self.segment_by.as_deref().filter(|_| self.neighborhoods.are_segments)
    }
}

impl Project {
    /// Everyone's neighborhood, each with its name: the largest first, or ranges of a column from
    /// low to high. O(people) where a column tells them or names were given.
    pub fn neighborhoods(&self) -> Arc<Groups> {
        let groups = self.neighborhoods_unnamed();
        let given = self.given_names(&groups);
        if given.is_empty() {
            return groups;
        }
        let names = &self.decisions.neighborhoods.names;
        let given = given.into_iter().map(|(group, at)| (group, names[at].name.clone()));
        Arc::new(with_names(&groups, &given.collect()))
    }

    /// The segments between which adoption may stall, each with its name: those of `column`, else the
    /// neighborhoods. O(people).
    pub fn segments(&self, column: Option<&str>) -> Arc<Groups> {
        match column {
            Some(column) if self.decisions.neighborhood_column() != Some(column) => {
                Arc::new(Groups::of(&self.results.network.people, column))
            }
            _ => self.neighborhoods(),
        }
    }

    /// The same with the names that they have by themselves.
    fn neighborhoods_unnamed(&self) -> Arc<Groups> {
        match self.decisions.neighborhood_column() {
            Some(column) => {
                let mut groups = Groups::of(&self.results.network.people, column);
                for name in &mut groups.names {
                    *name = entry_as_name(column, name).into_owned();
                }
                Arc::new(groups)
            }
            None => Arc::clone(self.results.communities()),
        }
    }

    /// For each neighborhood that has one, the place of its name among those given.
    fn given_names(&self, groups: &Groups) -> BTreeMap<u32, usize> {
        let column = self.decisions.neighborhood_column();
        let mut claims: Vec<(usize, usize, u32)> = Vec::new();
        for (at, given) in self.decisions.neighborhoods.names.iter().enumerate() {
            if given.column.as_deref() == column
                && let Some((group, together)) = home(&self.results, groups, &given.members)
            {
                claims.push((together, at, group));
            }
        }
        // Where two names meet in one neighborhood, most members decide, then the later name.
        claims.sort_unstable();
        claims.into_iter().map(|(_, at, group)| (group, at)).collect()
    }

    /// Calls a neighborhood (by its number in [`Self::neighborhoods`]) by a name, as one step to
    /// undo; nothing but blanks gives it back the name it has by itself. Says whether anything
    /// changed.
    ///
    /// # Errors
    /// [`NeighborhoodNameError`] when another neighborhood has the name, or there is no such one.
    pub fn name_neighborhood(
        &mut self,
        group: u32,
        name: &str,
    ) -> Result<bool, NeighborhoodNameError> {
        let name = crate::words::plain(name.trim());
        let now = self.neighborhoods();
        let at = group as usize;
        if at >= now.names.len() {
            return Err(NeighborhoodNameError::Gone);
        }
        if now.names[at] == *name {
            return Ok(false);
        }
        if now.names.iter().any(|it| *it == *name) {
            return Err(NeighborhoodNameError::Taken(name.into_owned()));
        }
        let before = self.given_names(&now).get(&group).copied();
        let given = (!name.is_empty()).then(|| GivenName {
            name: name.to_string(),
            members: self.most_central(&now, group),
            column: self.decisions.neighborhood_column().map(str::to_owned),
        });
        let label = match &given {
            Some(given) => format!("Call a neighborhood “{}”", given.name),
            None => "Give a neighborhood its own name back".to_owned(),
        };
        Ok(self.decide(&label, |decisions| {
            if let Some(given) = &given {
                decisions.filters.rename_neighborhood(&now.names[at], &given.name);
            }
            let names = &mut decisions.neighborhoods.names;
            if let Some(before) = before {
                names.remove(before);
            }
            names.extend(given);
        }))
    }

    fn most_central(&self, groups: &Groups, group: u32) -> Vec<String> {
        let ties = GroupedTies::of(self.results.graph(), &groups.of, groups.names.len());
        let mut members = groups.members().swap_remove(group as usize);
        ties.sort_by_centrality(&mut members);
        let id = |&it: &u32| self.results.network.people[it as usize].id.to_string();
        members.iter().take(KNOWN_BY).map(id).collect()
    }
}

/// Where most of these people are together, the first of several such groups, and how many.
fn home(results: &Results, groups: &Groups, members: &[String]) -> Option<(u32, usize)> {
    let mut together: BTreeMap<u32, usize> = BTreeMap::new();
    let mut present = 0;
    for person in results.people(members) {
        present += 1;
        if let Some(group) = groups.of[person as usize] {
            *together.entry(group).or_default() += 1;
        }
    }
    let (group, count) =
        together.into_iter().max_by_key(|&(group, count)| (count, std::cmp::Reverse(group)))?;
    (count * TOGETHER >= present).then_some((group, count))
}
