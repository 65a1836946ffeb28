//! The head of a DL file: sizes, format and labels, up to `data:`.

use std::ops::Range;

use super::super::numbered::Numbered;
use super::super::scan::{lines, words};
use super::Problem;

/// How the data are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Shape {
    /// A whole matrix.
    #[default]
    Full,
    /// The lower half of a matrix.
    Lower,
    /// The upper half of a matrix.
    Upper,
    /// `from to weight` per line.
    Pairs,
    /// `from to weight weight …` per line, a weight per relation.
    PairsOfRelations,
    /// `from to to …` per line.
    Neighbors,
    /// `count to to …` per line, the lines standing for the nodes in order.
    CountedNeighbors,
}

/// What the head says.
#[derive(Debug, Default)]
pub(super) struct Phrases<'t> {
    pub rows: usize,
    pub columns: usize,
    pub matrices: usize,
    pub shape: Shape,
    /// Whether names of rows, and of columns, stand among the data.
    pub embedded: [bool; 2],
    /// The text behind `data:`, and the line on which it begins.
    pub data: (&'t str, usize),
    diagonal_absent: bool,
    lists_of_two_modes: bool,
    row_labels: Vec<(usize, &'t str)>,
    column_labels: Vec<(usize, &'t str)>,
}

/// Whose labels follow.
#[derive(Clone, Copy, PartialEq)]
enum Axis {
    Rows,
    Columns,
    Both,
    Relations,
}

impl<'t> Phrases<'t> {
    /// Reads the head of a file.
    pub fn read(text: &'t str) -> Result<Self, Problem> {
        const DATA: &[u8] = b"data:";
        let is_data = |word: &[u8]| word.eq_ignore_ascii_case(DATA);
        let Some(at) = text.as_bytes().windows(DATA.len()).position(is_data) else {
            return Err((0, "the data are missing: there is no line \"data:\"".to_owned()));
        };
        let head = &text[..at];
        let mut phrases =
            Self { data: (&text[at + DATA.len()..], lines(head).count()), ..Self::default() };
        let mut labels_of = None;
        for (line, content) in lines(head) {
            if begins_phrase(content) {
                labels_of = None;
            }
            phrases.line(line, content, &mut labels_of)?;
        }
        Ok(phrases)
    }

    fn line(
        &mut self,
        line: usize,
        content: &'t str,
        labels_of: &mut Option<Axis>,
    ) -> Result<(), Problem> {
        let mut parts = words(content, &[',', '=', ';']).peekable();
        let mut axis = Axis::Both;
        while let Some(word) = parts.next() {
            if let Some(of) = *labels_of {
                self.label(line, word, of);
                continue;
            }
            let mut size = || {
                let text = parts.next().unwrap_or_default();
                text.parse::<usize>()
                    .map_err(|_| (line, format!("{word} = {text:?} is not a number")))
            };
            match word.trim_end_matches(':').to_ascii_lowercase().as_str() {
                "n" => (self.rows, self.columns) = size().map(|size| (size, size))?,
                "nr" => self.rows = size()?,
                "nc" => self.columns = size()?,
                "nm" => self.matrices = size()?,
                "format" => self.format(line, parts.next().unwrap_or_default())?,
                "diagonal" => {
                    self.diagonal_absent =
                        parts.next().is_some_and(|it| it.eq_ignore_ascii_case("absent"));
                }
                "row" => axis = Axis::Rows,
                "col" | "column" => axis = Axis::Columns,
                "level" | "matrix" | "relation" => axis = Axis::Relations,
                "labels" => {
                    let embedded =
                        parts.next_if(|it| it.to_ascii_lowercase().starts_with("embedded"));
                    if embedded.is_some() {
                        self.embedded[0] |= axis != Axis::Columns;
                        self.embedded[1] |= axis != Axis::Rows;
                    } else {
                        *labels_of = Some(axis);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn label(&mut self, line: usize, word: &'t str, of: Axis) {
        match of {
            Axis::Rows | Axis::Both => self.row_labels.push((line, word)),
            Axis::Columns => self.column_labels.push((line, word)),
            Axis::Relations => {}
        }
    }

    fn format(&mut self, line: usize, name: &str) -> Result<(), Problem> {
        let lower = name.to_ascii_lowercase();
        self.lists_of_two_modes = lower.trim_end_matches('b').ends_with('2');
        self.shape = match lower.trim_end_matches(['1', '2', 'b']) {
            "fullmatrix" => Shape::Full,
            "lowerhalf" => Shape::Lower,
            "upperhalf" => Shape::Upper,
            "edgelist" => Shape::Pairs,
            "edgearray" | "edgematrix" => Shape::PairsOfRelations,
            "nodelist" if lower.ends_with('b') => Shape::CountedNeighbors,
            "nodelist" | "rankedlist" => Shape::Neighbors,
            _ => {
                let reason = format!(
                    "the format {name:?} is not read; save the data as fullmatrix or edgelist1"
                );
                return Err((line, reason));
            }
        };
        Ok(())
    }

    /// True when rows are other people than columns.
    pub fn two_modes(&self) -> bool {
        let labels = |of: &[(usize, &'t str)]| of.iter().map(|it| it.1).collect::<Vec<_>>();
        let differ = !self.column_labels.is_empty()
            && !self.row_labels.is_empty()
            && labels(&self.row_labels) != labels(&self.column_labels);
        self.lists_of_two_modes || self.rows != self.columns || differ
    }

    /// Where the numbers of columns begin: behind those of the rows, or with them.
    pub fn columns_begin(&self) -> usize {
        if self.two_modes() { self.rows } else { 0 }
    }

    /// All nodes by number, rows before columns where the two differ.
    pub fn nodes(&self) -> Numbered {
        let begin = self.columns_begin();
        let (count, whole) = (begin.saturating_add(self.columns), self.data.0.len());
        let mut nodes = Numbered::new(count, if begin > 0 { begin } else { count }, whole);
        for (labels, before) in [(&self.row_labels, 0), (&self.column_labels, begin)] {
            for (number, (line, label)) in (before + 1..).zip(labels) {
                nodes.name(*line, number, label);
            }
        }
        nodes
    }

    /// Columns of which a row of the data tells.
    pub fn columns_of(&self, row: usize) -> impl Iterator<Item = usize> + use<> {
        let told: Range<usize> = match self.shape {
            Shape::Lower => 0..(row + 1).min(self.columns),
            Shape::Upper => row..self.columns,
            _ => 0..self.columns,
        };
        let absent = self.diagonal_absent;
        told.filter(move |&column| !absent || column != row)
    }
}

/// True for a line that ends a list of labels.
fn begins_phrase(line: &str) -> bool {
    let lower = line.trim_start().to_ascii_lowercase();
    let begin = ["labels", "format", "diagonal"];
    let of_axis = ["row ", "column ", "col ", "level ", "matrix ", "relation "];
    begin.iter().any(|it| lower.starts_with(it))
        || of_axis.iter().any(|it| {
            lower.strip_prefix(it).is_some_and(|rest| rest.trim_start().starts_with("labels"))
        })
}
