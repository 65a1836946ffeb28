//! One line of text in any mixture of scripts: which font sets which letters, and in what order they
//! are read.

use std::sync::Arc;

use harfrust::Script;
use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::char::is_combining_mark;

use super::face::{Face, Glyph};

/// What draws a letter that no font has.
pub(super) const REPLACEMENT: char = '\u{fffd}';

/// A font that has a letter.
#[derive(Clone)]
pub(super) struct Found {
    pub face: Arc<Face>,
    /// The letter's script, where it is known to matter how it is set.
    pub script: Option<Script>,
}

impl Found {
    fn sets_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.face, &other.face) && self.script == other.script
    }
}

/// A text set in letters.
pub(super) struct Line {
    pub glyphs: Vec<Glyph>,
    /// Advance in em.
    pub width: f32,
}

impl Line {
    /// Sets `text` from left to right as it is seen. `find` says which font has a letter.
    pub fn set(text: &str, find: &impl Fn(char) -> Option<Found>) -> Self {
        let (mut glyphs, mut pen) = (Vec::new(), 0.0);
        let mut run = |text: &str, right_to_left: bool| {
            let mut pieces = pieces(text, find);
            if right_to_left {
                pieces.reverse();
            }
            for (found, letters) in pieces {
                let manner = (found.script, right_to_left);
                pen = found.face.set(&letters, manner, pen, &mut glyphs);
            }
        };
        if text.is_ascii() {
            run(text, false);
        } else {
            let info = BidiInfo::new(text, None);
            for paragraph in &info.paragraphs {
                let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
                for part in runs {
                    let right_to_left = levels.get(part.start).is_some_and(Level::is_rtl);
                    run(&text[part], right_to_left);
                }
            }
        }
        Self { glyphs, width: pen }
    }
}

/// Letters of one direction in the order of writing, by the font that sets them. An accent that its
/// letter's font lacks is left out; any other letter that no font has becomes the replacement sign.
fn pieces(text: &str, find: &impl Fn(char) -> Option<Found>) -> Vec<(Found, String)> {
    let mut pieces: Vec<(Found, String)> = Vec::new();
    for letter in text.chars() {
        let is_accent = is_combining_mark(letter);
        if let Some((found, letters)) = pieces.last_mut() {
            // Accents, spaces and signs go with the letters before them.
            if (is_accent || !letter.is_alphanumeric()) && found.face.has(letter) {
                letters.push(letter);
                continue;
            }
            if is_accent {
                continue;
            }
        }
        let (found, letter) = match find(letter) {
            Some(found) => (found, letter),
            None if is_accent => continue,
            None => match find(REPLACEMENT) {
                Some(found) => (found, REPLACEMENT),
                None => continue,
            },
        };
        match pieces.last_mut() {
            Some((last, letters)) if last.sets_like(&found) => letters.push(letter),
            _ => pieces.push((found, letter.to_string())),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::bundled;
    use super::*;

    /// A machine without fonts.
    fn bare(letter: char) -> Option<Found> {
        let face = Arc::clone(bundled());
        face.has(letter).then_some(Found { face, script: None })
    }

    /// A machine whose fonts have Hebrew letters: the bundled font again, as if it were another.
    fn hebrew(letter: char) -> Option<Found> {
        let face = Arc::clone(bundled());
        let script = harfrust::script::HEBREW;
        bare(letter).or_else(|| {
            ('א'..='ת').contains(&letter).then_some(Found { face, script: Some(script) })
        })
    }

    fn shown(text: &str, find: &impl Fn(char) -> Option<Found>) -> Vec<String> {
        pieces(text, find).into_iter().map(|(_, letters)| letters).collect()
    }

    #[test]
    fn letters_that_no_font_has_become_the_replacement_sign() {
        assert_eq!(shown("Li 李明", &bare), ["Li \u{fffd}\u{fffd}"]);
        assert!(Line::set("李", &bare).width > 0.0);
        // Not an accent: its letter stands without it.
        assert_eq!(shown("a\u{1ab0}b", &bare), ["ab"]);
        assert_eq!(shown("\u{1ab0}", &bare), [""; 0]);
        assert_eq!(shown("李", &|_| None), [""; 0]);
    }

    #[test]
    fn spaces_and_signs_go_with_the_letters_before_them() {
        assert_eq!(shown("Ana (כהן, B.)", &hebrew), ["Ana (", "כהן, ", "B.)"]);
    }

    #[test]
    fn letters_grow_together_and_accents_stand_on_theirs_without_width() {
        let line = |text: &str| Line::set(text, &bare);
        assert!((line("n\u{304}").width - line("n").width).abs() < 1e-6);
        assert_eq!(line("n\u{304}").glyphs.len(), 2);
        assert_eq!(line("é").glyphs.len(), line("e").glyphs.len());
    }

    #[test]
    fn words_read_from_the_right_stand_in_that_order() {
        // Vowel signs count as letters, yet belong to the letter before them.
        assert!('\u{363}'.is_alphanumeric());
        assert_eq!(shown("a\u{363}", &bare), ["a\u{363}"]);
        // The number after the word is seen to its left.
        let line = Line::set("כהן 7", &hebrew);
        let number = Line::set("7", &hebrew);
        let letters = line.glyphs.iter().map(|it| it.contours(10.0).count()).collect::<Vec<_>>();
        assert_eq!(letters[0], number.glyphs[0].contours(10.0).count(), "{letters:?}");
        let from_left: Vec<f32> = line.glyphs.iter().map(|it| it.x).collect();
        assert!(from_left.is_sorted(), "{from_left:?}");
    }
}
