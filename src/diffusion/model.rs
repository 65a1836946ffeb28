//! A scenario made ready for one graph.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::calendar::Calendar;
use super::campaign::{Alarms, Campaign};
use super::cascade::{Cascade, CascadeScratch, lanes_at_once};
use super::fading::Fading;
use super::hazard::{Clocks, NetworkBass};
use super::lanes::LANES;
use super::rivalry::{Contest, Rivalry};
use super::run::{Agenda, Chances, Move, Run};
use super::seiz::{Minds, Seiz};
use super::threshold::{LinearThreshold, Permission, Pull, Seen};
use super::{Cause, Contagion, Group, Replicate, Scenario, ScenarioError, Tally};
use crate::network::{InfluenceGraph, Network, PersonIndex, entries, fact};

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

    /// Runs replicate `index` from `seeds` (repeated ones count once).
    ///
    /// # Panics
    /// When a seed is not in the network; see [`Self::check_seeds`].
    pub fn replicate(&self, seeds: &[PersonIndex], index: u64) -> Replicate {
        let mut scratch = self.scratch();
        self.run(seeds, index, &mut scratch);
        let steps = scratch.cumulative_adopters().len() - 1;
        Replicate {
            time_of_adoption: scratch.run.time_of_adoption().to_vec(),
            steps: u32::try_from(steps).expect("steps fit 32 bits"),
        }
    }

    /// Room for one replicate at a time, to be used again and again with this model.
    pub fn scratch(&self) -> Scratch {
        let people = self.graph.people();
        let horizon = self.scenario.steps;
        let state = match &self.engine {
            Engine::Cascade(_) => State::Cascade(CascadeScratch::new(people)),
            Engine::LinearThreshold(_) => State::Pull(Pull::new(people), Agenda::new(horizon)),
            Engine::Permission(_) => State::Seen(Seen::new(people), Agenda::new(horizon)),
            Engine::Bass(_) => State::Clocks(Clocks::new(people), Agenda::new(horizon)),
            Engine::Fading(_) => State::Agenda(Agenda::new(horizon)),
            Engine::Seiz(_) => State::Minds(Minds::new(people), Agenda::new(horizon)),
            Engine::Rivalry(_) => State::Contest(Contest::new(people)),
            Engine::Campaign(_) => State::Alarms(Alarms::new(people), Agenda::new(horizon)),
        };
        Scratch { run: Run::new(people, horizon), state }
    }

    /// Runs replicate `index` into `scratch`, at a cost proportional to what changes.
    ///
    /// # Panics
    /// When a seed is not in the network, or `scratch` comes from another model.
    pub fn run(&self, seeds: &[PersonIndex], index: u64, scratch: &mut Scratch) {
        let chances = Chances::of_replicate(self.scenario.rng_seed, index);
        let (graph, horizon) = (&*self.graph, self.scenario.steps);
        let run = &mut scratch.run;
        run.begin(seeds, self.calendar.as_ref(), &chances);
        match (&self.engine, &mut scratch.state) {
            (Engine::Cascade(model), State::Cascade(room)) if self.calendar.is_some() => {
                model.spread_by_calendar(graph, run, self.scenario.rng_seed, index, horizon, room);
            }
            (Engine::Cascade(model), State::Cascade(lanes)) => {
                model.spread_one(graph, run, self.scenario.rng_seed, index, horizon, lanes);
            }
            (Engine::LinearThreshold(model), State::Pull(pull, agenda)) => {
                model.spread(graph, run, pull, agenda, &chances, horizon);
            }
            (Engine::Permission(model), State::Seen(seen, agenda)) => {
                model.spread(graph, run, seen, agenda, &chances, horizon);
            }
            (Engine::Bass(model), State::Clocks(clocks, agenda)) => {
                model.spread(graph, run, clocks, agenda, &chances, horizon);
            }
            (Engine::Fading(model), State::Agenda(agenda)) => {
                model.spread(graph, run, agenda, &chances, horizon);
            }
            (Engine::Seiz(model), State::Minds(minds, agenda)) => {
                model.spread(graph, run, minds, agenda, &chances, horizon);
            }
            (Engine::Rivalry(model), State::Contest(contest)) => {
                model.spread(graph, run, contest, &chances, horizon);
            }
            (Engine::Campaign(model), State::Alarms(alarms, agenda)) => {
                model.spread(graph, run, alarms, agenda, &chances, horizon);
            }
            _ => panic!("scratch of another model"),
        }
        if self.scenario.churn > 0.0 {
            run.give_up(self.scenario.churn, &chances);
        }
        run.finish();
    }
}

