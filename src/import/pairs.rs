//! Rows that begin with two names, `source,target` and whatever follows, cut where they lie.
//!
//! Nearly all rows of long edge lists are like this. So they are cut in one walk over their bytes,
//! which also reads names that are numbers; nothing is copied and no list of cells is made.
//! Any other row is left to [`super::rows`].

use super::names::Name;

/// Whole rows without quotes.
pub(super) struct Pairs<'t> {
    text: &'t str,
    delimiter: u8,
    /// Bytes of the rows taken so far.
    taken: usize,
}

/// One row.
pub(super) struct Pair<'t> {
    pub source: Name<'t>,
    pub target: Name<'t>,
    /// The cells from the third on.
    rest: &'t str,
    delimiter: u8,
}

impl<'t> Pairs<'t> {
    /// The rows of `text`, in which no cell is quoted.
    pub fn new(text: &'t str, delimiter: u8) -> Self {
        Self { text, delimiter, taken: 0 }
    }

    /// Bytes of the rows taken so far.
    pub fn taken(&self) -> usize {
        self.taken
    }

    /// Takes the next row, when it is one of two names and ends with a line end.
    #[inline]
    pub fn next(&mut self) -> Option<Pair<'t>> {
        let (source, end) = self.name(self.taken)?;
        if self.text.as_bytes()[end] != self.delimiter || source.text.starts_with(['#', '%']) {
            return None;
        }
        let (target, end) = self.name(end + 1)?;
        let (rest, end) = match &self.text.as_bytes()[end..] {
            [b'\n', ..] => ("", end + 1),
            [b'\r', b'\n', ..] => ("", end + 2),
            [_, rest @ ..] => {
                let length = rest.iter().position(|&byte| byte == b'\n')?;
                (&self.text[end + 1..end + 1 + length], end + length + 2)
            }
            [] => return None,
        };
        self.taken = end;
        Some(Pair { source, target, rest, delimiter: self.delimiter })
    }

    /// The name in the cell that begins at `start`, and where the cell ends.
    #[inline]
    fn name(&self, start: usize) -> Option<(Name<'t>, usize)> {
        let bytes = self.text.as_bytes();
        if let Some((number, length)) = Name::number(&bytes[start..]) {
            let end = start + length;
            let last = *bytes.get(end)?;
            let is_line_end =
                last == b'\n' || (last == b'\r' && bytes.get(end + 1) == Some(&b'\n'));
            if last == self.delimiter || is_line_end {
                return Some((Name { text: &self.text[start..end], number: Some(number) }, end));
            }
        }
        // Parted by blanks, where any number of them may stand, words are not so easily cut.
        if self.delimiter == b' ' {
            return None;
        }
        let length =
            bytes[start..].iter().position(|&byte| byte == self.delimiter || byte == b'\n')?;
        let name = Name::of(trimmed(&self.text[start..start + length]));
        (!name.text.is_empty()).then_some((name, start + length))
    }
}

/// As `trim`, but quicker where there is nothing to do.
fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'!'..=b'~', .., b'!'..=b'~'] => cell,
        _ => cell.trim(),
    }
}

impl<'t> Pair<'t> {
    /// The trimmed cell of a column beyond the second; empty where the row is short or there is
    /// no such column.
    #[inline]
    pub fn cell(&self, column: Option<usize>) -> &'t str {
        let Some(at) = column.and_then(|it| it.checked_sub(2)) else { return "" };
        let cell = match self.delimiter {
            b' ' => self.rest.split_ascii_whitespace().nth(at),
            delimiter => self.rest.split(char::from(delimiter)).nth(at),
        };
        cell.unwrap_or_default().trim()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::super::columns::Meaning;
    use super::super::edges;
    use super::super::rows::Body;
    use super::super::table::Layout;

