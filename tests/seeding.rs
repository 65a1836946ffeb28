//! Seeds against exact optima, published reach and forward simulation.

mod classics;

use std::collections::BTreeSet;
use std::sync::Arc;

use classics::{karate, mutual, shared_json};
use jaywalk::diffusion::{
    ChannelStrengths, Contagion, Hazard, Model, Playbook, PlaybookPush, PushKind, Reaches,
    Scenario, Threshold, TieProbability, TieStrength, TieWeight,
};
use jaywalk::network::{InfluenceArc, InfluenceGraph, PersonIndex};
use jaywalk::seeding::{
    ReachEstimator, SearchState, SeedChoice, SeedRequest, SeedSearch, SeedingError, Strategy,
};

fn cascade(p: f64) -> Contagion {
    Contagion::IndependentCascade(TieProbability::Uniform(p))
}

const WEIGHTED: Contagion = Contagion::IndependentCascade(TieProbability::Weighted);
const THRESHOLD: Contagion = Contagion::LinearThreshold(TieWeight::Equal);

fn model(graph: InfluenceGraph, contagion: Contagion) -> Arc<Model> {
    with_steps(graph, contagion, 1000)
}

fn with_steps(graph: InfluenceGraph, contagion: Contagion, steps: u32) -> Arc<Model> {
    prepared(graph, &Scenario { contagion, steps, ..Scenario::default() })
}

fn prepared(graph: InfluenceGraph, scenario: &Scenario) -> Arc<Model> {
    Arc::new(Model::new(Arc::new(graph), None, None, scenario).expect("a sound scenario"))
}

fn choose(model: &Arc<Model>, request: SeedRequest) -> SeedChoice {
    SeedSearch::new(Arc::clone(model), request).expect("a sound request").run()
}

fn best(model: &Arc<Model>, k: usize) -> SeedChoice {
    choose(model, SeedRequest::best(k))
}

fn people(choice: &SeedChoice) -> Vec<PersonIndex> {
    choice.seeds.iter().map(|seed| seed.person).collect()
}

/// Mean adopters by forward simulation, and its standard error.
fn simulated(model: &Model, seeds: &[PersonIndex], replicates: u64) -> (f64, f64) {
    let mut scratch = model.scratch();
    let (mut sum, mut squares) = (0.0, 0.0);
    for replicate in 0..replicates {
        model.run(seeds, replicate, &mut scratch);
        let adopters = scratch.adopters().len() as f64;
        sum += adopters;
        squares += adopters * adopters;
    }
    let count = replicates as f64;
    let mean = sum / count;
    (mean, ((squares / count - mean * mean).max(0.0) / count).sqrt())
}

/// Half the 95 % interval is 1.96 standard errors.
fn standard_error(choice: &jaywalk::seeding::Reach) -> f64 {
    (choice.high - choice.low) / 2.0 / 1.96
}

/// An invented network of 300 people: three circles of chance ties and a few ties between them.
fn invented() -> InfluenceGraph {
    let mut state = 7_u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((state >> 33) % below).expect("small")
    };
    let mut arcs = Vec::new();
    for number in 0..1200_u32 {
        let circle = number % 3 * 100;
        let influencer = circle + draw(100);
        let audience = if number % 40 == 0 { draw(300) } else { circle + draw(100) };
        let ties = 1 + draw(2);
        let value = 0.02 + 0.1 * f64::from(draw(5));
        arcs.push(InfluenceArc { influencer, audience, ties, value });
    }
    InfluenceGraph::from_arcs(300, arcs)
}

#[test]
fn reach_agrees_with_forward_simulation_at_every_horizon() {
    let contagions = [
        cascade(0.05),
        cascade(0.4),
        WEIGHTED,
        Contagion::IndependentCascade(TieProbability::PerTie),
        THRESHOLD,
    ];
    for contagion in contagions {
        for (steps, presence, visibility) in
            [(1, 1.0, 1.0), (2, 1.0, 1.0), (4, 0.6, 0.8), (50, 0.6, 0.8), (1000, 1.0, 1.0)]
        {
            let scenario =
                Scenario { contagion, steps, presence, visibility, ..Scenario::default() };
            let model = prepared(invented(), &scenario);
            let seeds = [3, 120, 121, 250];
            let (reach, marginals) = ReachEstimator::new(Arc::clone(&model)).reach(&seeds);
            let (mean, se) = simulated(&model, &seeds, 20_000);
            let slack = 4.0 * standard_error(&reach).hypot(se);
            assert!(
                (reach.mean - mean).abs() <= slack,
                "{contagion:?}, {steps} steps: sets {reach:?}, forward {mean} ± {se}"
            );
            assert!((marginals.iter().sum::<f64>() - reach.mean).abs() < 1e-9);
        }
    }
}

