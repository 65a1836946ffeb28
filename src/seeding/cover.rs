//! The greedy choice: whoever adds the most to what everybody before reaches.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::exchange::exchanged;
use super::places::Places;
use super::room::Room;
use super::samples::Samples;
use crate::network::PersonIndex;

/// A greedy choice and what it reaches on the samples it was made from.
#[derive(Clone, Debug, Default)]
pub(super) struct Cover {
    /// Seeds in order of choice, the required ones first.
    pub seeds: Vec<PersonIndex>,
    /// Reach of the required ones alone.
    before: f64,
    /// Reach on the samples.
    pub reach: f64,
    /// No choice under the same conditions reaches more than this on the samples.
    pub at_most: f64,
}

/// Somebody who may become a seed, with a gain counted earlier: by now it can only be less.
#[derive(Clone, Copy, PartialEq)]
struct Candidate {
    /// What candidates are compared by: the gain, or the gain for the money.
    merit: f64,
    gain: f64,
    person: PersonIndex,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    /// Larger merits first, then larger gains, equal ones by lowest index.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_merit = self.merit.total_cmp(&other.merit);
        by_merit.then(self.gain.total_cmp(&other.gain)).then(other.person.cmp(&self.person))
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

/// What candidates are compared by.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Merit {
    Gain,
    /// Gain for the money; the free come first.
    PerCost,
}

impl Merit {
    pub(super) fn of(self, places: &Places, person: PersonIndex, gain: f64) -> f64 {
        match (self, &places.purse) {
            (Self::PerCost, Some(purse)) if gain > 0.0 => gain / purse.cost(person),
            _ => gain,
        }
    }
}

/// Chooses greedily: by gain, and where people cost unlike amounts also by gain for the money, and
/// takes the better of the two.
pub(super) fn greedy(samples: &Samples, places: &Places) -> Cover {
    let mut better = greedy_by(samples, places, Merit::Gain);
    if places.purse.is_some() {
        let other = greedy_by(samples, places, Merit::PerCost);
        let at_most = better.at_most.min(other.at_most);
        if places.prefers((&other.seeds, other.reach), (&better.seeds, better.reach)) {
            better = other;
        }
        better.at_most = at_most;
    }
    if !places.is_plain() && places.goal.is_none() {
        (better.seeds, better.reach) = exchanged(samples, places, better.seeds);
    }
    if places.goal.is_some() {
        // Who stops early says nothing about the best.
        return Cover { at_most: f64::INFINITY, ..better };
    }
    // Greedy choice has its share of the best.
    let by_greedy = |share| better.before + (better.reach - better.before) / share;
    let at_most = better.at_most.min(places.assured().map_or(f64::INFINITY, by_greedy));
    Cover { at_most, ..better }
}

/// Chooses by lazy greedy (CELF, Leskovec et al. 2007): only the top of the queue is counted
/// again, until it stays at the top.
fn greedy_by(samples: &Samples, places: &Places, merit: Merit) -> Cover {
    let mut gains = Gains::new(samples);
    let before: f64 = places.required.iter().map(|&person| gains.take(person)).sum();
    let candidates = candidates(samples, &gains, places, merit);
    let apart = before + largest(&candidates, places);
    let mut queue = BinaryHeap::from(candidates);
    let mut reach = before;
    let mut room = Room::new(places);
    let goal = places.goal.map_or(f64::INFINITY, |it| it.reach);
    while !room.is_full() && reach < goal {
        let Some(best) = next(&mut queue, &gains, places, merit) else { break };
        // Money is not spent on people who bring nobody; places cost nothing.
        let is_worth_it = best.gain > 0.0 || places.purse.is_none() || room.helps(best.person);
        if is_worth_it && room.take(best.person) {
            reach += gains.take(best.person);
        }
    }
    // A goal may be reached before every group has its seed.
    while room.unmet() > 0 {
        let Some(best) = next(&mut queue, &gains, places, merit) else { break };
        if room.helps(best.person) && room.take(best.person) {
            reach += gains.take(best.person);
        }
    }
    let chosen = room.seeds().len();
    let seeds = room.into_seeds();
    reach += seeds[chosen..].iter().map(|&person| gains.take(person)).sum::<f64>();
    // What is reached plus the largest gains left, at the beginning or at the end, cannot be
    // surpassed (Tang et al. 2018, section 5).
    let left = if places.is_plain() {
        let left = (0..places.open()).map_while(|_| next(&mut queue, &gains, places, merit));
        left.map(|it| it.gain).sum()
    } else {
        largest(&self::candidates(samples, &gains, places, merit), places)
    };
    Cover { seeds, before, reach, at_most: apart.min(reach + left) }
}

/// Everybody who may become a seed.
fn candidates(
    samples: &Samples,
    gains: &Gains<'_>,
    places: &Places,
    merit: Merit,
) -> Vec<Candidate> {
    let people = PersonIndex::try_from(samples.people()).expect("people are numbered below 2^32");
    let candidates = (0..people).into_par_iter().with_min_len(4096);
    candidates
        .filter(|&person| places.open_to.contains(person as usize))
        .map(|person| {
            let gain = gains.of(person);
            Candidate { merit: merit.of(places, person, gain), gain, person }
        })
        .collect()
}

/// The largest gains that the open places could bring, together.
pub(super) fn largest_gains(samples: &Samples, gains: &Gains<'_>, places: &Places) -> f64 {
    largest(&candidates(samples, gains, places, Merit::Gain), places)
}

/// The largest gains that fit the conditions, or more.
fn largest(candidates: &[Candidate], places: &Places) -> f64 {
    if !places.is_plain() {
        let gains: Vec<(f64, PersonIndex)> =
            candidates.iter().map(|it| (it.gain, it.person)).collect();
        return places.largest(&gains);
    }
    let mut gains: Vec<f64> = candidates.iter().map(|it| it.gain).collect();
    if places.open() < gains.len() {
        gains.select_nth_unstable_by(places.open(), |a, b| b.total_cmp(a));
        gains.truncate(places.open());
    }
    gains.sort_unstable_by(f64::total_cmp);
    gains.iter().sum()
}

/// Takes the candidate of largest merit from the queue, its gain counted anew.
fn next(
    queue: &mut BinaryHeap<Candidate>,
    gains: &Gains<'_>,
    places: &Places,
    merit: Merit,
) -> Option<Candidate> {
    loop {
        let candidate = queue.pop()?;
        let gain = gains.of(candidate.person);
        let person = candidate.person;
        let counted = Candidate { merit: merit.of(places, person, gain), gain, person };
        if queue.peek().is_none_or(|next| counted >= *next) {
            return Some(counted);
        }
        queue.push(counted);
    }
}
