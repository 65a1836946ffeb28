//! One column of what is known of people: its values, their kind, and the groups they make.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Person, PersonIndex, fact};

/// What the entries of a column are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    #[default]
    Text,
    /// Numbers.
    Number,
    /// Days.
    Date,
}

impl ColumnKind {
    /// An entry as a number that can be compared: the number, or days since the year 1970.
    pub fn number(self, entry: &str) -> Option<f64> {
        match self {
            Self::Text => None,
            Self::Number => number(entry),
            Self::Date => day(entry),
        }
    }

    /// Such a number as people write it.
    pub fn shown(self, number: f64) -> String {
        match self {
            Self::Date => date(number).map_or_else(String::new, |day| day.to_string()),
            _ if number.fract() == 0.0 => format!("{number:.0}"),
            _ => format!("{number:.2}"),
        }
    }
}

/// A column over all people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// What its entries are.
    pub kind: ColumnKind,
    /// People with an entry.
    pub known: usize,
    /// Every entry with the number of people who have it, the most frequent first; of a list each
    /// part is one.
    pub values: Vec<(String, usize)>,
}

impl Column {
    /// What `people` have in `column`. O(people · log values).
    pub fn of(people: &[Person], column: &str) -> Self {
        let mut known = 0;
        let mut values: BTreeMap<&str, usize> = BTreeMap::new();
        for person in people {
            let mut any = false;
            for entry in entries(person, column) {
                *values.entry(entry).or_default() += 1;
                any = true;
            }
            known += usize::from(any);
        }
        // Numbers that stand for clients or tags are names like others.
        let kind =
            if fact::GROUPING.contains(&column) { ColumnKind::Text } else { kind_of(&values) };
        let mut values: Vec<(String, usize)> =
            values.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
        // The map is in order of the values, and sorting is stable: ties are cut by name.
        values.sort_by_key(|&(_, count)| Reverse(count));
        Self { kind, known, values }
    }

    /// The least and the greatest entry, where entries are numbers or days.
    pub fn range(&self) -> Option<(f64, f64)> {
        let numbers = || self.values.iter().filter_map(|(value, _)| self.kind.number(value));
        let low = numbers().min_by(f64::total_cmp)?;
        Some((low, numbers().max_by(f64::total_cmp)?))
    }

    /// Whether the column tells people apart: several entries, and not one for each person.
    pub fn tells_groups(&self, people: usize) -> bool {
        let enough = self.known * 20 >= people && self.values.len() > 1;
        let largest = self.values.first().map_or(0, |(_, count)| *count);
        let groups = largest > 1 && self.values.len() * 2 < self.known;
        enough && (groups || self.kind != ColumnKind::Text)
    }
}

/// The entries of a person in a column; those that list several part them by `; `.
pub fn entries<'a>(person: &'a Person, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let is_list = column == fact::TAGS || column == fact::EVENT;
    let separator = if is_list { "; " } else { "\0" };
    let told = person.fact(column).unwrap_or_default();
    told.split(separator).map(str::trim).filter(|entry| !entry.is_empty())
}

/// People by their entries in one column: a group for each entry or, where there are many numbers
/// or days, for each of a few ranges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Groups {
    /// Names of the groups: the largest first, or ranges from low to high.
    pub names: Vec<String>,
    /// Group of each person; `None` without an entry.
    pub of: Vec<Option<u32>>,
    /// Whether the groups are ranges.
    pub are_ranges: bool,
}

impl Groups {
    /// Ranges that many different numbers are cut into, each with about as many people.
    pub const RANGES: usize = 5;

    /// Groups `people` by `column`. Somebody with several entries is in the largest group.
    pub fn of(people: &[Person], column: &str) -> Self {
        let told = Column::of(people, column);
        if told.kind != ColumnKind::Text && told.values.len() > Self::RANGES + 2 {
            return Self::by_range(people, column, told.kind);
        }
        let rank: BTreeMap<&str, u32> =
            told.values.iter().map(|(value, _)| value.as_str()).zip(0..).collect();
        let of = |person| entries(person, column).filter_map(|it| rank.get(it)).min().copied();
        let of = people.iter().map(of).collect();
        let names = told.values.into_iter().map(|(value, _)| value).collect();
        Self { names, of, are_ranges: false }
    }

