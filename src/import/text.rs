//! Bytes → text: byte-order marks, UTF-16, UTF-8, and a stated guess for the rest.

use std::io::{self, BufRead, Read as _};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::foreign;
use super::rows::MAX_ROW_BYTES;

const EMPTY: &str = "the file is empty; export it again";
/// What is looked at to tell text from what is none.
const START_BYTES: u64 = 64 << 10;

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

/// Decodes `bytes`, or says what they are when they are not text. O(bytes); UTF-8 is not copied.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<Text, String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(EMPTY.to_owned());
    }
    let told = told_by_start(&bytes)?;
    let mut encoding = UTF_8;
    if let Some((it, mark)) = told {
        bytes.drain(..mark);
        encoding = it;
    }
    if encoding != UTF_8 {
        return Ok(in_encoding(&bytes, encoding, false));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(finish(text, UTF_8.name(), Vec::new())),
        // A head or a broken download may end inside a character.
        Err(error) if error.utf8_error().error_len().is_none() => {
            let valid = error.utf8_error().valid_up_to();
            Ok(in_encoding(&error.as_bytes()[..valid], UTF_8, false))
        }
        Err(error) if told.is_some() => Ok(in_encoding(error.as_bytes(), UTF_8, false)),
        Err(error) if let Some(encoding) = stated_in_xml(error.as_bytes()) => {
            Ok(in_encoding(error.as_bytes(), encoding, false))
        }
        Err(error) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(error.as_bytes(), true);
            Ok(in_encoding(error.as_bytes(), detector.guess(None, Utf8Detection::Deny), true))
        }
    }
}

/// How a text is to be decoded that is too long to be held at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Kind {
    pub encoding: &'static Encoding,
    /// Bytes of the byte-order mark.
    mark: usize,
    guessed: bool,
    /// Lines end as on old Macs.
    is_old_mac: bool,
}

impl Kind {
    /// Looks through all the bytes that `open` gives, as often as need be; `go_on` is asked between
    /// pieces of them and may answer no, which ends the look. O(bytes) time, no memory to speak of.
    pub fn of<'s>(
        open: &dyn Fn() -> io::Result<Box<dyn BufRead + 's>>,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Self, String> {
        let failed = |error: io::Error| format!("cannot be read: {error}");
        let mut start = Vec::new();
        open().and_then(|it| it.take(START_BYTES).read_to_end(&mut start)).map_err(failed)?;
        let told = told_by_start(&start)?;
        let (encoding, mark) = match told {
            Some(told) => told,
            None if is_utf8(open().map_err(failed)?, go_on).map_err(failed)? => (UTF_8, 0),
            None => (guess(open().map_err(failed)?, go_on).map_err(failed)?, 0),
        };
        let guessed = told.is_none() && encoding != UTF_8;
        let text = encoding.decode_without_bom_handling(&start[mark..]).0;
        if text.trim().is_empty() && (start.len() as u64) < START_BYTES {
            return Err(EMPTY.to_owned());
        }
        let is_old_mac = !text.contains('\n') && text.contains('\r');
        Ok(Self { encoding, mark, guessed, is_old_mac })
    }

    /// What the person should know about the decoding.
    pub fn remarks(self, is_damaged: bool) -> Vec<String> {
        remarks(self.encoding, self.guessed, is_damaged)
    }
}

/// Decodes a stream piece by piece.
pub(super) struct Decoding<'s> {
    stream: Box<dyn BufRead + 's>,
    decoder: Decoder,
    /// Nothing needed to be decoded so far: it is all UTF-8.
    is_plain: bool,
    is_old_mac: bool,
    is_damaged: bool,
}

impl<'s> Decoding<'s> {
    /// Text of this kind, from its beginning.
    pub fn new(mut stream: Box<dyn BufRead + 's>, kind: Kind) -> io::Result<Self> {
        io::copy(&mut stream.by_ref().take(kind.mark as u64), &mut io::sink())?;
        let decoder = kind.encoding.new_decoder_without_bom_handling();
        let (is_plain, is_old_mac) = (kind.encoding == UTF_8, kind.is_old_mac);
        Ok(Self { stream, decoder, is_plain, is_old_mac, is_damaged: false })
    }

    /// Adds the next piece to `text` and answers how many bytes it took; 0 at the end.
    pub fn fill(&mut self, text: &mut String) -> io::Result<usize> {
        let bytes = up_to_a_piece(self.stream.fill_buf()?);
        if self.is_plain && !self.is_old_mac {
            // A character may lie across two pieces; then the decoder puts it together.
            if let Ok(plain) = std::str::from_utf8(bytes) {
                text.push_str(plain);
                let taken = plain.len();
                self.stream.consume(taken);
                return Ok(taken);
            }
            self.is_plain = false;
        }
        let room = self.decoder.max_utf8_buffer_length(bytes.len());
        text.reserve(room.ok_or(io::ErrorKind::OutOfMemory)?);
        let before = text.len();
        // Never the last piece: a character that the end of a file cuts off is left out.
        let (_, taken, damaged) = self.decoder.decode_to_string(bytes, text, false);
        self.stream.consume(taken);
        self.is_damaged |= damaged;
        if self.is_old_mac {
            let lines = text.split_off(before).replace('\r', "\n");
            text.push_str(&lines);
        }
        Ok(taken)
    }

