//! The archive's JavaScript files: an assignment, then JSON, read entry by entry.

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

/// The JSON after the first `=`, and the line on which it begins.
pub(super) fn json_of(text: &str) -> (&str, usize) {
    let start = text.find('=').map_or(0, |at| at + 1);
    let line = 1 + text[..start].matches('\n').count();
    (text[start..].trim_end().trim_end_matches(';'), line)
}

/// Hands every entry of the list to `take`, one in memory at a time. Where the JSON breaks, the
/// entries before it have been handed over, and the error says line and likely cause.
pub(super) fn each_entry(text: &str, take: &mut dyn FnMut(Value)) -> Result<(), (usize, String)> {
    let (json, first_line) = json_of(text);
    let mut deserializer = serde_json::Deserializer::from_str(json);
    Entries(take).deserialize(&mut deserializer).map_err(|error| {
        let line = first_line + error.line().saturating_sub(1);
        let cause = if error.is_eof() {
            "the file ends in the middle of an entry; it was cut off, download the archive again"
        } else {
            "this is not valid JSON; download the archive again"
        };
        (line, cause.to_owned())
    })
}

struct Entries<'f>(&'f mut dyn FnMut(Value));

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();
    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a list")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(entry) = list.next_element()? {
            (self.0)(entry);
        }
        Ok(())
    }
}

/// A text member; numbers count as text, so that unquoted ids survive.
pub(super) fn text_at<'v>(value: &'v Value, path: &[&str]) -> Option<std::borrow::Cow<'v, str>> {
    let mut at = value;
    for step in path {
        at = at.get(step)?;
    }
    match at {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().into()),
        Value::Number(number) if number.is_u64() => Some(number.to_string().into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_before_a_break_are_handed_over() {
        let mut seen = Vec::new();
        let broken = "window.YTD.follower.part0 = [\n{\"a\": 12},\n{\"a\": \"x\"},\n{\"a\"";
        let error = each_entry(broken, &mut |entry| {
            seen.extend(text_at(&entry, &["a"]).map(std::borrow::Cow::into_owned));
        });
        assert_eq!(seen, ["12", "x"]);
        let (line, reason) = error.unwrap_err();
        assert_eq!(line, 4);
        assert!(reason.contains("cut off"));
    }
}
