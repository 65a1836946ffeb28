//! Clustering: whether a person's contacts know each other.

use super::description::{Measure, Method, Unit};
use super::subject::Subject;
use super::triangles::Triangles;

pub(super) const CLUSTERING: Measure = Measure {
    key: "clustering",
    label: "clustering",
    question: "Whose contacts know each other?",
    meaning: "Share of the pairs of the person's contacts who are tied to each other; 0 for who \
              has no two contacts; ties in either direction, all alike.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::People(clustering),
};

pub(super) const MEAN_CLUSTERING: Measure = Measure {
    key: "mean_clustering",
    label: "mean clustering",
    question: "How often do two contacts of a person know each other?",
    meaning: "Mean clustering over all people; undefined without people.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::Network(|subject| {
        clustering(subject).iter().sum::<f64>() / subject.people() as f64
    }),
};

pub(super) const TRANSITIVITY: Measure = Measure {
    key: "transitivity",
    label: "transitivity",
    question: "How often is a friend of a friend a friend?",
    meaning: "Share of all pairs of contacts of the same person who are tied to each other; \
              undefined where nobody has two contacts.",
    unit: Unit::Share,
    lowest_first: false,
    method: Method::Network(|subject| {
        let closed: f64 = closed_pairs(subject).iter().sum();
        closed / (0..subject.people()).map(|person| pairs(subject, person)).sum::<f64>()
    }),
};

/// O(ties^1.5). Source: Watts & Strogatz 1998.
fn clustering(subject: &Subject<'_>) -> Vec<f64> {
    let share = |(person, closed)| match pairs(subject, person) {
        0.0 => 0.0,
        pairs => closed / pairs,
    };
    closed_pairs(subject).into_iter().enumerate().map(share).collect()
}

/// Pairs of contacts of each person who know each other.
fn closed_pairs(subject: &Subject<'_>) -> Vec<f64> {
    let mut closed = vec![0.0; subject.people()];
    Triangles::new(subject.circles()).each(|[ab, ac, _]| {
        for person in [ab.from, ab.to, ac.to] {
            closed[person] += 1.0;
        }
    });
    closed
}

/// Pairs of contacts of a person.
fn pairs(subject: &Subject<'_>, person: usize) -> f64 {
    let contacts = subject.circles().of(person).len() as f64;
    contacts * (contacts - 1.0).max(0.0) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{InfluenceArc, InfluenceGraph};

    #[test]
    fn a_triangle_with_a_tail_is_half_closed() {
        let arc = |(a, b)| InfluenceArc { influencer: a, audience: b, ties: 1, value: 1.0 };
        let graph = InfluenceGraph::from_arcs(4, [(0, 1), (1, 2), (2, 0), (2, 3)].map(arc));
        assert_eq!(CLUSTERING.compute(&graph), [1.0, 1.0, 1.0 / 3.0, 0.0]);
        // Pairs of contacts: 1, 1, 3 and 0; each of the three knows one pair that is closed.
        assert_eq!(TRANSITIVITY.compute(&graph), [0.6]);
        assert_eq!(MEAN_CLUSTERING.compute(&graph), [(2.0 + 1.0 / 3.0) / 4.0]);
        assert!(TRANSITIVITY.compute(&InfluenceGraph::from_arcs(2, [arc((0, 1))]))[0].is_nan());
    }
}
