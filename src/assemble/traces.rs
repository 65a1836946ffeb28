//! The traces of all sources as one list between merged people.

use jiff::civil::Date;

use super::identity::Identities;
use super::rules::ListedRow;
use crate::import::{Direction, Source, TieRecord};
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

/// All traces, and how many were left out because both ends are the same person.
pub(super) fn gather(
    sources: &[&Source],
    identities: &Identities,
    listed_row: ListedRow,
) -> (Vec<Trace>, usize) {
    let mut traces = Vec::with_capacity(sources.iter().map(|it| it.records.ties.len()).sum());
    let mut to_oneself = 0;
    for ((index, source), person_of) in (0..).zip(sources).zip(&identities.person_of) {
        let people = &source.records.people;
        let mut owners: Vec<PersonIndex> =
            (0..people.len()).filter(|&it| people[it].is_owner).map(|it| person_of[it]).collect();
        owners.sort_unstable();
        let direction_of = |tie: TieRecord| {
            let left_open = source.records.directed.is_none()
                && (tie.kind, tie.direction) == (EvidenceKind::Listed, Direction::Influence);
            if left_open { listed_row.direction() } else { tie.direction }
        };
        for tie in &source.records.ties {
            let (from, to) = (person_of[tie.from as usize], person_of[tie.to as usize]);
            if from == to {
                to_oneself += 1;
                continue;
            }
            let is_owner = |person: &PersonIndex| owners.binary_search(person).is_ok();
            // A list of contacts is a star around whoever keeps it, also where a column names
            // the keeper row by row (account managers).
            let keeper = (tie.kind == EvidenceKind::Contact).then_some(from);
            traces.push(Trace {
                low: from.min(to),
                high: from.max(to),
                kind: tie.kind,
                channel: tie.channel,
                source: index,
                way: way(direction_of(tie), from < to),
                count: tie.count.max(1),
                group_size: u32::from(tie.group_size.max(2)),
                value: tie.value.map(TieValue::get),
                last_seen: tie.last_seen,
                star_of: [from, to].into_iter().find(is_owner).or(keeper),
            });
        }
    }
    (traces, to_oneself)
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
