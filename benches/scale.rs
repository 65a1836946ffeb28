//! `cargo bench --bench scale [-- MILLIONS…]`: from an edge list to a forecast, for invented networks of
//! so many million people (1 and 15 where nothing is said) with 20 ties to every 3 people.
//!
//! Every size runs in a process of its own, so that memory is the peak of that process. Told are, for
//! each part of the way, elapsed and processor seconds, their sum per million ties, and how that grows
//! from the first size to the last. Seeds are searched under the weighted cascade, 1,200 for each million
//! people, and forecast with 100 replicates. The file, as `jaywalk generate` writes it, lies in the folder
//! for temporary files meanwhile.
//!
//! On two cores of a slow virtual machine, without optimization across units of code: 1 million people
//! 12.8 s and 0.7 GiB; 15 million people and 100 million ties 358 s and 7.7 GiB. Before, people and
//! ties alone took 478 s. A million ties take 1.9 times as long among 15 million people as among
//! one million: reading 1.8 times, people and ties 1.5, rows of influence 1.1, seeds 2.4, the forecast 2.1.
//! There tables of 60 to 400 megabytes are read at random places, which a cache of 32 megabytes does not
//! hold.

mod clock;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{env, process};

use clock::processor_time;
use jaywalk::diffusion::{Contagion, Ensemble, Model, Scenario, TieProbability};
use jaywalk::import::{self, Answers, Input};
use jaywalk::network::{Attachment, PersonIndex};
use jaywalk::project::{Decisions, Project};
use jaywalk::random::{Purpose, stream};
use jaywalk::seeding::{SearchState, SeedRequest, SeedSearch};

const MILLION: u64 = 1_000_000;
/// Ties of a million people.
const TIES: u64 = 6_670_000;
/// Seeds of a million people: 18,000 of 15 million.
const SEEDS: usize = 1_200;

fn main() {
    // `cargo bench` adds an option of its own.
    let words: Vec<String> = env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    if let [measure, file, seeds] = words.as_slice()
        && measure == "measure"
    {
        return walk(Path::new(file), seeds.parse().expect("a number of seeds"));
    }
    let sizes: Vec<u64> = words.iter().filter_map(|it| it.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1, 15] } else { sizes };
    let per_million: Vec<[f64; 2]> = sizes.into_iter().map(measured).collect();
    if let [first, .., last] = per_million.as_slice() {
        let [elapsed, processor] = [0, 1].map(|it| last[it] / first[it]);
        println!(
            "time per million ties grows {elapsed:.2} times, of the processor {processor:.2} times"
        );
    }
}

/// Elapsed and processor seconds per million ties of a network of so many million people.
fn measured(millions: u64) -> [f64; 2] {
    let file = generated(millions);
    println!("{millions} million people, {:.1} million ties", ties(millions));
    let seeds = SEEDS * usize::try_from(millions).expect("a few millions");
    let child = Command::new(env::current_exe().expect("this program"))
        .args(["measure".as_ref(), file.as_os_str(), seeds.to_string().as_ref()])
        .stderr(Stdio::inherit())
        .output()
        .expect("a process of its own");
    // Nothing to do about a file that stays.
    let _ = fs::remove_file(&file);
    let told = String::from_utf8_lossy(&child.stdout);
    print!("{told}");
    assert!(child.status.success(), "the way was not walked to its end");
    let all = told.lines().rfind(|line| line.contains("all")).expect("a sum");
    let mut seconds = all.split_whitespace().filter_map(|it| it.parse::<f64>().ok());
    let sums = [seconds.next(), seconds.next()].map(|it| it.expect("seconds") / ties(millions));
    println!("  a million ties: {:.2} s, of the processor {:.2} s", sums[0], sums[1]);
    sums
}

/// Millions of ties.
fn ties(millions: u64) -> f64 {
    (millions * TIES) as f64 / MILLION as f64
}

