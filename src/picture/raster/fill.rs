//! Exact coverage of pixels by polygons and letters.
//!
//! Each edge leaves, in every row it crosses, the signed height it covers: partly in the pixel
//! it passes through, fully in all pixels to its right. A running sum along the row then gives
//! every pixel's covered share (the scan conversion that font rasterizers use).

use super::band::{Band, index};
use crate::picture::Point;
use crate::picture::font::Step;
use crate::picture::mark::Color;

/// Coverage of a rectangle of pixels inside some rows.
pub(super) struct Coverage {
    /// First column and first row (of the canvas) of the rectangle.
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    /// Differences along rows, `width + 1` per row.
    steps: Vec<f32>,
}

/// Lowest and highest corner around points.
pub(super) fn bounds(points: &[Point]) -> [Point; 2] {
    let low = |axis: usize| points.iter().map(|it| it[axis]).fold(f32::INFINITY, f32::min);
    let high = |axis: usize| points.iter().map(|it| it[axis]).fold(f32::NEG_INFINITY, f32::max);
    [[low(0), low(1)], [high(0), high(1)]]
}

impl Coverage {
    /// No coverage yet, room for what lies in `bounds` and in `band`.
    pub fn new(band: &Band<'_>, bounds: [Point; 2]) -> Self {
        Self::in_rows(band, bounds, 0)
    }

    /// The same with `extra` more rows above and below the band.
    pub fn in_rows(band: &Band<'_>, [low, high]: [Point; 2], extra: usize) -> Self {
        let columns = index(low[0])..index(high[0].ceil()).min(band.width);
        let first = band.first_row.saturating_sub(extra);
        let last = band.first_row + band.rows + extra;
        let rows = index(low[1]).max(first)..index(high[1].ceil()).min(last);
        let (width, height) = (columns.len(), rows.len());
        Self {
            left: columns.start,
            top: rows.start,
            width,
            height,
            steps: vec![0.0; (width + 1) * height],
        }
    }

    /// Adds a closed polygon.
    pub fn contour(&mut self, points: &[Point]) {
        for (at, &point) in points.iter().enumerate() {
            self.edge(point, points[(at + 1) % points.len()]);
        }
    }

    /// Adds the outline of letters, each point put in its `place` on the canvas.
    pub fn outline(&mut self, outline: &[Step], place: impl Fn(Point) -> Point) {
        let mut start = [0.0; 2];
        let mut pen = start;
        for step in outline {
            match *step {
                Step::Move(to) => {
                    self.edge(pen, start);
                    (start, pen) = (place(to), place(to));
                }
                Step::Line(to) => {
                    self.edge(pen, place(to));
                    pen = place(to);
                }
                Step::Quad(a, to) => {
                    let [a, to] = [a, to].map(&place);
                    // A curve of a letter a few pixels high is straight enough in four pieces.
                    let from = pen;
                    for piece in 1..=4 {
                        let t = piece as f32 / 4.0;
                        let next = between(between(from, a, t), between(a, to, t), t);
                        self.edge(pen, next);
                        pen = next;
                    }
                }
                Step::Cubic(a, b, to) => {
                    let [a, b, to] = [a, b, to].map(&place);
                    let from = pen;
                    for piece in 1..=6 {
                        let t = piece as f32 / 6.0;
                        let middle = between(a, b, t);
                        let early = between(between(from, a, t), middle, t);
                        let late = between(middle, between(b, to, t), t);
                        let next = between(early, late, t);
                        self.edge(pen, next);
                        pen = next;
                    }
                }
            }
        }
        self.edge(pen, start);
    }

