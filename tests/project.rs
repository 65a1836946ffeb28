//! What a person can rely on: nothing doubles, everything can be undone, saved files open again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use jaywalk::assemble::{AddedTie, ListedRow, Owners, TieRules};
use jaywalk::diffusion::{Contagion, StepUnit, Threshold};
use jaywalk::import::{
    self, Direction, Issue, IssueKind, PersonKey, PersonRecord, Records, Source, TieRecord,
};
use jaywalk::measure;
use jaywalk::network::{Channel, Closeness, EvidenceKind, TieValue, fact};
use jaywalk::project::{Decisions, Marked, Project, Tray, file, present, sample};
use jiff::civil::date;
use proptest::prelude::*;

/// An edge list as a reader would hand it over.
fn edges(path: &str, rows: &[(&str, &str)]) -> Source {
    let mut people: Vec<PersonRecord> = Vec::new();
    let mut at = |id: &str| {
        let position = people.iter().position(|it| it.id.as_deref() == Some(id));
        let position = position.unwrap_or_else(|| {
            people.push(PersonRecord {
                id: Some(id.to_owned().into()),
                keys: PersonKey::Node(id.to_owned().into()).into(),
                ..PersonRecord::default()
            });
            people.len() - 1
        });
        u32::try_from(position).expect("a small file")
    };
    let tie = |(from, to)| TieRecord::new(from, to, Direction::Mutual, EvidenceKind::Listed);
    let ties = rows.iter().map(|(one, two)| tie((at(one), at(two)))).collect();
    Source {
        path: path.to_owned(),
        format: "edge list".to_owned(),
        rows_read: rows.len(),
        rows_kept: rows.len(),
        records: Records { people, ties, directed: Some(false) },
        ..Source::default()
    }
}

fn triangle() -> Source {
    edges("triangle.csv", &[("a", "b"), ("b", "c"), ("c", "a")])
}

fn with_triangle() -> Project {
    let mut project = Project::default();
    project.add_sources(vec![triangle()]);
    project
}

fn size(project: &Project) -> (usize, usize) {
    (project.results().network.people.len(), project.results().network.ties.len())
}

// Imports

#[test]
fn importing_again_doubles_nothing() {
    let mut project = with_triangle();
    assert_eq!(size(&project), (3, 3));
    let again = project.add_sources(vec![triangle()]);
    assert_eq!((again.added, again.replaced, again.unchanged), (0, 0, 1));
    assert_eq!((again.before, again.now), ((3, 3), (3, 3)));
    let before = project.results().network.clone();
    let moved = Source { path: "elsewhere/copy of triangle.csv".to_owned(), ..triangle() };
    assert_eq!(project.add_sources(vec![moved]).unchanged, 1);
    assert_eq!(size(&project), (3, 3));
    assert!(Arc::ptr_eq(&before, &project.results().network), "nothing was touched");
}

/// An export of Ana's contacts: slug, name and employer of each.
fn contacts(path: &str, people: &[(&str, &str, &str)]) -> Source {
    let key = |slug: &str| PersonKey::Profile(format!("linkedin:{slug}").into());
    let owner = PersonRecord {
        name: "Ana Ruiz".to_owned().into(),
        keys: vec![PersonKey::OwnerOf(path.to_owned().into()), key("ana")].into(),
        is_owner: true,
        ..PersonRecord::default()
    };
    let person = |(slug, name, company): &(&str, &str, &str)| PersonRecord {
        name: (*name).to_owned().into(),
        keys: key(slug).into(),
        facts: [(fact::COMPANY, *company)].into(),
        ..PersonRecord::default()
    };
    let ties = (1..)
        .zip(people)
        .map(|(at, _)| TieRecord::new(0, at, Direction::Mutual, EvidenceKind::Contact));
    Source {
        path: path.to_owned(),
        format: "LinkedIn connections".to_owned(),
        rows_read: people.len(),
        rows_kept: people.len(),
        records: Records {
            ties: ties.collect(),
            people: std::iter::once(owner).chain(people.iter().map(person)).collect(),
            directed: None,
        },
        ..Source::default()
    }
}

const JANUARY: &str = "in/Basic_LinkedInDataExport_01-15-2026.zip!Connections.csv";
const MARCH: &str = "in/Basic_LinkedInDataExport_03-15-2026.zip!Connections.csv";

