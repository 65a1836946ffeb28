//! Ties inferred from a likeness: the same company, event, school, tag or place.

use std::collections::BTreeMap;

use super::names::{company_name, plain_name};
use super::traces::{Trace, Way};
use crate::network::{Channel, EvidenceKind, Person, PersonIndex, fact};

/// What makes two people alike, and up to how many of them that says something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likeness {
    pub kind: EvidenceKind,
    /// Columns that tell it; the first one that a person has counts.
    columns: &'static [&'static str],
    /// What two entries have in common that mean the same; `None` for an entry that means nothing.
    compared: fn(&str) -> Option<String>,
    /// Whether an entry may list several, joined by `; `.
    several: bool,
    /// People of a larger group need not know each other: they are not tied.
    pub largest: usize,
    channel: Option<Channel>,
}

/// Every likeness, in the order of [`EvidenceKind::INFERRED`].
///
/// 44 people of one company make 946 ties already, and an event of 200 makes 19,900 (formats.md
/// section 9); where a group is tied, each tie counts for less the larger it is.
pub(super) const LIKENESSES: [Likeness; 5] = [
    Likeness {
        kind: EvidenceKind::SameEvent,
        columns: &[fact::EVENT],
        compared: plain_name,
        several: true,
        largest: 100,
        channel: Some(Channel::FaceToFace),
    },
    Likeness {
        kind: EvidenceKind::SameCompany,
        columns: &[fact::COMPANY, fact::CLIENT],
        compared: company_name,
        several: false,
        largest: 50,
        channel: Some(Channel::FaceToFace),
    },
    Likeness {
        kind: EvidenceKind::SameSchool,
        columns: &[fact::SCHOOL],
        compared: plain_name,
        several: false,
        largest: 50,
        channel: None,
    },
    Likeness {
        kind: EvidenceKind::SameTag,
        columns: &[fact::TAGS],
        compared: plain_name,
        several: true,
        largest: 50,
        channel: None,
    },
    Likeness {
        kind: EvidenceKind::SamePlace,
        columns: &[fact::PLACE],
        compared: plain_name,
        several: false,
        largest: 50,
        channel: None,
    },
];

/// People who are alike in one way, everyone tied to everyone.
pub(super) struct Alike {
    pub likeness: Likeness,
    groups: Vec<Vec<PersonIndex>>,
    /// Names and sizes of groups too large to be tied.
    pub too_large: Vec<(String, usize)>,
}

impl Alike {
    /// Groups those `people` whom `is_shown`.
    pub fn of(
        likeness: Likeness,
        people: &[Person],
        is_shown: impl Fn(PersonIndex) -> bool,
    ) -> Self {
        let mut by_name: BTreeMap<String, (&str, Vec<PersonIndex>)> = BTreeMap::new();
        for (index, person) in (0..).zip(people).filter(|&(index, _)| is_shown(index)) {
            for entry in likeness.entries(person) {
                let Some(name) = (likeness.compared)(entry) else { continue };
                let (_, members) = by_name.entry(name).or_insert((entry, Vec::new()));
                if members.last() != Some(&index) {
                    members.push(index);
                }
            }
        }
        let mut alike = Self { likeness, groups: Vec::new(), too_large: Vec::new() };
        for (shown, members) in by_name.into_values() {
            if members.len() > likeness.largest {
                alike.too_large.push((shown.to_owned(), members.len()));
            } else if members.len() > 1 {
                alike.groups.push(members);
            }
        }
        alike
    }

    /// Number of pairs who are alike; those who share several groups count once.
    pub fn pairs(&self) -> usize {
        if !self.likeness.several {
            return self.groups.iter().map(|members| members.len() * (members.len() - 1) / 2).sum();
        }
        let mut pairs: Vec<_> = self.groups.iter().flat_map(|members| pairs_of(members)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.len()
    }

    /// A trace for every pair of every group; its strength goes down with the size of the group.
    /// No source says so itself: it counts as said by the later of the first sources that know
    /// the two.
    pub fn traces(&self, first_source: impl Fn(PersonIndex) -> u32) -> Vec<Trace> {
        let mut traces = Vec::new();
        for members in &self.groups {
            let group_size = u32::try_from(members.len()).unwrap_or(u32::MAX);
            traces.extend(pairs_of(members).map(|(low, high)| Trace {
                low,
                high,
                kind: self.likeness.kind,
                channel: self.likeness.channel,
                source: first_source(low).max(first_source(high)),
                way: Way::BothLowFirst,
                count: 1,
                group_size,
                value: None,
                last_seen: None,
                star_of: None,
            }));
        }
        traces
    }
}

impl Likeness {
    fn entries<'a>(&self, person: &'a Person) -> impl Iterator<Item = &'a str> + use<'a> {
        let told = self.columns.iter().find_map(|column| person.fact(column)).unwrap_or_default();
        let separator = if self.several { "; " } else { "\0" };
        told.split(separator).map(str::trim).filter(|entry| !entry.is_empty())
    }
}

