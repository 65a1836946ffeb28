//! Cascades in which most ties fail: from live tie to live tie, without looking at the others.
//!
//! Every tie of chance `p` has the rate `-ln(1-p)`. Points that fall on a person's ties like rain, in
//! a number that is Poisson distributed with the sum of the rates, hit each tie independently with
//! exactly its chance `p`; a second drop on the same tie changes nothing. So a row costs one draw,
//! and one more per point: the number of points by inversion, the tie of each by an alias table
//! (Walker 1977; Vose 1991), or evenly where all chances are alike. Subset sampling as in SUBSIM
//! (Guo et al. 2020), without logarithms.
//!
//! All draws belong to a replicate and a person. Loops go over many adopters before they touch
//! memory that depends on the draw, so that cache misses overlap.
//! To take somebody who adopts in several lanes at once for all of them, as `words` does, gives the same
//! cascades but takes a quarter longer (weighted cascade on epinions: 44 instead of 34 ns per adopter).

use super::lanes::{Adoption, Block, Lanes, in_32_bits};
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::Draws;

/// Ties of a higher chance get a coin of their own: rates go to infinity.
const TOSS_ABOVE: f64 = 0.8;
/// Rates of long rows are drawn in pieces, so that `exp(-rate)` stays far from 0.
const LARGEST_RATE: f64 = 16.0;
/// Adopters looked at together.
pub(super) const TOGETHER: usize = 256;

/// Every person's ties, ready to draw the live ones.
#[derive(Debug)]
pub(super) struct Leaps {
    rows: Vec<Row>,
    ties: Ties,
    tossed: Vec<Tossed>,
}

/// The ties a person may influence others along.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    /// First tie that points may fall on; the last lies before the next row's first.
    start: u32,
    /// First tie with a coin of its own, alike.
    tossed: u32,
    /// Below it, 32 random bits mean no point.
    none: u32,
    /// Below it, at most one.
    one: u32,
    /// Expected points per piece.
    rate: f32,
    pieces: u32,
}

#[derive(Debug)]
enum Ties {
    /// All chances alike: the graph's own rows.
    Even,
    Alias(Vec<Alias>),
}

/// One entry of a row's alias table.
#[derive(Clone, Copy, Debug)]
struct Alias {
    audience: PersonIndex,
    /// Whom the entry stands for instead, when the draw within it is above `cut`.
    other: PersonIndex,
    cut: u32,
}

#[derive(Clone, Copy, Debug)]
struct Tossed {
    audience: PersonIndex,
    live_below: u32,
}

/// A point whose tie is still to be looked up.
#[derive(Clone, Copy, Debug, Default)]
struct Point {
    start: u32,
    length: u32,
    place: u32,
    lane: u32,
}

impl Leaps {
    /// Prepares rows in O(people + arcs); `chance` gives each arc's, and `even` says that all are
    /// the same.
    pub(super) fn prepare(
        graph: &InfluenceGraph,
        even: bool,
        chance: impl Fn(usize) -> f64,
    ) -> Self {
        let even = even && (graph.arcs() == 0 || chance(0) <= TOSS_ABOVE);
        let mut rows = Vec::with_capacity(graph.people() + 1);
        let mut aliases = Vec::with_capacity(if even { 0 } else { graph.arcs() });
        let mut tossed = Vec::new();
        for person in (0..).take(graph.people()) {
            let arcs = graph.arcs_from(person);
            let start = if even { arcs.start } else { aliases.len() };
            let first_tossed = tossed.len();
            let rate = if even {
                arcs.len() as f64 * arcs.clone().next().map_or(0.0, |arc| rate(chance(arc)))
            } else {
                let mut rated = Vec::with_capacity(arcs.len());
                for (arc, &audience) in arcs.zip(graph.audience_of(person)) {
                    let chance = chance(arc);
                    if chance > TOSS_ABOVE {
                        tossed.push(Tossed { audience, live_below: in_32_bits(chance) });
                    } else if chance > 0.0 {
                        rated.push((audience, rate(chance)));
                    }
                }
                push_aliases(&rated, &mut aliases)
            };
            rows.push(Row::new(start, first_tossed, rate));
        }
        let end = if even { graph.arcs() } else { aliases.len() };
        rows.push(Row::new(end, tossed.len(), 0.0));
        Self { rows, ties: if even { Ties::Even } else { Ties::Alias(aliases) }, tossed }
    }

    /// Runs the lanes of `block` from the seeds that `lanes` begins with: O(adoptions + points).
    pub(super) fn spread(
        &self,
        graph: &InfluenceGraph,
        lanes: &mut Lanes,
        drops: &mut Drops,
        block: &Block,
        horizon: u32,
    ) {
        for _ in 0..horizon {
            let newest = lanes.newest();
            for from in newest.clone().step_by(TOGETHER) {
                let adopters = lanes.at(from..newest.end.min(from + TOGETHER));
                self.reach(graph, adopters, block, drops);
                lanes.adopt_all(&drops.reached);
            }
            if !lanes.close_step() {
                break;
            }
        }
    }

    /// Whom the live ties of `adopters`, up to 256 of them, lead to: into `drops.reached`.
    pub(super) fn reach(
        &self,
        graph: &InfluenceGraph,
        adopters: &[Adoption],
        block: &Block,
        drops: &mut Drops,
    ) {
        match &self.ties {
            Ties::Even => self.reach_by(adopters, block, drops, |point| {
                let tie = (u64::from(point.place) * u64::from(point.length)) >> 32;
                graph.audience_at(point.start as usize + place(tie))
            }),
            Ties::Alias(aliases) => self.reach_by(adopters, block, drops, |point| {
                let scaled = u64::from(point.place) * u64::from(point.length);
                let alias = aliases[point.start as usize + place(scaled >> 32)];
                let within = scaled & u64::from(u32::MAX);
                if within <= u64::from(alias.cut) { alias.audience } else { alias.other }
            }),
        }
    }

