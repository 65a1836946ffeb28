//! How long a forecast takes, against the plainest correct loop in the same run.
//!
//! `nethept` (15,233 people, 31,376 mutual ties) is read from the folder of shared data when it is
//! there; the generated network of the same size always runs. The baseline is what one would write first: a
//! queue, a bit per person cleared for each replicate, one coin per tie from a xorshift generator.
//! Unlike the engine it keeps no times, no curves and no quantiles.
//!
//! Measured on `nethept`, 1,000 replicates, 50 seeds, one thread of a busy two-core machine, fastest
//! of ten, engine : plain loop: weighted cascade 55 : 119 ms (2.2 times as fast), p = 0.01
//! 2.7 : 8.0 ms (3.0), p = 0.1 74 : 99 ms (1.3).

use std::io::Read;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use divan::Bencher;
use jaywalk::diffusion::{
    Contagion, Ensemble, Forecast, Hazard, Model, Scenario, Threshold, TieProbability, TieWeight,
};
use jaywalk::network::{InfluenceArc, InfluenceGraph, PersonIndex};
use jaywalk::random::{Purpose, stream};
use rand::RngExt;

fn main() {
    divan::main();
}

const REPLICATES: u32 = 1000;

fn mutual(pairs: impl Iterator<Item = (PersonIndex, PersonIndex)>) -> InfluenceGraph {
    let pairs: Vec<_> = pairs.collect();
    let people = pairs.iter().map(|&(a, b)| a.max(b)).max().map_or(0, |last| last as usize + 1);
    let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 0.1 };
    let arcs = pairs.iter().flat_map(|&(a, b)| [arc(a, b), arc(b, a)]);
    InfluenceGraph::from_arcs(people, arcs)
}

/// Each newcomer ties to two people found at the ends of random earlier ties (heavy-tailed).
static GENERATED: LazyLock<Arc<InfluenceGraph>> = LazyLock::new(|| {
    let mut random = stream(1, Purpose::Layout, 0);
    let mut ends: Vec<PersonIndex> = vec![0, 1];
    for newcomer in 2..15_233 {
        for _ in 0..2 {
            let known = ends[random.random_range(0..ends.len())];
            ends.extend([newcomer, known]);
        }
    }
    Arc::new(mutual(ends.chunks(2).map(|pair| (pair[0], pair[1]))))
});

static NETHEPT: LazyLock<Option<Arc<InfluenceGraph>>> = LazyLock::new(|| {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let folder = std::env::var_os("JAYWALK_SHARED").map_or_else(|| beside.into(), PathBuf::from);
    let file = std::fs::File::open(folder.join("data/networks/nethept.txt.gz")).ok()?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).ok()?;
    let pairs = text.lines().filter_map(|line| {
        let (a, b) = line.split_once(char::is_whitespace)?;
        Some((a.parse().ok()?, b.trim().parse().ok()?))
    });
    Some(Arc::new(mutual(pairs)))
});

#[derive(Clone, Copy, Debug)]
enum Network {
    Nethept,
    Generated,
}

impl Network {
    fn graph(self) -> Option<Arc<InfluenceGraph>> {
        match self {
            Self::Nethept => NETHEPT.clone(),
            Self::Generated => Some(Arc::clone(&GENERATED)),
        }
    }
}

const NETWORKS: [Network; 2] = [Network::Nethept, Network::Generated];

/// The fifty best connected.
fn seeds(graph: &InfluenceGraph) -> Vec<PersonIndex> {
    let mut people: Vec<PersonIndex> = (0..).take(graph.people()).collect();
    people.sort_by_key(|&person| (std::cmp::Reverse(graph.audience_of(person).len()), person));
    people.truncate(50);
    people
}

fn model(graph: Arc<InfluenceGraph>, contagion: Contagion) -> Arc<Model> {
    let scenario =
        Scenario { contagion, steps: 100, replicates: REPLICATES, ..Scenario::default() };
    Arc::new(Model::new(graph, None, None, &scenario).expect("makes sense"))
}

fn forecast(model: &Arc<Model>, seeds: &[PersonIndex]) -> Forecast {
    let mut ensemble = Ensemble::new(Arc::clone(model), seeds.to_vec(), false).expect("seeds");
    ensemble.finish();
    ensemble.forecast()
}

fn bench_model(bencher: Bencher<'_, '_>, network: Network, contagion: Contagion, threads: usize) {
    let Some(graph) = network.graph() else { return };
    let seeds = seeds(&graph);
    let model = model(graph, contagion);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    bencher.bench_local(|| pool.install(|| forecast(&model, &seeds)));
}

