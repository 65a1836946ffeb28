//! `jaywalk picture`: the map as on screen, with its legend.

use std::fs;
use std::sync::Arc;

use serde_json::json;

use crate::diffusion::{AdopterClass, Ensemble, Forecast, classify_by_rank};
use crate::layout::Point;
use crate::measure::{Measure, find};
use crate::network::{Groups, Network};
use crate::picture::{ColorBy, Look, Overlay, PictureFormat, Scene, SizeBy, Theme};
use crate::project::{Filter, Project, Rule};

use super::args::PictureArgs;
use super::columns::known_column;
use super::exclude::rule;
use super::layout::by_ties;
use super::load::load;
use super::output::{print, print_json};
use super::progress::run_all;
use super::{CliError, in_pool};

/// What a viewer shows above the picture.
const TITLE: &str = "Influence map";

pub fn run(args: &PictureArgs) -> Result<(), CliError> {
    let size_px = size(&args.size)?;
    let format = PictureFormat::of(&args.out).ok_or_else(|| {
        CliError::Usage(format!("--out {} must end in .png, .svg or .pdf", args.out.display()))
    })?;
    in_pool(args.common, || {
        let mut project = load(&args.source)?;
        choose_look(&mut project, args)?;
        let positions = positions(&project, args.common.rng_seed);
        let scene = scene(&project, &positions)?;
        let sheet = scene.sheet(&scene.framed(size_px));
        if let Some(told) = format.missing_letters(&sheet) {
            eprintln!("jaywalk: {told}");
        }
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

/// Changes the project's look and filter to what was typed.
fn choose_look(project: &mut Project, args: &PictureArgs) -> Result<(), CliError> {
    let network = &project.results().network;
    let color = args.color.as_deref().map(|it| color(network, it)).transpose()?;
    let mut rules = Vec::new();
    for typed in &args.show_where {
        let rule = rule(network, typed)
            .map_err(|what| CliError::Usage(format!("--show-where {typed}: {what}")))?;
        rules.push(Rule::of_column(rule));
    }
    let named = args.filter.as_deref().map(|name| filter(project, name)).transpose()?;
    let filter = named.or_else(|| (!rules.is_empty()).then(|| Filter::all_of(rules)));
    let theme = if args.dark { Theme::Dark } else { Theme::Light };
    project.decide("Look of the command line", |it| {
        let color = color.unwrap_or_else(|| it.look.color.clone());
        it.look = Look { theme, labels: true, legend: true, color, ..it.look.clone() };
        it.filters.now = filter.unwrap_or_else(|| it.filters.now.clone());
    });
    Ok(())
}

/// What colors are to tell.
fn color(network: &Network, typed: &str) -> Result<ColorBy, CliError> {
    Ok(match typed {
        "plain" => ColorBy::Plain,
        "neighborhood" => ColorBy::Neighborhood,
        "class" => ColorBy::AdopterClass,
        "chance" => ColorBy::Chance,
        "closeness" => ColorBy::Closeness,
        _ => match find(typed).filter(|it| it.is_of_people()) {
            Some(measure) => ColorBy::Measured(measure),
            None => known_column(network, typed).map(ColorBy::Column).map_err(|what| {
                let words = "plain, neighborhood, class, chance, closeness or a measure";
                CliError::Usage(format!("--color {typed} is not {words}, and {what}"))
            })?,
        },
    })
}

/// The project's filter of this name.
fn filter(project: &Project, name: &str) -> Result<Filter, CliError> {
    let named = &project.decisions().filters.named;
    let found = named.iter().find(|it| it.name == name).map(|it| it.filter.clone());
    found.ok_or_else(|| {
        let known: Vec<&str> = named.iter().map(|it| it.name.as_str()).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        CliError::Usage(format!("--filter: none is called {name:?}; filters there are: {known}"))
    })
}

/// Where everyone stands; by ties where they cannot be arranged as was decided.
pub fn positions(project: &Project, rng_seed: u64) -> Vec<Point> {
    match project.arranged() {
        Ok(Some(positions)) => positions,
        Ok(None) | Err(_) => by_ties(project, rng_seed).0,
    }
}

/// The map as the project's look asks, with its neighborhoods, its seeds and what spreads from them.
fn scene(project: &Project, positions: &[Point]) -> Result<Scene, CliError> {
    let results = project.results();
    let look = &project.decisions().look;
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
    let spread = Spread::of(project, &neighborhoods)?;
    let overlay = Overlay {
        neighborhoods: Some(&neighborhoods),
        levels: &spread.levels,
        classes: &spread.classes,
        chances: &spread.chances,
        seeds: &seeds,
        hidden: &hidden.people,
        measured: &measured,
        shaded: &shaded,
        ..Overlay::default()
    };
    Ok(Scene::new(&results.network, positions, look, &overlay))
}

/// What the map tells of the forecast: nothing where nobody starts.
#[derive(Default)]
struct Spread {
    levels: Vec<f64>,
    classes: Vec<Option<AdopterClass>>,
    chances: Vec<f64>,
}

impl Spread {
    /// Runs the case at hand where the look tells of it, as the window does.
    fn of(project: &Project, neighborhoods: &Groups) -> Result<Self, CliError> {
        let look = &project.decisions().look;
        let tells = look.hulls || matches!(look.color, ColorBy::AdopterClass | ColorBy::Chance);
        let (case, seeds) = (project.decisions().case(), project.seeds());
        let starts = !seeds.is_empty() || case.scenario.starts_by_itself() || case.from_today;
        if !tells || !starts {
            return Ok(Self::default());
        }
        let model = Arc::new(project.model().map_err(|error| CliError::Usage(error.to_string()))?);
        let chances = look.color == ColorBy::Chance;
        let of: Arc<[Option<u32>]> = neighborhoods.of.clone().into();
        let ensemble = Ensemble::new(Arc::clone(&model), seeds.clone(), chances);
        let ensemble = ensemble.map_err(CliError::failed)?;
        let mut ensemble = ensemble.by_group(&of, neighborhoods.names.len());
        run_all(&mut ensemble);
        let Forecast { filling, per_person, .. } = ensemble.forecast();
        let course = model.replicate(&seeds, 0);
        Ok(Self {
            levels: filling.map_or_else(Vec::new, |it| it.shares(it.last_step())),
            classes: classify_by_rank(&course.time_of_adoption, &seeds),
            chances: per_person
                .map_or_else(Vec::new, |it| it.iter().map(|person| person.probability).collect()),
        })
    }
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
