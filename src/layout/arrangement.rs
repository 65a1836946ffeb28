//! Arrangements by what is known of people instead of by who is tied to whom.
//!
//! Each takes one fact per person, by [`PersonIndex`], and answers with everyone's place; who
//! lacks the fact stands apart in a block. All are finite and depend on their arguments only.

use super::packing::{self, Piece};
use super::{Point, WINDOW};
use crate::network::{InfluenceGraph, PersonIndex};

const GOLDEN_ANGLE: f32 = 2.399_963_1;

/// Rings around one person: whoever is a step away on the first, and so on; who cannot be reached
/// stands apart. Neighbors on a ring follow the order of those who lead to them. O(people + arcs).
pub fn rings(graph: &InfluenceGraph, center: PersonIndex, spacing: f32) -> Vec<Point> {
    let mut places: Vec<Option<Point>> = vec![None; graph.people()];
    let mut seen = vec![false; graph.people()];
    let mut ring = Vec::new();
    if let Some(seen) = seen.get_mut(center as usize) {
        *seen = true;
        ring.push(center);
    }
    let [mut radius, mut outermost] = [0.0_f32; 2];
    while !ring.is_empty() {
        outermost = radius;
        let turn = std::f32::consts::TAU / ring.len() as f32;
        for (step, &person) in ring.iter().enumerate() {
            let (sin, cos) = (turn * step as f32).sin_cos();
            places[person as usize] = Some([radius * cos, radius * sin]);
        }
        let mut next = Vec::new();
        for &person in &ring {
            for &other in graph.audience_of(person).iter().chain(graph.influences_on(person)) {
                if !std::mem::replace(&mut seen[other as usize], true) {
                    next.push(other);
                }
            }
        }
        ring = next;
        let needed = ring.len() as f32 * spacing / std::f32::consts::TAU;
        radius = needed.max(radius + 3.0 * spacing);
    }
    // Beside the outermost ring, however few stand on it: within it one would seem to be so many steps away.
    let circle = [[-outermost; 2], [outermost; 2]];
    with_the_rest_beside(&places, places.iter().any(Option::is_some).then_some(circle), spacing)
}

/// A column for each group, from left to right, as wide as it needs to be.
pub fn columns(groups: &[Option<u32>], spacing: f32) -> Vec<Point> {
    let members = members(groups);
    let rows = whole((groups.len() as f32 * WINDOW[1] / WINDOW[0]).sqrt()).max(1);
    let mut places = vec![None; groups.len()];
    let mut left = 0.0;
    for members in members.iter().filter(|it| !it.is_empty()) {
        for (index, &person) in members.iter().enumerate() {
            let (column, row) = (index / rows, index % rows);
            let x = left + column as f32 * spacing;
            places[person] = Some([x, row as f32 * spacing]);
        }
        left += (members.len().div_ceil(rows) + 2) as f32 * spacing;
    }
    with_the_rest_apart(&places, spacing)
}

/// A disc for each group, side by side, the largest in the middle.
pub fn circles(groups: &[Option<u32>], spacing: f32) -> Vec<Point> {
    let mut members = members(groups);
    members.retain(|it| !it.is_empty());
    members.sort_by_key(|it| (std::cmp::Reverse(it.len()), it[0]));
    let discs: Vec<Vec<Point>> = members.iter().map(|it| disc(it.len(), spacing)).collect();
    let pieces: Vec<Piece<'_>> =
        discs.iter().map(|it| Piece { points: it, fixed: false, at_home: false }).collect();
    let shifts = packing::pack(&pieces, spacing).shifts;
    let mut places = vec![None; groups.len()];
    for ((members, disc), by) in members.iter().zip(&discs).zip(shifts) {
        for (&person, point) in members.iter().zip(disc) {
            places[person] = Some([point[0] + by[0], point[1] + by[1]]);
        }
    }
    with_the_rest_apart(&places, spacing)
}

