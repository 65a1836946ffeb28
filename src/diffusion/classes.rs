//! Rogers' five classes of adopters.
//!
//! Rogers cut the bell curve at the mean and one and two standard deviations. Real and simulated
//! curves are no bell: two deviations before the mean often lie before the start, and nobody is an
//! innovator. So the default here is the cut by rank (2.5, 13.5, 34, 34 and 16 % of the final
//! adopters), and the cut by deviation is there on request (science.md 1.9).

use serde::{Deserialize, Serialize};

use super::replicate::NEVER;
use crate::network::PersonIndex;

/// Who adopts when, relative to all who adopt. A place in an order, not a personality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdopterClass {
    /// The first 2.5 %.
    Innovator,
    /// The next 13.5 %.
    EarlyAdopter,
    /// The next 34 %, up to half.
    EarlyMajority,
    /// The next 34 %.
    LateMajority,
    /// The last 16 %.
    Laggard,
}

impl AdopterClass {
    /// Every class, the earliest first.
    pub const ALL: [Self; 5] = [
        Self::Innovator,
        Self::EarlyAdopter,
        Self::EarlyMajority,
        Self::LateMajority,
        Self::Laggard,
    ];

    /// Shares of adopters, in thousandths, at which one class ends and the next begins.
    const CUTS_PER_MILLE: [u16; 4] = [25, 160, 500, 840];

    /// Name on screen, for the class as a whole.
    pub fn label(self) -> &'static str {
        match self {
            Self::Innovator => "innovators",
            Self::EarlyAdopter => "early adopters",
            Self::EarlyMajority => "early majority",
            Self::LateMajority => "late majority",
            Self::Laggard => "laggards",
        }
    }

    /// Share of all adopters when cut by rank.
    pub fn share(self) -> f64 {
        match self {
            Self::Innovator => 0.025,
            Self::EarlyAdopter => 0.135,
            Self::EarlyMajority | Self::LateMajority => 0.34,
            Self::Laggard => 0.16,
        }
    }

    /// The class after the cuts that `is_past` says yes to.
    fn after(is_past: impl Fn(usize) -> bool) -> Self {
        Self::ALL[(0..4).take_while(|&cut| is_past(cut)).count()]
    }
}

/// Cuts adopters by rank: the first 2.5 % of them, the next 13.5 %, 34 %, 34 %, 16 %.
///
/// People who adopt at the same step are told apart by their number, because a cut by rank
/// has to split such ties somewhere; say so beside the picture. `seeds` are kept out (they adopt
/// because they were asked to); leave the list empty to count everyone. Non-adopters and seeds get
/// no class. The first adopter is always an innovator. O(people log people).
pub fn classify_by_rank(times: &[u32], seeds: &[PersonIndex]) -> Vec<Option<AdopterClass>> {
    let mut adopters = adopters_without(times, seeds);
    adopters.sort_unstable_by_key(|&person| (times[person], person));
    let mut classes = vec![None; times.len()];
    for (rank, &person) in adopters.iter().enumerate() {
        let is_past = |cut: usize| {
            rank * 1000 >= usize::from(AdopterClass::CUTS_PER_MILLE[cut]) * adopters.len()
        };
        classes[person] = Some(AdopterClass::after(is_past));
    }
    classes
}

/// Cuts adopters at `m-2s`, `m-s`, `m` and `m+s`, with `m` the mean and `s` the standard deviation
/// (`n-1`) of their times; a time equal to a cut falls into the later class.
///
/// Nobody gets a class when all adopt at the same step: there is no curve to cut. `seeds` as
/// in [`classify_by_rank`]. O(people).
pub fn classify_by_deviation(times: &[u32], seeds: &[PersonIndex]) -> Vec<Option<AdopterClass>> {
    let adopters = adopters_without(times, seeds);
    let mut classes = vec![None; times.len()];
    let count = adopters.len() as f64;
    let mean = adopters.iter().map(|&it| f64::from(times[it])).sum::<f64>() / count;
    let squares: f64 = adopters.iter().map(|&it| (f64::from(times[it]) - mean).powi(2)).sum();
    let sd = (squares / (count - 1.0)).sqrt();
    if sd > 0.0 {
        let cuts = [mean - 2.0 * sd, mean - sd, mean, mean + sd];
        for person in adopters {
            let time = f64::from(times[person]);
            classes[person] = Some(AdopterClass::after(|cut| time >= cuts[cut]));
        }
    }
    classes
}

fn adopters_without(times: &[u32], seeds: &[PersonIndex]) -> Vec<usize> {
    let mut counts: Vec<bool> = times.iter().map(|&time| time != NEVER).collect();
    for &seed in seeds {
        counts[seed as usize] = false;
    }
    (0..times.len()).filter(|&person| counts[person]).collect()
}

