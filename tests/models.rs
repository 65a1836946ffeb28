//! Fading buzz, sceptics, rival ideas and churn against closed forms, enumeration and the mean field.

use std::sync::Arc;

use jaywalk::diffusion::mean_field::SeizShares;
use jaywalk::diffusion::{
    Contagion, Ensemble, Forecast, Meeting, Model, NEVER, Scenario, ScenarioError, SeizRates,
    Standing, TieProbability,
};
use jaywalk::network::{InfluenceArc, InfluenceGraph, PersonIndex};

fn arc(influencer: PersonIndex, audience: PersonIndex) -> InfluenceArc {
    InfluenceArc { influencer, audience, ties: 1, value: 0.5 }
}

fn path(people: u32) -> InfluenceGraph {
    let ties = (1..people).flat_map(|it| [arc(it - 1, it), arc(it, it - 1)]);
    InfluenceGraph::from_arcs(people as usize, ties)
}

fn complete(people: u32) -> InfluenceGraph {
    let arcs = (0..people).flat_map(|a| (0..people).map(move |b| arc(a, b)));
    InfluenceGraph::from_arcs(people as usize, arcs)
}

fn model(graph: InfluenceGraph, scenario: &Scenario) -> Arc<Model> {
    Arc::new(Model::new(Arc::new(graph), None, None, scenario).expect("makes sense"))
}

fn forecast(graph: InfluenceGraph, seeds: &[PersonIndex], scenario: &Scenario) -> Forecast {
    let mut ensemble =
        Ensemble::new(model(graph, scenario), seeds.to_vec(), true).expect("seeds exist");
    ensemble.finish();
    ensemble.forecast()
}

fn scenario(contagion: Contagion) -> Scenario {
    Scenario { contagion, steps: 500, replicates: 20_000, ..Scenario::default() }
}

fn assert_mean(forecast: &Forecast, exact: f64) {
    let se = forecast.ci95 / 1.96;
    let mean = forecast.mean_adopters;
    assert!((mean - exact).abs() <= 4.0 * se, "{mean} ± {se} instead of {exact}");
}

#[test]
fn a_fading_buzz_passes_each_tie_with_its_transmissibility() {
    // science.md 3.4: path of five from the end, beta .2, gamma .1, T = 5/7: 6841/2401.
    let buzz = scenario(Contagion::Fading { beta: 0.2, gamma: 0.1 });
    assert_mean(&forecast(path(5), &[0], &buzz), 6841.0 / 2401.0);
    // Falling silent at once leaves one try: the independent cascade, 31/16 at one half.
    let once = scenario(Contagion::Fading { beta: 0.5, gamma: 1.0 });
    let told = forecast(path(5), &[0], &once);
    assert_mean(&told, 31.0 / 16.0);
    let silent = &told.standings[&Standing::Silent];
    for (step, it) in told.steps.iter().enumerate().skip(1) {
        let before = told.steps[step - 1].cumulative_mean;
        assert!((silent[step] - before).abs() < 1e-9, "silent one step after, not {}", it.step);
    }
    // Who never falls silent reaches everyone; nobody talks without a chance.
    let never = scenario(Contagion::Fading { beta: 0.3, gamma: 0.0 });
    assert!((forecast(path(5), &[0], &never).mean_adopters - 5.0).abs() < 1e-9);
    let mute = scenario(Contagion::Fading { beta: 0.0, gamma: 0.1 });
    assert!((forecast(path(5), &[0], &mute).mean_adopters - 1.0).abs() < 1e-9);
}

#[test]
fn a_large_crowd_follows_the_equations_of_seiz() {
    // Slow rates per step, so that steps are close to continuous time.
    let rates =
        SeizRates { beta: 0.05, b: 0.03, p: 0.3, l: 0.6, rho: 0.04, epsilon: 0.004, sceptics: 0.1 };
    let (people, seeds) = (400_u32, 40_u32);
    let mut setting = scenario(Contagion::Seiz(rates));
    setting.steps = 100;
    setting.replicates = 200;
    let seeds: Vec<PersonIndex> = (0..seeds).collect();
    let told = forecast(complete(people), &seeds, &setting);
    let start = SeizShares { not_heard: 0.81, thinking: 0.0, adopted: 0.1, sceptic: 0.09 };
    for step in [20_u16, 50, 100] {
        let exact = start.after(&rates, f64::from(step));
        let at = usize::from(step).min(told.steps.len() - 1);
        let share = |mean: f64| mean / f64::from(people);
        let thinking = share(told.standings[&Standing::Thinking][at]);
        let sceptic = share(told.standings[&Standing::Sceptic][at]);
        let adopted = share(told.steps[at].cumulative_mean);
        assert!((adopted - exact.adopted).abs() < 0.02, "{step}: {adopted}, {exact:?}");
        assert!((thinking - exact.thinking).abs() < 0.02, "{step}: {thinking}, {exact:?}");
        assert!((sceptic - exact.sceptic).abs() < 0.02, "{step}: {sceptic}, {exact:?}");
    }
}