impl Model {
    /// The next replicates of `indexes` that run best together.
    pub(super) fn run_together(&self, indexes: Range<u64>) -> Range<u64> {
        let most = match &self.engine {
            Engine::Cascade(_) if self.runs_in_lanes() => lanes_at_once(self.graph.people()),
            _ => 1,
        };
        let block_end = (indexes.start / LANES + 1) * LANES;
        indexes.start..indexes.end.min(block_end).min(indexes.start + most)
    }

    /// Whether replicates of a cascade may run side by side: what lanes know is who adopts when.
    fn runs_in_lanes(&self) -> bool {
        self.scenario.churn <= 0.0 && self.calendar.is_none()
    }

    /// Runs and counts replicates that [`Self::run_together`] put together; tells the adopters of
    /// each at its end.
    pub(super) fn count(
        &self,
        seeds: &[PersonIndex],
        indexes: Range<u64>,
        scratch: &mut Scratch,
        tally: &mut Tally,
        tell: &mut impl FnMut(u64, u32),
    ) {
        if let (Engine::Cascade(model), State::Cascade(room)) = (&self.engine, &mut scratch.state)
            && self.runs_in_lanes()
        {
            let Scenario { rng_seed, steps, .. } = self.scenario;
            model.spread(&self.graph, seeds, rng_seed, indexes.clone(), steps, room);
            let sizes = tally.add_lanes(&room.lanes, indexes.clone());
            for index in indexes {
                tell(index, sizes[(index % LANES) as usize]);
            }
            return;
        }
        for index in indexes {
            self.run(seeds, index, scratch);
            tally.add(scratch, 1);
            tell(index, scratch.cumulative_adopters().last().copied().unwrap_or(0));
        }
    }
}

/// Room for one replicate at a time; holds the outcome of the last one.
#[derive(Debug)]
pub struct Scratch {
    run: Run,
    state: State,
}

#[derive(Debug)]
enum State {
    Cascade(CascadeScratch),
    Pull(Pull, Agenda),
    Seen(Seen, Agenda),
    Clocks(Clocks, Agenda),
    Agenda(Agenda),
    Minds(Minds, Agenda),
    Contest(Contest),
    Alarms(Alarms, Agenda),
}

impl Scratch {
    /// Everyone who adopted, seeds first, in the order of adoption.
    pub fn adopters(&self) -> &[PersonIndex] {
        self.run.adopters()
    }

    /// Adopters by the end of each step, up to the last step at which somebody adopted.
    pub fn cumulative_adopters(&self) -> &[u32] {
        self.run.cumulative()
    }

    /// Who began or ceased to stand elsewhere, and when.
    pub(super) fn moves(&self) -> &[Move] {
        self.run.moves()
    }

    /// Number of the cause of each of [`Self::adopters`] among those of [`Model::causes`]; empty
    /// where the model tells none.
    pub fn causes(&self) -> &[u16] {
        self.run.causes()
    }

    /// Step of adoption per person, [`super::NEVER`] for those who did not adopt.
    pub fn time_of_adoption(&self) -> &[u32] {
        self.run.time_of_adoption()
    }
}

fn unknown(column: &str) -> ScenarioError {
    ScenarioError::UnknownColumn { column: column.to_owned(), known: "none".to_owned() }
}

/// The people the rival idea starts with, in the model that has one.
fn rivals_of(
    scenario: &Scenario,
    find: impl Fn(&str) -> Option<PersonIndex>,
) -> Result<Vec<PersonIndex>, ScenarioError> {
    if !matches!(scenario.contagion, Contagion::Rivalry { .. }) {
        return Ok(Vec::new());
    }
    let unknown = |id: &String| ScenarioError::UnknownRival { id: id.clone() };
    scenario.rivals.iter().map(|id| find(id.trim()).ok_or_else(|| unknown(id))).collect()
}