    /// Whether some bytes so far were none of the encoding's.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged
    }
}

/// The first bytes of what is at hand, up to the end of a character: a file that lies in memory is at
/// hand as a whole, and would be copied as a whole.
fn up_to_a_piece(bytes: &[u8]) -> &[u8] {
    const PIECE: usize = 64 << 10;
    const LONGEST_CHARACTER: usize = 4;
    let is_inside = |at: &usize| bytes.get(*at).is_some_and(|byte| byte & 0xc0 == 0x80);
    let end = (0..LONGEST_CHARACTER).map(|back| PIECE - back).find(|at| !is_inside(at));
    &bytes[..bytes.len().min(end.unwrap_or(PIECE))]
}

/// Whether a stream is UTF-8 to its end, where it may break off inside a character.
fn is_utf8(mut stream: Box<dyn BufRead + '_>, go_on: &dyn Fn() -> bool) -> io::Result<bool> {
    let mut rest = Vec::new();
    let mut line_bytes = 0;
    while go_on() {
        let bytes = stream.fill_buf()?;
        let length = bytes.len();
        line_bytes = bytes
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(line_bytes + length, |at| length - at);
        // What comes after a line without end is not read either.
        if length == 0 || line_bytes > MAX_ROW_BYTES {
            break;
        }
        if rest.is_empty() && std::str::from_utf8(bytes).is_ok() {
            stream.consume(length);
            continue;
        }
        // A character may lie across two pieces.
        rest.extend_from_slice(bytes);
        match std::str::from_utf8(&rest) {
            Ok(_) => rest.clear(),
            Err(error) if error.error_len().is_some() => return Ok(false),
            Err(error) => drop(rest.drain(..error.valid_up_to())),
        }
        stream.consume(length);
    }
    Ok(true)
}

fn guess(
    mut stream: Box<dyn BufRead + '_>,
    go_on: &dyn Fn() -> bool,
) -> io::Result<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    while go_on() {
        let bytes = stream.fill_buf()?;
        let length = bytes.len();
        detector.feed(bytes, length == 0);
        if length == 0 {
            break;
        }
        stream.consume(length);
    }
    Ok(detector.guess(None, Utf8Detection::Deny))
}

/// The encoding and its mark, where the first bytes tell; or what they are when they are no text.
fn told_by_start(bytes: &[u8]) -> Result<Option<(&'static Encoding, usize)>, String> {
    if let Some(what) = foreign::binary(bytes) {
        return Err(what.to_owned());
    }
    if let Some(told) = Encoding::for_bom(bytes) {
        return Ok(Some(told));
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return Ok(Some((encoding, 0)));
    }
    if looks_binary(bytes) {
        return Err("this is a binary file, not text; export it as CSV".to_owned());
    }
    Ok(None)
}

/// The encoding that an XML declaration states: `<?xml version="1.0" encoding="ISO-8859-1"?>`. One that
/// states UTF-8 and is none is better guessed.
fn stated_in_xml(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let (declaration, _) = start.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, stated) = declaration.split_once("encoding")?;
    let stated = stated.trim_start().strip_prefix('=')?.trim_start();
    let label = stated.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes()).filter(|it| *it != UTF_8)
}

fn in_encoding(bytes: &[u8], encoding: &'static Encoding, guessed: bool) -> Text {
    let (content, damaged) = encoding.decode_without_bom_handling(bytes);
    finish(content.into_owned(), encoding.name(), remarks(encoding, guessed, damaged))
}

fn remarks(encoding: &'static Encoding, guessed: bool, damaged: bool) -> Vec<String> {
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
    remarks
}

fn finish(mut content: String, encoding: &'static str, remarks: Vec<String>) -> Text {
    if !content.contains('\n') && content.contains('\r') {
        content = content.replace('\r', "\n");
    }
    Text { content, encoding, remarks }
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
        let text = decode(bytes.to_vec()).unwrap();
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
    fn xml_states_its_encoding() {
        let text = "<?xml version='1.0' encoding='iso-8859-2'?><a>Łódź</a>";
        let (bytes, ..) = encoding_rs::ISO_8859_2.encode(text);
        check(&bytes, text, "ISO-8859-2", 0);
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
            assert!(decode(bytes.to_vec()).unwrap_err().contains(word));
        }
    }
}
