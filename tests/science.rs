//! Published and recomputed numbers on the reference networks: percolation, global cascades,
//! rumours and habits, weak ties, the chasm. Every test passes where those networks are not there.
//!
//! Deterministic numbers are met exactly, the others within four standard errors of both sides.

mod classics;

use std::sync::Arc;

use classics::{karate, mutual, shared, shared_json};
use jaywalk::diffusion::{
    Calendar, Chasm, Contagion, Model, Scenario, Threshold, TieProbability, mean_field,
};
use jaywalk::network::{InfluenceGraph, PersonIndex};
use jaywalk::seeding::{Crossing, Means, SearchState, SeedRequest, SeedSearch, Strategy, Way};
use rayon::prelude::*;

/// A reference network of mutual ties.
fn network(name: &str) -> Option<InfluenceGraph> {
    let path = shared(&format!("data/graphs/{name}_edges.csv"))?;
    let text = std::fs::read_to_string(path).expect("readable reference data");
    let pairs: Vec<(PersonIndex, PersonIndex)> = text
        .lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.split(',').map(|cell| cell.trim().parse().expect("a number"));
            (cells.next().expect("a source"), cells.next().expect("a target"))
        })
        .collect();
    let last = pairs.iter().map(|&(a, b)| a.max(b)).max().expect("some ties");
    // People without ties are not in the list; the file's name tells how many there are.
    let told = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let digits = told.chars().take_while(char::is_ascii_digit).collect::<String>();
    let people = digits.parse().unwrap_or(0).max(last as usize + 1);
    Some(mutual(people, pairs, 1.0))
}

fn model(graph: InfluenceGraph, contagion: Contagion) -> Arc<Model> {
    let scenario = Scenario { contagion, steps: 1000, ..Scenario::default() };
    Arc::new(Model::new(Arc::new(graph), None, None, &scenario).expect("makes sense"))
}

fn cascade(p: f64) -> Contagion {
    Contagion::IndependentCascade(TieProbability::Uniform(p))
}

fn count(peers: u32) -> Contagion {
    Contagion::Permission(Threshold::Count(peers))
}

fn share(peers: f64) -> Contagion {
    Contagion::Permission(Threshold::Share(peers))
}

/// Mean and standard error of many observations.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    sum: f64,
    squares: f64,
    number: f64,
}

impl Mean {
    fn of(values: impl IntoIterator<Item = f64>) -> Self {
        values.into_iter().fold(Self::default(), |all, value| Self {
            sum: all.sum + value,
            squares: all.squares + value * value,
            number: all.number + 1.0,
        })
    }

    fn mean(self) -> f64 {
        self.sum / self.number
    }

    fn variance(self) -> f64 {
        (self.squares / self.number - self.mean().powi(2)).max(0.0)
    }

    /// `error` is the standard error of `expected`.
    fn assert(self, what: &str, expected: f64, error: f64) {
        let slack = 4.0 * (self.variance() / self.number + error * error).sqrt();
        let mean = self.mean();
        assert!((mean - expected).abs() <= slack, "{what}: {mean}, not {expected} ± {slack}");
    }

    /// Against the mean of `runs` observations that scatter as much as these.
    fn assert_of(self, what: &str, expected: f64, runs: f64) {
        self.assert(what, expected, (self.variance() / runs).sqrt());
    }
}

/// Adopters of many replicates; replicate `i` starts from `seeds(i)`.
fn sizes(
    model: &Model,
    replicates: u64,
    seeds: impl Fn(u64) -> Vec<PersonIndex> + Sync,
) -> Vec<f64> {
    (0..replicates)
        .into_par_iter()
        .map_init(
            || model.scratch(),
            |scratch, index| {
                model.run(&seeds(index), index, scratch);
                scratch.adopters().len() as f64
            },
        )
        .collect()
}

fn person(index: u64, of: u64) -> PersonIndex {
    PersonIndex::try_from(index % of).expect("a small network")
}

