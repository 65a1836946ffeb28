//! Which circles a seed stands between.

use std::collections::{BTreeMap, BTreeSet};

use super::super::estimator::ChosenSeed;
use crate::diffusion::Model;
use crate::measure::entry_as_name;
use crate::network::{Groups, Network, PersonIndex, fact};

/// Facts that divide people into circles worth linking, in order of preference.
const DIVIDING: [&str; 3] = [fact::CLIENT, fact::COMPANY, fact::PROFESSION];
/// Bridges told of one seed.
const MOST_BRIDGES: usize = 5;

/// Two circles, and how many of the ties between them are one seed's.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Bridge {
    /// The seed's own circle.
    pub from: String,
    /// The other.
    pub to: String,
    /// Ties of the seed across.
    pub ties: usize,
    /// All ties across.
    pub of: usize,
}

/// Which circle everyone belongs to.
pub(super) struct Circles<'a> {
    names: Vec<String>,
    of: Vec<Option<u32>>,
    /// Number of people in each.
    sizes: Vec<usize>,
    network: &'a Network,
}

/// Number of ties between two circles, the lower number first; both ways count as one.
pub(super) type Crossings = BTreeMap<(u32, u32), usize>;

impl<'a> Circles<'a> {
    pub fn of(network: &'a Network, neighborhoods: &Groups) -> Self {
        let divides = |column: &&str| {
            let values: Vec<&str> =
                network.people.iter().filter_map(|person| person.fact(column)).collect();
            let distinct = values.iter().collect::<BTreeSet<_>>().len();
            // A column that sets nearly everyone apart names no circles.
            distinct >= 2
                && values.len() >= 2 * distinct
                && 2 * values.len() >= network.people.len()
        };
        match DIVIDING.iter().copied().find(divides) {
            Some(column) => Self::by_fact(network, column),
            None => Self::by_neighborhood(network, neighborhoods),
        }
    }

    fn by_fact(network: &'a Network, column: &str) -> Self {
        let value = |it: usize| network.people[it].fact(column);
        let people = 0..network.people.len();
        let entries: BTreeSet<&str> = people.clone().filter_map(value).collect();
        let entries: Vec<&str> = entries.into_iter().collect();
        let number = |entry: &str| u32::try_from(entries.binary_search(&entry).ok()?).ok();
        let of = people.map(|person| value(person).and_then(number)).collect();
        let names = entries.iter().map(|it| entry_as_name(column, it).into_owned()).collect();
        Self::new(names, of, network)
    }

    fn by_neighborhood(network: &'a Network, neighborhoods: &Groups) -> Self {
        let group = |person: usize| neighborhoods.of.get(person).copied().flatten();
        let of = (0..network.people.len()).map(group).collect();
        Self::new(neighborhoods.names.clone(), of, network)
    }

    fn new(names: Vec<String>, of: Vec<Option<u32>>, network: &'a Network) -> Self {
        let mut sizes = vec![0; names.len()];
        for circle in of.iter().flatten() {
            sizes[*circle as usize] += 1;
        }
        Self { names, of, sizes, network }
    }

    fn circle(&self, person: PersonIndex) -> Option<u32> {
        self.of[person as usize]
    }

    fn name(&self, circle: u32) -> &str {
        &self.names[circle as usize]
    }

    /// How many ties there are between those pairs of circles that some seed has a tie across.
    pub fn crossings(&self, model: &Model, choice: &[ChosenSeed]) -> Crossings {
        let mut crossings = Crossings::new();
        for seed in choice {
            for other in contacts(model, seed.person) {
                if let Some(pair) = self.pair(seed.person, other) {
                    crossings.entry(pair).or_default();
                }
            }
        }
        if crossings.is_empty() {
            return crossings;
        }
        let graph = model.graph();
        let is_back = |a, b| b < a && graph.audience_of(b).binary_search(&a).is_ok();
        for person in 0..PersonIndex::try_from(graph.people()).unwrap_or(PersonIndex::MAX) {
            for &other in graph.audience_of(person) {
                let found = self.pair(person, other).filter(|_| !is_back(person, other));
                if let Some(ties) = found.and_then(|pair| crossings.get_mut(&pair)) {
                    *ties += 1;
                }
            }
        }
        crossings
    }

