//! Why each seed is on the list: what nobody else brings, whom they link, who introduces you,
//! and what to say first.

mod circles;
mod opening;
mod path;

use std::collections::{BTreeMap, BTreeSet};

use fixedbitset::FixedBitSet;

pub use circles::Bridge;
pub use path::{Acquaintances, Known, Ours, WarmPath, WarmStep};

use super::estimator::ChosenSeed;
use crate::diffusion::Model;
use crate::network::{Channel, Groups, Network, PersonIndex};
use circles::Circles;
use opening::opening;
use path::WarmPaths;

/// Why one seed is on the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reason {
    /// What they bring and whom they link, in one plain line.
    pub line: String,
    /// The circles between which they stand, those first that hang on them the most.
    pub bridges: Vec<Bridge>,
    /// Channels in which their ties were seen.
    pub channels: Vec<Channel>,
    /// Who introduces whom until they are reached; `None` where nothing leads there.
    pub path: Option<WarmPath>,
    /// Sentences to open with.
    pub opening: Vec<String>,
}

/// What reasons are drawn from.
#[derive(Clone, Copy)]
pub struct ReasonBasis<'a> {
    /// People, their facts and ties.
    pub network: &'a Network,
    /// The people and ties that count.
    pub model: &'a Model,
    /// Everyone's neighborhood, each with its name; may be empty.
    pub neighborhoods: &'a Groups,
    /// Who is ours and whom they know.
    pub acquaintances: &'a Acquaintances,
}

impl ReasonBasis<'_> {
    /// The reasons for each seed of `choice`.
    ///
    /// Circles are clients, else companies, else professions: the first that at least half of the
    /// people have; where there is none, they are the neighborhoods. Every number in a line is
    /// counted or estimated; people and ties in it are those the model counts. O(people + ties log
    /// people).
    ///
    /// # Panics
    /// When a seed is not in the network.
    pub fn reasons(&self, choice: &[ChosenSeed]) -> Vec<Reason> {
        let circles = Circles::of(self.network, self.neighborhoods);
        let crossings = circles.crossings(self.model, choice);
        let paths = WarmPaths::new(self.network, self.acquaintances);
        let mut near = self.circles_of(choice);
        let reason = |seed: &ChosenSeed| {
            let person = seed.person;
            let place = circles.place(self.model, person, &crossings);
            let path = paths.to(person);
            let Tied { contacts, channels } = near.remove(&person).unwrap_or_default();
            Reason {
                line: format!("{}; {place}", worth(seed)),
                bridges: circles.bridges(self.model, person, &crossings),
                channels,
                opening: opening(
                    self.network,
                    self.acquaintances,
                    path.as_ref(),
                    person,
                    &contacts,
                ),
                path,
            }
        };
        choice.iter().map(reason).collect()
    }

    /// Who is tied to each seed, and where that was seen.
    fn circles_of(&self, choice: &[ChosenSeed]) -> BTreeMap<PersonIndex, Tied> {
        let mut ties: BTreeMap<PersonIndex, Vec<(f64, PersonIndex)>> =
            choice.iter().map(|seed| (seed.person, Vec::new())).collect();
        let mut seen: BTreeMap<PersonIndex, Vec<Channel>> = BTreeMap::new();
        let mut is_seed = FixedBitSet::with_capacity(self.network.people.len());
        is_seed.extend(choice.iter().map(|seed| seed.person as usize));
        for tie in &self.network.ties {
            for end in [tie.influencer, tie.audience] {
                if !is_seed[end as usize] {
                    continue; // nearly everyone
                }
                if let Some(ties) = ties.get_mut(&end) {
                    ties.push((tie.strength, tie.other(end)));
                    seen.entry(end).or_default().extend(self.network.channels_of(&tie));
                }
            }
        }
        let sorted = |(person, mut ties): (PersonIndex, Vec<(f64, PersonIndex)>)| {
            ties.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let mut met = BTreeSet::new();
            let contacts = ties.into_iter().map(|(_, other)| other);
            let contacts = contacts.filter(|&other| met.insert(other)).collect();
            let of_them = seen.remove(&person).unwrap_or_default();
            let channels = Channel::ALL.into_iter().filter(|it| of_them.contains(it)).collect();
            (person, Tied { contacts, channels })
        };
        ties.into_iter().map(sorted).collect()
    }
}

/// Who is tied to somebody, the closest first, and the channels of those ties.
#[derive(Default)]
struct Tied {
    contacts: Vec<PersonIndex>,
    channels: Vec<Channel>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::{Contagion, Scenario, TieProbability};
    use crate::network::{Person, Tie, fact};
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

    fn told(network: &Network, seeds: &[(u32, f64, f64)], neighborhoods: &[u32]) -> Vec<Reason> {
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
        let seeds: Vec<ChosenSeed> = seeds.iter().map(seed).collect();
        let ours = Acquaintances::default();
        let neighborhoods = &Groups {
            names: ["North", "South", "East"].map(str::to_owned).into(),
            of: neighborhoods.iter().map(|&it| Some(it)).collect(),
            are_ranges: false,
        };
        let basis = ReasonBasis { network, model: &model, neighborhoods, acquaintances: &ours };
        basis.reasons(&seeds)
    }

    fn lines(network: &Network, seeds: &[(u32, f64, f64)], neighborhoods: &[u32]) -> Vec<String> {
        told(network, seeds, neighborhoods).into_iter().map(|it| it.line).collect()
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
                 knows everybody else in Birch Ltd",
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
        assert!(found[0].ends_with("the link between North and South (the only tie)"));
        assert!(found[1].ends_with("Person 3 has no ties here"));
        assert!(lines(&bare, &[(0, 2.0, 2.0)], &[])[0].ends_with("knows 2 people"));
    }

    #[test]
    fn bridges_come_by_how_much_hangs_on_the_seed() {
        let [alder, birch, cedar] = ["Alder & Co", "Birch Ltd", "Cedar"].map(Some);
        let ties = [(0, 3), (1, 3), (0, 5), (0, 1)];
        let network = network(&[alder, alder, alder, birch, birch, cedar, cedar], &ties);
        let found = told(&network, &[(0, 2.0, 2.0), (4, 1.0, 1.0)], &[]);
        let bridges: Vec<_> =
            found[0].bridges.iter().map(|it| (it.to.as_str(), it.ties, it.of)).collect();
        assert_eq!(bridges, [("Cedar", 1, 1), ("Birch Ltd", 1, 2)]);
        assert!(found[1].bridges.is_empty(), "who has no ties bridges nothing");
    }

    #[test]
    fn channels_are_those_of_the_seed_s_ties() {
        use crate::network::{EvidenceKind, TieEvidence};
        let mut network = network(&[None, None, None], &[]);
        for (audience, kind, channel) in [
            (1, EvidenceKind::Meeting, Channel::FaceToFace),
            (2, EvidenceKind::Message, Channel::Online),
        ] {
            let seen = TieEvidence {
                kind,
                channel: Some(channel),
                source: 0,
                count: 1,
                group_size: 2,
                last_seen: None,
            };
            network.ties.push(Tie { mutual: true, ..Tie::new(0, audience, 0.04) }, [seen]);
        }
        let found = told(&network, &[(0, 3.0, 3.0), (2, 1.0, 1.0)], &[]);
        assert_eq!(found[0].channels, [Channel::Online, Channel::FaceToFace]);
        assert_eq!(found[1].channels, [Channel::Online]);
    }
}
