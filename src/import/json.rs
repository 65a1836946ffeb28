//! JSON as exports write it: one document, or one in each line. Lists may be long, so they are
//! handed over entry by entry; what stands around them is named by the keys that lead to it.

use std::cell::Cell;
use std::fmt;
use std::io;

use serde::de::value::MapAccessDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};
use serde_json::{Number, Value};

use super::Watch;

/// Entries between two looks at whether to go on.
const ENTRIES_PER_TICK: usize = 1 << 12;

/// What is met on the way through a document.
#[derive(Debug, PartialEq)]
pub(super) enum Met {
    /// A list or object begins; it may turn out empty.
    Begin,
    /// An entry of a list, whole.
    Entry(Value),
    /// A member of an object that is neither list nor object.
    Member(Value),
    /// The document ends.
    End,
}

/// Where something was met.
pub(super) struct At<'p> {
    /// The keys that lead to it.
    pub path: &'p [String],
    /// 1-based line on which it begins.
    pub line: usize,
}

impl At<'_> {
    /// The key next to it, or nothing at the top.
    pub fn key(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

/// Where a document breaks, and why.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// 1-based line.
    pub line: usize,
    /// Cause, and what to do.
    pub reason: String,
}

/// Walks the document `text`. Objects are gone into, entries of lists are handed over whole
/// (lists in lists are gone into), so that one entry is in memory at a time. Where every line is
/// a document, every line is an entry. What stands before a break has been handed over; a line
/// that breaks leaves the other lines alone. O(bytes).
pub(super) fn walk(text: &str, watch: &Watch<'_>, take: &mut dyn FnMut(At<'_>, Met)) -> Vec<Break> {
    walk_choosing(&[], &[], text, watch, take)
}

/// As [`walk`], but the lists at the keys `lists` are gone into as well: each of their entries
/// begins, and its members follow. For lists whose entries are long (chats with messages).
pub(super) fn walk_into(
    lists: &[&[&str]],
    text: &str,
    watch: &Watch<'_>,
    take: &mut dyn FnMut(At<'_>, Met),
) -> Vec<Break> {
    walk_choosing(lists, &[], text, watch, take)
}

/// As [`walk`], but entries that are pages are gone into: objects with a list under one of the
/// keys `pages`. A page is a document of its own, and ends as one.
pub(super) fn walk_pages(
    pages: &[&str],
    text: &str,
    watch: &Watch<'_>,
    take: &mut dyn FnMut(At<'_>, Met),
) -> Vec<Break> {
    walk_choosing(&[], pages, text, watch, take)
}

fn walk_choosing(
    open: &[&[&str]],
    pages: &[&str],
    text: &str,
    watch: &Watch<'_>,
    take: &mut dyn FnMut(At<'_>, Met),
) -> Vec<Break> {
    let place = Cell::new(Place { bytes: 0, line: 1 });
    let mut walk = Walk { path: Vec::new(), open, pages, place: &place, entries: 0, watch, take };
    if !is_lines(text) {
        return walk.document(text).err().into_iter().collect();
    }
    walk.met(1, Met::Begin);
    let mut breaks = Vec::new();
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        place.set(Place { bytes: place.get().bytes + line.len(), line: number });
        match serde_json::from_str(line) {
            _ if line.trim().is_empty() => {}
            Ok(entry) => walk.entry(number, entry),
            Err(error) => breaks.push(Break { line: number, ..why(&error, number) }),
        }
        if walk.is_stopped() {
            break;
        }
    }
    walk.met(1, Met::End);
    breaks
}

/// Whether every line is a document: the first one is complete, and more follow.
fn is_lines(text: &str) -> bool {
    let Some((first, rest)) = text.trim_start().split_once('\n') else { return false };
    !rest.trim().is_empty() && serde_json::from_str::<IgnoredAny>(first).is_ok()
}

/// Whether a text looks like JSON.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// As much of a text as recognition goes by.
pub(super) fn start_of(text: &str) -> &str {
    &text[..text.floor_char_boundary(64 << 10)]
}

/// The first key of the first object in `text`.
pub(super) fn first_key(text: &str) -> Option<&str> {
    let inside = text.split_once('{')?.1.trim_start().strip_prefix('"')?;
    Some(inside.split_once('"')?.0)
}

/// Whether `text` holds `key` with a value that begins with `opening`.
pub(super) fn has_key(text: &str, key: &str, opening: &[char]) -> bool {
    let quoted = format!("\"{key}\"");
    text.match_indices(&quoted).any(|(at, _)| {
        let after = text[at + quoted.len()..].trim_start();
        after.strip_prefix(':').is_some_and(|it| it.trim_start().starts_with(opening))
    })
}

/// A member of an object as text; numbers count as text, so that unquoted ids survive.
pub(super) fn text_of<'v>(value: &'v Value, key: &str) -> Option<std::borrow::Cow<'v, str>> {
    as_text(value.get(key)?)
}

