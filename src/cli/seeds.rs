//! `jaywalk seeds`: whom to choose, what each brings, and why.

use std::sync::Arc;
use std::time::Instant;

use serde_json::{Map, Value, json};

use crate::diffusion::Model;
use crate::network::{Network, Person};
use crate::project::Project;
use crate::seeding::{self, ChosenSeed, SearchState, SeedChoice, SeedRequest, SeedSearch};
use crate::words;

use super::args::{ChoiceArgs, SeedsArgs};
use super::exclude::excluded;
use super::load::load;
use super::output::{number, print, print_json, table};
use super::scenario::scenario;
use super::simulate::{model_of, people};
use super::{CliError, in_pool};

pub fn run(args: &SeedsArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let project = load(&args.source)?;
        let model = model_of(&project, &scenario(&args.scenario, args.common.rng_seed)?)?;
        let chosen = choose(&project, &model, &args.choice)?;
        let network = &project.results().network;
        if args.common.json {
            return print_json(&seeds_json(network, &chosen));
        }
        print(&seeds_text(network, &chosen))
    })
}

/// A choice with its reasons.
pub struct Chosen {
    /// The seeds and their reach.
    pub choice: SeedChoice,
    /// One line per seed.
    pub reasons: Vec<String>,
    /// How long the search took.
    pub elapsed_secs: f64,
}

impl Chosen {
    /// Seed after seed: who, what they are worth, and why.
    fn each<'a>(
        &'a self,
        network: &'a Network,
    ) -> impl Iterator<Item = (&'a Person, &'a ChosenSeed, &'a String)> {
        let seeds = self.choice.seeds.iter().zip(&self.reasons);
        seeds.map(|(seed, reason)| (&network.people[seed.person as usize], seed, reason))
    }
}

/// Searches for seeds under `model`.
pub fn choose(
    project: &Project,
    model: &Arc<Model>,
    args: &ChoiceArgs,
) -> Result<Chosen, CliError> {
    let results = project.results();
    let include = people(&results.network, &args.include, "--include")?;
    let mut exclude = people(&results.network, &args.exclude, "--exclude")?;
    // Rules, a saved project's own too, hold except for those asked for by name.
    let by_rule = excluded(&results.network, &args.exclusions.exclude_where)?;
    let by_rule = project.excluded().into_iter().chain(by_rule);
    exclude.extend(by_rule.filter(|person| !include.contains(person)));
    let request = SeedRequest {
        k: Some(args.k),
        epsilon: args.epsilon,
        include,
        exclude,
        strategy: args.strategy.strategy(),
        ..SeedRequest::default()
    };
    let started = Instant::now();
    let mut search = SeedSearch::new(Arc::clone(model), request).map_err(|error| {
        // An empty network is the input's fault, everything else was asked for.
        match error {
            seeding::SeedingError::EmptyNetwork => CliError::failed(error),
            _ => CliError::Usage(error.to_string()),
        }
    })?;
    while search.step() != SearchState::Finished {}
    let choice = search.finish();
    let elapsed_secs = started.elapsed().as_secs_f64();
    let reasons = seeding::reasons(&results.network, model, &choice.seeds, results.neighborhoods());
    Ok(Chosen { choice, reasons, elapsed_secs })
}

/// The choice as the JSON of `seeds` and of a part of `plan`.
pub fn seeds_json(network: &Network, chosen: &Chosen) -> Map<String, Value> {
    let seeds: Vec<Value> = chosen
        .each(network)
        .map(|(person, seed, reason)| {
            json!({
                "id": person.id,
                "name": person.name,
                "marginal_reach": seed.marginal_reach,
                "reason": reason,
            })
        })
        .collect();
    let reach = chosen.choice.reach;
    [
        ("seeds", json!(seeds)),
        ("reach", json!(reach.mean)),
        ("reach_low", json!(reach.low)),
        ("reach_high", json!(reach.high)),
        ("guarantee", json!(chosen.choice.guarantee)),
        ("elapsed_secs", json!(chosen.elapsed_secs)),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}

fn seeds_text(network: &Network, chosen: &Chosen) -> String {
    let rows: Vec<Vec<String>> = chosen
        .each(network)
        .map(|(person, seed, reason)| {
            vec![
                person.id.to_string(),
                person.name.to_string(),
                number(seed.marginal_reach),
                reason.clone(),
            ]
        })
        .collect();
    let reach = chosen.choice.reach;
    let proof = match chosen.choice.guarantee {
        Some(share) => format!("at least {:.0} % of the best possible reach", 100.0 * share),
        None => "a search without a guarantee".to_owned(),
    };
    format!(
        "{} of {} reached ({} to {}; {proof})\n\n{}",
        number(reach.mean),
        words::people(network.people.len()),
        number(reach.low),
        number(reach.high),
        table(&["id", "name", "adds", "why"], &rows),
    )
}
