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

    /// Its two people.
    pub fn ends(&self) -> Ends {
        Ends { low: self.low, high: self.high, low_first: self.is_by_low() }
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
    len: usize,
}

/// The traces of one source.
pub(super) struct Part<'a> {
    /// Number of the first.
    start: usize,
    source: u32,
    ties: &'a TieRecords,
    person_of: &'a [PersonIndex],
    /// Ascending.
    owners: Vec<PersonIndex>,
    /// What a row means whose direction the file leaves open.
    open: Option<Direction>,
}

/// The two people of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    pub low: PersonIndex,
    pub high: PersonIndex,
    /// Whether the row named `low` first.
    pub low_first: bool,
}

impl Ends {
    /// `None` when both are the same person.
    fn of(from: PersonIndex, to: PersonIndex) -> Option<Self> {
        let low_first = from < to;
        (from != to).then(|| Self { low: from.min(to), high: from.max(to), low_first })
    }

    /// In the order in which the row named them.
    fn as_row(self) -> [PersonIndex; 2] {
        if self.low_first { [self.low, self.high] } else { [self.high, self.low] }
    }
}

impl<'a> Traces<'a> {
    pub fn of(sources: &[&'a Source], identities: &'a Identities, listed_row: ListedRow) -> Self {
        let mut traces = Self { parts: Vec::new(), len: 0 };
        for ((number, source), person_of) in (0..).zip(sources).zip(&identities.person_of) {
            let part = Part::of(traces.len, number, &source.records, person_of, listed_row);
            traces.len += part.ties.len();
            traces.parts.push(part);
        }
        traces
    }

    /// Number of traces.
    pub fn len(&self) -> usize {
        self.len
    }

    /// The traces, source by source.
    pub fn parts(&self) -> &[Part<'a>] {
        &self.parts
    }

    /// The trace of this number, which is between these two.
    pub fn between(&self, number: usize, ends: Ends) -> Trace {
        let at = self.parts.partition_point(|part| part.start <= number) - 1;
        self.parts[at].between(number, ends)
    }

    /// Number of traces from somebody to themselves.
    pub fn to_oneself(&self) -> usize {
        self.parts.iter().map(|part| part.ends().filter(|(_, ends)| ends.is_none()).count()).sum()
    }

    /// All traces that are part of a star.
    pub fn of_stars(&self) -> impl Iterator<Item = Trace> {
        let parts = self.parts.iter().filter(|part| part.has_stars());
        let traces = parts.flat_map(|part| {
            part.ends().filter_map(|(number, ends)| Some(part.between(number, ends?)))
        });
        traces.filter(|trace| trace.star_of.is_some())
    }
}

impl<'a> Part<'a> {
    fn of(
        start: usize,
        source: u32,
        records: &'a Records,
        person_of: &'a [PersonIndex],
        listed_row: ListedRow,
    ) -> Self {
        let owners = records.people.iter().zip(person_of).filter(|(record, _)| record.is_owner);
        let mut owners: Vec<PersonIndex> = owners.map(|(_, &person)| person).collect();
        owners.sort_unstable();
        let open = records.directed.is_none().then(|| listed_row.direction());
        Self { start, source, ties: &records.ties, person_of, owners, open }
    }

    /// Whether any of its traces is part of a star.
    pub fn has_stars(&self) -> bool {
        !self.owners.is_empty() || self.ties.kinds().any(|kind| kind == EvidenceKind::Contact)
    }

    /// The newest day on which one of its traces was seen, shown or not; `None` where no row has a
    /// day.
    pub fn newest(&self) -> Option<Date> {
        self.ties.newest()
    }

    /// Number and ends of each trace, `None` for those to oneself.
    pub fn ends(&self) -> impl Iterator<Item = (usize, Option<Ends>)> {
        let ends = self.ties.ends().iter().map(|row| {
            let [from, to] = row.map(|end| self.person_of[end as usize]);
            Ends::of(from, to)
        });
        (self.start..).zip(ends)
    }

    /// The trace of this number, which is between these two.
    pub fn between(&self, number: usize, ends: Ends) -> Trace {
        let tie = self.ties.between(ends.as_row(), number - self.start);
        let is_open = (tie.kind, tie.direction) == (EvidenceKind::Listed, Direction::Influence);
        let direction = self.open.filter(|_| is_open).unwrap_or(tie.direction);
        let is_owner = |person: &PersonIndex| self.owners.binary_search(person).is_ok();
        // A list of contacts is a star around whoever keeps it, also where a column names
        // the keeper row by row (account managers).
        let row = ends.as_row();
        let keeper = (tie.kind == EvidenceKind::Contact).then_some(row[0]);
        Trace {
            low: ends.low,
            high: ends.high,
            kind: tie.kind,
            channel: tie.channel,
            source: self.source,
            way: way(direction, ends.low_first),
            count: tie.count.max(1),
            group_size: u32::from(tie.group_size.max(2)),
            value: tie.value.map(TieValue::get),
            last_seen: tie.last_seen,
            star_of: row.into_iter().find(is_owner).or(keeper),
        }
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
