//! Timing the window's frames, for the benches that drive the real window.

use std::time::{Duration, Instant};

use crate::common::Window;

/// Steps until no work is left.
pub fn at_rest(window: &mut Window) -> Duration {
    let since = Instant::now();
    let mut still = 0;
    while still < 20 {
        window.step();
        still = if window.state().is_busy() { 0 } else { still + 1 };
        std::thread::sleep(Duration::from_millis(3));
    }
    since.elapsed()
}

/// Time of `count` frames with the events that `act` makes before each. The thread sleeps after
/// every frame, which lets others have the processor and brings its own time up to date.
pub fn frames(
    window: &mut Window,
    count: usize,
    mut act: impl FnMut(&mut Window, usize),
) -> Vec<Duration> {
    let mut times = Vec::new();
    for frame in 0..count {
        act(window, frame);
        let start = Clock::now();
        window.step();
        let output = window.output();
        let triangles = window.ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
        std::hint::black_box(triangles);
        let passed = start.passed();
        std::thread::sleep(Duration::from_millis(8));
        times.push(start.on_processor().unwrap_or(passed));
    }
    times
}

/// Time that passed, and time that this thread had the processor.
struct Clock(Instant, Option<Duration>);

impl Clock {
    fn now() -> Self {
        Self(Instant::now(), thread_time())
    }

    fn passed(&self) -> Duration {
        self.0.elapsed()
    }

    fn on_processor(&self) -> Option<Duration> {
        thread_time()?.checked_sub(self.1?)
    }
}

/// This thread's time on a processor up to when it last slept.
fn thread_time() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Prints the median, the 95th percentile and the longest.
pub fn report(what: &str, times: &[Duration]) {
    let mut sorted: Vec<f64> = times.iter().map(|it| it.as_secs_f64() * 1e3).collect();
    sorted.sort_by(f64::total_cmp);
    let at = |percent: usize| sorted.get(sorted.len() * percent / 100).copied().unwrap_or(0.0);
    let (median, p95) = (at(50), at(95));
    let most = sorted.last().copied().unwrap_or(0.0);
    println!("{what:<38}{median:8.2} median{p95:8.2} p95{most:8.2} most ({} frames)", sorted.len());
}
