//! `jaywalk generate`: an invented network of any size, as an edge list.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::json;

use crate::network::{Attachment, PersonIndex};
use crate::random::{Purpose, stream};
use crate::words::{self, grouped};

use super::CliError;
use super::args::GenerateArgs;
use super::output::{print, print_json};
use super::progress::Teller;

pub fn run(args: &GenerateArgs) -> Result<(), CliError> {
    let attachment = Attachment::new(args.people, args.ties)
        .map_err(|error| CliError::Usage(error.to_string()))?;
    let ties = attachment.ties(stream(args.rng_seed, Purpose::Attachment, 0));
    write(&args.out, ties, args.ties).map_err(|error| {
        CliError::failed(format!("cannot write {}: {error}", args.out.display()))
    })?;
    if args.json {
        let told = json!({"people": args.people, "ties": args.ties, "out": args.out});
        return print_json(&told);
    }
    let people = usize::try_from(args.people).map_or_else(|_| String::new(), words::people);
    let ties = usize::try_from(args.ties).map_or_else(|_| String::new(), grouped);
    print(&format!("{people} and {ties} ties in {}\n", args.out.display()))
}

/// Writes the ties into the file, telling how far it is.
fn write(path: &Path, ties: impl Iterator<Item = [PersonIndex; 2]>, count: u64) -> io::Result<()> {
    /// Ties between two looks at the clock.
    const PIECE: u64 = 1 << 16;
    let mut teller = Teller::new();
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(out, "source,target")?;
    for (written, [influencer, audience]) in (0_u64..).zip(ties) {
        if written.is_multiple_of(PIECE) {
            teller.tell("inventing ties", written as f64 / count as f64);
        }
        writeln!(out, "{influencer},{audience}")?;
    }
    out.flush()
}
