//! Text → cards of one property per line, in one form for all versions: lines joined that were
//! folded, quoted-printable decoded, and what nobody needs (pictures, keys, notes) left out.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, WINDOWS_1250, WINDOWS_1252};

/// Properties that are most of the bytes of a file and say nothing of ties.
const PASSED_OVER: &[&str] =
    &["PHOTO", "LOGO", "SOUND", "KEY", "NOTE", "LABEL", "X-MS-OL-DESIGN", "X-MS-CARDPICTURE"];

/// A card as it lies in the file.
pub(super) struct RawCard {
    /// 1-based line on which it begins.
    pub line: usize,
    /// First byte.
    pub at: usize,
    /// False when the file ends, or another card begins, before its end.
    pub is_complete: bool,
    /// The card with one property per line, between `BEGIN:VCARD` and `END:VCARD`.
    pub text: String,
}

/// Whether a line begins a card.
pub(super) fn begins_card(line: &str) -> bool {
    is_mark(line, "BEGIN")
}

fn is_mark(line: &str, mark: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else { return false };
    name.trim().eq_ignore_ascii_case(mark) && value.trim().eq_ignore_ascii_case("VCARD")
}

/// The cards of a text, one after another. O(bytes).
pub(super) fn cards(text: &str) -> impl Iterator<Item = RawCard> {
    let fallback = guess_encoding(text);
    let mut lines = Lines { text, at: 0, number: 0 }.peekable();
    std::iter::from_fn(move || {
        let (number, at, _) = lines.find(|(_, _, line)| begins_card(line))?;
        let mut card = CardText::default();
        loop {
            match lines.peek() {
                Some((_, _, line)) if is_mark(line, "END") => {
                    lines.next();
                    let text = card.finish(fallback);
                    return Some(RawCard { line: number, at, is_complete: true, text });
                }
                Some((_, _, line)) if !begins_card(line) => {
                    card.line(line, fallback);
                    lines.next();
                }
                _ => {
                    let text = card.finish(fallback);
                    return Some(RawCard { line: number, at, is_complete: false, text });
                }
            }
        }
    })
}

/// Lines with their number and first byte, without line ends.
#[derive(Clone)]
struct Lines<'t> {
    text: &'t str,
    at: usize,
    number: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let at = self.at;
        self.at += length;
        self.number += 1;
        Some((self.number, at, rest[..length].trim_end_matches(['\n', '\r'])))
    }
}

/// A card in the making.
#[derive(Default)]
struct CardText {
    text: String,
    /// The property at hand, as far as it is joined.
    property: String,
    is_passed_over: bool,
    /// The property goes on in the next line, however that begins.
    goes_on: bool,
}

impl CardText {
    fn line(&mut self, line: &str, fallback: &'static Encoding) {
        let folded = line.strip_prefix([' ', '\t']);
        if self.is_passed_over && (folded.is_some() || !line.contains(':')) {
            return;
        }
        if self.goes_on || (folded.is_some() && !self.property.is_empty()) {
            let line = if self.goes_on { line } else { folded.unwrap_or(line) };
            self.property.push_str(line);
        } else {
            self.close(fallback);
            let name = name_of(line);
            self.is_passed_over = PASSED_OVER.iter().any(|it| name.eq_ignore_ascii_case(it));
            if self.is_passed_over {
                return;
            }
            self.property.push_str(line);
        }
        self.goes_on = self.property.ends_with('=') && is_quoted_printable(&self.property);
        if self.goes_on {
            self.property.pop();
        }
    }

    fn close(&mut self, fallback: &'static Encoding) {
        self.goes_on = false;
        if !self.property.is_empty() {
            self.text.push_str(&decoded(&self.property, fallback));
            self.text.push('\n');
            self.property.clear();
        }
    }

    fn finish(mut self, fallback: &'static Encoding) -> String {
        self.close(fallback);
        self.text
    }
}

/// Name of a property, without group and parameters.
fn name_of(property: &str) -> &str {
    let name = property.split([':', ';']).next().unwrap_or_default();
    name.rsplit('.').next().unwrap_or(name).trim()
}

/// What stands before the value: name and parameters.
fn head_of(property: &str) -> &str {
    property.split(':').next().unwrap_or_default()
}

