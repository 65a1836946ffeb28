//! What a model reads from the people of a network: rivals, dates, fields and thresholds.

use std::collections::{BTreeMap, BTreeSet};

use super::Model;
use crate::diffusion::calendar::Calendar;
use crate::diffusion::{Contagion, Group, Scenario, ScenarioError};
use crate::network::{Network, PersonIndex, entries, fact};

/// The people the rival idea starts with, in the model that has one.
pub(super) fn rivals_of(
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
pub(super) fn calendar_of(
    network: &Network,
    scenario: &Scenario,
) -> Result<Calendar, ScenarioError> {
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
pub(super) fn field_codes(network: &Network, column: &str) -> Result<Vec<u32>, ScenarioError> {
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
        let known = network.columns_in_words();
        return Err(ScenarioError::UnknownColumn { column: column.to_owned(), known });
    }
    Ok(fields)
}

/// Everyone's own threshold, `NaN` where none is given; `50 %` and `0,5` are read as 0.5.
pub(super) fn threshold_column(network: &Network) -> Result<Vec<f64>, ScenarioError> {
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
