//! A captain for each neighborhood: the member who, as the only seed, wins over most of it.
//!
//! Where reverse-reachable sets exist, one lot of them tells for everybody at once: a member who is
//! in a share of the sets whose root belongs to the neighborhood reaches that share of it. Where
//! none exist, the best connected members are simulated one by one against the same chances.
//!
//! Members whom neither chance nor a difference worth mentioning tells apart are alike; of those
//! the captain is the most central one: tied to most people inside, then to most people at all.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::bounds;
use super::error::SeedingError;
use super::estimator::Reach;
use super::request::SeedRequest;
use super::reverse_sets::{BLOCK, Block, Source};
use super::search::SearchState;
use super::simulation::{Outcome, Simulation};
use crate::diffusion::Model;
use crate::measure::{self, GroupedTies};
use crate::network::PersonIndex;
use crate::random::Purpose;

/// The best local seed of one neighborhood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Captain {
    /// Who.
    pub person: PersonIndex,
    /// Expected adopters in the neighborhood with this person as the only seed, the captain
    /// counted, with its 95 % interval.
    pub reach: Reach,
}

/// Finds the captain of every group, step by step; a step takes some 50 ms.
///
/// The answer depends on the model and the groups alone, never on threads.
pub struct CaptainSearch {
    members: Vec<Vec<PersonIndex>>,
    method: Method,
}

enum Method {
    Sets(Box<SetCaptains>),
    Simulation(Box<SimulatedCaptains>),
}

/// Standard errors of a difference within which chance may have made it.
const BY_CHANCE: f64 = 2.0;
/// Part of the best reach that is no difference worth mentioning.
const HARDLY_LESS: f64 = 0.02;

impl CaptainSearch {
    /// Prepares the search among `groups` groups, `group_of` one entry per person. Nobody in
    /// `exclude` becomes a captain. O(people + arcs).
    ///
    /// # Errors
    /// [`SeedingError::UnknownPerson`] when somebody excluded is not in the network.
    ///
    /// # Panics
    /// When there is not one entry per person, or one names a group beyond `groups`.
    pub fn new(
        model: &Arc<Model>,
        group_of: &[Option<u32>],
        groups: usize,
        exclude: &[PersonIndex],
    ) -> Result<Self, SeedingError> {
        let people = model.graph().people();
        if let Some(&person) = exclude.iter().find(|&&it| it as usize >= people) {
            return Err(SeedingError::UnknownPerson { person, people });
        }
        let mut excluded = FixedBitSet::with_capacity(people);
        excluded.extend(exclude.iter().map(|&it| it as usize));
        let ties = GroupedTies::of(model.graph(), group_of, groups);
        let mut members = vec![Vec::new(); groups];
        for (person, group) in (0..).zip(group_of) {
            if let Some(group) = group {
                members[*group as usize].push(person);
            }
        }
        let mut open = members.clone();
        for group in &mut open {
            group.retain(|&it| !excluded.contains(it as usize));
            ties.sort_by_centrality(group);
        }
        let method = match Source::prepare(model) {
            Some(source) => Method::Sets(Box::new(SetCaptains::new(source, group_of, open))),
            None => Method::Simulation(Box::new(SimulatedCaptains::new(Arc::clone(model), open))),
        };
        Ok(Self { members, method })
    }

    /// The captains of the neighborhoods that are told in `request`, or else of those that ties
    /// make.
    pub(super) fn asked(model: &Arc<Model>, request: &SeedRequest) -> Result<Self, SeedingError> {
        let found: Arc<[Option<u32>]>;
        let of = if let Some(asked) = &request.neighborhoods {
            asked
        } else {
            found = measure::neighborhoods(model.graph()).into_iter().map(Some).collect();
            &found
        };
        let groups = of.iter().flatten().max().map_or(0, |&last| last as usize + 1);
        Self::new(model, of, groups, &request.exclude)
    }

