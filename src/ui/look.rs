//! What is worth coloring people by.

use std::collections::BTreeMap;

use crate::network::Person;

/// Columns worth coloring by: known for a fair share of people, with few enough values to tell
/// apart. The most widely known first.
pub fn color_columns(people: &[Person]) -> Vec<String> {
    let mut columns: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for person in people {
        for (column, value) in &person.facts {
            let (known, values) = columns.entry(column).or_default();
            *known += 1;
            if values.len() <= 200 {
                *values.entry(value).or_default() += 1;
            }
        }
    }
    let mut worth: Vec<(usize, &str)> = columns
        .into_iter()
        .filter(|(_, (known, values))| {
            let largest: usize = values.values().copied().max().unwrap_or(0);
            known * 5 >= people.len()
                && values.len() > 1
                && largest > 1
                && values.len() * 2 < *known
        })
        .map(|(column, (known, _))| (known, column))
        .collect();
    worth.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    worth.into_iter().map(|(_, column)| column.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_name_everybody_or_nobody_are_not_offered() {
        let person = |i: usize| {
            let mut person = Person::default();
            person.facts.insert("client", format!("Client {}", i % 3));
            person.facts.insert("email", format!("p{i}@example.org"));
            person.facts.insert("kind", "person".to_owned());
            person
        };
        let people: Vec<_> = (0..30).map(person).collect();
        assert_eq!(color_columns(&people), ["client"]);
    }
}
