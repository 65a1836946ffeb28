//! What is told of a course, against slow ways to find the same.

use std::sync::Arc;

use rand::RngExt;

use super::{ConversionRule, Conversions, Start};
use crate::diffusion::run::{Chances, skipped};
use crate::diffusion::{
    Calendar, Contagion, Hazard, Meeting, Model, NEVER, Playbook, PlaybookPush, Push, PushKind,
    Reaches, Replicate, Scenario, SeizRates, Threshold, TieProbability, TieWeight,
};
use crate::network::{InfluenceArc, InfluenceGraph, PersonIndex};
use crate::random::{Purpose, stream};

/// A network drawn by chance; the values of ties differ, and add up to at most 1 for each listener.
fn graph(people: u32, arcs_each: u32, rng_seed: u64) -> InfluenceGraph {
    let mut chance = stream(rng_seed, Purpose::Layout, 9);
    let arcs: Vec<InfluenceArc> = (0..people)
        .flat_map(|audience| (0..arcs_each).map(move |_| audience))
        .map(|audience| InfluenceArc {
            influencer: chance.random_range(0..people),
            audience,
            ties: 1,
            value: chance.random_range(0.3..1.0) / f64::from(arcs_each),
        })
        .collect();
    InfluenceGraph::from_arcs(people as usize, arcs)
}

fn model(graph: &Arc<InfluenceGraph>, contagion: Contagion) -> Model {
    with(graph, |it| it.contagion = contagion)
}

fn with(graph: &Arc<InfluenceGraph>, change: impl FnOnce(&mut Scenario)) -> Model {
    let mut scenario = Scenario { steps: 40, ..Scenario::default() };
    change(&mut scenario);
    Model::new(Arc::clone(graph), None, None, &scenario).expect("makes sense")
}

fn every_contagion() -> Vec<Contagion> {
    let cascade = |p| Contagion::IndependentCascade(TieProbability::Uniform(p));
    vec![
        cascade(0.2),
        // So likely that coins are drawn in words.
        cascade(0.9),
        Contagion::IndependentCascade(TieProbability::Weighted),
        Contagion::IndependentCascade(TieProbability::PerTie),
        Contagion::LinearThreshold(TieWeight::PerTie),
        Contagion::Permission(Threshold::Share(0.4)),
        Contagion::Permission(Threshold::Count(2)),
        Contagion::Bass { p: 0.02, q: 0.5, hazard: Hazard::Exponential },
        Contagion::Bass { p: 0.02, q: 0.5, hazard: Hazard::Additive },
        Contagion::Fading { beta: 0.15, gamma: 0.3 },
        Contagion::Seiz(SeizRates {
            beta: 0.8,
            b: 0.3,
            p: 0.5,
            l: 0.3,
            rho: 0.4,
            epsilon: 0.05,
            sceptics: 0.05,
        }),
        Contagion::Rivalry { chance: TieProbability::Uniform(0.3), meeting: Meeting::FirstCome },
        Contagion::Playbook,
    ]
}

/// A plan with everything that has people adopt without anybody's influence, and a line.
fn calendar() -> Calendar {
    Calendar {
        given: vec![(41, 3)],
        dates: vec![(1, 2)],
        before: vec![(50, 4), (51, 0)],
        never: vec![60],
        pushes: vec![Push::pulse(2, 0.1)],
        capacity: Some(7),
    }
}

