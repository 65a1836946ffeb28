//! A rule about people by one column: whom the map shows, whom seeds are never chosen from, whom a
//! push from outside reaches.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ColumnKind, Person, entries, fold};

/// Picks people by what they have in one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnRule {
    /// The column.
    pub column: String,
    /// Which entries it picks.
    pub picks: Picks,
}

/// Which entries a rule picks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Picks {
    /// Any of these; the empty one stands for people without an entry.
    OneOf(BTreeSet<String>),
    /// Numbers from `low` to `high`, both included.
    Numbers {
        /// The least.
        low: f64,
        /// The greatest.
        high: f64,
    },
    /// Days from `low` to `high`, both included, counted from the year 1970.
    Days {
        /// The first.
        low: f64,
        /// The last.
        high: f64,
    },
    /// Entries with this text in them, in whatever case and with or without accents.
    Contains(String),
}

impl Picks {
    /// Whether somebody with these entries is picked: any of them will do.
    pub fn pick<'a>(&self, entries: impl Iterator<Item = &'a str>) -> bool {
        let mut entries = entries.peekable();
        let within = |kind: ColumnKind, low: f64, high: f64| {
            move |entry: &str| kind.number(entry).is_some_and(|it| (low..=high).contains(&it))
        };
        match self {
            Self::OneOf(values) if entries.peek().is_none() => values.contains(""),
            Self::OneOf(values) => entries.any(|entry| values.contains(entry)),
            Self::Numbers { low, high } => entries.any(within(ColumnKind::Number, *low, *high)),
            Self::Days { low, high } => entries.any(within(ColumnKind::Date, *low, *high)),
            Self::Contains(text) => {
                let text = fold(text);
                entries.any(|entry| fold(entry).contains(&text))
            }
        }
    }

    /// "Alder, Birch and 2 more", "10 – 40", "contains “al”".
    pub fn in_words(&self) -> String {
        let range =
            |kind: ColumnKind, low, high| format!("{} – {}", kind.shown(low), kind.shown(high));
        match self {
            Self::OneOf(values) => {
                let shown = |value: &String| {
                    if value.is_empty() { "not given".to_owned() } else { value.clone() }
                };
                let first: Vec<String> = values.iter().take(3).map(shown).collect();
                let more = values.len().saturating_sub(first.len());
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                format!("{}{more}", first.join(", "))
            }
            Self::Numbers { low, high } => range(ColumnKind::Number, *low, *high),
            Self::Days { low, high } => range(ColumnKind::Date, *low, *high),
            Self::Contains(text) => format!("contains “{text}”"),
        }
    }
}

impl ColumnRule {
    /// Whether the rule picks this person.
    pub fn picks(&self, person: &Person) -> bool {
        self.picks.pick(entries(person, &self.column))
    }

    /// "client: Alder, Birch", "cost: 10 – 40".
    pub fn in_words(&self) -> String {
        format!("{}: {}", self.column, self.picks.in_words())
    }
}

#[cfg(test)]
mod tests {
    use super::super::fact;
    use super::*;

    fn rule(column: &str, picks: Picks) -> ColumnRule {
        ColumnRule { column: column.to_owned(), picks }
    }

    fn one_of(column: &str, values: &[&str]) -> ColumnRule {
        rule(column, Picks::OneOf(values.iter().map(|&it| it.to_owned()).collect()))
    }

    fn person(facts: &[(&str, &str)]) -> Person {
        Person { facts: facts.iter().copied().collect(), ..Person::default() }
    }

    #[test]
    fn entries_numbers_and_days_pick_people() {
        let ana = person(&[
            (fact::CLIENT, "Alder"),
            (fact::TAGS, "golf; pilot"),
            (fact::COST, "1,200"),
            (fact::ADOPTED, "2025-03-01"),
        ]);
        assert!(one_of(fact::CLIENT, &["Birch", "Alder"]).picks(&ana));
        assert!(!one_of(fact::CLIENT, &["Birch"]).picks(&ana));
        assert!(one_of(fact::TAGS, &["pilot"]).picks(&ana));
        assert!(rule(fact::COST, Picks::Numbers { low: 1000.0, high: 1200.0 }).picks(&ana));
        assert!(!rule(fact::COST, Picks::Numbers { low: 0.0, high: 10.0 }).picks(&ana));
        let day = |it| ColumnKind::Date.number(it).expect("a day");
        let march = Picks::Days { low: day("2025-03-01"), high: day("2025-03-31") };
        let rule = rule(fact::ADOPTED, march);
        assert!(rule.picks(&ana));
        assert_eq!(rule.in_words(), "adopted: 2025-03-01 – 2025-03-31");
    }

    #[test]
    fn text_is_found_in_any_case() {
        let ana = person(&[(fact::CLIENT, "Société Alder"), (fact::TAGS, "golf; pilot")]);
        let contains = |column: &str, text: &str| rule(column, Picks::Contains(text.to_owned()));
        assert!(contains(fact::CLIENT, "SOCIETE al").picks(&ana));
        assert!(contains(fact::TAGS, "pil").picks(&ana));
        assert!(!contains(fact::TAGS, "golf; p").picks(&ana), "each entry stands for itself");
        assert!(!contains("site", "").picks(&ana), "nothing is there to search");
        assert_eq!(contains(fact::TAGS, "pil").in_words(), "tags: contains “pil”");
    }

    #[test]
    fn people_without_an_entry_can_be_picked_too() {
        let nobody = person(&[]);
        assert!(!one_of(fact::CLIENT, &["Alder"]).picks(&nobody));
        assert!(one_of(fact::CLIENT, &["Alder", ""]).picks(&nobody));
        assert_eq!(one_of(fact::CLIENT, &["Alder", ""]).in_words(), "client: not given, Alder");
    }
}