#[test]
fn giant_components_have_their_published_share() {
    // The same equation as the final size of a fading buzz: S = 1-exp(-cS).
    for (degree, share) in [(1.5, 0.582_812), (2.0, 0.796_812), (3.0, 0.940_480), (4.0, 0.980_173)]
    {
        assert!((mean_field::sir_final_share(degree) - share).abs() < 5e-7, "{degree}");
    }
}

#[test]
fn word_of_mouth_tips_at_one_tie_in_four() {
    let Some(graph) = network("er1000_z4") else { return };
    let expected = [
        (0.1, 1.663_865, 0.003_04, 0.0, 1.664),
        (0.2, 4.947_915, 0.020_72, 0.000_65, 4.948),
        (0.3, 100.976_18, 0.335_1, 0.302_775, 100.98),
        (0.4, 408.949_585, 0.687_8, 0.637_4, 408.9),
        (0.5, 633.197_14, 0.717_3, 0.795_275, 633.2),
    ];
    for (p, mean, error, big, published) in expected {
        assert!(f64::abs(mean - published) < 0.06, "rounded as published");
        let model = model(graph.clone(), cascade(p));
        // Every person starts equally often.
        let sizes = sizes(&model, 20_000, |index| vec![person(index, 1000)]);
        Mean::of(sizes.iter().copied()).assert(&format!("mean at {p}"), mean, error);
        let outbreaks = Mean::of(sizes.iter().map(|&it| f64::from(u8::from(it > 100.0))));
        outbreaks.assert_of(&format!("outbreaks at {p}"), big, 200_000.0);
    }
    // The jump lies where 4p = 1: below it ten times fewer people are reached than above.
    let mean =
        |p| Mean::of(sizes(&model(graph.clone(), cascade(p)), 5000, |it| vec![person(it, 1000)]));
    assert!(10.0 * mean(0.2).mean() < mean(0.3).mean());
}

#[test]
fn few_sparks_fail_and_a_small_group_succeeds() {
    let starts: Vec<u64> = (0..1000).collect();
    let single = |graph: InfluenceGraph| -> Vec<u32> {
        let model = model(graph, share(0.18));
        starts.par_iter().map(|&it| model.replicate(&[person(it, 1000)], 0).adopters()).collect()
    };
    if let Some(inside) = network("er1000_z4") {
        let sizes = single(inside);
        let global: Vec<u32> = sizes.iter().copied().filter(|&it| it > 500).collect();
        assert_eq!((global.len(), global.iter().all(|&it| it == 982)), (875, true));
        assert!((f64::from(sizes.iter().sum::<u32>()) / 1000.0 - 859.483).abs() < 1e-9);
    }
    let Some(outside) = network("er1000_z8") else { return };
    let sizes = single(outside.clone());
    assert_eq!(sizes.iter().max(), Some(&12));
    assert!((f64::from(sizes.iter().sum::<u32>()) / 1000.0 - 2.472).abs() < 1e-9);
    let model = model(outside, share(0.18));
    // Groups drawn by chance: numbers 37, 74, … apart from a chance start meet nobody twice.
    let group = |index: u64, size: u64| -> Vec<PersonIndex> {
        let draws = jaywalk::random::Draws::new(1962);
        let mut people: Vec<u64> = (0..1000).collect();
        people.sort_by_key(|&it| draws.bits(index * 1000 + it));
        people
            .into_iter()
            .take(usize::try_from(size).expect("few"))
            .map(|it| person(it, 1000))
            .collect()
    };
    for (size, expected) in [(10, 814.0), (20, 999.0)] {
        let reached = sizes_of_groups(&model, &group, size);
        // Published without its number of groups: taken for as few as 200.
        reached.assert_of(&format!("{size} at once"), expected, 200.0);
    }
}

fn sizes_of_groups(
    model: &Model,
    group: &(impl Fn(u64, u64) -> Vec<PersonIndex> + Sync),
    size: u64,
) -> Mean {
    let reached: Vec<f64> = (0..600_u64)
        .into_par_iter()
        .map(|index| f64::from(model.replicate(&group(index, size), 0).adopters()))
        .collect();
    Mean::of(reached)
}

