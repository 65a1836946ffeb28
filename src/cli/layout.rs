//! `jaywalk layout`: the map's positions as CSV.

use std::sync::Arc;
use std::time::Instant;

use serde_json::json;

use crate::layout::{ForceLayout, LayoutState, Point};
use crate::project::{Arrangement, Project};
use crate::report::spreadsheet_text;

use super::args::LayoutArgs;
use super::choices::ArrangementName;
use super::load::load;
use super::output::{print, print_json};
use super::shared_args::ArrangeArgs;
use super::{CliError, in_pool};

pub fn run(args: &LayoutArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let mut project = load(&args.source)?;
        decide(&mut project, &args.arrange)?;
        let results = project.results();
        let started = Instant::now();
        let (positions, ticks) = match project.arranged().map_err(CliError::Failed)? {
            Some(positions) => (positions, 0),
            None => by_ties(&project, args.common.rng_seed),
        };
        let elapsed_secs = started.elapsed().as_secs_f64();

        let mut csv = csv::Writer::from_path(&args.out).map_err(|it| failed(args, it))?;
        csv.write_record(["id", "x", "y"]).map_err(|it| failed(args, it))?;
        for (person, [x, y]) in results.network.people.iter().zip(&positions) {
            csv.write_record([&*spreadsheet_text(&person.id), &x.to_string(), &y.to_string()])
                .map_err(|it| failed(args, it))?;
        }
        csv.flush().map_err(|it| failed(args, it))?;

        let people = results.network.people.len();
        if args.common.json {
            return print_json(&json!({
                "people": people, "ticks": ticks, "elapsed_secs": elapsed_secs,
            }));
        }
        print(&format!("{people} positions written to {}\n", args.out.display()))
    })
}

/// Puts what the command line says of the arrangement into the project's decisions.
fn decide(project: &mut Project, args: &ArrangeArgs) -> Result<(), CliError> {
    let mut layout = project.decisions().layout.clone();
    if let Some(id) = &args.around {
        if !matches!(args.arrangement, None | Some(ArrangementName::Rings)) {
            return Err(CliError::Usage("--around goes with --arrangement rings".to_owned()));
        }
        layout.arrangement = Arrangement::Around(Some(id.clone()));
    } else if let Some(name) = args.arrangement {
        layout.arrangement = match name {
            ArrangementName::Ties => Arrangement::Ties,
            ArrangementName::Rings => Arrangement::Around(None),
            ArrangementName::Columns => Arrangement::Columns,
            ArrangementName::Circles => Arrangement::Circles,
            ArrangementName::Time => Arrangement::Time,
            ArrangementName::Place => Arrangement::Place,
        };
    }
    layout.spacing = args.spacing.unwrap_or(layout.spacing);
    layout.gravity = args.gravity.unwrap_or(layout.gravity);
    layout.cluster_pull = args.cluster_pull.unwrap_or(layout.cluster_pull);
    layout.prevent_overlap &= !args.allow_overlap;
    layout.check().map_err(CliError::Usage)?;
    project.decide("Arrangement of the command line", |it| {
        it.layout = layout;
        if args.segments.is_some() {
            it.segment_by.clone_from(&args.segments);
        }
    });
    Ok(())
}

/// Everyone's place by ties, and the ticks it took.
pub fn by_ties(project: &Project, rng_seed: u64) -> (Vec<Point>, u32) {
    let graph = Arc::clone(project.results().graph());
    let settings = project.decisions().layout.settings(rng_seed);
    let mut layout = ForceLayout::new(graph, settings, None, &project.pins());
    while layout.step() == LayoutState::Moving {}
    (layout.positions().to_vec(), layout.ticks())
}

fn failed(args: &LayoutArgs, error: impl std::fmt::Display) -> CliError {
    CliError::Failed(format!("{} could not be written: {error}", args.out.display()))
}
