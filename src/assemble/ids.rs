//! Ids of people: unique, stable over a new import, independent of the order of rows.

use std::collections::BTreeSet;

use rayon::slice::ParallelSliceMut;

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

/// The root and id of each claim, in their order. Where several people offer the same, the one of the earliest
/// source keeps it (so that it survives later imports), the others add a key of theirs.
pub(super) fn unique_ids(mut claims: Vec<Claim<'_>>) -> Vec<(u32, Text)> {
    for claim in &mut claims {
        if claim.base.1.text().is_empty() {
            claim.base.1 = Offer::Key("unnamed");
        }
    }
    // There may be millions: whoever offers something else is told apart by how it begins.
    let text = |at: u32| claims[at as usize].base.1.text();
    let mut by_offer: Vec<(u64, u32)> =
        (0..).zip(&claims).map(|(at, claim)| (beginning(claim.base.1.text()), at)).collect();
    by_offer.par_sort_unstable_by(|&(begins, one), &(ends, other)| {
        let claims = || (&claims[one as usize], &claims[other as usize]);
        begins.cmp(&ends).then_with(|| claims().0.by_offer().cmp(&claims().1.by_offer())).then_with(
            || (claims().0.facts, claims().0.root).cmp(&(claims().1.facts, claims().1.root)),
        )
    });
    let is_taken = |id: &str| {
        let wanted = (beginning(id), id);
        by_offer.binary_search_by(|&(begins, at)| (begins, text(at)).cmp(&wanted)).is_ok()
    };
    let mut made: BTreeSet<Text> = BTreeSet::new();
    let mut ids = vec![Text::default(); claims.len()];
    let mut before = None;
    for &(begins, at) in &by_offer {
        let claim = &claims[at as usize];
        let base = claim.base.1.text();
        let is_first = before != Some((begins, base));
        before = Some((begins, base));
        ids[at as usize] = if is_first {
            claim.base.1.shared()
        } else {
            let key = claim.key.map(PersonKey::short).filter(|key| *key != base);
            let keyed = key.map(|key| format!("{base} ({key})"));
            let numbered = (2..).map(|number: u32| format!("{base} ({number})"));
            let id: Text = keyed
                .into_iter()
                .chain(numbered)
                .find(|id| !made.contains(id.as_str()) && !is_taken(id))
                .unwrap_or_default()
                .into();
            made.insert(id.clone());
            id
        };
    }
    claims.iter().map(|claim| claim.root).zip(ids).collect()
}

/// Puts people in the order of their ids.
pub(super) fn sort(ids: &mut Vec<(u32, Text)>) {
    let rank = |at: u32| {
        let (is_text, begins, _) = order(&ids[at as usize].1);
        (is_text, begins, at)
    };
    let mut places: Vec<(bool, u64, u32)> = (0..).take(ids.len()).map(rank).collect();
    places.par_sort_unstable_by(|one, other| {
        let id = |place: &(bool, u64, u32)| ids[place.2 as usize].1.as_str();
        (one.0, one.1).cmp(&(other.0, other.1)).then_with(|| id(one).cmp(id(other)))
    });
    *ids = places.iter().map(|&(_, _, at)| std::mem::take(&mut ids[at as usize])).collect();
}

/// The first eight bytes as a number: it is smaller for the text that comes first, and texts where it
/// is the same have to be compared.
fn beginning(text: &str) -> u64 {
    let mut first = [0; 8];
    for (byte, of_text) in first.iter_mut().zip(text.bytes()) {
        *byte = of_text;
    }
    u64::from_be_bytes(first)
}

/// What the ids of people are ordered by: numbers by their size, before all others.
pub fn order(id: &str) -> (bool, u64, &str) {
    let digits = !id.is_empty() && id.bytes().all(|it| it.is_ascii_digit());
    match id.parse() {
        Ok(number) if digits => (false, number, id),
        _ => (true, beginning(id), id),
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
        let sorted = ["007", "9", "10", "12345678901", "a", "a long id", "a long id 2", "b", "é"];
        let mut ids: Vec<(u32, Text)> =
            (0..).zip(sorted.iter().rev()).map(|(root, &id)| (root, id.into())).collect();
        sort(&mut ids);
        assert_eq!(ids.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>(), sorted);
        assert!(sorted.is_sorted_by_key(|id| order(id)));
    }
}
