//! Which people are looked at: rules joined by and, or and not.
//!
//! A filter is a list of rows of rules. It picks whoever all rules of any one row pick, and each
//! rule can be turned round. Every combination of rules by and, or and not can be written so (its
//! disjunctive normal form; a test writes down all 256 of three rules), and nothing has to be nested.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use super::{ColumnRule, Mark, Picks};
use crate::diffusion::AdopterClass;
use crate::measure::Measure;
use crate::network::{Groups, Network, Person, PersonIndex, entries};

/// What a rule asks about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What the person is called.
    Name,
    /// What is known in a column.
    Column(String),
    /// A measure of people.
    Measured(&'static Measure),
    /// Whether the person is a seed of the case at hand: [`Field::YES`] or [`Field::NO`].
    Seed,
    /// Rogers class in the course that is looked at, by its label; seeds have none.
    AdopterClass,
    /// The neighborhood, by its name.
    Neighborhood,
    /// What was noted in the campaign, by its label.
    Mark,
}

/// Picks people by one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// What it asks about.
    pub field: Field,
    /// What it picks.
    pub picks: Picks,
    /// Whether it picks everybody else instead.
    #[serde(default)]
    pub not: bool,
}

/// Picks whoever all rules of any one row pick; without rows everybody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Filter {
    /// Rows of rules.
    pub any_of: Vec<Vec<Rule>>,
}

/// A filter that was kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedFilter {
    /// What it is called; no two are called alike.
    pub name: String,
    /// What it picks.
    pub filter: Filter,
}

/// The filter at hand, and those that were kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Filters {
    /// Whom the map shows.
    pub now: Filter,
    /// In the order in which they were kept.
    pub named: Vec<NamedFilter>,
}

/// Why a filter cannot have a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FilterNameError {
    /// There is nothing in it.
    #[error("A filter needs a name")]
    Empty,
    /// Another one has it.
    #[error("Another filter is called “{0}”")]
    Taken(String),
}

/// What is known of people beside the network, so far as a filter asks for it. What nobody knows
/// yet is left empty: a rule about it picks everybody.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    /// Measures, one value per person each.
    pub measures: Vec<(&'static Measure, &'a [f64])>,
    /// Seeds of the case at hand; `None` where that is not known.
    pub seeds: Option<&'a [PersonIndex]>,
    /// Rogers class per person.
    pub classes: &'a [Option<AdopterClass>],
    /// Everyone's neighborhood.
    pub neighborhoods: Option<&'a Groups>,
    /// What was noted about people, by id.
    pub marks: Option<&'a BTreeMap<String, Mark>>,
}

impl Field {
    /// Entry of who is a seed.
    pub const YES: &'static str = "yes";
    /// Entry of who is none.
    pub const NO: &'static str = "no";

    /// "client", "degree", "adopter class".
    pub fn label(&self) -> &str {
        match self {
            Self::Name => "name",
            Self::Column(column) => column,
            Self::Measured(measure) => measure.label,
            Self::Seed => "seed",
            Self::AdopterClass => "adopter class",
            Self::Neighborhood => "neighborhood",
            Self::Mark => "campaign",
        }
    }
}

impl Rule {
    /// A rule about a column.
    pub fn of_column(rule: ColumnRule) -> Self {
        Self { field: Field::Column(rule.column), picks: rule.picks, not: false }
    }

    /// "client: Alder, Birch", "not degree: 5 – 40".
    pub fn in_words(&self) -> String {
        let picks = match (&self.field, &self.picks) {
            (Field::Measured(measure), Picks::Numbers { low, high }) => {
                format!("{} – {}", measure.unit.shown(*low), measure.unit.shown(*high))
            }
            (_, picks) => picks.in_words(),
        };
        let not = if self.not { "not " } else { "" };
        format!("{not}{}: {picks}", self.field.label())
    }

