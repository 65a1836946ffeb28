//! The traces between the people of one source, in as few bytes as they differ in.
//!
//! A row of an edge list that names two people and nothing else takes eight bytes, one with a weight
//! sixteen; so ten million of them fit into less memory than their file has bytes.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::network::{Channel, Compact, EvidenceKind, TieValue};

/// Which way a trace points. The raw direction is kept; `assemble` derives influence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// `from` influences `to` (edge lists, "from was followed by to", "from referred to").
    Influence,
    /// `from` attends to `to`, so `to` influences `from` (from follows, endorses, retweets to).
    Attention,
    /// Both ways.
    Mutual,
}

/// One trace between two people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TieRecord {
    /// Position in [`super::Records::people`].
    pub from: u32,
    /// Position in [`super::Records::people`].
    pub to: u32,
    /// Which way it points.
    pub direction: Direction,
    /// What was seen.
    pub kind: EvidenceKind,
    /// Where, when the format tells.
    pub channel: Option<Channel>,
    /// How many times, at least 1 (an edge list's whole-number weight of 2 or more counts as such).
    pub count: u32,
    /// People sharing the trace: 2 for a pair, more for a group thread; the largest number stands
    /// for all beyond it.
    pub group_size: u16,
    /// The file's probability column, or its weight column where it has no probability.
    pub value: Option<TieValue>,
    /// When it was last seen.
    pub last_seen: Option<Date>,
}

impl TieRecord {
    /// One trace between two people (not a group), with nothing else known.
    pub fn new(from: u32, to: u32, direction: Direction, kind: EvidenceKind) -> Self {
        Self {
            from,
            to,
            direction,
            kind,
            channel: None,
            count: 1,
            group_size: 2,
            value: None,
            last_seen: None,
        }
    }
}

/// Traces in the order in which they were read.
#[derive(Clone, Default, PartialEq)]
pub struct TieRecords {
    ends: Vec<[u32; 2]>,
    seen: Compact<Option<Seen>>,
    count: Compact<u32>,
    value: Compact<Option<TieValue>>,
    last_seen: Compact<Option<Date>>,
}

/// What a trace has in common with many others of its source.
#[derive(Clone, Copy, PartialEq)]
struct Seen {
    direction: Direction,
    kind: EvidenceKind,
    channel: Option<Channel>,
    group_size: u16,
}

impl TieRecords {
    /// Number of traces.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The trace at a position.
    ///
    /// # Panics
    /// When there is none.
    pub fn get(&self, at: usize) -> TieRecord {
        self.between(self.ends[at], at)
    }

    /// The trace at a position, with other numbers for its ends.
    ///
    /// # Panics
    /// When there is none.
    #[inline]
    pub fn between(&self, [from, to]: [u32; 2], at: usize) -> TieRecord {
        let Some(seen) = self.seen.get(at) else { unreachable!("every trace was seen") };
        TieRecord {
            from,
            to,
            direction: seen.direction,
            kind: seen.kind,
            channel: seen.channel,
            count: self.count.get(at),
            group_size: seen.group_size,
            value: self.value.get(at),
            last_seen: self.last_seen.get(at),
        }
    }

    /// The people at both ends of each trace.
    pub fn ends(&self) -> &[[u32; 2]] {
        &self.ends
    }

    /// Adds a trace.
    #[inline]
    pub fn push(&mut self, tie: TieRecord) {
        self.ends.push([tie.from, tie.to]);
        self.seen.push(Some(Seen::of(&tie)));
        self.count.push(tie.count);
        self.value.push(tie.value);
        self.last_seen.push(tie.last_seen);
    }

    /// Adds traces between these ends, with these values where there are any; in everything else they
    /// are like `one`.
    pub fn extend_alike(
        &mut self,
        ends: &[[u32; 2]],
        values: Option<&[Option<TieValue>]>,
        one: &TieRecord,
    ) {
        self.ends.extend_from_slice(ends);
        let more = ends.len();
        self.seen.push_times(Some(Seen::of(one)), more);
        self.count.push_times(one.count, more);
        match values {
            Some(values) => self.value.extend_from_slice(values),
            None => self.value.push_times(one.value, more),
        }
        self.last_seen.push_times(one.last_seen, more);
    }