fn pairs_of(members: &[PersonIndex]) -> impl Iterator<Item = (PersonIndex, PersonIndex)> {
    members
        .iter()
        .enumerate()
        .flat_map(|(at, &low)| members[at + 1..].iter().map(move |&high| (low, high)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(kind: EvidenceKind) -> Likeness {
        LIKENESSES.into_iter().find(|it| it.kind == kind).expect("an inferred kind")
    }

    fn people(column: &str, entries: &[&str]) -> Vec<Person> {
        let person =
            |entry: &&str| Person { facts: [(column, *entry)].into(), ..Person::default() };
        entries.iter().map(person).collect()
    }

    fn alike(kind: EvidenceKind, people: &[Person]) -> Alike {
        Alike::of(likeness(kind), people, |_| true)
    }

    fn pairs(alike: &Alike) -> Vec<(PersonIndex, PersonIndex)> {
        alike.traces(|_| 0).iter().map(|it| (it.low, it.high)).collect()
    }

    #[test]
    fn every_inferred_kind_has_its_likeness() {
        assert_eq!(LIKENESSES.map(|it| it.kind), EvidenceKind::INFERRED);
    }

    #[test]
    fn colleagues_are_those_of_the_same_name_after_legal_forms() {
        let people =
            people(fact::COMPANY, &["Alder Ltd", "Birch", "ALDER", "Alder Securities", "", ""]);
        let company = alike(EvidenceKind::SameCompany, &people);
        assert_eq!(pairs(&company), [(0, 2)]);
        assert_eq!(company.pairs(), 1);
        let without = Alike::of(likeness(EvidenceKind::SameCompany), &people, |it| it != 2);
        assert_eq!(without.pairs(), 0);
    }

    #[test]
    fn a_client_stands_in_for_an_unknown_company() {
        let mut two = people(fact::CLIENT, &["Alder"]);
        two.extend(people(fact::COMPANY, &["alder gmbh"]));
        assert_eq!(alike(EvidenceKind::SameCompany, &two).pairs(), 1);
    }

    #[test]
    fn a_pair_that_shares_several_counts_once_and_is_traced_each_time() {
        let three = people(fact::TAGS, &["Pilot; golf", "golf; PILOT; vip", "vip"]);
        let tags = alike(EvidenceKind::SameTag, &three);
        assert_eq!(tags.pairs(), 2);
        assert_eq!(pairs(&tags), [(0, 1), (0, 1), (1, 2)]);
    }

    #[test]
    fn places_and_schools_are_compared_without_case_and_blanks() {
        let places = people(fact::PLACE, &["Lund,  Sweden", "lund, sweden", "Malmö"]);
        assert_eq!(pairs(&alike(EvidenceKind::SamePlace, &places)), [(0, 1)]);
        let schools = people(fact::SCHOOL, &["Lunds universitet", "LUNDS UNIVERSITET"]);
        assert_eq!(alike(EvidenceKind::SameSchool, &schools).pairs(), 1);
    }

    #[test]
    fn a_large_group_is_named_instead_of_tied() {
        let fifty = people(fact::COMPANY, &["Alder"; 50]);
        assert_eq!(alike(EvidenceKind::SameCompany, &fifty).pairs(), 1225);
        let more = people(fact::COMPANY, &["Alder"; 51]);
        let company = alike(EvidenceKind::SameCompany, &more);
        assert_eq!(company.pairs(), 0);
        assert_eq!(company.too_large, [("Alder".to_owned(), 51)]);
        let event = people(fact::EVENT, &["Spring fair"; 100]);
        assert_eq!(alike(EvidenceKind::SameEvent, &event).pairs(), 4950);
    }
}
