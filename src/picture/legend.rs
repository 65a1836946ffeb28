//! What colors and shapes mean, as data and as a card on a picture.

use super::Point;
use super::font;
use super::look::Theme;
use super::mark::{Anchor, Color, Mark, Shape};
use super::palette::Palette;
use crate::words::grouped;

/// What colors, sizes and signs of a scene mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// Colors of people first, then sizes, ties and signs.
    pub parts: Vec<LegendPart>,
}

/// Entries about one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LegendPart {
    /// What they tell: "Neighborhoods", "Client".
    pub title: String,
    /// One entry per color or sign that occurs.
    pub entries: Vec<LegendEntry>,
}

/// One line of a legend.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendEntry {
    /// What it means.
    pub label: String,
    /// Its color.
    pub color: Color,
    /// How many people (or ties) have it, where they were counted.
    pub count: Option<usize>,
    /// What it looks like.
    pub swatch: Swatch,
}

/// What a legend entry looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Swatch {
    /// A person of this color.
    Disc,
    /// A person of this size, an average one being 1.
    Sized(f32),
    /// A ringed person: a seed.
    Ring,
    /// The owner of an export.
    Diamond,
    /// A tie this many points thick.
    Tie(f32),
    /// An inferred tie.
    DashedTie,
    /// A tie whose influence goes one way.
    Arrow,
    /// A neighborhood, filled up to this share.
    Filled(f32),
}

/// Distance of the card from the corner of a picture, in points.
pub(super) const CORNER_PT: f32 = 16.0;

const TITLE_PX: f32 = 12.5;
const ENTRY_PX: f32 = 11.5;
const ROW_PX: f32 = 19.0;
const PADDING_PX: f32 = 12.0;
const SWATCH_PX: f32 = 20.0;
const GAP_PX: f32 = 14.0;
const BETWEEN_PX: f32 = 6.0;
/// Radius of an average person among sizes.
const SIZED_PX: f32 = 3.6;

impl Legend {
    /// Width and height of the card in points.
    pub fn size(&self) -> Point {
        let row = |entry: &LegendEntry| {
            let count = entry.count.map_or(0.0, |it| GAP_PX + font::width(&grouped(it), ENTRY_PX));
            SWATCH_PX + font::width(&entry.label, ENTRY_PX) + count
        };
        let (mut widest, mut height) = (0.0, 2.0 * PADDING_PX - 4.0);
        for (number, part) in self.parts.iter().enumerate() {
            let title = font::width(&part.title, TITLE_PX);
            widest = part.entries.iter().map(row).fold(title, f32::max).max(widest);
            height += ROW_PX * (part.entries.len() + 1) as f32;
            height += if number == 0 { 0.0 } else { BETWEEN_PX };
        }
        [widest + 2.0 * PADDING_PX, height]
    }

    /// The card with its upper left corner at `at`, enlarged `scale` times.
    pub fn marks(&self, theme: Theme, at: Point, scale: f32) -> Vec<Mark> {
        let palette = Palette::of(theme);
        let [width, height] = self.size();
        let place = |x: f32, y: f32| [at[0] + x * scale, at[1] + y * scale];
        let frame = [place(0.0, 0.0), place(width, 0.0), place(width, height), place(0.0, height)];
        let mut marks = vec![
            Mark::Area { points: frame.to_vec(), fill: palette.surface.faded(0.92) },
            Mark::Line {
                points: frame.into_iter().chain([frame[0]]).collect(),
                color: palette.hairline,
                width: scale,
                dashed: false,
            },
        ];
        let text = |x, y, text: &str, size: f32, anchor, color| Mark::Text {
            at: place(x, y + font::CAP_HEIGHT * size / 2.0),
            text: text.to_owned(),
            size: size * scale,
            anchor,
            color,
            halo: Color::CLEAR,
            upright: false,
        };
        let mut y = PADDING_PX - ROW_PX / 2.0 - 3.0;
        for (number, part) in self.parts.iter().enumerate() {
            y += ROW_PX + if number == 0 { 0.0 } else { BETWEEN_PX };
            marks.push(text(PADDING_PX, y, &part.title, TITLE_PX, Anchor::Start, palette.ink));
            for entry in &part.entries {
                y += ROW_PX;
                let middle = PADDING_PX + 6.0;
                marks.extend(entry.swatch.marks(entry.color, palette, place(middle, y), scale));
                let left = PADDING_PX + SWATCH_PX;
                marks.push(text(left, y, &entry.label, ENTRY_PX, Anchor::Start, palette.ink));
                if let Some(count) = entry.count.map(grouped) {
                    let right = width - PADDING_PX;
                    marks.push(text(right, y, &count, ENTRY_PX, Anchor::End, palette.muted_ink));
                }
            }
        }
        marks
    }
}

impl Swatch {
    /// What stands before the words of an entry, some 16 points wide, around `center`.
    pub fn marks(self, color: Color, palette: &Palette, center: Point, scale: f32) -> Vec<Mark> {
        let [x, y] = center;
        let node = |shape, radius: f32, fill, outline, outline_width: f32| Mark::Node {
            shape,
            center,
            radius: radius * scale,
            fill,
            outline,
            outline_width: outline_width * scale,
        };
        let line = |width: f32, dashed| Mark::Line {
            points: vec![[x - 8.0 * scale, y], [x + 8.0 * scale, y]],
            color,
            width: width * scale,
            dashed,
        };
        match self {
            Self::Disc => vec![node(Shape::Disc, 5.0, color, Color::CLEAR, 0.0)],
            Self::Sized(size) => {
                vec![node(Shape::Disc, SIZED_PX * size, color, Color::CLEAR, 0.0)]
            }
            Self::Ring => vec![node(Shape::Disc, 5.0, Color::CLEAR, color, 2.0)],
            Self::Diamond => vec![node(Shape::Diamond, 5.0, palette.other, color, 1.5)],
            Self::Tie(width) => vec![line(width.max(0.8), false)],
            Self::DashedTie => vec![line(1.5, true)],
            Self::Arrow => {
                let head = [[8.0, 0.0], [2.0, -3.5], [2.0, 3.5]];
                let points = head.map(|it| [x + it[0] * scale, y + it[1] * scale]);
                vec![line(1.2, false), Mark::Area { points: points.to_vec(), fill: color }]
            }
            Self::Filled(share) => {
                let half = 6.0 * scale;
                let area = |top: f32, opacity: f32| Mark::Area {
                    points: vec![
                        [x - half, y + top],
                        [x + half, y + top],
                        [x + half, y + half],
                        [x - half, y + half],
                    ],
                    fill: color.faded(opacity),
                };
                vec![area(-half, 0.2), area(half - 2.0 * half * share, 0.45)]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_holds_its_texts() {
        let entry = |label: &str| LegendEntry {
            label: label.to_owned(),
            color: Color::hex(0x12_34_56),
            count: Some(1234),
            swatch: Swatch::Disc,
        };
        let part = |labels: &[&str]| LegendPart {
            title: "Client".to_owned(),
            entries: labels.iter().map(|it| entry(it)).collect(),
        };
        let legend = Legend { parts: vec![part(&["A", "A much longer label"]), part(&["B"])] };
        let [width, height] = legend.size();
        for mark in legend.marks(Theme::Light, [0.0, 0.0], 1.0) {
            if let Mark::Text { at, text, size, anchor: Anchor::Start, .. } = mark {
                assert!(at[0] + font::width(&text, size) < width && at[1] < height, "{text}");
            }
        }
    }
}
