//! A short text that lies in one piece of memory with others.
//!
//! A million people have four million texts: ids, names, keys, facts. Each by itself costs the
//! allocator's book-keeping and a count of its users, more than most names have letters. So texts
//! that are read together are packed into one block, of which each is a part; a copy is two numbers.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU32;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Part of a block of text. Copies share the block, O(1). It stays while any of its parts is used.
#[derive(Clone)]
pub struct Text {
    /// `None` for nothing.
    block: Option<Arc<Block>>,
    /// The first byte.
    start: u32,
    /// The byte behind the last, counted from 1: so an `Option` of a text takes no more room.
    end: NonZeroU32,
}

struct Block {
    text: Box<str>,
}

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.block {
            Some(block) => &block.text[self.start as usize..self.end.get() as usize - 1],
            None => "",
        }
    }

    /// One text cut into parts, each from one byte to another.
    ///
    /// # Panics
    /// When a part is none of `text`, or `text` has 4 GiB.
    pub fn parts(text: String, parts: impl IntoIterator<Item = [usize; 2]>) -> Vec<Self> {
        let length = text.len();
        let whole = Arc::new(Block { text: text.into_boxed_str() });
        let part = |[start, end]: [usize; 2]| {
            assert!(start <= end && end <= length, "bytes {start}..{end} of {length}");
            let block = (start < end).then(|| Arc::clone(&whole));
            Self { block, start: number(start), end: behind(end) }
        };
        parts.into_iter().map(part).collect()
    }

    /// Moves texts into one block of their own, so that they take no more room than their bytes. Texts
    /// next to each other that shared their bytes do so again.
    pub fn pack<'t>(texts: impl IntoIterator<Item = &'t mut Self>) {
        let mut texts: Vec<&mut Self> = texts.into_iter().filter(|it| !it.is_empty()).collect();
        let mut together = String::with_capacity(texts.iter().map(|it| it.len()).sum());
        let mut starts = Vec::with_capacity(texts.len());
        for at in 0..texts.len() {
            let before = at.saturating_sub(ALIKE_WITHIN);
            let same = (before..at).find(|&it| texts[it].is_same_part(texts[at]));
            starts.push(same.map_or(together.len(), |it| starts[it]));
            if same.is_none() {
                together.push_str(texts[at]);
            }
        }
        let together = Arc::new(Block { text: together.into_boxed_str() });
        for (text, start) in texts.iter_mut().zip(starts) {
            let end = start + text.len();
            text.start = number(start);
            text.end = behind(end);
            text.block = Some(Arc::clone(&together));
        }
    }

    fn is_same_part(&self, other: &Self) -> bool {
        let same_block = match (&self.block, &other.block) {
            (Some(one), Some(two)) => Arc::ptr_eq(one, two),
            _ => false,
        };
        same_block && (self.start, self.end) == (other.start, other.end)
    }
}

/// Among so many texts before one, [`Text::pack`] looks for the same: a person has a few.
const ALIKE_WITHIN: usize = 3;

fn number(byte: usize) -> u32 {
    u32::try_from(byte).expect("texts are shorter than 4 GiB")
}

fn behind(byte: usize) -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(number(byte))
}

impl Default for Text {
    fn default() -> Self {
        Self { block: None, start: 0, end: NonZeroU32::MIN }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        if text.is_empty() {
            return Self::default();
        }
        let end = behind(text.len());
        Self { block: Some(Arc::new(Block { text: text.into_boxed_str() })), start: 0, end }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<Cow<'_, str>> for Text {
    fn from(text: Cow<'_, str>) -> Self {
        text.into_owned().into()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.is_same_part(other) || **self == **other
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_two_words_with_and_without_an_option() {
        assert_eq!(size_of::<Text>(), 16);
        assert_eq!(size_of::<Option<Text>>(), 16);
    }

    #[test]
    fn packed_texts_are_the_same_and_share_their_block() {
        let name: Text = "Zoë".into();
        let mut texts = [name.clone(), "".into(), name, "Ana".into(), "Zoë".into()];
        let before = texts.clone();
        Text::pack(&mut texts);
        assert_eq!(texts, before);
        let blocks: Vec<&Arc<Block>> = texts.iter().filter_map(|it| it.block.as_ref()).collect();
        assert!(blocks.iter().all(|it| Arc::ptr_eq(it, blocks[0])));
        // What was one text before is once in the block; what only reads the same is not looked for.
        assert_eq!(&*blocks[0].text, "ZoëAnaZoë");
        assert!(texts[0].is_same_part(&texts[2]));
        Text::pack([]);
    }

    #[test]
    fn parts_are_cut_out_of_their_whole() {
        let parts = Text::parts("Ana and Ben".to_owned(), [[0, 3], [8, 11], [4, 4]]);
        assert_eq!(parts, ["Ana", "Ben", ""].map(Text::from));
    }

    #[test]
    fn a_text_is_found_and_saved_like_a_string() {
        let people = std::collections::BTreeMap::from([(Text::from("Ana"), 1)]);
        assert_eq!(people.get("Ana"), Some(&1));
        let saved = serde_json::to_string(&Text::from("a\"b")).unwrap();
        assert_eq!(saved, r#""a\"b""#);
        assert_eq!(serde_json::from_str::<Text>(&saved).unwrap(), "a\"b".into());
        assert_eq!(format!("{:>4}|{:?}", Text::from("Ana"), Text::default()), " Ana|\"\"");
    }
}
