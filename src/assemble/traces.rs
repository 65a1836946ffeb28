//! The traces of all sources between merged people.

use jiff::civil::Date;

use super::identity::Identities;
use super::rules::ListedRow;
use crate::import::{Direction, Records, Source, TieRecords};
use crate::network::{Channel, EvidenceKind, PersonIndex, TieValue};

/// One trace between two people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Trace {
    /// The smaller index of the two people.
    pub low: PersonIndex,
    /// The larger one.
    pub high: PersonIndex,
    pub kind: EvidenceKind,
    pub channel: Option<Channel>,
    pub source: u32,
    pub way: Way,
    pub count: u32,
    pub group_size: u32,
    pub value: Option<f64>,
    pub last_seen: Option<Date>,
    /// The owner of the export or list, when the trace is part of the star around them.
    pub star_of: Option<PersonIndex>,
}

/// Which way influence passes, seen from the smaller index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// From `low` to `high`.
    Forth,
    /// From `high` to `low`.
    Back,
    /// Both ways; the row named `low` first.
    BothLowFirst,
    /// Both ways; the row named `high` first.
    BothHighFirst,
}

impl Trace {
    /// The end that is not `person`.
    pub fn other(&self, person: PersonIndex) -> PersonIndex {
        if person == self.low { self.high } else { self.low }
    }

    /// Whether influence passes from `low` to `high`.
    pub fn is_forth(&self) -> bool {
        self.way != Way::Back
    }

    /// Whether influence passes from `high` to `low`.
    pub fn is_back(&self) -> bool {
        self.way != Way::Forth
    }

    /// Whether `low` is the one who acted (wrote, named the other), as far as the row tells.
    pub fn is_by_low(&self) -> bool {
        matches!(self.way, Way::Forth | Way::BothLowFirst)
    }
}

/// The traces of all sources, by number: first those of the first source, in the order of its rows.
/// Each is made when it is asked for, since there may be a hundred million.
pub(super) struct Traces<'a> {
    parts: Vec<Part<'a>>,
    /// Number of the first trace of each part.
    starts: Vec<usize>,
    len: usize,
}

/// The traces of one source.
struct Part<'a> {
    source: u32,
    ties: &'a TieRecords,
    person_of: &'a [PersonIndex],
    /// Ascending.
    owners: Vec<PersonIndex>,
    /// What a row means whose direction the file leaves open.
    open: Option<Direction>,
}

impl<'a> Traces<'a> {
    pub fn of(sources: &[&'a Source], identities: &'a Identities, listed_row: ListedRow) -> Self {
        let mut traces = Self { parts: Vec::new(), starts: Vec::new(), len: 0 };
        for ((number, source), person_of) in (0..).zip(sources).zip(&identities.person_of) {
            let part = Part::of(number, &source.records, person_of, listed_row);
            traces.starts.push(traces.len);
            traces.len += part.ties.len();
            traces.parts.push(part);
        }
        traces
    }

    /// Number of traces.
    pub fn len(&self) -> usize {
        self.len
    }

    /// A trace; `None` when both its ends are the same person.
    pub fn get(&self, number: usize) -> Option<Trace> {
        let at = self.starts.partition_point(|&start| start <= number) - 1;
        self.parts[at].trace(number - self.starts[at])
    }

    /// All traces, with `None` for those to oneself.
    pub fn iter(&self) -> impl Iterator<Item = Option<Trace>> {
        self.parts.iter().flat_map(|part| (0..part.ties.len()).map(|at| part.trace(at)))
    }
}

impl<'a> Part<'a> {
    fn of(
        source: u32,
        records: &'a Records,
        person_of: &'a [PersonIndex],
        listed_row: ListedRow,
    ) -> Self {
        let owners = records.people.iter().zip(person_of).filter(|(record, _)| record.is_owner);
        let mut owners: Vec<PersonIndex> = owners.map(|(_, &person)| person).collect();
        owners.sort_unstable();
        let open = records.directed.is_none().then(|| listed_row.direction());
        Self { source, ties: &records.ties, person_of, owners, open }
    }

    fn trace(&self, at: usize) -> Option<Trace> {
        let tie = self.ties.get(at);
        let [from, to] = [tie.from, tie.to].map(|end| self.person_of[end as usize]);
        if from == to {
            return None;
        }
        let is_open = (tie.kind, tie.direction) == (EvidenceKind::Listed, Direction::Influence);
        let direction = self.open.filter(|_| is_open).unwrap_or(tie.direction);
        let is_owner = |person: &PersonIndex| self.owners.binary_search(person).is_ok();
        // A list of contacts is a star around whoever keeps it, also where a column names
        // the keeper row by row (account managers).
        let keeper = (tie.kind == EvidenceKind::Contact).then_some(from);
        Some(Trace {
            low: from.min(to),
            high: from.max(to),
            kind: tie.kind,
            channel: tie.channel,
            source: self.source,
            way: way(direction, from < to),
            count: tie.count.max(1),
            group_size: u32::from(tie.group_size.max(2)),
            value: tie.value.map(TieValue::get),
            last_seen: tie.last_seen,
            star_of: [from, to].into_iter().find(is_owner).or(keeper),
        })
    }
}

/// The raw direction becomes a direction of influence: whoever gets attention influences.
fn way(direction: Direction, from_is_low: bool) -> Way {
    match (direction, from_is_low) {
        (Direction::Influence, true) | (Direction::Attention, false) => Way::Forth,
        (Direction::Influence, false) | (Direction::Attention, true) => Way::Back,
        (Direction::Mutual, true) => Way::BothLowFirst,
        (Direction::Mutual, false) => Way::BothHighFirst,
    }
}
