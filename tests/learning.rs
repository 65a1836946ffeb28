//! What happened in two published studies, against what was published about it (science.md 3.1).
//!
//! The data are no part of the project; without them these tests have nothing to do.

#![allow(clippy::float_cmp, reason = "counts in floating point")]

mod classics;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, LazyLock};

use classics::shared;
use jaywalk::assemble::{Merges, TieRules, assemble};
use jaywalk::diffusion::{Contagion, Hazard, Model, NEVER, Scenario, Threshold};
use jaywalk::import::{self, Answers, Input};
use jaywalk::learning::{BassFit, History, Lessons, Market, Method, Study};
use jaywalk::network::{InfluenceArc, InfluenceGraph};

/// A study as published: who named whom, and when each adopted.
struct Published {
    graph: InfluenceGraph,
    history: History,
    ids: Vec<String>,
    groups: Vec<String>,
    lessons: Lessons,
}

fn csv_rows(file: &str) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let text = std::fs::read_to_string(shared(file)?).expect("readable");
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<String>>();
    let mut lines = text.lines().map(cells);
    Some((lines.next()?, lines.collect()))
}

fn published(name: &str) -> Option<Published> {
    let (header, nodes) = csv_rows(&format!("data/diffusion/{name}_nodes.csv"))?;
    let column = |name: &str| header.iter().position(|it| it == name).expect("a column");
    let (id, toa, adopted, group) =
        (column("id"), column("toa"), column("adopted"), column("group"));
    let place: BTreeMap<&str, u32> =
        (0..).zip(&nodes).map(|(at, row)| (row[id].as_str(), at)).collect();
    let (_, edges) = csv_rows(&format!("data/diffusion/{name}_edges.csv"))?;
    // Who was named influences who named them.
    let arcs = edges.iter().map(|row| InfluenceArc {
        influencer: place[row[1].as_str()],
        audience: place[row[0].as_str()],
        ties: 1,
        value: 1.0,
    });
    let graph = InfluenceGraph::from_arcs(nodes.len(), arcs);
    let entries = nodes.iter().map(|row| (row[adopted] == "1").then_some(row[toa].as_str()));
    let history = History::of(entries, None, None).expect("people adopted");
    let lessons = Study::new(&graph, &history).finish();
    let text = |at: usize| nodes.iter().map(|row| row[at].clone()).collect();
    Some(Published { graph, history, ids: text(id), groups: text(group), lessons })
}

static KFAMILY: LazyLock<Option<Published>> = LazyLock::new(|| published("kfamily"));
static BRFARMERS: LazyLock<Option<Published>> = LazyLock::new(|| published("brfarmers"));

fn near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value} instead of {expected}");
}

#[test]
fn the_networks_are_the_published_ones() {
    for (study, people, arcs, mutual, isolates, density) in [
        (&KFAMILY, 1047, 4999, 2136, 11, 0.004_564_6),
        (&BRFARMERS, 692, 1854, 274, 36, 0.003_877_3),
    ] {
        let Some(Published { graph, .. }) = study.as_ref() else { return };
        assert_eq!((graph.people(), graph.arcs()), (people, arcs));
        let reciprocated = graph
            .iter_arcs()
            .filter(|arc| graph.audience_of(arc.audience).binary_search(&arc.influencer).is_ok());
        assert_eq!(reciprocated.count(), mutual);
        let alone = (0..u32::try_from(people).unwrap())
            .filter(|&it| graph.audience_of(it).is_empty() && graph.influences_on(it).is_empty());
        assert_eq!(alone.count(), isolates);
        near(arcs as f64 / (people * (people - 1)) as f64, density, 5e-8);
    }
}

