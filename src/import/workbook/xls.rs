//! Excel workbooks of before 2007 (`.xls`): records of a type, a length and bytes, in one stream of
//! a compound file. Only what cells show is read.

use std::collections::HashSet;

use encoding_rs::{UTF_16LE, WINDOWS_1252};
use jiff::civil::Date;

use super::compound::{Compound, long, short};
use super::{LOCKED, Sheet, SheetText, damaged, moment};

// Types of records.
const FORMULA: u16 = 0x06;
const END: u16 = 0x0A;
const DATE_MODE: u16 = 0x22;
const FILE_PASS: u16 = 0x2F;
const CONTINUE: u16 = 0x3C;
const BOUND_SHEET: u16 = 0x85;
const MUL_RK: u16 = 0xBD;
const RICH_STRING: u16 = 0xD6;
const CELL_FORMAT: u16 = 0xE0;
const SHARED_STRINGS: u16 = 0xFC;
const LABEL_SHARED: u16 = 0xFD;
const NUMBER: u16 = 0x203;
const LABEL: u16 = 0x204;
const BOOL_OR_ERROR: u16 = 0x205;
const STRING: u16 = 0x207;
const RK: u16 = 0x27E;
const FORMAT: u16 = 0x41E;
const BEGIN: u16 = 0x809;

/// Sheets of one workbook that are read.
const MAX_SHEETS: usize = 1 << 10;

/// The worksheets that hold anything. O(bytes log cells).
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let file = Compound::open(bytes).ok_or_else(|| damaged("it is cut off"))?;
    if file.has("EncryptedPackage") {
        return Err(LOCKED.to_owned());
    }
    let stream = file.stream("Workbook").or_else(|| file.stream("Book"));
    let stream = stream.ok_or_else(|| what_else(&file).to_owned())?;
    let globals = Globals::read(&stream)?;
    let mut sheets = Vec::new();
    for (name, start) in &globals.sheets {
        let mut text = SheetText::beside(&sheets);
        // A sheet ends where another begins, so that no byte is read twice.
        let next = globals.sheets.iter().map(|it| it.1).filter(|it| it > start).min();
        let end = next.unwrap_or(stream.len()).min(stream.len());
        for (row, column, cell) in globals.cells(stream.get(*start..end).unwrap_or_default()) {
            let value = globals.shown(&cell);
            text.cell(usize::from(row), usize::from(column), &value)?;
        }
        sheets.extend(text.finish().map(|text| (name.clone(), text)));
    }
    Ok(sheets)
}

fn what_else(file: &Compound<'_>) -> &'static str {
    if file.has("WordDocument") {
        "this is a Word document; export the list as CSV"
    } else if file.has("__properties_version1.0") {
        "this is a single Outlook item; export the folder as CSV"
    } else {
        "this file of an old office program holds no workbook; save the list as CSV"
    }
}

/// A record: its type and bytes.
type Record<'s> = (u16, &'s [u8]);

/// The records of a stream.
fn records(mut stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let (kind, length) = (short(stream, 0)?, usize::from(short(stream, 2)?));
        let body = stream.get(4..4 + length)?;
        stream = &stream[4 + length..];
        Some((kind, body))
    })
}

/// What a cell holds.
enum Cell {
    Shared(usize),
    Text(String),
    /// A number, and the format of the cell.
    Number(f64, u16),
}

/// What holds for the whole workbook.
#[derive(Default)]
struct Globals {
    /// Names of worksheets, and where they begin.
    sheets: Vec<(String, usize)>,
    strings: Vec<String>,
    /// For each format of cells the number of its format of numbers.
    cell_formats: Vec<u16>,
    /// Formats of numbers that show dates.
    date_formats: HashSet<u16>,
    /// Formats of numbers that the file defines, which may replace the usual ones.
    own_formats: HashSet<u16>,
    since_1904: bool,
    /// Text is of one byte per letter, as before Excel 97.
    is_old: bool,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, String> {
        let mut globals = Self::default();
        let mut strings: Vec<&[u8]> = Vec::new();
        let mut before = 0;
        for (kind, body) in records(stream) {
            match kind {
                BEGIN => globals.is_old = short(body, 0).is_some_and(|version| version < 0x0600),
                FILE_PASS if body.len() > 1 => return Err(LOCKED.to_owned()),
                DATE_MODE => globals.since_1904 = short(body, 0) == Some(1),
                BOUND_SHEET if globals.sheets.len() < MAX_SHEETS => {
                    globals.sheets.extend(globals.sheet(body));
                }
                FORMAT => globals.format(body),
                CELL_FORMAT => globals.cell_formats.push(short(body, 2).unwrap_or_default()),
                SHARED_STRINGS => strings.push(body.get(8..).unwrap_or_default()),
                CONTINUE if before == SHARED_STRINGS => strings.push(body),
                END => break,
                _ => {}
            }
            if kind != CONTINUE {
                before = kind;
            }
        }
        globals.strings = Pieces { all: &strings, current: 0, at: 0 }.strings();
        Ok(globals)
    }

