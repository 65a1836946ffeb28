//! Names on the map: which are shown, where, and as what text.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Point;
use super::font;
use super::scene::Scene;
use super::view::View;
use crate::network::PersonIndex;

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
    /// True for the few that should stand out: seeds, the selected and the most important.
    pub strong: bool,
}

impl PlacedLabel {
    /// Where the text's baseline starts.
    pub fn baseline(&self) -> Point {
        let middle = self.min[1] + self.size[1] / 2.0;
        [self.min[0], middle + font::CAP_HEIGHT * self.font_px / 2.0]
    }

    fn touches(&self, other: &Self) -> bool {
        (0..2).all(|axis| {
            self.min[axis] < other.min[axis] + other.size[axis]
                && other.min[axis] < self.min[axis] + self.size[axis]
        })
    }
}

/// How many of the most important people have a strong label.
const STRONG: usize = 12;
const STRONG_PT: f32 = 13.5;
const PLAIN_PT: f32 = 11.5;
/// Height of a label's box in em, which leaves a little air between lines.
const LINE_EM: f32 = 1.3;

/// Places names by importance, none touching another or the disc of a more important person:
/// as many as fit, `most` at the most.
///
/// `measure` says how wide a text is at a font size (both in pixels), so that the window and an
/// exported picture, which may shape text differently, share one placement; exported pictures
/// pass [`font::width`]. Importance alone decides who gives way, and people just outside the
/// canvas take part too, so that labels hold still while the map is panned.
/// O(people + labels), through a grid of boxes.
pub fn place(
    scene: &Scene,
    view: &View,
    most: usize,
    mut measure: impl FnMut(&str, f32) -> f32,
) -> Vec<PlacedLabel> {
    let points = view.pixels_per_point;
    // Room for a label of the longest name to stick into the canvas from outside.
    let margin = 220.0 * points;
    let mut taken = Taken::new(view, margin);
    let mut labels = Vec::new();
    let mut strong_left = STRONG;
    for &person in scene.by_importance() {
        if labels.len() >= most {
            break;
        }
        let mark = &scene.people[person as usize];
        let at = view.to_screen(mark.at);
        if mark.hidden || !view.shows(at, margin) {
            continue;
        }
        let radius = scene.radius_px(person, view);
        let text = display_name(&mark.name);
        let ranked = strong_left > 0 && mark.importance > 0.0;
        strong_left = strong_left.saturating_sub(1);
        let strong = mark.seed || mark.selected || mark.hovered || ranked;
        let font_px = if strong { STRONG_PT } else { PLAIN_PT } * points;
        let size = [measure(&text, font_px), LINE_EM * font_px];
        let label = |min| PlacedLabel { person, text: text.clone(), min, size, font_px, strong };
        let free = sides(at, size, radius + 3.0 * points)
            .into_iter()
            .map(label)
            .find(|label| !text.is_empty() && taken.is_free(label));
        taken.add(PlacedLabel {
            min: [at[0] - radius, at[1] - radius],
            size: [2.0 * radius; 2],
            ..label([0.0; 2])
        });
        if let Some(label) = free {
            taken.add(label.clone());
            if view.shows(at, 0.0) {
                labels.push(label);
            }
        }
    }
    labels
}

/// Where a box of `size` may go beside a disc: right, left, below, above.
fn sides(center: Point, size: Point, away: f32) -> [Point; 4] {
    let [x, y] = center;
    let middle = [x - size[0] / 2.0, y - size[1] / 2.0];
    [
        [x + away, middle[1]],
        [x - away - size[0], middle[1]],
        [middle[0], y + away - size[1] * 0.15],
        [middle[0], y - away - size[1] * 0.85],
    ]
}

/// Boxes that are taken, sorted into square cells.
struct Taken {
    boxes: Vec<PlacedLabel>,
    cells: Vec<Vec<usize>>,
    columns: usize,
    rows: usize,
    origin: f32,
}

const CELL_PX: f32 = 64.0;

impl Taken {
    fn new(view: &View, margin: f32) -> Self {
        let count = |axis: usize| cell(view.size_px[axis] as f32 + 2.0 * margin) + 1;
        let (columns, rows) = (count(0), count(1));
        Self {
            boxes: Vec::new(),
            cells: vec![Vec::new(); columns * rows],
            columns,
            rows,
            origin: -margin,
        }
    }

    fn is_free(&self, label: &PlacedLabel) -> bool {
        self.cells_of(label)
            .all(|cell| self.cells[cell].iter().all(|&other| !self.boxes[other].touches(label)))
    }

    fn add(&mut self, label: PlacedLabel) {
        let cells: Vec<_> = self.cells_of(&label).collect();
        for cell in cells {
            self.cells[cell].push(self.boxes.len());
        }
        self.boxes.push(label);
    }

    /// Cells that a box covers; beyond the border the nearest cells stand in.
    fn cells_of(&self, label: &PlacedLabel) -> impl Iterator<Item = usize> + use<> {
        let range = |axis: usize, count: usize| {
            let first = cell(label.min[axis] - self.origin).min(count - 1);
            let last = cell(label.min[axis] + label.size[axis] - self.origin).min(count - 1);
            first..=last
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
        } else if !letter.is_control() && !is_direction_mark(letter) {
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

fn is_direction_mark(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
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