#[test]
fn the_farmers_four_relations_are_the_published_ones() {
    let Some((_, rows)) = csv_rows("data/diffusion/brfarmers_edges_by_relation.csv") else {
        return;
    };
    for (relation, arcs) in
        [("influential", 923), ("friendship", 830), ("practice_advice", 600), ("coop_project", 339)]
    {
        let named = rows.iter().filter(|row| row[2] == relation);
        let list: String = std::iter::once("source,target\n".to_owned())
            .chain(named.map(|row| format!("{},{}\n", row[0], row[1])))
            .collect();
        let input = Input::Bytes { name: "farmers.csv".to_owned(), bytes: list.into_bytes() };
        let go_on = &mut |_| ControlFlow::Continue(());
        let sources = import::read(&[input], &Answers::default(), go_on).expect("a list");
        let assembled = assemble(&sources, &TieRules::default(), &Merges::default());
        assert_eq!(assembled.network.influence_graph().arcs(), arcs, "{relation}");
    }
}

#[test]
fn curves_and_saturation_are_the_published_ones() {
    let Some(korea) = KFAMILY.as_ref() else { return };
    let Some(brazil) = BRFARMERS.as_ref() else { return };
    let cumulative = |it: &Published| -> Vec<usize> {
        it.lessons.periods.iter().map(|row| row.cumulative_adopters).collect()
    };
    assert_eq!(cumulative(korea), [69, 163, 244, 330, 395, 457, 510, 563, 636, 673]);
    assert_eq!(
        cumulative(brazil),
        [6, 8, 12, 18, 50, 53, 56, 70, 73, 163, 169, 211, 228, 269, 333, 388, 452, 497, 540]
    );
    for (study, share, half, saturation, groups) in [
        (korea, 0.6428, ("8", 563), (0.500, 0.822), 25),
        (brazil, 0.7803, ("1961", 388), (0.290, 0.983), 11),
    ] {
        near(study.lessons.periods.last().expect("periods").share, share, 5e-5);
        let row = study.lessons.half_adopted().expect("half adopted");
        assert_eq!((row.label.as_str(), row.cumulative_adopters), half);
        let mut filled: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (group, &time) in study.groups.iter().zip(&study.history.times) {
            let (adopters, people) = filled.entry(group).or_default();
            *adopters += usize::from(time != NEVER);
            *people += 1;
        }
        assert_eq!(filled.len(), groups);
        let shares = || filled.values().map(|&(adopters, people)| adopters as f64 / people as f64);
        near(shares().fold(1.0, f64::min), saturation.0, 5e-4);
        near(shares().fold(0.0, f64::max), saturation.1, 5e-4);
    }
    // Year 16 of the study is 1961.
    assert_eq!(brazil.lessons.half_adopted().expect("half").period, 15);
}

#[test]
fn hazards_and_morans_i_are_netdiffusers() {
    for (study, name) in [(&KFAMILY, "kfamily"), (&BRFARMERS, "brfarmers")] {
        let Some(study) = study.as_ref() else { return };
        let (header, rows) =
            csv_rows(&format!("data/diffusion/{name}_netdiffuseR_summary.csv")).expect("a summary");
        let column = |name: &str| header.iter().position(|it| it == name).expect("a column");
        for (row, expected) in study.lessons.periods.iter().zip(rows) {
            let number = |name: &str| expected[column(name)].parse::<f64>().expect("a number");
            assert_eq!(row.label, expected[column("period")]);
            assert_eq!(row.new_adopters as f64, number("adopt"));
            near(row.share, number("cum_adopt_pcent"), 1e-8);
            near(row.hazard, number("hazard"), 1e-8);
            let moran = row.moran.expect("few enough people");
            near(moran.observed, number("moran_obs"), 1e-8);
            near(moran.expected, number("moran_exp"), 1e-8);
            near(moran.sd.expect("some have adopted"), number("moran_sd"), 1e-8);
        }
    }
    let Some((korea, brazil)) = KFAMILY.as_ref().zip(BRFARMERS.as_ref()) else { return };
    let ends = |it: &Published| {
        let moran = |at: usize| it.lessons.periods[at].moran.expect("worked out").observed;
        (moran(0), moran(it.lessons.periods.len() - 1))
    };
    near(ends(korea).0, 0.003_458, 5e-7);
    near(ends(korea).1, 0.015_934, 5e-7);
    near(ends(brazil).0, -0.019_735, 5e-7);
    near(ends(brazil).1, 0.148_789, 5e-7);
}

