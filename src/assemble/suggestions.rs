//! People who may be the same: never joined without being asked.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

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
    /// The same name, once each in two lists that give nothing but names.
    Lists,
    /// The same name, and one is known by nothing else.
    NameOnly,
}

impl MergeReason {
    /// Every reason, the surest first.
    pub const ALL: [Self; 6] =
        [Self::Company, Self::Owner, Self::Handle, Self::Place, Self::Lists, Self::NameOnly];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Company => "Same name and company",
            Self::Owner => "Same name, one owns an export",
            Self::Handle => "Same account name on two platforms",
            Self::Place => "Same name and place",
            Self::Lists => "Same name in two lists of names",
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
    let in_lists = only_in_lists(sources, identities);
    for same_name in namesakes(identities, &in_lists) {
        pairs.extend(pairs_in_lists(identities, &in_lists, &same_name));
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
    let id = |person: usize| identities.people[person].id.as_ref();
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
    Candidate {
        id: id.to_string(),
        name: name.to_string(),
        facts,
        sources: identities.sources.of(person).collect(),
    }
}

/// People of one name, where few enough bear it and something more is known of one of them, or
/// nothing but the name. Sixteen bytes a person: names are compared only where their hashes agree.
fn namesakes(identities: &Identities, in_lists: &[bool]) -> Vec<Vec<usize>> {
    // One file that lists both says that they are two.
    if identities.person_of.len() < 2 && !identities.is_place_holder.contains(&true) {
        return Vec::new();
    }
    let people = &identities.people;
    let mut by_name: Vec<(u64, usize)> = people
        .iter()
        .enumerate()
        .map(|(index, person)| (hash_of(&person_name(&person.name)), index))
        .collect();
    by_name.sort_unstable();
    let may_be_found = |&index: &usize| {
        let person = &people[index];
        identities.is_place_holder[index]
            || in_lists[index]
            || person.is_owner
            || company(person).is_some()
            || place(person).is_some()
    };
    let of_one_name = |hashes: &[(u64, usize)]| -> Vec<usize> {
        let name = person_name(&people[hashes[0].1].name);
        let members = hashes.iter().map(|&(_, index)| index);
        members.filter(|&index| person_name(&people[index].name) == name).collect()
    };
    by_name
        .chunk_by(|one, next| one.0 == next.0)
        .filter(|hashes| (2..=MOST_BEARERS).contains(&hashes.len()))
        .map(of_one_name)
        .filter(|members| members.iter().any(may_be_found))
        .collect()
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Whether all that identifies each person is that they stand in a list of names.
fn only_in_lists(sources: &[&Source], identities: &Identities) -> Vec<bool> {
    let mut only = vec![true; identities.people.len()];
    for (source, person_of) in sources.iter().zip(&identities.person_of) {
        for (record, &person) in source.records.people.iter().zip(person_of) {
            let listed =
                !record.keys.is_empty() && record.keys.iter().all(PersonKey::is_of_one_list);
            only[person as usize] &= listed;
        }
    }
    only
}

/// Pairs of namesakes from lists of names. A name that one list holds twice is that of two people,
/// and nothing tells which of them stands in the other list.
fn pairs_in_lists(
    identities: &Identities,
    in_lists: &[bool],
    same_name: &[usize],
) -> Vec<((usize, usize), MergeReason)> {
    let listed: Vec<usize> = same_name.iter().copied().filter(|&it| in_lists[it]).collect();
    let mut lists: Vec<u32> = listed.iter().flat_map(|&it| identities.sources.of(it)).collect();
    lists.sort_unstable();
    if lists.windows(2).any(|pair| pair[0] == pair[1]) {
        return Vec::new();
    }
    let others = |at: usize| listed[at + 1..].iter().copied();
    let pair = |one: usize, other: usize| ((one.min(other), one.max(other)), MergeReason::Lists);
    listed
        .iter()
        .enumerate()
        .flat_map(|(at, &one)| others(at).map(move |other| pair(one, other)))
        .collect()
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
    let sources = &identities.sources;
    !sources.of(one).any(|it| sources.of(other).any(|another| it == another))
}

/// Pairs of people who alone go by the same account name, on different platforms.
fn same_handles(sources: &[&Source], identities: &Identities) -> Vec<(usize, usize)> {
    if sources.len() < 2 {
        return Vec::new();
    }
    let mut accounts: Vec<Account<'_>> = sources
        .iter()
        .zip(&identities.person_of)
        .flat_map(|(source, person_of)| source.records.people.iter().zip(person_of))
        .flat_map(|(record, &person)| {
            record.keys.iter().filter_map(move |key| Account::of(key, person))
        })
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut pairs: Vec<(usize, usize)> = accounts
        .chunk_by(|one, next| one.stem == next.stem)
        .filter_map(two_people)
        .filter(|&(one, other)| are_apart(identities, one, other))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The two people who go by one account name, when they are two and no platform has both.
fn two_people(alike: &[Account<'_>]) -> Option<(usize, usize)> {
    let people: BTreeSet<PersonIndex> = alike.iter().map(|it| it.person).collect();
    let platforms: BTreeSet<&str> = alike.iter().map(|it| it.platform).collect();
    let mut people = people.into_iter().map(|person| person as usize);
    let (one, other) = (people.next()?, people.next()?);
    (people.next().is_none() && platforms.len() == alike.len()).then_some((one, other))
}

/// A person's account name on a platform.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Account<'a> {
    /// Letters and digits of the name.
    stem: Cow<'a, str>,
    person: PersonIndex,
    platform: &'a str,
}

impl<'a> Account<'a> {
    fn of(key: &'a PersonKey, person: PersonIndex) -> Option<Self> {
        let (PersonKey::Handle(name) | PersonKey::Profile(name)) = key else { return None };
        let (platform, name) = name.split_once(':')?;
        let stem = if name.chars().all(char::is_alphanumeric) {
            Cow::Borrowed(name)
        } else {
            Cow::Owned(name.chars().filter(|it| it.is_alphanumeric()).collect())
        };
        (stem.len() >= SHORTEST_HANDLE).then_some(Self { stem, person, platform })
    }
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
