//! People who may be the same: never joined without being asked.

use std::collections::BTreeMap;

use super::Merges;
use super::identity::Identities;
use super::names::{company_name, person_name};
use crate::network::{Person, fact};

/// Two people who may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeSuggestion {
    /// Id of the one, as [`Merges::accept`] takes it.
    pub one: String,
    /// Id of the other.
    pub other: String,
    /// Why, in plain words.
    pub reason: String,
}

/// A name that more people bear is too common to say anything.
const MOST_BEARERS: usize = 4;

/// Pairs of the same name from different sources that something else speaks for: the same
/// company, or that one of them is known by name alone or as the owner of an export.
pub(super) fn suggest(identities: &Identities, merges: &Merges) -> Vec<MergeSuggestion> {
    let bearers = bearers(identities);
    let mut suggestions = Vec::new();
    for same_name in bearers.values().filter(|it| (2..=MOST_BEARERS).contains(&it.len())) {
        for (at, &one) in same_name.iter().enumerate() {
            for &other in &same_name[at + 1..] {
                let reason = reason(identities, one, other);
                let (one, other) = (&identities.people[one], &identities.people[other]);
                if let Some(reason) = reason
                    && !merges.is_rejected(&one.id, &other.id)
                {
                    let (one, other) = (one.id.clone(), other.id.clone());
                    suggestions.push(MergeSuggestion { one, other, reason });
                }
            }
        }
    }
    suggestions
}

/// People by name, for names that at least one person bears of whom more is known than the name,
/// or nothing but the name. In a plain graph file there are none, however large it is.
fn bearers(identities: &Identities) -> BTreeMap<String, Vec<usize>> {
    let mut bearers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut others = Vec::new();
    for (index, person) in identities.people.iter().enumerate() {
        let place_holder = identities.is_place_holder[index];
        if place_holder || person.is_owner || company(person).is_some() {
            bearers.entry(person_name(&person.name)).or_default().push(index);
        } else {
            others.push(index);
        }
    }
    if !bearers.is_empty() {
        for index in others {
            let name = person_name(&identities.people[index].name);
            if let Some(same_name) = bearers.get_mut(&name) {
                same_name.push(index);
            }
        }
    }
    bearers
}

fn reason(identities: &Identities, one: usize, other: usize) -> Option<String> {
    let (first, second) = (&identities.people[one], &identities.people[other]);
    let name = &first.name;
    if identities.is_place_holder[one] || identities.is_place_holder[other] {
        return Some(format!("Both are called {name}; one is known only as somebody named so"));
    }
    // One file that lists both says that they are two.
    let apart = |it: &u32| !identities.sources_of[other].contains(it);
    if !identities.sources_of[one].iter().all(apart) {
        return None;
    }
    if first.is_owner || second.is_owner {
        return Some(format!("Both are called {name}; one is the owner of an export"));
    }
    let (employer, same) = (company(first)?, company(second)?);
    (company_name(employer)? == company_name(same)?)
        .then(|| format!("Both are called {name} and belong to {employer}"))
}

fn company(person: &Person) -> Option<&str> {
    person.fact(fact::COMPANY).or_else(|| person.fact(fact::CLIENT))
}