#[test]
fn a_newer_export_takes_the_old_one_s_place_and_says_what_changed() {
    let mut project = Project::default();
    let january = [("bo", "Bo Li", "Alder"), ("cy", "Cy Moss", "Alder"), ("di", "Di Sy", "Elm")];
    let march = [("bo", "Bo Li", "Birch"), ("di", "Di Sy", "Elm"), ("ed", "Ed Hu", "Elm")];
    project.add_sources(vec![contacts(JANUARY, &january)]);
    let summary = project.add_sources(vec![contacts(MARCH, &march)]);
    assert_eq!((summary.added, summary.replaced), (0, 1));
    let [changes] = summary.changes.as_slice() else { panic!("one source changed") };
    assert_eq!(
        (changes.new.first.as_slice(), changes.gone.first.as_slice()),
        (["Ed Hu".to_owned()].as_slice(), ["Cy Moss".to_owned()].as_slice())
    );
    assert_eq!(changes.moved[0].in_words(), "Bo Li: Alder → Birch");
    assert_eq!(project.evidence().sources.len(), 1);

    let again = project.add_sources(vec![contacts(MARCH, &march)]);
    assert_eq!((again.unchanged, again.changes.len()), (1, 0));
    let older = project.add_sources(vec![contacts(JANUARY, &january)]);
    assert_eq!((older.added, older.replaced), (0, 0));
    let [left] = older.older.as_slice() else { panic!("the older one is left aside") };
    assert_eq!((left.path.as_str(), left.kept.as_str()), (JANUARY, MARCH));
    assert_eq!(project.evidence().sources[0].path, MARCH);
}

#[test]
fn decisions_follow_people_whose_namesakes_come_and_go() {
    let mut project = Project::default();
    let one = [("priya-5", "Priya Sharma", "Alder"), ("bo", "Bo Li", "Alder")];
    project.add_sources(vec![contacts(JANUARY, &one)]);
    project.decide("Seed", |it| it.case_mut().toggle_seed("Priya Sharma"));
    project.decide("Another scenario", |it| {
        let seeds = it.seeds().to_vec();
        let scenario = &mut it.case_mut().scenario;
        scenario.rivals.push("Priya Sharma".to_owned());
        scenario.rollout.split_by_number(&seeds, 5, 2);
        it.tray.duplicate(0);
    });
    project.decide("Pin", |it| {
        it.pins.insert("Priya Sharma".to_owned(), [1.0, 2.0]);
        it.merges.reject("Priya Sharma", "Bo Li");
    });
    let seed = |project: &Project| -> Vec<String> {
        let people = &project.results().network.people;
        let company = |it: u32| people[it as usize].fact(fact::COMPANY).unwrap_or_default();
        project.seeds().into_iter().map(|it| company(it).to_owned()).collect()
    };
    assert_eq!(seed(&project), ["Alder"]);

    // The newcomer's key comes first, so the plain name is hers now.
    let two = [("priya-1", "Priya Sharma", "Elm"), one[0], one[1]];
    project.add_sources(vec![contacts(MARCH, &two)]);
    for case in project.decisions().tray.cases() {
        assert_eq!(case.seeds, ["Priya Sharma (priya-5)"], "in every scenario");
        assert_eq!(case.scenario.rivals, case.seeds);
        assert_eq!(case.scenario.rollout.waves[0].seeds, case.seeds, "and her wave");
    }
    assert_eq!(seed(&project), ["Alder"]);
    assert!(project.decisions().pins.contains_key("Priya Sharma (priya-5)"));
    assert!(project.decisions().merges.is_rejected("Priya Sharma (priya-5)", "Bo Li"));
    project.undo();
    assert_eq!(seed(&project), ["Alder"], "steps before the import mean the same person, too");
    project.redo();

    let may = MARCH.replace("03-15", "05-15");
    project.add_sources(vec![contacts(&may, &[two[0], two[2]])]);
    assert!(seed(&project).is_empty(), "she is gone, and nobody else is a seed for her");
    let june = MARCH.replace("03-15", "06-15");
    project.add_sources(vec![contacts(&june, &two)]);
    assert_eq!(seed(&project), ["Alder"], "and back");
}

#[test]
fn a_merge_survives_a_newer_export_and_carries_seeds_along() {
    let other = |path: &str| {
        let mut source = contacts(path, &[("li-bo", "Bo Li", "Alder")]);
        source.records.people[0].keys = PersonKey::Profile("linkedin:cy".to_owned().into()).into();
        source
    };
    let mut project = Project::default();
    project.add_sources(vec![
        contacts(JANUARY, &[("bo", "Bo Li", "Alder"), ("di", "Di Sy", "Elm")]),
        other("cy/Connections.csv"),
    ]);
    let (first, second) = ("Bo Li", "Bo Li (li-bo)");
    assert!(project.results().person(second).is_some());
    project.decide("Seed", |it| it.case_mut().toggle_seed(second));
    project.decide("Merge", |it| it.merges.accept(first, second));
    assert_eq!(project.decisions().seeds(), [first], "the seed is the person they became");
    let people = size(&project).0;
    let march = [("bo", "Bo Li", "Birch"), ("di", "Di Sy", "Elm"), ("a-bo", "Bo Li", "Oak")];
    project.add_sources(vec![contacts(MARCH, &march)]);
    assert_eq!(size(&project).0, people + 1, "still one, and a namesake more");
    let [seed] = project.seeds()[..] else { panic!("one seed") };
    let bo = &project.results().network.people[seed as usize];
    assert_eq!(bo.fact(fact::COMPANY), Some("Birch"));
}

