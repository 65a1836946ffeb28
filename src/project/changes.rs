//! What a newer export of a list says that the older one did not.

use std::collections::{BTreeMap, HashMap};

use super::renewal::own_keys;
use crate::import::{PersonKey, PersonRecord, Source};
use crate::network::fact;

/// What is different in a source that took an earlier one's place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceChanges {
    /// Path of the new source.
    pub path: String,
    /// Path of the one it replaced.
    pub instead_of: String,
    /// People who were not in the earlier one.
    pub new: Names,
    /// People who are no longer in it.
    pub gone: Names,
    /// People with another employer, the first ones.
    pub moved: Vec<Moved>,
    /// Number of people with another employer.
    pub moved_count: usize,
    /// How many people have another value in each other column.
    pub facts: BTreeMap<String, usize>,
}

/// Some people by name, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// All of them.
    pub count: usize,
    /// The first ones, in the order of the file.
    pub first: Vec<String>,
}

/// Somebody who works elsewhere now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Who.
    pub name: String,
    /// Employer before.
    pub from: String,
    /// Employer now.
    pub to: String,
}

/// People named in each list of changes; the others are counted.
const MOST_NAMED: usize = 100;

/// People named in a sentence.
const NAMED_IN_WORDS: usize = 3;

impl Moved {
    /// "Ana Ruiz: Alder → Cedar".
    pub fn in_words(&self) -> String {
        format!("{}: {} → {}", self.name, self.from, self.to)
    }
}

impl Names {
    fn in_words(&self) -> String {
        let names: Vec<&str> = self.first.iter().take(NAMED_IN_WORDS).map(String::as_str).collect();
        let more = if self.count > names.len() { ", …" } else { "" };
        format!("{}{more}", names.join(", "))
    }

    fn add(&mut self, record: &PersonRecord) {
        self.count += 1;
        if self.first.len() < MOST_NAMED {
            self.first.push(shown_name(record));
        }
    }
}

impl SourceChanges {
    /// Compares two sources of one list, whose people are matched by [`matching`].
    pub(super) fn between(old: &Source, new: &Source, matching: &[Option<u32>]) -> Self {
        let mut changes =
            Self { path: new.path.clone(), instead_of: old.path.clone(), ..Self::default() };
        let mut is_known = vec![false; new.records.people.len()];
        for (before, found) in old.records.people.iter().zip(matching) {
            match found {
                Some(at) => {
                    is_known[*at as usize] = true;
                    changes.compare(before, &new.records.people[*at as usize]);
                }
                None if is_listed(before) => changes.gone.add(before),
                None => {}
            }
        }
        let people = new.records.people.iter().zip(is_known);
        for (record, _) in people.filter(|(record, is_known)| !is_known && is_listed(record)) {
            changes.new.add(record);
        }
        changes
    }

    /// One sentence: "3 new (Dee, Eve, …), 1 gone (Bo), …".
    pub fn in_words(&self) -> String {
        let mut told = Vec::new();
        if self.new.count > 0 {
            told.push(format!("{} new ({})", self.new.count, self.new.in_words()));
        }
        if self.gone.count > 0 {
            told.push(format!("{} gone ({})", self.gone.count, self.gone.in_words()));
        }
        if self.moved_count > 0 {
            let moved: Vec<String> =
                self.moved.iter().take(NAMED_IN_WORDS).map(Moved::in_words).collect();
            let more = if self.moved_count > moved.len() { ", …" } else { "" };
            let moved = moved.join(", ");
            told.push(format!("{} with another employer ({moved}{more})", self.moved_count));
        }
        if !self.facts.is_empty() {
            let facts: Vec<String> =
                self.facts.iter().map(|(column, count)| format!("{column} of {count}")).collect();
            told.push(format!("changed: {}", facts.join(", ")));
        }
        if told.is_empty() { "nobody new, nobody gone".to_owned() } else { told.join("; ") }
    }

    fn compare(&mut self, before: &PersonRecord, now: &PersonRecord) {
        if before.facts == now.facts {
            return;
        }
        let employers = (before.facts.get(fact::COMPANY), now.facts.get(fact::COMPANY));
        if let (Some(from), Some(to)) = employers
            && from != to
        {
            self.moved_count += 1;
            if self.moved.len() < MOST_NAMED {
                let name = shown_name(now);
                self.moved.push(Moved { name, from: from.to_owned(), to: to.to_owned() });
            }
        }
        let told_apart = matches!(employers, (Some(_), Some(_)));
        let mut columns: Vec<&str> = before.facts.columns().chain(now.facts.columns()).collect();
        columns.sort_unstable();
        columns.dedup();
        for column in columns {
            let is_told = column == fact::COMPANY && told_apart;
            if !is_told && before.facts.get(column) != now.facts.get(column) {
                *self.facts.entry(column.to_owned()).or_default() += 1;
            }
        }
    }
}

/// Whether a list is about this person: neither whose it is, nor only named beside somebody.
fn is_listed(record: &PersonRecord) -> bool {
    !record.is_owner && !record.is_name_only()
}

/// The name, or failing that what else the list calls the person by.
fn shown_name(record: &PersonRecord) -> String {
    let id = record.id.as_deref().or_else(|| record.keys.first().map(PersonKey::short));
    if record.name.is_empty() { id.unwrap_or_default().to_owned() } else { record.name.to_string() }
}

