//! `jaywalk import`: what was read, kept and skipped, and what came of it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::import::{IssueKind, Question, Source, TableColumns, Template};
use crate::project::{Project, file};

use super::args::ImportArgs;
use super::load::open;
use super::output::{print, print_json, table};
use super::{CliError, in_pool};

/// Issues listed per file in the table; the JSON has all of them.
const ISSUES_SHOWN: usize = 10;

pub fn run(args: &ImportArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let mut project = open(&args.source)?;
        if let Some(out) = &args.out {
            if !file::is_project(out) {
                return Err(CliError::Usage(format!(
                    "--out {} must end in .{}",
                    out.display(),
                    file::EXTENSION
                )));
            }
            project.save(out).map_err(CliError::failed)?;
        }
        if args.common.json {
            print_json(&import_json(&project))
        } else {
            print(&import_text(&project))
        }
    })
}

/// The import report as JSON.
pub fn import_json(project: &Project) -> Value {
    let results = project.results();
    let sources: Vec<Value> = project
        .evidence()
        .sources
        .iter()
        .map(|source| {
            json!({
                "path": source.path,
                "format": source.format,
                "decoded_as": source.decoded_as,
                "rows_read": source.rows_read,
                "rows_kept": source.rows_kept,
                "rows_skipped": source.rows_skipped,
                "issues": source.issues,
                "questions": source.questions.iter().map(question_json).collect::<Vec<_>>(),
                "columns": source.columns.as_ref().map(columns_json),
            })
        })
        .collect();
    json!({
        "people": results.network.people.len(),
        "ties": results.network.ties.len(),
        "sources": sources,
        "merged": results.merged,
        "warnings": *results.warnings,
    })
}

/// Each column with its meaning, and the header as a template names it.
fn columns_json(columns: &TableColumns) -> Value {
    let meanings = columns.guesses.iter().map(|it| it.meaning).collect();
    let each: Vec<Value> = columns
        .header
        .iter()
        .zip(&columns.guesses)
        .map(|(header, guess)| {
            json!({
                "header": header,
                "meaning": guess.meaning,
                "confidence": guess.confidence,
            })
        })
        .collect();
    json!({
        "columns": each,
        "sample": columns.sample,
        "template": Template::new(columns, meanings),
    })
}

/// A question and how it reads.
fn question_json(question: &Question) -> Value {
    let mut told = json!(question);
    told["question"] = json!(question.in_words());
    told
}

fn import_text(project: &Project) -> String {
    let results = project.results();
    let sources = &project.evidence().sources;
    let rows: Vec<Vec<String>> = sources
        .iter()
        .map(|source| {
            let [read, kept, skipped] =
                [source.rows_read, source.rows_kept, source.rows_skipped].map(|it| it.to_string());
            vec![source.path.clone(), source.format.clone(), read, kept, skipped]
        })
        .collect();
    let mut text = format!(
        "{} people, {} ties; {} people found in more than one source\n\n{}",
        results.network.people.len(),
        results.network.ties.len(),
        results.merged,
        table(&["file", "format", "read", "kept", "skipped"], &rows),
    );
    for source in sources {
        text.push_str(&issues_text(source));
        for question in &source.questions {
            let _ = writeln!(text, "{}: question: {}", source.path, question.in_words());
        }
    }
    text
}

fn issues_text(source: &Source) -> String {
    let mut lines: Vec<String> = source
        .issues
        .iter()
        .take(ISSUES_SHOWN)
        .map(|issue| {
            let kind = match issue.kind {
                IssueKind::Note => "note",
                IssueKind::Warning => "warning",
                IssueKind::Skipped => "skipped",
            };
            let line =
                if issue.line == 0 { String::new() } else { format!(", line {}", issue.line) };
            format!("{}{line}: {kind}: {}\n", source.path, issue.reason)
        })
        .collect();
    let more = source.issues.len().saturating_sub(ISSUES_SHOWN);
    if more > 0 {
        lines.push(format!("{}: {more} more (--json lists them)\n", source.path));
    }
    if !lines.is_empty() {
        lines.insert(0, "\n".to_owned());
    }
    lines.concat()
}
