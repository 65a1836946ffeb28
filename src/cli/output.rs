//! How a result is printed: one JSON document, or a table to read.

use std::fmt::Write as _;

use serde::Serialize;

use super::CliError;
use crate::words::is_unseen;

/// Prints `value` as one JSON document on standard output.
pub fn print_json(value: &impl Serialize) -> Result<(), CliError> {
    let text = serde_json::to_string_pretty(value).map_err(CliError::failed)?;
    write(&format!("{}\n", escaped(&text)))
}

/// Writes `text` for reading to standard output: names of files and people must not steer the
/// terminal, nor turn round what stands beside them.
pub fn print(text: &str) -> Result<(), CliError> {
    write(&text.replace(is_unseen, "\u{fffd}"))
}

/// JSON that says the same, with what is not seen written out.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        if is_unseen(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(letter);
        }
    }
    text
}

/// A reader that closed the pipe has seen enough.
fn write(text: &str) -> Result<(), CliError> {
    use std::io::{ErrorKind, Write};
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(CliError::failed(error)),
        _ => Ok(()),
    }
}

/// Rows under a header, columns padded to their widest cell; numbers stand to the right.
pub fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let is_number = |cell: &str| cell.parse::<f64>().is_ok();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([header[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells
            .zip(&widths)
            .map(|(cell, &width)| {
                if is_number(cell) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
            })
            .collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    let mut text = line(&mut header.iter().copied());
    for row in rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

/// A number for reading: two digits behind the point.
pub fn number(value: f64) -> String {
    format!("{value:.2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_writes_out_what_is_not_seen_and_says_the_same() {
        let value = ["a\u{202e}b\u{85}\u{e0041}\n", "é 語"];
        let json = serde_json::to_string_pretty(&value).unwrap();
        let text = escaped(&json);
        assert!(
            text.contains("a\\u202eb\\u0085\\udb40\\udc41\\n") && text.contains("é 語"),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<[String; 2]>(&text).unwrap(), value);
    }

    #[test]
    fn columns_line_up() {
        let rows =
            [vec!["Ana".to_owned(), "7.5".to_owned()], vec!["Bo".to_owned(), "12.0".to_owned()]];
        assert_eq!(table(&["name", "reach"], &rows), "name  reach\nAna     7.5\nBo     12.0\n");
    }
}
