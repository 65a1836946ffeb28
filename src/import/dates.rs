//! Dates as exports write them: ISO, `15 Jan 2024`, `7-Feb-22`, `03/15/2024`, `15.03.2024`, X's own.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Which number comes first where a date is written in numbers only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOrder {
    /// `03/15/2024`.
    MonthFirst,
    /// `15/03/2024`.
    DayFirst,
}

impl DateOrder {
    /// The order that a person answered to the question whether the day comes first.
    pub fn answered(day_first: Option<bool>) -> Option<Self> {
        day_first.map(|it| if it { Self::DayFirst } else { Self::MonthFirst })
    }
}

/// What the dates of a column tell about their order, cell by cell: any number above 12 settles it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OrderSeen {
    decided: Option<DateOrder>,
    is_open: bool,
}

impl OrderSeen {
    /// Looks at one more cell; answers the order once it is certain.
    pub fn see(&mut self, cell: &str) -> Option<DateOrder> {
        if self.decided.is_none()
            && let Some((first, second, dotted)) = numbers_only(cell)
        {
            if dotted || first > 12 {
                self.decided = Some(DateOrder::DayFirst);
            } else if second > 12 {
                self.decided = Some(DateOrder::MonthFirst);
            } else {
                self.is_open |= first != second;
            }
        }
        self.decided
    }

    /// The order; `None` when nothing decides it, although some date depends on it.
    pub fn order(self) -> Option<DateOrder> {
        self.decided.or(if self.is_open { None } else { Some(DateOrder::MonthFirst) })
    }
}

/// Whether a date reads otherwise when the day comes first.
pub(super) fn depends_on_order(text: &str) -> bool {
    numbers_only(text).is_some_and(|(first, second, dotted)| {
        !dotted && first <= 12 && second <= 12 && first != second
    })
}

/// Reads a date from the start of `text`; a time and zone after it are ignored.
pub(super) fn parse(text: &str, order: DateOrder) -> Option<Date> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words = words.filter(|word| !is_weekday(word));
    let first = words.next()?;
    let second = words.next()?;
    let third = words.next()?;
    let (year, month, day) = if let Some(month) = month_number(first) {
        // `Feb 18 19:45:15 +0000 2023` ends in the year; `Feb 18, 2023` has it third.
        let year = if third.len() == 4 { third } else { words.next_back()? };
        (year_number(year)?, month, number(second)?)
    } else if let Some(month) = month_number(second) {
        (year_number(third)?, month, number(first)?)
    } else if first.len() == 4 {
        // ISO: the day may be glued to the time (`15T09`).
        let day = third.split(['T', 't']).next()?;
        (year_number(first)?, number(second)?, number(day)?)
    } else {
        let (first, second, dotted) = numbers_only(text)?;
        let day_first = dotted || first > 12 || (order == DateOrder::DayFirst && second <= 12);
        let (day, month) = if day_first { (first, second) } else { (second, first) };
        (year_number(third)?, month, day)
    };
    Date::new(year, month, day).ok()
}

/// Reads a month without a day: `1953-11`, `11/1953`, `Nov 1953`, `1953 November`. It is told by its
/// first day.
pub(super) fn parse_month(text: &str) -> Option<Date> {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (first, second, None) = (words.next()?, words.next()?, words.next()) else { return None };
    let (year, month) = if first.len() == 4 { (first, second) } else { (second, first) };
    let year: i16 = year.parse().ok().filter(|_| year.len() == 4)?;
    let month = month_number(month).or_else(|| number(month))?;
    Date::new(year, month, 1).ok()
}

/// The day of a Unix time in seconds or milliseconds, in UTC; `None` for 0 and for nonsense.
pub(super) fn day_of(time: i64) -> Option<Date> {
    const FIRST_MILLIS: i64 = 100_000_000_000;
    let seconds = if time >= FIRST_MILLIS { time / 1000 } else { time };
    let at = Timestamp::from_second(seconds).ok().filter(|_| seconds > 0)?;
    Some(at.to_zoned(TimeZone::UTC).date())
}

/// The first two numbers of a date in numbers only, and whether dots separate them.
fn numbers_only(text: &str) -> Option<(i8, i8, bool)> {
    let date = text.trim().split([' ', 'T', ',']).next()?;
    let separator = date.chars().find(|c| !c.is_ascii_digit())?;
    let mut parts = date.split(separator);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if first.len() > 2 || !third.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((number(first)?, number(second)?, separator == '.'))
}

