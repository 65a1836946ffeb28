//! How good the map is beside graphviz sfdp (`quality`), how soon a large one can be read (`readable`), and milliseconds per iteration of the
//! layout, on one core and on two.
//!
//! Iterations are timed on invented networks: groups of a hundred people, nine ties in ten inside a group.
//! An iteration is one [`ForceLayout::step`] after the start and twenty steps of warming up.

#[path = "../../tests/map_quality/mod.rs"]
#[allow(dead_code, reason = "tests measure more")]
mod map_quality;
mod quality;
mod readable;

use std::collections::BTreeMap;
use std::sync::Arc;

use divan::Bencher;
use jaywalk::layout::{ForceLayout, LayoutSettings};
use jaywalk::network::{InfluenceArc, InfluenceGraph};
use jaywalk::random::{Purpose, stream};
use rand::RngExt;
use rayon::ThreadPoolBuilder;

fn main() {
    // `cargo bench --bench layout iteration` asks for less.
    let asked = |what: &str| std::env::args().skip(1).all(|it| it.starts_with('-') || it == what);
    if asked("quality") {
        quality::print();
    }
    if asked("readable") {
        readable::print();
    }
    divan::main();
}

/// Threads and people; five ties per person.
const CASES: [(usize, u32); 4] = [(1, 10_000), (2, 10_000), (1, 100_000), (2, 100_000)];

fn groups(people: u32) -> InfluenceGraph {
    let mut random = stream(1, Purpose::Layout, 1_000);
    let arcs = (0..5 * people).map(|_| {
        let influencer = random.random_range(0..people);
        let inside = influencer / 100 * 100 + random.random_range(0..100);
        let anywhere = random.random_range(0..people);
        let audience = if random.random_bool(0.9) { inside } else { anywhere };
        InfluenceArc { influencer, audience, ties: 1, value: 0.1 }
    });
    InfluenceGraph::from_arcs(people as usize, arcs)
}

#[divan::bench(args = CASES, sample_count = 60, sample_size = 1)]
fn iteration(bencher: Bencher<'_, '_>, (threads, people): (usize, u32)) {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let graph = Arc::new(groups(people));
    let mut layout =
        ForceLayout::new(Arc::clone(&graph), LayoutSettings::default(), None, &BTreeMap::new());
    pool.install(|| {
        while layout.is_starting() {
            layout.step();
        }
        (0..20).for_each(|_| {
            layout.step();
        });
    });
    bencher.bench_local(|| pool.install(|| layout.step()));
}

#[divan::bench(args = [10_000, 100_000], sample_count = 3, sample_size = 1)]
fn start(bencher: Bencher<'_, '_>, people: u32) {
    let graph = Arc::new(groups(people));
    bencher.bench_local(|| {
        let mut layout =
            ForceLayout::new(Arc::clone(&graph), LayoutSettings::default(), None, &BTreeMap::new());
        while layout.is_starting() {
            layout.step();
        }
    });
}
