//! The keys of one person: mostly one, which then takes no memory of its own.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::record::PersonKey;

/// Keys in the order in which they were found; read like a slice. Adding one is O(keys).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Keys(Held);

#[derive(Clone, Default, PartialEq, Eq)]
enum Held {
    #[default]
    None,
    One(PersonKey),
    More(Box<[PersonKey]>),
}

impl Keys {
    /// Adds a key behind the others.
    pub fn push(&mut self, key: PersonKey) {
        self.extend([key]);
    }

    /// Puts a key before the others.
    pub fn push_front(&mut self, key: PersonKey) {
        self.change(|keys| keys.insert(0, key));
    }

    /// Leaves out the keys that `is_kept` does not want.
    pub fn retain(&mut self, is_kept: impl FnMut(&PersonKey) -> bool) {
        self.change(|keys| keys.retain(is_kept));
    }

    /// Leaves out keys that are like the one before them.
    pub fn dedup(&mut self) {
        self.change(Vec::dedup);
    }

    fn change(&mut self, change: impl FnOnce(&mut Vec<PersonKey>)) {
        let mut keys: Vec<PersonKey> = std::mem::take(self).into_iter().collect();
        change(&mut keys);
        *self = keys.into();
    }
}

impl From<Vec<PersonKey>> for Keys {
    fn from(mut keys: Vec<PersonKey>) -> Self {
        Self(match keys.len() {
            0 => Held::None,
            1 => keys.pop().map_or(Held::None, Held::One),
            _ => Held::More(keys.into_boxed_slice()),
        })
    }
}

impl From<PersonKey> for Keys {
    fn from(key: PersonKey) -> Self {
        Self(Held::One(key))
    }
}

impl Deref for Keys {
    type Target = [PersonKey];

    fn deref(&self) -> &[PersonKey] {
        match &self.0 {
            Held::None => &[],
            Held::One(key) => std::slice::from_ref(key),
            Held::More(keys) => keys,
        }
    }
}

impl DerefMut for Keys {
    fn deref_mut(&mut self) -> &mut [PersonKey] {
        match &mut self.0 {
            Held::None => &mut [],
            Held::One(key) => std::slice::from_mut(key),
            Held::More(keys) => keys,
        }
    }
}

impl Extend<PersonKey> for Keys {
    fn extend<I: IntoIterator<Item = PersonKey>>(&mut self, keys: I) {
        let mut more = keys.into_iter().peekable();
        if more.peek().is_none() {
            return;
        }
        self.change(|keys| keys.extend(more));
    }
}

impl FromIterator<PersonKey> for Keys {
    fn from_iter<I: IntoIterator<Item = PersonKey>>(keys: I) -> Self {
        keys.into_iter().collect::<Vec<_>>().into()
    }
}

impl IntoIterator for Keys {
    type Item = PersonKey;
    type IntoIter =
        std::iter::Chain<std::option::IntoIter<PersonKey>, std::vec::IntoIter<PersonKey>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, more) = match self.0 {
            Held::None => (None, Vec::new()),
            Held::One(key) => (Some(key), Vec::new()),
            Held::More(keys) => (None, keys.into_vec()),
        };
        one.into_iter().chain(more)
    }
}

impl<'k> IntoIterator for &'k Keys {
    type Item = &'k PersonKey;
    type IntoIter = std::slice::Iter<'k, PersonKey>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'k> IntoIterator for &'k mut Keys {
    type Item = &'k mut PersonKey;
    type IntoIter = std::slice::IterMut<'k, PersonKey>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl PartialEq<Vec<PersonKey>> for Keys {
    fn eq(&self, other: &Vec<PersonKey>) -> bool {
        **self == **other
    }
}

impl<const N: usize> PartialEq<[PersonKey; N]> for Keys {
    fn eq(&self, other: &[PersonKey; N]) -> bool {
        **self == *other
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

impl Serialize for Keys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> PersonKey {
        PersonKey::Email(name.into())
    }

    #[test]
    fn keys_are_a_list_that_takes_three_words() {
        assert_eq!(size_of::<Keys>(), 24);
        let mut keys = Keys::default();
        for name in ["b", "a", "b"] {
            keys.push(key(name));
        }
        assert_eq!(keys, [key("b"), key("a"), key("b")]);
        keys.sort();
        keys.dedup();
        assert_eq!(keys, [key("a"), key("b")]);
        keys.retain(|it| *it != key("a"));
        assert_eq!(keys, Keys::from(key("b")));
        assert_eq!(keys.into_iter().collect::<Vec<_>>(), [key("b")]);
    }

    #[test]
    fn saved_keys_are_a_plain_list() {
        let keys: Keys = [key("a"), key("b")].into_iter().collect();
        let saved = serde_json::to_string(&keys).unwrap();
        assert_eq!(saved, r#"[{"email":"a"},{"email":"b"}]"#);
        assert_eq!(serde_json::from_str::<Keys>(&saved).unwrap(), keys);
    }
}
