//! Structural holes: how far a person's contacts are already in contact with each other.

use super::description::{Measure, Method, Unit};
use super::subject::Subject;
use super::triangles::{Side, Triangles};

pub(super) const CONSTRAINT: Measure = Measure {
    key: "constraint",
    label: "constraint",
    question: "Who is free to broker between circles? (low is freer)",
    meaning: "How much of the person's ties is spent, directly or through others, on the same \
              contacts; parallel ties and both directions counted; undefined without ties.",
    unit: Unit::Number,
    lowest_first: true,
    method: Method::People(constraint),
};

pub(super) const EFFECTIVE_SIZE: Measure = Measure {
    key: "effective_size",
    label: "effective size",
    question: "Who has contacts that do not know each other?",
    meaning: "Contacts less those that lead to the same people: the number of contacts minus how \
              far each is tied to the others; parallel ties and both directions counted; \
              undefined without ties.",
    unit: Unit::Number,
    lowest_first: false,
    method: Method::People(effective_size),
};

/// Sum over contacts j of `(p_ij + Σ_q p_iq p_qj)²`, with p the share of a person's ties.
/// O(ties^1.5). Source: Burt 1992, *Structural Holes*, ch. 2.
fn constraint(subject: &Subject<'_>) -> Vec<f64> {
    let total = totals(subject);
    let triangles = Triangles::new(subject.circles());
    // Per tie what its first end spends on the second through others, and the other way round.
    let mut through = vec![[0.0; 2]; triangles.ties()];
    triangles.each(|[ab, ac, bc]| {
        for (side, one, two) in [(ab, ac, bc), (ac, ab, bc), (bc, ab, ac)] {
            // From either end over the third person: one tie and then the other.
            let product = one.weight * two.weight / total[third(side, one)];
            through[side.tie][0] += product / total[side.from];
            through[side.tie][1] += product / total[side.to];
        }
    });
    let mut sums = undefined_without_ties(subject);
    for side in triangles.sides() {
        let [forth, back] = through[side.tie];
        sums[side.from] += (side.weight / total[side.from] + forth).powi(2);
        sums[side.to] += (side.weight / total[side.to] + back).powi(2);
    }
    sums
}

/// Sum over contacts j of `1 - Σ_q p_iq m_jq`, with m a tie beside the contact's strongest.
/// O(ties^1.5). Source: Burt 1992, *Structural Holes*, ch. 2.
fn effective_size(subject: &Subject<'_>) -> Vec<f64> {
    let circles = subject.circles();
    let total = totals(subject);
    let strongest: Vec<f64> = (0..subject.people())
        .map(|person| circles.weights(person).iter().copied().fold(0.0, f64::max))
        .collect();
    let mut sizes = undefined_without_ties(subject);
    for (person, size) in sizes.iter_mut().enumerate() {
        *size += circles.of(person).len() as f64;
    }
    Triangles::new(circles).each(|[ab, ac, bc]| {
        // For the person at one corner the side across ties two contacts, of whom either may be
        // j and the other q.
        for (across, to_one, to_two) in [(bc, ab, ac), (ac, ab, bc), (ab, ac, bc)] {
            let person = third(across, to_one);
            for (contact, link) in [(to_one, to_two), (to_two, to_one)] {
                let end = if contact.from == person { contact.to } else { contact.from };
                sizes[person] -= link.weight / total[person] * across.weight / strongest[end];
            }
        }
    });
    sizes
}

/// The corner that `side` does not touch; `other` is another side of the same triangle.
fn third(side: Side, other: Side) -> usize {
    if other.from == side.from || other.from == side.to { other.to } else { other.from }
}

/// All ties of each person.
fn totals(subject: &Subject<'_>) -> Vec<f64> {
    let circles = subject.circles();
    (0..subject.people()).map(|person| circles.weights(person).iter().sum()).collect()
}

fn undefined_without_ties(subject: &Subject<'_>) -> Vec<f64> {
    let start = |person| if subject.circles().of(person).is_empty() { f64::NAN } else { 0.0 };
    (0..subject.people()).map(start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{InfluenceArc, InfluenceGraph};

    fn arc(influencer: u32, audience: u32, ties: u32) -> InfluenceArc {
        InfluenceArc { influencer, audience, ties, value: 1.0 }
    }

    #[test]
    fn a_broker_is_less_constrained_than_a_clique_member() {
        let star = InfluenceGraph::from_arcs(5, (1..5).map(|leaf| arc(0, leaf, 1)));
        assert_eq!(CONSTRAINT.compute(&star), [0.25, 1.0, 1.0, 1.0, 1.0]);
        assert_eq!(EFFECTIVE_SIZE.compute(&star), [4.0, 1.0, 1.0, 1.0, 1.0]);
        let triangle = InfluenceGraph::from_arcs(3, [arc(0, 1, 1), arc(1, 2, 1), arc(2, 0, 1)]);
        // Each of two contacts: (1/2 + 1/2 · 1/2)²; each contact is half the same as the other.
        assert_eq!(CONSTRAINT.compute(&triangle), [1.125; 3]);
        assert_eq!(EFFECTIVE_SIZE.compute(&triangle), [1.0; 3]);
    }

    #[test]
    fn parallel_ties_are_time_spent() {
        // 0 and 1 are tied three times, 0 and 2 once, 1 and 2 once.
        let graph = InfluenceGraph::from_arcs(3, [arc(0, 1, 3), arc(0, 2, 1), arc(1, 2, 1)]);
        // On 1: 3/4 + 1/4 · 1/2; on 2: 1/4 + 3/4 · 1/4.
        let expected = 0.875_f64.powi(2) + 0.4375_f64.powi(2);
        assert!((CONSTRAINT.compute(&graph)[0] - expected).abs() < 1e-15);
        // Contact 1 is as tied to 2 as a third of its strongest, where 1/4 goes; 2 is tied to 1
        // as strongly as to anyone, where 3/4 goes.
        let expected = 2.0 - 0.25 / 3.0 - 0.75;
        assert!((EFFECTIVE_SIZE.compute(&graph)[0] - expected).abs() < 1e-15);
    }
}
