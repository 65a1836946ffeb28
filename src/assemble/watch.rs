//! Telling how far an assembling is, and hearing whether to go on.

use std::ops::ControlFlow;

/// The assembling was told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// Whoever waits is told after this many records or people, a few milliseconds of work.
const EVERY: usize = 1 << 14;

/// Walks through the parts of an assembling, each of which takes a share of the whole.
pub(super) struct Watch<'a> {
    tell: &'a mut dyn FnMut(f64) -> ControlFlow<()>,
    from: f64,
    to: f64,
}

impl<'a> Watch<'a> {
    pub(super) fn new(tell: &'a mut dyn FnMut(f64) -> ControlFlow<()>) -> Self {
        Self { tell, from: 0.0, to: 0.0 }
    }

    /// Begins the next part, which ends at a share of the whole in 0..=1.
    pub(super) fn part(&mut self, to: f64) -> Result<(), Stopped> {
        self.from = self.to;
        self.to = to;
        self.pass(0, 1)
    }

    /// Says that `done` of the `total` pieces of this part are through.
    #[inline]
    pub(super) fn pass(&mut self, done: usize, total: usize) -> Result<(), Stopped> {
        if done.is_multiple_of(EVERY) { self.tell(done, total) } else { Ok(()) }
    }

    /// The same, at once.
    pub(super) fn tell(&mut self, done: usize, total: usize) -> Result<(), Stopped> {
        let share = done as f64 / total.max(1) as f64;
        match (self.tell)(self.from + (self.to - self.from) * share) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stopped),
        }
    }
}