/// For each person of `old` the position of the same person in `new`: by any key that says who
/// they are, else by a name that only one person in each list bears. Owners are one person.
/// O(people · log people).
pub(super) fn matching(old: &[PersonRecord], new: &[PersonRecord]) -> Vec<Option<u32>> {
    let mut by_key = HashMap::with_capacity(new.len());
    for (at, record) in (0_u32..).zip(new) {
        for key in own_keys(record) {
            by_key.entry(key).or_insert(at);
        }
    }
    let owner = (0_u32..).zip(new).find(|(_, record)| record.is_owner).map(|(at, _)| at);
    let mut is_taken = vec![false; new.len()];
    let mut found: Vec<Option<u32>> = old
        .iter()
        .map(|record| {
            let by_key = own_keys(record).find_map(|key| by_key.get(key).copied());
            let at = by_key.or(owner.filter(|_| record.is_owner))?;
            (!std::mem::replace(&mut is_taken[at as usize], true)).then_some(at)
        })
        .collect();
    let rest_of_old = (0_u32..).zip(old).filter(|(at, _)| found[*at as usize].is_none());
    let names_of_old = sole_bearers(rest_of_old);
    let rest_of_new = (0_u32..).zip(new).filter(|(at, _)| !is_taken[*at as usize]);
    let names_of_new = sole_bearers(rest_of_new);
    for (name, at) in names_of_old {
        if let (Some(at), Some(Some(now))) = (at, names_of_new.get(&name)) {
            found[at as usize] = Some(*now);
        }
    }
    // Who is known by name only is whoever is named so again.
    let named_only = |record: &&PersonRecord| record.is_name_only();
    let named_now: HashMap<&str, u32> = (0_u32..)
        .zip(new)
        .filter(|(_, record)| named_only(record))
        .map(|(at, record)| (record.name.as_ref(), at))
        .collect();
    for (found, record) in found.iter_mut().zip(old).filter(|(_, record)| named_only(record)) {
        *found = named_now.get(record.name.as_ref()).copied();
    }
    found
}

/// Who bears each name; `None` for a name of several.
fn sole_bearers<'a>(
    people: impl Iterator<Item = (u32, &'a PersonRecord)>,
) -> BTreeMap<String, Option<u32>> {
    let mut bearers = BTreeMap::new();
    for (at, record) in people.filter(|(_, it)| is_listed(it) && !it.name.is_empty()) {
        let bearer = bearers.entry(record.name.to_lowercase()).or_insert(Some(at));
        if *bearer != Some(at) {
            *bearer = None;
        }
    }
    bearers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Records;

    fn person(name: &str, key: &str, facts: &[(&str, &str)]) -> PersonRecord {
        let keys = (!key.is_empty()).then(|| PersonKey::Profile(format!("linkedin:{key}").into()));
        PersonRecord {
            name: name.to_owned().into(),
            keys: keys.into_iter().collect(),
            facts: facts.iter().copied().collect(),
            ..PersonRecord::default()
        }
    }

    fn source(path: &str, people: Vec<PersonRecord>) -> Source {
        Source {
            path: path.to_owned(),
            records: Records { people, ..Records::default() },
            ..Source::default()
        }
    }

    #[test]
    fn who_came_who_went_and_who_changed_jobs() {
        let works = |company| [(fact::COMPANY, company)];
        let old = source(
            "old.csv",
            vec![
                person("Ana Ruiz", "ana", &works("Alder")),
                person("Bo Li", "bo", &works("Alder")),
                person("Cy Moss", "cy", &[]),
                person("Kim", "", &works("Birch")),
            ],
        );
        let new = source(
            "new.csv",
            vec![
                person("Kim", "kim", &[(fact::COMPANY, "Birch"), (fact::PROFESSION, "Buyer")]),
                person("Ana Ruiz-Diaz", "ana", &works("Cedar")),
                person("Cy Moss", "cy", &works("Birch")),
                person("Dee", "dee", &[]),
            ],
        );
        let matching = matching(&old.records.people, &new.records.people);
        assert_eq!(matching, [Some(1), None, Some(2), Some(0)]);
        let changes = SourceChanges::between(&old, &new, &matching);
        assert_eq!(changes.new.first, ["Dee"]);
        assert_eq!((changes.gone.count, changes.gone.first[0].as_str()), (1, "Bo Li"));
        let [moved] = changes.moved.as_slice() else { panic!("one moved") };
        assert_eq!((moved.from.as_str(), moved.to.as_str()), ("Alder", "Cedar"));
        let facts = [("company".to_owned(), 1), ("profession".to_owned(), 1)];
        assert_eq!(changes.facts, facts.into(), "a first employer is news, but no move");
        assert_eq!(
            changes.in_words(),
            "1 new (Dee); 1 gone (Bo Li); 1 with another employer (Ana Ruiz-Diaz: Alder → Cedar); \
             changed: company of 1, profession of 1"
        );
    }

    #[test]
    fn who_is_only_named_beside_somebody_is_no_news() {
        let named = || PersonRecord {
            name: "Bo Li".to_owned().into(),
            keys: PersonKey::NameOnly("Bo Li".to_owned().into()).into(),
            ..PersonRecord::default()
        };
        let old = source("old", vec![person("Bo Li", "bo", &[]), named(), person("Cy", "cy", &[])]);
        let new = source("new", vec![named(), person("Cy", "cy", &[])]);
        let matching = matching(&old.records.people, &new.records.people);
        assert_eq!(matching, [None, Some(0), Some(1)]);
        let changes = SourceChanges::between(&old, &new, &matching);
        assert_eq!((changes.gone.count, changes.new.count), (1, 0));
    }

    #[test]
    fn namesakes_without_keys_are_left_unmatched() {
        let old = [person("Kim", "", &[]), person("Kim", "", &[])];
        let new = [person("Kim", "", &[])];
        assert_eq!(matching(&old, &new), [None, None]);
    }
}
