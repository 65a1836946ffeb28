//! Works out all that follows from a history, some of it per step.

use super::bass_fit::{BassFit, Market, Method};
use super::exposure::{Thresholds, coded_thresholds, exposure};
use super::history::History;
use super::lessons::{CurveFit, Lessons, PeriodRow, ThresholdMeans};
use super::moran::{Moran, MoranWalk};
use super::network_fit::{Exposures, NetworkFit};
use super::quarters::{CrossTable, quarters};
use crate::diffusion::{AdopterClass, Hazard, NEVER, classify_by_deviation, classify_by_rank};
use crate::network::{InfluenceGraph, PersonIndex};

/// A study under way: call [`Study::step`] until it says that nothing is left to do.
#[derive(Debug)]
pub struct Study<'g> {
    graph: &'g InfluenceGraph,
    history: &'g History,
    moran: MoranWalk<'g>,
    moran_steps: u8,
    curve_fits: Vec<CurveFit>,
    network_fits: Option<Vec<NetworkFit>>,
    is_done: bool,
}

impl<'g> Study<'g> {
    /// People up to which Moran's I looks at all pairs within six steps, as netdiffuseR does; in larger
    /// networks it looks at direct contacts alone.
    pub const MOST_FOR_SIX_STEPS: usize = 20_000;

    /// Of a history on a graph of the same people.
    ///
    /// # Panics
    /// When the history is of another number of people.
    pub fn new(graph: &'g InfluenceGraph, history: &'g History) -> Self {
        assert_eq!(graph.people(), history.times.len(), "one time per person");
        let moran_steps = if graph.people() <= Self::MOST_FOR_SIX_STEPS { 6 } else { 1 };
        let moran = MoranWalk::new(graph, &history.times, history.periods, moran_steps);
        Self {
            graph,
            history,
            moran,
            moran_steps,
            curve_fits: Vec::new(),
            network_fits: None,
            is_done: false,
        }
    }

    /// Work done and in all.
    pub fn progress(&self) -> (u64, u64) {
        let (done, all) = self.moran.progress();
        let fits = self.curve_fits.len() as u64 + u64::from(self.network_fits.is_some());
        (done + fits, all + 2 * Method::ALL.len() as u64 + 1)
    }

    /// Works on for a while; says whether there is more to do. One step takes some tens of
    /// milliseconds at 10,000 people.
    pub fn step(&mut self) -> bool {
        if self.is_done {
            return false;
        }
        let next = self.curve_fits.len();
        if let Some(&method) = Method::ALL.get(next / 2) {
            let people = self.history.times.len() as f64;
            let market = if next.is_multiple_of(2) { Market::Fixed(people) } else { Market::Free };
            let series: Vec<f64> =
                self.history.new_adopters().into_iter().map(|it| it as f64).collect();
            let outcome = BassFit::of(&series, method, market);
            self.curve_fits.push(CurveFit { method, market, outcome });
            return true;
        }
        if self.network_fits.is_none() {
            let History { times, periods, undated, .. } = self.history;
            let exposures = Exposures::of(self.graph, times, *periods, undated);
            let fits = [Hazard::Exponential, Hazard::Additive].map(|it| exposures.fit(it));
            self.network_fits = Some(fits.into_iter().flatten().collect());
            return true;
        }
        self.is_done = !self.moran.step();
        !self.is_done
    }

    /// What was found out; what is left to do is done first.
    pub fn finish(mut self) -> Lessons {
        while self.step() {}
        let Self { graph, history, moran, moran_steps, curve_fits, network_fits, .. } = self;
        let moran = moran.finish();
        let times = &history.times;
        let thresholds = Thresholds::of(graph, times);
        let censored = history.censored();
        let coded = coded_thresholds(graph, &censored);
        let coded_times: Vec<f64> = censored.iter().map(|&it| f64::from(it)).collect();
        let cross_table = quarters(&coded_times)
            .zip(quarters(&coded))
            .map(|(by_time, by_threshold)| CrossTable::of(&by_time, &by_threshold));
        let classes = classify_by_rank(times, &[]);
        let listens = |person: usize| {
            PersonIndex::try_from(person).is_ok_and(|it| !graph.influences_on(it).is_empty())
        };
        let later: Vec<usize> =
            (0..times.len()).filter(|&it| times[it] != NEVER && times[it] > 0).collect();
        let is_without = |person: &&usize| thresholds.lag1[**person].unwrap_or(0.0) == 0.0;
        let listeners: Vec<usize> = later.iter().copied().filter(|&it| listens(it)).collect();
        let last = history.periods - 1;
        let exposure_now = (0..)
            .zip(times)
            .map(
                |(person, &time)| {
                    if time == NEVER { exposure(graph, times, person, last) } else { None }
                },
            )
            .collect();
        Lessons {
            periods: rows(history, &moran),
            moran_steps,
            by_rank: counts(&classes),
            by_deviation: counts(&classify_by_deviation(times, &[])),
            threshold_means: means(history, &thresholds, &coded),
            cross_table,
            without_adopted_contact: (later.iter().filter(is_without).count(), later.len()),
            without_among_listeners: (listeners.iter().filter(is_without).count(), listeners.len()),
            listen_to_nobody: (0..times.len()).filter(|&it| !listens(it)).count(),
            exposure_now,
            classes,
            thresholds,
            curve_fits,
            network_fits: network_fits.unwrap_or_default(),
            history: history.clone(),
        }
    }
}

fn counts(classes: &[Option<AdopterClass>]) -> [usize; 5] {
    AdopterClass::ALL.map(|class| classes.iter().filter(|&&it| it == Some(class)).count())
}

fn means(history: &History, thresholds: &Thresholds, coded: &[f64]) -> ThresholdMeans {
    let mean = |values: &mut dyn Iterator<Item = f64>| {
        let values: Vec<f64> = values.collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    // The rest of this line is netdiffuseR's: who listens to nobody counts 0.
    let of = |lag: &[Option<f64>], from: u32| {
        let adopters = history.times.iter().zip(lag).filter(|it| *it.0 != NEVER && *it.0 >= from);
        mean(&mut adopters.map(|(_, threshold)| threshold.unwrap_or(0.0)))
    };
    ThresholdMeans {
        adopters_lag0: of(&thresholds.lag0, 0),
        adopters_lag1: of(&thresholds.lag1, 1),
        everyone_coded: mean(&mut coded.iter().copied()),
        told_lag0: mean(&mut thresholds.lag0.iter().copied().flatten()),
    }
}

fn rows(history: &History, moran: &[Moran]) -> Vec<PeriodRow> {
    let people = history.times.len();
    let mut before = 0;
    (0..)
        .zip(history.new_adopters())
        .map(|(period, new_adopters)| {
            let cumulative_adopters = before + new_adopters;
            let of = |count: usize| new_adopters as f64 / count as f64;
            let row = PeriodRow {
                period,
                label: history.timeline.label(period.into()),
                new_adopters,
                cumulative_adopters,
                share: cumulative_adopters as f64 / people as f64,
                hazard: if period == 0 || before == people { 0.0 } else { of(people - before) },
                growth: (before > 0).then(|| of(before)),
                moran: moran.get(period as usize).copied(),
            };
            before = cumulative_adopters;
            row
        })
        .collect()
}
