//! Lines and words of the small text formats.

/// Lines with their 1-based numbers, ended by `\n`, `\r\n`, `\n\r` or `\r` alone.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = Some(text);
    let mut number = 0;
    std::iter::from_fn(move || {
        let text = rest?;
        number += 1;
        let Some(end) = text.find(['\n', '\r']) else {
            rest = None;
            return Some((number, text));
        };
        let pair = text
            .as_bytes()
            .get(end + 1)
            .is_some_and(|&next| matches!(next, b'\n' | b'\r') && next != text.as_bytes()[end]);
        rest = Some(&text[end + 1 + usize::from(pair)..]);
        Some((number, &text[..end]))
    })
}

/// Bytes of a text before one of its lines.
pub(super) fn bytes_before(text: &str, line: &str) -> usize {
    line.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

/// Words of a line, parted by blanks and the `separators`; quotes keep a word together.
pub(super) fn words<'l>(
    line: &'l str,
    separators: &'static [char],
) -> impl Iterator<Item = &'l str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || separators.contains(&c));
        let first = rest.chars().next()?;
        if matches!(first, '"' | '\'')
            && let Some(length) = rest[1..].find(first)
        {
            let word = &rest[1..=length];
            rest = &rest[length + 2..];
            return Some(word);
        }
        let end =
            rest.find(|c: char| c.is_whitespace() || separators.contains(&c)).unwrap_or(rest.len());
        let word = &rest[..end];
        rest = &rest[end..];
        Some(word)
    })
}

/// True for the extension of a file name, letter case aside.
pub(super) fn has_extension(file_name: &str, extensions: &[&str]) -> bool {
    let extension = file_name.rsplit_once('.').map_or("", |(_, it)| it);
    extensions.iter().any(|it| it.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_every_way() {
        let found: Vec<_> = lines("a\nb\r\nc\n\rd\re\n\nf").collect();
        assert_eq!(found, [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e"), (6, ""), (7, "f")]);
    }

    #[test]
    fn quotes_keep_words_together() {
        let found: Vec<_> = words(" 1 \"Ana Ruiz\",O'Neil  'b c' \"open", &[',']).collect();
        assert_eq!(found, ["1", "Ana Ruiz", "O'Neil", "b c", "\"open"]);
    }
}
