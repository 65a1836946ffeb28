//! Bass's `p`, `q` and `m` from the number of new adopters per period, by four methods.
//!
//! They answer differently for the same series (science.md 3.2), so a fit always says which one it
//! is. [`Method::Regression`] belongs to the discrete curve, the others to the continuous one; to
//! draw one with the numbers of the other is a mistake, so a fit brings its own curve along.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::estimate::Estimate;
use super::solve::{Matrix, inverse, normal_equations, times};

/// How a curve is laid through a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Regression of new adopters on cumulative ones and their square: the discrete curve
    /// (Bass 1969).
    Regression,
    /// Least squares of new adopters against `m f(t)` at `t = 1, 2, …`.
    Density,
    /// Least squares of new adopters against `m (F(t) - F(t-1))` (Srinivasan & Mason 1986).
    Intervals,
    /// Least squares of cumulative adopters against `m F(t)`, as netdiffuseR's `fitbass` does.
    Cumulative,
}

impl Method {
    /// Every method, in the order of science.md.
    pub const ALL: [Self; 4] = [Self::Regression, Self::Density, Self::Intervals, Self::Cumulative];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Regression => "regression, discrete curve (Bass 1969)",
            Self::Density => "least squares on the density",
            Self::Intervals => "least squares on intervals (Srinivasan & Mason)",
            Self::Cumulative => "least squares on the cumulative share (netdiffuseR)",
        }
    }
}

/// How many people will ever adopt.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Market {
    /// To be found out.
    Free,
    /// As many as this.
    Fixed(f64),
}

/// A Bass curve laid through a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BassFit {
    /// How it was done.
    pub method: Method,
    /// Coefficient of innovation, per period.
    pub p: Estimate,
    /// Coefficient of imitation, per period.
    pub q: Estimate,
    /// Market potential, in the unit of the series; without an error when it was given.
    pub m: Estimate,
    /// Sum of squared residuals.
    pub sse: f64,
    /// Residual standard error, `sqrt(sse / df)`.
    pub residual_se: f64,
    /// Degrees of freedom: periods less the numbers that were estimated.
    pub df: usize,
    /// New adopters per period on the curve.
    pub curve: Vec<f64>,
    /// True where the series does not tell the market and imitation apart: other markets fit about as
    /// well.
    pub is_flat: bool,
}

/// Why no curve could be laid through a series.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FitError {
    /// Fewer periods than numbers to estimate, or just as many.
    #[error("{periods} periods are too few to estimate {parameters} numbers from")]
    TooFew {
        /// Periods there are.
        periods: usize,
        /// Numbers to estimate.
        parameters: usize,
    },
    /// Nobody adopts in the series.
    #[error("nobody adopts in the series")]
    NoAdopters,
    /// Something in the series is no number of adopters.
    #[error("period {period} has {value} new adopters; it must be 0 or more")]
    BadValue {
        /// Which period, from 1.
        period: usize,
        /// What stands there.
        value: f64,
    },
    /// A market smaller than what was sold.
    #[error("a market of {market} is less than the {adopters} who have adopted")]
    MarketTooSmall {
        /// The market asked for.
        market: f64,
        /// Adopters in the series.
        adopters: f64,
    },
    /// The regression's parabola never comes down to zero.
    #[error(
        "the regression gives no market: new adopters do not fall as the others grow; watch longer, \
         or give the market"
    )]
    NoMarket,
}

impl BassFit {
    /// Lays a curve through `series`, the new adopters of periods 1, 2, … .
    ///
    /// # Errors
    /// A [`FitError`] when the series is too short, empty or senseless.
    pub fn of(series: &[f64], method: Method, market: Market) -> Result<Self, FitError> {
        let bad = series.iter().position(|it| !it.is_finite() || *it < 0.0);
        if let Some(at) = bad {
            return Err(FitError::BadValue { period: at + 1, value: series[at] });
        }
        let adopters: f64 = series.iter().sum();
        if adopters <= 0.0 {
            return Err(FitError::NoAdopters);
        }
        let parameters = match market {
            Market::Free => 3,
            Market::Fixed(_) => 2,
        };
        if series.len() <= parameters {
            return Err(FitError::TooFew { periods: series.len(), parameters });
        }
        if let Market::Fixed(market) = market
            && !(market.is_finite() && market >= adopters)
        {
            return Err(FitError::MarketTooSmall { market, adopters });
        }
        if method == Method::Regression {
            return regression(series, market);
        }
        Ok(Curve { series, method, market }.fit())
    }