/// A text that is not blank, or a whole number.
pub(super) fn as_text(value: &Value) -> Option<std::borrow::Cow<'_, str>> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().into()),
        Value::Number(number) if number.is_u64() => Some(number.to_string().into()),
        _ => None,
    }
}

/// The entries of a list member; none where it is missing or no list.
pub(super) fn list_of<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

#[derive(Clone, Copy)]
struct Place {
    bytes: usize,
    line: usize,
}

/// Bytes that tell how far they were read.
struct Counted<'t> {
    rest: &'t [u8],
    place: &'t Cell<Place>,
}

impl io::Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.rest.len());
        let (now, rest) = self.rest.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.rest = rest;
        let Place { bytes, line } = self.place.get();
        let ends = now.split(|&byte| byte == b'\n').count() - 1;
        self.place.set(Place { bytes: bytes + count, line: line + ends });
        Ok(count)
    }
}

struct Walk<'w, 'p> {
    path: Vec<String>,
    /// Keys that lead to the lists whose entries are gone into.
    open: &'w [&'w [&'w str]],
    /// Keys under which entries that are pages hold a list.
    pages: &'w [&'w str],
    place: &'w Cell<Place>,
    entries: usize,
    watch: &'w Watch<'p>,
    take: &'w mut dyn FnMut(At<'_>, Met),
}

impl Walk<'_, '_> {
    fn document(&mut self, text: &str) -> Result<(), Break> {
        let first = self.place.get().line;
        let bytes = Counted { rest: text.as_bytes(), place: self.place };
        let mut deserializer = serde_json::Deserializer::from_reader(bytes);
        self.path.clear();
        // Documents may follow each other, as paging tools print them.
        let result = loop {
            let node = Node { walk: self, in_list: false };
            let result = node.deserialize(&mut deserializer);
            if result.is_err() || deserializer.end().is_ok() {
                break result;
            }
            self.path.clear();
            self.met(self.place.get().line, Met::End);
        };
        match result {
            Err(error) if !self.watch.is_stopped() => Err(why(&error, first)),
            _ => {
                self.path.clear();
                self.met(first, Met::End);
                Ok(())
            }
        }
    }

    fn met(&mut self, line: usize, met: Met) {
        (self.take)(At { path: &self.path, line }, met);
    }

    /// Hands over an entry, or goes into it where it is a page.
    fn entry(&mut self, line: usize, entry: Value) {
        let is_page = |entry: &Value| {
            self.pages.iter().any(|key| entry.get(key).is_some_and(Value::is_array))
        };
        if !is_page(&entry) {
            if entry.is_array() {
                self.replay(line, entry);
            } else {
                self.met(line, Met::Entry(entry));
            }
            return;
        }
        let outside = std::mem::take(&mut self.path);
        self.replay(line, entry);
        self.met(line, Met::End);
        self.path = outside;
    }

    /// Walks a value that is in memory already. Its depth is bounded by the parser.
    fn replay(&mut self, line: usize, value: Value) {
        match value {
            Value::Array(entries) => {
                self.met(line, Met::Begin);
                for entry in entries {
                    self.met(line, Met::Entry(entry));
                }
            }
            Value::Object(members) => {
                self.met(line, Met::Begin);
                for (key, member) in members {
                    self.path.push(key);
                    self.replay(line, member);
                    self.path.pop();
                }
            }
            scalar => self.met(line, Met::Member(scalar)),
        }
    }

