//! Everyone as a dot: a very small picture of the whole map.

use super::Point;
use super::mark::Color;
use super::palette::Palette;
use super::raster::Image;
use super::scene::Scene;
use super::view::View;

/// Free border in pixels.
const MARGIN: f32 = 5.0;

impl Scene {
    /// The whole map as dots on a small canvas, and the view it is seen from. O(people + pixels).
    pub fn overview(&self, size_px: [u32; 2]) -> (Image, View) {
        let ground = Palette::of(self.theme).surface;
        let visible = || self.by_importance().iter().rev().map(|&it| &self.people[it as usize]);
        let visible = || visible().filter(|it| !it.hidden);
        let places: Vec<Point> = visible().map(|it| it.at).collect();
        let view = View::fit(&places, size_px, MARGIN);
        let [width, height] = size_px;
        let mut rgba = [ground.r, ground.g, ground.b, 255].repeat((width * height) as usize);
        for person in visible() {
            dot(&mut rgba, size_px, view.to_screen(person.at), person.color);
        }
        (Image { width, height, rgba }, view)
    }
}

/// Four pixels around a place.
fn dot(rgba: &mut [u8], [width, height]: [u32; 2], at: Point, color: Color) {
    let Some([x, y]) = pixel(at, [width, height]) else { return };
    for (x, y) in [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)] {
        if x < width && y < height {
            let start = 4 * (y as usize * width as usize + x as usize);
            rgba[start..start + 3].copy_from_slice(&[color.r, color.g, color.b]);
        }
    }
}

/// The pixel at a place, where it lies on the canvas.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "on the canvas")]
fn pixel(at: Point, size_px: [u32; 2]) -> Option<[u32; 2]> {
    let inside = (0..2).all(|axis| at[axis] >= 0.0 && at[axis] < size_px[axis] as f32);
    inside.then(|| at.map(|it| it as u32))
}