    /// Does a bounded slice of the work.
    pub fn step(&mut self) -> SearchState {
        match &mut self.method {
            Method::Sets(search) => search.step(),
            Method::Simulation(search) => search.step(&self.members),
        }
    }

    /// The captain of each group, as far as is known by now; `None` where nobody may be one.
    pub fn finish(self) -> Vec<Option<Captain>> {
        match self.method {
            Method::Sets(search) => search.finish(&self.members),
            Method::Simulation(search) => search.finish(),
        }
    }

    /// Everybody who may be one: first the captains, that of the largest group first, then who comes
    /// second in each, and so on.
    pub(super) fn in_turn(self) -> Vec<PersonIndex> {
        let ranked = match &self.method {
            Method::Sets(search) => search.ranked(),
            Method::Simulation(search) => search.ranked(),
        };
        let mut groups: Vec<usize> = (0..ranked.len()).collect();
        groups.sort_by_key(|&it| std::cmp::Reverse(self.members[it].len()));
        let rounds = ranked.iter().map(Vec::len).max().unwrap_or(0);
        let mut order = Vec::new();
        for round in 0..rounds {
            order.extend(groups.iter().filter_map(|&group| ranked[group].get(round)));
        }
        order
    }

    /// Steps to the end.
    pub fn run(mut self) -> Vec<Option<Captain>> {
        while self.step() != SearchState::Finished {}
        self.finish()
    }
}

/// The captain of every group at once; see [`CaptainSearch`], which can be stopped.
///
/// # Errors
/// Those of [`CaptainSearch::new`].
pub fn captains(
    model: &Arc<Model>,
    group_of: &[Option<u32>],
    groups: usize,
    exclude: &[PersonIndex],
) -> Result<Vec<Option<Captain>>, SeedingError> {
    Ok(CaptainSearch::new(model, group_of, groups, exclude)?.run())
}

/// Members of all sets that are walked through, about.
const SET_WORK: f64 = 6_000_000.0;
/// The same for one step.
const STEP_WORK: f64 = 400_000.0;
/// Fewest and most blocks of sets.
const BLOCKS: Range<usize> = 16..1024;

/// By reverse-reachable sets, in two walks over the same ones: the first counts, the second
/// compares everybody with the leader of the first, set by set.
struct SetCaptains {
    source: Source,
    group_of: Vec<Option<u32>>,
    /// Who may become captain, the most central first.
    open: Vec<Vec<PersonIndex>>,
    blocks: usize,
    at_once: usize,
    next: usize,
    /// Per person, sets with a root in their own group that they are in.
    found: Vec<u32>,
    /// Per group, once the first walk is over, who is in most sets.
    leaders: Option<Vec<Option<PersonIndex>>>,
    /// Per person, such sets that the leader is in as well.
    shared: Vec<u32>,
}

impl SetCaptains {
    fn new(source: Source, group_of: &[Option<u32>], open: Vec<Vec<PersonIndex>>) -> Self {
        let size = source.probe().size + 1.0;
        let blocks = |work: f64| whole(work / (size * BLOCK as f64));
        let wanted = blocks(SET_WORK).clamp(BLOCKS.start, BLOCKS.end);
        let people = group_of.len();
        Self {
            blocks: if source.has_sets() { wanted } else { 0 },
            at_once: blocks(STEP_WORK).max(1),
            source,
            group_of: group_of.to_vec(),
            open,
            next: 0,
            found: vec![0; people],
            leaders: None,
            shared: vec![0; people],
        }
    }

    fn step(&mut self) -> SearchState {
        if self.next < self.blocks {
            let end = self.blocks.min(self.next + self.at_once);
            let drawn = self.source.blocks(Purpose::CaptainSets, self.next..end);
            for block in &drawn {
                self.count(block);
            }
            self.next = end;
        }
        if self.next == self.blocks {
            if self.leaders.is_some() {
                return SearchState::Finished;
            }
            self.leaders = Some(self.open.iter().map(|group| self.leader(group)).collect());
            self.next = 0;
        }
        let walked = if self.leaders.is_some() { self.blocks } else { 0 };
        SearchState::Searching {
            done: (walked + self.next) as u64,
            total: 2 * self.blocks as u64 + 1,
        }
    }

