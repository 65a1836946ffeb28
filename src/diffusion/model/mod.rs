//! A scenario made ready for one graph.

mod columns;
mod replicates;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use self::columns::{calendar_of, field_codes, rivals_of, threshold_column};
pub use self::replicates::Scratch;
use super::calendar::Calendar;
use super::campaign::Campaign;
use super::cascade::Cascade;
use super::fading::Fading;
use super::hazard::NetworkBass;
use super::rivalry::Rivalry;
use super::seiz::Seiz;
use super::threshold::{LinearThreshold, Permission};
use super::{Cause, Contagion, Group, Scenario, ScenarioError};
use crate::network::{InfluenceGraph, Network, PersonIndex};

/// A scenario checked and prepared for one graph; runs replicates.
///
/// Replicate *i* depends on the scenario's `rng_seed`, on *i* and on the seeds, on nothing else.
/// Its chances belong to people and arcs, so the same replicate with more seeds has the same
/// adopters, as early or earlier, and perhaps more (common random numbers); only where sceptics or
/// a rival compete for the same people, or where adopters of a playbook speak for a few days only
/// and days differ, one more seed may also cost somebody.
#[derive(Debug)]
pub struct Model {
    graph: Arc<InfluenceGraph>,
    scenario: Scenario,
    calendar: Option<Calendar>,
    engine: Engine,
}

#[derive(Debug)]
enum Engine {
    Cascade(Cascade),
    LinearThreshold(LinearThreshold),
    Permission(Permission),
    Bass(NetworkBass),
    Fading(Fading),
    Seiz(Seiz),
    Rivalry(Rivalry),
    Campaign(Box<Campaign>),
}

impl Model {
    /// Prepares `scenario` for `graph`, reading thresholds and fields from the people of
    /// `network`. O(people + arcs).
    ///
    /// # Errors
    /// A [`ScenarioError`] for any number or column that makes no sense.
    ///
    /// # Panics
    /// When `graph` and `network` do not have the same number of people.
    pub fn prepare(
        network: &Network,
        graph: Arc<InfluenceGraph>,
        scenario: &Scenario,
    ) -> Result<Self, ScenarioError> {
        assert_eq!(network.people.len(), graph.people(), "one row per person");
        let fields = match &scenario.same_field {
            Some(column) => Some(field_codes(network, column)?),
            None => None,
        };
        let thresholds = match scenario.contagion {
            Contagion::Permission(super::Threshold::PerPerson) => Some(threshold_column(network)?),
            _ => None,
        };
        let name = |person: PersonIndex| network.people[person as usize].name.to_string();
        let rivals = rivals_of(scenario, |id| network.find(id))?;
        let fields = fields.as_deref();
        Self::build(graph, Some(network), (fields, thresholds.as_deref()), rivals, scenario, &name)?
            .with_calendar(calendar_of(network, scenario)?)
    }

    /// Prepares `scenario` for a graph without a network. `fields` holds a code per person
    /// ([`Model::NO_FIELD`] for unknown) and is used when the scenario names a column;
    /// `thresholds` holds a number per person (`NaN` for unknown), used for thresholds per person.
    ///
    /// # Errors
    /// As [`Model::prepare`]; people are named by their number.
    pub fn new(
        graph: Arc<InfluenceGraph>,
        fields: Option<&[u32]>,
        thresholds: Option<&[f64]>,
        scenario: &Scenario,
    ) -> Result<Self, ScenarioError> {
        let people = graph.people();
        let numbered =
            |id: &str| id.parse().ok().filter(|&it: &PersonIndex| (it as usize) < people);
        let rivals = rivals_of(scenario, numbered)?;
        let name = |person| format!("person {person}");
        let nobody = |group: &Group| {
            let Group { column, value } = group.clone();
            Err(ScenarioError::NobodyToNudge { column, value })
        };
        let calendar = scenario.rollout.calendar(numbered, nobody)?;
        Self::build(graph, None, (fields, thresholds), rivals, scenario, &name)?
            .with_calendar(calendar)
    }

    /// Code of people whose field is not known; they share it with nobody.
    pub const NO_FIELD: u32 = u32::MAX;