#[test]
fn same_field_closes_the_ties_between_fields() {
    let path = mutual(3, [(0, 1), (1, 2)], 1.0);
    let scenario = Scenario {
        contagion: cascade(1.0),
        same_field: Some("field".to_owned()),
        ..Scenario::default()
    };
    let model = Model::new(Arc::new(path), Some(&[0, 0, 1]), None, &scenario).expect("sound");
    let (reach, _) = ReachEstimator::new(Arc::new(model)).reach(&[0]);
    assert!((reach.mean - 2.0).abs() <= 4.0 * standard_error(&reach), "{reach:?}");
}

#[test]
fn karate_club_reaches_the_published_numbers() {
    // One million replicates each (science.md 3.3).
    let published: [(f64, &[PersonIndex], f64); 7] = [
        (0.1, &[33], 3.505),
        (0.1, &[0], 3.415),
        (0.1, &[0, 33], 6.426),
        (0.05, &[0, 33], 3.907),
        (0.2, &[33], 8.997),
        (0.2, &[0, 33], 13.091),
        (0.2, &[33, 0, 25, 16], 15.726),
    ];
    for (p, seeds, expected) in published {
        let (reach, _) = ReachEstimator::new(model(karate(0.1), cascade(p))).reach(seeds);
        let slack = 4.0 * standard_error(&reach).hypot(0.005);
        assert!((reach.mean - expected).abs() <= slack, "p {p}, {seeds:?}: {reach:?}, {expected}");
    }
}

#[test]
fn karate_seeds_are_the_published_greedy_ones_and_beat_the_hubs() {
    for (p, expected) in [(0.05, [33, 0, 32, 1]), (0.1, [33, 0, 32, 1])] {
        assert_eq!(people(&best(&model(karate(0.1), cascade(p)), 4)), expected, "p = {p}");
    }
    let model = model(karate(0.1), cascade(0.2));
    let found = best(&model, 4);
    assert_eq!(people(&found)[..2], [33, 0]);
    let (greedy, se) = simulated(&model, &people(&found), 100_000);
    assert!(greedy > 15.726 - 4.0 * se - 0.03, "{greedy} ± {se}, published greedy 15.726");
    let hubs = choose(&model, SeedRequest { strategy: Strategy::Degree, ..SeedRequest::best(4) });
    assert_eq!(people(&hubs).into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([0, 2, 32, 33]));
    assert_eq!(hubs.guarantee, None);
    let (mean, se) = simulated(&model, &people(&hubs), 100_000);
    assert!((mean - 15.283).abs() <= 4.0 * se + 0.005, "{mean} ± {se}, published hubs 15.283");
    assert!(greedy > mean + 0.2);
}

#[test]
fn the_guarantee_is_proven_and_holds() {
    // Two triangles and a bridge: the exact optimum of one seed is 1743/625, at a bridge end.
    let ties = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5)];
    let one = best(&model(mutual(6, ties, 0.4), cascade(0.4)), 1);
    assert!([2, 3].contains(&one.seeds[0].person));
    assert!((one.reach.mean - 2.7888).abs() <= 4.0 * standard_error(&one.reach));
    let proven = one.guarantee.expect("a cascade has a proof");
    assert!(proven > 1.0 - (-1.0_f64).exp() - 0.1 && proven <= 1.0, "{proven}");

    // Path of six, k = 2: the optimum 17/4 is {1,4}; greedy takes a middle and reaches 4.
    let path = model(mutual(6, (0..5).map(|it| (it, it + 1)), 0.5), cascade(0.5));
    let two = best(&path, 2);
    let (mean, se) = simulated(&path, &people(&two), 100_000);
    assert!(mean >= 4.0 - 4.0 * se && mean <= 4.25 + 4.0 * se, "{mean} ± {se}");
    assert!(mean >= two.guarantee.expect("a proof") * 4.25 - 4.0 * se);
}

