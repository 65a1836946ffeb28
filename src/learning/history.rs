//! Who adopted in which period, read from a column of dates or numbers.

use jiff::civil::Date;
use thiserror::Error;

use super::timeline::{Timeline, usual_unit};
use crate::diffusion::{NEVER, StepUnit};
use crate::network::PersonIndex;

/// What was watched: everyone's period of adoption, over all periods from the first adoption to the
/// end of watching.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// What the periods are.
    pub timeline: Timeline,
    /// Period of adoption per person from 0, [`NEVER`] for those who had not adopted by the end.
    pub times: Vec<u32>,
    /// Periods watched; the last one may be without adopters.
    pub periods: u32,
    /// People who adopted, but nothing tells in which of these periods; they are in no curve.
    pub undated: Vec<PersonIndex>,
    /// Entries with a fraction, which were read as the period they fall in.
    pub fractions: usize,
}

/// Why there is nothing to learn from.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum NoHistory {
    /// Nobody has adopted.
    #[error(
        "nobody here is known to have adopted: import a column with the date or period of adoption, \
         or mark people as adopted"
    )]
    Nobody,
    /// People have adopted, but nothing tells when.
    #[error("{0} have adopted, but nothing tells when: the column needs dates or periods")]
    NoTimes(String),
    /// More periods than any forecast has steps.
    #[error(
        "the times of adoption run from {first} to {last}, which is {periods} periods; {most} at most \
         make sense: is it a column of times?"
    )]
    TooLong {
        /// The earliest time.
        first: String,
        /// The latest.
        last: String,
        /// Periods from one to the other.
        periods: i64,
        /// Most periods there may be.
        most: u32,
    },
}

/// When somebody adopted, as told.
#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    Day(Date),
    Number(f64),
    Unknown,
}

impl When {
    fn of(entry: &str) -> Self {
        let entry = entry.trim();
        if let Some(day) =
            entry.get(..10).unwrap_or(entry).parse().ok().filter(|_| entry.len() >= 10)
        {
            Self::Day(day)
        } else {
            entry.parse().ok().filter(|it: &f64| it.is_finite()).map_or(Self::Unknown, Self::Number)
        }
    }
}

impl History {
    /// Most periods that may be watched.
    pub const MOST_PERIODS: u32 = 10_000;

