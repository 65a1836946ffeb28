//! What holds for every network and every scenario.

use std::sync::Arc;

use jaywalk::diffusion::{
    Contagion, Ensemble, Forecast, Hazard, Model, NEVER, Scenario, Tally, Threshold,
    TieProbability, TieWeight,
};
use jaywalk::network::{InfluenceArc, InfluenceGraph, PersonIndex};
use proptest::prelude::*;
use proptest::sample::subsequence;
use rand::{Rng, RngExt, SeedableRng};

/// A small network as a list of arcs, some of them parallel, and a few seeds.
#[derive(Clone, Debug)]
struct Case {
    people: u32,
    arcs: Vec<InfluenceArc>,
    seeds: Vec<PersonIndex>,
    scenario: Scenario,
}

impl Case {
    fn graph(&self) -> InfluenceGraph {
        InfluenceGraph::from_arcs(self.people as usize, self.arcs.iter().copied())
    }

    fn model(&self) -> Model {
        Model::new(Arc::new(self.graph()), None, None, &self.scenario).expect("makes sense")
    }
}

fn contagions() -> impl Strategy<Value = Contagion> {
    let share = 0.0..=1.0_f64;
    prop_oneof![
        share.clone().prop_map(|p| Contagion::IndependentCascade(TieProbability::Uniform(p))),
        (0.0..0.1_f64).prop_map(|p| Contagion::IndependentCascade(TieProbability::Uniform(p))),
        Just(Contagion::IndependentCascade(TieProbability::Weighted)),
        Just(Contagion::IndependentCascade(TieProbability::PerTie)),
        Just(Contagion::LinearThreshold(TieWeight::Equal)),
        share.clone().prop_map(|it| Contagion::Permission(Threshold::Share(it))),
        (0..4_u32).prop_map(|it| Contagion::Permission(Threshold::Count(it))),
        (0.0..0.3_f64, 0.0..2.0_f64, any::<bool>()).prop_map(|(p, q, additive)| {
            let hazard = if additive { Hazard::Additive } else { Hazard::Exponential };
            Contagion::Bass { p, q, hazard }
        }),
    ]
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    let some = || prop_oneof![Just(1.0), 0.0..=1.0_f64];
    (contagions(), 1..12_u32, some(), some(), any::<u64>()).prop_map(
        |(contagion, steps, presence, visibility, rng_seed)| Scenario {
            contagion,
            steps,
            presence,
            visibility,
            rng_seed,
            replicates: 40,
            ..Scenario::default()
        },
    )
}

fn cases() -> impl Strategy<Value = Case> {
    (2..10_u32).prop_flat_map(|people| {
        let arc = (0..people, 0..people, 1..3_u32, 0.0..=1.0_f64).prop_map(
            |(influencer, audience, ties, value)| InfluenceArc {
                influencer,
                audience,
                ties,
                value,
            },
        );
        let everyone: Vec<PersonIndex> = (0..people).collect();
        (
            Just(people),
            prop::collection::vec(arc, 0..24),
            subsequence(everyone, 0..=people as usize),
            scenarios(),
        )
            .prop_map(|(people, arcs, seeds, scenario)| Case {
                people,
                arcs,
                seeds,
                scenario,
            })
    })
}

fn forecast(case: &Case, threads: usize) -> Forecast {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| {
        let model = Arc::new(case.model());
        let mut ensemble = Ensemble::new(model, case.seeds.clone(), true).expect("seeds exist");
        ensemble.finish();
        ensemble.forecast()
    })
}