    fn is_stopped(&mut self) -> bool {
        self.entries += 1;
        let bytes = self.place.get().bytes as u64;
        self.entries.is_multiple_of(ENTRIES_PER_TICK) && self.watch.tick(bytes).is_break()
    }
}

fn why(error: &serde_json::Error, first_line: usize) -> Break {
    let told = error.to_string();
    let cause = told.split(" at line").next().unwrap_or_default();
    let reason = if error.is_eof() {
        "the file ends in the middle of a list; it was cut off, download the export again"
            .to_owned()
    } else if cause.contains("recursion") {
        "brackets are nested deeper here than in any export; this is not a list of people"
            .to_owned()
    } else {
        format!("this is not valid JSON ({cause}); download the export again")
    };
    Break { line: first_line + error.line().saturating_sub(1), reason }
}

/// A value in the document. Nesting is bounded by the parser, at 128.
struct Node<'n, 'w, 'p> {
    walk: &'n mut Walk<'w, 'p>,
    in_list: bool,
}

impl<'de> DeserializeSeed<'de> for Node<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        // The parser has looked at the first byte of the value and no further.
        let line = self.walk.place.get().line;
        deserializer.deserialize_any(AtNode { node: self, line })
    }
}

struct AtNode<'n, 'w, 'p> {
    node: Node<'n, 'w, 'p>,
    line: usize,
}

impl AtNode<'_, '_, '_> {
    fn scalar(self, value: Value) {
        let met = if self.node.in_list { Met::Entry(value) } else { Met::Member(value) };
        self.node.walk.met(self.line, met);
    }
}

