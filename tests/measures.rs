//! Measures against published and independently computed values (`science.md` section 2).

mod classics;

use classics::{karate, karate_sides, kite, shared_json};
use jaywalk::measure::{
    KeyPlayerAim, MEASURES, Measure, Sample, Subject, communities, components, find, key_players,
    modularity,
};
use jaywalk::network::{InfluenceArc, InfluenceGraph};
use jaywalk::random::{Purpose, stream};
use rand::RngExt;

fn measure(key: &str) -> &'static Measure {
    find(key).expect("a measure")
}

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
    let degree = measure("degree").compute(&kite());
    assert_eq!((largest(&degree), degree[3]), (3, 6.0));
    let betweenness = measure("betweenness").compute(&kite());
    assert_eq!(largest(&betweenness), 7);
    near(betweenness[7], 0.38889, 5);
    near(betweenness[7] * 36.0, 14.0, 9);
    let constraint = measure("constraint").compute(&kite());
    assert_eq!(smallest(&constraint), 7);
    near(constraint[7], 0.43111, 5);
}

#[test]
fn karate_club_has_its_published_values() {
    let club = karate(0.1);
    assert_eq!((club.people(), club.arcs()), (34, 2 * 78));
    let betweenness = measure("betweenness").compute(&club);
    near(betweenness[0], 0.43764, 5);
    near(betweenness[33], 0.30407, 5);
    near(measure("constraint").compute(&club)[0], 0.15542, 5);
    let pagerank = measure("pagerank").compute(&club);
    assert_eq!(largest(&pagerank), 33);
    near(pagerank[33], 0.10092, 5);
    near(pagerank.iter().sum(), 1.0, 12);
    let degree = measure("degree").compute(&club);
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
        for (name_of, key) in [
            ("degree", "degree"),
            ("audience", "degree"),
            ("strength", "degree"),
            ("k_core", "core"),
            ("pagerank", "pagerank_085"),
            ("betweenness", "betweenness_norm"),
            ("constraint", "constraint"),
            ("effective_size", "effective_size"),
            ("closeness", "closeness"),
            ("harmonic", "harmonic"),
            ("clustering", "clustering"),
        ] {
            let values = measure(name_of).compute(&graph);
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
fn the_classics_have_their_reference_figures() {
    let Some(reference) = shared_json("data/metrics/metrics_oracles.json") else { return };
    let figure = |of: &str, key: &str| reference[of][key].as_f64().expect("a number");
    for (name, graph) in [("krackhardt_kite", kite()), ("karate", karate(1.0))] {
        for (name_of, key) in [
            ("mean_degree", "mean_degree"),
            ("contact_degree", "friendship_paradox_mean_neighbour_degree_k2/k"),
            ("transitivity", "transitivity"),
            ("mean_clustering", "avg_clustering"),
        ] {
            near(measure(name_of).compute(&graph)[0], figure(name, key), 9);
        }
        // Ties both ways and no two circles of even length: authority is the eigenvector.
        let authority = measure("authority").compute(&graph);
        let length = authority.iter().map(|it| it * it).sum::<f64>().sqrt();
        let expected = reference[name]["metrics"]["eigenvector"].as_object().expect("values");
        for (person, value) in expected {
            let person: usize = person.parse().expect("a number");
            near(authority[person] / length, value.as_f64().expect("a number"), 8);
        }
    }
    let club = karate(1.0);
    let sides: Vec<Option<u32>> = karate_sides().into_iter().map(Some).collect();
    let subject = Subject::new(&club).with_segments(sides);
    for (name_of, key) in [
        ("e_i_network", "EI_index_club"),
        ("assortativity", "assortativity_club"),
        ("modularity", "modularity_club"),
    ] {
        near(measure(name_of).of(&subject).values[0], figure("karate", key), 9);
    }
    let participation = measure("participation").of(&subject).values;
    for (person, value) in
        reference["karate"]["metrics"]["participation_club"].as_object().expect("values")
    {
        let person: usize = person.parse().expect("a number");
        near(participation[person], value.as_f64().expect("a number"), 9);
    }
}

/// Best value for each aim and set size, and the sets that have it, as far as the list goes.
#[test]
fn key_players_are_the_best_sets_there_are() {
    let Some(reference) = shared_json("data/metrics/metrics_oracles.json") else { return };
    for (name, graph) in [("krackhardt_kite", kite()), ("karate", karate(1.0))] {
        for k in 1..=3_usize {
            for (aim, key) in [
                (KeyPlayerAim::Near, "dR"),
                (KeyPlayerAim::Within(1), "reach1"),
                (KeyPlayerAim::Within(2), "reach2"),
                (KeyPlayerAim::Hold, "F"),
            ] {
                let expected = &reference[name]["KPP"][k.to_string()][key];
                let found = key_players(&graph, k, aim);
                near(found.value, expected["best"].as_f64().expect("a number"), 9);
                let sets = expected["sets"].as_array().expect("sets");
                let told = serde_json::json!(found.people);
                assert!(sets.len() > 5 || sets.contains(&told), "{name} {k} {key}: {told}");
            }
        }
    }
}

#[test]
fn key_players_of_the_karate_club() {
    let club = karate(1.0);
    let near_all = key_players(&club, 2, KeyPlayerAim::Near);
    assert_eq!(near_all.people, [0, 33]);
    near(near_all.value, 0.95588, 5);
    near(key_players(&club, 2, KeyPlayerAim::Within(1)).value, 31.0, 12);
    let hold = key_players(&club, 3, KeyPlayerAim::Hold);
    assert_eq!(hold.people, [0, 32, 33]);
    near(hold.value, 0.56989, 5);
    assert_eq!(key_players(&kite(), 2, KeyPlayerAim::Within(1)).people, [3, 8]);
}

#[test]
fn published_figures_of_the_karate_club() {
    let club = karate(0.1);
    let sides: Vec<Option<u32>> = karate_sides().into_iter().map(Some).collect();
    let subject = Subject::new(&club).with_segments(sides);
    let figure = |key| measure(key).of(&subject).values[0];
    near(figure("assortativity"), 0.71753, 5);
    near(figure("modularity"), 0.35823, 5);
    near(figure("e_i_network"), -0.71795, 5);
    near(figure("contact_degree"), 7.769, 3);
    near(figure("mutual_share"), 1.0, 12);
    near(measure("fragmentation").compute(&kite())[7], 0.38889, 5);
    near(largest_value(&measure("closeness").compute(&kite())), 0.64286, 5);
    let fragmentation = measure("fragmentation").compute(&club);
    assert_eq!(largest(&fragmentation), 0);
    near(fragmentation[0], 0.31629, 5);
}

fn largest_value(values: &[f64]) -> f64 {
    values[largest(values)]
}

/// Three hundred people in thirty circles, some ties one way and some both ways.
fn circles() -> InfluenceGraph {
    let mut rng = stream(7, Purpose::SeedStrategy, 0);
    let arcs = (0..1500).map(|_| {
        let influencer = rng.random_range(0..300);
        let inside = influencer / 10 * 10 + rng.random_range(0..10);
        let audience = if rng.random_bool(0.8) { inside } else { rng.random_range(0..300) };
        InfluenceArc { influencer, audience, ties: 1, value: 0.1 }
    });
    InfluenceGraph::from_arcs(300, arcs)
}

#[test]
fn samples_are_as_close_to_the_truth_as_they_say() {
    let graph = circles();
    for (name, at_most) in [("betweenness", 0.003), ("harmonic", 12.0), ("closeness", 0.05)] {
        let exact = measure(name).compute(&graph);
        let subject = Subject::new(&graph).exact_up_to(0).with_rng_seed(3);
        let sampled = measure(name).of(&subject);
        let Sample { error, .. } = sampled.sample.expect("a sample");
        assert!(error > 0.0 && error < at_most, "{name}: ± {error}");
        let off = exact.iter().zip(&sampled.values).map(|(a, b)| (a - b).abs());
        let worst = off.fold(0.0, f64::max);
        assert!(worst > 0.0 && worst <= error, "{name}: off by {worst}, said ± {error}");
    }
}

#[test]
fn answers_do_not_depend_on_threads() {
    let graph = circles();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let exact = MEASURES.iter().map(|it| it.compute(&graph));
            let subject = Subject::new(&graph).exact_up_to(0);
            let sampled = ["betweenness", "closeness"].map(|it| measure(it).of(&subject).values);
            let all: Vec<f64> = exact.chain(sampled).flatten().collect();
            all.into_iter().map(f64::to_bits).collect::<Vec<u64>>()
        })
    };
    let one = with(1);
    assert!(one == with(2) && one == with(8));
}

