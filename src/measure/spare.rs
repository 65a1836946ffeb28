//! Working memory that is handed from one piece of parallel work to the next.

use std::sync::{Mutex, PoisonError};

/// Big scratch arrays, as many as pieces of work run at once.
pub(super) struct Spare<T> {
    idle: Mutex<Vec<T>>,
}

impl<T> Spare<T> {
    pub(super) fn new() -> Self {
        Self { idle: Mutex::new(Vec::new()) }
    }

    /// Lends one that is idle, or a new one, to `work`.
    pub(super) fn lend<R>(&self, new: impl FnOnce() -> T, work: impl FnOnce(&mut T) -> R) -> R {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut lent = idle.unwrap_or_else(new);
        let result = work(&mut lent);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(lent);
        result
    }
}
