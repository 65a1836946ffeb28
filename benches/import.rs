//! How fast an edge list is read, against the bare `csv` crate walking the same bytes.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use divan::Bencher;
use jaywalk::import::{self, Input};

const ROWS: usize = 100_000;

fn main() {
    divan::main();
}

/// 100,000 rows over 20,000 invented names.
fn edge_list() -> String {
    let mut text = "source,target,weight\n".to_owned();
    for row in 0..ROWS {
        let (from, to) = (row * 7919 % 20_000, (row * 104_729 + 1) % 20_000);
        let _ = writeln!(text, "person {from},person {to},0.{}", row % 9 + 1);
    }
    text
}

#[divan::bench]
fn import(bencher: Bencher<'_, '_>) {
    let bytes = edge_list().into_bytes();
    bencher
        .with_inputs(|| [Input::Bytes { name: "ties.csv".to_owned(), bytes: bytes.clone() }])
        .bench_values(|inputs| {
            import::read(&inputs, &import::Answers::default(), &mut |_| ControlFlow::Continue(()))
        });
}

#[divan::bench]
fn bare_csv(bencher: Bencher<'_, '_>) {
    let text = edge_list();
    bencher.bench(|| {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut cells = csv::ByteRecord::new();
        let mut bytes = 0;
        while reader.read_byte_record(&mut cells).unwrap_or(false) {
            bytes += cells.as_slice().len();
        }
        bytes
    });
}
