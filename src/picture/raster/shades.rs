//! Shades of a crowd: cells blended softly into each other.

use std::ops::Range;

use super::band::{Band, index};
use crate::picture::mark::{Color, Shades};

/// First and last row of the canvas that cells reach.
pub(super) fn rows(shades: &Shades) -> [f32; 2] {
    [shades.at[1], shades.at[1] + shades.rows() as f32 * shades.cell]
}

/// Between the middles of four cells each counts the more the nearer it is, and the more the more
/// solid it is, so that an empty cell has no color to lend.
pub(super) fn paint(band: &mut Band<'_>, shades: &Shades) {
    let (columns, rows) = (shades.columns, shades.rows());
    if columns == 0 || rows == 0 || shades.cell <= 0.0 {
        return;
    }
    let reach = |cells: usize, at: f32| at + cells as f32 * shades.cell;
    let far = [reach(columns, shades.at[0]), reach(rows, shades.at[1])];
    let (across, down) = band.cells(shades.at, far);
    let places = |pixels: Range<usize>, first: usize, at: f32, cells: usize| -> Vec<Place> {
        pixels.map(|it| Place::of(((first + it) as f32 + 0.5 - at) / shades.cell, cells)).collect()
    };
    let columns_at = places(across.clone(), 0, shades.at[0], columns);
    let rows_at = places(down.clone(), band.first_row, shades.at[1], rows);
    for (row, vertical) in down.zip(&rows_at) {
        for (x, horizontal) in across.clone().zip(&columns_at) {
            let mut sums = [0.0; 4];
            for (row, high) in vertical.cells.into_iter().zip(vertical.weights) {
                for (column, wide) in horizontal.cells.into_iter().zip(horizontal.weights) {
                    let from = 4 * (row * columns + column);
                    let cell = &shades.rgba[from..from + 4];
                    let weight = wide * high * f32::from(cell[3]);
                    if weight > 0.0 {
                        for (sum, &channel) in sums.iter_mut().zip(&cell[..3]) {
                            *sum += weight * f32::from(channel);
                        }
                        sums[3] += weight;
                    }
                }
            }
            if sums[3] > 0.0 {
                let [r, g, b] = [0, 1, 2].map(|channel| byte(sums[channel] / sums[3]));
                band.blend(x, row, Color { r, g, b, a: 255 }, sums[3] / 255.0);
            }
        }
    }
}

/// The two cells that a pixel lies between along one axis, and how much each counts.
struct Place {
    cells: [usize; 2],
    weights: [f32; 2],
}

impl Place {
    fn of(at: f32, cells: usize) -> Self {
        let from_first = (at - 0.5).clamp(0.0, cells.saturating_sub(1) as f32);
        let first = index(from_first);
        let share = from_first - first as f32;
        Self { cells: [first, (first + 1).min(cells - 1)], weights: [1.0 - share, share] }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of bytes")]
fn byte(value: f32) -> u8 {
    (value + 0.5) as u8
}
