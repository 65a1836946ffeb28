//! Who is meant by the names in the rows of an edge list.
//!
//! In a long list nearly all time goes into waiting for memory: a name is somewhere in a table of
//! millions. So names are asked for by the hundred, one step for all of them after the other;
//! then the processor waits for many at once. Names that are numbers, as in most lists of
//! researchers, need no search: the people they mean stand in a list at that number.

use super::eight::{number_at, push_words};
use super::index::Index;

/// The table of numbers may have this many places,
const FEW_NUMBERS: usize = 1 << 20;
/// and this many more for each name asked for: 16 bytes for a row at most.
const NUMBERS_PER_NAME: usize = 2;
/// Longer numbers are words.
const MOST_DIGITS: usize = 9;
/// Nobody.
pub(super) const NOBODY: u32 = u32::MAX;

/// A name in a row.
#[derive(Clone, Copy)]
pub(super) struct Name<'n> {
    /// The text that it is part of, since whole words are read more quickly than single bytes.
    text: &'n [u8],
    start: usize,
    length: usize,
    /// The number that is written just like the name.
    number: Option<u32>,
}

impl<'n> Name<'n> {
    /// The name that a trimmed cell holds.
    pub fn of(cell: &'n str) -> Self {
        Self::part(cell.as_bytes(), 0, cell.len())
    }

    /// The name that stands in `text` from `start` on.
    #[inline]
    pub fn part(text: &'n [u8], start: usize, length: usize) -> Self {
        let number = match text.get(start) {
            Some(b'0'..=b'9') => Self::number(&text[start..start + length]),
            _ => None,
        };
        Self { text, start, length, number }
    }

    /// The number that stands in `text` at `start`, and where it ends.
    #[inline]
    pub fn number_in(text: &'n [u8], start: usize) -> Option<(Self, usize)> {
        let (number, end) = number_at(text, start)?;
        Some((Self { text, start, length: end - start, number: Some(number) }, end))
    }

    /// The number that `bytes` are; none where a zero stands before it ("007" is not the same name
    /// as "7") or where it has more than nine digits.
    fn number(bytes: &[u8]) -> Option<u32> {
        if bytes.len() > MOST_DIGITS || (bytes[0] == b'0' && bytes.len() > 1) {
            return None;
        }
        let digit = |number: u32, byte: &u8| {
            byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
        };
        bytes.iter().try_fold(0, digit)
    }

    /// Whether there is nothing.
    pub fn is_empty(self) -> bool {
        self.length == 0
    }

