//! Words for every floor: numbers in sentences, and text from elsewhere that must stay inert.

use std::borrow::Cow;

/// `1234567` as `1,234,567`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `count` with the right form of a noun or verb: "1 person", "2,000 people".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// "1 person", "2,000 people".
pub fn people(count: usize) -> String {
    counted(count, "person", "people")
}

/// "1 tie", "2,000 ties".
pub fn ties(count: usize) -> String {
    counted(count, "tie", "ties")
}

/// Whether a character is not seen itself but acts on what is: it steers a terminal, turns the text
/// around it, or hides. Blanks, tabs and ends of lines are none of these.
pub fn is_unseen(letter: char) -> bool {
    let is_mark = matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    is_mark || (letter.is_control() && !matches!(letter, '\n' | '\t' | '\r'))
}

/// Text of a file, or the name of one, without characters that act on what stands beside it.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(is_unseen) {
        Cow::Owned(text.replace(is_unseen, ""))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        let shown = [0, 999, 1000, 12_345, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }

    #[test]
    fn what_is_not_seen_is_taken_out() {
        assert_eq!(plain("a\u{202e}b\u{0}\u{1b}[31m\u{2066}c\u{85}"), "ab[31mc");
        assert_eq!(plain("<b>=1+1</b>\té 語"), "<b>=1+1</b>\té 語");
        // Joins letters of Persian and of Indic scripts, and emoji.
        assert_eq!(plain("می\u{200c}خواهم 👩\u{200d}🔬"), "می\u{200c}خواهم 👩\u{200d}🔬");
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!([0, 1, 2000].map(people), ["0 people", "1 person", "2,000 people"]);
        assert_eq!([0, 1, 1234].map(ties), ["0 ties", "1 tie", "1,234 ties"]);
        assert_eq!(counted(1, "is", "are"), "1 is");
    }
}
