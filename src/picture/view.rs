//! Where one looks: the camera between world units and pixels.

use super::Point;

/// A rectangle of the world, shown on a canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// World point in the middle of the canvas.
    pub center: Point,
    /// Pixels per world unit.
    pub scale: f32,
    /// Width and height of the canvas in pixels.
    pub size_px: [u32; 2],
    /// Pixels per point: 1 on an ordinary screen, 2 on a fine one. Line widths, discs and letters
    /// grow with it.
    pub pixels_per_point: f32,
}

impl View {
    /// The closest view that shows all `points` with `margin` pixels free on every side.
    /// Points that are not finite are overlooked; without any point the view is centered on 0.
    pub fn fit(points: &[Point], size_px: [u32; 2], margin: f32) -> Self {
        Self::fit_beside(points, size_px, [[margin; 2]; 2])
    }

    /// The same with so many pixels free to the left and above, and to the right and below.
    pub fn fit_beside(points: &[Point], size_px: [u32; 2], [before, after]: [Point; 2]) -> Self {
        let mut low = [f32::INFINITY; 2];
        let mut high = [f32::NEG_INFINITY; 2];
        for point in points.iter().filter(|point| point.iter().all(|it| it.is_finite())) {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        if low[0] > high[0] {
            (low, high) = ([0.0; 2], [0.0; 2]);
        }
        let fitting = |axis: usize| {
            let room = (size_px[axis] as f32 - before[axis] - after[axis]).max(1.0);
            room / (high[axis] - low[axis])
        };
        let scale = fitting(0).min(fitting(1));
        // A single person, or several in one spot, need no magnification.
        let scale = if scale.is_finite() && scale > 0.0 { scale } else { 1.0 };
        // Halves are added, not sums halved, so that far-off coordinates do not overflow.
        let center = std::array::from_fn(|axis| {
            low[axis] / 2.0 + high[axis] / 2.0 + (after[axis] - before[axis]) / 2.0 / scale
        });
        Self { center, scale, size_px, pixels_per_point: 1.0 }
    }

    /// The same view drawn with `pixels_per_point` times the pixels.
    #[must_use]
    pub fn magnified(self, pixels_per_point: f32) -> Self {
        let grown = |pixels: u32| whole(pixels as f32 * pixels_per_point);
        Self {
            scale: self.scale * pixels_per_point,
            size_px: self.size_px.map(grown),
            pixels_per_point: self.pixels_per_point * pixels_per_point,
            ..self
        }
    }

    /// Pixel of a world point.
    pub fn to_screen(&self, world: Point) -> Point {
        [
            (world[0] - self.center[0]) * self.scale + self.size_px[0] as f32 / 2.0,
            (world[1] - self.center[1]) * self.scale + self.size_px[1] as f32 / 2.0,
        ]
    }

    /// World point under a pixel.
    pub fn to_world(&self, screen: Point) -> Point {
        [
            (screen[0] - self.size_px[0] as f32 / 2.0) / self.scale + self.center[0],
            (screen[1] - self.size_px[1] as f32 / 2.0) / self.scale + self.center[1],
        ]
    }

    /// The view `factor` times closer; the world point under `pointer` (pixels) stays there.
    #[must_use]
    pub fn zoomed_at(self, pointer: Point, factor: f32) -> Self {
        let anchor = self.to_world(pointer);
        let scale = (self.scale * factor).clamp(1e-6, 1e6);
        let offset = |axis: usize| (pointer[axis] - self.size_px[axis] as f32 / 2.0) / scale;
        Self { center: [anchor[0] - offset(0), anchor[1] - offset(1)], scale, ..self }
    }

    /// The view after dragging the world by `by` pixels.
    #[must_use]
    pub fn panned(self, by: Point) -> Self {
        Self {
            center: [self.center[0] - by[0] / self.scale, self.center[1] - by[1] / self.scale],
            ..self
        }
    }

    /// The view `share` of the way to `other`. Its scale changes by equal factors, and a point that
    /// both views show at one pixel stays there.
    #[must_use]
    pub fn towards(&self, other: &Self, share: f32) -> Self {
        let scale = self.scale * (other.scale / self.scale).powf(share);
        // What lies between the two centers moves as the width that is seen does.
        let seen = |scale: f32| 1.0 / scale;
        let whole = seen(other.scale) - seen(self.scale);
        let moved = if whole.abs() > 1e-6 * seen(scale) {
            (seen(scale) - seen(self.scale)) / whole
        } else {
            share
        };
        let center = std::array::from_fn(|axis| {
            self.center[axis] + (other.center[axis] - self.center[axis]) * moved
        });
        Self { center, scale, ..*other }
    }

    /// Whether a pixel lies on the canvas or at most `margin` pixels beside it.
    pub fn shows(&self, screen: Point, margin: f32) -> bool {
        (0..2).all(|axis| (-margin..=self.size_px[axis] as f32 + margin).contains(&screen[axis]))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a canvas size")]
fn whole(pixels: f32) -> u32 {
    pixels.round().max(1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points() -> impl Strategy<Value = Vec<Point>> {
        prop::collection::vec([-1e4_f32..1e4, -1e4_f32..1e4], 1..40)
    }

    proptest! {
        #[test]
        fn a_fitted_view_contains_everyone(points in points(), width in 200_u32..2000, height in 200_u32..2000) {
            let view = View::fit(&points, [width, height], 40.0);
            for &point in &points {
                prop_assert!(view.shows(view.to_screen(point), -39.0), "{point:?}");
            }
        }

        #[test]
        fn zooming_keeps_the_point_under_the_pointer(
            points in points(), x in 0.0_f32..800.0, y in 0.0_f32..600.0, factor in 0.5_f32..2.0,
        ) {
            let view = View::fit(&points, [800, 600], 20.0);
            let under = view.to_world([x, y]);
            let after = view.zoomed_at([x, y], factor).to_screen(under);
            prop_assert!((after[0] - x).abs() < 0.5 && (after[1] - y).abs() < 0.5, "{after:?}");
        }

        #[test]
        fn pixels_and_world_points_are_each_other_s_inverse(points in points()) {
            let view = View::fit(&points, [800, 600], 20.0);
            for &point in &points {
                let there = view.to_screen(view.to_world(view.to_screen(point)));
                let here = view.to_screen(point);
                prop_assert!((there[0] - here[0]).abs() < 0.5 && (there[1] - here[1]).abs() < 0.5);
            }
        }
    }

    #[test]
    fn on_the_way_between_two_views_the_point_under_the_pointer_stays() {
        let from = View::fit(&[[0.0, 0.0], [100.0, 80.0]], [800, 600], 20.0);
        let to = from.zoomed_at([200.0, 450.0], 5.0);
        let under = from.to_world([200.0, 450.0]);
        for step in 0..=10_u8 {
            let between = from.towards(&to, f32::from(step) / 10.0);
            let [x, y] = between.to_screen(under);
            assert!((x - 200.0).abs() < 0.5 && (y - 450.0).abs() < 0.5, "{x} {y}");
        }
        let end = from.towards(&to, 1.0);
        assert!(close(end.center, to.center) && (end.scale - to.scale).abs() < 1e-3);
        let aside = from.panned([120.0, 0.0]);
        let half = from.towards(&aside, 0.5);
        assert!(close(half.center, from.panned([60.0, 0.0]).center));
    }

    fn close(a: Point, b: Point) -> bool {
        (0..2).all(|axis| (a[axis] - b[axis]).abs() < 1e-3)
    }

    #[test]
    fn nobody_and_one_person_have_a_view() {
        assert!(close(View::fit(&[], [100, 100], 10.0).center, [0.0, 0.0]));
        let one = View::fit(&[[5.0, -3.0]], [100, 80], 10.0);
        assert!(close(one.to_screen([5.0, -3.0]), [50.0, 40.0]));
        let stray = View::fit(&[[f32::NAN, 0.0], [1.0, 1.0]], [10, 10], 1.0);
        assert!(close(stray.center, [1.0, 1.0]));
    }

    #[test]
    fn a_magnified_view_shows_the_same_part_with_more_pixels() {
        let view = View::fit(&[[0.0, 0.0], [10.0, 10.0]], [100, 100], 10.0);
        let fine = view.magnified(2.0);
        assert_eq!(fine.size_px, [200, 200]);
        assert!(close(fine.to_screen([0.0, 10.0]), view.to_screen([0.0, 10.0]).map(|it| it * 2.0)));
    }
}
