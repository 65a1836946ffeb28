//! The playbook against its own formula, worked out by hand or by full enumeration, and against
//! published numbers.

#[path = "classics/mod.rs"]
mod classics;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use classics::{mutual, shared};
use jaywalk::assemble::ListedRow;
use jaywalk::diffusion::{
    CHANNELS, Calendar, Cause, ChannelStrengths, Contagion, Ensemble, Forecast, Model, Part,
    Playbook, PlaybookPush, Push, PushKind, Reaches, Scenario, ScenarioError, StepUnit,
    TieStrength, Translators,
};
use jaywalk::import::{self, Answers, Input};
use jaywalk::network::{
    Channel, ColumnRule, EvidenceKind, InfluenceArc, InfluenceGraph, Network, Person, PersonIndex,
    Picks, Tie, TieEvidence, Ties,
};
use jaywalk::project::{Decisions, Project};

const REPLICATES: u32 = 100_000;

fn scenario(playbook: Playbook, steps: u32) -> Scenario {
    Scenario {
        contagion: Contagion::Playbook,
        playbook,
        steps,
        replicates: REPLICATES,
        rng_seed: 77,
        ..Scenario::default()
    }
}

fn push(
    name: &str,
    (from, until): (u32, Option<u32>),
    rate: f64,
    reaches: Reaches,
) -> PlaybookPush {
    PlaybookPush { name: name.to_owned(), kind: PushKind::Other, from, until, rate, reaches }
}

fn constant(rate: f64) -> PlaybookPush {
    push("constant", (1, None), rate, Reaches::Everyone)
}

/// Every tie alike, with this chance per step.
fn alike(chance: f64) -> Playbook {
    Playbook { channels: ChannelStrengths::all(chance), ..Playbook::SILENT }
}

fn bare(graph: InfluenceGraph, scenario: &Scenario) -> Arc<Model> {
    Arc::new(Model::new(Arc::new(graph), None, None, scenario).expect("makes sense"))
}

fn on(network: &Network, scenario: &Scenario) -> Result<Arc<Model>, ScenarioError> {
    let graph = Arc::new(network.influence_graph());
    Model::prepare(network, graph, scenario).map(Arc::new)
}

fn run(model: &Arc<Model>, seeds: &[PersonIndex]) -> Forecast {
    let mut ensemble = Ensemble::new(Arc::clone(model), seeds.to_vec(), true).expect("seeds exist");
    ensemble.finish();
    ensemble.forecast()
}

fn assert_mean(told: f64, exact: f64, replicates: f64, what: &str) {
    // Counts of few people: their variance is at most about that of a Poisson count.
    let se = ((exact + exact * exact) / replicates).sqrt().max(1.0 / replicates);
    assert!((told - exact).abs() <= 4.0 * se, "{what}: {told} instead of {exact} (se {se})");
}

/// Everything that acts on a person at a step: what it is, and its chance.
type Acts<'a> = dyn Fn(&[u32], usize, u32) -> Vec<(Cause, f64)> + 'a;

/// New adopters by step and cause, exactly: over all courses, where `acts` tells what acts on a
/// person given everybody's step of adoption (`u32::MAX` for none).
fn enumerated(
    people: usize,
    seeds: &[usize],
    steps: u32,
    acts: &Acts<'_>,
) -> Vec<BTreeMap<String, f64>> {
    let mut start = vec![u32::MAX; people];
    for &seed in seeds {
        start[seed] = 0;
    }
    let mut courses: BTreeMap<Vec<u32>, f64> = [(start, 1.0)].into();
    let mut told = vec![BTreeMap::new()];
    told[0].insert("seeds".to_owned(), seeds.len() as f64);
    for step in 1..=steps {
        let mut next = BTreeMap::new();
        let mut new = BTreeMap::new();
        for (course, probability) in courses {
            let open: Vec<usize> = (0..people).filter(|&it| course[it] == u32::MAX).collect();
            let mut hazards = Vec::new();
            for &person in &open {
                let acting = acts(&course, person, step);
                let missed: f64 = acting.iter().map(|(_, chance)| 1.0 - chance).product();
                let rates: f64 = acting.iter().map(|(_, chance)| -(1.0 - chance).ln()).sum();
                for (cause, chance) in &acting {
                    let share = if rates > 0.0 { -(1.0 - chance).ln() / rates } else { 0.0 };
                    *new.entry(cause.label().to_owned()).or_default() +=
                        probability * (1.0 - missed) * share;
                }
                hazards.push(1.0 - missed);
            }
            for subset in 0..1_u32 << open.len() {
                let mut course = course.clone();
                let mut chance = probability;
                for (at, &person) in open.iter().enumerate() {
                    if subset & 1 << at == 0 {
                        chance *= 1.0 - hazards[at];
                    } else {
                        chance *= hazards[at];
                        course[person] = step;
                    }
                }
                *next.entry(course).or_default() += chance;
            }
        }
        courses = next;
        told.push(new);
    }
    told
}

