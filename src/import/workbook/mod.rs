//! Workbooks → one table in text per sheet, so that whatever reads tables reads workbooks.
//!
//! Cells become CSV: dates as ISO, whole numbers without decimals, line breaks as blanks, so that a
//! row's number in the sheet is its line in the text. Empty sheets are left out.
//!
//! Pages with tables and the XML of 2003 count as workbooks where a program calls them so: many CRMs
//! write `.xls` files that are nothing else.
//!
//! Excel's files since 2007 are read with calamine, cell by cell. `OpenDocument` and the old `.xls` are
//! read here: calamine lays out the whole rectangle that a sheet's cells span, which a few bytes can
//! make larger than any memory.
//!
//! Memory: the file, what it inflates to (at most [`MAX_WHOLE_BYTES`] over all parts, which is
//! checked by inflating before anything is read), and the text of the sheets (at most
//! [`MAX_TEXT_BYTES`]). Cells that repeat or lie far apart cost nothing until they are text.

mod compound;
mod markup;
mod ods;
mod xls;
mod xlsx;

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::store::MAX_WHOLE_BYTES;

/// Text of all sheets of a workbook.
const MAX_TEXT_BYTES: usize = 256 << 20;
/// Columns of a sheet that are read; nobody's list has more.
const MAX_COLUMNS: usize = 1 << 10;
/// Empty rows in a row that are written; after more of them the count of lines goes on without.
const MAX_GAP: usize = 1 << 10;

/// A sheet: its name, and its cells as CSV.
pub(super) type Sheet = (String, Vec<u8>);

/// What a file is, by the names of the parts in its zip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `.xlsx`, `.xlsm`.
    Excel,
    /// `.ods`.
    OpenDocument,
    /// `.xls`, or another document of the same age.
    Old,
    /// A page with tables, or the XML of Excel 2003, that a program calls a workbook.
    Markup,
    /// A document of an office program that holds no sheets, and what to do about it.
    Other(&'static str),
}

/// What kind of document a zip with these parts is; `None` for an ordinary zip.
pub(super) fn kind_of(parts: &[&str]) -> Option<Kind> {
    let has = |start: &str| parts.iter().any(|name| name.starts_with(start));
    if has("xl/workbook.bin") {
        Some(Kind::Other("this is a binary Excel workbook; save it as .xlsx and import that"))
    } else if has("xl/workbook") {
        Some(Kind::Excel)
    } else if has("word/document") {
        Some(Kind::Other("this is a Word document; export the list as CSV"))
    } else if has("ppt/presentation") {
        Some(Kind::Other("this is a presentation; export the list as CSV"))
    } else if has("Index/Document.iwa") {
        Some(Kind::Other(
            "this is a document of Apple's Numbers or Pages; export it as CSV or .xlsx",
        ))
    } else if parts.contains(&"Project_xml") {
        Some(Kind::Other("this is a Gephi project; export its graph as GEXF or GraphML"))
    } else if parts.contains(&"content.xml") && parts.contains(&"mimetype") {
        Some(Kind::OpenDocument)
    } else {
        None
    }
}

/// Bytes at the beginning of a file that tell whether it is a workbook which is no zip.
pub(super) const START_BYTES: usize = 4 << 10;

/// What kind of workbook a file is that is no zip, by its first bytes.
pub(super) fn kind_by_start(file_name: &str, start: &[u8]) -> Option<Kind> {
    if compound::is_compound(start) {
        Some(Kind::Old)
    } else if markup::is_workbook(file_name, start) {
        Some(Kind::Markup)
    } else {
        None
    }
}

