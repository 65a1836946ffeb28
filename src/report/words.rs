//! Settings and figures in plain words.

use crate::diffusion::{
    Contagion, Hazard, Scenario, StepUnit, Threshold, TieProbability, TieWeight,
};
use crate::words::people;

/// How adoption passes on, as a sentence.
pub(super) fn contagion(scenario: &Scenario) -> String {
    let rule = match scenario.contagion {
        Contagion::IndependentCascade(chance) => {
            let chance = match chance {
                TieProbability::Uniform(p) => format!("with chance {p} per tie"),
                TieProbability::Weighted => {
                    "with a chance of one over the number of ties into that person".to_owned()
                }
                TieProbability::PerTie => "with the chance each tie carries".to_owned(),
            };
            format!(
                "Each new adopter tries once to win over each person they influence, {chance} (independent cascade)"
            )
        }
        Contagion::LinearThreshold(weight) => {
            let weight = match weight {
                TieWeight::Equal => "all ties into a person count alike",
                TieWeight::PerTie => "each tie counts with its own weight",
            };
            format!(
                "A person adopts once enough of those who influence them have; how much is enough is drawn by chance, and {weight} (linear threshold)"
            )
        }
        Contagion::Permission(threshold) => {
            let enough = match threshold {
                Threshold::Share(share) => {
                    format!("{:.0} % of those they listen to", share * 100.0)
                }
                Threshold::Count(1) => "one person they listen to".to_owned(),
                Threshold::Count(count) => format!("{} they listen to", people(count as usize)),
                Threshold::PerPerson => {
                    "as many of their peers as their own threshold says".to_owned()
                }
            };
            format!("A person adopts after seeing {enough} do so (permission model)")
        }
        Contagion::Bass { p, q, hazard } => {
            let hazard = match hazard {
                Hazard::Exponential => "exponential hazard",
                Hazard::Additive => "additive hazard",
            };
            format!(
                "A person adopts on their own at rate {p} and by imitation at rate {q} per {} ({hazard}, Bass model on the network)",
                unit(scenario.step_unit)
            )
        }
    };
    let field = scenario
        .same_field
        .as_ref()
        .map_or_else(String::new, |column| format!("; only peers with the same {column} count"));
    format!("{rule}{field}.")
}

/// "week".
pub(super) fn unit(unit: StepUnit) -> &'static str {
    match unit {
        StepUnit::Day => "day",
        StepUnit::Week => "week",
        StepUnit::Month => "month",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_told_with_its_numbers() {
        let told = |rule| contagion(&Scenario { contagion: rule, ..Scenario::default() });
        assert!(told(Contagion::Permission(Threshold::Share(0.18))).contains("seeing 18 % of"));
        assert!(told(Contagion::Permission(Threshold::Count(1))).contains("one person"));
        let bass = Contagion::Bass { p: 0.03, q: 0.38, hazard: Hazard::Exponential };
        assert!(told(bass).contains("rate 0.03") && told(bass).contains("0.38 per week"));
        let scenario =
            Scenario { same_field: Some("profession".to_owned()), ..Scenario::default() };
        assert!(contagion(&scenario).ends_with("only peers with the same profession count."));
    }
}
