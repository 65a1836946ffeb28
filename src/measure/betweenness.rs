//! Betweenness: who lies on the shortest paths between others.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use rand::RngExt;
use rayon::prelude::*;

use super::bound::Bound;
use super::description::{Measure, Method, Unit};
use super::path_sample::PathSample;
use super::shortest_paths::{LANES, ShortestPaths};
use super::spare::Spare;
use super::subject::Subject;
use super::survey::{Estimate, Sample};
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::{Purpose, stream};

pub(super) const BETWEENNESS: Measure = Measure {
    key: "betweenness",
    label: "betweenness",
    question: "Who is on the shortest way between others?",
    meaning: "Share of the shortest ways of influence between two others that pass through the \
              person, over all ordered pairs of others; all ties alike.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::Betweenness,
};

/// Sources whose sums are added up together. Fixed, so that sums are added in the same order on
/// any number of threads.
const BLOCK: usize = 32;
/// Blocks in one step.
const BLOCKS: usize = 16;
/// Paths drawn in a large network, and in one step.
const SAMPLE: usize = 1 << 18;
const STEP: usize = 1 << 12;

/// The search for everyone's betweenness, in steps.
///
/// Exact in O(people × arcs): a walk from every person (Brandes 2001), eight side by side. Above
/// [`Subject::exact_up_to`] people a quarter of a million random shortest paths are drawn instead,
/// and a person's betweenness is the share of paths through them (Riondato & Kornaropoulos 2014).
///
/// It keeps no hold of the graph, so that whoever searches may own both.
pub struct BetweennessSearch {
    people: usize,
    rng_seed: u64,
    done: usize,
    method: Way,
}

enum Way {
    /// `sources` are everyone, in the order of the walks; known when the graph is.
    Exact {
        between: Vec<f64>,
        sources: Vec<PersonIndex>,
        spare: Spare<ShortestPaths>,
    },
    Sampled {
        met: Vec<AtomicU32>,
        spare: Spare<PathSample>,
    },
}

impl BetweennessSearch {
    /// For a graph of so many `people`, exact up to [`Subject::EXACT_UP_TO`].
    pub fn new(people: usize) -> Self {
        Self::sampled_if(people, people > Subject::EXACT_UP_TO, 1)
    }

    pub(super) fn of(subject: &Subject<'_>) -> Self {
        Self::sampled_if(subject.people(), subject.is_sampled(), subject.rng_seed)
    }

    fn sampled_if(people: usize, is_sampled: bool, rng_seed: u64) -> Self {
        let method = if is_sampled && people > 2 {
            let met = (0..people).map(|_| AtomicU32::new(0)).collect();
            Way::Sampled { met, spare: Spare::new() }
        } else {
            Way::Exact { between: vec![0.0; people], sources: Vec::new(), spare: Spare::new() }
        };
        Self { people, rng_seed, done: 0, method }
    }

    fn total(&self) -> usize {
        match self.method {
            Way::Exact { .. } => self.people,
            Way::Sampled { .. } => SAMPLE,
        }
    }

    /// Sources or paths done, of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.total())
    }

    /// Does a bounded piece of the work on `graph`, always the same one; true when all is done.
    ///
    /// # Panics
    /// When the graph has another number of people.
    pub fn step(&mut self, graph: &InfluenceGraph) -> bool {
        assert_eq!(graph.people(), self.people, "always the same graph");
        let (start, total) = (self.done, self.total());
        match &mut self.method {
            Way::Exact { between, sources, spare } => {
                if sources.is_empty() {
                    *sources = nearest_together(graph);
                }
                self.done = total.min(start + BLOCK * BLOCKS);
                add_sources(graph, &sources[start..self.done], between, spare);
            }
            Way::Sampled { met, spare } => {
                self.done = total.min(start + STEP);
                count_paths(graph, self.rng_seed, start..self.done, met, spare);
            }
        }
        self.done == total
    }

    /// Everyone's betweenness, in person order.
    pub fn finish(self) -> Estimate {
        match self.method {
            Way::Exact { between, .. } => {
                let people = between.len() as f64;
                let pairs = (people - 1.0) * (people - 2.0);
                let scale = if pairs > 0.0 { 1.0 / pairs } else { 0.0 };
                between.into_iter().map(|it| it * scale).collect::<Vec<_>>().into()
            }
            Way::Sampled { met, .. } => {
                let people = met.len() as f64;
                // Pairs are drawn from all people; betweenness counts the pairs of others.
                let scale = people / (people - 2.0);
                let bound = Bound::new(SAMPLE, met.len());
                let shares = met.into_iter().map(|it| f64::from(it.into_inner()) / SAMPLE as f64);
                let shares: Vec<f64> = shares.collect();
                // Drawing is a coin for each person: its squares have the same mean.
                let error = shares.iter().map(|&it| scale * bound.around(it, it, 1.0));
                let error = error.fold(0.0, f64::max);
                let values = shares.into_iter().map(|it| it * scale).collect();
                Estimate { values, sample: Some(Sample { size: SAMPLE, error }) }
            }
        }
    }
}

