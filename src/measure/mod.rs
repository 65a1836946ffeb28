//! F3: what a person's place in the network says about them, and what the network is like.
//!
//! Every [`Measure`] answers one plain question in numbers and describes itself in its own file;
//! [`MEASURES`] lists them all, and to add one is to write its file and name it there. A [`Survey`]
//! takes any of them of one [`Subject`], step by step. The numbers follow `science.md` section 2
//! and are checked against its published values.
//!
//! [`key_players`] looks for the best set of several people.
//!
//! [`components`] and [`communities`] ([`neighborhoods`]) cut the network into parts, [`modularity`] says how well a
//! cut follows the ties.

mod betweenness;
mod bound;
mod circle;
mod closeness;
mod clustering;
mod communities;
mod components;
mod constraint;
mod core_number;
mod degree;
mod description;
mod diffusion_centrality;
mod distances;
mod fragmentation;
mod groups;
mod hits;
mod key_players;
mod modularity;
mod naming;
mod pagerank;
mod participation;
mod path_sample;
mod reciprocity;
mod segments;
mod shortest_paths;
mod spare;
mod subject;
mod survey;
mod triangles;

use std::collections::BTreeMap;

pub use betweenness::BetweennessSearch;
pub use communities::{communities, neighborhoods};
pub use components::components;
pub use degree::audience;
pub use description::{Measure, Unit};
pub use groups::{GroupTies, GroupedTies};
pub use key_players::{KeyPlayerAim, KeyPlayers, key_players};
pub use modularity::modularity;
pub use naming::{entry_as_name, named_neighborhoods, with_names};
pub use pagerank::pagerank;
pub use subject::Subject;
pub use survey::{Estimate, Finding, Sample, Survey};

/// Every measure, in the order of menus: of people first, then of the whole network.
pub static MEASURES: [Measure; 33] = [
    degree::DEGREE,
    degree::AUDIENCE,
    degree::STRENGTH,
    pagerank::PAGERANK,
    betweenness::BETWEENNESS,
    closeness::HARMONIC,
    closeness::CLOSENESS,
    diffusion_centrality::DIFFUSION,
    core_number::K_CORE,
    constraint::CONSTRAINT,
    constraint::EFFECTIVE_SIZE,
    participation::BY_SEGMENT,
    participation::BY_CHANNEL,
    segments::E_I,
    fragmentation::FRAGMENTATION,
    hits::AUTHORITY,
    hits::HUB,
    clustering::CLUSTERING,
    reciprocity::RECIPROCITY,
    components::COMPONENT_SIZE,
    degree::MEAN_DEGREE,
    components::COMPONENTS,
    components::LARGEST_COMPONENT,
    communities::NEIGHBORHOODS,
    communities::NEIGHBORHOOD_MODULARITY,
    reciprocity::MUTUAL_SHARE,
    clustering::MEAN_CLUSTERING,
    clustering::TRANSITIVITY,
    segments::E_I_OF_NETWORK,
    segments::ASSORTATIVITY,
    segments::MODULARITY,
    segments::DEGREE_ASSORTATIVITY,
    degree::CONTACTS_OF_CONTACTS,
];

/// The measure of this key.
pub fn find(key: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|it| it.key == key)
}

/// Renumbers groups so that 0 is the largest; equal sizes go by their first member.
fn by_size(group_of: &[u32]) -> Vec<u32> {
    let groups = group_of.iter().map(|&group| group as usize + 1).max().unwrap_or(0);
    let mut size = vec![0_usize; groups];
    let mut first_member = vec![usize::MAX; groups];
    for (person, &group) in group_of.iter().enumerate() {
        size[group as usize] += 1;
        first_member[group as usize] = first_member[group as usize].min(person);
    }
    let mut order: Vec<usize> = (0..groups).collect();
    order.sort_by_key(|&group| (std::cmp::Reverse(size[group]), first_member[group]));
    let mut rank = vec![0; groups];
    for (number, group) in (0_u32..).zip(order) {
        rank[group] = number;
    }
    group_of.iter().map(|&group| rank[group as usize]).collect()
}

/// Numbers from 0 for `keys`, alike for those alike, in ascending order of the keys.
fn numbered<K: Ord + Copy>(keys: impl IntoIterator<Item = K>) -> (Vec<u32>, BTreeMap<K, u32>) {
    let keys: Vec<K> = keys.into_iter().collect();
    let mut number_of: BTreeMap<K, u32> = keys.iter().map(|&key| (key, 0)).collect();
    for (number, (_, place)) in (0..).zip(&mut number_of) {
        *place = number;
    }
    (keys.iter().map(|key| number_of[key]).collect(), number_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceGraph;

    #[test]
    fn groups_are_numbered_from_the_largest() {
        assert_eq!(by_size(&[5, 2, 2, 7, 7]), [2, 0, 0, 1, 1]);
        assert_eq!(by_size(&[]), [0; 0]);
    }

    #[test]
    fn keys_are_one_of_a_kind_and_questions_are_questions() {
        for measure in &MEASURES {
            assert_eq!(find(measure.key), Some(measure));
            assert!(measure.question.contains('?'), "{measure:?}");
            let alike = MEASURES.iter().filter(|it| it.question == measure.question).count();
            assert_eq!(alike, 1, "{measure:?}");
            assert!(measure.key.chars().all(|it| it.is_ascii_lowercase() || it == '_'));
        }
    }

    #[test]
    fn every_measure_copes_with_nobody_and_with_one_person() {
        let undefined_alone = [
            "constraint",
            "effective_size",
            "participation",
            "participation_channels",
            "e_i",
            "reciprocity",
        ];
        for measure in MEASURES.iter().filter(|it| it.is_of_people()) {
            assert!(measure.compute(&InfluenceGraph::default()).is_empty(), "{measure:?}");
            let alone = measure.compute(&InfluenceGraph::from_arcs(1, []));
            assert_eq!(alone.len(), 1);
            assert_eq!(alone[0].is_nan(), undefined_alone.contains(&measure.key), "{measure:?}");
        }
        for measure in MEASURES.iter().filter(|it| !it.is_of_people()) {
            for people in [0, 1] {
                let found = measure.compute(&InfluenceGraph::from_arcs(people, []));
                assert_eq!(found.len(), 1, "{measure:?}");
            }
        }
    }
}
