//! Exact answers that every contagion model must meet.
//!
//! The first half holds small cases worked out by hand or by full enumeration, graphs built in code.
//! The second half reads every entry of these models from the oracle file in the folder of shared
//! data, when that folder is there (`JAYWALK_SHARED`, or `../shared` beside the project).
//! Deterministic answers must match step by step; random ones lie within four standard errors of
//! the exact expectation, at 100,000 replicates.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jaywalk::diffusion::{
    Contagion, Hazard, Model, NEVER, Scenario, Threshold, TieProbability, TieWeight,
};
use jaywalk::network::{InfluenceArc, InfluenceGraph, PersonIndex};
use rayon::prelude::*;
use serde_json::Value;

const REPLICATES: u32 = 100_000;

fn arc(influencer: PersonIndex, audience: PersonIndex, value: f64) -> InfluenceArc {
    InfluenceArc { influencer, audience, ties: 1, value }
}

fn mutual(people: usize, pairs: &[(PersonIndex, PersonIndex)]) -> InfluenceGraph {
    let both = pairs.iter().flat_map(|&(a, b)| [arc(a, b, 1.0), arc(b, a, 1.0)]);
    InfluenceGraph::from_arcs(people, both)
}

fn path(people: u32) -> InfluenceGraph {
    let pairs: Vec<_> = (1..people).map(|it| (it - 1, it)).collect();
    mutual(people as usize, &pairs)
}

fn star(leaves: u32) -> InfluenceGraph {
    let pairs: Vec<_> = (1..=leaves).map(|leaf| (0, leaf)).collect();
    mutual(leaves as usize + 1, &pairs)
}

fn complete(people: u32) -> InfluenceGraph {
    let pairs: Vec<_> = (0..people).flat_map(|b| (0..b).map(move |a| (a, b))).collect();
    mutual(people as usize, &pairs)
}

/// Everyone is tied to the `reach` next people on either side.
fn ring(people: u32, reach: u32) -> InfluenceGraph {
    let pairs: Vec<_> =
        (0..people).flat_map(|a| (1..=reach).map(move |by| (a, (a + by) % people))).collect();
    mutual(people as usize, &pairs)
}

fn two_triangles() -> InfluenceGraph {
    mutual(6, &[(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5)])
}

fn scenario(contagion: Contagion) -> Scenario {
    Scenario { contagion, steps: 200, rng_seed: 20_031, ..Scenario::default() }
}

fn model(graph: InfluenceGraph, scenario: &Scenario) -> Model {
    Model::new(Arc::new(graph), None, None, scenario).expect("a scenario that makes sense")
}

fn cascade(p: f64) -> Contagion {
    Contagion::IndependentCascade(TieProbability::Uniform(p))
}

const WEIGHTED: Contagion = Contagion::IndependentCascade(TieProbability::Weighted);
const PER_TIE: Contagion = Contagion::IndependentCascade(TieProbability::PerTie);
const EQUAL_WEIGHTS: Contagion = Contagion::LinearThreshold(TieWeight::Equal);

/// Mean and standard error over replicates of some number of each replicate.
#[derive(Clone, Default)]
struct Estimate {
    sum: u64,
    squares: u64,
}

impl Estimate {
    fn add(&mut self, value: u64) {
        self.sum += value;
        self.squares += value * value;
    }

    fn assert_expected(&self, expected: f64, what: &str) {
        let n = f64::from(REPLICATES);
        let mean = self.sum as f64 / n;
        let variance = (self.squares as f64 / n - mean * mean).max(0.0);
        // Even where nothing varied, one replicate in all may.
        let se = (variance / n).sqrt().max(1.0 / n);
        assert!(
            (mean - expected).abs() <= 4.0 * se,
            "{what}: {mean} instead of {expected} (standard error {se})"
        );
    }
}

/// What 100,000 replicates say.
#[derive(Clone, Default)]
struct Estimates {
    total: Estimate,
    /// New and cumulative adopters per step; after the last entry nothing changed.
    new: Vec<Estimate>,
    cumulative: Vec<Estimate>,
    adopted: Vec<Estimate>,
}

