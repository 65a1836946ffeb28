//! What a neighborhood is called before anybody gives it a name: after what its people share.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::groups::GroupedTies;
use crate::network::{Groups, InfluenceGraph, Network, PersonIndex, entries, fact};

/// What neighborhoods may be named after; of entries that tell as much the earlier column decides.
const TELLING: [&str; 4] = [fact::CLIENT, fact::COMPANY, fact::SITE, fact::TAGS];
/// Where none of those tells anything.
const ELSE: [&str; 4] = [fact::INDUSTRY, fact::PROFESSION, fact::PLACE, fact::EVENT];

/// Part of a neighborhood that must share an entry for it to be named after it.
const ENOUGH: f64 = 0.25;

/// Neighborhoods as groups with names, `of` holding the number of each person's neighborhood.
///
/// A neighborhood is named after the client, company, site or tag that distinguishes it: whose share
/// of people inside is most above its share outside. Where nothing does, it is named after its
/// most central person, and somebody alone is called by their own name. No two have one name:
/// of several the later ones are numbered. O(people · columns · log entries + arcs).
pub fn named_neighborhoods(network: &Network, graph: &InfluenceGraph, of: &[u32]) -> Groups {
    let count = of.iter().max().map_or(0, |&last| last as usize + 1);
    let mut groups = Groups {
        names: vec![String::new(); count],
        of: of.iter().map(|&it| Some(it)).collect(),
        are_ranges: false,
    };
    let sizes = groups.sizes();
    let mut told = distinguishing(network, of, &sizes, &TELLING);
    if told.iter().zip(&sizes).any(|(name, &size)| name.is_none() && size > 1) {
        let more = distinguishing(network, of, &sizes, &ELSE);
        for (name, more) in told.iter_mut().zip(more) {
            *name = name.take().or(more);
        }
    }
    let centers = centers(graph, &groups);
    let mut taken = BTreeSet::new();
    for (group, told) in told.into_iter().enumerate() {
        let center = |it: PersonIndex| &*network.people[it as usize].name;
        let name = match (told, centers[group]) {
            (Some((column, entry)), _) => entry_as_name(column, entry).into_owned(),
            (None, Some(person)) if sizes[group] == 1 => center(person).to_owned(),
            (None, Some(person)) => format!("Around {}", center(person)),
            (None, None) => String::new(),
        };
        groups.names[group] = free(&name, &mut taken);
    }
    groups
}

/// The same groups, some of them called by the names in `given`; where another one has such a name
/// by itself, that one is numbered.
pub fn with_names(groups: &Groups, given: &BTreeMap<u32, String>) -> Groups {
    let mut taken: BTreeSet<String> = given.values().cloned().collect();
    let mut named = groups.clone();
    for (group, name) in (0..).zip(&mut named.names) {
        *name = match given.get(&group) {
            Some(given) => given.clone(),
            None => free(name, &mut taken),
        };
    }
    named
}

/// What the people with `entry` in `column` are called: by the entry, or `site 9` where it is a mere
/// number.
pub fn entry_as_name<'e>(column: &str, entry: &'e str) -> Cow<'e, str> {
    if entry.contains(char::is_alphabetic) {
        return Cow::Borrowed(entry);
    }
    let column = if column == fact::TAGS { "tag" } else { column };
    Cow::Owned(format!("{column} {entry}"))
}

/// `name`, or `name (2)`, `name (3)`, …: the first that is not taken.
fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut tried = name.to_owned();
    let mut number = 1;
    while !taken.insert(tried.clone()) {
        number += 1;
        tried = format!("{name} ({number})");
    }
    tried
}

/// The most central person of each group, see [`GroupedTies::sort_by_centrality`].
fn centers(graph: &InfluenceGraph, groups: &Groups) -> Vec<Option<PersonIndex>> {
    let ties = GroupedTies::of(graph, &groups.of, groups.names.len());
    let mut members = groups.members();
    let center = |members: &mut Vec<PersonIndex>| {
        ties.sort_by_centrality(members);
        members.first().copied()
    };
    members.iter_mut().map(center).collect()
}

