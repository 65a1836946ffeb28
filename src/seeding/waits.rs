//! Waiting times without memory: the exponential distribution of mean 1.

use rand::Rng;

use crate::random::Stream;

/// Slabs of equal area under the density: one for each byte.
const SLABS: usize = 256;
/// Where the lowest slab's tail begins, and the area of a slab (Marsaglia & Tsang 2000, table 1).
const TAIL: f64 = 7.697_117_470_131_05;
const AREA: f64 = 0.003_949_659_822_581_557;

/// Draws waiting times by the ziggurat method (Marsaglia & Tsang 2000): one table look-up and one
/// multiplication in 98.9 % of the draws, less than half the time of a logarithm.
pub(super) struct Waits {
    /// Right ends of the slabs, the lowest and widest slab first.
    width: [f64; SLABS + 1],
    /// The density there.
    height: [f64; SLABS + 1],
}

impl Waits {
    pub(super) fn new() -> Self {
        let mut width = [0.0; SLABS + 1];
        width[0] = AREA / (-TAIL).exp();
        width[1] = TAIL;
        for slab in 2..SLABS {
            let below = width[slab - 1];
            width[slab] = -(AREA / below + (-below).exp()).ln();
        }
        Self { width, height: width.map(|it| (-it).exp()) }
    }

    /// One waiting time.
    #[inline]
    pub(super) fn draw(&self, rng: &mut Stream) -> f64 {
        loop {
            let bits = rng.next_u64();
            let slab = usize::from(bits.to_le_bytes()[0]);
            let wait = unit(bits) * self.width[slab];
            if wait < self.width[slab + 1] {
                return wait;
            }
            if slab == 0 {
                // What is left of a long wait is as long as any wait.
                return TAIL + self.draw(rng);
            }
            let (low, high) = (self.height[slab], self.height[slab + 1]);
            if low + (high - low) * unit(rng.next_u64()) < (-wait).exp() {
                return wait;
            }
        }
    }
}

/// The upper 53 of 64 random bits as a uniform number in the half-open interval [0, 1).
#[inline]
pub(super) fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};

    #[test]
    fn waits_are_as_long_as_the_distribution_says() {
        let waits = Waits::new();
        let mut rng = stream(1, Purpose::SeedSets, 0);
        let drawn: Vec<f64> = (0..200_000).map(|_| waits.draw(&mut rng)).collect();
        for limit in [0.01, 0.1, 0.5, 1.0, 3.0, TAIL, 9.0] {
            let count = drawn.iter().filter(|&&wait| wait > limit).count() as f64;
            let expected = (-limit).exp();
            let slack = 4.0 * (200_000.0 * expected * (1.0 - expected)).sqrt();
            let count = count - 200_000.0 * expected;
            assert!(count.abs() <= slack, "beyond {limit}: {count} more than expected, ± {slack}");
        }
    }
}
