//! Edge lists: `source,target[,weight][,probability][,type][,channel]`, with or without a header.
//!
//! The columns may stand in any order and go by other names (`from,to`, `Vertex 1,Vertex 2`,
//! `ego,alter` …); without a header two or three columns of single words are accepted, also
//! separated by blanks, with `#` and `%` lines as comments. What a row's words mean: [`super::listed`].
//!
//! Speed: no allocation per row, and names are looked up by the hundred (see `names`). 100,000 rows
//! over 20,000 people take some 25 ms of processor time, about three times what the bare `csv` crate
//! needs to part the cells (`benches/import.rs`). Memory: 32 bytes per row, some 240 per person.

use super::clean::shown;
use super::columns::{Confidence, Guess, Meaning};
use super::listed::{
    CHANNEL, ListedTies, PROBABILITY, RELATION, SOURCE, TARGET, TYPE, WEIGHT, Words, number,
};
use super::names::{Asked, Names};
use super::reading::Reading;
use super::record::{PersonKey, PersonRecord, TieRecord};
use super::rows::{Body, Row};
use super::table::{DELIMITERS, Layout, split_line};

/// Columns of an edge list without header.
pub(super) const USUAL_COLUMNS: [Meaning; 3] = [Meaning::Source, Meaning::Target, Meaning::Weight];

/// Names of this many rows are looked up together.
const ROWS_AT_ONCE: usize = 128;

/// A text of this length is a whole file, not the head of one.
const SHORT_FILE_BYTES: usize = 8 << 10;

/// How much a header line looks like that of an edge list; 0 when it names no two ends.
pub(super) fn header_score(keys: &[String]) -> usize {
    let names =
        |aliases: &[&str]| usize::from(keys.iter().any(|key| aliases.contains(&key.as_str())));
    if names(SOURCE) + names(TARGET) < 2 {
        return 0;
    }
    2 + names(PROBABILITY) + names(WEIGHT) + names(TYPE) + names(CHANNEL)
}

/// What the columns of an edge list mean: by header, else the usual three in the usual order.
pub(super) fn guesses(layout: &Layout) -> Vec<Guess> {
    if layout.is_numbered {
        let likely = |meaning| Guess { meaning, confidence: Confidence::Likely };
        return USUAL_COLUMNS.into_iter().take(layout.keys.len()).map(likely).collect();
    }
    let unused = Guess { meaning: Meaning::LeaveOut, confidence: Confidence::Unsure };
    let mut guesses = vec![unused; layout.keys.len()];
    for (meaning, names) in [
        (Meaning::Source, SOURCE),
        (Meaning::Target, TARGET),
        (Meaning::Probability, PROBABILITY),
        (Meaning::Weight, WEIGHT),
        (Meaning::Direction, TYPE),
        (Meaning::Channel, CHANNEL),
        (Meaning::TieKind, RELATION),
    ] {
        if let Some(at) = layout.column(names) {
            guesses[at] = Guess { meaning, confidence: Confidence::Sure };
        }
    }
    guesses
}

/// The layout of an edge list without header, when the first lines look like one:
/// two or three cells each, the third a number.
pub(super) fn without_header(text: &str) -> Option<Layout> {
    let table = Layout::without_header(text, b',').table(text);
    // The head of a long file ends somewhere within a line.
    let last_line = table.rfind('\n').filter(|_| table.len() > SHORT_FILE_BYTES);
    let complete = last_line.unwrap_or(table.len());
    let lines: Vec<&str> =
        table[..complete].lines().filter(|line| !is_comment(line)).take(50).collect();
    let fits = |delimiter: u8| {
        let rows: Vec<Vec<String>> = lines.iter().map(|line| cells_of(line, delimiter)).collect();
        looks_like_ties(&rows)
    };
    let delimiter = DELIMITERS.into_iter().chain([b' ']).find(|&delimiter| fits(delimiter))?;
    let mut layout = Layout::without_header(text, delimiter);
    if delimiter != b' ' {
        layout.number_columns(cells_of(lines.first()?, delimiter).len());
    }
    Some(layout)
}

fn cells_of(line: &str, delimiter: u8) -> Vec<String> {
    if delimiter == b' ' {
        line.split_ascii_whitespace().map(str::to_owned).collect()
    } else {
        split_line(line, delimiter)
    }
}

fn looks_like_ties(rows: &[Vec<String>]) -> bool {
    let Some(first) = rows.first() else { return false };
    let is_number = |cell: &String| number(cell).is_some();
    let is_node = |cell: &String| {
        !cell.is_empty()
            && cell.len() <= 64
            && cell.split_whitespace().count() <= 4
            && !["true", "false", "yes", "no"].contains(&cell.to_lowercase().as_str())
            && !cell.contains(['{', '}', '<', '>', '=', ';', '\t', '|'])
    };
    let even = matches!(first.len(), 2 | 3)
        && rows.iter().all(|row| {
            row.len() == first.len()
                && row[..2].iter().all(is_node)
                && row[2..].iter().all(is_number)
        });
    // A line of words over columns of numbers is a header that nobody knows.
    let unknown_header = rows.len() > 1
        && (0..2).any(|column| {
            first.get(column).is_some_and(|cell| !is_number(cell))
                && rows[1..].iter().all(|row| row.get(column).is_some_and(is_number))
        });
    let enough = rows.len() > 1 || first.iter().all(is_number);
    even && !unknown_header && enough
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with(['#', '%'])
}

