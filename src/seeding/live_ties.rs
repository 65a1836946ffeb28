//! Which ties into a person are live, drawn backwards.
//!
//! A cascade keeps each tie with its own chance; what a person could be reached from is a search
//! along live ties against the direction of influence. In the linear threshold model a person
//! listens to at most one live tie, so that the search is a walk (Kempe, Kleinberg & Tardos 2003).
//! Both stop at the scenario's last step, so that reach means the same as in a forecast.
//!
//! A tie of chance p is given the length `-ln(1-p)`. Then the next live tie along any rows of ties,
//! whatever their chances, lies one exponential wait further on: only live ties cost a draw, and
//! a row without one costs a subtraction. (Subset sampling by geometric leaps, Guo et al. 2020;
//! with lengths, one leap runs on from row to row.)

use std::sync::Arc;

use rand::Rng;
use rayon::prelude::*;

use super::waits::{Waits, unit};
use crate::diffusion::{Contagion, Model, TieProbability, TieWeight};
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::Stream;

/// Length of a tie that is live for certain: one wait in 10¹⁷ is longer.
const CERTAIN: f64 = 40.0;

/// The ties into everyone, prepared for drawing live ones.
pub(super) struct LiveTies {
    model: Arc<Model>,
    rows: Vec<Row>,
    /// For each entry of [`InfluenceGraph::influences`], the lengths (cascades) or weights (linear
    /// threshold) of its row up to and including it; empty where every row is even.
    up_to: Vec<f32>,
    law: Law,
    horizon: u32,
}

enum Law {
    Cascade(Box<Waits>),
    Threshold { presence: f64 },
}

/// One person's row: ties into them.
#[derive(Clone, Copy)]
struct Row {
    start: u32,
    ties: u32,
    /// Lengths, or weights, of all ties together.
    all: f32,
    /// One over the length or weight of a tie where all ties are alike, else 0.
    per_tie: f32,
}

/// Every tie once, in the rows of those who have a tie with somebody of lower index.
pub(super) struct MutualTies {
    rows: Vec<(PersonIndex, Row)>,
}

impl LiveTies {
    /// Prepares the ties of `model`, in O(people) where chances differ only from person to
    /// person, else in O(people + arcs); `None` where no reverse set exists: in all other models, and
    /// under a calendar, where more than ties decides who adopts in time.
    pub(super) fn prepare(model: &Arc<Model>) -> Option<Self> {
        let scenario = model.scenario();
        if model.calendar().is_some() {
            return None;
        }
        let law = match scenario.contagion {
            Contagion::IndependentCascade(_) => Law::Cascade(Box::new(Waits::new())),
            Contagion::LinearThreshold(_) => Law::Threshold { presence: scenario.presence },
            _ => return None,
        };
        let is_even = !model.graph().has_parallel_ties()
            && matches!(
                scenario.contagion,
                Contagion::IndependentCascade(
                    TieProbability::Uniform(_) | TieProbability::Weighted
                ) | Contagion::LinearThreshold(TieWeight::Equal)
            );
        let (rows, up_to) = if is_even { even(model) } else { uneven(model) };
        let horizon = scenario.steps;
        Some(Self { model: Arc::clone(model), rows, up_to, law, horizon })
    }

    pub(super) fn people(&self) -> usize {
        self.rows.len()
    }

    /// Per person, the chance that no tie into them is live, so that nobody else reaches them.
    pub(super) fn chance_alone(&self) -> Vec<f32> {
        let alone = |row: &Row| match self.law {
            Law::Cascade(_) => (-row.all).exp(),
            Law::Threshold { .. } => (1.0 - row.all).max(0.0),
        };
        self.rows.par_iter().with_min_len(4096).map(alone).collect()
    }

    /// Draws one set per root, numbered in their order: everyone from
    /// whom a contagion reaches the root in time, given that some tie into the root is live. A
    /// set is cut short, and marked, when it finds somebody who `ends` it.
    ///
    /// Every root must have a tie that can be live.
    pub(super) fn draw(
        &self,
        roots: &[PersonIndex; Batch::SETS],
        rng: &mut Stream,
        batch: &mut Batch,
        ends: impl Fn(PersonIndex) -> bool,
    ) {
        batch.begin(roots, &ends);
        match &self.law {
            Law::Cascade(waits) => self.search(waits, rng, batch, ends),
            Law::Threshold { presence } => self.walk(*presence, rng, batch, ends),
        }
    }

