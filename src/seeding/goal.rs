//! The reverse question: how little it takes to reach so many people.

use super::cover::{Cover, Gains, greedy};
use super::estimator::ReachEstimator;
use super::exchange::exchanged;
use super::places::Places;
use super::request::Least;
use super::samples::Samples;
use crate::network::PersonIndex;

/// What became of a goal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GoalAnswer {
    /// Adopters that were asked for.
    pub wanted: f64,
    /// Adopters that the seeds bring by the last step of the search's scenario.
    pub reached: f64,
    /// Whether that is enough; else the seeds are those that get farthest of all that were found.
    pub is_met: bool,
    /// What there was to be least of.
    pub least: Least,
    /// No choice can do with less than so many seeds, or so much money, on the sets that seeds
    /// were chosen from; `None` where that cannot be told (models without diminishing returns).
    pub at_least: Option<f64>,
}

/// Most tries to make up for a choice that looks better on its own samples than elsewhere.
const TRIES: usize = 8;

/// A greedy choice that reaches the goal by `checked`, another estimate than the samples' own,
/// as far as any choice does.
pub(super) fn greedy_for_goal(
    samples: &Samples,
    places: &Places,
    checked: impl Fn(&[PersonIndex]) -> f64,
) -> Cover {
    let mut cover = greedy(samples, places);
    let Some(goal) = places.goal else { return cover };
    let mut aim = places.clone();
    for _ in 0..TRIES {
        let reached = checked(&cover.seeds);
        let Some(target) = aim.goal.as_mut() else { break };
        let is_exhausted = cover.reach < target.reach;
        if reached >= goal.reach || is_exhausted {
            break;
        }
        target.reach *= (goal.reach / reached.max(1.0)).min(1.5) * 1.002;
        cover = greedy(samples, &aim);
    }
    with_fewer(samples, places, &checked, &mut cover);
    cover
}

/// Most seeds among which exchanges are tried.
const MOST_EXCHANGED: usize = 64;

/// Tries, where seeds are counted, whether one less is enough after some exchanges.
fn with_fewer(
    samples: &Samples,
    places: &Places,
    checked: &impl Fn(&[PersonIndex]) -> f64,
    cover: &mut Cover,
) {
    let Some(goal) = places.goal else { return };
    let counts_seeds = goal.least == Least::Seeds || places.purse.is_none();
    while counts_seeds
        && cover.seeds.len() <= MOST_EXCHANGED
        && cover.seeds.len() > places.required.len() + 1
        && checked(&cover.seeds) >= goal.reach
    {
        let fewer = cover.seeds[..cover.seeds.len() - 1].to_vec();
        if !places.allows(&fewer) {
            break;
        }
        let (seeds, reach) = exchanged(samples, places, fewer);
        if reach < goal.reach || checked(&seeds) < goal.reach {
            break;
        }
        (cover.seeds, cover.reach) = (seeds, reach);
    }
}

/// Share of the goal by which chance may have made people look worse than they are on the sets.
const CHANCE: f64 = 0.02;

/// Fewest seeds, or least money where people cost unlike amounts, with which the goal could be
/// reached if nobody's audience overlapped; `None` where all people together do not reach it.
pub(super) fn least_for_goal(samples: &Samples, places: &Places) -> Option<f64> {
    let goal = places.goal?;
    let mut gains = Gains::new(samples);
    let before: f64 = places.required.iter().map(|&person| gains.take(person)).sum();
    let mut lacking = goal.reach * (1.0 - CHANCE) - before;
    let purse = places.purse.as_ref().filter(|_| goal.least == Least::Money);
    let mut spent =
        purse.map_or(places.required.len() as f64, |it| it.costs.total(&places.required));
    let price = |person: PersonIndex| purse.map_or(1.0, |it| it.cost(person));
    let open_to = (0..).take(samples.people()).filter(|&it| places.open_to.contains(it as usize));
    let mut offers: Vec<(f64, f64)> = open_to.map(|it| (gains.of(it), price(it))).collect();
    offers.sort_by(|a, b| (b.0 / b.1).total_cmp(&(a.0 / a.1)));
    for (gain, price) in offers {
        if lacking <= 0.0 {
            break;
        }
        // Of the last seed the part that is needed; a whole one where seeds are counted.
        spent += price * if purse.is_some() { (lacking / gain).min(1.0) } else { 1.0 };
        lacking -= gain;
    }
    (lacking <= 0.0).then_some(spent)
}

/// Most seeds that are tried out for whether they can go.
const MOST_TRIMMED: usize = 2_000;

/// Leaves out whoever is not needed to reach the goal: whoever costs most goes first, or whoever
/// brings least.
pub(super) fn trim(
    estimator: &ReachEstimator,
    places: &Places,
    mut seeds: Vec<PersonIndex>,
) -> Vec<PersonIndex> {
    let Some(goal) = places.goal else { return seeds };
    if estimator.mean(&seeds) < goal.reach {
        return seeds;
    }
    // The last chosen bring least: cut those off at once.
    let (mut enough, mut too_few) = (seeds.len(), places.required.len());
    while enough > too_few + 1 {
        let middle = usize::midpoint(enough, too_few);
        let part = &seeds[..middle];
        if places.allows(part) && estimator.mean(part) >= goal.reach {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    seeds.truncate(enough);
    if seeds.len() > MOST_TRIMMED {
        return seeds;
    }
    loop {
        let estimate = estimator.estimate(&seeds);
        let spare = estimate.reach.mean - goal.reach;
        let worth = |person: PersonIndex| match (goal.least, &places.purse) {
            (Least::Money, Some(purse)) => -purse.cost(person),
            _ => 0.0,
        };
        let mut droppable: Vec<_> = estimate
            .seeds
            .iter()
            .filter(|it| it.only_reach <= spare && !places.required.contains(&it.person))
            .collect();
        droppable.sort_by(|a, b| {
            let by_worth = worth(a.person).total_cmp(&worth(b.person));
            by_worth.then(a.only_reach.total_cmp(&b.only_reach))
        });
        let dropped = droppable.into_iter().find_map(|it| {
            let rest: Vec<PersonIndex> =
                seeds.iter().copied().filter(|&seed| seed != it.person).collect();
            (!rest.is_empty() && places.allows(&rest)).then_some(rest)
        });
        match dropped {
            Some(rest) => seeds = rest,
            None => return seeds,
        }
    }
}
