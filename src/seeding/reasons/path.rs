//! The warm path to a seed: who introduces whom, from somebody who is ours.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use jiff::civil::Date;

use crate::network::{Closeness, Network, Person, PersonIndex, Tie};

/// Who is ours, and whom they know. An owner of an export knows everyone in it, also where the
/// network leaves the owner out because such a star says nothing about the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Acquaintances {
    /// Owners of exports and keepers of contact lists.
    pub ours: Vec<Ours>,
    /// Whom they know, in the network.
    pub known: Vec<Known>,
}

/// Somebody from whom an introduction can start.
#[derive(Clone, Debug, PartialEq)]
pub struct Ours {
    /// Name and facts.
    pub who: Person,
    /// Where they are in the network, if they are.
    pub person: Option<PersonIndex>,
}

/// Somebody whom one of ours knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Position in [`Acquaintances::ours`].
    pub ours: u32,
    /// Who is known.
    pub person: PersonIndex,
    /// Chance that influence passes from ours to them in one step; `None` where it only passes
    /// the other way (ours follows them, and they do not know ours).
    pub strength: Option<f64>,
    /// What their tie was seen in ("12 messages, same company").
    pub words: String,
    /// When they last wrote to each other, as far as that is told.
    pub last_message: Option<Date>,
}

impl Acquaintances {
    /// Whether nobody is ours.
    pub fn is_empty(&self) -> bool {
        self.ours.is_empty()
    }

    /// What is known between one of ours and a person.
    pub(super) fn between(&self, ours: u32, person: PersonIndex) -> Option<&Known> {
        self.known.iter().find(|it| it.ours == ours && it.person == person)
    }
}

/// One introduction of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct WarmStep {
    /// Who is introduced.
    pub person: PersonIndex,
    /// Chance that influence passes in one step along the tie that leads here.
    pub strength: f64,
    /// What that tie was seen in.
    pub words: String,
}

impl WarmStep {
    /// How close the tie reads.
    pub fn closeness(&self) -> Closeness {
        Closeness::of_strength(self.strength)
    }
}

/// The way to a seed.
#[derive(Clone, Debug, PartialEq)]
pub struct WarmPath {
    /// Position in [`Acquaintances::ours`] of where it starts.
    pub ours: u32,
    /// Name of that person.
    pub from: String,
    /// Who introduces whom, the seed last; empty where the seed is one of ours.
    pub steps: Vec<WarmStep>,
}

impl WarmPath {
    /// "Mara Owner → Ben Ode → Cleo Ray".
    pub fn names(&self, network: &Network) -> String {
        let steps = self.steps.iter().map(|it| network.people[it.person as usize].name.as_ref());
        std::iter::once(self.from.as_str()).chain(steps).collect::<Vec<_>>().join(" → ")
    }

    /// The path as a sentence.
    pub fn in_words(&self, network: &Network) -> String {
        let told = |step: &WarmStep| {
            if step.words.is_empty() { String::new() } else { format!(" ({})", step.words) }
        };
        match &self.steps[..] {
            [] => format!("{} is one of yours", self.from),
            [only] => format!("{} knows them{}", self.from, told(only)),
            [first, others @ .., last] => {
                let name = |it: &WarmStep| network.people[it.person as usize].name.to_string();
                let others = others.iter();
                let others = others.map(|it| format!(", who asks {}{}", name(it), told(it)));
                let others: String = others.collect();
                let (asked, known) = (told(first), told(last));
                format!("{} asks {}{asked}{others}, who knows them{known}", self.from, name(first))
            }
        }
    }

    /// The way that word takes from one person to another, when it ever gets there: the one with
    /// the fewest expected tries. O((people + ties) log people).
    pub fn between(network: &Network, from: PersonIndex, to: PersonIndex) -> Option<Self> {
        let who = network.people.get(from as usize)?.clone();
        if to as usize >= network.people.len() {
            return None;
        }
        let ours = vec![Ours { who, person: Some(from) }];
        let start = Acquaintances { ours, known: Vec::new() };
        WarmPaths::new(network, &start).to(to)
    }

    /// Expected number of steps until word has passed all the way, each tie tried once a step.
    pub fn tries(&self) -> f64 {
        self.steps.iter().map(|it| 1.0 / it.strength).sum()
    }
}

/// How somebody was reached.
#[derive(Clone, Copy)]
enum Via {
    Nobody,
    /// They are ours.
    Ours(u32),
    /// Ours know them; a position in [`Acquaintances::known`].
    Known(usize),
    /// Along a tie, from somebody.
    Tie(u32, PersonIndex),
}

