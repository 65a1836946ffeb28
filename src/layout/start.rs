//! Where a part starts: scaled to the room its people need, or where they already stood.

use rand::RngExt;
use rayon::prelude::*;

use super::hops::{PIVOTS, Walks};
use super::rows::Rows;
use super::stress::Stress;
use super::{Point, pivot_mds};
use crate::random::Stream;

/// Room per person, in spacings: how wide a disc the start is scaled to.
const ROOM: f32 = 1.25;
/// Height to width below which a start is stretched, so that a chain can unfold.
const NARROWEST: f32 = 0.4;
/// How far a person is moved by chance, in spacings, so that equals part.
const NUDGE: f32 = 0.25;

/// Rounds of majorization; on all that was tried the stress is within a tenth of its lowest then.
const ROUNDS: u32 = 10;
/// Times that everyone goes half the way to the middle of those they are tied to: more gathers crowds
/// more tightly and costs stress. Chosen on five networks, so that stress stays below 1.05 times that of
/// graphviz sfdp on each.
const GATHERINGS: usize = 5;

/// A shape in the making for people who have not stood anywhere yet.
#[derive(Clone, Debug)]
pub enum Fresh {
    /// Steps along ties are being counted.
    Walking(Walks),
    /// Places are being fitted to them; so many rounds have been made.
    Fitting(Stress, Vec<Point>, u32),
}

impl Fresh {
    /// Before anything is known.
    pub fn new(rows: &Rows, random: &mut Stream) -> Self {
        Self::Walking(Walks::new(rows, random))
    }

    /// Goes on for about `work` row entries; the places (hops as unit) when done.
    pub fn step(&mut self, rows: &Rows, work: &mut usize) -> Option<Vec<Point>> {
        while *work > 0 {
            match self {
                Self::Walking(walks) => {
                    if let Some(hops) = walks.step(rows, work) {
                        let mut points = pivot_mds::places(&hops);
                        let stress = Stress::new(hops);
                        stress.center_by_closeness(&mut points);
                        stress.scale(&mut points);
                        *self = Self::Fitting(stress, points, 0);
                    }
                }
                Self::Fitting(stress, points, rounds) => {
                    *points = stress.round(rows, points);
                    *work = work.saturating_sub(rows.len() * PIVOTS + rows.entries());
                    *rounds += 1;
                    if *rounds == ROUNDS {
                        return Some(gathered(rows, std::mem::take(points)));
                    }
                }
            }
        }
        None
    }
}

/// Brings crowds together. Distances alone put people of one crowd anywhere within the reach of its
/// ties, because all others count a thousand times more; half the way to one's friends and again shrinks
/// a crowd much faster than the map, which is scaled up again afterwards. It is the power iteration of
/// a spectral layout (Koren, "Drawing graphs by eigenvectors", 2005), stopped early.
/// O(bodies + ties).
fn gathered(rows: &Rows, mut points: Vec<Point>) -> Vec<Point> {
    for _ in 0..GATHERINGS {
        let halfway = |(body, &[x, y]): (usize, &Point)| {
            let row = rows.of(body);
            let share = 0.5 / row.len().max(1) as f32;
            row.iter().fold([0.5 * x, 0.5 * y], |sum, &friend| {
                let [x, y] = points[friend as usize];
                [sum[0] + share * x, sum[1] + share * y]
            })
        };
        points = points.par_iter().enumerate().map(halfway).collect();
    }
    points
}

/// Scales places in hops to a disc with room for everyone around the origin.
pub fn scale_to_room(points: &mut [Point], spacing: f32, random: &mut Stream) {
    let bodies = points.len() as f32;
    let middle = mean(points.iter().copied()).map(narrow);
    for point in points.iter_mut() {
        *point = [point[0] - middle[0], point[1] - middle[1]];
    }
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

/// Turns, mirrors and moves places so that they lie as near as can be to those that are known;
/// false when none are. Source: Procrustes analysis in the plane, by sums of complex products.
pub fn fit_to(points: &mut [Point], known: &[Option<Point>]) -> bool {
    let pairs = || points.iter().zip(known).filter_map(|(&point, known)| Some((point, (*known)?)));
    if pairs().next().is_none() {
        return false;
    }
    let (from, to) = (mean(pairs().map(|it| it.0)), mean(pairs().map(|it| it.1)));
    let about = |point: Point, middle: [f64; 2]| {
        [f64::from(point[0]) - middle[0], f64::from(point[1]) - middle[1]]
    };
    // The turn is the angle of Σ conj(point) · known, or of Σ point · known for the mirror image.
    let mut turns = [[0.0; 2]; 2];
    for (point, known) in pairs() {
        let ([x, y], [to_x, to_y]) = (about(point, from), about(known, to));
        for (turn, y) in turns.iter_mut().zip([y, -y]) {
            *turn = [turn[0] + x * to_x + y * to_y, turn[1] + x * to_y - y * to_x];
        }
    }
    let [plain, mirrored] = turns.map(|it| it[0].hypot(it[1]));
    let (side, [cos, sin], length) =
        if mirrored > plain { (-1.0, turns[1], mirrored) } else { (1.0, turns[0], plain) };
    let (sin, cos) = if length > 0.0 { (sin / length, cos / length) } else { (0.0, 1.0) };
    for point in points {
        let [x, y] = about(*point, from);
        let y = side * y;
        #[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
        let fitted = [(to[0] + cos * x - sin * y) as f32, (to[1] + sin * x + cos * y) as f32];
        *point = fitted;
    }
    true
}

fn mean(points: impl Iterator<Item = Point>) -> [f64; 2] {
    let (count, sum) = points.fold((0.0, [0.0; 2]), |(count, sum), it| {
        (count + 1.0, [sum[0] + f64::from(it[0]), sum[1] + f64::from(it[1])])
    });
    sum.map(|it| it / count)
}

#[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
fn narrow(value: f64) -> f32 {
    value as f32
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
    fn places_are_turned_and_mirrored_to_where_people_stood() {
        let shape = [[0.0, 0.0], [4.0, 0.0], [4.0, 1.0], [0.0, 3.0]];
        for side in [1.0, -1.0] {
            let turn = crate::layout::packing::turning([1.0, 2.0], 2.5);
            let stood = shape.map(|[x, y]| Some(turn([x, side * y + 7.0])));
            let mut points = shape.to_vec();
            assert!(fit_to(&mut points, &[stood[0], stood[1], stood[2], None]));
            for (found, wanted) in points.iter().zip(stood.into_iter().flatten()) {
                assert!((0..2).all(|axis| (found[axis] - wanted[axis]).abs() < 1e-4));
            }
        }
        assert!(!fit_to(&mut shape.to_vec(), &[None; 4]));
    }

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
