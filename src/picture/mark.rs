//! The few things a picture is made of, in pixels.

use super::Point;

/// A color with opacity, sRGB, 0..=255 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity: 0 invisible, 255 solid.
    pub a: u8,
}

impl Color {
    /// Nothing at all.
    pub const CLEAR: Self = Self { r: 0, g: 0, b: 0, a: 0 };

    /// A solid color as one writes it: `Color::hex(0x4c_8b_f5)`.
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self { r, g, b, a: 255 }
    }

    /// The same color with `opacity` in 0..=1.
    #[must_use]
    pub fn faded(self, opacity: f32) -> Self {
        Self { a: byte(f32::from(self.a) * opacity), ..self }
    }

    /// The solid color `share` (0..=1) of the way to `other`.
    #[must_use]
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let mix = |a: u8, b: u8| byte(f32::from(a) + (f32::from(b) - f32::from(a)) * share);
        Self { r: mix(self.r, other.r), g: mix(self.g, other.g), b: mix(self.b, other.b), a: 255 }
    }

    /// Opacity in 0..=1.
    pub fn opacity(self) -> f32 {
        f32::from(self.a) / 255.0
    }

    /// `#rrggbb`, opacity left out.
    pub fn css(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }

    /// WCAG 2 contrast ratio of two solid colors, 1 (same) to 21 (black on white).
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// WCAG 2 relative luminance in 0..=1.
    fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let c = f32::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn byte(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// Outline of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Anyone.
    #[default]
    Disc,
    /// A square of the same area.
    Square,
    /// The owner of an export.
    Diamond,
}

impl Shape {
    /// How far the point at offset `dx, dy` lies outside (positive) or inside (negative) a shape
    /// of `radius`, in pixels.
    pub fn distance(self, dx: f32, dy: f32, radius: f32) -> f32 {
        match self {
            // Not `hypot`: offsets are small, and this runs for every pixel.
            Self::Disc => (dx * dx + dy * dy).sqrt() - radius,
            Self::Square => dx.abs().max(dy.abs()) - radius * SQUARE,
            Self::Diamond => {
                (dx.abs() + dy.abs()) * std::f32::consts::FRAC_1_SQRT_2 - radius * SQUARE
            }
        }
    }

    /// Corners of a shape of `radius` around `center`; `None` for the disc.
    pub fn corners(self, center: Point, radius: f32) -> Option<[Point; 4]> {
        let [x, y] = center;
        let half = radius * SQUARE;
        let tip = half * std::f32::consts::SQRT_2;
        match self {
            Self::Disc => None,
            Self::Square => Some([
                [x - half, y - half],
                [x + half, y - half],
                [x + half, y + half],
                [x - half, y + half],
            ]),
            Self::Diamond => Some([[x, y - tip], [x + tip, y], [x, y + tip], [x - tip, y]]),
        }
    }
}

/// Half the side of a square with the area of a disc of radius 1.
pub const SQUARE: f32 = 0.886;

/// Which end of a text lies at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// One tie of a mass of ties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TieStroke {
    /// One end.
    pub from: Point,
    /// The other end.
    pub to: Point,
    /// Solid color.
    pub color: Color,
    /// Thickness in pixels.
    pub width: f32,
    /// How much it counts, 0..=1.
    pub weight: f32,
    /// True for a broken line.
    pub dashed: bool,
}

/// A picture within the picture: square cells, each of a color with its opacity.
#[derive(Clone, Debug, PartialEq)]
pub struct Shades {
    /// Upper left corner of the first cell.
    pub at: Point,
    /// Side of a cell in pixels.
    pub cell: f32,
    /// Cells in a row.
    pub columns: usize,
    /// Rows from the top, cells from the left, four bytes each: red, green, blue, opacity.
    pub rgba: Vec<u8>,
}

impl Shades {
    /// Rows of cells.
    pub fn rows(&self) -> usize {
        self.rgba.len() / 4 / self.columns.max(1)
    }
}

