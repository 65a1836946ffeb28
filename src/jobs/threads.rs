//! Threads for the engines' parallel loops.

use std::num::NonZeroUsize;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// A pool of `count` threads; 0 means one per core. Engines use whichever pool they are called in
/// (`pool.install(…)`), and never give another answer with another count.
///
/// # Errors
/// When the system refuses to start the threads.
pub fn pool(count: usize) -> Result<ThreadPool, ThreadPoolBuildError> {
    let count = if count == 0 { cores() } else { count };
    ThreadPoolBuilder::new()
        .num_threads(count)
        .thread_name(|index| format!("engine {index}"))
        .build()
}

/// Number of cores this process may use.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Threads for work behind the window: one core is left to the window itself.
pub fn beside_the_window() -> usize {
    cores().saturating_sub(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_has_the_threads_it_was_asked_for() {
        for (asked, threads) in [(1, 1), (3, 3), (0, cores())] {
            let pool = pool(asked).expect("threads start");
            assert_eq!(pool.install(rayon::current_num_threads), threads);
        }
        assert!(beside_the_window() >= 1);
    }
}
