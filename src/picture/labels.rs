//! Names on the map: which are shown, where, and as what text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Point;
use super::font;
use super::hulls;
use super::scene::Scene;
use super::view::View;
use crate::network::PersonIndex;
use crate::words::is_unseen;

/// Letters that a name on the map may have before it is shortened with "…".
pub const LONGEST_NAME: usize = 28;

/// A name and its place on the canvas.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedLabel {
    /// Whose name it is.
    pub person: PersonIndex,
    /// The name as shown.
    pub text: String,
    /// Upper left corner of its box, in pixels.
    pub min: Point,
    /// Width and height of its box, in pixels.
    pub size: Point,
    /// Font size (one em) in pixels.
    pub font_px: f32,
    /// Opacity in 0..=1: from afar ordinary names fade away.
    pub opacity: f32,
    /// True for the few that should stand out: seeds, the selected and the most important.
    pub strong: bool,
}

impl PlacedLabel {
    /// Where the text's baseline starts.
    pub fn baseline(&self) -> Point {
        let middle = self.min[1] + self.size[1] / 2.0;
        [self.min[0], middle + font::CAP_HEIGHT * self.font_px / 2.0]
    }
}

/// How many of the most important people have a strong label.
const STRONG: usize = 12;
const STRONG_PT: f32 = 13.5;
const PLAIN_PT: f32 = 11.5;
/// People considered per name wanted: whoever ranks lower stays unnamed even where there is room,
/// or a large map would name its rim and not its center.
const CANDIDATES: usize = 4;
/// Height of a label's box in em, which leaves a little air between lines.
const LINE_EM: f32 = 1.3;
/// Room between two names on a line, in em: more than between two words.
const BETWEEN_EM: f32 = 0.5;

/// Places names by importance, none touching another: as many as fit, `most` at the most.
///
/// The few strong names take the side of their person on which they cover the fewest others, and
/// never a seed or a selected person; all other names are shown only where they cover nobody, so
/// that a dense map stays a map. `measure` says how wide a text is at a font size (both in
/// pixels), so that the window and an exported picture, which may shape text differently, share
/// one placement; exported pictures pass [`font::width`]. Importance alone decides who gives way,
/// and people just outside the canvas take part too, so that names hold still while the map is
/// panned. O(people + labels), through a grid of boxes.
pub fn place(
    scene: &Scene,
    view: &View,
    most: usize,
    mut measure: impl FnMut(&str, f32) -> f32,
) -> Vec<PlacedLabel> {
    let points = view.pixels_per_point;
    // Room for a label of the longest name to stick into the canvas from outside.
    let margin = 220.0 * points;
    let origin = view.to_screen([0.0; 2]).map(snapped);
    let on_canvas = |world: Point| -> Point {
        std::array::from_fn(|axis| snapped(world[axis] * view.scale) + origin[axis])
    };
    let near: Vec<(PersonIndex, Point, f32)> = scene
        .with_discs(view)
        .iter()
        .map(|&person| (person, on_canvas(scene.people[person as usize].at)))
        .filter(|&(person, at)| !scene.people[person as usize].hidden && view.shows(at, margin))
        .map(|(person, at)| (person, at, scene.outer_radius_px(person, view)))
        .collect();
    let mut discs = Grid::new(view, margin);
    for &(person, at, radius) in &near {
        let mark = &scene.people[person as usize];
        let reserved = mark.seed || mark.selected || mark.hovered;
        discs.add(Disc { center: at, radius, reserved }, Bounds::around(at, 0.0));
    }
    let widest = near.iter().map(|it| it.2).fold(0.0, f32::max);
    // The most important few, unless many are equally important.
    let runner_up = scene.by_importance().get(STRONG);
    let strong_above = runner_up.map_or(0.0, |&it| scene.people[it as usize].importance);
    let middle = on_canvas(scene.middle);
    let mut taken = Grid::new(view, margin);
    // Names of neighborhoods come first: from afar they say more than any other.
    for label in hulls::place(scene, view, &mut measure) {
        let bounds = Bounds { min: label.min, size: label.size };
        taken.add(bounds, bounds);
    }
    let plain_opacity = scene.name_opacity(view);
    let ranked_opacity = 1.0 - scene.crowding(view);
    let mut labels = Vec::new();
    for &(person, at, radius) in near.iter().take(CANDIDATES * most) {
        if labels.len() >= most {
            break;
        }
        let mark = &scene.people[person as usize];
        let ranked = mark.importance > strong_above;
        let strong = mark.is_marked() || ranked;
        let opacity = match () {
            () if mark.is_marked() => 1.0,
            () if ranked => ranked_opacity,
            () => plain_opacity,
        };
        if opacity <= 0.0 {
            continue;
        }
        let font_px = if strong { STRONG_PT } else { PLAIN_PT } * points;
        let outward = [at[0] >= middle[0], at[1] >= middle[1]];
        let away = snapped(radius + 3.0 * points);
        let places = |size| sides(at, size, away, outward).map(|min| Bounds { min, size });
        let cost = |bounds: &Bounds| -> Option<usize> {
            let aired = bounds.grown([snapped(BETWEEN_EM * font_px), 0.0]);
            let free = taken.touching(aired).all(|&other: &Bounds| !other.touches(aired));
            let near = bounds.grown([widest; 2]);
            let mut covered = discs.in_cells(near).filter(|disc| disc.lies_under(*bounds));
            if !free || (!strong && covered.next().is_some()) {
                return None;
            }
            let price = covered.map(|it| if it.reserved { 1000 } else { 1 }).sum();
            (price < 1000).then_some(price)
        };
        // Most people in a dense map have no room even for a name of one letter; their names
        // need not be measured.
        let height = snapped(LINE_EM * font_px);
        if !places([snapped(font_px / 2.0), height]).iter().any(|it| cost(it).is_some()) {
            continue;
        }
        let text = display_name(&mark.name);
        let best = places([snapped(measure(&text, font_px)), height])
            .into_iter()
            .filter_map(|bounds| cost(&bounds).map(|cost| (cost, bounds)))
            .min_by_key(|&(cost, _)| cost);
        if let Some((_, bounds)) = best.filter(|_| !text.is_empty()) {
            taken.add(bounds, bounds);
            let Bounds { min, size } = bounds;
            if view.shows(at, 0.0) {
                labels.push(PlacedLabel { person, text, min, size, font_px, opacity, strong });
            }
        }
    }
    labels
}

