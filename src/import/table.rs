//! Tables in text: which delimiter, where the header stands, and the rows below it.

use csv::{ByteRecord, ReaderBuilder};

use super::clean::{email, header_key};
use super::rows::{Body, Rows};

/// Delimiters that are tried, the usual ones first.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A header is looked for in this many lines, below notes that exports put on top.
const HEADER_WITHIN: usize = 25;

/// Where a table lies in its text.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// Byte between two cells.
    pub delimiter: u8,
    /// Header cells as written; empty when the table has no header.
    pub header: Vec<String>,
    /// Header cells reduced by [`header_key`].
    pub keys: Vec<String>,
    /// Whether the header is made up, because the first row is already data.
    pub is_numbered: bool,
    /// First byte below the header.
    body: usize,
    /// 1-based line of `body`.
    body_line: usize,
}

impl Layout {
    /// The first line among the first 25 that `score` likes, with the delimiter it likes most.
    /// `score` gets the reduced cells of a line and answers 0 for "no header of mine".
    pub fn find(text: &str, score: impl Fn(&[String]) -> usize) -> Option<Self> {
        let (stated, start, first_line) = stated_delimiter(text);
        let mut at = start;
        for (offset, line) in text[start..].split_inclusive('\n').take(HEADER_WITHIN).enumerate() {
            at += line.len();
            let mut best: Option<(usize, Self)> = None;
            for delimiter in DELIMITERS {
                if stated.is_some_and(|it| it != delimiter) {
                    continue;
                }
                let header = split_line(line, delimiter);
                let keys: Vec<String> = header.iter().map(|cell| header_key(cell)).collect();
                let points = score(&keys);
                if points > best.as_ref().map_or(0, |(points, _)| *points) {
                    let body_line = first_line + offset + 1;
                    let layout =
                        Self { delimiter, header, keys, is_numbered: false, body: at, body_line };
                    best = Some((points, layout));
                }
            }
            if let Some((_, layout)) = best {
                return Some(layout);
            }
        }
        None
    }

    /// A table whose first row is already data.
    pub fn without_header(text: &str, delimiter: u8) -> Self {
        let (_, body, body_line) = stated_delimiter(text);
        Self {
            delimiter,
            header: Vec::new(),
            keys: Vec::new(),
            is_numbered: false,
            body,
            body_line,
        }
    }

    /// The table in a text whose header nobody knows: the delimiter that parts most of the first
    /// rows into the same number of cells, and the first of these rows as header. A first row
    /// with numbers or mail addresses is no header; the columns are then numbered.
    pub fn guess(text: &str) -> Option<Self> {
        let (stated, body, body_line) = stated_delimiter(text);
        let delimiters = DELIMITERS.into_iter().filter(|it| stated.is_none_or(|said| said == *it));
        let even = delimiters
            .filter_map(|delimiter| EvenRows::find(&text[body..], delimiter))
            .max_by_key(|even| (even.rows, even.first.len()))?;
        let mut layout = Self::without_header(text, even.delimiter);
        if even.first.iter().any(|cell| is_value(cell)) {
            layout.number_columns(even.first.len());
        } else {
            layout.keys = even.first.iter().map(|cell| header_key(cell)).collect();
            layout.header = even.first;
            layout.body = body + even.end;
            layout.body_line = body_line + even.lines;
        }
        Some(layout)
    }

    /// Takes the first line that `counts` as the header.
    pub fn take_header(&mut self, text: &str, counts: impl Fn(&str) -> bool) {
        for line in text[self.body.min(text.len())..].split_inclusive('\n') {
            self.body += line.len();
            self.body_line += 1;
            if counts(line) {
                self.header = split_line(line, self.delimiter);
                self.keys = self.header.iter().map(|cell| header_key(cell)).collect();
                return;
            }
        }
    }

    /// Names the columns of a table without header "Column 1", "Column 2" …
    pub fn number_columns(&mut self, columns: usize) {
        self.header = (1..=columns).map(|number| format!("Column {number}")).collect();
        self.keys = self.header.iter().map(|cell| header_key(cell)).collect();
        self.is_numbered = true;
    }

    /// Position of the first column with one of these reduced names, in the order of the names.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.keys.iter().position(|key| key == name))
    }

    /// Name of the delimiter, as shown.
    pub fn delimiter_name(&self) -> &'static str {
        match self.delimiter {
            b',' => "comma",
            b';' => "semicolon",
            b'\t' => "tab",
            b'|' => "bar",
            _ => "blank",
        }
    }

    /// The text below the header.
    pub fn table<'t>(&self, text: &'t str) -> &'t str {
        &text[self.body.min(text.len())..]
    }

    /// The rows below the header.
    pub fn rows<'t>(&self, body: impl Into<Body<'t>>) -> Rows<'t> {
        Rows::new(body.into(), self.delimiter, self.body, self.body_line)
    }
}

/// Fewer cells under a header nobody knows may as well be two lines of a letter.
const MIN_CELLS: usize = 6;

/// The first rows of a text, as one delimiter parts them.
struct EvenRows {
    delimiter: u8,
    /// Rows with as many cells as most have.
    rows: usize,
    /// Cells of the first of these, where it ends, and in how many lines.
    first: Vec<String>,
    end: usize,
    lines: usize,
}

