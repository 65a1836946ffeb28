//! Edge lists: `source,target[,weight][,probability][,type][,channel]`, with or without a header.
//!
//! The columns may stand in any order and go by other names (`from,to`, `Vertex 1,Vertex 2`,
//! `ego,alter` …); without a header two or three columns of single words are accepted, also
//! separated by blanks, with `#` and `%` lines as comments. What a row's words mean: [`super::listed`].
//!
//! Speed: no allocation per row; rows that begin with their two ends are cut where they lie (see
//! `pairs`), side by side on all threads, names are looked up by the hundred (see `names`), and ties that
//! say nothing but their ends are added by the hundred. Measured on two cores of a slow virtual machine
//! whose figures differ by a third from run to run, against the bare `csv` crate, which only parts the
//! cells on one thread: a million rows of numbers 1.4 to 2.4 times as long by the clock, of words with a weight
//! 2.5 to 4.0 times; a hundred thousand rows 2.6 to 4.8 times (cut on one thread 3.0, 6.0 and 4.4 to 5.9 in the
//! same hour). What is left besides is one thread's work: taking in the ties, and the records of new people.
//! `benches/import.rs` prints the ratios.
//! Memory: 8 bytes per row, 9 with one of a few weights, 16 with one of many, and some 150 per person.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::clean::{email, shown};
use super::columns::{Confidence, Guess, Meaning};
use super::eight::find_either;
use super::listed::{
    CHANNEL, LISTENERS, ListedTies, PROBABILITY, RELATION, SOURCE, TARGET, TYPE, WEIGHT, Words,
    number,
};
use super::names::{Asked, NOBODY, Name, Names};
use super::pairs::{Pairs, Third};
use super::reading::Reading;
use super::record::TieRecord;
use super::rows::{Body, Row};
use super::table::{DELIMITERS, Layout, split_line};
use crate::network::{Text, TieValue};

/// Columns of an edge list without header.
pub(super) const USUAL_COLUMNS: [Meaning; 3] = [Meaning::Source, Meaning::Target, Meaning::Weight];

/// Names of this many rows are looked up together.
const ROWS_AT_ONCE: usize = 256;

/// Bytes that one thread cuts at once,
const PIECE_BYTES: usize = 32 << 10;
/// and pieces that are cut side by side, so that little waits to be taken in.
const PIECES_AT_ONCE: usize = 16;

/// Records of so many new people are made together.
const PEOPLE_AT_ONCE: usize = 512;

