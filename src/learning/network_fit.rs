//! Bass's `p` and `q` on the network, from who adopted when and how exposed each had been.
//!
//! In every period a person who has not adopted yet does so with the chance `h(p + q E)`, where `E`
//! is the share of their ties whose other end had adopted by the end of the period before: the very
//! rule of [`Contagion::Bass`](crate::diffusion::Contagion::Bass) (science.md 1.7). The likelihood
//! of what happened is concave in both numbers, so its one summit is found for sure; errors come from
//! the curvature there (observed information). Who adopted in the first period is taken as given:
//! watching began with them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::estimate::Estimate;
use crate::diffusion::{Hazard, NEVER};
use crate::network::InfluenceGraph;

/// `p` and `q` that make what happened likeliest.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkFit {
    /// How a rate becomes a chance.
    pub hazard: Hazard,
    /// Coefficient of innovation, per period.
    pub p: Estimate,
    /// Coefficient of imitation, per period.
    pub q: Estimate,
    /// Logarithm of the likelihood there.
    pub log_likelihood: f64,
    /// The same without any influence, `q = 0`.
    pub log_likelihood_without: f64,
    /// `q` where every period has a `p` of its own: what is left of the influence when everything
    /// that changed for everybody alike is taken out.
    pub q_within_periods: Estimate,
    /// Twice the logarithm of the likelihood that influence adds beside a `p` per period.
    pub gain_within_periods: f64,
    /// Periods that people were watched in before they adopted, all people together.
    pub watched: u64,
    /// Adoptions in them.
    pub adoptions: u64,
}

impl NetworkFit {
    /// Twice the gain in likelihood beyond which influence is told from none: chance exceeds it in
    /// one case in twenty.
    pub const TELLING_GAIN: f64 = 3.84;

    /// Twice the logarithm of the likelihood that influence adds.
    pub fn gain(&self) -> f64 {
        2.0 * (self.log_likelihood - self.log_likelihood_without)
    }

    /// Whether influence can be told from none.
    pub fn tells_influence(&self) -> bool {
        self.gain() > Self::TELLING_GAIN
    }

    /// Whether it can be told even from everything that changed for everybody alike.
    pub fn tells_influence_within_periods(&self) -> bool {
        self.gain_within_periods > Self::TELLING_GAIN
    }
}

/// What happened to people of one exposure in one period.
#[derive(Clone, Copy, Debug)]
struct Cell {
    exposure: f64,
    stayed: f64,
    adopted: f64,
}

/// What happened, exposure by exposure and period by period.
#[derive(Debug)]
pub struct Exposures {
    /// By period.
    strata: Vec<Vec<Cell>>,
    watched: u64,
    adoptions: u64,
}

impl Exposures {
    /// Gathers `times` of adoption within `periods` along `graph`. People in `left_out` are not
    /// looked at (nothing tells when they adopted). O(arcs · log arcs + people · periods).
    pub fn of(graph: &InfluenceGraph, times: &[u32], periods: u32, left_out: &[u32]) -> Self {
        let mut counts: Vec<BTreeMap<(u32, u32), [u64; 2]>> =
            vec![BTreeMap::new(); periods as usize];
        let (mut watched, mut adoptions) = (0, 0);
        let mut moments: Vec<(u32, u32)> = Vec::new();
        for (person, &time) in (0_u32..).zip(times) {
            // Who adopted in the first period is given.
            if time == 0 || left_out.binary_search(&person).is_ok() {
                continue;
            }
            moments.clear();
            let influences = graph.influences_on(person).iter().zip(graph.arcs_into(person));
            for (&other, &arc) in influences {
                if times[other as usize] != NEVER {
                    moments.push((times[other as usize], graph.ties(arc as usize)));
                }
            }
            moments.sort_unstable();
            let all = graph.ties_into(person);
            let mut moments = moments.iter().peekable();
            let mut adopted = 0;
            let last = if time == NEVER { periods - 1 } else { time };
            for period in 1..=last {
                while let Some((_, ties)) = moments.next_if(|(it, _)| *it < period) {
                    adopted += ties;
                }
                let count = counts[period as usize].entry(reduced(adopted, all)).or_default();
                count[usize::from(period == time)] += 1;
                watched += 1;
                adoptions += u64::from(period == time);
            }
        }
        let cells = |counts: BTreeMap<(u32, u32), [u64; 2]>| {
            let cell = |((adopted, all), [stayed, fresh]): ((u32, u32), [u64; 2])| Cell {
                exposure: if all == 0 { 0.0 } else { f64::from(adopted) / f64::from(all) },
                stayed: stayed as f64,
                adopted: fresh as f64,
            };
            counts.into_iter().map(cell).collect()
        };
        Self { strata: counts.into_iter().skip(1).map(cells).collect(), watched, adoptions }
    }