/// That a course is told as it went: the same as without, everyone once, moved by earlier adopters
/// whom they listen to.
fn check(model: &Model, seeds: &[PersonIndex], index: u64) -> (Replicate, Conversions) {
    let (replicate, told) = Conversions::watch(model, seeds, index);
    assert_eq!(replicate, model.replicate(seeds, index), "{:?}", model.scenario().contagion);
    let times = &replicate.time_of_adoption;
    let mut reached = 0;
    for person in (0..).take(times.len()) {
        let at = person as usize;
        match told.by[at] {
            Some(by) => {
                assert!(times[by as usize] < times[at] && times[at] != NEVER);
                assert!(model.graph().influences_on(person).contains(&by));
                assert!(told.converted_by(by).contains(&person) && told.start_of(person).is_none());
            }
            None => assert_eq!(told.start_of(person).is_some(), times[at] != NEVER),
        }
        reached += u32::from(told.by[at].is_some());
    }
    let below: u32 = told.roots().iter().map(|&it| told.through[it as usize]).sum();
    assert_eq!(below, reached, "everyone stands somewhere in the tree");
    let adopters = replicate.adopters() as usize;
    assert_eq!(below as usize + told.roots().len(), adopters);
    (replicate, told)
}

#[test]
fn a_watched_course_is_the_same_course() {
    let graph = Arc::new(graph(300, 5, 1));
    let seeds: Vec<PersonIndex> = (0..30).collect();
    for contagion in every_contagion() {
        for (presence, churn) in [(1.0, 0.0), (0.7, 0.1)] {
            let change = |it: &mut Scenario| {
                (it.contagion, it.presence, it.churn) = (contagion, presence, churn);
                let push = PlaybookPush::usual(PushKind::TradeShow, Reaches::Everyone);
                it.playbook = Playbook { pushes: vec![push], ..Playbook::default() };
            };
            let mut moved = 0;
            for index in 0..5 {
                let (_, told) = check(&with(&graph, change), &seeds, index);
                moved += told.by.iter().flatten().count();
                let planned = with(&graph, change).with_calendar(calendar()).expect("a plan");
                check(&planned, &seeds, index);
            }
            assert!(moved > 5, "{contagion:?}: somebody is moved");
        }
    }
}

/// Whom the live ties of one person lead to: whom they move alone, in one step.
fn moved_alone(model: &Model, person: PersonIndex, index: u64) -> Vec<PersonIndex> {
    let alone = model.replicate(&[person], index);
    (0..).zip(alone.time_of_adoption).filter(|it| it.1 == 1).map(|it| it.0).collect()
}

/// The strongest of those who moved somebody, and how many others did.
fn named(
    graph: &InfluenceGraph,
    person: PersonIndex,
    movers: &[PersonIndex],
) -> (Option<PersonIndex>, u32) {
    let value = |by: PersonIndex| {
        let arc = graph.iter_arcs().find(|it| (it.influencer, it.audience) == (by, person));
        arc.expect("an arc").value
    };
    let mut best: Option<PersonIndex> = None;
    for &mover in movers {
        if best.is_none_or(|it| value(mover) > value(it)) {
            best = Some(mover);
        }
    }
    (best, u32::try_from(movers.len().saturating_sub(1)).expect("few"))
}

#[test]
fn in_a_cascade_the_converter_is_whose_try_succeeded() {
    let graph = Arc::new(graph(120, 5, 2));
    let people = || 0..120_u32;
    let (mut alone, mut several, mut not_last) = (0, 0, 0);
    for contagion in every_contagion().into_iter().take(4) {
        let model = model(&graph, contagion);
        for index in 0..20 {
            let live: Vec<_> = people().map(|it| moved_alone(&model, it, index)).collect();
            let (replicate, told) = check(&model, &[0, 1, 2], index);
            let times = &replicate.time_of_adoption;
            for person in people().filter(|&it| !matches!(times[it as usize], 0 | NEVER)) {
                let before = times[person as usize] - 1;
                let just_adopted = |it: &PersonIndex| times[*it as usize] == before;
                let movers: Vec<_> = people()
                    .filter(just_adopted)
                    .filter(|&it| live[it as usize].contains(&person))
                    .collect();
                let at = person as usize;
                assert_eq!((told.by[at], told.others[at]), named(&graph, person, &movers));
                let likely: Vec<_> =
                    graph.influences_on(person).iter().copied().filter(just_adopted).collect();
                alone += u32::from(movers.len() == 1);
                several += u32::from(movers.len() > 1);
                not_last += u32::from(named(&graph, person, &likely).0 != told.by[at]);
            }
        }
    }
    assert!(alone > 100 && several > 100, "{alone} {several}");
    assert!(not_last > 20, "{not_last} of whom the strongest tie alone would tell the wrong one");
}

