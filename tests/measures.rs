//! Measures against published and independently computed values (`science.md` section 2).

mod classics;

use classics::{karate, karate_sides, kite, shared_json};
use jaywalk::measure::{Measure, communities, components, modularity};
use jaywalk::network::InfluenceGraph;

#[track_caller]
fn near(found: f64, published: f64, digits: i32) {
    let slack = 0.5 * 10_f64.powi(-digits) * 1.0001;
    assert!((found - published).abs() <= slack, "found {found}, published {published}");
}

fn largest(values: &[f64]) -> usize {
    (0..values.len()).max_by(|&a, &b| values[a].total_cmp(&values[b])).expect("not empty")
}

fn smallest(values: &[f64]) -> usize {
    (0..values.len()).min_by(|&a, &b| values[a].total_cmp(&values[b])).expect("not empty")
}

#[test]
fn kite_hub_and_bridge_are_different_people() {
    let degree = Measure::Degree.compute(&kite());
    assert_eq!((largest(&degree), degree[3]), (3, 6.0));
    let betweenness = Measure::Betweenness.compute(&kite());
    assert_eq!(largest(&betweenness), 7);
    near(betweenness[7], 0.38889, 5);
    near(betweenness[7] * 36.0, 14.0, 9);
    let constraint = Measure::Constraint.compute(&kite());
    assert_eq!(smallest(&constraint), 7);
    near(constraint[7], 0.43111, 5);
}

#[test]
fn karate_club_has_its_published_values() {
    let club = karate(0.1);
    assert_eq!((club.people(), club.arcs()), (34, 2 * 78));
    let betweenness = Measure::Betweenness.compute(&club);
    near(betweenness[0], 0.43764, 5);
    near(betweenness[33], 0.30407, 5);
    near(Measure::Constraint.compute(&club)[0], 0.15542, 5);
    let pagerank = Measure::PageRank.compute(&club);
    assert_eq!(largest(&pagerank), 33);
    near(pagerank[33], 0.10092, 5);
    near(pagerank.iter().sum(), 1.0, 12);
    let degree = Measure::Degree.compute(&club);
    near(degree.iter().sum::<f64>() / 34.0, 4.588, 3);
    near(modularity(&club, &karate_sides()), 0.35823, 5);
    assert_eq!(components(&club), [0; 34]);
}

#[test]
fn karate_neighborhoods_reach_the_best_known_modularity() {
    // .4198 is the maximum (Brandes et al. 2008, by exact optimization).
    for rng_seed in 1..=5 {
        let found = modularity(&karate(0.1), &communities(&karate(0.1), rng_seed));
        assert!(found > 0.415, "rng_seed {rng_seed}: modularity {found}");
    }
}

#[test]
fn reference_values_match_where_the_reference_folder_is() {
    let Some(reference) = shared_json("data/metrics/metrics_oracles.json") else { return };
    for (name, graph) in [("krackhardt_kite", kite()), ("karate", karate(1.0))] {
        for (measure, key) in [
            (Measure::Degree, "degree"),
            (Measure::Audience, "degree"),
            (Measure::Strength, "degree"),
            (Measure::KCore, "core"),
            (Measure::PageRank, "pagerank_085"),
            (Measure::Betweenness, "betweenness_norm"),
            (Measure::Constraint, "constraint"),
        ] {
            let values = measure.compute(&graph);
            let expected = reference[name]["metrics"][key].as_object().expect("a value per person");
            assert_eq!(values.len(), expected.len());
            for (person, value) in expected {
                let person: usize = person.parse().expect("a number");
                near(values[person], value.as_f64().expect("a number"), 9);
            }
        }
    }
}

#[test]
fn answers_do_not_depend_on_threads() {
    let club = karate(0.1);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| Measure::ALL.map(|measure| measure.compute(&club)))
    };
    assert_eq!(with(1), with(2));
    assert_eq!(with(1), with(8));
}

#[test]
fn nobody_is_between_in_a_network_without_ties() {
    let strangers = InfluenceGraph::from_arcs(5, []);
    assert_eq!(Measure::Betweenness.compute(&strangers), [0.0; 5]);
    assert_eq!(Measure::KCore.compute(&strangers), [0.0; 5]);
    assert_eq!(Measure::PageRank.compute(&strangers), [0.2; 5]);
    assert!(Measure::Constraint.compute(&strangers).iter().all(|it| it.is_nan()));
    assert_eq!(components(&strangers), [0, 1, 2, 3, 4]);
}