#[test]
fn a_newer_version_of_a_file_takes_the_place_of_the_old_one_and_seeds_survive() {
    let mut project = with_triangle();
    project.decide("Add seed c", |decisions| decisions.case_mut().toggle_seed("c"));
    let rows = [("z", "y"), ("c", "d"), ("b", "c")];
    let summary = project.add_sources(vec![edges("triangle.csv", &rows)]);
    assert_eq!((summary.replaced, summary.now), (1, (5, 3)));
    let [seed] = project.seeds()[..] else { panic!("the seed is still there") };
    assert_eq!(project.results().network.people[seed as usize].id, "c".into());

    project.add_sources(vec![edges("triangle.csv", &[("a", "b")])]);
    assert!(project.seeds().is_empty(), "c is in no file now");
    assert!(project.decisions().case().is_seed("c"), "but the decision stands");
}

#[test]
fn results_follow_the_evidence() {
    let mut project = with_triangle();
    project.add_sources(vec![edges("more.csv", &[("c", "d"), ("e", "f")])]);
    let results = project.results();
    assert_eq!((results.graph().people(), results.graph().arcs()), (6, 10));
    assert_eq!(results.neighborhoods().len(), 6);
    assert_eq!(results.merged, 1);
    assert_eq!(results.person("d"), Some(3));
    assert!(project.remove_source("more.csv"));
    assert!(!project.remove_source("more.csv"));
    assert_eq!(size(&project), (3, 3));
}

#[test]
fn an_import_derived_in_a_job_catches_up_with_what_happened_meanwhile() {
    let mut project = with_triangle();
    let pending = project.prepare_import(vec![edges("more.csv", &[("c", "d")])]);
    let derived =
        std::thread::scope(|scope| scope.spawn(|| pending.derive()).join().expect("no panic"));
    project.add_sources(vec![edges("meanwhile.csv", &[("x", "y")])]);
    let summary = project.accept_import(derived);
    assert_eq!((summary.before, summary.now), ((5, 4), (6, 5)));
    assert_eq!(project.evidence().sources.len(), 3);
}

// Decisions

#[test]
fn what_is_written_by_hand_stands_over_the_files_and_is_undone() {
    let mut project = Project::default();
    let people = [("bo", "Bo Li", "Alder"), ("di", "Di Sy", "Alder"), ("ed", "Ed Ott", "Elm")];
    project.add_sources(vec![contacts(JANUARY, &people)]);
    let told = |project: &Project, column: &str| -> Vec<Option<String>> {
        let people = &project.results().network.people;
        people.iter().map(|it| it.fact(column).map(str::to_owned)).collect()
    };
    let some = |value: &str| Some(value.to_owned());
    let same_company = |project: &Project| {
        let kinds = &project.results().kinds;
        kinds.iter().find(|it| it.kind == EvidenceKind::SameCompany).map_or(0, |it| it.ties)
    };
    assert_eq!(same_company(&project), 1, "Bo and Di");
    let graph = Arc::clone(project.results().graph());
    project.decide("Note", |it| it.by_hand.write("Ed Ott", "notes", Some("tall")));
    assert!(Arc::ptr_eq(&graph, project.results().graph()), "a note is nothing to measure");
    project.undo();
    project.decide("Company of Ed", |it| {
        it.by_hand.write("Ed Ott", fact::COMPANY, Some("Alder"));
    });
    assert_eq!(told(&project, fact::COMPANY), [some("Alder"), some("Alder"), some("Alder")]);
    assert_eq!(same_company(&project), 3, "ties follow what was written");
    assert!(!Arc::ptr_eq(&graph, project.results().graph()));
    project.decide("Company of Bo", |it| it.by_hand.write("Bo Li", fact::COMPANY, Some("")));
    project.decide("Notes on Di", |it| it.by_hand.write("Di Sy", "notes", Some("met in May")));
    project.decide("Name of Di", |it| it.by_hand.rename("Di Sy", Some("Diana Sy")));
    assert_eq!(told(&project, fact::COMPANY), [None, some("Alder"), some("Alder")]);
    let march = [people[0], ("di", "Di Sy", "Oak"), people[2]];
    project.add_sources(vec![contacts(MARCH, &march)]);
    assert_eq!(told(&project, fact::COMPANY), [None, some("Oak"), some("Alder")]);
    assert_eq!(told(&project, "notes"), [None, some("met in May"), None]);
    assert_eq!(project.results().network.people[1].name, "Diana Sy".into());

    for _ in 0..4 {
        project.undo();
    }
    assert_eq!(told(&project, fact::COMPANY), [some("Alder"), some("Oak"), some("Elm")]);
    assert_eq!(told(&project, "notes"), [None, None, None]);
    assert_eq!(project.results().network.people[1].name, "Di Sy".into());
}

#[test]
fn what_is_written_by_hand_follows_the_person_to_another_id() {
    let notes = |project: &Project| -> Vec<String> {
        let people = project.results().network.people.iter();
        people
            .filter_map(|it| Some(format!("{}: {}", it.fact(fact::COMPANY)?, it.fact("notes")?)))
            .collect()
    };
    let mut project = Project::default();
    let one = ("priya-5", "Priya Sharma", "Alder");
    project.add_sources(vec![contacts(JANUARY, &[one])]);
    project.decide("Note", |it| it.by_hand.write("Priya Sharma", "notes", Some("tall")));
    project.add_sources(vec![contacts(MARCH, &[("priya-1", "Priya Sharma", "Elm"), one])]);
    assert_eq!(notes(&project), ["Alder: tall"], "and not of the newcomer of that name");

    let (first, second) = ("Priya Sharma", "Priya Sharma (priya-5)");
    project.decide("Merge", |it| it.merges.accept(first, second));
    assert_eq!(notes(&project), ["Elm: tall"], "of the one they are now");
    let kept = project.decisions().by_hand.about(first).expect("it goes by the id that is left");
    assert_eq!(kept.facts.get("notes"), Some("tall"));
    project.undo();
    assert_eq!(notes(&project), ["Alder: tall"]);
}

