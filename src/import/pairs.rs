//! Rows that begin with two names, `source,target` and whatever follows, cut where they lie.
//!
//! Nearly all rows of long edge lists are like this. So they are cut in one walk over their bytes,
//! which also reads names that are numbers; nothing is copied and no list of cells is made.
//! Any other row is left to [`super::rows`].

use super::eight::{decimal_at, find_either};
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
    pub third: Third,
    /// The rows, and where in them the cells from the third on lie.
    text: &'t str,
    rest: [usize; 2],
    delimiter: u8,
}

/// What stands behind the two names.
#[derive(Clone, Copy)]
pub(super) enum Third {
    Nothing,
    /// One cell with a plain number.
    Number(f64),
    /// Whatever else.
    Cells,
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

    /// Takes the next row, when it is one of two names and ends with a line end. The third cell is
    /// looked at only where it is `wanted`.
    #[inline]
    pub fn next(&mut self, wanted: bool) -> Option<Pair<'t>> {
        let bytes = self.text.as_bytes();
        let (source, end) = self.name(self.taken)?;
        if bytes[end] != self.delimiter || matches!(source.first(), Some(b'#' | b'%')) {
            return None;
        }
        let (target, end) = self.name(end + 1)?;
        let (third, rest_end, next) = if let Some(next) = line_end(bytes, end) {
            (Third::Nothing, end, next)
        } else if wanted
            && let Some((number, number_end)) = decimal_at(bytes, end + 1)
            && let Some(next) = line_end(bytes, number_end)
        {
            (Third::Number(number), number_end, next)
        } else {
            let line_end = find_either(bytes, end + 1, b'\n', b'\n')?;
            (Third::Cells, line_end, line_end + 1)
        };
        self.taken = next;
        // Without a third cell, nothing lies between the end of the second and itself.
        let rest = [rest_end.min(end + 1), rest_end];
        Some(Pair { source, target, third, text: self.text, rest, delimiter: self.delimiter })
    }

    /// The name in the cell that begins at `start`, and where the cell ends.
    #[inline]
    fn name(&self, start: usize) -> Option<(Name<'t>, usize)> {
        let bytes = self.text.as_bytes();
        if let Some((name, end)) = Name::number_in(bytes, start)
            && (bytes.get(end) == Some(&self.delimiter) || line_end(bytes, end).is_some())
        {
            return Some((name, end));
        }
        // Parted by blanks, where any number of them may stand, words are not so easily cut.
        if self.delimiter == b' ' {
            return None;
        }
        let end = find_either(bytes, start, self.delimiter, b'\n')?;
        let (from, length) = match &bytes[start..end] {
            [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => (start, end - start),
            _ => {
                let cell = &self.text[start..end];
                let blank = cell.len() - cell.trim_start().len();
                (start + blank, cell.trim().len())
            }
        };
        let name = Name::part(bytes, from, length);
        (!name.is_empty()).then_some((name, end))
    }
}

/// Where the next line begins, when the one at hand ends at `end`.
#[inline]
fn line_end(bytes: &[u8], end: usize) -> Option<usize> {
    match bytes.get(end)? {
        b'\n' => Some(end + 1),
        b'\r' if bytes.get(end + 1) == Some(&b'\n') => Some(end + 2),
        _ => None,
    }
}

impl<'t> Pair<'t> {
    /// The trimmed cell of a column beyond the second; empty where the row is short or there is
    /// no such column.
    pub fn cell(&self, column: Option<usize>) -> &'t str {
        let Some(at) = column.and_then(|it| it.checked_sub(2)) else { return "" };
        let rest = &self.text[self.rest[0]..self.rest[1]];
        let cell = match self.delimiter {
            b' ' => rest.split_ascii_whitespace().nth(at),
            delimiter => rest.split(char::from(delimiter)).nth(at),
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
        told_as(&edges::USUAL_COLUMNS, text, delimiter)
    }

    fn told_as(meanings: &[Meaning], text: &str, delimiter: u8) -> String {
        let layout = Layout::without_header(text, delimiter);
        let reading = edges::read(Body::Text(text), &layout, meanings);
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

    const NAMES: [&str; 24] = [
        "1048575",
        "1048600",
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

    #[test]
    fn long_lists_are_read_like_any_rows() {
        let people: Vec<String> = (0..3000).map(|it| format!("person {it}")).collect();
        for odd in [usize::MAX, 9000, 97] {
            let rows: Vec<[&str; 3]> = (0..40_000_usize)
                .map(|row| {
                    let person = |at: usize| people[at % 3000].as_str();
                    let weight = if row % odd == odd - 1 { "many" } else { WEIGHTS[row % 4] };
                    match row % 50 {
                        0 => [NAMES[row / 50 % NAMES.len()], person(row / 7), weight],
                        1 => [person(row), person(row), weight],
                        _ => [person(row * 7919), person(row * 31 + row / 5), weight],
                    }
                })
                .collect();
            let line = |[a, b, c]: &[&str; 3]| format!("{a},{b},{c}\n");
            let text: String = rows.iter().map(line).collect();
            assert!(told(&text, b',') == told_turned(&rows, "\n"), "one odd row in {odd}");
        }
    }

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

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn any_text_is_read_like_any_rows(
            text in "([0-9]{0,9}[a-c.#%é -]{0,2}[,;\n]|1|,0[.][0-9]{1,3}\n|7,8,\r\n){0,60}",
            third in 0..4_usize,
        ) {
            let third = [Meaning::Weight, Meaning::Probability, Meaning::Channel, Meaning::LeaveOut][third];
            let meanings = [Meaning::Source, Meaning::Target, third];
            let told = |last: &str| told_as(&meanings, &format!("{text}\n{last}"), b',');
            // One quote sends the whole block through the `csv` crate.
            prop_assert_eq!(told("Zed,Ana"), told("\"Zed\",Ana"));
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
