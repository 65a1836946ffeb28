//! How far a long read is, for somebody who waits at a terminal.

use std::io::{IsTerminal, Write, stderr};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::import;

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
        self.tell("reading", share)
    }

    /// Tells how far tying people is.
    pub fn assembling(&mut self, share: f64) -> ControlFlow<()> {
        self.tell("finding people and ties", share)
    }

    fn tell(&mut self, what: &str, share: f64) -> ControlFlow<()> {
        if self.watched && Instant::now() >= self.next {
            self.next = Instant::now() + Self::PAUSE;
            self.told = true;
            let percent = 100.0 * share.clamp(0.0, 1.0);
            // Without a terminal to write to there is nobody to tell.
            let _ = write!(stderr(), "\r\u{1b}[K{what} … {percent:.0} %");
        }
        // An interrupt ends the whole program.
        ControlFlow::Continue(())
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