    /// Name and place of a worksheet; `None` for charts and macros.
    fn sheet(&self, body: &[u8]) -> Option<(String, usize)> {
        let is_table = body.get(5)? % 16 == 0;
        let letters = usize::from(*body.get(6)?);
        let name = self.text(body.get(7..)?, letters)?;
        let start = usize::try_from(long(body, 0)?).ok()?;
        is_table.then_some((name, start))
    }

    fn format(&mut self, body: &[u8]) {
        let (Some(number), Some(letters)) = (short(body, 0), body.get(2)) else { return };
        let text = if self.is_old {
            self.text(body.get(3..).unwrap_or_default(), usize::from(*letters))
        } else {
            let letters = short(body, 2).unwrap_or_default();
            self.text(body.get(4..).unwrap_or_default(), usize::from(letters))
        };
        self.own_formats.insert(number);
        if text.is_some_and(|it| shows_date(&it)) {
            self.date_formats.insert(number);
        }
    }

    /// Text of so many letters, behind a byte that tells how wide they are.
    fn text(&self, bytes: &[u8], letters: usize) -> Option<String> {
        if self.is_old {
            return Some(one_byte_letters(bytes.get(..letters.min(bytes.len()))?));
        }
        let (wide, rest) = (bytes.first()? & 1 == 1, bytes.get(1..)?);
        let length = if wide { letters.saturating_mul(2) } else { letters };
        let rest = rest.get(..length.min(rest.len()))?;
        Some(if wide { UTF_16LE.decode(rest).0.into_owned() } else { latin(rest) })
    }

    /// The cells of a sheet, by row and column.
    fn cells(&self, stream: &[u8]) -> Vec<(u16, u16, Cell)> {
        let mut cells = Vec::new();
        let mut depth = 0_usize;
        let mut text_of = None;
        for (kind, body) in records(stream) {
            match kind {
                BEGIN => depth += 1,
                // Charts lie within a sheet and end before it.
                END if depth <= 1 => break,
                END => depth -= 1,
                _ if depth > 1 => {}
                STRING => {
                    let text = || self.text(body.get(2..)?, usize::from(short(body, 0)?));
                    if let (Some((row, column)), Some(text)) = (text_of.take(), text()) {
                        cells.push((row, column, Cell::Text(text)));
                    }
                }
                MUL_RK => cells.extend(many_numbers(body)),
                _ => {
                    let Some(place) = short(body, 0).zip(short(body, 2)) else { continue };
                    if kind == FORMULA && body.get(6) == Some(&0) && short(body, 12) == Some(0xFFFF)
                    {
                        text_of = Some(place);
                    }
                    cells.extend(self.cell(kind, body).map(|cell| (place.0, place.1, cell)));
                }
            }
        }
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        cells
    }

    fn cell(&self, kind: u16, body: &[u8]) -> Option<Cell> {
        let format = short(body, 4)?;
        match kind {
            LABEL_SHARED => Some(Cell::Shared(usize::try_from(long(body, 6)?).ok()?)),
            LABEL | RICH_STRING => {
                let letters = usize::from(short(body, 6)?);
                Some(Cell::Text(self.text(body.get(8..)?, letters)?))
            }
            NUMBER => Some(Cell::Number(float(body.get(6..14)?)?, format)),
            FORMULA if short(body, 12) != Some(0xFFFF) => {
                Some(Cell::Number(float(body.get(6..14)?)?, format))
            }
            RK => Some(Cell::Number(packed(long(body, 6)?), format)),
            BOOL_OR_ERROR if body.get(7) == Some(&0) => {
                let text = if body.get(6) == Some(&1) { "TRUE" } else { "FALSE" };
                Some(Cell::Text(text.to_owned()))
            }
            _ => None,
        }
    }

    fn shown(&self, cell: &Cell) -> String {
        match cell {
            Cell::Shared(at) => self.strings.get(*at).cloned().unwrap_or_default(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number, format) => {
                let date = self.is_date(*format).then(|| self.moment(*number)).flatten();
                date.unwrap_or_else(|| number.to_string())
            }
        }
    }

    fn is_date(&self, cell_format: u16) -> bool {
        let format = self.cell_formats.get(usize::from(cell_format)).copied().unwrap_or_default();
        let is_usual = matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58);
        self.date_formats.contains(&format) || (is_usual && !self.own_formats.contains(&format))
    }

    /// The moment behind a number of days.
    fn moment(&self, days: f64) -> Option<String> {
        let start =
            if self.since_1904 { Date::constant(1904, 1, 1) } else { Date::constant(1899, 12, 30) };
        if !(0.0..2_958_466.0).contains(&days) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "checked above")]
        let (day, second) = (days.floor() as i64, (days.fract() * 86_400.0).round() as i64);
        let date = start.checked_add(jiff::Span::new().days(day + second / 86_400)).ok()?;
        let part = |seconds: i64| u8::try_from(seconds).unwrap_or_default();
        let time = (part(second / 3600 % 24), part(second / 60 % 60), part(second % 60));
        let year = u16::try_from(date.year()).ok()?;
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        Some(moment((year, month, day), time))
    }
}

