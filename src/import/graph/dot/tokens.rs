//! Words and signs of DOT.

use std::borrow::Cow;

/// A word or sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'t> {
    /// A name, number, string or HTML, without quotes. `quoted` words are never keywords.
    Id { text: Cow<'t, str>, quoted: bool },
    /// `->` (true) or `--`.
    Arrow(bool),
    /// One of `{ } [ ] ; , = : +`.
    Sign(char),
}

impl Token<'_> {
    /// True for this keyword, in any letter case.
    pub fn is_keyword(&self, word: &str) -> bool {
        matches!(self, Self::Id { text, quoted: false } if text.eq_ignore_ascii_case(word))
    }
}

/// Walks through a text, one token known ahead.
pub(super) struct Tokens<'t> {
    rest: &'t str,
    passed: usize,
    at_line_start: bool,
    line: usize,
    /// The token known ahead, with its line.
    ahead: Option<(Token<'t>, usize)>,
    /// The line of the token last taken.
    taken_at: usize,
}

impl<'t> Tokens<'t> {
    /// From the beginning.
    pub fn new(text: &'t str) -> Self {
        Self { rest: text, passed: 0, at_line_start: true, line: 1, ahead: None, taken_at: 1 }
    }

    /// Bytes passed so far.
    pub fn passed(&self) -> usize {
        self.passed
    }

    /// The line of the token last taken.
    pub fn taken_at(&self) -> usize {
        self.taken_at
    }

    /// The token that comes next, without taking it.
    pub fn peek(&mut self) -> Result<Option<&Token<'t>>, String> {
        if self.ahead.is_none() {
            self.ahead = self.scan()?.map(|token| (token, self.line));
        }
        Ok(self.ahead.as_ref().map(|(token, _)| token))
    }

    /// Takes the next token.
    pub fn next(&mut self) -> Result<Option<Token<'t>>, String> {
        self.peek()?;
        Ok(self.ahead.take().map(|(token, line)| {
            self.taken_at = line;
            token
        }))
    }

    /// Takes the next token if it is this sign.
    pub fn take_sign(&mut self, sign: char) -> Result<bool, String> {
        let is_next = self.peek()? == Some(&Token::Sign(sign));
        if is_next {
            self.next()?;
        }
        Ok(is_next)
    }

    fn pass(&mut self, bytes: usize) -> &'t str {
        let (passed, rest) = self.rest.split_at(bytes);
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count();
        if let Some(last) = passed.bytes().last() {
            self.at_line_start = last == b'\n';
        }
        self.rest = rest;
        self.passed += bytes;
        passed
    }

    /// Passes blanks, comments, and lines that begin with `#`.
    fn pass_gap(&mut self) -> Result<(), String> {
        loop {
            let rest = self.rest;
            let blank = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
            let length = if blank > 0 {
                blank
            } else if rest.starts_with("//") || (rest.starts_with('#') && self.at_line_start) {
                rest.find('\n').map_or(rest.len(), |at| at + 1)
            } else if rest.starts_with("/*") {
                rest.find("*/").ok_or("a comment opens here and never closes")? + 2
            } else {
                return Ok(());
            };
            let ends_line = rest[..length].contains('\n');
            self.pass(length);
            self.at_line_start |= ends_line;
        }
    }

    fn scan(&mut self) -> Result<Option<Token<'t>>, String> {
        self.pass_gap()?;
        let rest = self.rest;
        let Some(first) = rest.chars().next() else { return Ok(None) };
        let token = match first {
            '{' | '}' | '[' | ']' | ';' | ',' | '=' | ':' | '+' => {
                self.pass(1);
                Token::Sign(first)
            }
            '-' if rest.starts_with("->") || rest.starts_with("--") => {
                let directed = self.pass(2) == "->";
                Token::Arrow(directed)
            }
            '"' => self.string()?,
            '<' => self.html()?,
            _ => {
                // A hyphen within a name needs quotes, but not everybody knows.
                let is_part = |(at, c): (usize, char)| match c {
                    '-' => rest[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '.'),
                    _ => c.is_alphanumeric() || matches!(c, '_' | '.') || !c.is_ascii(),
                };
                let end =
                    rest.char_indices().find(|&it| !is_part(it)).map_or(rest.len(), |it| it.0);
                if end == 0 {
                    return Err(format!("{first:?} does not belong here"));
                }
                Token::Id { text: Cow::Borrowed(self.pass(end)), quoted: false }
            }
        };
        Ok(Some(token))
    }

    /// `"…"`, in which `\"` is a quote; several joined by `+` are one.
    fn string(&mut self) -> Result<Token<'t>, String> {
        let mut whole = String::new();
        loop {
            let mut escaped = false;
            let end = self.rest.bytes().skip(1).position(|byte| {
                let closes = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                closes
            });
            let Some(length) = end else {
                return Err("a quote opens here and never closes; the file is cut off".to_owned());
            };
            let quoted = self.pass(length + 2);
            whole += &quoted[1..=length].replace("\\\"", "\"").replace("\\\n", "");
            self.pass_gap()?;
            if !self.rest.starts_with('+') {
                break;
            }
            self.pass(1);
            self.pass_gap()?;
            if !self.rest.starts_with('"') {
                return Err("+ joins two strings, but no string follows it".to_owned());
            }
        }
        Ok(Token::Id { text: Cow::Owned(whole), quoted: true })
    }

    /// `<…>`, brackets balanced; its tags are dropped.
    fn html(&mut self) -> Result<Token<'t>, String> {
        let mut depth = 0_usize;
        let end = self.rest.bytes().position(|byte| {
            match byte {
                b'<' => depth += 1,
                b'>' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some(end) = end else {
            return Err(
                "a label in HTML opens here and never closes; the file is cut off".to_owned()
            );
        };
        let html = self.pass(end + 1);
        let mut text = String::new();
        let mut inside = 0_usize;
        for c in html[1..end].chars() {
            match c {
                '<' => inside += 1,
                '>' => {
                    inside = inside.saturating_sub(1);
                    text.push(' ');
                }
                _ if inside == 0 => text.push(c),
                _ => {}
            }
        }
        let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        Ok(Token::Id { text: Cow::Owned(text.trim().to_owned()), quoted: true })
    }
}
