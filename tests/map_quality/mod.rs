//! How good a map is, in numbers (`rendering.md` section 4).

use std::collections::VecDeque;

use jaywalk::layout::Point;
use jaywalk::network::InfluenceGraph;

/// Distance between two places.
pub fn distance(a: Point, b: Point) -> f64 {
    (f64::from(a[0]) - f64::from(b[0])).hypot(f64::from(a[1]) - f64::from(b[1]))
}

/// Everyone tied to anyone, direction forgotten, ascending.
pub fn neighbors(graph: &InfluenceGraph) -> Vec<Vec<u32>> {
    (0..)
        .take(graph.people())
        .map(|person| {
            let mut row = [graph.audience_of(person), graph.influences_on(person)].concat();
            row.sort_unstable();
            row.dedup();
            row
        })
        .collect()
}

/// Normalized stress at the best scale, from `sources` evenly chosen people: 0 when distances on
/// the map are in proportion to steps along ties, 1 when they have nothing in common. Source:
/// Gansner, Koren & North, "Graph drawing by stress majorization", Graph Drawing 2004, with
/// weights 1/steps².
pub fn stress(neighbors: &[Vec<u32>], places: &[Point], sources: usize) -> f64 {
    let (mut sum, mut squares, mut pairs) = (0.0, 0.0, 0.0);
    let people = places.len();
    let sources = sources.min(people);
    for source in (0..sources).map(|i| i * people / sources) {
        let mut steps = vec![u32::MAX; people];
        let mut queue = VecDeque::from([source]);
        steps[source] = 0;
        while let Some(person) = queue.pop_front() {
            for &other in &neighbors[person] {
                let other = other as usize;
                if steps[other] == u32::MAX {
                    steps[other] = steps[person] + 1;
                    queue.push_back(other);
                    let ratio = distance(places[source], places[other]) / f64::from(steps[other]);
                    sum += ratio;
                    squares += ratio * ratio;
                    pairs += 1.0;
                }
            }
        }
    }
    1.0 - sum * sum / (squares * pairs)
}

/// Mean overlap (Jaccard) of a person's neighbors with as many nearest people on the map, over
/// `sources` evenly chosen people.
pub fn neighborhood_preservation(neighbors: &[Vec<u32>], places: &[Point], sources: usize) -> f64 {
    let people = places.len();
    let sources = sources.min(people);
    let overlaps = (0..sources).map(|i| i * people / sources).map(|person| {
        let tied = &neighbors[person];
        let mut others: Vec<u32> = (0..).take(people).collect();
        others.swap_remove(person);
        let away = |other: &u32| distance(places[person], places[*other as usize]);
        others.sort_by(|a, b| away(a).total_cmp(&away(b)));
        let near = &others[..tied.len()];
        let both = near.iter().filter(|other| tied.binary_search(other).is_ok()).count();
        both as f64 / (2 * tied.len() - both).max(1) as f64
    });
    overlaps.sum::<f64>() / sources as f64
}

/// Distance from each person to the nearest other one, ascending.
pub fn gaps(places: &[Point]) -> Vec<f64> {
    let mut gaps: Vec<f64> = (0..places.len())
        .map(|person| {
            (0..places.len())
                .filter(|&other| other != person)
                .map(|other| distance(places[person], places[other]))
                .fold(f64::INFINITY, f64::min)
        })
        .collect();
    gaps.sort_by(f64::total_cmp);
    gaps
}

/// Width and height of the box around places.
pub fn extent(places: &[Point]) -> [f64; 2] {
    [0, 1].map(|axis| {
        let low = places.iter().map(|it| f64::from(it[axis])).fold(f64::INFINITY, f64::min);
        let high = places.iter().map(|it| f64::from(it[axis])).fold(f64::NEG_INFINITY, f64::max);
        high - low
    })
}