/// Ana online and face to face to Bo, mail both ways between Bo and Cy, untold from Cy to Dee, phone
/// from Ana to Dee; Ana and Bo work for Alder, Cy for Birch, and of Dee nothing is known.
fn four() -> Network {
    let person = |(name, client): (&str, &str)| Person {
        id: name.to_lowercase().into(),
        name: name.to_owned().into(),
        facts: Some(("client", client)).filter(|_| !client.is_empty()).into_iter().collect(),
        is_owner: false,
    };
    let seen = |kind, channel| TieEvidence {
        kind,
        channel,
        source: 0,
        count: 1,
        group_size: 2,
        last_seen: None,
    };
    let mut ties = Ties::default();
    let both = [
        seen(EvidenceKind::Message, Some(Channel::Online)),
        seen(EvidenceKind::Meeting, Some(Channel::FaceToFace)),
    ];
    ties.push(Tie::new(0, 1, 0.05), both);
    ties.push(
        Tie { mutual: true, ..Tie::new(1, 2, 0.01) },
        [seen(EvidenceKind::Mail, Some(Channel::Mail))],
    );
    ties.push(Tie::new(2, 3, 0.001), [seen(EvidenceKind::Listed, None)]);
    ties.push(Tie::new(0, 3, 0.05), [seen(EvidenceKind::Meeting, Some(Channel::Phone))]);
    let people = [("Ana", "Alder"), ("Bo", "Alder"), ("Cy", "Birch"), ("Dee", "")];
    Network { people: people.into_iter().map(person).collect(), ties }
}

fn birch() -> Reaches {
    let picks = Picks::OneOf(["Birch".to_owned()].into());
    Reaches::Where(ColumnRule { column: "client".to_owned(), picks })
}

fn full() -> Playbook {
    Playbook {
        channels: ChannelStrengths {
            online: 0.5,
            mail: 0.8,
            phone: 0.6,
            face_to_face: 0.9,
            referral: 1.0,
            untold: 0.7,
        },
        strength: TieStrength::Classes { stranger: 0.2, friendly: 0.4, friend: 0.7 },
        talk_steps: None,
        week: None,
        translators: Some(Translators { column: "client".to_owned(), factor: 1.5 }),
        pushes: vec![
            push("press", (1, Some(1)), 0.1, Reaches::Everyone),
            push("show", (2, Some(3)), 0.5, Reaches::People(vec!["dee".to_owned()])),
            push("site", (1, None), 0.05, birch()),
        ],
    }
}

/// The formula of science.md 1.13 for [`four`] under [`full`], written out tie by tie.
fn acts_on_four(
    course: &[u32],
    person: usize,
    step: u32,
    talk: u32,
    seen: &dyn Fn(u32) -> f64,
) -> Vec<(Cause, f64)> {
    let mut acting = Vec::new();
    let mut push = |name: &str, runs: bool, chance| {
        if runs {
            acting.push((Cause::Push(name.to_owned()), chance));
        }
    };
    push("press", step == 1, 0.1);
    push("show", person == 3 && (2..=3).contains(&step), 0.5);
    push("site", person == 2, 0.05);
    let ties: [(usize, usize, Cause, f64); 6] = [
        (0, 1, Cause::Channel(Channel::Online), 0.5 * 0.7),
        (0, 1, Cause::Channel(Channel::FaceToFace), 0.9 * 0.7),
        (1, 2, Cause::Channel(Channel::Mail), 0.8 * 0.4 * 1.5),
        (2, 1, Cause::Channel(Channel::Mail), 0.8 * 0.4 * 1.5),
        (2, 3, Cause::Untold, 0.7 * 0.2),
        (0, 3, Cause::Channel(Channel::Phone), 0.6 * 0.7),
    ];
    for (from, to, cause, chance) in ties {
        let since = step.saturating_sub(course[from]);
        if to == person && course[from] < step && since <= talk {
            acting.push((cause, chance * seen(step)));
        }
    }
    acting
}