/// The best way to everyone.
///
/// A tie of strength s takes 1/s tries on average until word passes, so a path's length is the
/// expected time that word takes along it: two friends (1/.04 each) are nearer than one stranger
/// (1/.005), which a product of chances would have the other way round. Word passes only along
/// influence, from each to somebody who listens to them.
pub(super) struct WarmPaths<'a> {
    network: &'a Network,
    acquaintances: &'a Acquaintances,
    via: Vec<Via>,
}

impl<'a> WarmPaths<'a> {
    /// Dijkstra's algorithm from everybody who is ours at once, in O((people + ties) log people).
    pub fn new(network: &'a Network, acquaintances: &'a Acquaintances) -> Self {
        let people = network.people.len();
        let mut paths = Self { network, acquaintances, via: vec![Via::Nobody; people] };
        if acquaintances.is_empty() {
            return paths;
        }
        let ties = Row::rows(network);
        let mut length = vec![f64::INFINITY; people];
        let mut queue = BinaryHeap::new();
        let mut reach = |via: &mut Vec<Via>, queue: &mut BinaryHeap<Near>, near: Near, by: Via| {
            let at = near.person as usize;
            if near.length < length[at] {
                length[at] = near.length;
                via[at] = by;
                queue.push(near);
            }
        };
        for (number, ours) in (0..).zip(&acquaintances.ours) {
            if let Some(person) = ours.person {
                let near = Near { length: 0.0, person };
                reach(&mut paths.via, &mut queue, near, Via::Ours(number));
            }
        }
        for (number, known) in acquaintances.known.iter().enumerate() {
            if let Some(strength) = known.strength.filter(|&it| it > 0.0) {
                let near = Near { length: 1.0 / strength, person: known.person };
                reach(&mut paths.via, &mut queue, near, Via::Known(number));
            }
        }
        let mut settled = vec![false; people];
        while let Some(Near { length, person }) = queue.pop() {
            if std::mem::replace(&mut settled[person as usize], true) {
                continue;
            }
            for tie in ties.of(person) {
                let near = Near { length: length + 1.0 / tie.strength, person: tie.to };
                reach(&mut paths.via, &mut queue, near, Via::Tie(tie.number, person));
            }
        }
        paths
    }

    /// The path to a person, when anything leads there.
    pub fn to(&self, person: PersonIndex) -> Option<WarmPath> {
        let mut steps = Vec::new();
        let mut at = person;
        let ours = loop {
            match self.via[at as usize] {
                Via::Nobody => return None,
                Via::Ours(ours) => break ours,
                Via::Known(number) => {
                    let known = &self.acquaintances.known[number];
                    steps.push(WarmStep {
                        person: at,
                        strength: known.strength.unwrap_or_default(),
                        words: known.words.clone(),
                    });
                    break known.ours;
                }
                Via::Tie(number, before) => {
                    let tie = self.network.ties.get(number as usize);
                    steps.push(WarmStep {
                        person: at,
                        strength: tie.strength,
                        words: self.network.evidence_in_words(&tie),
                    });
                    at = before;
                }
            }
        };
        steps.reverse();
        let from = self.acquaintances.ours[ours as usize].who.name.to_string();
        Some(WarmPath { ours, from, steps })
    }
}

/// Somebody and how far they are.
#[derive(PartialEq)]
struct Near {
    length: f64,
    person: PersonIndex,
}

impl Eq for Near {}

impl Ord for Near {
    /// The nearest first, equal ones by lowest index.
    fn cmp(&self, other: &Self) -> Ordering {
        other.length.total_cmp(&self.length).then(other.person.cmp(&self.person))
    }
}