#[test]
fn exposures_and_thresholds_are_netdiffusers() {
    for (study, name) in [(&KFAMILY, "kfamily"), (&BRFARMERS, "brfarmers")] {
        let Some(study) = study.as_ref() else { return };
        let (_, rows) =
            csv_rows(&format!("data/diffusion/{name}_exposure_lag0.csv")).expect("exposures");
        let censored = study.history.censored();
        for (person, row) in (0_u32..).zip(&rows) {
            assert_eq!(row[0], study.ids[person as usize]);
            for (at, expected) in (0_u32..).zip(&row[1..]).take(study.history.periods as usize + 1)
            {
                let exposure =
                    jaywalk::learning::exposure(&study.graph, &censored, person, at).unwrap_or(0.0);
                near(exposure, expected.parse().expect("a number"), 5e-7);
            }
        }
        let (header, nodes) =
            csv_rows(&format!("data/diffusion/{name}_nodes.csv")).expect("people");
        let column = |name: &str| header.iter().position(|it| it == name).expect("a column");
        let coded = jaywalk::learning::coded_thresholds(&study.graph, &censored);
        for (row, own) in nodes.iter().zip(coded) {
            near(own, row[column("thr_lag0")].parse().expect("a number"), 5e-7);
        }
    }
}

#[test]
fn means_and_first_movers_are_the_published_ones() {
    for (study, coded, lag0, lag1, without, listeners) in [
        (&KFAMILY, 0.584_465, 0.377_317, 0.329_525, (186, 604), (163, 581)),
        (&BRFARMERS, 0.613_728, 0.551_296, 0.478_565, (155, 534), (116, 495)),
    ] {
        let Some(Published { lessons, .. }) = study.as_ref() else { return };
        let means = lessons.threshold_means;
        near(means.everyone_coded, coded, 5e-7);
        near(means.adopters_lag0, lag0, 5e-7);
        near(means.adopters_lag1, lag1, 5e-7);
        assert_eq!(lessons.without_adopted_contact, without);
        assert_eq!(lessons.without_among_listeners, listeners);
    }
}

#[test]
fn classes_are_the_published_ones() {
    let Some((korea, brazil)) = KFAMILY.as_ref().zip(BRFARMERS.as_ref()) else { return };
    let table = korea.lessons.cross_table.expect("people differ");
    assert_eq!(table.by_time(), [244, 266, 163, 374]);
    assert_eq!(table.by_threshold(), [236, 263, 129, 419]);
    let percent = [
        [14.04, 8.40, 0.57, 0.29],
        [5.64, 11.65, 5.54, 2.58],
        [1.34, 5.06, 6.21, 2.96],
        [1.53, 0.0, 0.0, 34.19],
    ];
    for (row, expected) in table.percent().iter().zip(percent) {
        for (cell, expected) in row.iter().zip(expected) {
            near(*cell, expected, 0.005_001);
        }
    }
    let table = brazil.lessons.cross_table.expect("people differ");
    assert_eq!(table.by_time(), [163, 106, 271, 152]);
    assert_eq!(table.by_threshold(), [171, 136, 385, 0]);
    assert_eq!(korea.lessons.by_deviation, [0, 163, 167, 180, 163]);
    assert_eq!(brazil.lessons.by_deviation, [18, 55, 155, 224, 88]);
    // By rank everybody has their place: 2.5, 13.5, 34, 34 and 16 % of 673.
    assert_eq!(korea.lessons.by_rank.iter().sum::<usize>(), 673);
    assert_eq!(korea.lessons.by_rank, [17, 91, 229, 229, 107]);
}

/// The shares of a history per period, as a series of new adopters.
fn shares(study: &Published) -> Vec<f64> {
    let people = study.history.times.len() as f64;
    study.history.new_adopters().into_iter().map(|it| it as f64 / people).collect()
}