#[test]
fn every_step_and_cause_is_as_the_formula_says() {
    let steps = 4;
    let week = [1.0, 0.2, 0.0, 0.7, 0.5, 0.0, 0.3];
    for (talk_steps, week, unit) in [
        (None, None, StepUnit::Week),
        (Some(1), None, StepUnit::Week),
        (Some(2), Some(week), StepUnit::Day),
        (None, Some(week), StepUnit::Day),
        (None, Some(week), StepUnit::Month),
    ] {
        let playbook = Playbook { talk_steps, week, ..full() };
        let scenario = Scenario {
            presence: 0.9,
            visibility: 0.8,
            step_unit: unit,
            ..scenario(playbook, steps)
        };
        let told = run(&on(&four(), &scenario).expect("makes sense"), &[0]);
        let seen = |step: u32| match (week, unit) {
            (Some(week), StepUnit::Day) => week[(step as usize - 1) % 7] * 0.72,
            (Some(week), _) => week.iter().sum::<f64>() / 7.0 * 0.72,
            (None, _) => 0.72,
        };
        let talk = talk_steps.unwrap_or(u32::MAX);
        let acts =
            |course: &[u32], person: usize, step| acts_on_four(course, person, step, talk, &seen);
        let exact = enumerated(4, &[0], steps, &acts);
        for (step, exact) in exact.iter().enumerate() {
            for (cause, &exact) in exact {
                let curve = told.causes.iter().find(|it| it.cause.label() == cause);
                let told = curve.and_then(|it| it.new_mean.get(step)).copied().unwrap_or(0.0);
                let what = format!("{cause} at step {step}, {talk_steps:?} {unit:?}");
                assert_mean(told, exact, f64::from(REPLICATES), &what);
            }
        }
    }
}

#[test]
fn pushes_alone_give_one_minus_missing_each_time() {
    let pushes = vec![constant(0.03)];
    let playbook = Playbook { pushes, ..Playbook::SILENT };
    let people = 500;
    let mut scenario = scenario(playbook, 60);
    scenario.replicates = 400;
    let told = run(&bare(InfluenceGraph::from_arcs(people, []), &scenario), &[]);
    for it in &told.steps {
        let share = 1.0 - 0.97_f64.powi(i32::try_from(it.step).expect("few"));
        let (mean, exact) = (it.cumulative_mean, share * people as f64);
        let se = (exact * (1.0 - share) / 400.0).sqrt();
        assert!((mean - exact).abs() <= 4.0 * se + 1e-9, "step {}: {mean}, {exact}", it.step);
    }
    // What is certain happens at once, and a pulse only then.
    let pulse = push("pulse", (3, Some(3)), 1.0, Reaches::Everyone);
    scenario.playbook.pushes = vec![pulse, push("never", (2, None), 0.0, Reaches::Everyone)];
    let told = run(&bare(InfluenceGraph::from_arcs(5, []), &scenario), &[]);
    let new: Vec<f64> = told.steps.iter().map(|it| it.new_mean).collect();
    assert_eq!(new, [0.0, 0.0, 0.0, 5.0]);
    // Later than the horizon, nothing.
    scenario.playbook.pushes = vec![push("late", (61, Some(70)), 1.0, Reaches::Everyone)];
    let told = run(&bare(InfluenceGraph::from_arcs(5, []), &scenario), &[]);
    assert!(told.mean_adopters < 1e-12);
}