const WEIGHTED: Contagion = Contagion::IndependentCascade(TieProbability::Weighted);

#[divan::bench(args = NETWORKS, sample_count = 10)]
fn weighted_cascade_one_thread(bencher: Bencher<'_, '_>, network: Network) {
    bench_model(bencher, network, WEIGHTED, 1);
}

#[divan::bench(args = NETWORKS, sample_count = 10)]
fn weighted_cascade_two_threads(bencher: Bencher<'_, '_>, network: Network) {
    bench_model(bencher, network, WEIGHTED, 2);
}

#[divan::bench(args = NETWORKS, sample_count = 10)]
fn weighted_cascade_plain_loop(bencher: Bencher<'_, '_>, network: Network) {
    let Some(graph) = network.graph() else { return };
    let probability: Vec<f64> =
        (0..).take(graph.people()).map(|it| 1.0 / f64::from(graph.ties_into(it))).collect();
    bench_plain(bencher, &graph, &|person| probability[person as usize]);
}

#[divan::bench(args = NETWORKS, sample_count = 10)]
fn rare_cascade_one_thread(bencher: Bencher<'_, '_>, network: Network) {
    let rule = Contagion::IndependentCascade(TieProbability::Uniform(0.01));
    bench_model(bencher, network, rule, 1);
}

#[divan::bench(args = NETWORKS, sample_count = 10)]
fn rare_cascade_plain_loop(bencher: Bencher<'_, '_>, network: Network) {
    let Some(graph) = network.graph() else { return };
    bench_plain(bencher, &graph, &|_| 0.01);
}

#[divan::bench(args = NETWORKS, sample_count = 10)]
fn frequent_cascade_one_thread(bencher: Bencher<'_, '_>, network: Network) {
    let rule = Contagion::IndependentCascade(TieProbability::Uniform(0.1));
    bench_model(bencher, network, rule, 1);
}

#[divan::bench(args = NETWORKS, sample_count = 10)]
fn frequent_cascade_plain_loop(bencher: Bencher<'_, '_>, network: Network) {
    let Some(graph) = network.graph() else { return };
    bench_plain(bencher, &graph, &|_| 0.1);
}

#[divan::bench(args = NETWORKS, sample_count = 10)]
fn linear_threshold_one_thread(bencher: Bencher<'_, '_>, network: Network) {
    bench_model(bencher, network, Contagion::LinearThreshold(TieWeight::Equal), 1);
}

#[divan::bench(args = NETWORKS, sample_count = 10)]
fn permission_one_thread(bencher: Bencher<'_, '_>, network: Network) {
    bench_model(bencher, network, Contagion::Permission(Threshold::Share(0.2)), 1);
}

#[divan::bench(args = NETWORKS, sample_count = 3)]
fn bass_one_thread(bencher: Bencher<'_, '_>, network: Network) {
    let rule = Contagion::Bass { p: 0.03 / 12.0, q: 0.38 / 12.0, hazard: Hazard::Exponential };
    bench_model(bencher, network, rule, 1);
}

fn bench_plain(
    bencher: Bencher<'_, '_>,
    graph: &InfluenceGraph,
    probability: &dyn Fn(PersonIndex) -> f64,
) {
    let seeds = seeds(graph);
    // Lists of (person, probability) per person, as one would write first.
    let lists: Vec<Vec<(PersonIndex, f64)>> = (0..)
        .take(graph.people())
        .map(|it| graph.audience_of(it).iter().map(|&to| (to, probability(to))).collect())
        .collect();
    bencher.bench_local(|| {
        let mut state = 88_172_645_463_325_252_u64;
        (0..REPLICATES).map(|_| plain_cascade(&lists, &seeds, &mut state)).sum::<usize>()
    });
}

/// One cascade, first in first out; returns the number of adopters.
fn plain_cascade(
    lists: &[Vec<(PersonIndex, f64)>],
    seeds: &[PersonIndex],
    state: &mut u64,
) -> usize {
    let mut active = vec![false; lists.len()];
    let mut queue: Vec<PersonIndex> = seeds.to_vec();
    for &seed in seeds {
        active[seed as usize] = true;
    }
    let mut next = 0;
    while let Some(&influencer) = queue.get(next) {
        next += 1;
        for &(person, probability) in &lists[influencer as usize] {
            if active[person as usize] {
                continue;
            }
            *state ^= *state << 13;
            *state ^= *state >> 7;
            *state ^= *state << 17;
            if ((*state >> 11) as f64) < probability * (1_u64 << 53) as f64 {
                active[person as usize] = true;
                queue.push(person);
            }
        }
    }
    queue.len()
}
