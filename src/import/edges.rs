//! Edge lists: `source,target[,weight][,probability][,type][,channel]`, with or without a header.
//!
//! The columns may stand in any order and go by other names (`from,to`, `Vertex 1,Vertex 2`,
//! `ego,alter` …); without a header two or three columns of single words are accepted, also
//! separated by blanks, with `#` and `%` lines as comments. A probability is a tie's value. Weights
//! that are whole numbers throughout (and not all 1) count traces; any other weight is a value.
//!
//! Speed: one look-up in a hash table per end of a tie and no allocation per row. 100,000 rows over
//! 20,000 people take 75 ms of processor time, 14 times what the bare `csv` crate needs to part the
//! cells; half of it is looking names up (`benches/import.rs`).

use std::collections::HashMap;

use super::Watch;
use super::clean::shown;
use super::reading::Reading;
use super::record::{Direction, PersonKey, PersonRecord, TieRecord};
use super::table::{DELIMITERS, Layout, split_line};
use crate::network::{Channel, EvidenceKind};

const SOURCE: &[&str] = &[
    "source",
    "from",
    "vertex1",
    "ego",
    "src",
    "influencer",
    "sourceid",
    "fromid",
    "node1",
    "nodea",
    "person1",
    "persona",
    "sender",
    "follower",
];
const TARGET: &[&str] = &[
    "target",
    "to",
    "vertex2",
    "alter",
    "dst",
    "audience",
    "targetid",
    "toid",
    "node2",
    "nodeb",
    "person2",
    "personb",
    "recipient",
    "destination",
    "followee",
    "followed",
];
const PROBABILITY: &[&str] = &["probability", "p", "prob", "influenceprobability"];
const WEIGHT: &[&str] = &["weight", "w", "strength", "value", "count", "messages"];
const TYPE: &[&str] = &["type", "directed", "edgetype"];
const CHANNEL: &[&str] = &["channel", "layer", "medium"];

/// Rows between two looks at whether to go on.
const ROWS_PER_TICK: usize = 1 << 14;

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
    Some(Layout::without_header(text, delimiter))
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
pub(super) fn read(text: &str, layout: &Layout, watch: &mut Watch<'_>) -> Reading {
    let mut reader = EdgeReader::new(layout);
    if layout.delimiter == b' ' {
        for (line, content) in (1..).zip(text.lines()) {
            if is_comment(content) {
                continue;
            }
            let mut cells = [""; 3];
            for (slot, cell) in cells.iter_mut().zip(content.split_ascii_whitespace()) {
                *slot = cell;
            }
            reader.row(line, |column| column.and_then(|at| cells.get(at).copied()).unwrap_or(""));
            if line % ROWS_PER_TICK == 0 && watch.tick(0).is_break() {
                break;
            }
        }
        return reader.finish();
    }
    let mut rows = layout.rows(text);
    let mut until_tick = ROWS_PER_TICK;
    while let Some(row) = rows.next() {
        if !row.is_blank() && !row.cell(Some(0)).starts_with(['#', '%']) {
            reader.row(row.line, |column| row.cell(column));
        }
        until_tick -= 1;
        if until_tick == 0 {
            until_tick = ROWS_PER_TICK;
            if watch.tick(rows.bytes_read()).is_break() {
                break;
            }
        }
    }
    if let Some(line) = rows.cut_off_at() {
        reader.reading.warn(line, "a quote opens here and never closes; the file may be cut off");
    }
    reader.finish()
}

struct EdgeReader {
    source: Option<usize>,
    target: Option<usize>,
    probability: Option<usize>,
    weight: Option<usize>,
    kind: Option<usize>,
    channel: Option<usize>,
    follows: bool,
    unknown_channel: bool,
    directed_rows: usize,
    undirected_rows: usize,
    nodes: HashMap<String, u32>,
    reading: Reading,
}

impl EdgeReader {
    fn new(layout: &Layout) -> Self {
        let mut reading = Reading::default();
        let headless = layout.header.is_empty();
        let column = |names: &[&str]| layout.column(names);
        let used = [SOURCE, TARGET, PROBABILITY, WEIGHT, TYPE, CHANNEL].map(column);
        let [source, target, probability, weight, kind, channel] = used;
        let ignored: Vec<&str> = (0..layout.header.len())
            .filter(|&at| !used.contains(&Some(at)) && !layout.header[at].is_empty())
            .map(|at| layout.header[at].as_str())
            .collect();
        if !ignored.is_empty() {
            reading.note(0, format!("columns not used: {}", ignored.join(", ")));
        }
        let follower = source.is_some_and(|at| layout.keys[at] == "follower");
        Self {
            source: source.or(headless.then_some(0)),
            target: target.or(headless.then_some(1)),
            probability,
            weight: weight.or(headless.then_some(2)),
            kind,
            channel,
            follows: follower,
            unknown_channel: false,
            directed_rows: 0,
            undirected_rows: 0,
            nodes: HashMap::new(),
            reading,
        }
    }

