//! Pajek networks (`.net`) and projects (`.paj`).
//!
//! Sections begin with `*`, in any letter case: vertices (not all need be listed), arcs (directed) and
//! edges (undirected) by pair, by list or as a matrix, each maybe of a numbered relation, and several
//! networks one after another. Partitions and vectors of a project become facts of the vertices.
//! O(bytes).

use super::build::GraphBuilder;
use super::cells::{self, Cell};
use super::numbered::Numbered;
use super::scan::{bytes_before, lines, words};
use crate::import::listed::{Words, number};
use crate::import::reader::{Content, Context, Head, Reader};
use crate::import::reading::Reading;

/// Reads Pajek.
pub(super) struct Pajek;

/// Lines that may stand above the first section.
const PREFACE_LINES: usize = 20;

const SECTIONS: &[&str] = &[
    "*network",
    "*vertices",
    "*arcs",
    "*edges",
    "*arcslist",
    "*edgeslist",
    "*matrix",
    "*partition",
    "*vector",
    "*permutation",
    "*cluster",
    "*hierarchy",
];

impl Reader for Pajek {
    fn name(&self) -> &'static str {
        "Pajek"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let mut lines = lines(head.text).map(|(_, line)| line.trim()).filter(|it| !is_comment(it));
        let keyword = |line: &str| {
            let word = line.split([' ', '\t', ':']).next().unwrap_or_default();
            SECTIONS.iter().any(|it| it.eq_ignore_ascii_case(word))
        };
        // Words on the file itself may stand above its first section.
        let is_count = |line: &str| {
            let (first, rest) = line.split_once([' ', '\t']).unwrap_or_default();
            first.eq_ignore_ascii_case("*vertices")
                && rest.trim().starts_with(|c: char| c.is_ascii_digit())
        };
        lines.next().is_some_and(keyword) || lines.take(PREFACE_LINES).any(is_count)
    }

    fn read(&self, content: Content<'_>, around: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = content else { return };
        let mut file = File {
            builder: GraphBuilder::new(reading, around),
            section: Section::Other,
            vertices: Numbered::default(),
            told: true,
            matrix: Matrix::default(),
            bytes: text.len(),
            networks: 0,
            relations: 0,
        };
        for (line, content) in lines(text) {
            if !file.builder.goes_on(bytes_before(text, content)) {
                break;
            }
            if let Err(reason) = file.line(line, content.trim()) {
                return reading.refuse(line, reason);
            }
        }
        file.finish();
    }
}

fn is_comment(line: &str) -> bool {
    line.is_empty() || line.starts_with('%') || line.starts_with("/*")
}

/// What the lines at hand are.
enum Section {
    Vertices,
    /// Ties by pair, with their direction.
    Pairs(bool),
    /// One end, then all it is tied to.
    Lists(bool),
    Matrix,
    /// Values of the vertices in their order: a name for them, the next vertex.
    Values(String, usize),
    Other,
}

/// A matrix in the making.
#[derive(Default)]
struct Matrix<'t> {
    cells: Vec<Cell<'t>>,
    row: usize,
}

struct File<'r, 't> {
    builder: GraphBuilder<'r>,
    section: Section,
    vertices: Numbered,
    /// The vertices at hand are people already.
    told: bool,
    matrix: Matrix<'t>,
    bytes: usize,
    networks: usize,
    relations: usize,
}