#[test]
fn nobody_is_between_in_a_network_without_ties() {
    let strangers = InfluenceGraph::from_arcs(5, []);
    for name in
        ["degree", "betweenness", "k_core", "harmonic", "closeness", "authority", "diffusion"]
    {
        assert_eq!(measure(name).compute(&strangers), [0.0; 5], "{name}");
    }
    assert_eq!(measure("pagerank").compute(&strangers), [0.2; 5]);
    assert_eq!(measure("component_size").compute(&strangers), [1.0; 5]);
    assert_eq!(measure("fragmentation").compute(&strangers), [1.0; 5], "they are apart anyway");
    for name in ["constraint", "effective_size", "participation", "e_i", "reciprocity"] {
        assert!(measure(name).compute(&strangers).iter().all(|it| it.is_nan()), "{name}");
    }
    assert_eq!(components(&strangers), [0, 1, 2, 3, 4]);
}

#[test]
fn a_star_has_one_answer_to_most_questions() {
    // Five leaves around person 0, every tie listed twice, and a tie of 0 to themselves.
    let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 0.5 };
    let ties = (1..6).flat_map(|leaf| [arc(0, leaf), arc(leaf, 0), arc(leaf, 0), arc(0, 0)]);
    let star = InfluenceGraph::from_arcs(6, ties);
    let of = |name: &str| {
        let values = measure(name).compute(&star);
        assert!(values[2..].iter().all(|it| (it - values[1]).abs() < 1e-12), "{name}");
        (values[0], values[1])
    };
    assert_eq!(of("degree"), (5.0, 1.0));
    assert_eq!(of("betweenness"), (1.0, 0.0));
    assert_eq!(of("harmonic"), (5.0, 3.0));
    assert_eq!(of("closeness"), (1.0, 5.0 / 9.0));
    assert_eq!(of("k_core"), (1.0, 1.0));
    assert_eq!(of("clustering"), (0.0, 0.0));
    assert_eq!(of("fragmentation"), (1.0, 0.0));
    assert_eq!(of("reciprocity"), (1.0, 1.0));
    assert_eq!(of("effective_size"), (5.0, 1.0));
    assert_eq!(of("component_size"), (6.0, 6.0));
    let (hub, leaf) = of("constraint");
    assert!((hub - 0.2).abs() < 1e-12 && (leaf - 1.0).abs() < 1e-12);
}

#[test]
fn values_that_are_no_strengths_do_no_harm() {
    let values = [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e308, 1e308, 1e-308, 0.5];
    let arcs = (0..).zip(values).flat_map(|(at, value)| {
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value };
        [arc(at, (at + 1) % 8), arc(0, at), arc(at, (at + 3) % 8)]
    });
    let graph = InfluenceGraph::from_arcs(8, arcs);
    for measure in MEASURES.iter().filter(|it| it.key != "participation_channels") {
        for value in measure.compute(&graph) {
            assert!(value.is_finite(), "{measure:?}: {value}");
        }
    }
}
