//! The greedy choice: whoever meets the most sets that nobody before met.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use fixedbitset::FixedBitSet;

use super::request::Places;
use super::reverse_sets::ReverseSets;
use crate::network::PersonIndex;

/// For everyone, the numbers of the sets they are in.
pub(super) struct SetIndex {
    people: usize,
    sets: usize,
    start: Vec<u32>,
    set: Vec<u32>,
}

impl SetIndex {
    /// Counting sort by member, in O(people + total size).
    pub(super) fn new(sets: &ReverseSets) -> Self {
        let people = sets.people();
        let mut start = vec![0_u32; people + 1];
        for &member in sets.members() {
            start[member as usize + 1] += 1;
        }
        for person in 0..people {
            start[person + 1] += start[person];
        }
        let mut next = start.clone();
        let mut set = vec![0; sets.total_size()];
        for (number, members) in (0_u32..).zip(sets.iter()) {
            for &member in members {
                let slot = &mut next[member as usize];
                set[*slot as usize] = number;
                *slot += 1;
            }
        }
        Self { people, sets: sets.len(), start, set }
    }

    /// Number of sets.
    pub(super) fn len(&self) -> usize {
        self.sets
    }

    /// Number of people.
    pub(super) fn people(&self) -> usize {
        self.people
    }

    /// Numbers of the sets that `person` is in, ascending.
    pub(super) fn sets_of(&self, person: PersonIndex) -> &[u32] {
        let person = person as usize;
        &self.set[self.start[person] as usize..self.start[person + 1] as usize]
    }
}

/// A greedy choice and what it meets.
#[derive(Clone, Debug, Default)]
pub(super) struct Cover {
    /// Seeds in order of choice, the required ones first.
    pub seeds: Vec<PersonIndex>,
    /// Sets met by any seed.
    pub met: u64,
    /// No choice under the same conditions meets more sets than this.
    pub at_most: f64,
}

/// Chooses by lazy greedy (CELF, Leskovec et al. 2007): a gain computed earlier can only have
/// shrunk, so only the top of the queue is counted again. Equal gains go to the lowest index.
pub(super) fn greedy(sets: &ReverseSets, index: &SetIndex, places: &Places) -> Cover {
    let mut met = FixedBitSet::with_capacity(index.len());
    let mut seeds = Vec::with_capacity(places.k);
    let mut met_before = 0;
    for &person in &places.required {
        met_before += meet(&mut met, index.sets_of(person));
        seeds.push(person);
    }
    let mut met_now = met_before;
    let mut queue: BinaryHeap<(usize, Reverse<PersonIndex>)> = (0..)
        .take(index.people())
        .filter(|&person| places.open_to.contains(person as usize))
        .map(|person| (index.sets_of(person).len(), Reverse(person)))
        .collect();
    while seeds.len() < places.k {
        let Some((counted_before, Reverse(person))) = queue.pop() else { break };
        let gain = index.sets_of(person).iter().filter(|&&set| !met.contains(set as usize)).count();
        if gain == counted_before || queue.peek().is_none_or(|next| (gain, Reverse(person)) > *next)
        {
            met_now += meet(&mut met, index.sets_of(person));
            seeds.push(person);
        } else {
            queue.push((gain, Reverse(person)));
        }
    }
    let at_most = at_most(sets, places, &met, met_before as f64, met_now as f64);
    Cover { seeds, met: met_now as u64, at_most }
}

/// Marks sets as met; returns how many were not before.
pub(super) fn meet(met: &mut FixedBitSet, sets: &[u32]) -> usize {
    sets.iter().filter(|&&set| !met.put(set as usize)).count()
}

/// Sets met by any of `seeds`.
pub(super) fn count_met(sets: &ReverseSets, seeds: &[PersonIndex]) -> u64 {
    let mut is_seed = FixedBitSet::with_capacity(sets.people());
    for &seed in seeds {
        is_seed.insert(seed as usize);
    }
    let met = sets.iter().filter(|set| set.iter().any(|&it| is_seed.contains(it as usize)));
    met.count() as u64
}

/// The tighter of two bounds on what any choice could meet: greedy has 1-1/e of it; and the sets
/// met plus the largest gains left cannot be surpassed (Tang et al. 2018, section 5).
fn at_most(
    sets: &ReverseSets,
    places: &Places,
    met: &FixedBitSet,
    met_before: f64,
    met_now: f64,
) -> f64 {
    let by_greedy = met_before + (met_now - met_before) / super::bounds::GREEDY_SHARE;
    let mut left = vec![0_u32; sets.people()];
    for (_, members) in sets.iter().enumerate().filter(|(set, _)| !met.contains(*set)) {
        for &member in members {
            left[member as usize] += 1;
        }
    }
    let mut gains: Vec<u32> = places.open_to.ones().map(|person| left[person]).collect();
    let open = places.open().min(gains.len());
    if open < gains.len() {
        gains.select_nth_unstable_by_key(open, |&gain| Reverse(gain));
    }
    let by_gains = met_now + gains[..open].iter().map(|&gain| f64::from(gain)).sum::<f64>();
    by_greedy.min(by_gains)
}
