//! Who is meant by the names in the rows of an edge list.
//!
//! In a long list nearly all time goes into waiting for memory: a name is somewhere in a table of
//! millions. So names are asked for by the hundred, one step for all of them after the other;
//! then the processor waits for many at once. Names that are numbers, as in most lists of
//! researchers, need no search: the people they mean stand in a list at that number.

use super::index::Index;

/// The table of numbers may have this many places,
const FEW_NUMBERS: usize = 1 << 16;
/// and this many more for each name asked for: 16 bytes for a row at most.
const NUMBERS_PER_NAME: usize = 2;
/// Longer numbers are words.
const MOST_DIGITS: usize = 9;
/// Nobody.
const NOBODY: u32 = u32::MAX;

/// A name in a row.
#[derive(Clone, Copy)]
pub(super) struct Name<'n> {
    pub text: &'n str,
    /// The number that is written just like the name.
    pub number: Option<u32>,
}

impl<'n> Name<'n> {
    /// The name that a trimmed cell holds.
    #[inline]
    pub fn of(text: &'n str) -> Self {
        let number = Self::number(text.as_bytes()).filter(|(_, length)| *length == text.len());
        Self { text, number: number.map(|(number, _)| number) }
    }

    /// The number that `bytes` begin with, and how many digits it has; none where a zero stands
    /// before it ("007" is not the same name as "7") or where it has more than nine.
    #[inline]
    pub fn number(bytes: &[u8]) -> Option<(u32, usize)> {
        let mut number = 0;
        let mut length = 0;
        for byte in bytes.iter().take(MOST_DIGITS) {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            number = number * 10 + u32::from(digit);
            length += 1;
        }
        (length > 0 && (bytes[0] != b'0' || length == 1)).then_some((number, length))
    }
}

/// People by their names.
#[derive(Default)]
pub(super) struct Names {
    /// People whose name is a number, at that number.
    numbers: Vec<u32>,
    /// People with other names, each followed by the spelling: the person and the number of bytes
    /// in one word, then the bytes. So a comparison looks into one place of memory, not three.
    spellings: Vec<u64>,
    /// Where in `spellings` somebody is.
    index: Index,
    asked: usize,
    /// The spelling at hand.
    buffer: Vec<u64>,
}

/// Names to be looked up.
#[derive(Default)]
pub(super) struct Asked {
    /// The bytes of all spellings, as words.
    words: Vec<u64>,
    names: Vec<Wanted>,
    /// Places that have the hashes, and then people.
    found: Vec<Option<u32>>,
}

#[derive(Clone, Copy)]
enum Wanted {
    /// A number that has a place in the table.
    Number(u32),
    /// Where the words of a spelling begin, its bytes, and its hash.
    Spelled { start: usize, bytes: usize, hash: u32 },
}

impl Names {
    /// The person with this name.
    pub fn find(&mut self, name: &str) -> Option<u32> {
        let place = Name::of(name).number.map(|it| it as usize);
        let known = place.and_then(|it| self.numbers.get(it)).filter(|it| **it != NOBODY);
        if known.is_some() {
            return known.copied();
        }
        self.buffer.clear();
        push_words(name.as_bytes(), &mut self.buffer);
        let hash = self.index.hash_of_words(&self.buffer, name.len());
        let found = self.index.find(hash, |at| self.is(at, name.len(), &self.buffer))?;
        let person = self.person_at(found);
        // When the name was added, the table was too short for it.
        if let Some(place) = place.and_then(|it| self.numbers.get_mut(it)) {
            *place = person;
        }
        Some(person)
    }

    /// Adds a name of a person that was not found.
    pub fn add(&mut self, name: &str, person: u32) {
        let most = FEW_NUMBERS + NUMBERS_PER_NAME * self.asked;
        let place = Name::of(name).number.map(|it| it as usize).filter(|it| *it < most);
        if let Some(place) = place {
            if place >= self.numbers.len() {
                self.numbers.resize(place + 1, NOBODY);
            }
            self.numbers[place] = person;
            return;
        }
        let at = self.spellings.len();
        self.spellings.push(u64::from(person) | (name.len() as u64) << 32);
        push_words(name.as_bytes(), &mut self.spellings);
        let hash = self.index.hash_of_words(&self.spellings[at + 1..], name.len());
        self.index.insert(hash, u32::try_from(at).unwrap_or(u32::MAX));
    }

    /// Remembers a name to look up.
    #[inline]
    pub fn ask(&mut self, name: Name<'_>, asked: &mut Asked) {
        self.asked += 1;
        let wanted = match name.number {
            Some(number) if (number as usize) < self.numbers.len() => Wanted::Number(number),
            _ => {
                let (start, bytes) = (asked.words.len(), name.text.len());
                push_words(name.text.as_bytes(), &mut asked.words);
                let hash = self.index.hash_of_words(&asked.words[start..], bytes);
                Wanted::Spelled { start, bytes, hash }
            }
        };
        asked.names.push(wanted);
    }

    /// Looks up all names at once. Who is not found then may be by [`Self::find`].
    pub fn look_up(&self, asked: &mut Asked) {
        let Asked { words, names, found } = asked;
        found.clear();
        found.extend(names.iter().map(|wanted| match *wanted {
            Wanted::Number(number) => {
                Some(self.numbers[number as usize]).filter(|it| *it != NOBODY)
            }
            Wanted::Spelled { hash, .. } => self.index.find(hash, |_| true),
        }));
        for (wanted, found) in names.iter().zip(found) {
            if let Wanted::Spelled { start, bytes, .. } = *wanted {
                *found = found
                    .filter(|&at| self.is(at, bytes, &words[start..]))
                    .map(|at| self.person_at(at));
            }
        }
    }

    /// Whether the spelling at a place has these bytes, which are the first of `words`.
    fn is(&self, at: u32, bytes: usize, words: &[u64]) -> bool {
        let known = &self.spellings[at as usize..];
        let count = bytes.div_ceil(8);
        known[0] >> 32 == bytes as u64
            && known[1..=count].iter().zip(words).all(|(one, other)| one == other)
    }

    fn person_at(&self, at: u32) -> u32 {
        #[expect(clippy::cast_possible_truncation, reason = "the length stands in the upper half")]
        let person = self.spellings[at as usize] as u32;
        person
    }
}

/// Adds `bytes` as words, the last of them filled up with zeros.
#[inline]
fn push_words(bytes: &[u8], words: &mut Vec<u64>) {
    let (whole, rest) = bytes.as_chunks::<8>();
    words.extend(whole.iter().map(|word| u64::from_le_bytes(*word)));
    if rest.is_empty() {
        return;
    }
    words.push(match bytes.last_chunk::<8>() {
        // One step instead of one for each byte: the word before it, without what was taken.
        Some(last) => u64::from_le_bytes(*last) >> (8 * (8 - rest.len())),
        None => rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
    });
}

impl Asked {
    /// The person that was found by a name.
    pub fn person(&self, at: usize) -> Option<u32> {
        self.found[at]
    }

    /// A name.
    pub fn name(&self, at: usize) -> String {
        match self.names[at] {
            Wanted::Number(number) => number.to_string(),
            Wanted::Spelled { start, bytes, .. } => {
                let words = &self.words[start..start + bytes.div_ceil(8)];
                let mut spelled: Vec<u8> = words.iter().flat_map(|it| it.to_le_bytes()).collect();
                spelled.truncate(bytes);
                String::from_utf8(spelled).unwrap_or_default()
            }
        }
    }

    /// Forgets all names.
    pub fn clear(&mut self) {
        self.words.clear();
        self.names.clear();
    }
}
