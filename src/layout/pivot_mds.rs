//! The start: pivot multidimensional scaling.
//!
//! Distances along ties from a few far-apart pivots, projected to the two directions in which
//! they differ most. It gets the large shape right at once, which forces alone find slowly or
//! never. Source: Brandes & Pich, "Eigensolver methods for progressive multidimensional scaling
//! of large data", Graph Drawing 2006, section 3. O(pivots · (bodies + ties) + pivots² · bodies).

use rand::RngExt;

use super::Point;
use super::rows::Rows;
use crate::random::Stream;

const PIVOTS: usize = 50;
/// Row entries walked, or products summed, in one slice of work: a few tens of milliseconds.
const SLICE: usize = 1_500_000;
/// Rounds of power iteration; the picture needs no more digits.
const ROUNDS: usize = 200;

/// Scaling of one connected part, slice by slice.
#[derive(Clone, Debug)]
pub struct PivotMds {
    pivots: usize,
    next_pivot: u32,
    walked: usize,
    /// Steps to the nearest pivot so far, per body.
    nearest: Vec<u32>,
    /// Squared distance of each body (row) to each pivot (column), later centered.
    squared: Vec<f32>,
    centered_rows: usize,
    column_mean: Vec<f64>,
    /// Products of the centered columns, `pivots` × `pivots`.
    products: Vec<f64>,
}

impl PivotMds {
    /// Prepares to scale `rows`, which must hang together and hold at least one body.
    pub fn new(rows: &Rows, random: &mut Stream) -> Self {
        let bodies = rows.len();
        let pivots = bodies.min(PIVOTS);
        let last = u32::try_from(bodies - 1).unwrap_or(u32::MAX);
        Self {
            pivots,
            next_pivot: random.random_range(0..=last),
            walked: 0,
            nearest: vec![u32::MAX; bodies],
            squared: vec![0.0; bodies * pivots],
            centered_rows: 0,
            column_mean: vec![0.0; pivots],
            products: vec![0.0; pivots * pivots],
        }
    }

    /// About how many row entries one call of [`Self::step`] walks.
    pub fn work_of_a_slice(rows: &Rows) -> usize {
        (PIVOTS.min(rows.len()) * (rows.entries() + rows.len())).min(SLICE)
    }

    /// One slice of work; the places (hops as unit, widest direction along x) when done.
    pub fn step(&mut self, rows: &Rows) -> Option<Vec<Point>> {
        let mut work = 0;
        while self.walked < self.pivots && work < SLICE {
            self.walk_from_next_pivot(rows);
            work += rows.entries() + rows.len();
        }
        if self.walked < self.pivots {
            return None;
        }
        while self.centered_rows < rows.len() && work < SLICE * 8 {
            self.center_and_multiply_row();
            work += self.pivots * self.pivots / 2;
        }
        (self.centered_rows == rows.len()).then(|| self.project())
    }

    /// Breadth-first distances from the next pivot; the body farthest from all pivots follows.
    fn walk_from_next_pivot(&mut self, rows: &Rows) {
        let mut distance = vec![u32::MAX; rows.len()];
        let mut queue = Vec::with_capacity(rows.len());
        distance[self.next_pivot as usize] = 0;
        queue.push(self.next_pivot);
        let mut next = 0;
        while let Some(&body) = queue.get(next) {
            next += 1;
            let farther = distance[body as usize] + 1;
            for &other in rows.of(body as usize) {
                if distance[other as usize] == u32::MAX {
                    distance[other as usize] = farther;
                    queue.push(other);
                }
            }
        }
        let (mut farthest, mut record) = (0, 0);
        for (body, &hops) in (0..).zip(&distance) {
            let squared = hops as f32 * hops as f32;
            self.squared[body as usize * self.pivots + self.walked] = squared;
            self.column_mean[self.walked] += f64::from(squared) / rows.len() as f64;
            let nearest = &mut self.nearest[body as usize];
            *nearest = hops.min(*nearest);
            if *nearest > record {
                (farthest, record) = (body, *nearest);
            }
        }
        self.next_pivot = farthest;
        self.walked += 1;
    }

    fn center_and_multiply_row(&mut self) {
        let pivots = self.pivots;
        let total_mean = self.column_mean.iter().sum::<f64>() / pivots as f64;
        let row = &mut self.squared[self.centered_rows * pivots..][..pivots];
        let row_mean = row.iter().map(|&it| f64::from(it)).sum::<f64>() / pivots as f64;
        for (entry, column_mean) in row.iter_mut().zip(&self.column_mean) {
            let centered = -0.5 * (f64::from(*entry) - row_mean - column_mean + total_mean);
            #[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
            let rounded = centered as f32;
            *entry = rounded;
        }
        for (column, &left) in row.iter().enumerate() {
            let sums = &mut self.products[column * pivots..][..pivots];
            for (sum, &right) in sums[column..].iter_mut().zip(&row[column..]) {
                *sum += f64::from(left) * f64::from(right);
            }
        }
        self.centered_rows += 1;
    }

    fn project(&mut self) -> Vec<Point> {
        let pivots = self.pivots;
        for row in 0..pivots {
            for column in 0..row {
                self.products[row * pivots + column] = self.products[column * pivots + row];
            }
        }
        let first = self.leading_direction(None);
        let second = self.leading_direction(Some(&first));
        self.squared
            .chunks_exact(pivots)
            .map(|row| [along(row, &first), along(row, &second)])
            .collect()
    }

    /// The unit vector that the products stretch most, at right angles to `other`.
    fn leading_direction(&self, other: Option<&[f64]>) -> Vec<f64> {
        // Any start does that is not at right angles to the answer; this one is no symmetry of it.
        let mut vector: Vec<f64> = (1..=self.pivots).map(|i| (i as f64).sqrt().fract()).collect();
        for _ in 0..ROUNDS {
            let rows = self.products.chunks_exact(self.pivots);
            let mut next: Vec<f64> = rows.map(|row| dot(row, &vector)).collect();
            if let Some(other) = other {
                let shadow = dot(&next, other);
                next = next.iter().zip(other).map(|(it, along)| it - shadow * along).collect();
            }
            let length = dot(&next, &next).sqrt();
            if length < 1e-9 {
                return vec![0.0; self.pivots];
            }
            vector = next.iter().map(|it| it / length).collect();
        }
        vector
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

fn along(row: &[f32], direction: &[f64]) -> f32 {
    let sum: f64 = row.iter().zip(direction).map(|(&a, b)| f64::from(a) * b).sum();
    #[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
    let rounded = sum as f32;
    rounded
}

#[cfg(test)]
mod tests {
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
        let mut scaling = PivotMds::new(&part.rows, &mut stream(0, Purpose::Layout, 0));
        loop {
            if let Some(points) = scaling.step(&part.rows) {
                return (part.people, points);
            }
        }
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