    /// Whether it picks each person; `None` while nobody knows what it asks about. O(people).
    fn picked(&self, network: &Network, known: &Known<'_>) -> Option<Vec<bool>> {
        let people = network.people.len();
        let each = |picks: &dyn Fn(usize, &Person) -> bool| {
            let everyone = network.people.iter().enumerate();
            Some(everyone.map(|(at, person)| picks(at, person) != self.not).collect())
        };
        let one = |entry: Option<&str>| self.picks.pick(entry.into_iter());
        match &self.field {
            Field::Name => each(&|_, person| one(Some(&person.name))),
            Field::Column(column) => each(&|_, it| self.picks.pick(entries(it, column))),
            Field::Measured(measure) => {
                let values = known.measures.iter().find(|(known, _)| known == measure)?.1;
                if values.len() != people {
                    return None;
                }
                each(&|at, _| picks_number(&self.picks, values[at]))
            }
            Field::Seed => {
                let mut is_seed = vec![false; people];
                for &seed in known.seeds? {
                    is_seed[seed as usize] = true;
                }
                each(&|at, _| one(Some(if is_seed[at] { Field::YES } else { Field::NO })))
            }
            Field::AdopterClass if known.classes.len() != people => None,
            Field::AdopterClass => each(&|at, _| one(known.classes[at].map(AdopterClass::label))),
            Field::Neighborhood => {
                let groups = known.neighborhoods.filter(|it| it.of.len() == people)?;
                // One answer per neighborhood, not one per person.
                let picked: Vec<bool> = groups.names.iter().map(|it| one(Some(it))).collect();
                let nowhere = one(None);
                each(&|at, _| groups.of[at].map_or(nowhere, |group| picked[group as usize]))
            }
            Field::Mark => {
                let marks = known.marks?;
                let mark = |person: &Person| marks.get(person.id.as_ref())?.now();
                each(&|_, person| one(mark(person).map(|(marked, _)| marked.label())))
            }
        }
    }
}

/// What is undefined counts as not given.
fn picks_number(picks: &Picks, value: f64) -> bool {
    match picks {
        Picks::Numbers { low, high } => (*low..=*high).contains(&value),
        Picks::OneOf(values) => value.is_nan() && values.contains(""),
        Picks::Days { .. } | Picks::Contains(_) => false,
    }
}

impl Filter {
    /// A filter of one row.
    pub fn all_of(rules: Vec<Rule>) -> Self {
        Self { any_of: if rules.is_empty() { Vec::new() } else { vec![rules] } }
    }

    /// Whether it has no rule.
    pub fn is_empty(&self) -> bool {
        self.any_of.is_empty()
    }

    /// Its rules, row by row.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.any_of.iter().flatten()
    }

    /// Whether a rule asks about this.
    pub fn asks_about(&self, field: &Field) -> bool {
        self.rules().any(|rule| rule.field == *field)
    }

    /// Measures that its rules ask about.
    pub fn measures(&self) -> impl Iterator<Item = &'static Measure> {
        self.rules().filter_map(|rule| match rule.field {
            Field::Measured(measure) => Some(measure),
            _ => None,
        })
    }

    /// "client: Alder and degree: 5 – 40 or seed: yes".
    pub fn in_words(&self) -> String {
        let row =
            |rules: &Vec<Rule>| rules.iter().map(Rule::in_words).collect::<Vec<_>>().join(" and ");
        self.any_of.iter().map(row).collect::<Vec<_>>().join(" or ")
    }

    /// What its rules are about, each once: "client, degree".
    pub fn fields_in_words(&self) -> String {
        let mut labels: Vec<&str> = Vec::new();
        for rule in self.rules() {
            if !labels.contains(&rule.field.label()) {
                labels.push(rule.field.label());
            }
        }
        labels.join(", ")
    }

    /// Whether it picks each person. O(people · rules).
    pub fn picked(&self, network: &Network, known: &Known<'_>) -> Vec<bool> {
        let everyone = || vec![true; network.people.len()];
        let rows = self.any_of.iter().map(|rules| {
            let known = rules.iter().filter_map(|rule| rule.picked(network, known));
            known.reduce(|both, rule| join(both, &rule, |a, b| a && b)).unwrap_or_else(everyone)
        });
        rows.reduce(|any, row| join(any, &row, |a, b| a || b)).unwrap_or_else(everyone)
    }
}

fn join(mut one: Vec<bool>, other: &[bool], how: impl Fn(bool, bool) -> bool) -> Vec<bool> {
    for (a, &b) in one.iter_mut().zip(other) {
        *a = how(*a, b);
    }
    one
}

impl Filters {
    /// The kept filter that the one at hand is, if it is one.
    pub fn current(&self) -> Option<&NamedFilter> {
        self.named.iter().find(|it| it.filter == self.now && !self.now.is_empty())
    }

    /// The kept filter of this name.
    pub fn find(&self, name: &str) -> Option<&NamedFilter> {
        self.named.iter().find(|it| it.name == name)
    }

    /// Keeps the filter at hand under a name, in place of one that was called so.
    ///
    /// # Errors
    /// [`FilterNameError::Empty`].
    pub fn keep(&mut self, name: &str) -> Result<(), FilterNameError> {
        let name = name_of(name)?;
        let filter = self.now.clone();
        match self.named.iter_mut().find(|it| it.name == name) {
            Some(known) => known.filter = filter,
            None => self.named.push(NamedFilter { name, filter }),
        }
        Ok(())
    }

