//! Seeds by simple rules, to compare the search with.

use std::sync::Arc;

use rand::seq::{IndexedRandom, SliceRandom};

use super::places::Places;
use super::request::Strategy;
use crate::diffusion::Model;
use crate::measure;
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::{Purpose, stream};

/// Seeds of a rule-of-thumb `strategy`; for those that need a search a first guess, by audience.
pub(super) fn pick(model: &Arc<Model>, strategy: Strategy, places: &Places) -> Vec<PersonIndex> {
    let graph = model.graph();
    let rng_seed = model.scenario().rng_seed;
    match strategy {
        Strategy::Best
        | Strategy::Degree
        | Strategy::PageRank
        | Strategy::Betweenness
        | Strategy::KCore
        | Strategy::Captains
        | Strategy::Small => places.fill(ranking(model, strategy)),
        Strategy::Random => places.fill(shuffled(graph, rng_seed, 0)),
        Strategy::FriendOfRandom => {
            let friends = friends_of_random(graph, rng_seed);
            // Where too few people have friends, chance fills the places that are left.
            places.fill(friends.into_iter().chain(shuffled(graph, rng_seed, 1)))
        }
    }
}

/// Everyone in the order in which a rule of thumb would engage them. Where only a search can tell
/// ([`Strategy::Best`], [`Strategy::Betweenness`], [`Strategy::Captains`]) or chance decides, by audience.
pub(super) fn ranking(model: &Arc<Model>, strategy: Strategy) -> Vec<PersonIndex> {
    let graph = model.graph();
    match strategy {
        Strategy::PageRank => descending(&measure::pagerank(graph)),
        Strategy::KCore => by_core(graph),
        Strategy::Small => by_smallness(graph),
        Strategy::Best
        | Strategy::Degree
        | Strategy::Betweenness
        | Strategy::Captains
        | Strategy::Random
        | Strategy::FriendOfRandom => descending(&measure::audience(graph)),
    }
}

/// By core number; everyone in a core is alike in it, so the larger audience decides there.
fn by_core(graph: &InfluenceGraph) -> Vec<PersonIndex> {
    let core = measure::find("k_core").map(|it| it.compute(graph)).unwrap_or_default();
    let mut order = descending(&measure::audience(graph));
    order.sort_by(|&a, &b| core[b as usize].total_cmp(&core[a as usize]));
    order
}

/// By audience, smallest first; people without any come last, for they pass nothing on.
fn by_smallness(graph: &InfluenceGraph) -> Vec<PersonIndex> {
    let audience = |person: &PersonIndex| graph.audience_of(*person).len();
    let mut order: Vec<PersonIndex> = (0..).take(graph.people()).collect();
    order.sort_by_key(|person| (audience(person) == 0, audience(person)));
    order
}

/// People by value, largest first; equal values by lowest index.
pub(super) fn descending(values: &[f64]) -> Vec<PersonIndex> {
    let mut order: Vec<PersonIndex> = (0..).take(values.len()).collect();
    order.sort_by(|&a, &b| values[b as usize].total_cmp(&values[a as usize]).then(a.cmp(&b)));
    order
}

/// Everyone in the chance order number `order`.
pub(super) fn shuffled(graph: &InfluenceGraph, rng_seed: u64, order: u64) -> Vec<PersonIndex> {
    let mut people: Vec<PersonIndex> = (0..).take(graph.people()).collect();
    people.shuffle(&mut stream(rng_seed, Purpose::SeedStrategy, order));
    people
}

/// For person after person in chance order, one of those they listen to, by chance. Hubs come up
/// often: your friends have more friends than you.
fn friends_of_random(graph: &InfluenceGraph, rng_seed: u64) -> Vec<PersonIndex> {
    let mut rng = stream(rng_seed, Purpose::SeedStrategy, 2);
    shuffled(graph, rng_seed, 3)
        .into_iter()
        .filter_map(|person| graph.influences_on(person).choose(&mut rng).copied())
        .collect()
}