fn number(text: &str) -> Option<i8> {
    text.parse().ok().filter(|&it| it > 0)
}

fn year_number(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        4 if year > 0 => Some(year),
        _ => None,
    }
}

fn month_number(word: &str) -> Option<i8> {
    const STARTS: [(&str, i8); 27] = [
        ("jan", 1),
        ("ene", 1),
        ("gen", 1),
        ("feb", 2),
        ("fév", 2),
        ("mar", 3),
        ("mär", 3),
        ("maa", 3),
        ("mrt", 3),
        ("apr", 4),
        ("avr", 4),
        ("abr", 4),
        ("may", 5),
        ("mai", 5),
        ("mag", 5),
        ("mei", 5),
        ("jun", 6),
        ("giu", 6),
        ("jul", 7),
        ("lug", 7),
        ("aug", 8),
        ("ago", 8),
        ("sep", 9),
        ("oct", 10),
        ("okt", 10),
        ("nov", 11),
        ("dec", 12),
    ];
    if !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let lower = word.to_lowercase();
    match lower.as_str() {
        "juin" => Some(6),
        "juil" | "juillet" => Some(7),
        "août" => Some(8),
        "set" | "settembre" => Some(9),
        "ott" | "ottobre" => Some(10),
        "dez" | "dezember" | "déc" | "décembre" | "dic" | "diciembre" | "dicembre" => Some(12),
        _ => STARTS.iter().find(|(start, _)| lower.starts_with(start)).map(|&(_, month)| month),
    }
}

fn is_weekday(word: &str) -> bool {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .any(|day| word.len() == 3 && word.eq_ignore_ascii_case(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_described_form_is_read() {
        for (text, expected) in [
            ("15 Jan 2024", "2024-01-15"),
            ("1 Jan 2026", "2026-01-01"),
            ("7-Feb-22", "2022-02-07"),
            ("03/15/2024", "2024-03-15"),
            ("3/5/24, 9:14 AM", "2024-03-05"),
            ("15.03.2024", "2024-03-15"),
            ("5 août 2021", "2021-08-05"),
            ("2024-03-15 09:30:00 UTC", "2024-03-15"),
            ("2024-03-15T09:30:00.000Z", "2024-03-15"),
            ("Sat Feb 18 19:45:15 +0000 2023", "2023-02-18"),
            ("Jan 01, 2025 10:00 am", "2025-01-01"),
        ] {
            let date = parse(text, DateOrder::MonthFirst).map(|it| it.to_string());
            assert_eq!(date.as_deref(), Some(expected), "{text}");
        }
        for text in ["", "0/0/00", "soon", "31 Feb 2024", "--12-01", "2024"] {
            assert_eq!(parse(text, DateOrder::MonthFirst), None, "{text}");
        }
    }

    #[test]
    fn months_are_told_by_their_first_day() {
        for text in ["1953-11", "11/1953", "Nov 1953", "1953 November", "nov-1953"] {
            let day = parse_month(text).map(|it| it.to_string());
            assert_eq!(day.as_deref(), Some("1953-11-01"), "{text}");
        }
        for text in ["", "1953", "1953-13", "11-53", "1953-11-02", "soon enough"] {
            assert_eq!(parse_month(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_read_from_seconds_and_milliseconds() {
        let day = |time| day_of(time).map(|it| it.to_string());
        assert_eq!(day(1_735_732_800).as_deref(), Some("2025-01-01"));
        assert_eq!(day(1_735_732_800_000).as_deref(), Some("2025-01-01"));
        assert_eq!((day(0), day(-5), day(i64::MIN)), (None, None, None));
    }

    #[test]
    fn the_column_decides_what_comes_first() {
        let order = |cells: &[&str]| {
            let mut seen = OrderSeen::default();
            for cell in cells {
                seen.see(cell);
            }
            seen.order()
        };
        assert_eq!(order(&["03/04/2024", "25/04/2024"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["03/04/2024", "04/25/2024"]), Some(DateOrder::MonthFirst));
        assert_eq!(order(&["03/04/2024", "05/06/2024"]), None);
        assert_eq!(order(&["15 Jan 2024", "2024-01-02"]), Some(DateOrder::MonthFirst));
        assert_eq!(parse("03/04/2024", DateOrder::DayFirst).unwrap().to_string(), "2024-04-03");
    }
}