fn estimate(model: &Model, seeds: &[PersonIndex], steps: usize) -> Estimates {
    let blank = Estimates {
        total: Estimate::default(),
        new: vec![Estimate::default(); steps + 1],
        cumulative: vec![Estimate::default(); steps + 1],
        adopted: vec![Estimate::default(); model.graph().people()],
    };
    let mut scratch = model.scratch();
    let mut estimates = blank;
    for index in 0..u64::from(REPLICATES) {
        model.run(seeds, index, &mut scratch);
        let curve = scratch.cumulative_adopters();
        let last = u64::from(curve[curve.len() - 1]);
        estimates.total.add(last);
        let mut before = 0;
        for step in 0..=steps {
            let adopters = curve.get(step).map_or(last, |&it| u64::from(it));
            estimates.new[step].add(adopters - before);
            estimates.cumulative[step].add(adopters);
            before = adopters;
        }
        for &person in scratch.adopters() {
            estimates.adopted[person as usize].add(1);
        }
    }
    estimates
}

fn assert_reach(what: &str, model: &Model, seeds: &[PersonIndex], expected: f64) {
    estimate(model, seeds, 0).total.assert_expected(expected, what);
}

#[test]
fn cascades_reach_their_exact_expectation() {
    let triangles = two_triangles;
    let pairs_2_3 = [(0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4)];
    let cases: Vec<(&str, InfluenceGraph, Contagion, Vec<PersonIndex>, f64)> = vec![
        ("path from its end", path(5), cascade(0.5), vec![0], 31.0 / 16.0),
        ("path from its middle", path(5), cascade(0.5), vec![2], 2.5),
        ("path from its end, rare", path(5), cascade(0.1), vec![0], 1.1111),
        ("star from its hub", star(6), cascade(0.2), vec![0], 2.2),
        ("star from a leaf", star(6), cascade(0.2), vec![1], 1.4),
        ("cycle", ring(5, 1), cascade(1.0 / 3.0), vec![0], 479.0 / 243.0),
        ("two groups, both of one", mutual(5, &pairs_2_3), cascade(0.3), vec![0, 1], 3.53),
        ("four who all know each other", complete(4), cascade(0.25), vec![0], 4223.0 / 2048.0),
        ("five, rare", complete(5), cascade(0.1), vec![0], 1.525_362_634_4),
        ("triangles from a corner", triangles(), cascade(0.4), vec![0], 186_501.0 / 78_125.0),
        ("triangles from the bridge", triangles(), cascade(0.4), vec![2], 1743.0 / 625.0),
        ("weighted, corner", triangles(), WEIGHTED, vec![0], 85.0 / 36.0),
        ("weighted, bridge", triangles(), WEIGHTED, vec![2], 3.0),
        ("weighted, four", complete(4), WEIGHTED, vec![0], 604.0 / 243.0),
        ("weighted, cycle", ring(5, 1), WEIGHTED, vec![0], 2.75),
    ];
    cases.into_par_iter().for_each(|(what, graph, rule, seeds, expected)| {
        assert_reach(what, &model(graph, &scenario(rule)), &seeds, expected);
    });
}

#[test]
fn ties_may_differ_and_be_parallel() {
    let mixed = [(0, 1, 2.0), (0, 2, 3.0), (1, 3, 4.0), (2, 3, 5.0), (1, 2, 6.0)];
    let mixed = mixed.map(|(from, to, one_in)| arc(from, to, 1.0 / one_in));
    let diamond = model(InfluenceGraph::from_arcs(4, mixed), &scenario(PER_TIE));
    assert_reach("each tie its own chance", &diamond, &[0], 749.0 / 360.0);

    let three = [InfluenceArc { ties: 3, ..arc(0, 1, 0.1) }];
    let parallel = model(InfluenceGraph::from_arcs(2, three), &scenario(cascade(0.1)));
    assert_reach("three parallel ties", &parallel, &[0], 1.271);
}

