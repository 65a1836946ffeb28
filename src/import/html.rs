//! The pages of an export: links and texts in the order of the page. Tolerant of anything, and
//! made for reading only: nothing of a page is ever shown as a page.

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// An element opens: its name in lower case, and its attributes as written.
    Open(String, &'t str),
    /// An element closes.
    Close(String),
    /// Text between elements, decoded and trimmed; never empty.
    Text(String),
}

/// The pieces of a page with the line on which each begins. One pass: a tag or comment that
/// never closes ends the page. O(bytes).
pub(super) struct Pieces<'t> {
    rest: &'t str,
    line: usize,
}

impl<'t> Pieces<'t> {
    pub(super) fn of(page: &'t str) -> Self {
        Self { rest: page, line: 1 }
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.line += taken.matches('\n').count();
        taken
    }

    /// Goes past the next `end`, in any letter case, or to the end of the page.
    fn skip_past(&mut self, end: &str) {
        let found = self
            .rest
            .as_bytes()
            .windows(end.len())
            .position(|it| it.eq_ignore_ascii_case(end.as_bytes()));
        self.take(found.map_or(self.rest.len(), |at| at + end.len()));
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = (usize, Piece<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let line = self.line;
            if !self.rest.starts_with('<') {
                let length = self.rest.find('<').unwrap_or(self.rest.len());
                let text = decoded(self.take(length));
                if !text.trim().is_empty() {
                    return Some((line, Piece::Text(text.trim().to_owned())));
                }
            } else if self.rest.starts_with("<!--") {
                self.skip_past("-->");
            } else {
                let length = tag_length(self.rest).unwrap_or(self.rest.len());
                let tag = self.take(length).trim_start_matches('<').trim_end_matches('>');
                let (name, attributes) =
                    tag.split_at(tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len()));
                let name = name.trim_end_matches('/').to_ascii_lowercase();
                match name.strip_prefix('/') {
                    Some(closed) => return Some((line, Piece::Close(closed.to_owned()))),
                    None if name == "script" || name == "style" => {
                        self.skip_past(&format!("</{name}>"));
                    }
                    None => return Some((line, Piece::Open(name, attributes))),
                }
            }
        }
        None
    }
}

/// Bytes of the tag at the start, with its brackets; quotes may hold a bracket.
fn tag_length(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The value of an attribute, decoded.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some((key, after)) = rest.split_once('=') {
        let key = key.split_whitespace().next_back().unwrap_or_default();
        let after = after.trim_start();
        let quote = after.chars().next().filter(|it| matches!(it, '"' | '\''));
        let (value, next) = match quote {
            Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(decoded(value));
        }
        rest = next;
    }
    None
}

/// Text with the entities that exports write turned into characters.
pub(super) fn decoded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        // No entity is longer; a lone ampersand is itself.
        let name = after.as_bytes().iter().take(10).position(|&byte| byte == b';');
        let entity = name.and_then(|end| Some((character(&after[..end])?, &after[end + 1..])));
        let (c, next) = entity.unwrap_or(('&', after));
        plain.push(c);
        rest = next;
    }
    plain.push_str(rest);
    plain
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Whether a text looks like a page.
pub(super) fn is_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> Vec<String> {
        let told = |(line, piece): (usize, Piece<'_>)| match piece {
            Piece::Open(name, attributes) => {
                format!("{line} <{name} {}", attribute(attributes, "href").unwrap_or_default())
            }
            Piece::Close(name) => format!("{line} /{name}"),
            Piece::Text(text) => format!("{line} {text}"),
        };
        Pieces::of(page).map(told).collect()
    }

    #[test]
    fn links_and_texts_come_in_order() {
        assert_eq!(
            told("<a data-x=\"a>b\" HREF='/u?a&amp;b'>A&#46;B\n&lt;b&gt;</a><br/>\n x & y"),
            ["1 <a /u?a&b", "1 A.B\n<b>", "2 /a", "2 <br ", "2 x & y"]
        );
        assert_eq!(told("<style>p{}</STYLE><!-- <a> -->t<script>'<a>'</script>"), ["1 t"]);
    }

    #[test]
    fn anything_is_read_to_its_end() {
        for page in ["<", "<a", "<a href=\"", "<!--", "</", "<script>", "&#xD800;&#99999999999;&"] {
            assert!(told(page).len() <= 2, "{page}");
        }
        assert_eq!(told("a &bogus; & &é"), ["1 a &bogus; & &é"]);
        assert_eq!(attribute(" href", "href"), None);
        assert_eq!(attribute(" href=x class=y", "class").as_deref(), Some("y"));
    }
}
