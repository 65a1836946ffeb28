//! How fast lists are read, against the bare `csv` crate walking the same bytes, and at what size.
//!
//! `cargo bench --bench import` prints the times. What memory an import takes at most is told by
//! the system: `/usr/bin/time -v jaywalk import FILE` ("Maximum resident set size").

use std::fmt::Write as _;
use std::ops::ControlFlow;

use divan::Bencher;
use jaywalk::import::{self, Input};

fn main() {
    divan::main();
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
    bencher.bench_local(|| {
        import::read(&inputs, &import::Answers::default(), &mut |_| ControlFlow::Continue(()))
    });
}

fn walk(bencher: Bencher<'_, '_>, bytes: &[u8]) {
    bencher.bench_local(|| {
        let mut reader = csv::Reader::from_reader(bytes);
        let mut cells = csv::ByteRecord::new();
        let mut bytes = 0;
        while reader.read_byte_record(&mut cells).unwrap_or(false) {
            bytes += cells.as_slice().len();
        }
        bytes
    });
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