#[test]
fn two_hubs_with_the_same_audience_waste_a_seed() {
    let hub = |from, audience: std::ops::Range<u32>| audience.map(move |to| arc(from, to, 1.0));
    let arcs = hub(0, 2..7).chain(hub(1, 2..6)).chain(hub(7, 8..11));
    let model = model(InfluenceGraph::from_arcs(11, arcs), &scenario(cascade(0.5)));
    assert_reach("overlapping hubs", &model, &[0, 1], 5.5);
    assert_reach("separate hubs", &model, &[0, 7], 6.0);
}

#[test]
fn a_path_spreads_step_by_step() {
    let model = model(path(5), &scenario(cascade(0.5)));
    let estimates = estimate(&model, &[0], 5);
    let expected = [1.0, 0.5, 0.25, 0.125, 0.0625, 0.0];
    for (step, expected) in expected.into_iter().enumerate() {
        estimates.new[step].assert_expected(expected, &format!("new adopters at step {step}"));
    }
    for (person, expected) in expected[..5].iter().enumerate() {
        estimates.adopted[person].assert_expected(*expected, &format!("person {person}"));
    }
}

#[test]
fn rare_ties_leave_nobody_out() {
    // Rare enough that the engine leaps from one live tie to the next; the last tie counts too.
    let model = model(star(12), &scenario(cascade(0.03)));
    let estimates = estimate(&model, &[0], 1);
    estimates.total.assert_expected(1.36, "hub and its share of twelve");
    for (leaf, adopted) in estimates.adopted.iter().enumerate().skip(1) {
        adopted.assert_expected(0.03, &format!("leaf {leaf}"));
    }
}

#[test]
fn linear_thresholds_reach_their_exact_expectation() {
    let cases = [
        ("triangles from a corner", two_triangles(), 0, 31.0 / 12.0),
        ("triangles from the bridge", two_triangles(), 2, 10.0 / 3.0),
        ("four who all know each other", complete(4), 0, 26.0 / 9.0),
        ("cycle", ring(5, 1), 0, 23.0 / 8.0),
    ];
    for (what, graph, seed, expected) in cases {
        assert_reach(what, &model(graph, &scenario(EQUAL_WEIGHTS)), &[seed], expected);
    }
    let arcs = [(0, 1, 2.0), (0, 2, 4.0), (1, 2, 2.0), (2, 3, 3.0), (1, 3, 3.0), (3, 1, 4.0)];
    let graph = InfluenceGraph::from_arcs(4, arcs.map(|(a, b, n)| arc(a, b, 1.0 / n)));
    let own = scenario(Contagion::LinearThreshold(TieWeight::PerTie));
    assert_reach("weights that do not add up to 1", &model(graph, &own), &[0], 113.0 / 48.0);
}

#[test]
fn who_is_absent_misses_the_only_try() {
    let half = Scenario { presence: 0.5, ..scenario(cascade(0.5)) };
    assert_reach("half are there", &model(path(5), &half), &[0], 341.0 / 256.0);
    let unseen = Scenario { visibility: 0.5, ..scenario(cascade(0.5)) };
    assert_reach("half is seen", &model(path(5), &unseen), &[0], 341.0 / 256.0);
}

fn bass(p: f64, q: f64, steps: u32) -> Scenario {
    Scenario { steps, ..scenario(Contagion::Bass { p, q, hazard: Hazard::Additive }) }
}

#[test]
fn bass_on_small_networks_is_exact() {
    let cases = [
        (complete(2), vec![0.06, 0.140_316, 0.229_963_904_4]),
        (complete(4), vec![0.12, 0.280_632, 0.479_596_127, 0.708_474_678, 0.956_049_127]),
    ];
    for (graph, expected) in cases {
        let model = model(graph, &bass(0.03, 0.38, 5));
        let estimates = estimate(&model, &[], expected.len());
        for (step, expected) in (1..).zip(expected) {
            let what = format!("{} people, step {step}", model.graph().people());
            estimates.cumulative[step].assert_expected(expected, &what);
        }
    }
}