    fn reach_by(
        &self,
        adopters: &[Adoption],
        block: &Block,
        drops: &mut Drops,
        audience: impl Fn(&Point) -> PersonIndex,
    ) {
        let Drops { points, more, reached } = drops;
        more.clear();
        reached.clear();
        let mut length = 0;
        for adoption in adopters {
            let person = adoption.person as usize;
            let (row, next) = (&self.rows[person], &self.rows[person + 1]);
            let draws = block.chances(adoption.lane).influence;
            let bits = draws.bits(adoption.person.into());
            let point = row.point(next, low(bits), adoption.lane);
            points[length] = point;
            length += usize::from(high(bits) >= row.none);
            if high(bits) >= row.one || row.pieces > 1 {
                row.more_points(point, adoption.person, bits, draws, more);
            }
            let tossed = row.tossed as usize..next.tossed as usize;
            for (tie, it) in (u64::from(row.tossed)..).zip(&self.tossed[tossed]) {
                let coin = block.chances(adoption.lane).waiting.bits(tie);
                if it.live_below == u32::MAX || high(coin) < it.live_below {
                    reached.push(Adoption { person: it.audience, lane: adoption.lane });
                }
            }
        }
        let points = points[..length].iter().chain(more.iter());
        let at = |it: &Point| Adoption { person: audience(it), lane: it.lane };
        reached.extend(points.map(at));
    }
}

/// Where points fell, and whom that reached; empty between runs.
#[derive(Debug)]
pub(super) struct Drops {
    points: Box<[Point; TOGETHER]>,
    more: Vec<Point>,
    pub(super) reached: Vec<Adoption>,
}

impl Default for Drops {
    fn default() -> Self {
        let points = Box::new([Point::default(); TOGETHER]);
        Self { points, more: Vec::new(), reached: Vec::new() }
    }
}

impl Row {
    fn new(start: usize, tossed: usize, rate: f64) -> Self {
        let index = |it: usize| u32::try_from(it).expect("fewer than 2^32 arcs");
        let pieces = (rate / LARGEST_RATE).ceil().max(1.0);
        let rate = rate / pieces;
        let none = (-rate).exp();
        let never = rate <= 0.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate in single precision; pieces are few"
        )]
        let (rate, pieces) = (rate as f32, pieces as u32);
        Self {
            start: index(start),
            tossed: index(tossed),
            none: if never { u32::MAX } else { in_32_bits(none) },
            one: if never { u32::MAX } else { in_32_bits(none * (1.0 + f64::from(rate))) },
            rate,
            pieces,
        }
    }

    fn point(&self, next: &Self, place: u32, lane: u32) -> Point {
        Point { start: self.start, length: next.start.wrapping_sub(self.start), place, lane }
    }

    /// The points after the first that `bits` gave, and those of further pieces. `like` is any
    /// point of this row and lane.
    #[cold]
    fn more_points(
        &self,
        like: Point,
        person: PersonIndex,
        bits: u64,
        draws: Draws,
        more: &mut Vec<Point>,
    ) {
        if self.rate <= 0.0 {
            return;
        }
        let mut further = (1_u64..).map(|draw| draws.bits((draw << 32) | u64::from(person)));
        let mut piece = bits;
        for number in 0..self.pieces {
            if number > 0 {
                piece = further.next().unwrap_or_default();
                if high(piece) >= self.none {
                    more.push(Point { place: low(piece), ..like });
                }
            }
            let mut left = f64::from(high(piece)) - f64::from(self.one);
            let rate = f64::from(self.rate);
            let mut term = f64::from(self.one) - f64::from(self.none);
            let mut count = 1.0;
            // Terms sum to 2^32 less what rounding takes.
            while left >= 0.0 && count < 40.0 + 10.0 * rate {
                more.push(Point { place: low(further.next().unwrap_or_default()), ..like });
                count += 1.0;
                term *= rate / count;
                left -= term;
            }
        }
    }
}

/// Expected points on a tie of this chance.
fn rate(chance: f64) -> f64 {
    -(-chance).ln_1p()
}

/// Appends the alias table of one row; answers the sum of its rates.
fn push_aliases(rated: &[(PersonIndex, f64)], aliases: &mut Vec<Alias>) -> f64 {
    let sum: f64 = rated.iter().map(|it| it.1).sum();
    let first = aliases.len();
    let mut share: Vec<f64> = rated.iter().map(|it| it.1 * rated.len() as f64 / sum).collect();
    aliases.extend(rated.iter().map(|&(audience, _)| Alias {
        audience,
        other: audience,
        cut: u32::MAX,
    }));
    let (mut small, mut large): (Vec<usize>, Vec<usize>) =
        (0..share.len()).partition(|&tie| share[tie] < 1.0);
    while let (Some(&poor), Some(&rich)) = (small.last(), large.last()) {
        small.pop();
        let entry = &mut aliases[first + poor];
        entry.cut = in_32_bits(share[poor]);
        entry.other = rated[rich].0;
        share[rich] -= 1.0 - share[poor];
        if share[rich] < 1.0 {
            large.pop();
            small.push(rich);
        }
    }
    sum
}

fn high(bits: u64) -> u32 {
    (bits >> 32) as u32
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
fn low(bits: u64) -> u32 {
    bits as u32
}

#[expect(clippy::cast_possible_truncation, reason = "less than the length of a row")]
fn place(tie: u64) -> usize {
    tie as usize
}
