//! Ids of people: unique, stable over a new import, independent of the order of rows.

use std::collections::BTreeSet;

use crate::import::{PersonKey, PersonRecord};
use crate::network::{Facts, Text};

/// What one person's records offer as an id.
pub(super) struct Claim<'a> {
    root: u32,
    first_source: u32,
    /// Best offer so far with its rank; a lower rank is better.
    base: (u8, Offer<'a>),
    /// Smallest key in the first source: another import later does not change it.
    key: Option<&'a PersonKey>,
    /// Tells people apart who share everything else.
    facts: Option<&'a Facts>,
}

/// A text that may become an id; shared where it is a person's own.
#[derive(Clone, Copy)]
enum Offer<'a> {
    Own(&'a Text),
    Key(&'a str),
}

impl<'a> Offer<'a> {
    fn text(self) -> &'a str {
        match self {
            Self::Own(text) => text,
            Self::Key(text) => text,
        }
    }

    fn shared(self) -> Text {
        match self {
            Self::Own(text) => text.clone(),
            Self::Key(text) => text.into(),
        }
    }
}

impl<'a> Claim<'a> {
    pub(super) fn new(root: u32, first_source: u32) -> Self {
        Self { root, first_source, base: (u8::MAX, Offer::Key("")), key: None, facts: None }
    }

    fn by_offer(&self) -> (&'a str, u32, Option<&'a PersonKey>) {
        (self.base.1.text(), self.first_source, self.key)
    }

    /// Takes in one more record, in the order of sources. The first record that gives a file id
    /// or a name decides; only where none does, a reference by name or a key has to serve.
    pub(super) fn offer(&mut self, source: u32, record: &'a PersonRecord, name_only: bool) {
        let own = record.id.as_ref().filter(|id| !id.is_empty()).unwrap_or(&record.name);
        let key = record.keys.iter().min().map_or("", PersonKey::short);
        for (rank, offer) in [(u8::from(name_only), Offer::Own(own)), (2, Offer::Key(key))] {
            if !offer.text().is_empty() && rank < self.base.0 {
                self.base = (rank, offer);
            }
        }
        if source == self.first_source {
            self.key = self.key.into_iter().chain(record.keys.iter()).min();
            if self.facts.is_none_or(Facts::is_empty) {
                self.facts = Some(&record.facts);
            }
        }
    }
}

/// The root and id of each claim, by ascending root. Where several people offer the same, the one of the earliest
/// source keeps it (so that it survives later imports), the others add a key of theirs.
pub(super) fn unique_ids(mut claims: Vec<Claim<'_>>) -> Vec<(u32, Text)> {
    for claim in &mut claims {
        if claim.base.1.text().is_empty() {
            claim.base.1 = Offer::Key("unnamed");
        }
    }
    // In place, since there may be millions.
    claims.sort_unstable_by(|one, other| {
        let by_offer = Claim::by_offer(one).cmp(&Claim::by_offer(other));
        by_offer.then_with(|| (one.facts, one.root).cmp(&(other.facts, other.root)))
    });
    let is_taken = |id: &str| claims.binary_search_by(|it| it.base.1.text().cmp(id)).is_ok();
    let mut made: BTreeSet<Text> = BTreeSet::new();
    let mut ids = Vec::with_capacity(claims.len());
    for (at, claim) in claims.iter().enumerate() {
        let base = claim.base.1.text();
        let is_first = at == 0 || claims[at - 1].base.1.text() != base;
        let id = if is_first {
            claim.base.1.shared()
        } else {
            let key = claim.key.map(PersonKey::short).filter(|key| *key != base);
            let keyed = key.map(|key| format!("{base} ({key})"));
            let numbered = (2..).map(|number: u32| format!("{base} ({number})"));
            keyed
                .into_iter()
                .chain(numbered)
                .find(|id| !made.contains(id.as_str()) && !is_taken(id))
                .unwrap_or_default()
                .into()
        };
        if !is_first {
            made.insert(id.clone());
        }
        ids.push((claim.root, id));
    }
    ids.sort_unstable_by_key(|(root, _)| *root);
    ids
}

/// What the ids of people are ordered by: numbers by their size, before all others.
pub fn order(id: &str) -> (bool, u64, &str) {
    let digits = !id.is_empty() && id.bytes().all(|it| it.is_ascii_digit());
    match id.parse() {
        Ok(number) if digits => (false, number, id),
        _ => (true, 0, id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: Option<&str>, name: &str, keys: Vec<PersonKey>) -> PersonRecord {
        PersonRecord {
            id: id.map(Into::into),
            name: name.to_owned().into(),
            keys: keys.into(),
            ..Default::default()
        }
    }

    fn ids_of(records: &[(u32, PersonRecord)]) -> Vec<String> {
        let claims = (0..).zip(records).map(|(root, (source, record))| {
            let mut claim = Claim::new(root, *source);
            claim.offer(*source, record, false);
            claim
        });
        let ids = unique_ids(claims.collect());
        ids.into_iter().map(|(_, id)| id.to_string()).collect()
    }

    #[test]
    fn file_id_then_name_then_key() {
        let slug = || vec![PersonKey::Profile("linkedin:ana".to_owned().into())];
        let records = [
            (0, record(Some("C-7"), "Ana Ruiz", slug())),
            (0, record(None, "Bo Li", slug())),
            (0, record(None, "", slug())),
            (0, record(None, "", Vec::new())),
        ];
        assert_eq!(ids_of(&records), ["C-7", "Bo Li", "ana", "unnamed"]);
    }

    #[test]
    fn namesakes_are_told_apart_by_key_in_any_order() {
        let slug = |it: &str| vec![PersonKey::Profile(format!("linkedin:{it}").into())];
        let first = (0, record(None, "Priya Sharma", slug("priya-1")));
        let second = (0, record(None, "Priya Sharma", slug("priya-2")));
        let without = (0, record(None, "Priya Sharma", Vec::new()));
        let ids = ids_of(&[first.clone(), second.clone(), without.clone()]);
        assert_eq!(ids, ["Priya Sharma (priya-1)", "Priya Sharma (priya-2)", "Priya Sharma"]);
        let ids = ids_of(&[second, without, first]);
        assert_eq!(ids, ["Priya Sharma (priya-2)", "Priya Sharma", "Priya Sharma (priya-1)"]);
    }

    #[test]
    fn a_namesake_imported_later_leaves_the_first_id_alone() {
        let slug = |it: &str| vec![PersonKey::Profile(format!("linkedin:{it}").into())];
        let ids = ids_of(&[
            (1, record(None, "Kim", slug("a"))),
            (0, record(None, "Kim", slug("z"))),
            (0, record(None, "Kim (a)", slug("q"))),
        ]);
        assert_eq!(ids, ["Kim (2)", "Kim", "Kim (a)"]);
    }

    #[test]
    fn numbers_are_ordered_as_numbers() {
        let mut ids = ["b", "10", "a", "9", "007"];
        ids.sort_by_key(|id| order(id));
        assert_eq!(ids, ["007", "9", "10", "a", "b"]);
    }
}