/// "a→b .04 added by hand" of every tie.
fn told_ties(project: &Project) -> Vec<String> {
    let network = &project.results().network;
    let id = |it: u32| network.people[it as usize].id.to_string();
    let told = |tie: jaywalk::network::Tie| {
        let arrow = if tie.mutual { "↔" } else { "→" };
        let words = network.evidence_in_words(&tie);
        format!("{}{arrow}{} {:.3} {words}", id(tie.influencer), id(tie.audience), tie.strength)
    };
    network.ties.iter().map(told).collect()
}

#[test]
fn people_and_ties_are_added_and_left_out_by_hand() {
    let mut project = with_triangle();
    let files = told_ties(&project);
    let tie = |influencer: &str, audience: &str, mutual| {
        let [influencer, audience] = [influencer, audience].map(str::to_owned);
        AddedTie { influencer, audience, mutual, closeness: Closeness::Friend }
    };
    project.decide("Add Ann", |it| {
        let corrections = &mut it.by_hand.corrections;
        let ann = corrections.add_person("Ann", |_| false);
        corrections.tie(tie(&ann, "b", true));
    });
    let ids = |project: &Project| -> Vec<String> {
        project.results().network.people.iter().map(|it| it.id.to_string()).collect()
    };
    assert_eq!(ids(&project), ["Ann (by hand)", "a", "b", "c"]);
    let ann = project.results().network.people[0].clone();
    assert_eq!((ann.name.as_str(), ann.is_owner), ("Ann", false));
    let words = "Ann (by hand)↔b 0.040 added by hand";
    assert!(told_ties(&project).iter().any(|it| it == words), "{:?}", told_ties(&project));
    assert_eq!(told_ties(&project).len(), files.len() + 1);
    let kinds = &project.results().kinds;
    assert!(kinds.iter().any(|it| it.kind == EvidenceKind::ByHand && it.ties == 1));

    // It stands in the saved file and comes back as it was.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("by hand.jaywalk");
    project.save(&path).expect("saved");
    let opened = file::open(&path).expect("opened");
    assert_eq!(told_ties(&opened), told_ties(&project));

    // What files say of two people can be left out, while what is said by hand stands.
    project.decide("Untie", |it| it.by_hand.corrections.untie("a", "b", true));
    assert_eq!(told_ties(&project).len(), files.len());
    assert!(!told_ties(&project).iter().any(|it| it.starts_with("a→b")));
    project.decide("Tie", |it| it.by_hand.corrections.tie(tie("b", "a", false)));
    assert!(told_ties(&project).contains(&"b→a 0.040 added by hand".to_owned()));

    // A person is left out with all ties, and comes back with them.
    let before = told_ties(&project);
    project.decide("Leave out b", |it| it.by_hand.corrections.leave_out("b", "b"));
    assert_eq!(ids(&project), ["Ann (by hand)", "a", "c"]);
    assert_eq!(told_ties(&project).len(), files.len() - 2);
    project.decide("Bring back b", |it| it.by_hand.corrections.bring_back("b"));
    assert_eq!(told_ties(&project), before);
    for _ in 0..5 {
        project.undo();
    }
    assert_eq!((told_ties(&project), ids(&project).len()), (files, 3));
}

#[test]
fn who_was_added_can_be_somebody_that_a_later_file_names() {
    let mut project = Project::default();
    project.add_sources(vec![contacts(JANUARY, &[("bo", "Bo Li", "Alder")])]);
    project.decide("Add", |it| {
        let corrections = &mut it.by_hand.corrections;
        let ann = corrections.add_person("Ann Ode", |_| false);
        corrections.tie(AddedTie {
            influencer: ann,
            audience: "Bo Li".to_owned(),
            mutual: true,
            closeness: Closeness::Stranger,
        });
    });
    let people = [("bo", "Bo Li", "Alder"), ("ann", "Ann Ode", "Birch")];
    project.add_sources(vec![contacts(MARCH, &people)]);
    let names = |project: &Project| -> Vec<String> {
        project.results().network.people.iter().map(|it| it.name.to_string()).collect()
    };
    assert_eq!(names(&project), ["Ann Ode", "Ann Ode", "Bo Li"]);
    project.decide("Merge", |it| it.merges.accept("Ann Ode", "Ann Ode (by hand)"));
    assert_eq!(names(&project), ["Ann Ode", "Bo Li"]);
    let words = "Ann Ode↔Bo Li 0.005 added by hand".to_owned();
    assert!(told_ties(&project).contains(&words), "{:?}", told_ties(&project));
    // Made anew from the same decisions it is the same.
    let evidence = project.evidence().clone();
    let again = Project::new(evidence, project.decisions().clone());
    assert_eq!(told_ties(&again), told_ties(&project));
    project.undo();
    assert_eq!(names(&project).len(), 3);
}