/// The sheets of a workbook that hold anything, or what is wrong with it.
pub(super) fn sheets(kind: Kind, bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let sheets = match kind {
        Kind::Other(reason) => return Err(reason.to_owned()),
        Kind::Old => xls::sheets(bytes)?,
        Kind::Markup => markup::sheets(bytes)?,
        Kind::Excel => {
            check_size(&mut open(bytes)?)?;
            xlsx::sheets(bytes)?
        }
        Kind::OpenDocument => {
            let mut archive = open(bytes)?;
            check_size(&mut archive)?;
            ods::sheets(archive)?
        }
    };
    if sheets.is_empty() {
        return Err("the workbook holds no table: every sheet is empty".to_owned());
    }
    Ok(sheets)
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, String> {
    ZipArchive::new(Cursor::new(bytes)).map_err(damaged)
}

/// Inflates every part once, keeping nothing: what the zip itself says of sizes may be untrue.
fn check_size(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), String> {
    let mut left = MAX_WHOLE_BYTES;
    for index in 0..archive.len() {
        let part = match archive.by_index(index) {
            Ok(part) => part,
            Err(zip::result::ZipError::UnsupportedArchive(reason))
                if reason == zip::result::ZipError::PASSWORD_REQUIRED =>
            {
                return Err(LOCKED.to_owned());
            }
            Err(error) => return Err(damaged(error)),
        };
        let read =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(damaged)?;
        if read > left {
            return Err(format!(
                "the workbook holds more than {} MiB when unpacked; save the sheet with the list \
                 as CSV",
                MAX_WHOLE_BYTES >> 20
            ));
        }
        left -= read;
    }
    Ok(())
}

const LOCKED: &str =
    "the workbook asks for a password; open it, save it without a password and import that";

fn damaged(error: impl std::fmt::Display) -> String {
    format!("the workbook cannot be read ({error}); save it again, or save the sheet as CSV")
}

/// A sheet on its way to text.
struct SheetText {
    text: Vec<u8>,
    /// Bytes of text that it may hold.
    room: usize,
    /// Row and column of the next cell to write.
    row: usize,
    column: usize,
    has_cells: bool,
}

impl SheetText {
    /// An empty sheet beside others of the same workbook, which share the room for text.
    fn beside(others: &[Sheet]) -> Self {
        let taken: usize = others.iter().map(|(_, text)| text.len()).sum();
        let room = MAX_TEXT_BYTES.saturating_sub(taken);
        Self { text: Vec::new(), room, row: 0, column: 0, has_cells: false }
    }

    /// Writes a cell, which must not lie before one already written.
    fn cell(&mut self, row: usize, column: usize, value: &str) -> Result<(), String> {
        let passed = (row, column) < (self.row, self.column);
        if value.trim().is_empty() || column >= MAX_COLUMNS || passed {
            return Ok(());
        }
        if row > self.row {
            let lines = (row - self.row).min(MAX_GAP);
            self.text.extend(std::iter::repeat_n(b'\n', lines));
            (self.row, self.column) = (row, 0);
        }
        let commas = column - self.column + usize::from(self.column > 0);
        self.text.extend(std::iter::repeat_n(b',', commas));
        self.column = column + 1;
        self.has_cells = true;
        push_quoted(&mut self.text, value);
        if self.text.len() > self.room {
            return Err(format!(
                "the workbook holds more than {} MiB of text; save the sheet with the list as CSV",
                MAX_TEXT_BYTES >> 20
            ));
        }
        Ok(())
    }

    /// The text, when there is any.
    fn finish(mut self) -> Option<Vec<u8>> {
        self.text.push(b'\n');
        self.has_cells.then_some(self.text)
    }
}

/// A cell as CSV has it, on one line.
fn push_quoted(text: &mut Vec<u8>, value: &str) {
    let value = value.trim();
    let quoted = value.contains([',', '"', ';', '\t', '|']);
    if quoted {
        text.push(b'"');
    }
    for byte in value.bytes() {
        match byte {
            b'\n' | b'\r' => text.push(b' '),
            b'"' => text.extend(b"\"\""),
            byte => text.push(byte),
        }
    }
    if quoted {
        text.push(b'"');
    }
}

/// A moment as text: without time where it is midnight, without date where it is a time only.
fn moment((year, month, day): (u16, u8, u8), (hour, minute, second): (u8, u8, u8)) -> String {
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ if year < 1900 || (year, month, day) <= (1900, 1, 1) => {
            format!("{hour:02}:{minute:02}:{second:02}")
        }
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cells: &[(usize, usize, &str)]) -> String {
        let mut sheet = SheetText::beside(&[]);
        for &(row, column, value) in cells {
            sheet.cell(row, column, value).unwrap();
        }
        String::from_utf8(sheet.finish().unwrap_or_default()).unwrap()
    }

    #[test]
    fn cells_keep_their_places() {
        for (cells, expected) in [
            (&[(0, 0, "a"), (0, 2, "c"), (1, 1, "b")][..], "a,,c\n,b\n"),
            (&[(2, 1, "x")], "\n\n,x\n"),
            (&[(0, 0, "a \"b\", c"), (0, 1, "two\nlines")], "\"a \"\"b\"\", c\",two lines\n"),
            (&[(1, 1, "x"), (0, 0, "late"), (1, 1, "again")], "\n,x\n"),
            (&[(0, 0, " "), (5, 5000, "far")], ""),
        ] {
            assert_eq!(text(cells), expected);
        }
        assert!(text(&[(0, 0, "a"), (4_000_000_000, 0, "b")]).len() < 2 * MAX_GAP);
    }

    #[test]
    fn moments_are_iso() {
        for (date, time, expected) in [
            ((2024, 3, 5), (0, 0, 0), "2024-03-05"),
            ((2024, 3, 5), (9, 30, 0), "2024-03-05 09:30:00"),
            ((1899, 12, 31), (9, 30, 0), "09:30:00"),
        ] {
            assert_eq!(moment(date, time), expected);
        }
    }
}
