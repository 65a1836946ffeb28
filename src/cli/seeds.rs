//! `jaywalk seeds`: whom to choose, what each brings, and why.

use std::sync::Arc;
use std::time::Instant;

use serde_json::{Map, Value, json};

use crate::diffusion::Model;
use crate::network::{Groups, Network, Person, PersonIndex};
use crate::project::{Project, SeedSettings};
use crate::seeding::{
    ChosenSeed, ConditionCost, Costs, Paying, PriceError, ReachEstimator, Reason, ReasonBasis,
    SearchState, SeedChoice, SeedRequest, SeedSearch, SeedingError, WarmPath,
};
use crate::words;

use super::args::SeedsArgs;
use super::exclude::rules;
use super::load::load;
use super::output::{number, print, print_json, table};
use super::progress::Teller;
use super::scenario::scenario;
use super::shared_args::ChoiceArgs;
use super::simulate::{model_of, people};
use super::{CliError, in_pool};

pub fn run(args: &SeedsArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let project = load(&args.source)?;
        let model = model_of(&project, &scenario(&args.scenario, args.common.rng_seed)?)?;
        let neighborhoods =
            if args.no_neighborhoods { Arc::default() } else { project.neighborhoods() };
        let chosen = choose(&project, &model, &args.choice, &neighborhoods)?;
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
    /// What was asked.
    pub settings: SeedSettings,
    /// What each person costs, where prices are given.
    pub prices: Option<Costs>,
    /// How long the search took.
    pub elapsed_secs: f64,
}

/// People told of who would come next.
const NEXT: usize = 10;

impl Chosen {
    /// What the search says of goal, money and conditions.
    pub fn told(&self) -> Vec<String> {
        self.choice.in_words(goal_due(&self.settings).as_deref())
    }

    /// Seed after seed: who, what they are worth, and why.
    fn each<'a>(
        &'a self,
        network: &'a Network,
    ) -> impl Iterator<Item = (&'a Person, &'a ChosenSeed, &'a Reason)> {
        let seeds = self.choice.seeds.iter().zip(&self.reasons);
        seeds.map(|(seed, reason)| (&network.people[seed.person as usize], seed, reason))
    }
}

/// "step 12": when a goal is due, where that is not the end of what is simulated.
pub fn goal_due(settings: &SeedSettings) -> Option<String> {
    Some(format!("step {}", settings.goal?.by_step?))
}

/// What the options ask of a search, and as they are kept.
pub fn asked(
    project: &Project,
    args: &ChoiceArgs,
) -> Result<(SeedSettings, SeedRequest), CliError> {
    let settings = settings(project, args)?;
    let request = project.seed_request_of(&settings).map_err(|error| usage(&error))?;
    Ok((settings, request))
}

/// Searches for seeds under `model`, telling how far it is. Reasons name `neighborhoods` where no fact
/// divides people.
pub fn choose(
    project: &Project,
    model: &Arc<Model>,
    args: &ChoiceArgs,
    neighborhoods: &Groups,
) -> Result<Chosen, CliError> {
    let results = project.results();
    let (settings, request) = asked(project, args)?;
    let scenario = settings.scenario_of_choice(model.scenario());
    let to_the_end = scenario.steps == model.scenario().steps;
    let model_of_choice =
        if to_the_end { Arc::clone(model) } else { model_of(project, &scenario)? };
    let prices = request.budget.as_ref().map(|it| it.costs.clone());
    let exclude = request.exclude.clone();
    let started = Instant::now();
    let mut search =
        SeedSearch::new(model_of_choice, request).map_err(|it| refused(&it, &results.network))?;
    let mut teller = Teller::new();
    while let SearchState::Searching { done, total } = search.step() {
        teller.tell("choosing seeds", done as f64 / total.max(1) as f64);
    }
    drop(teller);
    let mut choice = search.finish();
    if !to_the_end {
        // Reach is told for the whole time, as everywhere; the goal for its step.
        let people: Vec<PersonIndex> = choice.seeds.iter().map(|seed| seed.person).collect();
        let estimator = Arc::new(ReachEstimator::new(Arc::clone(model)));
        let estimate = estimator.estimate(&people);
        choice = SeedChoice {
            seeds: estimate.seeds,
            reach: estimate.reach,
            without_seeds: estimate.without_seeds,
            estimator,
            ..choice
        };
    }
    let elapsed_secs = started.elapsed().as_secs_f64();
    let basis = ReasonBasis {
        network: &results.network,
        model,
        neighborhoods,
        acquaintances: &project.acquaintances(),
    };
    let reasons = basis.reasons(&choice.seeds);
    let paying = choice.estimator.paying(&choice.seeds, NEXT, &exclude);
    Ok(Chosen { choice, reasons, paying, settings, prices, elapsed_secs })
}