impl<'t> File<'_, 't> {
    fn line(&mut self, line: usize, content: &'t str) -> Result<(), String> {
        if is_comment(content) {
            return Ok(());
        }
        if content.starts_with('*') {
            return self.begin(line, content);
        }
        match &mut self.section {
            Section::Vertices => self.vertex(line, content),
            &mut Section::Pairs(directed) => {
                self.pair(line, content, directed);
                Ok(())
            }
            &mut Section::Lists(directed) => {
                self.list(line, content, directed);
                Ok(())
            }
            Section::Matrix => self.matrix_row(line, content),
            Section::Values(column, next) => {
                let (column, number) = (column.clone(), *next);
                *next += 1;
                if let Some(position) = self.vertices.position(number, &mut self.builder) {
                    self.builder.fact(position, &column, content);
                }
                Ok(())
            }
            Section::Other => Ok(()),
        }
    }

    fn begin(&mut self, line: usize, content: &str) -> Result<(), String> {
        self.end_of_matrix();
        let mut parts = content.splitn(2, [' ', '\t', ':']);
        let keyword = parts.next().unwrap_or_default().to_ascii_lowercase();
        let rest = parts.next().unwrap_or_default().trim();
        if keyword == "*vertices" {
            return self.vertices(line, rest);
        }
        let is_tie =
            matches!(keyword.as_str(), "*arcs" | "*edges" | "*arcslist" | "*edgeslist" | "*matrix");
        if is_tie {
            self.tell_vertices();
            self.relations += usize::from(content.contains(':'));
        }
        self.section = match keyword.as_str() {
            "*arcs" => Section::Pairs(true),
            "*edges" => Section::Pairs(false),
            "*arcslist" => Section::Lists(true),
            "*edgeslist" => Section::Lists(false),
            "*matrix" => Section::Matrix,
            "*partition" | "*vector" => {
                self.tell_vertices();
                let name = if rest.is_empty() { &keyword[1..] } else { rest };
                Section::Values(name.trim_matches('"').to_owned(), 0)
            }
            _ => Section::Other,
        };
        Ok(())
    }

    /// `*Vertices 10`, or `*Vertices 10 4` where the first four are of one mode.
    fn vertices(&mut self, line: usize, counts: &str) -> Result<(), String> {
        if let Section::Values(_, next) = &mut self.section {
            *next = 1;
            return Ok(());
        }
        let counts: Vec<&str> = counts.split_whitespace().collect();
        let whole = |text: &&str| text.parse::<usize>().ok();
        let count = counts
            .first()
            .and_then(whole)
            .ok_or_else(|| "*Vertices stands without the number of vertices".to_owned())?;
        let first_mode = counts.get(1).map_or(Some(count), whole).filter(|it| *it <= count);
        let first_mode = first_mode.ok_or_else(|| {
            format!(
                "*Vertices {}: the first mode cannot have more than all {count} vertices",
                counts.join(" ")
            )
        })?;
        self.tell_vertices();
        self.networks += 1;
        if self.networks > 1 {
            self.builder.next_graph();
        }
        if first_mode < count {
            let other = count - first_mode;
            self.builder
                .reading
                .note(line, format!("a network of two modes: {first_mode} and {other} vertices"));
        }
        self.vertices = Numbered::new(count, first_mode, self.bytes);
        self.told = false;
        self.section = Section::Vertices;
        Ok(())
    }

    fn vertex(&mut self, line: usize, content: &str) -> Result<(), String> {
        let mut parts = words(content, &[]);
        let number = parts.next().unwrap_or_default();
        let name = parts.next().unwrap_or_default();
        let fits = number.parse().is_ok_and(|number| self.vertices.name(line, number, name));
        if fits {
            return Ok(());
        }
        Err(format!(
            "vertex {number:?} is none of 1 to {}; the file is damaged",
            self.vertices.count()
        ))
    }

    fn tell_vertices(&mut self) {
        if !std::mem::replace(&mut self.told, true) {
            self.vertices.tell(&mut self.builder);
        }
    }

    /// `1 2 0.5 …`, of relation 3 maybe `3: 1 2 0.5 …`.
    fn pair(&mut self, line: usize, content: &str, directed: bool) {
        let mut parts = words(content, &[]).peekable();
        parts.next_if(|it| it.ends_with(':'));
        let (from, to) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let weight = parts.next().filter(|it| number(it).is_some()).unwrap_or_default();
        self.tie(line, (from, to), directed, weight);
    }

    fn list(&mut self, line: usize, content: &str, directed: bool) {
        let mut parts = words(content, &[]).peekable();
        parts.next_if(|it| it.ends_with(':'));
        let from = parts.next().unwrap_or_default();
        for to in parts {
            self.tie(line, (from, to), directed, "");
        }
    }

    fn tie(&mut self, line: usize, ends: (&str, &str), directed: bool, weight: &str) {
        let mut position = |end: &str| {
            let number = end.parse().ok();
            number.and_then(|number| self.vertices.position(number, &mut self.builder))
        };
        match (position(ends.0), position(ends.1)) {
            (Some(from), Some(to)) => {
                let words = Words { weight, ..Words::default() };
                self.builder.tie(line, (from, to), Some(directed), words);
            }
            (from, _) => {
                let missing = if from.is_none() { ends.0 } else { ends.1 };
                let count = self.vertices.count();
                self.builder
                    .reading
                    .skip(line, format!("{missing:?} is none of the vertices 1 to {count}"));
            }
        }
    }

    /// A row of a matrix; in a network of two modes rows are the first mode, columns the other.
    fn matrix_row(&mut self, line: usize, content: &'t str) -> Result<(), String> {
        let (count, first) = (self.vertices.count(), self.vertices.first_mode());
        let (rows, before, columns) =
            if first < count { (first, first, count - first) } else { (count, 0, count) };
        self.matrix.row += 1;
        if self.matrix.row > rows {
            return Err(format!("the matrix has more than {rows} rows"));
        }
        let values: Vec<&str> = words(content, &[',', ';']).collect();
        if values.len() != columns {
            return Err(format!(
                "a row of the matrix has {} values instead of {columns}",
                values.len()
            ));
        }
        let row = self.vertices.position(self.matrix.row, &mut self.builder);
        for (column, text) in values.into_iter().enumerate().filter(|(_, text)| cells::ties(text)) {
            let column = self.vertices.position(before + column + 1, &mut self.builder);
            if let (Some(row), Some(column)) = (row, column) {
                self.matrix.cells.push(Cell { row, column, text, line });
            }
        }
        Ok(())
    }

    fn end_of_matrix(&mut self) {
        let Matrix { cells, .. } = std::mem::take(&mut self.matrix);
        if self.vertices.first_mode() < self.vertices.count() {
            cells::tell_each(&cells, false, &mut self.builder);
        } else {
            cells::tell_square(cells, &mut self.builder);
        }
    }

    fn finish(mut self) {
        self.end_of_matrix();
        self.tell_vertices();
        for (count, what) in [(self.networks, "networks"), (self.relations, "relations")] {
            if count > 1 {
                self.builder
                    .reading
                    .note(0, format!("{count} {what} in this file are read as one network"));
            }
        }
        self.builder.finish();
    }
}
