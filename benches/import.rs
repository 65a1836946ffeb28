//! How fast lists are read, against the bare `csv` crate walking the same bytes, and at what size.
//!
//! `cargo bench --bench import` prints the times, and first how many times as long as the `csv` crate,
//! which works on one thread, edge lists take on all threads: by the clock and in processor time, measured
//! by turns so that both meet the same load of the machine. What memory
//! an import takes at most is told by the system: `/usr/bin/time -v jaywalk import FILE` ("Maximum resident set size").

mod clock;

use std::fmt::Write as _;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use clock::processor_time;
use divan::Bencher;
use jaywalk::import::{self, Answers, ImportError, Input, Source};

fn main() {
    // The import runs within a pool, as it does for the window and at the prompt.
    let pool = rayon::ThreadPoolBuilder::new().build().expect("threads");
    pool.install(tell_times_of_csv);
    divan::main();
}

fn tell_times_of_csv() {
    for (what, list) in [("words", edge_list as fn(_) -> _), ("numbers", number_list)] {
        for size @ (rows, people) in [(100_000, 20_000), (1_000_000, 100_000)] {
            let [elapsed, processor] = times_of_csv(&list(size));
            println!(
                "{rows} edges over {people} people named by {what}: {elapsed:.1} times csv, \
                 {processor:.1} times its processor time"
            );
        }
    }
}

/// How many times as long as the bare `csv` crate the import takes: by the clock, each at its best, and
/// in time on a processor, which others that use the machine disturb less, over all rounds.
fn times_of_csv(bytes: &[u8]) -> [f64; 2] {
    let [mut csv, mut import] = [[Duration::MAX, Duration::ZERO]; 2];
    let inputs = [Input::Bytes { name: "ties.csv".to_owned(), bytes: bytes.to_vec() }];
    for _ in 0..10 {
        note(&mut csv, || walked(bytes));
        note(&mut import, || imported(&inputs));
    }
    [0, 1].map(|at| import[at].as_secs_f64() / csv[at].as_secs_f64())
}

/// Does some work, and notes the shortest and the processor's time.
fn note<T>([shortest, processor]: &mut [Duration; 2], work: impl FnOnce() -> T) {
    let used = || processor_time().unwrap_or_default();
    let (start, before) = (Instant::now(), used());
    let result = black_box(work());
    *shortest = start.elapsed().min(*shortest);
    *processor += used().saturating_sub(before);
    drop(result);
}

/// Rows and people of the edge lists.
const EDGE_LISTS: [(usize, usize); 2] = [(100_000, 20_000), (10_000_000, 100_000)];

/// An edge list over invented names.
fn edge_list((rows, people): (usize, usize)) -> Vec<u8> {
    let mut text = "source,target,weight\n".to_owned();
    for row in 0..rows {
        let (from, to) = (row * 7919 % people, (row * 104_729 + 1) % people);
        let _ = writeln!(text, "person {from},person {to},0.{}", row % 9 + 1);
    }
    text.into_bytes()
}

/// An edge list over numbers, without weights.
fn number_list((rows, people): (usize, usize)) -> Vec<u8> {
    let mut text = "source,target\n".to_owned();
    for row in 0..rows {
        let _ = writeln!(text, "{},{}", row * 7919 % people, (row * 104_729 + 1) % people);
    }
    text.into_bytes()
}

/// A contact list as LinkedIn writes it.
fn connections(rows: usize) -> Vec<u8> {
    let mut text =
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n".to_owned();
    for row in 0..rows {
        let _ = writeln!(
            text,
            "First{0},Last{row},https://www.linkedin.com/in/first{0}-last{row},,\"Company {1}, Ltd\",Engineer,{2:02} Jan 2024",
            row % 1000,
            row % 50_000,
            row % 28 + 1,
        );
    }
    text.into_bytes()
}

fn read(bencher: Bencher<'_, '_>, name: &str, bytes: Vec<u8>) {
    let inputs = [Input::Bytes { name: name.to_owned(), bytes }];
    bencher.bench_local(|| imported(&inputs));
}

fn imported(inputs: &[Input]) -> Result<Vec<Source>, ImportError> {
    import::read(inputs, &Answers::default(), &mut |_| ControlFlow::Continue(()))
}

fn walk(bencher: Bencher<'_, '_>, bytes: &[u8]) {
    bencher.bench_local(|| walked(bytes));
}

/// Reads all rows with the bare `csv` crate, and answers the bytes of their cells.
fn walked(bytes: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut cells = csv::ByteRecord::new();
    let mut bytes = 0;
    while reader.read_byte_record(&mut cells).unwrap_or(false) {
        bytes += cells.as_slice().len();
    }
    bytes
}

#[divan::bench(args = EDGE_LISTS, max_time = 5)]
fn edges_import(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    read(bencher, "ties.csv", edge_list(size));
}

#[divan::bench(args = EDGE_LISTS, max_time = 5)]
fn edges_bare_csv(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    walk(bencher, &edge_list(size));
}

#[divan::bench(args = [1_000_000], max_time = 5)]
fn connections_import(bencher: Bencher<'_, '_>, rows: usize) {
    read(bencher, "Connections.csv", connections(rows));
}

#[divan::bench(args = [1_000_000], max_time = 5)]
fn connections_bare_csv(bencher: Bencher<'_, '_>, rows: usize) {
    walk(bencher, &connections(rows));
}