    /// Number of people in each group.
    pub fn sizes(&self) -> Vec<u32> {
        let mut sizes = vec![0; self.names.len()];
        for &group in self.of.iter().flatten() {
            sizes[group as usize] += 1;
        }
        sizes
    }

    /// How many groups there are up to the last with two people: what comes after are loners.
    pub fn worth_listing(&self) -> usize {
        self.sizes().iter().rposition(|&size| size > 1).map_or(0, |last| last + 1)
    }

    /// The people of each group, in the order of the network.
    pub fn members(&self) -> Vec<Vec<PersonIndex>> {
        let mut members = vec![Vec::new(); self.names.len()];
        for (person, group) in (0..).zip(&self.of) {
            if let Some(group) = group {
                members[*group as usize].push(person);
            }
        }
        members
    }

    fn by_range(people: &[Person], column: &str, kind: ColumnKind) -> Self {
        let number = |person| entries(person, column).find_map(|entry| kind.number(entry));
        Self::of_numbers(&people.iter().map(number).collect::<Vec<_>>(), |it| kind.shown(it))
    }

    /// Groups people by ranges of a number each of them may have, `shown` as people write it.
    pub fn of_numbers(numbers: &[Option<f64>], shown: impl Fn(f64) -> String) -> Self {
        let mut sorted: Vec<f64> = numbers.iter().copied().flatten().collect();
        sorted.sort_by(f64::total_cmp);
        // The first number of each range; equal numbers are never parted.
        let ranges = if sorted.is_empty() { 0 } else { Self::RANGES };
        let mut starts: Vec<f64> =
            (0..ranges).map(|range| sorted[range * sorted.len() / Self::RANGES]).collect();
        starts.dedup();
        let range_of = |number: f64| {
            let range = starts.partition_point(|&start| start <= number).checked_sub(1)?;
            u32::try_from(range).ok()
        };
        let of = numbers.iter().map(|number| number.and_then(range_of)).collect();
        let names = starts.iter().enumerate().map(|(range, &start)| {
            let next = starts.get(range + 1);
            let end = next.map_or(sorted.len(), |&next| sorted.partition_point(|&it| it < next));
            let (low, high) = (shown(start), shown(sorted[end - 1]));
            if low == high { low } else { format!("{low} – {high}") }
        });
        Self { names: names.collect(), of, are_ranges: true }
    }
}

/// Nearly all entries have to be of a kind for the column to be.
fn kind_of(values: &BTreeMap<&str, usize>) -> ColumnKind {
    let mostly = |is: &dyn Fn(&str) -> bool| {
        let alike = values.keys().filter(|value| is(value)).count();
        !values.is_empty() && alike * 10 >= values.len() * 9
    };
    if mostly(&|value| day(value).is_some()) {
        ColumnKind::Date
    } else if mostly(&|value| number(value).is_some()) {
        ColumnKind::Number
    } else {
        ColumnKind::Text
    }
}

/// A number as people write it: `1,234.5`, `1 234`, `12 %` (as 12), `€ 30`, and `1,5` or `0,125` as
/// people east of Dover do.
pub fn number(entry: &str) -> Option<f64> {
    let plain = entry.trim_matches(|c: char| c.is_whitespace() || "€$£¥%".contains(c));
    if !plain.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.') {
        return None;
    }
    let joined: String =
        plain.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    // Nobody parts thousands behind a leading zero.
    let is_point = |start: &str, end: &str| end.len() != 3 || matches!(start, "0" | "-0");
    let comma_is_point = matches!(joined.split(',').collect::<Vec<_>>()[..], [start, end] if is_point(start, end))
        && !joined.contains('.');
    let comma = if comma_is_point { "." } else { "" };
    joined.replace(',', comma).parse().ok().filter(|number: &f64| number.is_finite())
}

