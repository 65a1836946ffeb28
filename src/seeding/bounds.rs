//! What counts over random sets prove about reach.

use super::estimator::Reach;

/// Share of the best that greedy choice proves for models with diminishing returns: 1-1/e
/// (Nemhauser, Wolsey & Fisher 1978).
pub(super) const GREEDY_SHARE: f64 = 1.0 - 1.0 / std::f64::consts::E;

/// The reach of a set never below this with probability `1-exp(-a)`, when independent sets were met
/// `met` times out of `sets` (Tang et al. 2018, lemma 4.2).
pub(super) fn lowest(met: f64, sets: f64, people: f64, a: f64) -> f64 {
    let root = (met + 2.0 * a / 9.0).sqrt() - (a / 2.0).sqrt();
    ((root.max(0.0).powi(2) - a / 18.0) * people / sets).max(0.0)
}

/// The best reach never above this with probability `1-exp(-a)`, when no choice meets more than
/// `at_most` of `sets` (Tang et al. 2018, lemma 4.3).
pub(super) fn highest(at_most: f64, sets: f64, people: f64, a: f64) -> f64 {
    ((at_most + a / 2.0).sqrt() + (a / 2.0).sqrt()).powi(2) * people / sets
}

/// Reach and its 95 % interval from a share of sets met (Wilson 1927: sound for shares near 0 and
/// 1); the `seeds` themselves adopt in any case.
pub(super) fn reach(met: f64, sets: f64, people: f64, seeds: f64) -> Reach {
    const Z: f64 = 1.96;
    let share = met / sets;
    let center = (share + Z * Z / (2.0 * sets)) / (1.0 + Z * Z / sets);
    let half = Z / (1.0 + Z * Z / sets)
        * (share * (1.0 - share) / sets + Z * Z / (4.0 * sets * sets)).sqrt();
    let mean = people * share;
    Reach {
        mean,
        low: (people * (center - half)).max(seeds).min(mean),
        high: (people * (center + half)).min(people).max(mean),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_enclose_the_estimate_and_close_in_on_it() {
        let a = 1000_f64.ln();
        for sets in [1e3, 1e5, 1e7] {
            let (low, high) =
                (lowest(0.1 * sets, sets, 500.0, a), highest(0.1 * sets, sets, 500.0, a));
            assert!(low < 50.0 && 50.0 < high, "{low} {high}");
            assert!(high - low < 5e4 / sets.sqrt(), "{low} {high}");
        }
        assert!(lowest(0.0, 100.0, 500.0, a).abs() < 1e-12);
    }

    #[test]
    fn the_interval_contains_the_mean_even_at_the_ends() {
        for met in [0.0, 1.0, 500.0, 1000.0] {
            let reach = reach(met, 1000.0, 200.0, 0.0);
            assert!(reach.low <= reach.mean && reach.mean <= reach.high, "{reach:?}");
            assert!(reach.low >= 0.0 && reach.high <= 200.0 && reach.high > reach.low);
        }
    }
}