    /// Counts the members of every set who belong to the group of its root.
    fn count(&mut self, block: &Block) {
        let mut roots = [None; BLOCK];
        let mut led = [false; BLOCK];
        // The root is the first member of its set.
        for (set, person) in block.members() {
            let root = &mut roots[usize::from(set)];
            let group = self.group_of[person as usize];
            if *root.get_or_insert(group) != group {
                continue;
            }
            let Some(group) = group else { continue };
            match &self.leaders {
                None => self.found[person as usize] += 1,
                Some(leaders) if leaders[group as usize] == Some(person) => {
                    led[usize::from(set)] = true;
                }
                Some(_) => {}
            }
        }
        if self.leaders.is_some() {
            for (set, person) in block.members() {
                let set = usize::from(set);
                if led[set] && roots[set] == Some(self.group_of[person as usize]) {
                    self.shared[person as usize] += 1;
                }
            }
        }
    }

    /// Who of `group` is in most sets, the most central of several.
    fn leader(&self, group: &[PersonIndex]) -> Option<PersonIndex> {
        let better = |a: &PersonIndex, b: &PersonIndex| self.mean(*b).total_cmp(&self.mean(*a));
        group.iter().copied().min_by(better)
    }

    fn sets(&self) -> f64 {
        (self.blocks * BLOCK).max(1) as f64
    }

    fn alone(&self, person: PersonIndex) -> f64 {
        self.source.roots.alone()[person as usize].into()
    }

    /// Expected adopters in the person's own group.
    fn mean(&self, person: PersonIndex) -> f64 {
        let share = f64::from(self.found[person as usize]) / self.sets();
        self.alone(person) + self.source.roots.mass() * share
    }

    fn finish(&self, members: &[Vec<PersonIndex>]) -> Vec<Option<Captain>> {
        let captain = |(group, members): (usize, &Vec<PersonIndex>)| {
            let person = self.captain(group)?;
            Some(Captain { person, reach: self.reach(person, members.len()) })
        };
        members.iter().enumerate().map(captain).collect()
    }

    /// Of those who do as well as the leader, the most central.
    fn captain(&self, group: usize) -> Option<PersonIndex> {
        let leader = match &self.leaders {
            Some(leaders) => leaders[group],
            None => self.leader(&self.open[group]),
        }?;
        let compared = self.leaders.is_some() && self.next == self.blocks;
        let is_alike =
            |&person: &PersonIndex| person == leader || (compared && self.is_alike(leader, person));
        // The most central comes first.
        self.open[group].iter().copied().find(is_alike)
    }

    /// The captain of each group, then the others by what they reach in it.
    fn ranked(&self) -> Vec<Vec<PersonIndex>> {
        let ranked = |(group, open): (usize, &Vec<PersonIndex>)| {
            let captain = self.captain(group);
            let mut others: Vec<_> =
                open.iter().copied().filter(|&it| Some(it) != captain).collect();
            others.sort_by(|&a, &b| self.mean(b).total_cmp(&self.mean(a)));
            captain.into_iter().chain(others).collect()
        };
        self.open.iter().enumerate().map(ranked).collect()
    }

    fn is_alike(&self, leader: PersonIndex, other: PersonIndex) -> bool {
        let found = |person: PersonIndex| f64::from(self.found[person as usize]);
        // Sets that only one of the two is in decide between them.
        let apart = found(leader) + found(other) - 2.0 * f64::from(self.shared[other as usize]);
        let error = self.source.roots.mass() * apart.max(0.0).sqrt() / self.sets();
        are_alike(self.mean(leader), self.mean(other), error)
    }

