//! Small famous networks as numbers, and the way to the shared reference folder when it is there.
#![allow(dead_code, reason = "each test file uses the part it needs")]

use std::path::PathBuf;

use jaywalk::network::{InfluenceArc, InfluenceGraph};

/// Zachary 1977, *An Information Flow Model for Conflict and Fission in Small Groups*: 34 members
/// of a karate club, 78 friendships; row by row, the friends with a higher number.
const KARATE: [&[u32]; 33] = [
    &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
    &[2, 3, 7, 13, 17, 19, 21, 30],
    &[3, 7, 8, 9, 13, 27, 28, 32],
    &[7, 12, 13],
    &[6, 10],
    &[6, 10, 16],
    &[16],
    &[],
    &[30, 32, 33],
    &[33],
    &[],
    &[],
    &[],
    &[33],
    &[32, 33],
    &[32, 33],
    &[],
    &[],
    &[32, 33],
    &[33],
    &[32, 33],
    &[],
    &[32, 33],
    &[25, 27, 29, 32, 33],
    &[25, 27, 31],
    &[31],
    &[29, 33],
    &[33],
    &[31, 33],
    &[32, 33],
    &[32, 33],
    &[32, 33],
    &[33],
];

/// The club's members who stayed with the officers after the split; the others left with Mr. Hi.
const OFFICERS: [usize; 17] = [9, 14, 15, 18, 20, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33];

/// The karate club; every tie is mutual and carries `value`.
pub fn karate(value: f64) -> InfluenceGraph {
    mutual(34, karate_ties(), value)
}

/// The karate club's friendships.
pub fn karate_ties() -> impl Iterator<Item = (u32, u32)> {
    (0..).zip(KARATE).flat_map(|(a, row)| row.iter().map(move |&b| (a, b)))
}

/// The club's two sides: 0 for Mr. Hi, 1 for the officers.
pub fn karate_sides() -> Vec<u32> {
    (0..34).map(|member| u32::from(OFFICERS.contains(&member))).collect()
}

/// Krackhardt's kite (1990): ten people among whom degree, closeness and betweenness disagree.
pub fn kite() -> InfluenceGraph {
    #[rustfmt::skip]
    let ties = [
        (0, 1), (0, 2), (0, 3), (0, 5), (1, 3), (1, 4), (1, 6), (2, 3), (2, 5),
        (3, 4), (3, 5), (3, 6), (4, 6), (5, 6), (5, 7), (6, 7), (7, 8), (8, 9),
    ];
    mutual(10, ties, 1.0)
}

/// A graph of mutual ties.
pub fn mutual(
    people: usize,
    ties: impl IntoIterator<Item = (u32, u32)>,
    value: f64,
) -> InfluenceGraph {
    let arc = move |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value };
    InfluenceGraph::from_arcs(people, ties.into_iter().flat_map(|(a, b)| [arc(a, b), arc(b, a)]))
}

/// The folder of reference data, beside the repository or where `JAYWALK_SHARED` says; it is not
/// part of the project, and every test passes without it.
pub fn shared(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("JAYWALK_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")),
        PathBuf::from,
    );
    Some(folder.join(file)).filter(|path| path.exists())
}

/// A JSON document of the reference data.
pub fn shared_json(file: &str) -> Option<serde_json::Value> {
    let text = std::fs::read_to_string(shared(file)?).expect("readable reference data");
    Some(serde_json::from_str(&text).expect("reference data is JSON"))
}
