//! A few rows of the canvas, and blending into them.

use crate::picture::Point;
use crate::picture::mark::{Color, Shape};

/// Some rows of the canvas.
pub(super) struct Band<'a> {
    pub width: usize,
    /// First row.
    pub first_row: usize,
    pub rows: usize,
    rgba: &'a mut [u8],
}

impl<'a> Band<'a> {
    pub fn new(width: usize, first_row: usize, rgba: &'a mut [u8]) -> Self {
        Self { width, first_row, rows: rgba.len() / (4 * width), rgba }
    }

    /// Upper edge in pixels of the canvas.
    pub fn top(&self) -> f32 {
        self.first_row as f32
    }

    pub fn clear(&mut self, color: Color) {
        for pixel in self.rgba.chunks_exact_mut(4) {
            pixel.copy_from_slice(&[color.r, color.g, color.b, 255]);
        }
    }

    /// Lays `color` over one pixel, covering `coverage` (0..=1) of it. `row` counts from the
    /// band's first row.
    pub fn blend(&mut self, x: usize, row: usize, color: Color, coverage: f32) {
        let share = share_of_256(coverage * color.opacity());
        if share == 0 {
            return;
        }
        let at = 4 * (row * self.width + x);
        let pixel = &mut self.rgba[at..at + 3];
        for (old, new) in pixel.iter_mut().zip([color.r, color.g, color.b]) {
            let mixed = u32::from(*old) * (256 - share) + u32::from(new) * share + 128;
            *old = u8::try_from(mixed >> 8).unwrap_or(u8::MAX);
        }
    }

    /// A filled shape with a stroke along its outline.
    pub fn node(
        &mut self,
        shape: Shape,
        center: Point,
        radius: f32,
        [fill, outline]: [Color; 2],
        outline_width: f32,
    ) {
        let half = outline_width / 2.0;
        let reach = radius * 1.26 + half + 1.0;
        let (columns, rows) = self
            .cells([center[0] - reach, center[1] - reach], [center[0] + reach, center[1] + reach]);
        for row in rows {
            let dy = (self.first_row + row) as f32 + 0.5 - center[1];
            for x in columns.clone() {
                let dx = x as f32 + 0.5 - center[0];
                let outside = shape.distance(dx, dy, radius);
                // Coverage of a pixel by what lies on the inner side of a nearly straight edge.
                let within = |edge: f32| (edge - outside + 0.5).clamp(0.0, 1.0);
                self.blend(x, row, fill, within(0.0));
                if outline_width > 0.0 {
                    self.blend(x, row, outline, within(half) - within(-half));
                }
            }
        }
    }

    /// Pixels of a rectangle that lie in this band: columns, and rows from the band's first.
    pub fn cells(
        &self,
        low: Point,
        high: Point,
    ) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let columns = index(low[0])..index(high[0].ceil()).min(self.width);
        let top = self.top();
        let rows = index(low[1] - top)..index((high[1] - top).ceil()).min(self.rows);
        (columns, rows)
    }
}

/// The pixel that holds a coordinate; 0 for those before the first.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "negative becomes 0")]
pub(super) fn index(coordinate: f32) -> usize {
    coordinate.max(0.0) as usize
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=256")]
fn share_of_256(share: f32) -> u32 {
    (share.clamp(0.0, 1.0) * 256.0 + 0.5) as u32
}