#[test]
fn every_decision_can_be_undone_and_says_what_it_was() {
    let mut project = with_triangle();
    project.decide("Add seed a", |it| it.case_mut().toggle_seed("a"));
    project.decide("Hide listed ties", |it| it.tie_rules.set(EvidenceKind::Listed, false));
    assert_eq!(size(&project), (3, 0));
    assert_eq!(project.undo_label(), Some("Hide listed ties"));
    assert_eq!(project.undo().as_deref(), Some("Hide listed ties"));
    assert_eq!(size(&project), (3, 3), "results follow the undo");
    assert_eq!(project.undo().as_deref(), Some("Add seed a"));
    assert_eq!(project.undo(), None);
    assert!(project.seeds().is_empty());
    assert_eq!(project.redo_label(), Some("Add seed a"));
    project.redo();
    project.redo();
    assert_eq!((size(&project), project.seeds()), ((3, 0), vec![0]));
}

#[test]
fn what_changes_nothing_is_no_step_and_seeds_leave_the_network_alone() {
    let mut project = with_triangle();
    assert!(!project.decide("Show owners as before", |it| {
        it.tie_rules.owners = Owners::WhereExportsOverlap;
    }));
    assert_eq!(project.undo_label(), None);
    let network = Arc::clone(&project.results().network);
    assert!(project.decide("Add seed b", |it| it.case_mut().toggle_seed("b")));
    assert!(Arc::ptr_eq(&network, &project.results().network), "nothing was derived anew");
}

#[test]
fn a_drag_is_undone_at_once() {
    let mut project = with_triangle();
    for step in 0..20_u16 {
        project.decide_in_gesture("Move a", "drag 1", |it| {
            it.pins.insert("a".to_owned(), [f32::from(step), 0.0]);
        });
    }
    assert_eq!(project.pins().get(&0), Some(&[19.0, 0.0]));
    project.undo();
    assert!(project.pins().is_empty());
    assert_eq!(project.undo_label(), None);
}

// Saved files

fn with_all_sorts() -> Project {
    let mut project = with_triangle();
    let mut source =
        edges("odd \"names\" <b>.csv", &[("=1+1", "Nguyễn Thị Ánh"), ("\u{202e}x", "y")]);
    source.issues.push(Issue { line: 3, kind: IssueKind::Skipped, reason: "no name".to_owned() });
    source.records.ties.update(0, |tie| {
        tie.value = TieValue::new(0.1 + 0.2);
        tie.last_seen = Some(date(2025, 2, 28));
    });
    source.records.people[0].facts.insert("cost", "1,5");
    project.add_sources(vec![source]);
    project.decide("Everything", |it| {
        it.case_mut().toggle_seed("Nguyễn Thị Ánh");
        it.seed_settings.k = Some(3);
        it.seed_settings.exclude.push("a".to_owned());
        it.case_mut().scenario.contagion = Contagion::Permission(Threshold::Share(1.0 / 3.0));
        it.case_mut().scenario.same_field = Some("profession".to_owned());
        it.tray.compare(0, true);
        it.tray.duplicate(0);
        it.tray.rename(1, "Ärzte \"zuerst\"").expect("a name");
        it.case_mut().scenario.rng_seed = u64::MAX;
        it.pins.insert("b".to_owned(), [0.1, -7.25]);
        it.merges.accept("x", "y");
        it.by_hand.write("b", "notes", Some("met in \"May\"\nand June"));
        it.by_hand.rename("c", Some("Cleo"));
        it.merges.reject("a", "b");
        it.tie_rules.set(EvidenceKind::SameCompany, true);
        it.tie_rules.set_trust(EvidenceKind::Message, 1.5);
        it.tie_rules.set(EvidenceKind::Follow, false);
        it.tie_rules.half_life_days = Some(365);
    });
    project
}

fn assert_same(one: &Project, other: &Project) {
    assert_eq!(one.evidence(), other.evidence());
    assert_eq!(one.decisions(), other.decisions());
    assert_eq!(one.results().network, other.results().network);
    assert_eq!(one.results().neighborhoods(), other.results().neighborhoods());
}

#[test]
fn a_saved_project_opens_as_it_was_without_the_originals() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.jaywalk");
    let mut project = with_all_sorts();
    assert!(project.is_dirty());
    project.save(&path).expect("saved");
    assert!(!project.is_dirty());
    assert_eq!(project.path(), Some(path.as_path()));
    let opened = file::open(&path).expect("opened");
    assert_same(&opened, &project);
    assert!(!opened.is_dirty());
    assert_eq!(opened.undo_label(), None);

    project.decide("Remove seed", |it| it.case_mut().seeds.clear());
    assert!(project.is_dirty());
    project.undo();
    assert!(!project.is_dirty(), "back to what was saved");
}