    /// Finds the likeliest `p` and `q`; `None` when nobody adopted after the first period.
    pub fn fit(&self, hazard: Hazard) -> Option<NetworkFit> {
        if self.adoptions == 0 {
            return None;
        }
        let together = [self.strata.iter().flatten().copied().collect::<Vec<Cell>>()];
        let whole = Likelihood { hazard, strata: &together };
        let within = Likelihood { hazard, strata: &self.strata };
        let q = whole.best_q();
        let p = whole.best_p(&together[0], q);
        let [pp, pq, qq] = whole.curvature(&together[0], p, q);
        let inside = p > 0.0 && q > 0.0;
        let determinant = pp * qq - pq * pq;
        let error = |own: f64, other: f64, alone: f64| {
            if inside {
                (determinant > 0.0).then(|| (other / determinant).sqrt())
            } else {
                (alone > 0.0 && own > 0.0).then(|| alone.recip().sqrt())
            }
        };
        let q_within = within.best_q();
        Some(NetworkFit {
            hazard,
            p: Estimate { value: p, error: error(p, qq, pp).filter(|_| p > 0.0) },
            q: Estimate { value: q, error: error(q, pp, qq).filter(|_| q > 0.0) },
            log_likelihood: whole.value(q),
            log_likelihood_without: whole.value(0.0),
            q_within_periods: Estimate { value: q_within, error: within.error_of_q(q_within) },
            gain_within_periods: 2.0 * (within.value(q_within) - within.value(0.0)),
            watched: self.watched,
            adoptions: self.adoptions,
        })
    }
}

/// A share in lowest terms; nothing of nothing is nothing of one.
fn reduced(part: u32, whole: u32) -> (u32, u32) {
    let (mut a, mut b) = (part, whole);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    if part == 0 || a == 0 { (0, 1) } else { (part / a, whole / a) }
}

/// The likelihood of what happened where every stratum has a `p` of its own and all share `q`. Each
/// `p` is always the best for the `q` at hand.
struct Likelihood<'c> {
    hazard: Hazard,
    strata: &'c [Vec<Cell>],
}

