//! Letters: how wide words are, and their outlines. The bundled font comes first; letters that it lacks
//! come from fonts of the machine.

mod face;
mod installed;
mod line;

use std::sync::{Arc, OnceLock};

use fontique::Blob;
use unicode_bidi::BidiInfo;
use unicode_normalization::char::is_combining_mark;

use self::face::Face;
use self::line::{Found, Line};
use super::Point;

/// Noto Sans as bundled (TrueType). The window draws with the same letters.
pub fn font_bytes() -> &'static [u8] {
    include_bytes!("../../../assets/fonts/NotoSans-Regular-subset.ttf")
}

/// Height of small letters without tails, in em; centers a line of text on a point.
pub const X_HEIGHT: f32 = 0.536;
/// Height of capitals, in em.
pub const CAP_HEIGHT: f32 = 0.714;

/// Advance of `text` at `size` pixels per em, in pixels. Proportional to `size`.
pub fn width(text: &str, size: f32) -> f32 {
    Line::set(text, &find).width * size
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

/// Contours of `text` at `size` pixels per em, its baseline starting at 0, 0, y downwards. Letters stand
/// in the order in which they are read, grown together where their script asks for it. Those that no
/// font has become the replacement sign.
pub fn outline(text: &str, size: f32) -> Vec<Step> {
    Line::set(text, &find).glyphs.iter().flat_map(|it| it.contours(size)).collect()
}

/// Whether some letter of `text` is in no font, neither bundled nor installed.
pub fn lacks(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|it| !is_combining_mark(it) && find(it).is_none())
}

/// Whether a line of text is read from the right: its first letter with a direction decides.
pub fn reads_from_right(text: &str) -> bool {
    !text.is_ascii()
        && BidiInfo::new(text, None).paragraphs.first().is_some_and(|it| it.level.is_rtl())
}

/// The font that has a letter.
fn find(letter: char) -> Option<Found> {
    let face = bundled();
    if face.has(letter) {
        return Some(Found { face: Arc::clone(face), script: None });
    }
    installed::find(letter)
}

fn bundled() -> &'static Arc<Face> {
    static BUNDLED: OnceLock<Arc<Face>> = OnceLock::new();
    BUNDLED.get_or_init(|| {
        let face = Face::new(Blob::new(Arc::new(font_bytes())), 0);
        Arc::new(face.expect("the bundled font is sound"))
    })
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
    fn common_scripts_are_in_the_bundled_font() {
        let replacement = outline("\u{fffd}", 12.0);
        assert!(!replacement.is_empty());
        for letter in "Nguyễn Ωλ Жд ẞ → ≤ − € … ×".chars().filter(|it| !it.is_whitespace())
        {
            assert_ne!(outline(&letter.to_string(), 12.0), replacement, "{letter}");
            assert!(bundled().has(letter) && !lacks(&letter.to_string()), "{letter}");
        }
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