/// For each group the one of `columns` with the entry that distinguishes it, where one does.
fn distinguishing<'n>(
    network: &'n Network,
    of: &[u32],
    sizes: &[u32],
    columns: &[&'n str],
) -> Vec<Option<(&'n str, &'n str)>> {
    let people = network.people.len();
    let mut best: Vec<Option<(f64, &str, &str)>> = vec![None; sizes.len()];
    for &column in columns {
        let mut inside: BTreeMap<(&str, u32), u32> = BTreeMap::new();
        for (person, &group) in network.people.iter().zip(of) {
            for entry in entries(person, column).collect::<BTreeSet<_>>() {
                *inside.entry((entry, group)).or_default() += 1;
            }
        }
        let mut everywhere: BTreeMap<&str, u32> = BTreeMap::new();
        for (&(entry, _), count) in &inside {
            *everywhere.entry(entry).or_default() += count;
        }
        for (&(entry, group), &count) in &inside {
            let group = group as usize;
            let size = f64::from(sizes[group]);
            let others = people as f64 - size;
            let share = f64::from(count) / size;
            let outside = f64::from(everywhere[entry] - count) / others.max(1.0);
            let lead = share - outside;
            if count < 2 || share < ENOUGH || lead <= 0.0 {
                continue;
            }
            // Rounding must not decide between two that tell as much; the first in order stays.
            if best[group].is_none_or(|(most, ..)| lead > most + 1e-9) {
                best[group] = Some((lead, column, entry));
            }
        }
    }
    best.into_iter().map(|it| it.map(|(_, column, entry)| (column, entry))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Person, Tie};

    fn network(facts: &[&[(&str, &str)]], ties: &[(u32, u32)]) -> Network {
        let person = |(number, facts): (usize, &&[(&str, &str)])| Person {
            id: number.to_string().into(),
            name: format!("P{number}").into(),
            facts: facts.iter().copied().collect(),
            is_owner: false,
        };
        Network {
            people: facts.iter().enumerate().map(person).collect(),
            ties: ties.iter().map(|&(a, b)| Tie::new(a, b, 0.01)).collect(),
        }
    }

    fn names(facts: &[&[(&str, &str)]], ties: &[(u32, u32)], of: &[u32]) -> Vec<String> {
        let network = network(facts, ties);
        named_neighborhoods(&network, &network.influence_graph(), of).names
    }

    #[test]
    fn what_is_common_inside_and_rarer_outside_gives_the_name() {
        let (alder, birch) = (("company", "Alder"), ("company", "Birch"));
        let client = ("client", "Harbor");
        let golf = ("tags", "golf; pilot");
        // Everyone is of client Harbor: that distinguishes nobody.
        let facts: &[&[_]] = &[
            &[client, alder],
            &[client, alder],
            &[client, birch, golf],
            &[client, birch],
            &[client, golf],
            &[client, ("tags", "pilot")],
        ];
        assert_eq!(names(facts, &[], &[0, 0, 0, 1, 1, 1]), ["Alder", "pilot"]);
    }

    #[test]
    fn where_nothing_is_shared_the_most_central_person_gives_it() {
        let nothing: &[(&str, &str)] = &[];
        let facts = [nothing; 6];
        let ties = [(0, 1), (1, 2), (3, 4), (4, 5), (2, 4)];
        assert_eq!(names(&facts, &ties[..2], &[0, 0, 0, 1, 2, 3]), ["Around P1", "P3", "P4", "P5"]);
        assert_eq!(names(&facts, &ties, &[0, 0, 0, 1, 1, 1]), ["Around P1", "Around P4"]);
        assert!(names(&[], &[], &[]).is_empty());
    }

    #[test]
    fn a_name_that_is_a_number_says_of_what() {
        let (nine, ten): (&[_], &[_]) = (&[("site", "9")], &[("tags", "10")]);
        assert_eq!(names(&[nine, nine, ten, ten], &[], &[0, 0, 1, 1]), ["site 9", "tag 10"]);
    }

    #[test]
    fn one_entry_of_a_crowd_names_nobody_and_no_name_is_given_twice() {
        let works = |company: &'static str| vec![("company", company)];
        let facts: Vec<Vec<_>> =
            ["Alder", "Alder", "Alder", "Alder", "Birch", "Cedar", "Dunn", "Elm", "Fir"]
                .map(works)
                .into();
        let facts: Vec<&[_]> = facts.iter().map(Vec::as_slice).collect();
        let of = [0, 0, 1, 1, 2, 2, 2, 2, 2];
        assert_eq!(names(&facts, &[(5, 4), (5, 6)], &of), ["Alder", "Alder (2)", "Around P5"]);
    }

    #[test]
    fn the_earlier_column_decides_between_entries_that_tell_as_much() {
        let both: &[_] = &[("company", "Alder"), ("client", "Harbor"), ("profession", "Buyer")];
        let neither: &[_] = &[("profession", "Clerk")];
        assert_eq!(names(&[both, both, neither, neither], &[], &[0, 0, 1, 1]), ["Harbor", "Clerk"]);
    }
}
