//! The independent cascade: each new adopter tries each tie once.
//!
//! Goldenberg, Libai & Muller 2001; Kempe, Kleinberg & Tardos 2003 (uniform and weighted
//! cascade, parallel ties). A coin belongs to its arc, so a replicate is the breadth-first search
//! of one draw of live arcs and the step of adoption is the distance from the seeds.

use super::run::{Chances, Run, skipped};
use super::{ScenarioError, TieProbability};
use crate::network::{InfluenceGraph, PersonIndex};

/// Below this chance per tie it pays to leap from live arc to live arc; above, to toss each coin.
const LEAP_BELOW: f64 = 0.12;
/// Coins are compared with 31 bits, so that chance 1 still fits 32: resolution 4.7e-10.
const SURE: u32 = 1 << 31;

/// Probabilities of every arc, ready to toss.
#[derive(Debug)]
pub(super) struct Cascade {
    chance: Chance,
}

#[derive(Debug)]
enum Chance {
    /// Every arc alike.
    Alike(Alike),
    /// Each arc its own, in arc order: exact, and laid out for the tossing loop.
    PerArc { probability: Vec<f64>, coins: Vec<Coin> },
}

#[derive(Debug)]
struct Alike {
    probability: f64,
    /// `(1-p)^k` for `k` up to the longest row: the chance that no arc of a row is live.
    none_live: Vec<f64>,
}

/// One arc as the tossing loop reads it: 8 bytes side by side.
#[derive(Debug)]
struct Coin {
    audience: PersonIndex,
    live_below: u32,
}

impl Cascade {
    /// `reached` is the factor that presence and visibility put on every probability.
    ///
    /// # Errors
    /// A tie whose own probability is outside `0..=1`.
    pub(super) fn prepare(
        graph: &InfluenceGraph,
        rule: TieProbability,
        reached: f64,
        name: &dyn Fn(PersonIndex) -> String,
    ) -> Result<Self, ScenarioError> {
        if let TieProbability::Uniform(p) = rule
            && (0..graph.arcs()).all(|arc| graph.ties(arc) == 1)
        {
            return Ok(Self { chance: Chance::Alike(Alike::new(graph, p * reached)) });
        }
        let mut probability = Vec::with_capacity(graph.arcs());
        let mut coins = Vec::with_capacity(graph.arcs());
        let into: Vec<u32> = (0..).take(graph.people()).map(|it| graph.ties_into(it)).collect();
        for arc in graph.iter_arcs() {
            let passed = match rule {
                TieProbability::Uniform(p) => any_of(p, arc.ties),
                TieProbability::Weighted => {
                    any_of(1.0 / f64::from(into[arc.audience as usize]), arc.ties)
                }
                TieProbability::PerTie if (0.0..=1.0).contains(&arc.value) => arc.value,
                TieProbability::PerTie => {
                    return Err(ScenarioError::TieProbability {
                        influencer: name(arc.influencer),
                        audience: name(arc.audience),
                        value: arc.value,
                    });
                }
            };
            probability.push(passed * reached);
            coins.push(Coin { audience: arc.audience, live_below: threshold(passed * reached) });
        }
        Ok(Self { chance: Chance::PerArc { probability, coins } })
    }

    pub(super) fn probability(&self, arc: usize) -> f64 {
        match &self.chance {
            Chance::Alike(alike) => alike.probability,
            Chance::PerArc { probability, .. } => probability[arc],
        }
    }

    /// Runs one replicate: O(arcs out of adopters), or O(adopters + live arcs) when leaping.
    pub(super) fn spread(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        chances: &Chances,
        horizon: u32,
    ) {
        while !run.newest().is_empty() && run.next_step() <= horizon {
            let step = run.next_step();
            for position in run.newest() {
                let influencer = run.adopter(position);
                match &self.chance {
                    Chance::Alike(alike) => alike.pass_on(graph, influencer, step, run, chances),
                    Chance::PerArc { coins, .. } => {
                        let row = graph.arcs_from(influencer);
                        for (arc, coin) in (row.start as u64..).zip(&coins[row]) {
                            // The coin first: it lies in the row, the person anywhere.
                            if toss(chances, arc) < coin.live_below {
                                run.adopt(coin.audience, step);
                            }
                        }
                    }
                }
            }
            run.finish_step();
        }
    }
}

impl Alike {
    fn new(graph: &InfluenceGraph, probability: f64) -> Self {
        let longest =
            (0..).take(graph.people()).map(|it| graph.arcs_from(it).len()).max().unwrap_or(0);
        let leaps = probability < LEAP_BELOW;
        let powers = std::iter::successors(Some(1.0), |it| Some(it * (1.0 - probability)));
        Self { probability, none_live: powers.take(if leaps { longest + 1 } else { 0 }).collect() }
    }

    fn pass_on(
        &self,
        graph: &InfluenceGraph,
        influencer: PersonIndex,
        step: u32,
        run: &mut Run,
        chances: &Chances,
    ) {
        let row = graph.arcs_from(influencer);
        let audience = graph.audience_of(influencer);
        if self.none_live.is_empty() {
            let live_below = threshold(self.probability);
            for (arc, &person) in (row.start as u64..).zip(audience) {
                if toss(chances, arc) < live_below {
                    run.adopt(person, step);
                }
            }
            return;
        }
        let mut rest = audience;
        while !rest.is_empty() {
            let arc = row.end - rest.len();
            let uniform = chances.influence.unit(arc as u64);
            // Most rows end here, without a logarithm.
            if uniform <= self.none_live[rest.len()] {
                return;
            }
            let leap = usize::try_from(skipped(uniform, self.probability)).unwrap_or(usize::MAX);
            // Rounding may put a leap that ends on the last arc one beyond it.
            let leap = leap.min(rest.len() - 1);
            run.adopt(rest[leap], step);
            rest = &rest[leap + 1..];
        }
    }
}

fn toss(chances: &Chances, arc: u64) -> u32 {
    (chances.influence.bits(arc) >> 33) as u32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a probability times 2^31 fits"
)]
fn threshold(probability: f64) -> u32 {
    (probability * f64::from(SURE)).round() as u32
}

/// `1-(1-p)^c`: at least one of `c` parallel ties passes.
fn any_of(p: f64, ties: u32) -> f64 {
    if ties == 1 { p } else { 1.0 - (1.0 - p).powf(f64::from(ties)) }
}
