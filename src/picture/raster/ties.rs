//! Masses of ties: coverage is summed per pixel first and turned into opacity once.
//!
//! Every tie adds its share of a pixel to the pixel's ink, and its color, so weighted, to the
//! pixel's color sums, in whole numbers; so the order of ties does not matter, and 50,000 of them
//! cost four additions per touched pixel. Ink then becomes opacity as if the ties had been laid
//! over each other one by one, up to a bound that keeps people in front readable.

use super::band::{Band, index};
use crate::picture::mark::{Color, TieStroke};

/// Ink of one tie that covers a pixel fully.
const FULL: f32 = 128.0;
/// Opacity that any number of ties stays below.
const DENSEST: f32 = 0.9;
/// Ties on top of each other beyond which nothing changes.
const LAYERS: usize = 64;
/// Drawn and blank part of a broken line, in pixels per pixel of width.
const DASH: f32 = 5.0;
const GAP: f32 = 4.0;

/// For each band, the numbers of the strokes that reach it.
pub(super) fn by_band(strokes: &[TieStroke], band_rows: usize, bands: usize) -> Vec<Vec<u32>> {
    let mut by_band = vec![Vec::new(); bands];
    for (number, stroke) in (0_u32..).zip(strokes) {
        let (low, high) = ordered(stroke.from[1], stroke.to[1]);
        // Also keeps out positions that are not numbers.
        if high + stroke.width >= 0.0 {
            let first = index(low - stroke.width) / band_rows;
            let last = (index(high + stroke.width) / band_rows).min(bands - 1);
            for band in by_band.iter_mut().take(last + 1).skip(first) {
                band.push(number);
            }
        }
    }
    by_band
}

/// Paints strokes into a band, one of weight 1 with `opacity`.
pub(super) fn paint<'a>(
    band: &mut Band<'_>,
    strokes: impl Iterator<Item = &'a TieStroke>,
    opacity: f32,
) {
    let mut ink = Ink {
        sums: vec![[0; 4]; band.width * band.rows],
        width: band.width,
        rows: band.rows,
        top: band.top(),
    };
    for stroke in strokes {
        ink.add(stroke);
    }
    let opacities = opacity_of_ink(opacity);
    for (at, sums) in ink.sums.iter().enumerate() {
        let total = sums[3];
        if total > 0 {
            let mean = |sum: u32| u8::try_from(sum / total).unwrap_or(u8::MAX);
            let color = Color { r: mean(sums[0]), g: mean(sums[1]), b: mean(sums[2]), a: 255 };
            let coverage = opacities[(total as usize).min(opacities.len() - 1)];
            band.blend(at % band.width, at / band.width, color, coverage);
        }
    }
}

fn opacity_of_ink(single: f32) -> Vec<f32> {
    let layer = 1.0 - (single / DENSEST).min(1.0);
    (0..LAYERS * 128).map(|ink| DENSEST * (1.0 - layer.powf(ink as f32 / FULL))).collect()
}

/// Sums of color and coverage of a band's pixels: red, green, blue (each times ink), ink.
struct Ink {
    sums: Vec<[u32; 4]>,
    width: usize,
    rows: usize,
    top: f32,
}

impl Ink {
    /// Adds a line as the box it is: along its longer axis, each pixel column (or row) gets the
    /// exact vertical (or horizontal) overlap with the line's thickness.
    fn add(&mut self, stroke: &TieStroke) {
        let [x0, y0] = stroke.from;
        let [x1, y1] = stroke.to;
        let (dx, dy) = (x1 - x0, y1 - y0);
        let length = dx.hypot(dy);
        if !length.is_finite() || length < 1e-3 {
            return;
        }
        let flat = dx.abs() >= dy.abs();
        // Major and minor coordinates: the major one is stepped pixel by pixel.
        let (start, end) = if flat { ([x0, y0], [x1, y1]) } else { ([y0, x0], [y1, x1]) };
        let (start, end) = if start[0] <= end[0] { (start, end) } else { (end, start) };
        let slope = (end[1] - start[1]) / (end[0] - start[0]);
        let thickness = stroke.width * length / (end[0] - start[0]);
        let line = Line { start, end, slope, thickness, per_major: length / (end[0] - start[0]) };
        let color = stroke.color;
        let channels = [color.r, color.g, color.b].map(u32::from);
        let strength = stroke.weight * FULL;
        // Bands further down step along the same line, so that no seam shows.
        let (major_from, major_to) = if flat {
            self.columns_within_band(&line)
        } else {
            (self.top, self.top + self.rows as f32)
        };
        let (from, to) = (start[0].max(major_from), end[0].min(major_to));
        let (major_origin, minor_origin) = if flat { (0.0, self.top) } else { (self.top, 0.0) };
        let minor_count = if flat { self.rows } else { self.width };
        let mut major = from.floor();
        while major < to {
            let part = (major + 1.0).min(end[0]) - major.max(start[0]);
            let middle = major + 0.5;
            if part > 0.0 && (!stroke.dashed || line.is_drawn(middle, stroke.width)) {
                let minor = line.start[1] + (middle - line.start[0]) * slope - minor_origin;
                let (low, high) = (minor - thickness / 2.0, minor + thickness / 2.0);
                let first = index(low);
                let last = index(high.ceil()).min(minor_count);
                let place = index(major - major_origin);
                for cell in first..last {
                    let overlap = (cell as f32 + 1.0).min(high) - (cell as f32).max(low);
                    let weight = whole(strength * part * overlap);
                    let at =
                        if flat { cell * self.width + place } else { place * self.width + cell };
                    let sums = &mut self.sums[at];
                    for (sum, channel) in sums.iter_mut().zip(channels) {
                        *sum = sum.saturating_add(weight * channel);
                    }
                    sums[3] = sums[3].saturating_add(weight);
                }
            }
            major += 1.0;
        }
    }

    /// Where along x a flat line lies in this band, with a pixel to spare, on the canvas.
    fn columns_within_band(&self, line: &Line) -> (f32, f32) {
        let canvas = (0.0, self.width as f32);
        if line.slope.abs() < 1e-6 {
            return canvas;
        }
        let reach = line.thickness / 2.0 + 1.0;
        let x_at = |y: f32| line.start[0] + (y - line.start[1]) / line.slope;
        let (low, high) =
            ordered(x_at(self.top - reach), x_at(self.top + self.rows as f32 + reach));
        (canvas.0.max((low - 1.0).floor()), canvas.1.min((high + 1.0).ceil()))
    }
}

/// A line in major and minor coordinates.
struct Line {
    start: [f32; 2],
    end: [f32; 2],
    slope: f32,
    thickness: f32,
    /// Length of line per pixel of the major axis.
    per_major: f32,
}

impl Line {
    /// Whether a broken line is drawn here; it starts and ends with half a dash.
    fn is_drawn(&self, major: f32, width: f32) -> bool {
        let width = width.max(0.8);
        let (dash, gap) = (DASH * width, GAP * width);
        let along = (major - self.start[0]).min(self.end[0] - major) * self.per_major;
        (along + dash / 2.0).rem_euclid(dash + gap) < dash
    }
}

fn ordered(a: f32, b: f32) -> (f32, f32) {
    (a.min(b), a.max(b))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=128")]
fn whole(ink: f32) -> u32 {
    (ink + 0.5).max(0.0) as u32
}