/// Where a curve of cumulative adopters passes from one class to the next, for the bell picture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassCuts {
    /// Fractional steps at which the curve passes 2.5, 16, 50 and 84 % of its final adopters.
    pub steps: [f64; 4],
}

impl ClassCuts {
    /// Cuts the curve (cumulative adopters at the end of steps 0, 1, …), reading it as straight
    /// between steps. `kept_out` adopters are taken off the whole curve: pass the number of seeds,
    /// or 0 to count them. `None` when nobody else adopts.
    pub fn of_curve(cumulative: &[f64], kept_out: f64) -> Option<Self> {
        let last = cumulative.last()? - kept_out;
        if last <= 0.0 {
            return None;
        }
        let passes = |per_mille: u16| {
            let level = kept_out + last * f64::from(per_mille) / 1000.0;
            let step = cumulative.partition_point(|&adopters| adopters < level);
            let step = step.min(cumulative.len() - 1);
            if step == 0 {
                return 0.0;
            }
            let (before, after) = (cumulative[step - 1], cumulative[step]);
            (step - 1) as f64 + ((level - before) / (after - before)).min(1.0)
        };
        Some(Self { steps: AdopterClass::CUTS_PER_MILLE.map(passes) })
    }

    /// The class of someone who adopts at this (fractional) step.
    pub fn class_at(&self, step: f64) -> AdopterClass {
        AdopterClass::after(|cut| step >= self.steps[cut])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(classes: &[Option<AdopterClass>]) -> [usize; 5] {
        AdopterClass::ALL.map(|class| classes.iter().filter(|&&it| it == Some(class)).count())
    }

    #[test]
    fn rank_cuts_have_rogers_shares() {
        let times: Vec<u32> = (0..1000).collect();
        assert_eq!(count(&classify_by_rank(&times, &[])), [25, 135, 340, 340, 160]);
        let shares: f64 = AdopterClass::ALL.map(AdopterClass::share).iter().sum();
        assert!((shares - 1.0).abs() < 1e-12);
    }

    #[test]
    fn ties_in_time_are_split_by_person() {
        let classes = classify_by_rank(&[5; 1000], &[]);
        assert_eq!(count(&classes), [25, 135, 340, 340, 160]);
        assert_eq!(classes[0], Some(AdopterClass::Innovator));
        assert_eq!(classes[999], Some(AdopterClass::Laggard));
    }

    #[test]
    fn seeds_and_non_adopters_have_no_class() {
        let classes = classify_by_rank(&[0, 3, NEVER, 1], &[0]);
        assert_eq!(classes[0], None);
        assert_eq!(classes[2], None);
        assert_eq!(classes[3], Some(AdopterClass::Innovator), "the first who was not asked");
        assert_eq!(count(&classify_by_rank(&[], &[])), [0; 5]);
    }

    #[test]
    fn deviation_cuts_where_rogers_did() {
        // Mean 5, sd 2.74 (n-1): cuts at -0.48, 2.26, 5 and 7.74; a time on a cut is later.
        let times = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        assert_eq!(count(&classify_by_deviation(&times, &[])), [0, 2, 2, 3, 2]);
        assert_eq!(count(&classify_by_deviation(&[4, 4, 4], &[])), [0; 5]);
        assert_eq!(count(&classify_by_deviation(&[4], &[])), [0; 5]);
    }

    #[test]
    fn cuts_of_a_straight_curve_lie_at_its_shares() {
        let line: Vec<f64> = (0..=100).map(f64::from).collect();
        let cuts = ClassCuts::of_curve(&line, 0.0).expect("somebody adopts");
        for (step, expected) in cuts.steps.into_iter().zip([2.5, 16.0, 50.0, 84.0]) {
            assert!((step - expected).abs() < 1e-9);
        }
        assert_eq!(cuts.class_at(2.4), AdopterClass::Innovator);
        assert_eq!(cuts.class_at(84.0), AdopterClass::Laggard);
    }

    #[test]
    fn seeds_can_be_kept_out_of_the_cut() {
        let curve = [10.0, 30.0, 50.0];
        let with = ClassCuts::of_curve(&curve, 0.0).expect("somebody adopts");
        let without = ClassCuts::of_curve(&curve, 10.0).expect("somebody adopts");
        assert_eq!(with.steps[0..2], [0.0, 0.0], "the seeds alone are 20 %");
        assert!((without.steps[2] - 1.0).abs() < 1e-12, "half of the other forty");
        assert_eq!(ClassCuts::of_curve(&[10.0, 10.0], 10.0), None);
        assert_eq!(ClassCuts::of_curve(&[], 0.0), None);
    }
}
