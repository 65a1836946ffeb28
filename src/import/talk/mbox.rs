//! Mailboxes of any size → the header of one mail after another.
//!
//! Bodies and attachments are passed over as they stream by; of a mail only its header is ever in
//! memory, and of a header no more than 256 KiB.

use std::io::{self, BufRead};

/// A header that goes on beyond this is no header.
pub(super) const MAX_HEADER_BYTES: usize = 256 << 10;
/// Enough of a line of text to see whether a mail begins there.
const LINE_START_BYTES: usize = 256;

/// One mail of a mailbox.
pub(super) struct Piece {
    /// Its header lines; `None` where they went on beyond all measure.
    pub header: Option<Vec<u8>>,
    /// Line of the mailbox on which it begins, from 1.
    pub line: usize,
}

/// Walks a mailbox mail by mail. O(bytes).
pub(super) struct Mails<'r> {
    stream: &'r mut dyn BufRead,
    line: Vec<u8>,
    line_number: usize,
    bytes_read: u64,
    after_blank: bool,
    /// Whether the line at hand opens a mail that was not handed out yet.
    at_start: bool,
}

impl<'r> Mails<'r> {
    /// The mails of a mailbox, in which `From ` lines stand between them.
    pub fn of_mailbox(stream: &'r mut dyn BufRead) -> Self {
        Self {
            stream,
            line: Vec::new(),
            line_number: 0,
            bytes_read: 0,
            after_blank: true,
            at_start: false,
        }
    }

    /// How far the reading is.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The next mail; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Piece>> {
        while !self.at_start {
            if !self.read_line(LINE_START_BYTES)? {
                return Ok(None);
            }
            self.at_start = is_from_line(&self.line, self.after_blank);
            self.after_blank = is_blank(&self.line);
        }
        let line = self.line_number;
        let header = self.header()?;
        Ok(Some(Piece { header, line }))
    }

    /// The header below the line at hand, up to a blank line (or to the next mail, where a mail
    /// has no text).
    fn header(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.at_start = false;
        let mut header = Some(Vec::new());
        loop {
            if !self.read_line(MAX_HEADER_BYTES)? {
                break;
            }
            if is_blank(&self.line) {
                self.after_blank = true;
                break;
            }
            if is_from_line(&self.line, false) {
                self.at_start = true;
                break;
            }
            let fits = |it: &Vec<u8>| it.len() + self.line.len() < MAX_HEADER_BYTES;
            header = header.filter(fits);
            if let Some(header) = &mut header {
                header.extend_from_slice(&self.line);
            }
        }
        Ok(header)
    }

    /// Reads a line and keeps no more than `keep` bytes of it; false at the end.
    fn read_line(&mut self, keep: usize) -> io::Result<bool> {
        self.line.clear();
        let mut any = false;
        loop {
            let buffer = self.stream.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|&byte| byte == b'\n');
            let taken = end.map_or(buffer.len(), |at| at + 1);
            let room = keep.saturating_sub(self.line.len()).min(taken);
            self.line.extend_from_slice(&buffer[..room]);
            self.stream.consume(taken);
            self.bytes_read += taken as u64;
            if end.is_some() {
                break;
            }
        }
        self.line_number += usize::from(any);
        Ok(any)
    }
}

/// The header of a stream that is one mail.
pub(super) fn header_of_mail(stream: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    Mails::of_mailbox(stream).header()
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// Whether a line opens a mail: `From ana@x Thu Jun 16 16:12:12 2005`. Text may begin so as well
/// (`From now on …`), so a time and a year are asked for, and either a blank line above or
/// an address.
pub(super) fn is_from_line(line: &[u8], after_blank: bool) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let Ok(rest) = std::str::from_utf8(rest) else { return false };
    let is_number = |it: &str, digits: usize| {
        it.len() == digits && it.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_time = |word: &str| {
        let mut parts = word.split(':');
        let (hours, minutes) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        (is_number(hours, 2) || is_number(hours, 1)) && is_number(minutes, 2)
    };
    let mut words = rest.split_whitespace();
    let sender = words.next().unwrap_or("");
    let dated = words.clone().any(is_time) && words.any(|word| is_number(word, 4));
    dated && (after_blank || sender.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Vec<(usize, Option<String>)> {
        let mut bytes = text.as_bytes();
        let mut mails = Mails::of_mailbox(&mut bytes);
        let mut found = Vec::new();
        while let Some(piece) = mails.next().unwrap() {
            found.push((piece.line, piece.header.map(|it| String::from_utf8(it).unwrap())));
        }
        assert_eq!(mails.bytes_read(), text.len() as u64);
        found
    }

    #[test]
    fn mails_are_split_at_their_from_lines_only() {
        let text = "From ana@x.example Thu Jun 16 16:12:12 2005\nSubject: a\n\nHello\n\
            >From here on quoted\n\nFrom now on, at 10:30, we meet\n\n\
            From - Fri Jun 17 09:00:00 2005\r\nSubject: b\r\n\r\nBye\r\n\
            From 15@xxx Wed Jun 22 19:27:42 +0000 2016\nSubject: c";
        let expected = [(1, "Subject: a\n"), (9, "Subject: b\r\n"), (13, "Subject: c")];
        let expected = expected.map(|(line, header)| (line, Some(header.to_owned())));
        assert_eq!(headers(text), expected);
    }

    #[test]
    fn a_header_without_end_is_given_up_and_the_next_mail_is_read() {
        let long = "X: y\n".repeat(MAX_HEADER_BYTES / 5 + 10);
        let text = format!(
            "From a@x.example Thu Jun 16 16:12:12 2005\n{long}\nText\n\n\
             From a@x.example Thu Jun 16 16:12:12 2005\nX: z\n\n{}",
            "w".repeat(1 << 20)
        );
        let found = headers(&text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].1.as_deref(), found[1].1.as_deref()), (None, Some("X: z\n")));
    }
}
