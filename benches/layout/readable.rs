//! How soon a map of 100,000 people and 500,000 ties can be read, on two threads.
//!
//! A map can be read when its stress is at most 1.1 times what it is at rest, and it keeps at least
//! nine tenths of the neighborhoods that it keeps then.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jaywalk::layout::{ForceLayout, LayoutSettings, LayoutState, Point};
use rayon::ThreadPoolBuilder;

use crate::groups;
use crate::map_quality::{neighborhood_preservation, neighbors, stress};

const PEOPLE: u32 = 100_000;
/// People from whom distances are measured.
const SOURCES: usize = 100;
/// Steps between two looks.
const STRIDE: usize = 10;

/// Prints when there is a first picture, when it can be read, and when it is at rest.
pub fn print() {
    let graph = Arc::new(groups(PEOPLE));
    let rows = neighbors(&graph);
    let pool = ThreadPoolBuilder::new().num_threads(2).build().expect("threads");
    let mut looks: Vec<(usize, Duration, Vec<Point>)> = Vec::new();
    let mut time = Duration::ZERO;
    let mut step = 0;
    let since = Instant::now();
    let mut layout = ForceLayout::new(graph, LayoutSettings::default(), None, &BTreeMap::new());
    time += since.elapsed();
    loop {
        let starting = layout.is_starting();
        let since = Instant::now();
        let state = pool.install(|| layout.step());
        time += since.elapsed();
        step += 1;
        let first = starting && !layout.is_starting();
        let at_rest = state == LayoutState::Settled;
        if first || at_rest || (!starting && step % STRIDE == 0) {
            looks.push((step, time, layout.positions().to_vec()));
        }
        if at_rest {
            break;
        }
    }
    let quality = |places: &[Point]| {
        let kept = neighborhood_preservation(&rows, places, SOURCES);
        (stress(&rows, places, SOURCES), kept)
    };
    let Some((_, _, rested)) = looks.last() else { return };
    let (least, most) = quality(rested);
    println!("{PEOPLE} people, 500000 ties, two threads");
    for (at, (step, time, places)) in looks.iter().enumerate() {
        let (stress, kept) = quality(places);
        let what = match () {
            () if at == 0 => "first picture",
            () if at + 1 == looks.len() => "at rest",
            () if stress <= 1.1 * least && kept >= 0.9 * most => "can be read",
            () => "",
        };
        let secs = time.as_secs_f64();
        println!("  step {step:4} {secs:6.2} s  stress {stress:.4}  kept {kept:.3}  {what}");
    }
}