#[test]
fn presence_slows_bass_down() {
    // Steps until half of 200 people who all know each other have adopted.
    for (presence, half_time) in [(1.0, 7.2), (0.5, 13.8), (0.25, 27.0)] {
        let scenario = Scenario { presence, replicates: 400, ..bass(0.03, 0.38, 60) };
        let model = Arc::new(model(complete(200), &scenario));
        let mut ensemble =
            jaywalk::diffusion::Ensemble::new(model, Vec::new(), false).expect("no seeds");
        ensemble.finish();
        let steps = ensemble.forecast().steps;
        let after = steps.iter().position(|it| it.cumulative_mean >= 100.0).expect("all adopt");
        let (before, after) = (steps[after - 1], steps[after]);
        let passed = f64::from(before.step) + (100.0 - before.cumulative_mean) / after.new_mean;
        assert!((passed - half_time).abs() < 0.15, "{passed} instead of {half_time}");
    }
}

fn outcome(graph: InfluenceGraph, rule: Threshold, seeds: &[PersonIndex]) -> (u32, u32) {
    let replicate = model(graph, &scenario(Contagion::Permission(rule))).replicate(seeds, 0);
    (replicate.adopters(), replicate.steps)
}

#[test]
fn a_ring_needs_wide_bridges() {
    let two = Threshold::Count(2);
    assert_eq!(outcome(ring(20, 2), two, &[0, 1]), (20, 9));
    assert_eq!(outcome(ring(20, 2), two, &[0]), (1, 0));
    assert_eq!(outcome(ring(20, 2), two, &[0, 10]), (2, 0));
    assert_eq!(outcome(ring(20, 2), Threshold::Count(1), &[0]), (20, 5));
    assert_eq!(outcome(ring(20, 2), Threshold::Share(0.5), &[0, 1]), (20, 9));
    assert_eq!(outcome(ring(20, 2), Threshold::Share(0.51), &[0, 1]), (2, 0));
    assert_eq!(outcome(ring(40, 3), Threshold::Share(0.5), &[0, 1, 2]), (40, 18));
    let half_seen =
        Scenario { visibility: 0.5, ..scenario(Contagion::Permission(Threshold::Share(0.5))) };
    assert_eq!(model(ring(20, 2), &half_seen).replicate(&[0, 1], 0).adopters(), 2);
}

fn crowd(thresholds: &[f64], seeds: &[PersonIndex]) -> u32 {
    let graph = complete(u32::try_from(thresholds.len()).expect("a small crowd"));
    let rule = scenario(Contagion::Permission(Threshold::PerPerson));
    let model = Model::new(Arc::new(graph), None, Some(thresholds), &rule).expect("thresholds");
    model.replicate(seeds, 0).adopters()
}

#[test]
fn one_jaywalker_starts_the_crowd() {
    let mut kerb = [0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 5.0, 6.0];
    assert_eq!(crowd(&kerb, &[]), 10);
    kerb[0] = 7.0;
    assert_eq!(crowd(&kerb, &[]), 0, "without the first mover");
    assert_eq!(crowd(&[0.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 4.0, 5.0, 6.0], &[]), 1);

    let mut riot: Vec<f64> = (0..100).map(f64::from).collect();
    assert_eq!(crowd(&riot, &[0]), 100);
    riot[1] = 2.0;
    assert_eq!(crowd(&riot, &[0]), 1, "one person waits for two");
}

// From here on: the oracle file, when it is there.

fn shared() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let folder = std::env::var_os("JAYWALK_SHARED").map_or_else(|| beside.into(), PathBuf::from);
    folder.join("data/oracles.json").exists().then(|| folder.join("data"))
}

/// The entries whose `model` is in `models`; empty when the file is not there.
fn entries(models: &[&str]) -> Vec<Value> {
    let Some(folder) = shared() else { return Vec::new() };
    let text = std::fs::read_to_string(folder.join("oracles.json")).expect("readable");
    let mut file: Value = serde_json::from_str(&text).expect("JSON");
    let Value::Array(all) = file["oracles"].take() else { panic!("a list of oracles") };
    let chosen: Vec<Value> = all
        .into_iter()
        .filter(|entry| models.contains(&entry["model"].as_str().unwrap_or_default()))
        .collect();
    assert!(!chosen.is_empty(), "the file holds entries of {models:?}");
    chosen
}