/// The roll-out of a scenario with people by their index.
fn calendar_of(network: &Network, scenario: &Scenario) -> Result<Calendar, ScenarioError> {
    let rollout = &scenario.rollout;
    let named: BTreeSet<&str> =
        rollout.waves.iter().flat_map(|wave| &wave.seeds).map(String::as_str).collect();
    let people = (0..).zip(&network.people);
    let indexes: BTreeMap<&str, PersonIndex> = if named.is_empty() {
        BTreeMap::new()
    } else {
        let of = people.clone().map(|(index, person)| (&*person.id, index));
        of.filter(|it| named.contains(it.0)).collect()
    };
    let members = |group: &Group| {
        let Group { column, value } = group;
        let is_member = |person| entries(person, column).any(|entry| entry == value.trim());
        let of = people.clone().filter(|it| is_member(it.1)).map(|it| it.0);
        let found: Vec<PersonIndex> = of.collect();
        if found.is_empty() {
            let (column, value) = (column.clone(), value.clone());
            return Err(ScenarioError::NobodyToNudge { column, value });
        }
        Ok(found)
    };
    rollout.calendar(|id| indexes.get(id).copied(), members)
}

/// A code per person such that equal values of `column` have equal codes.
fn field_codes(network: &Network, column: &str) -> Result<Vec<u32>, ScenarioError> {
    let mut codes = BTreeMap::new();
    let fields: Vec<u32> = network
        .people
        .iter()
        .map(|person| match person.fact(column).map(str::trim).filter(|it| !it.is_empty()) {
            Some(field) => {
                let next = u32::try_from(codes.len()).unwrap_or(Model::NO_FIELD);
                *codes.entry(field).or_insert(next)
            }
            None => Model::NO_FIELD,
        })
        .collect();
    if codes.is_empty() {
        let known: BTreeSet<&str> =
            network.people.iter().flat_map(|it| it.facts.columns()).collect();
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        let known = if known.is_empty() { "none".to_owned() } else { known };
        return Err(ScenarioError::UnknownColumn { column: column.to_owned(), known });
    }
    Ok(fields)
}