#[test]
fn seiz_on_a_pair_is_exact() {
    // One adopter, one listener: per step the listener hears with 1-exp(-beta), adopts at once with
    // p, else adopts later at rate rho+epsilon.
    let rates =
        SeizRates { beta: 0.7, p: 0.4, rho: 0.2, epsilon: 0.1, b: 9.0, l: 1.0, sceptics: 0.0 };
    let told = forecast(path(2), &[0], &scenario(Contagion::Seiz(rates)));
    let (hears, adopts) = (1.0 - f64::exp(-0.7), 1.0 - f64::exp(-0.3));
    let (mut unheard, mut thinking, mut adopted) = (1.0, 0.0, 1.0);
    for it in told.steps.iter().skip(1).take(8) {
        adopted += unheard * hears * 0.4 + thinking * adopts;
        thinking += unheard * hears * 0.6 - thinking * adopts;
        unheard -= unheard * hears;
        let se = (adopted - 1.0_f64).mul_add(2.0 - adopted, 1e-6).sqrt() / 20_000_f64.sqrt();
        let mean = it.cumulative_mean;
        assert!((mean - adopted).abs() <= 4.0 * se, "step {}: {mean}, {adopted}", it.step);
    }
    let everyone = SeizRates { sceptics: 1.0, ..rates };
    let told = forecast(path(3), &[0], &scenario(Contagion::Seiz(everyone)));
    assert!((told.mean_adopters - 1.0).abs() < 1e-9, "sceptics never adopt");
    assert!((told.standings[&Standing::Sceptic][0] - 2.0).abs() < 1e-9);
}

#[test]
fn of_two_ideas_the_first_to_come_wins() {
    let rivalry = |chance, meeting| Contagion::Rivalry { chance, meeting };
    let sure = TieProbability::Uniform(1.0);
    let with = |contagion, rivals: &[&str]| Scenario {
        rivals: rivals.iter().map(|&it| it.to_owned()).collect(),
        ..scenario(contagion)
    };
    // From the ends of a path of six they meet in the middle, three each.
    let half = with(rivalry(sure, Meeting::FirstCome), &["5"]);
    let told = forecast(path(6), &[0], &half);
    assert!((told.mean_adopters - 3.0).abs() < 1e-9);
    assert!((told.standings[&Standing::Rival].last().expect("steps") - 3.0).abs() < 1e-9);
    // On five both come to the middle one at once: by chance, or by weight.
    let met = with(rivalry(sure, Meeting::FirstCome), &["4"]);
    assert_mean(&forecast(path(5), &[0], &met), 2.5);
    let weighed = with(rivalry(sure, Meeting::Weighted(0.9)), &["4"]);
    assert_mean(&forecast(path(5), &[0], &weighed), 2.9);
    // Two of ours and one of theirs try the same person with chance one half each, by enumeration:
    // ours alone 3/8, theirs alone 1/8, both 3/8 of which ours takes 1/2, 1/2 and 2/3.
    let star = InfluenceGraph::from_arcs(4, [arc(0, 3), arc(1, 3), arc(2, 3)]);
    let tried = with(rivalry(TieProbability::Uniform(0.5), Meeting::FirstCome), &["2"]);
    let ours = 3.0 / 8.0 + (0.5 + 0.5 + 2.0 / 3.0) / 8.0;
    assert_mean(&forecast(star, &[0, 1], &tried), 2.0 + ours);
    // Without names the rival takes the best connected who is no seed.
    let unnamed = with(rivalry(TieProbability::Uniform(0.0), Meeting::FirstCome), &[]);
    let replicate = model(path(3), &unnamed).replicate(&[1], 0);
    assert_eq!(replicate.time_of_adoption, [NEVER, 0, NEVER]);
    let told = forecast(path(3), &[1], &unnamed);
    assert!((told.standings[&Standing::Rival][0] - 1.0).abs() < 1e-9);
    let nobody = with(rivalry(sure, Meeting::FirstCome), &["7"]);
    let refused = Model::new(Arc::new(path(3)), None, None, &nobody).expect_err("nobody is 7");
    assert_eq!(refused, ScenarioError::UnknownRival { id: "7".to_owned() });
}

