//! Traces → ties.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::shown::{Numbered, Shown};
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
#[derive(Clone, Copy, Debug)]
pub(super) struct Switches {
    /// Whether a kind does, by position in [`EvidenceKind::ALL`].
    kinds: [bool; EvidenceKind::ALL.len()],
    /// Whether what was seen in a channel does, and last what nothing tells of.
    channels: [bool; Channel::ALL.len() + 1],
}

impl Switches {
    pub fn new(
        kind: impl Fn(EvidenceKind) -> bool,
        channel: impl Fn(Option<Channel>) -> bool,
    ) -> Self {
        let mut channels = [channel(None); Channel::ALL.len() + 1];
        for (is_on, it) in channels.iter_mut().zip(Channel::ALL) {
            *is_on = channel(Some(it));
        }
        Self { kinds: EvidenceKind::ALL.map(kind), channels }
    }
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

/// Traces of which ties are made in one go, and some more, so that a pair is not cut.
const BLOCK: usize = 1 << 16;
/// Blocks between two words to whoever waits.
const BATCH: usize = 8;

/// Makes ties of `traces`, in the order of pairs; kinds and channels that are not `on` are only
/// counted. O(traces · log traces), and the same for any order of them. Takes twelve bytes a trace
/// besides the ties. Blocks of them are made side by side on the current pool.
pub(super) fn make(
    traces: &Shown<'_>,
    weighing: Weighing<'_>,
    on: &Switches,
    watch: &mut Watch<'_>,
) -> Result<Made, Stopped> {
    let by_pair = traces.by_pair();
    let mut made = Made::default();
    made.ties.reserve(by_pair.len());
    let mut rest = by_pair.as_slice();
    while !rest.is_empty() {
        watch.tell(by_pair.len() - rest.len(), by_pair.len())?;
        let mut batch = Vec::with_capacity(BATCH);
        while batch.len() < BATCH && !rest.is_empty() {
            let (block, behind) = rest.split_at(end_of_block(rest));
            batch.push(block);
            rest = behind;
        }
        let block = |block: &&[Numbered]| Making::new(traces, weighing, on).made_of(block);
        let blocks: Vec<Made> = batch.par_iter().map(block).collect();
        for block in &blocks {
            made.append(block);
        }
    }
    made.ties.settle();
    Ok(made)
}

/// How many of the traces make the next block.
fn end_of_block(traces: &[Numbered]) -> usize {
    let Some(last) = traces.get(BLOCK) else { return traces.len() };
    let pair = |it: &Numbered| (it.low, it.high);
    BLOCK + traces[BLOCK..].iter().take_while(|it| pair(it) == pair(last)).count()
}

/// Ties in the making.
struct Making<'a> {
    traces: &'a Shown<'a>,
    weighing: Weighing<'a>,
    on: &'a Switches,
    made: Made,
    /// The traces of one pair, those of them that are on, and what a tie was seen in: kept here for
    /// their room.
    pair: Vec<Trace>,
    kept: Vec<Trace>,
    evidence: Vec<TieEvidence>,
}

impl<'a> Making<'a> {
    fn new(traces: &'a Shown<'a>, weighing: Weighing<'a>, on: &'a Switches) -> Self {
        Self {
            traces,
            weighing,
            on,
            made: Made::default(),
            pair: Vec::new(),
            kept: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// The ties of a block of traces.
    fn made_of(mut self, block: &[Numbered]) -> Made {
        for pair in block.chunk_by(|one, next| (one.low, one.high) == (next.low, next.high)) {
            self.pair.clear();
            self.pair.extend(pair.iter().map(|&it| self.traces.get(it)));
            self.pair.sort_unstable_by(in_order);
            self.add_pair();
        }
        self.made
    }

    /// Counts what the traces of one pair are, and makes ties of those that are on.
    fn add_pair(&mut self) {
        for kind in self.pair.chunk_by(|one, next| one.kind == next.kind) {
            let found = &mut self.made.kinds[kind[0].kind as usize];
            found.pairs += 1;
            found.strengths += strength_of_kind(kind, self.weighing);
        }
        let Switches { kinds, channels } = self.on;
        self.kept.clear();
        self.kept.extend(self.pair.iter().filter(|trace| kinds[trace.kind as usize]));
        self.made.count_channels(&self.kept);
        self.kept.retain(|trace| channels[place(trace.channel)]);
        if self.kept.is_empty() {
            return;
        }
        // One tie when influence passes both ways alike, or only one way; otherwise one each way.
        let listed = Listed::of(&self.kept);
        let forth = self.kept.iter().any(Trace::is_forth);
        let back = self.kept.iter().any(Trace::is_back);
        if forth && back && listed.forth == listed.back {
            self.add_tie(listed.forth, Passing::Both);
        } else {
            if forth {
                self.add_tie(listed.forth, Passing::Forth);
            }
            if back {
                self.add_tie(listed.back, Passing::Back);
            }
        }
    }

    /// Adds the tie that the kept traces make in one direction.
    fn add_tie(&mut self, listed: Listing, passing: Passing) {
        let Self { weighing, kept: traces, evidence, .. } = self;
        let answered_in = |kind| is_answered(traces.iter().filter(|it| it.kind == kind));
        let answered =
            [EvidenceKind::Message, EvidenceKind::Mail].map(|kind| (kind, answered_in(kind)));
        let mut strength = Strength::ZERO;
        if listed.count > 0 {
            strength.add_listed(listed.count, listed.value, *weighing);
        }
        evidence.clear();
        for trace in traces.iter().filter(|trace| passing.includes(trace)) {
            if trace.kind != EvidenceKind::Listed {
                strength.add(trace, answered.contains(&(trace.kind, true)), *weighing);
            }
            add_evidence(evidence, trace);
        }
        for evidence in evidence.iter_mut() {
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
        self.made.ties.push(tie, evidence.drain(..));
    }
}

/// Position of a channel among the counts, the last for what nothing tells.
fn place(channel: Option<Channel>) -> usize {
    channel.map_or(Channel::ALL.len(), |channel| channel as usize)
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

/// Kinds first, then everything that tells the traces of a pair apart, so that sums do not depend on
/// the order of rows.
fn in_order(one: &Trace, other: &Trace) -> Ordering {
    let pair = |it: &Trace| (it.kind, it.channel, it.source, it.way);
    let size = |it: &Trace| (it.group_size, it.count, it.last_seen);
    pair(one).cmp(&pair(other)).then_with(|| size(one).cmp(&size(other))).then_with(|| {
        let value = |it: &Trace| it.value.unwrap_or(f64::NEG_INFINITY);
        value(one).total_cmp(&value(other))
    })
}

impl Made {
    /// Adds what was made of the people behind these.
    fn append(&mut self, other: &Self) {
        self.ties.append(&other.ties);
        for (all, more) in self.kinds.iter_mut().zip(&other.kinds) {
            all.pairs += more.pairs;
            all.strengths += more.strengths;
        }
        for (all, more) in self.channels.iter_mut().zip(other.channels) {
            *all += more;
        }
    }

    /// Counts each channel that a pair was seen in.
    fn count_channels(&mut self, traces: &[Trace]) {
        let mut seen = [false; Channel::ALL.len() + 1];
        for trace in traces {
            seen[place(trace.channel)] = true;
        }
        for (count, seen) in self.channels.iter_mut().zip(seen) {
            *count += usize::from(seen);
        }
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