#[test]
fn hubs_that_share_their_audience_are_a_trap() {
    // Hub 1 has four listeners, hub 7 only three; but hub 0 reaches all four anyway. Exact reach:
    // {0,1} 11/2, {0,7} 6 (science.md 3.4).
    let ties = [(0, 2..7), (1, 2..6), (7, 8..11)];
    let arcs = ties.into_iter().flat_map(|(influencer, audience)| {
        audience.map(move |audience| InfluenceArc { influencer, audience, ties: 1, value: 0.5 })
    });
    let model = model(InfluenceGraph::from_arcs(11, arcs), cascade(0.5));
    let found = best(&model, 2);
    assert_eq!(people(&found), [0, 7]);
    assert!((found.reach.mean - 6.0).abs() <= 4.0 * standard_error(&found.reach));
    let hubs = choose(&model, SeedRequest { strategy: Strategy::Degree, ..SeedRequest::best(2) });
    assert_eq!(people(&hubs), [0, 1]);
    assert!((hubs.reach.mean - 5.5).abs() <= 4.0 * standard_error(&hubs.reach));
}

#[test]
fn exact_optima_hold_where_the_reference_folder_is() {
    let Some(reference) = shared_json("data/oracles.json") else { return };
    let oracles = reference["oracles"].as_array().expect("a list");
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    let index = |value: &serde_json::Value| {
        u32::try_from(value.as_u64().expect("a person")).expect("a person")
    };
    let (mut optima, mut reaches) = (0, 0);
    for oracle in oracles {
        let name = oracle["name"].as_str().expect("a name");
        let kind = oracle["model"].as_str().expect("a model");
        if !["IM_IC", "IC", "WC", "LT"].contains(&kind) || oracle["arcs"].is_null() {
            continue;
        }
        let values = oracle["arc_param"].as_array();
        let arcs = oracle["arcs"].as_array().expect("arcs").iter().enumerate();
        let arcs = arcs.map(|(at, arc)| InfluenceArc {
            influencer: index(&arc[0]),
            audience: index(&arc[1]),
            ties: 1,
            value: values.map_or(0.0, |it| fraction(&it[at])),
        });
        let people_count = usize::try_from(oracle["n"].as_u64().expect("n")).expect("small");
        let graph = InfluenceGraph::from_arcs(people_count, arcs);
        let contagion = match kind {
            "LT" => Contagion::LinearThreshold(TieWeight::PerTie),
            _ => Contagion::IndependentCascade(TieProbability::PerTie),
        };
        let model = model(graph, contagion);
        if kind == "IM_IC" {
            let k = usize::try_from(oracle["k"].as_u64().expect("k")).expect("small");
            let found = best(&model, k);
            let (mean, se) = simulated(&model, &people(&found), 100_000);
            let (greedy, optimum) =
                (number(&oracle["greedy_float"]), number(&oracle["optimum_float"]));
            assert!(mean >= greedy - 4.0 * se, "{name}: {mean} ± {se}, greedy {greedy}");
            assert!(mean <= optimum + 4.0 * se, "{name}: {mean} ± {se}, optimum {optimum}");
            assert!(found.guarantee.expect("a proof") <= mean / optimum + 4.0 * se, "{name}");
            optima += 1;
        } else {
            let seeds: Vec<PersonIndex> =
                oracle["seeds"].as_array().expect("seeds").iter().map(index).collect();
            let (reach, _) = ReachEstimator::new(model).reach(&seeds);
            let expected = number(&oracle["expected_total_float"]);
            let slack = 4.0 * standard_error(&reach) + 1e-9;
            assert!((reach.mean - expected).abs() <= slack, "{name}: {reach:?}, exact {expected}");
            reaches += 1;
        }
    }
    assert!(optima >= 3 && reaches >= 20, "{optima} optima and {reaches} reaches were read");
}

/// "3/10" or 0.3.
fn fraction(value: &serde_json::Value) -> f64 {
    let part = |text: &str| text.parse::<f64>().expect("a number");
    match value.as_str() {
        Some(text) => match text.split_once('/') {
            Some((above, below)) => part(above) / part(below),
            None => part(text),
        },
        None => value.as_f64().expect("a number"),
    }
}

#[test]
fn answers_do_not_depend_on_threads() {
    for contagion in [cascade(0.1), WEIGHTED, THRESHOLD, Contagion::Permission(Threshold::Count(2))]
    {
        let with = |threads| {
            let pool =
                rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            let found = pool.install(|| best(&model(invented(), contagion), 5));
            (found.seeds, found.reach, found.guarantee)
        };
        assert_eq!(with(1), with(2), "{contagion:?}");
        assert_eq!(with(1), with(8), "{contagion:?}");
    }
}