/// Somebody and all of their contacts.
fn neighborhood(graph: &InfluenceGraph, person: PersonIndex) -> Vec<PersonIndex> {
    graph.audience_of(person).iter().copied().chain([person]).collect()
}

#[test]
fn shortcuts_help_rumours_and_hurt_habits() {
    // Final size and last step by rewiring and threshold, from a person and all their contacts;
    // means of 100 starts where starts differ.
    let expected = [
        ("ws1000_k6_p0", [(1000.0, 166.0), (1000.0, 248.0), (1000.0, 496.0)]),
        ("ws1000_k6_p01", [(1000.0, 8.27), (737.67, 72.6), (11.57, 3.61)]),
        ("ws1000_k6_p1", [(1000.0, 4.89), (7.41, 0.48), (6.87, 0.0)]),
    ];
    for (name, by_threshold) in expected {
        let Some(graph) = network(name) else { return };
        for (peers, (adopters, steps)) in (1..).zip(by_threshold) {
            let model = model(graph.clone(), count(peers));
            let runs: Vec<(f64, f64)> = (0..1000_u64)
                .into_par_iter()
                .map(|start| {
                    let seeds = neighborhood(model.graph(), person(start, 1000));
                    let replicate = model.replicate(&seeds, 0);
                    (f64::from(replicate.adopters()), f64::from(replicate.steps))
                })
                .collect();
            let what = format!("{name}, {peers} peers");
            let alike = runs.iter().all(|it| (it.0 - runs[0].0).abs() < 0.5);
            Mean::of(runs.iter().map(|it| it.0)).assert_of(&what, adopters, 100.0);
            Mean::of(runs.iter().map(|it| it.1)).assert_of(&format!("{what}, steps"), steps, 100.0);
            assert_eq!(alike, adopters >= 1000.0, "{what}: the same from every start");
        }
    }
}

#[test]
fn the_karate_club_spreads_as_a_million_runs_said() {
    const RUNS: u64 = 100_000;
    let expected = [
        (0.05, 2.007_837, 1.965_204, 3.906_901, 1.321_264),
        (0.1, 3.504_943, 3.415_104, 6.426_306, 1.949_502),
        (0.2, 8.997_095, 8.755_232, 13.090_762, 5.073_598),
    ];
    for (p, officer, instructor, both, mean) in expected {
        let model = model(karate(1.0), cascade(p));
        let reach = |seeds: &[PersonIndex]| Mean::of(sizes(&model, RUNS, |_| seeds.to_vec()));
        for (seeds, expected) in [(&[33][..], officer), (&[0], instructor), (&[0, 33], both)] {
            reach(seeds).assert_of(&format!("{seeds:?} at {p}"), expected, 1e6);
        }
        let single = Mean::of(sizes(&model, RUNS, |index| vec![person(index, 34)]));
        single.assert_of(&format!("anybody at {p}"), mean, 1e6);
    }
    // The four best connected overlap; greedy seeds do not.
    let model = model(karate(1.0), cascade(0.2));
    let reach = |seeds: [PersonIndex; 4]| Mean::of(sizes(&model, RUNS, |_| seeds.to_vec()));
    let (hubs, greedy) = (reach([33, 0, 32, 2]), reach([33, 0, 25, 16]));
    hubs.assert_of("four hubs", 15.283, 1e6);
    greedy.assert_of("four greedy seeds", 15.726, 1e6);
}

#[test]
fn the_karate_club_follows_a_share_of_its_friends() {
    let model = model(karate(1.0), share(0.4));
    let adopters = |seeds: &[PersonIndex]| model.replicate(seeds, 0).adopters();
    assert_eq!([adopters(&[0]), adopters(&[33]), adopters(&[0, 33])], [5, 20, 29]);
}

/// Person 5 stands in the first hundred of two segments.
const SEGMENT: u32 = 100;