#[test]
fn one_channel_without_pushes_is_si() {
    // Who talks at every step and never falls silent is SIR without recovery.
    let graph =
        || mutual(12, (0..12).flat_map(|it| [(it, (it + 1) % 12), (it, (it + 5) % 12)]), 1.0);
    let told = run(&bare(graph(), &scenario(alike(0.1), 15)), &[0]);
    let si = Scenario {
        contagion: Contagion::Fading { beta: 0.1, gamma: 0.0 },
        ..scenario(alike(0.1), 15)
    };
    let known = run(&bare(graph(), &si), &[0]);
    for (one, other) in told.steps.iter().zip(&known.steps) {
        let se = (12.0 * one.cumulative_mean / f64::from(REPLICATES)).sqrt();
        let difference = (one.cumulative_mean - other.cumulative_mean).abs();
        assert!(difference <= 4.0 * se, "step {}: {difference}", one.step);
    }
    // Who talks once is the independent cascade; absent or unseen, each try counts less.
    let path = || mutual(5, (1..5).map(|it| (it - 1, it)), 1.0);
    let once = Playbook { talk_steps: Some(1), ..alike(0.5) };
    let told = run(&bare(path(), &scenario(once.clone(), 20)), &[0]);
    assert_mean(told.mean_adopters, 31.0 / 16.0, f64::from(REPLICATES), "path of five");
    let absent = Scenario { presence: 0.5, ..scenario(once, 20) };
    let told = run(&bare(path(), &absent), &[0]);
    assert_mean(told.mean_adopters, 341.0 / 256.0, f64::from(REPLICATES), "half are there");
    // Parallel ties are as many tries.
    let three = InfluenceArc { influencer: 0, audience: 1, ties: 3, value: 1.0 };
    let once = Playbook { talk_steps: Some(1), ..alike(0.1) };
    let parallel = InfluenceGraph::from_arcs(2, [three]);
    let told = run(&bare(parallel, &scenario(once, 5)), &[0]);
    assert_mean(told.mean_adopters, 1.271, f64::from(REPLICATES), "three parallel ties");
    // Repeated tries wait: at presence a quarter, four times as long on average.
    let pair = || mutual(2, [(0, 1)], 1.0);
    for presence in [1.0, 0.25] {
        let waits = Scenario { presence, ..scenario(alike(0.2), 400) };
        let told = run(&bare(pair(), &waits), &[0]);
        let time = told.per_person.expect("asked for")[1].mean_time.expect("adopts");
        let exact = 1.0 / (0.2 * presence);
        assert!((time - exact).abs() < 4.0 * exact / f64::from(REPLICATES).sqrt(), "{time}");
    }
}

#[test]
fn published_ranges_give_the_published_hazard() {
    // Goldenberg, Libai & Muller 2001: p = 1 - (1-α)(1-β_w)^m (1-β_s)^j for one step.
    for (alpha, weak, strong, contacts) in
        [(0.0005, 0.005, 0.01, 5), (0.01, 0.015, 0.07, 29), (0.005, 0.01, 0.04, 12)]
    {
        let arcs = (1..=2 * contacts).map(|from| InfluenceArc {
            influencer: from,
            audience: 0,
            ties: 1,
            value: if from <= contacts { 0.01 } else { 0.04 },
        });
        let people = 2 * contacts + 1;
        let graph = InfluenceGraph::from_arcs(people as usize, arcs);
        let classes = TieStrength::Classes { stranger: 0.0, friendly: weak, friend: strong };
        let playbook = Playbook { strength: classes, pushes: vec![constant(alpha)], ..alike(1.0) };
        let seeds: Vec<PersonIndex> = (1..people).collect();
        let told = run(&bare(graph, &scenario(playbook, 1)), &seeds);
        let tries = i32::try_from(contacts).expect("few");
        let missed = (1.0 - alpha) * (1.0 - weak).powi(tries) * (1.0 - strong).powi(tries);
        let adopts = told.mean_adopters - f64::from(people - 1);
        let se = (missed * (1.0 - missed) / f64::from(REPLICATES)).sqrt();
        assert!((adopts - 1.0 + missed).abs() <= 4.0 * se, "{adopts}, {}", 1.0 - missed);
    }
}

#[test]
fn adverts_matter_early_and_contacts_later() {
    // The finding of the same paper, on rings with near and far contacts at its mid-ranges.
    let people = 600;
    let near = (0..people).flat_map(|it| (1..=5).map(move |by| (it, (it + by) % people)));
    let far = (0..people).flat_map(|it| {
        (1..=5_u32).map(move |by| (it, (it + 37 * by * by + 11 * (it % 7)) % people))
    });
    let arcs = |pairs: &mut dyn Iterator<Item = (u32, u32)>, value| -> Vec<InfluenceArc> {
        let both = pairs.flat_map(|(a, b)| [(a, b), (b, a)]);
        both.map(|(influencer, audience)| InfluenceArc { influencer, audience, ties: 1, value })
            .collect()
    };
    let mut all = arcs(&mut near.into_iter(), 0.04);
    all.extend(arcs(&mut far.into_iter(), 0.01));
    let graph = InfluenceGraph::from_arcs(people as usize, all);
    let playbook =
        Playbook { strength: TieStrength::GOLDENBERG, pushes: vec![constant(0.005)], ..alike(1.0) };
    let mut scenario = scenario(playbook, 40);
    scenario.replicates = 300;
    let told = run(&bare(graph, &scenario), &[]);
    let advert = &told.causes.iter().find(|it| matches!(it.cause, Cause::Push(_))).expect("advert");
    let share = |steps: std::ops::Range<usize>| {
        let new: f64 = told.steps[steps.clone()].iter().map(|it| it.new_mean).sum();
        advert.new_mean[steps].iter().sum::<f64>() / new
    };
    assert!(share(1..4) > 0.6, "{}", share(1..4));
    assert!(share(15..20) < 0.1, "{}", share(15..20));
}

