//! The traces that the network is made of: those of the files as far as they are shown, those added
//! by hand, and those that follow from a likeness.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rayon::slice::ParallelSliceMut;

use super::stars::Stars;
use super::traces::{Ends, Trace, Traces};
use crate::network::EvidenceKind::ByHand;
use crate::network::PersonIndex;

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

/// Which trace, and between whom. Twelve bytes, since there may be a hundred million.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Numbered {
    pub low: PersonIndex,
    pub high: PersonIndex,
    /// Twice the number, and 1 more where the row named the smaller index first.
    number: u32,
}

impl Numbered {
    /// # Panics
    /// When there are 2³¹ traces or more.
    fn new(number: usize, Ends { low, high, low_first }: Ends) -> Self {
        let number = u32::try_from(2 * number + usize::from(low_first));
        Self { low, high, number: number.expect("fewer than 2^31 traces") }
    }
}

impl Shown<'_> {
    /// A trace that is shown.
    pub fn get(&self, it: Numbered) -> Trace {
        let number = (it.number / 2) as usize;
        let ends = Ends { low: it.low, high: it.high, low_first: it.number % 2 == 1 };
        match number.checked_sub(self.traces.len()) {
            Some(at) => self.told[at],
            None => self.stars.as_kept(self.traces.between(number, ends)),
        }
    }

    /// Tells number and ends of all traces that are shown.
    fn each(&self, mut tell: impl FnMut(usize, Ends)) {
        for part in self.traces.parts() {
            let has_stars = part.has_stars();
            for (number, ends) in part.ends() {
                let Some(ends) = ends else { continue };
                let is_kept = !has_stars || self.stars.keeps(&part.between(number, ends));
                let is_untied = self.is_untied(ends) && part.between(number, ends).kind != ByHand;
                if is_kept && !is_untied && !self.is_left_out(ends) {
                    tell(number, ends);
                }
            }
        }
        for (number, trace) in (self.traces.len()..).zip(&self.told) {
            let ends = trace.ends();
            let is_untied = self.is_untied(ends) && trace.kind != ByHand;
            if !is_untied && !self.is_left_out(ends) {
                tell(number, ends);
            }
        }
    }

    fn is_left_out(&self, ends: Ends) -> bool {
        [ends.low, ends.high].into_iter().any(|end| self.is_hidden[end as usize])
    }

    fn is_untied(&self, ends: Ends) -> bool {
        !self.untied.is_empty() && self.untied.contains(&(ends.low, ends.high))
    }

    /// The newest day on which a trace was seen.
    pub fn newest(&self) -> Option<Date> {
        if self.traces.parts().iter().all(|part| part.newest().is_none()) {
            return None; // without a look at each
        }
        let mut newest = None;
        self.each(|number, ends| {
            let trace = self.get(Numbered::new(number, ends));
            newest = newest.max(trace.last_seen);
        });
        newest
    }

    /// All of them, those between the same two people side by side: by the smaller index, then by the
    /// larger one, then by number.
    ///
    /// # Panics
    /// When there are 2³¹ traces or more.
    pub fn by_pair(&self) -> Vec<Numbered> {
        let mut traces = Vec::with_capacity(self.traces.len() + self.told.len());
        self.each(|number, ends| traces.push(Numbered::new(number, ends)));
        traces.par_sort_unstable();
        traces
    }
}
