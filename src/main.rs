//! The `jaywalk` program: a headless command, the window, or the plan where there is no display.

use std::path::PathBuf;
use std::process::ExitCode;

use jaywalk::cli::{self, Request};
use jaywalk::picture::Drawing;

fn main() -> ExitCode {
    match cli::start() {
        Request::Done(code) => code,
        Request::Window(inputs, drawing) => open(&inputs, drawing),
    }
}

#[cfg(feature = "gui")]
fn open(inputs: &[PathBuf], drawing: Drawing) -> ExitCode {
    if !jaywalk::app::display_available() {
        return cli::plan_without_display(inputs);
    }
    match jaywalk::app::run(inputs.to_vec(), drawing) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jaywalk: {error}");
            cli::plan_without_display(inputs)
        }
    }
}

#[cfg(not(feature = "gui"))]
fn open(inputs: &[PathBuf], _: Drawing) -> ExitCode {
    cli::plan_without_display(inputs)
}
