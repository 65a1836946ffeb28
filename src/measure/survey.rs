//! Takes measures step by step, so that whoever waits can see how far it is and stop it.

use super::betweenness::BetweennessSearch;
use super::description::{Measure, Method};
use super::distances::{DistanceSearch, Distances};
use super::subject::Subject;

/// Numbers, and how far they may be from the truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// One per person, or a single one for the whole network; NaN where undefined.
    pub values: Vec<f64>,
    /// How they were sampled; `None` when they are exact.
    pub sample: Option<Sample>,
}

/// What an estimate rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Things drawn: paths, or people.
    pub size: usize,
    /// With a chance of [`Sample::CONFIDENCE`], no value is further than this from the truth.
    pub error: f64,
}

impl Sample {
    /// Chance that all values of an estimate are within its error.
    pub const CONFIDENCE: f64 = 0.95;
}

impl From<Vec<f64>> for Estimate {
    fn from(values: Vec<f64>) -> Self {
        Self { values, sample: None }
    }
}

/// What one measure came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which measure.
    pub measure: &'static Measure,
    /// Its numbers.
    pub estimate: Estimate,
}

/// Measures being taken of one [`Subject`], in the order asked for.
///
/// The answer does not depend on the number of threads, nor on what else is asked for.
pub struct Survey<'a> {
    subject: &'a Subject<'a>,
    wanted: Vec<&'static Measure>,
    found: Vec<Finding>,
    distances: Option<Distances>,
    search: Option<Search<'a>>,
}

enum Search<'a> {
    Distances(DistanceSearch<'a>),
    Betweenness(BetweennessSearch),
}

/// Parts that one measure makes of the progress bar.
const PARTS: u64 = 1000;

impl<'a> Survey<'a> {
    /// Nothing is measured yet.
    pub fn new(
        subject: &'a Subject<'a>,
        measures: impl IntoIterator<Item = &'static Measure>,
    ) -> Self {
        let wanted = measures.into_iter().collect();
        Self { subject, wanted, found: Vec::new(), distances: None, search: None }
    }

    /// Whether all measures are taken.
    pub fn is_done(&self) -> bool {
        self.found.len() == self.wanted.len()
    }

    /// How much is done, of how much.
    pub fn progress(&self) -> (u64, u64) {
        let (done, total) = match &self.search {
            Some(Search::Distances(search)) => search.progress(),
            Some(Search::Betweenness(search)) => search.progress(),
            None => (0, 1),
        };
        let parts = |measures: usize| PARTS * measures as u64;
        let within = PARTS * done as u64 / total.max(1) as u64;
        (parts(self.found.len()) + within, parts(self.wanted.len()))
    }

    /// Takes the next measure, or a bounded piece of a long search.
    pub fn step(&mut self) {
        let Some(&measure) = self.wanted.get(self.found.len()) else { return };
        let found = match measure.method {
            Method::People(compute) => Some(compute(self.subject).into()),
            Method::Network(compute) => Some(vec![compute(self.subject)].into()),
            Method::Distances(read) => self.step_distances(read),
            Method::Betweenness => self.step_betweenness(),
        };
        if let Some(estimate) = found {
            self.found.push(Finding { measure, estimate });
        }
    }

    /// All measures in the order asked for.
    ///
    /// # Panics
    /// When the survey is not done.
    pub fn finish(self) -> Vec<Finding> {
        assert!(self.is_done(), "every measure is taken before a survey is finished");
        self.found
    }

    fn step_distances(&mut self, read: fn(&Distances) -> Estimate) -> Option<Estimate> {
        if self.distances.is_none() {
            let mut search = match self.search.take() {
                Some(Search::Distances(search)) => search,
                _ => DistanceSearch::new(self.subject),
            };
            if search.step() {
                self.distances = Some(search.finish());
            } else {
                self.search = Some(Search::Distances(search));
            }
        }
        self.distances.as_ref().map(read)
    }

    fn step_betweenness(&mut self) -> Option<Estimate> {
        let mut search = match self.search.take() {
            Some(Search::Betweenness(search)) => search,
            _ => BetweennessSearch::of(self.subject),
        };
        if search.step(self.subject.graph) {
            Some(search.finish())
        } else {
            self.search = Some(Search::Betweenness(search));
            None
        }
    }
}
