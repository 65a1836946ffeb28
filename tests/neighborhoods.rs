//! Neighborhoods: captains against exhaustive search, fill levels against counts, published networks.

#[path = "classics/mod.rs"]
mod classics;
#[cfg(feature = "gui")]
#[allow(dead_code, reason = "each test file uses the part it needs")]
mod common;

use std::sync::Arc;

use classics::{karate, karate_sides, mutual, shared};
use jaywalk::diffusion::{
    Contagion, Ensemble, Filling, Hazard, Model, NEVER, Part, Scenario, Threshold, TieProbability,
    TieWeight,
};
use jaywalk::import::{Direction, PersonKey, PersonRecord, Records, Source, TieRecord};
use jaywalk::jobs::threads;
use jaywalk::network::{EvidenceKind, Groups, InfluenceArc, InfluenceGraph, PersonIndex};
use jaywalk::project::{NeighborhoodNameError, Project, file};
use jaywalk::seeding::{CaptainSearch, SeedRequest, SeedSearch, Strategy, captains};

fn model(graph: &InfluenceGraph, contagion: Contagion) -> Arc<Model> {
    let scenario = Scenario { contagion, ..Scenario::default() };
    scenario_model(graph, &scenario)
}

fn scenario_model(graph: &InfluenceGraph, scenario: &Scenario) -> Arc<Model> {
    Arc::new(Model::new(Arc::new(graph.clone()), None, None, scenario).expect("a sound scenario"))
}

fn cascade(p: f64) -> Contagion {
    Contagion::IndependentCascade(TieProbability::Uniform(p))
}

/// Mean adopters among `members` from one seed, and its standard error.
fn simulated(model: &Model, seed: PersonIndex, members: &[PersonIndex], runs: u64) -> (f64, f64) {
    let mut scratch = model.scratch();
    let (mut sum, mut squares) = (0.0, 0.0);
    for index in 0..runs {
        model.run(&[seed], index, &mut scratch);
        let times = scratch.time_of_adoption();
        let adopters = members.iter().filter(|&&it| times[it as usize] != NEVER).count() as f64;
        sum += adopters;
        squares += adopters * adopters;
    }
    let count = runs as f64;
    let mean = sum / count;
    (mean, ((squares / count - mean * mean).max(0.0) / count).sqrt())
}

fn somewhere(of: &[u32]) -> Vec<Option<u32>> {
    of.iter().map(|&it| Some(it)).collect()
}

#[test]
fn the_captain_of_one_group_is_the_best_single_seed() {
    // Exact (science.md 3.3): member 33 reaches 3.505, member 0 reaches 3.415.
    let graph = karate(1.0);
    let found = captains(&model(&graph, cascade(0.1)), &[Some(0); 34], 1, &[]).expect("a captain");
    let captain = found[0].expect("a captain");
    assert_eq!(captain.person, 33);
    assert!((captain.reach.mean - 3.505).abs() < 0.05, "{captain:?}");
    assert!(captain.reach.low < 3.505 && 3.505 < captain.reach.high, "{captain:?}");
}

#[test]
fn captains_win_over_their_own_side_as_simulation_says() {
    let graph = karate(1.0);
    let sides = karate_sides();
    for contagion in [
        cascade(0.1),
        cascade(0.3),
        Contagion::LinearThreshold(TieWeight::Equal),
        Contagion::IndependentCascade(TieProbability::Weighted),
    ] {
        let model = model(&graph, contagion);
        let found = captains(&model, &somewhere(&sides), 2, &[]).expect("captains");
        for side in 0..2_u32 {
            let members: Vec<PersonIndex> =
                (0..34).filter(|&it| sides[it as usize] == side).collect();
            let captain = found[side as usize].expect("a captain");
            assert!(members.contains(&captain.person));
            let (mean, error) = simulated(&model, captain.person, &members, 20_000);
            let slack = 4.0 * error + (captain.reach.high - captain.reach.low);
            assert!((captain.reach.mean - mean).abs() < slack, "{contagion:?} {captain:?} {mean}");
            for &other in &members {
                let (reach, theirs) = simulated(&model, other, &members, 4000);
                let best = mean * 1.03 + 4.0 * (error + theirs);
                assert!(reach <= best, "{contagion:?}: {other} reaches {reach}, {captain:?}");
            }
        }
    }
}

