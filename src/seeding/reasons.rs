//! Why each seed is on the list, in one plain line.

use std::collections::{BTreeMap, BTreeSet};

use super::estimator::ChosenSeed;
use crate::diffusion::Model;
use crate::network::{Network, PersonIndex, fact};

/// Facts that divide people into circles worth linking, in order of preference.
const DIVIDING: [&str; 3] = [fact::CLIENT, fact::COMPANY, fact::PROFESSION];

/// One line per seed of `choice`: what nobody else on the list brings, and whom the seed links.
///
/// Circles are clients, else companies, else professions: the first that at least half of the
/// people have; where there is none, they are the `neighborhoods` (a number per person, may be empty). Every number
/// in a line is counted or estimated; people and ties are those the model counts. O(people + arcs).
///
/// # Panics
/// When a seed is not in the network.
pub fn reasons(
    network: &Network,
    model: &Model,
    choice: &[ChosenSeed],
    neighborhoods: &[u32],
) -> Vec<String> {
    let circles = Circles::of(network, neighborhoods);
    let crossings = circles.crossings(model, choice);
    choice
        .iter()
        .map(|seed| format!("{}; {}", worth(seed), circles.place(model, seed.person, &crossings)))
        .collect()
}

/// What the seed alone brings.
fn worth(seed: &ChosenSeed) -> String {
    let alone = seed.only_reach.round();
    let added = seed.marginal_reach.round();
    if alone >= 2.0 {
        format!("Brings {alone:.0} people nobody else on the list reaches")
    } else if added >= 2.0 {
        format!("Adds {added:.0} people to those before, whom the others on the list reach as well")
    } else {
        "Brings hardly anyone the others on the list do not reach".to_owned()
    }
}

/// Which circle everyone belongs to.
struct Circles<'a> {
    names: Vec<String>,
    of: Vec<Option<usize>>,
    network: &'a Network,
}

/// Ties between two circles, the lower number first.
type Crossings = BTreeMap<(usize, usize), BTreeSet<(PersonIndex, PersonIndex)>>;

impl<'a> Circles<'a> {
    fn of(network: &'a Network, neighborhoods: &[u32]) -> Self {
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
        let names: BTreeSet<&str> = people.clone().filter_map(value).collect();
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let number = |name: &str| names.binary_search_by(|it| it.as_str().cmp(name)).ok();
        let of = people.map(|person| value(person).and_then(number)).collect();
        Self { names, of, network }
    }

    fn by_neighborhood(network: &'a Network, neighborhoods: &[u32]) -> Self {
        let count = neighborhoods.iter().max().map_or(0, |&most| most as usize + 1);
        let of = (0..network.people.len())
            .map(|person| neighborhoods.get(person).map(|&number| number as usize))
            .collect();
        let names = (1..=count).map(|number| format!("neighborhood {number}")).collect();
        Self { names, of, network }
    }

    fn circle(&self, person: PersonIndex) -> Option<usize> {
        self.of[person as usize]
    }

    /// All ties between those pairs of circles that some seed has a tie across.
    fn crossings(&self, model: &Model, choice: &[ChosenSeed]) -> Crossings {
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
    fn place(&self, model: &Model, person: PersonIndex, crossings: &Crossings) -> String {
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
                format!("knows {inside} of the {size} others in {}", self.names[own])
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
}

fn people(count: usize) -> String {
    match count {
        0 => "nobody".to_owned(),
        1 => "1 person".to_owned(),
        _ => format!("{count} people"),
    }
}

/// Everyone tied to `person`, once each.
fn contacts(model: &Model, person: PersonIndex) -> BTreeSet<PersonIndex> {
    let graph = model.graph();
    graph.audience_of(person).iter().chain(graph.influences_on(person)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::{Contagion, Scenario, TieProbability};
    use crate::network::{Person, Tie};
    use std::sync::Arc;

    fn network(companies: &[Option<&str>], ties: &[(u32, u32)]) -> Network {
        let people = companies.iter().enumerate().map(|(number, company)| Person {
            id: number.to_string().into(),
            name: format!("Person {number}").into(),
            facts: company.iter().map(|it| (fact::COMPANY.to_owned(), (*it).to_owned())).collect(),
            is_owner: false,
        });
        let tie = |&(influencer, audience): &(u32, u32)| Tie {
            mutual: true,
            ..Tie::new(influencer, audience, 0.01)
        };
        Network { people: people.collect(), ties: ties.iter().map(tie).collect() }
    }

    fn lines(network: &Network, seeds: &[(u32, f64, f64)], neighborhoods: &[u32]) -> Vec<String> {
        let scenario = Scenario {
            contagion: Contagion::IndependentCascade(TieProbability::Uniform(0.5)),
            ..Scenario::default()
        };
        let graph = Arc::new(network.influence_graph());
        let model = Model::prepare(network, graph, &scenario).expect("a sound scenario");
        let seed = |&(person, marginal_reach, only_reach): &(u32, f64, f64)| ChosenSeed {
            person,
            marginal_reach,
            only_reach,
        };
        reasons(network, &model, &seeds.iter().map(seed).collect::<Vec<_>>(), neighborhoods)
    }

    #[test]
    fn a_line_tells_the_worth_and_the_link() {
        let (alder, birch) = (Some("Alder & Co"), Some("Birch Ltd"));
        let two = network(&[alder, alder, alder, birch, birch], &[(0, 1), (0, 2), (0, 3), (3, 4)]);
        assert_eq!(
            lines(&two, &[(0, 31.4, 30.6), (4, 3.0, 1.2), (1, 0.5, 0.5)], &[]),
            [
                "Brings 31 people nobody else on the list reaches; \
                 the link between Alder & Co and Birch Ltd (the only tie)",
                "Adds 3 people to those before, whom the others on the list reach as well; \
                 knows 1 of the 1 others in Birch Ltd",
                "Brings hardly anyone the others on the list do not reach; \
                 knows 1 of the 2 others in Alder & Co",
            ]
        );
    }

    #[test]
    fn a_tie_among_many_is_no_link() {
        let (alder, birch) = (Some("Alder & Co"), Some("Birch Ltd"));
        let many = network(&[alder, alder, alder, birch, birch], &[(0, 3), (1, 3), (2, 3), (0, 1)]);
        let [line] = &lines(&many, &[(0, 2.0, 2.0)], &[])[..] else { panic!("one line") };
        assert!(line.ends_with("knows 1 person in Alder & Co and 1 in Birch Ltd"), "{line}");
    }

    #[test]
    fn neighborhoods_stand_in_where_no_fact_divides() {
        let bare = network(&[None, None, None, Some("Alder & Co")], &[(0, 1), (0, 2)]);
        let found = lines(&bare, &[(0, 2.0, 2.0), (3, 1.0, 1.0)], &[0, 0, 1, 2]);
        assert!(
            found[0].ends_with("the link between neighborhood 1 and neighborhood 2 (the only tie)")
        );
        assert!(found[1].ends_with("Person 3 has no ties here"));
        assert!(lines(&bare, &[(0, 2.0, 2.0)], &[])[0].ends_with("knows 2 people"));
    }
}
