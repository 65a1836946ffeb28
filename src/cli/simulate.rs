//! `jaywalk simulate`: the forecast from given seeds, step by step.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::diffusion::{
    AdopterClass, Cause, Ensemble, Forecast, Model, Rollout, Scenario, StepUnit,
};
use crate::network::{Network, Person, PersonIndex};
use crate::project::Project;
use crate::words::{self, counted};

use super::args::SimulateArgs;
use super::conversions::Told;
use super::exclude::excluded;
use super::learn;
use super::load::load;
use super::output::{number, print, print_json, table};
use super::progress::run_all;
use super::rollout::{Stall, date, rollout, rollout_json, rollout_text, wave_seeds};
use super::scenario::scenario;
use super::shards::write_part;
use super::{CliError, in_pool};

pub fn run(args: &SimulateArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let project = load(&args.source)?;
        let network = &project.results().network;
        let mut scenario = scenario(&args.scenario, args.common.rng_seed)?;
        scenario.rollout = rollout(&args.rollout, scenario.step_unit, network)?;
        if let Some(rule) = args.fitted {
            learn::fitted(&project, rule, args.scenario.steps, &mut scenario)?;
        }
        let mut model = model_of(&project, &scenario)?;
        if args.from_today {
            model = learn::from_today(&project, model)?;
        }
        let mut seeds = people(network, &args.seeds, "--seeds")?;
        if let Some(list) = &args.seeds_from {
            seeds.extend(people(network, &listed(list)?, "--seeds-from")?);
        }
        seeds.extend(wave_seeds(&scenario.rollout, network)?);
        let excluded = excluded(network, &args.exclusions.exclude_where)?;
        seeds.retain(|seed| {
            let stays = excluded.binary_search(seed).is_err();
            if !stays {
                let who = &network.people[*seed as usize].id;
                eprintln!("jaywalk: {who} is no seed, by --exclude-where");
            }
            stays
        });
        let beside = Beside::find(&project, &model, &seeds, args)?;
        if let (Some(shard), Some(out)) = (args.shard, &args.out) {
            let range = shard.range(model.scenario().replicates);
            let mut ensemble = Ensemble::shard(Arc::clone(&model), seeds, args.per_person, range)
                .map_err(CliError::failed)?;
            run_all(&mut ensemble);
            return write_part(&ensemble, network, beside, out, args.common.json);
        }
        let forecast = forecast(&model, &seeds, args.per_person)?;
        if args.common.json {
            print_json(&beside.json(&PersonName::all(network), &forecast, model.scenario()))
        } else {
            print(&beside.text(&forecast, model.scenario()))
        }
    })
}

/// What is told beside the numbers of a forecast: the roll-out, the stall, who converted whom. It
/// lies in every part of a forecast, so that merged parts tell what one run tells.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Beside {
    /// Members of the document.
    members: Map<String, Value>,
    /// Paragraphs below the table.
    paragraphs: Vec<String>,
}

impl Beside {
    fn find(
        project: &Project,
        model: &Arc<Model>,
        seeds: &[PersonIndex],
        args: &SimulateArgs,
    ) -> Result<Self, CliError> {
        let network = &project.results().network;
        let (rollout, unit) = (&model.scenario().rollout, model.scenario().step_unit);
        let told = args.conversions.map(|it| Told::new(model, seeds, it)).transpose()?;
        let stall = Stall::find(project, model, seeds, args.rollout.segments.as_deref())?;
        let mut members = rollout_json(rollout, unit, network);
        members.extend(told.as_ref().map(|it| ("conversions".to_owned(), it.json(network))));
        members.extend(stall.as_ref().map(|it| ("chasm".to_owned(), it.json(model, network))));
        let stall = stall.map_or_else(Vec::new, |it| it.in_words(model, network));
        let told = told.map_or_else(String::new, |it| it.text(network, unit));
        let paragraphs = [rollout_text(rollout, unit), stall.join("\n"), told];
        let paragraphs = paragraphs.map(|it| it.trim_end().to_owned()).into_iter();
        Ok(Self { members, paragraphs: paragraphs.filter(|it| !it.is_empty()).collect() })
    }

