//! Several scenarios that meet the same chances, and how far apart they end.
//!
//! Replicate *i* of every case draws from stream *i* of one `rng_seed`, and its chances belong to
//! people and ties (common random numbers). So what differs within a pair of replicates is what
//! was decided differently; the luck that both share cancels out, and the mean difference is
//! known far better than from forecasts that were drawn apart. The standard error is taken from
//! the differences themselves, so it is right however much or little two cases have in common.
//!
//! Source: Law, *Simulation Modeling and Analysis*, on paired comparison with common random
//! numbers: the variance of a difference is `var a + var b - 2 cov(a, b)`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Ensemble, Forecast, Model, ScenarioError};
use crate::network::PersonIndex;

/// Runs the same replicates of several cases (a model and its seeds each), slice by slice; asks
/// for forecasts and differences at any moment.
#[derive(Debug)]
pub struct Comparison {
    ensembles: Vec<Ensemble>,
}

/// How far one case ends above another: mean over pairs of replicates of the difference between
/// their final adopters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Pairs of replicates behind the figures.
    pub replicates: u64,
    /// Mean difference in adopters.
    pub mean: f64,
    /// Standard error of the mean difference, over pairs (with `n-1`). 0 means that every pair
    /// differs alike.
    pub standard_error: f64,
    /// Lower end of the 95 % interval of the mean difference: `mean - 1.96 standard errors`.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
    /// What the standard error would be had the two been drawn apart: `sqrt((var a + var b) / n)`.
    pub independent_standard_error: f64,
}

/// Why cases cannot be compared.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ComparisonError {
    /// One of them makes no sense by itself.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// They would not meet the same chances, or not as often.
    #[error(
        "Scenarios are compared on the same chances: give all the same number that chance is \
         drawn from and the same number of replicates"
    )]
    DifferentChances,
    /// They are about other people.
    #[error("Scenarios are compared on one network, but these have {0} and {1} people")]
    DifferentPeople(usize, usize),
    /// One pair tells nothing of how much pairs vary.
    #[error("A comparison needs at least 2 replicates")]
    OneReplicate,
}

impl Comparison {
    /// Compares `cases`, each a model with the people who start. Their scenarios must agree in
    /// `rng_seed` and `replicates` ([`super::Scenario::with_chances_of`] sees to that).
    ///
    /// # Errors
    /// A [`ComparisonError`] when they do not, when there are fewer than two replicates, when the
    /// cases are about different numbers of people, or when a seed is not in the network.
    pub fn new(cases: Vec<(Arc<Model>, Vec<PersonIndex>)>) -> Result<Self, ComparisonError> {
        if let Some((first, _)) = cases.first() {
            let chances = |model: &Model| (model.scenario().rng_seed, model.scenario().replicates);
            let people = first.graph().people();
            for (model, _) in &cases {
                if chances(model) != chances(first) {
                    return Err(ComparisonError::DifferentChances);
                }
                if model.graph().people() != people {
                    return Err(ComparisonError::DifferentPeople(people, model.graph().people()));
                }
            }
            if first.scenario().replicates < 2 {
                return Err(ComparisonError::OneReplicate);
            }
        }
        let ensemble = |(model, seeds)| Ensemble::new(model, seeds, false);
        let ensembles: Result<Vec<Ensemble>, ScenarioError> =
            cases.into_iter().map(ensemble).collect();
        Ok(Self { ensembles: ensembles?.into_iter().map(Ensemble::keeping_sizes).collect() })
    }

    /// Runs the next slice of the case that is farthest behind, so that all can be compared at any
    /// moment; does nothing when all have run.
    pub fn step(&mut self) {
        if let Some(last) = self.ensembles.iter_mut().min_by_key(|it| it.done()) {
            last.step();
        }
    }

    /// Runs all that is left.
    pub fn finish(&mut self) {
        while !self.is_finished() {
            self.step();
        }
    }

    /// Replicates run so far, over all cases.
    pub fn done(&self) -> u64 {
        self.ensembles.iter().map(|it| u64::from(it.done())).sum()
    }

    /// Replicates there are to run, over all cases.
    pub fn total(&self) -> u64 {
        self.ensembles.iter().map(|it| u64::from(it.total())).sum()
    }

    /// True when all replicates have run.
    pub fn is_finished(&self) -> bool {
        self.ensembles.iter().all(Ensemble::is_finished)
    }

    /// Number of cases.
    pub fn len(&self) -> usize {
        self.ensembles.len()
    }

    /// True when there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.ensembles.is_empty()
    }

    /// Forecast of each case from its replicates run so far.
    pub fn forecasts(&self) -> Vec<Forecast> {
        self.ensembles.iter().map(Ensemble::forecast).collect()
    }

    /// How far the case `one` ends above the case `other`, over the replicates that both have run.
    ///
    /// # Panics
    /// When there is no such case.
    pub fn difference(&self, one: usize, other: usize) -> Difference {
        Difference::between(self.ensembles[one].sizes(), self.ensembles[other].sizes())
    }
}

