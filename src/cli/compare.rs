//! `jaywalk compare`: the scenarios of a project, side by side on the same chances.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::diffusion::{Comparison, ComparisonError, Difference, Forecast};
use crate::network::PersonIndex;
use crate::project::{Case, Contrast, Project, contrasts, file};
use crate::report::ComparisonTable;
use crate::words::counted;

use super::args::CompareArgs;
use super::learn::from_today;
use super::output::{print, print_json, table};
use super::shared_args::Common;
use super::simulate::{forecast_json, model_of};
use super::{CliError, in_pool};

pub fn run(args: &CompareArgs) -> Result<(), CliError> {
    let CompareArgs { json, threads, .. } = *args;
    in_pool(Common { json, threads, rng_seed: 1 }, || {
        let project = open(&args.project)?;
        let cases = chosen(&project, &args.only)?;
        let compared = compare(&project, &cases, args)?;
        if json {
            return print_json(&compared.json(&project, &cases));
        }
        print(&compared.text(&cases))
    })
}

fn open(path: &Path) -> Result<Project, CliError> {
    if !file::is_project(path) {
        let path = path.display();
        return Err(CliError::Usage(format!(
            "compare takes a .jaywalk project, not {path}; `jaywalk import {path} --out P.jaywalk` makes one"
        )));
    }
    file::open(path).map_err(CliError::failed)
}

/// The scenarios of these names, or all.
fn chosen<'a>(project: &'a Project, only: &[String]) -> Result<Vec<&'a Case>, CliError> {
    let all = project.decisions().tray.cases();
    if only.is_empty() {
        return Ok(all.iter().collect());
    }
    let named = |name: &String| {
        all.iter().find(|it| it.name == name.trim()).ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
            CliError::Usage(format!(
                "--only: no scenario is called \"{name}\"; there are: {}",
                known.join(", ")
            ))
        })
    };
    only.iter().map(named).collect()
}

struct Compared {
    forecasts: Vec<Forecast>,
    differences: Vec<Difference>,
    contrasts: Vec<Contrast>,
    /// What the seeds of each cost; empty where nobody says what seeds cost.
    costs: Vec<f64>,
    seeds: Vec<Vec<PersonIndex>>,
}

/// Runs the scenarios, all on the chances of the first.
fn compare(project: &Project, cases: &[&Case], args: &CompareArgs) -> Result<Compared, CliError> {
    let mut chances = cases[0].scenario.clone();
    chances.rng_seed = args.rng_seed.unwrap_or(chances.rng_seed);
    chances.replicates = args.replicates.unwrap_or(chances.replicates);
    let mut sides = Vec::new();
    let mut seeds = Vec::new();
    for case in cases {
        let model = model_of(project, &case.scenario.with_chances_of(&chances))
            .map_err(|error| CliError::Failed(format!("{}: {error}", case.name)))?;
        let model = if case.from_today { from_today(project, model)? } else { model };
        let people = project.seeds_of(case);
        if people.len() < case.seeds.len() {
            let gone = counted(case.seeds.len() - people.len(), "seed is", "seeds are");
            eprintln!("jaywalk: {}: {gone} in no file now", case.name);
        }
        seeds.push(people.clone());
        sides.push((model, people));
    }
    let mut comparison = Comparison::new(sides).map_err(|error| match error {
        ComparisonError::OneReplicate => CliError::Usage(format!("--replicates: {error}")),
        _ => CliError::failed(error),
    })?;
    comparison.finish();
    let prices = project.seed_costs().map_err(CliError::failed)?;
    let costs = prices.map_or_else(Vec::new, |it| seeds.iter().map(|of| it.total(of)).collect());
    Ok(Compared {
        costs,
        forecasts: comparison.forecasts(),
        differences: (1..cases.len()).map(|place| comparison.difference(place, 0)).collect(),
        contrasts: contrasts(cases, project.results()),
        seeds,
    })
}

impl Compared {
    fn json(&self, project: &Project, cases: &[&Case]) -> Value {
        let people = &project.results().network.people;
        let costs = self.costs.iter().map(Some).chain(std::iter::repeat(None));
        let scenarios = cases.iter().zip(&self.forecasts).zip(&self.seeds).zip(costs);
        let scenarios: Vec<Value> = scenarios
            .map(|(((case, forecast), seeds), cost)| {
                let seeds = seeds.iter().map(|&it| &people[it as usize]);
                let seeds: Vec<Value> =
                    seeds.map(|it| json!({"id": &*it.id, "name": &*it.name})).collect();
                let settings = case.scenario.settings().into_iter();
                let settings: Map<String, Value> =
                    settings.map(|it| (it.name.to_owned(), it.value.into())).collect();
                let mut told = forecast_json(&[], forecast);
                told["name"] = json!(case.name);
                told["seeds"] = json!(seeds);
                told["cost"] = json!(cost);
                told["settings"] = json!(settings);
                told["half_time"] = json!(forecast.half_time());
                told["peak_step"] = json!(forecast.peak_step());
                told
            })
            .collect();
        let differences = cases.iter().skip(1).zip(&self.differences);
        let differences: Vec<Value> = differences
            .map(|(case, difference)| {
                let mut told = json!(difference);
                told["scenario"] = json!(case.name);
                told["against"] = json!(cases[0].name);
                told
            })
            .collect();
        let differing: Vec<Value> = self
            .contrasts
            .iter()
            .map(|it| json!({"setting": it.name, "values": it.values}))
            .collect();
        json!({
            "scenarios": scenarios,
            "differences": differences,
            "settings_that_differ": differing,
        })
    }

    fn text(&self, cases: &[&Case]) -> String {
        let names: Vec<String> = cases.iter().map(|it| it.name.clone()).collect();
        let step = "step";
        let ComparisonTable { header, rows } =
            ComparisonTable::new(&names, &self.forecasts, &self.differences, step, &self.costs);
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let replicates = self.forecasts[0].replicates;
        let runs = counted(usize::try_from(replicates).unwrap_or(usize::MAX), "run", "runs");
        let mut text = format!(
            "{}\n{runs} of each, on the same chances; differences are taken run by run.\n",
            table(&header, &rows),
        );
        if !self.contrasts.is_empty() {
            let mut header = vec!["Differs"];
            header.extend(names.iter().map(String::as_str));
            let rows: Vec<Vec<String>> = self
                .contrasts
                .iter()
                .map(|it| {
                    std::iter::once(it.name.to_owned()).chain(it.values.iter().cloned()).collect()
                })
                .collect();
            text = format!("{text}\n{}", table(&header, &rows));
        }
        text
    }
}
