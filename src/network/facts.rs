//! What is known of a person beside the name, packed into one piece of text.
//!
//! A map of owned strings takes more than half a kilobyte per person before anything is in it.
//! A million people with four facts each fit into the same text that their file holds, and a
//! person who occurs in one source shares it with that source's record.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Text;

/// Ends a column's name.
const IS: char = '\u{1f}';
/// Ends a value.
const END: char = '\u{1e}';

/// Values by column name, in the order of the names. Reading a fact walks the text, O(bytes of
/// all facts of the person); so does adding one. Copies share the text.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Facts {
    /// Column, [`IS`], value, [`END`]; and so on by ascending column. Equal facts are equal text.
    text: Text,
}

impl Facts {
    /// The value in `column`, when there is one.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == column).map(|(_, value)| value)
    }

    /// Whether there is a value in `column`.
    pub fn contains(&self, column: &str) -> bool {
        self.get(column).is_some()
    }

    /// Writes `value` into `column`, over what stood there.
    pub fn insert(&mut self, column: impl AsRef<str>, value: impl AsRef<str>) {
        let (column, value) = (plain(column.as_ref()), plain(value.as_ref()));
        let mut text = String::with_capacity(self.text.len() + column.len() + value.len() + 2);
        let mut facts = self.iter().peekable();
        while let Some((known, its_value)) = facts.next_if(|(known, _)| *known < &*column) {
            push(&mut text, known, its_value);
        }
        push(&mut text, &column, &value);
        facts.next_if(|(known, _)| *known == &*column);
        for (known, its_value) in facts {
            push(&mut text, known, its_value);
        }
        self.text = text.into();
    }

    /// Takes away what stands in `column`.
    pub fn remove(&mut self, column: &str) {
        if self.contains(column) {
            *self = self.iter().filter(|(known, _)| *known != column).collect();
        }
    }

    /// Writes `value` into `column` unless something stands there.
    pub fn add(&mut self, column: impl AsRef<str>, value: impl AsRef<str>) {
        if self.is_empty() || !self.contains(column.as_ref()) {
            self.insert(column, value);
        }
    }

    /// Columns and values, by ascending column.
    pub fn iter(&self) -> Iter<'_> {
        Iter { rest: &self.text }
    }

    /// Columns with a value, ascending.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(column, _)| column)
    }

    /// Number of facts.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// The text that holds them, to be packed with others ([`Text::pack`]).
    pub fn text_mut(&mut self) -> &mut Text {
        &mut self.text
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Without the two characters that part the facts; nobody can see them anyway.
fn plain(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains([IS, END]) { text.replace([IS, END], " ").into() } else { text.into() }
}

fn push(text: &mut String, column: &str, value: &str) {
    text.push_str(column);
    text.push(IS);
    text.push_str(value);
    text.push(END);
}

/// Walks [`Facts`].
#[derive(Clone, Debug)]
pub struct Iter<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (column, rest) = self.rest.split_once(IS)?;
        let (value, rest) = rest.split_once(END)?;
        self.rest = rest;
        Some((column, value))
    }
}

impl<'a> IntoIterator for &'a Facts {
    type Item = (&'a str, &'a str);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl<C: AsRef<str>, V: AsRef<str>> Extend<(C, V)> for Facts {
    fn extend<I: IntoIterator<Item = (C, V)>>(&mut self, facts: I) {
        for (column, value) in facts {
            self.insert(column, value);
        }
    }
}

impl<C: AsRef<str>, V: AsRef<str>> FromIterator<(C, V)> for Facts {
    fn from_iter<I: IntoIterator<Item = (C, V)>>(facts: I) -> Self {
        let mut all = Self::default();
        all.extend(facts);
        all
    }
}

impl<C: AsRef<str>, V: AsRef<str>, const N: usize> From<[(C, V); N]> for Facts {
    fn from(facts: [(C, V); N]) -> Self {
        facts.into_iter().collect()
    }
}

impl fmt::Debug for Facts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self).finish()
    }
}

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Columns;

        impl<'de> Visitor<'de> for Columns {
            type Value = Facts;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("facts by column")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Facts, A::Error> {
                let mut facts = Facts::default();
                while let Some((column, value)) = map.next_entry::<String, String>()? {
                    facts.insert(column, value);
                }
                Ok(facts)
            }
        }

        deserializer.deserialize_map(Columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_told_by_column_in_order() {
        let mut facts = Facts::from([("place", "Utrecht"), ("company", "Alder")]);
        facts.insert("tags", "a; b");
        facts.insert("company", "Birch");
        facts.add("company", "Cedar");
        let told: Vec<_> = facts.iter().collect();
        assert_eq!(told, [("company", "Birch"), ("place", "Utrecht"), ("tags", "a; b")]);
        assert_eq!((facts.get("plac"), facts.get("place")), (None, Some("Utrecht")));
        let mut fewer = facts.clone();
        fewer.remove("company");
        fewer.remove("plac");
        assert_eq!(fewer, Facts::from([("place", "Utrecht"), ("tags", "a; b")]));
        assert_eq!(
            facts,
            Facts::from([("tags", "a; b"), ("place", "Utrecht"), ("company", "Birch")])
        );
    }

    #[test]
    fn what_parts_the_facts_cannot_come_in_with_them() {
        let facts = Facts::from([("a\u{1f}b", "c\u{1e}d\u{1f}e"), ("", "")]);
        assert_eq!(facts.iter().collect::<Vec<_>>(), [("", ""), ("a b", "c d e")]);
    }

    #[test]
    fn saved_facts_are_a_plain_map() {
        let facts = Facts::from([("company", "Alder \"& Co\""), ("place", "")]);
        let saved = serde_json::to_string(&facts).unwrap();
        assert_eq!(saved, r#"{"company":"Alder \"& Co\"","place":""}"#);
        assert_eq!(serde_json::from_str::<Facts>(&saved).unwrap(), facts);
    }
}
