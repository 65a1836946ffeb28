//! Which records are the same person.
//!
//! Only a sure key joins records (mail address, profile, account, …); a name never does. A wrong
//! match is not neutral: it gives a person ties that are another's (formats.md section 9).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Merges;
use super::ids::{self, Claim};
use super::names::person_name;
use super::people::{Conflict, Merging, SourcesOf};
use super::union_find::UnionFind;
use super::watch::{Stopped, Watch};
use crate::import::{PersonKey, PersonRecord, Source};
use crate::network::{Person, PersonIndex, Text};

/// Who the records are.
pub(super) struct Identities {
    /// Everyone, in the order of their ids.
    pub people: Vec<Person>,
    /// Person of each record, source by source.
    pub person_of: Vec<Vec<PersonIndex>>,
    /// Sources each person occurs in.
    pub sources: SourcesOf,
    /// True for people of whom other people's records tell no more than a name.
    pub is_place_holder: Vec<bool>,
    /// Everyone as they were before a person joined any of them.
    pub entries: Entries,
    /// Facts that differ between the records of a person.
    pub conflicts: Vec<Conflict>,
}

/// Everyone as the files alone tell them apart, before entries are joined by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    ids: Vec<Text>,
    of_record: Vec<Vec<u32>>,
    /// Ids of the entries that were joined to another one, with the id that both go by now.
    joined: BTreeMap<String, String>,
    /// Records by person of the network, row after row.
    records: Vec<(u32, u32)>,
    /// Where each person's row starts, and where the last one ends.
    record_start: Vec<u32>,
}

impl Entries {
    /// Id of the entry that a record belongs to.
    ///
    /// # Panics
    /// When there is no such source or record.
    pub fn id_of(&self, source: usize, record: usize) -> &str {
        &self.ids[self.of_record[source][record] as usize]
    }

    /// Ids of all entries.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(AsRef::as_ref)
    }

    /// Source and position of each record that `person` is made of.
    pub fn records_of(&self, person: PersonIndex) -> &[(u32, u32)] {
        let at = person as usize;
        match self.record_start.get(at..at + 2) {
            Some(&[start, end]) => &self.records[start as usize..end as usize],
            _ => &[],
        }
    }

    /// Notes which records everyone in a network of `people` is made of; `person_of` tells for
    /// each record, and `None` for people who are not shown.
    pub(super) fn note_people(
        &mut self,
        people: usize,
        person_of: &[Vec<PersonIndex>],
        shown: impl Fn(PersonIndex) -> Option<PersonIndex>,
    ) {
        if people == 0 {
            return;
        }
        let records = || {
            (0_u32..).zip(person_of).flat_map(|(source, people)| {
                (0_u32..).zip(people).map(move |(record, &person)| (person, (source, record)))
            })
        };
        let mut end = vec![0_u32; people + 1];
        for person in records().filter_map(|(person, _)| shown(person)) {
            end[person as usize + 1] += 1;
        }
        for at in 0..people {
            end[at + 1] += end[at];
        }
        self.record_start.clone_from(&end);
        self.records = vec![(0, 0); end[people] as usize];
        for (person, record) in records() {
            if let Some(person) = shown(person) {
                let next = &mut end[person as usize];
                self.records[*next as usize] = record;
                *next += 1;
            }
        }
    }

    /// Ids of the entries that were joined to another one, with the id that both go by now.
    pub fn joined(&self) -> &BTreeMap<String, String> {
        &self.joined
    }
}

