//! Diffusion centrality: how often news that starts with a person is heard.

use petgraph::algo::kosaraju_scc;

use super::description::{Measure, Method, Unit};
use super::hits::to_influencers;
use super::subject::Subject;
use crate::network::{InfluenceGraph, PersonIndex};

pub(super) const DIFFUSION: Measure = Measure {
    key: "diffusion",
    label: "diffusion centrality",
    question: "Whose news is heard most often in the end?",
    meaning: "Hearings to expect within seven steps of news from the person, when it passes along \
              influence with a chance in proportion to the strength of ties, just high enough to \
              stay alive.",
    unit: Unit::Number,
    lowest_first: false,
    method: Method::People(diffusion),
};

/// Periods in which news is passed on, as in the study.
const STEPS: usize = 7;

/// `Σ (qA)^t 1` over t = 1..=7, with q = 1/λ₁ of the weights A; where no circle of people hands
/// news round and round, q = 1. O(people + arcs) per step. Source: Banerjee, Chandrasekhar,
/// Duflo & Jackson 2013.
fn diffusion(subject: &Subject<'_>) -> Vec<f64> {
    let (graph, weights) = (subject.graph, subject.weights());
    let radius = spectral_radius(graph, weights);
    let passing = if radius > 0.0 { 1.0 / radius } else { 1.0 };
    let mut hearings = vec![0.0; subject.people()];
    let mut started = vec![1.0; subject.people()];
    for _ in 0..STEPS {
        started = to_influencers(graph, weights, &started);
        for (all, now) in hearings.iter_mut().zip(&mut started) {
            *now *= passing;
            *all += *now;
        }
    }
    hearings
}

/// Largest eigenvalue of the weights, to nine digits or as far as 1,000 rounds get.
///
/// Only circles count, so arcs between strongly connected components are left out: then every
/// component grows by its own eigenvalue. Adding the identity keeps two-sided components from
/// swinging. The eigenvalue lies between the least and the greatest growth of anybody in a
/// component (Collatz 1942, Wielandt 1950).
fn spectral_radius(graph: &InfluenceGraph, weights: &[f64]) -> f64 {
    let components = kosaraju_scc(graph);
    let mut component = vec![0; graph.people()];
    for (number, members) in components.iter().enumerate() {
        for &person in members {
            component[person as usize] = number;
        }
    }
    let mut inside = weights.to_vec();
    for person in (0..).take(graph.people()) {
        for (&other, arc) in graph.audience_of(person).iter().zip(graph.arcs_from(person)) {
            if component[other as usize] != component[person as usize] {
                inside[arc] = 0.0;
            }
        }
    }
    let mut values = vec![1.0; graph.people()];
    let (mut least, mut greatest) = (0.0, f64::INFINITY);
    for _ in 0..1000 {
        let grown = to_influencers(graph, &inside, &values);
        (least, greatest) = growth(&components, &values, &grown);
        if greatest - least <= 1e-9 * greatest {
            break;
        }
        let peak = values.iter().zip(&grown).map(|(a, b)| a + b).fold(0.0, f64::max);
        for (value, grown) in values.iter_mut().zip(&grown) {
            // Slow components fade away beside quick ones, but must not become nothing.
            *value = ((*value + grown) / peak).max(1e-250);
        }
    }
    f64::midpoint(least, greatest)
}

/// Bounds on the largest eigenvalue of any component.
fn growth(components: &[Vec<PersonIndex>], values: &[f64], grown: &[f64]) -> (f64, f64) {
    let rates = |members: &[PersonIndex]| {
        let rate = |&it: &PersonIndex| grown[it as usize] / values[it as usize];
        let rates = members.iter().map(rate);
        rates.fold((f64::INFINITY, 0.0_f64), |(low, high), it| (low.min(it), high.max(it)))
    };
    components
        .iter()
        .filter(|it| it.len() > 1)
        .map(|it| rates(it))
        .fold((0.0, 0.0), |(least, greatest): (f64, f64), (low, high)| {
            (least.max(low), greatest.max(high))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    fn graph(people: usize, arcs: &[(u32, u32, f64)]) -> InfluenceGraph {
        let arc =
            |&(influencer, audience, value)| InfluenceArc { influencer, audience, ties: 1, value };
        InfluenceGraph::from_arcs(people, arcs.iter().map(arc))
    }

    fn radius(people: usize, arcs: &[(u32, u32, f64)]) -> f64 {
        let graph = graph(people, arcs);
        spectral_radius(&graph, &(0..graph.arcs()).map(|it| graph.value(it)).collect::<Vec<_>>())
    }

    #[test]
    fn eigenvalues_of_circles_stars_and_chains() {
        let near = |found: f64, expected: f64| (found - expected).abs() < 1e-8;
        let star = [(0, 1, 1.0), (1, 0, 1.0), (0, 2, 1.0), (2, 0, 1.0), (0, 3, 1.0), (3, 0, 1.0)];
        assert!(near(radius(4, &star), 3.0_f64.sqrt()));
        // A circle of three multiplies by 1/2 · 1/4 · 1 in three steps; the tail adds nothing.
        let circle = [(0, 1, 0.5), (1, 2, 0.25), (2, 0, 1.0), (2, 3, 1.0), (4, 0, 1.0)];
        assert!(near(radius(5, &circle), 0.5));
        // Two circles one after the other: the quicker one counts.
        let two = [(0, 1, 0.5), (1, 0, 0.5), (1, 2, 1.0), (2, 3, 0.75), (3, 2, 0.75)];
        assert!(near(radius(4, &two), 0.75));
        assert!(near(radius(3, &[(0, 1, 1.0), (1, 2, 1.0)]), 0.0));
        assert!(near(radius(0, &[]), 0.0));
    }

    #[test]
    fn a_pair_hears_seven_times_and_a_chain_as_often_as_it_is_long() {
        let pair = graph(2, &[(0, 1, 0.2), (1, 0, 0.2)]);
        assert!(DIFFUSION.compute(&pair).iter().all(|it| (it - 7.0).abs() < 1e-8));
        let chain = graph(3, &[(0, 1, 0.2), (1, 2, 0.1)]);
        assert_eq!(DIFFUSION.compute(&chain), [1.5, 0.5, 0.0]);
    }
}
