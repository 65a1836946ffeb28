//! INPUT → a project: import and assemble, or open a saved one.

use std::ops::ControlFlow;

use crate::assemble::ListedRow;
use crate::import::{self, Input};
use crate::project::{Decisions, Evidence, Project, file};

use super::CliError;
use super::args::{Reading, SourceArgs};

/// Reads what the command line names.
pub fn load(source: &SourceArgs) -> Result<Project, CliError> {
    if let [path] = source.inputs.as_slice()
        && file::is_project(path)
    {
        let mut project = file::open(path).map_err(CliError::failed)?;
        if let Some(meaning) = listed_row(source.reading) {
            project.decide("Read lists", |it| it.tie_rules.listed_row = meaning);
        }
        return Ok(project);
    }
    let inputs: Vec<Input> = source.inputs.iter().map(|path| Input::Path(path.clone())).collect();
    project_from(&inputs, source.reading)
}

/// Imports `inputs`, telling warnings to standard error.
pub fn project_from(inputs: &[Input], reading: Reading) -> Result<Project, CliError> {
    let sources =
        import::read(inputs, &import::Answers::default(), &mut |_| ControlFlow::Continue(()))
            .map_err(CliError::failed)?;
    let mut decisions = Decisions::default();
    decisions.tie_rules.listed_row = listed_row(reading).unwrap_or_default();
    let project = Project::new(Evidence::from(sources), decisions);
    for warning in project.results().warnings.iter() {
        eprintln!("jaywalk: {warning}");
    }
    Ok(project)
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