    /// Breadth first, so that the horizon is a number of levels.
    fn search(
        &self,
        waits: &Waits,
        rng: &mut Stream,
        batch: &mut Batch,
        ends: impl Fn(PersonIndex) -> bool,
    ) {
        let influences = self.graph().influences();
        let mut wait = 0.0;
        let mut at = 0;
        for level in 0..self.horizon {
            let level_end = batch.count;
            if at == level_end {
                break;
            }
            for member in at..level_end {
                let (person, set) = batch.member(member);
                if batch.has_ended(set) {
                    continue;
                }
                let row = self.rows[person as usize];
                let all = f64::from(row.all);
                if level == 0 {
                    // Given that a tie of this row is live, the first wait ends inside it. What a
                    // wait leaves over when it is cut into pieces of one length knows nothing of
                    // their number.
                    let any = waits.draw(rng);
                    wait = (any - f64::from(place(any / all)) * all).max(0.0);
                }
                if wait >= all {
                    wait -= all;
                    continue;
                }
                batch.make_room(row.ties);
                let live = |tie: usize| batch.add(influences[tie], set, &ends);
                wait = if row.per_tie > 0.0 {
                    row.leap(wait, || waits.draw(rng), live)
                } else {
                    self.leap_uneven(row, wait, || waits.draw(rng), live)
                };
            }
            at = level_end;
        }
        batch.late = batch.count - at;
    }

    /// Each set goes on from its last member while it finds somebody new.
    fn walk(
        &self,
        presence: f64,
        rng: &mut Stream,
        batch: &mut Batch,
        ends: impl Fn(PersonIndex) -> bool,
    ) {
        let influences = self.graph().influences();
        let horizon = u64::from(self.horizon);
        let mut steps = [0; Batch::SETS];
        let roots = batch.count;
        let mut at = 0;
        while at < batch.count {
            let (person, set) = batch.member(at);
            let row = self.rows[person as usize];
            let mut heard = unit(rng.next_u64());
            if at < roots {
                // Given that a tie into the root is live, what it hears falls on one of them.
                heard *= f64::from(row.all);
            }
            at += 1;
            // Someone convinced adopts in the next step in which they are present.
            steps[usize::from(set)] += 1 + steps_absent(presence, self.horizon, rng);
            let in_time = steps[usize::from(set)] <= horizon && !batch.has_ended(set);
            if in_time && heard < f64::from(row.all) {
                batch.make_room(1);
                batch.add(influences[self.tie_at(row, heard)], set, &ends);
            }
        }
    }

    /// Ties of which one coin says whether they are live both ways; `None` where the two ways
    /// differ, and in the linear threshold model, where ties into a person exclude each other.
    /// O(arcs).
    pub(super) fn mutual(&self) -> Option<MutualTies> {
        if !matches!(self.law, Law::Cascade(_)) {
            return None;
        }
        let graph = self.graph();
        let chances_agree = |person: PersonIndex| {
            let arcs = graph.arcs_into(person).iter().zip(graph.arcs_from(person));
            arcs.into_iter().all(|(&into, from)| {
                let (into, from) = (into as usize, from);
                (self.model.probability(into) - self.model.probability(from)).abs() < 1e-12
            })
        };
        let people = PersonIndex::try_from(self.people()).expect("people are numbered below 2^32");
        let is_mutual = (0..people).into_par_iter().with_min_len(4096).all(|person| {
            graph.influences_on(person) == graph.audience_of(person) && chances_agree(person)
        });
        is_mutual.then(|| {
            let rows =
                (0..people).zip(&self.rows).map(|(person, row)| (person, self.half(person, *row)));
            MutualTies { rows: rows.filter(|(_, row)| row.ties > 0).collect() }
        })
    }

    /// The part of a row from people of lower index.
    fn half(&self, person: PersonIndex, row: Row) -> Row {
        let ties = index(self.graph().influences_on(person).partition_point(|&it| it < person));
        let all = match ties {
            0 => 0.0,
            _ if row.per_tie > 0.0 => row.all * single(f64::from(ties) / f64::from(row.ties)),
            _ => self.up_to[(row.start + ties - 1) as usize],
        };
        Row { ties, all, ..row }
    }

