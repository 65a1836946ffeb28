//! Whole worlds of live ties, for ties that are as likely live one way as the other.
//!
//! Where a tie's chance is the same both ways, one coin may stand for both (the set of final
//! adopters is as likely); then everybody in a component of live ties reaches everybody else in
//! it. One world tells for all people at once what a reverse set tells for its root, and costs
//! no more than one large reverse set, whereas components know no time: they are for scenarios
//! long enough. (Live-tie samples: Cohen et al. 2014; Ohsaka et al. 2014.)

use rayon::prelude::*;

use super::live_ties::{LiveTies, MutualTies};
use super::reverse_sets::{Probe, Source};
use crate::network::PersonIndex;
use crate::random::{Purpose, Stream, stream};

/// Size of a reverse set from which a world tells more for its time.
const LARGE: f64 = 60.0;
/// Share of members found at a scenario's last step up to which time hardly matters.
const LATE: f64 = 0.002;

/// The ties to draw worlds of, where worlds suit better than reverse sets: sets are large, time
/// hardly ends them, and ties are mutual. O(arcs).
pub(super) fn worlds_suit(source: &Source, probe: Probe) -> Option<MutualTies> {
    if probe.size > LARGE && probe.late <= LATE { source.ties.mutual() } else { None }
}

/// Worlds 0, 1, 2, … of one purpose.
pub(super) struct Worlds {
    purpose: Purpose,
    worlds: Vec<World>,
}

/// The components of one world that have more than one member.
#[derive(Default)]
pub(super) struct World {
    /// Their members, component after component.
    people: Vec<PersonIndex>,
    /// Where each component ends in `people`.
    ends: Vec<u32>,
}

impl Worlds {
    pub(super) fn new(purpose: Purpose) -> Self {
        Self { purpose, worlds: Vec::new() }
    }

    /// Number of worlds.
    pub(super) fn len(&self) -> usize {
        self.worlds.len()
    }

    /// Members of all components together.
    pub(super) fn size(&self) -> usize {
        self.worlds.iter().map(|world| world.people.len()).sum()
    }

    pub(super) fn all(&self) -> &[World] {
        &self.worlds
    }

    /// Draws the next `count` worlds, in parallel.
    pub(super) fn draw(&mut self, source: &Source, mutual: &MutualTies, count: usize) {
        let first = self.worlds.len();
        let purpose = self.purpose;
        let run = count.div_ceil(4 * rayon::current_num_threads()).max(1);
        let drawn = (first..first + count).into_par_iter().with_min_len(run).map_init(
            || Parts::new(source.ties.people()),
            |parts, number| {
                let mut rng = stream(source.rng_seed, purpose, number as u64);
                World::draw(&source.ties, mutual, &mut rng, parts)
            },
        );
        self.worlds.extend(drawn.collect::<Vec<_>>());
    }
}

impl World {
    fn draw(ties: &LiveTies, mutual: &MutualTies, rng: &mut Stream, parts: &mut Parts) -> Self {
        ties.draw_mutual(mutual, rng, |one, other| parts.join(one, other));
        parts.take()
    }

    /// The components, each by its members.
    pub(super) fn components(&self) -> impl Iterator<Item = &[PersonIndex]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.people[start as usize..end as usize])
    }
}

/// Who is in one component with whom so far (union by lowest index, with path halving).
struct Parts {
    parent: Vec<PersonIndex>,
    /// Everyone joined to somebody, perhaps several times.
    joined: Vec<PersonIndex>,
    /// While components are written out: which one somebody's is.
    component: Vec<u32>,
}

/// In no component yet.
const NONE: u32 = u32::MAX;

impl Parts {
    fn new(people: usize) -> Self {
        let parent = (0..).take(people).collect();
        Self { parent, joined: Vec::new(), component: vec![NONE; people] }
    }

    fn root(&mut self, mut person: PersonIndex) -> PersonIndex {
        loop {
            let parent = self.parent[person as usize];
            if parent == person {
                return person;
            }
            let above = self.parent[parent as usize];
            self.parent[person as usize] = above;
            person = above;
        }
    }

    fn join(&mut self, one: PersonIndex, other: PersonIndex) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.parent[one.max(other) as usize] = one.min(other);
            // Each root is noted when it joins: whoever has a parent has been a root.
            self.joined.extend([one, other]);
        }
    }

    /// Writes the components out and puts everyone apart again.
    fn take(&mut self) -> World {
        let component = &mut self.component;
        self.joined.retain(|&person| std::mem::replace(&mut component[person as usize], 0) == NONE);
        let mut world = World::default();
        let joined = std::mem::take(&mut self.joined);
        for &person in joined.iter().filter(|&&it| self.parent[it as usize] == it) {
            self.component[person as usize] = number(world.ends.len());
            world.ends.push(0);
        }
        for &person in &joined {
            let root = self.root(person);
            self.parent[person as usize] = root;
            world.ends[self.component[root as usize] as usize] += 1;
        }
        let mut before = 0;
        for end in &mut world.ends {
            before += std::mem::replace(end, before);
        }
        world.people = vec![0; joined.len()];
        for &person in &joined {
            let end =
                &mut world.ends[self.component[self.parent[person as usize] as usize] as usize];
            world.people[*end as usize] = person;
            *end += 1;
        }
        for &person in &joined {
            self.parent[person as usize] = person;
            self.component[person as usize] = NONE;
        }
        self.joined = joined;
        self.joined.clear();
        world
    }
}

fn number(position: usize) -> u32 {
    u32::try_from(position).expect("fewer components than people")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_what_ties_join_and_are_forgotten_after() {
        let mut parts = Parts::new(8);
        for _ in 0..2 {
            for (one, other) in [(6, 2), (5, 1), (2, 4), (4, 6), (1, 5)] {
                parts.join(one, other);
            }
            let world = parts.take();
            let mut found: Vec<Vec<PersonIndex>> = world.components().map(<[_]>::to_vec).collect();
            for component in &mut found {
                component.sort_unstable();
            }
            found.sort();
            assert_eq!(found, [vec![1, 5], vec![2, 4, 6]]);
        }
        assert_eq!(parts.take().components().count(), 0);
    }
}
