//! How much the audiences of the seeds overlap.

use std::ops::ControlFlow;

use fixedbitset::FixedBitSet;

use super::estimator::{Basis, ReachEstimator};
use super::samples::Samples;
use super::simulation::Simulation;
use crate::network::PersonIndex;

/// Whom the seeds of a list reach alone, together and twice over.
///
/// Everything is expected adopters (themselves counted), on the same chances, and leaves out who
/// would adopt with no seed at all. With σ(A) for what a group A brings that way:
///
/// - *alone* of a seed i: σ({i});
/// - *exclusive* reach of i: σ(all) − σ(all without i), the people nobody else on the list brings;
/// - *shared* reach of i and j: σ({i}) + σ({j}) − σ({i, j}). In cascades and the linear threshold
///   model these are exactly the people whom either of the two would win alone. In the other models
///   it may be negative: then the two together bring more than each for themselves.
/// - *unique* reach of the list: σ(all), everyone counted once; *gross* reach: the sum of alone,
///   where who is reached by two counts twice (media planning: unduplicated and gross audience).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlap {
    /// The seeds, each once, in the order given.
    pub seeds: Vec<PersonIndex>,
    /// What each brings alone.
    pub alone: Vec<f64>,
    /// What nobody else on the list brings, per seed.
    pub exclusive: Vec<f64>,
    /// Row by row, what two share; what each brings alone on the diagonal.
    pub shared: Vec<Vec<f64>>,
    /// What all bring together, everyone counted once.
    pub unique: f64,
}

impl Overlap {
    /// Reach with everyone counted as often as they are reached.
    pub fn gross(&self) -> f64 {
        self.alone.iter().sum()
    }

    /// Share of the smaller of two audiences that both reach, in 0..=1 where nobody helps anybody;
    /// 1 for a seed and itself.
    pub fn share(&self, one: usize, other: usize) -> f64 {
        let smaller = self.alone[one].min(self.alone[other]);
        if smaller > 0.0 { self.shared[one][other] / smaller } else { 0.0 }
    }

    /// The two who share most people with each other, when anybody does.
    pub fn closest(&self) -> Option<(usize, usize)> {
        let pairs = (0..self.seeds.len()).flat_map(|i| (0..i).map(move |j| (j, i)));
        let shared = |(i, j): (usize, usize)| self.shared[i][j];
        let most = pairs.reduce(|best, it| if shared(it) > shared(best) { it } else { best })?;
        (shared(most) >= 0.5).then_some(most)
    }
}

impl ReachEstimator {
    /// Most seeds whose overlap is simulated, where it cannot be counted: every pair is a group.
    pub const MOST_SIMULATED: usize = 20;

    /// Whether the overlap of so many seeds takes no more than some seconds: always where it is
    /// counted, and in networks that are not large where it is simulated.
    pub fn overlap_is_quick(&self, seeds: usize) -> bool {
        match &self.basis {
            Basis::Samples(_) => true,
            Basis::Simulation(simulation) => {
                let groups = groups(seeds.min(Self::MOST_SIMULATED));
                simulation.shortened(groups).work().saturating_mul(groups) < 6_000_000_000
            }
        }
    }

    /// The overlap of `seeds`. From samples in O(pairs · samples / 64); with simulations one group
    /// for each pair, on fewer replicates the larger the network.
    ///
    /// # Panics
    /// When a seed is not in the network.
    pub fn overlap(&self, seeds: &[PersonIndex]) -> Overlap {
        match self.overlap_watched(seeds, &mut |_, _| ControlFlow::Continue(())) {
            ControlFlow::Continue(overlap) => overlap,
            ControlFlow::Break(()) => unreachable!("nobody stops it"),
        }
    }

