//! Rows of a table, block by block, so that a table of any length takes little memory.
//!
//! A block without quotes is cut at line ends and delimiters as it stands; a block with quotes goes
//! through the `csv` crate. Either way a row costs no allocation. Time O(bytes); memory for one
//! block of a quarter mebibyte, or for the longest row, which may have [`MAX_ROW_BYTES`].

use std::cell::Cell;
use std::io::{self, Cursor};

use csv::{ReaderBuilder, StringRecord};

use super::input::Member;
use super::reading::Reading;
use super::text::{Decoding, Kind};

/// Text that is cut into rows at once.
const BLOCK_BYTES: usize = 256 << 10;
/// A longer row is no row: its file has no line ends, or a quote that never closes.
pub(super) const MAX_ROW_BYTES: usize = 16 << 20;

/// The text that a table stands in.
#[derive(Clone, Copy)]
pub(super) enum Body<'t> {
    /// In memory.
    Text(&'t str),
    /// Where it lies, to be decoded while it is read.
    Lying(&'t Lying<'t>),
}

/// A text where it lies.
pub(super) struct Lying<'t> {
    member: &'t Member<'t>,
    kind: Kind,
    /// Hears how many bytes have been read; false to stop.
    go_on: &'t dyn Fn(u64) -> bool,
    /// Whether some bytes were none of the encoding's; known when the text was read.
    is_damaged: Cell<bool>,
}

impl<'t> Lying<'t> {
    /// Finds out how the text of `member` is to be decoded. `go_on` hears how many bytes have been
    /// read, and answers false to stop.
    pub fn new(member: &'t Member<'t>, go_on: &'t dyn Fn(u64) -> bool) -> Result<Self, String> {
        let kind = Kind::of(&|| member.open(), &|| go_on(0))?;
        Ok(Self { member, kind, go_on, is_damaged: Cell::new(false) })
    }

    /// Name of the encoding, as shown.
    pub fn encoding(&self) -> &'static str {
        self.kind.encoding.name()
    }

    /// The first block of the text.
    pub fn head(&self) -> io::Result<String> {
        let mut head = String::new();
        Decoding::new(self.member.open()?, self.kind)?.fill(&mut head)?;
        Ok(head)
    }

    /// What the person should know about the decoding, when the text was read.
    pub fn remarks(&self) -> Vec<String> {
        self.kind.remarks(self.is_damaged.get())
    }
}

impl<'t> From<&'t str> for Body<'t> {
    fn from(text: &'t str) -> Self {
        Self::Text(text)
    }
}

impl<'t> From<&'t String> for Body<'t> {
    fn from(text: &'t String) -> Self {
        Self::Text(text)
    }
}

/// Rows of a table, one after another in the same memory.
pub(super) struct Rows<'t> {
    source: TextSource<'t>,
    delimiter: u8,
    block: Block,
    /// 1-based line on which the block begins.
    block_line: usize,
    /// Text behind the block that has been decoded already.
    carry: String,
    /// Nothing comes after the block and what is carried.
    is_last: bool,
    /// 1-based line of the row at hand.
    line: usize,
    /// Why the rows ended early.
    trouble: Option<String>,
    /// The line of the last row, when a quote in it never closes.
    open_quote: Option<usize>,
}

/// Whole rows. The last one of a quoted block may go on in the next.
enum Block {
    Plain { text: String, at: usize, row: (usize, usize), cells: Vec<(usize, usize)> },
    Quoted { reader: Box<csv::Reader<Cursor<String>>>, record: StringRecord },
}

impl Block {
    fn plain(text: String) -> Self {
        Self::Plain { text, at: 0, row: (0, 0), cells: Vec::new() }
    }

    fn quoted(text: String, delimiter: u8) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(Cursor::new(text));
        Self::Quoted { reader: Box::new(reader), record: StringRecord::new() }
    }
}