#[test]
fn saving_replaces_the_old_file_and_leaves_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.jaywalk");
    with_all_sorts().save(&path).expect("saved");
    with_triangle().save(&path).expect("saved over it");
    assert_same(&file::open(&path).expect("opened"), &with_triangle());
    assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
}

#[test]
fn a_failed_save_says_so_and_changes_nothing() {
    let mut project = with_triangle();
    let error = project.save(Path::new("/no/such/folder/plan.jaywalk")).expect_err("no folder");
    assert!(error.to_string().contains("/no/such/folder/plan.jaywalk"), "{error}");
    assert!(project.is_dirty());
    assert_eq!(project.path(), None);
}

fn error_of(content: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.jaywalk");
    fs::write(&path, content).expect("written");
    let error = file::open(&path).expect_err("this is no project");
    assert_eq!(fs::read(&path).expect("readable"), content, "the file is unchanged");
    let text = error.to_string();
    assert!(text.contains("plan.jaywalk"), "{text}");
    text
}

fn saved() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("p.jaywalk");
    with_all_sorts().save(&path).expect("saved");
    fs::read(&path).expect("readable")
}

#[test]
fn every_way_of_cutting_a_file_off_is_noticed() {
    let whole = saved();
    let (start, end) = (60, whole.len() - 2);
    for length in (start..end).step_by(97).chain([end]) {
        let text = error_of(&whole[..length]);
        assert!(text.contains(&format!("cut off after {length} bytes")), "{text}");
    }
}

#[test]
fn what_is_no_project_is_named_and_what_to_do() {
    for content in [
        &b""[..],
        b"Name,Email\nAna,a@example.com\n",
        b"PK\x03\x04\xff\xfe",
        b"{\"nodes\": []}",
        b"[1]",
    ] {
        let text = error_of(content);
        assert!(text.contains("is not a Jaywalk project") && text.contains("import"), "{text}");
    }
}

#[test]
fn a_newer_version_is_refused_whatever_else_it_holds() {
    let text = String::from_utf8(saved()).expect("JSON is UTF-8");
    let newer = text.replacen("\"version\":4", "\"version\":7", 1);
    assert!(error_of(newer.as_bytes()).contains("project version 7"));
    let stranger = br#"{"format":"jaywalk-project","version":5,"everything":"is different"}"#;
    assert!(error_of(stranger).contains("newer Jaywalk"));
}

#[test]
fn damage_is_located() {
    let text = String::from_utf8(saved()).expect("JSON is UTF-8");
    let broken = text.replacen("\"rows_read\":3", "\"rows_read\":\"three\"", 1);
    let told = error_of(broken.as_bytes());
    assert!(told.contains("damaged in line 1, column") && told.contains("three"), "{told}");
}

#[test]
fn decisions_of_an_older_version_get_today_s_defaults() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("old.jaywalk");
    let old = br#"{"format":"jaywalk-project","version":1,
                   "decisions":{"seeds":["a"],"seed_settings":{"k":4}},"sources":[]}"#;
    fs::write(&path, old).expect("written");
    let project = file::open(&path).expect("opened");
    let mut expected = Decisions::default();
    expected.case_mut().seeds.push("a".to_owned());
    expected.seed_settings.k = Some(4);
    assert_eq!(project.decisions(), &expected);
}

#[test]
fn the_filter_of_an_older_version_is_one_row_of_rules() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("old.jaywalk");
    let old = br#"{"format":"jaywalk-project","version":3,"decisions":{"filters":[
        {"column":"client","picks":{"one_of":["Alder",""]}},
        {"column":"cost","picks":{"numbers":{"low":1.0,"high":40.5}}}]},"sources":[]}"#;
    fs::write(&path, old).expect("written");
    let project = file::open(&path).expect("opened");
    let filters = &project.decisions().filters;
    assert_eq!(filters.now.in_words(), "client: not given, Alder and cost: 1 – 40.50");
    assert!(filters.named.is_empty());
}

#[test]
fn the_one_scenario_of_an_older_version_is_the_first_of_the_tray() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("old.jaywalk");
    let old = br#"{"format":"jaywalk-project","version":2,"decisions":{"seeds":["b","a"],
        "scenario":{"contagion":{"permission":{"count":3}},"steps":9,"step_unit":"day",
        "replicates":40,"presence":0.5,"visibility":1.0,"same_field":null,"rng_seed":7},
        "pins":{"a":[0.1,-7.25]}},"sources":[]}"#;
    fs::write(&path, old).expect("written");
    let mut project = file::open(&path).expect("opened");
    let decisions = project.decisions();
    assert_eq!(decisions.tray.cases().len(), 1);
    assert_eq!(decisions.seeds(), ["b", "a"]);
    let scenario = decisions.scenario();
    assert_eq!(scenario.contagion, Contagion::Permission(Threshold::Count(3)));
    assert_eq!((scenario.steps, scenario.replicates, scenario.rng_seed), (9, 40, 7));
    assert_eq!(decisions.pins.get("a"), Some(&[0.1, -7.25]));
    let decisions = decisions.clone();
    project.save(&path).expect("saved");
    assert_eq!(file::open(&path).expect("opened again").decisions(), &decisions);
}

