//! Exchanges: another person in the place of a seed, where that reaches more.
//!
//! Under conditions the greedy choice may take somebody early who stands in the way later. On random
//! sets an exchange is quickly tried out: who would add most if this seed were not there?

use super::cover::Gains;
use super::places::Places;
use super::samples::Samples;
use crate::network::PersonIndex;

/// Entries of samples looked at before exchanges end.
const WORK: usize = 30_000_000;
/// Smallest gain, as a share of the reach, that counts as one.
const WORTH_IT: f64 = 1e-6;
/// Candidates looked at for each seed, the most promising first.
const CANDIDATES: usize = 50;

/// Exchanges single seeds of an allowed set as long as that makes it reach more and it stays
/// allowed; returns the seeds and their reach on `samples`.
pub(super) fn exchanged(
    samples: &Samples,
    places: &Places,
    mut seeds: Vec<PersonIndex>,
) -> (Vec<PersonIndex>, f64) {
    let mut work_left = WORK;
    let mut reach = reach(samples, &seeds);
    let required = places.required.len();
    let movable = seeds.len().saturating_sub(required);
    let (mut place, mut idle) = (0, 0);
    while idle < movable && work_left > 0 {
        let at = required + place;
        let mut gains = Gains::new(samples);
        let others = seeds.iter().enumerate().filter(|&(it, _)| it != at);
        let without: f64 = others.map(|(_, &seed)| gains.take(seed)).sum();
        let mut candidates: Vec<(f64, PersonIndex)> = (0..)
            .take(samples.people())
            .filter(|&it| places.open_to.contains(it as usize) && !seeds.contains(&it))
            .map(|it| (gains.of(it), it))
            .filter(|it| without + it.0 > reach * (1.0 + WORTH_IT))
            .collect();
        work_left = work_left.saturating_sub(samples.size() + samples.len() + samples.people());
        candidates.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let better = candidates.into_iter().take(CANDIDATES).find(|&(_, person)| {
            let mut group = seeds.clone();
            group[at] = person;
            places.allows(&group)
        });
        idle += 1;
        if let Some((gain, person)) = better {
            seeds[at] = person;
            reach = without + gain;
            idle = 0;
        }
        place = (place + 1) % movable;
    }
    (seeds, reach)
}

/// Reach of `seeds`, all different, on `samples`.
fn reach(samples: &Samples, seeds: &[PersonIndex]) -> f64 {
    let mut gains = Gains::new(samples);
    seeds.iter().map(|&seed| gains.take(seed)).sum()
}