#[test]
fn another_rng_seed_draws_other_sets_but_finds_as_good_a_group() {
    let with = |rng_seed| {
        let scenario = Scenario { contagion: WEIGHTED, rng_seed, ..Scenario::default() };
        best(&prepared(invented(), &scenario), 5).reach
    };
    let (one, two) = (with(1), with(2));
    assert_ne!(one, two);
    assert!((one.mean / two.mean - 1.0).abs() < 0.05, "{one:?} {two:?}");
}

#[test]
fn the_best_beats_every_rule_of_thumb() {
    for contagion in [cascade(0.15), WEIGHTED, THRESHOLD] {
        let model = model(invented(), contagion);
        let (found, se) = simulated(&model, &people(&best(&model, 6)), 20_000);
        for strategy in Strategy::ALL {
            let other = choose(&model, SeedRequest { strategy, ..SeedRequest::best(6) });
            assert_eq!(people(&other).iter().collect::<BTreeSet<_>>().len(), 6, "{strategy:?}");
            let (reach, other_se) = simulated(&model, &people(&other), 20_000);
            let slack = 4.0 * se.hypot(other_se);
            assert!(found >= reach - slack, "{contagion:?} {strategy:?}: {found} < {reach}");
        }
    }
}

#[test]
fn friends_of_random_people_know_more_people_than_random_people() {
    // Mean degree 4.6, mean degree of a friend 7.8 (science.md section 2).
    let degree = |strategy| {
        let mut sum = 0.0;
        for rng_seed in 0..200 {
            let scenario = Scenario { contagion: WEIGHTED, rng_seed, ..Scenario::default() };
            let model = prepared(karate(0.1), &scenario);
            let search = SeedSearch::new(model, SeedRequest { strategy, ..SeedRequest::best(1) });
            let person = search.expect("sound").finish().seeds[0].person;
            sum += karate(0.1).audience_of(person).len() as f64;
        }
        sum / 200.0
    };
    let (anyone, friend) = (degree(Strategy::Random), degree(Strategy::FriendOfRandom));
    assert!((anyone - 4.59).abs() < 4.0 * 3.9 / 200_f64.sqrt(), "{anyone}");
    assert!(friend > anyone + 2.0, "a friend knows {friend}, anyone {anyone}");
}

#[test]
fn required_people_come_first_and_excluded_ones_never() {
    for contagion in [cascade(0.1), THRESHOLD, Contagion::Permission(Threshold::Share(0.3))] {
        for strategy in Strategy::ALL {
            let request = SeedRequest {
                include: vec![16, 11],
                exclude: vec![33, 0],
                strategy,
                ..SeedRequest::best(5)
            };
            let found = choose(&model(karate(0.1), contagion), request);
            assert_eq!(people(&found)[..2], [16, 11], "{strategy:?}");
            assert_eq!(people(&found).iter().collect::<BTreeSet<_>>().len(), 5);
            assert!(!people(&found).iter().any(|it| [33, 0].contains(it)), "{strategy:?}");
        }
    }
}

#[test]
fn marginal_reaches_sum_to_the_reach_and_shrink() {
    let found = best(&model(invented(), WEIGHTED), 12);
    let marginals: Vec<f64> = found.seeds.iter().map(|seed| seed.marginal_reach).collect();
    assert!((marginals.iter().sum::<f64>() - found.reach.mean).abs() < 1e-9);
    assert!(marginals[0] > marginals[11]);
    for seed in &found.seeds {
        assert!(seed.only_reach <= seed.marginal_reach + 1e-9, "others after it may share more");
    }
    let last = found.seeds[11];
    assert!((last.only_reach - last.marginal_reach).abs() < 1e-9);
    assert!(found.reach.low <= found.reach.mean && found.reach.mean <= found.reach.high);
}

#[test]
fn changes_by_hand_are_answered_on_the_same_sets() {
    let found = best(&model(karate(0.1), cascade(0.1)), 3);
    let (whole, _) = found.estimator.reach(&people(&found));
    assert_eq!(whole, found.reach);
    let (fewer, marginals) = found.estimator.reach(&people(&found)[..2]);
    assert!((whole.mean - fewer.mean - found.seeds[2].marginal_reach).abs() < 1e-9);
    assert_eq!(marginals.len(), 2);
    let (twice, again) = found.estimator.reach(&[33, 33]);
    assert_eq!((twice, again[1]), (found.estimator.reach(&[33]).0, 0.0));
    let (nobody, none) = found.estimator.reach(&[]);
    assert_eq!((nobody.mean, none.len()), (0.0, 0));
}

