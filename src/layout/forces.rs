//! What moves people: ties pull, everyone pushes, the middle attracts.
//!
//! Everyone pushes everyone else alike, in inverse proportion to the distance. A person is pulled
//! by the mean of those they are tied to, in proportion to the distance while that is small and
//! ever less beyond, so that a person goes to the crowd where most of theirs are and not halfway
//! between crowds. A spring holds them at their anchor, which keeps the large shape; it is firmer for whoever
//! is tied to many far away, the hub of a star. The parts
//! come from ForceAtlas2 (Jacomy, Venturini, Heymann & Bastian, PLOS ONE 9(6), 2014), the
//! fading pull from t-SNE (van der Maaten & Hinton, JMLR 9, 2008).
//!
//! The push 1/distance is the complex function 1/z, conjugated. A crowd that is far from a leaf
//! of the tree is therefore entered once as a short power series around the leaf, after
//! Greengard & Rokhlin, "A fast algorithm for particle simulations", J. Comp. Phys. 73 (1987),
//! and only the near ones are summed person by person.

use rayon::prelude::*;

use super::Point;
use super::quadtree::{Quadtree, Square};
use super::rows::Rows;

/// Leaves per parcel of parallel work. Parcels do not depend on the number of threads.
const LEAVES_PER_PARCEL: usize = 128;
/// People summed side by side, so that the compiler uses vector registers.
const LANES: usize = 8;
/// A crowd is far when its size is less than this share of its distance (Barnes–Hut's θ).
const OPENING: f32 = 1.2;
/// The power series is used up to this share of a crowd's distance from the leaf.
const SERIES_REACH: f32 = 0.6;

/// Whoever is tied to many all over the map feels hardly any pull, and everyone's push would drive them
/// to the rim: for so many far ties the anchor holds them once more, up to this strength.
const FAR_TIES: f32 = 50.0;
const FIRMEST: f32 = 0.3;

/// How strong the forces are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Strengths {
    /// Push between two persons at distance 1.
    pub push: f32,
    /// Pull of a near tie per unit of distance.
    pub pull: f32,
    /// Distance at which the pull of a tie has fallen to half of that.
    pub near: f32,
    /// Pull to the anchor per unit of distance.
    pub hold: f32,
    /// Pull to `middle` per unit of distance, along x and y.
    pub gravity: Point,
    /// Where gravity pulls to.
    pub middle: Point,
    /// People closer than this push each other harder; 0 for none.
    pub elbow_room: f32,
}

/// Where bodies are and where springs hold them, by body.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// Where they are.
    pub points: &'a [Point],
    /// Where they are held, if anywhere.
    pub anchors: &'a [Option<Point>],
}

/// Acceleration of every body in the tree's order, into `accelerations`.
///
/// `tree` was rebuilt from the points of `places`. O(bodies log bodies + ties),
/// spread over the current rayon pool; the result does not depend on its size.
pub fn accelerations(
    tree: &Quadtree,
    rows: &Rows,
    places: Places<'_>,
    strengths: &Strengths,
    accelerations: &mut Vec<Point>,
) {
    accelerations.resize(places.points.len(), [0.0; 2]);
    let mut parcels = Vec::new();
    let mut rest = accelerations.as_mut_slice();
    for leaves in tree.leaves.chunks(LEAVES_PER_PARCEL) {
        let bodies = leaves.iter().map(|&leaf| tree.squares[leaf as usize].bodies().len()).sum();
        let (parcel, others) = rest.split_at_mut(bodies);
        parcels.push((leaves, parcel));
        rest = others;
    }
    let work = |(leaves, parcel): (&[u32], &mut [Point])| {
        let mut near = Near::default();
        let mut rest = parcel;
        for &leaf in leaves {
            let leaf = &tree.squares[leaf as usize];
            let (here, others) = rest.split_at_mut(leaf.bodies().len());
            rest = others;
            push_leaf(tree, leaf, strengths, &mut near, here);
            pull_leaf(tree, leaf, rows, places, strengths, here);
        }
    };
    if parcels.len() < 2 {
        parcels.into_iter().for_each(work); // waking threads would take longer
    } else {
        parcels.into_par_iter().for_each(work);
    }
}

/// Adds the pull of ties and of the middle.
fn pull_leaf(
    tree: &Quadtree,
    leaf: &Square,
    rows: &Rows,
    places: Places<'_>,
    strengths: &Strengths,
    accelerations: &mut [Point],
) {
    let points = places.points;
    let inverse_near = 1.0 / square(strengths.near);
    for (place, acceleration) in leaf.bodies().zip(accelerations) {
        let body = tree.order[place] as usize;
        let [x, y] = points[body];
        let tied = rows.of(body);
        let mut sum = [0.0, 0.0];
        let mut far = 0.0;
        for &other in tied {
            let other = points[other as usize];
            let (dx, dy) = (other[0] - x, other[1] - y);
            let fading = 1.0 / (1.0 + (square(dx) + square(dy)) * inverse_near);
            sum = [sum[0] + fading * dx, sum[1] + fading * dy];
            far += 1.0 - fading;
        }
        let pull = strengths.pull / (tied.len() as f32 + 1.0);
        acceleration[0] += sum[0] * pull - strengths.gravity[0] * (x - strengths.middle[0]);
        acceleration[1] += sum[1] * pull - strengths.gravity[1] * (y - strengths.middle[1]);
        if let Some(anchor) = places.anchors[body] {
            let hold = strengths.hold * (1.0 + far / FAR_TIES);
            let hold = hold.min(strengths.hold.max(FIRMEST));
            acceleration[0] += hold * (anchor[0] - x);
            acceleration[1] += hold * (anchor[1] - y);
        }
    }
}