    fn new(method: Method, [p, q, m]: [Estimate; 3], sse: f64, df: usize, curve: Vec<f64>) -> Self {
        let residual_se = (sse / df as f64).sqrt();
        let is_flat = false;
        Self { method, p, q, m, sse, residual_se, df, curve, is_flat }
    }

    /// New adopters per period on the curve, over `periods` of them from the first.
    pub fn extended(&self, periods: usize) -> Vec<f64> {
        let (p, q, m) = (self.p.value, self.q.value, self.m.value);
        match self.method {
            Method::Regression => {
                let mut adopted = 0.0;
                (0..periods)
                    .map(|_| {
                        let new = (p + q * adopted / m).min(1.0) * (m - adopted);
                        adopted += new;
                        new
                    })
                    .collect()
            }
            Method::Density => {
                (1..=periods).map(|t| m * Share::at(p, q, t as f64).density).collect()
            }
            Method::Intervals | Method::Cumulative => (1..=periods)
                .map(|t| {
                    let at = |t: usize| Share::at(p, q, t as f64).adopted;
                    m * (at(t) - at(t - 1))
                })
                .collect(),
        }
    }
}

/// `N = a + b Y + c Y²` with `a = p m`, `b = q - p`, `c = -q/m`; with the market given,
/// `N = p (m - Y) + q Y (m - Y) / m`.
fn regression(series: &[f64], market: Market) -> Result<BassFit, FitError> {
    let before: Vec<f64> = series
        .iter()
        .scan(0.0, |sum, new| {
            let before = *sum;
            *sum += new;
            Some(before)
        })
        .collect();
    let row = |&y: &f64| match market {
        Market::Free => vec![1.0, y, y * y],
        Market::Fixed(m) => vec![m - y, y * (m - y) / m],
    };
    let rows: Vec<Vec<f64>> = before.iter().map(row).collect();
    let (square, side) = normal_equations(&rows, series);
    let inverse = inverse(&square).ok_or(FitError::NoMarket)?;
    let found = times(&inverse, &side);
    let curve: Vec<f64> = times(&rows, &found);
    let sse: f64 = series.iter().zip(&curve).map(|(one, two)| (one - two).powi(2)).sum();
    let df = series.len() - found.len();
    let variance = sse / df as f64;
    let error = |gradient: &[f64]| {
        let along: f64 = times(&inverse, gradient).iter().zip(gradient).map(|(a, b)| a * b).sum();
        Some((variance * along).sqrt())
    };
    let estimates = match market {
        Market::Fixed(m) => {
            let of = |at: usize| {
                let mut gradient = vec![0.0; 2];
                gradient[at] = 1.0;
                Estimate { value: found[at], error: error(&gradient) }
            };
            [of(0), of(1), Estimate::given(m)]
        }
        Market::Free => {
            let [a, b, c] = [found[0], found[1], found[2]];
            let root = (b * b - 4.0 * a * c).sqrt();
            let m = (-b - root) / (2.0 * c);
            if !(c < 0.0 && m > 0.0 && m.is_finite()) {
                return Err(FitError::NoMarket);
            }
            // From `a + b m + c m² = 0`: dm/dx = -x' / (b + 2 c m), and the slope there is -root.
            let dm = [1.0 / root, m / root, m * m / root];
            let dp = [1.0 / m - a / (m * m) * dm[0], -a / (m * m) * dm[1], -a / (m * m) * dm[2]];
            let dq = [-c * dm[0], -c * dm[1], -m - c * dm[2]];
            [
                Estimate { value: a / m, error: error(&dp) },
                Estimate { value: -m * c, error: error(&dq) },
                Estimate { value: m, error: error(&dm) },
            ]
        }
    };
    let mut fit = BassFit::new(Method::Regression, estimates, sse, df, curve);
    fit.is_flat = tells_no_market(&fit);
    Ok(fit)
}

