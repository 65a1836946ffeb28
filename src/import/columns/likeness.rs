//! Headers that are nearly known: "Your e-mail address", "Attendee last name", "Adress e-mail".

use super::super::clean::header_key;
use super::Meaning;
use super::aliases::{meaning_of, nearest};

/// Words that say nothing about what a column means.
const FILLERS: &[&str] = &[
    "a",
    "an",
    "and",
    "attendee",
    "business",
    "buyer",
    "contact",
    "contacts",
    "current",
    "das",
    "de",
    "der",
    "des",
    "die",
    "du",
    "employee",
    "enter",
    "guest",
    "home",
    "in",
    "le",
    "main",
    "member",
    "of",
    "office",
    "participant",
    "participants",
    "personal",
    "please",
    "preferred",
    "primary",
    "private",
    "registrant",
    "required",
    "staff",
    "the",
    "user",
    "what",
    "is",
    "work",
    "your",
];

/// Shorter headers are too easily like something else.
const MIN_LETTERS: usize = 6;

/// The meaning of a header that is a known one with words around it, or with one letter wrong.
pub(super) fn of_header(header: &str) -> Option<Meaning> {
    let words = words(header);
    let telling: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !FILLERS.contains(word)).collect();
    let key: String = telling.concat();
    if telling.len() < words.len()
        && let Some(meaning) = meaning_of(&key)
    {
        return Some(meaning);
    }
    (key.chars().count() >= MIN_LETTERS).then(|| nearest(&key)).flatten()
}

/// Words of a header, also where only capitals part them, without numbers.
fn words(header: &str) -> Vec<String> {
    let mut parted = String::new();
    let mut before = ' ';
    for c in header.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            parted.push(' ');
        }
        // An apostrophe and the hyphen of "e-mail" hold a word together.
        if c != '\'' && c != '’' && c != '-' {
            parted.push(if c.is_alphabetic() { c } else { ' ' });
        }
        before = c;
    }
    parted.split_whitespace().map(header_key).collect()
}

/// Whether two words differ by one letter: another, one more, one less, or two swapped.
pub(super) fn is_one_letter_off(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > 1 || one == other {
        return false;
    }
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[start..], &other[start..]);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Greater => a[1..] == *b,
        std::cmp::Ordering::Less => *a == b[1..],
        std::cmp::Ordering::Equal => {
            a[1..] == b[1..] || (a.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_are_nearly_known_are_likely() {
        for (header, meaning) in [
            ("Your e-mail address", Some(Meaning::Email)),
            ("Attendee Last Name", Some(Meaning::Last)),
            ("guestFirstName", Some(Meaning::First)),
            ("Organsation", Some(Meaning::Company)),
            ("Job titel", Some(Meaning::Profession)),
            ("Company size", None),
            ("Product name", None),
            ("Cots", None),
        ] {
            assert_eq!(of_header(header), meaning, "{header}");
        }
    }

    #[test]
    fn one_letter_makes_the_difference() {
        for (one, other, expected) in [
            ("company", "compny", true),
            ("company", "compamy", true),
            ("company", "ocmpany", true),
            ("company", "companyy", true),
            ("company", "company", false),
            ("company", "comapnyy", false),
        ] {
            assert_eq!(is_one_letter_off(one, other), expected, "{one} {other}");
        }
    }
}