    /// The document: the forecast with what is told beside it, and the days of steps.
    pub fn json(&self, names: &[PersonName], forecast: &Forecast, scenario: &Scenario) -> Value {
        let mut answer = forecast_json(names, forecast);
        if let Value::Object(answer) = &mut answer {
            answer.extend(self.members.clone());
        }
        for step in answer["steps"].as_array_mut().into_iter().flatten() {
            let number = step["step"].as_u64().and_then(|it| u32::try_from(it).ok());
            let day = number.and_then(|it| date(&scenario.rollout, scenario.step_unit, it));
            if let Some(day) = day {
                step["date"] = json!(day);
            }
        }
        answer
    }

    /// The same to read.
    pub fn text(&self, forecast: &Forecast, scenario: &Scenario) -> String {
        let table = forecast_text(forecast, &scenario.rollout, scenario.step_unit);
        let parts: Vec<&str> = std::iter::once(table.trim_end())
            .chain(self.paragraphs.iter().map(String::as_str))
            .collect();
        format!("{}\n", parts.join("\n\n"))
    }
}

/// Makes the scenario ready for the project's network.
pub fn model_of(project: &Project, scenario: &Scenario) -> Result<Arc<Model>, CliError> {
    let results = project.results();
    if scenario.contagion.heeds_strengths()
        && results.network.ties.iter().all(|tie| tie.value.is_none())
    {
        return Err(CliError::Usage(
            "--p column needs a probability (or weight) column in the file, and no tie has one; \
             use --p weighted or a number"
                .to_owned(),
        ));
    }
    Model::prepare(&results.network, Arc::clone(results.graph()), scenario)
        .map(Arc::new)
        .map_err(|error| CliError::Usage(error.to_string()))
}

/// All replicates of the model's scenario.
pub fn forecast(
    model: &Arc<Model>,
    seeds: &[PersonIndex],
    per_person: bool,
) -> Result<Forecast, CliError> {
    let mut ensemble =
        Ensemble::new(Arc::clone(model), seeds.to_vec(), per_person).map_err(CliError::failed)?;
    run_all(&mut ensemble);
    Ok(ensemble.forecast())
}

