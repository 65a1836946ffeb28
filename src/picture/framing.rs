//! Where one looks from at first: everyone in view, with room for names, and nobody under the legend.

use super::Point;
use super::font;
use super::hulls::HullLabel;
use super::labels::display_name;
use super::legend::CORNER_PT;
use super::scene::Scene;
use super::view::View;

/// Free border around people and shapes, in points.
const MARGIN: f32 = 28.0;
/// Room for a name beside the outermost people at most, in points.
const NAMES: f32 = 120.0;
/// Largest scale, in points per world unit: a few people need not fill a wall.
const CLOSEST: f32 = 3.0;

impl Scene {
    /// The closest view of a canvas of `size_pt` points that shows everyone with their names and the
    /// shapes of neighborhoods, none of it under the legend. O(people).
    pub fn framed(&self, size_pt: [u32; 2]) -> View {
        let mut shown: Vec<Point> =
            self.people.iter().filter(|it| !it.hidden).map(|it| it.at).collect();
        shown.extend(self.hulls.iter().flat_map(|it| it.outlines.iter().flatten()));
        let beside = MARGIN + self.room_for_names().min(size_pt[0] as f32 / 6.0);
        let above = if self.labels && !self.hulls.is_empty() {
            MARGIN + HullLabel::HEIGHT_PT
        } else {
            MARGIN
        };
        let fitted = |left: f32, below: f32| {
            let room = [[beside.max(left), above], [beside, MARGIN.max(below)]];
            let view = View::fit_beside(&shown, size_pt, room);
            View { scale: view.scale.min(CLOSEST), ..view }
        };
        let whole = fitted(0.0, 0.0);
        if !self.with_legend {
            return whole;
        }
        let [width, height] = self.legend.size().map(|it| it + CORNER_PT);
        let hides = |view: &View| {
            shown.iter().any(|&it| {
                let [x, y] = view.to_screen(it);
                x < width + MARGIN && y > size_pt[1] as f32 - height - MARGIN
            })
        };
        let beside_it = fitted(width + MARGIN, 0.0);
        let above_it = fitted(0.0, height + MARGIN);
        match () {
            () if !hides(&whole) => whole,
            () if beside_it.scale >= above_it.scale => beside_it,
            () => above_it,
        }
    }

    /// The same view with room for the legend to the left, where its card hides nobody; as in the
    /// window, where it stands beside the map.
    pub fn beside_legend(&self, view: &View) -> View {
        if !self.with_legend {
            return *view;
        }
        let [width, height] =
            self.legend.size().map(|it| ((it + 2.0 * CORNER_PT) * view.pixels_per_point).ceil());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole pixels")]
        let [width, height] = [width as u32, height as u32];
        let size_px = [view.size_px[0] + width, view.size_px[1].max(height)];
        let center = [view.center[0] - width as f32 / 2.0 / view.scale, view.center[1]];
        View { center, size_px, ..*view }
    }

    /// Width of the widest of the most important names, in points.
    fn room_for_names(&self) -> f32 {
        const LOOKED_AT: usize = 200;
        if !self.labels {
            return 0.0;
        }
        let names = self.by_importance().iter().take(LOOKED_AT);
        let width = |it: &u32| font::width(&display_name(&self.people[*it as usize].name), 12.0);
        names.map(width).fold(0.0, f32::max).min(NAMES)
    }
}
