//! `jaywalk strategies`: the same budget spent in other ways, side by side.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::network::Network;
use crate::seeding::{
    Broadcast, Claim, SearchState, StrategyRow, StrategyTable, StrategyTrial, Tactic, TrialError,
    TrialRequest,
};
use crate::words;

use super::args::StrategiesArgs;
use super::choices::{StrategyName, TacticName};
use super::load::load;
use super::output::{number, print, print_json, table};
use super::scenario::scenario;
use super::seeds::{asked, goal_due, refused};
use super::simulate::{model_of, people};
use super::{CliError, in_pool};

pub fn run(args: &StrategiesArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let project = load(&args.source)?;
        let (settings, seeds) = asked(&project, &args.choice)?;
        let scenario = scenario(&args.scenario, args.common.rng_seed)?;
        // With a goal adopters are counted by the step at which it is due.
        let model = model_of(&project, &settings.scenario_of_choice(&scenario))?;
        let network = &project.results().network;
        if !matches!(args.choice.strategy, StrategyName::Best) {
            return Err(CliError::Usage(
                "strategies compares several: name them with --only instead of --strategy"
                    .to_owned(),
            ));
        }
        let chosen = if args.seeds.is_empty() {
            project.seeds()
        } else {
            people(network, &args.seeds, "--seeds")?
        };
        let request = TrialRequest {
            seeds,
            tactics: tactics(args, chosen.is_empty())?,
            chosen,
            money: args.money,
            broadcast: Broadcast { per_head: args.per_head, response: args.response },
            replicates: model.scenario().replicates,
        };
        let mut trial =
            StrategyTrial::new(Arc::clone(&model), request).map_err(|error| match error {
                TrialError::Seeds(error) => refused(&error, network),
                error => CliError::Usage(error.to_string()),
            })?;
        while trial.step() != SearchState::Finished {}
        let found = trial.finish();
        let reference = args.against.and_then(|it| found.row(it.tactic())).or_else(|| found.best());
        if args.common.json {
            return print_json(&strategies_json(network, &found, reference));
        }
        print(&strategies_text(&found, reference, goal_due(&settings).as_deref()))
    })
}

/// What is compared: what was named, or everything.
fn tactics(args: &StrategiesArgs, nobody_chosen: bool) -> Result<Vec<Tactic>, CliError> {
    let mut tactics = Vec::new();
    for tactic in args.only.iter().map(|it| it.tactic()) {
        if tactic == Tactic::Chosen && nobody_chosen {
            return Err(CliError::Usage(
                "--only chosen needs --seeds A,B, or a project with seeds".to_owned(),
            ));
        }
        if !tactics.contains(&tactic) {
            tactics.push(tactic);
        }
    }
    if args.only.is_empty() {
        tactics = Tactic::all();
        tactics.retain(|it| *it != Tactic::Chosen || !nobody_chosen);
    }
    let missing = args.against.map(TacticName::tactic).filter(|it| !tactics.contains(it));
    match missing {
        Some(tactic) => Err(CliError::Usage(format!(
            "--against names a strategy that is not compared ({})",
            tactic.label()
        ))),
        None => Ok(tactics),
    }
}

/// The table as JSON, with differences to one of its rows.
pub fn strategies_json(
    network: &Network,
    found: &StrategyTable,
    reference: Option<&StrategyRow>,
) -> Value {
    let rows = found.rows.iter().map(|row| row_json(network, found, row, reference));
    let left_out = found.left_out.iter();
    json!({
        "people": found.people,
        "replicates": found.replicates,
        "without_seeds": found.without_seeds,
        "goal": found.for_goal.map(|it| json!({
            "people": it.answer.wanted,
            "met": it.answer.is_met,
            "seeds": it.seeds,
            "spent": it.spent,
        })),
        "broadcast": found.heads.map(|heads| json!({
            "people": heads,
            "per_head": found.broadcast.per_head,
            "response": found.broadcast.response,
        })),
        "against": reference.map(|row| row.tactic),
        "strategies": rows.collect::<Vec<_>>(),
        "left_out": left_out
            .map(|(tactic, why)| json!({"strategy": tactic, "reason": why}))
            .collect::<Vec<_>>(),
    })
}

fn row_json(
    network: &Network,
    found: &StrategyTable,
    row: &StrategyRow,
    reference: Option<&StrategyRow>,
) -> Value {
    let seeds = row.seeds.iter().map(|&it| {
        let who = &network.people[it as usize];
        json!({"id": who.id, "name": who.name})
    });
    let guarantee = match row.claim {
        Claim::Proven(share) => Some(share),
        _ => None,
    };
    let difference = reference.map(|reference| {
        let difference = StrategyTable::difference(row, reference);
        json!({
            "mean": difference.mean,
            "low": difference.low,
            "high": difference.high,
            "standard_error": difference.standard_error,
        })
    });
    json!({
        "strategy": row.tactic,
        "label": row.tactic.label(),
        "seeds": seeds.collect::<Vec<_>>(),
        "drawn_anew": row.claim == Claim::Chance,
        "starters": row.starters,
        "reach": row.reach.mean,
        "reach_low": row.reach.low,
        "reach_high": row.reach.high,
        "p10": row.p10,
        "p90": row.p90,
        "cost": row.cost,
        "per_thousand": row.per_thousand,
        "price_as_good_as_broadcast": found.fair_price(row),
        "claim": row.claim.in_words(),
        "guarantee": guarantee,
        "difference": difference,
    })
}

fn strategies_text(
    found: &StrategyTable,
    reference: Option<&StrategyRow>,
    when: Option<&str>,
) -> String {
    let told = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), number);
    let mut rows: Vec<&StrategyRow> = found.rows.iter().collect();
    rows.sort_by(|a, b| b.reach.mean.total_cmp(&a.reach.mean));
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| {
            let difference = reference.map(|it| StrategyTable::difference(row, it));
            vec![
                row.tactic.label().to_owned(),
                number(row.starters),
                number(row.reach.mean),
                row.p10.to_string(),
                row.p90.to_string(),
                told(row.cost),
                told(row.per_thousand),
                told(difference.map(|it| it.mean)),
                told(difference.map(|it| 1.96 * it.standard_error)),
                row.claim.in_words(),
            ]
        })
        .collect();
    let header = [
        "strategy",
        "people",
        "adopters",
        "p10",
        "p90",
        "cost",
        "per 1,000",
        "difference",
        "±",
        "claim",
    ];
    let mut text = format!(
        "{} runs of each on the same chances; differences against {} with their 95 % interval\n\n{}",
        words::grouped(found.replicates as usize),
        reference.map_or("nothing", |row| row.tactic.label()),
        table(&header, &rows),
    );
    for line in found.in_words(when) {
        text.push_str(&line);
        text.push('\n');
    }
    for (tactic, why) in &found.left_out {
        text.push_str("left out: ");
        text.push_str(tactic.label());
        text.push_str(" - ");
        text.push_str(why);
        text.push('\n');
    }
    text
}
