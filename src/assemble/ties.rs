//! Traces → ties.

use std::cmp::Ordering;

use super::strength::{Fading, Strength};
use super::traces::{Trace, Way};
use crate::network::{EvidenceKind, Tie, TieEvidence};

/// Ties and their evidence, as [`crate::network::Network`] holds them.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub ties: Vec<Tie>,
    pub evidence: Vec<TieEvidence>,
    /// Pairs of people each kind speaks for, by position in [`EvidenceKind::ALL`].
    pub pairs_by_kind: [usize; EvidenceKind::ALL.len()],
}

/// Makes ties of `traces`, in the order of pairs; kinds that are not `on` are only counted.
/// O(traces · log traces), and the same for any order of them.
pub(super) fn make(
    mut traces: Vec<Trace>,
    fading: Fading,
    on: impl Fn(EvidenceKind) -> bool,
) -> Made {
    traces.sort_unstable_by(in_order);
    let mut made = Made::default();
    let mut kept: Vec<Trace> = Vec::new();
    for pair in traces.chunk_by(|one, next| (one.low, one.high) == (next.low, next.high)) {
        for kind in pair.chunk_by(|one, next| one.kind == next.kind) {
            made.pairs_by_kind[rank(kind[0].kind)] += 1;
        }
        kept.clear();
        kept.extend(pair.iter().filter(|trace| on(trace.kind)));
        if !kept.is_empty() {
            made.add_pair(&kept, fading);
        }
    }
    made
}

/// Pairs first, then everything that tells traces apart, so that sums do not depend on the order
/// of rows.
fn in_order(one: &Trace, other: &Trace) -> Ordering {
    let pair = |it: &Trace| (it.low, it.high, rank(it.kind), it.channel, it.source, it.way);
    let size = |it: &Trace| (it.group_size, it.count, it.last_seen);
    pair(one).cmp(&pair(other)).then_with(|| size(one).cmp(&size(other))).then_with(|| {
        let value = |it: &Trace| it.value.unwrap_or(f64::NEG_INFINITY);
        value(one).total_cmp(&value(other))
    })
}

/// Evidence is told in the order of panels, the most trusted kind first.
fn rank(kind: EvidenceKind) -> usize {
    EvidenceKind::ALL.iter().position(|it| *it == kind).expect("ALL holds every kind")
}

impl Made {
    /// One tie when influence passes both ways alike, or only one way; otherwise one each way.
    fn add_pair(&mut self, traces: &[Trace], fading: Fading) {
        let listed = Listed::of(traces);
        let forth = traces.iter().any(Trace::is_forth);
        let back = traces.iter().any(Trace::is_back);
        if forth && back && listed.forth == listed.back {
            self.add_tie(traces, listed.forth, Passing::Both, fading);
        } else {
            if forth {
                self.add_tie(traces, listed.forth, Passing::Forth, fading);
            }
            if back {
                self.add_tie(traces, listed.back, Passing::Back, fading);
            }
        }
    }

    fn add_tie(&mut self, traces: &[Trace], listed: Listing, passing: Passing, fading: Fading) {
        let start = self.evidence.len();
        let messages = || traces.iter().filter(|it| it.kind == EvidenceKind::Message);
        let answered = messages().any(Trace::is_by_low) && !messages().all(Trace::is_by_low);
        let mut strength = Strength::ZERO;
        if listed.count > 0 {
            strength.add_listed(listed.count, listed.value);
        }
        for trace in traces.iter().filter(|trace| passing.includes(trace)) {
            if trace.kind != EvidenceKind::Listed {
                strength.add(trace, answered, fading);
            }
            self.add_evidence(start, trace);
        }
        for evidence in &mut self.evidence[start..] {
            if evidence.kind == EvidenceKind::Listed {
                // Both directions of a mutual tie, and reversed rows of an undirected list, tell
                // of the same ties; only parallel ones count.
                let own = traces
                    .iter()
                    .filter(|it| (it.source, it.channel) == (evidence.source, evidence.channel));
                evidence.count = Listed::of(own).towards(passing).count;
            }
        }
        let (low, high) = (traces[0].low, traces[0].high);
        let (influencer, audience) =
            if passing == Passing::Back { (high, low) } else { (low, high) };
        let number = |len: usize| u32::try_from(len).expect("less than 2^32 pieces of evidence");
        self.ties.push(Tie {
            influencer,
            audience,
            mutual: passing == Passing::Both,
            parallel: listed.count.max(1),
            strength: strength.chance(),
            value: listed.value,
            evidence: number(start)..number(self.evidence.len()),
        });
    }