/// Everyone's own threshold, `NaN` where none is given; `50 %` and `0,5` are read as 0.5.
fn threshold_column(network: &Network) -> Result<Vec<f64>, ScenarioError> {
    network
        .people
        .iter()
        .map(|person| {
            let text = person.fact(fact::THRESHOLD).unwrap_or_default().trim();
            if text.is_empty() {
                return Ok(f64::NAN);
            }
            let (number, unit) = match text.strip_suffix('%') {
                Some(number) => (number.trim_end(), 0.01),
                None => (text, 1.0),
            };
            let number = number.replace(',', ".").parse::<f64>().ok().filter(|it| it.is_finite());
            number.map(|it| it * unit).ok_or_else(|| ScenarioError::BadThreshold {
                person: person.name.to_string(),
                value: format!("“{text}”"),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{NEVER, Threshold, TieProbability, TieWeight};
    use super::*;
    use crate::network::{Person, Tie};

    /// Ada influences Ben, Ben and Cy influence each other; `facts` are one column of the three.
    fn network(column: &str, facts: [&str; 3], values: [f64; 2]) -> Network {
        let person = |(name, fact): (&str, &str)| Person {
            id: name.to_lowercase().into(),
            name: name.to_owned().into(),
            facts: [(column.to_owned(), fact.to_owned())].into_iter().collect(),
            is_owner: false,
        };
        let tie = |influencer, audience, mutual, value| Tie {
            mutual,
            value: Some(value),
            ..Tie::new(influencer, audience, 0.01)
        };
        Network {
            people: ["Ada", "Ben", "Cy"].into_iter().zip(facts).map(person).collect(),
            ties: [tie(0, 1, false, values[0]), tie(1, 2, true, values[1])].into_iter().collect(),
        }
    }

    fn prepare(network: &Network, contagion: Contagion) -> Result<Model, ScenarioError> {
        let scenario = Scenario { contagion, ..Scenario::default() };
        Model::prepare(network, Arc::new(network.influence_graph()), &scenario)
    }

    #[test]
    fn a_tie_out_of_range_is_refused_with_both_names() {
        let per_tie = Contagion::IndependentCascade(TieProbability::PerTie);
        for bad in [1.5, -0.5, f64::MAX] {
            let network = network("client", ["", "", ""], [bad, 0.5]);
            let message = prepare(&network, per_tie).expect_err("out of range").to_string();
            assert!(message.contains("from Ada to Ben"), "{message}");
            let weight = Contagion::LinearThreshold(TieWeight::PerTie);
            let message = prepare(&network, weight).expect_err("out of range").to_string();
            assert!(message.contains("from Ada to Ben"), "{message}");
        }
    }

    #[test]
    fn weights_above_one_are_refused() {
        let network = network("client", ["", "", ""], [0.7, 0.5]);
        let rule = Contagion::LinearThreshold(TieWeight::PerTie);
        let message = prepare(&network, rule).expect_err("Ben hears 1.2").to_string();
        assert!(message.contains("into Ben add up to 1.2"), "{message}");
    }

    #[test]
    fn only_the_same_field_counts() {
        let network = network("client", ["Alder", "Birch", "Birch"], [1.0, 1.0]);
        let graph = Arc::new(network.influence_graph());
        let mut scenario = Scenario {
            contagion: Contagion::Permission(Threshold::Share(1.0)),
            same_field: Some("client".to_owned()),
            ..Scenario::default()
        };
        let model = Model::prepare(&network, Arc::clone(&graph), &scenario).expect("makes sense");
        assert_eq!(model.replicate(&[0], 0).time_of_adoption, [0, NEVER, NEVER]);
        assert_eq!(model.replicate(&[2], 0).time_of_adoption, [NEVER, 1, 0]);

        scenario.same_field = Some("profession".to_owned());
        let message = Model::prepare(&network, graph, &scenario).expect_err("no such column");
        assert!(message.to_string().contains("“profession”; columns to choose from: client"));
    }

    #[test]
    fn people_of_unknown_field_have_no_peers() {
        let network = network("client", ["", "", "Birch"], [1.0, 1.0]);
        let scenario = Scenario { same_field: Some("client".to_owned()), ..Scenario::default() };
        let graph = Arc::new(network.influence_graph());
        let model = Model::prepare(&network, graph, &scenario).expect("makes sense");
        assert_eq!(model.graph().arcs(), 0);
    }

    #[test]
    fn a_column_of_thresholds_is_shares_or_counts() {
        let own = Contagion::Permission(Threshold::PerPerson);
        let times = |column: [&str; 3]| {
            let network = network(fact::THRESHOLD, column, [1.0, 1.0]);
            prepare(&network, own).map(|model| model.replicate(&[0], 0).time_of_adoption)
        };
        // Ben listens to two people, of whom Ada alone adopted; Ada listens to nobody.
        assert_eq!(times(["", "1", "1"]), Ok(vec![0, 1, 2]));
        assert_eq!(times(["", "1", "0.5"]), Ok(vec![0, NEVER, NEVER]), "1 now means everyone");
        assert_eq!(times(["", "50 %", "0,5"]), Ok(vec![0, 1, 2]));
        assert_eq!(times(["", "2", "0"]), Ok(vec![0, 2, 1]), "Cy needs nobody");
        let refused = |column| times(column).expect_err("makes no sense").to_string();
        assert!(refused(["", "", "1"]).contains("1 of the people who listen"));
        assert!(refused(["", "", "1"]).contains("first is Ben"));
        assert!(refused(["", "2.5", "1"]).contains("threshold of Ben is 2.5"));
        assert!(refused(["", "-1", "1"]).contains("threshold of Ben is -1"));
        assert!(refused(["", "some", "1"]).contains("threshold of Ben is “some”"));
    }

    #[test]
    fn a_seed_that_does_not_exist_is_refused() {
        let network = network("client", ["", "", ""], [1.0, 1.0]);
        let model = Arc::new(prepare(&network, Scenario::default().contagion).expect("fine"));
        let refused = super::super::Ensemble::new(model, vec![0, 3], false).expect_err("no such");
        assert_eq!(refused, ScenarioError::UnknownSeed { seed: 3, people: 3 });
    }

    #[test]
    fn presence_and_visibility_are_part_of_the_probability() {
        let network = network("client", ["", "", ""], [0.5, 0.5]);
        let scenario = Scenario {
            contagion: Contagion::IndependentCascade(TieProbability::Weighted),
            presence: 0.5,
            visibility: 0.8,
            ..Scenario::default()
        };
        let graph = Arc::new(network.influence_graph());
        let model = Model::prepare(&network, graph, &scenario).expect("makes sense");
        let probability: Vec<f64> = (0..3).map(|arc| model.probability(arc)).collect();
        for (value, expected) in probability.into_iter().zip([0.2, 0.4, 0.2]) {
            assert!((value - expected).abs() < 1e-12);
        }
    }
}
