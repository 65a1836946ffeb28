//! What colors and shapes mean, as data and as a card on a picture.

use super::Point;
use super::font;
use super::look::Theme;
use super::mark::{Anchor, Color, Mark, Shape};
use super::palette::Palette;
use crate::words::grouped;

/// What the colors of a scene mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// What the colors tell: "Neighborhoods", "Client".
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
    /// How many people (or ties) have it.
    pub count: usize,
    /// What it looks like.
    pub swatch: Swatch,
}

/// What a legend entry looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swatch {
    /// A person of this color.
    Disc,
    /// A ringed person: a seed.
    Ring,
    /// The owner of an export.
    Diamond,
    /// An observed tie.
    Tie,
    /// An inferred tie.
    DashedTie,
}

/// Distance of the card from the corner of a picture, in points.
pub(super) const CORNER_PT: f32 = 16.0;

const TITLE_PX: f32 = 12.5;
const ENTRY_PX: f32 = 11.5;
const ROW_PX: f32 = 19.0;
const PADDING_PX: f32 = 12.0;
const SWATCH_PX: f32 = 20.0;
const GAP_PX: f32 = 14.0;

impl Legend {
    /// Width and height of the card in points.
    pub fn size(&self) -> Point {
        let row = |entry: &LegendEntry| {
            SWATCH_PX
                + font::width(&entry.label, ENTRY_PX)
                + GAP_PX
                + font::width(&grouped(entry.count), ENTRY_PX)
        };
        let widest =
            self.entries.iter().map(row).fold(font::width(&self.title, TITLE_PX), f32::max);
        [
            widest + 2.0 * PADDING_PX,
            ROW_PX * (self.entries.len() + 1) as f32 + 2.0 * PADDING_PX - 4.0,
        ]
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
        let mut y = PADDING_PX + ROW_PX / 2.0 - 3.0;
        marks.push(text(PADDING_PX, y, &self.title, TITLE_PX, Anchor::Start, palette.ink));
        for entry in &self.entries {
            y += ROW_PX;
            let middle = PADDING_PX + 6.0;
            marks.push(entry.swatch.mark(entry.color, palette, place(middle, y), scale));
            let left = PADDING_PX + SWATCH_PX;
            marks.push(text(left, y, &entry.label, ENTRY_PX, Anchor::Start, palette.ink));
            let count = grouped(entry.count);
            let right = width - PADDING_PX;
            marks.push(text(right, y, &count, ENTRY_PX, Anchor::End, palette.muted_ink));
        }
        marks
    }
}

impl Swatch {
    fn mark(self, color: Color, palette: &Palette, center: Point, scale: f32) -> Mark {
        let node = |shape, fill, outline, outline_width| Mark::Node {
            shape,
            center,
            radius: 5.0 * scale,
            fill,
            outline,
            outline_width: outline_width * scale,
        };
        match self {
            Self::Disc => node(Shape::Disc, color, Color::CLEAR, 0.0),
            Self::Ring => node(Shape::Disc, Color::CLEAR, color, 2.0),
            Self::Diamond => node(Shape::Diamond, palette.other, color, 1.5),
            Self::Tie | Self::DashedTie => Mark::Line {
                points: vec![
                    [center[0] - 8.0 * scale, center[1]],
                    [center[0] + 8.0 * scale, center[1]],
                ],
                color,
                width: 1.5 * scale,
                dashed: self == Self::DashedTie,
            },
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
            count: 1234,
            swatch: Swatch::Disc,
        };
        let legend = Legend {
            title: "Client".to_owned(),
            entries: vec![entry("A"), entry("A much longer label")],
        };
        let [width, height] = legend.size();
        for mark in legend.marks(Theme::Light, [0.0, 0.0], 1.0) {
            if let Mark::Text { at, text, size, anchor: Anchor::Start, .. } = mark {
                assert!(at[0] + font::width(&text, size) < width && at[1] < height, "{text}");
            }
        }
    }
}