    /// What is read of an edge list, as text.
    fn told(text: &str, delimiter: u8) -> String {
        let layout = Layout::without_header(text, delimiter);
        let reading = edges::read(Body::Text(text), &layout, &edges::USUAL_COLUMNS);
        format!("{:?}", reading.finish("list", "edge list", String::new()))
    }

    /// The same with the source behind the target, where no row is taken for a pair.
    fn told_turned(rows: &[[&str; 3]], end: &str) -> String {
        let line =
            |[source, target, weight]: &[&str; 3]| format!("{target},{source},{weight}{end}");
        let text: String = rows.iter().map(line).collect();
        let layout = Layout::without_header(&text, b',');
        let meanings = [Meaning::Target, Meaning::Source, Meaning::Weight];
        let reading = edges::read(Body::Text(&text), &layout, &meanings);
        format!("{:?}", reading.finish("list", "edge list", String::new()))
    }

    const NAMES: [&str; 22] = [
        "7",
        "007",
        "+7",
        " 7 ",
        "7.0",
        "0",
        "00",
        "12",
        "70000",
        "123456789",
        "1234567890",
        "99999999999999999999",
        "",
        " ",
        "Ana",
        " Ana",
        "Ana\u{200b}",
        "Zoë",
        "é",
        "王芳",
        "a name of more than eight bytes",
        "x#%",
    ];
    const WEIGHTS: [&str; 6] = ["", "1", "2", "0.5", "many", "1,5"];

    proptest! {
        #[test]
        fn pairs_are_read_like_any_rows(
            rows in prop::collection::vec((0..NAMES.len(), 0..NAMES.len(), 0..5_usize), 0..300),
            windows in any::<bool>(),
        ) {
            let end = if windows { "\r\n" } else { "\n" };
            let rows: Vec<[&str; 3]> =
                rows.iter().map(|&(a, b, c)| [NAMES[a], NAMES[b], WEIGHTS[c]]).collect();
            let line = |[a, b, c]: &[&str; 3]| format!("{a},{b},{c}{end}");
            let text: String = rows.iter().map(line).collect();
            // One quote sends the whole block through the `csv` crate.
            let quoted = text.clone() + "\"Zed\",Ana,1";
            prop_assert_eq!(told(&(text.clone() + "Zed,Ana,1"), b','), told(&quoted, b','));
            prop_assert_eq!(told(&text, b','), told_turned(&rows, end));
        }

        #[test]
        fn odd_rows_between_pairs_change_nothing(
            rows in prop::collection::vec(0..ODD.len(), 0..200),
            last in 0..ODD.len(),
        ) {
            let lines: Vec<&str> = rows.iter().chain([&last]).map(|&at| ODD[at]).collect();
            let text = lines.join("\n");
            let quoted = text.clone() + "\n\"Zed\",Ana";
            prop_assert_eq!(told(&(text + "\nZed,Ana"), b','), told(&quoted, b','));
        }

        #[test]
        fn numbers_parted_by_blanks_are_read_as_by_commas(
            rows in prop::collection::vec((0..99_u32, 0..99_u32, 0..3_usize, 0..3_usize), 0..200),
        ) {
            let mut blanks = String::new();
            let mut commas = String::new();
            for (from, to, gap, behind) in rows {
                let (gap, behind) = ([" ", "  ", " \t"][gap], ["", " ", " 3"][behind]);
                let _ = writeln!(blanks, "{from}{gap}{to}{behind}");
                let _ = writeln!(commas, "{from},{to},{behind}");
            }
            prop_assert_eq!(told(&blanks, b' '), told(&commas, b','));
        }
    }

    const ODD: [&str; 16] = [
        "1,2",
        "2,3,4",
        "Ana,Ben",
        "",
        "  ",
        ",",
        ",,5",
        "# a comment,x",
        " % 1,2",
        "Ana",
        "1",
        "1,",
        ",2",
        "1,2,3,4,5",
        "Ana , Ben , 2",
        "3,#4",
    ];
}