/// Sets the push of everyone on the bodies of one leaf.
fn push_leaf(
    tree: &Quadtree,
    leaf: &Square,
    strengths: &Strengths,
    near: &mut Near,
    accelerations: &mut [Point],
) {
    let middle = leaf.center;
    let reach = leaf
        .bodies()
        .map(|body| square(tree.x[body] - middle[0]) + square(tree.y[body] - middle[1]))
        .fold(0.0, f32::max)
        .sqrt();
    near.clear();
    let mut series = Series::default();
    let mut next = 0;
    while let Some(crowd) = tree.squares.get(next) {
        let (x, y) = (middle[0] - crowd.center[0], middle[1] - crowd.center[1]);
        let close = crowd.size / OPENING + reach / SERIES_REACH + strengths.elbow_room;
        if square(x) + square(y) > square(close) {
            series.add(x, y, crowd.bodies().len() as f32);
            next = crowd.skip as usize;
        } else if crowd.leaf {
            near.extend(tree, crowd);
            next = crowd.skip as usize;
        } else {
            next += 1;
        }
    }
    near.pad();
    let harder = square(strengths.elbow_room);
    for (place, acceleration) in leaf.bodies().zip(accelerations) {
        let (x, y) = (tree.x[place], tree.y[place]);
        let far = series.at(x - middle[0], y - middle[1]);
        let close = near.push_on(x, y, harder, ELBOW / strengths.push);
        *acceleration =
            [(far[0] + close[0]) * strengths.push, (far[1] + close[1]) * strengths.push];
    }
}

/// How hard people closer than the elbow room push, against their distance.
const ELBOW: f32 = 0.4;

/// Far crowds as a power series around a leaf: Σ bodies/(z + w) for the offset z from the leaf's
/// center, where w is the offset of that center from the crowd.
#[derive(Clone, Copy, Debug, Default)]
struct Series {
    /// Real and imaginary part of Σ bodies/wⁿ⁺¹ for n = 0 … 3.
    terms: [Point; 4],
}

impl Series {
    fn add(&mut self, x: f32, y: f32, bodies: f32) {
        let inverse_square = 1.0 / (x * x + y * y);
        let inverse = [x * inverse_square, -y * inverse_square];
        let mut power = [bodies * inverse[0], bodies * inverse[1]];
        for term in &mut self.terms {
            *term = [term[0] + power[0], term[1] + power[1]];
            power = product(power, inverse);
        }
    }

    /// The push (per unit of strength) at an offset from the leaf's center.
    fn at(&self, x: f32, y: f32) -> Point {
        let minus = [-x, -y];
        let mut sum = [0.0, 0.0];
        for term in self.terms.iter().rev() {
            let inner = product(sum, minus);
            sum = [inner[0] + term[0], inner[1] + term[1]];
        }
        [sum[0], -sum[1]]
    }
}

/// People near a leaf, copied together.
#[derive(Debug, Default)]
struct Near {
    x: Vec<f32>,
    y: Vec<f32>,
}

impl Near {
    fn clear(&mut self) {
        self.x.clear();
        self.y.clear();
    }

    fn extend(&mut self, tree: &Quadtree, crowd: &Square) {
        self.x.extend_from_slice(&tree.x[crowd.bodies()]);
        self.y.extend_from_slice(&tree.y[crowd.bodies()]);
    }

    /// Fills up to whole lanes with people so far away that their push does not count.
    fn pad(&mut self) {
        let whole = self.x.len().next_multiple_of(LANES);
        self.x.resize(whole, 1e12);
        self.y.resize(whole, 1e12);
    }

    /// Push at a place, the harder the closer within the square root of `harder`.
    fn push_on(&self, x: f32, y: f32, harder: f32, elbow: f32) -> Point {
        let mut sums = [[0.0_f32; LANES]; 2];
        for (xs, ys) in self.x.chunks_exact(LANES).zip(self.y.chunks_exact(LANES)) {
            for lane in 0..LANES {
                let (dx, dy) = (x - xs[lane], y - ys[lane]);
                // The tiny term keeps a person from pushing themselves.
                let distance = dx * dx + dy * dy + 1e-6;
                let strength = 1.0 + elbow * (harder - distance).max(0.0);
                let push = strength / distance;
                sums[0][lane] += push * dx;
                sums[1][lane] += push * dy;
            }
        }
        [sums[0].iter().sum(), sums[1].iter().sum()]
    }
}

