//! Named values of nodes and edges.

use std::collections::BTreeMap;

/// A node or edge has no more attributes than this; nobody would look at them.
const MAX_ATTRIBUTES: usize = 1000;

/// Named values of a node or edge, as the file writes them.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes(BTreeMap<String, String>);

impl Attributes {
    /// Adds a value; a later one of the same name takes its place.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        if let Some(known) = self.0.get_mut(name) {
            *known = value.into();
        } else if self.0.len() < MAX_ATTRIBUTES {
            self.0.insert(name.to_owned(), value.into());
        }
    }

    /// Adds a value unless there is one of that name.
    pub fn set_default(&mut self, name: &str, value: &str) {
        if !self.0.contains_key(name) {
            self.set(name, value);
        }
    }

    /// The value of a name, letter case aside.
    pub fn get(&self, name: &str) -> Option<&str> {
        let same = |known: &String| known.eq_ignore_ascii_case(name);
        self.0.iter().find(|(known, _)| same(known)).map(|(_, value)| value.as_str())
    }

    /// Takes a value out, letter case of the name aside.
    pub fn take(&mut self, name: &str) -> Option<String> {
        if let Some(value) = self.0.remove(name) {
            return Some(value);
        }
        let key = self.0.keys().find(|known| known.eq_ignore_ascii_case(name))?.clone();
        self.0.remove(&key)
    }

    /// All names and values, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
