//! One line of a chat that was exported as text → when it was written, who wrote.

use jiff::civil::Date;

use super::super::dates::DateOrder;

/// The longest "when" that is looked for, in bytes.
const MAX_STAMP_BYTES: usize = 48;
/// The longest name, in characters.
const MAX_NAME_CHARS: usize = 60;

/// Thailand counts years from the Buddha's death.
const BUDDHIST_ERA: u16 = 543;
const BUDDHIST_YEARS: std::ops::RangeInclusive<u16> = 2533..=2643;

/// When a message was written, as its line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The three numbers of the date in the order of the line.
    pub date: [u16; 3],
    /// Minutes since midnight.
    pub minute: u16,
    /// Whether it stands in brackets.
    pub bracketed: bool,
    /// Whether seconds are given.
    pub has_seconds: bool,
    /// Whether dots stand between the numbers of the date.
    pub dotted: bool,
}

/// A line that begins a message or a notice: `30/12/2023, 14:30 - rest`, `[30.12.23, 2:30:00 PM]
/// rest` and their kin. `None` for a line that goes on with what stands above.
pub(super) fn split(line: &str) -> Option<(Stamp, &str)> {
    let line = line.trim_start_matches(is_mark);
    let bracketed = line.starts_with('[');
    let (when, rest) = if bracketed { line[1..].split_once(']')? } else { line.split_once(" - ")? };
    let when = when.trim_start_matches(is_mark);
    if when.len() > MAX_STAMP_BYTES || !when.starts_with(|c| digit(c).is_some()) {
        return None;
    }
    let mut numbers = numbers(when)?;
    // In Vietnam the time comes first: `21:05, 30/12/2023`.
    if numbers.first()?.1 == ':' && matches!(numbers.len(), 5 | 6) {
        let time = numbers.len() - 3;
        numbers.rotate_left(time);
        numbers[2].1 = ' ';
    }
    let [(first, _), (second, after_second), (third, _), (hour, after_hour), (minute, _), ..] =
        numbers[..]
    else {
        return None;
    };
    if !matches!(after_hour, ':' | '.' | 'h') || hour > 24 || minute > 59 {
        return None;
    }
    let third = if BUDDHIST_YEARS.contains(&third) { third - BUDDHIST_ERA } else { third };
    let (year, others) =
        if first > 31 { (first, [second, third]) } else { (third, [first, second]) };
    if others.iter().any(|it| !(1..=31).contains(it))
        || (year > 99 && !(1990..=2100).contains(&year))
    {
        return None;
    }
    let lower: String = when.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let is_afternoon =
        lower.ends_with("pm") || ["下午", "오후", "午後", "م"].iter().any(|it| lower.contains(it));
    let is_morning =
        lower.ends_with("am") || ["上午", "오전", "午前", "ص"].iter().any(|it| lower.contains(it));
    let hour = match hour {
        12 if is_morning => 0,
        0..12 if is_afternoon => hour + 12,
        other => other,
    };
    let stamp = Stamp {
        date: [first, second, third],
        minute: hour * 60 + minute,
        bracketed,
        has_seconds: numbers.len() > 5,
        dotted: after_second == '.',
    };
    Some((stamp, rest))
}

/// The numbers of a text, each with the character behind it; `None` when one is too large.
fn numbers(text: &str) -> Option<Vec<(u16, char)>> {
    let mut found: Vec<(u16, char)> = Vec::new();
    let mut number: Option<u16> = None;
    // Marks of writing direction may stand between a number and what follows it.
    for c in text.chars().filter(|c| c.is_whitespace() || !is_mark(*c)).chain([' ']) {
        match (digit(c), number) {
            (Some(digit), known) => {
                number = Some(known.unwrap_or(0).checked_mul(10)?.checked_add(digit)?);
            }
            (None, Some(complete)) => {
                found.push((complete, c));
                number = None;
            }
            (None, None) => {}
        }
    }
    Some(found)
}

/// The value of a digit, also of those that phones in Arabic, Persian and Hindi write.
fn digit(c: char) -> Option<u16> {
    let zeros = ['0', '\u{660}', '\u{6f0}', '\u{966}'];
    zeros.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(*zero))?;
        u16::try_from(value).ok().filter(|it| *it < 10)
    })
}

/// Who wrote and what, or `None` for a notice of the app (`Ana created group "Family"`).
pub(super) fn sender(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.trim_start_matches(is_mark);
    let (name, text) = match rest.split_once(": ") {
        Some(split) => split,
        // An empty message, or one that begins right after the colon.
        None => rest.split_once(':').filter(|(_, text)| !text.starts_with('/'))?,
    };
    let name = name.trim_matches(|c: char| is_mark(c) || c == '~').trim();
    let quotes = ['"', '“', '”', '„', '«', '»'];
    let fits = !name.is_empty() && name.chars().count() <= MAX_NAME_CHARS && !name.contains(quotes);
    fits.then_some((name, text))
}