    /// As [`Self::overlap`], telling how many groups are done of how many; `Break` stops it.
    ///
    /// # Panics
    /// As [`Self::overlap`].
    pub fn overlap_watched(
        &self,
        seeds: &[PersonIndex],
        tell: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> ControlFlow<(), Overlap> {
        let mut different: Vec<PersonIndex> = Vec::with_capacity(seeds.len());
        for &seed in seeds {
            if !different.contains(&seed) {
                different.push(seed);
            }
        }
        match &self.basis {
            Basis::Samples(samples) => ControlFlow::Continue(counted(samples, different)),
            Basis::Simulation(simulation) => {
                different.truncate(Self::MOST_SIMULATED);
                simulated(simulation, &different, tell)
            }
        }
    }
}

/// Whoever are in one sample reach the same people: what a sample is worth is shared by all of
/// the seeds in it.
fn counted(samples: &Samples, seeds: Vec<PersonIndex>) -> Overlap {
    let worth = |met: &mut dyn Iterator<Item = usize>| {
        let worth: u64 = met.map(|sample| u64::from(samples.worth()[sample])).sum();
        samples.scale() * worth as f64
    };
    let sets: Vec<FixedBitSet> = seeds
        .iter()
        .map(|&seed| {
            let mut set = FixedBitSet::with_capacity(samples.len());
            set.extend(samples.of(seed));
            set
        })
        .collect();
    let (mut met, mut twice) =
        (FixedBitSet::with_capacity(samples.len()), FixedBitSet::with_capacity(samples.len()));
    for set in &sets {
        let mut again = set.clone();
        again.intersect_with(&met);
        twice.union_with(&again);
        met.union_with(set);
    }
    // A seed whom nobody reaches is reached by nobody else on the list either.
    let own = |at: usize| samples.alone(seeds[at]);
    let alone: Vec<f64> =
        sets.iter().enumerate().map(|(at, set)| own(at) + worth(&mut set.ones())).collect();
    let exclusive = sets.iter().enumerate().map(|(at, set)| {
        own(at) + worth(&mut set.ones().filter(|&sample| !twice.contains(sample)))
    });
    let exclusive: Vec<f64> = exclusive.collect();
    let mut shared: Vec<Vec<f64>> = alone.iter().map(|_| vec![0.0; sets.len()]).collect();
    for i in 0..sets.len() {
        shared[i][i] = alone[i];
        for j in 0..i {
            let both = worth(&mut sets[i].intersection(&sets[j]));
            (shared[i][j], shared[j][i]) = (both, both);
        }
    }
    let unique = (0..seeds.len()).map(own).sum::<f64>() + worth(&mut met.ones());
    Overlap { seeds, alone, exclusive, shared, unique }
}

fn simulated(
    simulation: &Simulation,
    seeds: &[PersonIndex],
    tell: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> ControlFlow<(), Overlap> {
    let count = seeds.len();
    let groups = groups(count);
    let simulation = simulation.shortened(groups);
    let mut done = 0;
    let mut brings = |group: &[PersonIndex], without: f64| -> ControlFlow<(), f64> {
        tell(done, groups as u64)?;
        done += 1;
        ControlFlow::Continue(simulation.outcome(group).adopters - without)
    };
    let without = brings(&[], 0.0)?;
    let unique = brings(seeds, without)?;
    let mut overlap = Overlap { seeds: seeds.to_vec(), unique, ..Overlap::default() };
    for at in 0..count {
        overlap.alone.push(brings(&seeds[at..=at], without)?);
        let others = [&seeds[..at], &seeds[at + 1..]].concat();
        overlap.exclusive.push(unique - brings(&others, without)?);
    }
    overlap.shared = vec![vec![0.0; count]; count];
    for i in 0..count {
        overlap.shared[i][i] = overlap.alone[i];
        for j in 0..i {
            let together = brings(&[seeds[j], seeds[i]], without)?;
            let both = overlap.alone[i] + overlap.alone[j] - together;
            (overlap.shared[i][j], overlap.shared[j][i]) = (both, both);
        }
    }
    ControlFlow::Continue(overlap)
}

/// Groups to simulate for so many seeds: nobody, all, each alone, all but each, and every pair.
fn groups(seeds: usize) -> usize {
    2 + 2 * seeds + seeds * seeds.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diffusion::{Contagion, Hazard, Model, Scenario, Threshold, TieProbability};
    use crate::network::{InfluenceArc, InfluenceGraph};

    fn overlap(
        people: usize,
        arcs: &[(u32, u32)],
        contagion: Contagion,
        seeds: &[PersonIndex],
    ) -> Overlap {
        let arc =
            |&(influencer, audience)| InfluenceArc { influencer, audience, ties: 1, value: 0.5 };
        let graph = Arc::new(InfluenceGraph::from_arcs(people, arcs.iter().map(arc)));
        let scenario = Scenario { contagion, steps: 100, ..Scenario::default() };
        let model = Arc::new(Model::new(graph, None, None, &scenario).expect("a sound scenario"));
        ReachEstimator::new(model).overlap(seeds)
    }

    fn cascade(p: f64) -> Contagion {
        Contagion::IndependentCascade(TieProbability::Uniform(p))
    }

    fn assert_near(found: f64, expected: f64, slack: f64, what: &str) {
        assert!((found - expected).abs() <= slack, "{what}: {found}, by hand {expected}");
    }

    /// Two hubs, 0 with listeners 2, 3, 4, 5 and 1 with listeners 4, 5, 6; everybody passes on
    /// for certain.
    #[test]
    fn two_stars_share_the_listeners_they_have_in_common() {
        let arcs = [(0, 2), (0, 3), (0, 4), (0, 5), (1, 4), (1, 5), (1, 6)];
        for contagion in [cascade(1.0), Contagion::Permission(Threshold::Count(1))] {
            let found = overlap(8, &arcs, contagion, &[0, 1, 0, 7]);
            assert_eq!(found.seeds, [0, 1, 7], "each once");
            for (at, alone, exclusive) in [(0, 5.0, 3.0), (1, 4.0, 2.0), (2, 1.0, 1.0)] {
                assert_near(found.alone[at], alone, 0.01, "alone");
                assert_near(found.exclusive[at], exclusive, 0.01, "exclusive");
            }
            assert_near(found.shared[0][1], 2.0, 0.01, "shared");
            assert_near(found.shared[1][2], 0.0, 0.01, "shared");
            assert_near(found.unique, 8.0, 0.01, "unique");
            assert_near(found.gross(), 10.0, 0.01, "gross");
            assert_near(found.share(0, 1), 0.5, 0.01, "of the smaller");
            assert_eq!(found.closest(), Some((0, 1)));
        }
    }

    /// Hub 1's four listeners are hub 0's as well (science.md 3.4): exact reach of {0,1} is 11/2,
    /// of {0,7} 6, of 0 alone 7/2, of 1 alone 3. Listener by listener, both win one of the four
    /// with chance 1/4.
    #[test]
    fn hubs_in_a_trap_share_what_chance_gives_to_both() {
        let ties = [(0, 2..7), (1, 2..6), (7, 8..11)];
        let arcs: Vec<(u32, u32)> =
            ties.into_iter().flat_map(|(hub, others)| others.map(move |it| (hub, it))).collect();
        let found = overlap(11, &arcs, cascade(0.5), &[0, 1, 7]);
        for (at, alone, exclusive) in [(0, 3.5, 2.5), (1, 3.0, 2.0), (2, 2.5, 2.5)] {
            assert_near(found.alone[at], alone, 0.06, "alone");
            assert_near(found.exclusive[at], exclusive, 0.06, "exclusive");
        }
        assert_near(found.shared[0][1], 1.0, 0.06, "shared");
        assert_near(found.shared[0][2], 0.0, 1e-9, "shared");
        assert_near(found.unique, 8.0, 0.1, "unique");
        assert_eq!(found.closest(), Some((0, 1)));
    }

    /// Everybody needs two: neither neighbor convinces anybody alone, both win a third.
    #[test]
    fn who_only_convince_together_share_less_than_nothing() {
        let found =
            overlap(3, &[(0, 2), (1, 2)], Contagion::Permission(Threshold::Count(2)), &[0, 1]);
        assert_eq!(found.alone, [1.0, 1.0]);
        assert_eq!(found.shared, [[1.0, -1.0], [-1.0, 1.0]]);
        assert_eq!((found.unique, found.gross()), (3.0, 2.0));
        assert_eq!(found.exclusive, [2.0, 2.0]);
        assert_eq!(found.closest(), None);
    }

    #[test]
    fn who_adopts_anyway_is_nobody_s_reach() {
        let bass = Contagion::Bass { p: 1.0, q: 0.0, hazard: Hazard::Additive };
        let found = overlap(4, &[(0, 1), (2, 3)], bass, &[0, 2]);
        assert_eq!((found.alone, found.unique), (vec![0.0, 0.0], 0.0));
    }

    #[test]
    fn it_can_be_stopped() {
        let graph = Arc::new(InfluenceGraph::from_arcs(3, []));
        let contagion = Contagion::Permission(Threshold::Count(1));
        let scenario = Scenario { contagion, ..Scenario::default() };
        let model = Arc::new(Model::new(graph, None, None, &scenario).expect("a sound scenario"));
        let estimator = ReachEstimator::new(model);
        let stopped = estimator.overlap_watched(&[0, 1], &mut |done, total| {
            assert_eq!(total, 7);
            if done == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(stopped.is_break());
    }
}