    /// The first byte.
    pub fn first(self) -> Option<u8> {
        self.text[self.start..self.start + self.length].first().copied()
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
    /// Whether a number is spelled there, because it was too large for the table at its time.
    spells_numbers: bool,
    /// How many names rows have had so far.
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
    found: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Wanted {
    /// Whose name it is, as the asker numbers them.
    place: u32,
    spelling: Spelling,
}

#[derive(Clone, Copy)]
enum Spelling {
    /// A number that has a place in the table.
    Number(u32),
    /// Where the words of a spelling begin, its bytes, and its hash.
    Words { start: u32, bytes: u32, hash: u32 },
}

impl Names {
    /// The person whose name is this number; `NOBODY` when there is none, or it is no number.
    #[inline]
    pub fn numbered(&self, name: Name<'_>) -> u32 {
        let place = name.number.map_or(usize::MAX, |it| it as usize);
        self.numbers.get(place).copied().unwrap_or(NOBODY)
    }

    /// The person with this name.
    pub fn find(&mut self, name: &str) -> Option<u32> {
        let place = Name::of(name).number.map(|it| it as usize);
        let known = place.and_then(|it| self.numbers.get(it)).filter(|it| **it != NOBODY);
        if known.is_some() {
            return known.copied();
        }
        if place.is_some() && !self.spells_numbers {
            return None;
        }
        self.buffer.clear();
        push_words(name.as_bytes(), 0, name.len(), &mut self.buffer);
        let hash = self.index.hash_of_words(&self.buffer, name.len());
        let found = self.index.find(hash, |at| self.is(at, name.len(), &self.buffer))?;
        let person = self.person_at(found);
        // When the name was added, the table was too short for it.
        if let Some(place) = place.and_then(|it| self.numbers.get_mut(it)) {
            *place = person;
        }
        Some(person)
    }

    /// The person with a name that was asked for and not found then: rows before it may have added it.
    pub fn find_now(&mut self, asked: &Asked, at: usize) -> Option<u32> {
        match asked.names[at].spelling {
            Spelling::Words { start, bytes, hash } if !asked.begins_with_digit(at) => {
                let (words, bytes) = (&asked.words[start as usize..], bytes as usize);
                let found = self.index.find(hash, |at| self.is(at, bytes, words));
                found.map(|at| self.person_at(at))
            }
            // The table of numbers may have grown since, and hold what was spelled.
            _ => self.find(&asked.name(at)),
        }
    }

    /// Adds a name of a person that was not found.
    pub fn add(&mut self, name: &str, person: u32) {
        let most = FEW_NUMBERS + NUMBERS_PER_NAME * self.asked;
        let number = Name::of(name).number.map(|it| it as usize);
        if let Some(place) = number.filter(|it| *it < most) {
            if place >= self.numbers.len() {
                self.numbers.resize((place + 1).next_power_of_two().min(most), NOBODY);
            }
            self.numbers[place] = person;
            return;
        }
        self.spells_numbers |= number.is_some();
        let at = self.spellings.len();
        self.spellings.push(u64::from(person) | (name.len() as u64) << 32);
        push_words(name.as_bytes(), 0, name.len(), &mut self.spellings);
        let hash = self.index.hash_of_words(&self.spellings[at + 1..], name.len());
        self.index.insert(hash, u32::try_from(at).unwrap_or(u32::MAX));
    }

    /// Remembers a name to look up for a `place` in somebody's list.
    #[inline]
    pub fn ask(&self, name: Name<'_>, place: usize, asked: &mut Asked) {
        let spelling = match name.number {
            Some(number) if (number as usize) < self.numbers.len() => Spelling::Number(number),
            _ => {
                let start = asked.words.len();
                push_words(name.text, name.start, name.length, &mut asked.words);
                let hash = self.index.hash_of_words(&asked.words[start..], name.length);
                Spelling::Words { start: count(start), bytes: count(name.length), hash }
            }
        };
        asked.names.push(Wanted { place: count(place), spelling });
    }

    /// Notes that so many more rows have been read: the table of numbers may grow with them.
    pub fn note_rows(&mut self, rows: usize) {
        self.asked += 2 * rows;
    }

    /// Looks up all names at once. Who is not found then may be by [`Self::find`].
    pub fn look_up(&self, asked: &mut Asked) {
        let Asked { words, names, found } = asked;
        found.clear();
        found.extend(names.iter().map(|wanted| match wanted.spelling {
            Spelling::Number(number) => self.numbers[number as usize],
            Spelling::Words { hash, .. } => self.index.find(hash, |_| true).unwrap_or(NOBODY),
        }));
        for (wanted, found) in names.iter().zip(found) {
            if let Spelling::Words { start, bytes, .. } = wanted.spelling
                && *found != NOBODY
            {
                let same = self.is(*found, bytes as usize, &words[start as usize..]);
                *found = if same { self.person_at(*found) } else { NOBODY };
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

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Asked {
    /// Room for so many names of up to sixteen bytes.
    pub fn with_room(names: usize) -> Self {
        Self {
            words: Vec::with_capacity(2 * names),
            names: Vec::with_capacity(names),
            found: Vec::with_capacity(names),
        }
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// The place that a name was asked for, and the person that was found by it, or `NOBODY`.
    #[inline]
    pub fn answer(&self, at: usize) -> (usize, u32) {
        (self.names[at].place as usize, self.found[at])
    }

    /// A name.
    pub fn name(&self, at: usize) -> String {
        match self.names[at].spelling {
            Spelling::Number(number) => number.to_string(),
            Spelling::Words { start, bytes, .. } => {
                let (start, bytes) = (start as usize, bytes as usize);
                let words = &self.words[start..start + bytes.div_ceil(8)];
                let mut spelled = Vec::with_capacity(8 * words.len());
                for word in words {
                    spelled.extend_from_slice(&word.to_le_bytes());
                }
                spelled.truncate(bytes);
                String::from_utf8(spelled).unwrap_or_default()
            }
        }
    }

    fn begins_with_digit(&self, at: usize) -> bool {
        match self.names[at].spelling {
            Spelling::Number(_) => true,
            Spelling::Words { start, .. } => {
                self.words[start as usize].to_le_bytes()[0].is_ascii_digit()
            }
        }
    }

    /// The name that was asked for a place.
    pub fn name_for(&self, place: usize) -> Option<String> {
        let asked = self.names.iter().position(|it| it.place as usize == place);
        asked.map(|at| self.name(at))
    }

    /// Forgets all names.
    pub fn clear(&mut self) {
        self.words.clear();
        self.names.clear();
    }
}
