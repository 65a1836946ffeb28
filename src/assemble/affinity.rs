//! Ties inferred from a likeness: the same company.

use std::collections::BTreeMap;

use super::names::company_name;
use super::traces::{Trace, Way};
use crate::network::{Channel, EvidenceKind, Person, PersonIndex, fact};

/// People of one company, everyone tied to everyone.
pub(super) struct Companies {
    groups: Vec<Vec<PersonIndex>>,
    /// Names and sizes of companies too large to be tied.
    pub too_large: Vec<(String, usize)>,
}

impl Companies {
    /// In a larger company two people need not know each other: 44 people make 946 ties already
    /// (formats.md section 9).
    pub const LARGEST: usize = 50;

    /// Groups those `people` whom `is_shown` by employer, or client where no employer is known.
    pub fn of(people: &[Person], is_shown: impl Fn(PersonIndex) -> bool) -> Self {
        let mut by_name: BTreeMap<String, Vec<PersonIndex>> = BTreeMap::new();
        for (index, person) in (0..).zip(people).filter(|&(index, _)| is_shown(index)) {
            let company = person.fact(fact::COMPANY).or_else(|| person.fact(fact::CLIENT));
            if let Some(name) = company.and_then(company_name) {
                by_name.entry(name).or_default().push(index);
            }
        }
        let mut companies = Self { groups: Vec::new(), too_large: Vec::new() };
        for members in by_name.into_values() {
            if members.len() > Self::LARGEST {
                let first = &people[members[0] as usize];
                let name = first.fact(fact::COMPANY).or_else(|| first.fact(fact::CLIENT));
                companies.too_large.push((name.unwrap_or_default().to_owned(), members.len()));
            } else if members.len() > 1 {
                companies.groups.push(members);
            }
        }
        companies
    }

    /// Number of pairs of colleagues.
    pub fn pairs(&self) -> usize {
        self.groups.iter().map(|members| members.len() * (members.len() - 1) / 2).sum()
    }

    /// A trace for every pair; its strength goes down with the size of the company. No source
    /// says so itself: it counts as said by the later of the first sources that know the two.
    pub fn traces(&self, first_source: impl Fn(PersonIndex) -> u32) -> Vec<Trace> {
        let mut traces = Vec::with_capacity(self.pairs());
        for members in &self.groups {
            let group_size = u32::try_from(members.len()).unwrap_or(u32::MAX);
            for (at, &low) in members.iter().enumerate() {
                traces.extend(members[at + 1..].iter().map(|&high| Trace {
                    low,
                    high,
                    kind: EvidenceKind::SameCompany,
                    channel: Some(Channel::FaceToFace),
                    source: first_source(low).max(first_source(high)),
                    way: Way::BothLowFirst,
                    count: 1,
                    group_size,
                    value: None,
                    last_seen: None,
                    star_of: None,
                }));
            }
        }
        traces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(companies: &[&str]) -> Vec<Person> {
        let person = |company: &&str| Person {
            facts: [(fact::COMPANY, *company)].into(),
            ..Person::default()
        };
        companies.iter().map(person).collect()
    }

    #[test]
    fn colleagues_are_those_of_the_same_name_after_legal_forms() {
        let people = people(&["Alder Ltd", "Birch", "ALDER", "Alder Securities", "", ""]);
        let companies = Companies::of(&people, |_| true);
        let pairs: Vec<_> = companies.traces(|_| 0).iter().map(|it| (it.low, it.high)).collect();
        assert_eq!(pairs, [(0, 2)]);
        assert_eq!(companies.pairs(), 1);
        assert_eq!(Companies::of(&people, |it| it != 2).pairs(), 0);
    }

    #[test]
    fn a_large_company_is_named_instead_of_tied() {
        let fifty = people(&["Alder"; 50]);
        assert_eq!(Companies::of(&fifty, |_| true).pairs(), 1225);
        let more = people(&["Alder"; 51]);
        let companies = Companies::of(&more, |_| true);
        assert_eq!(companies.pairs(), 0);
        assert_eq!(companies.too_large, [("Alder".to_owned(), 51)]);
    }
}
