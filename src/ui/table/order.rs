//! Who stands in the table and in which order. Worked out in a job.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use super::column::{Cell, Values};
use crate::network::{Column, ColumnKind, Network, PersonIndex, fact, fold};
use crate::project::{Hidden, Results};

/// Who is listed, in order, and which columns people have.
#[derive(Clone, Debug)]
pub struct TableRows {
    /// Whose table it is.
    pub network: Arc<Network>,
    /// What the files know of people, the most widely known first.
    pub columns: Arc<[FactColumn]>,
    /// Who is listed, from the top.
    pub people: Arc<[PersonIndex]>,
}

/// A column of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactColumn {
    /// Its name.
    pub name: String,
    /// What its entries are.
    pub kind: ColumnKind,
}

/// What the rows depend on.
#[derive(Clone, Debug)]
pub struct RowsRequest {
    /// Whose table it is.
    pub results: Results,
    /// What people are sorted by; `None` leaves them in the order of their ids.
    pub sort_by: Option<Values<'static>>,
    /// Whether the greatest comes first.
    pub descending: bool,
    /// Words that have to be written about them.
    pub search: String,
    /// Who is left out.
    pub hidden: Option<Arc<Hidden>>,
}

impl PartialEq for RowsRequest {
    fn eq(&self, other: &Self) -> bool {
        let same_people = match (&self.hidden, &other.hidden) {
            (Some(one), Some(two)) => Arc::ptr_eq(one, two),
            (None, None) => true,
            _ => false,
        };
        same_people
            && Arc::ptr_eq(&self.results.network, &other.results.network)
            && (self.descending, &self.search) == (other.descending, &other.search)
            && self.sort_by == other.sort_by
    }
}

impl RowsRequest {
    /// The rows. `before` tells what is known of the same network's columns. O(people log people).
    pub fn rows(self, before: Option<&TableRows>) -> TableRows {
        let network = Arc::clone(&self.results.network);
        let columns = match before {
            Some(before) if Arc::ptr_eq(&before.network, &network) => Arc::clone(&before.columns),
            _ => fact_columns(&network).into(),
        };
        let mut people: Vec<PersonIndex> = if self.search.trim().is_empty() {
            (0..).zip(&network.people).map(|it| it.0).collect()
        } else {
            self.results.findable_by_everything().having(&self.search)
        };
        if let Some(hidden) = &self.hidden {
            people.retain(|&person| !hidden.has(person as usize));
        }
        if let Some(mut values) = self.sort_by {
            if let Values::Facts(_, name, kind) = &mut values {
                let told = columns.iter().find(|it| it.name == **name);
                *kind = told.map_or(ColumnKind::Text, |it| it.kind);
            }
            people = sorted(&people, &values, self.descending);
        }
        TableRows { network, columns, people: people.into() }
    }
}

/// Stable: among alike the one before stays before. Who has nothing comes last either way.
fn sorted(people: &[PersonIndex], values: &Values<'_>, descending: bool) -> Vec<PersonIndex> {
    let key = |&person: &PersonIndex| (Key::of(values.cell(person)), person);
    let mut keyed: Vec<(Key, PersonIndex)> = people.par_iter().map(key).collect();
    keyed.par_sort_by(|(one, _), (two, _)| one.compare(two, descending));
    keyed.into_iter().map(|(_, person)| person).collect()
}

enum Key {
    Number(f64),
    /// Folded, and the number it ends in: "person 9" stands before "person 10".
    Text(String, f64),
    Missing,
}

impl Key {
    fn of(cell: Option<Cell<'_>>) -> Self {
        match cell {
            None => Self::Missing,
            Some(Cell { number: Some(number), .. }) => Self::Number(number),
            Some(Cell { shown, .. }) => {
                let mut text = fold(&shown);
                let digits =
                    text.len() - text.trim_end_matches(|it: char| it.is_ascii_digit()).len();
                let number = text[text.len() - digits..].parse().unwrap_or(0.0);
                text.truncate(text.len() - digits);
                Self::Text(text, number)
            }
        }
    }

    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let turned = |it: Ordering| if descending { it.reverse() } else { it };
        match (self, other) {
            (Self::Number(one), Self::Number(two)) => turned(one.total_cmp(two)),
            (Self::Text(one, a), Self::Text(two, b)) => turned(one.cmp(two).then(a.total_cmp(b))),
            // What is no number in a column of numbers comes behind them.
            _ => self.place().cmp(&other.place()),
        }
    }

    fn place(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Text(..) => 1,
            Self::Missing => 2,
        }
    }
}

