//! `jaywalk import`: what was read, kept and skipped, and what came of it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::assemble::ChannelCount;
use crate::import::{IssueKind, Question, Source, TableColumns, Template};
use crate::project::{Names, OlderSource, Project, SourceChanges, file};
use crate::words::{people, ties};

use super::args::ImportArgs;
use super::load::{open, open_into};
use super::output::{print, print_json, table};
use super::{CliError, in_pool};

/// Issues listed per file in the table; the JSON has all of them.
const ISSUES_SHOWN: usize = 10;

pub fn run(args: &ImportArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        for (option, path) in [("--out", &args.out), ("--into", &args.into)] {
            if let Some(path) = path.as_ref().filter(|path| !file::is_project(path)) {
                let (path, ending) = (path.display(), file::EXTENSION);
                return Err(CliError::Usage(format!("{option} {path} must end in .{ending}")));
            }
        }
        let (mut project, summary) = match &args.into {
            Some(path) => open_into(path, &args.source)?,
            None => open(&args.source)?,
        };
        if let Some(path) = args.into.as_ref().or(args.out.as_ref()) {
            project.save(path).map_err(CliError::failed)?;
        }
        if args.common.json {
            let mut told = import_json(&project);
            told["changes"] = summary.changes.iter().map(changes_json).collect();
            told["unchanged"] = json!(summary.unchanged);
            told["older"] = summary.older.iter().map(older_json).collect();
            print_json(&told)
        } else {
            let mut text = summary.in_words().join("\n");
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&import_text(&project));
            print(&text)
        }
    })
}

/// What is different in a source that took an earlier one's place.
fn changes_json(changes: &SourceChanges) -> Value {
    let names = |names: &Names| json!({"count": names.count, "names": names.first});
    let moved: Vec<Value> = changes
        .moved
        .iter()
        .map(|it| json!({"name": it.name, "from": it.from, "to": it.to}))
        .collect();
    json!({
        "path": changes.path,
        "instead_of": changes.instead_of,
        "new": names(&changes.new),
        "gone": names(&changes.gone),
        "moved": {"count": changes.moved_count, "people": moved},
        "facts": changes.facts,
    })
}

fn older_json(older: &OlderSource) -> Value {
    json!({"path": older.path, "kept": older.kept})
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
        "channels": results.channels.iter().map(channel_json).collect::<Vec<_>>(),
        "sources": sources,
        "merged": results.merged,
        "warnings": *results.warnings,
    })
}

/// How many ties were seen where; `null` for what the files do not tell.
fn channel_json(count: &ChannelCount) -> Value {
    json!({"channel": count.channel, "ties": count.ties, "on": count.on})
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
        "{}, {}; {} found in more than one source\n\n{}",
        people(results.network.people.len()),
        ties(results.network.ties.len()),
        people(results.merged),
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
