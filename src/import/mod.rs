//! F1: bytes → records and issues.
//!
//! [`read`] takes files, folders and zips, recognises every file by its content and answers one
//! [`Source`] per file. Readers cannot fail on content: whatever they cannot use becomes an
//! [`Issue`] with its line, and every row is accounted for (read = kept + skipped). Only I/O, and
//! an input in which nobody is found at all, is an `Err`.
//!
//! **Memory.** Tables are read block by block: beside the records only 256 KiB of text are held, or
//! the longest row, which may have 16 MiB. Other formats are held as a whole, one file at a time, of
//! at most 512 MiB. Zips and gzip files are unpacked as they are read, never to disk; what grows to
//! more than 250 times its packed size, or beyond 4 GiB, is left aside with a message, and so is what
//! comes after 100,000 files, below 16 folders, or in zips inside zips beyond 512 MiB together.
//! Pipes, devices and links are not opened. Records take no room for what all of a source share, and
//! a byte for what is one of a few (see `tie_records`). A whole `jaywalk import`, network included, takes 3.3
//! times a file of 10,000,000 bare rows of numbers (14 bytes each) over 1,000,000 people, 3.6 times one with
//! a hundred different weights, and 3.7 times one of 1,000,000 different LinkedIn contacts (121 bytes each).
//!
//! **Samples.** What every one of more than 200 real files should give and gives is in [`samples`].

mod answers;
mod aside;
mod cards;
mod clean;
mod columns;
mod contacts;
mod costs;
mod date_order;
mod dates;
mod edges;
mod eight;
mod error;
mod export;
mod foreign;
mod graph;
mod grouped_ids;
mod html;
mod index;
mod input;
mod json;
mod keys;
mod linkedin;
mod listed;
mod names;
mod newest;
mod nodes;
mod nominations;
mod numbered;
mod pairs;
mod periods;
mod question;
mod read_export;
mod read_table;
mod reader;
mod reading;
mod recognise;
mod record;
mod rows;
#[cfg(doc)]
pub mod samples;
mod social;
mod store;
mod table;
mod talk;
mod text;
mod threads;
mod tie_records;
mod together;
mod watch;
mod workbook;
mod x;

use std::ops::ControlFlow;
use std::path::PathBuf;

pub use answers::{Answers, OwnerAnswer};
pub use columns::{Confidence, Guess, Meaning, TableColumns, Template};
pub use error::ImportError;
pub use keys::Keys;
pub use numbered::tell_numbers_apart;
pub use question::Question;
pub use record::{
    Direction, Issue, IssueKind, PersonKey, PersonRecord, Records, Source, TieRecord, TieRecords,
};

use aside::{Aside, unread};
use export::Found;
use read_export::read_export;
use reader::Head;
use recognise::{Format, recognise};
use watch::Watch;

/// Something to import.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file, a folder (with all below it) or a zip.
    Path(PathBuf),
    /// Bytes in memory: a file or a zip, with the name to show.
    Bytes {
        /// Name to show.
        name: String,
        /// Content.
        bytes: Vec<u8>,
    },
}

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// File being read.
    pub path: String,
    /// Bytes read, over all files.
    pub bytes_done: u64,
    /// Bytes to read, over all files, as far as known.
    pub bytes_total: u64,
}

/// Reads everything in `inputs`: recognises each file by its content, groups the members of one
/// export, and answers one source per file (or per export, where its files tell one thing
/// together), in the order given. `answers` are the person's to what files leave open.
///
/// `progress` is called before each file and now and then within it; `Break` cancels.
///
/// # Errors
/// [`ImportError::Io`] when something given cannot be read from disk, [`ImportError::NothingUseful`]
/// when nobody is found in any file and no table waits for the meaning of its columns,
/// [`ImportError::Cancelled`].
pub fn read(
    inputs: &[Input],
    answers: &Answers,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Vec<Source>, ImportError> {
    if inputs.is_empty() {
        return Err(ImportError::NoInput);
    }
    let expanded = input::expand(inputs)?;
    let watch = Watch::new(progress, expanded.members.iter().map(|member| member.size).sum());
    let mut aside = Aside::default();
    for (path, reason) in expanded.unusable {
        aside.sources.push(unread(&path, &reason));
    }
    let mut found = Vec::new();
    for member in expanded.members {
        if watch.begin(&member.path).is_break() {
            return Err(ImportError::Cancelled);
        }
        match format_of(&member, &answers.templates) {
            Ok((format, decoded_as)) => found.push(Found { member, format, decoded_as }),
            Err(reason) => aside.leave(&member, &reason),
        }
    }
    aside.leave_rest_of_exports(&mut found);
    aside.leave_tables_of_exports(&mut found);
    aside.leave_pages_of_lists(&mut found);

    let mut exports = Vec::new();
    for export in export::group(found) {
        let read = read_export(&export, answers, &watch);
        if watch.is_stopped() {
            return Err(ImportError::Cancelled);
        }
        exports.push(read);
    }
    let mut sources: Vec<Source> = newest::of_each_zip(exports).into_iter().flatten().collect();
    tell_numbers_apart([], &mut sources, answers);
    together::link_contacts_to_nodes(&mut sources);
    sources.extend(aside.into_sources());
    let waits = |source: &Source| source.questions.contains(&Question::Columns);
    let useless = |source: &Source| source.records.people.is_empty() || source.rows_kept == 0;
    if sources.iter().all(useless) && !sources.iter().any(waits) {
        return Err(ImportError::NothingUseful { problems: sources.iter().map(problem).collect() });
    }
    Ok(sources)
}

/// What a file is by its first bytes, and the encoding they were decoded by.
fn format_of(
    member: &input::Member<'_>,
    templates: &[Template],
) -> Result<(Format, &'static str), String> {
    let head = member.head().map_err(|error| format!("cannot be read: {error}"))?;
    let head = text::decode(head)?;
    let format = recognise(Head { text: &head.content, path: &member.relative }, templates)?;
    Ok((format, head.encoding))
}

/// One line that says why a source is of no use: file, line, reason. Of an empty list that comes first,
/// and then what is missing beside it.
fn problem(source: &Source) -> String {
    let worst =
        source.issues.iter().max_by_key(|issue| (issue.kind as u8, std::cmp::Reverse(issue.line)));
    let Some(worst) = worst else { return format!("{}: nobody is in it.", source.path) };
    let mut reason = worst.reason.clone();
    let empty = source.issues.iter().find(|issue| issue.kind == IssueKind::Note && issue.line == 0);
    if let Some(empty) = empty.filter(|_| source.rows_read == 0 && worst.kind != IssueKind::Note) {
        reason = format!("{}; {reason}", empty.reason);
    }
    match worst.line {
        0 => format!("{}: {reason}.", source.path),
        line => format!("{}, line {line}: {reason}.", source.path),
    }
}
