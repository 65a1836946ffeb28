//! F0: named random streams.
//!
//! Chance comes only from here. Every purpose has streams of its own, derived from one
//! `rng_seed`, so that a new draw in one engine never shifts the numbers of another, and
//! replicate *i* always uses stream *i*, whichever thread or shard runs it.

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

/// The generator behind every stream: small, quick, and the same on every platform.
pub type Stream = Xoshiro256PlusPlus;

/// What a stream is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// One replicate of a forecast.
    Replicate = 1,
    /// Reverse-reachable sets that seeds are chosen from.
    SeedSets = 2,
    /// Independent reverse-reachable sets that reach is estimated from.
    ReachSets = 3,
    /// Baseline strategies that draw people.
    SeedStrategy = 4,
    /// Starting positions of a layout.
    Layout = 5,
    /// Order of visits when finding communities.
    Communities = 6,
    /// People to whom everyone's distance is measured.
    Distances = 11,
    /// Random shortest paths.
    Paths = 12,
    /// What the replicates of one block of a forecast share.
    ReplicateBlock = 16,
    /// Worlds of live ties that seeds are chosen from.
    SeedWorlds = 21,
    /// Independent worlds of live ties that reach is estimated from.
    ReachWorlds = 22,
    /// Reverse-reachable sets that prove what a choice is worth.
    ProofSets = 23,
    /// Reverse-reachable sets that captains of neighborhoods are found by.
    CaptainSets = 31,
    /// Random people engaged in one replicate of a comparison of strategies.
    RandomSeeds = 32,
    /// Friends of random people engaged in one replicate of a comparison of strategies.
    FriendSeeds = 33,
    /// Whom a broadcast reaches in one replicate of a comparison of strategies, and who responds.
    Broadcast = 34,
    /// Who converted whom in one replicate, where several may have.
    Conversions = 35,
    /// An invented network.
    Attachment = 36,
}

/// Stream `index` of `purpose` under `rng_seed`.
pub fn stream(rng_seed: u64, purpose: Purpose, index: u64) -> Stream {
    // Three rounds of the SplitMix64 finaliser keep neighbouring inputs far apart.
    let mixed = mix(mix(mix(rng_seed).wrapping_add(purpose as u64)).wrapping_add(index));
    Stream::seed_from_u64(mixed)
}

/// Numbered draws of one stream, in any order: draw *i* is output *i* of the `SplitMix64`
/// generator started at `key`.
///
/// An engine that asks for "the draw of tie 17" gets the same number whatever it asked before, so
/// two simulations with the same key meet the same chances (common random numbers) and differ
/// only in what was changed between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    key: u64,
}

impl Draws {
    /// Draws under `key`, itself taken from a [`stream`].
    pub fn new(key: u64) -> Self {
        Self { key }
    }

    /// 64 random bits.
    pub fn bits(self, index: u64) -> u64 {
        mix(self.key.wrapping_add(index.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// Uniform in the half-open interval (0, 1].
    pub fn unit(self, index: u64) -> f64 {
        unit(self.bits(index))
    }
}

/// The upper 53 of 64 random bits as a uniform number in the half-open interval (0, 1].
pub fn unit(bits: u64) -> f64 {
    ((bits >> 11) + 1) as f64 / (1_u64 << 53) as f64
}

/// Finaliser of `SplitMix64` (Steele, Lea & Flood 2014): a bijection that spreads every input bit.
fn mix(input: u64) -> u64 {
    let mut z = input.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn draws_do_not_depend_on_their_order() {
        let draws = Draws::new(7);
        let forth: Vec<u64> = (0..50).map(|i| draws.bits(i)).collect();
        let back: Vec<u64> = (0..50).rev().map(|i| draws.bits(i)).rev().collect();
        assert_eq!(forth, back);
        let mean = (0..100_000).map(|i| draws.unit(i)).sum::<f64>() / 1e5;
        assert!((mean - 0.5).abs() < 0.004, "4 standard errors are 0.0037, got {mean}");
        assert!(unit(0) > 0.0 && unit(u64::MAX) <= 1.0);
    }

    #[test]
    fn streams_repeat_and_differ() {
        let first = |seed, purpose, index| stream(seed, purpose, index).next_u64();
        assert_eq!(first(1, Purpose::Replicate, 7), first(1, Purpose::Replicate, 7));
        let others = [
            first(1, Purpose::Replicate, 8),
            first(2, Purpose::Replicate, 7),
            first(1, Purpose::Layout, 7),
        ];
        assert!(others.iter().all(|&it| it != first(1, Purpose::Replicate, 7)));
    }
}