impl Difference {
    /// Of the final adopters of paired replicates; those without a partner are left out. O(n), by
    /// whole numbers, so that no order of the work can change it.
    pub fn between(one: &[u32], other: &[u32]) -> Self {
        let pairs = || one.iter().zip(other).map(|(&a, &b)| (i128::from(a), i128::from(b)));
        let n = pairs().count();
        if n == 0 {
            return Self::default();
        }
        let (mean, variance) = moments(n, pairs().map(|(a, b)| a - b));
        let variance_of_one = moments(n, pairs().map(|it| it.0)).1;
        let variance_of_other = moments(n, pairs().map(|it| it.1)).1;
        let standard_error = (variance / n as f64).sqrt();
        Self {
            replicates: n as u64,
            mean,
            standard_error,
            low: mean - 1.96 * standard_error,
            high: mean + 1.96 * standard_error,
            independent_standard_error: ((variance_of_one + variance_of_other) / n as f64).sqrt(),
        }
    }

    /// Whether the 95 % interval leaves no doubt which of the two ends higher.
    pub fn is_clear(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// Mean and variance (with `n-1`; 0 for a single value) of `n` values.
fn moments(n: usize, values: impl Iterator<Item = i128>) -> (f64, f64) {
    let (sum, squares) = values.fold((0, 0), |(sum, squares), it| (sum + it, squares + it * it));
    let count = n as i128;
    let spread = (squares * count - sum * sum) as f64;
    let variance = if n > 1 { spread / n as f64 / (n - 1) as f64 } else { 0.0 };
    (sum as f64 / n as f64, variance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::{Contagion, Hazard, Scenario, Threshold, TieProbability};
    use crate::network::{InfluenceArc, InfluenceGraph};

    /// A ring of 60 people who also influence whom they skip over.
    fn ring() -> Arc<InfluenceGraph> {
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 0.3 };
        let arcs = (0..60)
            .flat_map(|a| [1, 2, 7].map(|ahead| (a, (a + ahead) % 60)))
            .flat_map(|(a, b)| [arc(a, b), arc(b, a)]);
        Arc::new(InfluenceGraph::from_arcs(60, arcs))
    }

    fn case(scenario: &Scenario, seeds: &[PersonIndex]) -> (Arc<Model>, Vec<PersonIndex>) {
        let model = Model::new(ring(), None, None, scenario).expect("a sound scenario");
        (Arc::new(model), seeds.to_vec())
    }

    fn scenario(contagion: Contagion) -> Scenario {
        Scenario { contagion, replicates: 1000, steps: 30, ..Scenario::default() }
    }

    fn cascade(p: f64) -> Scenario {
        scenario(Contagion::IndependentCascade(TieProbability::Uniform(p)))
    }

    fn compared(cases: Vec<(Arc<Model>, Vec<PersonIndex>)>) -> Comparison {
        let mut comparison = Comparison::new(cases).expect("they fit together");
        comparison.finish();
        comparison
    }

    #[test]
    fn the_figures_are_those_of_the_textbook() {
        // Differences 2, 0, 1: mean 1, variance 1; a has variance 19/3, b 13/3.
        let told = Difference::between(&[5, 2, 7], &[3, 2, 6]);
        assert_eq!(told.replicates, 3);
        assert!((told.mean - 1.0).abs() < 1e-12);
        assert!((told.standard_error - (1.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        let apart = ((19.0 / 3.0 + 13.0 / 3.0) / 3.0_f64).sqrt();
        assert!((told.independent_standard_error - apart).abs() < 1e-12);
        assert!((told.high - told.mean - 1.96 * told.standard_error).abs() < 1e-12);
        assert!(!told.is_clear());
        assert!(Difference::between(&[4, 4], &[1, 1]).standard_error < 1e-12);
        assert_eq!(Difference::between(&[], &[]), Difference::default());
    }

    #[test]
    fn each_replicate_is_paired_with_its_own_twin() {
        let bass = Contagion::Bass { p: 0.01, q: 0.3, hazard: Hazard::Exponential };
        for scenario in [cascade(0.1), cascade(0.3), scenario(bass)] {
            let (one, other) = (case(&scenario, &[0, 20]), case(&scenario, &[5]));
            let told = compared(vec![one.clone(), other.clone()]).difference(0, 1);
            let size = |(model, seeds): &(Arc<Model>, Vec<PersonIndex>), index| {
                let times = model.replicate(seeds, index).time_of_adoption;
                times.iter().filter(|&&it| it != super::super::NEVER).count() as f64
            };
            let differences: Vec<f64> =
                (0..1000).map(|index| size(&one, index) - size(&other, index)).collect();
            let mean = differences.iter().sum::<f64>() / 1000.0;
            let squares: f64 = differences.iter().map(|it| (it - mean).powi(2)).sum();
            assert!((told.mean - mean).abs() < 1e-9);
            let error = (squares / 999.0 / 1000.0).sqrt();
            assert!((told.standard_error - error).abs() < 1e-9);
        }
    }

    #[test]
    fn a_pair_knows_more_than_two_forecasts_drawn_apart() {
        let bass = |q| scenario(Contagion::Bass { p: 0.01, q, hazard: Hazard::Exponential });
        let permission = scenario(Contagion::Permission(Threshold::Share(0.3)));
        let unseen = Scenario { visibility: 0.8, ..cascade(0.3) };
        let pairs = [
            ("one seed more", case(&cascade(0.15), &[0, 20]), case(&cascade(0.15), &[0])),
            ("more chance per tie", case(&cascade(0.3), &[0]), case(&cascade(0.25), &[0])),
            ("less to be seen", case(&cascade(0.3), &[0]), case(&unseen, &[0])),
            ("more imitation", case(&bass(0.4), &[0]), case(&bass(0.3), &[0])),
        ];
        for (what, one, other) in pairs {
            let comparison = compared(vec![one, other]);
            let told = comparison.difference(0, 1);
            assert!(told.mean > 0.0, "{what}: {told:?}");
            assert!(
                told.standard_error < 0.9 * told.independent_standard_error,
                "{what}: {told:?}"
            );
            // The same again under another number, drawn apart, agrees with what is told.
            let [one, other] = [&comparison.ensembles[0], &comparison.ensembles[1]].map(|it| {
                let apart = Scenario { rng_seed: 99, ..it.model().scenario().clone() };
                case(&apart, it.seeds())
            });
            let again = compared(vec![one, other]).difference(0, 1);
            let error = told.standard_error.hypot(again.standard_error);
            assert!((told.mean - again.mean).abs() < 4.0 * error, "{what}: {told:?} {again:?}");
        }
        // Where no chance is left, nothing is uncertain.
        let certain = compared(vec![case(&permission, &[0, 1, 2]), case(&permission, &[0])]);
        assert!(certain.difference(0, 1).standard_error < 1e-12);
        assert_eq!(certain.difference(0, 1).replicates, 1000);
    }

    #[test]
    fn what_two_forecasts_drawn_apart_vary_by_is_what_is_said() {
        // Drawn under 200 numbers, the difference of the means varies by the standard error.
        let spread = |paired: bool| {
            let differences: Vec<f64> = (0..200)
                .map(|number| {
                    let drawn = |rng_seed, seeds: &[PersonIndex]| {
                        case(&Scenario { rng_seed, replicates: 64, ..cascade(0.25) }, seeds)
                    };
                    let one = drawn(number, &[0, 20]);
                    if paired {
                        return compared(vec![one, drawn(number, &[0])]).difference(0, 1).mean;
                    }
                    let mean = |it| compared(vec![it]).forecasts()[0].mean_adopters;
                    mean(one) - mean(drawn(number + 1000, &[0]))
                })
                .collect();
            let mean = differences.iter().sum::<f64>() / 200.0;
            (differences.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / 199.0).sqrt()
        };
        let usual = Scenario { replicates: 6400, ..cascade(0.25) };
        let told = compared(vec![case(&usual, &[0, 20]), case(&usual, &[0])]).difference(0, 1);
        // The spread of 200 values is known to 5 % (one standard error).
        let (paired, apart) = (told.standard_error * 10.0, told.independent_standard_error * 10.0);
        assert!((spread(true) / paired - 1.0).abs() < 0.2, "{} {paired}", spread(true));
        assert!((spread(false) / apart - 1.0).abs() < 0.2, "{} {apart}", spread(false));
        assert!(paired < 0.8 * apart);
    }

    #[test]
    fn forecasts_are_those_of_each_alone_and_can_be_had_early() {
        let cases = vec![case(&cascade(0.2), &[0]), case(&cascade(0.1), &[3, 9])];
        let mut comparison = Comparison::new(cases.clone()).expect("they fit together");
        assert_eq!((comparison.done(), comparison.total()), (0, 2000));
        comparison.step();
        comparison.step();
        let early = comparison.difference(0, 1).replicates;
        assert!(early > 0, "both have begun");
        comparison.finish();
        assert_eq!(comparison.difference(0, 1).replicates, 1000);
        for ((model, seeds), told) in cases.into_iter().zip(comparison.forecasts()) {
            let mut alone = Ensemble::new(model, seeds, false).expect("seeds exist");
            alone.finish();
            assert_eq!(told, alone.forecast());
        }
    }

    #[test]
    fn what_cannot_be_compared_is_refused() {
        let other_chance = Scenario { rng_seed: 2, ..cascade(0.2) };
        let refused = |one: &Scenario, other: &Scenario| {
            Comparison::new(vec![case(one, &[0]), case(other, &[0])]).expect_err("refused")
        };
        assert_eq!(refused(&cascade(0.2), &other_chance), ComparisonError::DifferentChances);
        let fixed = other_chance.with_chances_of(&cascade(0.2));
        assert!(Comparison::new(vec![case(&cascade(0.2), &[0]), case(&fixed, &[0])]).is_ok());
        let once = Scenario { replicates: 1, ..cascade(0.2) };
        assert_eq!(refused(&once, &once), ComparisonError::OneReplicate);
        let stranger = Comparison::new(vec![case(&cascade(0.2), &[60])]).expect_err("no such seed");
        assert!(matches!(stranger, ComparisonError::Scenario(ScenarioError::UnknownSeed { .. })));
    }
}