/// Whether the market could as well be none or twice as large, or imitation as well none: then the
/// curve does not tell the two apart.
fn tells_no_market(fit: &BassFit) -> bool {
    let is_blurred = |it: Estimate, part: f64| {
        it.error.is_some_and(|error| error.is_nan() || error > part * it.value)
    };
    is_blurred(fit.m, 1.0) || (fit.m.error.is_some() && is_blurred(fit.q, 0.5))
}

/// Share adopted at a time, the density there, and how both change with `p` and `q`.
struct Share {
    adopted: f64,
    density: f64,
    adopted_by: [f64; 2],
    density_by: [f64; 2],
}

impl Share {
    fn at(p: f64, q: f64, t: f64) -> Self {
        if t <= 0.0 {
            return Self { adopted: 0.0, density: p, adopted_by: [0.0; 2], density_by: [1.0, 0.0] };
        }
        // F = p(1-decay) / (p + q decay), a fraction of two terms that both change with p and q.
        let decay = (-(p + q) * t).exp();
        let (above, below) = (p * (1.0 - decay), p + q * decay);
        let fades = t * decay;
        let above_by = [(1.0 - decay) + p * fades, p * fades];
        let below_by = [1.0 - q * fades, decay - q * fades];
        let by = |at: usize| (above_by[at] * below - above * below_by[at]) / (below * below);
        let adopted_by = [by(0), by(1)];
        let adopted = above / below;
        let (rate, left) = (p + q * adopted, 1.0 - adopted);
        let density_by = [
            (1.0 + q * adopted_by[0]) * left - rate * adopted_by[0],
            (adopted + q * adopted_by[1]) * left - rate * adopted_by[1],
        ];
        Self { adopted, density: rate * left, adopted_by, density_by }
    }
}

/// A least-squares problem on the continuous curve.
struct Curve<'s> {
    series: &'s [f64],
    method: Method,
    market: Market,
}