/// From left to right by a time, those of about the same time above each other.
pub fn timeline(times: &[Option<f64>], spacing: f32) -> Vec<Point> {
    let finite = || times.iter().flatten().copied().filter(|it| it.is_finite());
    let low = finite().fold(f64::INFINITY, f64::min);
    let high = finite().fold(f64::NEG_INFINITY, f64::max);
    let columns = whole((finite().count() as f32 * WINDOW[0] / WINDOW[1]).sqrt()).max(1);
    let mut stacks = vec![Vec::new(); columns];
    for (person, time) in times.iter().enumerate() {
        if let Some(time) = time.filter(|it| it.is_finite()) {
            #[expect(clippy::cast_possible_truncation, reason = "a share of the width")]
            let share = ((time - low) / (high - low).max(f64::MIN_POSITIVE)) as f32;
            stacks[whole(share * (columns - 1) as f32)].push(person);
        }
    }
    let mut places = vec![None; times.len()];
    for (column, stack) in stacks.iter().enumerate() {
        let top = (stack.len() as f32 - 1.0) / 2.0;
        for (row, &person) in stack.iter().enumerate() {
            places[person] = Some([column as f32 * spacing, (row as f32 - top) * spacing]);
        }
    }
    with_the_rest_apart(&places, spacing)
}

/// By latitude and longitude in degrees, north up; who is at the same place stands around it. Equal
/// distances east and north are equally long in the middle of everyone.
pub fn geography(degrees: &[Option<[f64; 2]>], spacing: f32) -> Vec<Point> {
    let usable = |it: &[f64; 2]| it[0].abs() <= 90.0 && it[1].abs() <= 180.0;
    let known: Vec<[f64; 2]> = degrees.iter().flatten().copied().filter(usable).collect();
    let sum: f64 = known.iter().map(|it| it[0]).sum();
    let shrink = (sum / known.len().max(1) as f64).to_radians().cos().max(0.01);
    #[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
    let project = |[north, east]: [f64; 2]| [(east * shrink) as f32, -north as f32];
    let flat: Vec<Point> = known.into_iter().map(project).collect();
    let [low, high] = packing::bounds(&flat);
    let extent = (high[0] - low[0]).max(high[1] - low[1]).max(1e-6);
    let scale = 2.0 * spacing * (degrees.len() as f32).sqrt() / extent;
    let mut places: Vec<Option<Point>> = degrees
        .iter()
        .map(|it| it.filter(usable).map(|it| project(it).map(|it| it * scale)))
        .collect();
    let mut same: Vec<(u64, usize)> = places
        .iter()
        .enumerate()
        .filter_map(|(person, place)| {
            place.map(|[x, y]| (u64::from(x.to_bits()) << 32 | u64::from(y.to_bits()), person))
        })
        .collect();
    same.sort_unstable();
    for crowd in same.chunk_by(|one, other| one.0 == other.0) {
        for (&(_, person), by) in crowd.iter().zip(disc(crowd.len(), spacing * 0.5)) {
            places[person] = places[person].map(|[x, y]| [x + by[0], y + by[1]]);
        }
    }
    with_the_rest_apart(&places, spacing)
}

/// A sunflower of `count` places around the origin.
fn disc(count: usize, spacing: f32) -> Vec<Point> {
    let around = |index: usize| {
        let (sin, cos) = (index as f32 * GOLDEN_ANGLE).sin_cos();
        let radius = 0.6 * spacing * (index as f32).sqrt();
        [radius * cos, radius * sin]
    };
    (0..count).map(around).collect()
}

/// People of each group; whoever belongs to none is left out.
fn members(groups: &[Option<u32>]) -> Vec<Vec<usize>> {
    let count = groups.iter().flatten().max().map_or(0, |&last| last as usize + 1);
    let mut members = vec![Vec::new(); count];
    for (person, group) in groups.iter().enumerate() {
        if let Some(group) = group {
            members[*group as usize].push(person);
        }
    }
    members
}

