//! The greedy choice: whoever adds the most to what everybody before reaches.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::request::Places;
use super::samples::Samples;
use crate::network::PersonIndex;

/// A greedy choice and what it reaches on the samples it was made from.
#[derive(Clone, Debug, Default)]
pub(super) struct Cover {
    /// Seeds in order of choice, the required ones first.
    pub seeds: Vec<PersonIndex>,
    /// Reach on the samples.
    pub reach: f64,
    /// No choice under the same conditions reaches more than this on the samples.
    pub at_most: f64,
}

/// Somebody who may become a seed, with a gain counted earlier: by now it can only be less.
#[derive(Clone, Copy, PartialEq)]
struct Candidate {
    gain: f64,
    person: PersonIndex,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    /// Larger gains first, equal ones by lowest index.
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain.total_cmp(&other.gain).then(other.person.cmp(&self.person))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What is left to gain while seeds are chosen.
pub(super) struct Gains<'a> {
    samples: &'a Samples,
    /// What each sample is still worth: nothing once it is met.
    left: Vec<u32>,
}

impl<'a> Gains<'a> {
    pub(super) fn new(samples: &'a Samples) -> Self {
        Self { samples, left: samples.worth().to_vec() }
    }

    /// Adopters that `person` would add.
    pub(super) fn of(&self, person: PersonIndex) -> f64 {
        let left: u64 = self.samples.of(person).map(|it| u64::from(self.left[it])).sum();
        self.samples.alone(person) + self.samples.scale() * left as f64
    }

    /// Makes `person` a seed; returns the adopters this adds.
    pub(super) fn take(&mut self, person: PersonIndex) -> f64 {
        let gain = self.of(person);
        for sample in self.samples.of(person) {
            self.left[sample] = 0;
        }
        gain
    }
}

/// Chooses by lazy greedy (CELF, Leskovec et al. 2007): only the top of the queue is counted
/// again, until it stays at the top.
pub(super) fn greedy(samples: &Samples, places: &Places) -> Cover {
    let mut gains = Gains::new(samples);
    let before: f64 = places.required.iter().map(|&person| gains.take(person)).sum();
    let mut seeds = places.required.clone();
    let candidates = candidates(samples, &gains, places);
    let apart = before + largest(&candidates, places.open());
    let mut queue = BinaryHeap::from(candidates);
    let mut reach = before;
    while seeds.len() < places.k {
        let Some(best) = next(&mut queue, &gains) else { break };
        reach += gains.take(best.person);
        seeds.push(best.person);
    }
    // The tightest of three bounds: greedy has 1-1/e of the best; and what is reached plus the
    // largest gains left, at the beginning or at the end, cannot be surpassed (Tang et al. 2018,
    // section 5).
    let by_greedy = before + (reach - before) / super::bounds::GREEDY_SHARE;
    let left = (0..places.open()).map_while(|_| next(&mut queue, &gains)).map(|it| it.gain);
    let at_most = by_greedy.min(apart).min(reach + left.sum::<f64>());
    Cover { seeds, reach, at_most }
}

/// Everybody who may become a seed.
fn candidates(samples: &Samples, gains: &Gains<'_>, places: &Places) -> Vec<Candidate> {
    let people = PersonIndex::try_from(samples.people()).expect("people are numbered below 2^32");
    let candidates = (0..people).into_par_iter().with_min_len(4096);
    candidates
        .filter(|&person| places.open_to.contains(person as usize))
        .map(|person| Candidate { gain: gains.of(person), person })
        .collect()
}

/// The largest gains that the open places could bring, together.
pub(super) fn largest_gains(samples: &Samples, gains: &Gains<'_>, places: &Places) -> f64 {
    largest(&candidates(samples, gains, places), places.open())
}

/// The `count` largest gains together.
fn largest(candidates: &[Candidate], count: usize) -> f64 {
    let mut gains: Vec<f64> = candidates.iter().map(|it| it.gain).collect();
    if count < gains.len() {
        gains.select_nth_unstable_by(count, |a, b| b.total_cmp(a));
        gains.truncate(count);
    }
    gains.sort_unstable_by(f64::total_cmp);
    gains.iter().sum()
}

/// Takes the candidate of largest gain from the queue, its gain counted anew.
fn next(queue: &mut BinaryHeap<Candidate>, gains: &Gains<'_>) -> Option<Candidate> {
    loop {
        let candidate = queue.pop()?;
        let counted = Candidate { gain: gains.of(candidate.person), ..candidate };
        if queue.peek().is_none_or(|next| counted >= *next) {
            return Some(counted);
        }
        queue.push(counted);
    }
}
