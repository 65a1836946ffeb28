//! How a result is printed: one JSON document, or a table to read.

use serde::Serialize;

use super::CliError;

/// Prints `value` as one JSON document on standard output.
pub fn print_json(value: &impl Serialize) -> Result<(), CliError> {
    let text = serde_json::to_string_pretty(value).map_err(CliError::failed)?;
    write(&format!("{text}\n"))
}

/// Writes `text` for reading to standard output: names of files and people must not steer the
/// terminal, nor turn round what stands beside them.
pub fn print(text: &str) -> Result<(), CliError> {
    write(&text.replace(steers, "\u{fffd}"))
}

fn steers(letter: char) -> bool {
    let is_layout = matches!(letter, '\n' | '\t');
    let turns_text = matches!(letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (letter.is_control() && !is_layout) || turns_text
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
    fn columns_line_up() {
        let rows =
            [vec!["Ana".to_owned(), "7.5".to_owned()], vec!["Bo".to_owned(), "12.0".to_owned()]];
        assert_eq!(table(&["name", "reach"], &rows), "name  reach\nAna     7.5\nBo     12.0\n");
    }
}
