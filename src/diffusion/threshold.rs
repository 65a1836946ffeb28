//! Threshold models: a person acts once enough of those they listen to have.
//!
//! [`Permission`] counts people (Granovetter 1978; Watts 2002; Centola & Macy 2007);
//! [`LinearThreshold`] adds up weights against a threshold drawn per replicate (Kempe, Kleinberg &
//! Tardos 2003). In both a person who has seen enough acts at the next step at which they are
//! present, and only the share `visibility` of what happened counts.

use super::run::{Agenda, Chances, Run};
use super::{ScenarioError, Threshold, TieWeight};
use crate::network::{InfluenceGraph, PersonIndex};

/// Sums of shares such as `1/3` fall short of their exact value by rounding (science.md 0.5).
const SLACK: f64 = 1e-12;
/// Weights written with a few digits may exceed 1 by this much together.
const SUM_SLACK: f64 = 1e-9;
/// Number of adopted peers that nobody ever sees.
const UNREACHABLE: u32 = u32::MAX;

/// Fractional or absolute thresholds, turned into the number of people each person must see.
#[derive(Debug)]
pub(super) struct Permission {
    needed: Vec<u32>,
    /// People who need nobody; they start the chain by themselves.
    unprompted: Vec<PersonIndex>,
    presence: f64,
}

/// How many adopted peers each person has seen, and whose count is not zero.
#[derive(Debug, Default)]
pub(super) struct Seen {
    count: Vec<u32>,
    touched: Vec<PersonIndex>,
}

impl Seen {
    pub(super) fn new(people: usize) -> Self {
        Self { count: vec![0; people], touched: Vec::new() }
    }
}

impl Permission {
    /// # Errors
    /// Thresholds per person that are missing, negative, not a number, or above 1 as a share.
    pub(super) fn prepare(
        graph: &InfluenceGraph,
        rule: Threshold,
        per_person: Option<&[f64]>,
        presence: f64,
        visibility: f64,
        name: &dyn Fn(PersonIndex) -> String,
    ) -> Result<Self, ScenarioError> {
        let own = match rule {
            Threshold::PerPerson => own_thresholds(graph, per_person.unwrap_or_default(), name)?,
            Threshold::Share(_) | Threshold::Count(_) => Vec::new(),
        };
        let needed: Vec<u32> = (0..)
            .take(graph.people())
            .map(|person: PersonIndex| {
                let listened_to = graph.influences_on(person).len();
                let enough = match rule {
                    Threshold::Share(share) => share * listened_to as f64,
                    Threshold::Count(count) => f64::from(count),
                    Threshold::PerPerson => match own[person as usize] {
                        OwnThreshold::Share(share) => share * listened_to as f64,
                        OwnThreshold::Count(count) => count,
                    },
                };
                people_needed(enough, listened_to, visibility)
            })
            .collect();
        let unprompted =
            (0..).zip(&needed).filter(|&(_, &needed)| needed == 0).map(|(it, _)| it).collect();
        Ok(Self { needed, unprompted, presence })
    }

    /// Runs one replicate: O(arcs out of adopters).
    pub(super) fn spread(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        seen: &mut Seen,
        agenda: &mut Agenda,
        chances: &Chances,
        horizon: u32,
    ) {
        let due = |person, step: u32| {
            (u64::from(step) + 1).saturating_add(chances.missed_steps(person, self.presence))
        };
        for &person in &self.unprompted {
            agenda.note(person, due(person, 0));
        }
        loop {
            let step = run.next_step() - 1;
            for position in run.newest() {
                for &person in graph.audience_of(run.adopter(position)) {
                    let count = &mut seen.count[person as usize];
                    if *count == 0 {
                        seen.touched.push(person);
                    }
                    *count += 1;
                    if *count == self.needed[person as usize] {
                        run.saw_enough(person);
                        agenda.note(person, due(person, step));
                    }
                }
            }
            run.saw_last_straws(graph, run.newest(), |_| true);
            if (agenda.is_empty() && !run.is_open()) || step == horizon {
                break;
            }
            agenda.settle(step + 1, run);
            run.finish_step();
        }
        for person in seen.touched.drain(..) {
            seen.count[person as usize] = 0;
        }
    }
}

/// Fewest adopted people `n` with `visibility * n >= enough`, [`UNREACHABLE`] when the person
/// listens to fewer; someone who listens to nobody never adopts socially (science.md 0.5).
fn people_needed(enough: f64, listened_to: usize, visibility: f64) -> u32 {
    if listened_to == 0 {
        return UNREACHABLE;
    }
    let is_enough = |people: f64| visibility * people >= enough - SLACK;
    if !is_enough(listened_to as f64) {
        return UNREACHABLE;
    }
    // Division rounds; the rule itself decides between the neighbors of the quotient.
    let quotient = if visibility > 0.0 { (enough / visibility).floor() } else { 0.0 };
    let mut people = (quotient - 1.0).max(0.0);
    while !is_enough(people) {
        people += 1.0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number up to the people listened to"
    )]
    let people = people as u32;
    people
}

#[derive(Clone, Copy)]
enum OwnThreshold {
    Share(f64),
    Count(f64),
}