/// Everyone's place; those without one in a block beside the others.
fn with_the_rest_apart(places: &[Option<Point>], spacing: f32) -> Vec<Point> {
    let known: Vec<Point> = places.iter().flatten().copied().collect();
    with_the_rest_beside(places, (!known.is_empty()).then(|| packing::bounds(&known)), spacing)
}

/// The same, beside everything between two corners.
fn with_the_rest_beside(
    places: &[Option<Point>],
    beside: Option<[Point; 2]>,
    spacing: f32,
) -> Vec<Point> {
    let missing = places.iter().filter(|it| it.is_none()).count();
    let mut rest = packing::block(missing, spacing, beside).into_iter();
    places.iter().map(|it| it.or_else(|| rest.next()).unwrap_or_default()).collect()
}

fn whole(number: f32) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small count, and `as` saturates"
    )]
    let whole = number.round() as usize;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    fn far(one: Point, other: Point) -> f32 {
        (one[0] - other[0]).hypot(one[1] - other[1])
    }

    #[test]
    fn rings_are_steps_from_the_middle() {
        let arcs = [(0, 1), (0, 2), (2, 3)].map(|(influencer, audience)| InfluenceArc {
            influencer,
            audience,
            ties: 1,
            value: 1.0,
        });
        let graph = InfluenceGraph::from_arcs(5, arcs);
        let places = rings(&graph, 0, 10.0);
        let radius: Vec<f32> = places.iter().map(|&it| far(it, places[0])).collect();
        assert!(radius[1] > 20.0 && (radius[1] - radius[2]).abs() < 0.01);
        assert!(radius[3] > radius[1] + 20.0);
        assert!(places[4][0].abs().max(places[4][1].abs()) > radius[3], "nobody leads to them");
        assert_eq!(rings(&InfluenceGraph::from_arcs(0, []), 7, 10.0).len(), 0);
    }

    #[test]
    fn groups_stand_in_columns_or_circles_of_their_own() {
        let groups: Vec<Option<u32>> = (0..120).map(|it| (it % 7 != 6).then_some(it % 3)).collect();
        let columns = columns(&groups, 10.0);
        let circles = circles(&groups, 10.0);
        for (one, group) in groups.iter().enumerate() {
            for (other, its) in groups.iter().enumerate().skip(one + 1) {
                assert!(far(columns[one], columns[other]) > 9.0);
                assert!(far(circles[one], circles[other]) > 4.0);
                if let (Some(group), Some(its)) = (group, its)
                    && group < its
                {
                    assert!(columns[one][0] + 9.0 < columns[other][0]);
                }
            }
        }
    }

    #[test]
    fn time_runs_from_left_to_right() {
        let times = [Some(3.0), Some(1.0), None, Some(2.0), Some(f64::NAN), Some(1.0)];
        let places = timeline(&times, 10.0);
        assert!(places[1][0] < places[3][0] && places[3][0] <= places[0][0]);
        assert!((places[1][0] - places[5][0]).abs() < 0.01 && far(places[1], places[5]) > 9.0);
        assert!(places.iter().flatten().all(|it| it.is_finite()));
        let [one, other] = timeline(&[None, None], 10.0)[..] else { unreachable!() };
        assert!((one[0] - other[0]).hypot(one[1] - other[1]) > 1.0);
    }

    #[test]
    fn north_is_up_and_neighbors_in_one_town_do_not_cover_each_other() {
        let places = geography(
            &[Some([60.0, 25.0]), Some([40.0, -4.0]), Some([60.0, 25.0]), Some([200.0, 0.0]), None],
            10.0,
        );
        assert!(places[0][1] < places[1][1] && places[0][0] > places[1][0]);
        assert!(far(places[0], places[2]) > 2.0 && far(places[0], places[2]) < 20.0);
        assert!(places.iter().flatten().all(|it| it.is_finite()));
    }
}