    /// How many of the seed's contacts are in which circle.
    fn met(&self, contacts: &BTreeSet<PersonIndex>) -> BTreeMap<u32, usize> {
        let mut met = BTreeMap::new();
        for circle in contacts.iter().filter_map(|&other| self.circle(other)) {
            *met.entry(circle).or_default() += 1;
        }
        met
    }

    /// The circles of two people, when they differ.
    fn pair(&self, a: PersonIndex, b: PersonIndex) -> Option<(u32, u32)> {
        let (a, b) = (self.circle(a)?, self.circle(b)?);
        (a != b).then_some((a.min(b), a.max(b)))
    }

    /// Where the seed stands among the circles.
    pub fn place(&self, model: &Model, person: PersonIndex, crossings: &Crossings) -> String {
        let contacts = contacts(model, person);
        let mut met = self.met(&contacts);
        let own = self.circle(person);
        let most = |counts: &BTreeMap<u32, usize>| {
            let most = counts.iter().max_by_key(|&(&it, &count)| (count, std::cmp::Reverse(it)));
            most.map(|(&circle, _)| circle)
        };
        let inside = own.and_then(|own| met.remove(&own)).unwrap_or(0);
        match (own, most(&met)) {
            (Some(own), Some(other)) => {
                let ties = crossings[&(own.min(other), own.max(other))];
                let mine = met[&other];
                let (own, name) = (self.name(own), self.name(other));
                if 2 * mine >= ties {
                    let share = if ties == 1 {
                        "the only tie".to_owned()
                    } else {
                        format!("{mine} of {ties} ties")
                    };
                    format!("the link between {own} and {name} ({share})")
                } else {
                    format!("knows {} in {own} and {} in {name}", people(inside), met[&other])
                }
            }
            (Some(own), None) if inside > 0 => {
                let size = self.sizes[own as usize] - 1;
                if inside == size {
                    format!("knows everybody else in {}", self.name(own))
                } else {
                    format!("knows {inside} of the {size} others in {}", self.name(own))
                }
            }
            (None, Some(other)) => {
                format!("knows {} in {}", people(met[&other]), self.name(other))
            }
            _ if contacts.is_empty() => {
                format!("{} has no ties here", self.network.people[person as usize].name)
            }
            _ => format!("knows {}", people(contacts.len())),
        }
    }

    /// The circles to which the seed has ties across from their own, those first that hang on the
    /// seed the most.
    pub fn bridges(
        &self,
        model: &Model,
        person: PersonIndex,
        crossings: &Crossings,
    ) -> Vec<Bridge> {
        let Some(own) = self.circle(person) else { return Vec::new() };
        let met = self.met(&contacts(model, person));
        let others = met.into_iter().filter(|&(other, _)| other != own);
        let mut bridges: Vec<Bridge> = others
            .map(|(other, ties)| Bridge {
                from: self.name(own).to_owned(),
                to: self.name(other).to_owned(),
                ties,
                of: crossings[&(own.min(other), own.max(other))],
            })
            .collect();
        // By share, then by number: fractions are compared crosswise.
        bridges.sort_by_key(|it| (std::cmp::Reverse(it.ties * 1_000_000 / it.of), it.of));
        bridges.truncate(MOST_BRIDGES);
        bridges
    }
}

fn people(count: usize) -> String {
    match count {
        0 => "nobody".to_owned(),
        1 => "1 person".to_owned(),
        _ => format!("{count} people"),
    }
}

/// Everyone tied to `person`, once each.
pub(super) fn contacts(model: &Model, person: PersonIndex) -> BTreeSet<PersonIndex> {
    let graph = model.graph();
    graph.audience_of(person).iter().chain(graph.influences_on(person)).copied().collect()
}
