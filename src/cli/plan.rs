//! `jaywalk plan`: the main job in one go: map, seeds, forecast and report in a folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Parser;
use serde_json::{Value, json};

use crate::diffusion::{Ensemble, Forecast, Model, classify_by_rank};
use crate::import::{Answers, Input};
use crate::network::PersonIndex;
use crate::project::{self, Project};
use crate::report::{self, Plan};
use crate::seeding::{StrategyTable, StrategyTrial, Tactic, TrialRequest};
use crate::words::{counted, people};

use super::args::{Command, CommandLine, DEFAULT_PLAN_FOLDER, PlanArgs};
use super::import::import_json;
use super::load::{load, project_from};
use super::output::{number, print, print_json};
use super::picture::positions;
use super::progress::run_all;
use super::scenario::scenario;
use super::seeds::{Chosen, asked, choose, seeds_json};
use super::shared_args::ChoiceArgs;
use super::simulate::{PersonName, forecast_json, model_of};
use super::strategies::strategies_json;
use super::{CliError, in_pool};

/// Name of the saved project beside the report.
const PROJECT_FILE: &str = "plan.jaywalk";

pub fn run(args: &PlanArgs) -> Result<(), CliError> {
    in_pool(args.common, || write(load(&args.source)?, args))
}

/// The plan of `inputs` (none: the bundled sample) as `jaywalk plan` without options writes it.
pub fn with_defaults(inputs: &[PathBuf]) -> Result<(), CliError> {
    let sample = PathBuf::from("sample");
    let named = if inputs.is_empty() { std::slice::from_ref(&sample) } else { inputs };
    let line =
        ["jaywalk".as_ref(), "plan".as_ref(), "--out".as_ref(), DEFAULT_PLAN_FOLDER.as_ref()];
    let line = line.into_iter().chain(named.iter().map(|path| path.as_os_str()));
    let parsed = CommandLine::try_parse_from(line).map_err(CliError::failed)?;
    let Some(Command::Plan(args)) = parsed.command else {
        return Err(CliError::Usage("these inputs cannot be planned".to_owned()));
    };
    if !inputs.is_empty() {
        return run(&args);
    }
    in_pool(args.common, || {
        let sample: Vec<Input> = project::sample();
        write(project_from(&sample, &Answers::default(), args.source.reading)?, &args)
    })
}

fn write(mut project: Project, args: &PlanArgs) -> Result<(), CliError> {
    let scenario = scenario(&args.scenario, args.common.rng_seed)?;
    let model = model_of(&project, &scenario)?;
    eprintln!("choosing seeds …");
    let neighborhoods = project.neighborhoods();
    let chosen = choose(&project, &model, &args.choice, &neighborhoods)?;
    let seeds: Vec<PersonIndex> = chosen.choice.seeds.iter().map(|seed| seed.person).collect();
    eprintln!("simulating {} …", counted(scenario.replicates as usize, "run", "runs"));
    let of: Arc<[Option<u32>]> = neighborhoods.of.clone().into();
    let ensemble = Ensemble::new(Arc::clone(&model), seeds.clone(), true);
    let mut ensemble = ensemble.map_err(CliError::failed)?.by_group(&of, neighborhoods.names.len());
    run_all(&mut ensemble);
    let forecast = ensemble.forecast();
    eprintln!("drawing the map …");
    let positions = positions(&project, args.common.rng_seed);

    let strategies = beside(&project, &model, &seeds, &args.choice)?;

    let typical = forecast.typical_replicate(&model, &seeds);
    let results = project.results();
    let mut files = report::write_plan(
        &args.out,
        &Plan {
            evidence: project.evidence(),
            results,
            positions: &positions,
            look: &project.decisions().look,
            neighborhoods: &neighborhoods,
            segment_by: project.decisions().segment_by.as_deref(),
            hidden: &project.hidden().people,
            scenario: &scenario,
            seeds: &chosen.choice.seeds,
            reasons: &chosen.reasons,
            reach: chosen.choice.reach,
            guarantee: chosen.choice.guarantee,
            costs: chosen.prices.as_ref(),
            strategies: strategies.as_ref(),
            told: &chosen.told(),
            forecast: &forecast,
            classes: &classify_by_rank(&typical.time_of_adoption, &seeds),
        },
    )
    .map_err(CliError::failed)?;

    let mut answer = plan_json(&project, &chosen, &forecast);
    answer["strategies"] = strategies.map_or(Value::Null, |found| {
        let ours = found.row(Tactic::Chosen);
        strategies_json(&results.network, &found, ours)["strategies"].take()
    });
    let seed_ids = seeds.iter().map(|&seed| results.network.people[seed as usize].id.to_string());
    let seed_ids: Vec<String> = seed_ids.collect();
    let settings = chosen.settings.clone();
    project.decide("Plan", |decisions| {
        decisions.seed_settings = settings;
        let case = decisions.case_mut();
        case.seeds = seed_ids;
        case.scenario = scenario;
    });
    let saved = args.out.join(PROJECT_FILE);
    project.save(&saved).map_err(CliError::failed)?;
    files.push(saved);
    if args.common.json {
        answer["files"] = json!(files);
        return print_json(&answer);
    }
    print(&plan_text(&chosen, &forecast, &files))
}

/// The seeds beside other ways to spend as much; nothing where the network is so large that this
/// would take long.
fn beside(
    project: &Project,
    model: &Arc<Model>,
    seeds: &[PersonIndex],
    args: &ChoiceArgs,
) -> Result<Option<StrategyTable>, CliError> {
    let size = model.graph().people() + model.graph().arcs();
    if seeds.is_empty() || size > StrategyTrial::QUICK {
        return Ok(None);
    }
    eprintln!("comparing strategies …");
    let terms = &project.decisions().strategies;
    let request = TrialRequest::beside(
        seeds.to_vec(),
        asked(project, args)?.1,
        (terms.broadcast, terms.money),
        model.scenario().replicates,
    );
    let trial = StrategyTrial::new(Arc::clone(model), request).map_err(CliError::failed)?;
    Ok(Some(trial.run()))
}

/// What `import`, `seeds`, `strategies` and `simulate` say, in one document.
fn plan_json(project: &Project, chosen: &Chosen, forecast: &Forecast) -> Value {
    let network = &project.results().network;
    let mut answer = forecast_json(&PersonName::all(network), forecast);
    let parts = [import_json(project), Value::Object(seeds_json(network, chosen))];
    if let Value::Object(answer) = &mut answer {
        for part in parts {
            if let Value::Object(part) = part {
                answer.extend(part);
            }
        }
    }
    answer
}

fn plan_text(chosen: &Chosen, forecast: &Forecast, files: &[PathBuf]) -> String {
    let reach = chosen.choice.reach;
    let files: Vec<String> =
        files.iter().map(|file| format!("{}\n", absolute(file).display())).collect();
    format!(
        "{} {} of {} ({} to {})\n\n{}",
        counted(chosen.choice.seeds.len(), "seed reaches", "seeds reach"),
        number(reach.mean),
        people(forecast.people),
        number(reach.low),
        number(reach.high),
        files.concat(),
    )
}

/// Where a file is, so that a person finds it from anywhere.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
