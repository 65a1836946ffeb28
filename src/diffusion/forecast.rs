//! What many replicates say together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::filling::Filling;
use super::tally::{Histogram, Standing, Tally};
use super::{Cause, CauseCurve, ClassCuts, Model, Replicate};
use crate::network::PersonIndex;

/// Adoption over time, with its spread over replicates. Seeds count as adopters of step 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// Number of people.
    pub people: usize,
    /// Number of pairs of people of whom at least one influences the other.
    pub ties: usize,
    /// Replicates behind the figures.
    pub replicates: u64,
    /// Mean of the final number of adopters (the reach of the seeds).
    pub mean_adopters: f64,
    /// Standard deviation of it over replicates (with `n-1`); 0 for a single replicate.
    pub sd: f64,
    /// Half width of the 95 % confidence interval of the mean: `1.96 sd / sqrt(replicates)`.
    pub ci95: f64,
    /// One entry per step from 0 to the last at which anybody adopted in any replicate, or took
    /// up the rival idea, became a sceptic or began or ceased to think.
    pub steps: Vec<StepSummary>,
    /// Mean number of people at the end of each step who stand elsewhere: who fell silent or gave up,
    /// who thinks about it, sceptics, adopters of the rival idea; who adopted by plan, and who waits
    /// to be onboarded; for the models and calendars that have them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub standings: BTreeMap<Standing, Vec<f64>>,
    /// Mean number of people who adopt at each step through each cause, for the models that tell it;
    /// causes that never came first are left out, except pushes.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub causes: Vec<CauseCurve>,
    /// Rogers' cuts of the mean curve, without who adopts by plan; `None` when nobody else adopts.
    pub classes: Option<ClassCuts>,
    /// Per person, when asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub per_person: Option<Vec<PersonForecast>>,
    /// Mean adopters per group of people and step, when asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub filling: Option<Filling>,
}

/// One step over all replicates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StepSummary {
    /// Number of the step.
    pub step: u32,
    /// Mean number of people who adopt at this step.
    pub new_mean: f64,
    /// Mean number of people who have adopted by the end of this step.
    pub cumulative_mean: f64,
    /// At least 10 % of replicates have this many adopters or fewer by the end of this step.
    pub p10: u32,
    /// The median over replicates.
    pub p50: u32,
    /// At least 90 % of replicates have this many adopters or fewer.
    pub p90: u32,
}

/// One person over all replicates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PersonForecast {
    /// Share of replicates in which the person adopts.
    pub probability: f64,
    /// Mean step of adoption over those replicates; `None` when there are none.
    pub mean_time: Option<f64>,
}

/// What a forecast says besides its counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    people: usize,
    ties: usize,
    seeds: usize,
    /// What adopters may have adopted through, where the model tells it.
    #[serde(default)]
    causes: Vec<Cause>,
}

impl Setting {
    /// The setting of `model` run from `seeds`, each named once. O(arcs log(longest row)).
    pub fn of(model: &Model, seeds: &[PersonIndex]) -> Self {
        let graph = model.graph();
        let pairs = graph.iter_arcs().filter(|arc| {
            arc.influencer < arc.audience
                || graph.audience_of(arc.audience).binary_search(&arc.influencer).is_err()
        });
        // Who adopts by a calendar is counted there, when they do.
        let seeds = if model.calendar().is_some() { 0 } else { seeds.len() };
        let causes = model.causes();
        Self { people: graph.people(), ties: pairs.count(), seeds, causes }
    }
}