/// `31/16`, `0.2`, or a plain number.
fn number(value: &Value) -> f64 {
    if let Some(number) = value.as_f64() {
        return number;
    }
    let text = value.as_str().expect("a number or a fraction");
    let parse = |text: &str| text.parse::<f64>().expect("digits");
    text.split_once('/').map_or_else(|| parse(text), |(up, down)| parse(up) / parse(down))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().map_or_else(Vec::new, |all| all.iter().map(number).collect())
}

fn index(value: &Value) -> PersonIndex {
    value.as_u64().and_then(|it| PersonIndex::try_from(it).ok()).expect("a person")
}

fn indexes(value: &Value) -> Vec<PersonIndex> {
    value.as_array().map_or_else(Vec::new, |all| all.iter().map(index).collect())
}

fn people(entry: &Value) -> usize {
    index(&entry["n"]) as usize
}

/// Arcs of an entry in their order, with the entry's own numbers as values.
fn listed_arcs(entry: &Value) -> Vec<InfluenceArc> {
    let pairs = entry["arcs"].as_array().expect("arcs").iter().map(indexes);
    pairs.zip(numbers(&entry["arc_param"])).map(|(ends, p)| arc(ends[0], ends[1], p)).collect()
}

fn assert_estimates(entry: &Value, model: &Model) {
    let name = entry["name"].as_str().unwrap_or_default();
    let steps = entry["new_by_step"].as_object();
    let estimates = estimate(model, &indexes(&entry["seeds"]), steps.map_or(0, |it| it.len() + 1));
    estimates.total.assert_expected(number(&entry["expected_total"]), name);
    for (step, expected) in steps.into_iter().flatten() {
        let at: usize = step.parse().expect("a step");
        estimates.new[at].assert_expected(number(expected), &format!("{name}, step {step}"));
    }
    for (person, expected) in numbers(&entry["node_prob"]).into_iter().enumerate() {
        estimates.adopted[person].assert_expected(expected, &format!("{name}, person {person}"));
    }
}

#[test]
fn every_cascade_of_the_oracle_file() {
    entries(&["IC", "WC"]).into_par_iter().for_each(|entry| {
        if entry["name"] == "likeminds_bipartite" {
            assert_event(&entry);
            return;
        }
        let arcs = listed_arcs(&entry);
        let graph = || InfluenceGraph::from_arcs(people(&entry), arcs.clone());
        let own = model(graph(), &scenario(PER_TIE));
        if entry["model"] == "WC" {
            let weighted = model(graph(), &scenario(WEIGHTED));
            for arc in 0..weighted.graph().arcs() {
                assert!((weighted.probability(arc) - own.probability(arc)).abs() < 1e-12);
            }
            assert_estimates(&entry, &weighted);
        } else {
            assert_estimates(&entry, &own);
        }
        // Equal chances also go the way that leaps over failures.
        let p = arcs[0].value;
        if arcs.iter().all(|arc| (arc.value - p).abs() < 1e-15) {
            assert_estimates(&entry, &model(graph(), &scenario(cascade(p))));
        }
    });
}

/// An event of 200: 67 convinced, each of the other 133 knows three of those.
fn assert_event(entry: &Value) {
    let prospects =
        (0..133).flat_map(|at| (0..3).map(move |known| ((3 * at + known) % 67, at + 67)));
    let graph = InfluenceGraph::from_arcs(200, prospects.map(|(a, b)| arc(a, b, 1.0)));
    let convinced: Vec<PersonIndex> = (0..67).collect();
    for (p, converts) in entry["values"].as_object().expect("converts by p") {
        let p = p.trim_start_matches("p=").parse().expect("a probability");
        let model = model(graph.clone(), &scenario(cascade(p)));
        assert_reach("event", &model, &convinced, 67.0 + number(converts));
    }
}