impl Likelihood<'_> {
    /// First and second derivative, by the rate, of the logarithm of adopting and of staying.
    fn slopes(&self, rate: f64) -> [[f64; 2]; 2] {
        match self.hazard {
            Hazard::Exponential => {
                let chance = -(-rate).exp_m1();
                let first = (-rate).exp() / chance;
                [[first, -first / chance], [-1.0, 0.0]]
            }
            // A chance of 1 can grow no further.
            Hazard::Additive if rate > 1.0 => [[0.0, 0.0], [f64::NEG_INFINITY, f64::NEG_INFINITY]],
            Hazard::Additive => {
                let left = 1.0 - rate;
                [[1.0 / rate, -1.0 / (rate * rate)], [-1.0 / left, -1.0 / (left * left)]]
            }
        }
    }

    fn log(&self, cell: &Cell, rate: f64) -> f64 {
        let part = |count: f64, log: f64| if count > 0.0 { count * log } else { 0.0 };
        match self.hazard {
            Hazard::Exponential => {
                part(cell.adopted, (-(-rate).exp_m1()).ln()) - part(cell.stayed, rate)
            }
            Hazard::Additive => {
                let rate = rate.min(1.0);
                part(cell.adopted, rate.ln()) + part(cell.stayed, (-rate).ln_1p())
            }
        }
    }

    /// Slope of the logarithm of one cell's likelihood by its rate.
    fn slope(&self, cell: &Cell, rate: f64) -> f64 {
        let [adopted, stayed] = self.slopes(rate);
        let part = |count: f64, slope: f64| if count > 0.0 { count * slope } else { 0.0 };
        part(cell.adopted, adopted[0]) + part(cell.stayed, stayed[0])
    }

    /// Minus the second derivative of one cell by its rate.
    fn bend(&self, cell: &Cell, rate: f64) -> f64 {
        let [adopted, stayed] = self.slopes(rate);
        let part = |count: f64, slope: f64| if count > 0.0 { count * slope } else { 0.0 };
        -part(cell.adopted, adopted[1]) - part(cell.stayed, stayed[1])
    }

    /// The `p` that suits a stratum best for this `q`: where the slope by `p`, which only falls, is 0.
    fn best_p(&self, stratum: &[Cell], q: f64) -> f64 {
        let slope = |p: f64| {
            let rates = || stratum.iter().map(|cell| (cell, p + q * cell.exposure));
            let slope: f64 = rates().map(|(cell, rate)| self.slope(cell, rate)).sum();
            let bend: f64 = rates().map(|(cell, rate)| self.bend(cell, rate)).sum();
            (slope, bend)
        };
        if stratum.iter().all(|cell| cell.adopted == 0.0) || slope(0.0).0 <= 0.0 {
            return 0.0;
        }
        zero_of_falling(slope)
    }

    /// Slope of the summit over all `p` by `q`, and minus how that changes with `q`.
    fn slope_by_q(&self, q: f64) -> (f64, f64) {
        let mut sums = (0.0, 0.0);
        for stratum in self.strata {
            let p = self.best_p(stratum, q);
            // Who was exposed to nobody says nothing of q.
            for cell in stratum.iter().filter(|it| it.exposure > 0.0) {
                sums.0 += cell.exposure * self.slope(cell, p + q * cell.exposure);
            }
            sums.1 += self.information(stratum, p, q);
        }
        sums
    }

    /// The likeliest `q`, not below 0.
    fn best_q(&self) -> f64 {
        // Far enough above 0 that no rate vanishes where somebody adopted.
        let rises = self.slope_by_q(1e-12).0 > 0.0;
        if rises { zero_of_falling(|q| self.slope_by_q(q)) } else { 0.0 }
    }

    /// Logarithm of the likelihood at `q` and the best of each `p`.
    fn value(&self, q: f64) -> f64 {
        self.strata
            .iter()
            .map(|stratum| {
                let p = self.best_p(stratum, q);
                stratum.iter().map(|cell| self.log(cell, p + q * cell.exposure)).sum::<f64>()
            })
            .sum()
    }

    /// Minus the second derivatives of a stratum by `p` twice, by `p` and `q`, by `q` twice.
    fn curvature(&self, stratum: &[Cell], p: f64, q: f64) -> [f64; 3] {
        let mut sums = [0.0; 3];
        for cell in stratum {
            let bend = self.bend(cell, p + q * cell.exposure);
            if bend.is_finite() {
                sums[0] += bend;
                sums[1] += bend * cell.exposure;
                sums[2] += bend * cell.exposure * cell.exposure;
            }
        }
        sums
    }

    /// What a stratum tells of `q` when its `p` moves along, where that may move.
    fn information(&self, stratum: &[Cell], p: f64, q: f64) -> f64 {
        let [pp, pq, qq] = self.curvature(stratum, p, q);
        if p > 0.0 && pp > 0.0 { qq - pq * pq / pp } else { qq }
    }

    /// Error of `q` when every `p` moves with it.
    fn error_of_q(&self, q: f64) -> Option<f64> {
        let told = |stratum: &Vec<Cell>| self.information(stratum, self.best_p(stratum, q), q);
        let information: f64 = self.strata.iter().map(told).sum();
        (q > 0.0 && information > 0.0).then(|| information.recip().sqrt())
    }
}

