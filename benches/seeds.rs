//! Choosing seeds: time and reach for k = 50 on reference networks, where these are at hand.
//!
//! `cargo bench --bench seeds` prints a table: processor time on one thread, time with two threads
//! as a share of that with one, ratio of the time to a plain loop's in the same run beside the ratio of
//! the quickest peer, reach measured by independent simulation and its share of the best that a
//! peer found. Then it times the search on an invented network, which needs no file. Networks are gzipped edge lists
//! (`person person`, one pair per line) in `shared/data/networks` beside the repository or under
//! `JAYWALK_SHARED`.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use jaywalk::diffusion::{Contagion, Model, Scenario, TieProbability, TieWeight};
use jaywalk::network::{InfluenceArc, InfluenceGraph, PersonIndex};
use jaywalk::random::{Purpose, stream};
use jaywalk::seeding::{SeedRequest, SeedSearch};
use rand::RngExt;
use rayon::prelude::*;

/// File, whether its ties run both ways, and per model (weighted cascade, linear threshold,
/// p = .01, p = .1) the best reach that any of SUBSIM, OPIM-C, HIST and SKIM found, and the
/// processor time of the quickest of them, as a ratio to [`plain_cascades`]. The times were taken
/// beside that loop on a busy machine and hold to a third or so; those for the linear threshold
/// are converted from times of another machine.
const NETWORKS: [(&str, bool, [f64; 4], [f64; 4]); 4] = [
    ("nethept", true, [936.1, 1198.5, 70.2, 963.5], [14.0, 6.7, 500.0, 4.2]),
    ("wiki-vote", false, [668.9, 795.4, 273.6, 1863.1], [0.85, 0.47, 1.9, 6.8]),
    ("ego-facebook", true, [1210.0, 2185.8, 434.3, 3123.2], [0.63, 0.64, 2.1, 0.7]),
    ("epinions-u", true, [16642.4, 26335.5, 2208.4, 18151.7], [0.17, 0.22, 23.0, 0.8]),
];

const MODELS: [(&str, Contagion); 4] = [
    ("wc", Contagion::IndependentCascade(TieProbability::Weighted)),
    ("lt", Contagion::LinearThreshold(TieWeight::Equal)),
    ("p0.01", Contagion::IndependentCascade(TieProbability::Uniform(0.01))),
    ("p0.1", Contagion::IndependentCascade(TieProbability::Uniform(0.1))),
];

fn main() {
    table();
    divan::main();
}

/// Searches that a time is the mean of.
const TIMES: u32 = 10;

fn table() {
    println!(
        "{:<13} {:<6} {:>9} {:>9} {:>9} {:>8} {:>8} {:>9} {:>7} {:>6}  estimator",
        "network",
        "model",
        "ms",
        "2 threads",
        "plain ms",
        "ratio",
        "peers'",
        "reach",
        "of best",
        "proof"
    );
    for (name, mutual, best, peers) in NETWORKS {
        let Some(graph) = read(name, mutual) else { continue };
        for ((label, contagion), (best, peer)) in
            MODELS.into_iter().zip(best.into_iter().zip(peers))
        {
            let model = model(&graph, contagion);
            let choice = search(&model, 50);
            let seeds: Vec<PersonIndex> = choice.seeds.iter().map(|seed| seed.person).collect();
            let alone = on_threads(1, || {
                let worked = worked_ms();
                (0..TIMES).for_each(|_| drop(search(&model, 50)));
                (worked_ms() - worked) / f64::from(TIMES)
            });
            let [one, two] = [1, 2].map(|threads| {
                let fastest = (0..TIMES).map(|_| {
                    on_threads(threads, || {
                        let start = Instant::now();
                        drop(search(&model, 50));
                        start.elapsed().as_secs_f64()
                    })
                });
                fastest.fold(f64::INFINITY, f64::min)
            });
            let worked = worked_ms();
            plain_cascades(&graph, contagion, &seeds);
            let plain = (worked_ms() - worked) / 10.0;
            let reach = simulated(&model, &seeds);
            println!(
                "{name:<13} {label:<6} {alone:>9.2} {:>9.2} {plain:>9.2} {:>8.2} {peer:>8.2} {reach:>9.1} {:>7.4} {:>6.3}  {:?} {:.1}",
                two / one,
                alone / plain,
                reach / best,
                choice.guarantee.unwrap_or(0.0),
                choice.estimator,
                choice.reach.mean,
            );
        }
    }
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(work)
}

/// Processor time of this thread so far in milliseconds; not a number where the system has no
/// `/proc`. On a busy machine it says more than the clock.
fn worked_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split_whitespace().next().and_then(|field| field.parse::<f64>().ok());
    nanoseconds.map_or(f64::NAN, |it| it / 1e6)
}

/// Cascades that the loop of known cost stands for.
const CASCADES: u32 = 100;