impl PartialOrd for Near {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Ties by the person from whom word passes.
struct Rows {
    start: Vec<usize>,
    rows: Vec<Row>,
}

#[derive(Clone, Copy)]
struct Row {
    from: PersonIndex,
    to: PersonIndex,
    number: u32,
    strength: f64,
}

impl Row {
    fn rows(network: &Network) -> Rows {
        let ways = |tie: Tie| {
            let Tie { influencer: from, audience: to, number, strength, .. } = tie;
            let forth = Self { from, to, number, strength };
            let back = Self { from: to, to: from, ..forth };
            std::iter::once(forth).chain(tie.mutual.then_some(back))
        };
        let mut rows: Vec<Self> =
            network.ties.iter().filter(|tie| tie.strength > 0.0).flat_map(ways).collect();
        rows.sort_unstable_by_key(|row| (row.from, row.to, row.number));
        let mut start = vec![0; network.people.len() + 1];
        for row in &rows {
            start[row.from as usize + 1] += 1;
        }
        for person in 1..start.len() {
            start[person] += start[person - 1];
        }
        Rows { start, rows }
    }
}

impl Rows {
    fn of(&self, person: PersonIndex) -> &[Row] {
        let person = person as usize;
        &self.rows[self.start[person]..self.start[person + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ties` from influencer to audience, each with its strength.
    fn network(people: u32, ties: &[(u32, u32, f64)]) -> Network {
        let person = |number: u32| Person {
            id: number.to_string().into(),
            name: format!("Person {number}").into(),
            ..Person::default()
        };
        let tie = |&(influencer, audience, strength): &(u32, u32, f64)| {
            Tie::new(influencer, audience, strength)
        };
        Network { people: (0..people).map(person).collect(), ties: ties.iter().map(tie).collect() }
    }

    fn owner(known: &[(u32, Option<f64>)], person: Option<PersonIndex>) -> Acquaintances {
        let who = Person { name: "Mara Owner".into(), ..Person::default() };
        let known = known.iter().map(|&(person, strength)| Known {
            ours: 0,
            person,
            strength,
            words: "2 mails".to_owned(),
            last_message: None,
        });
        Acquaintances { ours: vec![Ours { who, person }], known: known.collect() }
    }

    fn names(network: &Network, ours: &Acquaintances, person: PersonIndex) -> Option<String> {
        Some(WarmPaths::new(network, ours).to(person)?.names(network))
    }

    #[test]
    fn two_friends_are_nearer_than_one_stranger() {
        // 1/.04 + 1/.04 = 50 tries through a friend, 1/.005 = 200 alone.
        let near = network(2, &[(0, 1, 0.04)]);
        let ours = owner(&[(0, Some(0.04)), (1, Some(0.005))], None);
        assert_eq!(names(&near, &ours, 1).unwrap(), "Mara Owner → Person 0 → Person 1");
        let path = WarmPaths::new(&near, &ours).to(1).unwrap();
        assert!((path.tries() - 50.0).abs() < 1e-9);
        assert_eq!(path.in_words(&near), "Mara Owner asks Person 0 (2 mails), who knows them");
        // Through a stranger it would take 400.
        let ours = owner(&[(0, Some(0.005)), (1, Some(0.005))], None);
        assert_eq!(names(&near, &ours, 1).unwrap(), "Mara Owner → Person 1");
    }

    #[test]
    fn word_passes_only_to_those_who_listen() {
        let one_way = network(3, &[(1, 0, 0.5), (1, 2, 0.5)]);
        let ours = owner(&[(0, Some(0.5))], None);
        assert_eq!(names(&one_way, &ours, 1), None, "0 listens to 1, not the other way round");
        let follows = owner(&[(1, None)], None);
        assert_eq!(names(&one_way, &follows, 2), None, "whom ours follows does not know ours");
    }

    #[test]
    fn ours_may_be_in_the_network_themselves() {
        let chain = network(4, &[(0, 1, 0.1), (1, 2, 0.1)]);
        let ours = owner(&[], Some(0));
        assert_eq!(names(&chain, &ours, 2).unwrap(), "Mara Owner → Person 1 → Person 2");
        let path = WarmPaths::new(&chain, &ours).to(0).unwrap();
        assert_eq!(path.in_words(&chain), "Mara Owner is one of yours");
        assert_eq!(names(&chain, &ours, 3), None);
        assert_eq!(names(&chain, &Acquaintances::default(), 0), None);
    }

    #[test]
    fn between_two_people_word_goes_one_way_only_where_ties_do() {
        let triangle = network(4, &[(0, 1, 0.04), (1, 2, 0.04), (0, 2, 0.005)]);
        let between = |from, to| WarmPath::between(&triangle, from, to);
        let path = between(0, 2).unwrap();
        assert_eq!(path.names(&triangle), "Person 0 → Person 1 → Person 2");
        assert!((path.tries() - 50.0).abs() < 1e-9);
        assert_eq!(between(2, 0), None);
        assert_eq!(between(0, 3), None);
        assert_eq!((between(0, 9), between(9, 0)), (None, None), "nobody of that number");
    }
}