fn is_quoted_printable(property: &str) -> bool {
    head_of(property).to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

/// The property without quoted-printable: parameters that told of it are gone.
fn decoded<'a>(property: &'a str, fallback: &'static Encoding) -> Cow<'a, str> {
    if !is_quoted_printable(property) {
        return Cow::Borrowed(property);
    }
    let head = head_of(property);
    let value = property.get(head.len() + 1..).unwrap_or_default();
    let bytes = unquoted(value);
    let is_charset = |part: &&str| part.to_ascii_uppercase().starts_with("CHARSET");
    let stated = head.split(';').find(is_charset).and_then(|part| part.split_once('='));
    let encoding = stated.and_then(|(_, label)| Encoding::for_label(label.trim().as_bytes()));
    let value = match std::str::from_utf8(&bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding.unwrap_or(fallback).decode_without_bom_handling(&bytes).0,
    };
    let told_of_it =
        |part: &str| is_charset(&part) || part.to_ascii_uppercase().contains("QUOTED-PRINTABLE");
    let kept: Vec<&str> = head.split(';').filter(|part| !told_of_it(part)).collect();
    Cow::Owned(format!("{}:{}", kept.join(";"), value.replace(['\r', '\n'], " ")))
}

/// Bytes behind quoted-printable text; what is no escape stays as it is.
fn unquoted(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digit = |at: usize| bytes.get(at).and_then(|&it| char::from(it).to_digit(16));
        if let (b'=', Some(high), Some(low)) = (byte, digit(at + 1), digit(at + 2)) {
            plain.push(u8::try_from(high * 16 + low).unwrap_or_default());
            at += 3;
        } else {
            plain.push(byte);
            at += 1;
        }
    }
    plain
}

/// The encoding of escapes for which no character set is stated: guessed over all of them.
fn guess_encoding(text: &str) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut is_needed = false;
    let mut is_polish = false;
    let lines = Lines { text, at: 0, number: 0 };
    for (_, _, line) in lines.filter(|(_, _, line)| is_quoted_printable(line)) {
        let value = unquoted(line.get(head_of(line).len() + 1..).unwrap_or_default());
        if std::str::from_utf8(&value).is_err() {
            detector.feed(&value, false);
            detector.feed(b"\n", false);
            is_needed = true;
            is_polish |= value.windows(2).any(|it| is_n_tilde(it[0]) && is_consonant(it[1]));
        }
    }
    if !is_needed {
        return WINDOWS_1252;
    }
    detector.feed(b"", true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == WINDOWS_1252 && is_polish { WINDOWS_1250 } else { guess }
}

/// The byte of ñ in Western text and of ń in Central European text. A name is too short for
/// statistics, but ñ stands before a vowel and ń before a consonant.
fn is_n_tilde(byte: u8) -> bool {
    matches!(byte, 0xD1 | 0xF1)
}

fn is_consonant(byte: u8) -> bool {
    byte.is_ascii_alphabetic() && !b"aeiouyAEIOUY".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> Vec<(usize, bool, String)> {
        cards(text).map(|card| (card.line, card.is_complete, card.text)).collect()
    }

    #[test]
    fn folded_and_quoted_lines_become_one() {
        let text = "BEGIN:VCARD\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=\r\n=91and=C3=BA\r\n\
            N:Long\r\n er;An\r\n\ta\r\nEND:VCARD\r\n";
        assert_eq!(joined(text), [(1, true, "FN:Ñandú\nN:Longer;Ana\n".to_owned())]);
    }

    #[test]
    fn pictures_are_passed_over_in_every_form() {
        let text = "BEGIN:VCARD\nPHOTO;ENCODING=BASE64;JPEG:AAAA\n BBBB\n\nPHOTO;BASE64:\nCCCC\n\
            DDDD==\n\nFN:Ana\nitem1.NOTE:long\nEND:VCARD\n";
        assert_eq!(joined(text), [(1, true, "FN:Ana\n".to_owned())]);
    }

    #[test]
    fn cards_without_end_are_told() {
        let text = "BEGIN:VCARD\nFN:Ana\n\nBEGIN:VCARD\nFN:Ben";
        assert_eq!(
            joined(text),
            [(1, false, "FN:Ana\n".to_owned()), (4, false, "FN:Ben\n".to_owned())]
        );
    }

    #[test]
    fn a_character_set_that_nobody_states_is_guessed() {
        let text = "BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:Wi=9Cniewski;Pawe=B3;;;\n\
            FN;ENCODING=QUOTED-PRINTABLE:Pawe=B3 Wi=9Cniewski\nEND:VCARD\n";
        assert_eq!(joined(text)[0].2, "N:Wiśniewski;Paweł;;;\nFN:Paweł Wiśniewski\n");
        for (escaped, expected) in [("Kami=F1ski", "Kamiński"), ("Pe=F1a", "Peña")] {
            let text = format!("BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:{escaped}\nEND:VCARD\n");
            assert_eq!(joined(&text)[0].2, format!("FN:{expected}\n"));
        }
    }
}
