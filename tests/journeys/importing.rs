//! Files that come in: what is asked, what is reported, who is the same person.

use crate::common::{self, Window, wait};
use crate::stage::{click, drop_file, edge_list, file, on_the_sample, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

#[test]
fn a_dropped_edge_list_becomes_the_map_without_a_further_click() {
    let mut window = on_the_sample();
    let (_folder, path) =
        edge_list(&[("Ada", "Ben"), ("Ben", "Cleo"), ("Ada", "Cleo"), ("Cleo", "Dan")]);
    drop_file(&mut window, &path);
    let app = window.state();
    assert_eq!(app.project().results().network.people.len(), 4);
    let map = app.position_on_window("Ada").expect("Ada has a place");
    assert!(window.get_by_label("Map of 4 people and 4 ties").rect().contains(map));
    window.get_by_label("Import report").click();
    settle(&mut window);
    assert!(window.query_by_label("4 rows read, 4 kept, 0 skipped").is_some());
}

#[test]
fn a_table_that_nobody_knows_is_asked_about_once() {
    let rows = "Kolo1,Kolo2,Kolo3\nada,bo,3\nbo,cy,1\ndee,eli,2\n";
    let (_folder, path) = file("strange.csv", rows);
    let mut window = on_the_sample();
    let before = window.state().project().results().network.people.len();
    drop_file(&mut window, &path);
    assert!(window.query_by_label("Before the import").is_some());
    assert_eq!(window.state().project().results().network.people.len(), before);
    window.get_by_label("Import").click();
    window.run_steps(2);
    assert!(window.query_by_label("Before the import").is_some(), "nobody is named yet");
    common::picture(&mut window, "questions");
    for (column, meaning) in [("Kolo1", "tie: who influences"), ("Kolo2", "tie: who is influenced")]
    {
        window.get_by_label(&format!("Meaning of {column}")).click();
        window.run_steps(3);
        // The menu is long; the entry may have to be scrolled to.
        window.get_by_label(meaning).click_accesskit();
        window.run_steps(3);
    }
    window.get_by_label("Import").click();
    settle(&mut window);
    assert!(window.query_by_label("Before the import").is_none());
    let network = &window.state().project().results().network;
    assert_eq!((network.people.len(), network.ties.len()), (5, 3));

    let (_folder, again) = file("again.csv", "Kolo1,Kolo2,Kolo3\nada,fay,5\n");
    drop_file(&mut window, &again);
    assert!(window.query_by_label("Before the import").is_none(), "the header is known by now");
    assert_eq!(window.state().project().results().network.people.len(), 6);
}

#[test]
fn dates_that_may_be_read_two_ways_are_asked_about() {
    let rows = "Name,Email,Connected On\nAda Moss,ada@moss.example,03/04/2024\n";
    let (_folder, path) = file("list.csv", rows);
    let mut window = common::open(vec![path], 1280.0, 800.0, egui::Theme::Dark);
    wait(&mut window, |app| !app.is_busy());
    window.run_steps(3);
    window.get_by_label("The day comes first").click();
    window.run_steps(2);
    window.get_by_label("Import").click();
    settle(&mut window);
    let people = &window.state().project().results().network.people;
    let since = people.iter().find_map(|it| it.fact("connected"));
    assert_eq!(since, Some("2024-04-03"));
}

#[test]
fn questions_may_be_left_open_or_the_import_given_up() {
    let rows = "Name,Email,Connected On\nAda Moss,ada@moss.example,03/04/2024\n";
    let (_folder, path) = file("list.csv", rows);
    let mut window = on_the_sample();
    let before = window.state().project().evidence().sources.len();
    for (button, sources) in [("Cancel", before), ("Import as it is", 1)] {
        drop_file(&mut window, &path);
        assert!(window.query_by_label("Before the import").is_some());
        window.get_by_label(button).click();
        settle(&mut window);
        assert_eq!(window.state().project().evidence().sources.len(), sources, "{button}");
    }
    // What was left open can be answered later, from the report.
    let since = |window: &Window| {
        let people = &window.state().project().results().network.people;
        people.iter().find_map(|it| it.fact("connected").map(str::to_owned))
    };
    let assumed = since(&window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::I);
    settle(&mut window);
    click(&mut window, "Answer…");
    click(&mut window, "The day comes first");
    click(&mut window, "Import");
    assert_ne!(since(&window), assumed);
    assert_eq!(since(&window).as_deref(), Some("2024-04-03"));
    assert!(window.query_by_label_contains("Does the day").is_none());
}

#[test]
fn files_that_share_numbers_are_asked_about_and_others_are_not_shown() {
    let graph = |one: &str, other: &str| {
        format!(
            "graph [ node [ id 1 label \"{one}\" ] node [ id 2 label \"{other}\" ] \
             edge [ source 1 target 2 ] ]"
        )
    };
    let (_birds, birds) = file("birds.gml", &graph("Ana", "Ben"));
    let (_fish, fish) = file("fish.gml", &graph("Cy", "Dee"));
    let mut window = common::open(vec![birds, fish], 1024.0, 700.0, egui::Theme::Light);
    wait(&mut window, |app| !app.is_busy());
    window.run_steps(3);
    assert!(window.query_by_label("fish.gml").is_some());
    assert!(window.query_by_label("birds.gml").is_none(), "it leaves nothing open");
    common::picture(&mut window, "numbers");
    click(&mut window, "The same people");
    click(&mut window, "Import");
    assert_eq!(window.state().project().results().network.people.len(), 2);
}

#[test]
fn a_failed_import_says_why_and_changes_nothing() {
    let mut window = on_the_sample();
    let people = window.state().project().results().network.people.len();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("noise.csv");
    std::fs::write(&path, [0_u8, 159, 146, 150, 0, 1, 2]).expect("the file is written");
    drop_file(&mut window, &path);
    assert_eq!(window.state().project().results().network.people.len(), people);
    assert!(window.query_by_label_contains("noise.csv").is_some(), "the message names the file");
    window.get_by_label("Dismiss this problem").click();
    window.step();
    window.step();
    assert!(window.query_by_label_contains("noise.csv").is_none());
}

#[test]
fn two_entries_of_one_person_are_merged_and_taken_apart_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lists = [
        ("members.csv", "name,company,email\nAda Moss,Alder,ada@alder.example\nBo Reed,Birch,\n"),
        ("guests.csv", "name,company,email\nAda Moss,Alder,moss@home.example\n"),
    ];
    let write = |(name, rows): (&str, &str)| {
        let path = folder.path().join(name);
        std::fs::write(&path, rows).expect("the file is written");
        path
    };
    let paths = lists.map(write).into();
    let mut window = common::open(paths, 1280.0, 800.0, egui::Theme::Light);
    wait(&mut window, |app| !app.is_busy());
    let people = |window: &Window| window.state().project().results().network.people.len();
    assert_eq!(people(&window), 3);
    window.key_press_modifiers(Modifiers::COMMAND, Key::M);
    settle(&mut window);
    window.get_by_label("Same person: Ada Moss, Ada Moss").click();
    settle(&mut window);
    assert_eq!(people(&window), 2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(people(&window), 3);

    window.get_by_label("Same person: Ada Moss, Ada Moss").click();
    settle(&mut window);
    window.key_press(Key::Escape);
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut window);
    window.get_by_label("Find a person").type_text("ada");
    settle(&mut window);
    window.key_press(Key::Enter);
    settle(&mut window);
    assert!(window.query_by_label("Made of 2 records").is_some());
    window.get_by_label("Split Ada Moss and Ada Moss (moss@home.example)").click_accesskit();
    settle(&mut window);
    assert_eq!(people(&window), 3);
    assert!(window.state().project().results().suggestions.is_empty(), "it is not asked again");
}

