//! Where the next seed stops paying: what each one adds, and what those would add who come next.

use super::baseline::descending;
use super::cover::greedy;
use super::estimator::{Basis, ChosenSeed, ReachEstimator};
use super::places::Places;
use super::request::SeedRequest;
use super::samples::Samples;
use super::simulation::Simulation;
use crate::measure;
use crate::network::PersonIndex;

/// Somebody and what they add to those before.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Gain {
    /// Who.
    pub person: PersonIndex,
    /// Adopters added, themselves counted.
    pub adds: f64,
}

/// The marginal reach from seed to seed, on beyond the end of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paying {
    /// The seeds, in the order of the list.
    pub chosen: Vec<Gain>,
    /// Whom a search would add next, best first. Where reach is simulated only the next one is
    /// looked for, among the best connected.
    pub next: Vec<Gain>,
}

impl Paying {
    /// What each adds, chosen ones first.
    pub fn gains(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        self.chosen.iter().chain(&self.next).map(|gain| gain.adds)
    }

    /// The bend of the curve: number of seeds up to which the mean curve rises above a straight
    /// line the most. Each one further adds less than the average of all that are shown. `None`
    /// where the curve is hardly bent (each adds about as much as the first), or too short to say.
    ///
    /// The point of largest distance from the chord (Satopaa et al. 2011, "Kneedle"), a tenth of
    /// the curve's height at least.
    pub fn knee(&self) -> Option<usize> {
        let count = self.gains().count();
        let total: f64 = self.gains().sum();
        if count < 4 || total <= 0.0 {
            return None;
        }
        let mut reached = 0.0;
        let mut best = (0, 0.1);
        for (number, gain) in (1..).zip(self.gains()) {
            reached += gain;
            let above = reached / total - f64::from(number) / count as f64;
            if above > best.1 + 1e-12 {
                best = (number, above);
            }
        }
        usize::try_from(best.0).ok().filter(|&it| it > 0)
    }

    /// Number of seeds that each add at least `people` to those before, counted until the first
    /// that does not.
    pub fn worth_at_least(&self, people: f64) -> usize {
        self.gains().take_while(|&gain| gain >= people).count()
    }
}

impl ReachEstimator {
    /// What each of the `chosen` adds, as it was estimated, and who would come next, `count` people
    /// at most, none of them out of `exclude`. From samples O(people + their size); with
    /// simulations some dozens of groups.
    ///
    /// Those who come next are picked on the samples they are counted on, which flatters them a
    /// little.
    ///
    /// # Panics
    /// When a seed is not in the network.
    pub fn paying(&self, chosen: &[ChosenSeed], count: usize, exclude: &[PersonIndex]) -> Paying {
        let seeds: Vec<PersonIndex> = chosen.iter().map(|it| it.person).collect();
        let gain = |it: &ChosenSeed| Gain { person: it.person, adds: it.marginal_reach };
        let next = match &self.basis {
            Basis::Samples(samples) => {
                let next = next_on_samples(samples, &seeds, count, exclude);
                let all = self.estimate(&[&seeds[..], &next].concat()).seeds;
                all[seeds.len()..].iter().map(gain).collect()
            }
            Basis::Simulation(simulation) if count > 0 => {
                next_by_simulation(simulation, &seeds, exclude).into_iter().collect()
            }
            Basis::Simulation(_) => Vec::new(),
        };
        Paying { chosen: chosen.iter().map(gain).collect(), next }
    }
}

fn next_on_samples(
    samples: &Samples,
    seeds: &[PersonIndex],
    count: usize,
    exclude: &[PersonIndex],
) -> Vec<PersonIndex> {
    let exclude = exclude.iter().copied().filter(|it| !seeds.contains(it)).collect();
    let include = seeds.to_vec();
    let request = SeedRequest { include, exclude, ..SeedRequest::best(seeds.len() + count) };
    // Where nobody is left nobody comes next.
    let Ok(places) = Places::check(&request, samples.people()) else { return Vec::new() };
    let all = greedy(samples, &places).seeds;
    all.into_iter().filter(|it| !seeds.contains(it)).collect()
}

/// The best of the best connected.
fn next_by_simulation(
    simulation: &Simulation,
    seeds: &[PersonIndex],
    exclude: &[PersonIndex],
) -> Option<Gain> {
    const TRIED: usize = 24;
    let connected = descending(&measure::audience(simulation.graph()));
    let is_open = |it: &PersonIndex| !seeds.contains(it) && !exclude.contains(it);
    let simulation = simulation.shortened(TRIED + 1);
    let before = simulation.outcome(seeds).adopters;
    let gains = connected.into_iter().filter(is_open).take(TRIED).map(|person| {
        let adopters = simulation.outcome(&[seeds, &[person]].concat()).adopters;
        Gain { person, adds: adopters - before }
    });
    gains.reduce(|best, it| if it.adds > best.adds { it } else { best })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diffusion::{Contagion, Model, Scenario, Threshold, TieProbability};
    use crate::network::{InfluenceArc, InfluenceGraph};

    fn curve(gains: &[f64]) -> Paying {
        let gain = |&adds: &f64| Gain { person: 0, adds };
        Paying { chosen: gains.iter().map(gain).collect(), next: Vec::new() }
    }

    #[test]
    fn the_knee_is_where_gains_fall_below_the_average() {
        // 30 in 8 seeds: 3.75 on average, which the third is the last to surpass.
        assert_eq!(curve(&[12.0, 8.0, 4.0, 2.0, 1.0, 1.0, 1.0, 1.0]).knee(), Some(3));
        assert_eq!(curve(&[2.0; 8]).knee(), None, "a straight line has no knee");
        assert_eq!(curve(&[5.0, 1.0]).knee(), None, "two points are no curve");
        assert_eq!(curve(&[]).knee(), None);
        assert_eq!(curve(&[5.0, 3.0, 0.9, 3.0]).worth_at_least(1.0), 2);
    }

    /// Three stars of five, three and one listeners.
    fn estimator(contagion: Contagion) -> ReachEstimator {
        let ties = [(0, 3..8), (1, 8..11), (2, 11..12)];
        let arcs = ties.into_iter().flat_map(|(influencer, audience)| {
            audience.map(move |audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 })
        });
        let graph = Arc::new(InfluenceGraph::from_arcs(12, arcs));
        let scenario = Scenario { contagion, ..Scenario::default() };
        let model = Model::new(graph, None, None, &scenario).expect("a sound scenario");
        ReachEstimator::new(Arc::new(model))
    }

    #[test]
    fn who_comes_next_adds_what_the_list_lacks() {
        let sure = estimator(Contagion::IndependentCascade(TieProbability::Uniform(1.0)));
        let first = sure.estimate(&[0]).seeds;
        let found = sure.paying(&first, 2, &[]);
        let told: Vec<_> = found.chosen.iter().chain(&found.next).map(|it| it.person).collect();
        assert_eq!(told, [0, 1, 2]);
        for (gain, expected) in found.gains().zip([6.0, 4.0, 2.0]) {
            assert!((gain - expected).abs() < 0.01, "{found:?}");
        }
        let without_1 = sure.paying(&first, 1, &[1]);
        assert_eq!(without_1.next[0].person, 2);
        assert!(sure.paying(&first, 0, &[]).next.is_empty());
    }

    #[test]
    fn simulation_tells_the_next_one_only() {
        let permission = estimator(Contagion::Permission(Threshold::Count(1)));
        let first = permission.estimate(&[0]).seeds;
        let found = permission.paying(&first, 5, &[]);
        assert_eq!(found.next, [Gain { person: 1, adds: 4.0 }]);
    }
}