/// Reads the ties. O(bytes) time; memory for the people and ties found.
pub(super) fn read(text: Body<'_>, layout: &Layout, meanings: &[Meaning]) -> Reading {
    let mut reader = EdgeReader::new(layout, meanings);
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        if !row.is_blank() && !row.cell(Some(0)).starts_with(['#', '%']) {
            reader.row(row);
        }
    }
    rows.tell_end(&mut reader.reading);
    reader.finish()
}

struct EdgeReader {
    source: Option<usize>,
    target: Option<usize>,
    probability: Option<usize>,
    weight: Option<usize>,
    kind: Option<usize>,
    channel: Option<usize>,
    relation: Option<usize>,
    /// Headers of columns that say nothing Jaywalk knows.
    ignored: Vec<String>,
    relation_header: Option<String>,
    ties: ListedTies,
    names: Names,
    /// Rows whose ends are being asked for: line, and the tie without its ends.
    pending: Vec<(usize, TieRecord)>,
    asked: Asked,
    reading: Reading,
}

impl EdgeReader {
    fn new(layout: &Layout, meanings: &[Meaning]) -> Self {
        let column = |meaning| meanings.iter().position(|it| *it == meaning);
        let used = [
            Meaning::Source,
            Meaning::Target,
            Meaning::Probability,
            Meaning::Weight,
            Meaning::Direction,
            Meaning::Channel,
            Meaning::TieKind,
        ]
        .map(column);
        let [source, target, probability, weight, kind, channel, relation] = used;
        let ignored = (0..layout.header.len())
            .filter(|&at| !used.contains(&Some(at)) && !layout.header[at].is_empty())
            .map(|at| layout.header[at].clone())
            .collect();
        let follows =
            source.and_then(|at| layout.keys.get(at)).is_some_and(|key| key == "follower");
        let has_probability = probability.is_some();
        Self {
            source,
            target,
            probability,
            weight,
            kind,
            channel,
            relation,
            ignored,
            relation_header: relation.map(|at| layout.header[at].clone()),
            ties: ListedTies::new(follows, has_probability),
            names: Names::default(),
            pending: Vec::new(),
            asked: Asked::default(),
            reading: Reading::default(),
        }
    }

    fn row(&mut self, row: Row<'_>) {
        let line = row.line;
        let cell = |column| row.cell(column);
        let (source, target) = (cell(self.source), cell(self.target));
        if source.is_empty() || target.is_empty() {
            let missing = if source.is_empty() { "source" } else { "target" };
            self.reading.skip(line, format!("no {missing}: write who influences whom in each row"));
            return;
        }
        self.names.ask(source, &mut self.asked);
        self.names.ask(target, &mut self.asked);
        let words = Words {
            probability: cell(self.probability),
            weight: cell(self.weight),
            kind: cell(self.kind),
            channel: cell(self.channel),
            relation: cell(self.relation),
        };
        self.pending.push((line, self.ties.tie(line, words, &mut self.reading)));
        if self.pending.len() == ROWS_AT_ONCE {
            self.add_pending();
        }
    }

    /// Finds out between whom the rows so far are ties.
    fn add_pending(&mut self) {
        let mut asked = std::mem::take(&mut self.asked);
        let mut pending = std::mem::take(&mut self.pending);
        self.names.look_up(&mut asked);
        for (at, (line, tie)) in pending.drain(..).enumerate() {
            let [from, to] = [2 * at, 2 * at + 1].map(|at| {
                let (name, found) = asked.answer(at);
                found.or_else(|| self.names.find(name)).unwrap_or_else(|| self.new_spelling(name))
            });
            if from == to {
                let (name, _) = asked.answer(2 * at);
                let reason = format!("{name:?} is tied to itself, which says nothing");
                self.reading.skip(line, reason);
            } else {
                self.reading.tie(TieRecord { from, to, ..tie });
                self.reading.keep();
            }
        }
        asked.clear();
        (self.asked, self.pending) = (asked, pending);
    }

    /// A name that has not occurred so far, or not spelled like this.
    fn new_spelling(&mut self, name: &str) -> u32 {
        let clean = shown(name);
        let position = self.names.find(&clean).unwrap_or_else(|| {
            let position = self.reading.add_unkeyed(PersonRecord {
                name: clean.clone(),
                keys: vec![PersonKey::Node(clean.clone())],
                ..PersonRecord::default()
            });
            self.names.add(&clean, position);
            position
        });
        if clean != name {
            self.names.add(name, position);
        }
        position
    }

    fn finish(mut self) -> Reading {
        self.add_pending();
        let unused_relation = self.relation_header.take().filter(|_| !self.ties.relation_told);
        self.ignored.extend(unused_relation);
        if !self.ignored.is_empty() {
            self.reading.note(0, format!("columns not used: {}", self.ignored.join(", ")));
        }
        self.ties.finish(&mut self.reading);
        self.reading
    }
}
