//! Workbooks that are markup: pages with tables that bear the name of a workbook, as many programs
//! write them, and the XML of Excel 2003 (`<Workbook><Worksheet ss:Name="…"><Table><Row><Cell>`).

use super::super::html::{Piece, Pieces, attribute};
use super::super::text;
use super::{MAX_COLUMNS, START_BYTES, Sheet, SheetText};

/// What Excel 2003 writes into the root of its XML.
const SPREADSHEET: &str = "urn:schemas-microsoft-com:office:spreadsheet";
/// What a page holds that is made for Excel.
const PAGE_FOR_EXCEL: &str = "urn:schemas-microsoft-com:office:excel";

/// Byte-order mark and blanks may stand before the first element.
const MARKS_BYTES: usize = 64;

/// Whether markup is a workbook: by what it says of itself, or a page by its name and its table.
pub(super) fn is_workbook(file_name: &str, start: &[u8]) -> bool {
    let start = &start[..start.len().min(START_BYTES)];
    if !start.iter().take(MARKS_BYTES).any(|byte| *byte == b'<') {
        return false;
    }
    let Ok(text) = text::decode(start.to_vec()) else { return false };
    let start = text.content.trim_start();
    let is_named = file_name.to_ascii_lowercase().ends_with(".xls");
    start.starts_with('<')
        && (start.contains(SPREADSHEET)
            || start.contains(PAGE_FOR_EXCEL)
            || (is_named && start.to_ascii_lowercase().contains("<table")))
}

/// The tables that hold anything. A table within a cell is part of the cell. O(bytes).
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let text = text::decode(bytes.to_vec())?.content;
    let mut file = File::default();
    for (_, piece) in Pieces::of(&text) {
        match piece {
            Piece::Open(name, attributes) => file.open(local(&name), attributes)?,
            Piece::Close(name) => file.close(local(&name))?,
            Piece::Text(text) => file.text(&text),
        }
    }
    file.close("table")?;
    Ok(file.sheets)
}

#[derive(Default)]
struct File {
    sheets: Vec<Sheet>,
    /// Name that the next table's sheet bears.
    name: Option<String>,
    tables_open: usize,
    table: Option<Table>,
}

struct Table {
    text: SheetText,
    /// Rows begun, and columns of the last one that are taken.
    rows: usize,
    columns: usize,
    cell: Option<Cell>,
}

struct Cell {
    text: String,
    /// Columns it spans.
    width: usize,
}

impl File {
    fn open(&mut self, element: &str, attributes: &str) -> Result<(), String> {
        let number = |names: &[&str]| {
            let value = names.iter().find_map(|name| attribute(attributes, name));
            value.and_then(|it| it.trim().parse::<usize>().ok()).filter(|it| *it > 0)
        };
        match element {
            "worksheet" => self.name = attribute(attributes, "ss:name"),
            "table" => {
                self.tables_open += 1;
                if self.tables_open == 1 {
                    let text = SheetText::beside(&self.sheets);
                    self.table = Some(Table { text, rows: 0, columns: 0, cell: None });
                }
            }
            _ if self.tables_open != 1 => {}
            "tr" | "row" => {
                self.end_of_cell()?;
                if let Some(table) = &mut self.table {
                    table.rows = number(&["ss:index"]).unwrap_or(table.rows + 1);
                    table.columns = 0;
                }
            }
            "td" | "th" | "cell" => {
                self.end_of_cell()?;
                if let Some(table) = &mut self.table {
                    let place = number(&["ss:index"]).map(|column| column - 1);
                    table.columns = place.unwrap_or(table.columns).min(MAX_COLUMNS);
                    let more = number(&["ss:mergeacross"]).unwrap_or(0);
                    let width = number(&["colspan"]).unwrap_or(1 + more.min(MAX_COLUMNS));
                    table.cell = Some(Cell { text: String::new(), width: width.min(MAX_COLUMNS) });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, element: &str) -> Result<(), String> {
        match element {
            "td" | "th" | "cell" | "tr" | "row" if self.tables_open == 1 => self.end_of_cell(),
            "table" => {
                self.tables_open = self.tables_open.saturating_sub(1);
                if self.tables_open > 0 {
                    return Ok(());
                }
                self.end_of_cell()?;
                if let Some(text) = self.table.take().and_then(|table| table.text.finish()) {
                    let usual = || format!("table {}", self.sheets.len() + 1);
                    let name = self.name.take().unwrap_or_else(usual);
                    self.sheets.push((name, text));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.table.as_mut().and_then(|table| table.cell.as_mut()) {
            if !cell.text.is_empty() {
                cell.text.push(' ');
            }
            cell.text.push_str(text);
        }
    }

    fn end_of_cell(&mut self) -> Result<(), String> {
        let Some(table) = &mut self.table else { return Ok(()) };
        let Some(cell) = table.cell.take() else { return Ok(()) };
        table.text.cell(table.rows.saturating_sub(1), table.columns, &cell.text)?;
        table.columns += cell.width;
        Ok(())
    }
}

/// The name of an element without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(markup: &str) -> Vec<(String, String)> {
        let sheets = sheets(markup.as_bytes()).unwrap();
        let text = |text| String::from_utf8(text).unwrap();
        sheets.into_iter().map(|(name, cells)| (name, text(cells))).collect()
    }

    fn sheet(name: &str, cells: &str) -> (String, String) {
        (name.to_owned(), cells.to_owned())
    }

    #[test]
    fn pages_and_the_xml_of_2003_become_tables() {
        assert_eq!(
            told(
                "<html><table><tr><th>Name<th colspan=2>Mail<tr><td>Ana<br>Ruiz</td><td/><td>a &amp; b</td>\
                 </tr></table><table></table><table><tr><td><table><tr><td>inner</table>"
            ),
            [sheet("table 1", "Name,Mail\nAna Ruiz,,a & b\n"), sheet("table 2", "inner\n")]
        );
        assert_eq!(
            told(
                "<Workbook><Worksheet ss:Name='People'><Table><Row ss:Index='2'><Cell><Data>Ana</Data></Cell>\
                 <Cell ss:Index='3'><ss:Data>Ruiz</ss:Data></Cell></Row></Table></Worksheet></Workbook>"
            ),
            [sheet("People", "\nAna,,Ruiz\n")]
        );
    }
}