#[test]
fn causes_add_up_exactly_to_new_adopters() {
    let mut scenario = scenario(full(), 12);
    scenario.replicates = 999;
    let told = run(&on(&four(), &scenario).expect("makes sense"), &[0]);
    assert!(told.causes.len() > 5, "{:?}", told.causes);
    for it in &told.steps {
        let sum: f64 = told.causes.iter().map(|cause| cause.new_mean[it.step as usize]).sum();
        let replicates = f64::from(scenario.replicates);
        let whole = |mean: f64| (mean * replicates).round();
        assert!((sum * replicates - whole(sum)).abs() < 1e-6);
        assert!((whole(sum) - whole(it.new_mean)).abs() < 1e-9, "step {}", it.step);
    }
    // Models that tell no causes have none.
    let cascade = Scenario { contagion: Scenario::default().contagion, ..scenario };
    assert!(run(&on(&four(), &cascade).expect("makes sense"), &[0]).causes.is_empty());
}

#[test]
fn who_adopts_by_plan_or_waits_in_line_keeps_the_cause_that_moved_them() {
    let people = 60;
    let graph = || mutual(people, (0..60).map(|it| (it, (it * 7 + 1) % 60)), 1.0);
    let mut scenario = scenario(Playbook { pushes: vec![constant(0.02)], ..alike(0.2) }, 25);
    scenario.replicates = 500;
    let free = run(&bare(graph(), &scenario), &[3]);
    let calendar = Calendar {
        given: vec![(9, 4), (10, 4)],
        dates: vec![(3, 2)],
        before: vec![(20, 0), (21, 5)],
        never: vec![30],
        pushes: vec![Push::pulse(6, 0.1)],
        capacity: Some(4),
    };
    let graph = Arc::new(graph());
    let model = Model::new(graph, None, None, &scenario).expect("makes sense");
    let model = Arc::new(model.with_calendar(calendar).expect("makes sense"));
    let told = run(&model, &[3]);
    let total = |cause: &Cause| {
        let curve = told.causes.iter().find(|it| it.cause == *cause);
        curve.map_or(0.0, jaywalk::diffusion::CauseCurve::total)
    };
    assert!((total(&Cause::Earlier) - 2.0).abs() < 1e-12);
    // Planned people may come by themselves before their date.
    assert!(total(&Cause::Seed) > 1.5 && total(&Cause::Seed) <= 3.0, "{:?}", total(&Cause::Seed));
    assert!(total(&Cause::Nudge) > 0.5 && total(&Cause::Untold) > total(&Cause::Nudge));
    for it in &told.steps {
        let sum: f64 = told.causes.iter().map(|cause| cause.new_mean[it.step as usize]).sum();
        assert!((sum - it.new_mean).abs() < 1e-9, "step {}", it.step);
        assert!(it.step == 0 || it.new_mean <= 4.0 + 1e-9, "no more than are onboarded");
    }
    assert!((told.per_person.as_ref().expect("asked for")[30].probability).abs() < 1e-12);
    assert!(told.steps[3].cumulative_mean < free.steps[3].cumulative_mean + 3.0);
    // Without limits and dates a calendar changes nothing.
    let plain = bare(mutual(people, (0..60).map(|it| (it, (it * 7 + 1) % 60)), 1.0), &scenario);
    let dated = Calendar { dates: vec![(3, 0)], ..Calendar::default() };
    let graph = Arc::new(plain.graph().clone());
    let model = Model::new(graph, None, None, &scenario).expect("makes sense");
    let model = model.with_calendar(dated).expect("makes sense");
    for index in 0..50 {
        assert_eq!(model.replicate(&[3], index), plain.replicate(&[3], index));
    }
}

