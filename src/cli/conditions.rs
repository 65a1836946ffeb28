//! What seeds may cost and which sets of them are allowed, as typed on the command line.

use clap::{Args, ValueEnum};

use super::CliError;
use super::columns::known_column;
use super::exclude::rule;
use crate::network::{Network, fact};
use crate::project::{GoalSetting, GroupCondition, SeedSettings, Warm, WarmFrom};
use crate::seeding::{Bound, Fee, GroupBy, Least};

/// Money, groups, introductions and goals.
#[derive(Debug, Default, Args)]
pub struct ConditionArgs {
    /// Most that all seeds may cost together, in any currency
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    pub budget: Option<f64>,
    /// Column that holds what each person costs
    #[arg(long, value_name = "COLUMN")]
    pub cost_column: Option<String>,
    /// What everybody without a price of their own costs
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    pub fee: Option<f64>,
    /// What each follower adds to --fee
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
    pub fee_per_follower: Option<f64>,
    /// Column that counts followers [default: the people in the network who listen to the person]
    #[arg(long, value_name = "COLUMN", requires = "fee_per_follower")]
    pub followers_column: Option<String>,
    /// Never choose people without a price, instead of asking what they cost
    #[arg(long)]
    pub leave_out_unpriced: bool,
    /// At most so many seeds with the same entry in a column, for example 2:company; the column
    /// may be "neighborhood"; may be given several times
    #[arg(long, value_name = "N:COLUMN")]
    pub at_most: Vec<String>,
    /// At least one seed for every entry of a column, for example client; the column may be
    /// "neighborhood"; may be given several times
    #[arg(long, value_name = "COLUMN")]
    pub at_least_one: Vec<String>,
    /// Only people within so many introductions: of the owners of the exports (2), or of people with
    /// something in a column (tags=friend:2)
    #[arg(long, value_name = "[COLUMN=VALUE:]STEPS")]
    pub warm: Option<String>,
    /// Reach this share of all people with as little as possible: 30% or 0.3
    #[arg(long, value_name = "SHARE")]
    pub target: Option<String>,
    /// Step by which the target is to be reached [default: the last one]
    #[arg(long, value_name = "STEP", requires = "target")]
    pub by: Option<u32>,
    /// What the target should take least of [default: money where prices are given, else seeds]
    #[arg(long, value_enum, requires = "target")]
    pub least: Option<LeastName>,
}

/// Values of `--least`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LeastName {
    /// The fewest seeds
    Seeds,
    /// The least money
    Money,
}

impl ConditionArgs {
    /// Puts what was typed in the place of what `settings` say.
    pub fn apply(&self, settings: &mut SeedSettings, network: &Network) -> Result<(), CliError> {
        let column = |option: &str, typed: &str| {
            known_column(network, typed.trim())
                .map_err(|what| CliError::Usage(format!("{option} {typed}: {what}")))
        };
        if let Some(typed) = &self.cost_column {
            settings.prices.column = Some(column("--cost-column", typed)?);
            settings.prices.fee = None;
        }
        let followers = self.followers_column.as_deref();
        let followers = followers.map(|typed| column("--followers-column", typed)).transpose()?;
        if let Some(each) = self.fee_per_follower {
            let base = self.fee.unwrap_or(0.0);
            settings.prices.fee = Some(Fee::PerFollower { base, each, column: followers });
        } else if let Some(fee) = self.fee {
            settings.prices.fee = Some(Fee::Flat(fee));
        }
        settings.prices.leave_out_unpriced |= self.leave_out_unpriced;
        if self.budget.is_some() {
            settings.budget = self.budget;
            let has_costs =
                || network.people.iter().any(|person| person.fact(fact::COST).is_some());
            // What a column called cost holds needs no telling.
            if !settings.prices.are_given() && has_costs() {
                settings.prices.column = Some(fact::COST.to_owned());
            }
        }
        for typed in &self.at_most {
            let usage = |what: &str| CliError::Usage(format!("--at-most {typed}: {what}"));
            let (most, by) = typed
                .split_once(':')
                .ok_or_else(|| usage("write N:COLUMN, for example 2:company"))?;
            let most = most.trim().parse().map_err(|_| usage("the number before : is none"))?;
            let by = group_by(by, |typed| column("--at-most", typed))?;
            settings.groups.push(GroupCondition { by, bound: Bound::AtMost(most) });
        }
        for typed in &self.at_least_one {
            let by = group_by(typed, |typed| column("--at-least-one", typed))?;
            settings.groups.push(GroupCondition { by, bound: Bound::AtLeastOne });
        }
        if let Some(typed) = &self.warm {
            settings.warm = Some(warm(typed, network)?);
        }
        if let Some(typed) = &self.target {
            let least = self.least.unwrap_or(if settings.prices.are_given() {
                LeastName::Money
            } else {
                LeastName::Seeds
            });
            settings.goal = Some(GoalSetting {
                share: share(typed)?,
                by_step: self.by,
                least: match least {
                    LeastName::Seeds => Least::Seeds,
                    LeastName::Money => Least::Money,
                },
            });
        }
        if self.by == Some(0) {
            let why = "--by 0: nobody but the seeds has adopted by then; name a step from 1 on";
            return Err(CliError::Usage(why.to_owned()));
        }
        Ok(())
    }