#[test]
fn every_linear_threshold_of_the_oracle_file() {
    entries(&["LT"]).into_par_iter().for_each(|entry| {
        let graph = || InfluenceGraph::from_arcs(people(&entry), listed_arcs(&entry));
        let own = model(graph(), &scenario(Contagion::LinearThreshold(TieWeight::PerTie)));
        assert_estimates(&entry, &own);
        if entry["params"]["b"] == "1/indegree(v)" {
            let equal = model(graph(), &scenario(EQUAL_WEIGHTS));
            for arc in 0..equal.graph().arcs() {
                assert!((equal.weight(arc) - own.weight(arc)).abs() < 1e-12);
            }
            assert_estimates(&entry, &equal);
        }
    });
}

/// Arcs of an entry that lists whom each person listens to, or mutual ties.
fn social_graph(entry: &Value) -> InfluenceGraph {
    if let Some(pairs) = entry["undirected_edges"].as_array() {
        let pairs: Vec<_> = pairs.iter().map(|it| (index(&it[0]), index(&it[1]))).collect();
        return mutual(people(entry), &pairs);
    }
    let rows = entry["listens_to"].as_array().expect("whom each listens to");
    let arcs = (0..).zip(rows).flat_map(|(person, row)| {
        indexes(row).into_iter().map(move |influencer| arc(influencer, person, 1.0))
    });
    InfluenceGraph::from_arcs(people(entry), arcs)
}

#[test]
fn every_network_bass_of_the_oracle_file() {
    entries(&["NETBASS"]).into_par_iter().for_each(|entry| {
        let expected = numbers(&entry["expected_adopters"]);
        let (p, q) = (number(&entry["params"]["p"]), number(&entry["params"]["q"]));
        let model = model(social_graph(&entry), &bass(p, q, index(&entry["T"])));
        let estimates = estimate(&model, &indexes(&entry["seeds"]), expected.len() - 1);
        for (step, expected) in expected.into_iter().enumerate() {
            let what = format!("{}, step {step}", entry["name"]);
            estimates.cumulative[step].assert_expected(expected, &what);
        }
    });
}

/// A classic survey: who is named by whom, and the first adopters as seeds.
fn survey(entry: &Value) -> (InfluenceGraph, Vec<PersonIndex>) {
    let edges = entry["data"].as_str().and_then(|it| it.split(' ').next()).expect("a file");
    let read = |file: &str| {
        let file = shared().expect("the folder was there").join(file);
        std::fs::read_to_string(file).expect("readable")
    };
    let nodes = read(&edges.replace("_edges", "_nodes"));
    let rows: Vec<Vec<&str>> = nodes.lines().skip(1).map(|it| it.split(',').collect()).collect();
    let number_of: BTreeMap<&str, PersonIndex> =
        rows.iter().zip(0..).map(|(row, person)| (row[0], person)).collect();
    let time = |row: &Vec<&str>| row[2].parse::<u32>().expect("time of adoption");
    let latest = match entry["seed_rule"].as_str() {
        Some("toa==min") => rows.iter().map(time).min().expect("people"),
        Some(rule) => rule.strip_prefix("toa<=").and_then(|it| it.parse().ok()).expect("a year"),
        None => panic!("a seed rule"),
    };
    let seeds = rows.iter().filter(|row| time(row) <= latest).map(|row| number_of[row[0]]);
    let text = read(edges);
    let arcs = text.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        // The source named the target, so the target influences the source.
        arc(number_of[cells[1]], number_of[cells[0]], 1.0)
    });
    (InfluenceGraph::from_arcs(rows.len(), arcs), seeds.collect())
}

