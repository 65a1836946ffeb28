//! The large shape of a part: distances on the map in proportion to steps along ties.
//!
//! Stress majorization on a sample: everyone is moved to where their distances to the pivots and
//! to those they are tied to fit best. Source: Ortmann, Klimenta & Brandes, "A sparse stress
//! model", Graph Drawing 2016; pivots are drawn by chance here, so each speaks for an equal share
//! of everyone. A round takes O(bodies · pivots + ties).

use rayon::prelude::*;

use super::Point;
use super::hops::Hops;
use super::rows::Rows;

/// Bodies per parcel of parallel work.
const PARCEL: usize = 1024;
/// Steps from the middle at which the most central people start.
const INNERMOST: f32 = 0.2;

/// A start that is being improved.
#[derive(Clone, Debug)]
pub struct Stress {
    hops: Hops,
    /// First weight of each pivot.
    first: Vec<usize>,
    /// Per pivot and number of steps, how much that distance counts.
    weights: Vec<f32>,
}

impl Stress {
    /// Counts how much each distance says.
    ///
    /// A pivot speaks for its share of everyone, but near it only for as many as are nearer still.
    pub fn new(hops: Hops) -> Self {
        let pivots = hops.pivots.len();
        let mut at = vec![Vec::new(); pivots];
        for body in 0..hops.bodies() {
            for (at, &steps) in at.iter_mut().zip(hops.to(body)) {
                let at: &mut Vec<u32> = at;
                let steps = usize::from(steps);
                if at.len() <= steps {
                    at.resize(steps + 1, 0);
                }
                at[steps] += 1;
            }
        }
        let share = hops.bodies() as f32 / pivots as f32;
        let (mut first, mut weights) = (Vec::new(), Vec::new());
        for at in at {
            first.push(weights.len());
            let mut nearer = 0;
            for (steps, count) in at.into_iter().enumerate() {
                let squared = (steps * steps).max(1) as f32;
                weights.push(share.min(nearer as f32) / squared);
                nearer += count;
            }
        }
        Self { hops, first, weights }
    }

    /// Keeps the direction that everyone is in, and puts them as far out as they are from people
    /// on average: a center and what surrounds it would come to lie side by side.
    pub fn center_by_closeness(&self, points: &mut [Point]) {
        let pivots = self.hops.pivots.len() as f32;
        let far: Vec<f32> = (0..points.len())
            .map(|body| self.hops.to(body).iter().map(|&it| f32::from(it)).sum::<f32>() / pivots)
            .collect();
        let nearest = far.iter().copied().fold(f32::INFINITY, f32::min);
        for (point, far) in points.iter_mut().zip(far) {
            let (sin, cos) = point[1].atan2(point[0]).sin_cos();
            let radius = far - nearest + INNERMOST;
            *point = [radius * cos, radius * sin];
        }
    }

    /// Scales places so that a step along ties is one unit on average.
    pub fn scale(&self, points: &mut [Point]) {
        let (mut sum, mut squares) = (0.0, 0.0);
        for (body, &[x, y]) in points.iter().enumerate() {
            for (&pivot, &steps) in self.hops.pivots.iter().zip(self.hops.to(body)) {
                if steps > 0 {
                    let pivot = points[pivot as usize];
                    let stretch = (x - pivot[0]).hypot(y - pivot[1]) / f32::from(steps);
                    sum += f64::from(stretch);
                    squares += f64::from(stretch * stretch);
                }
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
        let scale = (sum / squares) as f32;
        if scale.is_finite() && scale > 0.0 {
            for point in points {
                *point = point.map(|it| it * scale);
            }
        }
    }

    /// One round: where everyone fits best among the others as they stand.
    pub fn round(&self, rows: &Rows, points: &[Point]) -> Vec<Point> {
        let pivots = self.hops.pivots.len();
        let at = |axis: usize| -> Vec<f32> {
            self.hops.pivots.iter().map(|&it| points[it as usize][axis]).collect()
        };
        let (xs, ys) = (at(0), at(1));
        let mut found = vec![[0.0; 2]; points.len()];
        found.par_chunks_mut(PARCEL).enumerate().for_each(|(parcel, found)| {
            let mut weights = vec![0.0; pivots];
            for (body, found) in (parcel * PARCEL..).zip(found) {
                let [x, y] = points[body];
                let steps = self.hops.to(body);
                for ((weight, &first), &steps) in weights.iter_mut().zip(&self.first).zip(steps) {
                    *weight = self.weights[first + usize::from(steps)];
                }
                let mut sums = [0.0; 3];
                let mut fit = |[other_x, other_y]: Point, weight: f32, length: f32| {
                    let (dx, dy) = (x - other_x, y - other_y);
                    let stretch = length / (dx * dx + dy * dy + 1e-12).sqrt();
                    sums[0] += weight * (other_x + dx * stretch);
                    sums[1] += weight * (other_y + dy * stretch);
                    sums[2] += weight;
                };
                for pivot in 0..pivots {
                    fit([xs[pivot], ys[pivot]], weights[pivot], f32::from(steps[pivot]));
                }
                for &other in rows.of(body) {
                    fit(points[other as usize], 1.0, 1.0);
                }
                *found = [sums[0] / sums[2], sums[1] / sums[2]];
            }
        });
        found
    }
}
