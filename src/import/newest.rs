//! Several exports of one person in one zip: only the newest counts, and the others are named.

use std::collections::HashSet;

use jiff::civil::Date;

use super::export::{Age, Owner};
use super::record::{Issue, IssueKind, PersonKey, Source};

/// The sources of one export, how new it is, and whose.
pub(super) struct Exported {
    pub owner: Owner,
    /// Name of its platform, when it is that of one.
    pub platform: Option<&'static str>,
    /// The zip that holds it.
    pub zip: Option<String>,
    pub age: Age,
    pub sources: Vec<Source>,
}

/// The date of the newest trace.
pub(super) fn trace(sources: &[Source]) -> Option<Date> {
    sources.iter().filter_map(|it| it.records.ties.newest()).max()
}

/// The sources of every export but those of which the same zip holds a newer one.
/// O(exports² + people).
pub(super) fn of_each_zip(exports: Vec<Exported>) -> Vec<Vec<Source>> {
    let people: Vec<HashSet<&PersonKey>> = exports.iter().map(known_people).collect();
    let is_newer = |new: usize, old: usize| {
        exports[new].age > exports[old].age
            && exports[new].zip.is_some()
            && exports[new].zip == exports[old].zip
            && same_owner(&exports[new], &exports[old], &people[new], &people[old])
    };
    let all = 0..exports.len();
    let is_old: Vec<bool> = all.clone().map(|at| all.clone().any(|it| is_newer(it, at))).collect();
    let older: Vec<Vec<String>> = all
        .clone()
        .map(|at| {
            let older = all.clone().filter(|&it| is_newer(at, it));
            older.map(|it| exports[it].owner.export.clone()).collect()
        })
        .collect();
    let mut kept = Vec::new();
    for ((mut export, is_old), older) in exports.into_iter().zip(is_old).zip(older) {
        if is_old {
            continue;
        }
        if let Some(first) = export.sources.first_mut() {
            for other in older {
                let reason = format!(
                    "the zip also holds an older export, {other}; only this newest one was read \
                     (two people's exports belong into two zips)"
                );
                first.issues.insert(0, Issue { line: 0, kind: IssueKind::Note, reason });
            }
        }
        kept.push(export.sources);
    }
    kept
}

/// The same key or name; where neither export tells its owner, lists that mostly agree.
fn same_owner(
    one: &Exported,
    other: &Exported,
    people: &HashSet<&PersonKey>,
    others: &HashSet<&PersonKey>,
) -> bool {
    let is_known = |it: &Owner| !it.keys.is_empty() || it.name.is_some();
    if is_known(&one.owner) || is_known(&other.owner) {
        return one.owner.keys.iter().any(|key| other.owner.keys.contains(key))
            || (one.owner.name.is_some() && one.owner.name == other.owner.name);
    }
    let shared = people.intersection(others).count();
    one.platform == other.platform && shared * 2 > people.len().min(others.len())
}

/// Keys of everyone but the owner; nobody where the owner is known, since only then they decide.
fn known_people(export: &Exported) -> HashSet<&PersonKey> {
    if export.zip.is_none() || !export.owner.keys.is_empty() || export.owner.name.is_some() {
        return HashSet::new();
    }
    let people = export.sources.iter().flat_map(|it| &it.records.people);
    people.filter(|it| !it.is_owner).flat_map(|it| &it.keys).collect()
}
