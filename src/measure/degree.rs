//! Degree, audience and strength: ties counted.

use super::description::{Measure, Method, Unit};
use super::subject::Subject;
use crate::network::InfluenceGraph;

pub(super) const DEGREE: Measure = Measure {
    key: "degree",
    label: "degree",
    question: "Who knows the most people?",
    meaning: "People tied to the person, in either direction; a mutual tie counts once.",
    unit: Unit::Count,
    lowest_first: false,
    method: Method::People(degree),
};

pub(super) const AUDIENCE: Measure = Measure {
    key: "audience",
    label: "audience",
    question: "Who reaches the most people directly?",
    meaning: "People the person can influence directly.",
    unit: Unit::Count,
    lowest_first: false,
    method: Method::People(|subject| audience(subject.graph)),
};

pub(super) const STRENGTH: Measure = Measure {
    key: "strength",
    label: "strength",
    question: "Who reaches people most strongly?",
    meaning: "Strengths of the ties to the audience, added up: the people expected to follow in \
              one step where a strength is the chance that influence passes.",
    unit: Unit::Number,
    lowest_first: false,
    method: Method::People(strength),
};

pub(super) const MEAN_DEGREE: Measure = Measure {
    key: "mean_degree",
    label: "mean degree",
    question: "How many people does a person know?",
    meaning: "Mean degree over all people; undefined without people.",
    unit: Unit::Number,
    lowest_first: false,
    method: Method::Network(|subject| {
        degree(subject).iter().sum::<f64>() / subject.people() as f64
    }),
};

pub(super) const CONTACTS_OF_CONTACTS: Measure = Measure {
    key: "contact_degree",
    label: "mean degree of contacts",
    question: "How many people do those know whom people know? (more than people themselves)",
    meaning: "Mean degree over both ends of all ties: above the mean degree wherever degrees \
              differ (the friendship paradox); undefined without ties.",
    unit: Unit::Number,
    lowest_first: false,
    method: Method::Network(|subject| {
        let degree = degree(subject);
        degree.iter().map(|it| it * it).sum::<f64>() / degree.iter().sum::<f64>()
    }),
};

fn degree(subject: &Subject<'_>) -> Vec<f64> {
    let circles = subject.circles();
    (0..circles.len()).map(|person| circles.of(person).len() as f64).collect()
}

/// People each person can influence directly.
pub fn audience(graph: &InfluenceGraph) -> Vec<f64> {
    (0..).take(graph.people()).map(|person| graph.audience_of(person).len() as f64).collect()
}

/// A value that is no number counts nothing.
fn strength(subject: &Subject<'_>) -> Vec<f64> {
    let graph = subject.graph;
    let value = |arc| Some(graph.value(arc)).filter(|it| it.is_finite()).unwrap_or_default();
    (0..)
        .take(graph.people())
        .map(|person| graph.arcs_from(person).map(value).sum::<f64>().clamp(f64::MIN, f64::MAX))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn a_mutual_tie_is_one_person_and_a_one_way_tie_one_audience() {
        let arc =
            |influencer, audience| InfluenceArc { influencer, audience, ties: 2, value: 0.25 };
        let graph = InfluenceGraph::from_arcs(4, [arc(0, 1), arc(1, 0), arc(0, 2)]);
        assert_eq!(DEGREE.compute(&graph), [2.0, 1.0, 1.0, 0.0]);
        assert_eq!(AUDIENCE.compute(&graph), [2.0, 1.0, 0.0, 0.0]);
        assert_eq!(STRENGTH.compute(&graph), [0.5, 0.25, 0.0, 0.0]);
    }
}