#[test]
fn who_is_alike_gives_way_to_the_most_central() {
    // A ring of six in which everybody reaches everybody for certain; 4 also knows 1, and 2 knows
    // two people elsewhere, who count for nobody here.
    let ring = (0..6).map(|it| (it, (it + 1) % 6));
    let graph = mutual(8, ring.chain([(1, 4), (2, 6), (2, 7)]), 1.0);
    let of: Vec<_> = (0..8).map(|it| (it < 6).then_some(0)).collect();
    for contagion in [cascade(1.0), Contagion::Permission(Threshold::Count(1))] {
        let found = captains(&model(&graph, contagion), &of, 1, &[]).expect("a captain");
        assert_eq!(found[0].expect("a captain").person, 1, "{contagion:?}");
        let found = captains(&model(&graph, contagion), &of, 1, &[1, 4]).expect("a captain");
        assert_eq!(found[0].expect("a captain").person, 2, "{contagion:?}");
    }
}

#[test]
fn where_no_set_exists_members_are_simulated() {
    // Two stars, joined at a leaf each. One seen is enough: only the time tells hub and leaf apart.
    let star = |hub: u32| (1..6).map(move |it| (hub, hub + it));
    let graph = mutual(12, star(0).chain(star(6)).chain([(5, 11)]), 1.0);
    let of: Vec<_> = (0..12).map(|it| Some(it / 6)).collect();
    let bass = Contagion::Bass { p: 0.0, q: 0.4, hazard: Hazard::Exponential };
    let scenario = Scenario { contagion: bass, steps: 3, ..Scenario::default() };
    let found = captains(&scenario_model(&graph, &scenario), &of, 2, &[]).expect("captains");
    let people: Vec<_> = found.iter().map(|it| it.map(|it| it.person)).collect();
    assert_eq!(people, [Some(0), Some(6)]);
    // Half of one's contacts must have adopted: a leaf convinces nobody, and the hub all of them.
    let half = Contagion::Permission(Threshold::Share(0.5));
    let found = captains(&model(&graph, half), &of, 2, &[]).expect("captains");
    let captain = found[0].expect("a captain");
    assert_eq!(captain.person, 0);
    assert!((captain.reach.mean - 6.0).abs() < 1e-12, "{captain:?}");
}

#[test]
fn empty_and_closed_groups_have_no_captain_and_loners_are_their_own() {
    let graph = mutual(4, [(0, 1)], 1.0);
    let of = [Some(0), Some(0), Some(1), None];
    for contagion in [cascade(0.5), Contagion::Permission(Threshold::Count(1))] {
        let found = captains(&model(&graph, contagion), &of, 3, &[0, 1]).expect("captains");
        assert_eq!(found[0], None, "both are ruled out");
        let loner = found[1].expect("a captain");
        assert_eq!((loner.person, loner.reach.mean), (2, 1.0));
        assert_eq!(found[2], None, "nobody is there");
        assert!(captains(&model(&graph, contagion), &of, 3, &[9]).is_err());
        let unfinished = CaptainSearch::new(&model(&graph, contagion), &of, 3, &[]);
        let found = unfinished.expect("a search").finish();
        assert_eq!(found[0].expect("somebody by now").person, 0);
    }
}

/// A published network with the group of everyone and the period in which they adopted.
struct Observed {
    graph: InfluenceGraph,
    group_of: Vec<Option<u32>>,
    groups: usize,
    times: Vec<u32>,
}