/// The loop of known cost that times are compared with, ten times over: cascades from `seeds`, a coin
/// per tie from a xorshift generator (of the weighted cascade where the model is no cascade).
fn plain_cascades(graph: &InfluenceGraph, contagion: Contagion, seeds: &[PersonIndex]) -> usize {
    let chance = |person: PersonIndex| match contagion {
        Contagion::IndependentCascade(TieProbability::Uniform(p)) => p,
        _ => 1.0 / f64::from(graph.ties_into(person)),
    };
    let live_below: Vec<f64> =
        (0..).take(graph.people()).map(|person| chance(person) * (1_u64 << 53) as f64).collect();
    let mut state = 88_172_645_463_325_252_u64;
    let mut adopted = vec![0; graph.people()];
    let mut adopters = 0;
    for run in 1..=10 * CASCADES {
        let mut queue = seeds.to_vec();
        for &seed in seeds {
            adopted[seed as usize] = run;
        }
        let mut next = 0;
        while let Some(&influencer) = queue.get(next) {
            next += 1;
            for &person in graph.audience_of(influencer) {
                if adopted[person as usize] == run {
                    continue;
                }
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                if ((state >> 11) as f64) < live_below[person as usize] {
                    adopted[person as usize] = run;
                    queue.push(person);
                }
            }
        }
        adopters += queue.len();
    }
    std::hint::black_box(adopters)
}

fn search(model: &Arc<Model>, k: usize) -> jaywalk::seeding::SeedChoice {
    SeedSearch::new(Arc::clone(model), SeedRequest::best(k)).expect("a sound request").run()
}

fn model(graph: &Arc<InfluenceGraph>, contagion: Contagion) -> Arc<Model> {
    let scenario = Scenario { contagion, steps: Scenario::MAX_STEPS, ..Scenario::default() };
    Arc::new(Model::new(Arc::clone(graph), None, None, &scenario).expect("a sound scenario"))
}

/// Mean adopters over 4,000 replicates that the search never saw.
fn simulated(model: &Model, seeds: &[PersonIndex]) -> f64 {
    let adopters: usize = (0..4000_u64)
        .into_par_iter()
        .map_init(
            || model.scratch(),
            |scratch, replicate| {
                model.run(seeds, replicate, scratch);
                scratch.adopters().len()
            },
        )
        .sum();
    adopters as f64 / 4000.0
}

fn read(name: &str, mutual: bool) -> Option<Arc<InfluenceGraph>> {
    let folder = std::env::var_os("JAYWALK_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")),
        PathBuf::from,
    );
    let path = folder.join(format!("data/networks/{name}.txt.gz"));
    let unpacked = Command::new("gzip").arg("-dc").arg(path).output().ok()?;
    let pairs: Vec<(PersonIndex, PersonIndex)> = String::from_utf8(unpacked.stdout)
        .ok()?
        .lines()
        .filter_map(|line| {
            let (a, b) = line.split_once(' ')?;
            Some((a.parse().ok()?, b.trim().parse().ok()?))
        })
        .collect();
    let people = pairs.iter().map(|&(a, b)| a.max(b) as usize + 1).max()?;
    Some(graph(people, &pairs, mutual))
}

fn graph(people: usize, pairs: &[(PersonIndex, PersonIndex)], mutual: bool) -> Arc<InfluenceGraph> {
    let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 0.1 };
    let arcs = pairs
        .iter()
        .flat_map(|&(a, b)| std::iter::once(arc(a, b)).chain(mutual.then_some(arc(b, a))));
    Arc::new(InfluenceGraph::from_arcs(people, arcs))
}

/// An invented network of 10,000 people and 50,000 ties, where the well known become better known.
fn invented() -> Arc<InfluenceGraph> {
    let mut rng = stream(1, Purpose::SeedStrategy, 99);
    let mut ends: Vec<PersonIndex> = vec![0];
    let mut pairs = Vec::new();
    for person in 1..10_000 {
        for _ in 0..5 {
            let known = ends[rng.random_range(0..ends.len())];
            if known != person {
                pairs.push((person, known));
                ends.push(known);
            }
        }
        ends.push(person);
    }
    graph(10_000, &pairs, true)
}

#[divan::bench(sample_count = 5, args = [10, 50])]
fn weighted_cascade(bencher: divan::Bencher<'_, '_>, k: usize) {
    let model = model(&invented(), MODELS[0].1);
    bencher.bench_local(|| search(&model, k));
}

#[divan::bench(sample_count = 20)]
fn change_by_hand(bencher: divan::Bencher<'_, '_>) {
    let choice = search(&model(&invented(), MODELS[0].1), 50);
    let seeds: Vec<PersonIndex> = choice.seeds.iter().skip(1).map(|seed| seed.person).collect();
    bencher.bench_local(|| choice.estimator.reach(&seeds));
}