fn product(a: Point, b: Point) -> Point {
    [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]
}

fn square(number: f32) -> f32 {
    number * number
}

#[cfg(test)]
mod tests {
    use super::super::rows::components;
    use super::*;
    use crate::network::{InfluenceArc, InfluenceGraph};
    use crate::random::{Purpose, stream};
    use rand::RngExt;

    /// A random tree of people, places in clusters and anchors for some of them.
    fn scene(people: u32) -> (Rows, Vec<Point>, Vec<Option<Point>>) {
        let mut random = stream(0, Purpose::Layout, 0);
        let arcs: Vec<InfluenceArc> = (1..people)
            .map(|person| InfluenceArc {
                influencer: random.random_range(0..person),
                audience: person,
                ties: 1,
                value: 1.0,
            })
            .collect();
        let part = components(&InfluenceGraph::from_arcs(people as usize, arcs)).swap_remove(0);
        let points: Vec<Point> = (0..people)
            .map(|person| {
                let cluster = (person % 7) as f32 * 300.0;
                [cluster + random.random_range(0.0..200.0), random.random_range(0.0..700.0)]
            })
            .collect();
        let anchors = points.iter().map(|&[x, y]| (y < 600.0).then_some([y, x])).collect();
        (part.rows, points, anchors)
    }

    /// The forces as the law says, in 64 bits, by body.
    fn exact(rows: &Rows, places: Places<'_>, strengths: &Strengths) -> Vec<[f64; 2]> {
        let points = places.points;
        let wide = |point: Point| point.map(f64::from);
        let push = f64::from(strengths.push);
        let room = f64::from(square(strengths.elbow_room));
        let sums = (0..points.len()).map(|body| {
            let here = wide(points[body]);
            let mut sum = [0, 1].map(|axis| {
                f64::from(strengths.gravity[axis])
                    * (f64::from(strengths.middle[axis]) - here[axis])
            });
            for (_, &there) in points.iter().enumerate().filter(|it| it.0 != body) {
                let away = [0, 1].map(|axis| here[axis] - wide(there)[axis]);
                let distance = away[0] * away[0] + away[1] * away[1];
                let strength = push + f64::from(ELBOW) * (room - distance).max(0.0);
                sum = [0, 1].map(|axis| sum[axis] + strength * away[axis] / distance);
            }
            let mut far = 0.0;
            for &other in rows.of(body) {
                let there = wide(points[other as usize]);
                let away = [0, 1].map(|axis| there[axis] - here[axis]);
                let farness = away[0].hypot(away[1]) / f64::from(strengths.near);
                let pull = f64::from(strengths.pull)
                    / (rows.of(body).len() as f64 + 1.0)
                    / (1.0 + farness * farness);
                sum = [0, 1].map(|axis| sum[axis] + pull * away[axis]);
                far += 1.0 - 1.0 / (1.0 + farness * farness);
            }
            if let Some(anchor) = places.anchors[body] {
                let hold = f64::from(strengths.hold) * (1.0 + far / f64::from(FAR_TIES));
                let hold = hold.min(f64::from(strengths.hold.max(FIRMEST)));
                sum = [0, 1].map(|axis| sum[axis] + hold * (wide(anchor)[axis] - here[axis]));
            }
            sum
        });
        sums.collect()
    }

    /// Root-mean-square error against the exact forces, as a share of these.
    fn error(people: u32, elbow_room: f32) -> f64 {
        let (rows, points, anchors) = scene(people);
        let places = Places { points: &points, anchors: &anchors };
        let strengths = Strengths {
            push: 40.0,
            pull: 2.0,
            near: 150.0,
            hold: 0.05,
            gravity: [0.1, 0.2],
            middle: [900.0, 300.0],
            elbow_room,
        };
        let mut tree = Quadtree::default();
        tree.rebuild(&points);
        let mut found = Vec::new();
        accelerations(&tree, &rows, places, &strengths, &mut found);
        let exact = exact(&rows, places, &strengths);
        let (mut wrong, mut all) = (0.0, 0.0);
        for (&body, found) in tree.order.iter().zip(found) {
            for axis in 0..2 {
                let right = exact[body as usize][axis];
                wrong += (f64::from(found[axis]) - right).powi(2);
                all += right * right;
            }
        }
        (wrong / all).sqrt()
    }

    #[test]
    fn forces_are_those_of_the_law() {
        assert!(error(2, 0.0) < 1e-5);
        assert!(error(14, 0.0) < 1e-5, "a single leaf is summed person by person");
        for elbow_room in [0.0, 30.0] {
            let error = error(2_000, elbow_room);
            assert!(error < 0.02, "{error}");
        }
    }

    #[test]
    fn the_series_approaches_the_push_of_one_far_person() {
        let mut series = Series::default();
        series.add(100.0, -50.0, 3.0);
        let [x, y] = series.at(4.0, 7.0);
        let distance = square(104.0) + square(-43.0);
        assert!((x - 3.0 * 104.0 / distance).abs() < 1e-5);
        assert!((y - 3.0 * -43.0 / distance).abs() < 1e-5);
    }
}
