//! Dates, limits and a present state, for every contagion: worked by hand, and against simulations
//! written straight from the definitions.

use std::collections::VecDeque;
use std::sync::Arc;

use jaywalk::diffusion::{
    Calendar, ChannelStrengths, Contagion, Ensemble, Forecast, Hazard, Meeting, Model, NEVER,
    Playbook, PlaybookPush, Push, PushKind, Reaches, Scenario, ScenarioError, SeizRates, Standing,
    Threshold, TieProbability, TieStrength, TieWeight,
};
use jaywalk::network::{InfluenceArc, InfluenceGraph, PersonIndex};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rand::{Rng, RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

fn arc(influencer: PersonIndex, audience: PersonIndex) -> InfluenceArc {
    InfluenceArc { influencer, audience, ties: 1, value: 0.5 }
}

fn one_way(people: usize, pairs: &[(PersonIndex, PersonIndex)]) -> InfluenceGraph {
    InfluenceGraph::from_arcs(people, pairs.iter().map(|&(a, b)| arc(a, b)))
}

/// Person 0 influences each of the others.
fn star(leaves: u32) -> InfluenceGraph {
    InfluenceGraph::from_arcs(leaves as usize + 1, (1..=leaves).map(|leaf| arc(0, leaf)))
}

fn path(people: u32) -> InfluenceGraph {
    let ties = (1..people).flat_map(|it| [arc(it - 1, it), arc(it, it - 1)]);
    InfluenceGraph::from_arcs(people as usize, ties)
}

fn cascade(p: f64) -> Contagion {
    Contagion::IndependentCascade(TieProbability::Uniform(p))
}

fn scenario(contagion: Contagion) -> Scenario {
    Scenario { contagion, steps: 40, replicates: 20_000, ..Scenario::default() }
}

fn model(graph: InfluenceGraph, scenario: &Scenario, calendar: Calendar) -> Arc<Model> {
    let model = Model::new(Arc::new(graph), None, None, scenario).expect("makes sense");
    Arc::new(model.with_calendar(calendar).expect("makes sense"))
}

fn forecast(model: &Arc<Model>, seeds: &[PersonIndex]) -> Forecast {
    let mut ensemble = Ensemble::new(Arc::clone(model), seeds.to_vec(), true).expect("seeds exist");
    ensemble.finish();
    ensemble.forecast()
}

fn curve(forecast: &Forecast) -> Vec<f64> {
    forecast.steps.iter().map(|it| it.cumulative_mean).collect()
}

fn assert_mean(what: &str, forecast: &Forecast, exact: f64) {
    let se = forecast.ci95 / 1.96;
    let mean = forecast.mean_adopters;
    assert!((mean - exact).abs() <= 4.0 * se + 1e-9, "{what}: {mean} ± {se} instead of {exact}");
}

#[test]
fn a_star_is_onboarded_two_at_a_time() {
    let calendar = Calendar { capacity: Some(2), ..Calendar::default() };
    let told = forecast(&model(star(6), &scenario(cascade(1.0)), calendar), &[0]);
    assert_eq!(curve(&told), [1.0, 3.0, 5.0, 7.0]);
    assert_eq!(told.standings[&Standing::Waiting], [0.0, 4.0, 2.0, 0.0]);
    assert_eq!(told.standings[&Standing::Planned], [1.0; 4], "the hub alone was asked");
    // Who waits where is drawn anew: each leaf is among the first two as often as any other.
    let times: Vec<f64> =
        told.per_person.expect("asked for").iter().filter_map(|it| it.mean_time).collect();
    assert!(times[1..].iter().all(|mean| (mean - 2.0).abs() < 0.04), "{times:?}");
}

#[test]
fn who_waits_influences_nobody_yet() {
    // Seeds 0 and 1 of two separate pairs, one place per step. The seed that waits is served first at
    // step 1, although the other's friend comes then as well.
    let calendar = Calendar { capacity: Some(1), ..Calendar::default() };
    let pairs = one_way(4, &[(0, 2), (1, 3)]);
    let model = model(pairs, &scenario(cascade(1.0)), calendar);
    let mut firsts = [0, 0];
    for index in 0..400 {
        let replicate = model.replicate(&[0, 1], index);
        let expected = match replicate.time_of_adoption[0] {
            0 => [0, 1, 2, 3],
            _ => [1, 0, 3, 2],
        };
        assert_eq!(replicate.time_of_adoption, expected);
        firsts[replicate.time_of_adoption[0] as usize] += 1;
    }
    assert!(firsts[0] > 150 && firsts[1] > 150, "a fair draw: {firsts:?}");
}

#[test]
fn a_line_that_is_worked_off_by_hand() {
    // 0 reaches 1, 2 and 3 at step 1; 3 would reach 4. Two places a step; ring 1 is 5, at step 1.
    let graph = one_way(6, &[(0, 1), (0, 2), (0, 3), (3, 4)]);
    let calendar = Calendar { capacity: Some(2), dates: vec![(5, 1)], ..Calendar::default() };
    let model = model(graph, &scenario(cascade(1.0)), calendar);
    for index in 0..50 {
        let times = model.replicate(&[0, 5], index).time_of_adoption;
        let mut of_the_first: Vec<u32> = [1, 2, 3, 5].map(|it: usize| times[it]).to_vec();
        of_the_first.sort_unstable();
        assert_eq!((times[0], of_the_first), (0, vec![1, 1, 2, 2]));
        assert_eq!(times[4], 3, "behind those who came before, or after 3 was onboarded last");
    }
    let waiting = &forecast(&model, &[0, 5]).standings[&Standing::Waiting];
    assert_eq!([&waiting[..2], &waiting[3..]].concat(), [0.0, 2.0, 0.0]);
    assert!((waiting[2] - 0.5).abs() < 0.015, "4 waits where 3 was among the first: {waiting:?}");
}

#[test]
fn dates_move_seeds_and_nobody_else() {
    let calendar = Calendar { dates: vec![(2, 3), (3, 1)], ..Calendar::default() };
    let model = model(path(5), &scenario(cascade(0.0)), calendar);
    let replicate = model.replicate(&[0, 2], 7);
    assert_eq!(replicate.time_of_adoption, [0, NEVER, 3, NEVER, NEVER]);
    assert_eq!((replicate.steps, replicate.cumulative_adopters()), (3, vec![1, 1, 1, 2]));
    let told = forecast(&model, &[0, 2]);
    assert_eq!(told.standings[&Standing::Planned], [1.0, 1.0, 1.0, 2.0]);
    assert_eq!(told.classes, None, "nobody adopts who was not asked");
}

#[test]
fn who_adopts_before_their_date_was_not_asked() {
    let calendar = Calendar { given: vec![(0, 0), (2, 5), (2, 9)], ..Calendar::default() };
    let told = forecast(&model(path(4), &scenario(cascade(1.0)), calendar), &[]);
    assert_eq!(curve(&told), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(told.standings[&Standing::Planned], [1.0; 4]);
    let late = Calendar { given: vec![(1, 41)], ..Calendar::default() };
    let told = forecast(&model(path(4), &scenario(cascade(1.0)), late), &[]);
    assert_eq!(curve(&told), [0.0], "after the last step");
}

#[test]
fn a_push_is_a_coin_for_everyone_it_meets() {
    let some = Push { people: Some(vec![1, 2, 3]), ..Push::pulse(2, 0.25) };
    let calendar = Calendar { pushes: vec![some], ..Calendar::default() };
    let told = forecast(&model(path(6), &scenario(cascade(0.0)), calendar), &[1]);
    assert_mean("two of three can still be moved", &told, 1.5);
    assert_eq!(told.steps.len(), 3);
    assert!((told.steps[1].cumulative_mean - 1.0).abs() < 1e-12);
    // A constant advert is geometric: 1-(1-r)^t by step t.
    let advert = Push { first: 1, last: 10, chance: 0.2, people: None };
    let calendar = Calendar { pushes: vec![advert], ..Calendar::default() };
    let told = forecast(&model(path(1), &scenario(cascade(0.0)), calendar), &[]);
    for (step, it) in (0..).zip(&told.steps) {
        let exact = 1.0 - 0.8_f64.powi(step);
        assert!((it.cumulative_mean - exact).abs() < 4.0 * 0.5 / 20_000_f64.sqrt(), "{step}");
    }
    assert_eq!(told.steps.len(), 11);
}

#[test]
fn the_present_state_counts_as_each_model_says() {
    let before =
        |people: &[(PersonIndex, u32)]| Calendar { before: people.to_vec(), ..Calendar::default() };
    let told =
        |graph, contagion, calendar| forecast(&model(graph, &scenario(contagion), calendar), &[]);
    // Tries of a cascade were made when they adopted; those of just now are still to come.
    let past = told(path(2), cascade(0.5), before(&[(0, 1)]));
    assert_mean("its only try failed", &past, 1.0);
    assert_mean("just now", &told(path(2), cascade(0.5), before(&[(0, 0)])), 1.5);
    assert_eq!(past.standings.get(&Standing::Planned), None, "nobody was asked");
    // Three equal influences, one of which was withstood: given a threshold above 1/3, the second
    // convinces with chance (2/3-1/3)/(1-1/3).
    let three = || one_way(4, &[(0, 3), (1, 3), (2, 3)]);
    let linear = Contagion::LinearThreshold(TieWeight::Equal);
    let two = told(three(), linear, before(&[(0, 4), (1, 0)]));
    assert_mean("one withstood, one new", &two, 2.5);
    assert_mean(
        "none withstood",
        &told(three(), linear, before(&[(0, 0), (1, 0)])),
        2.0 + 2.0 / 3.0,
    );
    assert_mean("all withstood", &told(three(), linear, before(&[(0, 1), (1, 2)])), 2.0);
    // Peers who adopted are seen whenever they did.
    let count = Contagion::Permission(Threshold::Count(2));
    let seen = told(three(), count, before(&[(0, 4), (1, 1)]));
    assert_eq!(curve(&seen), [2.0, 3.0]);
    // Rates have no memory.
    let bass = Contagion::Bass { p: 0.0, q: 0.3, hazard: Hazard::Additive };
    let rate = told(path(2), bass, before(&[(0, 9)]));
    assert!((rate.steps[1].cumulative_mean - 1.3).abs() < 0.015, "{:?}", rate.steps[1]);
    // After three steps a talker still talks with chance (1-gamma)^3, and then tries at least once.
    let buzz = Contagion::Fading { beta: 1.0, gamma: 0.5 };
    assert_mean("one talker in eight", &told(path(2), buzz, before(&[(0, 3)])), 1.125);
    assert_mean("talks now", &told(path(2), buzz, before(&[(0, 0)])), 2.0);
}

#[test]
fn who_declined_neither_adopts_nor_passes_on() {
    for contagion in every_contagion() {
        let calendar = Calendar { never: vec![1], ..Calendar::default() };
        let told = forecast(&model(path(3), &scenario(contagion), calendar), &[0, 1]);
        let person = told.per_person.expect("asked for");
        assert!(person[1].probability <= 0.0, "{contagion:?}");
        let alone = matches!(contagion, Contagion::Bass { .. });
        assert_eq!(person[2].probability > 0.0, alone, "{contagion:?}");
        if let Some(sceptics) = told.standings.get(&Standing::Sceptic) {
            assert!(sceptics[0] < 0.5, "of the third person alone");
        }
    }
}

#[test]
fn plans_win_over_thought_and_lose_against_rivals() {
    // The rival reaches 1 at step 1; ours is due there at step 2, and at 2 (whom nobody tries).
    let rivalry =
        Contagion::Rivalry { chance: TieProbability::Uniform(1.0), meeting: Meeting::FirstCome };
    let scenario = Scenario { rivals: vec!["0".to_owned()], ..scenario(rivalry) };
    let calendar = Calendar { dates: vec![(1, 2), (2, 2)], ..Calendar::default() };
    let graph = one_way(4, &[(0, 1), (2, 3)]);
    let times = model(graph, &scenario, calendar).replicate(&[1, 2], 0).time_of_adoption;
    assert_eq!(times, [NEVER, NEVER, 2, 3]);
    // Everybody who hears thinks for ever; ours is due at step 6.
    let rates = SeizRates { beta: 100.0, ..SeizRates::NONE };
    let calendar = Calendar { given: vec![(0, 0), (1, 6)], ..Calendar::default() };
    let setting = Scenario { replicates: 50, ..self::scenario(Contagion::Seiz(rates)) };
    let told = forecast(&model(path(2), &setting, calendar), &[]);
    assert_eq!(curve(&told), [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0]);
    assert_eq!(told.standings[&Standing::Thinking], [0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]);
}

#[test]
fn calendars_that_make_no_sense_are_refused() {
    let refused = |calendar| {
        let model = Model::new(Arc::new(path(3)), None, None, &Scenario::default());
        model.expect("makes sense").with_calendar(calendar).expect_err("nonsense")
    };
    let calendar = Calendar::default;
    let unknown = ScenarioError::UnknownPerson { person: 3, people: 3 };
    assert_eq!(refused(Calendar { given: vec![(3, 0)], ..calendar() }), unknown);
    assert_eq!(refused(Calendar { dates: vec![(3, 0)], ..calendar() }), unknown);
    assert_eq!(refused(Calendar { before: vec![(3, 0)], ..calendar() }), unknown);
    assert_eq!(refused(Calendar { never: vec![3], ..calendar() }), unknown);
    let push = Push { people: Some(vec![3]), ..Push::pulse(1, 0.5) };
    assert_eq!(refused(Calendar { pushes: vec![push], ..calendar() }), unknown);
    let none = Calendar { capacity: Some(0), ..calendar() };
    assert_eq!(refused(none), ScenarioError::NoCapacity);
    for bad in [-0.1, 1.1, f64::NAN] {
        let push = refused(Calendar { pushes: vec![Push::pulse(1, bad)], ..calendar() });
        assert!(push.to_string().contains("between 0 and 1"), "{push}");
    }
    let backwards = Push { last: 2, ..Push::pulse(3, 0.5) };
    let refusal = refused(Calendar { pushes: vec![backwards], ..calendar() });
    assert_eq!(refusal, ScenarioError::EndsBeforeItStarts { first: 3, last: 2 });
    let both = Calendar { before: vec![(1, 2)], never: vec![2, 1], ..calendar() };
    assert_eq!(refused(both), ScenarioError::BothAdoptedAndNever { person: 1 });
}

fn every_contagion() -> [Contagion; 12] {
    [
        cascade(0.1),
        cascade(0.6),
        Contagion::IndependentCascade(TieProbability::Weighted),
        Contagion::IndependentCascade(TieProbability::PerTie),
        Contagion::LinearThreshold(TieWeight::Equal),
        Contagion::Permission(Threshold::Share(0.4)),
        Contagion::Permission(Threshold::Count(2)),
        Contagion::Bass { p: 0.03, q: 0.6, hazard: Hazard::Exponential },
        Contagion::Fading { beta: 0.3, gamma: 0.4 },
        Contagion::Seiz(SeizRates { sceptics: 0.15, ..SeizRates::USUAL }),
        Contagion::Rivalry { chance: TieProbability::Uniform(0.5), meeting: Meeting::FirstCome },
        Contagion::Playbook,
    ]
}

/// For [`Contagion::Playbook`]: three tries per tie, and an advert.
fn playbook() -> Playbook {
    let advert = PlaybookPush::usual(PushKind::Advert, Reaches::Everyone);
    Playbook {
        channels: ChannelStrengths::all(0.3),
        strength: TieStrength::Alike,
        talk_steps: Some(3),
        pushes: vec![PlaybookPush { rate: 0.1, ..advert }],
        ..Playbook::default()
    }
}

/// A small network, seeds, a scenario and a calendar.
#[derive(Clone, Debug)]
struct Case {
    people: u32,
    arcs: Vec<InfluenceArc>,
    seeds: Vec<PersonIndex>,
    scenario: Scenario,
    calendar: Calendar,
}

impl Case {
    fn model(&self) -> Arc<Model> {
        let graph = InfluenceGraph::from_arcs(self.people as usize, self.arcs.iter().copied());
        model(graph, &self.scenario, self.calendar.clone())
    }

    fn without_calendar(&self) -> Arc<Model> {
        Self { calendar: Calendar::default(), ..self.clone() }.model()
    }
}

fn cases() -> impl Strategy<Value = Case> {
    (2..9_u32).prop_flat_map(|people| {
        let arc = (0..people, 0..people, 1..3_u32, 0.0..=1.0_f64).prop_map(
            |(influencer, audience, ties, value)| InfluenceArc {
                influencer,
                audience,
                ties,
                value,
            },
        );
        let everyone: Vec<PersonIndex> = (0..people).collect();
        let few = || subsequence(everyone.clone(), 0..=people.min(3) as usize);
        let some = || prop_oneof![2 => Just(1.0), 1 => 0.2..=1.0_f64];
        let dated = || prop::collection::vec((0..people, 0..7_u32), 0..3);
        let push = (0..5_u32, 0..4_u32, 0.0..=1.0_f64, prop::option::of(few())).prop_map(
            |(first, more, chance, people)| Push { first, last: first + more, chance, people },
        );
        let calendar = (
            dated(),
            dated(),
            dated(),
            few(),
            prop::collection::vec(push, 0..3),
            prop::option::of(1..4_u32),
        )
            .prop_map(|(given, dates, mut before, never, pushes, capacity)| {
                before.sort_unstable();
                before.dedup_by_key(|it| it.0);
                before.retain(|it| !never.contains(&it.0));
                Calendar { given, dates, before, never, pushes, capacity }
            });
        let contagion = select(every_contagion().to_vec());
        let scenario = (contagion, 1..9_u32, some(), some(), any::<u64>()).prop_map(
            |(contagion, steps, presence, visibility, rng_seed)| Scenario {
                contagion,
                steps,
                presence,
                visibility,
                rng_seed,
                replicates: 30,
                playbook: playbook(),
                ..Scenario::default()
            },
        );
        (Just(people), prop::collection::vec(arc, 0..24), few(), scenario, calendar).prop_map(
            |(people, arcs, seeds, scenario, calendar)| Case {
                people,
                arcs,
                seeds,
                scenario,
                calendar,
            },
        )
    })
}

/// Rules by which who adopts in the end does not depend on when others do.
fn timeless() -> impl Strategy<Value = Contagion> {
    select(every_contagion()[..7].to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_calendar_without_effect_changes_no_replicate(case in cases()) {
        let plain = case.without_calendar();
        let roomy = Calendar { capacity: Some(case.people), ..Calendar::default() };
        let at_once = Calendar {
            dates: case.seeds.iter().map(|&it| (it, 0)).collect(),
            ..Calendar::default()
        };
        let unheard = Calendar { pushes: vec![Push::pulse(1, 0.0)], ..Calendar::default() };
        for calendar in [roomy, at_once, unheard] {
            let same = Case { calendar, ..case.clone() }.model();
            for index in 0..20 {
                prop_assert_eq!(plain.replicate(&case.seeds, index), same.replicate(&case.seeds, index));
            }
        }
    }

    #[test]
    fn threads_and_used_scratches_change_nothing(case in cases()) {
        let model = case.model();
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.expect("threads").install(|| forecast(&model, &case.seeds))
        };
        prop_assert_eq!(with(1), with(3));
        let mut scratch = model.scratch();
        for index in 0..10 {
            model.run(&case.seeds, index, &mut scratch);
            let fresh = model.replicate(&case.seeds, index);
            prop_assert_eq!(scratch.time_of_adoption(), &fresh.time_of_adoption[..]);
        }
    }

    #[test]
    fn nobody_is_lost_in_the_line(mut case in cases(), capacity in 1..4_u32) {
        case.calendar.capacity = Some(capacity);
        let told = forecast(&case.model(), &case.seeds);
        let before = case.calendar.before.len() as f64;
        let mut last = before;
        for it in &told.steps {
            let onboarded = it.cumulative_mean - last;
            last = it.cumulative_mean;
            prop_assert!(onboarded <= f64::from(capacity) + 1e-9, "{} at once", onboarded);
        }
        let waiting = told.standings.get(&Standing::Waiting);
        prop_assert!(waiting.is_none_or(|line| line.iter().all(|&it| it >= 0.0)));
        let planned = told.standings.get(&Standing::Planned);
        prop_assert!(planned.is_none_or(|it| it.is_sorted()));
    }

    #[test]
    fn waiting_costs_time_and_no_adopter(
        mut case in cases(), contagion in timeless(), capacity in 1..4_u32, index in 0..50_u64,
    ) {
        // Long enough for everything to happen, and nothing that a later start would miss.
        case.scenario = Scenario { contagion, steps: 400, presence: 1.0, ..case.scenario };
        case.calendar = Calendar { never: case.calendar.never.clone(), ..Calendar::default() };
        let free = case.model().replicate(&case.seeds, index);
        let line = Calendar { capacity: Some(capacity), ..case.calendar.clone() };
        let line = Case { calendar: line, ..case.clone() }.model().replicate(&case.seeds, index);
        let dates = case.seeds.iter().map(|&it| (it, 7 + it % 3)).collect();
        let later = Calendar { dates, ..case.calendar.clone() };
        let later = Case { calendar: later, ..case.clone() }.model().replicate(&case.seeds, index);
        for person in 0..case.people as usize {
            let free = free.time_of_adoption[person];
            for slow in [line.time_of_adoption[person], later.time_of_adoption[person]] {
                prop_assert_eq!(free == NEVER, slow == NEVER);
                prop_assert!(free <= slow);
            }
        }
    }

    #[test]
    fn one_more_adopter_by_plan_never_loses_another(mut case in cases(), index in 0..50_u64) {
        let competes = matches!(
            case.scenario.contagion, Contagion::Seiz(_) | Contagion::Rivalry { .. }
        );
        prop_assume!(!competes);
        // Whom a line holds up, and whom somebody from before did not convince, is another matter.
        case.calendar.capacity = None;
        let fewer = case.model().replicate(&case.seeds, index);
        case.calendar.given.push((0, 2));
        case.calendar.pushes.push(Push::pulse(1, 0.5));
        let more = case.model().replicate(&case.seeds, index);
        for (with, without) in more.time_of_adoption.iter().zip(&fewer.time_of_adoption) {
            prop_assert!(with <= without);
        }
    }

    #[test]
    fn whoever_declined_could_as_well_have_no_ties_to_others(mut case in cases()) {
        // Thresholds alone are the same in another network: no chance belongs to an arc.
        case.scenario.contagion = Contagion::Permission(Threshold::Count(2));
        case.calendar = Calendar { never: case.calendar.never.clone(), ..Calendar::default() };
        let declined = |person| case.calendar.never.contains(&person);
        let times = case.model().replicate(&case.seeds, 0).time_of_adoption;
        let mut cut = Case { calendar: Calendar::default(), ..case.clone() };
        cut.arcs.retain(|arc| !declined(arc.influencer) && !declined(arc.audience));
        cut.seeds.retain(|&it| !declined(it));
        prop_assert_eq!(times, cut.model().replicate(&cut.seeds, 0).time_of_adoption);
    }
}

/// What one replicate by definition leaves: adopters, people in line and adopters by plan, at the
/// end of each step.
type Curves = [Vec<usize>; 3];

/// Where somebody stands in the simulation by definition.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Open,
    Thinking,
    InLine,
    Adopted,
    Sceptic,
    Rival,
    Declined,
}

/// One replicate straight from the definitions, one coin per person, tie and step, with another
/// generator.
struct Slow<'a> {
    model: &'a Model,
    case: &'a Case,
    place: Vec<Place>,
    /// Step at whose end a person came to their place.
    since: Vec<i64>,
    threshold: Vec<f64>,
    talks: Vec<bool>,
    by_plan: Vec<bool>,
    line: VecDeque<usize>,
    ready: Vec<usize>,
}

