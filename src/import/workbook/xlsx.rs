//! Excel workbooks (`.xlsx`, `.xlsm`), cell by cell.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, Xlsx, XlsxError};

use super::{Sheet, SheetText, damaged, moment};

/// The worksheets that hold anything. O(bytes inflated).
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(reason)?;
    let is_table = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    let names: Vec<String> =
        workbook.sheets_metadata().iter().filter(is_table).map(|it| it.name.clone()).collect();
    let mut sheets = Vec::new();
    for name in names {
        let mut text = SheetText::beside(&sheets);
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(reason)?;
        while let Some(cell) = cells.next_cell().map_err(reason)? {
            let (row, column) = cell.get_position();
            text.cell(row as usize, column as usize, &in_text(cell.get_value()))?;
        }
        sheets.extend(text.finish().map(|text| (name, text)));
    }
    Ok(sheets)
}

fn in_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            moment((year, month, day), (hour, minute, second))
        }
        DataRef::DateTime(at) => at.as_f64().to_string(),
        _ => String::new(),
    }
}

fn reason(error: XlsxError) -> String {
    match error {
        XlsxError::Password => super::LOCKED.to_owned(),
        error => damaged(error),
    }
}
