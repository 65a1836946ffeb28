//! A scenario setting by setting, in plain words with the term of art beside.

use super::{
    Contagion, Hazard, Meeting, Scenario, SeizRates, Threshold, TieProbability, TieWeight,
};
use crate::words::counted;

/// One setting: what it is called, and what it is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSetting {
    /// What it is called.
    pub name: &'static str,
    /// What it is set to, as a person reads it.
    pub value: String,
}

impl Contagion {
    /// Name in menus and tables.
    pub fn label(&self) -> &'static str {
        match self {
            Self::IndependentCascade(TieProbability::Weighted) => "Attention is shared out",
            Self::IndependentCascade(TieProbability::Uniform(_)) => "Every tie has the same chance",
            Self::IndependentCascade(TieProbability::PerTie) => "Every tie has its own chance",
            Self::LinearThreshold(_) => "Pressure adds up to a private limit",
            Self::Permission(Threshold::Share(_)) => "Permission: a share of peers",
            Self::Permission(Threshold::Count(_)) => "Permission: a number of peers",
            Self::Permission(Threshold::PerPerson) => "Permission: everyone's own limit",
            Self::Bass { .. } => "By themselves, and through others",
            Self::Fading { .. } => "Buzz that fades",
            Self::Seiz(_) => "Heard it, thinking, sceptic",
            Self::Rivalry { .. } => "Against a rival idea",
            Self::Playbook => "Playbook: channels and pushes",
        }
    }

    /// The numbers of the rule.
    fn settings(&self) -> Vec<NamedSetting> {
        match *self {
            Self::IndependentCascade(chance) => tie_chance(chance),
            Self::LinearThreshold(weight) => {
                let weight = match weight {
                    TieWeight::Equal => "all alike",
                    TieWeight::PerTie => "as the file says",
                };
                vec![setting("Weight of a tie", weight)]
            }
            Self::Permission(threshold) => match threshold {
                Threshold::Share(share) => {
                    vec![setting("Share of peers needed (threshold)", share)]
                }
                Threshold::Count(count) => vec![setting("Peers needed (threshold k)", count)],
                Threshold::PerPerson => Vec::new(),
            },
            Self::Bass { p, q, hazard } => {
                let hazard = match hazard {
                    Hazard::Exponential => "exponential",
                    Hazard::Additive => "additive",
                };
                vec![
                    setting("By themselves, per step (innovation p)", p),
                    setting("Through others, per step (imitation q)", q),
                    setting("From rate to chance (hazard)", hazard),
                ]
            }
            Self::Fading { beta, gamma } => vec![
                setting("Chance per tie and step (beta)", beta),
                setting("Chance to fall silent, per step (gamma)", gamma),
            ],
            Self::Seiz(rates) => seiz(rates),
            // Its numbers are the scenario's.
            Self::Playbook => Vec::new(),
            Self::Rivalry { chance, meeting } => {
                let meeting = match meeting {
                    Meeting::FirstCome => "first come, first served".to_owned(),
                    Meeting::Weighted(ours) => format!("ours wins with chance {ours}"),
                };
                let mut settings = tie_chance(chance);
                settings.push(setting("Where both ideas come at once", meeting));
                settings
            }
        }
    }
}

impl Scenario {
    /// Every setting, the rule first. Two scenarios differ in what they do not both say.
    pub fn settings(&self) -> Vec<NamedSetting> {
        // Named one by one, so that whoever adds a setting is reminded to tell it here.
        let Self {
            contagion,
            steps,
            step_unit,
            replicates,
            presence,
            visibility,
            same_field,
            churn,
            rivals,
            rollout,
            playbook,
            rng_seed,
        } = self;
        let mut settings = vec![setting("How people come to adopt (model)", contagion.label())];
        settings.extend(contagion.settings());
        if matches!(contagion, Contagion::Rivalry { .. }) {
            let start = match rivals.as_slice() {
                [] => "the best connected".to_owned(),
                some => some.join(", "),
            };
            settings.push(setting("The rival starts with", start));
        }
        if *contagion == Contagion::Playbook {
            let playbook = playbook.settings(*step_unit).into_iter();
            settings.extend(playbook.map(|(name, value)| NamedSetting { name, value }));
        }
        settings.extend([
            setting(
                "How long (horizon)",
                counted(*steps as usize, step_unit.word(1), step_unit.word(2)),
            ),
            setting("Reachable at a step (presence)", presence),
            setting("Adoption that others see (visibility)", visibility),
            setting("Adopters who give up again, per step (churn)", churn),
            setting(
                "Only peers of the same (field)",
                same_field.as_deref().unwrap_or("anyone counts"),
            ),
        ]);
        let rollout = rollout.settings(*step_unit).into_iter();
        settings.extend(rollout.map(|(name, value)| NamedSetting { name, value }));
        settings.extend([
            setting("Replicates", replicates),
            setting("Number chance is drawn from", rng_seed),
        ]);
        settings
    }
}