/// Several numbers in one row.
fn many_numbers(body: &[u8]) -> Vec<(u16, u16, Cell)> {
    let (Some(row), Some(first)) = (short(body, 0), short(body, 2)) else { return Vec::new() };
    let inner = body.get(4..body.len().saturating_sub(2)).unwrap_or_default();
    let cells = (first..=u16::MAX).zip(inner.chunks_exact(6));
    cells
        .filter_map(|(column, cell)| {
            Some((row, column, Cell::Number(packed(long(cell, 2)?), short(cell, 0)?)))
        })
        .collect()
}

/// A number in four bytes: a whole one, or the upper half of a fraction; perhaps in hundredths.
fn packed(bits: u32) -> f64 {
    let number = if bits & 2 == 2 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 == 1 { number / 100.0 } else { number }
}

fn float(bytes: &[u8]) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.try_into().ok()?)).filter(|it| it.is_finite())
}

/// Letters of which the upper bytes, all zero, are left out.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

fn one_byte_letters(bytes: &[u8]) -> String {
    WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// Whether a format shows parts of a date: letters of them outside quotes and brackets.
fn shows_date(format: &str) -> bool {
    let mut quoted = false;
    let mut in_brackets = false;
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => quoted = !quoted,
            '[' if !quoted => in_brackets = true,
            ']' => in_brackets = false,
            '\\' | '_' => {
                letters.next();
            }
            'd' | 'D' | 'y' | 'Y' | 'h' | 'H' | 'm' | 'M' if !quoted && !in_brackets => {
                return true;
            }
            _ => {}
        }
    }
    false
}

/// Strings that go on from one record to the next.
struct Pieces<'p, 's> {
    all: &'p [&'s [u8]],
    current: usize,
    at: usize,
}

impl Pieces<'_, '_> {
    fn strings(mut self) -> Vec<String> {
        let mut strings = Vec::new();
        while let Some(string) = self.string() {
            strings.push(string);
        }
        strings
    }

    fn string(&mut self) -> Option<String> {
        let letters = u16::from_le_bytes([self.byte()?, self.byte()?]);
        let flags = self.byte()?;
        let runs = if flags & 8 == 8 { self.number(2)? } else { 0 };
        let extra = if flags & 4 == 4 { self.number(4)? } else { 0 };
        let mut wide = flags & 1 == 1;
        let mut units = Vec::new();
        for _ in 0..letters {
            // In a new record it is told anew how wide the letters are.
            if self.all.get(self.current).is_some_and(|it| self.at >= it.len()) {
                wide = self.byte()? & 1 == 1;
            }
            let low = self.byte()?;
            units.push(u16::from_le_bytes([low, if wide { self.byte()? } else { 0 }]));
        }
        for _ in 0..runs * 4 + extra {
            self.byte()?;
        }
        Some(String::from_utf16_lossy(&units))
    }

    fn number(&mut self, bytes: u32) -> Option<u64> {
        (0..bytes).try_fold(0, |number, at| Some(number | u64::from(self.byte()?) << (8 * at)))
    }

    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.all.get(self.current)?.len() {
            self.current += 1;
            self.at = 0;
        }
        self.at += 1;
        self.all[self.current].get(self.at - 1).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_goes_on_in_the_next_record_with_letters_of_another_width() {
        let first = [4, 0, 0, b'A', b'n', 3, 0, 0];
        // The second string lacks its letters, which follow in a record of their own.
        let pieces: [&[u8]; 3] =
            [&[&first[..3], b"An"].concat(), &[1, 0xE9, 0, b'a', 0], &[1, 0, 0, b'Z']];
        let strings = Pieces { all: &pieces, current: 0, at: 0 }.strings();
        assert_eq!(strings, ["Anéa", "Z"]);
    }

    #[test]
    fn numbers_come_in_four_bytes() {
        for (bits, number) in
            [(0x3FF0_0000, 1.0), (12 << 2 | 2, 12.0), (1250 << 2 | 3, 12.5), (0xFFFF_FFFE, -1.0)]
        {
            assert!((packed(bits) - number).abs() < 1e-12, "{bits}");
        }
    }

    #[test]
    fn formats_of_dates_are_known_by_their_letters() {
        for (format, expected) in [
            ("DD.MM.YYYY", true),
            ("h:mm", true),
            ("0.00 \"days\"", false),
            ("[Red]0.00", false),
            ("#,##0\\d", false),
        ] {
            assert_eq!(shows_date(format), expected, "{format}");
        }
    }
}