    /// Changes the trace at a position.
    ///
    /// # Panics
    /// When there is none.
    pub fn update(&mut self, at: usize, change: impl FnOnce(&mut TieRecord)) {
        let mut tie = self.get(at);
        change(&mut tie);
        self.ends[at] = [tie.from, tie.to];
        self.seen.set(at, Some(Seen::of(&tie)));
        self.count.set(at, tie.count);
        self.value.set(at, tie.value);
        self.last_seen.set(at, tie.last_seen);
    }

    /// Gives back what memory there is to spare.
    pub fn settle(&mut self) {
        self.ends.shrink_to_fit();
        self.seen.settle();
        self.count.settle();
        self.value.settle();
        self.last_seen.settle();
    }

    /// Every number that the file gives for a trace, at least once.
    pub fn values(&self) -> impl Iterator<Item = TieValue> + '_ {
        self.value.occurring().iter().copied().flatten()
    }

    /// Every kind of trace that occurs, at least once.
    pub fn kinds(&self) -> impl Iterator<Item = EvidenceKind> + '_ {
        self.seen.occurring().iter().flatten().map(|seen| seen.kind)
    }

    /// The newest day on which a trace was seen.
    pub fn newest(&self) -> Option<Date> {
        self.last_seen.occurring().iter().copied().flatten().max()
    }

    /// All traces.
    pub fn iter(&self) -> Iter<'_> {
        Iter { ties: self, rest: 0..self.len() }
    }
}

/// Walks [`TieRecords`].
#[derive(Clone, Debug)]
pub struct Iter<'t> {
    ties: &'t TieRecords,
    rest: Range<usize>,
}

impl Iterator for Iter<'_> {
    type Item = TieRecord;

    fn next(&mut self) -> Option<TieRecord> {
        self.rest.next().map(|at| self.ties.get(at))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl Seen {
    fn of(tie: &TieRecord) -> Self {
        let TieRecord { direction, kind, channel, group_size, .. } = *tie;
        Self { direction, kind, channel, group_size }
    }
}

impl<'t> IntoIterator for &'t TieRecords {
    type Item = TieRecord;
    type IntoIter = Iter<'t>;

    fn into_iter(self) -> Iter<'t> {
        self.iter()
    }
}

impl Extend<TieRecord> for TieRecords {
    fn extend<I: IntoIterator<Item = TieRecord>>(&mut self, ties: I) {
        for tie in ties {
            self.push(tie);
        }
    }
}

impl FromIterator<TieRecord> for TieRecords {
    fn from_iter<I: IntoIterator<Item = TieRecord>>(ties: I) -> Self {
        let mut all = Self::default();
        all.extend(ties);
        all
    }
}

impl fmt::Debug for TieRecords {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for TieRecords {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for TieRecords {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows;

        impl<'de> Visitor<'de> for Rows {
            type Value = TieRecords;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of traces")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<TieRecords, A::Error> {
                let mut ties = TieRecords::default();
                while let Some(tie) = rows.next_element()? {
                    ties.push(tie);
                }
                ties.settle();
                Ok(ties)
            }
        }

        deserializer.deserialize_seq(Rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(from: u32, to: u32) -> TieRecord {
        TieRecord::new(from, to, Direction::Influence, EvidenceKind::Listed)
    }

    #[test]
    fn traces_come_out_as_they_went_in() {
        let message = TieRecord {
            channel: Some(Channel::Online),
            count: 3,
            last_seen: Some(jiff::civil::date(2025, 2, 28)),
            ..TieRecord::new(4, 1, Direction::Mutual, EvidenceKind::Message)
        };
        let weighted = TieRecord { value: TieValue::new(0.5), group_size: 9, ..listed(2, 1) };
        let rows = [listed(0, 1), listed(1, 2), message, weighted];
        let mut ties: TieRecords = rows.into_iter().collect();
        assert_eq!(ties.iter().collect::<Vec<_>>(), rows);
        ties.update(1, |it| it.count += 1);
        ties.settle();
        assert_eq!(ties.get(1), TieRecord { count: 2, ..rows[1] });
        let saved = serde_json::to_string(&ties).unwrap();
        assert_eq!(serde_json::from_str::<TieRecords>(&saved).unwrap(), ties);
    }
}