/// Every column that anybody has, the most widely known first, and a place for notes.
fn fact_columns(network: &Network) -> Vec<FactColumn> {
    let people = &network.people;
    let mut columns: Vec<(usize, FactColumn)> = network
        .columns()
        .into_par_iter()
        .map(|name| {
            let column = Column::of(people, name);
            (column.known, FactColumn { name: name.to_owned(), kind: column.kind })
        })
        .collect();
    columns.sort_by_key(|(known, _)| std::cmp::Reverse(*known));
    let mut columns: Vec<FactColumn> = columns.into_iter().map(|(_, column)| column).collect();
    // Files may have a column of that name already; one is enough.
    if !columns.iter().any(|it| it.name.eq_ignore_ascii_case(fact::NOTES)) {
        columns.push(FactColumn { name: fact::NOTES.to_owned(), kind: ColumnKind::Text });
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Person;

    fn results(people: &[(&str, &[(&str, &str)])]) -> Results {
        let person = |(name, facts): &(&str, &[(&str, &str)])| Person {
            id: (*name).into(),
            name: (*name).into(),
            facts: facts.iter().copied().collect(),
            ..Person::default()
        };
        let people = people.iter().map(person).collect();
        let network = Arc::new(Network { people, ..Network::default() });
        let mut results = Results::default();
        results.network = network;
        results
    }

    fn sorted_by(results: &Results, column: &str, descending: bool) -> Vec<String> {
        // The kind of the column is for the job to find out.
        let network = Arc::clone(&results.network);
        let sort_by = Values::Facts(network, column.to_owned().into(), ColumnKind::Text);
        let results = results.clone();
        let request = RowsRequest {
            results,
            sort_by: Some(sort_by),
            descending,
            search: String::new(),
            hidden: None,
        };
        let rows = request.rows(None);
        let people = &rows.network.people;
        rows.people.iter().map(|&it| people[it as usize].name.to_string()).collect()
    }

    #[test]
    fn numbers_go_by_size_and_who_has_none_comes_last_either_way() {
        let mut people: Vec<(String, String)> =
            (0..12).map(|it| (format!("p{it:02}"), format!("{}", (it * 5) % 12))).collect();
        people[3].1 = String::new();
        people[7].1 = "unknown".to_owned();
        let facts: Vec<Vec<(&str, &str)>> = people
            .iter()
            .map(|(_, cost)| if cost.is_empty() { vec![] } else { vec![("cost", cost.as_str())] })
            .collect();
        let people: Vec<(&str, &[(&str, &str)])> = people
            .iter()
            .zip(&facts)
            .map(|((name, _), facts)| (name.as_str(), &facts[..]))
            .collect();
        let results = results(&people);
        let up = sorted_by(&results, "cost", false);
        let expected =
            ["p00", "p05", "p10", "p08", "p01", "p06", "p11", "p04", "p09", "p02", "p07", "p03"];
        assert_eq!(up, expected);
        let down = sorted_by(&results, "cost", true);
        let turned: Vec<&str> = expected[..10].iter().rev().copied().collect();
        assert_eq!(down[..10], turned[..]);
        assert_eq!(down[10..], ["p07", "p03"], "no number, then nothing");
    }

    #[test]
    fn words_go_by_letter_whatever_the_case_and_the_accents_and_alike_ones_stay_in_order() {
        let results = results(&[
            ("a", &[("town", "Zürich 10")]),
            ("b", &[("town", "zurich 9")]),
            ("c", &[("town", "Århus")]),
            ("d", &[("town", "ZÜRICH 9")]),
        ]);
        assert_eq!(sorted_by(&results, "town", false), ["c", "b", "d", "a"]);
        assert_eq!(sorted_by(&results, "town", true), ["a", "b", "d", "c"]);
    }

    #[test]
    fn whoever_is_hidden_or_has_not_all_words_is_left_out() {
        let results = results(&[
            ("Ana", &[("company", "Alder"), ("town", "Ede")]),
            ("Bo", &[("company", "Birch"), ("town", "Ede")]),
            ("Cy", &[("company", "Alder"), ("Notes", "x")]),
        ]);
        let rows = |search: &str, hidden: Option<Hidden>| {
            let request = RowsRequest {
                results: results.clone(),
                sort_by: None,
                descending: false,
                search: search.to_owned(),
                hidden: hidden.map(Arc::new),
            };
            request.rows(None)
        };
        assert_eq!(*rows("", None).people, [0, 1, 2]);
        assert_eq!(*rows("ALDER", None).people, [0, 2]);
        assert_eq!(*rows("ede alder", None).people, [0]);
        let hidden = Hidden { people: vec![true, false, false], count: 1, ties: 0, by_hand: 0 };
        assert_eq!(*rows("", Some(hidden)).people, [1, 2]);
        let names: Vec<String> = rows("", None).columns.iter().map(|it| it.name.clone()).collect();
        assert_eq!(names, ["company", "town", "Notes"], "and no second place for notes");
    }
}