impl Curve<'_> {
    /// Least chance that is told apart from none.
    const SMALLEST: f64 = 1e-12;

    fn fit(&self) -> BassFit {
        let targets = self.targets();
        let start = self.start(&targets);
        let (found, sse) = self.descend(start, &targets);
        let [p, q, m] = found;
        let free = self.free(found);
        let rows = self.rows(found, &free);
        let df = targets.len() - self.parameters();
        let variance = sse / df as f64;
        let (square, _) = normal_equations(&rows, &targets);
        let spread = inverse(&square);
        let error = |parameter: usize| {
            let at = free.iter().position(|&it| it == parameter)?;
            let spread = spread.as_ref()?;
            Some((variance * spread[at][at]).sqrt())
        };
        let estimates = [(p, 0), (q, 1), (m, 2)]
            .map(|(value, parameter)| Estimate { value, error: error(parameter) });
        let mut fit = BassFit::new(self.method, estimates, sse, df, Vec::new());
        fit.curve = fit.extended(self.series.len());
        fit.is_flat = self.market == Market::Free && (spread.is_none() || tells_no_market(&fit));
        fit
    }

    fn parameters(&self) -> usize {
        if self.market == Market::Free { 3 } else { 2 }
    }

    fn targets(&self) -> Vec<f64> {
        match self.method {
            Method::Cumulative => self
                .series
                .iter()
                .scan(0.0, |sum, new| {
                    *sum += new;
                    Some(*sum)
                })
                .collect(),
            _ => self.series.to_vec(),
        }
    }

    /// What the curve of a market of one has in period `t`, and its slopes.
    fn shape(&self, p: f64, q: f64, t: usize) -> (f64, [f64; 2]) {
        let now = Share::at(p, q, t as f64);
        match self.method {
            Method::Density => (now.density, now.density_by),
            Method::Cumulative => (now.adopted, now.adopted_by),
            _ => {
                let before = Share::at(p, q, t as f64 - 1.0);
                let slope = |at: usize| now.adopted_by[at] - before.adopted_by[at];
                (now.adopted - before.adopted, [slope(0), slope(1)])
            }
        }
    }

    fn shapes(&self, p: f64, q: f64) -> Vec<f64> {
        (1..=self.series.len()).map(|t| self.shape(p, q, t).0).collect()
    }

    /// The market that fits best to a shape.
    fn best_market(&self, shapes: &[f64], targets: &[f64]) -> f64 {
        match self.market {
            Market::Fixed(m) => m,
            Market::Free => {
                let squares: f64 = shapes.iter().map(|it| it * it).sum();
                let product: f64 = shapes.iter().zip(targets).map(|(a, b)| a * b).sum();
                product / squares
            }
        }
    }

    /// The best of a grid over many sizes of `p` and `q`: from there the descent finds the valley
    /// that it would miss from a wrong start.
    fn start(&self, targets: &[f64]) -> [f64; 3] {
        let powers = |from: i32, to: i32| (from..=to).map(|it| 10_f64.powf(f64::from(it) / 4.0));
        let mut best = ([0.01, 0.1, 1.0], f64::INFINITY);
        for p in powers(-32, 0) {
            for q in [0.0].into_iter().chain(powers(-16, 3)) {
                let shapes = self.shapes(p, q);
                let m = self.best_market(&shapes, targets);
                let sse = squares(&shapes, m, targets);
                if sse < best.1 {
                    best = ([p, q, m], sse);
                }
            }
        }
        best.0
    }

    /// Numbers that may move: not the market where it is given, nor `q` where it is at 0 and would
    /// have to become negative.
    fn free(&self, at: [f64; 3]) -> Vec<usize> {
        let mut free = vec![0];
        if at[1] > 0.0 {
            free.push(1);
        }
        if self.market == Market::Free {
            free.push(2);
        }
        free
    }

    /// Slopes of the curve in each period, by the numbers that may move.
    fn rows(&self, [p, q, m]: [f64; 3], free: &[usize]) -> Matrix {
        let row = |t: usize| {
            let (shape, by) = self.shape(p, q, t);
            let all = [m * by[0], m * by[1], shape];
            free.iter().map(|&it| all[it]).collect()
        };
        (1..=self.series.len()).map(row).collect()
    }

    /// Levenberg's and Marquardt's descent.
    fn descend(&self, start: [f64; 3], targets: &[f64]) -> ([f64; 3], f64) {
        const STEPS: usize = 500;
        let sse_at = |[p, q, m]: [f64; 3]| squares(&self.shapes(p, q), m, targets);
        let mut at = start;
        let mut sse = sse_at(at);
        let mut damping = 1e-3;
        for _ in 0..STEPS {
            // A `q` at 0 is let go again where the fit asks for it.
            let free: Vec<usize> =
                [0, 1, 2].into_iter().filter(|&it| it < self.parameters()).collect();
            let shapes = self.shapes(at[0], at[1]);
            let left: Vec<f64> =
                shapes.iter().zip(targets).map(|(shape, target)| target - at[2] * shape).collect();
            let (square, side) = normal_equations(&self.rows(at, &free), &left);
            let mut damped = square.clone();
            for (row, entry) in damped.iter_mut().enumerate() {
                entry[row] += damping * square[row][row] + f64::MIN_POSITIVE;
            }
            let Some(inverse) = inverse(&damped) else { break };
            let mut next = at;
            for (change, &parameter) in times(&inverse, &side).iter().zip(&free) {
                next[parameter] += change;
            }
            // A step beyond what is possible goes half the way to the end.
            next[0] = if next[0] < Self::SMALLEST { at[0] / 2.0 } else { next[0] };
            next[0] = next[0].max(Self::SMALLEST);
            next[1] = next[1].max(0.0);
            let next_sse = sse_at(next);
            if next_sse.is_finite() && next_sse <= sse {
                let moved = (0..3).map(|it| (next[it] - at[it]).abs() / at[it].abs().max(1e-9));
                let is_at_rest = moved.fold(0.0, f64::max) < 1e-12;
                (at, sse) = (next, next_sse);
                damping = (damping / 10.0).max(1e-14);
                if is_at_rest {
                    break;
                }
            } else {
                damping *= 10.0;
                if damping > 1e12 {
                    break;
                }
            }
        }
        (at, sse)
    }
}

