//! F6: work beside the window: worker threads, progress, cancelling, newest values.
//!
//! Engines are steppers that know neither threads nor clocks; whoever wants an answer wraps one
//! in a [`Job`] and polls it once per frame:
//!
//! ```
//! use jaywalk::jobs::{Job, Outcome};
//!
//! let mut job = Job::spawn("adding", || {}, |control| {
//!     let mut sum = 0;
//!     for i in 0..100_u64 {
//!         control.progress(i, 100)?;
//!         sum += i;
//!     }
//!     Ok(sum)
//! });
//! let outcome = loop {
//!     if let Some(outcome) = job.poll() {
//!         break outcome;
//!     }
//!     std::thread::yield_now();
//! };
//! assert_eq!(outcome, Outcome::Done(4950));
//! ```

mod job;
mod latest;
pub mod threads;

pub use job::{Cancelled, Control, Job, Outcome};
pub use latest::Latest;