#[test]
fn bass_curves_are_the_published_ones() {
    let Some((korea, brazil)) = KFAMILY.as_ref().zip(BRFARMERS.as_ref()) else { return };
    for (study, p, q, with_p, with_q) in [
        (korea, 0.081_192, 0.061_730, 0.054_315, 0.210_790),
        (brazil, 0.003_793, 0.285_239, 0.002_279, 0.336_735),
    ] {
        let real = shares(study);
        let fit = BassFit::of(&real, Method::Cumulative, Market::Fixed(1.0)).expect("a curve");
        near(fit.p.value, p, 6e-7);
        near(fit.q.value, q, 6e-7);
        // The same from numbers of people in a market of everyone.
        let ours = study.lessons.curve_fit(Method::Cumulative, false).expect("fitted");
        let ours = ours.outcome.as_ref().expect("a curve");
        near(ours.p.value, p, 6e-7);
        near(ours.q.value, q, 6e-7);
        // With those who never adopted as adopters of further periods, as netdiffuseR's data have them.
        let mut coded = real.clone();
        coded.push(1.0 - real.iter().sum::<f64>());
        if study.ids.len() == 692 {
            coded.push(0.0);
        }
        let fit =
            BassFit::of(&coded, Method::Cumulative, Market::Fixed(1.000_000_001)).expect("a curve");
        near(fit.p.value, with_p, 6e-7);
        near(fit.q.value, with_q, 6e-7);
    }
    let free = BassFit::of(&shares(brazil), Method::Cumulative, Market::Free).expect("a curve");
    near(free.m.value, 1.274, 5e-4);
    near(free.p.value, 0.004_15, 5e-6);
    near(free.q.value, 0.2353, 5e-5);
    let flat = BassFit::of(&shares(korea), Method::Cumulative, Market::Free).expect("a curve");
    assert!(flat.is_flat, "{flat:?}");
    assert!(!free.is_flat, "{free:?}");
    let warnings: Vec<String> =
        brazil.lessons.warnings().iter().map(jaywalk::learning::Warning::in_words).collect();
    assert!(warnings.iter().any(|it| it.contains("1.27 times the people")), "{warnings:?}");
}

#[test]
fn thresholds_cascade_from_the_first_adopters_as_published() {
    let share = Threshold::Share;
    let count = Threshold::Count;
    let cases = [
        (
            &KFAMILY,
            0,
            vec![
                (share(0.1), 879),
                (share(0.25), 777),
                (share(0.5), 141),
                (count(2), 379),
                (count(3), 100),
            ],
        ),
        (
            &BRFARMERS,
            4,
            vec![(share(0.2), 496), (share(0.3), 303), (share(0.5), 294), (count(2), 139)],
        ),
    ];
    for (study, until, sizes) in cases {
        let Some(study) = study.as_ref() else { return };
        let first: Vec<u32> =
            (0..).zip(&study.history.times).filter(|it| *it.1 <= until).map(|it| it.0).collect();
        let graph = Arc::new(study.graph.clone());
        for (threshold, size) in sizes {
            let contagion = Contagion::Permission(threshold);
            let scenario = Scenario { contagion, steps: 1000, ..Scenario::default() };
            let model = Model::new(Arc::clone(&graph), None, None, &scenario).expect("sound");
            let times = model.replicate(&first, 0).time_of_adoption;
            assert_eq!(times.iter().filter(|&&it| it != NEVER).count(), size, "{threshold:?}");
        }
    }
}