/// On a grid of eighths of a pixel sums and differences are exact, so that no rounding decides
/// between two places of a name differently while the map is panned.
fn snapped(pixels: f32) -> f32 {
    (pixels * 8.0).round() / 8.0
}

/// Where a box of `size` may go beside a disc: to the sides first, outwards before inwards
/// (`outward`: whether the middle of the map lies to the left, and above).
fn sides(center: Point, size: Point, away: f32, outward: [bool; 2]) -> [Point; 4] {
    let [x, y] = center;
    let middle = [x - size[0] / 2.0, y - size[1] / 2.0];
    let right = [x + away, middle[1]];
    let left = [x - away - size[0], middle[1]];
    let overlap = snapped(size[1] * 0.15);
    let below = [middle[0], y + away - overlap];
    let above = [middle[0], y - away - size[1] + overlap];
    let (near, far) = if outward[0] { (right, left) } else { (left, right) };
    let (next, last) = if outward[1] { (below, above) } else { (above, below) };
    [near, far, next, last]
}

/// A box on the canvas.
#[derive(Clone, Copy)]
struct Bounds {
    min: Point,
    size: Point,
}

impl Bounds {
    fn around(center: Point, radius: f32) -> Self {
        Self { min: center.map(|it| it - radius), size: [2.0 * radius; 2] }
    }

    fn grown(self, by: Point) -> Self {
        let [width, height] = self.size;
        Self {
            min: [self.min[0] - by[0], self.min[1] - by[1]],
            size: [width + 2.0 * by[0], height + 2.0 * by[1]],
        }
    }

    fn touches(self, other: Self) -> bool {
        (0..2).all(|axis| {
            self.min[axis] < other.min[axis] + other.size[axis]
                && other.min[axis] < self.min[axis] + self.size[axis]
        })
    }
}

struct Disc {
    center: Point,
    radius: f32,
    /// True when no name may cover it.
    reserved: bool,
}

impl Disc {
    fn lies_under(&self, bounds: Bounds) -> bool {
        let gap = |axis: usize| {
            let low = bounds.min[axis];
            self.center[axis] - self.center[axis].clamp(low, low + bounds.size[axis])
        };
        gap(0).hypot(gap(1)) < self.radius
    }
}

