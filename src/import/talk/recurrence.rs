//! How often a repeated meeting took place (RFC 5545, 3.3.10), by the day.
//!
//! Days are generated here rather than by the calendar parser's own expansion, which may look
//! through many thousand years for a day that never comes.

use calcard::icalendar::{
    ICalendarDay, ICalendarFrequency, ICalendarRecurrenceRule, ICalendarWeekday,
};
use jiff::Span;
use jiff::civil::{Date, Weekday};

/// No series is counted beyond so many meetings (a daily one for almost four years).
pub(super) const MAX_OCCURRENCES: u32 = 1000;
/// Nor is a day looked for in more weeks, months … than these.
const MAX_PERIODS: i32 = 1500;

/// How often the series takes place, and the last day it does. One that never ends is counted up
/// to `horizon`; the first meeting always counts. `dropped` are days taken out of the series.
/// O(1500 periods · 366 days) at most.
pub(super) fn occurrences(
    rule: &ICalendarRecurrenceRule,
    start: Date,
    horizon: Date,
    dropped: &[Date],
) -> (u32, Date) {
    let endless = rule.count.is_none() && rule.until.is_none();
    let until = match &rule.until {
        Some(until) => super::calendar::day_of(until),
        None => endless.then_some(horizon),
    };
    let until = until.unwrap_or(Date::MAX).max(start);
    let most = rule.count.unwrap_or(u32::MAX).clamp(1, MAX_OCCURRENCES);
    let (mut made, mut kept, mut last) = (0, 0, start);
    'periods: for period in 0..MAX_PERIODS {
        let Some(days) = days_of_period(rule, start, period) else { break };
        for day in chosen(&days, &rule.bysetpos) {
            if day < start {
                continue;
            }
            if day > until || made == most {
                break 'periods;
            }
            made += 1;
            if !dropped.contains(&day) {
                kept += 1;
                last = day;
            }
        }
    }
    // Frequencies below a day, and rules without a day, are one meeting.
    (if made == 0 { 1 } else { kept }, last)
}

/// The days of the series in one of its periods, ascending; `None` beyond the calendar.
fn days_of_period(rule: &ICalendarRecurrenceRule, start: Date, period: i32) -> Option<Vec<Date>> {
    let step = period.checked_mul(i32::from(rule.interval.unwrap_or(1).max(1)))?;
    let in_months = |day: &Date| {
        rule.bymonth.is_empty()
            || rule.bymonth.iter().any(|it| it.month() == day.month().unsigned_abs())
    };
    let mut days = match rule.freq {
        ICalendarFrequency::Daily => {
            let day = start.checked_add(Span::new().try_days(step).ok()?).ok()?;
            let fits = rule.byday.is_empty()
                || rule.byday.iter().any(|it| weekday(it.weekday) == day.weekday());
            if fits { vec![day] } else { Vec::new() }
        }
        ICalendarFrequency::Weekly => {
            let first = rule.wkst.map_or(Weekday::Monday, weekday);
            let into_week = start.weekday().since(first);
            let week = start.checked_sub(Span::new().days(into_week)).ok()?;
            let week = week.checked_add(Span::new().try_weeks(step).ok()?).ok()?;
            let wanted = |day: &Date| match rule.byday.as_slice() {
                [] => day.weekday() == start.weekday(),
                some => some.iter().any(|it| weekday(it.weekday) == day.weekday()),
            };
            (0..7)
                .filter_map(|at| week.checked_add(Span::new().days(at)).ok())
                .filter(wanted)
                .collect()
        }
        ICalendarFrequency::Monthly => {
            let month =
                start.first_of_month().checked_add(Span::new().try_months(step).ok()?).ok()?;
            days_of_month(rule, month, start)
        }
        ICalendarFrequency::Yearly => {
            let year = start.first_of_year().checked_add(Span::new().try_years(step).ok()?).ok()?;
            let months: Vec<i8> = match rule.bymonth.as_slice() {
                [] if rule.byday.is_empty() || !rule.bymonthday.is_empty() => vec![start.month()],
                [] => (1..=12).collect(),
                some => some.iter().filter_map(|it| i8::try_from(it.month()).ok()).collect(),
            };
            let months = months.into_iter().filter_map(|it| Date::new(year.year(), it, 1).ok());
            months.flat_map(|month| days_of_month(rule, month, start)).collect()
        }
        _ => Vec::new(),
    };
    days.retain(in_months);
    days.sort_unstable();
    days.dedup();
    Some(days)
}

