//! The independent cascade: each new adopter tries each tie once.
//!
//! Goldenberg, Libai & Muller 2001; Kempe, Kleinberg & Tardos 2003 (uniform and weighted
//! cascade, parallel ties). A coin belongs to its arc, so a replicate is the breadth-first search
//! of one draw of live arcs and the step of adoption is the distance from the seeds.

use std::ops::Range;
use std::sync::OnceLock;

use super::lanes::{Adoption, Block, LANES, Lanes};
use super::leaps::{Drops, Leaps, TOGETHER};
use super::run::Run;
use super::words::{Fresh, Words};
use super::{ScenarioError, TieProbability};
use crate::network::{InfluenceGraph, PersonIndex};

/// Live ties per adopter, once a contagion has taken hold, from which lanes share their coins:
/// then most people adopt in most lanes, and at the same few steps.
const TOGETHER_FROM: f64 = 2.2;

/// Probabilities of every arc, and the way they are drawn.
#[derive(Debug)]
pub(super) struct Cascade {
    rule: TieProbability,
    /// Factor that presence and visibility put on every probability.
    reached: f64,
    /// One over the ties into each person, for the weighted cascade.
    attention: Vec<f64>,
    /// Made when the first replicate runs: who only asks for probabilities need not wait.
    drawing: OnceLock<Drawing>,
}

#[derive(Debug)]
enum Drawing {
    Leaps(Leaps),
    Words(Words),
}

/// Room for a block of replicates.
#[derive(Debug)]
pub(super) struct CascadeScratch {
    pub(super) lanes: Lanes,
    drops: Drops,
    fresh: Fresh,
}

impl CascadeScratch {
    pub(super) fn new(people: usize) -> Self {
        Self { lanes: Lanes::new(people), drops: Drops::default(), fresh: Fresh::default() }
    }
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
        if rule == TieProbability::PerTie
            && let Some(bad) = graph.iter_arcs().find(|arc| !(0.0..=1.0).contains(&arc.value))
        {
            return Err(ScenarioError::TieProbability {
                influencer: name(bad.influencer),
                audience: name(bad.audience),
                value: bad.value,
            });
        }
        let attention = match rule {
            TieProbability::Weighted => (0..)
                .take(graph.people())
                .map(|person| 1.0 / f64::from(graph.ties_into(person)))
                .collect(),
            _ => Vec::new(),
        };
        Ok(Self { rule, reached, attention, drawing: OnceLock::new() })
    }

    pub(super) fn probability(&self, graph: &InfluenceGraph, arc: usize) -> f64 {
        let passed = match self.rule {
            TieProbability::Uniform(p) => any_of(p, graph.ties(arc)),
            TieProbability::Weighted => {
                any_of(self.attention[graph.audience_at(arc) as usize], graph.ties(arc))
            }
            TieProbability::PerTie => graph.value(arc),
        };
        passed * self.reached
    }

    /// Runs the replicates `indexes`, all of one block of 64, from `seeds`. A replicate is the same
    /// whichever others run beside it.
    pub(super) fn spread(
        &self,
        graph: &InfluenceGraph,
        seeds: &[PersonIndex],
        rng_seed: u64,
        indexes: Range<u64>,
        horizon: u32,
        scratch: &mut CascadeScratch,
    ) {
        let block = Block::new(rng_seed, indexes);
        let CascadeScratch { lanes, drops, fresh } = scratch;
        lanes.begin(seeds, &block);
        match self.drawing.get_or_init(|| self.drawing(graph)) {
            Drawing::Leaps(leaps) => leaps.spread(graph, lanes, drops, &block, horizon),
            Drawing::Words(words) => words.spread(graph, lanes, fresh, rng_seed, &block, horizon),
        }
    }

    /// Runs one replicate.
    pub(super) fn spread_one(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        rng_seed: u64,
        index: u64,
        horizon: u32,
        scratch: &mut CascadeScratch,
    ) {
        let seeds = run.adopters().to_vec();
        self.spread(graph, &seeds, rng_seed, index..index + 1, horizon, scratch);
        for (step, adoptions) in (0..).zip(scratch.lanes.steps()).skip(1) {
            for adoption in adoptions {
                run.adopt(adoption.person, step);
            }
            run.finish_step();
        }
    }

    /// Runs one replicate step by step, as a calendar and a witness need it: with the coins that it has
    /// without them.
    pub(super) fn spread_by_steps(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        rng_seed: u64,
        index: u64,
        horizon: u32,
        scratch: &mut CascadeScratch,
    ) {
        let block = Block::new(rng_seed, index..index + 1);
        let lane = block.mask().trailing_zeros();
        let drawing = self.drawing.get_or_init(|| self.drawing(graph));
        let coins = Words::draws(rng_seed, &block);
        let drops = &mut scratch.drops;
        let mut newest = Vec::new();
        // One at a time where it matters who of them reaches whom.
        let together = if run.is_watched() { 1 } else { TOGETHER };
        for step in 1..=horizon {
            newest.clear();
            newest.extend(run.newest_to_try().map(|at| Adoption { person: run.adopter(at), lane }));
            if newest.is_empty() && !run.is_open() {
                break;
            }
            for adopters in newest.chunks(together) {
                match drawing {
                    Drawing::Leaps(leaps) => leaps.reach(graph, adopters, &block, drops),
                    Drawing::Words(words) => {
                        words.reach(graph, adopters, coins, &mut drops.reached);
                    }
                }
                for adoption in &drops.reached {
                    if run.is_watched() && !run.has_adopted_by(adoption.person, step - 1) {
                        run.saw(adoption.person, adopters[0].person, step.into());
                    }
                    run.adopt(adoption.person, step);
                }
            }
            run.finish_step();
        }
    }

    /// The quicker way to draw these ties. It depends on the ties alone, so that every replicate,
    /// from whatever seeds, meets the same coins.
    fn drawing(&self, graph: &InfluenceGraph) -> Drawing {
        let chance = |arc: usize| self.probability(graph, arc);
        if live_ties_per_adopter(graph, chance) >= TOGETHER_FROM {
            return Drawing::Words(Words::prepare(graph, chance));
        }
        let even = matches!(self.rule, TieProbability::Uniform(_))
            && (0..graph.arcs()).all(|arc| graph.ties(arc) == 1);
        Drawing::Leaps(Leaps::prepare(graph, even, chance))
    }
}