impl EvenRows {
    /// `None` when fewer than four of five rows, or fewer than two, are alike; a single column
    /// must hold mail addresses, or any prose would be a table.
    fn find(text: &str, delimiter: u8) -> Option<Self> {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut cells = ByteRecord::new();
        let mut rows = Vec::new();
        while rows.len() < HEADER_WITHIN && reader.read_byte_record(&mut cells).unwrap_or(false) {
            let shown = |cell: &[u8]| String::from_utf8_lossy(cell).trim().to_owned();
            let end = reader.position();
            rows.push((cells.iter().map(shown).collect::<Vec<_>>(), end.byte(), end.line()));
        }
        let alike = |width: usize| rows.iter().filter(|(row, ..)| row.len() == width).count();
        let width = rows.iter().map(|(row, ..)| row.len()).max_by_key(|&width| alike(width))?;
        let (at, (first, end, line)) =
            rows.iter().enumerate().find(|(_, (row, ..))| row.len() == width)?;
        let below = &rows[at + 1..];
        let count = alike(width);
        let of_mail = || below.iter().all(|(row, ..)| row.iter().all(|cell| email(cell).is_some()));
        let is_even = count > 1 && count * 5 >= (below.len() + 1) * 4;
        let is_enough = if width > 1 { count * width >= MIN_CELLS } else { of_mail() };
        (is_even && is_enough).then(|| Self {
            delimiter,
            rows: count,
            first: first.clone(),
            end: usize::try_from(*end).unwrap_or(text.len()),
            lines: usize::try_from(line.saturating_sub(1)).unwrap_or_default(),
        })
    }
}

/// Whether a cell holds what stands below a header, never in it.
fn is_value(cell: &str) -> bool {
    email(cell).is_some()
        || (cell.starts_with(|c: char| c.is_ascii_digit() || c == '+')
            && !cell.contains(char::is_alphabetic))
}

/// `sep=;` on the first line, as Excel writes it: delimiter, where the table starts, its line.
fn stated_delimiter(text: &str) -> (Option<u8>, usize, usize) {
    let first = text.lines().next().unwrap_or_default();
    let stated = first.trim().trim_matches('"').strip_prefix("sep=");
    match stated.map(str::as_bytes) {
        Some(&[delimiter]) if DELIMITERS.contains(&delimiter) => {
            (Some(delimiter), (first.len() + 1).min(text.len()), 2)
        }
        _ if first.starts_with("sep=\t") => (Some(b'\t'), (first.len() + 1).min(text.len()), 2),
        _ => (None, 0, 1),
    }
}

/// Cells of a single line.
pub(super) fn split_line(line: &str, delimiter: u8) -> Vec<String> {
    // A `csv` reader takes longer to make than a line to cut, and files of unknown kind are cut at
    // each delimiter by each reader.
    if !line.contains(['"', '\u{feff}']) {
        let Some(row) = line.split(['\r', '\n']).find(|it| !it.is_empty()) else {
            return Vec::new();
        };
        return row.split(char::from(delimiter)).map(|cell| cell.trim().to_owned()).collect();
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(line.as_bytes());
    let mut cells = ByteRecord::new();
    if !reader.read_byte_record(&mut cells).unwrap_or(false) {
        return Vec::new();
    }
    cells.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(keys: &[String]) -> usize {
        if keys.iter().any(|it| it == "name") { keys.len() } else { 0 }
    }

    fn lines(text: &str) -> Vec<(usize, String)> {
        let layout = Layout::find(text, named).unwrap();
        let mut rows = layout.rows(text);
        let mut found = Vec::new();
        while let Some(row) = rows.next() {
            found.push((row.line, row.cell(Some(0)).to_owned()));
        }
        found
    }

    #[test]
    fn a_row_knows_its_line_below_notes_quotes_and_empty_lines() {
        let text = "Notes:\n\"about, this\"\n\nName,Town\nAna,\"Up\nper\"\n\r\nBen,X\nCy,Y";
        let expected =
            [(5, "Ana"), (8, "Ben"), (9, "Cy")].map(|(line, name)| (line, name.to_owned()));
        assert_eq!(lines(text), expected);
    }

    #[test]
    fn a_line_is_cut_alike_with_and_without_quotes() {
        for line in ["a,b,c", " a , b", ",", "a,,", "é,ü"] {
            let mut expected = split_line(line, b',');
            expected.push("x".to_owned());
            assert_eq!(split_line(&format!("{line},\"x\""), b','), expected, "{line:?}");
        }
        assert_eq!(split_line(" a , b\r\n", b','), ["a", "b"]);
        assert_eq!(split_line("\r\na;b,c", b','), ["a;b", "c"]);
        assert!(split_line("\r\n", b',').is_empty());
    }

    #[test]
    fn the_delimiter_is_found() {
        for (text, delimiter) in [
            ("name,town\n", b','),
            ("Name;E-Mail\n", b';'),
            ("name\ttown\n", b'\t'),
            ("name|town\n", b'|'),
            ("sep=;\nname;a,b\n", b';'),
        ] {
            assert_eq!(Layout::find(text, named).unwrap().delimiter, delimiter, "{text}");
        }
        assert_eq!(lines("sep=;\nname;a,b\nAna;1\n"), [(3, "Ana".to_owned())]);
    }
}
