//! UCINET's data language: `dl n=5 format=edgelist1 labels: … data: …`.
//!
//! A file is a few phrases (sizes, format, labels) and data: matrices, halves of matrices, lists of
//! pairs or of neighbors, of one mode or two, of one relation or several. Nodes go by number
//! or, where labels are embedded, by name. Lists do not say whether ties have a direction; a
//! matrix does, by reading the same both ways or not. O(bytes).

mod phrases;

use phrases::{Phrases, Shape};

use super::build::GraphBuilder;
use super::cells::{self, Cell};
use super::numbered::Numbered;
use super::scan::{lines, words};
use crate::import::listed::{Words, number};
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Reads UCINET DL.
pub(super) struct Dl;

impl Reader for Dl {
    fn name(&self) -> &'static str {
        "UCINET DL"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let mut first = head.text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        let is_dl = first.find(|it| !it.is_empty()).is_some_and(|it| it.eq_ignore_ascii_case("dl"));
        is_dl && {
            let head: String =
                head.text.chars().take(4096).collect::<String>().to_ascii_lowercase();
            ["data:", "format", "n=", "labels"].iter().any(|it| head.contains(it))
        }
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let read = Phrases::read(text).and_then(|phrases| {
            let nodes = phrases.nodes();
            let mut file = File { builder: GraphBuilder::new(reading, around), nodes, phrases };
            file.read()?;
            file.builder.finish();
            Ok(())
        });
        if let Err((line, reason)) = read {
            reading.refuse(line, reason);
        }
    }
}

/// Why a file cannot be read on, and where.
type Problem = (usize, String);

struct File<'r, 't> {
    builder: GraphBuilder<'r>,
    nodes: Numbered,
    phrases: Phrases<'t>,
}

