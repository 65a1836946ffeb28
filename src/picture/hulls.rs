//! Neighborhoods as soft shapes under the people, with their names when one looks from afar.

use rayon::prelude::*;

use super::Point;
use super::coloring::{hues_of_neighborhoods, neighborhoods};
use super::detail::{mixed, smooth};
use super::font;
use super::labels::display_name;
use super::look::{ColorBy, Look, Overlay};
use super::mark::{Anchor, Color, Mark};
use super::outline;
use super::palette::Palette;
use super::scene::{PersonMark, Scene};
use super::view::View;

/// A neighborhood as a shape on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct HullMark {
    /// Its number.
    pub group: u32,
    /// Its name, as told.
    pub name: String,
    /// Visible people in it.
    pub people: usize,
    /// Share of them, in 0..=1, that has adopted; `None` where that is not known.
    pub level: Option<f64>,
    /// Solid color.
    pub color: Color,
    /// Closed outlines in world units, the largest part first.
    pub outlines: Vec<Vec<Point>>,
    /// Those parts of the outlines that lie below the level, as water stands in a glass.
    full: Vec<Vec<Point>>,
    /// Area of all of them, in square world units.
    area: f32,
    /// Lowest and highest corner around the largest part.
    bounds: [Point; 2],
}

/// Shapes drawn at most: those of the largest neighborhoods.
const MOST: usize = 60;
/// Opacity of a shape from afar and from near, of its rim, and of what is full of it.
const FILL: [f32; 2] = [0.17, 0.085];
const RIM: f32 = 0.38;
const FULL: [f32; 2] = [0.34, 0.07];
/// A shape wider than this part of the canvas is no longer seen as one: names of people take over.
const NEAR: f32 = 0.55;
/// People whom a name may cover: the shape of a neighborhood in the thick of it has none.
const MOST_COVERED: usize = 2;
/// Most people who are asked whether a name covers them.
const MOST_ASKED: usize = 20_000;
/// Narrowest and lowest shape, in points, that a name is put to.
const SMALLEST_NAMED: f32 = 34.0;

/// Shapes of the neighborhoods as `look` and `overlay` ask, the largest first. None where there is
/// but one: a line around everybody parts nobody. O(people + cells of each shape's grid).
pub(super) fn hulls(
    people: &[PersonMark],
    look: &Look,
    overlay: &Overlay<'_>,
    spacing: f32,
) -> Vec<HullMark> {
    let Some(groups) = neighborhoods(overlay, people.len()).filter(|_| look.hulls) else {
        return Vec::new();
    };
    let palette = Palette::of(look.theme);
    let hues = hues_of_neighborhoods(groups, palette);
    let colored = look.color == ColorBy::Neighborhood;
    let mut places: Vec<(u32, Vec<Point>)> =
        (0..).zip(vec![Vec::new(); groups.names.len()]).collect();
    for (person, group) in people.iter().zip(&groups.of) {
        if let (Some(group), false) = (group, person.hidden) {
            places[*group as usize].1.push(person.at);
        }
    }
    places.retain(|(_, places)| places.len() >= outline::FEWEST);
    if places.len() < 2 {
        return Vec::new();
    }
    places.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
    places.truncate(MOST);
    let level =
        |group: u32| overlay.levels.get(group as usize).copied().filter(|level| level.is_finite());
    let hull = |(group, places): (u32, Vec<Point>)| {
        let outlines = outline::around(&places, spacing);
        let first = outlines.first()?;
        let level = level(group);
        Some(HullMark {
            name: groups.names[group as usize].clone(),
            people: places.len(),
            full: level.map_or_else(Vec::new, |it| outline::filled(&outlines, it)),
            level,
            color: hues[group as usize].filter(|_| colored).unwrap_or(palette.other),
            area: outlines.iter().map(|it| outline::doubled_area(it).abs() / 2.0).sum(),
            bounds: bounds(first),
            outlines,
            group,
        })
    };
    places.into_par_iter().filter_map(hull).collect()
}

fn bounds(line: &[Point]) -> [Point; 2] {
    let end = |from: f32, better: fn(f32, f32) -> f32| -> Point {
        std::array::from_fn(|axis| line.iter().map(|it| it[axis]).fold(from, better))
    };
    [end(f32::INFINITY, f32::min), end(f32::NEG_INFINITY, f32::max)]
}