/// Reads a column of thresholds: counts when it holds whole numbers alone, else shares. Those
/// who listen to nobody need none.
fn own_thresholds(
    graph: &InfluenceGraph,
    column: &[f64],
    name: &dyn Fn(PersonIndex) -> String,
) -> Result<Vec<OwnThreshold>, ScenarioError> {
    let value = |person: PersonIndex| column.get(person as usize).copied().unwrap_or(f64::NAN);
    let listeners =
        || (0..).take(graph.people()).filter(|&person| !graph.influences_on(person).is_empty());
    let mut without = listeners().filter(|&person| value(person).is_nan());
    if let Some(first) = without.next() {
        let missing = 1 + without.count();
        return Err(ScenarioError::MissingThreshold { person: name(first), missing });
    }
    let counts = listeners().all(|person| value(person).fract().abs() <= 0.0);
    let allowed = if counts { 0.0..=f64::from(u32::MAX) } else { 0.0..=1.0 };
    if let Some(bad) = listeners().find(|&person| !allowed.contains(&value(person))) {
        let value = value(bad).to_string();
        return Err(ScenarioError::BadThreshold { person: name(bad), value });
    }
    let meaning = if counts { OwnThreshold::Count } else { OwnThreshold::Share };
    Ok((0..).take(graph.people()).map(|person| meaning(value(person))).collect())
}

/// Weights of influences against uniformly drawn thresholds.
#[derive(Debug)]
pub(super) struct LinearThreshold {
    /// `visibility * b` per arc.
    weights: Vec<f64>,
    presence: f64,
}

/// Weight of adopted influences so far, per person, and whose is not zero.
#[derive(Debug, Default)]
pub(super) struct Pull {
    weight: Vec<f64>,
    touched: Vec<PersonIndex>,
    /// Weight each person had withstood when the replicate began; empty where that is none.
    withstood: Vec<f64>,
}

impl Pull {
    pub(super) fn new(people: usize) -> Self {
        Self { weight: vec![0.0; people], touched: Vec::new(), withstood: Vec::new() }
    }
}

impl LinearThreshold {
    /// # Errors
    /// A tie whose own weight is outside `0..=1`; weights into one person above 1.
    pub(super) fn prepare(
        graph: &InfluenceGraph,
        rule: TieWeight,
        presence: f64,
        visibility: f64,
        name: &dyn Fn(PersonIndex) -> String,
    ) -> Result<Self, ScenarioError> {
        let mut weights = vec![0.0; graph.arcs()];
        for person in (0..).take(graph.people()) {
            let all_ties = f64::from(graph.ties_into(person));
            let mut sum = 0.0;
            for (&influencer, &arc) in
                graph.influences_on(person).iter().zip(graph.arcs_into(person))
            {
                let arc = arc as usize;
                let weight = match rule {
                    TieWeight::Equal => f64::from(graph.ties(arc)) / all_ties,
                    TieWeight::PerTie => graph.value(arc),
                };
                if !(0.0..=1.0).contains(&weight) {
                    return Err(ScenarioError::TieWeight {
                        influencer: name(influencer),
                        audience: name(person),
                        value: weight,
                    });
                }
                sum += weight;
                weights[arc] = weight * visibility;
            }
            if sum > 1.0 + SUM_SLACK {
                return Err(ScenarioError::WeightsAboveOne { person: name(person), sum });
            }
        }
        Ok(Self { weights, presence })
    }

    pub(super) fn weight(&self, arc: usize) -> f64 {
        self.weights[arc]
    }

    /// Runs one replicate: O(arcs out of adopters).
    ///
    /// Who has not followed those who adopted before the start has a threshold above their weight:
    /// it is drawn from what is left of (0, 1] beyond.
    pub(super) fn spread(
        &self,
        graph: &InfluenceGraph,
        run: &mut Run,
        pull: &mut Pull,
        agenda: &mut Agenda,
        chances: &Chances,
        horizon: u32,
    ) {
        self.withstand(graph, run, pull);
        loop {
            let step = run.next_step() - 1;
            for position in run.newest_to_try() {
                let influencer = run.adopter(position);
                let row = graph.arcs_from(influencer);
                for (&person, &weight) in
                    graph.audience_of(influencer).iter().zip(&self.weights[row])
                {
                    let pulled = &mut pull.weight[person as usize];
                    let withstood = pull.withstood.get(person as usize).copied().unwrap_or(0.0);
                    // A threshold is in (0, 1], never 0: nobody adopts unpulled.
                    let draw = chances.influence.unit(person.into());
                    let threshold = withstood + (1.0 - withstood) * draw - SLACK;
                    let before = *pulled;
                    if before <= 0.0 {
                        pull.touched.push(person);
                    }
                    *pulled += weight;
                    let crossed = *pulled > withstood && *pulled >= threshold;
                    if crossed && (before <= withstood || before < threshold) {
                        run.saw_enough(person);
                        let missed = chances.missed_steps(person, self.presence);
                        agenda.note(person, (u64::from(step) + 1).saturating_add(missed));
                    }
                }
            }
            run.saw_last_straws(graph, run.newest_to_try(), |arc| self.weights[arc] > 0.0);
            if (agenda.is_empty() && !run.is_open()) || step == horizon {
                break;
            }
            agenda.settle(step + 1, run);
            run.finish_step();
        }
        for person in pull.touched.drain(..) {
            pull.weight[person as usize] = 0.0;
        }
    }

    /// Adds up what adopters from before the start weigh.
    fn withstand(&self, graph: &InfluenceGraph, run: &Run, pull: &mut Pull) {
        pull.withstood.clear();
        if run.earlier().is_empty() {
            return;
        }
        for position in 0..run.earlier().len() {
            let influencer = run.adopter(position);
            let row = graph.arcs_from(influencer);
            for (&person, &weight) in graph.audience_of(influencer).iter().zip(&self.weights[row]) {
                let pulled = &mut pull.weight[person as usize];
                if *pulled <= 0.0 {
                    pull.touched.push(person);
                }
                *pulled += weight;
            }
        }
        pull.withstood.clone_from(&pull.weight);
    }
}
