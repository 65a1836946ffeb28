//! The traces that the network is made of: those of the files as far as they are shown, those added
//! by hand, and those that follow from a likeness.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::stars::Stars;
use super::traces::{Trace, Traces};
use crate::network::{EvidenceKind, PersonIndex};

/// Traces by number: those of the files, then those that no file tells.
pub(super) struct Shown<'a> {
    pub traces: &'a Traces<'a>,
    pub stars: &'a Stars,
    /// Who is left out with all ties, by person.
    pub is_hidden: &'a [bool],
    /// Pairs whose ties are left out by hand, whatever the files say, the smaller index first.
    pub untied: &'a BTreeSet<(PersonIndex, PersonIndex)>,
    /// What no file says: ties added by hand, and those that follow from a likeness.
    pub told: Vec<Trace>,
}

impl Shown<'_> {
    /// A trace; `None` when it is not shown.
    pub fn get(&self, number: usize) -> Option<Trace> {
        match number.checked_sub(self.traces.len()) {
            Some(at) => self.as_told(*self.told.get(at)?),
            None => self.as_shown(self.traces.get(number)?),
        }
    }

    fn as_shown(&self, trace: Trace) -> Option<Trace> {
        self.as_told(self.stars.shown(trace)?)
    }

    fn as_told(&self, trace: Trace) -> Option<Trace> {
        let is_hidden = |end: u32| self.is_hidden[end as usize];
        let is_untied = || {
            !self.untied.is_empty()
                && trace.kind != EvidenceKind::ByHand
                && self.untied.contains(&(trace.low, trace.high))
        };
        (!is_hidden(trace.low) && !is_hidden(trace.high) && !is_untied()).then_some(trace)
    }

    /// All traces, with `None` for those that are not shown.
    fn iter(&self) -> impl Iterator<Item = Option<Trace>> {
        let of_files = self.traces.iter().map(|trace| self.as_shown(trace?));
        of_files.chain(self.told.iter().map(|&trace| self.as_told(trace)))
    }

    /// The newest day on which a trace was seen.
    pub fn newest(&self) -> Option<Date> {
        self.iter().filter_map(|trace| trace?.last_seen).max()
    }

    /// The numbers of the traces by the smaller of their two people, ascending.
    ///
    /// # Panics
    /// When there are 2³² traces or more.
    pub fn by_low(&self) -> Rows {
        let mut start = vec![0_u32; self.is_hidden.len() + 1];
        for trace in self.iter().flatten() {
            start[trace.low as usize + 1] += 1;
        }
        for person in 1..start.len() {
            start[person] += start[person - 1];
        }
        let mut next = start.clone();
        let mut numbers = vec![0_u32; start.last().copied().unwrap_or_default() as usize];
        for (number, trace) in self.iter().enumerate() {
            if let Some(trace) = trace {
                let place = &mut next[trace.low as usize];
                numbers[*place as usize] = u32::try_from(number).expect("fewer than 2^32 traces");
                *place += 1;
            }
        }
        Rows { start, numbers }
    }
}

/// Numbers of traces, row by row.
pub(super) struct Rows {
    start: Vec<u32>,
    numbers: Vec<u32>,
}

impl Rows {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// The rows in their order.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.start.windows(2).map(|it| &self.numbers[it[0] as usize..it[1] as usize])
    }
}
