//! What every part that works in the background needs: a way to wake the window, a pool of its own,
//! and the shape of an answer.

use std::sync::Arc;

use egui::Context;

use crate::jobs::{Job, Outcome, threads};

/// The result of work, or what to say.
pub type Answer<T> = Result<T, String>;

/// An `Arc` that equals only itself.
#[derive(Debug)]
pub struct Shared<T>(pub Arc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Has the window look again.
pub fn waker(ctx: &Context) -> impl Fn() + Send + Sync + 'static {
    let ctx = ctx.clone();
    move || ctx.request_repaint()
}

/// Runs engines on all cores but the window's.
pub fn in_pool<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match threads::pool(threads::beside_the_window()) {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Takes the outcome out of a slot whose job has ended.
pub fn take<T: Send + 'static>(slot: &mut Option<Job<T>>) -> Option<Outcome<T>> {
    let outcome = slot.as_mut()?.poll()?;
    *slot = None;
    Some(outcome)
}
