//! Traces → ties.

use std::cmp::Ordering;

use super::shown::Shown;
use super::strength::{Strength, Weighing};
use super::traces::{Trace, Way};
use super::watch::{Stopped, Watch};
use crate::network::{Channel, EvidenceKind, Tie, TieEvidence, Ties};

/// Ties and their evidence, as [`crate::network::Network`] holds them.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub ties: Ties,
    /// What each kind speaks for, by position in [`EvidenceKind::ALL`].
    pub kinds: [Found; EvidenceKind::ALL.len()],
    /// Pairs of people whom kinds that are on saw in each channel, and last those of whom nothing
    /// tells where, on or off.
    pub channels: [usize; Channel::ALL.len() + 1],
}

/// Which traces make ties.
pub(super) struct Switches<K, C> {
    /// Whether a kind does.
    pub kind: K,
    /// Whether what was seen in a channel does.
    pub channel: C,
}

/// What one kind of evidence speaks for, on or off.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// Pairs of people.
    pub pairs: usize,
    /// Sum over the pairs of the strength that this kind alone would give.
    strengths: f64,
}

impl Found {
    /// Mean strength of what this kind alone would make of its pairs; `None` without any.
    pub fn mean_strength(self) -> Option<f64> {
        (self.pairs > 0).then(|| self.strengths / self.pairs as f64)
    }
}

/// Makes ties of `traces`, in the order of pairs; kinds and channels that are not `on` are only
/// counted. O(traces · log(traces of one person)), and the same for any order of them. Takes four
/// bytes a trace besides the ties.
pub(super) fn make(
    traces: &Shown<'_>,
    weighing: Weighing<'_>,
    on: &Switches<impl Fn(EvidenceKind) -> bool, impl Fn(Option<Channel>) -> bool>,
    watch: &mut Watch<'_>,
) -> Result<Made, Stopped> {
    let rows = traces.by_low();
    let mut made = Made::default();
    let mut row: Vec<Trace> = Vec::new();
    let mut kept: Vec<Trace> = Vec::new();
    for (person, numbers) in rows.iter().enumerate() {
        watch.pass(person, rows.len())?;
        row.clear();
        row.extend(numbers.iter().filter_map(|&number| traces.get(number as usize)));
        row.sort_unstable_by(in_order);
        for pair in row.chunk_by(|one, next| one.high == next.high) {
            for kind in pair.chunk_by(|one, next| one.kind == next.kind) {
                let found = &mut made.kinds[rank(kind[0].kind)];
                found.pairs += 1;
                found.strengths += strength_of_kind(kind, weighing);
            }
            kept.clear();
            kept.extend(pair.iter().filter(|trace| (on.kind)(trace.kind)));
            made.count_channels(&kept);
            kept.retain(|trace| (on.channel)(trace.channel));
            if !kept.is_empty() {
                made.add_pair(&kept, weighing);
            }
        }
    }
    made.ties.settle();
    Ok(made)
}

/// Strength of the traces of one kind between two people, both ways together.
fn strength_of_kind(traces: &[Trace], weighing: Weighing<'_>) -> f64 {
    let mut strength = Strength::ZERO;
    if traces[0].kind == EvidenceKind::Listed {
        let Listing { count, value } = Listed::of(traces).towards(Passing::Both);
        strength.add_listed(count, value, weighing);
    } else {
        let answered = is_answered(traces);
        for trace in traces {
            strength.add(trace, answered, weighing);
        }
    }
    strength.chance()
}

/// Whether both of the two acted (wrote to the other).
fn is_answered<'a>(traces: impl IntoIterator<Item = &'a Trace>) -> bool {
    let (mut by_low, mut by_high) = (false, false);
    for trace in traces {
        by_low |= trace.is_by_low();
        by_high |= !trace.is_by_low();
    }
    by_low && by_high
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
    /// Counts each channel that a pair was seen in.
    fn count_channels(&mut self, traces: &[Trace]) {
        let mut seen = [false; Channel::ALL.len() + 1];
        for trace in traces {
            seen[trace.channel.map_or(Channel::ALL.len(), |channel| channel as usize)] = true;
        }
        for (count, seen) in self.channels.iter_mut().zip(seen) {
            *count += usize::from(seen);
        }
    }

    /// One tie when influence passes both ways alike, or only one way; otherwise one each way.
    fn add_pair(&mut self, traces: &[Trace], weighing: Weighing<'_>) {
        let listed = Listed::of(traces);
        let forth = traces.iter().any(Trace::is_forth);
        let back = traces.iter().any(Trace::is_back);
        if forth && back && listed.forth == listed.back {
            self.add_tie(traces, listed.forth, Passing::Both, weighing);
        } else {
            if forth {
                self.add_tie(traces, listed.forth, Passing::Forth, weighing);
            }
            if back {
                self.add_tie(traces, listed.back, Passing::Back, weighing);
            }
        }
    }

    fn add_tie(
        &mut self,
        traces: &[Trace],
        listed: Listing,
        passing: Passing,
        weighing: Weighing<'_>,
    ) {
        let mut evidence = Vec::new();
        let answered_in = |kind| is_answered(traces.iter().filter(|it| it.kind == kind));
        let answered =
            [EvidenceKind::Message, EvidenceKind::Mail].map(|kind| (kind, answered_in(kind)));
        let mut strength = Strength::ZERO;
        if listed.count > 0 {
            strength.add_listed(listed.count, listed.value, weighing);
        }
        for trace in traces.iter().filter(|trace| passing.includes(trace)) {
            if trace.kind != EvidenceKind::Listed {
                strength.add(trace, answered.contains(&(trace.kind, true)), weighing);
            }
            add_evidence(&mut evidence, trace);
        }
        for evidence in &mut evidence {
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
        let tie = Tie {
            mutual: passing == Passing::Both,
            parallel: listed.count.max(1),
            value: listed.value,
            ..Tie::new(influencer, audience, strength.chance())
        };
        self.ties.push(tie, evidence);
    }
}

/// Adds to what is known from the same source, or a new piece.
fn add_evidence(evidence: &mut Vec<TieEvidence>, trace: &Trace) {
    let same = |it: &TieEvidence| {
        (it.kind, it.channel, it.source) == (trace.kind, trace.channel, trace.source)
    };
    match evidence.last_mut() {
        Some(last) if same(last) => {
            last.count = last.count.saturating_add(trace.count);
            last.group_size = last.group_size.min(trace.group_size);
            last.last_seen = last.last_seen.max(trace.last_seen);
        }
        _ => evidence.push(TieEvidence {
            kind: trace.kind,
            channel: trace.channel,
            source: trace.source,
            count: trace.count,
            group_size: trace.group_size,
            last_seen: trace.last_seen,
        }),
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