    /// Calls the filter at this place by another name.
    ///
    /// # Errors
    /// [`FilterNameError`] when there is nothing in the name or another one has it.
    pub fn rename(&mut self, at: usize, name: &str) -> Result<(), FilterNameError> {
        let name = name_of(name)?;
        if self.named.iter().enumerate().any(|(other, it)| other != at && it.name == name) {
            return Err(FilterNameError::Taken(name));
        }
        if let Some(named) = self.named.get_mut(at) {
            named.name = name;
        }
        Ok(())
    }

    /// Has rules about a neighborhood follow its name.
    pub(super) fn rename_neighborhood(&mut self, old: &str, new: &str) {
        let named = self.named.iter_mut().map(|it| &mut it.filter);
        let rules = named.chain([&mut self.now]).flat_map(|it| it.any_of.iter_mut().flatten());
        for rule in rules.filter(|it| it.field == Field::Neighborhood) {
            if let Picks::OneOf(names) = &mut rule.picks
                && names.remove(old)
            {
                names.insert(new.to_owned());
            }
        }
    }
}

fn name_of(typed: &str) -> Result<String, FilterNameError> {
    let name = crate::words::plain(typed.trim());
    if name.is_empty() { Err(FilterNameError::Empty) } else { Ok(name.into_owned()) }
}