impl<'t> Rows<'t> {
    /// The rows of the table whose rows begin `skip` bytes into `body`, on line `first_line`.
    pub fn new(body: Body<'t>, delimiter: u8, skip: usize, first_line: usize) -> Self {
        let mut rows = Self {
            source: TextSource::None,
            delimiter,
            block: Block::plain(String::new()),
            block_line: first_line,
            carry: String::new(),
            is_last: false,
            line: first_line,
            trouble: None,
            open_quote: None,
        };
        let opened = TextSource::open(body).and_then(|source| {
            rows.source = source;
            rows.skip(skip)
        });
        if let Err(error) = opened {
            rows.end_early(format!("cannot be read: {error}"));
        }
        rows
    }

    /// Goes to the next row that is not empty; `None` at the end.
    pub fn next(&mut self) -> Option<Row<'_>> {
        loop {
            let found = match &mut self.block {
                Block::Plain { .. } => self.next_plain(),
                Block::Quoted { .. } => self.next_quoted(),
            };
            if found {
                return Some(self.row());
            }
            if !self.refill() {
                return None;
            }
        }
    }

    /// The rows of the block at hand that are not cut yet, and the line they begin on, where they
    /// may be cut at line ends and delimiters as they stand.
    pub fn uncut(&self) -> Option<(&str, usize)> {
        match &self.block {
            Block::Plain { text, at, .. } => Some((&text[*at..], self.block_line)),
            Block::Quoted { .. } => None,
        }
    }

    /// Goes on behind some of the rows that [`Self::uncut`] showed, which have so many bytes.
    pub fn pass(&mut self, rows: usize, bytes: usize) {
        if let Block::Plain { at, .. } = &mut self.block {
            *at += bytes;
            self.block_line += rows;
        }
    }

    fn row(&self) -> Row<'_> {
        let cells = match &self.block {
            Block::Plain { text, row, cells, .. } => Cells::Plain(&text[row.0..row.1], cells),
            Block::Quoted { record, .. } => Cells::Quoted(record),
        };
        Row { cells, line: self.line }
    }

    fn next_plain(&mut self) -> bool {
        let Block::Plain { text, at, row, cells } = &mut self.block else { return false };
        let bytes = text.as_bytes();
        while *at < bytes.len() {
            let start = *at;
            let length = match self.delimiter {
                b' ' => cut_at_blanks(&bytes[start..], cells),
                delimiter => cut(&bytes[start..], delimiter, cells),
            };
            *at = (start + length + 1).min(bytes.len());
            let mut end = start + length;
            if end > start && bytes[end - 1] == b'\r' {
                end -= 1;
                if let Some(last) = cells.last_mut() {
                    last.1 = last.1.min(end - start);
                }
            }
            self.line = self.block_line;
            self.block_line += 1;
            if end > start {
                *row = (start, end);
                return true;
            }
        }
        false
    }

    fn next_quoted(&mut self) -> bool {
        let Block::Quoted { reader, record } = &mut self.block else { return false };
        let before = reader.position().clone();
        // Text in memory cannot fail to be read, and any text is a row.
        if !reader.read_record(record).unwrap_or(false) {
            return false;
        }
        let (start, end) = (index(before.byte()), index(reader.position().byte()));
        let text = reader.get_ref().get_ref();
        let row = text.get(start..).unwrap_or_default();
        let reaches_end = end >= text.len();
        if reaches_end && !self.is_last {
            // The row may go on behind the block.
            self.carry.insert_str(0, row);
            self.block_line += index(before.line()) - 1;
            self.block = Block::plain(String::new());
            return false;
        }
        // The reader counts empty lines before a row into the row.
        let blank = row.bytes().take_while(|byte| matches!(byte, b'\n' | b'\r'));
        let blank_lines = blank.filter(|byte| *byte == b'\n').count();
        self.line = self.block_line + index(before.line()) - 1 + blank_lines;
        if reaches_end {
            let quotes = row.bytes().filter(|byte| *byte == b'"').count();
            self.open_quote = (quotes % 2 == 1).then_some(self.line);
        }
        true
    }

    /// Takes the next block; false at the end.
    fn refill(&mut self) -> bool {
        if let Block::Quoted { reader, .. } = &self.block {
            self.block_line += reader.get_ref().get_ref().matches('\n').count();
        }
        if self.carry.len() > MAX_ROW_BYTES {
            self.end_early(too_long());
            return false;
        }
        let wanted = BLOCK_BYTES.max(2 * self.carry.len());
        // The next block lies where the one before lay: new memory would have to be cleared first.
        let mut text = match &mut self.block {
            Block::Plain { text, .. } => std::mem::take(text),
            Block::Quoted { .. } => String::new(),
        };
        text.clear();
        text.push_str(&self.carry);
        self.carry.clear();
        while !self.is_last {
            let searched = text.len();
            match self.source.fill(&mut text) {
                Ok(0) => self.is_last = true,
                Ok(_) => {}
                Err(error) => {
                    self.end_early(format!("cannot be read further: {error}"));
                    break;
                }
            }
            if text.len() >= wanted
                && let Some(end) = text[searched..].rfind('\n').map(|it| searched + it + 1)
            {
                self.carry.push_str(&text[end..]);
                text.truncate(end);
                break;
            }
            if text.len() > MAX_ROW_BYTES {
                self.end_early(too_long());
                return false;
            }
        }
        if text.is_empty() {
            return false;
        }
        let is_plain = self.delimiter == b' ' || !needs_csv(&text);
        self.block =
            if is_plain { Block::plain(text) } else { Block::quoted(text, self.delimiter) };
        true
    }

    fn skip(&mut self, mut bytes: usize) -> io::Result<()> {
        while bytes > 0 && self.source.fill(&mut self.carry)? > 0 {
            let skipped = bytes.min(self.carry.len());
            self.carry.drain(..skipped);
            bytes -= skipped;
        }
        Ok(())
    }

    fn end_early(&mut self, reason: String) {
        self.is_last = true;
        self.trouble = Some(reason);
    }

    /// Says why the rows ended, where that is not simply the end of the file.
    pub fn tell_end(&self, reading: &mut Reading) {
        if let Some(line) = self.open_quote {
            reading.warn(line, "a quote opens here and never closes; the file may be cut off");
        }
        if let Some(reason) = &self.trouble {
            reading.skip(self.block_line, reason.clone());
        }
    }
}

