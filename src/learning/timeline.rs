//! Periods on a calendar or on a scale of numbers: which one an entry falls in, and its name.

use jiff::civil::{Date, Weekday};
use jiff::{Span, Unit};
use serde::{Deserialize, Serialize};

use crate::diffusion::StepUnit;

/// Periods of equal length, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Timeline {
    /// Whole numbers; period 0 has this one. Years are numbers of this kind.
    Numbers {
        /// The number of period 0.
        first: i64,
    },
    /// Days of the calendar; period 0 begins on this one.
    Days {
        /// First day of period 0.
        first: Date,
        /// Length of a period.
        unit: StepUnit,
    },
}

impl Timeline {
    /// Periods of this length, in step with the calendar (weeks begin on Mondays), of which the
    /// first holds `day`.
    pub fn around(day: Date, unit: StepUnit) -> Self {
        let first = match unit {
            StepUnit::Day => Some(day),
            StepUnit::Week => {
                let since = day.weekday().since(Weekday::Monday);
                day.checked_sub(Span::new().days(since)).ok()
            }
            StepUnit::Month => Some(day.first_of_month()),
            StepUnit::Quarter => day.with().month(quarter_of(day) * 3 - 2).day(1).build().ok(),
            StepUnit::Year => Some(day.first_of_year()),
        };
        Self::Days { first: first.unwrap_or(day), unit }
    }

    /// The period a day falls in; before period 0 it is negative. `None` on a scale of numbers.
    pub fn period_of(&self, day: Date) -> Option<i64> {
        let &Self::Days { first, unit } = self else { return None };
        let days = || i64::from(day.since(first).map_or(0, |it| it.get_days()));
        Some(match unit {
            StepUnit::Day => days(),
            StepUnit::Week => days().div_euclid(7),
            StepUnit::Month => months(first, day),
            StepUnit::Quarter => months(first, day).div_euclid(3),
            StepUnit::Year => months(first, day).div_euclid(12),
        })
    }

    /// First day of a period. `None` on a scale of numbers, and at the end of all calendars.
    pub fn begins(&self, period: i64) -> Option<Date> {
        let &Self::Days { first, unit } = self else { return None };
        let span = Span::new();
        let span = match unit {
            StepUnit::Day => span.try_days(period),
            StepUnit::Week => span.try_weeks(period),
            StepUnit::Month => span.try_months(period),
            StepUnit::Quarter => span.try_months(period.saturating_mul(3)),
            StepUnit::Year => span.try_years(period),
        };
        first.checked_add(span.ok()?).ok()
    }

    /// Name of a period: the number, the day on which it begins, the month, the quarter or the year.
    pub fn label(&self, period: i64) -> String {
        match self {
            Self::Numbers { first } => (first + period).to_string(),
            Self::Days { unit, .. } => {
                let Some(day) = self.begins(period) else { return String::new() };
                match unit {
                    StepUnit::Month => day.strftime("%Y-%m").to_string(),
                    StepUnit::Quarter if day.day() == 1 && day.month() % 3 == 1 => {
                        format!("{} Q{}", day.year(), quarter_of(day))
                    }
                    // Quarters may begin on a day of a campaign's own.
                    StepUnit::Day | StepUnit::Week | StepUnit::Quarter => day.to_string(),
                    StepUnit::Year => day.year().to_string(),
                }
            }
        }
    }

    /// Length of a period, where it is told: numbers that look like years are years.
    pub fn unit(&self) -> Option<StepUnit> {
        match self {
            Self::Days { unit, .. } => Some(*unit),
            Self::Numbers { first } => (1500..2500).contains(first).then_some(StepUnit::Year),
        }
    }

    /// What a period is called: "week", or "period" where nothing tells its length.
    pub fn word(&self) -> &'static str {
        self.unit().map_or("period", |unit| unit.word(1))
    }
}

