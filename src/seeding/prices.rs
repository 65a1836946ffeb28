//! What winning somebody as a seed costs, and what an amount of money brings.
//!
//! Amounts are plain numbers in whatever currency the person thinks in.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::network::{ColumnKind, InfluenceGraph, Network, PersonIndex};

/// How a person's price is found: in a column where it is given there, else by a fee.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prices {
    /// The column that holds people's own prices.
    pub column: Option<String>,
    /// What everybody without a price of their own costs.
    pub fee: Option<Fee>,
    /// Whether people whose price is not known are never chosen; else they are an error, so that
    /// nobody drops out of a choice unnoticed.
    pub leave_out_unpriced: bool,
}

/// A price that follows a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fee {
    /// The same for everyone.
    Flat(f64),
    /// `base + each · followers`.
    PerFollower {
        /// What everyone costs at least.
        base: f64,
        /// What each follower adds.
        each: f64,
        /// The column that counts followers; without one they are the people in the network who
        /// listen to the person (the audience).
        column: Option<String>,
    },
}

/// Why prices make no sense.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum PriceError {
    /// Neither a column nor a fee.
    #[error("Say what a seed costs: a column with prices, or a fee")]
    NoPrices,
    /// Nobody has an entry in the column.
    #[error("Nobody has an entry in the column “{column}”; columns to choose from: {known}")]
    UnknownColumn {
        /// The column asked for.
        column: String,
        /// Columns that there are.
        known: String,
    },
    /// An entry that is no number.
    #[error(
        "The {column} of {person} is “{value}”, which is no number: correct it in the \
         people table, or in the file and import it again"
    )]
    NoNumber {
        /// The column.
        column: String,
        /// Name of the first such person.
        person: String,
        /// The entry.
        value: String,
    },
    /// An entry below zero.
    #[error(
        "The {column} of {person} is {value}, but nothing here can be less than 0: correct it in \
         the people table, or in the file and import it again"
    )]
    Negative {
        /// The column.
        column: String,
        /// Name of the first such person.
        person: String,
        /// The number.
        value: f64,
    },
    /// People without a price.
    #[error(
        "{count} of {people} people have no entry in the column “{column}”, the first is \
         {person}: set a fee for those without, or leave them out"
    )]
    Missing {
        /// The column.
        column: String,
        /// How many have none.
        count: usize,
        /// How many people there are.
        people: usize,
        /// Name of the first of them.
        person: String,
    },
    /// A fee that is no amount of money.
    #[error("{what} must be a number of at least 0, but is {value}")]
    BadFee {
        /// Which number.
        what: &'static str,
        /// The number.
        value: f64,
    },
}

impl Prices {
    /// Everybody costs the same.
    pub fn flat(fee: f64) -> Self {
        Self { fee: Some(Fee::Flat(fee)), ..Self::default() }
    }

    /// Whether anything says what people cost.
    pub fn are_given(&self) -> bool {
        self.column.is_some() || self.fee.is_some()
    }

    /// What each person of `network` costs; `graph` tells audiences. O(people).
    ///
    /// # Errors
    /// [`PriceError`] naming the first column, fee or person that makes no sense.
    pub fn of(&self, network: &Network, graph: &InfluenceGraph) -> Result<Costs, PriceError> {
        if !self.are_given() {
            return Err(PriceError::NoPrices);
        }
        let own = self.column.as_deref().map(|it| numbers(network, it)).transpose()?;
        let by_fee = self.fee.as_ref().map(|it| it.of(network, graph)).transpose()?;
        let people = network.people.len();
        let given = |list: Option<&Vec<Option<f64>>>, person: usize| list.and_then(|it| it[person]);
        let each: Vec<f64> = (0..people)
            .map(|it| given(own.as_ref(), it).or(given(by_fee.as_ref(), it)).unwrap_or(f64::NAN))
            .collect();
        let unknown = each.iter().filter(|it| it.is_nan()).count();
        if unknown > 0 && !self.leave_out_unpriced {
            let first = each.iter().position(|it| it.is_nan()).unwrap_or_default();
            let of_fee = match &self.fee {
                Some(Fee::PerFollower { column, .. }) => column.clone(),
                _ => None,
            };
            return Err(PriceError::Missing {
                column: of_fee.or_else(|| self.column.clone()).unwrap_or_default(),
                count: unknown,
                people,
                person: network.people[first].name.to_string(),
            });
        }
        Ok(Costs { each: each.into() })
    }

