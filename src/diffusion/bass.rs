//! Bass's curve of adoption in a population where everyone meets everyone (Bass 1969).
//!
//! The continuous curve `F(t)` and the discrete recursion that Bass fitted are different
//! curves for the same `p` and `q`; never fit with one and draw with the other.

use super::{Hazard, Scenario, ScenarioError};

/// Coefficients of innovation `p` and imitation `q`, per unit of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BassCurve {
    p: f64,
    q: f64,
}

impl BassCurve {
    /// # Errors
    /// When `p` or `q` is negative, infinite or no number.
    pub fn new(p: f64, q: f64) -> Result<Self, ScenarioError> {
        let contagion = super::Contagion::Bass { p, q, hazard: Hazard::Exponential };
        Scenario { contagion, ..Scenario::default() }.check()?;
        Ok(Self { p, q })
    }

    /// Share `F(t)` of the market that has adopted by time `t`.
    pub fn cumulative(self, t: f64) -> f64 {
        if self.p <= 0.0 || t <= 0.0 {
            return 0.0;
        }
        let decay = (-(self.p + self.q) * t).exp();
        (1.0 - decay) / (1.0 + self.q / self.p * decay)
    }

    /// Share `f(t)` that adopts per unit of time at `t`: `(p + q F)(1 - F)`.
    pub fn density(self, t: f64) -> f64 {
        let adopted = self.cumulative(t);
        (self.p + self.q * adopted) * (1.0 - adopted)
    }

    /// Time of most new adopters, `ln(q/p)/(p+q)`; `None` when the curve only falls (`q <= p`).
    pub fn peak(self) -> Option<f64> {
        (self.q > self.p && self.p > 0.0).then(|| (self.q / self.p).ln() / (self.p + self.q))
    }

    /// Time by which half have adopted, `ln(2+q/p)/(p+q)`; infinite for `p = 0`.
    pub fn half_time(self) -> f64 {
        (2.0 + self.q / self.p).ln() / (self.p + self.q)
    }

    /// Mean time of adoption, `ln(1+q/p)/q` (`1/p` without imitation); infinite for `p = 0`.
    pub fn mean_time(self) -> f64 {
        if self.q > 0.0 { (self.q / self.p).ln_1p() / self.q } else { 1.0 / self.p }
    }

    /// The tipping marks: inflections of the density before and after its peak,
    /// `t* -+ ln(2+sqrt 3)/(p+q)` (Mahajan, Muller & Srivastava 1990). `None` without a peak. The
    /// first may lie before time 0.
    pub fn inflections(self) -> Option<(f64, f64)> {
        let half_width = (2.0 + 3.0_f64.sqrt()).ln() / (self.p + self.q);
        self.peak().map(|peak| (peak - half_width, peak + half_width))
    }

    /// Bass's discrete recursion: share adopted at the end of periods `0..=periods`, from
    /// `N = (p + q F)(1 - F)`. The chance `p + q F` is held to 1, which the bare recursion exceeds
    /// when `q` is near 1 or more.
    pub fn discrete(self, periods: usize) -> Vec<f64> {
        let next =
            |&adopted: &f64| Some(adopted + (self.p + self.q * adopted).min(1.0) * (1.0 - adopted));
        std::iter::successors(Some(0.0), next).take(periods + 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(value: f64, expected: f64, tolerance: f64) {
        assert!((value - expected).abs() <= tolerance, "{value} instead of {expected}");
    }

    #[test]
    fn the_average_product_of_sultan_farley_and_lehmann() {
        let curve = BassCurve::new(0.03, 0.38).expect("plain numbers");
        let peak = curve.peak().expect("imitation prevails");
        assert_near(peak, 6.192_619_197, 1e-9);
        assert_near(curve.cumulative(peak), 0.460_526_315_8, 1e-9);
        assert_near(curve.density(peak), 0.110_592_105_3, 1e-9);
        assert_near(curve.half_time(), 6.550_188_647, 1e-9);
        assert_near(curve.cumulative(curve.half_time()), 0.5, 1e-12);
        assert_near(curve.mean_time(), 6.881_473_1, 1e-7);
        for (time, adopted) in [(5.0, 0.331_198_642), (10.0, 0.812_803_221), (20.0, 0.996_259_415)]
        {
            assert_near(curve.cumulative(time), adopted, 1e-9);
        }
        let (first, second) = curve.inflections().expect("there is a peak");
        assert_near(first, 2.980_526_766, 1e-9);
        assert_near(second, 9.404_711_629, 1e-9);
    }

    #[test]
    fn the_discrete_curve_is_another_one() {
        let curve = BassCurve::new(0.03, 0.38).expect("plain numbers").discrete(20);
        assert_eq!((curve.len(), curve[0]), (21, 0.0));
        assert_near(curve[5], 0.272_906_838_7, 1e-9);
        assert_near(curve[10], 0.782_642_569_2, 1e-9);
        let new = |period: &usize| curve[*period] - curve[*period - 1];
        let peak = (1..=20).max_by(|a, b| new(a).total_cmp(&new(b)));
        assert_eq!(peak, Some(8));
    }

    #[test]
    fn no_share_exceeds_one() {
        // Hybrid corn: the bare recursion reaches 1.00003 in period 8.
        let corn = BassCurve::new(0.0388, 1.005_34).expect("plain numbers").discrete(30);
        assert!(corn.iter().all(|&share| share <= 1.0));
        assert_near(corn[8], 1.0, 1e-9);
    }

    #[test]
    fn without_imitation_there_is_no_hump() {
        let curve = BassCurve::new(0.03, 0.0).expect("plain numbers");
        assert_eq!((curve.peak(), curve.inflections()), (None, None));
        assert_near(curve.cumulative(10.0), 0.259_181_779, 1e-9);
        assert_near(curve.mean_time(), 1.0 / 0.03, 1e-9);
    }

    #[test]
    fn without_innovation_nothing_starts() {
        let curve = BassCurve::new(0.0, 0.38).expect("plain numbers");
        assert_near(curve.cumulative(100.0), 0.0, 0.0);
        assert!(curve.half_time().is_infinite() && curve.mean_time().is_infinite());
        assert!(BassCurve::new(-0.1, 0.38).is_err() && BassCurve::new(0.1, f64::NAN).is_err());
    }
}