fn segments(people: usize) -> Vec<Option<u32>> {
    (0..).take(people).map(|person| Some(person / SEGMENT)).collect()
}

#[test]
fn cutting_weak_ties_leaves_half_of_the_people_out() {
    let Some(whole) = network("two_segments200") else { return };
    let cut = whole.filtered(|arc| arc.influencer / SEGMENT == arc.audience / SEGMENT);
    let expected = [
        (&whole, 0.2, [40.2093, 18.2387]),
        (&cut, 0.2, [39.6345, 0.0]),
        (&whole, 0.3, [79.5410, 68.7293]),
        (&cut, 0.3, [79.0386, 0.0]),
    ];
    for (graph, p, by_segment) in expected {
        let model = model(graph.clone(), cascade(p));
        let runs: Vec<[f64; 2]> = (0..20_000_u64)
            .into_par_iter()
            .map_init(
                || model.scratch(),
                |scratch, index| {
                    model.run(&[5], index, scratch);
                    let first = scratch.adopters().iter().filter(|&&it| it < SEGMENT).count();
                    [first as f64, (scratch.adopters().len() - first) as f64]
                },
            )
            .collect();
        for (segment, expected) in by_segment.into_iter().enumerate() {
            let mean = Mean::of(runs.iter().map(|it| it[segment]));
            mean.assert_of(&format!("segment {segment} at {p}"), expected, 200_000.0);
        }
        if p > 0.25 {
            let total: f64 = by_segment.iter().sum();
            let all = Mean::of(runs.iter().map(|it| it[0] + it[1]));
            let published = if by_segment[1] > 0.0 { 148.3 } else { 79.0 };
            assert!((total - published).abs() < 0.05, "as published: {total}");
            all.assert_of("everyone", total, 200_000.0);
        }
    }
}

fn ways(model: &Arc<Model>, seeds: &[PersonIndex], chasm: &Chasm) -> Vec<Way> {
    let segments = segments(model.graph().people());
    let mut crossing = Crossing::new(Arc::clone(model), seeds.to_vec(), &segments, chasm);
    while crossing.step().expect("somebody is inside") != SearchState::Finished {}
    crossing.finish()
}

#[test]
fn a_second_peer_makes_a_chasm_of_a_boundary() {
    let Some(graph) = network("two_segments200") else { return };
    let start = neighborhood(&graph, 5);
    let curve = |peers| {
        let replicate = model(graph.clone(), count(peers)).replicate(&start, 0);
        replicate.cumulative_adopters()
    };
    assert_eq!(curve(1), [9, 53, 126, 189, 200]);
    assert_eq!(curve(2), [9, 17, 39, 85, 99, 100]);
    let segments = segments(200);
    assert_eq!(Chasm::find(&model(graph.clone(), count(1)), &start, &segments), None);

    let two = model(graph.clone(), count(2));
    let chasm = Chasm::find(&two, &start, &segments).expect("stalls");
    let across = graph.iter_arcs().filter(|it| it.influencer < SEGMENT && it.audience >= SEGMENT);
    assert_eq!((chasm.full, chasm.empty, chasm.adopters), (0, 1, [100, 0]));
    assert_eq!((chasm.ties, chasm.most_heard, chasm.courses), (across.count(), 1, 1));
    assert!(chasm.is_typical());
    // What carries it over: a threshold of 1, as published; or seeds on the other side.
    let ways = ways(&two, &start, &chasm);
    let gentler = &ways[0];
    assert_eq!(gentler.means, Means::Gentler(count(1)));
    assert!(gentler.carries && gentler.adopters >= 200.0, "{gentler:?}");
    let inside = ways.last().expect("seeds were tried");
    let Means::SeedsInside(seeds) = &inside.means else { panic!("{inside:?}") };
    assert!(inside.carries, "some seeds inside do it: {ways:?}");
    let all = [&start[..], seeds].concat();
    let reached = two.replicate(&all, 0).adopters();
    assert!((f64::from(reached) - inside.adopters).abs() < 1e-9, "as simulated again");
}

