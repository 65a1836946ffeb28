//! One captain for each neighborhood: whoever starts most of it by themselves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::live_ties::Batch;
use super::reverse_sets::Source;
use crate::diffusion::Model;
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::{Purpose, stream};

/// Sets drawn, and most members in all of them together before drawing stops early.
const SETS: usize = 1 << 15;
const MOST_MEMBERS: usize = 8_000_000;
/// Batches drawn before members are counted again.
const ROUND: usize = 64;

/// The best local seed of a neighborhood.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Captain {
    /// Number of the neighborhood.
    pub neighborhood: u32,
    /// Who.
    pub person: PersonIndex,
    /// What makes them captain: for cascades and the linear threshold model the adopters expected
    /// in their own neighborhood when they alone start (themselves counted); for the other models
    /// the attention they have there, the sum over those in it who listen to them of one over the
    /// number that each listens to.
    pub local_reach: f64,
}

/// The captain of each neighborhood, in the order of their numbers; `neighborhoods` holds one per
/// person. O(people + arcs + size of some ten thousand reverse-reachable sets).
///
/// # Panics
/// When there is not one number per person of the model.
pub fn captains(model: &Arc<Model>, neighborhoods: &[u32]) -> Vec<Captain> {
    let mut captains: Vec<Captain> = Vec::new();
    let mut ranked = ranked(model, neighborhoods);
    ranked.sort_by_key(|it| it.neighborhood);
    for candidate in ranked {
        if captains.last().is_none_or(|last| last.neighborhood != candidate.neighborhood) {
            captains.push(candidate);
        }
    }
    captains
}

/// Everyone: first the captains, the one of the largest neighborhood first, then who comes second
/// in each, and so on.
pub(super) fn in_turn(model: &Arc<Model>, neighborhoods: &[u32]) -> Vec<PersonIndex> {
    let count = neighborhoods.iter().max().map_or(0, |&most| most as usize + 1);
    let mut size = vec![0_usize; count];
    for &neighborhood in neighborhoods {
        size[neighborhood as usize] += 1;
    }
    let mut before = vec![0_usize; count];
    let mut turns: Vec<(usize, usize, u32, PersonIndex)> = ranked(model, neighborhoods)
        .into_iter()
        .map(|it| {
            let at = it.neighborhood as usize;
            let turn = before[at];
            before[at] += 1;
            (turn, size[at], it.neighborhood, it.person)
        })
        .collect();
    turns.sort_by_key(|&(turn, size, number, _)| (turn, std::cmp::Reverse(size), number));
    turns.into_iter().map(|it| it.3).collect()
}

/// Everyone by local reach, largest first; equal ones by lowest index.
fn ranked(model: &Arc<Model>, neighborhoods: &[u32]) -> Vec<Captain> {
    assert_eq!(neighborhoods.len(), model.graph().people(), "one neighborhood per person");
    let reach = match Source::prepare(model) {
        Some(source) => by_sets(&source, neighborhoods),
        None => by_attention(model.graph(), neighborhoods),
    };
    let people = (0..).zip(neighborhoods).zip(reach);
    let mut ranked: Vec<Captain> = people
        .map(|((person, &neighborhood), local_reach)| Captain { neighborhood, person, local_reach })
        .collect();
    ranked.sort_by(|a, b| b.local_reach.total_cmp(&a.local_reach).then(a.person.cmp(&b.person)));
    ranked
}

