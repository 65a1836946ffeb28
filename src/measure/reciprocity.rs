//! Reciprocity: whether influence comes back.

use super::description::{Measure, Method, Unit};
use super::subject::Subject;
use crate::network::PersonIndex;

pub(super) const RECIPROCITY: Measure = Measure {
    key: "reciprocity",
    label: "reciprocity",
    question: "Who listens to those who listen?",
    meaning: "Share of the person's contacts with whom influence runs both ways; undefined \
              without ties.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::People(|subject| {
        let of = |person: PersonIndex| {
            mutual(subject, person) / subject.circles().of(person as usize).len() as f64
        };
        (0..).take(subject.people()).map(of).collect()
    }),
};

pub(super) const MUTUAL_SHARE: Measure = Measure {
    key: "mutual_share",
    label: "reciprocity of the network",
    question: "How much influence runs both ways?",
    meaning: "Share of all directions of influence that are answered by the opposite one; \
              undefined without ties.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::Network(|subject| {
        let people = (0..).take(subject.people());
        people.map(|it| mutual(subject, it)).sum::<f64>() / subject.graph.arcs() as f64
    }),
};

/// Contacts with whom influence runs both ways.
fn mutual(subject: &Subject<'_>, person: PersonIndex) -> f64 {
    let graph = subject.graph;
    let back = graph.influences_on(person);
    graph.audience_of(person).iter().filter(|it| back.binary_search(it).is_ok()).count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{InfluenceArc, InfluenceGraph};

    #[test]
    fn one_answered_tie_of_three() {
        let arc = |(a, b)| InfluenceArc { influencer: a, audience: b, ties: 2, value: 1.0 };
        let graph = InfluenceGraph::from_arcs(4, [(0, 1), (1, 0), (0, 2)].map(arc));
        let found = RECIPROCITY.compute(&graph);
        assert_eq!(found[..3], [0.5, 1.0, 0.0]);
        assert!(found[3].is_nan());
        assert_eq!(MUTUAL_SHARE.compute(&graph), [2.0 / 3.0]);
    }
}
