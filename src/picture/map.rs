//! A scene as one sees it from a view: world units to pixels, sizes that suit the scale, layers.

use rayon::prelude::*;

use super::Point;
use super::font;
use super::hulls;
use super::labels;
use super::legend::CORNER_PT;
use super::mark::{Anchor, Color, Mark, Sheet, TieStroke};
use super::palette::Palette;
use super::scene::{PersonMark, Scene, TieMark};
use super::view::View;
use crate::network::PersonIndex;

/// Radius of an average person: this share of the spacing on screen, within these bounds (points).
const RADIUS_SHARE: f32 = 0.13;
const RADIUS_PT: std::ops::RangeInclusive<f32> = 1.4..=7.5;
/// Thickness of a ring, and of a ring with the gap inside it (points).
const RING_WIDTH_PT: f32 = 2.2;
const RING_PT: f32 = 4.0;

/// Layers of ties.
pub const TIE_LAYERS: usize = 3;

impl Scene {
    /// Radius of a person on the canvas in pixels. It grows with the view's scale up to a bound,
    /// so that a full map stays legible and a close view is not all discs.
    ///
    /// # Panics
    /// When `person` is not in the scene.
    pub fn radius_px(&self, person: PersonIndex, view: &View) -> f32 {
        self.people[person as usize].size * self.average_radius_px(view)
    }

    /// The same with the rings around seeds, selected and hovered people.
    pub fn outer_radius_px(&self, person: PersonIndex, view: &View) -> f32 {
        let mark = &self.people[person as usize];
        let rings = RING_PT * f32::from(u8::from(mark.seed))
            + RING_PT * f32::from(u8::from(mark.selected || mark.hovered));
        self.radius_px(person, view) + rings * view.pixels_per_point
    }

    /// Radius of an average person in pixels.
    pub fn average_radius_px(&self, view: &View) -> f32 {
        let points = view.pixels_per_point;
        let ideal = RADIUS_SHARE * self.spacing * view.scale / points;
        ideal.clamp(*RADIUS_PT.start(), *RADIUS_PT.end()) * points
    }

    /// The scene seen from `view`: shapes of neighborhoods, ties, people, then names and legend where the look wants them.
    /// O(people + ties).
    pub fn sheet(&self, view: &View) -> Sheet {
        let palette = Palette::of(self.theme);
        let Sheet { size_px, background, mut marks } = self.ground(view);
        marks.extend(self.tie_marks(view));
        marks.extend(self.arrow_marks(view, palette.background));
        marks.extend(self.crowd_mark(view));
        marks.extend(self.person_marks(view, palette));
        let points = view.pixels_per_point;
        let card = self.legend.size().map(|it| it * points);
        let corner = [CORNER_PT * points, view.size_px[1] as f32 - CORNER_PT * points - card[1]];
        let with_legend = self.with_legend && !self.people.is_empty();
        if self.labels {
            // A name half under the legend's card would be no use.
            let hidden = |min: Point, size: Point| {
                with_legend && min[0] < corner[0] + card[0] && min[1] + size[1] > corner[1]
            };
            let hulls = hulls::place(self, view, font::width).into_iter();
            let hulls = hulls.filter(|label| !hidden(label.min, label.size));
            marks.extend(hulls.flat_map(|label| label.marks(palette)));
            marks.extend(self.label_marks(view, palette, hidden));
        }
        if with_legend {
            marks.extend(self.legend.marks(self.theme, corner, points));
        }
        Sheet { size_px, background, marks }
    }

    /// What lies below ties and people.
    pub fn ground(&self, view: &View) -> Sheet {
        let background = Palette::of(self.theme).background;
        Sheet { size_px: view.size_px, background, marks: self.hull_marks(view) }
    }

    /// Up to three layers: ties that stand back, ordinary ties, lit ties.
    fn tie_marks(&self, view: &View) -> Vec<Mark> {
        let points = view.pixels_per_point;
        let place = |it: PersonIndex| view.to_screen(self.people[it as usize].at);
        let stroke = |tie: &TieMark| tie.stroke([tie.influencer, tie.audience].map(place), points);
        let layer = |(number, opacity): (usize, f32)| {
            let strokes: Vec<_> = self
                .staying(|tie| self.is_drawn(tie, view))
                .filter(|tie| tie.layer() == number)
                .map(stroke)
                .filter(|it| crosses([it.from, it.to], it.width, view))
                .collect();
            (!strokes.is_empty()).then_some(Mark::Ties { strokes, opacity })
        };
        self.opacities(view).into_iter().enumerate().filter_map(layer).collect()
    }

    /// Opacity of one tie of weight 1 in each layer: ties that stand back, ordinary ones, lit ones.
    pub fn opacities(&self, view: &View) -> [f32; TIE_LAYERS] {
        let opacity = self.tie_opacity(view);
        [opacity * 0.3, opacity, 0.85]
    }

    /// Numbers of the ties that are drawn in the view, ascending; `None` when there are more than `most`,
    /// where no line could be told from its neighbors. O(ties drawn, wherever one looks).
    pub fn ties_in(&self, view: &View, most: usize) -> Option<Vec<u32>> {
        let place = |it: PersonIndex| view.to_screen(self.people[it as usize].at);
        let reaches =
            |tie: &&TieMark| crosses([tie.influencer, tie.audience].map(place), tie.width, view);
        let drawn = self.by_staying().take_while(|tie| self.is_drawn(tie, view));
        let mut numbers: Vec<u32> =
            drawn.filter(reaches).map(|tie| tie.number).take(most + 1).collect();
        numbers.sort_unstable();
        (numbers.len() <= most).then_some(numbers)
    }

