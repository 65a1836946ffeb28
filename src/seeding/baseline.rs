//! Seeds by simple rules, to compare the search with.

use rand::seq::{IndexedRandom, SliceRandom};

use super::request::{Places, Strategy};
use crate::diffusion::Model;
use crate::measure;
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::{Purpose, stream};

/// Seeds of a rule-of-thumb `strategy`; for [`Strategy::Best`] a first guess, by audience.
pub(super) fn pick(model: &Model, strategy: Strategy, places: &Places) -> Vec<PersonIndex> {
    let graph = model.graph();
    let rng_seed = model.scenario().rng_seed;
    match strategy {
        Strategy::Best | Strategy::Degree => places.fill(descending(&measure::audience(graph))),
        Strategy::PageRank => places.fill(descending(&measure::pagerank(graph))),
        Strategy::Random => places.fill(shuffled(graph, rng_seed, 0)),
        Strategy::FriendOfRandom => {
            let friends = friends_of_random(graph, rng_seed);
            // Where too few people have friends, chance fills the places that are left.
            places.fill(friends.into_iter().chain(shuffled(graph, rng_seed, 1)))
        }
    }
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