/// Finds out who the records of `sources` are, in about linear time.
pub(super) fn identify(
    sources: &[&Source],
    merges: &Merges,
    watch: &mut Watch<'_>,
) -> Result<Identities, Stopped> {
    let records = Flat::new(sources);
    let mut same = UnionFind::new(records.len());
    watch.part(0.15)?;
    join_by_keys(&records, merges, &mut same, watch)?;
    resolve_names(&records, &mut same);

    watch.part(0.25)?;
    let claims = claims(&records, &mut same, watch)?;
    watch.part(0.35)?;
    let mut id_of = ids::unique_ids(claims);
    let mut entries = entries(&records, &id_of, &mut same);
    entries.joined = join_by_hand(merges, &mut id_of, &mut same);

    // People in the order of their ids: then no answer depends on the order of rows in a file.
    let mut roots = id_of;
    ids::sort(&mut roots);
    let mut index_of_root = vec![0; records.len()];
    for (index, (root, _)) in (0..).zip(&roots) {
        index_of_root[*root as usize] = index;
    }
    let person_of_record: Vec<PersonIndex> =
        (0..records.len_u32()).map(|record| index_of_root[same.find(record) as usize]).collect();

    let mut people = Merging::new(roots.into_iter().map(|(_, id)| id));
    watch.part(0.5)?;
    for (record, &person) in (0..).zip(&person_of_record) {
        watch.pass(record as usize, records.len())?;
        let (source, it) = records.get(record);
        people.add(person, source, it, it.is_name_only());
    }
    let person_of = records.by_source(&person_of_record);
    Ok(people.finish(person_of, entries))
}

fn entries(records: &Flat<'_>, id_of: &[(u32, Text)], same: &mut UnionFind) -> Entries {
    let mut entry_of_root = vec![0; records.len()];
    for (entry, (root, _)) in (0..).zip(id_of) {
        entry_of_root[*root as usize] = entry;
    }
    let of_record: Vec<u32> =
        (0..records.len_u32()).map(|record| entry_of_root[same.find(record) as usize]).collect();
    Entries {
        ids: id_of.iter().map(|(_, id)| id.clone()).collect(),
        of_record: records.by_source(&of_record),
        ..Entries::default()
    }
}

/// Records of all sources in one row.
struct Flat<'a> {
    records: Vec<(u32, &'a PersonRecord)>,
    sources: &'a [&'a Source],
}

impl<'a> Flat<'a> {
    fn new(sources: &'a [&'a Source]) -> Self {
        let records = (0..)
            .zip(sources)
            .flat_map(|(at, source)| source.records.people.iter().map(move |it| (at, it)))
            .collect();
        Self { records, sources }
    }

    fn len(&self) -> usize {
        self.records.len()
    }

    fn len_u32(&self) -> u32 {
        u32::try_from(self.len()).expect("people are numbered below 2^32")
    }

    /// Source and content of a record.
    fn get(&self, record: u32) -> (u32, &'a PersonRecord) {
        self.records[record as usize]
    }

    fn iter(&self) -> impl Iterator<Item = (u32, u32, &'a PersonRecord)> {
        (0..).zip(&self.records).map(|(at, &(source, record))| (at, source, record))
    }

    fn by_source(&self, person_of_record: &[PersonIndex]) -> Vec<Vec<PersonIndex>> {
        let mut rest = person_of_record;
        let mut split = Vec::with_capacity(self.sources.len());
        for source in self.sources {
            let (own, others) = rest.split_at(source.records.people.len());
            split.push(own.to_vec());
            rest = others;
        }
        split
    }
}

fn join_by_keys(
    records: &Flat<'_>,
    merges: &Merges,
    same: &mut UnionFind,
    watch: &mut Watch<'_>,
) -> Result<(), Stopped> {
    let mut holder: HashMap<&PersonKey, u32> = HashMap::with_capacity(records.len());
    let is_sure =
        |key: &&PersonKey| !matches!(key, PersonKey::NameOnly(_)) && !merges.is_shared(key);
    for (at, _, record) in records.iter() {
        watch.pass(at as usize, records.len())?;
        for key in record.keys.iter().filter(is_sure) {
            same.join(*holder.entry(key).or_insert(at), at);
        }
    }
    Ok(())
}