    /// Opacity of one tie: the more ink a pixel would carry on average, the fainter each tie, so
    /// that a hairball fades. It depends on the view's scale only and holds still while panning.
    fn tie_opacity(&self, view: &View) -> f32 {
        (0.13 / self.layers(view).max(1e-6)).clamp(0.045, 0.6) * self.tie_fading(view)
    }

    fn person_marks<'a>(
        &'a self,
        view: &'a View,
        palette: &'a Palette,
    ) -> impl Iterator<Item = Mark> + 'a {
        let points = view.pixels_per_point;
        let on_canvas = move |&person: &PersonIndex| {
            view.shows(view.to_screen(self.people[person as usize].at), 40.0 * points)
        };
        self.back_to_front(self.with_discs(view)).filter(on_canvas).flat_map(move |person| {
            let mark = &self.people[person as usize];
            let radius = self.radius_px(person, view);
            let fineness = self.fineness(mark, view);
            mark.marks(view.to_screen(mark.at), radius, fineness, palette).into_iter().flatten()
        })
    }

    /// Those who have discs in a view, the most important first: everyone, or where all others are a
    /// crowd those who are marked.
    pub(super) fn with_discs(&self, view: &View) -> &[PersonIndex] {
        let everyone = self.by_importance();
        if self.crowding(view) < 1.0 {
            return everyone;
        }
        let is_marked = |&it: &PersonIndex| self.people[it as usize].is_marked();
        &everyone[..everyone.partition_point(is_marked)]
    }

    /// Pixels per point, and a person's opacity.
    pub(super) fn fineness(&self, mark: &PersonMark, view: &View) -> (f32, f32) {
        let opacity = if mark.is_marked() { 1.0 } else { self.people_opacity(view) };
        (view.pixels_per_point, opacity)
    }

    /// Those who are visible of the given people, the hindmost first; those who stand back lie below everyone else.
    pub(super) fn back_to_front(
        &self,
        by_importance: &[PersonIndex],
    ) -> impl Iterator<Item = PersonIndex> {
        let front_last = move |dimmed: bool| {
            by_importance.iter().rev().copied().filter(move |&it| {
                let mark = &self.people[it as usize];
                !mark.hidden && mark.dimmed == dimmed
            })
        };
        front_last(true).chain(front_last(false))
    }

    fn label_marks(
        &self,
        view: &View,
        palette: &Palette,
        hidden: impl Fn(Point, Point) -> bool,
    ) -> Vec<Mark> {
        let points = view.pixels_per_point;
        // One name per so much canvas keeps the map calm.
        let area = view.size_px[0] as f32 / points * (view.size_px[1] as f32 / points);
        let most = whole(area / 9000.0).clamp(8, 200);
        let lit = |person: PersonIndex| !self.people[person as usize].dimmed;
        labels::place(self, view, most, font::width)
            .into_iter()
            .filter(|label| lit(label.person) && !hidden(label.min, label.size))
            .map(|label| Mark::Text {
                at: label.baseline(),
                size: label.font_px,
                anchor: Anchor::Start,
                color: if label.strong { palette.ink } else { palette.muted_ink }
                    .faded(label.opacity),
                halo: palette.background.faded(0.85 * label.opacity),
                upright: false,
                text: label.text,
            })
            .collect()
    }
}

impl TieMark {
    /// The layer that the tie lies in, the lowest first.
    pub(super) fn layer(&self) -> usize {
        match () {
            () if self.dimmed => 0,
            () if !self.lit => 1,
            () => 2,
        }
    }

    /// The tie between two pixels.
    pub(super) fn stroke(&self, [from, to]: [Point; 2], points: f32) -> TieStroke {
        TieStroke {
            from,
            to,
            color: self.color,
            width: self.width * points * if self.lit { 1.4 } else { 1.0 },
            weight: if self.lit { 1.0 } else { self.weight },
            dashed: self.inferred,
        }
    }
}

impl PersonMark {
    /// Whether the person stands out from all others, from however far one looks.
    pub(super) fn is_marked(&self) -> bool {
        self.seed || self.selected || self.hovered
    }

    pub(super) fn marks(
        &self,
        center: Point,
        radius: f32,
        (points, opacity): (f32, f32),
        palette: &Palette,
    ) -> [Option<Mark>; 3] {
        let node = |radius: f32, fill, outline, outline_width| Mark::Node {
            shape: self.shape,
            center,
            radius,
            fill,
            outline,
            outline_width,
        };
        // A rim in the color of the ground keeps neighboring discs apart.
        let rim = (radius * 0.22).clamp(0.5 * points, 1.4 * points);
        let rim_color = palette.background.faded(opacity);
        let fill = self.fill(palette.background).faded(opacity);
        let body = node(radius, fill, rim_color, rim);
        // The gap between the person and a ring is filled with ground.
        let ring = |rings_inside: f32, color| {
            let ring_radius =
                radius + (RING_PT * (rings_inside + 1.0) - RING_WIDTH_PT / 2.0) * points;
            node(ring_radius, palette.background, color, RING_WIDTH_PT * points)
        };
        let chosen = (self.selected || self.hovered)
            .then(|| ring(f32::from(u8::from(self.seed)), palette.accent));
        let seed =
            self.seed.then(|| ring(0.0, if self.dimmed { palette.muted_ink } else { palette.ink }));
        [chosen, seed, Some(body)]
    }

    /// The color that the person is filled with on this ground.
    pub(super) fn fill(&self, ground: Color) -> Color {
        if self.dimmed { self.color.mixed(ground, 0.75) } else { self.color }
    }
}

fn crosses([from, to]: [Point; 2], width: f32, view: &View) -> bool {
    (0..2).all(|axis| {
        let (a, b) = (from[axis], to[axis]);
        a.max(b) >= -width && a.min(b) <= view.size_px[axis] as f32 + width
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
fn whole(count: f32) -> usize {
    count as usize
}