#[test]
fn in_a_fading_buzz_the_converter_is_whose_try_succeeded_first() {
    let graph = Arc::new(graph(120, 5, 3));
    let (beta, gamma) = (0.15_f64, 0.3);
    let model = model(&graph, Contagion::Fading { beta, gamma });
    for index in 0..20 {
        let chances = Chances::of_replicate(1, index);
        let (replicate, told) = check(&model, &[0, 1, 2], index);
        let times = &replicate.time_of_adoption;
        for person in (0..120_u32).filter(|&it| !matches!(times[it as usize], 0 | NEVER)) {
            let mut movers = Vec::new();
            for (arc, it) in (0_u64..).zip(graph.iter_arcs()) {
                let start = times[it.influencer as usize];
                if it.audience != person || start == NEVER {
                    continue;
                }
                let tries = 1 + skipped(chances.waiting.unit(it.influencer.into()), gamma);
                let missed = (1.0 - beta).powf(f64::from(it.ties));
                let failed = skipped(chances.influence.unit(arc), 1.0 - missed);
                let hit = u64::from(start) + 1 + failed;
                if failed < tries && hit == u64::from(times[person as usize]) {
                    movers.push(it.influencer);
                }
            }
            let at = person as usize;
            assert_eq!((told.by[at], told.others[at]), named(&graph, person, &movers));
        }
    }
}

#[test]
fn under_a_threshold_the_converter_is_the_last_straw() {
    // Absent people act late, when others adopted in the meantime: these were not needed.
    let graph = Arc::new(graph(200, 5, 4));
    let model = with(&graph, |it| {
        it.contagion = Contagion::Permission(Threshold::Count(2));
        it.presence = 0.4;
    });
    let (mut told_of, mut later) = (0, 0);
    for index in 0..10 {
        let (replicate, told) = check(&model, &[0, 1, 2, 3, 4, 5, 6, 7], index);
        assert_eq!(told.rule, ConversionRule::LastStraw);
        let times = &replicate.time_of_adoption;
        for person in (0..200_u32).filter(|&it| !matches!(times[it as usize], 0 | NEVER)) {
            let seen = graph.influences_on(person);
            let by = |step: u32| seen.iter().filter(move |it| times[**it as usize] <= step);
            let tipped = (0..=40).find(|&step| by(step).count() >= 2).expect("saw two");
            let straws: Vec<_> =
                by(tipped).copied().filter(|&it| times[it as usize] == tipped).collect();
            let at = person as usize;
            assert_eq!((told.by[at], told.others[at]), named(&graph, person, &straws));
            told_of += 1;
            later += u32::from(by(times[at] - 1).count() > by(tipped).count());
        }
    }
    assert!(told_of > 100 && later > 10, "{told_of} {later}");
}

#[test]
fn a_weighed_threshold_needs_everyone_named() {
    // Without the straws the weight stays below the threshold: the same replicate in which their ties
    // weigh nothing has the person adopt later or never.
    let graph = Arc::new(graph(80, 4, 5));
    let rule = Contagion::LinearThreshold(TieWeight::PerTie);
    let whole = model(&graph, rule);
    let mut checked = 0;
    for index in 0..10 {
        let (replicate, told) = check(&whole, &[0, 1, 2, 3], index);
        let times = &replicate.time_of_adoption;
        for person in (0..80_u32).filter(|&it| told.by[it as usize].is_some()) {
            let by = told.by[person as usize].expect("just seen");
            let without = InfluenceGraph::from_arcs(
                80,
                graph.iter_arcs().map(|it| {
                    let is_straw = it.audience == person
                        && times[it.influencer as usize] == times[by as usize];
                    InfluenceArc { value: if is_straw { 0.0 } else { it.value }, ..it }
                }),
            );
            let again = model(&Arc::new(without), rule).replicate(&[0, 1, 2, 3], index);
            assert!(again.time_of_adoption[person as usize] > times[person as usize]);
            checked += 1;
        }
    }
    assert!(checked > 50, "{checked}");
}

