//! How long a forecast takes, against the plainest correct loop in the same run.
//!
//! Networks (`nethept` and others) are read from the folder of shared data when it is there; a
//! generated network of the size of `nethept` always runs. The baseline is what a C++ programmer would write
//! first: compressed rows, a queue, one coin per tie from a xorshift generator; only those who were
//! reached are cleared for the next replicate. Unlike the engine it keeps no times, no curves and no
//! quantiles, and both traverse the same ties: the ratio of times is that of ties per second.
//!
//! Engine : plain loop at 1,000 replicates and the 50 best connected as seeds, one thread of a busy
//! two-core machine, processor time (counted in ticks of 4 ms), best of four:
//!
//! | network | weighted cascade | p = 0.01 | p = 0.1 |
//! |---|---|---|---|
//! | nethept | 15.5 : 50 ms (3.2) | too short for the clock | 20 : 64 ms (3.2) |
//! | wiki-vote | 8 : 116 ms (14) | 3.9 : 66 ms (17) | 44 : 239 ms (5.4) |
//! | ego-facebook | 30 : 220 ms (7.3) | 8 : 226 ms (28) | 128 : 417 ms (3.3) |
//! | epinions-u | 816 : 1,380 ms (1.7) | 93 : 1,316 ms (14) | 1,013 : 4,919 ms (4.9) |
//!
//! Before that it prints how much longer the simulators of `PyPI` take per replicate of the weighted cascade, where
//! `$PYTHON` can import them (`pip install cynetdiff ndlib six`): `CyNetDiff` 2 times on `nethept` and 3 on the generated
//! network, `NDlib` 1,970 and 870 (one thread of a busy machine). `CyNetDiff` is such a loop as the baseline, in C++.

#[path = "peers/mod.rs"]
mod peers;

use std::io::Read;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::Instant;

use divan::Bencher;
use jaywalk::diffusion::{
    Contagion, Ensemble, Forecast, Hazard, Model, Scenario, Threshold, TieProbability, TieWeight,
};
use jaywalk::network::{InfluenceArc, InfluenceGraph, PersonIndex};
use jaywalk::random::{Purpose, stream};
use rand::RngExt;

fn main() {
    beside_peers();
    divan::main();
}

/// Per replicate, against simulators from `PyPI` where they are installed.
fn beside_peers() {
    for network in [Network::Nethept, Network::Generated] {
        let Some(graph) = network.graph() else { continue };
        let seeds = seeds(&graph);
        let model = model(Arc::clone(&graph), WEIGHTED);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        let start = Instant::now();
        let ours = pool.install(|| forecast(&model, &seeds)).mean_adopters;
        let each = start.elapsed().as_secs_f64() / f64::from(REPLICATES);
        for peer in peers::weighted_cascade(&graph, &seeds) {
            println!(
                "{network:?}, weighted cascade, one thread: {:.1} µs per replicate ({ours:.1} adopt); {} takes {:.0} \
                 times as long ({:.1} adopt)",
                each * 1e6,
                peer.name,
                peer.seconds_per_replicate / each,
                peer.mean_adopters
            );
        }
    }
}

const REPLICATES: u32 = 1000;

fn mutual(pairs: impl Iterator<Item = (PersonIndex, PersonIndex)>) -> InfluenceGraph {
    one_way(pairs.flat_map(|(a, b)| [(a, b), (b, a)]))
}

fn one_way(pairs: impl Iterator<Item = (PersonIndex, PersonIndex)>) -> InfluenceGraph {
    let pairs: Vec<_> = pairs.collect();
    let people = pairs.iter().map(|&(a, b)| a.max(b)).max().map_or(0, |last| last as usize + 1);
    let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 0.1 };
    let arcs = pairs.iter().map(|&(a, b)| arc(a, b));
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

static NETHEPT: LazyLock<Option<Arc<InfluenceGraph>>> = LazyLock::new(|| read("nethept", false));
static WIKI_VOTE: LazyLock<Option<Arc<InfluenceGraph>>> = LazyLock::new(|| read("wiki-vote", true));
static EGO_FACEBOOK: LazyLock<Option<Arc<InfluenceGraph>>> =
    LazyLock::new(|| read("ego-facebook", false));