/// Ids (or names) in a file, one a line.
fn listed(path: &Path) -> Result<Vec<String>, CliError> {
    let text = fs::read_to_string(path).map_err(|error| {
        CliError::failed(format!("cannot read the seeds in {}: {error}", path.display()))
    })?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    Ok(lines.filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// The people with these ids or names.
pub fn people(
    network: &Network,
    names: &[String],
    option: &str,
) -> Result<Vec<PersonIndex>, CliError> {
    let names: Vec<&str> = names.iter().map(|name| name.trim()).collect();
    let found = network.find_all(&names).into_iter().zip(names);
    found
        .map(|(person, name)| {
            person.ok_or_else(|| {
                let namesakes = network.people.iter().filter(|it| it.name == name.into()).count();
                CliError::Usage(if namesakes > 1 {
                    format!("{option}: {namesakes} people are named \"{name}\"; use an id")
                } else {
                    format!("{option}: nobody in the network has the id or name \"{name}\"")
                })
            })
        })
        .collect()
}

/// How a person is called in results.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonName {
    id: String,
    name: String,
}

impl PersonName {
    /// Everyone, in the network's order.
    pub fn all(network: &Network) -> Vec<Self> {
        let name = |it: &Person| Self { id: it.id.to_string(), name: it.name.to_string() };
        network.people.iter().map(name).collect()
    }
}

/// The forecast as the JSON of `simulate` and of a part of `plan`. `people` are all of the network,
/// and named where each was counted.
pub fn forecast_json(people: &[PersonName], forecast: &Forecast) -> Value {
    let per_person: Option<Vec<Value>> = forecast.per_person.as_ref().map(|rows| {
        let each = people.iter().zip(rows);
        each.map(|(person, row)| {
            json!({
                "id": person.id,
                "name": person.name,
                "probability": row.probability,
                "mean_time": row.mean_time,
            })
        })
        .collect()
    });
    let mut value = json!({
        "people": forecast.people,
        "ties": forecast.ties,
        "replicates": forecast.replicates,
        "mean_adopters": forecast.mean_adopters,
        "sd": forecast.sd,
        "ci95": forecast.ci95,
        "steps": forecast.steps,
        "classes": classes_json(forecast),
        "standings": forecast.standings,
    });
    if let Some(object) = value.as_object_mut().filter(|_| !forecast.causes.is_empty()) {
        object.insert("causes".to_owned(), causes_json(forecast));
    }
    if let (Some(rows), Some(object)) = (per_person, value.as_object_mut()) {
        object.insert("per_person".to_owned(), json!(rows));
    }
    value
}

/// What adopters adopted through: its kind and name, people in all and per step.
fn causes_json(forecast: &Forecast) -> Value {
    let each = forecast.causes.iter().map(|it| {
        let kind = match it.cause {
            Cause::Seed => "seed",
            Cause::Earlier => "earlier",
            Cause::Nudge | Cause::Push(_) => "push",
            Cause::Channel(_) | Cause::Untold => "channel",
        };
        json!({
            "kind": kind,
            "name": it.cause.label(),
            "mean": it.total(),
            "new_mean": it.new_mean,
        })
    });
    each.collect()
}

/// Rogers' classes, cut by rank, with the steps between which the mean curve passes each.
fn classes_json(forecast: &Forecast) -> Vec<Value> {
    let Some(cuts) = forecast.classes else { return Vec::new() };
    let last_step = forecast.steps.last().map_or(0.0, |it| f64::from(it.step));
    let from = [0.0].into_iter().chain(cuts.steps);
    let to = cuts.steps.into_iter().chain([last_step]);
    let spans = from.zip(to);
    AdopterClass::ALL
        .into_iter()
        .zip(spans)
        .map(|(class, (from, to))| {
            json!({
                "class": class,
                "share": class.share(),
                "from_step": from,
                "to_step": to,
            })
        })
        .collect()
}

/// The forecast as a table to read, with the days of steps where `rollout` has a start.
pub fn forecast_text(forecast: &Forecast, rollout: &Rollout, unit: StepUnit) -> String {
    let standing = |at: usize| forecast.standings.values().map(move |means| number(means[at]));
    let rows: Vec<Vec<String>> = forecast
        .steps
        .iter()
        .enumerate()
        .map(|(at, it)| {
            let step = match date(rollout, unit, it.step) {
                Some(day) => format!("{} ({day})", it.step),
                None => it.step.to_string(),
            };
            let known = [
                step,
                number(it.new_mean),
                number(it.cumulative_mean),
                it.p10.to_string(),
                it.p50.to_string(),
                it.p90.to_string(),
            ];
            known.into_iter().chain(standing(at)).collect()
        })
        .collect();
    let standings = forecast.standings.keys().map(|it| it.label());
    let header: Vec<&str> = [unit.word(1), "new", "adopters", "p10", "p50", "p90"]
        .into_iter()
        .chain(standings)
        .collect();
    let causes: Vec<String> = forecast
        .causes
        .iter()
        .map(|it| format!("{} {}", it.cause.label(), number(it.total())))
        .collect();
    let causes = if causes.is_empty() {
        String::new()
    } else {
        format!("by what came first: {}\n", causes.join(", "))
    };
    format!(
        "{} of {} adopt (mean of {}; 95 % sure within {} of it; sd {})\n{causes}\n{}",
        number(forecast.mean_adopters),
        words::people(forecast.people),
        counted(usize::try_from(forecast.replicates).unwrap_or(usize::MAX), "run", "runs"),
        number(forecast.ci95),
        number(forecast.sd),
        table(&header, &rows),
    )
}