#[test]
fn a_search_answers_whenever_it_is_asked() {
    for contagion in [WEIGHTED, Contagion::Permission(Threshold::Count(2))] {
        let model = model(invented(), contagion);
        for steps in [0, 1, 3, 9] {
            let mut search =
                SeedSearch::new(Arc::clone(&model), SeedRequest::best(4)).expect("sound");
            for _ in 0..steps {
                if let SearchState::Searching { done, total } = search.step() {
                    assert!(done <= total, "{done} of {total}");
                }
            }
            let found = search.finish();
            assert_eq!(people(&found).iter().collect::<BTreeSet<_>>().len(), 4);
            assert!(found.reach.mean >= 1.0, "{:?}", found.reach);
        }
    }
}

#[test]
fn two_neighbors_convince_a_ring_that_one_cannot() {
    // Ring of 20, each listening to the two nearest on both sides, everyone needs two: {0,1}
    // reaches all 20, {0,10} only 2 (science.md 3.4).
    let ties = (0..20).flat_map(|it| [(it, (it + 1) % 20), (it, (it + 2) % 20)]);
    let model = model(mutual(20, ties, 1.0), Contagion::Permission(Threshold::Count(2)));
    let found = best(&model, 2);
    assert_eq!((found.reach.mean, found.guarantee), (20.0, None));
    assert_eq!((found.reach.low, found.reach.high), (20.0, 20.0), "nothing here is left to chance");
    let (apart, marginals) = found.estimator.reach(&[0, 10]);
    assert_eq!((apart.mean, marginals), (2.0, vec![1.0, 1.0]));
}

#[test]
fn spontaneous_adopters_are_no_merit_of_the_seeds() {
    let contagion = Contagion::Bass { p: 0.02, q: 0.3, hazard: Hazard::Exponential };
    assert_spontaneous_apart(&with_steps(karate(0.1), contagion, 6));
    let advert = PlaybookPush::usual(PushKind::Advert, Reaches::Everyone);
    let playbook = Playbook {
        strength: TieStrength::Alike,
        channels: ChannelStrengths::all(0.05),
        pushes: vec![PlaybookPush { rate: 0.02, ..advert }],
        ..Playbook::default()
    };
    let scenario =
        Scenario { contagion: Contagion::Playbook, playbook, steps: 6, ..Scenario::default() };
    let graph = Arc::new(karate(0.1));
    let model = Model::new(graph, None, None, &scenario).expect("a playbook that makes sense");
    assert_spontaneous_apart(&Arc::new(model));
}

fn assert_spontaneous_apart(model: &Arc<Model>) {
    let found = best(model, 3);
    assert_eq!(found.guarantee, None);
    assert!(found.without_seeds > 1.0, "{found:?}");
    let added: f64 = found.seeds.iter().map(|seed| seed.marginal_reach).sum();
    assert!((found.without_seeds + added - found.reach.mean).abs() < 1e-9);
    let (mean, se) = simulated(model, &people(&found), 4000);
    let slack = 4.0 * se.hypot(standard_error(&found.reach));
    assert!((mean - found.reach.mean).abs() <= slack);
    let random = SeedRequest { strategy: Strategy::Random, ..SeedRequest::best(3) };
    let (by_chance, other_se) = simulated(model, &people(&choose(model, random)), 4000);
    assert!(mean > by_chance - 4.0 * se.hypot(other_se), "{mean} {by_chance}");
}

#[test]
fn odd_networks_have_an_answer_or_a_message() {
    let nobody = model(InfluenceGraph::default(), WEIGHTED);
    let refused = SeedSearch::new(Arc::clone(&nobody), SeedRequest::best(1)).err();
    assert_eq!(refused, Some(SeedingError::EmptyNetwork));
    assert!(SeedingError::EmptyNetwork.to_string().contains("import a file"));
    for contagion in [WEIGHTED, THRESHOLD, Contagion::Permission(Threshold::Share(0.5))] {
        let strangers = model(InfluenceGraph::from_arcs(3, []), contagion);
        let found = best(&strangers, 9);
        assert_eq!(people(&found).iter().collect::<BTreeSet<_>>(), BTreeSet::from([&0, &1, &2]));
        assert!((found.reach.mean - 3.0).abs() < 1e-9, "{contagion:?}: {:?}", found.reach);
    }
    let sure = best(&model(karate(0.1), cascade(1.0)), 2);
    assert!((sure.reach.mean - 34.0).abs() < 1e-9);
    let never = best(&model(karate(0.1), cascade(0.0)), 2);
    assert!((never.reach.mean - 2.0).abs() <= 4.0 * standard_error(&never.reach));
}