    /// Draws each mutual tie's coin and hands over the two people of those that are live.
    pub(super) fn draw_mutual(
        &self,
        mutual: &MutualTies,
        rng: &mut Stream,
        mut live: impl FnMut(PersonIndex, PersonIndex),
    ) {
        let Law::Cascade(waits) = &self.law else { return };
        let influences = self.graph().influences();
        let mut wait = waits.draw(rng);
        for &(person, row) in &mutual.rows {
            let all = f64::from(row.all);
            if wait >= all {
                wait -= all;
                continue;
            }
            let live = |tie: usize| live(person, influences[tie]);
            wait = if row.per_tie > 0.0 {
                row.leap(wait, || waits.draw(rng), live)
            } else {
                self.leap_uneven(row, wait, || waits.draw(rng), live)
            };
        }
    }

    /// The tie (an entry of [`InfluenceGraph::influences`]) that lies `at` along a row.
    fn tie_at(&self, row: Row, at: f64) -> usize {
        let (start, ties) = (row.start as usize, row.ties as usize);
        let tie = if row.per_tie > 0.0 {
            place(at * f64::from(row.per_tie)) as usize
        } else {
            self.up_to[start..start + ties].partition_point(|&up_to| f64::from(up_to) <= at)
        };
        // Rounding may lead beyond the end.
        start + tie.min(ties - 1)
    }

    /// As [`Row::leap`], where each tie has a length of its own.
    fn leap_uneven(
        &self,
        row: Row,
        wait: f64,
        mut next: impl FnMut() -> f64,
        mut live: impl FnMut(usize),
    ) -> f64 {
        let mut from = row.start as usize;
        let end = from + row.ties as usize;
        let mut at = wait;
        loop {
            let rest = &self.up_to[from..end];
            let tie = from + rest.partition_point(|&up_to| f64::from(up_to) <= at);
            if tie == end {
                return at - f64::from(row.all);
            }
            live(tie);
            at = f64::from(self.up_to[tie]) + next();
            from = tie + 1;
        }
    }

    #[inline]
    fn graph(&self) -> &InfluenceGraph {
        self.model.graph()
    }
}

/// Rows in which every tie has the chance of the first.
fn even(model: &Model) -> (Vec<Row>, Vec<f32>) {
    let graph = model.graph();
    let row = |person: PersonIndex| {
        let ties = graph.influences_on(person).len();
        let one = graph.arcs_into(person).first().map_or(0.0, |&arc| length(model, arc));
        let per_tie = if one > 0.0 { single(1.0 / one) } else { 0.0 };
        Row { start: 0, ties: index(ties), all: single(one * ties as f64), per_tie }
    };
    let people = PersonIndex::try_from(graph.people()).expect("people are numbered below 2^32");
    let mut rows: Vec<Row> = (0..people).into_par_iter().with_min_len(4096).map(row).collect();
    let mut start = 0;
    for row in &mut rows {
        row.start = start;
        start += row.ties;
    }
    (rows, Vec::new())
}

/// Rows in which each tie has a chance of its own.
fn uneven(model: &Model) -> (Vec<Row>, Vec<f32>) {
    let graph = model.graph();
    let mut up_to = Vec::with_capacity(graph.arcs());
    let rows = (0..).take(graph.people()).map(|person| {
        let start = up_to.len();
        let mut all = 0.0;
        for &arc in graph.arcs_into(person) {
            all += length(model, arc);
            up_to.push(single(all));
        }
        Row {
            start: index(start),
            ties: index(up_to.len() - start),
            all: single(all),
            per_tie: 0.0,
        }
    });
    (rows.collect(), up_to)
}

/// How much of its row an arc takes up: its weight, or the length that its chance gives it.
fn length(model: &Model, arc: u32) -> f64 {
    match model.scenario().contagion {
        Contagion::LinearThreshold(_) => model.weight(arc as usize),
        _ => (-(-model.probability(arc as usize)).ln_1p()).min(CERTAIN),
    }
}