/// Adopters in the own neighborhood of everyone who starts alone, counted over reverse-reachable
/// sets: whoever is in the set of a neighbor would have won that neighbor.
fn by_sets(source: &Source, neighborhoods: &[u32]) -> Vec<f64> {
    let people = source.ties.people();
    let count: Vec<AtomicU32> = (0..people).map(|_| AtomicU32::new(0)).collect();
    let (mut sets, mut members) = (0, 0);
    while source.has_sets() && sets < SETS && members < MOST_MEMBERS {
        let first = sets / Batch::SETS;
        let batches = (first..first + ROUND).into_par_iter().with_min_len(ROUND / 4);
        members += batches
            .map_init(
                || Batch::new(people),
                |batch, number| {
                    let mut rng = stream(source.rng_seed, Purpose::CaptainSets, number as u64);
                    let roots: [PersonIndex; Batch::SETS] =
                        std::array::from_fn(|set| source.roots.draw(set, Batch::SETS, &mut rng));
                    source.ties.draw(&roots, &mut rng, batch, |_| false);
                    for (&person, &set) in batch.people().iter().zip(batch.sets()) {
                        let root = roots[set as usize];
                        if neighborhoods[person as usize] == neighborhoods[root as usize] {
                            count[person as usize].fetch_add(1, Ordering::Relaxed);
                        }
                    }
                    batch.people().len()
                },
            )
            .sum::<usize>();
        sets += ROUND * Batch::SETS;
    }
    let scale = source.roots.mass() / sets.max(1) as f64;
    let alone = source.roots.alone().iter();
    let count = count.into_iter().map(|it| f64::from(it.into_inner()));
    alone.zip(count).map(|(&alone, met)| f64::from(alone) + scale * met).collect()
}

/// Attention that everyone has in their own neighborhood.
fn by_attention(graph: &InfluenceGraph, neighborhoods: &[u32]) -> Vec<f64> {
    let people = (0..).take(graph.people());
    people
        .map(|person| {
            let own = neighborhoods[person as usize];
            let listeners = graph.audience_of(person).iter();
            let near = listeners.filter(|&&it| neighborhoods[it as usize] == own);
            near.map(|&it| 1.0 / graph.influences_on(it).len() as f64).sum()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::{Contagion, Scenario, Threshold, TieProbability};
    use crate::network::InfluenceArc;

    /// Two stars of which the hub of the larger one is also heard by the whole other star.
    fn model(contagion: Contagion) -> Arc<Model> {
        let ties = [(0, 1), (0, 2), (0, 3), (4, 5), (4, 6), (0, 5), (0, 6), (0, 4)];
        let arc =
            |(influencer, audience)| InfluenceArc { influencer, audience, ties: 1, value: 0.0 };
        let graph = Arc::new(InfluenceGraph::from_arcs(7, ties.map(arc)));
        let scenario = Scenario { contagion, ..Scenario::default() };
        Arc::new(Model::new(graph, None, None, &scenario).expect("a sound scenario"))
    }

    const NEIGHBORHOODS: [u32; 7] = [1, 1, 1, 1, 0, 0, 0];

    #[test]
    fn a_captain_wins_most_of_the_own_neighborhood() {
        let model = model(Contagion::IndependentCascade(TieProbability::Uniform(0.5)));
        let found = captains(&model, &NEIGHBORHOODS);
        let who: Vec<_> = found.iter().map(|it| (it.neighborhood, it.person)).collect();
        assert_eq!(who, [(0, 4), (1, 0)]);
        // Themselves and half of two, or of three, listeners; the others are not of their own.
        for (captain, expected) in found.iter().zip([2.0, 2.5]) {
            assert!((captain.local_reach - expected).abs() < 0.05, "{captain:?}");
        }
        assert_eq!(in_turn(&model, &NEIGHBORHOODS)[..2], [0, 4], "the larger one comes first");
    }

    #[test]
    fn attention_stands_in_where_no_reverse_set_exists() {
        let model = model(Contagion::Permission(Threshold::Count(1)));
        let found = captains(&model, &NEIGHBORHOODS);
        let who: Vec<_> = found.iter().map(|it| (it.person, it.local_reach)).collect();
        assert_eq!(who, [(4, 1.0), (0, 3.0)], "two listeners of 4 hear one other person each");
    }

    #[test]
    fn everyone_has_a_turn_once() {
        let model = model(Contagion::IndependentCascade(TieProbability::Weighted));
        let mut turns = in_turn(&model, &NEIGHBORHOODS);
        turns.sort_unstable();
        assert_eq!(turns, [0, 1, 2, 3, 4, 5, 6]);
        assert!(captains(&model, &[0; 7]).len() == 1);
    }
}
