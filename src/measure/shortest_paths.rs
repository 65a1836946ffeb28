//! Counts the shortest paths from a few people at once, and what hangs on each person between.
//!
//! Eight sources walk side by side, one lane each: a tie that several of them cross is read once, and
//! what it carries is added for all lanes alike, without a branch. The walk out goes level by level.
//! A small level pushes to its audience; a large one is pulled by those that some lane has not
//! reached. The way back does the same with the smaller of two levels. Sources: Brandes 2001;
//! Beamer, Asanović & Patterson 2012 (direction); Then et al. 2014 (many sources at once).

use std::ops::Range;

use crate::network::{InfluenceGraph, PersonIndex};

/// Sources that walk side by side.
pub(super) const LANES: usize = 8;

/// One number per source, in one line of the processor's cache.
#[derive(Clone, Copy, PartialEq)]
#[repr(align(64))]
struct Numbers([f64; LANES]);

/// One bit per source.
type Bits = u8;

const NOTHING: Numbers = Numbers([0.0; LANES]);

/// To add to an accumulator in memory costs about as much as so many times reading.
const PULL_IS_CHEAPER: usize = 2;

/// Path counts are scaled down by level before they overflow; only their ratios count.
const TOO_MANY: f64 = 1e200;
/// Less than this beside the most travelled of its level is as good as nothing.
const FEWEST: f64 = 1e-200;

/// All bits of each lane, for every set of lanes.
static WIDE: [[u64; LANES]; 1 << LANES] = wide();

const fn wide() -> [[u64; LANES]; 1 << LANES] {
    let mut all = [[0; LANES]; 1 << LANES];
    let mut bits = 0;
    while bits < all.len() {
        let mut lane = 0;
        while lane < LANES {
            all[bits][lane] = if bits >> lane & 1 == 1 { u64::MAX } else { 0 };
            lane += 1;
        }
        bits += 1;
    }
    all
}

/// Working memory of one walk after another.
pub(super) struct ShortestPaths {
    /// Lanes that have reached the person.
    seen: Vec<Bits>,
    /// Shortest paths from the source, up to the scale of the person's level; zero where not reached.
    paths: Vec<Numbers>,
    /// Zero for everyone but the people of one level: their paths on the way out, what each path
    /// through them brings on the way back.
    current: Vec<Numbers>,
    /// Paths that are pushed on the way out. Then pairs of source and other that hang on the
    /// person: true from the person's level on, anything before.
    sums: Vec<Numbers>,
    /// Everyone reached and by whom, nearest first: somebody at several distances comes several times.
    order: Vec<Reached>,
    levels: Vec<Level>,
    /// Whom some lane has not reached; meaningless until a level is pulled.
    unseen: Vec<PersonIndex>,
    /// Who was pushed to in this level.
    pushed: Vec<PersonIndex>,
}

/// Lanes in which a person is as far from the source as the level says.
#[derive(Clone, Copy)]
struct Reached {
    person: PersonIndex,
    lanes: Bits,
}

/// People at one distance from the sources.
#[derive(Clone)]
struct Level {
    /// Their places in `order`.
    places: Range<usize>,
    /// Arcs from them, and to them.
    arcs_from: usize,
    arcs_into: usize,
    /// What their paths were multiplied by.
    scale: Numbers,
}

impl ShortestPaths {
    pub(super) fn new(people: usize) -> Self {
        Self {
            seen: vec![0; people],
            paths: vec![NOTHING; people],
            current: vec![NOTHING; people],
            sums: vec![NOTHING; people],
            order: Vec::with_capacity(people),
            levels: Vec::new(),
            unseen: Vec::new(),
            pushed: Vec::new(),
        }
    }

    /// Adds to `between` the share of shortest paths from each of up to eight `sources` to each other
    /// person that passes through everyone between. O(people + arcs) per source at most.
    pub(super) fn add(
        &mut self,
        graph: &InfluenceGraph,
        sources: &[PersonIndex],
        between: &mut [f64],
    ) {
        self.walk_out(graph, sources);
        self.walk_back(graph, between);
    }

    fn walk_out(&mut self, graph: &InfluenceGraph, sources: &[PersonIndex]) {
        self.start(sources);
        let mut arcs_left = graph.arcs();
        let mut places = 0..self.order.len();
        let mut has_pulled = false;
        while !places.is_empty() {
            let level = self.close_level(graph, places);
            for it in &self.order[level.places.clone()] {
                if self.seen[it.person as usize] == Bits::MAX {
                    arcs_left = arcs_left.saturating_sub(graph.influences_on(it.person).len());
                }
            }
            if PULL_IS_CHEAPER * level.arcs_from > arcs_left {
                if !has_pulled {
                    self.unseen.clear();
                    self.unseen.extend((0..).take(graph.people()));
                    has_pulled = true;
                }
                self.pull_paths(graph, &level);
            } else {
                self.push_paths(graph, &level);
            }
            places = level.places.end..self.order.len();
            self.levels.push(level);
        }
    }

    /// Forgets the walk before.
    fn start(&mut self, sources: &[PersonIndex]) {
        for Reached { person, .. } in self.order.drain(..) {
            let person = person as usize;
            (self.seen[person], self.paths[person], self.sums[person]) = (0, NOTHING, NOTHING);
        }
        self.levels.clear();
        for (lane, &person) in sources.iter().enumerate() {
            self.seen[person as usize] |= 1 << lane;
            self.paths[person as usize].0[lane] = 1.0;
            self.order.push(Reached { person, lanes: 1 << lane });
        }
    }