fn setting(name: &'static str, value: impl std::fmt::Display) -> NamedSetting {
    NamedSetting { name, value: value.to_string() }
}

fn tie_chance(chance: TieProbability) -> Vec<NamedSetting> {
    match chance {
        TieProbability::Uniform(p) => vec![setting("Chance per tie (p)", p)],
        TieProbability::Weighted => {
            vec![setting("Chance per tie (p)", "one over the ties into the person")]
        }
        TieProbability::PerTie => vec![setting("Chance per tie (p)", "each tie's own")],
    }
}

fn seiz(rates: SeizRates) -> Vec<NamedSetting> {
    let SeizRates { beta, b, p, l, rho, epsilon, sceptics } = rates;
    vec![
        setting("Heard from adopters, per step (beta)", beta),
        setting("Heard from sceptics, per step (b)", b),
        setting("Adopt at once (p)", p),
        setting("Become a sceptic at once (l)", l),
        setting("Thinkers won over by adopters, per step (rho)", rho),
        setting("Thinkers who adopt by themselves, per step (epsilon)", epsilon),
        setting("Sceptics from the start", sceptics),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{
        Playbook, PlaybookPush, PushKind, Reaches, StepUnit, TieStrength, Translators,
    };
    use super::*;

    #[test]
    fn whatever_is_set_otherwise_is_said_otherwise() {
        let usual = Scenario::default();
        let changes: [fn(&mut Scenario); 11] = [
            |it| it.contagion = Contagion::IndependentCascade(TieProbability::Uniform(0.1)),
            |it| it.contagion = Contagion::Seiz(SeizRates::USUAL),
            |it| it.steps = 27,
            |it| it.step_unit = StepUnit::Day,
            |it| it.replicates = 501,
            |it| it.presence = 0.9,
            |it| it.visibility = 0.9,
            |it| it.same_field = Some("client".to_owned()),
            |it| it.churn = 0.1,
            |it| it.rollout.capacity = Some(7),
            |it| it.rng_seed = 2,
        ];
        for change in changes {
            let mut other = usual.clone();
            change(&mut other);
            assert_ne!(other.settings(), usual.settings());
        }
        let usual = Scenario { contagion: Contagion::Playbook, ..usual };
        let changes: [fn(&mut Playbook); 7] = [
            |it| it.channels.mail = 0.1,
            |it| it.channels.untold = 0.1,
            |it| it.strength = TieStrength::Own,
            |it| it.talk_steps = Some(3),
            |it| it.week = Some([0.5; 7]),
            |it| {
                let column = "client".to_owned();
                it.translators = Some(Translators { column, factor: 2.0 });
            },
            |it| it.pushes.push(PlaybookPush::usual(PushKind::Site, Reaches::Everyone)),
        ];
        for change in changes {
            let mut other = usual.clone();
            change(&mut other.playbook);
            assert_ne!(other.settings(), usual.settings());
        }
        let bass = |p| Contagion::Bass { p, q: 0.4, hazard: Hazard::Exponential };
        let of = |contagion| Scenario { contagion, ..Scenario::default() }.settings();
        let (one, two) = (of(bass(0.01)), of(bass(0.02)));
        let differing: Vec<_> = one.iter().zip(&two).filter(|(one, two)| one != two).collect();
        let [(one, two)] = differing[..] else { panic!("only p differs: {differing:?}") };
        assert_eq!(one.name, "By themselves, per step (innovation p)");
        assert_eq!((one.value.as_str(), two.value.as_str()), ("0.01", "0.02"));
    }
}