/// Blanks and marks of writing direction, which stand before names and texts.
pub(super) fn is_mark(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl Stamp {
    /// The day, when the day or the month comes first as `order` says.
    pub fn day(self, order: DateOrder) -> Option<Date> {
        let [first, second, third] = self.date;
        let (year, month, day) = match order {
            _ if first > 31 => (first, second, third),
            DateOrder::DayFirst if second <= 12 => (third, second, first),
            DateOrder::MonthFirst if first > 12 => (third, second, first),
            _ => (third, first, second),
        };
        let year = if year < 100 { year + 2000 } else { year };
        let number = |it: u16| i8::try_from(it).ok();
        Date::new(i16::try_from(year).ok()?, number(month)?, number(day)?).ok()
    }
}

/// Whether the day or the month comes first, over a whole chat: a number above 12 tells, dots
/// tell, and so does time, which runs forward in a chat. `None` where nothing tells.
pub(super) fn order_of(stamps: &[Stamp]) -> Option<DateOrder> {
    use DateOrder::{DayFirst, MonthFirst};
    let open = || stamps.iter().filter(|it| it.date[0] <= 31);
    if open().any(|it| it.date[0] > 12 || it.dotted) {
        return Some(DayFirst);
    }
    if open().any(|it| it.date[1] > 12) || open().all(|it| it.date[0] == it.date[1]) {
        return Some(MonthFirst);
    }
    let runs_forward = |order| {
        let mut days = stamps.iter().filter_map(|it| it.day(order));
        days.next().is_some_and(|first| {
            days.try_fold(first, |last, day| (day >= last).then_some(day)).is_some()
        })
    };
    match (runs_forward(DayFirst), runs_forward(MonthFirst)) {
        (true, false) => Some(DayFirst),
        (false, true) => Some(MonthFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_all_phones_are_split() {
        for (line, date, minute, who, text) in [
            ("30/12/2023, 14:30 - John: Hey", [30, 12, 2023], 870, Some("John"), "Hey"),
            ("12/30/23, 2:30\u{202f}PM - John: a: b", [12, 30, 23], 870, Some("John"), "a: b"),
            (
                "\u{200e}[30.12.23, 14:30:05] ~\u{202f}Ana Ruiz: \u{200e}<attached: a.jpg>",
                [30, 12, 23],
                870,
                Some("Ana Ruiz"),
                "\u{200e}<attached: a.jpg>",
            ),
            ("[2019-12-24, 12:23] Jane Doe: Hello", [2019, 12, 24], 743, Some("Jane Doe"), "Hello"),
            ("01/20/2019, 11:23 a. m. - John Doe:.", [1, 20, 2019], 683, Some("John Doe"), "."),
            ("01/20/2019, 12:03 a.m. - John Doe:", [1, 20, 2019], 3, Some("John Doe"), ""),
            ("30/12/2023 à 14:30 - Jo: x", [30, 12, 2023], 870, Some("Jo"), "x"),
            ("2023/12/30 下午2:30 - Jo: x", [2023, 12, 30], 870, Some("Jo"), "x"),
            ("21:05, 30/12/2023 - Jo: x", [30, 12, 2023], 1265, Some("Jo"), "x"),
            ("30/12/2566 21:05 - Jo: x", [30, 12, 2023], 1265, Some("Jo"), "x"),
            (
                "[٣٠\u{200f}/١٢\u{200f}/٢٠٢٣، ٩:٠٥:٠١ م] Jo: x",
                [30, 12, 2023],
                1265,
                Some("Jo"),
                "x",
            ),
            ("20/06/20, 00:08 - +12 345 578 created group \"A: b\"", [20, 6, 20], 8, None, ""),
            ("30/06/20, 09:10 - You were added", [30, 6, 20], 550, None, ""),
            ("30/06/20, 09:10 - See https://x.example", [30, 6, 20], 550, None, ""),
        ] {
            let (stamp, rest) = split(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((stamp.date, stamp.minute), (date, minute), "{line}");
            let said = sender(rest);
            assert_eq!(said.map(|it| it.0), who, "{line}");
            assert_eq!(said.map_or("", |it| it.1), text, "{line}");
        }
        for line in
            ["consectetur - elit", "[1] a note: b", "1. 2. - x: y", "99/99/99, 10:00 - a: b", ""]
        {
            assert_eq!(split(line), None, "{line}");
        }
    }

    #[test]
    fn the_whole_chat_says_which_number_is_the_day() {
        let order = |dates: &[&str]| {
            let stamps: Vec<Stamp> = dates
                .iter()
                .map(|date| split(&format!("{date}, 10:00 - a: b")).unwrap().0)
                .collect();
            order_of(&stamps)
        };
        assert_eq!(order(&["01/02/20", "13/02/20"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["01/02/20", "02/13/20"]), Some(DateOrder::MonthFirst));
        assert_eq!(order(&["01.02.20"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["03/04/20", "05/04/20", "01/05/20"]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["01/02/20", "02/03/20"]), None);
        assert_eq!(order(&["2020/01/02", "05/05/20"]), Some(DateOrder::MonthFirst));
    }
}