    fn reach(&self, person: PersonIndex, size: usize) -> Reach {
        let found = f64::from(self.found[person as usize]);
        let (low, high) = bounds::share(found, self.sets());
        let (alone, mass) = (self.alone(person), self.source.roots.mass());
        let mean = self.mean(person).clamp(1.0, size as f64);
        Reach {
            mean,
            low: (alone + mass * low).clamp(1.0, mean),
            high: (alone + mass * high).clamp(mean, size as f64),
        }
    }
}

/// People and arcs that all trials together may touch, about.
const TRIAL_WORK: usize = 1_000_000_000;
/// Fewest and most members tried for each group.
const TRIED: Range<usize> = 3..48;

/// By simulation of one member after the other.
struct SimulatedCaptains {
    simulation: Simulation,
    /// Who may become captain, the most central first.
    open: Vec<Vec<PersonIndex>>,
    /// How many of each group are tried.
    most: usize,
    /// Outcomes of those tried, in the same order, a replicate each.
    tried: Vec<Vec<Vec<Outcome>>>,
    group: usize,
}

impl SimulatedCaptains {
    fn new(model: Arc<Model>, open: Vec<Vec<PersonIndex>>) -> Self {
        let simulation = Simulation::for_choice(model);
        let groups = open.iter().filter(|it| it.len() > 1).count().max(1);
        let most = (TRIAL_WORK / simulation.work() / groups).clamp(TRIED.start, TRIED.end);
        let tried = vec![Vec::new(); open.len()];
        Self { simulation, open, most, tried, group: 0 }
    }

    fn step(&mut self, members: &[Vec<PersonIndex>]) -> SearchState {
        let mut work = 0;
        while self.group < self.open.len() && work < 12_000_000 {
            let (open, tried) = (&self.open[self.group], &mut self.tried[self.group]);
            let next = open.get(tried.len()).filter(|_| tried.len() < self.most);
            if let Some(&person) = next {
                tried.push(self.simulation.outcomes_among(&[person], &members[self.group]));
                work += self.simulation.work();
            } else {
                self.group += 1;
            }
        }
        if self.group == self.open.len() {
            return SearchState::Finished;
        }
        let count = |it: usize| it as u64;
        SearchState::Searching {
            done: self.tried.iter().map(|it| count(it.len())).sum(),
            total: self.open.iter().map(|it| count(it.len().min(self.most))).sum::<u64>() + 1,
        }
    }

    fn finish(&self) -> Vec<Option<Captain>> {
        let captain = |(open, tried): (&Vec<PersonIndex>, &Vec<Vec<Outcome>>)| {
            let Some(best) = best(tried) else {
                // Nobody was tried yet: the most central stands in.
                let reach = Reach { mean: 1.0, low: 1.0, high: 1.0 };
                return open.first().map(|&person| Captain { person, reach });
            };
            let adopters: Vec<f64> = tried[best].iter().map(|it| it.adopters).collect();
            let mean = mean(&tried[best]).adopters;
            let half = if adopters.len() > 1 { bounds::half_interval(&adopters) } else { 0.0 };
            let reach = Reach { mean, low: (mean - half).max(1.0).min(mean), high: mean + half };
            Some(Captain { person: open[best], reach })
        };
        self.open.iter().zip(&self.tried).map(captain).collect()
    }

    /// The captain of each group, then the others who were tried by how they did, then the rest.
    fn ranked(&self) -> Vec<Vec<PersonIndex>> {
        let ranked = |(open, tried): (&Vec<PersonIndex>, &Vec<Vec<Outcome>>)| {
            let captain = best(tried);
            let mut order: Vec<usize> = (0..tried.len()).collect();
            order.sort_by(|&a, &b| compare(&tried[b], &tried[a]));
            order.sort_by_key(|&it| Some(it) != captain);
            order.into_iter().chain(tried.len()..open.len()).map(|it| open[it]).collect()
        };
        self.open.iter().zip(&self.tried).map(ranked).collect()
    }
}

/// Of those who did as well as the best, the first, who is the most central.
fn best(tried: &[Vec<Outcome>]) -> Option<usize> {
    let mut leader = tried.first()?;
    for one in tried {
        if compare(one, leader) == Ordering::Greater {
            leader = one;
        }
    }
    tried.iter().position(|it| is_alike(leader, it))
}