/// And of fewer, where their names have more bytes than this.
const NAMES_AT_ONCE: usize = 1 << 20;

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
/// two or three cells each, the third a number; not all need have one.
pub(super) fn without_header(text: &str) -> Option<Headless> {
    let table = Layout::without_header(text, b',').table(text);
    // The head of a long file ends somewhere within a line.
    let last_line = table.rfind('\n').filter(|_| table.len() > SHORT_FILE_BYTES);
    let complete = last_line.unwrap_or(table.len());
    let lines: Vec<&str> =
        table[..complete].lines().filter(|line| !is_comment(line)).take(50).collect();
    let rows_by = |delimiter: u8| -> Option<Vec<Vec<String>>> {
        let rows: Vec<Vec<String>> = lines.iter().map(|line| cells_of(line, delimiter)).collect();
        looks_like_ties(&rows, delimiter == b' ').then_some(rows)
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
        layout.number_columns(rows.iter().map(Vec::len).max().unwrap_or_default());
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

fn looks_like_ties(rows: &[Vec<String>], by_blanks: bool) -> bool {
    let Some(first) = rows.first() else { return false };
    let is_number = |cell: &String| number(cell).is_some();
    let is_node = |cell: &String| {
        !cell.is_empty()
            && cell.len() <= 64
            && cell.split_whitespace().count() <= 4
            && !["true", "false", "yes", "no"].contains(&cell.to_lowercase().as_str())
            && !cell.contains(['{', '}', '<', '>', '=', ';', '\t', '|'])
    };
    let has_ends = rows.iter().all(|row| {
        matches!(row.len(), 2 | 3) && row[..2].iter().all(is_node) && row[2..].iter().all(is_number)
    });
    // Where only some rows have a weight, they may as well list neighbors: but then words are no
    // weights, and who begins a row begins no other. Parted by blanks, words may be anything.
    let begins: BTreeSet<&String> = rows.iter().map(|row| &row[0]).collect();
    let no_neighbors = || {
        let words = rows.iter().any(|row| !row[..2].iter().all(is_number));
        let fractions = rows.iter().flat_map(|row| &row[2..]).any(|cell| cell.contains('.'));
        !by_blanks && words || fractions || begins.len() < rows.len()
    };
    let even = rows.iter().all(|row| row.len() == first.len());
    // A line of words over columns of numbers is a header that nobody knows.
    let unknown_header = rows.len() > 1
        && (0..2).any(|column| {
            first.get(column).is_some_and(|cell| !is_number(cell))
                && rows[1..].iter().all(|row| row.get(column).is_some_and(is_number))
        });
    let enough = rows.len() > 1 || first.iter().all(is_number);
    has_ends && (even || no_neighbors()) && !unknown_header && enough
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
            let (taken, bytes) = reader.pairs(text, layout.delimiter, line);
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
    /// What the rows say beyond their two ends.
    more: More,
    names: Names,
    pending: Pending,
    new_people: NewPeople,
    /// Bytes of the block at hand that are not read yet.
    left_of_block: usize,
    reading: Reading,
}

/// What rows say beyond their two ends.
#[derive(Clone, Copy, PartialEq)]
enum More {
    Nothing,
    /// One number: the weight, or the probability, in the third column.
    Number,
    Anything,
}

/// Rows that follow each other, whose names are being looked up.
#[derive(Default)]
struct Pending {
    /// Line of the first of them.
    line: usize,
    /// Between whom they are ties, as far as that is known.
    ends: Vec<[u32; 2]>,
    /// What they say, where that is a number.
    values: Vec<Option<TieValue>>,
    /// Their ties without the ends, where it is anything.
    ties: Vec<TieRecord>,
    /// The names of the other ends, by place: twice the row, and one more for the target.
    asked: Asked,
}

impl Pending {
    /// Room for as many rows as are looked up together.
    fn with_room() -> Self {
        Self {
            ends: Vec::with_capacity(ROWS_AT_ONCE),
            values: Vec::with_capacity(ROWS_AT_ONCE),
            asked: Asked::with_room(2 * ROWS_AT_ONCE),
            ..Self::default()
        }
    }

    /// Adds a row between these two.
    #[inline]
    fn add(&mut self, names: &Names, row: [Name<'_>; 2]) {
        let place = 2 * self.ends.len();
        let ends = row.map(|name| names.numbered(name));
        self.ends.push(ends);
        for (place, (name, end)) in (place..).zip(row.into_iter().zip(ends)) {
            if end == NOBODY {
                names.ask(name, place, &mut self.asked);
            }
        }
    }

    /// Looks up all names that were asked for.
    fn look_up(&mut self, names: &Names) {
        names.look_up(&mut self.asked);
        for at in 0..self.asked.len() {
            let (place, found) = self.asked.answer(at);
            self.ends[place / 2][place % 2] = found;
        }
    }
}

/// Rows that were cut on one thread, and their bytes.
#[derive(Default)]
struct Piece {
    pending: Vec<Pending>,
    bytes: usize,
}

impl Piece {
    /// The rows up to the first that says more than its two ends and, where it is asked for, a number.
    fn cut(mut pairs: Pairs<'_>, names: &Names, more: More, is_chance: bool) -> Self {
        let mut piece = Self::default();
        let mut pending = Pending::with_room();
        while let Some(pair) = pairs.next(more == More::Number) {
            if more == More::Number {
                let Ok(value) = number_said(pair.third, is_chance) else { break };
                pending.values.push(value);
            }
            pending.add(names, [pair.source, pair.target]);
            piece.bytes = pairs.taken();
            if pending.ends.len() == ROWS_AT_ONCE {
                pending.look_up(names);
                piece.pending.push(std::mem::replace(&mut pending, Pending::with_room()));
            }
        }
        pending.look_up(names);
        piece.pending.push(pending);
        piece
    }
}

/// A text in pieces of about [`PIECE_BYTES`] that end with lines.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > PIECE_BYTES {
        let line = find_either(rest.as_bytes(), PIECE_BYTES, b'\n', b'\n');
        let (piece, behind) = rest.split_at(line.map_or(rest.len(), |end| end + 1));
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    pieces
}

/// What a row says is no plain number.
struct InWords;

/// The number that a row says, if any.
#[inline]
fn number_said(third: Third, is_chance: bool) -> Result<Option<TieValue>, InWords> {
    match third {
        Third::Nothing => Ok(None),
        Third::Number(number) if !is_chance || number <= 1.0 => Ok(TieValue::new(number)),
        _ => Err(InWords),
    }
}

/// People whose records are not made yet.
#[derive(Default)]
struct NewPeople {
    names: String,
    parts: Vec<[usize; 2]>,
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
        let number = if has_probability { probability } else { weight };
        let more = if used[2..].iter().all(Option::is_none) {
            More::Nothing
        } else if number == Some(2) && [kind, channel, relation] == [None; 3] {
            More::Number
        } else {
            More::Anything
        };
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
            more,
            names: Names::default(),
            pending: Pending::default(),
            new_people: NewPeople::default(),
            left_of_block: 0,
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
        self.add(line, Name::of(source), Name::of(target));
        self.say_more(line, words);
        self.add_enough();
    }

    /// Whether rows begin with their two ends, as nearly all do.
    fn begins_with_ends(&self) -> bool {
        (self.source, self.target) == (Some(0), Some(1))
    }

    /// Reads rows, the first of them on `line`, as long as they are pairs; answers how many and
    /// their bytes.
    fn pairs(&mut self, text: &str, delimiter: u8, line: usize) -> (usize, usize) {
        // What is left of a block behind an odd row is not worth so much trouble.
        let begins_block = text.len() > self.left_of_block;
        let (mut rows, cut) = if begins_block && self.more != More::Anything {
            self.cut_together(text, delimiter, line)
        } else {
            (0, 0)
        };
        let mut pairs = Pairs::new(&text[cut..], delimiter);
        while let Some(pair) = pairs.next(self.more == More::Number) {
            self.add(line + rows, pair.source, pair.target);
            match number_said(pair.third, self.probability.is_some()) {
                Ok(value) if self.more == More::Number => self.pending.values.push(value),
                _ if self.more == More::Nothing => {}
                _ => {
                    let words = Words {
                        probability: pair.cell(self.probability),
                        weight: pair.cell(self.weight),
                        kind: pair.cell(self.kind),
                        channel: pair.cell(self.channel),
                        relation: pair.cell(self.relation),
                    };
                    self.say_more(line + rows, words);
                }
            }
            self.add_enough();
            rows += 1;
        }
        let taken = cut + pairs.taken();
        self.left_of_block = text.len() - taken;
        (rows, taken)
    }

    /// Cuts the pieces of a block side by side on the current pool, up to the first row that says more
    /// than a number; answers how many rows and bytes were read.
    fn cut_together(&mut self, text: &str, delimiter: u8, line: usize) -> (usize, usize) {
        self.add_pending();
        let (more, is_chance) = (self.more, self.probability.is_some());
        let (mut rows, mut bytes) = (0, 0);
        for pieces in pieces(text).chunks(PIECES_AT_ONCE) {
            let names = &self.names;
            let cut = |text: &&str| Piece::cut(Pairs::new(text, delimiter), names, more, is_chance);
            let cut: Vec<Piece> = pieces.par_iter().map(cut).collect();
            for (piece, text) in cut.into_iter().zip(pieces) {
                for mut pending in piece.pending {
                    pending.line = line + rows;
                    rows += pending.ends.len();
                    self.take(&mut pending);
                }
                bytes += piece.bytes;
                if piece.bytes < text.len() {
                    return (rows, bytes);
                }
            }
        }
        (rows, bytes)
    }

    /// Adds a row to those that are pending.
    #[inline]
    fn add(&mut self, line: usize, source: Name<'_>, target: Name<'_>) {
        if line != self.pending.line + self.pending.ends.len() {
            self.add_pending();
            self.pending.line = line;
        }
        self.pending.add(&self.names, [source, target]);
    }

    /// Takes down what the row added last says.
    fn say_more(&mut self, line: usize, words: Words<'_>) {
        if self.more == More::Nothing {
            return;
        }
        let tie = self.ties.tie(line, words, &mut self.reading);
        match self.more {
            More::Number => self.pending.values.push(tie.value),
            _ => self.pending.ties.push(tie),
        }
    }

    #[inline]
    fn add_enough(&mut self) {
        if self.pending.ends.len() == ROWS_AT_ONCE {
            self.add_pending();
        }
    }

    /// Finds out between whom the rows so far are ties.
    fn add_pending(&mut self) {
        let mut pending = std::mem::take(&mut self.pending);
        pending.look_up(&self.names);
        let next_line = pending.line + pending.ends.len();
        self.take(&mut pending);
        pending.line = next_line;
        pending.ends.clear();
        pending.values.clear();
        pending.ties.clear();
        pending.asked.clear();
        self.pending = pending;
    }

    /// Takes in rows whose names have been looked up; who was not found is new.
    fn take(&mut self, pending: &mut Pending) {
        self.names.note_rows(pending.ends.len());
        for at in 0..pending.asked.len() {
            if let (place, NOBODY) = pending.asked.answer(at) {
                let person = self.names.find_now(&pending.asked, at);
                let person = person.unwrap_or_else(|| self.add_name(&pending.asked.name(at)));
                pending.ends[place / 2][place % 2] = person;
            }
        }
        self.leave_out_ties_to_oneself(pending);
        if self.more == More::Anything {
            for (&[from, to], tie) in pending.ends.iter().zip(&pending.ties) {
                self.reading.tie(TieRecord { from, to, ..*tie });
                self.reading.keep();
            }
        } else {
            let values = (self.more == More::Number).then_some(pending.values.as_slice());
            self.reading.ties_alike(&pending.ends, values, &self.ties.bare());
        }
    }

    fn leave_out_ties_to_oneself(&mut self, pending: &mut Pending) {
        if pending.ends.iter().all(|[from, to]| from != to) {
            return;
        }
        let is_kept: Vec<bool> = pending.ends.iter().map(|[from, to]| from != to).collect();
        self.add_new_people();
        let Pending { line, ends, values, ties, asked } = pending;
        for row in (0..ends.len()).filter(|&row| !is_kept[row]) {
            // Who was not asked for goes by the number that is their name.
            let named = || self.reading.people()[ends[row][0] as usize].name.to_string();
            let name = asked.name_for(2 * row).unwrap_or_else(named);
            let reason = format!("{name:?} is tied to itself, which says nothing");
            self.reading.skip(*line + row, reason);
        }
        let mut kept = is_kept.iter();
        values.retain(|_| kept.next() == Some(&true));
        kept = is_kept.iter();
        ties.retain(|_| kept.next() == Some(&true));
        ends.retain(|[from, to]| from != to);
    }

    /// The person with a name that did not occur before.
    fn add_name(&mut self, name: &str) -> u32 {
        let clean = shown(name);
        // Mostly the name is clean, and then known to be new.
        let known = if clean == name { None } else { self.names.find(&clean) };
        let person = known.unwrap_or_else(|| self.new_person(&clean));
        if clean != name && self.names.find(name).is_none() {
            self.names.add(name, person);
        }
        person
    }

    fn new_person(&mut self, name: &str) -> u32 {
        let NewPeople { names, parts } = &self.new_people;
        if parts.len() == PEOPLE_AT_ONCE || names.len() > NAMES_AT_ONCE {
            self.add_new_people();
        }
        let person = self.reading.people().len() + self.new_people.parts.len();
        let person = u32::try_from(person).unwrap_or(u32::MAX);
        self.names.add(name, person);
        let start = self.new_people.names.len();
        self.new_people.names.push_str(name);
        self.new_people.parts.push([start, start + name.len()]);
        person
    }

    /// Makes the records of those who came in last.
    fn add_new_people(&mut self) {
        let NewPeople { names, parts } = std::mem::take(&mut self.new_people);
        self.reading.add_nodes(Text::parts(names, parts));
    }

    fn finish(mut self) -> Reading {
        self.add_pending();
        self.add_new_people();
        let unused_relation = self.relation_header.take().filter(|_| !self.ties.relation_told);
        self.ignored.extend(unused_relation);
        if !self.ignored.is_empty() {
            self.reading.note(0, format!("columns not used: {}", self.ignored.join(", ")));
        }
        self.ties.finish(&mut self.reading);
        self.reading
    }
}