#[test]
fn a_cascade_without_weak_ties_stalls_in_most_courses() {
    let Some(whole) = network("two_segments200") else { return };
    let cut = whole.filtered(|arc| arc.influencer / SEGMENT == arc.audience / SEGMENT);
    let cascades = model(cut, cascade(0.3));
    let chasm = Chasm::find(&cascades, &[5], &segments(200)).expect("nothing leads across");
    assert_eq!((chasm.full, chasm.empty, chasm.ties, chasm.crossed), (0, 1, 0, 0));
    assert!(chasm.stalled > 50 && chasm.is_typical(), "{chasm:?}");
    // Without ties only a seed inside helps, and one is enough.
    let ways = ways(&cascades, &[5], &chasm);
    assert!(
        matches!(&ways[..], [Way { means: Means::SeedsInside(seeds), carries: true, .. }] if seeds.len() == 1)
    );
    let bridged = model(whole, cascade(0.3));
    let found = Chasm::find(&bridged, &[5], &segments(200));
    assert!(found.is_none_or(|it| !it.is_typical()), "weak ties carry it over: {found:?}");
}

#[test]
fn a_wave_inside_the_other_segment_crosses_the_chasm() {
    let Some(graph) = network("two_segments200") else { return };
    let start = neighborhood(&graph, 5);
    let ring = neighborhood(&graph, 150);
    let dates = ring.iter().map(|&it| (it, 12)).collect();
    let calendar = Calendar { dates, ..Calendar::default() };
    let scenario = Scenario { contagion: count(2), steps: 100, ..Scenario::default() };
    let two = Model::new(Arc::new(graph), None, None, &scenario).expect("makes sense");
    let planned = two.with_calendar(calendar).expect("makes sense");
    let seeds = [start, ring].concat();
    let chasm = Chasm::find(&planned, &seeds, &segments(200)).expect("stalls until the wave");
    assert_eq!((chasm.stalled, chasm.crossed), (1, 1));
    let curve = planned.replicate(&seeds, 0).cumulative_adopters();
    assert_eq!((curve[11], curve.last().copied()), (100, Some(200)));
}

#[test]
fn hubs_beat_friends_of_anybody_who_beat_anybody() {
    let Some(graph) = network("ba1000_m3") else { return };
    let model = model(graph, cascade(0.05));
    let chosen = |strategy, rng_seed| -> Vec<PersonIndex> {
        let scenario = Scenario { rng_seed, ..model.scenario().clone() };
        let graph = model.graph().clone();
        let model = Model::new(Arc::new(graph), None, None, &scenario).expect("makes sense");
        let request = SeedRequest { strategy, ..SeedRequest::best(10) };
        let search = SeedSearch::new(Arc::new(model), request).expect("makes sense");
        search.finish().seeds.into_iter().map(|it| it.person).collect()
    };
    let hubs = chosen(Strategy::Degree, 1);
    let reach = Mean::of(sizes(&model, 50_000, |_| hubs.clone()));
    reach.assert("ten hubs", 44.968_29, 0.018_7);
    // Groups drawn by chance differ more from each other than courses do.
    for (strategy, expected, error) in
        [(Strategy::Random, 16.607_47, 0.100_4), (Strategy::FriendOfRandom, 23.525_1, 0.205_1)]
    {
        let groups: Vec<Vec<PersonIndex>> =
            (0..60).into_par_iter().map(|it| chosen(strategy, it)).collect();
        let means: Vec<f64> = groups
            .iter()
            .map(|seeds| Mean::of(sizes(&model, 1000, |_| seeds.clone())).mean())
            .collect();
        Mean::of(means).assert(&format!("{strategy:?}"), expected, error);
    }
    let reference = shared_json("data/experiments_reference.json").expect("beside the networks");
    assert_eq!(reference["ba_seeding"]["0.05"]["degree"][0].as_f64(), Some(44.968_29));
}
