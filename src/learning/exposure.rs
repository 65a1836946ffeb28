//! How many of those a person listens to had adopted, and what it took: exposure and thresholds.
//!
//! As netdiffuseR computes them (science.md 1.12; Valente 1996): people are counted, not ties, and
//! the threshold is the exposure in the period of adoption (lag 0) or in the one before (lag 1).

use crate::diffusion::NEVER;
use crate::network::{InfluenceGraph, PersonIndex};

/// Share of the people that `person` listens to who had adopted by the end of period `at`; `None`
/// for who listens to nobody. O(influences).
pub fn exposure(
    graph: &InfluenceGraph,
    times: &[u32],
    person: PersonIndex,
    at: u32,
) -> Option<f64> {
    let influences = graph.influences_on(person);
    let adopted =
        influences.iter().filter(|&&it| times[it as usize] <= at && times[it as usize] != NEVER);
    (!influences.is_empty()).then(|| adopted.count() as f64 / influences.len() as f64)
}

/// The exposure at which each person adopted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thresholds {
    /// In the period of adoption; `None` for non-adopters, and for who listens to nobody.
    pub lag0: Vec<Option<f64>>,
    /// In the period before; `None` also for adopters of the first period, before which nothing
    /// was watched.
    pub lag1: Vec<Option<f64>>,
}

impl Thresholds {
    /// Everyone's thresholds. O(people + arcs).
    pub fn of(graph: &InfluenceGraph, times: &[u32]) -> Self {
        let people = || (0..).zip(times);
        let lag0 = people()
            .map(
                |(person, &time)| {
                    if time == NEVER { None } else { exposure(graph, times, person, time) }
                },
            )
            .collect();
        let lag1 = people()
            .map(|(person, &time)| match time {
                NEVER | 0 => None,
                _ => exposure(graph, times, person, time - 1),
            })
            .collect();
        Self { lag0, lag1 }
    }
}

/// What netdiffuseR makes of it: non-adopters adopt in the period after the last, and who listens
/// to nobody has a threshold of 0, not none. For comparison with published tables only.
pub fn coded_thresholds(graph: &InfluenceGraph, censored: &[u32]) -> Vec<f64> {
    let coded = |(person, &time)| exposure(graph, censored, person, time).unwrap_or(0.0);
    (0..).zip(censored).map(coded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn thresholds_count_people_and_leave_out_who_listens_to_nobody() {
        let arc =
            |influencer, audience, ties| InfluenceArc { influencer, audience, ties, value: 1.0 };
        // 3 listens to 0 (three ties), 1 and 2; 2 listens to 1.
        let arcs = [arc(0, 3, 3), arc(1, 3, 1), arc(2, 3, 1), arc(1, 2, 1)];
        let graph = InfluenceGraph::from_arcs(4, arcs);
        let times = [0, 1, 1, 2];
        let thresholds = Thresholds::of(&graph, &times);
        assert_eq!(thresholds.lag0, [None, None, Some(1.0), Some(1.0)]);
        assert_eq!(thresholds.lag1, [None, None, Some(0.0), Some(1.0)]);
        let censored = [0, 1, NEVER, 2];
        assert_eq!(exposure(&graph, &censored, 3, 2), Some(2.0 / 3.0));
        assert_eq!(Thresholds::of(&graph, &censored).lag0[2], None);
        assert_eq!(coded_thresholds(&graph, &[0, 1, 3, 2]), [0.0, 0.0, 1.0, 2.0 / 3.0]);
    }
}
