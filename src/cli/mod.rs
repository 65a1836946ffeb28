//! F7: the headless commands. Standard output carries only the result; progress and warnings go
//! to standard error; the exit status is 0 when done, 1 when it failed, 2 for wrong usage.

mod args;
mod choices;
mod columns;
mod compare;
mod conditions;
mod conversions;
mod edit;
mod exclude;
mod generate;
mod import;
mod layout;
mod learn;
mod load;
mod mark;
mod measure;
mod neighborhoods;
mod output;
mod picture;
mod plan;
mod playbook;
mod progress;
mod rollout;
mod scenario;
mod seeds;
mod shards;
mod shared_args;
mod simulate;
mod strategies;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use args::{Command, CommandLine};
use shared_args::Common;

use crate::jobs::threads;
use crate::picture::Drawing;

/// Why a command did not do its job.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The options do not fit together or a value is none; exit status 2.
    #[error("{0}")]
    Usage(String),
    /// The job itself failed; exit status 1.
    #[error("{0}")]
    Failed(String),
}

impl CliError {
    /// The job failed for the reason that `cause` tells.
    pub(crate) fn failed(cause: impl std::fmt::Display) -> Self {
        Self::Failed(cause.to_string())
    }
}

/// What the command line asks for.
pub enum Request {
    /// Open the window on these inputs (none: the bundled sample), the map drawn in this way.
    Window(Vec<PathBuf>, Drawing),
    /// The job was headless and is over.
    Done(ExitCode),
}

/// Reads the command line and runs a headless command, if it names one.
pub fn start() -> Request {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) => {
            // Help and version are answers, anything else is wrong usage; clap prints both.
            let asked = !error.use_stderr();
            let _ = error.print();
            return Request::Done(if asked { ExitCode::SUCCESS } else { ExitCode::from(2) });
        }
    };
    let drawing = match (line.software, line.opengl) {
        (true, _) => Drawing::Processor,
        (_, true) => Drawing::Card,
        _ => Drawing::ByItself,
    };
    match line.command {
        Some(command) => Request::Done(exit_code(run(command))),
        None => Request::Window(line.inputs, drawing),
    }
}

/// The main job without a display: the plan of `inputs`, or of the bundled sample, in the
/// default folder.
pub fn plan_without_display(inputs: &[PathBuf]) -> ExitCode {
    eprintln!("jaywalk: there is no display to open a window on; writing the plan instead");
    exit_code(plan::with_defaults(inputs))
}

/// Runs `work` on as many threads as asked for.
fn in_pool<T: Send>(
    common: Common,
    work: impl FnOnce() -> Result<T, CliError> + Send,
) -> Result<T, CliError> {
    if common.threads == Some(0) {
        return Err(CliError::Usage("--threads must be at least 1".to_owned()));
    }
    let pool = threads::pool(common.threads.unwrap_or(0)).map_err(CliError::failed)?;
    pool.install(work)
}

fn run(command: Command) -> Result<(), CliError> {
    match command {
        Command::Generate(args) => generate::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Measure(args) => measure::run(&args),
        Command::Neighborhoods(args) => neighborhoods::run(&args),
        Command::Layout(args) => layout::run(&args),
        Command::Seeds(args) => seeds::run(&args),
        Command::Strategies(args) => strategies::run(&args),
        Command::Simulate(args) => simulate::run(&args),
        Command::Learn(args) => learn::run(&args),
        Command::Mark(args) => mark::run(&args),
        Command::Edit(args) => edit::run(&args),
        Command::Fit(args) => learn::fit(&args),
        Command::Compare(args) => compare::run(&args),
        Command::MergeShards(args) => shards::merge(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Picture(args) => picture::run(&args),
    }
}

fn exit_code(result: Result<(), CliError>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jaywalk: {error}");
            ExitCode::from(if matches!(error, CliError::Usage(_)) { 2 } else { 1 })
        }
    }
}
