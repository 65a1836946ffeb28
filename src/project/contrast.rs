//! What is decided differently in several scenarios, in words.

use std::collections::{BTreeMap, BTreeSet};

use super::{Case, Results};
use crate::words::counted;

/// One thing that is not alike in all cases: what it is called, and what each case says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contrast {
    /// What it is called.
    pub name: &'static str,
    /// What each case says of it, in the order of the cases; empty where it is not asked.
    pub values: Vec<String>,
}

/// Seeds of a case that are named one by one; more are counted.
const NAMED: usize = 3;

/// Everything the cases do not agree in, seeds first, and nothing else.
pub fn contrasts(cases: &[&Case], results: &Results) -> Vec<Contrast> {
    let mut contrasts = Vec::new();
    let seeds: Vec<BTreeSet<&str>> =
        cases.iter().map(|case| case.seeds.iter().map(String::as_str).collect()).collect();
    if let Some((first, rest)) = seeds.split_first()
        && rest.iter().any(|it| it != first)
    {
        let values = seeds.iter().enumerate().map(|(place, these)| match place {
            0 => told(these.iter().copied(), these.len(), results),
            _ => against(first, these, results),
        });
        contrasts.push(Contrast { name: "Seeds", values: values.collect() });
    }
    if cases.iter().any(|case| case.from_today != cases[0].from_today) {
        let start = |from_today| if from_today { "the present state" } else { "nobody but seeds" };
        let values = cases.iter().map(|case| start(case.from_today).to_owned());
        contrasts.push(Contrast { name: "Goes on from", values: values.collect() });
    }
    let settings: Vec<_> = cases.iter().map(|case| case.scenario.settings()).collect();
    let of_case: Vec<BTreeMap<&str, &str>> = settings
        .iter()
        .map(|all| all.iter().map(|it| (it.name, it.value.as_str())).collect())
        .collect();
    let mut told = BTreeSet::new();
    for setting in settings.iter().flatten().filter(|it| told.insert(it.name)) {
        let values: Vec<&str> = of_case
            .iter()
            .map(|case| case.get(setting.name).copied().unwrap_or_default())
            .collect();
        if values.iter().any(|value| *value != values[0]) {
            let values = values.into_iter().map(str::to_owned).collect();
            contrasts.push(Contrast { name: setting.name, values });
        }
    }
    contrasts
}

/// "12 people", or "Ana Ruiz, Bo Li" where they are few.
fn told<'a>(ids: impl Iterator<Item = &'a str>, count: usize, results: &Results) -> String {
    match count {
        0 => "nobody".to_owned(),
        1..=NAMED => ids.map(|id| name(id, results)).collect::<Vec<_>>().join(", "),
        _ => counted(count, "person", "people"),
    }
}

/// How other seeds differ from the first: "the same, and Bo Li, without Ana Ruiz".
fn against(first: &BTreeSet<&str>, these: &BTreeSet<&str>, results: &Results) -> String {
    let added: Vec<&str> = these.difference(first).copied().collect();
    let missing: Vec<&str> = first.difference(these).copied().collect();
    if first.is_disjoint(these) {
        return told(these.iter().copied(), these.len(), results);
    }
    let mut words = "the same".to_owned();
    if !added.is_empty() {
        let more = told(added.iter().copied(), added.len(), results);
        words = format!("{words} and {more}");
    }
    if !missing.is_empty() {
        let fewer = told(missing.iter().copied(), missing.len(), results);
        words = format!("{words}, without {fewer}");
    }
    words
}

/// The person's name, or the id of who is in no file now.
fn name(id: &str, results: &Results) -> String {
    let person = results.person(id).map(|it| &results.network.people[it as usize]);
    person.map_or_else(|| id.to_owned(), |it| it.name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::{Contagion, Hazard, Scenario};

    fn case(seeds: &[&str], scenario: Scenario) -> Case {
        let seeds = seeds.iter().map(|&it| it.to_owned()).collect();
        Case { seeds, scenario, ..Case::default() }
    }

    #[test]
    fn only_what_differs_is_told() {
        let bass = Contagion::Bass { p: 0.01, q: 0.4, hazard: Hazard::Exponential };
        let usual = case(&["ana", "bo"], Scenario::default());
        let longer = case(&["bo", "ana"], Scenario { steps: 52, ..Scenario::default() });
        let other = case(&["bo", "cy"], Scenario { contagion: bass, ..Scenario::default() });
        let told = |cases: &[&Case]| contrasts(cases, &Results::default());
        assert_eq!(told(&[&usual, &usual]), []);
        let horizon = Contrast {
            name: "How long (horizon)",
            values: vec!["26 weeks".to_owned(), "52 weeks".to_owned()],
        };
        assert_eq!(told(&[&usual, &longer]), [horizon], "the order of seeds is no difference");
        let told = told(&[&usual, &other]);
        assert_eq!(told[0].values, ["ana, bo", "the same and cy, without ana"]);
        assert_eq!(told[1].name, "How people come to adopt (model)");
        let innovation = told.iter().find(|it| it.name.contains("innovation")).expect("p");
        assert_eq!(innovation.values, ["", "0.01"], "the first model knows no such number");
    }

    #[test]
    fn many_seeds_are_counted() {
        let many = case(&["a", "b", "c", "d"], Scenario::default());
        let none = case(&[], Scenario::default());
        let told = contrasts(&[&many, &none], &Results::default());
        assert_eq!(told[0].values, ["4 people", "nobody"]);
    }
}
