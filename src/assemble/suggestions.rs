//! People who may be the same: never joined without being asked.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Merges;
use super::identity::Identities;
use super::names::{company_name, person_name, plain_name};
use crate::import::{PersonKey, Source};
use crate::network::{Facts, Person, PersonIndex, Ties, fact};

/// Two people who may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeSuggestion {
    /// The one.
    pub one: Candidate,
    /// The other.
    pub other: Candidate,
    /// What speaks for it.
    pub reason: MergeReason,
    /// Number of people who are tied to both.
    pub shared_contacts: usize,
}

/// One of two people who may be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Id, as [`Merges::accept`] takes it.
    pub id: String,
    /// Name.
    pub name: String,
    /// What is known.
    pub facts: Facts,
    /// Positions of the sources that know the person.
    pub sources: Vec<u32>,
}

/// What speaks for two people being one, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MergeReason {
    /// The same name, and the same company.
    Company,
    /// The same name, and one owns an export.
    Owner,
    /// The same account name on two platforms.
    Handle,
    /// The same name in the same place, and not two companies.
    Place,
    /// The same name, and one is known by nothing else.
    NameOnly,
}

impl MergeReason {
    /// Every reason, the surest first.
    pub const ALL: [Self; 5] =
        [Self::Company, Self::Owner, Self::Handle, Self::Place, Self::NameOnly];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Company => "Same name and company",
            Self::Owner => "Same name, one owns an export",
            Self::Handle => "Same account name on two platforms",
            Self::Place => "Same name and place",
            Self::NameOnly => "Same name, one known by name only",
        }
    }
}

/// A name that more people bear is too common to say anything.
const MOST_BEARERS: usize = 4;

/// Letters and digits of an account name that is nobody's by accident.
const SHORTEST_HANDLE: usize = 6;

/// Pairs from different sources that something speaks for, the surest reasons first.
/// O(records + people log people + ties).
pub(super) fn suggest(
    sources: &[&Source],
    identities: &Identities,
    ties: &Ties,
    merges: &Merges,
) -> Vec<MergeSuggestion> {
    let mut pairs: BTreeMap<(usize, usize), MergeReason> = BTreeMap::new();
    for same_name in
        bearers(identities).values().filter(|it| (2..=MOST_BEARERS).contains(&it.len()))
    {
        for (at, &one) in same_name.iter().enumerate() {
            for &other in &same_name[at + 1..] {
                if let Some(reason) = reason(identities, one, other) {
                    pairs.insert((one.min(other), one.max(other)), reason);
                }
            }
        }
    }
    for pair in same_handles(sources, identities) {
        let told = pairs.entry(pair).or_insert(MergeReason::Handle);
        *told = (*told).min(MergeReason::Handle);
    }
    let id = |person: usize| identities.people[person].id.as_str();
    pairs.retain(|&(one, other), _| !merges.is_rejected(id(one), id(other)));
    let contacts = Contacts::of(pairs.keys().flat_map(|&(one, other)| [one, other]), ties);
    let mut suggestions: Vec<MergeSuggestion> = pairs
        .into_iter()
        .map(|((one, other), reason)| MergeSuggestion {
            one: candidate(identities, one),
            other: candidate(identities, other),
            reason,
            shared_contacts: contacts.shared(one, other),
        })
        .collect();
    suggestions.sort_by_key(|it| it.reason);
    suggestions
}

fn candidate(identities: &Identities, person: usize) -> Candidate {
    let Person { id, name, facts, .. } = identities.people[person].clone();
    Candidate { id, name, facts, sources: identities.sources_of[person].clone() }
}

/// People by name, for names that at least one person bears of whom more is known than the name,
/// or nothing but the name. In a plain graph file there are none, however large it is.
fn bearers(identities: &Identities) -> BTreeMap<String, Vec<usize>> {
    let mut bearers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut others = Vec::new();
    for (index, person) in identities.people.iter().enumerate() {
        let known = person.is_owner || company(person).is_some() || place(person).is_some();
        if known || identities.is_place_holder[index] {
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

/// What speaks for two people of one name being one.
fn reason(identities: &Identities, one: usize, other: usize) -> Option<MergeReason> {
    let (first, second) = (&identities.people[one], &identities.people[other]);
    if identities.is_place_holder[one] || identities.is_place_holder[other] {
        return Some(MergeReason::NameOnly);
    }
    if !are_apart(identities, one, other) {
        return None;
    }
    if first.is_owner || second.is_owner {
        return Some(MergeReason::Owner);
    }
    let employers = (company(first), company(second));
    if let (Some(employer), Some(another)) = employers {
        return (employer == another).then_some(MergeReason::Company);
    }
    (place(first).is_some() && place(first) == place(second)).then_some(MergeReason::Place)
}

/// One file that lists both says that they are two.
fn are_apart(identities: &Identities, one: usize, other: usize) -> bool {
    let listed_with_other = |it: &u32| identities.sources_of[other].contains(it);
    !identities.sources_of[one].iter().any(listed_with_other)
}

/// Pairs of people who alone go by the same account name, on different platforms.
fn same_handles(sources: &[&Source], identities: &Identities) -> Vec<(usize, usize)> {
    let mut bearers: HashMap<String, BTreeSet<(usize, &str)>> = HashMap::new();
    for (source, person_of) in sources.iter().zip(&identities.person_of) {
        for (record, &person) in source.records.people.iter().zip(person_of) {
            for key in &record.keys {
                let (PersonKey::Handle(name) | PersonKey::Profile(name)) = key else { continue };
                let Some((platform, name)) = name.split_once(':') else { continue };
                let stem: String = name.chars().filter(|it| it.is_alphanumeric()).collect();
                if stem.len() >= SHORTEST_HANDLE {
                    bearers.entry(stem).or_default().insert((person as usize, platform));
                }
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = bearers
        .into_values()
        .filter_map(|bearers| {
            let people: BTreeSet<usize> = bearers.iter().map(|it| it.0).collect();
            let platforms: BTreeSet<&str> = bearers.iter().map(|it| it.1).collect();
            let mut people = people.into_iter();
            let (one, other) = (people.next()?, people.next()?);
            let alone = people.next().is_none() && platforms.len() == bearers.len();
            (alone && are_apart(identities, one, other)).then_some((one, other))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn company(person: &Person) -> Option<String> {
    person.fact(fact::COMPANY).or_else(|| person.fact(fact::CLIENT)).and_then(company_name)
}

fn place(person: &Person) -> Option<String> {
    person.fact(fact::PLACE).and_then(plain_name)
}

/// To whom the people in question are tied.
struct Contacts(HashMap<usize, BTreeSet<PersonIndex>>);

impl Contacts {
    fn of(people: impl Iterator<Item = usize>, ties: &Ties) -> Self {
        let mut contacts: HashMap<usize, BTreeSet<PersonIndex>> =
            people.map(|person| (person, BTreeSet::new())).collect();
        if !contacts.is_empty() {
            for tie in ties {
                for end in [tie.influencer, tie.audience] {
                    if let Some(contacts) = contacts.get_mut(&(end as usize)) {
                        contacts.insert(tie.other(end));
                    }
                }
            }
        }
        Self(contacts)
    }

    fn shared(&self, one: usize, other: usize) -> usize {
        self.0[&one].intersection(&self.0[&other]).count()
    }
}