/// Straight from the definitions, step by step, for rules without chance.
fn permission_by_definition(graph: &InfluenceGraph, case: &Case) -> Vec<u32> {
    let mut time = vec![NEVER; graph.people()];
    for &seed in &case.seeds {
        time[seed as usize] = 0;
    }
    for step in 1..=case.scenario.steps {
        let before = time.clone();
        for person in 0..case.people {
            let listens_to = graph.influences_on(person);
            let adopted = listens_to.iter().filter(|&&it| before[it as usize] != NEVER).count();
            let seen = case.scenario.visibility * adopted as f64;
            let enough = match case.scenario.contagion {
                Contagion::Permission(Threshold::Share(share)) => share * listens_to.len() as f64,
                Contagion::Permission(Threshold::Count(count)) => f64::from(count),
                _ => unreachable!("only rules without chance"),
            };
            if before[person as usize] == NEVER && !listens_to.is_empty() && seen >= enough - 1e-12
            {
                time[person as usize] = step;
            }
        }
    }
    time
}

/// One replicate straight from the definitions, one coin per person and chance, with another
/// generator. Returns the cumulative adopters of steps `0..=steps`.
fn replicate_by_definition(model: &Model, case: &Case, rng: &mut impl Rng) -> Vec<usize> {
    let (graph, scenario) = (model.graph(), model.scenario());
    let people = graph.people();
    let mut adopted = vec![false; people];
    let mut fresh = vec![false; people];
    for &seed in &case.seeds {
        adopted[seed as usize] = true;
        fresh[seed as usize] = true;
    }
    let thresholds: Vec<f64> = (0..people).map(|_| 1.0 - rng.random::<f64>()).collect();
    let mut curve = vec![adopted.iter().filter(|&&it| it).count()];
    for _ in 0..scenario.steps {
        let before = adopted.clone();
        let was_fresh = std::mem::replace(&mut fresh, vec![false; people]);
        for person in 0..case.people {
            if before[person as usize] {
                continue;
            }
            let is_present = rng.random::<f64>() < scenario.presence;
            let row = || graph.influences_on(person).iter().zip(graph.arcs_into(person));
            let adopted_arcs = || row().filter(|it| before[*it.0 as usize]);
            let adopts = match scenario.contagion {
                Contagion::IndependentCascade(_) => row()
                    .filter(|it| was_fresh[*it.0 as usize])
                    .any(|it| rng.random::<f64>() < model.probability(*it.1 as usize)),
                Contagion::LinearThreshold(_) => {
                    let pull: f64 = adopted_arcs().map(|it| model.weight(*it.1 as usize)).sum();
                    is_present && pull > 0.0 && pull >= thresholds[person as usize] - 1e-12
                }
                Contagion::Bass { p, q, hazard } => {
                    let ties: u32 = adopted_arcs().map(|it| graph.ties(*it.1 as usize)).sum();
                    let all = f64::from(graph.ties_into(person).max(1));
                    let rate = p + q * scenario.visibility * f64::from(ties) / all;
                    let chance = match hazard {
                        Hazard::Exponential => 1.0 - (-rate).exp(),
                        Hazard::Additive => rate.min(1.0),
                    };
                    is_present && rng.random::<f64>() < chance
                }
                Contagion::Permission(rule) => {
                    let listens_to = graph.influences_on(person).len() as f64;
                    let enough = match rule {
                        Threshold::Share(share) => share * listens_to,
                        Threshold::Count(count) => f64::from(count),
                        Threshold::PerPerson => unreachable!("not drawn"),
                    };
                    let seen = scenario.visibility * adopted_arcs().count() as f64;
                    is_present && listens_to > 0.0 && seen >= enough - 1e-12
                }
                _ => unreachable!("not drawn: see tests/models.rs"),
            };
            if adopts {
                adopted[person as usize] = true;
                fresh[person as usize] = true;
            }
        }
        curve.push(adopted.iter().filter(|&&it| it).count());
    }
    curve
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn threads_do_not_change_a_forecast(case in cases()) {
        let one = forecast(&case, 1);
        prop_assert_eq!(&one, &forecast(&case, 2));
        prop_assert_eq!(&one, &forecast(&case, 8));
    }

    #[test]
    fn shards_merge_to_the_whole(case in cases(), cut in 1..40_u32) {
        let model = Arc::new(case.model());
        let tally = |range| {
            let model = Arc::clone(&model);
            let mut shard = Ensemble::shard(model, case.seeds.clone(), true, range).expect("seeds");
            shard.finish();
            shard.tally()
        };
        let mut merged = Tally::new(Some(case.people as usize));
        merged.merge(&tally(cut..40));
        merged.merge(&tally(0..cut));
        let whole = tally(0..40);
        prop_assert_eq!(&merged, &whole);
        let kept = serde_json::to_string(&whole).expect("plain data");
        prop_assert_eq!(serde_json::from_str::<Tally>(&kept).expect("the same"), whole);
    }

    #[test]
    fn adoption_never_falls_and_starts_with_the_seeds(case in cases(), index in 0..100_u64) {
        let replicate = case.model().replicate(&case.seeds, index);
        let curve = replicate.cumulative_adopters();
        prop_assert!(curve.is_sorted());
        prop_assert_eq!(curve[0] as usize, case.seeds.len());
        prop_assert!(replicate.steps <= case.scenario.steps);
        for (person, &time) in (0..).zip(&replicate.time_of_adoption) {
            prop_assert_eq!(time == 0, case.seeds.contains(&person));
        }
        let forecast = forecast(&case, 1);
        let means: Vec<f64> = forecast.steps.iter().map(|it| it.cumulative_mean).collect();
        prop_assert!(means.is_sorted());
        prop_assert!(forecast.steps.iter().all(|it| it.p10 <= it.p50 && it.p50 <= it.p90));
        let per_person = forecast.per_person.expect("asked for");
        let sum: f64 = per_person.iter().map(|it| it.probability).sum();
        prop_assert!((sum - forecast.mean_adopters).abs() < 1e-9);
    }

    #[test]
    fn a_used_scratch_is_as_good_as_a_new_one(case in cases()) {
        let model = case.model();
        let mut scratch = model.scratch();
        for index in 0..5 {
            model.run(&case.seeds, index, &mut scratch);
            let fresh = model.replicate(&case.seeds, index);
            prop_assert_eq!(scratch.time_of_adoption(), &fresh.time_of_adoption[..]);
            prop_assert_eq!(scratch.cumulative_adopters(), &fresh.cumulative_adopters()[..]);
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(case in cases(), shuffle in any::<u64>()) {
        let mut arcs = case.arcs.clone();
        let mut rng = rand_xoshiro::Xoshiro256PlusPlus::seed_from_u64(shuffle);
        for at in (1..arcs.len()).rev() {
            arcs.swap(at, rng.random_range(0..=at));
        }
        let shuffled = Case { arcs, ..case.clone() };
        prop_assert_eq!(forecast(&case, 1), forecast(&shuffled, 1));
    }

    #[test]
    fn one_more_seed_never_loses_an_adopter(case in cases(), index in 0..100_u64) {
        let model = case.model();
        let fewer = model.replicate(&case.seeds[..case.seeds.len() / 2], index);
        let more = model.replicate(&case.seeds, index);
        for (early, late) in more.time_of_adoption.iter().zip(&fewer.time_of_adoption) {
            prop_assert!(early <= late, "common random numbers: as early or earlier");
        }
    }

    #[test]
    fn thresholds_follow_their_definition(case in cases(), share in 0.0..=1.0_f64, count in 0..4_u32) {
        for rule in [Threshold::Share(share), Threshold::Share(1.0 / 3.0), Threshold::Count(count)] {
            let scenario = Scenario {
                contagion: Contagion::Permission(rule),
                presence: 1.0,
                ..case.scenario.clone()
            };
            let case = Case { scenario, ..case.clone() };
            let time = case.model().replicate(&case.seeds, 0).time_of_adoption;
            prop_assert_eq!(time, permission_by_definition(&case.graph(), &case));
        }
    }

    #[test]
    fn more_ties_never_lower_a_counted_spread(
        mut case in cases(), count in 1..4_u32, from in 0..10_u32, to in 0..10_u32,
    ) {
        case.scenario.contagion = Contagion::Permission(Threshold::Count(count));
        let before = case.model().replicate(&case.seeds, 0);
        let (influencer, audience) = (from % case.people, to % case.people);
        case.arcs.push(InfluenceArc { influencer, audience, ties: 1, value: 0.5 });
        let after = case.model().replicate(&case.seeds, 0);
        for (with, without) in after.time_of_adoption.iter().zip(&before.time_of_adoption) {
            prop_assert!(with <= without);
        }
    }
}

fn cascades() -> impl Strategy<Value = Contagion> {
    prop_oneof![
        (0.0..=1.0_f64).prop_map(TieProbability::Uniform),
        Just(TieProbability::Weighted),
        Just(TieProbability::PerTie),
    ]
    .prop_map(Contagion::IndependentCascade)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// The slow way: whom each person alone would win over in one step are their live ties, and a
    /// replicate is the breadth-first search along them.
    #[test]
    fn a_cascade_is_the_search_along_its_live_ties(
        mut case in cases(), cascade in cascades(), first in 0..200_u32,
    ) {
        const REPLICATES: u32 = 5;
        case.scenario.contagion = cascade;
        case.scenario.replicates = first + REPLICATES;
        let model = Arc::new(case.model());
        let one_step = Case {
            scenario: Scenario { steps: 1, ..case.scenario.clone() },
            ..case.clone()
        };
        let one_step = one_step.model();
        let mut expected = Tally::new(Some(case.people as usize));
        let mut scratch = model.scratch();
        for index in first..first + REPLICATES {
            let live: Vec<Vec<u32>> = (0..case.people)
                .map(|person| one_step.replicate(&[person], index.into()).time_of_adoption)
                .collect();
            let mut time = vec![NEVER; case.people as usize];
            for &seed in &case.seeds {
                time[seed as usize] = 0;
            }
            for step in 1..=case.scenario.steps {
                for from in 0..time.len() {
                    for to in 0..time.len() {
                        if time[from] == step - 1 && live[from][to] == 1 && time[to] == NEVER {
                            time[to] = step;
                        }
                    }
                }
            }
            model.run(&case.seeds, index.into(), &mut scratch);
            prop_assert_eq!(scratch.time_of_adoption(), &time[..]);
            expected.add(&scratch, 1);
        }
        let range = first..first + REPLICATES;
        let together = Ensemble::shard(Arc::clone(&model), case.seeds.clone(), true, range);
        let mut together = together.expect("seeds exist");
        together.finish();
        prop_assert_eq!(together.tally(), expected);
    }
}

proptest! {
    // 24 networks, two models each, up to 13 steps: some 600 comparisons at 5 standard errors.
    #![proptest_config(ProptestConfig {
        cases: 24,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1962),
        ..ProptestConfig::default()
    })]

    #[test]
    fn replicates_follow_their_definition(mut case in cases()) {
        const REPLICATES: u32 = 8_000;
        case.scenario.replicates = REPLICATES;
        let model = Arc::new(case.model());
        let steps = case.scenario.steps as usize;
        let mut rng = rand_xoshiro::Xoshiro256PlusPlus::seed_from_u64(case.scenario.rng_seed ^ 1);
        let mut sums = vec![0.0; steps + 1];
        let mut squares = vec![0.0; steps + 1];
        for _ in 0..REPLICATES {
            for (step, adopters) in replicate_by_definition(&model, &case, &mut rng).iter().enumerate() {
                sums[step] += *adopters as f64;
                squares[step] += (*adopters as f64).powi(2);
            }
        }
        let mut ensemble = Ensemble::new(model, case.seeds.clone(), false).expect("seeds exist");
        ensemble.finish();
        let forecast = ensemble.forecast();
        let n = f64::from(REPLICATES);
        for step in 0..=steps {
            let expected = sums[step] / n;
            let variance = (squares[step] / n - expected * expected).max(0.0);
            let se = (2.0 * variance / n).sqrt().max(1.0 / n);
            let mean = forecast.steps.get(step).map_or(forecast.mean_adopters, |it| it.cumulative_mean);
            prop_assert!((mean - expected).abs() <= 5.0 * se, "step {step}: {mean}, {expected} ± {se}");
        }
    }
}
