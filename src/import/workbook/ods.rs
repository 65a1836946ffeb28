//! `OpenDocument` spreadsheets (`.ods`): `table:table` / `table:table-row` / `table:table-cell`.
//!
//! Rows and cells say how often they repeat, up to the edge of the sheet; what is empty is passed
//! over, and what is not is written again only within the limits of the text.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

use super::{LOCKED, MAX_COLUMNS, Sheet, SheetText, damaged};

/// Rows and cells that repeat are written at most this often: a list repeats nothing more.
const MAX_REPEATED: usize = 1 << 8;

/// The list of parts is short; what is longer is none.
const MAX_MANIFEST_BYTES: u64 = 1 << 20;

/// The sheets that hold anything. O(bytes inflated).
pub(super) fn sheets(mut archive: ZipArchive<Cursor<&[u8]>>) -> Result<Vec<Sheet>, String> {
    if is_locked(&mut archive) {
        return Err(LOCKED.to_owned());
    }
    let content = archive.by_name("content.xml").map_err(damaged)?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    reader.config_mut().check_end_names = false;
    let mut workbook = Workbook::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(tag) => workbook.open(&tag),
            Event::Empty(tag) => {
                workbook.open(&tag);
                workbook.close(tag.local_name().as_ref())?;
            }
            Event::End(tag) => workbook.close(tag.local_name().as_ref())?,
            Event::Text(text) => workbook.text(&text.xml10_content()),
            Event::GeneralRef(name) => workbook.text(&entity(&name)),
            Event::Eof => return Ok(workbook.sheets),
            _ => {}
        }
    }
}

/// The workbook as far as it is read.
#[derive(Default)]
struct Workbook {
    sheets: Vec<Sheet>,
    /// Name and text of the sheet at hand.
    sheet: Option<(String, SheetText)>,
    /// Position of the row at hand, how often it repeats, and its cells by column.
    row: usize,
    row_repeats: usize,
    cells: Vec<(usize, String)>,
    column: usize,
    cell: Option<Cell>,
    /// Within a comment, whose text is not the cell's.
    in_annotation: bool,
}

/// The cell at hand.
struct Cell {
    repeats: usize,
    /// Value as the file states it; the text that is shown otherwise.
    value: Option<String>,
    shown: String,
}

impl Workbook {
    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "table" => {
                let name = attribute(tag, "name").unwrap_or_default();
                self.sheet = Some((name, SheetText::beside(&self.sheets)));
                (self.row, self.row_repeats) = (0, 1);
            }
            "table-row" => {
                self.row_repeats = repeats(tag, "number-rows-repeated");
                self.column = 0;
                self.cells.clear();
            }
            "table-cell" | "covered-table-cell" => {
                let repeats = repeats(tag, "number-columns-repeated");
                self.cell = Some(Cell { repeats, value: value(tag), shown: String::new() });
            }
            // Paragraphs of one cell; two lines make two words.
            "p" => self.text(" "),
            "annotation" => self.in_annotation = true,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| !self.in_annotation) {
            cell.shown.push_str(text);
        }
    }

    fn close(&mut self, tag: &str) -> Result<(), String> {
        match tag {
            "table" => {
                if let Some((name, text)) = self.sheet.take() {
                    self.sheets.extend(text.finish().map(|text| (name, text)));
                }
            }
            "table-row" => self.close_row()?,
            "table-cell" | "covered-table-cell" => self.close_cell(),
            "annotation" => self.in_annotation = false,
            _ => {}
        }
        Ok(())
    }

    fn close_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let text = cell.value.unwrap_or(cell.shown);
        let end = self.column.saturating_add(cell.repeats);
        if !text.trim().is_empty() {
            let columns = (self.column..end.min(MAX_COLUMNS)).take(MAX_REPEATED);
            self.cells.extend(columns.map(|column| (column, text.clone())));
        }
        self.column = end;
    }

    fn close_row(&mut self) -> Result<(), String> {
        let Some((_, text)) = &mut self.sheet else { return Ok(()) };
        if !self.cells.is_empty() {
            for row in (self.row..).take(self.row_repeats.min(MAX_REPEATED)) {
                for (column, value) in &self.cells {
                    text.cell(row, *column, value)?;
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        self.cells.clear();
        Ok(())
    }
}

/// What a cell states as its value; `None` for text.
fn value(tag: &BytesStart<'_>) -> Option<String> {
    let stated = |name| attribute(tag, name);
    stated("date-value")
        .map(|date| date.trim_end_matches("T00:00:00").replace('T', " "))
        .or_else(|| stated("time-value"))
        .or_else(|| stated("boolean-value").map(|it| it.to_uppercase()))
        .or_else(|| stated("string-value"))
        .or_else(|| stated("value"))
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> usize {
    attribute(tag, name).and_then(|it| it.parse().ok()).unwrap_or(1)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|it| it.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok().map(Into::into)
}

/// The character that a reference stands for; entities of the document's own stand for nothing.
fn entity(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(reference).unwrap_or_default().to_owned()
}

/// Whether parts are encrypted, which only the list of parts tells.
fn is_locked(archive: &mut ZipArchive<Cursor<&[u8]>>) -> bool {
    let Ok(manifest) = archive.by_name("META-INF/manifest.xml") else { return false };
    let mut text = String::new();
    let read = manifest.take(MAX_MANIFEST_BYTES).read_to_string(&mut text);
    read.is_ok() && text.contains("encryption-data")
}
