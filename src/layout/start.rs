//! Where a part starts: scaled to the room its people need, or where they already stood.

use rand::RngExt;

use super::Point;
use super::rows::Rows;
use crate::random::Stream;

/// Room per person, in spacings: how wide a disc the start is scaled to.
const ROOM: f32 = 1.25;
/// Height to width below which a start is stretched, so that a chain can unfold.
const NARROWEST: f32 = 0.4;
/// How far a person is moved by chance, in spacings, so that equals part.
const NUDGE: f32 = 0.25;

/// Scales places in hops to a disc with room for everyone around the origin.
pub fn scale_to_room(points: &mut [Point], spacing: f32, random: &mut Stream) {
    let bodies = points.len() as f32;
    let root_mean = [0, 1].map(|axis| {
        let squares: f32 = points.iter().map(|it| it[axis] * it[axis]).sum();
        (squares / bodies).sqrt().max(1e-6)
    });
    let stretch = (NARROWEST * root_mean[0] / root_mean[1]).clamp(1.0, 10.0);
    let radius = ROOM * spacing * (bodies / std::f32::consts::TAU).sqrt();
    let scale = radius / root_mean[0].hypot(root_mean[1] * stretch);
    for point in points {
        let [x, y] = nudge(spacing, random);
        *point = [point[0] * scale + x, point[1] * scale * stretch + y];
    }
}

/// Gives everyone a place: their own, or beside the mean of their neighbors that have one.
///
/// At least one place must be known and `rows` must hang together. O(bodies + ties).
pub fn beside_neighbors(
    rows: &Rows,
    known: &[Option<Point>],
    spacing: f32,
    random: &mut Stream,
) -> Vec<Point> {
    let mut found = known.to_vec();
    let mut queue: Vec<u32> =
        (0..).zip(known).filter_map(|(body, place)| place.map(|_| body)).collect();
    let mut next = 0;
    while let Some(&body) = queue.get(next) {
        next += 1;
        for &other in rows.of(body as usize) {
            if found[other as usize].is_some() {
                continue;
            }
            let neighbors = rows.of(other as usize).iter();
            let settled: Vec<Point> = neighbors.filter_map(|&it| found[it as usize]).collect();
            let mean =
                |axis: usize| settled.iter().map(|it| it[axis] / settled.len() as f32).sum::<f32>();
            let [x, y] = nudge(4.0 * spacing, random);
            found[other as usize] = Some([mean(0) + x, mean(1) + y]);
            queue.push(other);
        }
    }
    found.into_iter().flatten().collect()
}

fn nudge(spacing: f32, random: &mut Stream) -> Point {
    [(); 2].map(|()| NUDGE * spacing * random.random_range(-1.0..1.0))
}

#[cfg(test)]
mod tests {
    use super::super::rows::components;
    use super::*;
    use crate::network::{InfluenceArc, InfluenceGraph};
    use crate::random::{Purpose, stream};

    #[test]
    fn newcomers_start_beside_the_people_they_are_tied_to() {
        let arcs = [(0, 2), (1, 2), (2, 3)].map(|(influencer, audience)| InfluenceArc {
            influencer,
            audience,
            ties: 1,
            value: 1.0,
        });
        let part = &components(&InfluenceGraph::from_arcs(4, arcs))[0];
        let places = [Some([0.0, 0.0]), Some([100.0, 60.0]), None, None];
        let known: Vec<_> = part.people.iter().map(|&person| places[person as usize]).collect();
        let mut random = stream(0, Purpose::Layout, 0);
        let found = beside_neighbors(&part.rows, &known, 10.0, &mut random);
        let of = |person: u32| found[part.people.iter().position(|&it| it == person).unwrap()];
        assert_eq!((of(0), of(1)), ([0.0, 0.0], [100.0, 60.0]));
        let [x, y] = of(2);
        assert!((x - 50.0).abs() <= 10.0 && (y - 30.0).abs() <= 10.0);
        assert!((of(3)[0] - x).abs() <= 10.0 && (of(3)[1] - y).abs() <= 10.0);
    }
}
