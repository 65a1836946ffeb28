//! Masses of ties: coverage is summed per pixel first and turned into opacity once.
//!
//! Every tie adds its share of a pixel to the pixel's ink, and its color, so weighted, to the
//! pixel's color sums. All terms are whole numbers, which single precision adds exactly up to
//! some 500 full layers; so the order of ties does not matter where it could be seen, and 50,000
//! of them cost four multiplications and additions per touched pixel. Ink then becomes opacity as
//! if the ties had been laid over each other one by one, up to a bound that keeps people in front
//! readable.

use super::band::{Band, index};
use crate::picture::mark::{Color, TieStroke};

/// Ink of one tie that covers a pixel fully.
const FULL: f32 = 128.0;
/// Opacity that any number of ties stays below.
pub const DENSEST: f32 = 0.9;
/// Ties on top of each other beyond which nothing changes.
pub const LAYERS: usize = 64;
/// Drawn part of a broken line, in pixels per pixel of width.
pub const DASH: f32 = 5.0;
/// Blank part of a broken line, in pixels per pixel of width.
pub const GAP: f32 = 4.0;

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
        sums: vec![[0.0; 4]; band.width * band.rows],
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
        if total > 0.0 {
            let [r, g, b] = [0, 1, 2].map(|channel| byte(sums[channel] / total));
            let color = Color { r, g, b, a: 255 };
            let coverage = opacities[index(total).min(opacities.len() - 1)];
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
    sums: Vec<[f32; 4]>,
    width: usize,
    rows: usize,
    top: f32,
}

/// Fractional bits of positions across a line. Whole-number steps are quick, and two bands that
/// step along the same line agree to the bit, so that no seam shows.
const FRACTION: u32 = 24;
const ONE: i64 = 1 << FRACTION;
/// Lines that reach further out (in pixels) are left out: their positions are no longer exact.
const FURTHEST: f32 = 1e9;

impl Ink {
    /// Adds a line as the box it is: along its longer axis, each pixel column (or row) gets the
    /// exact vertical (or horizontal) overlap with the line's thickness.
    fn add(&mut self, stroke: &TieStroke) {
        let [x0, y0] = stroke.from;
        let [x1, y1] = stroke.to;
        let (dx, dy) = (x1 - x0, y1 - y0);
        let reach = x0.abs().max(x1.abs()).max(y0.abs()).max(y1.abs());
        // A position that is no number fails this comparison, too.
        let drawable = reach < FURTHEST && dx.abs().max(dy.abs()) > 1e-3;
        if !drawable {
            return;
        }
        let flat = dx.abs() >= dy.abs();
        // Major and minor coordinates: the major one is stepped pixel by pixel.
        let (start, end) = if flat { ([x0, y0], [x1, y1]) } else { ([y0, x0], [y1, x1]) };
        let (start, end) = if start[0] <= end[0] { (start, end) } else { (end, start) };
        let extent = end[0] - start[0];
        let slope = (end[1] - start[1]) / extent;
        let per_major = (dx * dx + dy * dy).sqrt() / extent;
        let line = Line { start, end, slope, per_major, thickness: stroke.width * per_major };
        let (from, to) = if flat {
            self.columns_within_band(&line)
        } else {
            (self.top, self.top + self.rows as f32)
        };
        let (from, to) = (index(start[0].max(from)), index(end[0].min(to).ceil()));
        // Bands count rows from their own top.
        let top = fixed(self.top);
        let (along_top, across_top, across_count) =
            if flat { (0, top, self.rows) } else { (index(self.top), 0, self.width) };
        let (along_stride, across_stride) = if flat { (1, self.width) } else { (self.width, 1) };
        let last_cell = i64::try_from(across_count).unwrap_or(i64::MAX);

        let color = [stroke.color.r, stroke.color.g, stroke.color.b].map(f32::from);
        let channels = [color[0], color[1], color[2], 1.0];
        let strength = fixed(stroke.weight * FULL) >> (FRACTION - 8);
        let half = fixed(line.thickness / 2.0);
        let step = fixed(slope);
        let first_step = whole(start[0].floor());
        let first_middle = fixed(start[1] + (start[0].floor() + 0.5 - start[0]) * slope);
        for along in from..to {
            let part = line.part_of(along);
            let drawn = !stroke.dashed || line.is_drawn(along as f32 + 0.5, stroke.width);
            if !drawn || part <= 0.0 {
                continue;
            }
            let steps = i64::try_from(along).unwrap_or(i64::MAX) - first_step;
            let middle = first_middle + step * steps - across_top;
            let (low, high) = (middle - half, middle + half);
            let share = (strength * fixed(part)) >> FRACTION;
            let cells = (low >> FRACTION).max(0)..((high >> FRACTION) + 1).min(last_cell);
            for cell in cells {
                let overlap = high.min((cell + 1) << FRACTION) - low.max(cell << FRACTION);
                // Rounded to whole units of ink.
                let ink = (((share * overlap) >> FRACTION) + 128) >> 8;
                let at = (along - along_top) * along_stride + narrow(cell) * across_stride;
                let ink = small(ink);
                for (sum, channel) in self.sums[at].iter_mut().zip(channels) {
                    *sum += ink * channel;
                }
            }
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
    /// Extent across the line, along the minor axis.
    thickness: f32,
    /// Length of line per pixel of the major axis.
    per_major: f32,
}

impl Line {
    /// How much of a pixel's length the line runs through.
    fn part_of(&self, pixel: usize) -> f32 {
        let left = pixel as f32;
        (left + 1.0).min(self.end[0]) - left.max(self.start[0])
    }

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

fn fixed(value: f32) -> i64 {
    whole(value * ONE as f32)
}

#[expect(clippy::cast_possible_truncation, reason = "bounded by FURTHEST")]
fn whole(value: f32) -> i64 {
    value as i64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cell of the canvas")]
fn narrow(cell: i64) -> usize {
    cell as usize
}

#[expect(clippy::cast_possible_truncation, reason = "ink of one tie, 0..=128")]
fn small(ink: i64) -> f32 {
    (ink as i32) as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of bytes")]
fn byte(value: f32) -> u8 {
    value as u8
}
