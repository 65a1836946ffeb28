//! Everything a study found out.

use serde::{Deserialize, Serialize};

use super::bass_fit::{BassFit, FitError, Market, Method};
use super::exposure::Thresholds;
use super::history::History;
use super::moran::Moran;
use super::network_fit::NetworkFit;
use super::quarters::CrossTable;
use crate::diffusion::{AdopterClass, Hazard};
use crate::network::PersonIndex;

/// One period of what was watched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeriodRow {
    /// Number of the period, from 0.
    pub period: u32,
    /// Its name: the year, the month, the day on which it begins, the number in the file.
    pub label: String,
    /// People who adopted in it.
    pub new_adopters: usize,
    /// People who had adopted by its end.
    pub cumulative_adopters: usize,
    /// The same as a share of everyone.
    pub share: f64,
    /// Share of those left before it who adopted in it; 0 in the first, before which nobody watched.
    pub hazard: f64,
    /// New adopters over those there were before it; `None` in the first.
    pub growth: Option<f64>,
    /// Whether adopters listen to adopters; `None` where nobody listens to anybody.
    pub moran: Option<Moran>,
}

/// Mean exposure at adoption, in the ways that are in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ThresholdMeans {
    /// Adopters, exposure in the period of adoption. Who listens to nobody counts 0.
    pub adopters_lag0: f64,
    /// Adopters after the first period, exposure in the period before. Who listens to nobody counts 0.
    pub adopters_lag1: f64,
    /// Everyone, non-adopters coded as adopters of the period after the last.
    pub everyone_coded: f64,
    /// Adopters who listen to somebody, exposure in the period of adoption.
    pub told_lag0: f64,
}

/// One way to lay a Bass curve through what was observed.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveFit {
    /// By which method.
    pub method: Method,
    /// With which market.
    pub market: Market,
    /// What came out, or why nothing did.
    pub outcome: Result<BassFit, FitError>,
}

/// What was found out from a history.
#[derive(Clone, Debug, PartialEq)]
pub struct Lessons {
    /// Who adopted in which period.
    pub history: History,
    /// Period by period.
    pub periods: Vec<PeriodRow>,
    /// Steps up to which people count in Moran's I: 6, or 1 (direct contacts) in a large network.
    pub moran_steps: u8,
    /// Rogers' class of each adopter by rank.
    pub classes: Vec<Option<AdopterClass>>,
    /// Adopters per Rogers' class, cut by rank.
    pub by_rank: [usize; 5],
    /// Adopters per Rogers' class, cut by mean and standard deviation.
    pub by_deviation: [usize; 5],
    /// Exposure at adoption, per person.
    pub thresholds: Thresholds,
    /// Its means.
    pub threshold_means: ThresholdMeans,
    /// netdiffuseR's classes by time and threshold, non-adopters coded as adopters of the period after
    /// the last; `None` where all values are alike.
    pub cross_table: Option<CrossTable>,
    /// Adopters after the first period who had no adopter among those they listen to the period before,
    /// and all of them.
    pub without_adopted_contact: (usize, usize),
    /// The same among those who listen to somebody.
    pub without_among_listeners: (usize, usize),
    /// People who listen to nobody.
    pub listen_to_nobody: usize,
    /// Exposure of each non-adopter at the end of watching; `None` for adopters and for who listens to
    /// nobody.
    pub exposure_now: Vec<Option<f64>>,
    /// Curves laid through the new adopters, with the market as large as the network and with a
    /// market of their own.
    pub curve_fits: Vec<CurveFit>,
    /// `p` and `q` from the network, per rule; empty when nobody adopted after the first period.
    pub network_fits: Vec<NetworkFit>,
}

impl Lessons {
    /// The curve that was fitted by this method with this kind of market.
    pub fn curve_fit(&self, method: Method, is_free: bool) -> Option<&CurveFit> {
        let wanted = |it: &&CurveFit| it.method == method && (it.market == Market::Free) == is_free;
        self.curve_fits.iter().find(wanted)
    }

    /// The network's `p` and `q` under this rule.
    pub fn network_fit(&self, hazard: Hazard) -> Option<&NetworkFit> {
        self.network_fits.iter().find(|it| it.hazard == hazard)
    }

    /// Non-adopters whose exposure is at least that at which the median adopter adopted, the most
    /// exposed first: ripe to be asked.
    pub fn ripe(&self) -> Vec<(PersonIndex, f64)> {
        let mut told: Vec<f64> = self.thresholds.lag0.iter().copied().flatten().collect();
        told.sort_by(f64::total_cmp);
        let Some(&median) = told.get(told.len() / 2) else { return Vec::new() };
        let exposed = (0..).zip(&self.exposure_now).filter_map(|(it, now)| Some((it, (*now)?)));
        let mut ripe: Vec<(PersonIndex, f64)> =
            exposed.filter(|&(_, now)| now > 0.0 && now >= median - 1e-12).collect();
        ripe.sort_by(|one, two| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0)));
        ripe
    }

    /// Period by whose end half of all people had adopted, where they have.
    pub fn half_adopted(&self) -> Option<&PeriodRow> {
        self.periods.iter().find(|it| it.share >= 0.5)
    }
}