    /// "the column “cost”, else 200 each".
    pub fn in_words(&self) -> String {
        let fee = self.fee.as_ref().map(Fee::in_words);
        match (&self.column, fee) {
            (Some(column), Some(fee)) => format!("the column “{column}”, else {fee}"),
            (Some(column), None) => format!("the column “{column}”"),
            (None, Some(fee)) => fee,
            (None, None) => "no price".to_owned(),
        }
    }
}

impl Fee {
    fn of(
        &self,
        network: &Network,
        graph: &InfluenceGraph,
    ) -> Result<Vec<Option<f64>>, PriceError> {
        let people = network.people.len();
        match self {
            Self::Flat(fee) => {
                amount("The fee", *fee)?;
                Ok(vec![Some(*fee); people])
            }
            Self::PerFollower { base, each, column } => {
                amount("The base fee", *base)?;
                amount("The fee per follower", *each)?;
                let followers = match column {
                    Some(column) => numbers(network, column)?,
                    None => (0..)
                        .take(people)
                        .map(|person| Some(graph.audience_of(person).len() as f64))
                        .collect(),
                };
                Ok(followers.into_iter().map(|it| it.map(|it| base + each * it)).collect())
            }
        }
    }

    /// "200 each", "50 and 20 per follower".
    pub fn in_words(&self) -> String {
        match self {
            Self::Flat(fee) => format!("{} each", money(*fee)),
            Self::PerFollower { base, each, column } => {
                let by = column.as_ref().map_or_else(
                    || "listener in the network".to_owned(),
                    |it| format!("follower (column “{it}”)"),
                );
                let base =
                    if *base > 0.0 { format!("{} and ", money(*base)) } else { String::new() };
                format!("{base}{} per {by}", money(*each))
            }
        }
    }
}

fn amount(what: &'static str, value: f64) -> Result<(), PriceError> {
    // Written so that a value that is no number fails as well.
    if value >= 0.0 && value.is_finite() { Ok(()) } else { Err(PriceError::BadFee { what, value }) }
}

/// The numbers of a column, none of them below zero; `None` for people without an entry.
fn numbers(network: &Network, column: &str) -> Result<Vec<Option<f64>>, PriceError> {
    let numbers = network.people.iter().map(|person| {
        let told = person.fact(column).map(str::trim).filter(|it| !it.is_empty());
        let Some(value) = told else { return Ok(None) };
        let person = || person.name.to_string();
        let column = || column.to_owned();
        match ColumnKind::Number.number(value) {
            None => Err(PriceError::NoNumber {
                column: column(),
                person: person(),
                value: value.to_owned(),
            }),
            Some(value) if value < 0.0 => {
                Err(PriceError::Negative { column: column(), person: person(), value })
            }
            number => Ok(number),
        }
    });
    let numbers = numbers.collect::<Result<Vec<_>, _>>()?;
    if numbers.iter().all(Option::is_none) {
        let known = network.columns_in_words();
        return Err(PriceError::UnknownColumn { column: column.to_owned(), known });
    }
    Ok(numbers)
}

/// What each person costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Costs {
    /// NaN where no price is known.
    each: Arc<[f64]>,
}

impl Costs {
    /// One price per person; one that is no number stands for somebody who is not for sale.
    pub fn new(each: Vec<f64>) -> Self {
        Self { each: each.into() }
    }

    /// What this person costs; `None` for somebody who has no price and so is never chosen.
    ///
    /// # Panics
    /// When there is no such person.
    pub fn of(&self, person: PersonIndex) -> Option<f64> {
        Some(self.each[person as usize]).filter(|it| !it.is_nan())
    }

    /// What all of these cost together; those without a price count nothing.
    pub fn total(&self, people: &[PersonIndex]) -> f64 {
        people.iter().filter_map(|&it| self.of(it)).sum()
    }

    /// How many people have no price.
    pub fn unpriced(&self) -> usize {
        self.each.iter().filter(|it| it.is_nan()).count()
    }

    /// Number of people.
    pub fn people(&self) -> usize {
        self.each.len()
    }
}

/// Adopters for each thousand spent; `None` where nothing is spent.
pub fn per_thousand(adopters: f64, spent: f64) -> Option<f64> {
    (spent > 0.0).then(|| 1000.0 * adopters / spent)
}