#[test]
fn a_tray_that_cannot_be_is_put_right() {
    let tray = |text: &str| serde_json::from_str::<Tray>(text).expect("a tray");
    let case = r#"{"name":"One","seeds":["a"],"compared":true}"#;
    let seven = format!(r#"{{"scenarios":[{}],"current_scenario":12}}"#, [case; 7].join(","));
    let seven = tray(&seven);
    let names: Vec<&str> = seven.cases().iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["One", "One 2", "One 3", "One 4", "One 5", "One 6", "One 7"]);
    assert_eq!((seven.current(), seven.compared().count()), (0, Tray::MOST_COMPARED));
    assert_eq!(tray(r#"{"scenarios":[],"current_scenario":3}"#), Tray::default());
}

#[test]
fn every_scenario_has_seeds_of_its_own_and_each_step_is_undone() {
    let mut project = with_triangle();
    project.decide("Seed", |it| it.case_mut().toggle_seed("a"));
    project.decide("Duplicate", |it| it.tray.duplicate(0));
    project.decide("Seed", |it| it.case_mut().toggle_seed("b"));
    project.decide("Shorter", |it| it.case_mut().scenario.steps = 4);
    assert_eq!(project.seeds(), [0, 1]);
    project.decide("Switch", |it| it.tray.switch_to(0));
    assert_eq!((project.seeds(), project.decisions().scenario().steps), (vec![0], 26));
    let other = &project.decisions().tray.cases()[1];
    assert_eq!((project.seeds_of(other), other.scenario.steps), (vec![0, 1], 4));
    project.decide("Delete", |it| it.tray.remove(1));
    assert_eq!(project.decisions().tray.cases().len(), 1);
    for _ in 0..2 {
        project.undo();
    }
    assert_eq!(project.seeds(), [0, 1]);
    for _ in 0..3 {
        project.undo();
    }
    assert_eq!((project.decisions().tray.cases().len(), project.seeds()), (1, vec![0]));
}

#[test]
fn rules_of_the_first_version_mean_what_they_meant() {
    let saved = r#"{"off":["follow","mention"],"same_company":true,"owners":"shown",
        "listed_row":"follows","half_life_days":90}"#;
    let rules: TieRules = serde_json::from_str(saved).expect("rules of version 1");
    assert!(!rules.is_on(EvidenceKind::Follow, 2) && !rules.is_on(EvidenceKind::Mention, 2));
    assert!(rules.is_on(EvidenceKind::SameCompany, 1000));
    assert_eq!((rules.owners, rules.listed_row), (Owners::Shown, ListedRow::Follows));
    assert_eq!(rules.half_life_days, Some(90));
    let again = serde_json::to_string(&rules).expect("rules can be written");
    assert_eq!(serde_json::from_str::<TieRules>(&again).expect("and read"), rules);
    let silent: TieRules = serde_json::from_str("{}").expect("nothing decided");
    assert_eq!(silent, TieRules::default());
}

// The bundled sample

#[test]
fn the_sample_is_a_network_worth_looking_at() {
    let go_on = &mut |_| ControlFlow::Continue(());
    let sources = import::read(&sample(), &import::Answers::default(), go_on).expect("it reads");
    assert!(sources.iter().all(|it| it.rows_skipped == 0 && it.rows_kept > 0));
    let mut project = Project::default();
    let summary = project.add_sources(sources);
    assert_eq!((summary.added, summary.now), (10, (404, 1819)));
    let results = project.results();
    assert_eq!(results.warnings, Arc::from([]));
    assert!(!results.too_thin_to_rank);

    let mut in_component = BTreeMap::new();
    for component in measure::components(results.graph()) {
        *in_component.entry(component).or_insert(0) += 1;
    }
    assert_eq!(in_component.len(), 13, "a dozen people are tied to nobody");
    assert_eq!(in_component[&0], 392);
    assert!(measure::modularity(results.graph(), results.neighborhoods()) > 0.6);

    let people = &results.network.people;
    let owners: Vec<&str> =
        people.iter().filter(|it| it.is_owner).map(|it| it.name.as_ref()).collect();
    assert_eq!(owners, ["Ana Ruiz Delgado", "Ngozi Adeyemi", "Tomasz Zieliński"]);
    let known = |column| people.iter().filter(|it| it.fact(column).is_some()).count();
    assert_eq!((known(fact::ADOPTED), known(fact::CLIENT), known(fact::COST)), (61, 400, 400));
    let channels: BTreeSet<_> =
        results.network.ties.evidence().filter_map(|it| it.channel).collect();
    assert_eq!(channels, BTreeSet::from([Channel::Online, Channel::Referral]));
}

#[test]
fn the_sample_ties_only_what_was_seen_and_doubles_nothing_when_read_twice() {
    let go_on = &mut |_| ControlFlow::Continue(());
    let read = import::read(&sample(), &import::Answers::default(), go_on).expect("it reads");
    let mut project = Project::default();
    project.add_sources(read.clone());
    assert!(project.results().network.ties.evidence().all(|it| it.kind.is_observed()));
    let network = Arc::clone(&project.results().network);
    assert_eq!(project.add_sources(read).unchanged, 10);
    assert_eq!(network, project.results().network);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_project_survives_saving(
        rows in prop::collection::vec(("\\PC{1,8}", "\\PC{1,8}", prop::option::of(any::<f64>())), 0..20),
        seeds in prop::collection::vec("\\PC{0,8}", 0..5),
        places in prop::collection::btree_map("\\PC{0,8}", [-1e6_f32..1e6, -1e6_f32..1e6], 0..5),
        presence in 0.0..=1.0,
    ) {
        let pairs: Vec<(&str, &str)> = rows.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        let mut source = edges("any.csv", &pairs);
        for (at, row) in rows.iter().enumerate() {
            source.records.ties.update(at, |tie| tie.value = row.2.and_then(TieValue::new));
        }
        let mut project = Project::default();
        project.add_sources(vec![source]);
        project.decide("Any", |it| {
            it.case_mut().seeds.clone_from(&seeds);
            it.pins.clone_from(&places);
            it.case_mut().scenario.presence = presence;
        });
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("any.jaywalk");
        project.save(&path).expect("saved");
        let opened = file::open(&path).expect("opened");
        prop_assert_eq!(opened.evidence(), project.evidence());
        prop_assert_eq!(opened.decisions(), project.decisions());
        prop_assert_eq!(&opened.results().network, &project.results().network);
    }
}

#[test]
fn marks_are_decisions_that_follow_people_and_are_saved() {
    let mut project = with_triangle();
    let day = date(2026, 3, 2);
    let id = project.results().network.people[0].id.to_string();
    let mark = |project: &mut Project, marked| {
        let id = id.clone();
        project.decide("Mark", move |it| it.campaign.mark(&id, Some(marked), day))
    };
    assert!(mark(&mut project, Marked::Contacted));
    assert!(mark(&mut project, Marked::Adopted));
    assert_eq!(project.history().expect("one adopted").adopters(), 1);
    assert_eq!(project.undo().as_deref(), Some("Mark"));
    assert_eq!(project.decisions().campaign.standing(&id), Some((Marked::Contacted, day)));
    assert!(project.history().is_err(), "who was only contacted has not adopted");
    project.redo();

    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("campaign.jaywalk");
    project.save(&path).expect("it is saved");
    let opened = file::open(&path).expect("it opens");
    assert_eq!(opened.decisions(), project.decisions());
    assert_eq!(opened.decisions().campaign.standing(&id), Some((Marked::Adopted, day)));
}

#[test]
fn the_present_state_is_what_forecasts_go_on_from() {
    let mut project = with_triangle();
    let people: Vec<String> =
        project.results().network.people.iter().map(|it| it.id.to_string()).collect();
    let day = |day| date(2026, 3, day);
    project.decide("Mark", |it| {
        it.campaign.mark(&people[0], Some(Marked::Adopted), day(2));
        it.campaign.mark(&people[1], Some(Marked::Adopted), day(17));
        it.campaign.mark(&people[2], Some(Marked::Declined), day(3));
    });
    let marks = &project.decisions().campaign.marks;
    let calendar = present(&project.results().network.people, marks, StepUnit::Week);
    assert_eq!((calendar.before, calendar.never), (vec![(0, 2), (1, 0)], vec![2]));
    assert!(project.excluded().is_empty());
    project.decide("Go on", |it| it.case_mut().from_today = true);
    assert_eq!(project.excluded(), [0, 1, 2], "nobody is left to be won");
}

#[test]
fn the_owner_left_out_of_the_network_still_leads_to_whom_they_know() {
    let connections = "First Name,Last Name,Email Address,Company,Position,Connected On\n\
                       Ana,Ruiz,ana@example.org,Alder,Buyer,01 Mar 2024\n\
                       Ben,Ode,ben@example.org,Alder,Seller,02 Mar 2024\n";
    let input =
        import::Input::Bytes { name: "Connections.csv".to_owned(), bytes: connections.into() };
    let sources =
        import::read(&[input], &import::Answers::default(), &mut |_| ControlFlow::Continue(()));
    let project = Project::new(sources.expect("it reads").into(), Decisions::default());
    let network = &project.results().network;
    assert!(network.people.iter().all(|it| !it.is_owner), "a star tells nothing of the others");
    let ours = project.acquaintances();
    assert_eq!((ours.ours.len(), ours.known.len()), (1, 2));
    assert_eq!(ours.ours[0].person, None);
    for known in &ours.known {
        assert!(known.strength.is_some_and(|it| it > 0.0) && known.words.contains("contact list"));
    }
    // Where the files name no owner, whoever adopted already is one of ours.
    let rows = [("ada", "ben"), ("ben", "cy")];
    let mut source = edges("ties.csv", &rows);
    source.records.people[0].facts.insert(fact::ADOPTED, "2024-01-01");
    let project = Project::new(vec![source].into(), Decisions::default());
    let ours = project.acquaintances();
    assert_eq!(ours.ours.len(), 1);
    assert_eq!(ours.ours[0].person, project.results().person(&ours.ours[0].who.id));
}