/// No published number: the summit must be one, and what is told must agree with itself.
#[test]
fn the_networks_likelihood_has_its_summit_where_it_is_said_to_be() {
    for study in [&KFAMILY, &BRFARMERS] {
        let Some(study) = study.as_ref() else { return };
        for hazard in [Hazard::Exponential, Hazard::Additive] {
            let fit = study.lessons.network_fit(hazard).expect("people adopted later");
            let at = |p: f64, q: f64| log_likelihood(study, hazard, p, q);
            let summit = at(fit.p.value, fit.q.value);
            near(fit.log_likelihood, summit, 1e-6);
            near(
                fit.log_likelihood_without,
                (1..2000).map(|it| at(f64::from(it) * 1e-4, 0.0)).fold(f64::MIN, f64::max),
                0.05,
            );
            for (p, q) in [(1.001, 1.0), (0.999, 1.0), (1.0, 1.001), (1.0, 0.999)] {
                assert!(at(fit.p.value * p, fit.q.value * q) < summit);
            }
            // Curvature by differences, against the errors.
            let (dp, dq) = (fit.p.value * 1e-3, fit.q.value * 1e-3);
            let (p, q) = (fit.p.value, fit.q.value);
            let pp = (2.0 * summit - at(p + dp, q) - at(p - dp, q)) / (dp * dp);
            let qq = (2.0 * summit - at(p, q + dq) - at(p, q - dq)) / (dq * dq);
            let pq = -(at(p + dp, q + dq) - at(p + dp, q - dq) - at(p - dp, q + dq)
                + at(p - dp, q - dq))
                / (4.0 * dp * dq);
            let determinant = pp * qq - pq * pq;
            let error = fit.q.error.expect("inside");
            near(error, (pp / determinant).sqrt(), 1e-3 * error);
            let error = fit.p.error.expect("inside");
            near(error, (qq / determinant).sqrt(), 1e-3 * error);
        }
    }
}

/// Term by term, without grouping anything.
fn log_likelihood(study: &Published, hazard: Hazard, p: f64, q: f64) -> f64 {
    let times = &study.history.times;
    let mut sum = 0.0;
    for (person, &time) in (0_u32..).zip(times).filter(|it| *it.1 != 0) {
        let last = if time == NEVER { study.history.periods - 1 } else { time };
        for period in 1..=last {
            let exposure =
                jaywalk::learning::exposure(&study.graph, times, person, period - 1).unwrap_or(0.0);
            let rate = p + q * exposure;
            let chance = match hazard {
                Hazard::Exponential => -(-rate).exp_m1(),
                Hazard::Additive => rate.min(1.0),
            };
            sum += if period == time { chance.ln() } else { (1.0 - chance).ln() };
        }
    }
    sum
}

/// The files as they are, through the importer: nobody may get lost on the way.
#[test]
fn the_published_files_are_imported_whole() {
    use jaywalk::assemble::ListedRow;
    use jaywalk::import::{self, Answers, Input};
    use jaywalk::project::{Decisions, Project};

    for (study, name) in [(&KFAMILY, "kfamily"), (&BRFARMERS, "brfarmers")] {
        let Some(study) = study.as_ref() else { return };
        let path = |part: &str| shared(&format!("data/diffusion/{name}_{part}.csv"));
        let files = ["edges", "nodes"].map(|it| Input::Path(path(it).expect("a file")));
        let sources = import::read(&files, &Answers::default(), &mut |_| ControlFlow::Continue(()));
        let weights = sources.iter().flatten().flat_map(|it| it.records.ties.iter());
        let weights = weights.map(|tie| tie.count);
        let namings = if name == "kfamily" { 16_436 } else { 2860 };
        assert_eq!(weights.sum::<u32>(), namings, "the weight of a tie is how often it was named");
        let mut decisions = Decisions::default();
        decisions.tie_rules.listed_row = ListedRow::Follows;
        let (project, _) = Project::import(sources.expect("readable"), decisions);
        let results = project.results();
        assert_eq!(results.network.people.len(), study.ids.len());
        assert_eq!(results.graph().arcs(), study.graph.arcs());
        let history = project.history().expect("people adopted");
        assert_eq!(history.new_adopters(), study.history.new_adopters());
        let named = results.network.people.iter().filter(|it| it.id == it.name).count();
        assert_eq!(named, study.ids.len(), "a number of contacts is no name");
    }
}