#[test]
fn churn_is_counted_apart_and_costs_no_adopter() {
    let cascade = Contagion::IndependentCascade(TieProbability::Uniform(1.0));
    let stays = forecast(path(6), &[0], &scenario(cascade));
    let leaves = Scenario { churn: 0.25, ..scenario(cascade) };
    let told = forecast(path(6), &[0], &leaves);
    assert_eq!((told.mean_adopters, &told.per_person), (6.0, &stays.per_person));
    let gave_up = &told.standings[&Standing::GaveUp];
    for (step, &mean) in (0_i32..).zip(gave_up) {
        // One adopter per step, each of whom has stayed with chance 0.75 a step since.
        let exact: f64 = (0..=step).map(|since| 1.0 - 0.75_f64.powi(since)).sum();
        assert!((mean - exact).abs() < 0.04, "step {step}: {mean}, {exact}");
    }
    assert!(stays.standings.is_empty());
}

#[test]
fn new_models_do_not_depend_on_threads_and_leave_nothing_behind() {
    let rivalry =
        Contagion::Rivalry { chance: TieProbability::Weighted, meeting: Meeting::FirstCome };
    let arcs = || (0..120_u32).map(|i| arc(i * 7 % 31, (i * i + 3) % 29));
    for contagion in
        [Contagion::Fading { beta: 0.2, gamma: 0.3 }, Contagion::Seiz(SeizRates::USUAL), rivalry]
    {
        let setting = Scenario {
            replicates: 300,
            steps: 40,
            churn: 0.1,
            presence: 0.8,
            visibility: 0.9,
            ..scenario(contagion)
        };
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let graph = InfluenceGraph::from_arcs(31, arcs());
            pool.expect("threads").install(|| forecast(graph, &[1, 5], &setting))
        };
        let one = with(1);
        assert!(one == with(2) && one == with(8), "{contagion:?}");
        let model = model(InfluenceGraph::from_arcs(31, arcs()), &setting);
        let mut scratch = model.scratch();
        for index in 0..50 {
            model.run(&[1, 5], index, &mut scratch);
            let fresh = model.replicate(&[1, 5], index);
            assert_eq!(scratch.time_of_adoption(), fresh.time_of_adoption, "{contagion:?}");
        }
    }
}

#[test]
fn nonsense_is_refused_and_nobody_spreads_nothing() {
    for bad in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        let refused = |contagion| {
            let scenario = Scenario { contagion, ..Scenario::default() };
            Model::new(Arc::new(path(2)), None, None, &scenario).expect_err("nonsense").to_string()
        };
        assert!(refused(Contagion::Fading { beta: bad, gamma: 0.1 }).contains("beta"));
        assert!(refused(Contagion::Fading { beta: 0.1, gamma: bad }).contains("gamma"));
        let sceptics = SeizRates { sceptics: bad, ..SeizRates::USUAL };
        assert!(refused(Contagion::Seiz(sceptics)).contains("sceptics"));
        let chance = TieProbability::Uniform(bad);
        let rivalry = Contagion::Rivalry { chance, meeting: Meeting::FirstCome };
        assert!(refused(rivalry).contains("probability"));
        let churn = Scenario { churn: bad, ..Scenario::default() };
        let refused = Model::new(Arc::new(path(2)), None, None, &churn).expect_err("nonsense");
        assert!(refused.to_string().contains("Churn"));
    }
    let rivalry =
        Contagion::Rivalry { chance: TieProbability::Weighted, meeting: Meeting::FirstCome };
    for contagion in [
        Contagion::IndependentCascade(TieProbability::Weighted),
        Contagion::Fading { beta: 0.5, gamma: 0.5 },
        Contagion::Seiz(SeizRates::USUAL),
        rivalry,
    ] {
        let setting = Scenario { replicates: 70, ..scenario(contagion) };
        let told = forecast(InfluenceGraph::from_arcs(0, []), &[], &setting);
        assert_eq!((told.mean_adopters, told.people), (0.0, 0), "an empty network");
        // Nothing but a self-loop, and people without ties.
        let alone = forecast(InfluenceGraph::from_arcs(3, [arc(1, 1)]), &[1], &setting);
        assert!((alone.mean_adopters - 1.0).abs() < 1e-12, "{contagion:?}");
        let unknown = Ensemble::new(model(path(2), &setting), vec![2], false);
        assert!(matches!(unknown, Err(ScenarioError::UnknownSeed { seed: 2, people: 2 })));
    }
}