/// Replicates that may run side by side in a network of this size: fewer in large ones, so
/// that a run stays short and its memory small.
pub(super) fn lanes_at_once(people: usize) -> u64 {
    const PEOPLE_TIMES_LANES: usize = 1 << 24;
    let lanes = PEOPLE_TIMES_LANES / people.max(1);
    (lanes as u64).clamp(1, LANES)
}

/// Live ties per adopter in a contagion that has taken hold, were ties placed by chance: the fixed
/// point of "a tie's influencer has adopted with chance θ". 0 where nothing takes hold. O(arcs).
fn live_ties_per_adopter(graph: &InfluenceGraph, chance: impl Fn(usize) -> f64) -> f64 {
    const ROUNDS: usize = 16;
    // Arithmetic alone, because logarithms may differ from machine to machine in the last digit.
    let rate = |p: f64| p * (1.0 + p * (0.5 + p * (1.0 / 3.0 + p * 0.25)));
    let missed = |x: f64| 1.0 / (1.0 + x * (1.0 + x * (0.5 + x / 6.0)));
    let mut into = vec![0.0; graph.people()];
    let mut from = vec![0.0; graph.people()];
    for (person, from) in (0..).zip(&mut from) {
        for (arc, &audience) in graph.arcs_from(person).zip(graph.audience_of(person)) {
            let rate = rate(chance(arc));
            into[audience as usize] += rate;
            *from += rate;
        }
    }
    let people = || (0..).take(graph.people()).zip(&into);
    let mut theta = 1.0;
    for _ in 0..ROUNDS {
        let adopters = people().map(|(person, rate)| {
            graph.arcs_from(person).len() as f64 * (1.0 - missed(rate * theta))
        });
        theta = adopters.sum::<f64>() / (graph.arcs() as f64).max(1.0);
    }
    let (mut adopters, mut live) = (0.0, 0.0);
    for (rate_into, rate_from) in into.iter().zip(from) {
        let adopts = 1.0 - missed(rate_into * theta);
        adopters += adopts;
        live += adopts * rate_from;
    }
    if adopters > 0.0 { live / adopters } else { 0.0 }
}

/// `1-(1-p)^c`: at least one of `c` parallel ties passes.
fn any_of(p: f64, ties: u32) -> f64 {
    if ties == 1 { p } else { 1.0 - (1.0 - p).powf(f64::from(ties)) }
}