/// Everyone, neighbors close to each other: what is at one distance from all that walk side by side
/// is looked at once.
fn nearest_together(graph: &InfluenceGraph) -> Vec<PersonIndex> {
    let mut order = Vec::with_capacity(graph.people());
    let mut met = vec![false; graph.people()];
    for root in (0..).take(graph.people()) {
        let mut next = order.len();
        order.extend((!met[root as usize]).then_some(root));
        met[root as usize] = true;
        while let Some(&person) = order.get(next) {
            next += 1;
            let is_new = |it: &PersonIndex| !std::mem::replace(&mut met[*it as usize], true);
            order.extend(graph.audience_of(person).iter().copied().filter(is_new));
        }
    }
    order
}

fn add_sources(
    graph: &InfluenceGraph,
    sources: &[PersonIndex],
    between: &mut [f64],
    spare: &Spare<ShortestPaths>,
) {
    let people = graph.people();
    let blocks: Vec<Vec<f64>> = sources
        .par_chunks(BLOCK)
        .map(|block| {
            let mut sums = vec![0.0; people];
            let walk = |paths: &mut ShortestPaths| {
                for sources in block.chunks(LANES) {
                    paths.add(graph, sources, &mut sums);
                }
            };
            spare.lend(|| ShortestPaths::new(people), walk);
            sums
        })
        .collect();
    for block in blocks {
        for (sum, part) in between.iter_mut().zip(block) {
            *sum += part;
        }
    }
}

/// Path *i* is drawn from stream *i*, whichever thread draws it.
fn count_paths(
    graph: &InfluenceGraph,
    rng_seed: u64,
    draws: Range<usize>,
    met: &[AtomicU32],
    spare: &Spare<PathSample>,
) {
    let people = index(graph.people());
    draws.into_par_iter().with_min_len(64).for_each(|draw| {
        let mut rng = stream(rng_seed, Purpose::Paths, draw as u64);
        let from = rng.random_range(0..people);
        // Anyone but `from`.
        let to = (from + rng.random_range(1..people)) % people;
        let count = |person: PersonIndex| {
            met[person as usize].fetch_add(1, Ordering::Relaxed);
        };
        spare.lend(
            || PathSample::new(graph.people()),
            |paths| paths.draw(graph, (from, to), &mut rng, count),
        );
    });
}

fn index(person: usize) -> PersonIndex {
    PersonIndex::try_from(person).expect("people are numbered below 2^32")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    fn arc(influencer: u32, audience: u32) -> InfluenceArc {
        InfluenceArc { influencer, audience, ties: 1, value: 1.0 }
    }

    #[test]
    fn the_middle_of_a_path_is_between_every_pair() {
        let path = InfluenceGraph::from_arcs(3, [arc(0, 1), arc(1, 0), arc(1, 2), arc(2, 1)]);
        assert_eq!(BETWEENNESS.compute(&path), [0.0, 1.0, 0.0]);
        let one_way = InfluenceGraph::from_arcs(3, [arc(0, 1), arc(1, 2)]);
        assert_eq!(BETWEENNESS.compute(&one_way), [0.0, 0.5, 0.0]);
    }

    #[test]
    fn more_paths_than_a_number_holds_do_no_harm() {
        // A chain of 1,500 diamonds has 2^1500 paths from end to end. Joints lie between all on
        // their left and all on their right; the two sides of a diamond share what passes.
        let diamonds = 1500;
        let arcs = (0..diamonds).flat_map(|it| {
            let joint = 3 * it;
            [(joint, joint + 1), (joint, joint + 2), (joint + 1, joint + 3), (joint + 2, joint + 3)]
        });
        let people = 3 * diamonds + 1;
        let graph =
            InfluenceGraph::from_arcs(people as usize, arcs.map(|(from, to)| arc(from, to)));
        let found = BETWEENNESS.compute(&graph);
        let pairs = f64::from(people - 1) * f64::from(people - 2);
        for diamond in [1, 700, 1400] {
            let (left, right) = (3 * diamond, people - 3 * diamond - 1);
            let joint = f64::from(left) * f64::from(right) / pairs;
            assert!((found[left as usize] - joint).abs() < 1e-9 * joint, "joint {diamond}");
            // Half of what passes from joints and sides before to joints and sides behind.
            let side = 0.5 * f64::from(left + 1) * f64::from(right - 2) / pairs;
            assert!((found[left as usize + 1] - side).abs() < 1e-9 * side, "side {diamond}");
        }
        let mut sample = PathSample::new(people as usize);
        let mut met = 0;
        let mut rng = stream(1, Purpose::Paths, 0);
        sample.draw(&graph, (0, people - 1), &mut rng, |_| met += 1);
        assert_eq!(met, 2 * diamonds - 1, "a joint and a side per diamond, but for the ends");
    }
}