/// The event of two layers from its file, channels as its column says.
fn likeminds() -> Option<Network> {
    let path = shared("data/graphs/likeminds201_edges.csv")?;
    let sources =
        import::read(&[Input::Path(path)], &Answers::default(), &mut |_| ControlFlow::Continue(()))
            .ok()?;
    let mut decisions = Decisions::default();
    decisions.tie_rules.listed_row = ListedRow::BothWays;
    let (project, _) = Project::import(sources, decisions);
    Some(project.results().network.as_ref().clone())
}

#[test]
fn an_event_reaches_as_many_as_its_two_channels_let_it() {
    let Some(network) = likeminds() else { return };
    assert_eq!(network.people.len(), 201);
    let channels =
        ChannelStrengths { online: 0.5, face_to_face: 0.3, ..ChannelStrengths::all(0.0) };
    let organiser = network.find("0").expect("the organiser");
    let offline = |told: &Forecast| -> f64 {
        let rows = told.per_person.as_ref().expect("asked for");
        let is_prospect = |id: &str| id.parse().is_ok_and(|it: u32| it > 67);
        let rows = network.people.iter().zip(rows).filter(|(person, _)| is_prospect(&person.id));
        rows.map(|(_, row)| row.probability).sum()
    };
    let forecast = |channels, seeds: &[PersonIndex], replicates| {
        let playbook = Playbook { channels, talk_steps: Some(1), ..Playbook::SILENT };
        let mut scenario = scenario(playbook, 50);
        scenario.replicates = replicates;
        run(&on(&network, &scenario).expect("makes sense"), seeds)
    };
    // science.md section 4, with the digits and standard errors of its reference run.
    let both = forecast(channels, &[organiser], 40_000);
    let se = (both.ci95 / 1.96).hypot(0.011_383_7);
    let total = both.mean_adopters;
    assert!((total - 148.468_547).abs() <= 4.0 * se, "{total} ± {se}");
    assert!((offline(&both) - 84.041_58).abs() <= 4.0 * se, "{}", offline(&both));
    let by = |told: &Forecast, channel| {
        let cause = told.causes.iter().find(|it| it.cause == Cause::Channel(channel));
        cause.map_or(0.0, jaywalk::diffusion::CauseCurve::total)
    };
    let told = by(&both, Channel::Online) + by(&both, Channel::FaceToFace) + 1.0;
    assert!((told - total).abs() < 1e-9, "every adopter came through one of the two");
    let online = ChannelStrengths { face_to_face: 0.0, ..channels };
    let alone = forecast(online, &[organiser], 40_000);
    let se = (alone.ci95 / 1.96).hypot(0.005_152_8);
    assert!((alone.mean_adopters - 57.934_157).abs() <= 4.0 * se, "{}", alone.mean_adopters);
    assert!(offline(&alone) < 1e-12, "nobody offline is online");
    // 67 convinced and 133 who know three of them: 60 to 100 come by themselves.
    let contacts: Vec<PersonIndex> =
        (0..=67_u32).map(|id| network.find(&id.to_string()).expect("a contact")).collect();
    for (p, converts) in [(0.1812, 60.0), (0.3716, 100.0)] {
        let exact = 133.0 * (1.0 - f64::powi(1.0 - p, 3));
        assert!((exact - converts).abs() < 0.05, "{exact}");
        let channels = ChannelStrengths { face_to_face: p, ..ChannelStrengths::all(0.0) };
        let told = forecast(channels, &contacts, 40_000);
        let se = told.ci95 / 1.96;
        assert!(
            (offline(&told) - exact).abs() <= 4.0 * se,
            "{} instead of {exact}",
            offline(&told)
        );
    }
}

#[test]
fn more_seeds_and_stronger_pushes_only_add_adopters() {
    let graph = || mutual(40, (0..60).map(|it| (it % 40, (it * it + 7) % 40)), 1.0);
    let playbook = |rate: f64, chance: f64| Playbook {
        pushes: vec![constant(rate), push("pulse", (3, Some(5)), rate * 2.0, Reaches::Everyone)],
        ..alike(chance)
    };
    let model = |rate, chance| bare(graph(), &scenario(playbook(rate, chance), 20));
    let weak = model(0.004, 0.02);
    let others = [
        (model(0.004, 0.02), vec![1, 9]),
        (model(0.03, 0.02), vec![1]),
        (model(0.004, 0.05), vec![1]),
    ];
    for index in 0..300 {
        let before = weak.replicate(&[1], index).time_of_adoption;
        for (model, seeds) in &others {
            let after = model.replicate(seeds, index).time_of_adoption;
            assert!(before.iter().zip(&after).all(|(before, after)| after <= before));
        }
    }
}