/// Things sorted into square cells of the canvas, each into all the cells it reaches.
struct Grid<T> {
    things: Vec<T>,
    cells: Vec<Vec<usize>>,
    columns: usize,
    rows: usize,
    origin: f32,
}

const CELL_PX: f32 = 64.0;

impl<T> Grid<T> {
    fn new(view: &View, margin: f32) -> Self {
        let count = |axis: usize| cell(view.size_px[axis] as f32 + 2.0 * margin) + 1;
        let (columns, rows) = (count(0), count(1));
        let cells = vec![Vec::new(); columns * rows];
        Self { things: Vec::new(), cells, columns, rows, origin: -margin }
    }

    /// Everything in the cells that `bounds` reaches, each thing once: how many cells it lies in
    /// depends on where the map is panned to, and must not count.
    fn touching(&self, bounds: Bounds) -> impl Iterator<Item = &T> {
        let cells = self.cells_of(bounds);
        let mut found: Vec<usize> = cells.flat_map(|cell| &self.cells[cell]).copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|it| &self.things[it])
    }

    /// Everything in the cells that `bounds` reaches, once for each of its cells there.
    fn in_cells(&self, bounds: Bounds) -> impl Iterator<Item = &T> {
        let cells = self.cells_of(bounds);
        cells.flat_map(|cell| &self.cells[cell]).map(|&it| &self.things[it])
    }

    fn add(&mut self, thing: T, bounds: Bounds) {
        for cell in self.cells_of(bounds) {
            self.cells[cell].push(self.things.len());
        }
        self.things.push(thing);
    }

    /// Cells that a box covers; beyond the border the nearest cells stand in.
    fn cells_of(&self, bounds: Bounds) -> impl Iterator<Item = usize> + use<T> {
        let range = |axis: usize, count: usize| {
            let low = bounds.min[axis] - self.origin;
            cell(low).min(count - 1)..=cell(low + bounds.size[axis]).min(count - 1)
        };
        let (columns, across) = (self.columns, range(0, self.columns));
        range(1, self.rows)
            .flat_map(move |row| across.clone().map(move |column| row * columns + column))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "negative becomes 0")]
fn cell(offset: f32) -> usize {
    (offset / CELL_PX).max(0.0) as usize
}

/// A name as a picture shows it: composed letters, single spaces, no control or direction marks
/// (which could reorder the text around it), at most two accents per letter, and no longer than
/// [`LONGEST_NAME`].
pub fn display_name(name: &str) -> String {
    let mut text = String::new();
    let mut letters = 0;
    let mut accents = 0;
    for letter in name.nfc() {
        if is_combining_mark(letter) {
            accents += 1;
            if accents <= 2 {
                text.push(letter);
            }
        } else if letter.is_whitespace() {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
                letters += 1;
            }
        } else if !is_unseen(letter) {
            if letters == LONGEST_NAME {
                // The last letter gives way to the ellipsis.
                while text.pop().is_some_and(is_combining_mark) {}
                return format!("{}…", text.trim_end());
            }
            text.push(letter);
            letters += 1;
            accents = 0;
        }
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_as_plain_short_text() {
        assert_eq!(display_name("  Ana\t Ruiz \n"), "Ana Ruiz");
        assert_eq!(display_name("evil\u{202e}gpj.exe"), "evilgpj.exe");
        assert_eq!(display_name("<b>Ana</b>"), "<b>Ana</b>");
        assert_eq!(display_name("Nguye\u{302}\u{303}n"), "Nguyễn");
        assert_eq!(display_name("\u{7}\u{200f}"), "");
    }

    #[test]
    fn long_names_keep_their_first_letters() {
        let shown = display_name(&"Wolfeschlegelsteinhausenbergerdorff ".repeat(9));
        assert_eq!(shown, "Wolfeschlegelsteinhausenber…");
        assert_eq!(shown.chars().count(), LONGEST_NAME);
        let exact = "a".repeat(LONGEST_NAME);
        assert_eq!(display_name(&exact), exact);
        let accents = format!("e{}", "\u{301}\u{302}\u{303}\u{304}".repeat(200));
        assert!(display_name(&accents).chars().count() <= 3);
    }
}