impl<'de> Visitor<'de> for AtNode<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let walk = self.node.walk;
        walk.met(self.line, Met::Begin);
        let in_list = !walk.open.iter().any(|open| walk.path == *open);
        while list.next_element_seed(Node { walk, in_list })?.is_some() {
            if walk.is_stopped() {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let walk = self.node.walk;
        if self.node.in_list {
            let entry = Value::deserialize(MapAccessDeserializer::new(object))?;
            walk.entry(self.line, entry);
            return Ok(());
        }
        walk.met(self.line, Met::Begin);
        while let Some(key) = object.next_key()? {
            walk.path.push(key);
            object.next_value_seed(Node { walk, in_list: false })?;
            walk.path.pop();
            if walk.is_stopped() {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.scalar(Value::String(text.to_owned()));
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.scalar(Value::Number(number.into()));
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.scalar(Value::Number(number.into()));
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.scalar(Number::from_f64(number).map_or(Value::Null, Value::Number));
        Ok(())
    }

    fn visit_bool<E>(self, it: bool) -> Result<(), E> {
        self.scalar(Value::Bool(it));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.scalar(Value::Null);
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::ops::ControlFlow;

    use super::*;

    /// Runs `f` with a watch that never stops.
    pub(in crate::import) fn watched<R>(f: impl FnOnce(&Watch<'_>) -> R) -> R {
        let mut progress = |_| ControlFlow::Continue(());
        f(&Watch::new(&mut progress, 0))
    }

    fn walked(text: &str) -> (Vec<String>, Vec<Break>) {
        let mut seen = Vec::new();
        let breaks = watched(|watch| {
            walk(text, watch, &mut |at, met| {
                let told = match met {
                    Met::Begin => "begin".to_owned(),
                    Met::End => "end".to_owned(),
                    Met::Entry(value) => format!("- {value}"),
                    Met::Member(value) => format!("= {value}"),
                };
                seen.push(format!("{} {} {told}", at.line, at.path.join("/")));
            })
        });
        (seen, breaks)
    }

    #[test]
    fn entries_are_handed_over_with_keys_and_lines() {
        let (seen, breaks) =
            walked("{\"a\": {\"b\": [\n {\"id\": 7},\n\n null], \"c\": \"x\"},\n\"d\": []}");
        assert_eq!(
            seen,
            [
                "1  begin",
                "1 a begin",
                "1 a/b begin",
                "2 a/b - {\"id\":7}",
                "4 a/b - null",
                "4 a/c = \"x\"",
                "5 d begin",
                "1  end"
            ]
        );
        assert_eq!(breaks, []);
        assert_eq!(
            walked("[[1],[2]]").0,
            ["1  begin", "1  begin", "1  - 1", "1  begin", "1  - 2", "1  end"]
        );
    }

    #[test]
    fn a_list_of_long_entries_is_gone_into() {
        let mut seen = Vec::new();
        watched(|watch| {
            let text = "{\"c\": {\"l\": [{\"n\": \"x\", \"m\": [{\"l\": [1]}]}, 7]}}";
            walk_into(&[&["c", "l"]], text, watch, &mut |at, met| {
                seen.push(format!("{} {met:?}", at.path.join("/")));
            })
        });
        assert_eq!(
            seen,
            [
                " Begin",
                "c Begin",
                "c/l Begin",
                "c/l Begin",
                "c/l/n Member(String(\"x\"))",
                "c/l/m Begin",
                "c/l/m Entry(Object {\"l\": Array [Number(1)]})",
                "c/l Member(Number(7))",
                " End"
            ]
        );
    }

    #[test]
    fn a_break_leaves_what_stands_before_it() {
        let (seen, breaks) = walked("[\n{\"id\": 1},\n{\"id\": 2},\n{\"id\"");
        assert_eq!(seen.len(), 3);
        assert_eq!((breaks[0].line, breaks[0].reason.contains("cut off")), (4, true));
        let (seen, breaks) = walked("[1] [\n2] [3");
        let told =
            ["1  begin", "1  - 1", "1  end", "1  begin", "2  - 2", "2  end", "2  begin", "2  - 3"];
        assert_eq!(seen, told);
        assert_eq!(breaks[0].line, 2);
        let (_, breaks) = walked("{\"a\": [1, 2}\n}");
        assert_eq!((breaks[0].line, breaks[0].reason.contains("not valid JSON")), (1, true));
        let (_, breaks) = walked(&"[".repeat(10_000));
        assert!(breaks[0].reason.contains("nested deeper"));
    }

    #[test]
    fn lines_are_entries_and_break_one_by_one() {
        let (seen, breaks) = walked("{\"id\": 1}\n\n{\"id\": \n{\"id\": 3}\n");
        assert_eq!(seen, ["1  begin", "1  - {\"id\":1}", "4  - {\"id\":3}", "1  end"]);
        assert_eq!((breaks.len(), breaks[0].line), (1, 3));
        assert_eq!(
            walked("[1]\n[2]\n").0,
            ["1  begin", "1  begin", "1  - 1", "2  begin", "2  - 2", "1  end"]
        );
    }

    #[test]
    fn pages_are_gone_into_wherever_they_stand() {
        let page = "{\"data\":[{\"id\":1}],\"meta\":{\"n\":2}}";
        let inside =
            ["begin", "data begin", "data - {\"id\":1}", "meta begin", "meta/n = 2", "end"];
        for text in [page.to_owned(), format!("[{page},{page}]"), format!("{page}\n{page}\n")] {
            let mut seen = Vec::new();
            watched(|watch| {
                walk_pages(&["data"], &text, watch, &mut |at, met| {
                    let path = at.path.join("/");
                    seen.push(
                        match met {
                            Met::Begin => format!("{path} begin"),
                            Met::End => format!("{path} end"),
                            Met::Entry(value) => format!("{path} - {value}"),
                            Met::Member(value) => format!("{path} = {value}"),
                        }
                        .trim_start()
                        .to_owned(),
                    );
                })
            });
            let first = usize::from(text != page);
            assert_eq!(seen[first..first + inside.len()], inside, "{text}");
        }
    }

    #[test]
    fn keys_are_found_in_a_head() {
        assert_eq!(first_key(" { \"friends_v2\" : ["), Some("friends_v2"));
        assert!(has_key("{\"a\":1, \"b\" : [", "b", &['[']));
        assert!(!has_key("{\"a\":1, \"b\" : {", "b", &['[']));
    }
}
