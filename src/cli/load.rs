//! INPUT → a project: import and assemble, or open a saved one.

use std::ops::ControlFlow;

use crate::import::{self, Input, Options};
use crate::project::{Decisions, Evidence, Project, file};

use super::CliError;
use super::args::{Reading, SourceArgs};

/// Reads what the command line names.
pub fn load(source: &SourceArgs) -> Result<Project, CliError> {
    if let [path] = source.inputs.as_slice()
        && file::is_project(path)
    {
        return file::open(path).map_err(CliError::failed);
    }
    let inputs: Vec<Input> = source.inputs.iter().map(|path| Input::Path(path.clone())).collect();
    project_from(&inputs, options(source.reading))
}

/// Imports `inputs`, telling warnings to standard error.
pub fn project_from(inputs: &[Input], options: Options) -> Result<Project, CliError> {
    let sources = import::read(inputs, &options, &mut |_| ControlFlow::Continue(()))
        .map_err(CliError::failed)?;
    let project = Project::new(Evidence::from(sources), Decisions::default());
    for warning in project.results().warnings.iter() {
        eprintln!("jaywalk: {warning}");
    }
    Ok(project)
}

/// Reading options as the import floor takes them.
pub fn options(reading: Reading) -> Options {
    Options {
        follows: reading.follows,
        directed: match (reading.directed, reading.undirected) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
    }
}