impl Forecast {
    /// Reads the figures off a tally.
    pub fn from_tally(setting: &Setting, tally: &Tally) -> Self {
        let mut steps = summaries(tally);
        // Others may still move when the last adopter has adopted.
        while let Some(&last) = steps.last().filter(|_| steps.len() < tally.steps_of_others()) {
            steps.push(StepSummary { step: last.step + 1, new_mean: 0.0, ..last });
        }
        let standings = standings(tally, steps.len());
        let mean_curve: Vec<f64> = steps.iter().map(|it| it.cumulative_mean).collect();
        let classes = match standings.get(&Standing::Planned) {
            Some(planned) => {
                let others = mean_curve.iter().zip(planned).map(|(all, planned)| all - planned);
                ClassCuts::of_curve(&others.collect::<Vec<f64>>(), 0.0)
            }
            None => ClassCuts::of_curve(&mean_curve, setting.seeds as f64),
        };
        let (mean_adopters, sd) = tally.steps().last().map_or((0.0, 0.0), moments);
        let per_person = tally.people().map(|people| {
            let replicates = tally.replicates().max(1) as f64;
            people
                .iter()
                .map(|it| PersonForecast {
                    probability: it.adoptions as f64 / replicates,
                    mean_time: (it.adoptions > 0).then(|| it.steps as f64 / it.adoptions as f64),
                })
                .collect()
        });
        Self {
            people: setting.people,
            ties: setting.ties,
            replicates: tally.replicates(),
            mean_adopters,
            sd,
            ci95: 1.96 * sd / (tally.replicates().max(1) as f64).sqrt(),
            classes,
            standings,
            causes: causes(setting, tally, steps.len()),
            steps,
            per_person,
            filling: tally.filling(),
        }
    }
}

fn causes(setting: &Setting, tally: &Tally, steps: usize) -> Vec<CauseCurve> {
    let replicates = tally.replicates().max(1) as f64;
    let curve = |(at, cause): (usize, &Cause)| CauseCurve {
        cause: cause.clone(),
        new_mean: (0..steps).map(|step| tally.through(at, step) as f64 / replicates).collect(),
    };
    let curves = setting.causes.iter().enumerate().map(curve);
    let is_shown = |it: &CauseCurve| {
        matches!(it.cause, Cause::Push(_)) || it.new_mean.iter().any(|&mean| mean > 0.0)
    };
    curves.filter(is_shown).collect()
}

impl Forecast {
    /// Step by which the mean curve has come half the way to its end, between steps where it passes
    /// there; `None` before anything was run.
    pub fn half_time(&self) -> Option<f64> {
        let half = self.mean_adopters / 2.0;
        let reached = self.steps.iter().position(|it| it.cumulative_mean >= half)?;
        let now = &self.steps[reached];
        let Some(before) = reached.checked_sub(1).map(|it| &self.steps[it]) else {
            return Some(0.0);
        };
        let share =
            (half - before.cumulative_mean) / (now.cumulative_mean - before.cumulative_mean);
        Some(f64::from(before.step) + share * f64::from(now.step - before.step))
    }

    /// Step at which most people adopt on average, the first such; seeds aside. `None` when nobody
    /// but seeds ever adopts.
    pub fn peak_step(&self) -> Option<u32> {
        let later = self.steps.iter().filter(|it| it.step > 0 && it.new_mean > 0.0);
        let peak = later.reduce(|peak, it| if it.new_mean > peak.new_mean { it } else { peak });
        peak.map(|it| it.step)
    }

    /// Cumulative adopters of one cause upon the other: the lower and the upper edge of each band, step
    /// by step, in the order of [`Self::causes`].
    pub fn stacked_causes(&self) -> Vec<[Vec<f64>; 2]> {
        let mut below = vec![0.0; self.steps.len()];
        let band = |cause: &CauseCurve| {
            let low = below.clone();
            let mut sum = 0.0;
            for (edge, new) in below.iter_mut().zip(&cause.new_mean) {
                sum += new;
                *edge += sum;
            }
            [low, below.clone()]
        };
        self.causes.iter().map(band).collect()
    }

    /// Replicates among which a typical one is looked for.
    const LOOKED_AT: u64 = 100;

    /// The replicate, among the first hundred, whose final size comes closest to the mean (the
    /// first such). Classes per person need one order of adoption; means over replicates blur it.
    ///
    /// # Panics
    /// When `model` has other people than the one this forecast is of.
    pub fn typical_replicate(&self, model: &Model, seeds: &[PersonIndex]) -> Replicate {
        let mut scratch = model.scratch();
        let mut distance = |index: u64| {
            model.run(seeds, index, &mut scratch);
            (scratch.adopters().len() as f64 - self.mean_adopters).abs()
        };
        let distances = (0..self.replicates.clamp(1, Self::LOOKED_AT)).map(|it| (distance(it), it));
        let typical = distances.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(0, |(_, index)| index);
        model.replicate(seeds, typical)
    }
}

/// Means over replicates.
fn standings(tally: &Tally, steps: usize) -> BTreeMap<Standing, Vec<f64>> {
    let replicates = tally.replicates().max(1) as f64;
    let mean = |sums: Vec<i64>| sums.into_iter().map(|sum| sum as f64 / replicates).collect();
    tally.standings(steps).map(|(standing, sums)| (standing, mean(sums))).collect()
}

