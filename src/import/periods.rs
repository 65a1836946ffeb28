//! Times of adoption as people write them: days, months, quarters, calendar weeks, and periods that are
//! only counted.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::dates::{self, DateOrder};

/// Words before (or after) the number of a period that nothing but its number tells of.
const PERIODS: [&str; 36] = [
    "week",
    "weeks",
    "wk",
    "wks",
    "w",
    "month",
    "months",
    "mo",
    "m",
    "quarter",
    "q",
    "year",
    "years",
    "yr",
    "y",
    "day",
    "days",
    "d",
    "period",
    "p",
    "wave",
    "round",
    "step",
    "time",
    "t",
    "phase",
    "woche",
    "kw",
    "monat",
    "jahr",
    "tag",
    "semaine",
    "mois",
    "semana",
    "mes",
    "settimana",
];

/// A day as an ISO date, or the number of a period: `2024-03-15`, `15 Mar 2024`, `Mar 2024`,
/// `2024-W11`, `2024 Q1`, `Week 3`, `w3`, `3`. Months, quarters and weeks are told by their first
/// day. `None` for anything else.
pub(super) fn told(text: &str, order: DateOrder) -> Option<String> {
    let text = text.trim();
    if text.parse::<f64>().is_ok_and(f64::is_finite) {
        return Some(text.to_owned());
    }
    let day =
        dates::parse(text, order).or_else(|| of_year(text)).or_else(|| dates::parse_month(text));
    day.map(|it| it.to_string()).or_else(|| counted(text))
}

/// The parts of letters and of digits, in lower case: `2024-W05` is `2024`, `w`, `05`.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut kind = None;
    for letter in text.to_lowercase().chars() {
        let now = if letter.is_ascii_digit() {
            Some(true)
        } else if letter.is_alphabetic() {
            Some(false)
        } else {
            None
        };
        match (now, parts.last_mut()) {
            (Some(_), Some(part)) if kind == now => part.push(letter),
            (Some(_), _) => parts.push(letter.to_string()),
            (None, _) => {}
        }
        kind = now;
    }
    parts
}

/// A quarter or a calendar week (ISO 8601) of a year.
fn of_year(text: &str) -> Option<Date> {
    let parts = parts(text);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let is_year = |it: &str| it.len() == 4 && it.parse::<u16>().is_ok();
    let (year, unit, number) = match parts[..] {
        [year, unit, number] if is_year(year) => (year, unit, number),
        [one, other, year] if is_year(year) => {
            let is_count = one.parse::<u8>().is_ok();
            if is_count { (year, other, one) } else { (year, one, other) }
        }
        _ => return None,
    };
    let (year, number): (i16, i8) = (year.parse().ok()?, number.parse().ok()?);
    match unit {
        "q" | "quarter" if (1..=4).contains(&number) => Date::new(year, 3 * number - 2, 1).ok(),
        "w" | "wk" | "week" | "kw" => {
            ISOWeekDate::new(year, number, Weekday::Monday).ok().map(ISOWeekDate::date)
        }
        _ => None,
    }
}

/// The number of a period that is only counted.
fn counted(text: &str) -> Option<String> {
    let parts = parts(text);
    let (word, number) = match &parts[..] {
        [word, number] if number.starts_with(|it: char| it.is_ascii_digit()) => (word, number),
        [number, word] => (word, number),
        _ => return None,
    };
    let number: u32 = number.parse().ok()?;
    PERIODS.contains(&word.as_str()).then(|| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_told_by_their_first_day_or_their_number() {
        let order = DateOrder::DayFirst;
        for (text, expected) in [
            ("2024-03-15", "2024-03-15"),
            ("03/04/2024", "2024-04-03"),
            ("Mar 2024", "2024-03-01"),
            ("2024-W11", "2024-03-11"),
            ("2024W11", "2024-03-11"),
            ("week 11, 2024", "2024-03-11"),
            ("KW 11 2024", "2024-03-11"),
            ("2024-Q2", "2024-04-01"),
            ("Q2 2024", "2024-04-01"),
            ("2024q2", "2024-04-01"),
            ("Week 3", "3"),
            ("w03", "3"),
            ("3rd", ""),
            ("Period 12", "12"),
            ("12 months", "12"),
            ("7", "7"),
            ("7.0", "7.0"),
            ("1953", "1953"),
            ("2024-Q5", ""),
            ("2024-W54", ""),
            ("soon", ""),
            ("room 5", ""),
            ("", ""),
            ("inf", ""),
        ] {
            assert_eq!(told(text, order).unwrap_or_default(), expected, "{text:?}");
        }
    }
}