#[test]
fn every_threshold_of_the_oracle_file() {
    for entry in entries(&["THRESH_FRAC", "THRESH_ABS"]) {
        let name = entry["name"].as_str().unwrap_or_default();
        if name == "permission_group10" {
            let kerb = numbers(&entry["threshold"]);
            let answer = |key: &str| index(&entry[key]);
            assert_eq!(crowd(&kerb, &[]), answer("adopters"));
            assert_eq!(crowd(&kerb[1..], &[]), answer("without_first_mover"));
            let raised: Vec<f64> =
                kerb.iter().map(|&it| if (it - 1.0).abs() < 0.5 { 2.0 } else { it }).collect();
            assert_eq!(crowd(&raised, &[]), answer("raise_the_two_ones_to_2"));
            continue;
        }
        let (graph, seeds) = if entry["data"].is_string() {
            survey(&entry)
        } else {
            (social_graph(&entry), indexes(&entry["seeds"]))
        };
        assert_eq!(graph.people(), people(&entry), "{name}");
        let own = numbers(&entry["threshold"]);
        let everyone = &entry["threshold_all"];
        let rule = if everyone.is_null() {
            Threshold::PerPerson
        } else if entry["model"] == "THRESH_ABS" {
            Threshold::Count(format!("{}", number(everyone)).parse().expect("a whole number"))
        } else {
            Threshold::Share(number(everyone))
        };
        let scenario = scenario(Contagion::Permission(rule));
        let model = Model::new(Arc::new(graph), None, Some(&own), &scenario).expect("makes sense");
        let replicate = model.replicate(&seeds, 0);
        assert_eq!(replicate.adopters(), index(&entry["adopters"]), "{name}");
        if let Some(expected) = entry["adoption_step"].as_object() {
            for (person, &time) in replicate.time_of_adoption.iter().enumerate() {
                let expected = expected.get(&person.to_string()).map_or(NEVER, index);
                assert_eq!(time, expected, "{name}, person {person}");
            }
        }
        if !entry["cumulative"].is_null() {
            assert_eq!(replicate.cumulative_adopters(), indexes(&entry["cumulative"]), "{name}");
        }
        if !entry["last_step"].is_null() {
            assert_eq!(replicate.steps, index(&entry["last_step"]), "{name}");
        }
    }
}

/// Exact reach, by enumerating which arcs are live.
fn exact_reach(model: &Model, seeds: &[PersonIndex]) -> f64 {
    let graph = model.graph();
    let arcs: Vec<InfluenceArc> = graph.iter_arcs().collect();
    (0..1_u32 << arcs.len())
        .map(|live| {
            let is_live = |at: usize| live & (1 << at) != 0;
            let chance: f64 = (0..arcs.len())
                .map(|at| model.probability(at))
                .enumerate()
                .map(|(at, p)| if is_live(at) { p } else { 1.0 - p })
                .product();
            let mut reached: u32 = seeds.iter().map(|seed| 1 << seed).sum();
            loop {
                let before = reached;
                for (at, arc) in arcs.iter().enumerate() {
                    if is_live(at) && reached & (1 << arc.influencer) != 0 {
                        reached |= 1 << arc.audience;
                    }
                }
                if reached == before {
                    break chance * f64::from(reached.count_ones());
                }
            }
        })
        .sum()
}

#[test]
fn every_best_set_of_the_oracle_file() {
    entries(&["IM_IC"]).into_par_iter().for_each(|entry| {
        let graph = InfluenceGraph::from_arcs(people(&entry), listed_arcs(&entry));
        let model = model(graph, &scenario(PER_TIE));
        let all = 0..index(&entry["n"]);
        let sets: Vec<Vec<PersonIndex>> = match index(&entry["k"]) {
            1 => all.map(|a| vec![a]).collect(),
            2 => all.flat_map(|b| (0..b).map(move |a| vec![a, b])).collect(),
            more => panic!("no entry asks for {more} seeds"),
        };
        let reach: Vec<f64> = sets.iter().map(|set| exact_reach(&model, set)).collect();
        let best = reach.iter().copied().fold(0.0, f64::max);
        assert!((best - number(&entry["optimum"])).abs() < 1e-9, "{}", entry["name"]);
        let best_sets: Vec<_> = sets
            .iter()
            .zip(&reach)
            .filter(|it| best - it.1 < 1e-9)
            .map(|it| it.0.clone())
            .collect();
        let expected = entry["optimal_sets"].as_array().expect("sets");
        assert_eq!(best_sets, expected.iter().map(indexes).collect::<Vec<_>>());
        assert_reach("the best set, simulated", &model, &best_sets[0], best);
        let greedy = indexes(&entry["greedy_order_lowest_id_ties"]);
        let greedy_reach = exact_reach(&model, &greedy);
        assert!((greedy_reach - number(&entry["greedy_value"])).abs() < 1e-9);
    });
}