impl<'t> File<'_, 't> {
    fn read(&mut self) -> Result<(), Problem> {
        if self.phrases.embedded == [false; 2] {
            self.nodes.tell(&mut self.builder);
        }
        if self.phrases.two_modes() {
            self.builder
                .reading
                .note(0, "rows and columns are different people: a network of two modes");
        }
        match self.phrases.shape {
            Shape::Full | Shape::Lower | Shape::Upper => self.matrices(),
            _ => self.lists(),
        }
    }

    fn matrices(&mut self) -> Result<(), Problem> {
        let (data, begin) = self.phrases.data;
        let mut data = lines(data)
            .flat_map(|(line, content)| words(content, &[',']).map(move |word| (line, word)))
            .map(|(line, word)| (begin + line - 1, word))
            .peekable();
        let matrices = self.phrases.matrices.max(1);
        for relation in 0..matrices {
            if relation > 0 && data.peek().is_none() {
                let reason = format!("the file says {matrices} matrices but holds {relation}");
                return Err((begin, reason));
            }
            self.matrix(&mut data)?;
        }
        if matrices > 1 {
            let reason = format!("{matrices} relations in this file are read as one network");
            self.builder.reading.note(0, reason);
        }
        if let Some((line, word)) = data.next() {
            let reason = format!("{word:?} and what follows lies beyond the matrix; left out");
            self.builder.reading.warn(line, reason);
        }
        Ok(())
    }

    fn matrix(&mut self, data: &mut impl Iterator<Item = (usize, &'t str)>) -> Result<(), Problem> {
        let (rows, columns) = (self.phrases.rows, self.phrases.columns);
        if rows == 0 || columns == 0 {
            let reason = "the size is missing: write the number of nodes, as in n=5";
            return Err((1, reason.to_owned()));
        }
        let mut last_line = self.phrases.data.1;
        let mut next = |row: usize| match data.next() {
            Some((line, word)) => {
                last_line = line;
                Ok((line, word))
            }
            None => Err((last_line, format!("the data end within row {} of {rows}", row + 1))),
        };
        let mut names: [Vec<&str>; 2] = Default::default();
        if self.phrases.embedded[1] {
            for _ in 0..columns {
                names[1].push(next(0)?.1);
            }
        }
        let mut found = Vec::new();
        for row in 0..rows {
            if self.phrases.embedded[0] {
                names[0].push(next(row)?.1);
            }
            for column in self.phrases.columns_of(row) {
                let (line, text) = next(row)?;
                if number(text).is_none() {
                    let reason =
                        format!("{text:?} stands where row {} should have a number", row + 1);
                    return Err((line, reason));
                }
                if cells::ties(text) {
                    found.push((row, column, text, line));
                }
            }
        }
        let found = self.cells(&found, &names);
        if self.phrases.shape != Shape::Full || self.phrases.two_modes() {
            cells::tell_each(&found, false, &mut self.builder);
        } else {
            cells::tell_square(found, &mut self.builder);
        }
        Ok(())
    }

    /// Row, column, text and line of cells → who is tied. Where only one axis bears names and both
    /// are the same people, the names are those of both.
    fn cells(
        &mut self,
        found: &[(usize, usize, &'t str, usize)],
        names: &[Vec<&str>; 2],
    ) -> Vec<Cell<'t>> {
        let begin = self.phrases.columns_begin();
        let [of_rows, of_columns] = if begin > 0 {
            [&names[0], &names[1]]
        } else {
            [0, 1].map(|axis| if names[axis].is_empty() { &names[1 - axis] } else { &names[axis] })
        };
        for name in names.iter().flatten() {
            self.builder.end(name);
        }
        let mut place = |names: &[&str], at: usize, before: usize| match names.get(at) {
            Some(name) => self.builder.end(name),
            None => self.nodes.position(before + at + 1, &mut self.builder),
        };
        let cell = |&(row, column, text, line): &(usize, usize, &'t str, usize)| {
            let (row, column) = (place(of_rows, row, 0)?, place(of_columns, column, begin)?);
            Some(Cell { row, column, text, line })
        };
        found.iter().filter_map(cell).collect()
    }

    fn lists(&mut self) -> Result<(), Problem> {
        let (data, begin) = self.phrases.data;
        let mut ego = 0;
        for (line, content) in lines(data) {
            let line = begin + line - 1;
            let parts: Vec<&str> = words(content, &[',']).collect();
            let Some((&first, rest)) = parts.split_first() else { continue };
            // A mark between two relations.
            if first == "!" {
                ego = 0;
                continue;
            }
            match self.phrases.shape {
                Shape::CountedNeighbors => {
                    ego += 1;
                    if first.parse() != Ok(rest.len()) {
                        let reason =
                            format!("{first:?} is not the number of neighbors that follow it");
                        return Err((line, reason));
                    }
                    for to in rest {
                        self.pair(line, (&ego.to_string(), to), "");
                    }
                }
                Shape::Neighbors => {
                    for to in rest {
                        self.pair(line, (first, to), "");
                    }
                }
                shape => {
                    let (to, weights) = rest.split_first().unwrap_or((&"", &[]));
                    let relations = if shape == Shape::Pairs { 1 } else { weights.len() };
                    if weights.is_empty() {
                        self.pair(line, (first, to), "");
                    }
                    for weight in weights.iter().take(relations).filter(|it| cells::ties(it)) {
                        self.pair(line, (first, to), weight);
                    }
                }
            }
        }
        Ok(())
    }

    fn pair(&mut self, line: usize, ends: (&str, &str), weight: &str) {
        let from = self.end(ends.0, self.phrases.embedded[0], 0);
        let to = self.end(ends.1, self.phrases.embedded[1], self.phrases.columns_begin());
        match (from, to) {
            (Some(from), Some(to)) => {
                let directed = self.phrases.two_modes().then_some(false);
                let words = Words { weight, ..Words::default() };
                self.builder.tie(line, (from, to), directed, words);
            }
            (from, _) => {
                let missing = if from.is_none() { ends.0 } else { ends.1 };
                let reason =
                    format!("{missing:?} is none of the nodes 1 to {}", self.nodes.count());
                self.builder.reading.skip(line, reason);
            }
        }
    }

    /// A node by its number, or by its name where names are in the data.
    fn end(&mut self, word: &str, embedded: bool, before: usize) -> Option<u32> {
        if embedded {
            return self.builder.end(word);
        }
        match word.parse::<usize>() {
            Ok(0) => None,
            Ok(number) => self.nodes.position(before.checked_add(number)?, &mut self.builder),
            Err(_) => self.builder.known(word),
        }
    }
}
