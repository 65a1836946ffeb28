//! Where something stands in a list, by what it is: a hash table of positions beside the list.
//!
//! The things themselves stay in their list, so that a key costs about twenty bytes instead of
//! a second copy. Looking up is O(1); the caller compares what stands at the positions found.

use std::hash::{BuildHasher as _, RandomState};

/// A slot that holds nothing.
const FREE: u32 = u32::MAX;

/// Positions in a list, by hash.
pub(super) struct Index {
    /// A power of two of them, at most two thirds in use, each as near as can be to its hash.
    slots: Vec<Slot>,
    used: usize,
    /// Nobody can prepare a file whose keys fall into one place: hashes differ from run to run.
    /// Answers do not, because positions are compared by what stands there.
    secret: [u64; 2],
}

#[derive(Clone, Copy)]
struct Slot {
    hash: u32,
    at: u32,
}

impl Default for Index {
    fn default() -> Self {
        let random = RandomState::new();
        Self { slots: Vec::new(), used: 0, secret: [random.hash_one(1), random.hash_one(2)] }
    }
}

impl Index {
    /// The hash of `bytes` of one `kind`.
    pub fn hash(&self, kind: u8, bytes: &[u8]) -> u32 {
        let [mut mixed, secret] = self.secret;
        mixed ^= u64::from(kind);
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            mixed = fold(mixed ^ u64::from_le_bytes(*word), secret);
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        let length = (bytes.len() as u64) << 56;
        mixed = fold(mixed ^ u64::from_le_bytes(last) ^ length, secret);
        (fold(mixed, secret) >> 32) as u32
    }

    /// The hash of `words` that say the same as so many bytes.
    #[inline]
    pub fn hash_of_words(&self, words: &[u64], bytes: usize) -> u32 {
        let [mixed, secret] = self.secret;
        let start = mixed ^ bytes as u64;
        let mixed = words.iter().fold(start, |mixed, word| fold(mixed ^ word, secret));
        (fold(mixed, secret) >> 32) as u32
    }

    /// The position with this hash that `is_it` accepts.
    #[inline]
    pub fn find(&self, hash: u32, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let mut place = hash as usize;
        loop {
            let slot = self.slots.get(place & self.slots.len().wrapping_sub(1))?;
            if slot.at == FREE {
                return None;
            }
            if slot.hash == hash && is_it(slot.at) {
                return Some(slot.at);
            }
            place += 1;
        }
    }

    /// Adds the position of something that was not found.
    pub fn insert(&mut self, hash: u32, at: u32) {
        if (self.used + 1) * 3 > self.slots.len() * 2 {
            self.grow();
        }
        self.used += 1;
        place(&mut self.slots, Slot { hash, at });
    }

    fn grow(&mut self) {
        let mut slots = vec![Slot { hash: 0, at: FREE }; (self.slots.len() * 2).max(16)];
        for slot in self.slots.iter().filter(|slot| slot.at != FREE) {
            place(&mut slots, *slot);
        }
        self.slots = slots;
    }
}

fn place(slots: &mut [Slot], slot: Slot) {
    let mask = slots.len() - 1;
    let mut place = slot.hash as usize & mask;
    while slots[place].at != FREE {
        place = (place + 1) & mask;
    }
    slots[place] = slot;
}

/// Both halves of the product of two numbers, mixed.
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
    let low = product as u64;
    low ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_put_in_is_found_and_nothing_else() {
        let names: Vec<String> = (0..5000).map(|it| format!("name {}", it * 7)).collect();
        let mut index = Index::default();
        let find = |index: &Index, name: &str| {
            let hash = index.hash(0, name.as_bytes());
            index.find(hash, |at| names[at as usize] == name)
        };
        assert_eq!(find(&index, "name 0"), None);
        for (at, name) in (0..).zip(&names) {
            assert_eq!(find(&index, name), None);
            index.insert(index.hash(0, name.as_bytes()), at);
        }
        for (at, name) in (0..).zip(&names) {
            assert_eq!(find(&index, name), Some(at));
        }
        assert_eq!(find(&index, "name 1"), None);
    }

    #[test]
    fn hashes_tell_kinds_lengths_and_zeros_apart() {
        let index = Index::default();
        let texts: [&[u8]; 6] = [b"", b"\0", b"\0\0", b"12345678", b"12345678\0", b"123456780"];
        let mut hashes: Vec<u32> =
            [0, 1].iter().flat_map(|kind| texts.map(|text| index.hash(*kind, text))).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 12);
    }
}
