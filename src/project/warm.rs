//! Who can be reached by introductions.
//!
//! An introduction passes from somebody to the people who listen to them. The owner of an export
//! knows everybody on the list, and is often not on the map, because a star around one person tells
//! nothing about the others; for this question they count.

use fixedbitset::FixedBitSet;

use super::Project;
use super::seed_settings::{Warm, WarmFrom};
use crate::network::PersonIndex;

/// Everybody within the steps, those where introductions begin included. O(people + ties).
pub(super) fn reachable_warmly(warm: &Warm, project: &Project) -> Vec<PersonIndex> {
    let results = project.results();
    let people = &results.network.people;
    let mut met = FixedBitSet::with_capacity(people.len());
    let mut now: Vec<PersonIndex> = Vec::new();
    let mut next: Vec<PersonIndex> = Vec::new();
    for (index, person) in (0..).zip(people) {
        let begins = match &warm.from {
            WarmFrom::Owners => person.is_owner,
            WarmFrom::Picked(rule) => rule.picks(person),
        };
        if begins && !met.put(index as usize) {
            now.push(index);
        }
    }
    if warm.from == WarmFrom::Owners && warm.steps > 0 {
        // A tie without strength of ours over them is one by which they do not listen to us.
        let acquaintances = project.acquaintances();
        let listening = acquaintances.known.iter().filter(|it| it.strength.is_some());
        next.extend(listening.map(|it| it.person).filter(|&it| !met.put(it as usize)));
    }
    let graph = results.graph();
    for step in 0..warm.steps {
        for person in std::mem::take(&mut now) {
            let new = graph.audience_of(person).iter().filter(|&&it| !met.put(it as usize));
            next.extend(new);
        }
        now = std::mem::take(&mut next);
        if now.is_empty() && step > 0 {
            break;
        }
    }
    met.ones()
        .map(|it| PersonIndex::try_from(it).expect("people are numbered below 2^32"))
        .collect()
}
