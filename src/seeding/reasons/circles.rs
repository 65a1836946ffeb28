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
    of: Vec<Option<usize>>,
    network: &'a Network,
}

/// Ties between two circles, the lower number first.
pub(super) type Crossings = BTreeMap<(usize, usize), BTreeSet<(PersonIndex, PersonIndex)>>;

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
        let number = |entry: &str| entries.binary_search(&entry).ok();
        let of = people.map(|person| value(person).and_then(number)).collect();
        let names = entries.iter().map(|it| entry_as_name(column, it).into_owned()).collect();
        Self { names, of, network }
    }

    fn by_neighborhood(network: &'a Network, neighborhoods: &Groups) -> Self {
        let group = |person: usize| neighborhoods.of.get(person).copied().flatten();
        let of = (0..network.people.len()).map(|it| group(it).map(|it| it as usize)).collect();
        Self { names: neighborhoods.names.clone(), of, network }
    }

    fn circle(&self, person: PersonIndex) -> Option<usize> {
        self.of[person as usize]
    }

    /// All ties between those pairs of circles that some seed has a tie across.
    pub fn crossings(&self, model: &Model, choice: &[ChosenSeed]) -> Crossings {
        let mut crossings = Crossings::new();
        for seed in choice {
            for other in contacts(model, seed.person) {
                if let Some(pair) = self.pair(seed.person, other) {
                    crossings.entry(pair).or_default();
                }
            }
        }
        for arc in model.graph().iter_arcs() {
            let found = self.pair(arc.influencer, arc.audience);
            if let Some(ties) = found.and_then(|pair| crossings.get_mut(&pair)) {
                let (a, b) = (arc.influencer, arc.audience);
                ties.insert((a.min(b), a.max(b)));
            }
        }
        crossings
    }

    /// The circles of two people, when they differ.
    fn pair(&self, a: PersonIndex, b: PersonIndex) -> Option<(usize, usize)> {
        let (a, b) = (self.circle(a)?, self.circle(b)?);
        (a != b).then_some((a.min(b), a.max(b)))
    }

    /// Where the seed stands among the circles.
    pub fn place(&self, model: &Model, person: PersonIndex, crossings: &Crossings) -> String {
        let contacts = contacts(model, person);
        let mut met: BTreeMap<usize, usize> = BTreeMap::new();
        for circle in contacts.iter().filter_map(|&other| self.circle(other)) {
            *met.entry(circle).or_default() += 1;
        }
        let own = self.circle(person);
        let most = |counts: &BTreeMap<usize, usize>| {
            counts
                .iter()
                .max_by_key(|&(&it, &count)| (count, std::cmp::Reverse(it)))
                .map(|it| *it.0)
        };
        let inside = own.and_then(|own| met.remove(&own)).unwrap_or(0);
        match (own, most(&met)) {
            (Some(own), Some(other)) => {
                let ties = &crossings[&(own.min(other), own.max(other))];
                let mine = ties.iter().filter(|tie| tie.0 == person || tie.1 == person).count();
                let (own, name) = (&self.names[own], &self.names[other]);
                if 2 * mine >= ties.len() {
                    let share = if ties.len() == 1 {
                        "the only tie".to_owned()
                    } else {
                        format!("{mine} of {} ties", ties.len())
                    };
                    format!("the link between {own} and {name} ({share})")
                } else {
                    format!("knows {} in {own} and {} in {name}", people(inside), met[&other])
                }
            }
            (Some(own), None) if inside > 0 => {
                let size = self.of.iter().filter(|it| **it == Some(own)).count() - 1;
                if inside == size {
                    format!("knows everybody else in {}", self.names[own])
                } else {
                    format!("knows {inside} of the {size} others in {}", self.names[own])
                }
            }
            (None, Some(other)) => {
                format!("knows {} in {}", people(met[&other]), self.names[other])
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
        let others: BTreeSet<usize> =
            contacts(model, person).into_iter().filter_map(|it| self.circle(it)).collect();
        let mut bridges: Vec<Bridge> = others
            .into_iter()
            .filter(|&other| other != own)
            .map(|other| {
                let ties = &crossings[&(own.min(other), own.max(other))];
                let mine = ties.iter().filter(|tie| tie.0 == person || tie.1 == person).count();
                let name = |circle: usize| self.names[circle].clone();
                Bridge { from: name(own), to: name(other), ties: mine, of: ties.len() }
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