/// The days of the series in the month that begins on `month`.
fn days_of_month(rule: &ICalendarRecurrenceRule, month: Date, start: Date) -> Vec<Date> {
    let length = month.days_in_month();
    let on = |day: i8| Date::new(month.year(), month.month(), day).ok();
    if rule.bymonthday.is_empty() && rule.byday.is_empty() {
        return on(start.day()).into_iter().collect();
    }
    let by_number = |day: &Date| {
        rule.bymonthday.is_empty()
            || rule
                .bymonthday
                .iter()
                .any(|&it| if it > 0 { it == day.day() } else { it == day.day() - length - 1 })
    };
    let by_weekday =
        |day: &Date| rule.byday.is_empty() || rule.byday.iter().any(|it| is_nth(*it, *day, length));
    (1..=length).filter_map(on).filter(by_number).filter(by_weekday).collect()
}

/// Whether a day is the second Monday, the last Friday … of its month.
fn is_nth(wanted: ICalendarDay, day: Date, length: i8) -> bool {
    let from_start = i16::from((day.day() - 1) / 7 + 1);
    let from_end = -i16::from((length - day.day()) / 7 + 1);
    weekday(wanted.weekday) == day.weekday()
        && wanted.ordwk.is_none_or(|nth| nth == 0 || nth == from_start || nth == from_end)
}

/// `BYSETPOS`: only the first, the last … of a period's days.
fn chosen(days: &[Date], positions: &[i32]) -> Vec<Date> {
    if positions.is_empty() {
        return days.to_vec();
    }
    let count = i32::try_from(days.len()).unwrap_or(i32::MAX);
    let is_chosen = |at: i32| positions.iter().any(|&it| it == at + 1 || it == at - count);
    (0..).zip(days).filter(|(at, _)| is_chosen(*at)).map(|(_, day)| *day).collect()
}

fn weekday(day: ICalendarWeekday) -> Weekday {
    match day {
        ICalendarWeekday::Sunday => Weekday::Sunday,
        ICalendarWeekday::Monday => Weekday::Monday,
        ICalendarWeekday::Tuesday => Weekday::Tuesday,
        ICalendarWeekday::Wednesday => Weekday::Wednesday,
        ICalendarWeekday::Thursday => Weekday::Thursday,
        ICalendarWeekday::Friday => Weekday::Friday,
        ICalendarWeekday::Saturday => Weekday::Saturday,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calcard::icalendar::{ICalendarProperty, ICalendarValue};
    use calcard::{Entry, Parser};
    use jiff::civil::date;

    fn rule_of(text: &str) -> ICalendarRecurrenceRule {
        let text = format!("BEGIN:VEVENT\nRRULE:{text}\nEND:VEVENT\n");
        let Entry::ICalendar(event) = Parser::new(&text).entry() else { panic!("no event") };
        match &event.components[0].property(&ICalendarProperty::Rrule).unwrap().values[0] {
            ICalendarValue::RecurrenceRule(rule) => (**rule).clone(),
            other => panic!("no rule: {other:?}"),
        }
    }

    #[test]
    fn series_are_counted_as_calendars_show_them() {
        let start = date(2024, 1, 31); // a Wednesday
        let horizon = date(2024, 12, 31);
        for (rule, expected, last) in [
            ("FREQ=DAILY;COUNT=10", 10, "2024-02-09"),
            ("FREQ=DAILY;INTERVAL=2;UNTIL=20240206T120000Z", 4, "2024-02-06"),
            ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=5", 5, "2024-02-06"),
            ("FREQ=WEEKLY", 48, "2024-12-25"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4", 4, "2024-02-26"),
            ("FREQ=MONTHLY;COUNT=3", 3, "2024-05-31"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", 3, "2024-03-31"),
            ("FREQ=MONTHLY;BYDAY=1MO;COUNT=2", 2, "2024-03-04"),
            ("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20240401", 2, "2024-03-29"),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", 3, "2024-03-29"),
            ("FREQ=YEARLY;COUNT=3", 3, "2026-01-31"),
            ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2", 2, "2025-11-27"),
            ("FREQ=DAILY;COUNT=4000000000", 1000, "2026-10-26"),
            ("FREQ=DAILY;UNTIL=20200101", 1, "2024-01-31"),
            ("FREQ=HOURLY;COUNT=5", 1, "2024-01-31"),
            ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", 1, "2024-01-31"),
            ("FREQ=YEARLY;INTERVAL=65535", 1, "2024-01-31"),
        ] {
            let (count, day) = occurrences(&rule_of(rule), start, horizon, &[]);
            assert_eq!((count, day.to_string().as_str()), (expected, last), "{rule}");
        }
        let dropped = [date(2024, 2, 1), date(2024, 2, 9)];
        let (count, day) = occurrences(&rule_of("FREQ=DAILY;COUNT=10"), start, horizon, &dropped);
        assert_eq!((count, day), (8, date(2024, 2, 8)));
    }
}