fn day(entry: &str) -> Option<f64> {
    let day: Date = entry.get(..10).unwrap_or(entry).parse().ok()?;
    Some(f64::from(day.since(Date::constant(1970, 1, 1)).ok()?.get_days()))
}

fn date(days: f64) -> Option<Date> {
    #[expect(clippy::cast_possible_truncation, reason = "a number of days")]
    let days = jiff::Span::new().try_days(days as i64).ok()?;
    Date::constant(1970, 1, 1).checked_add(days).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(column: &str, entries: &[&str]) -> Vec<Person> {
        let person = |entry: &&str| Person {
            facts: Some((column, *entry)).filter(|_| !entry.is_empty()).into_iter().collect(),
            ..Person::default()
        };
        entries.iter().map(person).collect()
    }

    #[test]
    fn a_column_is_what_nearly_all_of_its_entries_are() {
        let kind = |entries: &[&str]| Column::of(&people("x", entries), "x").kind;
        assert_eq!(kind(&["1", "2.5", "1,200", "-3", "€ 30"]), ColumnKind::Number);
        assert_eq!(kind(&["2025-01-31", "2024-12-01"]), ColumnKind::Date);
        assert_eq!(kind(&["1", "two", "3"]), ColumnKind::Text);
        assert_eq!(kind(&[]), ColumnKind::Text);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("12", 12.0),
            ("1,234.5", 1234.5),
            ("1,234", 1234.0),
            ("1,5", 1.5),
            ("0,125", 0.125),
            ("1 234", 1234.0),
            ("12 %", 12.0),
            ("$3", 3.0),
        ] {
            assert_eq!(number(text), Some(expected), "{text}");
        }
        for text in ["", "Alder", "inf", "NaN", "-", "1-2"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn parts_of_lists_are_counted_by_themselves() {
        let people = people(fact::TAGS, &["golf; pilot", "pilot", ""]);
        let column = Column::of(&people, fact::TAGS);
        assert_eq!(column.known, 2);
        assert_eq!(column.values, [("pilot".to_owned(), 2), ("golf".to_owned(), 1)]);
        let groups = Groups::of(&people, fact::TAGS);
        assert_eq!(groups.of, [Some(0), Some(0), None]);
        assert_eq!((groups.sizes().as_slice(), groups.worth_listing()), ([2, 0].as_slice(), 1));
        assert_eq!(groups.members(), [vec![0, 1], vec![]]);
    }

    #[test]
    fn many_numbers_become_ranges_of_equal_size() {
        let entries: Vec<String> = (1..=100).map(|it| (it * 10).to_string()).collect();
        let entries: Vec<&str> = entries.iter().map(String::as_str).chain([""]).collect();
        let groups = Groups::of(&people("cost", &entries), "cost");
        assert_eq!(groups.names, ["10 – 200", "210 – 400", "410 – 600", "610 – 800", "810 – 1000"]);
        let sizes: Vec<usize> =
            (0..5).map(|group| groups.of.iter().filter(|it| **it == Some(group)).count()).collect();
        assert_eq!(sizes, [20; 5]);
        assert_eq!(groups.of[100], None);
        let days: Vec<String> = (10..30).map(|day| format!("2025-03-{day}")).collect();
        let days: Vec<&str> = days.iter().map(String::as_str).collect();
        let groups = Groups::of(&people(fact::ADOPTED, &days), fact::ADOPTED);
        assert_eq!(groups.names[0], "2025-03-10 – 2025-03-13");
    }

    #[test]
    fn few_numbers_stay_as_they_are_and_equal_ones_are_never_parted() {
        let groups = Groups::of(&people("wave", &["2", "1", "2"]), "wave");
        assert_eq!(
            (groups.names.as_slice(), groups.are_ranges),
            (["2".to_owned(), "1".to_owned()].as_slice(), false)
        );
        let mut entries = vec!["5"; 90];
        entries.extend(["1", "2", "3", "4", "6", "7", "8", "9"]);
        let groups = Groups::of(&people("x", &entries), "x");
        assert_eq!(groups.names, ["1 – 4", "5 – 9"]);
    }
}