impl HullMark {
    /// Middle of its largest part, from side to side and from top to bottom.
    pub fn middle(&self) -> Point {
        std::array::from_fn(|axis| f32::midpoint(self.bounds[0][axis], self.bounds[1][axis]))
    }

    /// What is said under the name: "42 people · 31 % filled".
    pub fn detail(&self) -> String {
        let people = crate::words::people(self.people);
        match self.level {
            Some(level) => format!("{people} · {:.0} % filled", 100.0 * level),
            None => people,
        }
    }

    /// Width and height of its largest part on the canvas.
    fn extent(&self, view: &View) -> Point {
        std::array::from_fn(|axis| (self.bounds[1][axis] - self.bounds[0][axis]) * view.scale)
    }
}

impl Scene {
    /// The neighborhood whose shape lies under a world point; of several the smallest shape.
    pub fn hull_at(&self, at: Point) -> Option<&HullMark> {
        let around = self
            .hulls
            .iter()
            .filter(|hull| hull.outlines.iter().any(|line| outline::holds(line, at)));
        around.min_by(|a, b| a.area.total_cmp(&b.area))
    }

    /// The shapes as marks, to lie under everything else.
    pub(super) fn hull_marks(&self, view: &View) -> Vec<Mark> {
        let points = view.pixels_per_point;
        let canvas = view.size_px.map(|it| it as f32);
        let near = self.nearness(view);
        let [ground, level] = [FILL, FULL].map(|[far, close]| mixed(far, close, near));
        let mut marks = Vec::new();
        for hull in &self.hulls {
            // A rim across the whole canvas would only look like a long tie.
            let far = (0..2).any(|axis| hull.extent(view)[axis] < canvas[axis]);
            for line in &hull.outlines {
                let line: Vec<Point> = line.iter().map(|&it| view.to_screen(it)).collect();
                let seen = (0..2).all(|axis| {
                    let [low, high] = bounds(&line);
                    high[axis] >= 0.0 && low[axis] <= canvas[axis]
                });
                if !seen {
                    continue;
                }
                let rim = far.then(|| Mark::Line {
                    points: line.iter().chain(line.first()).copied().collect(),
                    color: hull.color.faded(RIM),
                    width: points,
                    dashed: false,
                });
                marks.push(Mark::Area { points: line, fill: hull.color.faded(ground) });
                marks.extend(rim);
            }
            marks.extend(hull.full.iter().map(|part| Mark::Area {
                points: part.iter().map(|&it| view.to_screen(it)).collect(),
                fill: hull.color.faded(level),
            }));
        }
        marks
    }
}

/// A neighborhood's name and its place on the canvas.
#[derive(Clone, Debug, PartialEq)]
pub struct HullLabel {
    /// Number of the neighborhood.
    pub group: u32,
    /// The name as shown.
    pub name: String,
    /// What is said under it.
    pub detail: String,
    /// The world point beside which it was placed.
    pub anchor: Point,
    /// Upper left corner of its box, in pixels.
    pub min: Point,
    /// Width and height of its box, in pixels.
    pub size: Point,
    /// Font size (one em) of the name and of what is under it, in pixels.
    pub font_px: [f32; 2],
    /// Color of the name.
    pub color: Color,
}

const NAME_PT: f32 = 13.0;
const DETAIL_PT: f32 = 10.5;
/// Height of a line in em.
const LINE_EM: f32 = 1.2;

