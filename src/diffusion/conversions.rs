//! Who converted whom in one replicate, read off the times of adoption.

use super::replicate::{NEVER, Replicate};
use crate::network::{InfluenceGraph, PersonIndex};

/// A forest: from those whom nobody moved to all whom they moved, and so on.
///
/// A replicate keeps when people adopted. Whoever adopted is taken to be converted by the influence
/// that had adopted *last* before: in a cascade only those of the step before can have been (as
/// long as nobody is absent), under a threshold that one tipped the scales. Where several adopted at
/// that step, the strongest tie decides, and [`Conversions::others`] says that there were more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversions {
    /// Who converted each person; `None` for those who never adopt, start by plan, or had nobody.
    pub by: Vec<Option<PersonIndex>>,
    /// How many others could have converted each person just as well.
    pub others: Vec<u32>,
    /// How many people each person converted, directly or through others.
    pub through: Vec<u32>,
    /// Whom each person converted, in the order of adoption: a row per person.
    start: Vec<usize>,
    converted: Vec<PersonIndex>,
    /// Adopters whom nobody converted, in the order of adoption.
    roots: Vec<PersonIndex>,
}

impl Conversions {
    /// Reads a replicate on `graph`; `starters` adopt because they were asked to, at whatever step.
    /// O(people log people + arcs).
    pub fn of(replicate: &Replicate, graph: &InfluenceGraph, starters: &[PersonIndex]) -> Self {
        let times = &replicate.time_of_adoption;
        let people = times.len();
        let mut found = Self {
            by: vec![None; people],
            others: vec![0; people],
            through: vec![0; people],
            start: vec![0; people + 1],
            ..Self::default()
        };
        let mut starts = vec![false; people];
        for &starter in starters {
            starts[starter as usize] = true;
        }
        let mut adopters: Vec<PersonIndex> =
            (0..).zip(times).filter(|it| *it.1 != NEVER).map(|it| it.0).collect();
        adopters.sort_by_key(|&it| (times[it as usize], it));
        for &person in &adopters {
            let at = person as usize;
            match latest(graph, times, person).filter(|_| !starts[at]) {
                Some((by, others)) => {
                    (found.by[at], found.others[at]) = (Some(by), others);
                    found.start[by as usize + 1] += 1;
                }
                None => found.roots.push(person),
            }
        }
        for person in 0..people {
            found.start[person + 1] += found.start[person];
        }
        found.converted = vec![0; found.start[people]];
        let mut next = found.start.clone();
        for &person in &adopters {
            if let Some(by) = found.by[person as usize] {
                found.converted[next[by as usize]] = person;
                next[by as usize] += 1;
            }
        }
        // Whoever was converted adopted later than by whom, so that the last come first here.
        for &person in adopters.iter().rev() {
            if let Some(by) = found.by[person as usize] {
                found.through[by as usize] += found.through[person as usize] + 1;
            }
        }
        found
    }

    /// Adopters whom nobody converted, in the order of adoption.
    pub fn roots(&self) -> &[PersonIndex] {
        &self.roots
    }

    /// Whom `person` converted, in the order of adoption.
    pub fn converted_by(&self, person: PersonIndex) -> &[PersonIndex] {
        let at = person as usize;
        &self.converted[self.start[at]..self.start[at + 1]]
    }
}

/// The influence on `person` that adopted last before, of several the one with the strongest tie,
/// and how many others adopted at the same step.
fn latest(
    graph: &InfluenceGraph,
    times: &[u32],
    person: PersonIndex,
) -> Option<(PersonIndex, u32)> {
    let time = times[person as usize];
    let before = graph
        .influences_on(person)
        .iter()
        .zip(graph.arcs_into(person))
        .filter(|&(&by, _)| times[by as usize] < time);
    let last = before.clone().map(|(&by, _)| times[by as usize]).max()?;
    let at_last = before.filter(|&(&by, _)| times[by as usize] == last);
    let others = at_last.clone().count() - 1;
    let strength = |arc: u32| graph.value(arc as usize);
    let by = at_last
        .max_by(|a, b| strength(*a.1).total_cmp(&strength(*b.1)).then(b.0.cmp(a.0)))
        .map(|(&by, _)| by)?;
    Some((by, u32::try_from(others).unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    fn graph(arcs: &[(u32, u32, f64)]) -> InfluenceGraph {
        let arc =
            |&(influencer, audience, value)| InfluenceArc { influencer, audience, ties: 1, value };
        InfluenceGraph::from_arcs(7, arcs.iter().map(arc))
    }

    #[test]
    fn everyone_is_converted_by_who_adopted_last_before() {
        // 0 and 1 start; 2 hears of both, 3 of 2 and 0, 4 of 3 at the same step (too late),
        // 5 starts later by plan though 2 influences them, 6 never adopts.
        let graph = graph(&[
            (0, 2, 0.2),
            (1, 2, 0.6),
            (2, 3, 0.1),
            (0, 3, 0.9),
            (3, 4, 0.5),
            (2, 5, 0.5),
            (2, 6, 0.5),
        ]);
        let replicate = Replicate { time_of_adoption: vec![0, 0, 1, 2, 2, 3, NEVER], steps: 3 };
        let found = Conversions::of(&replicate, &graph, &[0, 1, 5]);
        assert_eq!(found.by, [None, None, Some(1), Some(2), None, None, None]);
        assert_eq!(found.others, [0, 0, 1, 0, 0, 0, 0]);
        assert_eq!(found.through, [0, 2, 1, 0, 0, 0, 0]);
        assert_eq!(found.roots(), [0, 1, 4, 5]);
        assert_eq!(found.converted_by(1), [2]);
        assert_eq!(found.converted_by(2), [3]);
        assert!(found.converted_by(6).is_empty());
    }
}