/// An empty network is the input's fault, everything else was asked for.
pub fn refused(error: &SeedingError, network: &Network) -> CliError {
    match error {
        SeedingError::EmptyNetwork => CliError::failed(error),
        _ => CliError::Usage(error.about(network)),
    }
}

fn usage(error: &PriceError) -> CliError {
    CliError::Usage(error.to_string())
}

/// What the project decided, with what was typed in its place.
fn settings(project: &Project, args: &ChoiceArgs) -> Result<SeedSettings, CliError> {
    let network = &project.results().network;
    let mut settings = project.decisions().seed_settings.clone();
    let ids = |names: &[String], option: &str| -> Result<Vec<String>, CliError> {
        let found = people(network, names, option)?;
        Ok(found.into_iter().map(|it| network.people[it as usize].id.to_string()).collect())
    };
    let include = ids(&args.include, "--include")?;
    let exclude = ids(&args.exclude, "--exclude")?;
    // Who is asked for by name now is no longer what was decided of them earlier.
    settings.include.retain(|it| !exclude.contains(it) && !include.contains(it));
    settings.exclude.retain(|it| !include.contains(it) && !exclude.contains(it));
    settings.include.extend(include);
    settings.exclude.extend(exclude);
    settings.exclude_where.extend(rules(network, &args.exclusions.exclude_where)?);
    settings.epsilon = args.epsilon;
    settings.strategy = args.strategy.strategy();
    args.conditions.apply(&mut settings, network)?;
    if args.k.is_some() || args.conditions.ends_by_itself() {
        settings.k = args.k;
    }
    Ok(settings)
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
                "cost": chosen.prices.as_ref().and_then(|it| it.of(seed.person)),
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
        ("assured", json!(chosen.choice.assured)),
        ("spent", json!(chosen.choice.spent)),
        ("adopters_per_1000", json!(chosen.choice.per_thousand())),
        ("conditions", conditions_json(&chosen.choice)),
        ("goal", goal_json(chosen)),
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

/// Most seeds of whom it is told who reaches the same people: every pair is a number.
const MOST_OVERLAPS: usize = 1_000;

/// Who of the seeds reaches the same people; `null` where that would take long to simulate, or to
/// read.
fn overlap_json(network: &Network, chosen: &Chosen) -> Value {
    let estimator = &chosen.choice.estimator;
    let seeds: Vec<PersonIndex> = chosen.choice.seeds.iter().map(|seed| seed.person).collect();
    if seeds.len() > MOST_OVERLAPS || !estimator.overlap_is_quick(seeds.len()) {
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

fn conditions_json(choice: &SeedChoice) -> Value {
    let condition = |it: &ConditionCost| {
        json!({
            "condition": it.label,
            "reach_without": it.reach_without,
            "costs": it.costs,
            "goal_takes_without": it.goal.map(|it| it.takes),
            "goal_takes_more": it.goal.and_then(|it| it.more),
        })
    };
    choice.conditions.iter().map(condition).collect()
}

fn goal_json(chosen: &Chosen) -> Value {
    let (Some(goal), Some(asked)) = (chosen.choice.goal, chosen.settings.goal) else {
        return Value::Null;
    };
    json!({
        "share": asked.share,
        "by_step": asked.by_step,
        "least": asked.least,
        "people": goal.wanted,
        "reached": goal.reached,
        "met": goal.is_met,
        "at_least": goal.at_least,
    })
}

fn seeds_text(network: &Network, chosen: &Chosen) -> String {
    let with_costs = chosen.prices.is_some();
    let rows: Vec<Vec<String>> = chosen
        .each(network)
        .map(|(person, seed, reason)| {
            let cost = chosen.prices.as_ref().and_then(|it| it.of(seed.person));
            let mut row =
                vec![person.id.to_string(), person.name.to_string(), number(seed.marginal_reach)];
            if with_costs {
                row.push(cost.map_or_else(String::new, |it| format!("{it:.2}")));
            }
            row.push(reason.line.clone());
            row
        })
        .collect();
    let header = if with_costs {
        &["id", "name", "adds", "costs", "why"][..]
    } else {
        &["id", "name", "adds", "why"][..]
    };
    let choice = &chosen.choice;
    let reach = choice.reach;
    let proof = match choice.guarantee {
        Some(share) => format!("at least {:.0} % of the best possible reach", 100.0 * share),
        None if choice.goal.is_some() => "chosen for the goal".to_owned(),
        None => "a search without a guarantee".to_owned(),
    };
    let mut told = format!(
        "{} of {} reached ({} to {}; {proof})\n",
        number(reach.mean),
        words::people(network.people.len()),
        number(reach.low),
        number(reach.high),
    );
    for line in chosen.told() {
        told.push_str(&line);
        told.push('\n');
    }
    format!("{told}\n{}", table(header, &rows))
}