/// `last` is the last real period: later ones say that somebody had not adopted.
fn observed(name: &str, last: u32) -> Option<Observed> {
    let rows = |file: &str| -> Option<Vec<Vec<String>>> {
        let text = std::fs::read_to_string(shared(&format!("diffusion/{name}_{file}.csv"))?);
        let text = text.expect("readable reference data");
        Some(text.lines().skip(1).map(|it| it.split(',').map(str::to_owned).collect()).collect())
    };
    let (nodes, edges) = (rows("nodes")?, rows("edges")?);
    let number = |place: Option<usize>| place.and_then(|it| u32::try_from(it).ok());
    let person = |id: &str| number(nodes.iter().position(|it| it[0] == id)).expect("a known id");
    // Who is named influences who names them.
    let arcs = edges.iter().map(|it| InfluenceArc {
        influencer: person(&it[1]),
        audience: person(&it[0]),
        ties: 1,
        value: 1.0,
    });
    let mut names: Vec<&str> = nodes.iter().map(|it| it[1].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let group = |it: &Vec<String>| number(names.iter().position(|&name| name == it[1]));
    let time = |it: &Vec<String>| it[2].parse().ok().filter(|&it| it <= last).unwrap_or(NEVER);
    Some(Observed {
        graph: InfluenceGraph::from_arcs(nodes.len(), arcs),
        group_of: nodes.iter().map(group).collect(),
        groups: names.len(),
        times: nodes.iter().map(time).collect(),
    })
}

#[test]
fn villages_are_filled_as_published() {
    // science.md 3.1 and 4: group saturation, least and most.
    for (name, last, groups, low, high) in
        [("kfamily", 10, 25, 0.500, 0.822), ("brfarmers", 1964, 11, 0.290, 0.983)]
    {
        let Some(known) = observed(name, last) else { return };
        let filling = Filling::of_times(&known.times, &known.group_of, known.groups);
        let shares = filling.shares(usize::MAX);
        assert_eq!(shares.len(), groups);
        let least = shares.iter().copied().fold(1.0, f64::min);
        let most = shares.iter().copied().fold(0.0, f64::max);
        assert!((least - low).abs() < 5e-4 && (most - high).abs() < 5e-4, "{name}: {least} {most}");
        let gini = filling.evenness(usize::MAX).gini.expect("adopters");
        assert!((0.01..0.5).contains(&gini), "{name}: {gini}");
    }
}

#[test]
fn one_champion_per_site_beats_the_best_connected_overall() {
    // No tie crosses villages: whoever is chosen twice in one leaves another without anybody.
    for (name, last) in [("kfamily", 10), ("brfarmers", 1964)] {
        let Some(known) = observed(name, last) else { return };
        let crossing = |arc: InfluenceArc| {
            known.group_of[arc.influencer as usize] != known.group_of[arc.audience as usize]
        };
        assert!(!known.graph.iter_arcs().any(crossing), "{name}");
        for contagion in [
            Contagion::IndependentCascade(TieProbability::Weighted),
            Contagion::LinearThreshold(TieWeight::Equal),
            cascade(0.2),
        ] {
            let model = model(&known.graph, contagion);
            let champions = captains(&model, &known.group_of, known.groups, &[]);
            let champions: Vec<PersonIndex> =
                champions.expect("captains").iter().flatten().map(|it| it.person).collect();
            assert_eq!(champions.len(), known.groups);
            let strategy = Strategy::Degree;
            let top = SeedRequest { strategy, ..SeedRequest::best(champions.len()) };
            let top = SeedSearch::new(Arc::clone(&model), top).expect("a search").run();
            let champions = top.estimator.reach(&champions).0;
            assert!(
                champions.low > top.reach.high,
                "{name} {contagion:?}: {champions:?} against {:?}",
                top.reach
            );
        }
    }
}

#[test]
fn fill_levels_are_counted_exactly_and_merge() {
    let graph = karate(1.0);
    let sides: Arc<[Option<u32>]> = somewhere(&karate_sides()).into();
    for contagion in [
        cascade(0.2),
        Contagion::LinearThreshold(TieWeight::Equal),
        Contagion::Permission(Threshold::Count(2)),
        Contagion::Bass { p: 0.03, q: 0.38, hazard: Hazard::Exponential },
    ] {
        let scenario = Scenario { contagion, replicates: 150, steps: 12, ..Scenario::default() };
        let model = scenario_model(&graph, &scenario);
        let ensemble = || {
            let made = Ensemble::new(Arc::clone(&model), vec![0, 1], false).expect("seeds");
            made.by_group(&sides, 2)
        };
        let mut whole = ensemble();
        whole.finish();
        let forecast = whole.forecast();
        let filling = forecast.filling.clone().expect("it was asked for");
        assert_eq!(filling.people, [17, 17]);
        // Groups together are everybody, at every step.
        for (step, summary) in forecast.steps.iter().enumerate() {
            let sum: f64 = filling.adopters[step].iter().sum();
            assert!((sum - summary.cumulative_mean).abs() < 1e-9, "{contagion:?} {step}");
        }
        // The same as counting each replicate by itself.
        let mut counted = [0.0; 2];
        for index in 0..150 {
            let times = model.replicate(&[0, 1], index).time_of_adoption;
            let one = Filling::of_times(&times, &sides, 2);
            for (group, count) in counted.iter_mut().enumerate() {
                *count += one.adopters[one.last_step()][group] / 150.0;
            }
        }
        let last = &filling.adopters[filling.last_step()];
        for group in 0..2 {
            assert!((last[group] - counted[group]).abs() < 1e-9, "{contagion:?}");
        }
        // Neither threads nor shards change a digit.
        let pool = threads::pool(3).expect("threads");
        let mut other = ensemble();
        pool.install(|| other.finish());
        assert_eq!(other.forecast(), forecast);
        let parts = [0, 1, 2].map(|index| {
            let range = Part::range(150, index, 3);
            let part = Ensemble::shard(Arc::clone(&model), vec![0, 1], false, range);
            let mut part = part.expect("a shard").by_group(&sides, 2);
            part.finish();
            let sent = serde_json::to_string(&Part::of(&part)).expect("it can be sent");
            serde_json::from_str::<Part>(&sent).expect("it arrives")
        });
        assert_eq!(Part::merge(&parts), Ok(forecast));
    }
}

/// Everybody named knows everybody else named in the same list; people have their initial as client.
fn circles(path: &str, circles: &[&[&str]]) -> Source {
    let names: Vec<&str> = circles.concat();
    let person = |&name: &&str| PersonRecord {
        id: Some(name.to_owned().into()),
        name: name.to_owned().into(),
        keys: PersonKey::Node(name.to_owned().into()).into(),
        facts: [("client", name[..1].to_uppercase())].into_iter().collect(),
        ..PersonRecord::default()
    };
    let mut ties = Vec::new();
    let mut first = 0;
    for circle in circles {
        let last = first + u32::try_from(circle.len()).expect("small");
        let pairs = (first..last).flat_map(|a| (a + 1..last).map(move |b| (a, b)));
        ties.extend(
            pairs.map(|(a, b)| TieRecord::new(a, b, Direction::Mutual, EvidenceKind::Listed)),
        );
        first = last;
    }
    Source {
        path: path.to_owned(),
        format: "edge list".to_owned(),
        records: Records {
            people: names.iter().map(person).collect(),
            ties: ties.into_iter().collect(),
            directed: Some(false),
        },
        ..Source::default()
    }
}

const ANTS: [&str; 5] = ["a0", "a1", "a2", "a3", "a4"];
const BEES: [&str; 4] = ["b0", "b1", "b2", "b3"];

fn ants_and_bees() -> Project {
    let mut project = Project::default();
    project.add_sources(vec![circles("one", &[&ANTS, &BEES, &["a0", "b0"]])]);
    project
}

fn name_of(groups: &Groups, project: &Project, id: &str) -> String {
    let person = project.results().person(id).expect("a known id") as usize;
    groups.names[groups.of[person].expect("a group") as usize].clone()
}

fn number_of(project: &Project, id: &str) -> u32 {
    let person = project.results().person(id).expect("a known id") as usize;
    project.neighborhoods().of[person].expect("a group")
}

#[test]
fn a_name_stays_with_its_people_and_is_undone_and_saved() {
    let mut project = ants_and_bees();
    let name = |project: &Project, id| name_of(&project.neighborhoods(), project, id);
    assert_eq!((name(&project, "a1"), name(&project, "b1")), ("A".to_owned(), "B".to_owned()));
    assert_eq!(number_of(&project, "a1"), 0, "the larger one");
    assert_eq!(project.name_neighborhood(0, "  The nest "), Ok(true));
    assert_eq!(project.name_neighborhood(0, "The nest"), Ok(false), "it is called that");
    assert_eq!(
        project.name_neighborhood(1, "The nest"),
        Err(NeighborhoodNameError::Taken("The nest".to_owned()))
    );
    assert_eq!(project.name_neighborhood(9, "x"), Err(NeighborhoodNameError::Gone));
    assert_eq!(name(&project, "a1"), "The nest");

    // The bees become the larger neighborhood: numbers change, names do not.
    let swarm = ["b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8"];
    project.add_sources(vec![circles("two", &[&swarm])]);
    assert_eq!(number_of(&project, "b1"), 0);
    assert_eq!(
        (name(&project, "a3"), name(&project, "b7")),
        ("The nest".to_owned(), "B".to_owned())
    );

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("named.jaywalk");
    project.save(&path).expect("it is saved");
    let again = file::open(&path).expect("it opens");
    assert_eq!(again.neighborhoods(), project.neighborhoods());

    project.name_neighborhood(number_of(&project, "a0"), "Hill").expect("a name");
    assert_eq!(project.decisions().neighborhoods.names.len(), 1, "the new name replaces the old");
    assert_eq!(project.undo().as_deref(), Some("Call a neighborhood “Hill”"));
    assert_eq!(name(&project, "a3"), "The nest");
    project.name_neighborhood(number_of(&project, "a0"), " ").expect("its own name");
    assert_eq!(name(&project, "a3"), "A");
    assert_eq!(project.decisions().neighborhoods.names, []);
    project.undo();
    project.undo();
    assert_eq!(name(&project, "a3"), "A", "as before it was ever named");
}

#[test]
fn a_name_that_another_has_by_itself_numbers_that_one() {
    let mut project = ants_and_bees();
    assert_eq!(
        project.name_neighborhood(0, "B"),
        Err(NeighborhoodNameError::Taken("B".to_owned())),
        "nobody is renamed behind one's back"
    );
    project.name_neighborhood(0, "C").expect("a name");
    // Later a neighborhood comes that would be called so by itself.
    project.add_sources(vec![circles("two", &[&["c0", "c1", "c2"]])]);
    let groups = project.neighborhoods();
    assert_eq!(name_of(&groups, &project, "a0"), "C");
    assert_eq!(name_of(&groups, &project, "c0"), "C (2)");
}

#[test]
fn neighborhoods_may_be_the_segments_and_names_stay_with_what_they_name() {
    let mut project = ants_and_bees();
    project.name_neighborhood(0, "The nest").expect("a name");
    project.decide("Tell apart", |it| {
        it.segment_by = Some("client".to_owned());
        it.neighborhoods.are_segments = true;
    });
    let groups = project.neighborhoods();
    assert_eq!(groups.names, ["A", "B"], "a client is no neighborhood made of ties");
    project.name_neighborhood(1, "Beehive Ltd").expect("a name");
    assert_eq!(name_of(&project.neighborhoods(), &project, "b2"), "Beehive Ltd");
    project.decide("Back to ties", |it| it.neighborhoods.are_segments = false);
    assert_eq!(project.neighborhoods().names, ["The nest", "B"]);
}

#[test]
fn the_name_goes_where_most_of_its_people_go() {
    let mut project = ants_and_bees();
    project.name_neighborhood(0, "The nest").expect("a name");
    // Two ants move in with many others; three stay together.
    assert!(project.remove_source("one"));
    let crowd = ["a3", "a4", "d0", "d1", "d2", "d3", "d4"];
    project.add_sources(vec![circles("two", &[&["a0", "a1", "a2"], &crowd])]);
    let groups = project.neighborhoods();
    assert_eq!(name_of(&groups, &project, "a0"), "The nest");
    assert_eq!(name_of(&groups, &project, "d0"), "D");
    // Everyone apart: nobody is the nest any more, and the decision stands.
    assert!(project.remove_source("two"));
    project.add_sources(vec![circles(
        "three",
        &[
            &["a0", "e0", "e1"],
            &["a1", "f0", "f1"],
            &["a2", "g0", "g1"],
            &["a3", "h0", "h1"],
            &["a4", "i0", "i1"],
        ],
    )]);
    assert!(!project.neighborhoods().names.contains(&"The nest".to_owned()));
    assert_eq!(project.decisions().neighborhoods.names.len(), 1);
}

/// Runs `jaywalk` in `folder` and hands back its status and what it printed.
fn jaywalk(folder: &std::path::Path, line: &str) -> (Option<i32>, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_jaywalk"))
        .args(line.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_command_tells_names_captains_and_fill_levels() {
    let folder = tempfile::tempdir().expect("a folder");
    let ties =
        "source,target\na0,a1\na0,a2\na0,a3\na1,a2\na1,a3\nb0,b1\nb0,b2\nb1,b2\na3,b2\nz,z\n";
    std::fs::write(folder.path().join("ties.csv"), ties).expect("written");
    let line = "neighborhoods ties.csv --undirected --p 1 --steps 9 --replicates 5 --json";
    let (status, out, err) = jaywalk(folder.path(), line);
    assert_eq!(status, Some(0), "{err}");
    let told: serde_json::Value = serde_json::from_str(&out).expect("one document");
    let groups = told["neighborhoods"].as_array().expect("a list");
    assert_eq!(groups[0]["name"], "Around a0");
    assert_eq!(groups[0]["captain"]["id"], "a0");
    assert_eq!(groups[0]["people"], 4);
    assert_eq!((&groups[0]["ties_inside"], &groups[0]["ties_across"]), (&5.into(), &1.into()));
    assert!((groups[0]["e_i"].as_f64().expect("ties") + 4.0 / 6.0).abs() < 1e-12);
    // The captains start, and every tie works: all are full, step by step.
    assert_eq!(told["seeds"].as_array().expect("seeds").len(), groups.len());
    let fill = groups[0]["fill"].as_array().expect("by step");
    assert_eq!(
        (fill[0].as_f64(), fill.last().and_then(serde_json::Value::as_f64)),
        (Some(0.25), Some(1.0))
    );
    assert!(told["gini"].as_f64().expect("adopters") < 1e-9);
    assert_eq!(told["lorenz"][0], serde_json::json!([0.0, 0.0]));

    let from_b = line.replace("--steps 9", "--steps 1 --seeds b0");
    let told: serde_json::Value =
        serde_json::from_str(&jaywalk(folder.path(), &from_b).1).expect("one");
    assert_eq!(told["neighborhoods"][0]["fill"], serde_json::json!([0.0, 0.0]));
    assert_eq!(told["neighborhoods"][1]["fill"][1], 1.0);
    let table = jaywalk(folder.path(), &line.replace(" --json", "")).1;
    assert!(table.contains("Around a0") && table.contains("Gini of fullness 0.00"), "{table}");
    let (status, out, err) = jaywalk(folder.path(), "neighborhoods ties.csv --segments charm");
    assert!(status == Some(2) && out.is_empty() && err.contains("charm"), "{err}");
    let (status, ..) = jaywalk(folder.path(), "neighborhoods ties.csv --seeds nobody");
    assert_eq!(status, Some(2));
}

#[cfg(feature = "gui")]
mod window {
    use std::path::PathBuf;

    use egui::{Key, Modifiers, Pos2, Role, Theme};
    use egui_kittest::kittest::Queryable;
    use jaywalk::app::App;
    use jaywalk::project::Project;

    use super::common::{self, Window, wait};

    fn on_the_sample(width: f32, height: f32, theme: Theme) -> Window {
        let mut window = common::open(Vec::new(), width, height, theme);
        wait(&mut window, |app| app.findings().filling.is_some() && !app.is_busy());
        window.get_by_label("Close welcome").click();
        window.run_steps(3);
        wait(&mut window, |app| !app.is_busy());
        window
    }

    fn names(project: &Project) -> Vec<String> {
        let groups = project.neighborhoods();
        groups.names[..groups.worth_listing()].to_vec()
    }

    fn open_neighborhoods(window: &mut Window) {
        window.key_press_modifiers(Modifiers::COMMAND, Key::G);
        window.run_steps(3);
        wait(window, |app| app.findings().captains.is_some() && !app.is_busy());
    }

    #[test]
    fn captains_fill_levels_and_names_in_the_window() {
        let mut window = on_the_sample(1440.0, 900.0, Theme::Light);
        common::picture(&mut window, "hulls-light");
        let before = names(window.state().project());
        assert!(before.len() > 3, "{before:?}");
        assert!(before.iter().filter(|it| !it.starts_with("Around")).count() > 2, "{before:?}");
        open_neighborhoods(&mut window);
        for name in &before {
            let row = format!("Neighborhood {name}");
            assert!(window.query_by_role_and_label(Role::ListItem, &row).is_some(), "{row}");
        }
        common::picture(&mut window, "neighborhoods");

        // Its people are selected by a click on the row.
        let row = format!("Neighborhood {}", before[1]);
        let row = window.get_by_role_and_label(Role::ListItem, &row).rect();
        common::click_at(&mut window, row.left_center() + egui::vec2(5.0, 0.0));
        window.run_steps(2);
        let groups = window.state().project().neighborhoods();
        let selected = window.state().view_state().selected.clone();
        assert_eq!(selected.len(), groups.sizes()[1] as usize);
        assert!(selected.iter().all(|&it| groups.of[it as usize] == Some(1)));

        // The forecast by neighborhood is the forecast.
        let findings = window.state().findings().clone();
        let (filling, forecast) = (findings.filling.as_ref(), findings.forecast.as_ref());
        let (filling, forecast) = (filling.expect("filled"), forecast.expect("run"));
        let sum: f64 = filling.adopters[filling.last_step()].iter().sum();
        assert!(sum <= forecast.mean_adopters + 1e-9 && sum > 0.8 * forecast.mean_adopters);
        window.get_by_label("Filled by week").click();
        window.run_steps(3);
        let share = 100.0 * filling.share(filling.last_step(), 0);
        let row = format!("{}: {share:.0} % filled at the end", before[0]);
        assert!(window.query_by_label(&row).is_some(), "{row}");
        common::picture(&mut window, "neighborhoods-weeks");
        window.get_by_label("How evenly").click();
        window.run_steps(3);
        assert!(window.query_by_label_contains("Lorenz line, Gini").is_some());
        common::picture(&mut window, "neighborhoods-evenness");

        // The captains become the seeds, as one step to undo.
        let seeds = window.state().project().seeds();
        let captains =
            window.state().findings().captains.clone().expect("captains").captains.clone();
        let people: Vec<u32> = captains.iter().flatten().map(|it| it.person).collect();
        assert_eq!(people.len(), before.len());
        window.get_by_label(&format!("Make the {} captains the seeds", people.len())).click();
        window.run_steps(3);
        let now = window.state().project().seeds();
        assert_eq!(now, people);
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run_steps(3);
        wait(&mut window, |app| !app.is_busy());
        assert_eq!(window.state().project().seeds(), seeds);
    }

    #[test]
    fn a_name_is_typed_over_and_shows_everywhere() {
        let mut window = on_the_sample(1440.0, 900.0, Theme::Dark);
        common::picture(&mut window, "hulls-dark");
        open_neighborhoods(&mut window);
        let first = names(window.state().project())[0].clone();
        let field =
            window.get_all_by_role(Role::TextInput).find(|it| it.value() == Some(first.clone()));
        field.expect("a field with the name").click();
        window.run_steps(2);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.run_steps(1);
        window.event(egui::Event::Text("Harbor side".to_owned()));
        window.run_steps(2);
        window.key_press(Key::Enter);
        window.run_steps(3);
        wait(&mut window, |app| !app.is_busy());
        assert_eq!(names(window.state().project())[0], "Harbor side");
        assert_eq!(
            window.state().project().undo_label(),
            Some("Call a neighborhood “Harbor side”")
        );
        common::picture(&mut window, "neighborhoods-named");
        window.key_press(Key::Escape);
        window.run_steps(3);
        assert!(window.query_all_by_label("Harbor side").next().is_some(), "in the legend");
        let member = window.state().project().neighborhoods().members()[0][0];
        let id = window.state().project().results().network.people[member as usize].id.clone();
        let at = window.state().position_on_window(&id).expect("a place");
        common::click_at(&mut window, at);
        window.run_steps(3);
        assert!(window.query_all_by_label("Harbor side").count() > 1, "on the person's card");
    }

    /// A place inside the shape of a neighborhood where nobody is, on the window.
    fn free_place(app: &App, group: u32) -> Option<Pos2> {
        let groups = app.project().neighborhoods();
        let people = &app.project().results().network.people;
        let at = |it: usize| app.position_on_window(&people[it].id).expect("a place");
        let all: Vec<Pos2> = (0..people.len()).map(at).collect();
        let members: Vec<Pos2> =
            (0..all.len()).filter(|&it| groups.of[it] == Some(group)).map(|it| all[it]).collect();
        // Where most of them are around, most surely within the shape.
        let around = |at: &Pos2| members.iter().filter(|it| it.distance(*at) < 45.0).count();
        let beside = |member: &Pos2| {
            let member = *member;
            (0..24_u16).map(move |turn| {
                let (sine, cosine) = (f32::from(turn) * 0.26).sin_cos();
                member + 14.0 * egui::vec2(cosine, sine)
            })
        };
        let free = |at: &Pos2| all.iter().all(|it| it.distance(*at) > 13.0);
        members.iter().flat_map(beside).filter(free).max_by_key(around)
    }

    #[test]
    fn a_double_click_on_a_shape_shows_its_people() {
        let mut window = on_the_sample(1440.0, 900.0, Theme::Light);
        let before = window.state().view_state().view;
        let place = free_place(window.state(), 0).expect("a free place");
        for _ in 0..2 {
            common::click_at(&mut window, place);
        }
        window.run_steps(4);
        let after = window.state().view_state().view;
        assert!(after.scale > 1.2 * before.scale, "{before:?} {after:?}");
        assert!(!window.state().view_state().follow);
        wait(&mut window, |app| !app.is_busy());
        common::picture(&mut window, "hulls-near");
        // Without shapes a double click on the ground shows everyone again.
        window.get_by_label("Show neighborhoods").click();
        window.run_steps(3);
        wait(&mut window, |app| !app.is_busy());
        let map = window.get_by_label_contains("Map of").rect();
        let place = empty_place(window.state(), map).expect("nobody everywhere");
        for _ in 0..2 {
            common::click_at(&mut window, place);
        }
        window.run_steps(4);
        wait(&mut window, |app| !app.is_busy());
        let everyone = window.state().view_state().view;
        assert!((everyone.scale / before.scale - 1.0).abs() < 0.01, "{before:?} {everyone:?}");
    }

    /// A place of the map where nobody is.
    fn empty_place(app: &App, map: egui::Rect) -> Option<Pos2> {
        let people = &app.project().results().network.people;
        let all: Vec<Pos2> =
            people.iter().filter_map(|it| app.position_on_window(&it.id)).collect();
        let inner = map.shrink(70.0);
        let places = (0..900_u16).map(|it| {
            let share = |part: u16| f32::from(part) / 29.0;
            inner.lerp_inside(egui::vec2(share(it % 30), share(it / 30)))
        });
        places.into_iter().find(|place| all.iter().all(|it| it.distance(*place) > 24.0))
    }

    /// Writes an edge list and opens it.
    fn opened(name: &str, ties: &[(usize, usize)]) -> (tempfile::TempDir, Window) {
        let folder = tempfile::tempdir().expect("a folder");
        let path: PathBuf = folder.path().join(format!("{name}.csv"));
        let rows: Vec<String> = ties.iter().map(|(a, b)| format!("p{a},p{b}")).collect();
        std::fs::write(&path, format!("source,target\n{}\n", rows.join("\n"))).expect("written");
        let mut window = common::open(vec![path], 1024.0, 700.0, Theme::Light);
        wait(&mut window, |app| !app.is_busy());
        wait(&mut window, |app| !app.is_busy());
        (folder, window)
    }

    #[test]
    fn networks_of_every_shape_have_their_picture() {
        let karate = super::karate(1.0);
        let club: Vec<(usize, usize)> = karate
            .iter_arcs()
            .filter(|it| it.influencer < it.audience)
            .map(|it| (it.influencer as usize, it.audience as usize))
            .collect();
        let star: Vec<(usize, usize)> = (1..60).map(|it| (0, it)).collect();
        // Forty circles of fifty, each tied to the next.
        let crowd: Vec<(usize, usize)> = (0..2000)
            .flat_map(|it| {
                let (circle, place) = (it / 50, it % 50);
                let near = (1..4).map(move |by| (it, circle * 50 + (place + by * by) % 50));
                near.chain((place == 0).then_some((it, (it + 57) % 2000)))
            })
            .collect();
        for (name, ties) in
            [("karate", club), ("star", star), ("crowd", crowd), ("one", vec![(0, 0)])]
        {
            let (_folder, mut window) = opened(name, &ties);
            common::picture(&mut window, &format!("hulls-{name}"));
            window.key_press_modifiers(Modifiers::COMMAND, Key::G);
            window.run_steps(4);
            wait(&mut window, |app| !app.is_busy());
            common::picture(&mut window, &format!("neighborhoods-{name}"));
        }
    }
}
