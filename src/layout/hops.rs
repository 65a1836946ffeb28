//! Steps along ties from a few people to everyone: what the large shape of the map is made from.
//!
//! Sixty-four breadth-first walks go at once, one per bit of a word, because in a network of
//! people they pass the same ties at nearly the same time. Source: Then et al., "The more the
//! merrier: efficient multi-source graph traversal", PVLDB 8(4), 2014. O(64 · (bodies + ties))
//! at worst, about as much as six single walks where everyone is near.

use rand::seq::index::sample;

use super::rows::Rows;
use crate::random::Stream;

/// Walks at once.
pub const PIVOTS: usize = 64;

/// Steps from each pivot to each body of a connected part.
#[derive(Clone, Debug)]
pub struct Hops {
    /// The bodies that the walks start from.
    pub pivots: Vec<u32>,
    /// Steps, a row of `pivots.len()` per body; more than 65 535 count as that.
    steps: Vec<u16>,
}

impl Hops {
    /// Number of bodies.
    pub fn bodies(&self) -> usize {
        self.steps.len() / self.pivots.len()
    }

    /// Steps to one body from each pivot.
    pub fn to(&self, body: usize) -> &[u16] {
        let pivots = self.pivots.len();
        &self.steps[body * pivots..][..pivots]
    }
}

/// The walks under way.
#[derive(Clone, Debug)]
pub struct Walks {
    hops: Hops,
    step: u16,
    /// Walks that have been at a body, as bits; those there now; those that will be next.
    been: Vec<u64>,
    here: Vec<u64>,
    next: Vec<u64>,
    /// Bodies where a walk is now, how many of them have been left, and where walks will be next.
    crowd: Vec<u32>,
    left: usize,
    next_crowd: Vec<u32>,
}

impl Walks {
    /// Walks from people drawn by chance, or from everyone where there are few.
    pub fn new(rows: &Rows, random: &mut Stream) -> Self {
        let bodies = rows.len();
        let mut pivots: Vec<u32> = if bodies <= PIVOTS {
            (0..).take(bodies).collect()
        } else {
            let drawn = sample(random, bodies, PIVOTS);
            drawn.into_iter().filter_map(|it| u32::try_from(it).ok()).collect()
        };
        pivots.sort_unstable();
        let mut here = vec![0; bodies];
        for (walk, &pivot) in pivots.iter().enumerate() {
            here[pivot as usize] = 1 << walk;
        }
        Self {
            step: 0,
            been: here.clone(),
            here,
            next: vec![0; bodies],
            crowd: pivots.clone(),
            left: 0,
            next_crowd: Vec::new(),
            hops: Hops { steps: vec![0; bodies * pivots.len()], pivots },
        }
    }

    /// Walks on for about `work` row entries; the steps once all walks have been everywhere.
    pub fn step(&mut self, rows: &Rows, work: &mut usize) -> Option<Hops> {
        while *work > 0 {
            let Some(&body) = self.crowd.get(self.left) else {
                self.arrive();
                if self.crowd.is_empty() {
                    let nothing = Hops { pivots: Vec::new(), steps: Vec::new() };
                    return Some(std::mem::replace(&mut self.hops, nothing));
                }
                continue;
            };
            self.left += 1;
            let here = std::mem::take(&mut self.here[body as usize]);
            let row = rows.of(body as usize);
            *work = work.saturating_sub(row.len() + 1);
            for &other in row {
                let new = here & !self.been[other as usize];
                if new != 0 {
                    let next = &mut self.next[other as usize];
                    if *next == 0 {
                        self.next_crowd.push(other);
                    }
                    *next |= new;
                }
            }
        }
        None
    }

    /// Notes who has been reached by one more step.
    fn arrive(&mut self) {
        self.step = self.step.saturating_add(1);
        self.left = 0;
        std::mem::swap(&mut self.crowd, &mut self.next_crowd);
        self.next_crowd.clear();
        let pivots = self.hops.pivots.len();
        for &body in &self.crowd {
            let body = body as usize;
            let mut new = std::mem::take(&mut self.next[body]);
            self.been[body] |= new;
            self.here[body] = new;
            while new != 0 {
                self.hops.steps[body * pivots + new.trailing_zeros() as usize] = self.step;
                new &= new - 1;
            }
        }
    }
}
