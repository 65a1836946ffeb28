//! What a choice under conditions says of itself, line by line.

use super::goal::GoalAnswer;
use super::prices::money;
use super::request::Least;
use super::search::SeedChoice;
use crate::words::{counted, people};

impl SeedChoice {
    /// What it cost, what became of the goal (which is due at `when`: "week 12"), what each condition
    /// costs in reach, and what is known beforehand of this way of choosing; nothing for a choice
    /// without conditions.
    pub fn in_words(&self, when: Option<&str>) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(goal) = &self.goal {
            lines.extend(goal.in_words(self.seeds.len(), self.spent, when));
        }
        if let Some(spent) = self.spent {
            let seeds = counted(self.seeds.len(), "seed costs", "seeds cost");
            let per_thousand = self
                .per_thousand()
                .map_or_else(String::new, |it| format!(", {it:.1} adopters for each 1,000 spent"));
            lines.push(format!("{seeds} {}{per_thousand}", money(spent)));
        }
        let conditions = self.conditions.iter().map(|it| capitalized(&it.in_words()));
        lines.extend(conditions);
        let is_plain = self.conditions.is_empty() && self.spent.is_none();
        if let Some(share) = self.assured.filter(|_| !is_plain) {
            lines.push(format!(
                "Known beforehand of choosing under these conditions: at least {:.0} % of the best \
                 possible reach",
                100.0 * share
            ));
        } else if self.guarantee.is_some() && !is_plain {
            lines.push(
                "No share of the best reach is known beforehand for these conditions together; \
                 what is proven here is proven on this network"
                    .to_owned(),
            );
        }
        lines
    }
}

impl GoalAnswer {
    fn in_words(&self, seeds: usize, spent: Option<f64>, when: Option<&str>) -> Vec<String> {
        let when = when.map_or_else(String::new, |it| format!(" by {it}"));
        let [wanted, reached] = [self.wanted.ceil(), self.reached];
        if !self.is_met {
            return vec![format!(
                "The goal of {wanted:.0} people{when} is out of reach under these conditions: the \
                 best found gets to {reached:.0}"
            )];
        }
        let takes = match (self.least, spent) {
            (Least::Money, Some(spent)) => money(spent),
            _ => counted(seeds, "seed", "seeds"),
        };
        let mut lines = vec![format!("{takes} reach {reached:.0} of the {wanted:.0} people{when}")];
        let is_least = self.at_least.is_some_and(|it| it + 0.5 > seeds as f64);
        if self.least == Least::Seeds && !is_least {
            lines.push(
                "Found by a search, which now and then takes one seed more than would do"
                    .to_owned(),
            );
        }
        if let Some(at_least) = self.at_least {
            let least = match self.least {
                Least::Money => money(at_least),
                Least::Seeds => people_or_seeds(at_least),
            };
            lines.push(format!(
                "No choice can do with less than {least}, going by the same chances"
            ));
        }
        lines
    }
}

fn people_or_seeds(count: f64) -> String {
    if count < 1.5 { "1 seed".to_owned() } else { format!("{count:.0} seeds") }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// "12 people may be seeds, 3 of them have no price", for settings on the screen.
pub fn candidates_in_words(candidates: usize, unpriced: usize) -> String {
    let all = people(candidates);
    match unpriced {
        0 => format!("{all} may be seeds"),
        _ => format!("{all} may be seeds; {} without a price may not", people(unpriced)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goal(is_met: bool, least: Least) -> GoalAnswer {
        GoalAnswer { wanted: 119.2, reached: 81.4, is_met, least, at_least: Some(7.0) }
    }

    #[test]
    fn a_goal_says_what_it_takes_or_how_far_one_gets() {
        assert_eq!(
            goal(true, Least::Seeds).in_words(9, None, Some("week 12")),
            [
                "9 seeds reach 81 of the 120 people by week 12",
                "Found by a search, which now and then takes one seed more than would do",
                "No choice can do with less than 7 seeds, going by the same chances",
            ]
        );
        let fewest = goal(true, Least::Seeds).in_words(7, None, None);
        assert_eq!(fewest.len(), 2, "nothing can do with less, so there is nothing to allow for");
        let money = goal(true, Least::Money).in_words(9, Some(1500.0), None);
        assert_eq!(money[0], "1,500 reach 81 of the 120 people");
        assert_eq!(
            goal(false, Least::Seeds).in_words(9, None, Some("week 12")),
            ["The goal of 120 people by week 12 is out of reach under these conditions: the best \
              found gets to 81"]
        );
    }
}
