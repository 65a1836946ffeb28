//! `jaywalk layout`: the map's positions as CSV.

use std::sync::Arc;
use std::time::Instant;

use serde_json::json;

use crate::layout::{ForceLayout, LayoutSettings, LayoutState};
use crate::report::spreadsheet_text;

use super::args::LayoutArgs;
use super::load::load;
use super::output::{print, print_json};
use super::{CliError, in_pool};

pub fn run(args: &LayoutArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let project = load(&args.source)?;
        let results = project.results();
        let started = Instant::now();
        let settings = LayoutSettings { rng_seed: args.common.rng_seed, ..Default::default() };
        let mut layout =
            ForceLayout::new(Arc::clone(results.graph()), settings, None, &project.pins());
        while layout.step() == LayoutState::Moving {}
        let elapsed_secs = started.elapsed().as_secs_f64();

        let mut csv = csv::Writer::from_path(&args.out).map_err(|it| failed(args, it))?;
        csv.write_record(["id", "x", "y"]).map_err(|it| failed(args, it))?;
        for (person, [x, y]) in results.network.people.iter().zip(layout.positions()) {
            csv.write_record([&*spreadsheet_text(&person.id), &x.to_string(), &y.to_string()])
                .map_err(|it| failed(args, it))?;
        }
        csv.flush().map_err(|it| failed(args, it))?;

        let people = results.network.people.len();
        if args.common.json {
            let ticks = layout.ticks();
            return print_json(&json!({
                "people": people, "ticks": ticks, "elapsed_secs": elapsed_secs,
            }));
        }
        print(&format!("{people} positions written to {}\n", args.out.display()))
    })
}

fn failed(args: &LayoutArgs, error: impl std::fmt::Display) -> CliError {
    CliError::Failed(format!("{} could not be written: {error}", args.out.display()))
}