/// Where a falling function that is positive at 0 passes 0. It answers its value and minus its
/// slope; steps along the slope that leave the bounds are replaced by halving these.
fn zero_of_falling(function: impl Fn(f64) -> (f64, f64)) -> f64 {
    const STEPS: usize = 300;
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut at = 0.05;
    for _ in 0..STEPS {
        let (value, bend) = function(at);
        if value > 0.0 {
            low = at;
        } else {
            high = at;
        }
        let along = at + value / bend;
        let next = if along.is_finite() && along > low && along < high {
            along
        } else if high.is_finite() {
            f64::midpoint(low, high)
        } else if at < FARTHEST {
            2.0 * at
        } else {
            return at;
        };
        if (next - at).abs() <= 1e-14 * at || next <= low || next >= high {
            return next;
        }
        at = next;
    }
    at
}

/// A rate at which everyone adopts at once; farther out nothing changes.
const FARTHEST: f64 = 1e4;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diffusion::{Contagion, Model, Scenario};
    use crate::network::InfluenceArc;

    fn graph(arcs: impl IntoIterator<Item = (u32, u32)>, people: usize) -> InfluenceGraph {
        let arcs = arcs.into_iter().map(|(influencer, audience)| InfluenceArc {
            influencer,
            audience,
            ties: 1,
            value: 1.0,
        });
        InfluenceGraph::from_arcs(people, arcs)
    }

    /// Where exposure is only all or nothing the likeliest chances are the shares that adopted.
    #[test]
    fn chances_of_two_groups_are_their_shares() {
        // Person 0 adopts first; 1 to 8 listen to them, 9 to 18 to nobody.
        let graph = graph((1..9).map(|it| (0, it)), 19);
        let mut times = [NEVER; 19];
        times[0] = 0;
        times[1..7].fill(1);
        times[9] = 1;
        let exposures = Exposures::of(&graph, &times, 2, &[]);
        for hazard in [Hazard::Additive, Hazard::Exponential] {
            let fit = exposures.fit(hazard).expect("some adopted");
            assert_eq!((fit.watched, fit.adoptions), (18, 7));
            let rate = |share: f64| match hazard {
                Hazard::Additive => share,
                Hazard::Exponential => -(-share).ln_1p(),
            };
            assert!((fit.p.value - rate(0.1)).abs() < 1e-10, "{fit:?}");
            assert!((fit.p.value + fit.q.value - rate(0.75)).abs() < 1e-10, "{fit:?}");
            let log = |share: f64, of: f64| {
                of * (share * share.ln() + (1.0 - share) * (1.0 - share).ln())
            };
            assert!((fit.log_likelihood - log(0.1, 10.0) - log(0.75, 8.0)).abs() < 1e-9);
            assert!((fit.log_likelihood_without - log(7.0 / 18.0, 18.0)).abs() < 1e-9);
            if hazard == Hazard::Additive {
                // Errors of two shares and of their difference.
                let errors: [f64; 2] = [0.1 * 0.9 / 10.0, 0.1 * 0.9 / 10.0 + 0.75 * 0.25 / 8.0];
                for (estimate, variance) in [fit.p, fit.q].into_iter().zip(errors) {
                    let error = estimate.error.expect("inside");
                    assert!((error - variance.sqrt()).abs() < 1e-9, "{estimate:?}");
                }
            }
            assert!(fit.tells_influence());
            // One period only: a `p` for each is the same `p`.
            assert!((fit.q_within_periods.value - fit.q.value).abs() < 1e-9);
        }
    }

    #[test]
    fn numbers_that_made_a_history_are_found_in_it() {
        let people = 3000;
        let arcs = (0..people).flat_map(|it| [1, 7, 60, 333].map(|by| ((it + by) % people, it)));
        let graph = Arc::new(graph(arcs, people as usize));
        for hazard in [Hazard::Additive, Hazard::Exponential] {
            let contagion = Contagion::Bass { p: 0.02, q: 0.3, hazard };
            let scenario = Scenario { contagion, steps: 15, ..Scenario::default() };
            let model = Model::new(Arc::clone(&graph), None, None, &scenario).expect("sound");
            let times = model.replicate(&[5, 900], 0).time_of_adoption;
            let fit = Exposures::of(&graph, &times, 16, &[]).fit(hazard).expect("some adopted");
            for (estimate, truth) in [(fit.p, 0.02), (fit.q, 0.3), (fit.q_within_periods, 0.3)] {
                let error = estimate.error.expect("inside");
                assert!(error < 0.1 * truth, "{estimate:?}");
                assert!((estimate.value - truth).abs() < 4.0 * error, "{estimate:?} {hazard:?}");
            }
            assert!(fit.tells_influence() && fit.tells_influence_within_periods());
        }
    }

    #[test]
    fn influence_that_is_not_there_is_not_told() {
        let people = 2000;
        let arcs = (0..people).flat_map(|it| [1, 7].map(|by| ((it + by) % people, it)));
        let graph = Arc::new(graph(arcs, people as usize));
        let contagion = Contagion::Bass { p: 0.05, q: 0.0, hazard: Hazard::Exponential };
        let scenario = Scenario { contagion, steps: 10, ..Scenario::default() };
        let model = Model::new(Arc::clone(&graph), None, None, &scenario).expect("sound");
        let times = model.replicate(&[], 0).time_of_adoption;
        let fit = Exposures::of(&graph, &times, 11, &[]).fit(Hazard::Exponential).expect("some");
        assert!(!fit.tells_influence(), "{fit:?}");
        let error = fit.p.error.expect("inside");
        assert!((fit.p.value - 0.05).abs() < 4.0 * error, "{fit:?}");
    }

    /// Everyone takes it up faster from period to period; who listens to whom is beside the point.
    #[test]
    fn a_tide_that_lifts_all_is_no_influence_once_periods_are_told_apart() {
        let people = 4000_u32;
        let arcs = (0..people).map(|it| ((it * 17 + 5) % people, it));
        let graph = graph(arcs, people as usize);
        // Of every hundred, as scattered as can be, 1 adopts in period 1, 2 in 2, …, 9 in 9.
        let times: Vec<u32> = (0..people)
            .map(|it| {
                let place = it.wrapping_mul(2_654_435_761).rotate_left(16) % 100;
                (0..10).find(|period| place < (period + 1) * period / 2 + 1).unwrap_or(NEVER)
            })
            .collect();
        let fit = Exposures::of(&graph, &times, 10, &[]).fit(Hazard::Exponential).expect("some");
        assert!(fit.tells_influence(), "it looks like influence: {fit:?}");
        assert!(!fit.tells_influence_within_periods(), "{fit:?}");
    }

    #[test]
    fn where_nothing_happened_after_the_first_period_there_is_no_fit() {
        let graph = graph([(0, 1)], 2);
        assert_eq!(Exposures::of(&graph, &[0, NEVER], 3, &[]).fit(Hazard::Additive), None);
        assert_eq!(Exposures::of(&graph, &[0, NEVER], 1, &[]).fit(Hazard::Additive), None);
    }

    #[test]
    fn everyone_adopting_at_once_is_at_the_end_of_what_is_possible() {
        let graph = graph([(0, 1), (0, 2), (0, 3)], 4);
        for hazard in [Hazard::Additive, Hazard::Exponential] {
            let fit = Exposures::of(&graph, &[0, 1, 1, 1], 2, &[]).fit(hazard).expect("some");
            assert!(fit.p.value.is_finite() && fit.q.value.is_finite(), "{fit:?}");
        }
    }
}
