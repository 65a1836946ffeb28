//! Counts the shortest paths from one person, and what hangs on each person between.
//!
//! The walk out goes level by level. A small level pushes to its audience; a large one is pulled
//! by those not reached yet, which needs no branch per tie. The way back does the same with the
//! smaller of two levels. Sources: Brandes 2001; Beamer, Asanović & Patterson 2012 (direction).

use std::ops::Range;

use crate::network::{InfluenceGraph, PersonIndex};

const UNSEEN: u32 = u32::MAX;

/// A branch that guesses wrong costs about as much as so many ties read straight on.
const PULL_IS_CHEAPER: usize = 4;

/// Path counts are scaled down by level before they overflow; only their ratios count.
const TOO_MANY: f64 = 1e200;
/// Less than this beside the most travelled of its level is as good as nothing.
const FEWEST: f64 = 1e-200;

/// Working memory of one walk after another.
pub(super) struct ShortestPaths {
    distance: Vec<u32>,
    /// Shortest paths from the source, up to the scale of the person's level.
    paths: Vec<f64>,
    /// Zero for everyone but the people of one level: their paths on the way out, what each path
    /// through them brings on the way back.
    current: Vec<f64>,
    /// Pairs of source and other that hang on the person.
    dependency: Vec<f64>,
    /// Everyone reached, nearest first.
    order: Vec<PersonIndex>,
    levels: Vec<Level>,
    /// Those who may not be reached yet; empty until a level is pulled.
    unseen: Vec<PersonIndex>,
}

/// People at one distance from the source.
#[derive(Clone)]
struct Level {
    /// Their places in `order`.
    places: Range<usize>,
    /// Arcs from them, and to them.
    arcs_from: usize,
    arcs_into: usize,
    /// What their paths were multiplied by.
    scale: f64,
}

impl ShortestPaths {
    pub(super) fn new(people: usize) -> Self {
        Self {
            distance: vec![UNSEEN; people],
            paths: vec![0.0; people],
            current: vec![0.0; people],
            dependency: vec![0.0; people],
            order: Vec::with_capacity(people),
            levels: Vec::new(),
            unseen: Vec::new(),
        }
    }

    /// Adds to `between` the share of shortest paths from `source` to each other person that
    /// passes through everyone between. O(people + arcs).
    pub(super) fn add(&mut self, graph: &InfluenceGraph, source: PersonIndex, between: &mut [f64]) {
        self.walk_out(graph, source);
        self.walk_back(graph);
        for &person in &self.order[1..] {
            between[person as usize] += self.dependency[person as usize];
        }
    }

    fn walk_out(&mut self, graph: &InfluenceGraph, source: PersonIndex) {
        for person in self.order.drain(..) {
            self.distance[person as usize] = UNSEEN;
            self.dependency[person as usize] = 0.0;
        }
        self.levels.clear();
        self.unseen.clear();
        self.order.push(source);
        self.distance[source as usize] = 0;
        self.paths[source as usize] = 1.0;
        let mut arcs_left = graph.arcs();
        let mut places = 0..1;
        while !places.is_empty() {
            let level = self.close_level(graph, places);
            arcs_left -= level.arcs_into;
            if PULL_IS_CHEAPER * level.arcs_from > arcs_left {
                self.pull_paths(graph, &level);
            } else {
                self.push_paths(graph, &level);
            }
            places = level.places.end..self.order.len();
            self.levels.push(level);
        }
    }

    /// Looks back on a level whose people and paths are complete.
    fn close_level(&mut self, graph: &InfluenceGraph, places: Range<usize>) -> Level {
        let mut level = Level { places, arcs_from: 0, arcs_into: 0, scale: 1.0 };
        let mut most = 0.0_f64;
        for &person in &self.order[level.places.clone()] {
            level.arcs_from += graph.audience_of(person).len();
            level.arcs_into += graph.influences_on(person).len();
            most = most.max(self.paths[person as usize]);
        }
        if most > TOO_MANY {
            level.scale = 1.0 / most;
            for &person in &self.order[level.places.clone()] {
                let paths = &mut self.paths[person as usize];
                *paths = (*paths * level.scale).max(FEWEST);
            }
        }
        level
    }

    /// Hands the paths of a level on to its audience.
    fn push_paths(&mut self, graph: &InfluenceGraph, level: &Level) {
        let further = u32::try_from(self.levels.len() + 1).unwrap_or(UNSEEN);
        for place in level.places.clone() {
            let person = self.order[place];
            let paths = self.paths[person as usize];
            for &other in graph.audience_of(person) {
                let distance = &mut self.distance[other as usize];
                if *distance == UNSEEN {
                    *distance = further;
                    self.paths[other as usize] = paths;
                    self.order.push(other);
                } else if *distance == further {
                    self.paths[other as usize] += paths;
                }
            }
        }
    }

    /// Everyone not reached yet adds up the paths that a level brings them.
    fn pull_paths(&mut self, graph: &InfluenceGraph, level: &Level) {
        if self.unseen.is_empty() {
            self.unseen.extend((0..).take(graph.people()));
        }
        let further = u32::try_from(self.levels.len() + 1).unwrap_or(UNSEEN);
        for &person in &self.order[level.places.clone()] {
            self.current[person as usize] = self.paths[person as usize];
        }
        let Self { distance, paths, current, order, unseen, .. } = self;
        unseen.retain(|&person| {
            if distance[person as usize] != UNSEEN {
                return false;
            }
            let row = graph.influences_on(person).iter();
            let sum: f64 = row.map(|&before| current[before as usize]).sum();
            let found = sum > 0.0;
            if found {
                distance[person as usize] = further;
                paths[person as usize] = sum;
                order.push(person);
            }
            !found
        });
        self.clear_current(level);
    }

    fn clear_current(&mut self, level: &Level) {
        for &person in &self.order[level.places.clone()] {
            self.current[person as usize] = 0.0;
        }
    }

    /// Hands the dependency of far people back to those before them, level by level.
    fn walk_back(&mut self, graph: &InfluenceGraph) {
        for near in (1..self.levels.len().saturating_sub(1)).rev() {
            let (level, far) = (self.levels[near].clone(), self.levels[near + 1].clone());
            for &person in &self.order[far.places.clone()] {
                let at = person as usize;
                self.current[at] = (1.0 + self.dependency[at]) / self.paths[at] * far.scale;
            }
            if level.arcs_from > PULL_IS_CHEAPER * far.arcs_into {
                self.push_back(graph, near, &far);
            } else {
                self.pull_back(graph, &level);
            }
            for &person in &self.order[level.places.clone()] {
                self.dependency[person as usize] *= self.paths[person as usize];
            }
            self.clear_current(&far);
        }
    }

    fn pull_back(&mut self, graph: &InfluenceGraph, level: &Level) {
        for &person in &self.order[level.places.clone()] {
            let row = graph.audience_of(person).iter();
            self.dependency[person as usize] = row.map(|&it| self.current[it as usize]).sum();
        }
    }

    fn push_back(&mut self, graph: &InfluenceGraph, near: usize, far: &Level) {
        let nearer = u32::try_from(near).unwrap_or(UNSEEN);
        for &person in &self.order[far.places.clone()] {
            let brought = self.current[person as usize];
            for &before in graph.influences_on(person) {
                if self.distance[before as usize] == nearer {
                    self.dependency[before as usize] += brought;
                }
            }
        }
    }
}