    /// Whether a number of seeds is not needed, because money or a goal ends the choice.
    pub fn ends_by_itself(&self) -> bool {
        self.budget.is_some() || self.target.is_some()
    }
}

fn group_by(
    typed: &str,
    column: impl Fn(&str) -> Result<String, CliError>,
) -> Result<GroupBy, CliError> {
    let is_neighborhood = typed.trim().eq_ignore_ascii_case(GroupBy::Neighborhood.label());
    column(typed)
        .map(GroupBy::Column)
        .or_else(|error| if is_neighborhood { Ok(GroupBy::Neighborhood) } else { Err(error) })
}

/// "2", "owners:2", "tags=friend:1".
fn warm(typed: &str, network: &Network) -> Result<Warm, CliError> {
    let usage = |what: String| CliError::Usage(format!("--warm {typed}: {what}"));
    let (from, steps) = match typed.rsplit_once(':') {
        Some((from, steps)) => (Some(from), steps),
        None => (None, typed),
    };
    let steps = steps.trim().parse().map_err(|_| {
        usage("write a number of steps, or COLUMN=VALUE:STEPS, for example tags=friend:2".into())
    })?;
    let from = match from {
        Some(rule_typed) if !rule_typed.trim().eq_ignore_ascii_case("owners") => {
            WarmFrom::Picked(rule(network, rule_typed).map_err(usage)?)
        }
        _ => WarmFrom::Owners,
    };
    Ok(Warm { from, steps })
}

/// "30%", "0.3".
fn share(typed: &str) -> Result<f64, CliError> {
    let (number, unit) = match typed.trim().strip_suffix('%') {
        Some(number) => (number, 0.01),
        None => (typed.trim(), 1.0),
    };
    let number: f64 = number.trim().parse().map_err(|_| {
        CliError::Usage(format!("--target {typed}: write a share, for example 30% or 0.3"))
    })?;
    Ok(number * unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Person;

    fn network() -> Network {
        let person = |client: &str, tag: &str| Person {
            facts: [("client", client), ("tags", tag), ("cost", "5")].into_iter().collect(),
            ..Person::default()
        };
        Network {
            people: vec![person("Alder", "friend"), person("Birch", "")],
            ..Network::default()
        }
    }

    fn applied(args: &ConditionArgs) -> Result<SeedSettings, String> {
        let mut settings = SeedSettings::default();
        args.apply(&mut settings, &network()).map_err(|error| error.to_string())?;
        Ok(settings)
    }

    #[test]
    fn conditions_are_read_as_typed() {
        let args = ConditionArgs {
            budget: Some(20.0),
            at_most: vec!["2:Client".to_owned(), "1 : neighborhood".to_owned()],
            at_least_one: vec!["client".to_owned()],
            warm: Some("tags=friend:2".to_owned()),
            target: Some("30 %".to_owned()),
            by: Some(12),
            ..ConditionArgs::default()
        };
        let settings = applied(&args).expect("sound");
        assert_eq!(settings.prices.column.as_deref(), Some("cost"), "the column is there");
        let groups: Vec<String> = settings.groups.iter().map(GroupCondition::in_words).collect();
        assert_eq!(
            groups,
            ["At most 2 per client", "At most 1 per neighborhood", "At least one per client"]
        );
        let warm = settings.warm.expect("given").in_words();
        assert_eq!(warm, "only people within 2 steps of people with tags: friend");
        let goal = settings.goal.expect("given");
        assert!((goal.share - 0.3).abs() < 1e-12);
        assert_eq!((goal.by_step, goal.least), (Some(12), Least::Money));
        let owners = ConditionArgs { warm: Some("3".to_owned()), ..ConditionArgs::default() };
        assert_eq!(
            applied(&owners).expect("sound").warm,
            Some(Warm { from: WarmFrom::Owners, steps: 3 })
        );
        let fee = ConditionArgs {
            fee: Some(50.0),
            fee_per_follower: Some(2.0),
            ..ConditionArgs::default()
        };
        assert_eq!(
            applied(&fee).expect("sound").prices.in_words(),
            "50 and 2 per listener in the network"
        );
    }

    #[test]
    fn slips_are_told_with_what_to_write() {
        let told = |args: ConditionArgs| applied(&args).expect_err("a slip");
        let at_most = |typed: &str| ConditionArgs {
            at_most: vec![typed.to_owned()],
            ..ConditionArgs::default()
        };
        assert!(told(at_most("company")).contains("write N:COLUMN"));
        assert!(told(at_most("2:clinet")).contains("no column is called \"clinet\""));
        let target = ConditionArgs { target: Some("many".to_owned()), ..ConditionArgs::default() };
        assert!(told(target).contains("write a share"));
        let by = ConditionArgs { by: Some(0), ..ConditionArgs::default() };
        assert!(told(by).contains("name a step from 1 on"));
        let warm = ConditionArgs { warm: Some("friends".to_owned()), ..ConditionArgs::default() };
        assert!(told(warm).contains("write a number of steps"));
    }
}
