//! The bundled font: how wide words are, and the outlines of their letters.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, OutlineCurve};
use unicode_normalization::char::is_combining_mark;

use super::Point;

/// Noto Sans as bundled (TrueType). The window draws with the same letters.
pub fn font_bytes() -> &'static [u8] {
    include_bytes!("../../assets/fonts/NotoSans-Regular-subset.ttf")
}

/// Height of small letters without tails, in em; centers a line of text on a point.
pub const X_HEIGHT: f32 = 0.536;
/// Height of capitals, in em.
pub const CAP_HEIGHT: f32 = 0.714;

/// Advance of `text` at `size` pixels per em, in pixels. Proportional to `size`.
pub fn width(text: &str, size: f32) -> f32 {
    let font = font();
    let glyphs = text.chars().filter_map(|it| glyph_id(font, it));
    let units: f32 = glyphs.map(|it| font.h_advance_unscaled(it)).sum();
    units * pixels_per_unit(font, size)
}

/// One step along the outline of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Starts a closed contour.
    Move(Point),
    /// Straight on.
    Line(Point),
    /// A quadratic curve: control point, end.
    Quad(Point, Point),
    /// A cubic curve: two control points, end.
    Cubic(Point, Point, Point),
}

/// Contours of `text` at `size` pixels per em, its baseline starting at 0, 0, y downwards.
/// Letters that the font lacks become the replacement sign.
pub fn outline(text: &str, size: f32) -> Vec<Step> {
    let font = font();
    let scale = pixels_per_unit(font, size);
    let mut steps = Vec::new();
    let mut pen = 0.0;
    for glyph in text.chars().filter_map(|it| glyph_id(font, it)) {
        let place = |p: &ab_glyph::Point| [(pen + p.x) * scale, -p.y * scale];
        let mut last = None;
        for curve in font.outline(glyph).map(|it| it.curves).unwrap_or_default() {
            let (start, step, end) = match &curve {
                OutlineCurve::Line(a, b) => (a, Step::Line(place(b)), b),
                OutlineCurve::Quad(a, b, c) => (a, Step::Quad(place(b), place(c)), c),
                OutlineCurve::Cubic(a, b, c, d) => {
                    (a, Step::Cubic(place(b), place(c), place(d)), d)
                }
            };
            if last != Some(*start) {
                steps.push(Step::Move(place(start)));
            }
            steps.push(step);
            last = Some(*end);
        }
        pen += font.h_advance_unscaled(glyph);
    }
    steps
}

fn font() -> &'static FontRef<'static> {
    static FONT: OnceLock<FontRef<'static>> = OnceLock::new();
    FONT.get_or_init(|| FontRef::try_from_slice(font_bytes()).expect("the bundled font is sound"))
}

/// `None` for an accent that the font lacks: its letter stands without it.
fn glyph_id(font: &FontRef<'_>, letter: char) -> Option<ab_glyph::GlyphId> {
    match font.glyph_id(letter) {
        ab_glyph::GlyphId(0) if is_combining_mark(letter) => None,
        ab_glyph::GlyphId(0) => Some(font.glyph_id('\u{fffd}')),
        known => Some(known),
    }
}

fn pixels_per_unit(font: &FontRef<'_>, size: f32) -> f32 {
    size / font.units_per_em().unwrap_or(1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_adds_up_and_grows_with_size() {
        assert!((width("Ana", 10.0) + width(" Ruiz", 10.0) - width("Ana Ruiz", 10.0)).abs() < 1e-3);
        assert!((width("Ana", 20.0) - 2.0 * width("Ana", 10.0)).abs() < 1e-3);
        assert!(width("", 10.0).abs() < f32::EPSILON);
    }

    #[test]
    fn common_scripts_are_there_and_others_show_a_replacement() {
        let replacement = outline("\u{fffd}", 12.0);
        assert!(!replacement.is_empty());
        for letter in "Nguyễn Ωλ Жд ẞ → ≤ − € … ×".chars().filter(|it| !it.is_whitespace())
        {
            assert_ne!(outline(&letter.to_string(), 12.0), replacement, "{letter}");
        }
        assert_eq!(outline("語", 12.0), replacement);
    }

    #[test]
    fn contours_lie_above_the_baseline_and_within_the_advance() {
        let ends = outline("H", 100.0).into_iter().map(|step| match step {
            Step::Move(end) | Step::Line(end) | Step::Quad(_, end) | Step::Cubic(.., end) => end,
        });
        for [x, y] in ends {
            assert!(
                (0.0..=width("H", 100.0)).contains(&x) && (-CAP_HEIGHT * 100.0..=0.0).contains(&y)
            );
        }
    }
}
