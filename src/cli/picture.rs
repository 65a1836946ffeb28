//! `jaywalk picture`: the map as on screen, with its legend.

use std::fs;

use serde_json::json;

use crate::layout::Point;
use crate::measure::Measure;
use crate::picture::{ColorBy, Look, Overlay, PictureFormat, Scene, SizeBy, Theme};
use crate::project::Project;

use super::args::PictureArgs;
use super::layout::by_ties;
use super::load::load;
use super::output::{print, print_json};
use super::{CliError, in_pool};

/// What a viewer shows above the picture.
const TITLE: &str = "Influence map";

pub fn run(args: &PictureArgs) -> Result<(), CliError> {
    let size_px = size(&args.size)?;
    in_pool(args.common, || {
        let project = load(&args.source)?;
        let positions = positions(&project, args.common.rng_seed);
        let theme = if args.dark { Theme::Dark } else { Theme::Light };
        let scene = scene(&project, &positions, theme);
        let sheet = scene.sheet(&scene.framed(size_px));
        let format = PictureFormat::of(&args.out).ok_or_else(|| {
            CliError::Usage(format!("--out {} must end in .png, .svg or .pdf", args.out.display()))
        })?;
        let bytes = format.encode(&sheet, TITLE).map_err(CliError::failed)?;
        fs::write(&args.out, bytes).map_err(|error| {
            CliError::Failed(format!("{} could not be written: {error}", args.out.display()))
        })?;
        let people = project.results().network.people.len();
        if args.common.json {
            return print_json(&json!({ "files": [args.out], "people": people }));
        }
        print(&format!("map of {people} people written to {}\n", args.out.display()))
    })
}

/// Where everyone stands; by ties where they cannot be arranged as was decided.
pub fn positions(project: &Project, rng_seed: u64) -> Vec<Point> {
    match project.arranged() {
        Ok(Some(positions)) => positions,
        Ok(None) | Err(_) => by_ties(project, rng_seed).0,
    }
}

/// The map as the project's look asks, with its neighborhoods and seeds.
fn scene(project: &Project, positions: &[Point], theme: Theme) -> Scene {
    let results = project.results();
    let look = Look { theme, labels: true, legend: true, ..project.decisions().look.clone() };
    let segment_by = project.decisions().segment_by.as_deref();
    let values = |measure: &'static Measure| measure.of(&results.subject(segment_by)).values;
    let measured = match look.size {
        SizeBy::Measured(measure) => values(measure),
        _ => Vec::new(),
    };
    let shaded = match look.color {
        ColorBy::Measured(measure) => values(measure),
        _ => Vec::new(),
    };
    let seeds = project.seeds();
    let (hidden, neighborhoods) = (project.hidden(), project.neighborhoods());
    let overlay = Overlay {
        neighborhoods: Some(&neighborhoods),
        seeds: &seeds,
        hidden: &hidden.people,
        measured: &measured,
        shaded: &shaded,
        ..Overlay::default()
    };
    Scene::new(&results.network, positions, &look, &overlay)
}

fn size(typed: &str) -> Result<[u32; 2], CliError> {
    let sides = typed.split_once(['x', 'X']).and_then(|(width, height)| {
        Some([width.trim().parse().ok()?, height.trim().parse().ok()?])
    });
    sides
        .filter(|sides: &[u32; 2]| sides.iter().all(|side| (64..=16_384).contains(side)))
        .ok_or_else(|| {
            CliError::Usage(format!(
                "--size takes WxH with sides from 64 to 16384, not \"{typed}\""
            ))
        })
}