/// An amount as people write it: no decimals where there are none, else two.
pub fn money(amount: f64) -> String {
    let rounded = (amount * 100.0).round() / 100.0;
    if rounded.abs() >= 1e15 {
        return format!("{rounded:e}");
    }
    let decimals = if rounded.fract() == 0.0 { 0 } else { 2 };
    let text = format!("{rounded:.decimals$}");
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
    let sign = if whole.starts_with('-') { "-" } else { "" };
    let whole = whole.trim_start_matches('-').parse().map_or_else(
        |_| whole.to_owned(),
        |whole: usize| format!("{sign}{}", crate::words::grouped(whole)),
    );
    rest.map_or_else(|| whole.clone(), |rest| format!("{whole}.{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{InfluenceArc, Person, fact};

    /// Person 0 is heard by 1 and 2, person 1 by 2.
    fn network(costs: [&str; 3]) -> (Network, InfluenceGraph) {
        let person = |(number, cost): (usize, &&str)| Person {
            id: number.to_string().into(),
            name: format!("Person {number}").into(),
            facts: [(fact::COST, *cost), (fact::FOLLOWERS, "1,000")]
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect(),
            is_owner: false,
        };
        let people = costs.iter().enumerate().map(person).collect();
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 0.1 };
        let graph = InfluenceGraph::from_arcs(3, [arc(0, 1), arc(0, 2), arc(1, 2)]);
        (Network { people, ..Network::default() }, graph)
    }

    fn costs(prices: &Prices, column: [&str; 3]) -> Result<Vec<Option<f64>>, String> {
        let (network, graph) = network(column);
        let costs = prices.of(&network, &graph).map_err(|error| error.to_string())?;
        Ok((0..3).map(|it| costs.of(it)).collect())
    }

    fn by_column(fee: Option<Fee>) -> Prices {
        Prices { column: Some(fact::COST.to_owned()), fee, ..Prices::default() }
    }

    #[test]
    fn a_price_is_the_column_s_where_given_else_the_fee() {
        let flat = costs(&Prices::flat(7.5), ["", "", ""]);
        assert_eq!(flat, Ok(vec![Some(7.5); 3]));
        let own = costs(&by_column(None), ["€ 30", "1,200", "0"]);
        assert_eq!(own, Ok(vec![Some(30.0), Some(1200.0), Some(0.0)]));
        let fee = Fee::PerFollower { base: 10.0, each: 20.0, column: None };
        let both = costs(&by_column(Some(fee)), ["", "5", ""]);
        assert_eq!(both, Ok(vec![Some(50.0), Some(5.0), Some(10.0)]));
        let followers =
            Fee::PerFollower { base: 1.0, each: 0.01, column: Some(fact::FOLLOWERS.to_owned()) };
        let prices = Prices { fee: Some(followers), ..Prices::default() };
        assert_eq!(costs(&prices, ["", "", ""]), Ok(vec![Some(11.0); 3]));
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_name() {
        let refused = |column| costs(&by_column(None), column).expect_err("makes no sense");
        assert!(refused(["5", "-1", "5"]).contains("cost of Person 1 is -1"));
        assert!(refused(["5", "much", "5"]).contains("cost of Person 1 is “much”"));
        assert!(refused(["NaN", "5", "5"]).contains("cost of Person 0 is “NaN”"));
        assert!(
            refused(["5", "", ""]).contains("2 of 3 people have no entry in the column “cost”")
        );
        assert!(refused(["5", "", ""]).contains("the first is Person 1"));
        assert!(refused(["", "", ""]).contains("columns to choose from: followers"));
        for fee in [-1.0, f64::NAN, f64::INFINITY] {
            let told = costs(&Prices::flat(fee), ["", "", ""]).expect_err("makes no sense");
            assert!(told.starts_with("The fee must be a number of at least 0"), "{told}");
        }
        let nothing = costs(&Prices::default(), ["1", "1", "1"]).expect_err("makes no sense");
        assert!(nothing.contains("a column with prices, or a fee"));
    }

    #[test]
    fn people_without_a_price_can_be_left_out_by_choice() {
        let prices = Prices { leave_out_unpriced: true, ..by_column(None) };
        assert_eq!(costs(&prices, ["5", "", "6"]), Ok(vec![Some(5.0), None, Some(6.0)]));
    }

    #[test]
    fn money_reads_as_people_write_it() {
        let shown = [0.0, 12.5, 1234.0, 1_234_567.891, 0.004, 1e18].map(money);
        assert_eq!(shown, ["0", "12.50", "1,234", "1,234,567.89", "0", "1e18"]);
        assert_eq!(per_thousand(44.96, 2000.0), Some(22.48));
        assert_eq!(per_thousand(1.0, 0.0), None);
    }
}
