//! Whether and when somebody adopted, and whether the last period means that they did not.

use super::super::clean::shown;
use super::super::dates::DateOrder;
use super::super::periods;
use super::super::question::Question;
use super::super::reading::Reading;
use super::super::record::PersonRecord;
use crate::network::{Facts, fact};

/// Whether and when somebody adopted, gathered over the columns that tell.
#[derive(Debug, Default)]
pub(in crate::import) struct Adoption {
    denied: bool,
    stated: bool,
    when: Option<String>,
}

impl Adoption {
    /// A cell of a column that says whether (or when) somebody adopted.
    pub fn note(&mut self, cell: &str) {
        match cell.to_lowercase().as_str() {
            it if is_missing(it) => {}
            it if is_denial(it) => self.denied = true,
            "0" | "no" | "n" | "false" | "nein" | "non" | "nee" => self.denied = true,
            "1" | "yes" | "y" | "true" | "x" | "ja" | "oui" | "sí" | "si" => self.stated = true,
            _ => self.note_when(cell),
        }
    }

    /// A cell of a column that says when.
    pub fn note_when(&mut self, cell: &str) {
        let told = cell.to_lowercase();
        if is_denial(&told) {
            self.denied = true;
        } else if !is_missing(&told) {
            self.when.get_or_insert_with(|| shown(cell));
        }
    }

    /// Writes the fact: an ISO date, a period number, or `yes` when the time is not known.
    /// Answers the text that could not be read as a time.
    pub fn tell(self, facts: &mut Facts, order: Option<DateOrder>) -> Option<String> {
        if self.denied {
            return None;
        }
        let mut unread = None;
        let told = match self.when {
            Some(when) => {
                let told = periods::told(&when, order.unwrap_or(DateOrder::MonthFirst));
                if told.is_none() {
                    unread = Some(when);
                }
                told
            }
            None => self.stated.then(|| "yes".to_owned()),
        };
        if let Some(told) = told {
            facts.insert(fact::ADOPTED, told);
        }
        unread
    }
}

/// What an import report says of a time that could not be read.
pub(in crate::import) fn unread_time(text: &str) -> String {
    format!(
        "{text:?} is no date or period of adoption; write it like 2024-03-15, 2024-W11 or Week 3"
    )
}

/// What people write in a column of times for who has not adopted.
fn is_denial(cell: &str) -> bool {
    let words = cell.trim_end_matches('.').replace(['_', '-'], " ");
    [
        "never",
        "never adopted",
        "not adopted",
        "not yet",
        "not yet adopted",
        "not",
        "nonadopter",
        "non adopter",
        "did not adopt",
        "no adoption",
        "censored",
        "nie",
        "noch nicht",
        "jamais",
        "nunca",
        "mai",
    ]
    .contains(&words.trim())
        || ["-", "--", "–", "—", "?"].contains(&cell)
}

/// What statistics programs write where nothing is known.
fn is_missing(cell: &str) -> bool {
    ["", "na", "n/a", "nan", ".", "null", "none", "inf", "#n/a", "<na>"].contains(&cell)
}

/// Classic data sets code those who never adopted in a last period of their own. Where that may be
/// so, takes the adoption away from them if the person says so, and asks if nobody said.
/// O(people).
pub(in crate::import) fn doubt_last_period(
    reading: &mut Reading,
    column: &str,
    means_not_adopted: Option<bool>,
) {
    let Some((last, shown)) = doubtful_last_period(reading.people()) else { return };
    match means_not_adopted {
        None => reading.ask(Question::LastPeriod { column: column.to_owned(), period: shown }),
        Some(true) => {
            for person in reading.people_mut() {
                if period_of(person) == Some(last) {
                    person.facts =
                        person.facts.iter().filter(|(it, _)| *it != fact::ADOPTED).collect();
                }
            }
        }
        Some(false) => {}
    }
}

/// The last period, when hardly anybody is without one and the last holds more people than the one
/// before, or comes after a gap: a curve of adoption ends in few. Or period 0, when it holds a large
/// part of everyone, or a gap follows: nobody begins with most.
fn doubtful_last_period(people: &[PersonRecord]) -> Option<(f64, String)> {
    let people = || people.iter().filter(|it| !it.is_owner);
    let mut periods: Vec<f64> = people().filter_map(period_of).collect();
    // A few of whom nothing is known may be missing beside those who are coded.
    if people().count() * 9 > periods.len() * 10 {
        return None;
    }
    periods.sort_by(f64::total_cmp);
    let runs: Vec<&[f64]> = periods.chunk_by(|one, two| one.total_cmp(two).is_eq()).collect();
    let [.., before, last] = runs.as_slice() else { return None };
    let is_last = last.len() > before.len() || last[0] - before[0] > 1.0;
    let is_zero = runs[0][0] == 0.0
        && (runs[1][0] > 1.0 || runs[0].len() > runs[1].len() && 4 * runs[0].len() > periods.len());
    let doubtful = if is_zero { runs[0][0] } else { last[0] };
    let shown = people().find(|it| period_of(it) == Some(doubtful))?.facts.get(fact::ADOPTED)?;
    (is_zero || is_last).then(|| (doubtful, shown.to_owned()))
}

fn period_of(person: &PersonRecord) -> Option<f64> {
    person.facts.get(fact::ADOPTED)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_period_that_holds_everyone_left_is_doubtful() {
        let last = |periods: &[&str]| {
            let person = |period: &&str| PersonRecord {
                facts: [(fact::ADOPTED, *period)]
                    .into_iter()
                    .filter(|(_, period)| !period.is_empty())
                    .collect(),
                ..PersonRecord::default()
            };
            let people: Vec<PersonRecord> = periods.iter().map(person).collect();
            doubtful_last_period(&people).map(|(_, shown)| shown)
        };
        assert_eq!(last(&["1", "2", "2", "3", "4", "4", "4"]).as_deref(), Some("4"));
        assert_eq!(last(&["1", "2", "3", "99"]).as_deref(), Some("99"));
        assert_eq!(last(&["1", "2", "2", "3"]), None);
        assert_eq!(last(&["1", "2", "", "3", "3"]), None, "one is already without");
        assert_eq!(last(&["1", "1"]), None);
        assert_eq!(last(&["0", "0", "1", "2", "3"]).as_deref(), Some("0"), "most begin with it");
        assert_eq!(last(&["0", "1961", "1962"]).as_deref(), Some("0"), "no year");
        assert_eq!(last(&["0", "1", "1", "2", "2", "3"]), None);
    }

    #[test]
    fn adoption_is_told_by_date_period_or_flag() {
        let told = |flag: &str, when: &str| {
            let mut adoption = Adoption::default();
            adoption.note(flag);
            adoption.note_when(when);
            let mut facts = Facts::default();
            adoption.tell(&mut facts, None);
            facts.get(fact::ADOPTED).map(str::to_owned)
        };
        assert_eq!(told("", "15 Jan 2024").as_deref(), Some("2024-01-15"));
        assert_eq!(told("1", "7").as_deref(), Some("7"));
        assert_eq!(told("0", "1965"), None);
        assert_eq!(told("yes", "").as_deref(), Some("yes"));
        assert_eq!(told("", "soon"), None);
        assert_eq!(told("Week 3", "").as_deref(), Some("3"));
        for never in ["never", "Not yet", "–", "did_not_adopt", "n/a", "non-adopter"] {
            assert_eq!((told(never, ""), told("", never)), (None, None), "{never}");
        }
    }
}
