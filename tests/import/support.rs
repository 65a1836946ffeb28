//! Reading files from memory, and a source in words.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;

use proptest::prelude::*;
use proptest::sample::Index;

pub use crate::fixtures::{ACCOUNT, CONNECTIONS, MESSAGES};
use jaywalk::import::{self, ImportError, Input, IssueKind, Source};

pub fn read_all(files: &[(&str, &[u8])]) -> Result<Vec<Source>, ImportError> {
    let inputs: Vec<Input> = files
        .iter()
        .map(|(name, bytes)| Input::Bytes { name: (*name).to_owned(), bytes: bytes.to_vec() })
        .collect();
    import::read(&inputs, &import::Answers::default(), &mut |_| ControlFlow::Continue(()))
}

pub fn read_one(name: &str, content: impl AsRef<[u8]>) -> Source {
    let mut sources = read_all(&[(name, content.as_ref())]).unwrap();
    assert_eq!(sources.len(), 1, "{sources:?}");
    sources.remove(0)
}

/// A source in words: format, account of rows, people, ties, issues by line.
pub fn told(source: &Source) -> String {
    assert_eq!(source.rows_read, source.rows_kept + source.rows_skipped);
    let mut told = format!("{} {}/{}", source.format, source.rows_kept, source.rows_read);
    let people = &source.records.people;
    let shown = |at: u32| {
        let person = &people[at as usize];
        if person.is_owner { "*".to_owned() } else { person.name.to_string() }
    };
    for tie in &source.records.ties {
        let arrow = format!("{:?}", tie.direction).chars().next().unwrap();
        let arrow = match arrow {
            'I' => "->",
            'A' => "<-",
            _ => "--",
        };
        let _ = write!(told, "\n{} {arrow} {} {:?}", shown(tie.from), shown(tie.to), tie.kind);
        if tie.count > 1 {
            let _ = write!(told, " x{}", tie.count);
        }
        if tie.group_size > 2 {
            let _ = write!(told, " of {}", tie.group_size);
        }
        if let Some(value) = tie.value {
            let _ = write!(told, " {value}");
        }
        if let Some(date) = tie.last_seen {
            let _ = write!(told, " {date}");
        }
    }
    for issue in source.issues.iter().filter(|issue| issue.kind != IssueKind::Note) {
        let kind = if issue.kind == IssueKind::Skipped { "skipped" } else { "warned" };
        let _ = write!(told, "\n{kind} {}", issue.line);
    }
    told
}

pub fn check(name: &str, content: impl AsRef<[u8]>, expected: &[&str]) {
    let source = read_one(name, content);
    assert_eq!(told(&source), expected.join("\n"), "{:?}", source.issues);
}

pub fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// `bytes` with some changed, parts swapped or repeated, and the end cut off.
pub fn damaged(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let flips = prop::collection::vec((any::<Index>(), any::<u8>()), 0..6);
    let repeats = prop::collection::vec((any::<Index>(), any::<Index>(), any::<Index>()), 0..3);
    (flips, repeats, prop::option::of(any::<Index>())).prop_map(move |(flips, repeats, cut)| {
        let mut bytes = bytes.clone();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        for (one, other, to) in repeats {
            let (one, other) = (one.index(bytes.len()), other.index(bytes.len()));
            let part = bytes[one.min(other)..one.max(other)].to_vec();
            let to = to.index(bytes.len());
            bytes.splice(to..to, part);
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        bytes
    })
}

/// What must hold of whatever came of a damaged file: every row is accounted for, every tie is
/// between two people, and an error names the file.
pub fn sound(name: &str, read: Result<Vec<Source>, ImportError>) -> Result<(), TestCaseError> {
    match read {
        Ok(sources) => {
            for source in sources {
                prop_assert_eq!(source.rows_read, source.rows_kept + source.rows_skipped);
                let people = source.records.people.len();
                let sound = source.records.ties.iter().all(|tie| {
                    let inside = (tie.from as usize) < people && (tie.to as usize) < people;
                    inside && tie.from != tie.to && tie.count > 0
                });
                prop_assert!(sound);
            }
        }
        Err(error) => prop_assert!(error.to_string().contains(name)),
    }
    Ok(())
}