#[test]
fn threads_shards_and_what_ran_before_change_nothing() {
    let network = four();
    let mut setting = Scenario { churn: 0.1, ..scenario(full(), 30) };
    setting.replicates = 300;
    let model = on(&network, &setting).expect("makes sense");
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads").install(|| run(&model, &[0]))
    };
    let whole = with(1);
    assert!(whole == with(2) && whole == with(7));
    let part = |index| {
        let range = Part::range(300, index, 3);
        let mut ensemble =
            Ensemble::shard(Arc::clone(&model), vec![0], true, range).expect("seeds");
        ensemble.finish();
        let written = serde_json::to_string(&Part::of(&ensemble)).expect("a part");
        serde_json::from_str::<Part>(&written).expect("the same part")
    };
    assert_eq!(Part::merge(&[part(2), part(0), part(1)]), Ok(whole));
    let mut scratch = model.scratch();
    for index in 0..60 {
        model.run(&[0], index, &mut scratch);
        assert_eq!(scratch.time_of_adoption(), model.replicate(&[0], index).time_of_adoption);
        assert_eq!(scratch.causes().len(), scratch.adopters().len());
    }
}

#[test]
fn nonsense_is_refused_with_the_name_of_the_push_or_tie() {
    let refused = |change: &dyn Fn(&mut Playbook)| {
        let mut playbook = full();
        change(&mut playbook);
        on(&four(), &scenario(playbook, 5)).expect_err("nonsense").to_string()
    };
    for bad in [-0.1, 1.5, f64::NAN, f64::INFINITY] {
        assert!(
            refused(&|it| it.pushes[0].rate = bad).starts_with("\u{201c}press\u{201d}: its rate")
        );
        assert!(refused(&|it| it.channels.phone = bad).contains("channel phone"));
        assert!(refused(&|it| it.week = Some([bad; 7])).contains("day of the week"));
        let classes = TieStrength::Classes { stranger: 0.1, friendly: bad, friend: 0.1 };
        assert!(refused(&|it| it.strength = classes).contains("friendly tie"));
    }
    assert!(refused(&|it| it.pushes[1].from = 0).contains("first step"));
    assert!(refused(&|it| it.pushes[1].until = Some(1)).contains("before it begins"));
    assert!(refused(&|it| it.pushes[1].name.clear()).contains("needs a name"));
    assert!(refused(&|it| it.pushes[1].reaches = Reaches::People(vec![])).contains("nobody"));
    let stranger = Reaches::People(vec!["zed".to_owned()]);
    assert!(refused(&|it| it.pushes[1].reaches = stranger.clone()).contains("zed"));
    let nobody =
        ColumnRule { column: "tags".to_owned(), picks: Picks::OneOf(["x".to_owned()].into()) };
    assert!(
        refused(&|it| it.pushes[1].reaches = Reaches::Where(nobody.clone())).contains("tags: x")
    );
    assert!(refused(&|it| it.talk_steps = Some(0)).contains("1 step or more"));
    let factor = |factor| Some(Translators { column: "client".to_owned(), factor });
    assert!(refused(&|it| it.translators = factor(-1.0)).contains("factor"));
    let message = refused(&|it| it.translators = factor(4.0));
    assert!(message.contains("from Bo to Cy") || message.contains("from Cy to Bo"), "{message}");
    let column = Translators { column: "guild".to_owned(), factor: 2.0 };
    assert!(refused(&|it| it.translators = Some(column.clone())).contains("guild"));
}

#[test]
fn files_from_before_there_were_playbooks_still_open() {
    let mut saved = serde_json::to_value(Scenario::default()).expect("JSON");
    let removed = saved.as_object_mut().expect("an object").remove("playbook");
    assert!(removed.is_some());
    let opened: Scenario = serde_json::from_value(saved).expect("an old scenario");
    assert_eq!(opened, Scenario::default());
    let told = serde_json::to_string(&scenario(full(), 5)).expect("JSON");
    assert_eq!(serde_json::from_str::<Scenario>(&told).expect("the same"), scenario(full(), 5));
    assert_eq!(CHANNELS.len(), Channel::ALL.len() + 1);
}