    /// Looks back on a level whose people and paths are complete.
    fn close_level(&mut self, graph: &InfluenceGraph, places: Range<usize>) -> Level {
        let mut level = Level { places, arcs_from: 0, arcs_into: 0, scale: Numbers([1.0; LANES]) };
        let mut most = NOTHING;
        for it in &self.order[level.places.clone()] {
            level.arcs_from += graph.audience_of(it.person).len();
            level.arcs_into += graph.influences_on(it.person).len();
            for (most, paths) in
                most.0.iter_mut().zip(only(it.lanes, self.paths[it.person as usize]).0)
            {
                *most = if paths > *most { paths } else { *most };
            }
        }
        if most.0.iter().any(|&it| it > TOO_MANY) {
            level.scale = Numbers(most.0.map(|it| if it > TOO_MANY { 1.0 / it } else { 1.0 }));
            for it in &self.order[level.places.clone()] {
                let paths = &mut self.paths[it.person as usize].0;
                for lane in (0..LANES).filter(|lane| it.lanes >> lane & 1 == 1) {
                    paths[lane] = (paths[lane] * level.scale.0[lane]).max(FEWEST);
                }
            }
        }
        level
    }

    /// Hands the paths of a level on to its audience.
    fn push_paths(&mut self, graph: &InfluenceGraph, level: &Level) {
        let Self { seen, paths, sums, order, pushed, .. } = self;
        for place in level.places.clone() {
            let Reached { person, lanes } = order[place];
            let brought = only(lanes, paths[person as usize]);
            for &other in graph.audience_of(person) {
                let at = other as usize;
                if lanes & !seen[at] != 0 {
                    if sums[at] == NOTHING {
                        pushed.push(other);
                    }
                    add(&mut sums[at], &brought);
                }
            }
        }
        for person in pushed.drain(..) {
            let at = person as usize;
            let sum = std::mem::replace(&mut sums[at], NOTHING);
            let lanes = some(&sum) & !seen[at];
            seen[at] |= lanes;
            add(&mut paths[at], &only(lanes, sum));
            order.push(Reached { person, lanes });
        }
    }

    /// Everyone not reached yet by all adds up the paths that a level brings them.
    fn pull_paths(&mut self, graph: &InfluenceGraph, level: &Level) {
        let Self { seen, paths, current, order, unseen, .. } = self;
        for it in &order[level.places.clone()] {
            add(&mut current[it.person as usize], &only(it.lanes, paths[it.person as usize]));
        }
        unseen.retain(|&person| {
            let at = person as usize;
            if seen[at] == Bits::MAX {
                return false;
            }
            let sum = sum(graph.influences_on(person), current);
            let lanes = some(&sum) & !seen[at];
            if lanes != 0 {
                seen[at] |= lanes;
                add(&mut paths[at], &only(lanes, sum));
                order.push(Reached { person, lanes });
            }
            true
        });
        self.clear_current(level);
    }

    fn clear_current(&mut self, level: &Level) {
        for it in &self.order[level.places.clone()] {
            self.current[it.person as usize] = NOTHING;
        }
    }

    /// Hands what hangs on far people back to those before them, level by level, and counts it
    /// for everyone but the sources.
    ///
    /// An arc into a level comes from the level before or from further away, never from nearer. So
    /// what is handed back along all arcs is right in the lanes of the level before, and of those
    /// further away only disturbs what nobody reads again.
    fn walk_back(&mut self, graph: &InfluenceGraph, between: &mut [f64]) {
        for near in (1..self.levels.len().saturating_sub(1)).rev() {
            let (level, far) = (self.levels[near].clone(), self.levels[near + 1].clone());
            for it in &self.order[far.places.clone()] {
                let at = it.person as usize;
                let (sums, paths) = (&self.sums[at].0, &self.paths[at].0);
                let brought = |it: usize| (1.0 + sums[it]) / paths[it] * far.scale.0[it];
                self.current[at] = only(it.lanes, Numbers(std::array::from_fn(brought)));
            }
            if level.arcs_from > PULL_IS_CHEAPER * far.arcs_into {
                for it in &self.order[far.places.clone()] {
                    let brought = self.current[it.person as usize];
                    for &before in graph.influences_on(it.person) {
                        if self.seen[before as usize] != 0 {
                            add(&mut self.sums[before as usize], &brought);
                        }
                    }
                }
            } else {
                for it in &self.order[level.places.clone()] {
                    self.sums[it.person as usize] =
                        sum(graph.audience_of(it.person), &self.current);
                }
            }
            for it in &self.order[level.places.clone()] {
                let at = it.person as usize;
                let (sums, paths) = (self.sums[at].0, self.paths[at].0);
                let hanging = Numbers(std::array::from_fn(|lane| sums[lane] * paths[lane]));
                self.sums[at] = hanging;
                between[at] += only(it.lanes, hanging).0.iter().sum::<f64>();
            }
            self.clear_current(&far);
        }
    }
}

/// The numbers of `lanes`; zero in the others.
#[inline]
fn only(lanes: Bits, numbers: Numbers) -> Numbers {
    let wide = &WIDE[usize::from(lanes)];
    Numbers(std::array::from_fn(|lane| f64::from_bits(numbers.0[lane].to_bits() & wide[lane])))
}

/// Lanes with more than nothing.
#[inline]
fn some(numbers: &Numbers) -> Bits {
    (0..LANES).fold(0, |bits, lane| bits | Bits::from(numbers.0[lane] > 0.0) << lane)
}

#[inline]
fn add(to: &mut Numbers, numbers: &Numbers) {
    for (to, number) in to.0.iter_mut().zip(&numbers.0) {
        *to += number;
    }
}

#[inline]
fn sum(people: &[PersonIndex], of: &[Numbers]) -> Numbers {
    let mut sum = NOTHING;
    for &person in people {
        add(&mut sum, &of[person as usize]);
    }
    sum
}