/// Up to version 3 of the file there was one filter, a list of rules about columns.
impl<'de> Deserialize<'de> for Filters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Saved {
            Before(Vec<ColumnRule>),
            Now { now: Filter, named: Vec<NamedFilter> },
        }
        Ok(match Saved::deserialize(deserializer)? {
            Saved::Before(rules) => Self {
                now: Filter::all_of(rules.into_iter().map(Rule::of_column).collect()),
                named: Vec::new(),
            },
            Saved::Now { now, named } => Self { now, named },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::find;

    fn people(facts: &[&[(&str, &str)]]) -> Network {
        let person = |facts: &&[(&str, &str)]| Person {
            facts: facts.iter().copied().collect(),
            ..Person::default()
        };
        Network { people: facts.iter().map(person).collect(), ..Network::default() }
    }

    fn one_of(field: Field, values: &[&str], not: bool) -> Rule {
        let values = values.iter().map(|&it| it.to_owned()).collect();
        Rule { field, picks: Picks::OneOf(values), not }
    }

    fn column(name: &str, value: &str, not: bool) -> Rule {
        one_of(Field::Column(name.to_owned()), &[value], not)
    }

    #[test]
    fn rows_of_rules_say_whatever_and_or_and_not_can_say() {
        // Eight people who between them have every combination of three traits.
        let names = ["a", "b", "c"];
        let traits = |of: usize| -> Vec<(&str, &str)> {
            let has = |it: usize| if of & (1 << it) == 0 { "no" } else { "yes" };
            (0..3).map(|it| (names[it], has(it))).collect()
        };
        let traits: Vec<Vec<(&str, &str)>> = (0..8).map(traits).collect();
        let network = people(&traits.iter().map(Vec::as_slice).collect::<Vec<_>>());
        for wanted in 1_u32..256 {
            // One row for each combination that the expression is true of.
            let row = |of: usize| {
                (0..3).map(|it| column(names[it], "yes", of & (1 << it) == 0)).collect()
            };
            let rows = (0..8).filter(|of| wanted & (1 << of) != 0).map(row);
            let filter = Filter { any_of: rows.collect() };
            let picked = filter.picked(&network, &Known::default());
            let expected: Vec<bool> = (0..8).map(|of| wanted & (1 << of) != 0).collect();
            assert_eq!(picked, expected, "{}", filter.in_words());
        }
        // The one that is true of nobody takes a single row.
        let nobody = Filter::all_of(vec![column("a", "yes", false), column("a", "yes", true)]);
        assert_eq!(nobody.picked(&network, &Known::default()), [false; 8]);
        assert_eq!(Filter::default().picked(&network, &Known::default()), [true; 8]);
    }

    #[test]
    fn what_is_known_beside_the_network_picks_people() {
        let mut network = people(&[&[], &[], &[]]);
        for (person, id) in network.people.iter_mut().zip(["ana", "bo", "cy"]) {
            person.id = id.to_owned().into();
            person.name = format!("{id} Äpfel").into();
        }
        let degree = find("degree").expect("a measure");
        let groups = Groups {
            names: vec!["North".to_owned(), "South".to_owned()],
            of: vec![Some(0), Some(1), None],
            are_ranges: false,
        };
        let mut marks = BTreeMap::new();
        let day = jiff::civil::date(2026, 1, 5);
        marks.insert("bo".to_owned(), Mark { adopted: Some(day), ..Mark::default() });
        let known = Known {
            measures: vec![(degree, &[1.0, 5.0, f64::NAN])],
            seeds: Some(&[2]),
            classes: &[Some(AdopterClass::Innovator), Some(AdopterClass::Laggard), None],
            neighborhoods: Some(&groups),
            marks: Some(&marks),
        };
        let picked = |rule: Rule| Filter::all_of(vec![rule]).picked(&network, &known);
        let numbers = Picks::Numbers { low: 2.0, high: 5.0 };
        let measured = Rule { field: Field::Measured(degree), picks: numbers, not: false };
        assert_eq!(measured.in_words(), "degree: 2 – 5");
        assert_eq!(picked(measured.clone()), [false, true, false]);
        assert_eq!(picked(Rule { not: true, ..measured }), [true, false, true]);
        assert_eq!(picked(one_of(Field::Measured(degree), &[""], false)), [false, false, true]);
        assert_eq!(picked(one_of(Field::Seed, &[Field::YES], false)), [false, false, true]);
        assert_eq!(picked(one_of(Field::AdopterClass, &["laggards"], false)), [false, true, false]);
        assert_eq!(picked(one_of(Field::Neighborhood, &["North", ""], false)), [true, false, true]);
        assert_eq!(picked(one_of(Field::Mark, &["adopted"], true)), [true, false, true]);
        let name = Picks::Contains("O APF".to_owned());
        assert_eq!(
            picked(Rule { field: Field::Name, picks: name, not: false }),
            [false, true, false]
        );
    }

    #[test]
    fn a_rule_about_what_nobody_knows_yet_picks_everybody() {
        let network = people(&[&[("client", "Alder")], &[]]);
        let seed = one_of(Field::Seed, &[Field::YES], false);
        let client = column("client", "Alder", false);
        let picked = |rules| Filter::all_of(rules).picked(&network, &Known::default());
        assert_eq!(picked(vec![seed.clone()]), [true, true]);
        assert_eq!(picked(vec![seed, client]), [true, false]);
    }

    #[test]
    fn filters_are_kept_by_name() {
        let mut filters = Filters::default();
        assert_eq!(filters.keep("  "), Err(FilterNameError::Empty));
        filters.now = Filter::all_of(vec![column("client", "Alder", false)]);
        filters.keep(" Alder ").expect("a name");
        assert_eq!(filters.current().map(|it| it.name.as_str()), Some("Alder"));
        filters.now = Filter::all_of(vec![column("client", "Birch", false)]);
        assert_eq!(filters.current(), None);
        filters.keep("Birch").expect("a name");
        assert_eq!(filters.rename(1, "Alder"), Err(FilterNameError::Taken("Alder".to_owned())));
        filters.rename(1, "Oak").expect("a free name");
        filters.keep("Alder").expect("in place of the first");
        let names: Vec<&str> = filters.named.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Alder", "Oak"]);
        assert_eq!(filters.named[0].filter, filters.now);
    }

    #[test]
    fn filters_are_saved_and_the_rules_of_older_files_are_read() {
        let degree = find("degree").expect("a measure");
        let numbers = Picks::Numbers { low: 2.0, high: 5.0 };
        let rows = vec![
            vec![column("client", "Alder", true)],
            vec![Rule { field: Field::Measured(degree), picks: numbers, not: false }],
        ];
        let mut filters = Filters { now: Filter { any_of: rows }, named: Vec::new() };
        filters.keep("Both").expect("a name");
        let saved = serde_json::to_string(&filters).expect("saved");
        assert_eq!(serde_json::from_str::<Filters>(&saved).expect("read"), filters);
        let old = r#"[{"column":"client","picks":{"one_of":["Alder"]}}]"#;
        let read: Filters = serde_json::from_str(old).expect("read");
        assert_eq!(read.now, Filter::all_of(vec![column("client", "Alder", false)]));
        assert_eq!(serde_json::from_str::<Filters>("[]").expect("read"), Filters::default());
    }

    #[test]
    fn rules_follow_the_name_of_a_neighborhood() {
        let rule = one_of(Field::Neighborhood, &["North", "South"], false);
        let mut filters = Filters { now: Filter::all_of(vec![rule]), named: Vec::new() };
        filters.rename_neighborhood("North", "Harbor");
        assert_eq!(filters.now.in_words(), "neighborhood: Harbor, South");
    }
}
