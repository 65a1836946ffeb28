//! What counts over random sets prove about reach.

/// Share of the best that greedy choice proves for models with diminishing returns: 1-1/e
/// (Nemhauser, Wolsey & Fisher 1978).
pub(super) const GREEDY_SHARE: f64 = 1.0 - 1.0 / std::f64::consts::E;

/// The expected number of sets met is never below this with probability `1-exp(-a)`, when `met`
/// of independent sets were met (Tang et al. 2018, lemma 4.2; it holds for sets of unlike chances
/// as for like ones, by the convexity of the bound they share).
pub(super) fn lowest(met: f64, a: f64) -> f64 {
    let root = (met + 2.0 * a / 9.0).sqrt() - (a / 2.0).sqrt();
    (root.max(0.0).powi(2) - a / 18.0).max(0.0)
}

/// The expected number of sets met is never above this with probability `1-exp(-a)`, when `met`
/// were met (Tang et al. 2018, lemma 4.3).
pub(super) fn highest(met: f64, a: f64) -> f64 {
    ((met + a / 2.0).sqrt() + (a / 2.0).sqrt()).powi(2)
}

/// The ends of the 95 % interval of a share of which `met` of `sets` were seen (Wilson 1927: sound
/// near 0 and 1).
pub(super) fn share(met: f64, sets: f64) -> (f64, f64) {
    const Z: f64 = 1.96;
    let mean = met / sets;
    let center = (mean + Z * Z / (2.0 * sets)) / (1.0 + Z * Z / sets);
    let half = Z / (1.0 + Z * Z / sets)
        * (mean * (1.0 - mean) / sets + Z * Z / (4.0 * sets * sets)).sqrt();
    ((center - half).clamp(0.0, mean), (center + half).clamp(mean, 1.0))
}

/// Half the 95 % interval of the mean of `values`, by Student's distribution (to within 1 %).
pub(super) fn half_interval(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let freedom = (count - 1.0).max(1.0);
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    // Cornish and Fisher's expansion of the quantile.
    let quantile = 1.96 + 2.372 / freedom + 2.822 / freedom.powi(2);
    quantile * (squares / freedom / count).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_enclose_the_count_and_close_in_on_it() {
        let a = 1000_f64.ln();
        for met in [1e2, 1e4, 1e6] {
            let (low, high) = (lowest(met, a), highest(met, a));
            assert!(low < met && met < high, "{low} {high}");
            assert!(high - low < 10.0 * met.sqrt(), "{low} {high}");
        }
        assert!(lowest(0.0, a).abs() < 1e-12);
    }

    #[test]
    fn the_interval_contains_the_mean_even_at_the_ends() {
        for met in [0.0, 1.0, 500.0, 1000.0] {
            let (low, high) = share(met, 1000.0);
            assert!(low <= met / 1000.0 && met / 1000.0 <= high, "{low} {high}");
            assert!(low >= 0.0 && high <= 1.0 && high > low);
        }
    }
}
