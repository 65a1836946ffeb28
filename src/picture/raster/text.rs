//! Words, as outlines of letters.

use super::band::Band;
use super::fill::Coverage;
use crate::picture::Point;
use crate::picture::font::{self, Step};
use crate::picture::mark::{Anchor, Color, Mark};

/// The outlines of one line of text, placed on the canvas.
pub(super) struct Letters {
    outline: Vec<Step>,
    origin: Point,
    upright: bool,
    bounds: [Point; 2],
}

impl Letters {
    /// Outlines of a [`Mark::Text`]; nothing for any other mark.
    pub fn new(mark: &Mark) -> Self {
        let Mark::Text { at, text, size, anchor, upright, .. } = mark else {
            return Self {
                outline: Vec::new(),
                origin: [0.0; 2],
                upright: false,
                bounds: [[0.0; 2]; 2],
            };
        };
        let width = font::width(text, *size);
        let before = match anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width,
        };
        let [x, y] = *at;
        // A little more than the letters' own boxes, for accents and for the halo.
        let (left, right) = (before + size * 0.3, width - before + size * 0.3);
        let (up, down) = (size * 1.3, size * 0.5);
        let (origin, bounds) = if *upright {
            ([x, y + before], [[x - up, y - right], [x + down, y + left]])
        } else {
            ([x - before, y], [[x - left, y - up], [x + right, y + down]])
        };
        Self { outline: font::outline(text, *size), origin, upright: *upright, bounds }
    }

    /// First and last row that may be touched.
    pub fn rows(&self) -> [f32; 2] {
        [self.bounds[0][1], self.bounds[1][1]]
    }

    pub fn paint(&self, band: &mut Band<'_>, color: Color, halo: Color, halo_px: f32) {
        let extra = if halo.a > 0 { super::band::index(halo_px.ceil()) + 1 } else { 0 };
        let mut coverage = Coverage::in_rows(band, self.bounds, extra);
        let [x, y] = self.origin;
        if self.upright {
            coverage.outline(&self.outline, |[along, down]| [x + down, y - along]);
        } else {
            coverage.outline(&self.outline, |[along, down]| [x + along, y + down]);
        }
        if halo.a > 0 {
            coverage.blend_widened(band, halo, halo_px);
        }
        coverage.blend(band, color);
    }
}