    /// Adds to what is known from the same source, or a new piece.
    fn add_evidence(&mut self, start: usize, trace: &Trace) {
        let same = |it: &TieEvidence| {
            (it.kind, it.channel, it.source) == (trace.kind, trace.channel, trace.source)
        };
        match self.evidence[start..].last_mut() {
            Some(last) if same(last) => {
                last.count = last.count.saturating_add(trace.count);
                last.group_size = last.group_size.min(trace.group_size);
                last.last_seen = last.last_seen.max(trace.last_seen);
            }
            _ => self.evidence.push(TieEvidence {
                kind: trace.kind,
                channel: trace.channel,
                source: trace.source,
                count: trace.count,
                group_size: trace.group_size,
                last_seen: trace.last_seen,
            }),
        }
    }
}

/// Which way a tie passes influence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passing {
    Forth,
    Back,
    Both,
}

impl Passing {
    fn includes(self, trace: &Trace) -> bool {
        match self {
            Self::Forth => trace.is_forth(),
            Self::Back => trace.is_back(),
            Self::Both => true,
        }
    }
}

/// Ties that files list in one direction: how many, and the number they give.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Listing {
    count: u32,
    value: Option<f64>,
}

impl Listing {
    /// Parallel ties: numbers that are chances combine as independent ones, other weights add.
    fn and(self, other: Self) -> Self {
        let value = match (self.value, other.value) {
            (Some(one), Some(two)) if (0.0..=1.0).contains(&one) && (0.0..=1.0).contains(&two) => {
                Some(1.0 - (1.0 - one) * (1.0 - two))
            }
            (Some(one), Some(two)) => Some(one + two),
            (one, two) => one.or(two),
        };
        Self { count: self.count.saturating_add(other.count), value }
    }

    /// The same ties, written twice.
    fn or(self, other: Self) -> Self {
        let value = match (self.value, other.value) {
            (Some(one), Some(two)) => Some(one.max(two)),
            (one, two) => one.or(two),
        };
        Self { count: self.count.max(other.count), value }
    }
}

/// What files list in both directions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Listed {
    forth: Listing,
    back: Listing,
}

impl Listed {
    fn of<'a>(traces: impl IntoIterator<Item = &'a Trace>) -> Self {
        let mut all = Self::default();
        let mut source = None;
        let mut rows = Rows::default();
        for trace in traces.into_iter().filter(|it| it.kind == EvidenceKind::Listed) {
            // A reversed row repeats a tie only within its own file.
            if source != Some((trace.source, trace.channel)) {
                all = all.and(std::mem::take(&mut rows).listed());
                source = Some((trace.source, trace.channel));
            }
            let place = match trace.way {
                Way::Forth => &mut rows.forth,
                Way::Back => &mut rows.back,
                Way::BothLowFirst => &mut rows.low_first,
                Way::BothHighFirst => &mut rows.high_first,
            };
            *place = place.and(Listing { count: trace.count, value: trace.value });
        }
        all.and(rows.listed())
    }

    fn and(self, other: Self) -> Self {
        Self { forth: self.forth.and(other.forth), back: self.back.and(other.back) }
    }

    fn towards(self, passing: Passing) -> Listing {
        match passing {
            Passing::Forth => self.forth,
            Passing::Back => self.back,
            Passing::Both => self.forth.or(self.back),
        }
    }
}

/// Rows of one file between two people, by how they are written.
#[derive(Default)]
struct Rows {
    forth: Listing,
    back: Listing,
    low_first: Listing,
    high_first: Listing,
}

impl Rows {
    fn listed(self) -> Listed {
        let both = self.low_first.or(self.high_first);
        Listed { forth: self.forth.and(both), back: self.back.and(both) }
    }
}