fn generated(millions: u64) -> PathBuf {
    let started = Instant::now();
    let file = env::temp_dir().join(format!("jaywalk-scale-{}-{millions}.csv", process::id()));
    let mut out = BufWriter::new(File::create(&file).expect("a file"));
    let attachment = Attachment::new(millions * MILLION, millions * TIES).expect("a network");
    writeln!(out, "source,target").expect("written");
    for [influencer, audience] in attachment.ties(stream(1, Purpose::Attachment, 0)) {
        writeln!(out, "{influencer},{audience}").expect("written");
    }
    out.flush().expect("written");
    println!("invented in {:.1} s", started.elapsed().as_secs_f64());
    file
}

/// Walks the whole way for one file and tells what each part takes.
fn walk(file: &Path, seeds: usize) {
    let all = Clock::start();
    let part = Clock::start();
    let inputs = [Input::Path(file.to_owned())];
    let mut told = 0;
    let sources = import::read(&inputs, &Answers::default(), &mut |_| {
        told += 1;
        ControlFlow::Continue(())
    });
    let sources = sources.expect("an edge list");
    part.tell("read", told);

    let part = Clock::start();
    let mut told = 0;
    let project = Project::import_watched(sources, Decisions::default(), &mut |_| {
        told += 1;
        ControlFlow::Continue(())
    });
    let (project, _) = project.expect("nobody stopped it");
    part.tell("people and ties", told);

    let part = Clock::start();
    let graph = project.results().graph();
    part.tell("rows of influence", 0);

    let part = Clock::start();
    let scenario = Scenario {
        contagion: Contagion::IndependentCascade(TieProbability::Weighted),
        replicates: 100,
        ..Scenario::default()
    };
    let model = Model::prepare(&project.results().network, Arc::clone(graph), &scenario);
    let model = Arc::new(model.expect("a sound scenario"));
    let request = SeedRequest { k: Some(seeds), ..SeedRequest::default() };
    let mut search = SeedSearch::new(Arc::clone(&model), request).expect("a sound request");
    let mut told = 0;
    while let SearchState::Searching { .. } = search.step() {
        told += 1;
    }
    let choice = search.finish();
    part.tell("seeds", told);

    let part = Clock::start();
    let people: Vec<PersonIndex> = choice.seeds.iter().map(|it| it.person).collect();
    let mut ensemble = Ensemble::new(model, people, false).expect("seeds of this network");
    let mut told = 0;
    while !ensemble.is_finished() {
        ensemble.step();
        told += 1;
    }
    part.tell("forecast", told);
    all.tell("all", 0);
    let forecast = ensemble.forecast();
    println!(
        "  {} seeds reach {:.0} ({:.0} by simulation), {:.2} of the best possible proven; {:.2} GiB",
        choice.seeds.len(),
        choice.reach.mean,
        forecast.mean_adopters,
        choice.guarantee.unwrap_or_default(),
        peak_memory(),
    );
}

/// Elapsed and processor time since its start; the latter 0 where the system does not tell.
struct Clock {
    started: Instant,
    processor: Option<Duration>,
}

impl Clock {
    fn start() -> Self {
        Self { started: Instant::now(), processor: processor_time() }
    }

    /// Tells what a part took, and how often it said how far it was.
    fn tell(&self, part: &str, told: u32) {
        let elapsed = self.started.elapsed().as_secs_f64();
        let processor = processor_time()
            .zip(self.processor)
            .map_or(0.0, |(now, before)| now.saturating_sub(before).as_secs_f64());
        let memory = peak_memory();
        let told = if told > 0 { format!(", {told} times told how far") } else { String::new() };
        println!(
            "  {part:18} {elapsed:8.2} s {processor:8.2} s of the processor, {memory:5.2} GiB{told}"
        );
    }
}

/// Peak memory of this process in GiB; 0 where the system does not tell.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    let kilobytes = peak.split_whitespace().next().and_then(|it| it.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / f64::from(1 << 20)
}
