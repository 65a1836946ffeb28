//! How far an import is, and whether it should go on.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

use super::Progress;

/// Tells the caller how far the import is, and hears whether to go on.
pub(super) struct Watch<'p> {
    progress: RefCell<&'p mut dyn FnMut(Progress) -> ControlFlow<()>>,
    path: RefCell<String>,
    /// Bytes of the files read before the one at hand.
    before: Cell<u64>,
    total: u64,
    /// Bytes told last: a file that is read twice does not take progress back.
    told: Cell<u64>,
    stopped: Cell<bool>,
}

impl<'p> Watch<'p> {
    pub fn new(progress: &'p mut dyn FnMut(Progress) -> ControlFlow<()>, total: u64) -> Self {
        Self {
            progress: RefCell::new(progress),
            path: RefCell::default(),
            before: Cell::new(0),
            total,
            told: Cell::new(0),
            stopped: Cell::new(false),
        }
    }

    /// Says that `path` is looked at from now on, and asks whether to.
    pub fn begin(&self, path: &str) -> ControlFlow<()> {
        path.clone_into(&mut self.path.borrow_mut());
        self.tick(0)
    }

    /// `done` is the number of bytes read in the file at hand.
    pub fn tick(&self, done: u64) -> ControlFlow<()> {
        if self.stopped.get() {
            return ControlFlow::Break(());
        }
        self.told.set(self.told.get().max((self.before.get() + done).min(self.total)));
        let answer = (self.progress.borrow_mut())(Progress {
            path: self.path.borrow().clone(),
            bytes_done: self.told.get(),
            bytes_total: self.total,
        });
        self.stopped.set(answer.is_break());
        answer
    }

    /// Whether the caller wants no more.
    pub fn is_stopped(&self) -> bool {
        self.stopped.get()
    }

    /// The file at hand has been read.
    pub fn end(&self, size: u64) {
        self.before.set(self.before.get() + size);
    }
}
