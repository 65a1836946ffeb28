//! Who is meant by the names in the rows of an edge list.
//!
//! In a long list nearly all time goes into waiting for memory: a name is somewhere in a table of
//! millions. So names are asked for by the hundred, one step for all of them after the other;
//! then the processor waits for many at once.

use super::index::Index;

/// People by the spellings of their names, which lie in one text, close together.
#[derive(Default)]
pub(super) struct Names {
    text: Vec<u8>,
    spellings: Vec<Spelling>,
    index: Index,
}

#[derive(Clone, Copy)]
struct Spelling {
    start: usize,
    length: u32,
    person: u32,
}

/// Names to be looked up.
#[derive(Default)]
pub(super) struct Asked {
    text: String,
    /// Where each name ends in the text, and its hash.
    names: Vec<(usize, u32)>,
    /// Spellings that have the hashes, and then people.
    found: Vec<Option<u32>>,
}

impl Names {
    /// The person with this spelling.
    pub fn find(&self, name: &str) -> Option<u32> {
        let hash = self.index.hash(0, name.as_bytes());
        let found = self.index.find(hash, |at| self.is(at, name));
        found.map(|at| self.spellings[at as usize].person)
    }

    /// Adds a spelling of a person's name.
    pub fn add(&mut self, name: &str, person: u32) {
        let at = u32::try_from(self.spellings.len()).unwrap_or(u32::MAX);
        let (start, length) = (self.text.len(), u32::try_from(name.len()).unwrap_or(u32::MAX));
        self.text.extend_from_slice(name.as_bytes());
        self.spellings.push(Spelling { start, length, person });
        self.index.insert(self.index.hash(0, name.as_bytes()), at);
    }

    /// Remembers a name to look up.
    pub fn ask(&self, name: &str, asked: &mut Asked) {
        asked.text.push_str(name);
        asked.names.push((asked.text.len(), self.index.hash(0, name.as_bytes())));
    }

    /// Looks up all names at once. Who is not found then may be by [`Self::find`].
    pub fn look_up(&self, asked: &mut Asked) {
        let Asked { text, names, found } = asked;
        found.clear();
        found.extend(names.iter().map(|(_, hash)| self.index.find(*hash, |_| true)));
        let mut start = 0;
        for (&(end, _), found) in names.iter().zip(found) {
            let name = &text[start..end];
            *found = found.filter(|&at| self.is(at, name));
            *found = found.map(|at| self.spellings[at as usize].person);
            start = end;
        }
    }

    fn is(&self, at: u32, name: &str) -> bool {
        let Spelling { start, length, .. } = self.spellings[at as usize];
        self.text[start..start + length as usize] == *name.as_bytes()
    }
}

impl Asked {
    /// A name, and the person that was found by it.
    pub fn answer(&self, at: usize) -> (&str, Option<u32>) {
        let start = at.checked_sub(1).map_or(0, |before| self.names[before].0);
        (&self.text[start..self.names[at].0], self.found[at])
    }

    /// Forgets all names.
    pub fn clear(&mut self) {
        self.text.clear();
        self.names.clear();
    }
}