/// Somebody named only is the one person of that name in the same source, or failing that in all
/// sources. Where there is none, or several, all who are named so are one place-holder person.
fn resolve_names(records: &Flat<'_>, same: &mut UnionFind) {
    let named: Vec<(u32, u32, String)> = records
        .iter()
        .filter(|(_, _, record)| record.is_name_only())
        .map(|(at, source, record)| (at, source, person_name(referred_name(record))))
        .collect();
    if named.is_empty() {
        return;
    }
    // Whom a name means: per source, and over all sources (`None`).
    let mut bearers: HashMap<(Option<u32>, &str), Bearer> =
        named.iter().map(|(_, _, name)| ((None, name.as_str()), Bearer::Nobody)).collect();
    let wanted: HashSet<&str> = named.iter().map(|(_, _, name)| name.as_str()).collect();
    for (at, source, record) in records.iter().filter(|(_, _, record)| !record.is_name_only()) {
        if let Some(&name) = wanted.get(person_name(&record.name).as_str()) {
            let root = same.find(at);
            for place in [None, Some(source)] {
                bearers.entry((place, name)).or_default().meet(root);
            }
        }
    }
    let mut place_holders: HashMap<&str, u32> = HashMap::new();
    for (at, source, name) in &named {
        let bearer = |place| bearers.get(&(place, name.as_str())).copied().unwrap_or_default();
        match (bearer(Some(*source)), bearer(None)) {
            (Bearer::One(root), _) | (Bearer::Nobody, Bearer::One(root)) => same.join(root, *at),
            _ => same.join(*place_holders.entry(name).or_insert(*at), *at),
        }
    }
}

fn referred_name(record: &PersonRecord) -> &str {
    if !record.name.is_empty() {
        return &record.name;
    }
    record
        .keys
        .iter()
        .find_map(|key| match key {
            PersonKey::NameOnly(name) => Some(name.as_ref()),
            _ => None,
        })
        .unwrap_or_default()
}

#[derive(Clone, Copy, Default)]
enum Bearer {
    #[default]
    Nobody,
    One(u32),
    Several,
}

impl Bearer {
    fn meet(&mut self, root: u32) {
        *self = match *self {
            Self::Nobody => Self::One(root),
            Self::One(known) if known == root => Self::One(root),
            _ => Self::Several,
        };
    }
}

/// What each person's records offer as an id.
fn claims<'a>(
    records: &Flat<'a>,
    same: &mut UnionFind,
    watch: &mut Watch<'_>,
) -> Result<Vec<Claim<'a>>, Stopped> {
    let mut claim_at: Vec<Option<u32>> = vec![None; records.len()];
    let mut claims: Vec<Claim<'a>> = Vec::new();
    for (at, source, record) in records.iter() {
        watch.pass(at as usize, records.len())?;
        let root = same.find(at) as usize;
        let slot = *claim_at[root].get_or_insert_with(|| {
            claims.push(Claim::new(same.find(at), source));
            u32::try_from(claims.len() - 1).expect("fewer claims than records")
        });
        claims[slot as usize].offer(source, record, record.is_name_only());
    }
    Ok(claims)
}

/// Joins the pairs that a person said are one; of their ids the smaller one stays. Answers which
/// ids went into which.
fn join_by_hand(
    merges: &Merges,
    ids: &mut Vec<(u32, Text)>,
    same: &mut UnionFind,
) -> BTreeMap<String, String> {
    if merges.accepted().next().is_none() {
        return BTreeMap::new();
    }
    let mut id_of: BTreeMap<u32, Text> = std::mem::take(ids).into_iter().collect();
    let root_of: HashMap<Text, u32> = id_of.iter().map(|(&root, id)| (id.clone(), root)).collect();
    let mut touched = Vec::new();
    for (one, other) in merges.accepted() {
        let (Some(&one), Some(&other)) = (root_of.get(one), root_of.get(other)) else { continue };
        touched.extend([one, other]);
        let (one, other) = (same.find(one), same.find(other));
        if one == other {
            continue;
        }
        let ids = [id_of.remove(&one), id_of.remove(&other)];
        let kept = ids.into_iter().flatten().min_by(|a, b| ids::order(a).cmp(&ids::order(b)));
        same.join(one, other);
        id_of.insert(same.find(one), kept.unwrap_or_default());
    }
    let now: BTreeMap<u32, Text> =
        touched.into_iter().map(|root| (root, id_of[&same.find(root)].clone())).collect();
    let joined = root_of.into_iter().filter_map(|(id, root)| {
        let kept = now.get(&root).filter(|kept| **kept != id)?;
        Some((id.to_string(), kept.to_string()))
    });
    *ids = id_of.into_iter().collect();
    joined.collect()
}