    fn row<'c>(&mut self, line: usize, cell: impl Fn(Option<usize>) -> &'c str) {
        let (source, target) = (cell(self.source), cell(self.target));
        if source.is_empty() || target.is_empty() {
            let missing = if source.is_empty() { "source" } else { "target" };
            self.reading.skip(line, format!("no {missing}: write who influences whom in each row"));
            return;
        }
        let (from, to) = (self.node(source), self.node(target));
        if from == to {
            self.reading.skip(line, format!("{source:?} is tied to itself, which says nothing"));
            return;
        }
        let mut tie =
            TieRecord::new(from, to, self.direction(line, cell(self.kind)), EvidenceKind::Listed);
        let chance = cell(self.probability);
        let weight = cell(self.weight);
        if !chance.is_empty() {
            tie.value = number(chance).filter(|it| (0.0..=1.0).contains(it));
            if tie.value.is_none() {
                self.reading.warn(
                    line,
                    format!("probability {chance:?} is not a number from 0 to 1; left out"),
                );
            }
        } else if self.probability.is_none() && !weight.is_empty() {
            tie.value = number(weight).filter(|it| *it >= 0.0);
            if tie.value.is_none() {
                self.reading.warn(
                    line,
                    format!("weight {weight:?} is not a number of 0 or more; left out"),
                );
            }
        }
        let channel = cell(self.channel);
        if !channel.is_empty() {
            tie.channel = channel_named(channel);
            if tie.channel.is_none() && !self.unknown_channel {
                self.unknown_channel = true;
                self.reading.warn(
                    line,
                    format!("channel {channel:?} is none of online, mail, phone, face to face, referral; left out"),
                );
            }
        }
        self.reading.tie(tie);
        self.reading.keep();
    }

    fn direction(&mut self, line: usize, kind: &str) -> Direction {
        let directed = match kind.bytes().next().map(|byte| byte.to_ascii_lowercase()) {
            None => None,
            Some(b'd' | b't' | b'y' | b'1') => {
                self.directed_rows += 1;
                Some(true)
            }
            Some(b'u' | b'f' | b'n' | b'0') => {
                self.undirected_rows += 1;
                Some(false)
            }
            Some(_) => {
                self.reading
                    .warn(line, format!("type {kind:?} is neither Directed nor Undirected"));
                None
            }
        };
        match directed {
            Some(false) => Direction::Mutual,
            _ if self.follows => Direction::Attention,
            _ => Direction::Influence,
        }
    }

    fn node(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.nodes.get(name) {
            return known;
        }
        let clean = shown(name);
        let position = match self.nodes.get(&clean) {
            Some(&known) => known,
            None => self.reading.add_unkeyed(PersonRecord {
                id: Some(clean.clone()),
                name: clean.clone(),
                keys: vec![PersonKey::Node(clean.clone())],
                ..PersonRecord::default()
            }),
        };
        if clean != name {
            self.nodes.insert(name.to_owned(), position);
        }
        self.nodes.insert(clean, position);
        position
    }

    fn finish(mut self) -> Reading {
        self.reading.directed = match (self.directed_rows, self.undirected_rows) {
            (0, 0) => self.follows.then_some(true),
            (directed, _) => Some(directed > 0),
        };
        if self.probability.is_none() {
            count_whole_weights(self.reading.ties_mut());
        }
        self.reading
    }
}

/// Whole-number weights, not all of them 1, count traces.
fn count_whole_weights(ties: &mut [TieRecord]) {
    let weights = || ties.iter().filter_map(|tie| tie.value);
    let whole = weights().all(|it| it >= 1.0 && it.fract() == 0.0 && it <= f64::from(u32::MAX));
    if !whole || !weights().any(|it| it > 1.0) {
        return;
    }
    for tie in ties {
        if let Some(weight) = tie.value.take() {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole and within u32, checked above"
            )]
            let count = weight as u32;
            tie.count = count;
        }
    }
}

/// A number with decimal point or comma, or a percentage.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some(percent) = text.strip_suffix('%') {
        return number(percent).map(|it| it / 100.0);
    }
    let parsed = text.parse().or_else(|_| text.replacen(',', ".", 1).parse());
    parsed.ok().filter(|it: &f64| it.is_finite())
}

fn channel_named(text: &str) -> Option<Channel> {
    match super::clean::header_key(text).as_str() {
        "online" | "social" | "chat" | "web" | "message" => Some(Channel::Online),
        "mail" | "email" => Some(Channel::Mail),
        "phone" | "telephone" | "call" => Some(Channel::Phone),
        "facetoface" | "f2f" | "offline" | "inperson" | "meeting" | "event" | "office" => {
            Some(Channel::FaceToFace)
        }
        "referral" | "introduction" => Some(Channel::Referral),
        _ => None,
    }
}
