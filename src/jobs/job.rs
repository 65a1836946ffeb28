//! One piece of work on a thread of its own.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;

/// What the work returns with `?` once it has been told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// The work's own result.
    Done(T),
    /// The work broke; the message is for the person.
    Failed(String),
    /// It was told to stop and did.
    Cancelled,
}

/// Running work: asked for its outcome with [`Job::poll`], told to stop when dropped.
#[derive(Debug)]
pub struct Job<T> {
    shared: Arc<Shared>,
    outcome: Receiver<Outcome<T>>,
    taken: bool,
}

impl<T: Send + 'static> Job<T> {
    /// Starts `work` on a thread called `name`. `wake` is called from that thread whenever there
    /// is something new to look at (progress, or the outcome), so that a sleeping window repaints.
    pub fn spawn(
        name: &str,
        wake: impl Fn() + Send + Sync + 'static,
        work: impl FnOnce(&Control) -> Result<T, Cancelled> + Send + 'static,
    ) -> Self {
        let shared = Arc::new(Shared::default());
        let (sender, outcome) = mpsc::channel();
        let control = Control { shared: Arc::clone(&shared), wake: Box::new(wake) };
        let failed_start = sender.clone();
        let body = move || {
            // Whatever the work left half-done is dropped with it, so nothing broken is seen.
            let ended = panic::catch_unwind(AssertUnwindSafe(|| work(&control)));
            // The receiver may be gone: then nobody wants the outcome.
            let _ = sender.send(match ended {
                Ok(Ok(value)) => Outcome::Done(value),
                Ok(Err(Cancelled)) => Outcome::Cancelled,
                Err(panic) => Outcome::Failed(panic_message(panic.as_ref())),
            });
            (control.wake)();
        };
        if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(body) {
            let reason = format!("The work “{name}” could not start: {error}.");
            let _ = failed_start.send(Outcome::Failed(reason));
        }
        Self { shared, outcome, taken: false }
    }
}

impl<T> Job<T> {
    /// The outcome, once; `None` while the work runs and after the outcome was handed out.
    /// A job that was cancelled says so even when the work finished all the same: its result is stale.
    pub fn poll(&mut self) -> Option<Outcome<T>> {
        if self.taken {
            return None;
        }
        let outcome = match self.outcome.try_recv() {
            Ok(Outcome::Done(_)) if self.shared.cancelled.load(Ordering::Relaxed) => {
                Outcome::Cancelled
            }
            Ok(outcome) => outcome,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => {
                Outcome::Failed("The work ended without a result.".to_owned())
            }
        };
        self.taken = true;
        Some(outcome)
    }

    /// Share of the work that is done, in 0..=1.
    pub fn progress(&self) -> f32 {
        f32::from_bits(self.shared.progress.load(Ordering::Relaxed))
    }

    /// True until the outcome was handed out.
    pub fn is_running(&self) -> bool {
        !self.taken
    }

    /// Tells the work to stop at its next [`Control::progress`].
    pub fn cancel(&self) {
        self.shared.cancelled.store(true, Ordering::Relaxed);
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// The work's side of a [`Job`].
pub struct Control {
    shared: Arc<Shared>,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Control {
    /// Says that `done` of `total` slices are through; call it between slices of ≲ 50 ms.
    ///
    /// # Errors
    /// [`Cancelled`] when the work should stop: pass it on with `?`.
    pub fn progress(&self, done: u64, total: u64) -> Result<(), Cancelled> {
        let share = if total == 0 { 0.0 } else { done.min(total) as f64 / total as f64 };
        #[expect(clippy::cast_possible_truncation, reason = "a share for a progress bar")]
        let share = share as f32;
        // Waking for every slice would repaint far more often than a bar can show.
        let before = self.shared.progress.swap(share.to_bits(), Ordering::Relaxed);
        if (share - f32::from_bits(before)).abs() >= 0.005 {
            (self.wake)();
        }
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// True when the work should stop.
    pub fn is_cancelled(&self) -> bool {
        self.shared.cancelled.load(Ordering::Relaxed)
    }

    /// Has the window look again, after publishing something in a [`super::Latest`].
    pub fn wake(&self) {
        (self.wake)();
    }
}

#[derive(Debug, Default)]
struct Shared {
    cancelled: AtomicBool,
    /// Bits of an `f32` in 0..=1.
    progress: AtomicU32,
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let reason = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given");
    format!("This went wrong inside Jaywalk: {reason}. Nothing you did is lost.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use std::time::{Duration, Instant};

    fn wait<T>(job: &mut Job<T>) -> Outcome<T> {
        let start = Instant::now();
        loop {
            if let Some(outcome) = job.poll() {
                return outcome;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "the job never ended");
            thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn done_is_handed_out_once_and_wakes() {
        let woken = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&woken);
        let wake = move || {
            seen.fetch_add(1, Ordering::SeqCst);
        };
        let mut job = Job::spawn("counting", wake, |control| {
            control.progress(1, 2)?;
            Ok(thread::current().name().map(str::to_owned))
        });
        assert_eq!(wait(&mut job), Outcome::Done(Some("counting".to_owned())));
        assert!((job.progress() - 0.5).abs() < f32::EPSILON);
        assert_eq!(job.poll(), None);
        assert!(!job.is_running());
        assert!(woken.load(Ordering::SeqCst) >= 1);
    }

    #[test]
    fn cancel_stops_at_the_next_slice() {
        let mut job = Job::<()>::spawn(
            "endless",
            || {},
            |control| {
                loop {
                    control.progress(0, 1)?;
                    thread::sleep(Duration::from_millis(1));
                }
            },
        );
        job.cancel();
        assert_eq!(wait(&mut job), Outcome::Cancelled);
    }

    #[test]
    fn dropping_cancels() {
        let (sender, stopped) = mpsc::channel();
        let job = Job::<()>::spawn(
            "dropped",
            || {},
            move |control| {
                while !control.is_cancelled() {
                    thread::sleep(Duration::from_millis(1));
                }
                sender.send(()).expect("the test waits");
                Err(Cancelled)
            },
        );
        drop(job);
        assert!(stopped.recv_timeout(Duration::from_secs(20)).is_ok());
    }

    #[test]
    fn a_result_that_came_after_cancelling_is_stale() {
        let (release, gate) = mpsc::channel::<()>();
        let mut job = Job::spawn(
            "late",
            || {},
            move |_| {
                gate.recv().expect("the test opens the gate");
                Ok(1)
            },
        );
        job.cancel();
        release.send(()).expect("the job waits");
        assert_eq!(wait(&mut job), Outcome::Cancelled);
    }

    #[test]
    fn a_panic_is_a_message() {
        let mut job = Job::<()>::spawn("broken", || {}, |_| panic!("index {} is out", 7));
        let Outcome::Failed(reason) = wait(&mut job) else { panic!("the job should fail") };
        assert!(reason.contains("index 7 is out"), "{reason}");
    }
}