impl Slow<'_> {
    fn run(model: &Model, case: &Case, rng: &mut impl Rng) -> Curves {
        let people = case.people as usize;
        let mut slow = Slow {
            model,
            case,
            place: vec![Place::Open; people],
            since: vec![i64::MIN; people],
            threshold: vec![0.0; people],
            talks: vec![false; people],
            by_plan: vec![false; people],
            line: VecDeque::new(),
            ready: Vec::new(),
        };
        slow.begin(rng);
        let mut curves = Curves::default();
        for step in 0..=i64::from(case.scenario.steps) {
            if step > 0 {
                slow.influence(step, rng);
            }
            slow.calendar(step, rng);
            let count = |place| slow.place.iter().filter(|&&it| it == place).count();
            curves[0].push(count(Place::Adopted));
            curves[1].push(count(Place::InLine));
            let planned = (0..people)
                .filter(|&it| slow.by_plan[it] && slow.place[it] == Place::Adopted)
                .count();
            curves[2].push(planned);
        }
        curves
    }

    fn begin(&mut self, rng: &mut impl Rng) {
        let Calendar { before, never, given, .. } = &self.case.calendar;
        for &person in never {
            self.place[person as usize] = Place::Declined;
        }
        for &(person, ago) in before {
            self.place[person as usize] = Place::Adopted;
            self.since[person as usize] = -i64::from(ago);
            let silent = match self.case.scenario.contagion {
                Contagion::Fading { gamma, .. } => (0..ago).any(|_| rng.random::<f64>() < gamma),
                _ => false,
            };
            self.talks[person as usize] = !silent;
        }
        let expected = |person: usize| {
            let person = u32::try_from(person).expect("few people");
            self.case.seeds.contains(&person) || given.iter().any(|it| it.0 == person)
        };
        match self.case.scenario.contagion {
            Contagion::Seiz(rates) => {
                for person in 0..self.place.len() {
                    if self.place[person] == Place::Open
                        && !expected(person)
                        && rng.random::<f64>() < rates.sceptics
                    {
                        self.place[person] = Place::Sceptic;
                    }
                }
            }
            Contagion::Rivalry { .. } => {
                let graph = self.model.graph();
                let size = |it: usize| graph.audience_of(u32::try_from(it).expect("few")).len();
                let mut others: Vec<usize> = (0..self.place.len())
                    .filter(|&it| self.place[it] == Place::Open && !expected(it))
                    .collect();
                others.sort_by_key(|&it| (std::cmp::Reverse(size(it)), it));
                let earlier = before.iter().filter(|it| it.1 > 0).count();
                let starters = earlier + (0..self.place.len()).filter(|&it| expected(it)).count();
                for person in others.into_iter().take(starters) {
                    self.place[person] = Place::Rival;
                    self.since[person] = 0;
                }
            }
            _ => {}
        }
        for person in 0..self.place.len() {
            let withstood: f64 = self
                .arcs_into(person)
                .into_iter()
                .filter(|it| self.place[it.0] == Place::Adopted && self.since[it.0] < 0)
                .map(|it| self.model.weight(it.1))
                .sum();
            // Uniform in (withstood, 1].
            self.threshold[person] = withstood + (1.0 - withstood) * (1.0 - rng.random::<f64>());
        }
    }

    /// Influencers of a person, and the arcs.
    fn arcs_into(&self, person: usize) -> Vec<(usize, usize)> {
        let graph = self.model.graph();
        let person = u32::try_from(person).expect("few people");
        let row = graph.influences_on(person).iter().zip(graph.arcs_into(person));
        row.map(|(&who, &arc)| (who as usize, arc as usize)).collect()
    }

    fn influence(&mut self, step: i64, rng: &mut impl Rng) {
        let before = self.place.clone();
        let since = self.since.clone();
        for person in 0..before.len() {
            if !matches!(before[person], Place::Open | Place::Thinking) {
                continue;
            }
            let place = self.moved(person, &before, &since, step, rng);
            if place == Place::Adopted {
                self.ready.push(person);
                self.place[person] = Place::InLine;
            } else if place != before[person] {
                self.place[person] = place;
                self.since[person] = step;
            }
        }
        if let Contagion::Fading { gamma, .. } = self.case.scenario.contagion {
            for (place, talks) in before.iter().zip(&mut self.talks) {
                if *place == Place::Adopted && rng.random::<f64>() < gamma {
                    *talks = false;
                }
            }
        }
    }

    /// Whether somebody hears of it by [`playbook`].
    fn told(
        &self,
        adopted: &[(usize, usize)],
        since: &[i64],
        step: i64,
        rng: &mut impl Rng,
    ) -> bool {
        let Scenario { presence, visibility, .. } = self.model.scenario();
        let talking = adopted.iter().filter(|it| step - since[it.0] <= 3);
        let attempts: u32 = talking.map(|it| self.model.graph().ties(it.1)).sum();
        let chance = 0.3 * presence * visibility;
        let told = (0..attempts).filter(|_| rng.random::<f64>() < chance).count() > 0;
        rng.random::<f64>() < 0.1 || told
    }

    /// Where influence takes a person who has not decided.
    fn moved(
        &self,
        person: usize,
        before: &[Place],
        since: &[i64],
        step: i64,
        rng: &mut impl Rng,
    ) -> Place {
        let scenario = self.model.scenario();
        let (graph, row) = (self.model.graph(), self.arcs_into(person));
        let is_present = rng.random::<f64>() < scenario.presence;
        let adopted: Vec<(usize, usize)> =
            row.iter().copied().filter(|it| before[it.0] == Place::Adopted).collect();
        let ties = |place: Place| -> f64 {
            let of = row.iter().filter(|it| before[it.0] == place);
            of.map(|it| f64::from(graph.ties(it.1))).sum()
        };
        let all_ties = row.iter().map(|it| f64::from(graph.ties(it.1))).sum::<f64>().max(1.0);
        let adopts = match scenario.contagion {
            Contagion::IndependentCascade(_) => {
                adopted
                    .iter()
                    .filter(|it| since[it.0] == step - 1)
                    .filter(|it| rng.random::<f64>() < self.model.probability(it.1))
                    .count()
                    > 0
            }
            Contagion::LinearThreshold(_) => {
                let pull = |earlier: bool| -> f64 {
                    let those = adopted.iter().filter(|it| (since[it.0] < 0) == earlier);
                    those.map(|it| self.model.weight(it.1)).sum()
                };
                let fresh = pull(false);
                is_present && fresh > 0.0 && pull(true) + fresh >= self.threshold[person] - 1e-12
            }
            Contagion::Permission(rule) => {
                let enough = match rule {
                    Threshold::Share(share) => share * row.len() as f64,
                    Threshold::Count(count) => f64::from(count),
                    Threshold::PerPerson => unreachable!("not drawn"),
                };
                let seen = scenario.visibility * adopted.len() as f64;
                is_present && !row.is_empty() && seen >= enough - 1e-12
            }
            Contagion::Bass { p, q, .. } => {
                let rate = p + q * scenario.visibility * ties(Place::Adopted) / all_ties;
                is_present && rng.random::<f64>() < 1.0 - (-rate).exp()
            }
            Contagion::Fading { beta, .. } => {
                let tried = adopted.iter().filter(|it| self.talks[it.0]);
                let chance = beta * scenario.presence * scenario.visibility;
                let attempts: u32 = tried.map(|it| graph.ties(it.1)).sum();
                (0..attempts).filter(|_| rng.random::<f64>() < chance).count() > 0
            }
            Contagion::Playbook => self.told(&adopted, since, step, rng),
            Contagion::Seiz(rates) => {
                let seen = |place| scenario.visibility * ties(place) / all_ties;
                let by_adopters = rates.beta * seen(Place::Adopted);
                let by_sceptics = rates.b * seen(Place::Sceptic);
                let rate = if before[person] == Place::Thinking {
                    rates.rho * seen(Place::Adopted) + rates.epsilon
                } else {
                    by_adopters + by_sceptics
                };
                if !is_present || rng.random::<f64>() >= 1.0 - (-rate).exp() {
                    return before[person];
                }
                if before[person] == Place::Thinking {
                    true
                } else {
                    let from_adopter =
                        rng.random::<f64>() * (by_adopters + by_sceptics) < by_adopters;
                    let at_once =
                        rng.random::<f64>() < if from_adopter { rates.p } else { rates.l };
                    match (at_once, from_adopter) {
                        (true, true) => true,
                        (true, false) => return Place::Sceptic,
                        (false, _) => return Place::Thinking,
                    }
                }
            }
            Contagion::Rivalry { .. } => {
                let mut live = |place: Place| {
                    let tried =
                        row.iter().filter(|it| before[it.0] == place && since[it.0] == step - 1);
                    // One coin per arc; the scenario's chance is uniform.
                    tried
                        .filter(|it| {
                            let missed = 0.5_f64.powf(f64::from(graph.ties(it.1)));
                            let reached = scenario.presence * scenario.visibility;
                            rng.random::<f64>() < (1.0 - missed) * reached
                        })
                        .count() as f64
                };
                let (ours, theirs) = (live(Place::Adopted), live(Place::Rival));
                if ours + theirs == 0.0 {
                    return before[person];
                }
                if rng.random::<f64>() * (ours + theirs) >= ours {
                    return Place::Rival;
                }
                true
            }
        };
        if adopts { Place::Adopted } else { before[person] }
    }

    /// Plans, pushes and the line, at the end of a step.
    fn calendar(&mut self, step: i64, rng: &mut impl Rng) {
        let Calendar { given, dates, pushes, capacity, .. } = &self.case.calendar;
        let due = |it: u32| i64::from(it) == step;
        for person in 0..self.place.len() {
            let number = u32::try_from(person).expect("few people");
            let date = dates.iter().filter(|it| it.0 == number).map(|it| it.1).min().unwrap_or(0);
            let is_due = given.iter().any(|it| it.0 == number && due(it.1))
                || (self.case.seeds.contains(&number) && due(date));
            // Who is moved at the very start is no sceptic.
            let is_open = matches!(self.place[person], Place::Open | Place::Thinking)
                || (step == 0 && self.place[person] == Place::Sceptic);
            let pushed = pushes
                .iter()
                .filter(|it| (i64::from(it.first)..=i64::from(it.last)).contains(&step))
                .filter(|it| it.people.as_ref().is_none_or(|some| some.contains(&number)))
                .filter(|it| rng.random::<f64>() < it.chance)
                .count()
                > 0;
            if is_open && (is_due || pushed) {
                self.by_plan[person] = is_due;
                self.place[person] = Place::InLine;
                self.ready.push(person);
            }
        }
        for at in (1..self.ready.len()).rev() {
            self.ready.swap(at, rng.random_range(0..=at));
        }
        self.line.extend(self.ready.drain(..));
        for _ in 0..capacity.unwrap_or(u32::MAX) {
            let Some(person) = self.line.pop_front() else { break };
            self.place[person] = Place::Adopted;
            self.since[person] = step;
            self.talks[person] = true;
        }
    }
}

