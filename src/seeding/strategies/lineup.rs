//! Who is engaged in one replicate, and what that costs.

use rand::RngExt;
use rand::seq::{IndexedRandom, SliceRandom, index};

use super::super::places::Places;
use super::super::prices::Costs;
use super::tactic::Broadcast;
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::{Purpose, Stream, stream};

/// Whom a tactic engages.
#[derive(Clone, Debug)]
pub(super) enum Lineup {
    /// Always these.
    Fixed(Vec<PersonIndex>),
    /// Anyone.
    Random,
    /// Somebody whom a random person listens to.
    Friends,
    /// As many responses as chance gives among so many people who are reached.
    Broadcast {
        /// People reached; no more than there are.
        heads: usize,
        /// Price and response.
        terms: Broadcast,
    },
}

/// Somebody engaged somebody.
pub(super) struct Engaged {
    pub people: Vec<PersonIndex>,
    pub cost: Option<f64>,
}

/// What drawing needs to know.
pub(super) struct Ground<'a> {
    pub graph: &'a InfluenceGraph,
    pub places: &'a Places,
    pub costs: Option<&'a Costs>,
    /// Whom a broadcast may reach.
    pub open: &'a [PersonIndex],
    pub rng_seed: u64,
}

impl Lineup {
    /// Whether every replicate engages the same people.
    pub fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed(_))
    }

    /// Who is engaged in this replicate.
    pub fn draw(&self, ground: &Ground<'_>, replicate: u64) -> Engaged {
        let stream = |purpose| stream(ground.rng_seed, purpose, replicate);
        let people = match self {
            Self::Fixed(people) => people.clone(),
            Self::Random => {
                let mut rng = stream(Purpose::RandomSeeds);
                ground.places.fill(ground.anyone(&mut rng))
            }
            Self::Friends => {
                let mut rng = stream(Purpose::FriendSeeds);
                let friends = ground.friends(&mut rng);
                // Where too few people listen to anybody, chance fills the places left.
                let anyone = ground.anyone(&mut rng);
                ground.places.fill(friends.into_iter().chain(anyone))
            }
            Self::Broadcast { heads, terms } => {
                let mut rng = stream(Purpose::Broadcast);
                // Whoever is reached responds by themselves, so the number of responses is drawn
                // first and then who they are from: the same people are as likely.
                let answers = (0..*heads).filter(|_| rng.random_bool(terms.response)).count();
                let people = index::sample(&mut rng, ground.open.len(), answers);
                let people = people.into_iter().map(|it| ground.open[it]).collect();
                let cost = Some(*heads as f64 * terms.per_head);
                return Engaged { people, cost };
            }
        };
        let cost = ground.costs.map(|costs| costs.total(&people));
        Engaged { people, cost }
    }
}

impl Ground<'_> {
    /// Everyone in random order.
    fn anyone(&self, rng: &mut Stream) -> Vec<PersonIndex> {
        let mut people: Vec<PersonIndex> = (0..).take(self.graph.people()).collect();
        people.shuffle(rng);
        people
    }

    /// For person after person in random order, one of those they listen to.
    fn friends(&self, rng: &mut Stream) -> Vec<PersonIndex> {
        let anyone = self.anyone(rng);
        let friend = |person| self.graph.influences_on(person).choose(rng).copied();
        anyone.into_iter().filter_map(friend).collect()
    }
}
