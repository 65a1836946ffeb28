//! Names as they are shown: plain text, letters in reading order.

use unicode_bidi::{BidiInfo, Level};

use crate::picture::labels::display_name;
pub use crate::words::plain;

/// A name ready to be drawn: shortened, without control and direction marks, with the words of
/// right-to-left scripts in the order in which they are read (egui lays out left to right only;
/// each single word it already shapes the right way round).
pub fn shown_name(name: &str) -> String {
    in_reading_order(&display_name(name))
}

/// Text of a file, or the path of one, ready to be drawn in full.
pub fn shown_text(text: &str) -> String {
    in_reading_order(&plain(text))
}

/// The words of `text` from left to right as they are seen.
pub fn in_reading_order(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let info = BidiInfo::new(text, None);
    let mut seen = String::with_capacity(text.len());
    for line in &info.paragraphs {
        let (levels, runs) = info.visual_runs(line, line.range.clone());
        for run in runs {
            let part = &text[run.clone()];
            if levels.get(run.start).is_some_and(Level::is_rtl) {
                // Letters inside a word are turned by the shaper; only the words change places.
                let words: Vec<&str> = part.split(' ').rev().collect();
                seen.push_str(&words.join(" "));
            } else {
                seen.push_str(part);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_to_right_names_stay_as_they_are() {
        for name in ["Ana Ruiz", "Nguyễn Văn An", "<b>Bold</b>", "=1+1", "Ōtani-Müller"] {
            assert_eq!(in_reading_order(name), name);
        }
    }

    #[test]
    fn marks_that_turn_text_around_are_taken_out() {
        assert_eq!(shown_text("exports/a\u{202e}gpj.b\u{0}.csv"), "exports/agpj.b.csv");
    }

    #[test]
    fn every_line_of_a_text_is_kept() {
        let text = "Nothing could be imported.\nexports/é.csv: not recognized.\nTry another.";
        assert_eq!(shown_text(text), text);
    }

    #[test]
    fn words_of_a_right_to_left_name_are_read_from_the_right() {
        let shown = in_reading_order("דוד כהן");
        let words: Vec<&str> = shown.split_whitespace().collect();
        assert_eq!(words, ["כהן", "דוד"]);
    }
}