fn summaries(tally: &Tally) -> Vec<StepSummary> {
    let replicates = tally.replicates();
    let mut sum_before = 0;
    (0..)
        .zip(tally.steps())
        .map(|(step, histogram)| {
            let counts = histogram.sorted();
            // Differences are taken of whole numbers: the means of new adopters add up.
            let sum: u64 = counts.iter().map(|&(value, times)| u64::from(value) * times).sum();
            let new = sum - sum_before;
            sum_before = sum;
            StepSummary {
                step,
                new_mean: new as f64 / replicates as f64,
                cumulative_mean: sum as f64 / replicates as f64,
                p10: quantile(&counts, replicates, 10),
                p50: quantile(&counts, replicates, 50),
                p90: quantile(&counts, replicates, 90),
            }
        })
        .collect()
}

/// Smallest value that at least `percent` of the replicates do not exceed.
fn quantile(counts: &[(u32, u64)], replicates: u64, percent: u64) -> u32 {
    let mut below = 0;
    for &(value, times) in counts {
        below += times;
        if below * 100 >= replicates * percent {
            return value;
        }
    }
    0
}

/// Mean and standard deviation (with `n-1`).
fn moments(histogram: &Histogram) -> (f64, f64) {
    let counts = histogram.sorted();
    let replicates: u64 = counts.iter().map(|&(_, times)| times).sum();
    let sum: u64 = counts.iter().map(|&(value, times)| u64::from(value) * times).sum();
    let mean = sum as f64 / replicates.max(1) as f64;
    let squares: f64 =
        counts.iter().map(|&(value, times)| (f64::from(value) - mean).powi(2) * times as f64).sum();
    let sd = if replicates > 1 { (squares / (replicates - 1) as f64).sqrt() } else { 0.0 };
    (mean, sd)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diffusion::{Contagion, Ensemble, NEVER, Scenario, TieProbability};
    use crate::network::{InfluenceArc, InfluenceGraph};

    #[test]
    fn half_time_and_peak_are_read_off_the_mean_curve() {
        let curve = |means: &[f64]| Forecast {
            mean_adopters: means.last().copied().unwrap_or(0.0),
            steps: (0..)
                .zip(means)
                .map(|(step, &cumulative_mean)| StepSummary {
                    step,
                    cumulative_mean,
                    new_mean: cumulative_mean
                        - step.checked_sub(1).map_or(0.0, |it: u32| means[it as usize]),
                    ..StepSummary::default()
                })
                .collect(),
            ..Forecast::default()
        };
        let told = curve(&[2.0, 4.0, 8.0, 12.0]);
        assert!((told.half_time().expect("passed") - 1.5).abs() < 1e-12);
        assert_eq!(told.peak_step(), Some(2), "the first of two alike");
        let seeds_alone = curve(&[3.0]);
        assert_eq!((seeds_alone.half_time(), seeds_alone.peak_step()), (Some(0.0), None));
        assert_eq!((curve(&[]).half_time(), curve(&[]).peak_step()), (None, None));
    }

    #[test]
    fn the_typical_replicate_is_closest_to_the_mean() {
        let arcs =
            (0..9).map(|i| InfluenceArc { influencer: i, audience: i + 1, ties: 1, value: 1.0 });
        let graph = Arc::new(InfluenceGraph::from_arcs(10, arcs));
        let contagion = Contagion::IndependentCascade(TieProbability::Uniform(0.8));
        let scenario = Scenario { contagion, replicates: 200, ..Scenario::default() };
        let model = Arc::new(Model::new(graph, None, None, &scenario).expect("a sound scenario"));
        let mut ensemble =
            Ensemble::new(Arc::clone(&model), vec![0], false).expect("the seed is there");
        ensemble.finish();
        let forecast = ensemble.forecast();
        let distance = |replicate: &Replicate| {
            let adopters = replicate.time_of_adoption.iter().filter(|&&it| it != NEVER).count();
            (adopters as f64 - forecast.mean_adopters).abs()
        };
        let typical = distance(&forecast.typical_replicate(&model, &[0]));
        assert!((0..100).all(|index| distance(&model.replicate(&[0], index)) >= typical));
    }
}