    fn build(
        mut graph: Arc<InfluenceGraph>,
        network: Option<&Network>,
        (fields, thresholds): (Option<&[u32]>, Option<&[f64]>),
        rivals: Vec<PersonIndex>,
        scenario: &Scenario,
        name: &dyn Fn(PersonIndex) -> String,
    ) -> Result<Self, ScenarioError> {
        scenario.check()?;
        if let Some(column) = &scenario.same_field {
            let Some(fields) = fields else {
                return Err(unknown(column));
            };
            graph = Arc::new(graph.filtered(|arc| {
                let field = fields[arc.influencer as usize];
                field != Self::NO_FIELD && field == fields[arc.audience as usize]
            }));
        }
        let (presence, visibility) = (scenario.presence, scenario.visibility);
        let engine = match scenario.contagion {
            Contagion::IndependentCascade(rule) => {
                Engine::Cascade(Cascade::prepare(&graph, rule, presence * visibility, name)?)
            }
            Contagion::LinearThreshold(rule) => Engine::LinearThreshold(LinearThreshold::prepare(
                &graph, rule, presence, visibility, name,
            )?),
            Contagion::Permission(rule) => Engine::Permission(Permission::prepare(
                &graph, rule, thresholds, presence, visibility, name,
            )?),
            Contagion::Fading { beta, gamma } => {
                Engine::Fading(Fading { beta: beta * presence * visibility, gamma })
            }
            Contagion::Seiz(rates) => Engine::Seiz(Seiz::new(rates, presence, visibility)),
            Contagion::Rivalry { chance, meeting } => {
                let ties = Cascade::prepare(&graph, chance, presence * visibility, name)?;
                Engine::Rivalry(Rivalry::new(&graph, ties, meeting, rivals))
            }
            Contagion::Playbook => {
                let segments = match (&scenario.playbook.translators, network) {
                    (Some(translators), Some(network)) => {
                        Some(field_codes(network, &translators.column)?)
                    }
                    (Some(translators), None) => return Err(unknown(&translators.column)),
                    (None, _) => None,
                };
                let segments = segments.as_deref();
                let campaign = Campaign::prepare(&graph, network, segments, scenario, name)?;
                Engine::Campaign(Box::new(campaign))
            }
            Contagion::Bass { p, q, hazard } => {
                Engine::Bass(NetworkBass::prepare(&graph, (p, q), hazard, presence, visibility))
            }
        };
        Ok(Self { graph, scenario: scenario.clone(), calendar: None, engine })
    }

    /// The same model with more dates and limits than the scenario's roll-out has; an empty calendar
    /// adds none.
    ///
    /// # Errors
    /// A [`ScenarioError`] for anything in the calendar that makes no sense.
    pub fn with_calendar(self, more: Calendar) -> Result<Self, ScenarioError> {
        let calendar = self.calendar.unwrap_or_default().and(more);
        calendar.check(self.graph.people())?;
        Ok(Self { calendar: (!calendar.is_empty()).then(|| calendar.sorted()), ..self })
    }

    /// The same model, people and calendar with another rule, one that needs nothing from a column.
    ///
    /// # Errors
    /// A [`ScenarioError`] for any number of the rule that makes no sense.
    pub fn with_contagion(&self, contagion: Contagion) -> Result<Self, ScenarioError> {
        // The graph holds the ties of the same field alone, and the calendar the roll-out, already.
        let scenario = Scenario { contagion, same_field: None, ..self.scenario.clone() };
        let name = |person| format!("person {person}");
        let rivals = match &self.engine {
            Engine::Rivalry(model) => model.rivals.clone(),
            _ => Vec::new(),
        };
        let model =
            Self::build(Arc::clone(&self.graph), None, (None, None), rivals, &scenario, &name)?;
        Ok(Self { calendar: self.calendar.clone(), ..model })
    }

    /// Dates and limits, where there are any.
    pub fn calendar(&self) -> Option<&Calendar> {
        self.calendar.as_ref()
    }

    /// The graph influence passes along, after the same-field rule.
    pub fn graph(&self) -> &InfluenceGraph {
        &self.graph
    }

    /// The scenario as it was given.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// What may make people adopt; empty where the model tells no causes.
    pub fn causes(&self) -> Vec<Cause> {
        match &self.engine {
            Engine::Campaign(campaign) => campaign.causes(),
            _ => Vec::new(),
        }
    }

    /// True when nothing is left to chance, so that every replicate is the same.
    pub fn is_certain(&self) -> bool {
        self.is_reach_certain() && self.scenario.churn <= 0.0
    }

    /// True when at least who adopts, and when, is not left to chance.
    pub fn is_reach_certain(&self) -> bool {
        matches!(self.engine, Engine::Permission(_))
            && self.scenario.presence >= 1.0
            && self.calendar.as_ref().is_none_or(Calendar::is_certain)
    }

    /// Chance that influence passes along `arc` of [`Self::graph`] in a cascade, presence and
    /// visibility included; 0 in the other models.
    pub fn probability(&self, arc: usize) -> f64 {
        match &self.engine {
            Engine::Cascade(cascade) => cascade.probability(&self.graph, arc),
            _ => 0.0,
        }
    }

    /// Weight of `arc` of [`Self::graph`] in the linear threshold model, visibility included (so
    /// it is the chance that the arc is the live one into its person); 0 in the other models.
    pub fn weight(&self, arc: usize) -> f64 {
        match &self.engine {
            Engine::LinearThreshold(model) => model.weight(arc),
            _ => 0.0,
        }
    }

    /// Checks that every seed is in the network.
    ///
    /// # Errors
    /// [`ScenarioError::UnknownSeed`] naming the first that is not.
    pub fn check_seeds(&self, seeds: &[PersonIndex]) -> Result<(), ScenarioError> {
        let people = self.graph.people();
        match seeds.iter().find(|&&seed| seed as usize >= people) {
            Some(&seed) => Err(ScenarioError::UnknownSeed { seed, people }),
            None => Ok(()),
        }
    }
}

fn unknown(column: &str) -> ScenarioError {
    ScenarioError::UnknownColumn { column: column.to_owned(), known: "none".to_owned() }
}
