//! A first shape: pivot multidimensional scaling.
//!
//! Distances along ties from a few people, projected to the two directions in which they differ
//! most. It gets the large shape right at once, which forces alone find slowly or never. Source:
//! Brandes & Pich, "Eigensolver methods for progressive multidimensional scaling of large data",
//! Graph Drawing 2006, section 3; the two directions are found from a sample of everyone.
//! O(bodies · pivots + sample · pivots²).

use super::Point;
use super::hops::Hops;

/// People from whom the directions are found.
const SAMPLE: usize = 4_000;
/// Rounds of power iteration; the picture needs no more digits.
const ROUNDS: usize = 200;

/// Places of everyone: hops as unit, widest direction along x.
pub fn places(hops: &Hops) -> Vec<Point> {
    let scaling = Scaling::new(hops);
    let first = scaling.leading_direction(None);
    let second = scaling.leading_direction(Some(&first));
    let mut row = vec![0.0; hops.pivots.len()];
    (0..hops.bodies())
        .map(|body| {
            scaling.center(hops.to(body), &mut row);
            [along(&row, &first), along(&row, &second)]
        })
        .collect()
}

struct Scaling {
    /// Mean of the squared steps from each pivot, and the mean of these.
    column_mean: Vec<f64>,
    total_mean: f64,
    /// Products of the centered columns, pivots × pivots.
    products: Vec<f64>,
}

impl Scaling {
    fn new(hops: &Hops) -> Self {
        let pivots = hops.pivots.len();
        let sampled = || (0..hops.bodies()).step_by(hops.bodies().div_ceil(SAMPLE));
        let count = sampled().count() as f64;
        let mut column_mean = vec![0.0; pivots];
        for body in sampled() {
            for (mean, &steps) in column_mean.iter_mut().zip(hops.to(body)) {
                *mean += f64::from(steps).powi(2) / count;
            }
        }
        let total_mean = column_mean.iter().sum::<f64>() / pivots as f64;
        let mut scaling = Self { column_mean, total_mean, products: vec![0.0; pivots * pivots] };
        let mut row = vec![0.0; pivots];
        for body in sampled() {
            scaling.center(hops.to(body), &mut row);
            for (column, &left) in row.iter().enumerate() {
                let sums = &mut scaling.products[column * pivots..][..pivots];
                for (sum, &right) in sums.iter_mut().zip(&row) {
                    *sum += left * right;
                }
            }
        }
        scaling
    }

    /// Squared steps, centered both ways.
    fn center(&self, steps: &[u16], row: &mut [f64]) {
        let squared = steps.iter().map(|&it| f64::from(it).powi(2));
        let row_mean = squared.clone().sum::<f64>() / row.len() as f64;
        for ((cell, squared), column_mean) in row.iter_mut().zip(squared).zip(&self.column_mean) {
            *cell = -0.5 * (squared - row_mean - column_mean + self.total_mean);
        }
    }

    /// The unit vector that the products stretch most, at right angles to `other`.
    fn leading_direction(&self, other: Option<&[f64]>) -> Vec<f64> {
        let pivots = self.column_mean.len();
        // Any start does that is not at right angles to the answer; this one is no symmetry of it.
        let mut vector: Vec<f64> = (1..=pivots).map(|i| (i as f64).sqrt().fract()).collect();
        for _ in 0..ROUNDS {
            let rows = self.products.chunks_exact(pivots);
            let mut next: Vec<f64> = rows.map(|row| dot(row, &vector)).collect();
            if let Some(other) = other {
                let shadow = dot(&next, other);
                next = next.iter().zip(other).map(|(it, along)| it - shadow * along).collect();
            }
            let length = dot(&next, &next).sqrt();
            if length < 1e-9 {
                return vec![0.0; pivots];
            }
            vector = next.iter().map(|it| it / length).collect();
        }
        vector
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

fn along(row: &[f64], direction: &[f64]) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
    let rounded = dot(row, direction) as f32;
    rounded
}

#[cfg(test)]
mod tests {
    use super::super::hops::Walks;
    use super::super::rows::components;
    use super::*;
    use crate::network::{InfluenceArc, InfluenceGraph};
    use crate::random::{Purpose, stream};

    fn scaled(people: usize, ties: impl Iterator<Item = (u32, u32)>) -> (Vec<u32>, Vec<Point>) {
        let arcs = ties.map(|(influencer, audience)| InfluenceArc {
            influencer,
            audience,
            ties: 1,
            value: 1.0,
        });
        let part = components(&InfluenceGraph::from_arcs(people, arcs)).swap_remove(0);
        let mut walks = Walks::new(&part.rows, &mut stream(0, Purpose::Layout, 0));
        let hops = walks.step(&part.rows, &mut usize::MAX.clone()).expect("walked everywhere");
        (part.people, places(&hops))
    }

    /// Few enough people for everyone to be a pivot, whose distances fit a line: the classical
    /// result is exact up to one scale.
    #[test]
    fn a_chain_becomes_a_straight_line_of_equal_steps() {
        let (people, points) = scaled(40, (1..40).map(|it| (it - 1, it)));
        let mut along = [0.0; 40];
        for (&person, point) in people.iter().zip(&points) {
            along[person as usize] = point[0];
            assert!(point[1].abs() < 0.01, "{point:?}");
        }
        let step = along[1] - along[0];
        assert!(step.abs() > 0.1);
        for pair in along.windows(2) {
            assert!((pair[1] - pair[0] - step).abs() < 1e-3 * step.abs());
        }
    }

    #[test]
    fn a_grid_keeps_its_two_directions() {
        let ties = (0..30 * 10_u32)
            .flat_map(|it| [(it, it + 1, it % 30 < 29), (it, it + 30, it < 270)])
            .filter_map(|(a, b, inside)| inside.then_some((a, b)));
        let (people, points) = scaled(300, ties);
        let of = |person: u32| points[people.iter().position(|&it| it == person).unwrap()];
        let across = of(29)[0] - of(0)[0];
        assert!(across.abs() > 2.0 * (of(270)[1] - of(0)[1]).abs());
        assert!((of(299)[0] - of(270)[0] - across).abs() < 0.1 * across.abs());
        assert!((of(270)[1] - of(0)[1]).abs() > 0.1 * across.abs());
    }
}
