//! Like knows like: how far ties stay within segments.

use super::description::{Measure, Method, Unit};
use super::modularity::weighted_modularity;
use super::subject::Subject;

pub(super) const E_I: Measure = Measure {
    key: "e_i",
    label: "E-I index",
    question: "Who looks beyond their own segment?",
    meaning: "Contacts in other segments less those in the person's own, over all of them: -1 \
              when all are in the own one, 1 when none is; neighborhoods stand in where no \
              segments are told; undefined without contacts in any.",
    unit: Unit::Balance,
    lowest_first: false,
    method: Method::People(|subject| {
        (0..subject.people()).map(|person| balance([crossings(subject, person)])).collect()
    }),
};

pub(super) const E_I_OF_NETWORK: Measure = Measure {
    key: "e_i_network",
    label: "E-I index of the network",
    question: "Do ties stay within segments or cross them?",
    meaning: "Ties between segments less ties within, over all ties of people whose segments are \
              known: -1 when all stay within, 1 when all cross; undefined without such ties.",
    unit: Unit::Balance,
    lowest_first: false,
    method: Method::Network(|subject| {
        balance((0..subject.people()).map(|person| crossings(subject, person)))
    }),
};

pub(super) const ASSORTATIVITY: Measure = Measure {
    key: "assortativity",
    label: "assortativity by segment",
    question: "Does like know like?",
    meaning: "Ties within segments beyond what chance would give, over the most there could be: 1 \
              when all stay within, 0 as by chance; undefined when everybody tied is in one \
              segment.",
    unit: Unit::Balance,
    lowest_first: false,
    method: Method::Network(assortativity),
};

pub(super) const DEGREE_ASSORTATIVITY: Measure = Measure {
    key: "degree_assortativity",
    label: "assortativity by degree",
    question: "Do the well connected know each other?",
    meaning: "Correlation of the degrees at both ends of ties: above 0 when the well connected \
              know each other, below when they know the others; undefined when all have as many.",
    unit: Unit::Balance,
    lowest_first: false,
    method: Method::Network(degree_assortativity),
};

pub(super) const MODULARITY: Measure = Measure {
    key: "modularity",
    label: "modularity of segments",
    question: "How well do segments follow the ties?",
    meaning: "Share of tie strength within segments less the share that chance would give; people \
              without a segment stand alone.",
    unit: Unit::Balance,
    lowest_first: false,
    method: Method::Network(|subject| {
        let alone = (0..).take(subject.people());
        let group = |person: u32| match subject.segment(person as usize) {
            Some(segment) => (0, segment),
            None => (1, person),
        };
        let (groups, _) = super::numbered(alone.map(group));
        weighted_modularity(subject.graph, subject.weights(), &groups)
    }),
};

/// Contacts of a person in other segments, and in their own.
fn crossings(subject: &Subject<'_>, person: usize) -> (f64, f64) {
    let Some(own) = subject.segment(person) else { return (0.0, 0.0) };
    let contacts = subject.circles().of(person).iter();
    let segments = contacts.filter_map(|&it| subject.segment(it as usize));
    segments.fold((0.0, 0.0), |(outside, inside), segment| {
        if segment == own { (outside, inside + 1.0) } else { (outside + 1.0, inside) }
    })
}

/// `(E - I)/(E + I)`. Source: Krackhardt & Stern 1988.
fn balance(crossings: impl IntoIterator<Item = (f64, f64)>) -> f64 {
    let sum = |(a, b), (outside, inside)| (a + outside, b + inside);
    let (outside, inside) = crossings.into_iter().fold((0.0, 0.0), sum);
    (outside - inside) / (outside + inside)
}

/// `(Σ e_ss - Σ a_s²)/(1 - Σ a_s²)`, with e the shares of tie ends by the segments of both ends
/// and a their sums. Source: Newman 2003, formula 2.
fn assortativity(subject: &Subject<'_>) -> f64 {
    let known = (0..subject.people()).filter_map(|person| subject.segment(person));
    let (_, segments) = super::numbered(known);
    let mut ends = vec![0.0; segments.len()];
    let mut within = 0.0;
    for person in 0..subject.people() {
        let Some(own) = subject.segment(person) else { continue };
        let (outside, inside) = crossings(subject, person);
        ends[segments[&own] as usize] += outside + inside;
        within += inside;
    }
    let all: f64 = ends.iter().sum();
    let by_chance: f64 = ends.iter().map(|it| (it / all).powi(2)).sum();
    (within / all - by_chance) / (1.0 - by_chance)
}

/// Pearson correlation over both ends of all ties. Source: Newman 2002.
fn degree_assortativity(subject: &Subject<'_>) -> f64 {
    let circles = subject.circles();
    let degree = |person: usize| circles.of(person).len() as f64;
    let (mut ends, mut sum, mut squares, mut products) = (0.0, 0.0, 0.0, 0.0);
    for person in 0..circles.len() {
        let own = degree(person);
        ends += own;
        sum += own * own;
        squares += own * own * own;
        products += circles.of(person).iter().map(|&it| own * degree(it as usize)).sum::<f64>();
    }
    let mean = sum / ends;
    let variance = squares / ends - mean * mean;
    if variance <= 1e-12 * mean * mean {
        f64::NAN
    } else {
        (products / ends - mean * mean) / variance
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{InfluenceArc, InfluenceGraph};

    fn pairs(ties: &[(u32, u32)], people: usize) -> InfluenceGraph {
        let arc = |&(a, b)| InfluenceArc { influencer: a, audience: b, ties: 1, value: 1.0 };
        InfluenceGraph::from_arcs(people, ties.iter().map(arc))
    }

    #[test]
    fn two_segments_with_one_tie_across() {
        let graph = pairs(&[(0, 1), (2, 3), (1, 2), (3, 4)], 5);
        let segments = vec![Some(4), Some(4), Some(9), Some(9), None];
        let subject = Subject::new(&graph).with_segments(segments);
        let of = |measure: &'static Measure| measure.of(&subject).values;
        assert_eq!(of(&E_I)[..4], [-1.0, 0.0, 0.0, -1.0]);
        assert!(of(&E_I)[4].is_nan());
        // One tie across, two within: (1 - 2)/3; by chance half, and 4 of 6 ends stay within.
        assert!((of(&E_I_OF_NETWORK)[0] + 1.0 / 3.0).abs() < 1e-15);
        assert!((of(&ASSORTATIVITY)[0] - (2.0 / 3.0 - 0.5) / 0.5).abs() < 1e-15);
        // Weight 8 counted from both ends: within 4; ends 3, 4 and 1.
        assert!((of(&MODULARITY)[0] - (0.5 - (9.0 + 16.0 + 1.0) / 64.0)).abs() < 1e-15);
    }

    #[test]
    fn a_star_is_all_unlike_and_a_circle_has_no_say() {
        let of = |graph: &InfluenceGraph| DEGREE_ASSORTATIVITY.compute(graph)[0];
        assert!((of(&pairs(&[(0, 1), (0, 2), (0, 3)], 4)) + 1.0).abs() < 1e-12);
        assert!(of(&pairs(&[(0, 1), (1, 2), (2, 0)], 3)).is_nan());
        assert!(of(&pairs(&[], 2)).is_nan());
        // A chain of four: ends 1-2, 2-2, 2-1; by hand -1/2.
        assert!((of(&pairs(&[(0, 1), (1, 2), (2, 3)], 4)) + 0.5).abs() < 1e-12);
    }
}