fn squares(shapes: &[f64], m: f64, targets: &[f64]) -> f64 {
    shapes.iter().zip(targets).map(|(shape, target)| (target - m * shape).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sales of video recorders in the United States, 1980 to 1989, in thousands.
    const VCR: [f64; 10] =
        [840.0, 1470.0, 2110.0, 4000.0, 7590.0, 10950.0, 10530.0, 9470.0, 7790.0, 5890.0];
    /// Weekly revenue of the film "The Doctor", in millions of dollars.
    const DOCTOR: [f64; 12] = [0.1, 3.0, 5.2, 7.0, 5.25, 4.9, 3.0, 2.4, 1.9, 1.3, 0.8, 0.6];

    fn assert_near(value: f64, expected: f64, tolerance: f64) {
        assert!((value - expected).abs() <= tolerance, "{value} instead of {expected}");
    }

    #[test]
    fn video_recorders_by_three_methods() {
        let fit = BassFit::of(&VCR, Method::Density, Market::Free).expect("ten years");
        // What is published stopped a little before the valley's bottom, which lies at 67,980.908.
        assert_near(fit.m.value, 67_980.95, 0.05);
        assert_near(fit.m.value, 67_980.908_0, 0.000_1);
        assert_near(fit.m.error.expect("told"), 3_128.0, 0.5);
        assert_near(fit.p.value, 0.006_594_0, 5e-8);
        assert_near(fit.q.value, 0.638_090, 2e-6);
        assert_near(fit.residual_se, 727.2, 0.05);
        assert_eq!(fit.df, 7);
        assert!(!fit.is_flat);

        let fit = BassFit::of(&VCR, Method::Intervals, Market::Free).expect("ten years");
        assert_near(fit.m.value, 67_660.06, 0.05);
        assert_near(fit.p.value, 0.008_789_0, 5e-8);
        assert_near(fit.q.value, 0.642_158, 2e-6);

        let fit = BassFit::of(&VCR, Method::Regression, Market::Free).expect("ten years");
        assert_near(fit.m.value, 62_665.45, 0.005);
        assert_near(fit.p.value, 0.021_646_8, 5e-8);
        assert_near(fit.q.value, 0.680_525, 5e-7);
    }

    #[test]
    fn the_doctor_by_regression() {
        let fit = BassFit::of(&DOCTOR, Method::Regression, Market::Free).expect("twelve weeks");
        assert_near(fit.m.value, 34.8146, 5e-5);
        assert_near(fit.p.value, 0.073_571, 5e-7);
        assert_near(fit.q.value, 0.492_882, 5e-7);
        assert_near(fit.sse, 14.4961, 5e-5);
    }

    /// The error of a fit against how far refitted curves scatter: both ways of the same chance.
    #[test]
    fn errors_of_the_regression_are_those_of_its_slopes() {
        let fit = BassFit::of(&VCR, Method::Regression, Market::Free).expect("ten years");
        let variance = fit.residual_se.powi(2);
        // Differentiate the estimates numerically by each value, which scatters by the variance.
        let mut of = [0.0; 3];
        for at in 0..VCR.len() {
            let nudged = |by: f64| {
                // The regressors stay what they were: only the regressand scatters.
                nudged_regression(at, by)
            };
            let (more, less) = (nudged(1.0), nudged(-1.0));
            for (sum, it) in of.iter_mut().zip(0..3) {
                *sum += variance * ((more[it] - less[it]) / 2.0).powi(2);
            }
        }
        for (squared, estimate) in of.into_iter().zip([fit.p, fit.q, fit.m]) {
            let error = estimate.error.expect("told");
            assert_near(squared.sqrt(), error, 1e-3 * error);
        }
    }

    fn nudged_regression(at: usize, by: f64) -> [f64; 3] {
        let mut sum = 0.0;
        let rows: Vec<Vec<f64>> = VCR
            .iter()
            .map(|new| {
                let row = vec![1.0, sum, sum * sum];
                sum += new;
                row
            })
            .collect();
        let mut values = VCR.to_vec();
        values[at] += by;
        let (square, side) = normal_equations(&rows, &values);
        let found = times(&inverse(&square).expect("regular"), &side);
        let [a, b, c] = [found[0], found[1], found[2]];
        let m = (-b - (b * b - 4.0 * a * c).sqrt()) / (2.0 * c);
        [a / m, -c * m, m]
    }

    #[test]
    fn a_curve_without_noise_is_found_again() {
        for (p, q, m) in [(0.03, 0.38, 500.0), (0.000_02, 0.9, 1e7), (0.1, 0.0, 80.0)] {
            for method in [Method::Density, Method::Intervals, Method::Cumulative] {
                let estimates = [p, q, m].map(Estimate::given);
                let truth = BassFit::new(method, estimates, 0.0, 1, Vec::new());
                let series = truth.extended(25);
                for market in [Market::Free, Market::Fixed(m)] {
                    let fit = BassFit::of(&series, method, market).expect("a curve");
                    assert_near(fit.p.value, p, 1e-6 * p);
                    assert_near(fit.q.value, q, 1e-5 * q.max(0.01));
                    assert_near(fit.m.value, m, 1e-5 * m);
                }
            }
        }
        let estimates = [0.03, 0.38, 500.0].map(Estimate::given);
        let discrete = BassFit::new(Method::Regression, estimates, 0.0, 1, Vec::new());
        let series = discrete.extended(15);
        for market in [Market::Free, Market::Fixed(500.0)] {
            let fit = BassFit::of(&series, Method::Regression, market).expect("a curve");
            assert_near(fit.p.value, 0.03, 1e-8);
            assert_near(fit.q.value, 0.38, 1e-8);
        }
    }

    #[test]
    fn a_series_that_only_grows_tells_no_market() {
        let series: Vec<f64> = (0..8).map(|t| 2_f64.powi(t)).collect();
        let by_regression = BassFit::of(&series, Method::Regression, Market::Free);
        assert_eq!(by_regression, Err(FitError::NoMarket));
        let steady = [10.0, 11.0, 10.0, 9.0, 10.0, 10.0, 11.0, 10.0];
        let fit = BassFit::of(&steady, Method::Intervals, Market::Free).expect("it fits anything");
        assert!(fit.is_flat, "{fit:?}");
    }

    #[test]
    fn senseless_series_are_refused() {
        let refused = |series: &[f64], market| {
            BassFit::of(series, Method::Intervals, market).expect_err("senseless").to_string()
        };
        assert_eq!(
            refused(&[1.0, 2.0], Market::Free),
            "2 periods are too few to estimate 3 numbers from"
        );
        assert_eq!(refused(&[0.0; 9], Market::Free), "nobody adopts in the series");
        assert!(refused(&[1.0, -2.0, 1.0, 1.0], Market::Free).contains("period 2 has -2"));
        assert!(refused(&[1.0, f64::NAN, 1.0, 1.0], Market::Free).contains("period 2"));
        assert!(
            refused(&[4.0; 5], Market::Fixed(19.0)).contains("a market of 19 is less than the 20")
        );
    }
}
