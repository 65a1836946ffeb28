//! Cascades in which ties often pass and most people are reached: 64 coins in one word.
//!
//! A tie is looked at once per step for all lanes in which its person has just adopted
//! (bit-parallel breadth-first search, Then et al. 2014). The coins of one tie and chance `p` are
//! made from random words by comparing `p`, binary digit by digit, with a random number per lane: about two
//! words decide one lane and eight decide all 64.

use super::lanes::{Adoption, Block, LANES, Lanes, in_32_bits};
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::{Draws, Purpose, stream};
use rand::Rng;

/// Chances of all arcs, as 32 binary digits.
#[derive(Debug)]
pub(super) struct Words {
    arcs: Vec<Coin>,
}

#[derive(Clone, Copy, Debug)]
struct Coin {
    audience: PersonIndex,
    digits: u32,
}

/// Who adopts at the step under way, lane by lane; empty between runs.
#[derive(Debug, Default)]
pub(super) struct Fresh {
    lanes: Vec<u64>,
    people: Vec<PersonIndex>,
    newest: Vec<(PersonIndex, u64)>,
}

impl Words {
    /// Prepares the arcs of `graph` in their order; `chance` gives each arc's.
    pub(super) fn prepare(graph: &InfluenceGraph, chance: impl Fn(usize) -> f64) -> Self {
        let coin = |arc| Coin { audience: graph.audience_at(arc), digits: in_32_bits(chance(arc)) };
        Self { arcs: (0..graph.arcs()).map(coin).collect() }
    }

    /// Runs the lanes of `block` from the seeds that `lanes` begins with: O(arcs out of adopters),
    /// those of lanes that adopt at the same step together.
    pub(super) fn spread(
        &self,
        graph: &InfluenceGraph,
        lanes: &mut Lanes,
        fresh: &mut Fresh,
        rng_seed: u64,
        block: &Block,
        horizon: u32,
    ) {
        let draws = Self::draws(rng_seed, block);
        fresh.lanes.resize(graph.people(), 0);
        let seeds = lanes.at(lanes.newest()).chunk_by(|a, b| a.person == b.person);
        fresh.newest.clear();
        fresh.newest.extend(seeds.map(|of_one| (of_one[0].person, block.mask())));
        for _ in 0..horizon {
            for &(person, adopted) in &fresh.newest {
                let row = graph.arcs_from(person);
                for (arc, coin) in (row.start as u64..).zip(&self.arcs[row]) {
                    let before = &mut fresh.lanes[coin.audience as usize];
                    let open = adopted & !lanes.adopted(coin.audience) & !*before;
                    if open == 0 {
                        continue;
                    }
                    let live = coin.live(open, Draws::new(draws.bits(arc)));
                    if live != 0 && *before == 0 {
                        fresh.people.push(coin.audience);
                    }
                    *before |= live;
                }
            }
            fresh.newest.clear();
            for person in fresh.people.drain(..) {
                let adopted = std::mem::take(&mut fresh.lanes[person as usize]);
                lanes.adopt(person, adopted);
                fresh.newest.push((person, adopted));
            }
            if !lanes.close_step() {
                break;
            }
        }
    }
}

impl Words {
    /// What the coins of all lanes of a block are drawn from.
    pub(super) fn draws(rng_seed: u64, block: &Block) -> Draws {
        Draws::new(stream(rng_seed, Purpose::ReplicateBlock, block.number()).next_u64())
    }

    /// Whom the live ties of `adopters` lead to.
    pub(super) fn reach(
        &self,
        graph: &InfluenceGraph,
        adopters: &[Adoption],
        draws: Draws,
        reached: &mut Vec<Adoption>,
    ) {
        reached.clear();
        for &Adoption { person, lane } in adopters {
            let row = graph.arcs_from(person);
            for (arc, coin) in (row.start as u64..).zip(&self.arcs[row]) {
                if coin.live(1 << lane, Draws::new(draws.bits(arc))) != 0 {
                    reached.push(Adoption { person: coin.audience, lane });
                }
            }
        }
    }
}

impl Coin {
    /// Lanes of `open` in which the tie is live. A lane's coin is the same whatever else is open.
    fn live(self, open: u64, draws: Draws) -> u64 {
        if self.digits == u32::MAX {
            return open;
        }
        let (mut live, mut undecided, mut digits) = (0, open, self.digits);
        for word in 0..LANES {
            if undecided == 0 || digits == 0 {
                break;
            }
            // A lane's random digit below that of the chance makes it live, above it dead.
            let random = draws.bits(word);
            let ones = 0_u64.wrapping_sub(u64::from(digits >> 31));
            live |= undecided & !random & ones;
            undecided &= random ^ !ones;
            digits <<= 1;
        }
        live
    }
}