    /// Covered share of every pixel in a row of the rectangle.
    fn row(&self, row: usize) -> impl Iterator<Item = f32> + '_ {
        let start = row * (self.width + 1);
        self.steps[start..start + self.width].iter().scan(0.0, |sum, step| {
            *sum += step;
            Some(f32::abs(*sum).min(1.0))
        })
    }

    /// Lays `color` over the covered pixels.
    pub fn blend(&self, band: &mut Band<'_>, color: Color) {
        for row in 0..self.height {
            let canvas_row = self.top + row;
            if (band.first_row..band.first_row + band.rows).contains(&canvas_row) {
                for (x, share) in self.row(row).enumerate() {
                    band.blend(self.left + x, canvas_row - band.first_row, color, share);
                }
            }
        }
    }

    /// Lays `color` over all pixels within `reach` of covered ones.
    pub fn blend_widened(&self, band: &mut Band<'_>, color: Color, reach: f32) {
        let shares: Vec<f32> = (0..self.height).flat_map(|row| self.row(row)).collect();
        let brush = brush(reach);
        for row in 0..self.height {
            let canvas_row = self.top + row;
            if !(band.first_row..band.first_row + band.rows).contains(&canvas_row) {
                continue;
            }
            for x in 0..self.width {
                let near = brush.iter().filter_map(|&(dx, dy, weight)| {
                    let column = x.checked_add_signed(dx).filter(|&it| it < self.width)?;
                    let line = row.checked_add_signed(dy).filter(|&it| it < self.height)?;
                    Some(weight * shares[line * self.width + column])
                });
                let share = near.fold(0.0, f32::max);
                band.blend(self.left + x, canvas_row - band.first_row, color, share);
            }
        }
    }

    fn edge(&mut self, from: Point, to: Point) {
        let (direction, [upper, lower]) =
            if from[1] <= to[1] { (1.0, [from, to]) } else { (-1.0, [to, from]) };
        let top = self.top as f32;
        let first = index(upper[1] - top);
        let last = index((lower[1] - top).ceil()).min(self.height);
        // Level edges cover no height; a value that is no number ends here as well.
        if lower[1].partial_cmp(&upper[1]) != Some(std::cmp::Ordering::Greater) {
            return;
        }
        let slope = (lower[0] - upper[0]) / (lower[1] - upper[1]);
        for row in first..last {
            let y0 = (top + row as f32).max(upper[1]);
            let y1 = (top + row as f32 + 1.0).min(lower[1]);
            if y1 > y0 {
                let x_at = |y: f32| upper[0] + (y - upper[1]) * slope - self.left as f32;
                self.edge_in_row(row, x_at(y0), x_at(y1), (y1 - y0) * direction);
            }
        }
    }

    /// An edge inside one row, from `x0` to `x1`, that covers `height` of the row.
    fn edge_in_row(&mut self, row: usize, x0: f32, x1: f32, height: f32) {
        let limit = self.width as f32;
        let start = row * (self.width + 1);
        let (low, high) = (x0.min(x1), x0.max(x1));
        if high - low < 1e-6 {
            return self.edge_in_pixel(start, low.clamp(0.0, limit), height);
        }
        let per_pixel = height / (high - low);
        // What lies left of the rectangle covers its rows fully, what lies right of it not at all.
        self.steps[start] += per_pixel * (high.min(0.0) - low.min(0.0));
        let (low, high) = (low.clamp(0.0, limit), high.clamp(0.0, limit));
        for x in index(low)..index(high.ceil()) {
            let (a, b) = (low.max(x as f32), high.min(x as f32 + 1.0));
            self.edge_in_pixel(start, f32::midpoint(a, b), per_pixel * (b - a));
        }
    }

    /// An edge inside one pixel, `x` in the middle: it covers the part of the pixel to its right.
    fn edge_in_pixel(&mut self, start: usize, x: f32, height: f32) {
        let pixel = index(x).min(self.width);
        let right = 1.0 - (x - pixel as f32);
        self.steps[start + pixel] += height * right;
        if pixel < self.width {
            self.steps[start + pixel + 1] += height * (1.0 - right);
        }
    }
}

fn between(a: Point, b: Point, share: f32) -> Point {
    [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}

/// Offsets within `reach` pixels, each with the share to which it is reached.
fn brush(reach: f32) -> Vec<(isize, isize, f32)> {
    let extent = isize::try_from(index(reach.ceil())).unwrap_or(0);
    let offsets = (-extent..=extent).flat_map(|dy| (-extent..=extent).map(move |dx| (dx, dy)));
    offsets
        .map(|(dx, dy)| (dx, dy, (reach + 0.5 - (dx as f32).hypot(dy as f32)).clamp(0.0, 1.0)))
        .filter(|&(.., weight)| weight > 0.0)
        .collect()
}
