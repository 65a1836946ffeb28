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
}

/// Stream `index` of `purpose` under `rng_seed`.
pub fn stream(rng_seed: u64, purpose: Purpose, index: u64) -> Stream {
    // Three rounds of the SplitMix64 finaliser keep neighbouring inputs far apart.
    let mixed = mix(mix(mix(rng_seed).wrapping_add(purpose as u64)).wrapping_add(index));
    Stream::seed_from_u64(mixed)
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