/// A mutual network of 200 people that most ties keep together.
fn dense() -> InfluenceGraph {
    let mut state = 11_u64;
    let mut draw = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((state >> 33) % 200).expect("small")
    };
    let ties: BTreeSet<(u32, u32)> = (0..1600)
        .map(|_| (draw(), draw()))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .filter(|(a, b)| a != b)
        .collect();
    mutual(200, ties, 0.1)
}

#[test]
fn whole_worlds_agree_with_forward_simulation() {
    for steps in [3, 1000] {
        let model = with_steps(dense(), cascade(0.1), steps);
        let seeds = [3, 17, 90];
        let (reach, _) = ReachEstimator::new(Arc::clone(&model)).reach(&seeds);
        let (mean, se) = simulated(&model, &seeds, 20_000);
        let slack = 4.0 * standard_error(&reach).hypot(se);
        assert!((reach.mean - mean).abs() <= slack, "{steps} steps: {reach:?}, forward {mean}");
    }
    let model = model(dense(), cascade(0.1));
    let found = best(&model, 5);
    let (mean, se) = simulated(&model, &people(&found), 20_000);
    let slack = 4.0 * standard_error(&found.reach).hypot(se);
    assert!((found.reach.mean - mean).abs() <= slack, "{:?}, forward {mean}", found.reach);
    let proven = found.guarantee.expect("a cascade has a proof");
    assert!(proven > 1.0 - (-1.0_f64).exp() - 0.1 && proven <= 1.0, "{proven}");
    for strategy in Strategy::ALL {
        let other = choose(&model, SeedRequest { strategy, ..SeedRequest::best(5) });
        let (reach, other_se) = simulated(&model, &people(&other), 20_000);
        assert!(mean >= reach - 4.0 * se.hypot(other_se), "{strategy:?}: {mean} < {reach}");
    }
}

/// Exact reach in a cascade, by going through every set of live arcs.
fn enumerated(people: usize, arcs: &[InfluenceArc], seeds: &[PersonIndex]) -> f64 {
    let mut expected = 0.0;
    for live in 0..1_u32 << arcs.len() {
        let is_live = |arc: usize| live >> arc & 1 == 1;
        let mut chance = 1.0;
        for (number, arc) in arcs.iter().enumerate() {
            chance *= if is_live(number) { arc.value } else { 1.0 - arc.value };
        }
        let mut reached = vec![false; people];
        for &seed in seeds {
            reached[seed as usize] = true;
        }
        for _ in 0..people {
            for (number, arc) in arcs.iter().enumerate() {
                if is_live(number) && reached[arc.influencer as usize] {
                    reached[arc.audience as usize] = true;
                }
            }
        }
        expected += chance * reached.iter().filter(|&&it| it).count() as f64;
    }
    expected
}

#[test]
fn a_thousand_small_networks_agree_with_going_through_all_cases() {
    let mut state = 5_u64;
    let mut draw = |below: u32| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).expect("31 bits") % below
    };
    for case in 0..1000 {
        let people = 2 + draw(4);
        let drawn: Vec<InfluenceArc> = (0..draw(8))
            .map(|_| (draw(people), draw(people), 0.1 * f64::from(1 + draw(10))))
            .map(|(influencer, audience, value)| InfluenceArc {
                influencer,
                audience,
                ties: 1,
                value,
            })
            .collect();
        let graph = InfluenceGraph::from_arcs(people as usize, drawn);
        let arcs: Vec<InfluenceArc> = graph.iter_arcs().collect();
        let model = model(graph, Contagion::IndependentCascade(TieProbability::PerTie));
        let found = best(&model, 1);
        let exact = |seed: PersonIndex| enumerated(people as usize, &arcs, &[seed]);
        let reached = exact(found.seeds[0].person);
        let optimum = (0..people).map(exact).fold(0.0, f64::max);
        let proven = found.guarantee.expect("a cascade has a proof");
        assert!(reached >= 0.98 * optimum, "case {case}: {reached} of {optimum}");
        assert!(proven <= reached / optimum + 1e-9, "case {case}: {proven} is not proven");
        let slack = 5.0 * standard_error(&found.reach) + 1e-6;
        assert!((found.reach.mean - reached).abs() <= slack, "case {case}: {:?}", found.reach);
    }
}
