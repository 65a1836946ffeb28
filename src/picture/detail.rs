//! How much is told from how far away: neighborhoods from afar, people from near, and between the
//! two one hands over to the other without a step.

use super::Point;
use super::mark::{Color, Mark};
use super::scene::{Scene, TieMark};
use super::view::View;

/// Distance between neighbors on the canvas, in points, at which people begin to be seen beside
/// their neighborhoods, and at which they are all there.
const FAR: f32 = 4.0;
const NEAR: f32 = 14.0;
/// Opacity of people and ties from afar, where neighborhoods stand for them.
const FAR_PEOPLE: f32 = 0.3;
const FAR_TIES: f32 = 0.35;
/// Nearness from which ordinary people have names, and at which these are fully there.
const NAMES: [f32; 2] = [0.25, 0.75];
/// Average number of ties over a pixel beyond which some are left out.
const MOST_LAYERS: f32 = 2.5;

/// Length and half width of an arrowhead, in points.
const HEAD: Point = [6.5, 2.7];
/// Ties shorter than this on the canvas, in points, have no arrowhead.
const SHORTEST_WITH_HEAD: f32 = 34.0;
/// Distance between neighbors, in points, from which ties have arrowheads.
const HEADS_FROM: f32 = 30.0;

impl Scene {
    /// Distance between neighbors on the canvas, in points.
    pub(super) fn spacing_pt(&self, view: &View) -> f32 {
        self.spacing * view.scale / view.pixels_per_point
    }

    /// How near one looks: 0 where neighborhoods stand for their people, 1 where people stand for
    /// themselves, as they always do where no neighborhoods show.
    pub fn nearness(&self, view: &View) -> f32 {
        if self.hulls.is_empty() { 1.0 } else { smooth(FAR, NEAR, self.spacing_pt(view)) }
    }

    /// Opacity of the discs of people who are not marked in any way.
    pub(super) fn people_opacity(&self, view: &View) -> f32 {
        mixed(FAR_PEOPLE, 1.0, self.nearness(view)) * (1.0 - self.crowding(view))
    }

    /// What the opacity of ties is multiplied by.
    pub(super) fn tie_fading(&self, view: &View) -> f32 {
        mixed(FAR_TIES, 1.0, self.nearness(view))
    }

    /// Opacity of the names of people who do not stand out; they have none where it is 0.
    pub(super) fn name_opacity(&self, view: &View) -> f32 {
        smooth(NAMES[0], NAMES[1], self.nearness(view)) * (1.0 - self.crowding(view))
    }

    /// Whether a tie is drawn: where so many lie over each other that none can be told from the
    /// next, part of them stands for all. It depends on the view's scale only.
    pub fn is_drawn(&self, tie: &TieMark, view: &View) -> bool {
        tie.lit || self.keeps(tie.order, view)
    }

    /// Whether ties up to this place in the order of going are drawn.
    pub(super) fn keeps(&self, order: f32, view: &View) -> bool {
        order * self.layers(view) <= MOST_LAYERS
    }

    /// Whether any tie has an arrowhead in a view.
    pub fn has_arrows(&self, view: &View) -> bool {
        self.arrow_marks(view, Color::CLEAR).next().is_some()
    }

    /// Average number of ties over a pixel of the map.
    pub(super) fn layers(&self, view: &View) -> f32 {
        self.ink / view.scale * view.pixels_per_point
    }

    /// Heads of ties whose influence goes one way, from near. `drawn` are the ties on the canvas.
    pub(super) fn arrow_marks<'a>(
        &'a self,
        view: &'a View,
        background: Color,
    ) -> impl Iterator<Item = Mark> + 'a {
        let points = view.pixels_per_point;
        let near = smooth(HEADS_FROM, 1.5 * HEADS_FROM, self.spacing_pt(view));
        let ties = if near > 0.0 { &self.ties[..] } else { &[] };
        let one_way = ties.iter().filter(|it| it.one_way && !it.dimmed);
        one_way.filter_map(move |tie| {
            let [from, to] = [tie.influencer, tie.audience]
                .map(|it| view.to_screen(self.people[it as usize].at));
            let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
            let length = dx.hypot(dy);
            if length < SHORTEST_WITH_HEAD * points || !view.shows(to, 40.0 * points) {
                return None;
            }
            let along = [dx / length, dy / length];
            let rim = self.outer_radius_px(tie.audience, view) + points;
            let at = |back: f32, aside: f32| -> Point {
                [
                    to[0] - along[0] * (rim + back) - along[1] * aside,
                    to[1] - along[1] * (rim + back) + along[0] * aside,
                ]
            };
            let [long, half] = HEAD.map(|it| it * points * (0.7 + 0.3 * tie.width));
            let fill = tie.color.mixed(background, 0.35 * (1.0 - tie.weight)).faded(0.85 * near);
            Some(Mark::Area { points: vec![at(0.0, 0.0), at(long, half), at(long, -half)], fill })
        })
    }
}

/// From 0 at `low` to 1 at `high`, without a corner.
pub(super) fn smooth(low: f32, high: f32, at: f32) -> f32 {
    let share = ((at - low) / (high - low)).clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

/// `share` of the way from one number to another.
pub(super) fn mixed(from: f32, to: f32, share: f32) -> f32 {
    from + (to - from) * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handing_over_has_no_step() {
        let mut before = smooth(FAR, NEAR, 0.0);
        assert!(before.abs() < 1e-6);
        for step in 1..=200_u8 {
            let now = smooth(FAR, NEAR, f32::from(step) / 10.0);
            assert!(now >= before && now - before < 0.02, "at {step}");
            before = now;
        }
        assert!((before - 1.0).abs() < 1e-6);
    }
}
