//! Choosing seeds: time and reach for k = 50 on reference networks, where these are at hand.
//!
//! `cargo bench --bench seeds` prints a table (reach measured by independent simulation), then
//! times the search on an invented network, which needs no file. Networks are gzipped edge lists
//! (`person person`, one pair per line) in `shared/data/networks` beside the repository or under
//! `JAYWALK_SHARED`.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use jaywalk::diffusion::{Contagion, Model, Scenario, TieProbability, TieWeight};
use jaywalk::measure::communities;
use jaywalk::network::{InfluenceArc, InfluenceGraph, PersonIndex};
use jaywalk::random::{Purpose, stream};
use jaywalk::seeding::{SeedRequest, SeedSearch};
use rand::RngExt;
use rayon::prelude::*;

/// File, whether its ties run both ways, and the best reach known per model
/// (weighted cascade, linear threshold, p = .01, p = .1).
const NETWORKS: [(&str, bool, [f64; 4]); 4] = [
    ("nethept", true, [936.1, 1198.5, 70.2, 963.5]),
    ("wiki-vote", false, [668.9, 795.4, 273.6, 1863.1]),
    ("ego-facebook", true, [1210.0, 2185.8, 434.3, 3123.2]),
    ("epinions-u", true, [16642.4, 26335.5, 2208.4, 18151.7]),
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

fn table() {
    println!(
        "{:<13} {:<6} {:>8} {:>8} {:>9} {:>9} {:>7} {:>6}  estimator",
        "network", "model", "seconds", "cpu secs", "reach", "best", "share", "proof"
    );
    for (name, mutual, best) in NETWORKS {
        let Some(graph) = read(name, mutual) else { continue };
        let start = Instant::now();
        let neighborhoods = communities(&graph, 1).into_iter().max().map_or(0, |most| most + 1);
        println!("{name}: {neighborhoods} neighborhoods in {:.3} s", start.elapsed().as_secs_f64());
        for ((label, contagion), best) in MODELS.into_iter().zip(best) {
            let model = model(&graph, contagion);
            let (start, worked) = (Instant::now(), processor_secs());
            let choice = search(&model, 50);
            let (seconds, worked) = (start.elapsed().as_secs_f64(), processor_secs() - worked);
            let seeds: Vec<PersonIndex> = choice.seeds.iter().map(|seed| seed.person).collect();
            let reach = simulated(&model, &seeds);
            println!(
                "{name:<13} {label:<6} {seconds:>8.3} {worked:>8.2} {reach:>9.1} {best:>9.1} {:>7.4} {:>6.3}  {:?} {:.1}",
                reach / best,
                choice.guarantee.unwrap_or(0.0),
                choice.estimator,
                choice.reach.mean,
            );
        }
    }
}

/// Processor time of all threads so far, to a hundredth; not a number where the system has no
/// `/proc`. On a busy machine it says more than the clock.
fn processor_secs() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Fields 14 and 15, counted behind the command's closing bracket.
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    let ticks: Vec<f64> = ticks.filter_map(|field| field.parse().ok()).collect();
    if ticks.len() == 2 { (ticks[0] + ticks[1]) / 100.0 } else { f64::NAN }
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
