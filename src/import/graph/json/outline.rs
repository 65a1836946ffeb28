//! The keys of a JSON text of which maybe only the beginning is at hand.

/// A key, how many objects and lists it lies in, and the first letter of its value.
pub(super) struct Key<'t> {
    pub depth: usize,
    pub name: &'t str,
    pub value: char,
}

/// The keys of a text, as far as it is well-formed. Nothing is unescaped. O(bytes).
pub(super) fn keys(text: &str) -> Vec<Key<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let Some(length) = string_length(&bytes[at + 1..]) else { break };
                let name = &text[at + 1..at + 1 + length];
                at += length + 1;
                let rest = text[at + 1..].trim_start();
                let value = rest.strip_prefix(':').and_then(|it| it.trim_start().chars().next());
                if let Some(value) = value {
                    found.push(Key { depth, name, value });
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Bytes up to the quote that closes a string.
fn string_length(bytes: &[u8]) -> Option<usize> {
    let mut escaped = false;
    bytes.iter().position(|&byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_know_their_depth_and_texts_are_no_keys() {
        let text = r#"{"a \" : b": [1, {"c": "d"}], "e":{"f": null, "cut"#;
        let found: Vec<(usize, &str, char)> =
            keys(text).iter().map(|it| (it.depth, it.name, it.value)).collect();
        assert_eq!(found, [(1, r#"a \" : b"#, '['), (3, "c", '"'), (1, "e", '{'), (2, "f", 'n')]);
        assert_eq!(keys(&"[".repeat(10_000)).len(), 0);
    }
}
