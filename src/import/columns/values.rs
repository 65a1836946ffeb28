//! What the cells of a column look like, where its header says nothing.

use std::collections::BTreeSet;

use super::super::clean::{email, linkedin_slug, phone};
use super::super::dates::{self, DateOrder};
use super::Meaning;

/// Share of the cells that must look alike, in percent.
const ALIKE: usize = 80;
/// Share of names that must be different; what repeats is a category.
const DISTINCT: usize = 60;

/// What a column can only be, by its cells; `None` when they may be anything.
pub(super) fn of_column(rows: &[Vec<String>], column: usize) -> Option<Meaning> {
    let cells: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.get(column))
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    if cells.is_empty() {
        return None;
    }
    let all = |is: fn(&str) -> bool| {
        cells.iter().filter(|cell| is(cell)).count() * 100 >= cells.len() * ALIKE
    };
    if all(|cell| email(cell).is_some()) {
        Some(Meaning::Email)
    } else if all(|cell| linkedin_slug(cell).is_some()) {
        Some(Meaning::Profile)
    } else if all(is_phone) {
        Some(Meaning::Phone)
    } else if all(is_name) && is_distinct(&cells) {
        Some(Meaning::Name)
    } else {
        None
    }
}

/// Whether the cells are words that differ between rows, neither numbers nor dates.
pub(super) fn are_words(rows: &[Vec<String>], column: usize) -> bool {
    let cells: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.get(column))
        .map(String::as_str)
        .filter(|cell| cell.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .filter(|cell| dates::parse(cell, DateOrder::DayFirst).is_none())
        .collect();
    cells.len() * 2 > rows.len() && cells.iter().any(|cell| *cell != cells[0])
        || cells.len() == 1 && rows.len() == 1
}

/// A number written like one to be called: with a plus or the usual signs between its digits.
/// Bare digits may as well be an id, and digits between hyphens a date.
fn is_phone(cell: &str) -> bool {
    let dressed = cell.starts_with(['+', '(', '0']) || cell.contains(' ');
    let date = cell.bytes().filter(|&byte| matches!(byte, b'/' | b':')).count() > 1;
    dressed && !date && phone(cell).is_some_and(|digits| digits.len() >= 9)
}

/// Two to four words that each begin like a name.
fn is_name(cell: &str) -> bool {
    let words: Vec<&str> = cell.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_part = |word: &&str| {
        let small = ["de", "da", "di", "van", "von", "der", "den", "la", "el", "al", "bin"];
        let of_letters = word.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c));
        let begins = word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        of_letters && (begins || small.contains(word))
    };
    (2..=4).contains(&words.len()) && words.iter().all(is_part)
}

fn is_distinct(cells: &[&str]) -> bool {
    let distinct: BTreeSet<&&str> = cells.iter().collect();
    distinct.len() * 100 >= cells.len() * DISTINCT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> Option<Meaning> {
        let rows: Vec<Vec<String>> = cells.iter().map(|it| vec![(*it).to_owned()]).collect();
        of_column(&rows, 0)
    }

    #[test]
    fn cells_tell_what_they_are() {
        for (cells, meaning) in [
            (&["ana@x.example", "", "Ben <ben@x.example>"][..], Some(Meaning::Email)),
            (&["+44 20 7946 0958", "(020) 7946-0999"], Some(Meaning::Phone)),
            (&["https://www.linkedin.com/in/ana"], Some(Meaning::Profile)),
            (&["Ana Ruiz", "Ben van der Ode", "Öz, Can"], Some(Meaning::Name)),
            (&["New York", "New York", "New York", "San Juan"], None),
            (&["2024-03-15 10:00", "03/04/2024"], None),
            (&["12345678901", "98765432109"], None),
            (&["yes", "no"], None),
            (&[""], None),
        ] {
            assert_eq!(column(cells), meaning, "{cells:?}");
        }
    }
}
