//! Bytes → text: byte-order marks, UTF-16, UTF-8, and a stated guess for the rest.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text and how it was decoded.
#[derive(Debug)]
pub(super) struct Text {
    /// The text without byte-order mark; line ends hold a `\n`, also in files of old Macs.
    pub content: String,
    /// Name of the encoding, as shown.
    pub encoding: &'static str,
    /// What the person should know about the decoding.
    pub remarks: Vec<String>,
}

/// Decodes `bytes`, or says what they are when they are not text. O(bytes).
pub(super) fn decode(bytes: &[u8]) -> Result<Text, String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err("the file is empty; export it again".to_owned());
    }
    if let Some(what) = well_known_binary(bytes) {
        return Err(what.to_owned());
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(in_encoding(&bytes[mark..], encoding, false));
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return Ok(in_encoding(bytes, encoding, false));
    }
    if looks_binary(bytes) {
        return Err("this is a binary file, not text; export it as CSV".to_owned());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(finish(text.to_owned(), UTF_8.name(), Vec::new())),
        // A head or a broken download may end inside a character.
        Err(error) if error.error_len().is_none() => {
            Ok(in_encoding(&bytes[..error.valid_up_to()], UTF_8, false))
        }
        Err(_) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            Ok(in_encoding(bytes, detector.guess(None, Utf8Detection::Deny), true))
        }
    }
}

fn in_encoding(bytes: &[u8], encoding: &'static Encoding, guessed: bool) -> Text {
    let (content, damaged) = encoding.decode_without_bom_handling(bytes);
    let mut remarks = Vec::new();
    if guessed {
        remarks.push(format!(
            "encoding guessed as {}; if accented names look wrong, save the file as UTF-8",
            encoding.name()
        ));
    }
    if damaged {
        remarks.push(format!("some bytes are not valid {} and show as \u{fffd}", encoding.name()));
    }
    finish(content.into_owned(), encoding.name(), remarks)
}

fn finish(mut content: String, encoding: &'static str, remarks: Vec<String>) -> Text {
    if !content.contains('\n') && content.contains('\r') {
        content = content.replace('\r', "\n");
    }
    Text { content, encoding, remarks }
}

fn well_known_binary(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "this is a zip that could not be opened; download it again"),
        (b"\xD0\xCF\x11\xE0", "this is an old Excel or Outlook file; save it as CSV first"),
        (b"%PDF", "this is a PDF; export the list as CSV instead"),
        (b"\x89PNG", "this is a picture; export the list as CSV instead"),
        (b"\xFF\xD8\xFF", "this is a picture; export the list as CSV instead"),
        (b"GIF8", "this is a picture; export the list as CSV instead"),
        (b"\x1F\x8B", "this gzip file could not be opened; download it again"),
        (b"SQLite format 3", "this is a database; export the table as CSV instead"),
    ];
    kinds.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

/// UTF-16 without a mark shows as a zero in every other byte of Latin text.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    match pairs {
        0 | 1 => None,
        _ if even * 10 >= pairs * 6 && odd * 20 <= pairs => Some(UTF_16BE),
        _ if odd * 10 >= pairs * 6 && even * 20 <= pairs => Some(UTF_16LE),
        _ => None,
    }
}

/// Text holds no zero bytes and hardly any control characters.
fn looks_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(4096)];
    let count = |wanted: fn(u8) -> bool| sample.iter().filter(|&&byte| wanted(byte)).count();
    let controls = count(|byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C));
    controls * 50 > sample.len() || count(|byte| byte == 0) * 200 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str, encoding: &str, remarks: usize) {
        let text = decode(bytes).unwrap();
        assert_eq!((text.content.as_str(), text.encoding), (expected, encoding));
        assert_eq!(text.remarks.len(), remarks, "{:?}", text.remarks);
    }

    #[test]
    fn marks_and_utf_16_are_seen() {
        check(b"\xEF\xBB\xBFname\nJos\xC3\xA9", "name\nJosé", "UTF-8", 0);
        let little: Vec<u8> = "name\nÀna".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "name\nÀna".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&[b"\xFF\xFE", &little[..]].concat(), "name\nÀna", "UTF-16LE", 0);
        check(&little, "name\nÀna", "UTF-16LE", 0);
        check(&big, "name\nÀna", "UTF-16BE", 0);
    }

    #[test]
    fn other_encodings_are_guessed_and_said() {
        let latin = b"Vorname;Nachname;Ort\r\nJ\xFCrgen;M\xFCller;K\xF6ln\r\n";
        check(latin, "Vorname;Nachname;Ort\r\nJürgen;Müller;Köln\r\n", "windows-1252", 1);
    }

    #[test]
    fn old_mac_line_ends_become_new_ones() {
        check(b"a,b\rc,d", "a,b\nc,d", "UTF-8", 0);
    }

    #[test]
    fn what_is_not_text_is_named() {
        for (bytes, word) in [
            (&b" \n"[..], "empty"),
            (b"%PDF-1.7", "PDF"),
            (b"\x00\x01\x02\x03\x04\x05\xFF\x00\x00\x07\x00", "binary"),
        ] {
            assert!(decode(bytes).unwrap_err().contains(word));
        }
    }
}