fn too_long() -> String {
    format!(
        "this row is longer than {} MiB: a line end is missing, or a quote opens and never \
         closes; export the table again",
        MAX_ROW_BYTES >> 20
    )
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Cuts the first line of `bytes` into cells, from-to, and answers its length without line end.
fn cut(bytes: &[u8], delimiter: u8, cells: &mut Vec<(usize, usize)>) -> usize {
    cells.clear();
    let mut start = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if byte == delimiter {
            cells.push((start, at));
            start = at + 1;
        } else if byte == b'\n' {
            cells.push((start, at));
            return at;
        }
    }
    cells.push((start, bytes.len()));
    bytes.len()
}

/// As [`cut`], at any number of blanks and tabs.
fn cut_at_blanks(bytes: &[u8], cells: &mut Vec<(usize, usize)>) -> usize {
    cells.clear();
    let length = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    let mut at = 0;
    for word in bytes[..length].split(u8::is_ascii_whitespace) {
        if !word.is_empty() {
            cells.push((at, at + word.len()));
        }
        at += word.len() + 1;
    }
    length
}

/// Quotes, and line ends of old Macs among others, are for the `csv` crate.
fn needs_csv(text: &str) -> bool {
    text.contains('"')
        || (text.contains('\r') && text.matches('\r').count() != text.matches("\r\n").count())
}

/// Where more text comes from.
enum TextSource<'t> {
    None,
    Text(&'t str),
    Lying { lying: &'t Lying<'t>, decoding: Decoding<'t>, bytes: u64 },
}

impl<'t> TextSource<'t> {
    fn open(body: Body<'t>) -> io::Result<Self> {
        Ok(match body {
            Body::Text(text) => Self::Text(text),
            Body::Lying(lying) => {
                let decoding = Decoding::new(lying.member.open()?, lying.kind)?;
                Self::Lying { lying, decoding, bytes: 0 }
            }
        })
    }

    /// Adds some text, and answers how much; 0 at the end, or when the caller cancels.
    fn fill(&mut self, text: &mut String) -> io::Result<usize> {
        let before = text.len();
        match self {
            Self::None => {}
            Self::Text(rest) => {
                let length = rest.len().min(BLOCK_BYTES);
                let (next, later) = rest.split_at(rest.floor_char_boundary(length));
                text.push_str(next);
                *rest = later;
            }
            Self::Lying { lying, decoding, bytes } => {
                while text.len() < before + BLOCK_BYTES {
                    let taken = decoding.fill(text)?;
                    if taken == 0 {
                        break;
                    }
                    *bytes += taken as u64;
                }
                lying.is_damaged.set(lying.is_damaged.get() | decoding.is_damaged());
                if !(lying.go_on)(*bytes) {
                    text.clear();
                    return Ok(0);
                }
            }
        }
        Ok(text.len() - before)
    }
}

/// One row.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    cells: Cells<'r>,
    /// 1-based line in the file on which the row begins.
    pub line: usize,
}