impl Row {
    /// Leaps along a row whose ties are all alike, from its beginning, the first leap `wait` long,
    /// and hands over each tie it lands on; returns what is left of the last leap at the end.
    #[inline]
    fn leap(self, wait: f64, mut next: impl FnMut() -> f64, mut live: impl FnMut(usize)) -> f64 {
        let (all, ties) = (f64::from(self.all), f64::from(self.ties));
        let (per_tie, one) = (f64::from(self.per_tie), all / ties);
        let mut at = wait * per_tie;
        while at < ties {
            let tie = place(at);
            live((self.start + tie) as usize);
            at = f64::from(tie + 1) + next() * per_tie;
        }
        (at - ties) * one
    }
}

/// Some sets drawn side by side, member after member.
///
/// Each search would wait for memory at every step, as the next person's row is known only when
/// the last tie has been read; side by side the searches wait together.
pub(super) struct Batch {
    /// Per person, one bit for each set they are in.
    met: Vec<u32>,
    people: Vec<PersonIndex>,
    set: Vec<u8>,
    /// Members found; behind them is room for more.
    count: usize,
    /// One bit for each set that was cut short.
    ended: u32,
    /// Members found at the last step that the scenario has.
    late: usize,
}

impl Batch {
    /// Sets in a batch.
    pub(super) const SETS: usize = 32;

    pub(super) fn new(people: usize) -> Self {
        Self {
            met: vec![0; people],
            people: Vec::new(),
            set: Vec::new(),
            count: 0,
            ended: 0,
            late: 0,
        }
    }

    /// Members of all sets, level by level.
    pub(super) fn people(&self) -> &[PersonIndex] {
        &self.people[..self.count]
    }

    /// For each of [`Self::people`], the number of the set.
    pub(super) fn sets(&self) -> &[u8] {
        &self.set[..self.count]
    }

    /// Whether `set` was cut short.
    #[inline]
    pub(super) fn has_ended(&self, set: u8) -> bool {
        self.ended >> set & 1 == 1
    }

    /// Number of sets cut short.
    pub(super) fn ended(&self) -> u32 {
        self.ended.count_ones()
    }

    /// Members found at the last step: there would be more, had the scenario more time.
    pub(super) fn late(&self) -> usize {
        self.late
    }

    fn begin(&mut self, roots: &[PersonIndex; Self::SETS], ends: &impl Fn(PersonIndex) -> bool) {
        for &person in &self.people[..self.count] {
            self.met[person as usize] = 0;
        }
        (self.count, self.ended, self.late) = (0, 0, 0);
        for (set, &root) in (0..).zip(roots) {
            self.make_room(1);
            self.add(root, set, ends);
        }
    }

    #[inline]
    fn member(&self, at: usize) -> (PersonIndex, u8) {
        (self.people[at], self.set[at])
    }

    #[inline]
    fn make_room(&mut self, members: u32) {
        let needed = self.count + members as usize;
        if needed > self.people.len() {
            self.people.resize(2 * needed, 0);
            self.set.resize(2 * needed, 0);
        }
    }

    /// Adds `person` to `set` if they are new to it. Written and then counted or not, as a branch
    /// that cannot be foreseen would cost more than the rest.
    #[inline]
    fn add(&mut self, person: PersonIndex, set: u8, ends: &impl Fn(PersonIndex) -> bool) {
        let met = &mut self.met[person as usize];
        let is_new = *met >> set & 1 == 0;
        *met |= 1 << set;
        self.people[self.count] = person;
        self.set[self.count] = set;
        self.count += usize::from(is_new);
        self.ended |= u32::from(ends(person)) << set;
    }
}

/// Steps missed before the first one in which a person is present.
fn steps_absent(presence: f64, horizon: u32, rng: &mut Stream) -> u64 {
    if presence >= 1.0 {
        return 0;
    }
    if presence <= 0.0 {
        return horizon.into();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a wait is at least 0 and at most the horizon"
    )]
    let missed = ((-unit(rng.next_u64())).ln_1p() / (-presence).ln_1p()).min(horizon.into()) as u64;
    missed
}

/// A place in a row, rounded down; one that is too large is beyond every row.
#[inline]
fn place(value: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 0, and saturates"
    )]
    let place = value as u32;
    place
}

#[expect(clippy::cast_possible_truncation, reason = "seven digits of a chance are plenty")]
fn single(value: f64) -> f32 {
    value as f32
}

fn index(position: usize) -> u32 {
    u32::try_from(position).expect("fewer than 2^32 arcs")
}
