//! Settings and figures in plain words.

use crate::diffusion::{
    CHANNELS, Contagion, Hazard, Meeting, Playbook, Scenario, Threshold, TieProbability,
    TieStrength, TieWeight,
};
use crate::network::Channel;
use crate::words::people;

/// How adoption passes on, as a sentence.
pub(super) fn contagion(scenario: &Scenario) -> String {
    let step = scenario.step_unit.word(1);
    let rule = match scenario.contagion {
        Contagion::IndependentCascade(chance) => {
            let chance = tie_chance(chance);
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
                scenario.step_unit.word(1)
            )
        }
        Contagion::Fading { beta, gamma } => format!(
            "Each adopter tries each person they influence with chance {beta} per {step}, and falls silent with chance {gamma} per {step} (SIR, buzz that fades)"
        ),
        Contagion::Seiz(rates) => format!(
            "Who hears of it from adopters (rate {}) or sceptics (rate {}) decides at once with chance {} and {}, or thinks about it; {} % are sceptics from the start (SEIZ)",
            rates.beta,
            rates.b,
            rates.p,
            rates.l,
            rates.sceptics * 100.0
        ),
        Contagion::Rivalry { chance, meeting } => format!(
            "A rival idea spreads at the same time; each tries each tie once, {}, and {} (two competing cascades)",
            tie_chance(chance),
            match meeting {
                Meeting::FirstCome => "whichever comes first wins".to_owned(),
                Meeting::Weighted(share) => format!(
                    "whichever comes first wins, ours in {:.0} % of the cases where both come at once",
                    share * 100.0
                ),
            }
        ),
        Contagion::Playbook => playbook(scenario),
    };
    let churn = if scenario.churn > 0.0 {
        format!("; adopters give up again with chance {} per {step}", scenario.churn)
    } else {
        String::new()
    };
    let field = scenario
        .same_field
        .as_ref()
        .map_or_else(String::new, |column| format!("; only peers with the same {column} count"));
    let settings = scenario.rollout.settings(scenario.step_unit).into_iter();
    let rollout: Vec<String> = settings.map(|(name, value)| format!(" {name}: {value}.")).collect();
    format!("{rule}{churn}{field}.{}", rollout.concat())
}

/// Channels and pushes, each with its number.
fn playbook(scenario: &Scenario) -> String {
    let Playbook { channels, strength, talk_steps, week, translators, pushes } = &scenario.playbook;
    let step = scenario.step_unit.word(1);
    let strength = match strength {
        TieStrength::Alike => "all ties alike".to_owned(),
        TieStrength::Classes { stranger, friendly, friend } => {
            format!("{stranger} for strangers, {friendly} for friendlies and {friend} for friends")
        }
        TieStrength::Own => "the chance its evidence gives".to_owned(),
    };
    let channels: Vec<String> = CHANNELS
        .iter()
        .map(|&it| format!("{} {}", it.map_or("not told", Channel::label), channels.of(it)))
        .collect();
    let talk = talk_steps.map_or_else(
        || format!("every {step}"),
        |steps| format!("for {steps} {}", scenario.step_unit.word(steps as usize)),
    );
    let week = if week.is_some() { "; days of the week differ" } else { "" };
    let bonus = translators.as_ref().map_or_else(String::new, |it| {
        format!("; ties between different entries in {} count {} times", it.column, it.factor)
    });
    let pushes: Vec<String> = pushes
        .iter()
        .map(|push| format!("{} ({})", push.name, push.in_words(scenario.step_unit)))
        .collect();
    let pushes = if pushes.is_empty() { "none".to_owned() } else { pushes.join(", ") };
    format!(
        "Adopters speak of it {talk}; a contact takes it up with the strength of the tie ({strength}) times that of the channel ({}){week}{bonus}; pushes from outside: {pushes} (noisy-OR playbook)",
        channels.join(", ")
    )
}

fn tie_chance(chance: TieProbability) -> String {
    match chance {
        TieProbability::Uniform(p) => format!("with chance {p} per tie"),
        TieProbability::Weighted => {
            "with a chance of one over the number of ties into that person".to_owned()
        }
        TieProbability::PerTie => "with the chance each tie carries".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::SeizRates;

    #[test]
    fn every_rule_is_told_with_its_numbers() {
        let told = |rule| contagion(&Scenario { contagion: rule, ..Scenario::default() });
        assert!(told(Contagion::Permission(Threshold::Share(0.18))).contains("seeing 18 % of"));
        assert!(told(Contagion::Permission(Threshold::Count(1))).contains("one person"));
        let bass = Contagion::Bass { p: 0.03, q: 0.38, hazard: Hazard::Exponential };
        assert!(told(bass).contains("rate 0.03") && told(bass).contains("0.38 per week"));
        let fading = told(Contagion::Fading { beta: 0.2, gamma: 0.1 });
        assert!(fading.contains("chance 0.2 per week") && fading.contains("0.1 per week"));
        assert!(told(Contagion::Seiz(SeizRates::USUAL)).contains("5 % are sceptics"));
        let chance = TieProbability::Weighted;
        let rivalry = Contagion::Rivalry { chance, meeting: Meeting::Weighted(0.6) };
        assert!(told(rivalry).contains("ours in 60 % of the cases"));
        let scenario =
            Scenario { same_field: Some("profession".to_owned()), ..Scenario::default() };
        assert!(contagion(&scenario).ends_with("only peers with the same profession count."));
    }
}