    /// Reads everyone's entry: an ISO date, a number, other text where nothing tells when, `None`
    /// for those who have not adopted. `unit` is the length of a period where entries are dates (by
    /// default what suits them); `until` the last day of watching, where that is later than the last
    /// adoption. O(people).
    ///
    /// # Errors
    /// [`NoHistory`] when nobody adopted, when nothing tells when, or when the times are no times.
    pub fn of<'e>(
        entries: impl IntoIterator<Item = Option<&'e str>>,
        unit: Option<StepUnit>,
        until: Option<Date>,
    ) -> Result<Self, NoHistory> {
        let told: Vec<Option<When>> =
            entries.into_iter().map(|entry| entry.map(When::of)).collect();
        let days: Vec<Date> = told
            .iter()
            .filter_map(|it| if let Some(When::Day(day)) = it { Some(*day) } else { None })
            .collect();
        let numbers: Vec<f64> = told
            .iter()
            .filter_map(|it| if let Some(When::Number(number)) = it { Some(*number) } else { None })
            .collect();
        let adopters = told.iter().flatten().count();
        if adopters == 0 {
            return Err(NoHistory::Nobody);
        }
        if days.is_empty() && numbers.is_empty() {
            return Err(NoHistory::NoTimes(crate::words::people(adopters)));
        }
        // One kind of entry makes the scale; those of the other kind do not say when on it.
        let timeline = if days.len() >= numbers.len() {
            let first = days.iter().min().copied().unwrap_or_default();
            Timeline::around(first, unit.unwrap_or_else(|| usual_unit(&days)))
        } else {
            let first = numbers.iter().copied().fold(f64::INFINITY, f64::min);
            Timeline::Numbers { first: whole(first) }
        };
        let period = |when: When| match (when, timeline) {
            (When::Day(day), Timeline::Days { .. }) => timeline.period_of(day),
            (When::Number(number), Timeline::Numbers { first }) => Some(whole(number) - first),
            _ => None,
        };
        let periods = || told.iter().flatten().filter_map(|&it| period(it));
        let last = periods().max().unwrap_or(0);
        let last = last.max(until.and_then(|day| timeline.period_of(day)).unwrap_or(0));
        let count = u32::try_from(last + 1)
            .ok()
            .filter(|&it| it <= Self::MOST_PERIODS)
            .ok_or_else(|| NoHistory::TooLong {
                first: timeline.label(0),
                last: timeline.label(last),
                periods: last + 1,
                most: Self::MOST_PERIODS,
            })?;
        let mut undated = Vec::new();
        let times = (0..)
            .zip(&told)
            .map(|(person, when)| match when.map(period) {
                None => NEVER,
                Some(Some(period)) => u32::try_from(period).unwrap_or(NEVER),
                Some(None) => {
                    undated.push(person);
                    NEVER
                }
            })
            .collect();
        let is_numbered = matches!(timeline, Timeline::Numbers { .. });
        let fractions = numbers.iter().filter(|it| is_numbered && it.fract() != 0.0).count();
        Ok(Self { timeline, times, periods: count, undated, fractions })
    }

    /// Number of people who adopted in a known period.
    pub fn adopters(&self) -> usize {
        self.times.iter().filter(|&&it| it != NEVER).count()
    }

    /// New adopters of each period.
    pub fn new_adopters(&self) -> Vec<usize> {
        let mut new = vec![0; self.periods as usize];
        for &time in self.times.iter().filter(|&&it| it != NEVER) {
            new[time as usize] += 1;
        }
        new
    }

    /// The times with non-adopters coded as if they had adopted in the period after the last, as
    /// classic data sets have them.
    pub fn censored(&self) -> Vec<u32> {
        self.times.iter().map(|&it| if it == NEVER { self.periods } else { it }).collect()
    }
}

/// The whole number a time falls in.
#[expect(clippy::cast_possible_truncation, reason = "saturating, and what is too large is refused")]
fn whole(number: f64) -> i64 {
    // Half of the range, so that differences fit.
    number.floor().clamp(-4e18, 4e18) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(entries: &[&str], unit: Option<StepUnit>) -> Result<History, NoHistory> {
        let entries = entries.iter().map(|it| Some(*it).filter(|it| !it.is_empty()));
        History::of(entries, unit, None)
    }

    #[test]
    fn years_numbers_and_dates_become_periods() {
        let history = read(&["1946", "1948", "", "1949.5", "yes"], None).expect("years");
        assert_eq!(history.times, [0, 2, NEVER, 3, NEVER]);
        assert_eq!((history.periods, history.undated.as_slice()), (4, [4].as_slice()));
        assert_eq!((history.adopters(), history.fractions), (3, 1));
        assert_eq!(history.new_adopters(), [1, 0, 1, 1]);
        assert_eq!(history.censored(), [0, 2, 4, 3, 4]);

        let history =
            read(&["2026-03-05", "2026-04-30", "7"], Some(StepUnit::Month)).expect("dates");
        assert_eq!(history.times, [0, 1, NEVER]);
        assert_eq!(history.undated, [2], "a number says nothing on a calendar");
    }

    #[test]
    fn watching_may_last_longer_than_adoption() {
        let until = Some(jiff::civil::date(2026, 5, 20));
        let entries = [Some("2026-03-05"), None];
        let history = History::of(entries, Some(StepUnit::Month), until).expect("dates");
        assert_eq!(history.periods, 3);
        assert_eq!(history.new_adopters(), [1, 0, 0]);
    }

    #[test]
    fn what_is_no_history_is_refused() {
        assert_eq!(read(&["", ""], None), Err(NoHistory::Nobody));
        let unknown = read(&["yes", "", "soon"], None).expect_err("no times");
        assert!(unknown.to_string().starts_with("2 people have adopted, but"), "{unknown}");
        let phones = read(&["1", "1e18", "-1e300"], None).expect_err("no times");
        assert!(matches!(phones, NoHistory::TooLong { .. }), "{phones}");
    }
}