#[derive(Clone, Copy)]
enum Cells<'r> {
    /// A line, and where its cells lie in it.
    Plain(&'r str, &'r [(usize, usize)]),
    Quoted(&'r StringRecord),
}

impl<'r> Row<'r> {
    /// Number of cells.
    pub fn len(self) -> usize {
        match self.cells {
            Cells::Plain(_, cells) => cells.len(),
            Cells::Quoted(record) => record.len(),
        }
    }

    /// The trimmed cell of a column; empty where the row is short or there is no such column.
    pub fn cell(self, column: Option<usize>) -> &'r str {
        let Some(column) = column else { return "" };
        let cell = match self.cells {
            Cells::Plain(line, cells) => cells.get(column).map(|&(from, to)| &line[from..to]),
            Cells::Quoted(record) => record.get(column),
        };
        cell.unwrap_or_default().trim()
    }

    /// True when no cell holds anything.
    pub fn is_blank(self) -> bool {
        (0..self.len()).all(|at| self.cell(Some(at)).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line and cells of every row, joined by `|`.
    fn rows(text: &str) -> Vec<String> {
        let mut rows = Rows::new(Body::Text(text), b',', 0, 1);
        let mut told = Vec::new();
        while let Some(row) = rows.next() {
            let cells: Vec<&str> = (0..row.len()).map(|at| row.cell(Some(at))).collect();
            told.push(format!("{} {}", row.line, cells.join("|")));
        }
        told
    }

    #[test]
    fn rows_are_the_same_with_and_without_quotes() {
        assert_eq!(rows("a,b\r\n\r\n c ,\n\n,d"), ["1 a|b", "3 c|", "5 |d"]);
        assert_eq!(rows("a,\"b\"\r\n\r\n c ,\n\n,d"), ["1 a|b", "3 c|", "5 |d"]);
        assert_eq!(rows("a,b\rc,d\n"), ["1 a|b", "1 c|d"]);
        assert!(rows("").is_empty() && rows("\n\r\n").is_empty());
    }

    #[test]
    fn a_quoted_row_goes_on_behind_the_end_of_a_block() {
        let long = "long line\n".repeat(BLOCK_BYTES / 4);
        let plain = "x,y\n".repeat(BLOCK_BYTES / 4 - 1);
        let text = format!("{plain}a,\"{long}\"\nb,c\n");
        let told = rows(&text);
        let lines = BLOCK_BYTES / 4;
        assert_eq!(told.len(), lines + 1);
        assert!(told[lines - 1].starts_with(&format!("{lines} a|long line\nlong")));
        assert_eq!(told[lines].len(), format!("{} b|c", 2 * lines + 1).len());
        assert_eq!(told[lines], format!("{} b|c", 2 * lines + 1));
    }

    #[test]
    fn a_row_without_end_is_left_and_said() {
        let text = format!("a,b\n{}", "x".repeat(MAX_ROW_BYTES + BLOCK_BYTES));
        for text in [text.clone(), text.replacen('x', "\"", 1)] {
            let mut rows = Rows::new(Body::Text(&text), b',', 0, 1);
            let mut count = 0;
            while rows.next().is_some() {
                count += 1;
            }
            let mut reading = Reading::default();
            rows.tell_end(&mut reading);
            let source = reading.finish("f", "test", String::new());
            assert_eq!((count, source.rows_skipped, source.issues[0].line), (1, 1, 2));
            assert!(source.issues[0].reason.contains("16 MiB"));
        }
    }
}
