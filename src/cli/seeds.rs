//! `jaywalk seeds`: whom to choose, what each brings, and why.

use std::sync::Arc;
use std::time::Instant;

use serde_json::{Map, Value, json};

use crate::diffusion::Model;
use crate::network::{Network, Person, PersonIndex};
use crate::project::Project;
use crate::seeding::{
    ChosenSeed, Paying, Reason, ReasonBasis, SearchState, SeedChoice, SeedRequest, SeedSearch,
    SeedingError, WarmPath,
};
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
    /// Why, seed by seed.
    pub reasons: Vec<Reason>,
    /// What each adds, and who would come next.
    pub paying: Paying,
    /// How long the search took.
    pub elapsed_secs: f64,
}

/// People told of who would come next.
const NEXT: usize = 10;

impl Chosen {
    /// Seed after seed: who, what they are worth, and why.
    fn each<'a>(
        &'a self,
        network: &'a Network,
    ) -> impl Iterator<Item = (&'a Person, &'a ChosenSeed, &'a Reason)> {
        let seeds = self.choice.seeds.iter().zip(&self.reasons);
        seeds.map(|(seed, reason)| (&network.people[seed.person as usize], seed, reason))
    }
}

/// What the options ask of a search.
pub fn asked(project: &Project, args: &ChoiceArgs) -> Result<SeedRequest, CliError> {
    let results = project.results();
    let include = people(&results.network, &args.include, "--include")?;
    let mut exclude = people(&results.network, &args.exclude, "--exclude")?;
    // Rules, a saved project's own too, hold except for those asked for by name.
    let by_rule = excluded(&results.network, &args.exclusions.exclude_where)?;
    let by_rule = project.excluded().into_iter().chain(by_rule);
    exclude.extend(by_rule.filter(|person| !include.contains(person)));
    Ok(SeedRequest {
        k: Some(args.k),
        epsilon: args.epsilon,
        include,
        exclude,
        strategy: args.strategy.strategy(),
        ..SeedRequest::default()
    })
}

/// Searches for seeds under `model`.
pub fn choose(
    project: &Project,
    model: &Arc<Model>,
    args: &ChoiceArgs,
) -> Result<Chosen, CliError> {
    let results = project.results();
    let request = asked(project, args)?;
    let exclude = request.exclude.clone();
    let started = Instant::now();
    let mut search = SeedSearch::new(Arc::clone(model), request).map_err(refused)?;
    while search.step() != SearchState::Finished {}
    let choice = search.finish();
    let elapsed_secs = started.elapsed().as_secs_f64();
    let basis = ReasonBasis {
        network: &results.network,
        model,
        neighborhoods: results.neighborhoods(),
        acquaintances: &project.acquaintances(),
    };
    let reasons = basis.reasons(&choice.seeds);
    let paying = choice.estimator.paying(&choice.seeds, NEXT, &exclude);
    Ok(Chosen { choice, reasons, paying, elapsed_secs })
}

/// An empty network is the input's fault, everything else was asked for.
pub fn refused(error: SeedingError) -> CliError {
    match error {
        SeedingError::EmptyNetwork => CliError::failed(error),
        _ => CliError::Usage(error.to_string()),
    }
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
                "only_reach": seed.only_reach,
                "reason": reason.line,
                "bridges": reason.bridges,
                "channels": reason.channels,
                "path": reason.path.as_ref().map(|path| path_json(network, path)),
                "opening": reason.opening,
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
        ("overlap", overlap_json(network, chosen)),
        ("paying", paying_json(network, chosen)),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}

/// Who introduces whom.
fn path_json(network: &Network, path: &WarmPath) -> Value {
    let steps = path.steps.iter().map(|step| {
        let who = &network.people[step.person as usize];
        json!({"id": who.id, "name": who.name, "strength": step.strength, "seen": step.words})
    });
    json!({
        "from": path.from,
        "steps": steps.collect::<Vec<_>>(),
        "words": path.in_words(network),
    })
}

/// Who of the seeds reaches the same people; `null` where that would take long to simulate.
fn overlap_json(network: &Network, chosen: &Chosen) -> Value {
    let estimator = &chosen.choice.estimator;
    let seeds: Vec<PersonIndex> = chosen.choice.seeds.iter().map(|seed| seed.person).collect();
    if !estimator.overlap_is_quick(seeds.len()) {
        return Value::Null;
    }
    let overlap = estimator.overlap(&seeds);
    let ids = overlap.seeds.iter().map(|&it| &network.people[it as usize].id);
    json!({
        "seeds": ids.collect::<Vec<_>>(),
        "alone": overlap.alone,
        "exclusive": overlap.exclusive,
        "shared": overlap.shared,
        "unique_reach": overlap.unique,
        "gross_reach": overlap.gross(),
    })
}

/// Where the next seed stops paying.
fn paying_json(network: &Network, chosen: &Chosen) -> Value {
    let next = chosen.paying.next.iter().map(|gain| {
        let who = &network.people[gain.person as usize];
        json!({"id": who.id, "name": who.name, "adds": gain.adds})
    });
    json!({"knee": chosen.paying.knee(), "next": next.collect::<Vec<_>>()})
}

fn seeds_text(network: &Network, chosen: &Chosen) -> String {
    let rows: Vec<Vec<String>> = chosen
        .each(network)
        .map(|(person, seed, reason)| {
            vec![
                person.id.to_string(),
                person.name.to_string(),
                number(seed.marginal_reach),
                reason.line.clone(),
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