static EPINIONS: LazyLock<Option<Arc<InfluenceGraph>>> =
    LazyLock::new(|| read("epinions-u", false));

fn read(name: &str, directed: bool) -> Option<Arc<InfluenceGraph>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let folder = std::env::var_os("JAYWALK_SHARED").map_or_else(|| beside.into(), PathBuf::from);
    let file = std::fs::File::open(folder.join(format!("data/networks/{name}.txt.gz"))).ok()?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).ok()?;
    let pairs = text.lines().filter_map(|line| {
        let (a, b) = line.split_once(char::is_whitespace)?;
        Some((a.parse().ok()?, b.trim().parse().ok()?))
    });
    Some(Arc::new(if directed { one_way(pairs) } else { mutual(pairs) }))
}

#[derive(Clone, Copy, Debug)]
enum Network {
    Nethept,
    WikiVote,
    EgoFacebook,
    Epinions,
    Generated,
}

impl Network {
    fn graph(self) -> Option<Arc<InfluenceGraph>> {
        match self {
            Self::Nethept => NETHEPT.clone(),
            Self::WikiVote => WIKI_VOTE.clone(),
            Self::EgoFacebook => EGO_FACEBOOK.clone(),
            Self::Epinions => EPINIONS.clone(),
            Self::Generated => Some(Arc::clone(&GENERATED)),
        }
    }
}

const NETWORKS: [Network; 5] = [
    Network::Nethept,
    Network::WikiVote,
    Network::EgoFacebook,
    Network::Epinions,
    Network::Generated,
];

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
    let rows = Rows::new(graph, probability);
    let mut loops = PlainLoop::new(graph.people());
    bencher.bench_local(|| (0..REPLICATES).map(|_| loops.cascade(&rows, &seeds)).sum::<usize>());
}

/// Compressed rows as the plain loop reads them.
struct Rows {
    start: Vec<usize>,
    audience: Vec<PersonIndex>,
    probability: Vec<f64>,
}

impl Rows {
    fn new(graph: &InfluenceGraph, probability: &dyn Fn(PersonIndex) -> f64) -> Self {
        let people = || (0..).take(graph.people());
        let audience: Vec<PersonIndex> =
            people().flat_map(|it| graph.audience_of(it).iter().copied()).collect();
        let ends = people().map(|it| graph.arcs_from(it).end);
        Self {
            start: std::iter::once(0).chain(ends).collect(),
            probability: audience.iter().map(|&to| probability(to)).collect(),
            audience,
        }
    }
}

/// What the plain loop keeps from one replicate to the next.
struct PlainLoop {
    active: Vec<bool>,
    queue: Vec<PersonIndex>,
    random: u64,
}

impl PlainLoop {
    fn new(people: usize) -> Self {
        Self { active: vec![false; people], queue: Vec::new(), random: 88_172_645_463_325_252 }
    }

    /// One cascade, first in first out; returns the number of adopters.
    fn cascade(&mut self, rows: &Rows, seeds: &[PersonIndex]) -> usize {
        for person in self.queue.drain(..) {
            self.active[person as usize] = false;
        }
        self.queue.extend_from_slice(seeds);
        for &seed in seeds {
            self.active[seed as usize] = true;
        }
        let mut next = 0;
        while let Some(&influencer) = self.queue.get(next) {
            next += 1;
            let row = rows.start[influencer as usize]..rows.start[influencer as usize + 1];
            for (&person, &probability) in
                rows.audience[row.clone()].iter().zip(&rows.probability[row])
            {
                if self.active[person as usize] {
                    continue;
                }
                self.random ^= self.random << 13;
                self.random ^= self.random >> 7;
                self.random ^= self.random << 17;
                let unit = (self.random >> 11) as f64 * (1.0 / (1_u64 << 53) as f64);
                if unit < probability {
                    self.active[person as usize] = true;
                    self.queue.push(person);
                }
            }
        }
        self.queue.len()
    }
}