/// The quarter of its year that a day lies in, from 1 to 4.
fn quarter_of(day: Date) -> i8 {
    (day.month() + 2) / 3
}

/// Whole months from one day to another, counted down where the other is earlier.
fn months(from: Date, to: Date) -> i64 {
    let count = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
    count(to) - count(from) - i64::from(to.day() < from.day())
}

/// The length of period in which days are best counted: as long as their dates are told, and else
/// so that there are neither few periods nor many.
pub(super) fn usual_unit(days: &[Date]) -> StepUnit {
    let all = |is: &dyn Fn(&Date) -> bool| !days.is_empty() && days.iter().all(is);
    if all(&|day| day.day_of_year() == 1) {
        return StepUnit::Year;
    }
    if all(&|day| day.day() == 1 && day.month() % 3 == 1) {
        return StepUnit::Quarter;
    }
    if all(&|day| day.day() == 1) {
        return StepUnit::Month;
    }
    let span = days.iter().min().zip(days.iter().max()).and_then(|(first, last)| {
        let span = last.since((Unit::Day, *first)).ok()?;
        Some(span.get_days())
    });
    match span.unwrap_or(0) {
        ..45 => StepUnit::Day,
        45..550 => StepUnit::Week,
        550..5500 => StepUnit::Month,
        _ => StepUnit::Year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn days_fall_into_periods_and_periods_have_names() {
        // 2026-03-05 is a Thursday.
        for (unit, first, day_in_3, label) in [
            (StepUnit::Day, "2026-03-05", "2026-03-08", "2026-03-08"),
            (StepUnit::Week, "2026-03-02", "2026-03-29", "2026-03-23"),
            (StepUnit::Month, "2026-03-01", "2026-06-30", "2026-06"),
            (StepUnit::Quarter, "2026-01-01", "2026-12-31", "2026 Q4"),
            (StepUnit::Year, "2026-01-01", "2029-12-31", "2029"),
        ] {
            let timeline = Timeline::around(day("2026-03-05"), unit);
            assert_eq!(timeline.begins(0), Some(day(first)), "{unit:?}");
            assert_eq!(timeline.period_of(day(day_in_3)), Some(3), "{unit:?}");
            assert_eq!(timeline.label(3), label, "{unit:?}");
            let eve = day(first).yesterday().expect("a day");
            assert_eq!(timeline.period_of(eve), Some(-1), "{unit:?}");
        }
        let years = Timeline::Numbers { first: 1946 };
        assert_eq!((years.label(18).as_str(), years.word()), ("1964", "year"));
        assert_eq!(Timeline::Numbers { first: 1 }.word(), "period");
    }

    #[test]
    fn a_campaign_may_begin_on_any_day() {
        let from = Timeline::Days { first: day("2026-01-31"), unit: StepUnit::Month };
        let period = |text| from.period_of(day(text));
        assert_eq!([period("2026-02-27"), period("2026-03-30")], [Some(0), Some(1)]);
        assert_eq!(period("2026-03-31"), Some(2));
    }

    #[test]
    fn periods_are_as_long_as_dates_are_told() {
        let unit = |days: &[&str]| usual_unit(&days.iter().map(|it| day(it)).collect::<Vec<_>>());
        assert_eq!(unit(&["1953-11-01", "1955-02-01"]), StepUnit::Month);
        assert_eq!(unit(&["2024-04-01", "2025-01-01"]), StepUnit::Quarter);
        assert_eq!(unit(&["1946-01-01", "1960-01-01"]), StepUnit::Year);
        assert_eq!(unit(&["2026-03-02", "2026-03-20"]), StepUnit::Day);
        assert_eq!(unit(&["2026-03-02", "2026-11-20"]), StepUnit::Week);
        assert_eq!(unit(&["2020-03-02", "2026-11-20"]), StepUnit::Month);
        assert_eq!(unit(&["1990-03-02", "2026-11-20"]), StepUnit::Year);
    }
}
