//! Real export files beside the repository, read when they are there.
//!
//! They lie in `../shared`, or where the environment variable `JAYWALK_SHARED` says; without
//! them these tests pass, saying so.

mod cards;
mod graph;
mod linkedin;
mod shared;
mod social;
mod talk;
mod x;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use shared::{Row, shared};

/// The table as the documentation of `import` shows it.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/import/samples.md");

/// Files beside the samples that tell about them.
const ABOUT: &[&str] = &["expected.json", "SOURCES.md", "NETWORKX_COUNTS.tsv"];

/// Prints the table of all samples. With the environment variable `JAYWALK_KEEP_TABLE` set it is
/// kept for the documentation.
#[test]
fn every_sample_gives_what_it_should() {
    let Some(samples) = shared("samples") else { return };
    let families =
        [cards::rows(), graph::rows(), linkedin::rows(), social::rows(), talk::rows(), x::rows()];
    let mut rows: Vec<Row> = families.into_iter().flatten().collect();
    rows.sort_by(|a, b| a.file.cmp(&b.file));
    let table = table(&rows);
    println!("{table}");

    let wrong = rows.iter().filter(|row| !row.fits());
    let wrong: Vec<String> =
        wrong.map(|row| format!("{}\n  {}\n  {}", row.file, row.expected, row.got)).collect();
    assert!(wrong.is_empty(), "file, expected, got:\n{}", wrong.join("\n"));
    let mut files = files_below(&samples);
    files.retain(|file| !rows.iter().any(|row| row.covers(file)));
    assert!(files.is_empty(), "these samples have no row: {files:#?}");

    if std::env::var_os("JAYWALK_KEEP_TABLE").is_some() {
        fs::write(KEPT, &table).unwrap();
    }
    let kept = fs::read_to_string(KEPT).unwrap_or_default().replace('\r', "");
    assert!(kept == table, "the kept table is another; run this test with JAYWALK_KEEP_TABLE=1");
}

/// The rows as a table in Markdown.
fn table(rows: &[Row]) -> String {
    let mut table = String::from("| File | Expected | Got | Note |\n|---|---|---|---|\n");
    for Row { file, expected, got, note } in rows {
        let [expected, got, note] = [expected.as_str(), got, note].map(cell);
        let _ = writeln!(table, "| `{file}` | {expected} | {got} | {note} |");
    }
    table
}

/// Text of which no character means anything in Markdown or HTML.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in text.chars() {
        if "|[]<>*_`\\".contains(c) {
            cell.push('\\');
        }
        cell.push(c);
    }
    cell
}

/// Paths of all samples below a folder, with forward slashes.
fn files_below(samples: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![samples.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !ABOUT.iter().any(|name| path.ends_with(name)) {
                let file = path.strip_prefix(samples).unwrap();
                files.push(file.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files
}
