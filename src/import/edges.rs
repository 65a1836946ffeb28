//! Edge lists: `source,target[,weight][,probability][,type][,channel]`, with or without a header.
//!
//! The columns may stand in any order and go by other names (`from,to`, `Vertex 1,Vertex 2`,
//! `ego,alter` …); without a header two or three columns of single words are accepted, also
//! separated by blanks, with `#` and `%` lines as comments. What a row's words mean: [`super::listed`].
//!
//! Speed: no allocation per row; rows that begin with their two ends are cut where they lie (see
//! `pairs`), names are looked up by the hundred (see `names`), and ties that say nothing but their
//! ends are added by the hundred. Measured on two busy cores of a virtual machine, best of ten,
//! against the bare `csv` crate, which only parts the cells: rows of numbers 3.2 to 3.9 times as
//! long, rows of words with a weight 6.3 times. Most of it is waiting for memory: people's names,
//! and new pages. `benches/import.rs` prints the ratios.
//! Memory: 8 bytes per row, 16 with a weight, and some 150 per person.

use std::collections::BTreeSet;

use super::clean::{email, shown};
use super::columns::{Confidence, Guess, Meaning};
use super::listed::{
    CHANNEL, LISTENERS, ListedTies, PROBABILITY, RELATION, SOURCE, TARGET, TYPE, WEIGHT, Words,
    number,
};
use super::names::{Asked, Name, Names};
use super::pairs::Pairs;
use super::reading::Reading;
use super::record::{PersonKey, PersonRecord, TieRecord};
use super::rows::{Body, Row};
use super::table::{DELIMITERS, Layout, split_line};
use crate::network::Text;

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

/// A table in which each row may be a tie, though no header says so.
pub(super) enum Headless {
    /// The first row is a tie like the others.
    Ties(Layout),
    /// It may as well be a table of something else: what its columns mean decides.
    Doubtful(Layout),
}

/// The layout of an edge list without header, when the first lines look like one:
/// two or three cells each, the third a number.
pub(super) fn without_header(text: &str) -> Option<Headless> {
    let table = Layout::without_header(text, b',').table(text);
    // The head of a long file ends somewhere within a line.
    let last_line = table.rfind('\n').filter(|_| table.len() > SHORT_FILE_BYTES);
    let complete = last_line.unwrap_or(table.len());
    let lines: Vec<&str> =
        table[..complete].lines().filter(|line| !is_comment(line)).take(50).collect();
    let rows_by = |delimiter: u8| -> Option<Vec<Vec<String>>> {
        let rows: Vec<Vec<String>> = lines.iter().map(|line| cells_of(line, delimiter)).collect();
        looks_like_ties(&rows).then_some(rows)
    };
    let mut delimiters = DELIMITERS.into_iter().chain([b' ']);
    let (delimiter, rows) = delimiters.find_map(|it| Some((it, rows_by(it)?)))?;
    let mut layout = Layout::without_header(text, delimiter);
    if delimiter == b' ' {
        return Some(Headless::Ties(layout));
    }
    let doubtful = is_doubtful(&rows);
    if doubtful && rows[0].iter().all(|cell| email(cell).is_none()) {
        layout.take_header(text, |line| !is_comment(line));
    } else {
        layout.number_columns(rows[0].len());
    }
    Some(if doubtful { Headless::Doubtful(layout) } else { Headless::Ties(layout) })
}