/// One thing on a [`Sheet`].
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// How many people are where, too many to be told apart.
    Shades(Shades),
    /// A mass of ties. Where they pile up, colors mix and opacity saturates below solid, so that
    /// a hairball fades instead of turning into a blot; the order of strokes does not matter.
    Ties {
        /// The ties.
        strokes: Vec<TieStroke>,
        /// Opacity of one tie of weight 1, in 0..=1.
        opacity: f32,
    },
    /// An open line through `points`.
    Line {
        /// Two points or more.
        points: Vec<Point>,
        /// Stroke.
        color: Color,
        /// Thickness in pixels.
        width: f32,
        /// True for a broken line.
        dashed: bool,
    },
    /// A filled polygon.
    Area {
        /// Corners; the last joins the first.
        points: Vec<Point>,
        /// Filling.
        fill: Color,
    },
    /// A person, or a swatch.
    Node {
        /// Outline.
        shape: Shape,
        /// Middle.
        center: Point,
        /// Radius of the disc; other shapes have the same area.
        radius: f32,
        /// Filling; [`Color::CLEAR`] leaves a ring.
        fill: Color,
        /// Stroke along the outline, half of it inside.
        outline: Color,
        /// Thickness of the stroke in pixels.
        outline_width: f32,
    },
    /// One line of text.
    Text {
        /// Where the baseline starts, is centered, or ends.
        at: Point,
        /// The words, as [`super::labels::display_name`] leaves them.
        text: String,
        /// Font size (one em) in pixels.
        size: f32,
        /// Which end lies at `at`.
        anchor: Anchor,
        /// Letters.
        color: Color,
        /// A rim around the letters that keeps them readable on top of ties.
        halo: Color,
        /// True for text that reads upwards, as beside a vertical axis.
        upright: bool,
    },
}

/// A finished picture, still in shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Width and height in pixels.
    pub size_px: [u32; 2],
    /// Ground.
    pub background: Color,
    /// What lies on it, lowest first.
    pub marks: Vec<Mark>,
}

impl Sheet {
    /// `self` above `below`, as wide as the wider of the two.
    #[must_use]
    pub fn stacked(mut self, below: Self) -> Self {
        let [width, height] = self.size_px;
        let down = height as f32;
        self.marks.extend(below.marks.into_iter().map(|mark| mark.moved([0.0, down])));
        self.size_px = [width.max(below.size_px[0]), height + below.size_px[1]];
        self
    }

    /// The same picture with `factor` times the pixels, for fine screens and print.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a canvas size")]
    pub fn magnified(mut self, factor: f32) -> Self {
        self.size_px = self.size_px.map(|it| (it as f32 * factor).round().max(1.0) as u32);
        self.marks = self.marks.into_iter().map(|mark| mark.magnified(factor)).collect();
        self
    }
}

impl Mark {
    fn magnified(mut self, factor: f32) -> Self {
        let grow = |point: &mut Point| *point = point.map(|it| it * factor);
        match &mut self {
            Self::Ties { strokes, .. } => {
                for stroke in strokes {
                    grow(&mut stroke.from);
                    grow(&mut stroke.to);
                    stroke.width *= factor;
                }
            }
            Self::Shades(shades) => {
                grow(&mut shades.at);
                shades.cell *= factor;
            }
            Self::Line { points, width, .. } => {
                points.iter_mut().for_each(grow);
                *width *= factor;
            }
            Self::Area { points, .. } => points.iter_mut().for_each(grow),
            Self::Node { center, radius, outline_width, .. } => {
                grow(center);
                *radius *= factor;
                *outline_width *= factor;
            }
            Self::Text { at, size, .. } => {
                grow(at);
                *size *= factor;
            }
        }
        self
    }

    /// The same mark, `by` pixels further right and down.
    #[must_use]
    pub fn moved(mut self, by: Point) -> Self {
        let shift = |point: &mut Point| *point = [point[0] + by[0], point[1] + by[1]];
        match &mut self {
            Self::Ties { strokes, .. } => {
                for stroke in strokes {
                    shift(&mut stroke.from);
                    shift(&mut stroke.to);
                }
            }
            Self::Shades(shades) => shift(&mut shades.at),
            Self::Line { points, .. } | Self::Area { points, .. } => {
                points.iter_mut().for_each(shift);
            }
            Self::Node { center, .. } => shift(center),
            Self::Text { at, .. } => shift(at),
        }
        self
    }
}