proptest! {
    // 120 networks, three curves of up to nine steps each: some 2,500 comparisons at 5 standard
    // errors.
    #![proptest_config(ProptestConfig {
        cases: 120,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1991),
        ..ProptestConfig::default()
    })]

    #[test]
    fn replicates_follow_their_definition(mut case in cases()) {
        const REPLICATES: u32 = 4_000;
        case.scenario.replicates = REPLICATES;
        let model = case.model();
        let steps = case.scenario.steps as usize;
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(case.scenario.rng_seed ^ 7);
        let mut sums = vec![[0.0; 3]; steps + 1];
        let mut squares = vec![[0.0; 3]; steps + 1];
        for _ in 0..REPLICATES {
            let curves = Slow::run(&model, &case, &mut rng);
            for (which, curve) in curves.iter().enumerate() {
                for (step, &people) in curve.iter().enumerate() {
                    sums[step][which] += people as f64;
                    squares[step][which] += (people * people) as f64;
                }
            }
        }
        let told = forecast(&model, &case.seeds);
        let adopters = curve(&told);
        let standing = |it: Standing| told.standings.get(&it).cloned().unwrap_or_default();
        let curves = [adopters, standing(Standing::Waiting), standing(Standing::Planned)];
        let n = f64::from(REPLICATES);
        for step in 0..=steps {
            for (which, curve) in curves.iter().enumerate() {
                let mean = curve.get(step).or(curve.last()).copied().unwrap_or(0.0);
                let expected = sums[step][which] / n;
                let variance = (squares[step][which] / n - expected * expected).max(0.0);
                let se = (2.0 * variance / n).sqrt().max(1.0 / n);
                prop_assert!(
                    (mean - expected).abs() <= 5.0 * se,
                    "curve {} at step {}: {} instead of {} ± {}", which, step, mean, expected, se
                );
            }
        }
    }
}