fn mean(runs: &[Outcome]) -> Outcome {
    let count = runs.len().max(1) as f64;
    Outcome {
        adopters: runs.iter().map(|it| it.adopters).sum::<f64>() / count,
        pressure: runs.iter().map(|it| it.pressure).sum::<f64>() / count,
    }
}

fn compare(one: &[Outcome], other: &[Outcome]) -> Ordering {
    mean(one).partial_cmp(&mean(other)).unwrap_or(Ordering::Equal)
}

/// Whether `other` does as well as the leader, replicate by replicate.
fn is_alike(leader: &[Outcome], other: &[Outcome]) -> bool {
    let pairs = || leader.iter().zip(other).map(|(a, b)| a.adopters - b.adopters);
    let count = leader.len() as f64;
    let gap = pairs().sum::<f64>() / count;
    let squares: f64 = pairs().map(|it| (it - gap).powi(2)).sum();
    let error = (squares / (count - 1.0).max(1.0) / count).sqrt();
    let (best, reach) = (mean(leader), mean(other));
    // Who convinces nobody may still be close to it.
    let pressed = error > 0.0 || reach.pressure >= best.pressure;
    pressed && are_alike(best.adopters, reach.adopters, error)
}

/// Whether two reaches are told apart neither by chance nor by a difference worth mentioning.
fn are_alike(best: f64, other: f64, error: f64) -> bool {
    let gap = best - other;
    gap <= BY_CHANCE * error && gap <= HARDLY_LESS * best
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of blocks")]
fn whole(count: f64) -> usize {
    count as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::{Contagion, Scenario, Threshold, TieProbability};
    use crate::network::{InfluenceArc, InfluenceGraph};

    /// Two stars of which the hub of the larger one is also heard by the whole other star.
    fn model(contagion: Contagion) -> Arc<Model> {
        let ties = [(0, 1), (0, 2), (0, 3), (4, 5), (4, 6), (0, 5), (0, 6), (0, 4)];
        let arc =
            |(influencer, audience)| InfluenceArc { influencer, audience, ties: 1, value: 0.0 };
        let graph = Arc::new(InfluenceGraph::from_arcs(7, ties.map(arc)));
        let scenario = Scenario { contagion, ..Scenario::default() };
        Arc::new(Model::new(graph, None, None, &scenario).expect("a sound scenario"))
    }

    const OF: [Option<u32>; 7] = [Some(1), Some(1), Some(1), Some(1), Some(0), Some(0), Some(0)];

    #[test]
    fn a_captain_wins_most_of_the_own_neighborhood() {
        let half = Contagion::IndependentCascade(TieProbability::Uniform(0.5));
        // Themselves and half of two, or of three, listeners; the others are not of their own.
        for (contagion, expected) in
            [(half, [2.0, 2.5]), (Contagion::Permission(Threshold::Count(1)), [3.0, 4.0])]
        {
            let found = captains(&model(contagion), &OF, 2, &[]).expect("captains");
            for ((captain, who), expected) in found.iter().flatten().zip([4, 0]).zip(expected) {
                assert_eq!(captain.person, who, "{contagion:?}");
                assert!((captain.reach.mean - expected).abs() < 0.05, "{contagion:?} {captain:?}");
            }
        }
    }

    #[test]
    fn everyone_has_a_turn_once() {
        for contagion in [
            Contagion::IndependentCascade(TieProbability::Weighted),
            Contagion::Permission(Threshold::Count(1)),
        ] {
            let mut search = CaptainSearch::new(&model(contagion), &OF, 2, &[]).expect("a search");
            while search.step() != SearchState::Finished {}
            let mut turns = search.in_turn();
            assert_eq!(turns[..2], [0, 4], "the larger one comes first");
            turns.sort_unstable();
            assert_eq!(turns, [0, 1, 2, 3, 4, 5, 6]);
        }
    }
}
