//! INPUT → a project: import and assemble, or open a saved one.

use std::fs;
use std::path::Path;

use clap::ValueEnum;

use crate::assemble::{ListedRow, Stopped, TieRules};
use crate::import::{self, Answers, ImportError, Input, Source};
use crate::project::{Decisions, ImportSummary, Project, file};

use super::CliError;
use super::choices::ChannelName;
use super::progress::Teller;
use super::shared_args::{Reading, SourceArgs};

/// Reads what the command line names, for a command that needs somebody to be in it.
pub fn load(source: &SourceArgs) -> Result<Project, CliError> {
    let (project, _) = open(source)?;
    let waiting = project.evidence().sources.iter().find(|it| !it.questions.is_empty());
    match waiting {
        Some(source) if project.results().network.people.is_empty() => {
            Err(CliError::Failed(format!(
                "{}: {} See `jaywalk import --json` and answer with --answers.",
                source.path,
                source.questions[0].in_words()
            )))
        }
        _ => Ok(project),
    }
}

/// The saved project at `path`, for a command that changes one.
pub fn open_project(path: &Path) -> Result<Project, CliError> {
    if !file::is_project(path) {
        return Err(CliError::Usage(format!(
            "{} is no .jaywalk project; make one with `jaywalk import --out`",
            path.display()
        )));
    }
    file::open(path).map_err(CliError::failed)
}

/// Reads what the command line names; files whose columns are not known leave it empty. Answers
/// also what became of files that are exports of one list.
pub fn open(source: &SourceArgs) -> Result<(Project, ImportSummary), CliError> {
    if let [path] = source.inputs.as_slice()
        && file::is_project(path)
    {
        let mut project = file::open(path).map_err(CliError::failed)?;
        project.decide("Rules of the command line", |it| told(source, &mut it.tie_rules));
        return Ok((project, ImportSummary::default()));
    }
    let mut decisions = Decisions::default();
    told(source, &mut decisions.tie_rules);
    let imported = assembled(read(source, &given_answers(source)?)?, decisions)?;
    tell_warnings(&imported.0);
    Ok(imported)
}

/// A project on what was read, telling how far it is.
fn assembled(
    sources: Vec<Source>,
    decisions: Decisions,
) -> Result<(Project, ImportSummary), CliError> {
    let mut teller = Teller::new();
    Project::import_watched(sources, decisions, &mut |share| teller.assembling(share))
        .map_err(|Stopped| CliError::failed(ImportError::Cancelled))
}

/// Adds what the command line names to a saved project.
pub fn open_into(path: &Path, source: &SourceArgs) -> Result<(Project, ImportSummary), CliError> {
    let mut project = file::open(path).map_err(CliError::failed)?;
    let answers = given_answers(source)?;
    let mut sources = read(source, &answers)?;
    let known = project.evidence().sources.iter().map(AsRef::as_ref);
    import::tell_numbers_apart(known, &mut sources, &answers);
    let summary = project.add_sources(sources);
    project.decide("Rules of the command line", |it| told(source, &mut it.tie_rules));
    tell_warnings(&project);
    Ok((project, summary))
}

fn given_answers(source: &SourceArgs) -> Result<Answers, CliError> {
    source.answers.as_deref().map_or_else(|| Ok(Answers::default()), answers)
}

fn read(source: &SourceArgs, answers: &Answers) -> Result<Vec<Source>, CliError> {
    let inputs: Vec<Input> = source.inputs.iter().map(|path| Input::Path(path.clone())).collect();
    let mut teller = Teller::new();
    import::read(&inputs, answers, &mut |it| teller.reading(&it)).map_err(CliError::failed)
}

fn tell_warnings(project: &Project) {
    for warning in project.results().warnings.iter() {
        eprintln!("jaywalk: {warning}");
    }
}

/// The answers in a JSON file.
fn answers(path: &Path) -> Result<Answers, CliError> {
    let bytes = fs::read(path).map_err(|error| {
        CliError::Failed(format!("cannot read the answers in {}: {error}", path.display()))
    })?;
    serde_json::from_slice(&bytes)
        .map_err(|error| CliError::Usage(format!("--answers {}: {error}", path.display())))
}

/// Imports `inputs`, telling warnings to standard error.
pub fn project_from(
    inputs: &[Input],
    answers: &Answers,
    reading: Reading,
) -> Result<Project, CliError> {
    let mut teller = Teller::new();
    let sources =
        import::read(inputs, answers, &mut |it| teller.reading(&it)).map_err(CliError::failed)?;
    drop(teller);
    let mut decisions = Decisions::default();
    decisions.tie_rules.listed_row = listed_row(reading).unwrap_or_default();
    let (project, _) = assembled(sources, decisions)?;
    tell_warnings(&project);
    Ok(project)
}

/// What the options say of ties.
fn told(source: &SourceArgs, rules: &mut TieRules) {
    rules.listed_row = listed_row(source.reading).unwrap_or(rules.listed_row);
    if !source.channels.is_empty() {
        for channel in ChannelName::value_variants() {
            rules.set_channel(channel.channel(), source.channels.contains(channel));
        }
    }
}

/// What the options say of lists that leave the direction open.
fn listed_row(reading: Reading) -> Option<ListedRow> {
    match reading {
        Reading { undirected: true, .. } => Some(ListedRow::BothWays),
        Reading { follows: true, .. } => Some(ListedRow::Follows),
        Reading { directed: true, .. } => Some(ListedRow::Influences),
        _ => None,
    }
}
