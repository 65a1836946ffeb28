//! Time of every measure, beside what it cannot do without.
//!
//! `cargo bench --bench measures` prints a table per network: an invented one of 10,000 people and
//! 50,000 ties, one of a million people, and those of `data/networks` in the reference folder when
//! it is there. Processor time, so that other work on the machine counts less; the floor of a
//! search of paths is one plain breadth-first search from every person it starts from, in the same
//! run. A name behind `--` chooses networks.
//!
//! The whole of `jaywalk measure` on a list of 10,000 people and 50,000 ties, as it is released, takes 0.92 s on
//! two idle cores (1.3 s of processor time), 0.43 of them with betweenness alone.
//!
//! Measured at 10,000 people and 50,000 ties on a two-core machine shared with five other builds:
//! betweenness takes 2.2 to 2.5 s of processor time (a search from eight people at once, timed in a
//! program of its own that was optimised like a release: 222 to 255 microseconds per person, 0.53 to 0.59
//! of one search after the other; 0.4 of it on `nethept`, 0.28 on `ego-facebook`, 0.75 on
//! `wiki-vote`). Without optimisation across units of code (`lto = "off"`) it takes 7.6 s: figures
//! of such builds say nothing. Others: 0.45 s for closeness and harmonic
//! closeness together (0.17 of theirs), 0.1 s for all others. Communities, three seeds: modularity
//! .8529 to .8541 on `nethept`, .8177 to .8183 on `musae-facebook`, .4458 to .4556 on `epinions-u`,
//! where leidenalg 0.10 (its two iterations) had .8503 to .8520, .8105 to .8137 and .4540 to .4544
//! in two to five times the time.

mod clock;

use std::time::Instant;

use clock::processor_time;
use jaywalk::measure::{MEASURES, Sample, Subject, communities, modularity};
use jaywalk::network::{InfluenceArc, InfluenceGraph};
use jaywalk::random::{Purpose, stream};
use rand::RngExt;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|it| name.contains(it));
    for (name, people, ties) in
        [("invented-10k", 10_000, 50_000), ("invented-1m", 1_000_000, 5_000_000)]
    {
        if is_wanted(name) {
            table(name, &invented(people, ties));
        }
    }
    for (name, graph) in reference_networks(is_wanted) {
        table(&name, &graph);
    }
}

fn table(name: &str, graph: &InfluenceGraph) {
    println!("\n{name}: {} people, {} arcs", graph.people(), graph.arcs());
    let started = Instant::now();
    let (found, seconds) = timed(|| communities(graph, 1));
    let quality = modularity(graph, &found);
    println!("  {:<24}{seconds:>9.3} s   modularity {quality:.4}", "communities");
    let floor = floor(graph);
    let subject = Subject::new(graph).with_neighborhoods(&found);
    for measure in &MEASURES {
        let (found, seconds) = timed(|| measure.of(&subject));
        let searched = match found.sample {
            Some(Sample { size, error }) => format!("   {size} draws, ± {error:.4}"),
            None if measure.is_quick() => String::new(),
            None => format!("   {:.2} floors", seconds / (floor * graph.people() as f64)),
        };
        println!("  {:<24}{seconds:>9.3} s{searched}", measure.key);
    }
    println!("  {:<24}{:>9.3} s by the clock", "all", started.elapsed().as_secs_f64());
}

/// Seconds of one plain breadth-first search, the mean over a thousand starts.
fn floor(graph: &InfluenceGraph) -> f64 {
    let people = u32::try_from(graph.people()).expect("people are below 2^32");
    let starts = people.min(1000);
    let mut distance = vec![u32::MAX; graph.people()];
    let mut queue: Vec<u32> = Vec::new();
    let ((), seconds) = timed(|| {
        for start in (0..starts).map(|it| it * (people / starts)) {
            for person in queue.drain(..) {
                distance[person as usize] = u32::MAX;
            }
            distance[start as usize] = 0;
            queue.push(start);
            let mut at = 0;
            while let Some(&person) = queue.get(at) {
                at += 1;
                let further = distance[person as usize] + 1;
                for &other in graph.audience_of(person) {
                    if distance[other as usize] == u32::MAX {
                        distance[other as usize] = further;
                        queue.push(other);
                    }
                }
            }
        }
        std::hint::black_box(&queue);
    });
    seconds / f64::from(starts)
}

/// Newcomers tie to people in proportion to the ties those have (Barabási & Albert 1999).
fn invented(people: u32, ties: u32) -> InfluenceGraph {
    let mut rng = stream(1, Purpose::SeedStrategy, 0);
    let mut ends: Vec<u32> = (0..people).collect();
    let mut arcs = Vec::new();
    for tie in 0..ties {
        let (one, other) = (tie % people, ends[rng.random_range(0..ends.len())]);
        ends.extend([one, other]);
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 0.1 };
        arcs.extend([arc(one, other), arc(other, one)]);
    }
    InfluenceGraph::from_arcs(people as usize, arcs)
}

/// Networks of the reference folder; those of followers and mails are directed.
fn reference_networks(
    is_wanted: impl Fn(&str) -> bool,
) -> impl Iterator<Item = (String, InfluenceGraph)> {
    let folder = std::env::var("JAYWALK_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let known = [
        ("email-eu-core", true),
        ("ego-facebook", false),
        ("wiki-vote", true),
        ("nethept", false),
        ("musae-facebook", false),
        ("netphy", false),
        ("epinions-u", false),
    ];
    known.into_iter().filter(move |(name, _)| is_wanted(name)).filter_map(
        move |(name, directed)| {
            let file = std::fs::File::open(format!("{folder}/data/networks/{name}.txt.gz")).ok()?;
            let text = std::io::read_to_string(flate2::read::GzDecoder::new(file)).ok()?;
            Some((name.to_owned(), read(&text, directed)))
        },
    )
}

fn read(text: &str, directed: bool) -> InfluenceGraph {
    let mut people = 0;
    let mut arcs = Vec::new();
    for line in text.lines().filter(|it| !it.starts_with('#')) {
        let ends: Vec<u32> = line.split_whitespace().filter_map(|it| it.parse().ok()).collect();
        let [one, other] = ends[..] else { continue };
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
        people = people.max(one + 1).max(other + 1);
        arcs.push(arc(one, other));
        if !directed {
            arcs.push(arc(other, one));
        }
    }
    InfluenceGraph::from_arcs(people as usize, arcs)
}

/// What `work` answers, and the seconds that all processors spent on it (by the clock where the
/// system does not tell).
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let (clock, processors) = (Instant::now(), processor_time());
    let answer = work();
    let spent = processors.zip(processor_time()).map(|(before, now)| now.saturating_sub(before));
    (answer, spent.unwrap_or_else(|| clock.elapsed()).as_secs_f64())
}
