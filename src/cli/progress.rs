//! How far long work is, for somebody who waits at a terminal.

use std::io::{IsTerminal, Write, stderr};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::diffusion::Ensemble;
use crate::import;

/// Runs all replicates that are left, telling how far it is.
pub fn run_all(ensemble: &mut Ensemble) {
    let mut teller = Teller::new();
    while !ensemble.is_finished() {
        ensemble.step();
        teller.tell("simulating", f64::from(ensemble.done()) / f64::from(ensemble.total()));
    }
}

/// A line on standard error that is written over. Nothing is told in the first second, nor where
/// nobody watches.
pub struct Teller {
    next: Instant,
    watched: bool,
    told: bool,
}

impl Teller {
    const PAUSE: Duration = Duration::from_secs(1);

    /// A teller that starts to count its first second.
    pub fn new() -> Self {
        let watched = stderr().is_terminal();
        Self { next: Instant::now() + Self::PAUSE, watched, told: false }
    }

    /// Tells how far reading is.
    pub fn reading(&mut self, progress: &import::Progress) -> ControlFlow<()> {
        let share = progress.bytes_done as f64 / progress.bytes_total.max(1) as f64;
        self.tell("reading", share);
        // An interrupt ends the whole program.
        ControlFlow::Continue(())
    }

    /// Tells how far tying people is.
    pub fn assembling(&mut self, share: f64) -> ControlFlow<()> {
        self.tell("finding people and ties", share);
        ControlFlow::Continue(())
    }

    /// Tells which share of `what` is done, in 0..=1.
    pub fn tell(&mut self, what: &str, share: f64) {
        if self.watched && Instant::now() >= self.next {
            self.next = Instant::now() + Self::PAUSE;
            self.told = true;
            let percent = 100.0 * share.clamp(0.0, 1.0);
            // Without a terminal to write to there is nobody to tell.
            let _ = write!(stderr(), "\r\u{1b}[K{what} … {percent:.0} %");
        }
    }
}

impl Drop for Teller {
    /// Leaves the line empty.
    fn drop(&mut self) {
        if self.told {
            let _ = write!(stderr(), "\r\u{1b}[K");
        }
    }
}
