//! Sheets to pixels, on the CPU.
//!
//! The canvas is cut into bands of rows. Every band paints all marks that reach it, in the order
//! of the sheet and with nothing shared, so the picture is the same for any number of threads.

mod band;
mod fill;
mod shades;
mod stroke;
mod text;
mod ties;

use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::mark::{Mark, Sheet};
use super::scene::Scene;
use super::view::View;
use band::Band;
pub use ties::{DASH, DENSEST, GAP, LAYERS};

/// A picture of pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Pixels per row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Rows from the top, pixels from the left, four bytes each: red, green, blue, opacity
    /// (always 255).
    pub rgba: Vec<u8>,
}

impl Image {
    /// The color of one pixel.
    ///
    /// # Panics
    /// When the pixel lies outside.
    pub fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let at = 4 * (y as usize * self.width as usize + x as usize);
        [self.rgba[at], self.rgba[at + 1], self.rgba[at + 2]]
    }

    /// The image as a PNG file's bytes.
    ///
    /// # Errors
    /// When the image has no pixels.
    pub fn png(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgba)?;
        writer.finish()?;
        Ok(bytes)
    }

    /// Writes the image as a PNG file.
    ///
    /// # Errors
    /// When the file cannot be written, or the image has no pixels.
    pub fn write_png(&self, path: &Path) -> io::Result<()> {
        std::fs::write(path, self.png()?)
    }
}

/// A scene as seen from `view`.
pub fn draw(scene: &Scene, view: &View) -> Image {
    paint(&scene.sheet(view))
}

/// Rows per band: few enough to stay in a core's cache, enough to keep the bookkeeping small.
const BAND_ROWS: usize = 32;

/// Paints a sheet. O(pixels + painted pixels of all marks), spread over the threads of the
/// current rayon pool; the result does not depend on their number.
pub fn paint(sheet: &Sheet) -> Image {
    let [width, height] = sheet.size_px;
    let row_bytes = 4 * width as usize;
    let mut rgba = vec![0; row_bytes * height as usize];
    if rgba.is_empty() {
        return Image { width, height, rgba };
    }
    let bands = (height as usize).div_ceil(BAND_ROWS);
    let parts: Vec<Part<'_>> = sheet.marks.iter().map(|mark| Part::new(mark, bands)).collect();
    let by_band = by_band(&parts, bands);
    rgba.par_chunks_mut(row_bytes * BAND_ROWS).enumerate().for_each(|(index, pixels)| {
        let mut band = Band::new(width as usize, index * BAND_ROWS, pixels);
        band.clear(sheet.background);
        for &number in &by_band[index] {
            parts[number as usize].paint(&mut band, index);
        }
    });
    Image { width, height, rgba }
}

/// For each band, the numbers of the parts that reach it.
fn by_band(parts: &[Part<'_>], bands: usize) -> Vec<Vec<u32>> {
    let mut by_band = vec![Vec::new(); bands];
    for (number, part) in (0_u32..).zip(parts) {
        let [low, high] = part.rows;
        // Also keeps out positions that are not numbers.
        if high >= 0.0 && low <= high {
            let last = (band::index(high) / BAND_ROWS).min(bands - 1);
            for band in by_band.iter_mut().take(last + 1).skip(band::index(low) / BAND_ROWS) {
                band.push(number);
            }
        }
    }
    by_band
}

/// A mark with what is worked out once for all bands.
struct Part<'a> {
    mark: &'a Mark,
    rows: [f32; 2],
    prepared: Prepared,
}

enum Prepared {
    Nothing,
    /// Numbers of the strokes that reach each band.
    TiesByBand(Vec<Vec<u32>>),
    Text(text::Letters),
}

impl<'a> Part<'a> {
    fn new(mark: &'a Mark, bands: usize) -> Self {
        let span = |points: &[super::Point], around: f32| {
            let low = points.iter().map(|it| it[1]).fold(f32::INFINITY, f32::min);
            let high = points.iter().map(|it| it[1]).fold(f32::NEG_INFINITY, f32::max);
            [low - around, high + around]
        };
        let (rows, prepared) = match mark {
            Mark::Ties { strokes, .. } => (
                [f32::NEG_INFINITY, f32::INFINITY],
                Prepared::TiesByBand(ties::by_band(strokes, BAND_ROWS, bands)),
            ),
            Mark::Shades(shades) => (shades::rows(shades), Prepared::Nothing),
            Mark::Line { points, width, .. } => (span(points, width + 1.0), Prepared::Nothing),
            Mark::Area { points, .. } => (span(points, 1.0), Prepared::Nothing),
            Mark::Node { center, radius, outline_width, .. } => {
                (span(&[*center], radius * 1.3 + outline_width + 1.0), Prepared::Nothing)
            }
            Mark::Text { .. } => {
                let letters = text::Letters::new(mark);
                (letters.rows(), Prepared::Text(letters))
            }
        };
        Self { mark, rows, prepared }
    }

    fn paint(&self, band: &mut Band<'_>, index: usize) {
        match (self.mark, &self.prepared) {
            (Mark::Ties { strokes, opacity }, Prepared::TiesByBand(by_band)) => {
                let here = by_band[index].iter().map(|&number| &strokes[number as usize]);
                ties::paint(band, here, *opacity);
            }
            (Mark::Shades(shades), _) => shades::paint(band, shades),
            (Mark::Line { points, color, width, dashed }, _) => {
                stroke::paint(band, points, *width, *dashed, *color);
            }
            (Mark::Area { points, fill }, _) => {
                let mut coverage = fill::Coverage::new(band, fill::bounds(points));
                coverage.contour(points);
                coverage.blend(band, *fill);
            }
            (Mark::Node { shape, center, radius, fill, outline, outline_width }, _) => {
                band.node(*shape, *center, *radius, [*fill, *outline], *outline_width);
            }
            (Mark::Text { color, halo, size, .. }, Prepared::Text(letters)) => {
                letters.paint(band, *color, *halo, size * 0.16);
            }
            _ => {}
        }
    }
}