#[test]
fn where_all_sway_together_one_is_drawn_by_rates() {
    // Three seeds influence person 3: one of them along three ties.
    let arc = |influencer, ties| InfluenceArc { influencer, audience: 3, ties, value: 0.1 };
    let graph = Arc::new(InfluenceGraph::from_arcs(4, [arc(0, 1), arc(1, 1), arc(2, 3)]));
    let model = model(&graph, Contagion::Bass { p: 0.1, q: 0.3, hazard: Hazard::Exponential });
    let mut counts = [0.0; 4];
    let courses = 20_000;
    for index in 0..courses {
        let (replicate, told) = Conversions::watch(&model, &[0, 1, 2], index);
        if replicate.time_of_adoption[3] == NEVER {
            continue;
        }
        let by = told.by[3].map_or(3, |it| it as usize);
        counts[by] += 1.0;
        assert_eq!(told.others[3], if by == 3 { 0 } else { 2 });
        assert_eq!(told.start_of(3), (by == 3).then_some(&Start::OwnAccord));
    }
    // Of a rate of .4: .1 by themselves, .3 through others, of which three fifths one person.
    let all: f64 = counts.iter().sum();
    for (count, share) in counts.into_iter().zip([0.15, 0.15, 0.45, 0.25]) {
        let error = (share * (1.0 - share) / all).sqrt();
        assert!((count / all - share).abs() < 4.0 * error, "{counts:?}");
    }
}

#[test]
fn what_moves_those_whom_nobody_moves_is_told() {
    let graph = Arc::new(InfluenceGraph::from_arcs(6, []));
    let expo = PlaybookPush {
        rate: 1.0,
        name: "Expo".to_owned(),
        ..PlaybookPush::usual(PushKind::TradeShow, Reaches::Everyone)
    };
    let model = with(&graph, |it| {
        it.contagion = Contagion::Playbook;
        it.playbook = Playbook { pushes: vec![expo], ..Playbook::default() };
    });
    let plan = Calendar {
        before: vec![(1, 3)],
        never: vec![4],
        pushes: vec![Push { people: Some(vec![2]), ..Push::pulse(1, 1.0) }],
        ..Calendar::default()
    };
    let (_, told) = check(&model.with_calendar(plan).expect("a plan"), &[0], 0);
    let starts: Vec<_> = (0..6).map(|it| told.start_of(it).cloned()).collect();
    let expo = Some(Start::Push("Expo".to_owned()));
    let (seed, earlier, nudge) = (Some(Start::Seed), Some(Start::Earlier), Some(Start::Nudge));
    assert_eq!(starts, [seed, earlier, nudge, expo.clone(), None, expo]);
}

#[test]
fn who_had_been_moved_before_their_date_is_not_planned() {
    let graph = Arc::new(InfluenceGraph::from_arcs(3, [(0, 1), (1, 2)].map(certain)));
    let rule = Contagion::IndependentCascade(TieProbability::Uniform(1.0));
    let plan = Calendar { dates: vec![(1, 5), (2, 1)], ..Calendar::default() };
    let model = model(&graph, rule).with_calendar(plan).expect("a plan");
    let (replicate, told) = check(&model, &[0, 1, 2], 0);
    assert_eq!(replicate.time_of_adoption, [0, 1, 1]);
    assert_eq!(told.by, [None, Some(0), None], "the first by their friend, the second as planned");
}

fn certain((influencer, audience): (PersonIndex, PersonIndex)) -> InfluenceArc {
    InfluenceArc { influencer, audience, ties: 1, value: 1.0 }
}