/// Whether two columns look as much like a table of something else: nobody stands in both of them,
/// and either the words of the first row never come back, as those of a header, or one column
/// holds the mail addresses of those in the other.
fn is_doubtful(rows: &[Vec<String>]) -> bool {
    let column = |at: usize| rows.iter().filter_map(move |row| row.get(at));
    let words: [BTreeSet<&String>; 2] = [0, 1].map(|at| column(at).skip(1).collect());
    let is_word = |cell: &String| cell.chars().filter(|it| it.is_alphabetic()).count() > 1;
    let like_header = || {
        let comes_back = |cell| words.iter().any(|column| column.contains(cell));
        rows[0].iter().all(|cell| is_word(cell) && !comes_back(cell))
    };
    let holds_mail = |at: usize| column(at).all(|cell| email(cell).is_some());
    let two = rows.iter().all(|row| row.len() == 2);
    two && words[0].is_disjoint(&words[1]) && (like_header() || holds_mail(0) != holds_mail(1))
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
    loop {
        if reader.begins_with_ends()
            && let Some((text, line)) = rows.uncut()
        {
            let (taken, bytes) = reader.pairs(Pairs::new(text, layout.delimiter), line);
            rows.pass(taken, bytes);
        }
        let Some(row) = rows.next() else { break };
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
    /// Whether some column says more than the two ends.
    says_more: bool,
    /// Lines of the rows whose ends are being asked for.
    pending: Vec<usize>,
    /// Their ties without the ends, where some column says more.
    pending_ties: Vec<TieRecord>,
    asked: Asked,
    /// Between whom the pending rows are ties, where no column says more.
    ends: Vec<[u32; 2]>,
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
        let follows = source
            .and_then(|at| layout.keys.get(at))
            .is_some_and(|key| LISTENERS.contains(&key.as_str()));
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
            says_more: used[2..].iter().any(Option::is_some),
            pending: Vec::new(),
            pending_ties: Vec::new(),
            asked: Asked::default(),
            ends: Vec::new(),
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
        let words = Words {
            probability: cell(self.probability),
            weight: cell(self.weight),
            kind: cell(self.kind),
            channel: cell(self.channel),
            relation: cell(self.relation),
        };
        self.add(line, Name::of(source), Name::of(target), words);
    }

    /// Whether rows begin with their two ends, as nearly all do.
    fn begins_with_ends(&self) -> bool {
        (self.source, self.target) == (Some(0), Some(1))
    }

    /// Reads rows, the first of them on `line`, as long as they are pairs; answers how many and
    /// their bytes.
    fn pairs(&mut self, mut pairs: Pairs<'_>, line: usize) -> (usize, usize) {
        let mut rows = 0;
        while let Some(pair) = pairs.next() {
            let words = Words {
                probability: pair.cell(self.probability),
                weight: pair.cell(self.weight),
                kind: pair.cell(self.kind),
                channel: pair.cell(self.channel),
                relation: pair.cell(self.relation),
            };
            self.add(line + rows, pair.source, pair.target, words);
            rows += 1;
        }
        (rows, pairs.taken())
    }

    fn add(&mut self, line: usize, source: Name<'_>, target: Name<'_>, words: Words<'_>) {
        self.names.ask(source, &mut self.asked);
        self.names.ask(target, &mut self.asked);
        self.pending.push(line);
        if self.says_more {
            self.pending_ties.push(self.ties.tie(line, words, &mut self.reading));
        }
        if self.pending.len() == ROWS_AT_ONCE {
            self.add_pending();
        }
    }

    /// Finds out between whom the rows so far are ties.
    fn add_pending(&mut self) {
        let mut asked = std::mem::take(&mut self.asked);
        let mut pending = std::mem::take(&mut self.pending);
        self.names.look_up(&mut asked);
        let mut ties = std::mem::take(&mut self.pending_ties);
        let mut ends = std::mem::take(&mut self.ends);
        for (at, &line) in pending.iter().enumerate() {
            let [from, to] = [2 * at, 2 * at + 1]
                .map(|at| asked.person(at).unwrap_or_else(|| self.find_or_add(&asked.name(at))));
            if from == to {
                let name = asked.name(2 * at);
                let reason = format!("{name:?} is tied to itself, which says nothing");
                self.reading.skip(line, reason);
            } else if let Some(tie) = ties.get(at) {
                self.reading.tie(TieRecord { from, to, ..*tie });
                self.reading.keep();
            } else {
                ends.push([from, to]);
            }
        }
        self.reading.ties_alike(ends.drain(..), &self.ties.bare());
        asked.clear();
        pending.clear();
        ties.clear();
        (self.asked, self.pending, self.pending_ties, self.ends) = (asked, pending, ties, ends);
    }

    /// The person with a name that did not occur before the rows that are pending.
    fn find_or_add(&mut self, name: &str) -> u32 {
        if let Some(person) = self.names.find(name) {
            return person;
        }
        let clean = shown(name);
        // Mostly the name is clean, and then known to be new.
        let known = if clean == name { None } else { self.names.find(&clean) };
        let person = known.unwrap_or_else(|| self.new_person(clean));
        if self.names.find(name).is_none() {
            self.names.add(name, person);
        }
        person
    }

    fn new_person(&mut self, name: String) -> u32 {
        let person = self.reading.people().len();
        let person = u32::try_from(person).unwrap_or(u32::MAX);
        self.names.add(&name, person);
        let name: Text = name.into();
        let keys = PersonKey::Node(name.clone()).into();
        self.reading.add_unkeyed(PersonRecord { name, keys, ..PersonRecord::default() })
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