/// Places the names of neighborhoods whose shapes are small enough on the canvas to be seen whole:
/// above their shape or below it, wherever hardly anybody is covered, the largest neighborhood
/// first, none touching another. `measure` as in [`super::labels::place`].
pub fn place(
    scene: &Scene,
    view: &View,
    mut measure: impl FnMut(&str, f32) -> f32,
) -> Vec<HullLabel> {
    let points = view.pixels_per_point;
    let canvas = view.size_px.map(|it| it as f32);
    let palette = Palette::of(scene.theme);
    let mut labels: Vec<HullLabel> = Vec::new();
    if scene.hulls.is_empty() {
        return labels;
    }
    let discs = discs(scene, view);
    let covered = |min: Point, size: Point| -> usize {
        let under =
            |at: Point| (0..2).all(|axis| (min[axis]..=min[axis] + size[axis]).contains(&at[axis]));
        let price = |marked: bool| if marked { 1 + MOST_COVERED } else { 1 };
        discs.iter().filter(|it| under(it.0)).map(|it| price(it.1)).sum()
    };
    let near = scene.nearness(view);
    let from_afar = 1.0 - smooth(0.4, 0.9, near);
    // Where people fade a name may lie on them, as long as it stays within its neighborhood.
    let most_covered = if from_afar > 0.0 { usize::MAX } else { MOST_COVERED };
    let largest = scene.hulls.iter().map(|it| it.people).max().unwrap_or(1).max(1);
    for hull in &scene.hulls {
        let extent = hull.extent(view);
        let is_near = (0..2).any(|axis| extent[axis] > NEAR * canvas[axis]);
        let smallest = SMALLEST_NAMED * points;
        let name = display_name(&hull.name);
        if is_near || extent[0].max(extent[1]) < smallest || name.is_empty() {
            continue;
        }
        let detail = hull.detail();
        // From afar a large neighborhood has a large name.
        let part = (hull.people as f32 / largest as f32).sqrt();
        let name_pt = mixed(NAME_PT - 1.0 + 6.0 * part, NAME_PT, near);
        let font_px = [name_pt * points, DETAIL_PT * points];
        let width = measure(&name, font_px[0]).max(measure(&detail, font_px[1]));
        let size = [width, LINE_EM * (font_px[0] + font_px[1])];
        let anchor = hull.middle();
        let [x, y] = view.to_screen(anchor);
        let away = extent[1] / 2.0 + 2.0 * points;
        let left = x - width / 2.0;
        let tops = [y - away - size[1], y + away];
        let middle = y - size[1] / 2.0;
        let outside = tops.map(|top| [left, top]);
        let inside_it = (from_afar > 0.0).then_some([left, middle]);
        let places = inside_it.into_iter().chain(outside);
        let inside = |min: &Point| {
            (0..2).all(|axis| min[axis] >= 0.0 && min[axis] + size[axis] <= canvas[axis])
        };
        let free = |min: &Point| {
            labels.iter().all(|other| {
                (0..2).any(|axis| {
                    min[axis] >= other.min[axis] + other.size[axis]
                        || other.min[axis] >= min[axis] + size[axis]
                })
            })
        };
        let fitting = places.filter(|min| inside(min) && free(min));
        let best = fitting.map(|min| (covered(min, size), min)).min_by_key(|it| it.0);
        let Some((_, min)) = best.filter(|it| it.0 <= most_covered) else { continue };
        let color = hull.color.mixed(palette.ink, 0.45);
        labels.push(HullLabel {
            group: hull.group,
            name,
            detail,
            anchor,
            min,
            size,
            font_px,
            color,
        });
    }
    labels
}

/// Where people are on the canvas, and whether they are marked. Of a crowd some stand for all.
fn discs(scene: &Scene, view: &View) -> Vec<(Point, bool)> {
    let visible = scene.people.par_iter().filter(|it| !it.hidden);
    let places = visible.map(|it| (view.to_screen(it.at), it.is_marked()));
    let everyone: Vec<_> = places.filter(|&(at, _)| view.shows(at, 0.0)).collect();
    let step = everyone.len().div_ceil(MOST_ASKED).max(1);
    let asked = everyone.iter().enumerate();
    asked.filter(|(at, it)| it.1 || at % step == 0).map(|(_, &it)| it).collect()
}

impl HullLabel {
    /// Height of its two lines, in points.
    pub(super) const HEIGHT_PT: f32 = LINE_EM * (NAME_PT + DETAIL_PT);

    /// Its two lines as marks.
    pub(super) fn marks(self, palette: &Palette) -> [Mark; 2] {
        let middle = self.min[0] + self.size[0] / 2.0;
        let line = |text: String, line: usize, color: Color| {
            let above: f32 = self.font_px[..line].iter().sum();
            let center = self.min[1] + LINE_EM * (above + self.font_px[line] / 2.0);
            Mark::Text {
                at: [middle, center + font::CAP_HEIGHT * self.font_px[line] / 2.0],
                text,
                size: self.font_px[line],
                anchor: Anchor::Middle,
                color,
                halo: palette.background.faded(0.85),
                upright: false,
            }
        };
        [line(self.name, 0, self.color), line(self.detail, 1, palette.muted_ink)]
    }
}
