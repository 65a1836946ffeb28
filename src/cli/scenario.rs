//! Options as typed → a scenario.

use crate::diffusion::{
    Contagion, Hazard, Meeting, Rollout, Scenario, SeizRates, StepUnit, Threshold, TieProbability,
    TieWeight,
};

use super::CliError;
use super::choices::{ContagionName, HazardName, StepUnitName};
use super::playbook::playbook;
use super::shared_args::ScenarioArgs;

/// Cascades and thresholds end by themselves; this only bounds the slowest of them.
const UNTIL_NOTHING_CHANGES: u32 = 1000;

/// Bass, SEIZ and playbooks never end by themselves: a year of weeks.
pub const BASS_STEPS: u32 = 52;

/// Turns options into a scenario. Numbers out of range are refused later, by the model.
pub fn scenario(args: &ScenarioArgs, rng_seed: u64) -> Result<Scenario, CliError> {
    let contagion = match args.contagion {
        ContagionName::Ic => Contagion::IndependentCascade(tie_probability(&args.p)?),
        ContagionName::Sir => {
            Contagion::Fading { beta: args.beta.unwrap_or(0.1), gamma: args.gamma }
        }
        ContagionName::Seiz => Contagion::Seiz(SeizRates {
            beta: args.beta.unwrap_or(SeizRates::USUAL.beta),
            b: args.seiz_b,
            p: args.seiz_p,
            l: args.seiz_l,
            rho: args.rho,
            epsilon: args.seiz_epsilon,
            sceptics: args.sceptics,
        }),
        ContagionName::Rivals => Contagion::Rivalry {
            chance: tie_probability(&args.p)?,
            meeting: args.rival_weight.map_or(Meeting::FirstCome, Meeting::Weighted),
        },
        ContagionName::Playbook => Contagion::Playbook,
        ContagionName::Lt => Contagion::LinearThreshold(match args.p.as_str() {
            "weighted" => TieWeight::Equal,
            "column" => TieWeight::PerTie,
            other => return Err(usage("--p", other, "weighted or column with --contagion lt")),
        }),
        ContagionName::Permission => Contagion::Permission(threshold(args)?),
        ContagionName::Bass => {
            Contagion::Bass { p: args.bass_p, q: args.bass_q, hazard: hazard(args.hazard) }
        }
    };
    let goes_on =
        |it| matches!(it, Contagion::Bass { .. } | Contagion::Seiz(_) | Contagion::Playbook);
    let own_end = if goes_on(contagion) { BASS_STEPS } else { UNTIL_NOTHING_CHANGES };
    Ok(Scenario {
        contagion,
        steps: args.steps.unwrap_or(own_end),
        step_unit: step_unit(args.step_unit),
        replicates: args.replicates,
        presence: args.presence,
        visibility: args.visibility,
        same_field: args.same_field.clone(),
        churn: args.churn,
        rivals: args.rivals.clone(),
        rollout: Rollout::default(),
        playbook: playbook(args)?,
        rng_seed,
    })
}

/// The length of a step of this name.
pub fn step_unit(name: StepUnitName) -> StepUnit {
    match name {
        StepUnitName::Day => StepUnit::Day,
        StepUnitName::Week => StepUnit::Week,
        StepUnitName::Month => StepUnit::Month,
        StepUnitName::Quarter => StepUnit::Quarter,
        StepUnitName::Year => StepUnit::Year,
    }
}

/// The rule of this name.
pub fn hazard(name: HazardName) -> Hazard {
    match name {
        HazardName::Exponential => Hazard::Exponential,
        HazardName::Additive => Hazard::Additive,
    }
}

fn tie_probability(typed: &str) -> Result<TieProbability, CliError> {
    match typed {
        "weighted" => Ok(TieProbability::Weighted),
        "column" => Ok(TieProbability::PerTie),
        number => parse("--p", number, "a number, weighted or column").map(TieProbability::Uniform),
    }
}

fn threshold(args: &ScenarioArgs) -> Result<Threshold, CliError> {
    match (args.threshold_share.as_deref(), args.threshold_count.as_deref()) {
        (Some("column"), _) | (_, Some("column")) => Ok(Threshold::PerPerson),
        (Some(share), _) => Ok(Threshold::Share(parse(
            "--threshold-share",
            share,
            "a number from 0 to 1, or column",
        )?)),
        (None, Some(count)) => {
            Ok(Threshold::Count(parse("--threshold-count", count, "a whole number, or column")?))
        }
        (None, None) => Err(CliError::Usage(
            "--contagion permission needs --threshold-share X or --threshold-count K".to_owned(),
        )),
    }
}

fn parse<T: std::str::FromStr>(option: &str, typed: &str, wanted: &str) -> Result<T, CliError> {
    typed.parse().map_err(|_| usage(option, typed, wanted))
}

fn usage(option: &str, typed: &str, wanted: &str) -> CliError {
    CliError::Usage(format!("{option} takes {wanted}, not \"{typed}\""))
}