#[test]
fn all_pairs_alike_are_accepted_at_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, domain: &str| {
        let people = ["Ada Moss", "Bo Reed", "Cy Lund"];
        let row = |it: &str| format!("{it},Alder,{}@{domain}", it.replace(' ', ".").to_lowercase());
        let rows: Vec<String> = people.iter().map(|it| row(it)).collect();
        let path = folder.path().join(name);
        let text = format!("name,company,email\n{}\n", rows.join("\n"));
        std::fs::write(&path, text).expect("it is written");
        path
    };
    let paths = vec![write("members.csv", "alder.example"), write("guests.csv", "home.example")];
    let mut window = common::open(paths, 1280.0, 800.0, egui::Theme::Light);
    wait(&mut window, |app| !app.is_busy());
    window.key_press_modifiers(Modifiers::COMMAND, Key::M);
    settle(&mut window);
    window.get_by_label("Accept all 3 alike").click();
    settle(&mut window);
    assert_eq!(window.state().project().results().network.people.len(), 3);
    assert_eq!(window.state().project().undo_label(), Some("Merge 3 pairs"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(window.state().project().results().network.people.len(), 6);
}

#[test]
fn a_newer_export_says_who_came_went_and_moved() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, rows: &[&str]| {
        let path = folder.path().join(name);
        let rows = rows.join("\n");
        std::fs::write(&path, format!("name,company,email\n{rows}\n")).expect("it is written");
        path
    };
    let rows = ["Ada Moss,Alder,ada@x.example", "Bo Reed,Birch,bo@x.example"];
    let first = write("members.csv", &[rows[0], rows[1], "Cy Lund,Elm,cy@x.example"]);
    let mut window = common::open(vec![first], 1280.0, 800.0, egui::Theme::Light);
    wait(&mut window, |app| !app.is_busy());
    let rows = ["Ada Moss,Cedar,ada@x.example", "Bo Reed,Birch,bo@x.example"];
    let newer = write("members (1).csv", &[rows[0], rows[1], "Dee Hale,Oak,dee@x.example"]);
    drop_file(&mut window, &newer);
    settle(&mut window);
    assert_eq!(window.state().project().evidence().sources.len(), 1);
    for told in ["New: 1", "Dee Hale", "No longer listed: 1", "Cy Lund", "Ada Moss: Alder → Cedar"]
    {
        assert!(window.query_by_label(told).is_some(), "{told}");
    }
    window.key_press(Key::Escape);
    settle(&mut window);
    assert!(window.query_by_label("Took the place of members.csv").is_none());
    drop_file(&mut window, &newer);
    assert!(window.query_by_label_contains("Nothing new").is_some());
}
