//! Fading buzz and sceptics where everyone meets everyone: the equations of science.md 1.8.

use super::scenario::SeizRates;

/// Share of people whom a fading buzz (SIR) reaches in the end, from a vanishing start, when one
/// talker wins `r0` others in a fresh crowd: the largest root of `z = 1-exp(-r0 z)`.
pub fn sir_final_share(r0: f64) -> f64 {
    let mut share = 1.0;
    for _ in 0..10_000 {
        let next = 1.0 - f64::exp(-r0 * share);
        if (next - share).abs() < 1e-15 {
            break;
        }
        share = next;
    }
    share
}

/// Share that has adopted by time `t` when nobody falls silent (SI, the logistic curve), from a share
/// of `start` and at rate `beta`.
pub fn si_share(start: f64, beta: f64, t: f64) -> f64 {
    let growth = (beta * t).exp();
    start * growth / (1.0 - start + start * growth)
}

/// Shares of people in each state of SEIZ; they sum to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SeizShares {
    /// S: have not heard.
    pub not_heard: f64,
    /// E: have heard and think about it.
    pub thinking: f64,
    /// I: have adopted.
    pub adopted: f64,
    /// Z: never will.
    pub sceptic: f64,
}

impl SeizShares {
    /// The shares after `time`, by Runge and Kutta's fourth-order rule in steps of a hundredth of
    /// a unit of time at most.
    #[must_use]
    pub fn after(self, rates: &SeizRates, time: f64) -> Self {
        let steps = (time * 100.0).ceil().max(1.0);
        let dt = time / steps;
        let mut now = self;
        let mut done = 0.0;
        while done < steps {
            let k1 = now.change(rates);
            let k2 = now.plus(k1, dt / 2.0).change(rates);
            let k3 = now.plus(k2, dt / 2.0).change(rates);
            let k4 = now.plus(k3, dt).change(rates);
            now = now.plus(k1, dt / 6.0).plus(k2, dt / 3.0).plus(k3, dt / 3.0).plus(k4, dt / 6.0);
            done += 1.0;
        }
        now
    }

    fn change(self, rates: &SeizRates) -> Self {
        let SeizRates { beta, b, p, l, rho, epsilon, .. } = *rates;
        let by_adopters = beta * self.not_heard * self.adopted;
        let by_sceptics = b * self.not_heard * self.sceptic;
        let made_up = rho * self.thinking * self.adopted + epsilon * self.thinking;
        Self {
            not_heard: -by_adopters - by_sceptics,
            thinking: (1.0 - p) * by_adopters + (1.0 - l) * by_sceptics - made_up,
            adopted: p * by_adopters + made_up,
            sceptic: l * by_sceptics,
        }
    }

    fn plus(self, change: Self, by: f64) -> Self {
        Self {
            not_heard: self.not_heard + change.not_heard * by,
            thinking: self.thinking + change.thinking * by,
            adopted: self.adopted + change.adopted * by,
            sceptic: self.sceptic + change.sceptic * by,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn final_shares_are_the_published_ones() {
        for (r0, share) in [(1.5, 0.58281), (2.0, 0.79681), (3.0, 0.94048)] {
            assert!((sir_final_share(r0) - share).abs() < 5e-6, "{r0}");
        }
        assert!(sir_final_share(0.9) < 1e-6, "it never takes hold");
    }

    #[test]
    fn without_thinking_and_sceptics_it_is_the_logistic_curve() {
        let rates = SeizRates { beta: 0.7, p: 1.0, ..SeizRates::NONE };
        let start = SeizShares { not_heard: 0.99, adopted: 0.01, ..SeizShares::default() };
        for t in [1.0, 5.0, 12.5] {
            let shares = start.after(&rates, t);
            assert!((shares.adopted - si_share(0.01, 0.7, t)).abs() < 1e-8, "{t}");
        }
    }
}
