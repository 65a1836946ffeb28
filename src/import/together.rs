//! Files of one import that speak of the same people: an edge list and the list of who is in it.

use std::collections::{BTreeMap, BTreeSet};

use super::record::{Issue, IssueKind, PersonKey, PersonRecord, Source};
use crate::network::Text;

/// Gives people of contact lists the key of the node that bears their id, mail address or (where
/// only one has it) full name in an edge list of the same import. O(people log people).
pub(super) fn link_contacts_to_nodes(sources: &mut [Source]) {
    if !sources.iter().any(is_contacts) {
        return;
    }
    let nodes: BTreeSet<Text> = sources.iter().flat_map(node_names).collect();
    if nodes.is_empty() {
        return;
    }
    for source in sources.iter_mut().filter(|it| is_contacts(it)) {
        let matched = link(&mut source.records.people, &nodes);
        if matched > 0 {
            let reason = format!(
                "{matched} of {} people are nodes of the edge list imported with this file",
                source.records.people.len()
            );
            source.issues.insert(0, Issue { line: 0, kind: IssueKind::Note, reason });
        }
    }
}

fn is_contacts(source: &Source) -> bool {
    source.format == "contact list" || source.format == "address book"
}

fn node_names(source: &Source) -> Vec<Text> {
    let keys = source.records.people.iter().flat_map(|person| &person.keys);
    keys.filter_map(|key| if let PersonKey::Node(name) = key { Some(name.clone()) } else { None })
        .collect()
}

fn link(people: &mut [PersonRecord], nodes: &BTreeSet<Text>) -> usize {
    let mut bearers: BTreeMap<Text, usize> = BTreeMap::new();
    for person in people.iter() {
        *bearers.entry(person.name.clone()).or_default() += 1;
    }
    let mut matched = 0;
    for person in people.iter_mut().filter(|it| !it.is_owner) {
        let name = Some(person.name.clone()).filter(|name| bearers[name] == 1);
        let addresses = person.keys.iter().filter_map(|key| match key {
            PersonKey::Email(address) => Some(address.clone()),
            _ => None,
        });
        let node = person
            .id
            .clone()
            .into_iter()
            .chain(addresses)
            .chain(name)
            .find(|it| nodes.contains(it));
        if let Some(node) = node {
            person.keys.push(PersonKey::Node(node));
            matched += 1;
        }
    }
    matched
}
