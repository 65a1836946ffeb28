//! How far the mean of a sample may be from the truth, for everyone at once.

use super::survey::Sample;

/// A bound on the error of sampled means, one mean per person from the same draws.
///
/// The empirical Bernstein bound: with a chance of at least 1-δ' the mean of t independent draws
/// in 0..=r with sample variance V is within √(2V ln(3/δ')/t) + 3r ln(3/δ')/t of the truth. With
/// δ' = δ/people that holds for everyone together with a chance of 1-δ, δ = 5 %. Sources: Audibert,
/// Munos & Szepesvári 2009, theorem 1; Maurer & Pontil 2009.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound {
    draws: f64,
    log: f64,
}

impl Bound {
    pub(super) fn new(draws: usize, people: usize) -> Self {
        let miss = (1.0 - Sample::CONFIDENCE) / people.max(1) as f64;
        Self { draws: draws as f64, log: (3.0 / miss).ln() }
    }

    /// Half-width around a mean of draws in `0..=range`, whose squares have the mean `of_squares`.
    pub(super) fn around(self, mean: f64, of_squares: f64, range: f64) -> f64 {
        let variance = (of_squares - mean * mean).max(0.0);
        (2.0 * variance * self.log / self.draws).sqrt() + 3.0 * range * self.log / self.draws
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_is_as_worked_out_by_hand() {
        // ln(3 · 20 people / .05) = ln 1200 = 7.0901.
        let bound = Bound::new(1000, 20);
        // A coin: √(2 · .25 · 7.0901/1000) + 3 · 7.0901/1000 = .05954 + .02127.
        assert!((bound.around(0.5, 0.5, 1.0) - 0.08081).abs() < 1e-5);
        // Without any variance only the second part is left; rounding must not make it NaN.
        assert!((bound.around(0.3, 0.09 - 1e-18, 1.0) - 0.02127).abs() < 1e-5);
    }
}
