//! One target for every format: the sound file of the target's name, with the fuzzer's bytes in it.
//!
//! `cargo fuzz run --fuzz-dir tests/fuzz graph_graphml` looks for bytes on which the import of that
//! format panics, hangs or takes more than 2 GiB.

#![no_main]

#[path = "../../import/fixtures.rs"]
mod fixtures;

use std::ops::ControlFlow;

use fixtures::FILES;
use jaywalk::import::{self, Answers, Input};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (name, sound) = sound_file(env!("CARGO_BIN_NAME"));
    // Most bytes are none of a format's, so one input in 16 is a file by itself; inside a file that
    // is sound, the others reach its reader.
    let file = match bytes {
        [kind, high, low, piece @ ..] if kind % 16 != 0 => {
            let at = usize::from(u16::from_be_bytes([*high, *low])) % (sound.len() + 1);
            let over = (at + piece.len() / 2).min(sound.len());
            [&sound.as_bytes()[..at], piece, &sound.as_bytes()[over..]].concat()
        }
        bytes => bytes.to_vec(),
    };
    import_one(name, file);
});

/// Name and content of the file that a target begins with; a zip begins with nothing.
fn sound_file(target: &str) -> (&'static str, &'static str) {
    let named = |name: &str| name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "_");
    FILES.iter().copied().find(|(name, _)| named(name) == target).unwrap_or(("x.zip", ""))
}

fn import_one(name: &str, bytes: Vec<u8>) {
    let input = Input::Bytes { name: name.to_owned(), bytes };
    let read = import::read(&[input], &Answers::default(), &mut |_| ControlFlow::Continue(()));
    for source in read.unwrap_or_default() {
        assert_eq!(source.rows_read, source.rows_kept + source.rows_skipped);
        let people = source.records.people.len();
        for tie in &source.records.ties {
            assert!((tie.from as usize) < people && (tie.to as usize) < people);
        }
    }
}
