//! What a person does, start to end, through the real window by accessible label.

#![cfg(feature = "gui")]

mod common;

use std::path::Path;
use std::time::Duration;

use common::{Window, wait};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jaywalk::network::EvidenceKind;
use jaywalk::seeding::{Strategy, Tactic};
use jaywalk::ui::actions::Tab;

/// A window on the sample, with seeds and forecast there and the welcome card closed.
fn on_the_sample() -> Window {
    let mut window = common::open(Vec::new(), 1440.0, 900.0, egui::Theme::Light);
    wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
    window.get_by_label("Close welcome").click();
    window.step();
    window.step();
    window
}

/// Writes a file of an invented edge list and returns its folder with it.
fn edge_list(rows: &[(&str, &str)]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("ties.csv");
    let rows: Vec<String> = rows.iter().map(|(from, to)| format!("{from},{to}")).collect();
    std::fs::write(&path, format!("source,target\n{}\n", rows.join("\n"))).expect("it is written");
    (folder, path)
}

fn drop_file(window: &mut Window, path: &Path) {
    common::drop_file(window, path);
    window.step();
    window.step();
    wait(window, |app| !app.is_busy());
}

#[test]
fn the_sample_is_there_from_the_start() {
    let mut window = common::open(Vec::new(), 1440.0, 900.0, egui::Theme::Light);
    assert!(window.query_by_label("Welcome to Jaywalk").is_some());
    wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
    let app = window.state();
    assert!(app.project().results().network.people.len() > 300);
    assert_eq!(app.project().seeds().len(), 10);
    assert_eq!(app.project().undo_label(), None, "nobody has decided anything yet");
    assert_eq!(app.findings().seeds.as_ref().expect("reach is known").seeds.len(), 10);
    assert_eq!(app.findings().positions.len(), app.project().results().network.people.len());
    window.get_by_label("Close welcome").click();
    window.step();
    window.step();
    assert!(window.query_by_label("Welcome to Jaywalk").is_none());
}

#[test]
fn from_the_sample_to_seeds_to_a_curve() {
    let mut window = on_the_sample();
    window.get_by_role_and_label(egui::Role::Button, "Choose seeds").click();
    window.step();
    window.step();
    wait(&mut window, |app| !app.is_busy());
    assert!(window.query_by_label("Expected reach").is_some());
    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click();
    window.step();
    window.step();
    wait(&mut window, |app| !app.is_busy());
    assert!(
        window.query_all_by_label_contains("Adopted so far").next().is_some(),
        "the map takes the colors of the classes"
    );
    let forecast = window.state().findings().forecast.clone().expect("a forecast");
    assert_eq!(forecast.replicates, 500);
    let name = format!(
        "Cumulative adopters, {} steps, mean {:.1} at the end",
        forecast.steps.last().expect("steps").step,
        forecast.mean_adopters
    );
    assert!(window.query_by_label(&name).is_some(), "{name}");
    // The reach of the seeds and the forecast's end are two estimates of one number.
    let reach = window.state().findings().seeds.as_ref().expect("reach").reach.mean;
    assert!(
        (reach - forecast.mean_adopters).abs() < 0.1 * reach,
        "{reach} {}",
        forecast.mean_adopters
    );
}

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

/// Writes an invented file and returns its folder with it.
fn file(name: &str, content: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("it is written");
    (folder, path)
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
fn seeds_are_added_undone_and_done_again() {
    let mut window = on_the_sample();
    let before = window.state().project().decisions().seeds().to_vec();
    let first =
        window.state().project().results().network.people[before_index(&window)].name.clone();
    window.get_by_label(&format!("Remove seed {first}")).click();
    window.step();
    window.step();
    assert_eq!(window.state().project().seeds().len(), before.len() - 1);
    wait(&mut window, |app| !app.is_busy());
    let reach =
        |window: &Window| window.state().findings().seeds.as_ref().expect("reach").reach.mean;
    let less = reach(&window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    wait(&mut window, |app| !app.is_busy());
    assert_eq!(window.state().project().decisions().seeds(), before);
    assert!(reach(&window) > less);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    wait(&mut window, |app| !app.is_busy());
    assert_eq!(window.state().project().seeds().len(), before.len() - 1);
}

fn before_index(window: &Window) -> usize {
    window.state().project().seeds()[0] as usize
}

#[test]
fn search_finds_and_selects() {
    let mut window = on_the_sample();
    let name = window.state().project().results().network.people[7].name.clone();
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.step();
    window.step();
    window.get_by_label("Find a person").type_text(&name.to_uppercase());
    window.step();
    window.step();
    window.key_press(Key::Enter);
    window.step();
    window.step();
    let state = window.state().view_state();
    assert_eq!(state.selected.iter().copied().collect::<Vec<_>>(), [7]);
    assert_eq!(state.tab, Tab::Person);
    assert!(window.query_all_by_label(&name).next().is_some());
}

#[test]
fn a_click_on_the_map_selects_and_a_click_beside_it_does_not() {
    let mut window = on_the_sample();
    let seed = window.state().project().seeds()[0];
    let id = window.state().project().results().network.people[seed as usize].id.clone();
    let at = window.state().position_on_window(&id).expect("a place");
    common::click_at(&mut window, at);
    assert!(window.state().view_state().selected.contains(&seed));
    assert_eq!(window.state().view_state().tab, Tab::Person);
    window.key_press(Key::Escape);
    window.step();
    window.step();
    assert!(window.state().view_state().selected.is_empty());
}

/// A seed's id, and where that person is.
fn a_person(window: &Window) -> (String, egui::Pos2) {
    let app = window.state();
    let seed = app.project().seeds()[1];
    let id = app.project().results().network.people[seed as usize].id.clone();
    let at = app.position_on_window(&id).expect("a place");
    (id.to_string(), at)
}

#[test]
fn a_tie_is_told_when_the_pointer_rests_on_its_line() {
    let (_folder, path) = edge_list(&[("Ada", "Ben"), ("Ben", "Cleo")]);
    let mut window = common::open(vec![path], 1024.0, 700.0, egui::Theme::Light);
    wait(&mut window, |app| app.findings().positions.len() == 3 && !app.is_busy());
    settle(&mut window);
    let place = |id: &str| window.state().position_on_window(id).expect("a place");
    let middle = place("Ada").lerp(place("Ben"), 0.5);
    // Other panels may change meanwhile; the card is right beside the line.
    let changed = |one: &image::RgbaImage, other: &image::RgbaImage| {
        let near = |x: u32, y: u32| egui::pos2(x as f32, y as f32).distance(middle) < 80.0;
        one.enumerate_pixels()
            .filter(|(x, y, it)| near(*x, *y) && *it != other.get_pixel(*x, *y))
            .count()
    };
    window.hover_at(middle + egui::vec2(60.0, 60.0));
    window.run_steps(12);
    settle(&mut window);
    let beside = window.render().expect("a picture");
    window.hover_at(middle);
    window.run_steps(2);
    let passing = window.render().expect("a picture");
    // The pointer itself is in the picture.
    assert!(changed(&beside, &passing) < 500, "a pointer on its way is not stopped by every line");
    window.run_steps(10);
    let resting = window.render().expect("a picture");
    assert!(changed(&beside, &resting) > 1000, "the card is there");
    window.hover_at(middle + egui::vec2(60.0, 60.0));
    window.run_steps(2);
    assert!(changed(&beside, &window.render().expect("a picture")) < 500, "and gone");
}

#[test]
fn the_wheel_zooms_to_the_pointer() {
    let mut window = on_the_sample();
    let (id, at) = a_person(&window);
    let (other, far) = {
        let id = window.state().project().decisions().seeds()[3].clone();
        let at = window.state().position_on_window(&id).expect("a place");
        (id, at)
    };
    common::wheel(&mut window, at, 3.0);
    let now = window.state().position_on_window(&id).expect("a place");
    assert!(now.distance(at) < 1.0, "who is under the pointer stays there: {at} {now}");
    let other = window.state().position_on_window(&other).expect("a place");
    assert!(other.distance(at) > 1.2 * far.distance(at), "everyone else moves apart");
}

#[test]
fn dragging_the_ground_pans_with_either_button() {
    for button in [egui::PointerButton::Primary, egui::PointerButton::Secondary] {
        let mut window = on_the_sample();
        let (id, before) = a_person(&window);
        let ground = egui::pos2(420.0, 720.0);
        let by = egui::vec2(90.0, -60.0);
        common::drag(&mut window, button, Modifiers::NONE, ground, ground + by);
        let after = window.state().position_on_window(&id).expect("a place");
        assert!((after - before - by).length() < 2.0, "{button:?}: {before} to {after}");
        assert!(window.state().project().undo_label().is_none(), "looking around decides nothing");
    }
}

#[test]
fn a_dragged_person_stays_where_put_and_undo_lets_go() {
    let mut window = on_the_sample();
    let (id, from) = a_person(&window);
    let to = from + egui::vec2(60.0, 90.0);
    common::drag(&mut window, egui::PointerButton::Primary, Modifiers::NONE, from, to);
    wait(&mut window, |app| !app.is_busy());
    let put = window.state().position_on_window(&id).expect("a place");
    assert!(put.distance(to) < 3.0, "{put} instead of {to}");
    assert!(window.state().project().decisions().pins.contains_key(&id));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    wait(&mut window, |app| !app.is_busy());
    assert!(window.state().project().decisions().pins.is_empty());
}

#[test]
fn a_box_selects_whom_it_holds() {
    let mut window = on_the_sample();
    let (id, at) = a_person(&window);
    let reach = egui::vec2(40.0, 40.0);
    let primary = egui::PointerButton::Primary;
    common::drag(&mut window, primary, Modifiers::SHIFT, at - reach, at + reach);
    let app = window.state();
    let person = app.project().results().person(&id).expect("in the network");
    assert!(app.view_state().selected.contains(&person));
    for &person in &app.view_state().selected {
        let id = &app.project().results().network.people[person as usize].id;
        let at_person = app.position_on_window(id).expect("a place");
        assert!(egui::Rect::from_center_size(at, 2.0 * reach).expand(2.0).contains(at_person));
    }
}

#[test]
fn a_course_is_played_step_by_step() {
    let mut window = on_the_sample();
    let last = window.state().findings().course.as_ref().expect("a course").replicate.steps;
    assert!(last >= 2);
    let step = |window: &Window| window.state().view_state().playback.step;
    for (key, expected) in [
        (Key::Home, 0),
        (Key::ArrowRight, 1),
        (Key::ArrowRight, 2),
        (Key::ArrowLeft, 1),
        (Key::End, last),
    ] {
        window.key_press(key);
        window.step();
        window.step();
        assert_eq!(step(&window), Some(expected));
    }
    window.key_press(Key::Space);
    window.step();
    window.step();
    assert!(window.state().view_state().playback.playing);
    for _ in 0..20 {
        window.step();
    }
    assert!(step(&window).expect("playing shows a step") > 0);
}

#[test]
fn a_focused_control_keeps_its_keys() {
    let mut window = on_the_sample();
    let step = |window: &Window| window.state().view_state().playback.step;
    window.key_press(Key::Home);
    window.run_steps(2);
    let usual = window.state().project().decisions().scenario().presence;
    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click_accesskit();
    settle(&mut window);
    click(&mut window, "More");
    window.get_by_role_and_label(egui::Role::Slider, "Reachable at a step (presence)").focus();
    window.run_steps(2);
    window.key_press(Key::ArrowLeft);
    settle(&mut window);
    assert!(window.state().project().decisions().scenario().presence < usual, "the slider moved");
    window.key_press(Key::Space);
    window.run_steps(2);
    assert_eq!(step(&window), Some(0), "the course did not");
    assert!(!window.state().view_state().playback.playing);
}

#[test]
fn a_project_is_saved_and_opened() {
    let mut window = on_the_sample();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("plan.jaywalk");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.step();
    window.step();
    window.get_by_label("Path").type_text(&path.display().to_string());
    window.step();
    window.step();
    window.get_by_role_and_label(egui::Role::Button, "Save").click();
    window.step();
    window.step();
    wait(&mut window, |app| !app.is_busy());
    assert!(path.exists());
    let seeds = window.state().project().decisions().seeds().to_vec();
    let people = window.state().project().results().network.people.len();

    let mut again = common::open(vec![path], 1280.0, 800.0, egui::Theme::Dark);
    wait(&mut again, |app| app.findings().forecast.is_some() && !app.is_busy());
    assert_eq!(again.state().project().decisions().seeds(), seeds);
    assert_eq!(again.state().project().results().network.people.len(), people);
}

#[test]
fn unsaved_changes_are_asked_about() {
    let mut window = on_the_sample();
    let first =
        window.state().project().results().network.people[before_index(&window)].name.clone();
    window.get_by_label(&format!("Remove seed {first}")).click();
    window.step();
    window.step();
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.step();
    window.step();
    assert!(window.query_by_label("Save changes to Untitled?").is_some());
    window.get_by_label("Don't save").click();
    window.step();
    window.step();
    assert!(window.state().project().evidence().sources.is_empty());
}

#[test]
fn kinds_of_ties_are_switched() {
    let mut window = on_the_sample();
    let before = window.state().project().results().network.ties.len();
    // A screen reader reaches what has to be scrolled to.
    window.get_by_label("Group threads").click_accesskit();
    window.step();
    window.step();
    wait(&mut window, |app| !app.is_busy());
    assert!(window.state().project().results().network.ties.len() < before);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    wait(&mut window, |app| !app.is_busy());
    assert_eq!(window.state().project().results().network.ties.len(), before);
}

#[test]
fn a_resting_window_does_not_repaint() {
    let mut window = on_the_sample();
    wait(&mut window, |app| !app.is_busy());
    for _ in 0..40 {
        window.step();
    }
    let delay = window.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(delay > Duration::from_secs(3), "{delay:?} {:?}", window.ctx.repaint_causes());
}

/// Pictures of the window for the README, written when asked for:
/// `JAYWALK_SCREENSHOTS=1 cargo test --test journeys pictures`.
#[test]
fn pictures_of_the_window() {
    let mut window = common::open(Vec::new(), 1440.0, 900.0, egui::Theme::Light);
    wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
    common::picture(&mut window, "welcome");
    window.get_by_label("Close welcome").click();
    settle(&mut window);
    common::picture(&mut window, "seeds");
    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click();
    settle(&mut window);
    common::picture(&mut window, "forecast-light");

    let mut window = common::open(Vec::new(), 1440.0, 900.0, egui::Theme::Dark);
    wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
    window.get_by_label("Close welcome").click();
    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click();
    window.key_press(Key::Home);
    for _ in 0..3 {
        window.key_press(Key::ArrowRight);
    }
    settle(&mut window);
    common::picture(&mut window, "playback-dark");

    let mut window = common::open(Vec::new(), 1024.0, 700.0, egui::Theme::Light);
    wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
    window.get_by_label("Close welcome").click();
    settle(&mut window);
    let seed = window.state().project().seeds()[1];
    let id = window.state().project().results().network.people[seed as usize].id.clone();
    let at = window.state().position_on_window(&id).expect("a place");
    common::click_at(&mut window, at);
    settle(&mut window);
    common::picture(&mut window, "person-small");
}

fn settle(window: &mut Window) {
    for _ in 0..3 {
        window.step();
    }
    wait(window, |app| !app.is_busy());
}

#[test]
fn a_budget_asks_for_every_price_and_the_answer_says_what_conditions_cost() {
    let mut window = on_the_sample();
    let settings = |window: &Window| window.state().project().decisions().seed_settings.clone();
    let refusal = |window: &Window| {
        let check = window.state().findings().seed_check.clone().expect("it is checked");
        check.refusal.clone()
    };
    let pick = |window: &mut Window, menu: &str, entry: &str| {
        window.get_by_role_and_label(egui::Role::ComboBox, menu).click_accesskit();
        settle(window);
        window.get_by_role_and_label(egui::Role::Button, entry).click_accesskit();
        settle(window);
        std::thread::sleep(Duration::from_millis(200));
        settle(window);
    };
    pick(&mut window, "Find", "what a budget buys");
    assert_eq!((settings(&window).k, settings(&window).budget), (None, Some(1000.0)));
    let missing = refusal(&window).expect("not everybody has a price").text;
    assert!(missing.contains("have no entry in the column “cost”"), "{missing}");
    assert!(window.query_by_label(&missing).is_some(), "the reason stands on the screen");
    window.get_by_label("Leave out people without a price").click_accesskit();
    settle(&mut window);
    pick(&mut window, "At most 1 per", "Client");
    wait(&mut window, |app| {
        app.findings().seed_check.as_ref().is_some_and(|it| it.refusal.is_none())
    });
    window.get_by_role_and_label(egui::Role::Button, "Choose seeds").click_accesskit();
    settle(&mut window);
    wait(&mut window, |app| app.findings().choice.is_some() && !app.is_busy());
    let project = window.state().project();
    let costs = project.seed_costs().expect("sound prices").expect("prices");
    let seeds = project.seeds();
    assert!(!seeds.is_empty() && costs.total(&seeds) <= 1000.0, "{}", costs.total(&seeds));
    let clients: Vec<&str> = seeds
        .iter()
        .filter_map(|&it| project.results().network.people[it as usize].fact("client"))
        .collect();
    let different: std::collections::BTreeSet<&&str> = clients.iter().collect();
    assert_eq!(clients.len(), different.len(), "at most one per client: {clients:?}");
    let lines = window.state().findings().choice.as_ref().expect("a choice").lines.clone();
    assert!(lines[0].contains("adopters for each 1,000 spent"), "{lines:?}");
    assert!(lines.iter().any(|it| it.starts_with("At most 1 per client costs")), "{lines:?}");
    assert!(window.query_by_label(&lines[0]).is_some());
    // The seeds, then the condition.
    for _ in 0..2 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut window);
    }
    assert!(settings(&window).groups.is_empty(), "conditions are undone like anything else");
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

/// Waits for what a change of rules starts, and shows it.
fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click_accesskit();
    settle(window);
}

#[test]
fn a_kind_is_trusted_more_and_old_traces_fade_without_moving_the_map() {
    let mut window = on_the_sample();
    let strength = |window: &Window| -> f64 {
        let ties = &window.state().project().results().network.ties;
        ties.iter().map(|tie| tie.strength).sum()
    };
    let (usual, places) = (strength(&window), window.state().findings().positions.clone());
    for trust in [1.2, 1.5, 2.0] {
        window.get_by_label("Trust in messages").set_value_accesskit(trust);
        settle(&mut window);
    }
    let trusted = window.state().project().decisions().tie_rules.trust(EvidenceKind::Message);
    assert!((trusted - 2.0).abs() < 1e-9, "{trusted}");
    assert!(strength(&window) > usual);
    assert_eq!(*window.state().findings().positions, *places, "nobody moved");
    assert_eq!(window.state().project().undo_label(), Some("Trust in messages"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert!((strength(&window) - usual).abs() < 1e-9, "one step, however often it moved");

    click(&mut window, "Old traces fade");
    click(&mut window, "Half in 3 months");
    assert_eq!(window.state().project().decisions().tie_rules.half_life_days, Some(91));
    assert!(strength(&window) < usual);
    assert_eq!(*window.state().findings().positions, *places, "nobody moved");
}

#[test]
fn trust_makes_a_forecast_old_only_where_the_model_heeds_it() {
    let mut window = on_the_sample();
    let stale = |window: &Window| window.state().findings().forecast_is_stale;
    let course = |window: &Window| window.state().findings().course.clone().expect("a course");
    let before = course(&window);
    window.get_by_label("Trust in messages").set_value_accesskit(2.0);
    settle(&mut window);
    assert!(!stale(&window), "each tie into a person counts alike, however strong");
    assert!(std::sync::Arc::ptr_eq(&before, &course(&window)), "nor is it simulated anew");

    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click_accesskit();
    settle(&mut window);
    click(&mut window, "How people come to adopt");
    click(&mut window, "Every tie has its own chance");
    assert!(!stale(&window), "while somebody looks at it, it follows");
    window.get_by_role_and_label(egui::Role::Tab, "Seeds").click_accesskit();
    settle(&mut window);
    window.get_by_label("Trust in messages").set_value_accesskit(0.5);
    settle(&mut window);
    assert!(stale(&window), "now strength is what passes it on");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert!(!stale(&window), "as strong as it was");
    window.get_by_label("Messages").click_accesskit();
    settle(&mut window);
    assert!(stale(&window), "ties are gone");
    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click_accesskit();
    settle(&mut window);
    assert!(!stale(&window), "and made anew for who looks");
}

#[test]
fn a_proof_holds_for_the_model_it_was_found_under() {
    let mut window = on_the_sample();
    let proof =
        |window: &Window| window.state().findings().seeds.as_ref().and_then(|it| it.guarantee);
    let found = proof(&window);
    assert!(found.is_some(), "the best set of a cascade");
    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click_accesskit();
    settle(&mut window);
    click(&mut window, "How people come to adopt");
    click(&mut window, "Every tie has the same chance");
    window.get_by_role_and_label(egui::Role::Tab, "Seeds").click_accesskit();
    settle(&mut window);
    assert_eq!(proof(&window), None, "nobody searched under this model");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(proof(&window), found);
}

#[test]
fn a_filter_hides_people_and_keeps_them_in_the_network() {
    let mut window = on_the_sample();
    let network = window.state().project().results().network.clone();
    click(&mut window, "Show only by");
    click(&mut window, "Company");
    let of = |person: &jaywalk::network::Person| person.fact("company").map(str::to_owned);
    let company = network.people.iter().find_map(of).expect("somebody has a company");
    let colleagues = network.people.iter().filter(|it| of(it).as_ref() == Some(&company)).count();
    click(&mut window, &format!("{company} ({colleagues})"));
    let hidden = window.state().findings().hidden.iter().filter(|it| **it).count();
    assert_eq!(hidden, network.people.len() - colleagues);
    assert!(window.query_by_label_contains("hidden by the filter").is_some());
    assert_eq!(window.state().project().results().network.people.len(), network.people.len());
    assert_eq!(window.state().project().undo_label(), Some("Show only by company"));
    click(&mut window, &format!("Remove filter Company: {company}"));
    assert!(window.state().findings().hidden.is_empty());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(window.state().findings().hidden.iter().filter(|it| **it).count(), hidden);
}

#[test]
fn ties_are_filtered_by_where_they_were_seen() {
    let mut window = on_the_sample();
    let ties = |window: &Window| window.state().project().results().network.ties.len();
    let counts = window.state().project().results().channels.clone();
    let all = ties(&window);
    assert!(counts.len() > 2, "{counts:?}");
    click(&mut window, "by referral");
    assert!(ties(&window) < all);
    assert_eq!(window.state().project().undo_label(), Some("Ties seen by referral off"));
    let referred = |window: &Window| {
        let network = window.state().project().results().network.clone();
        let referral = jaywalk::network::Channel::Referral;
        network.ties.iter().filter(|tie| network.channels_of(tie).contains(&referral)).count()
    };
    assert_eq!(referred(&window), 0);
    assert_eq!(window.state().project().results().channels.len(), counts.len(), "still counted");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(ties(&window), all);
    assert!(referred(&window) > 0);
}

#[test]
fn seeds_are_never_chosen_from_whom_a_column_leaves_out() {
    let mut window = on_the_sample();
    click(&mut window, "Leave out by");
    click(&mut window, "Company");
    let first = window.state().project().seeds()[0];
    let of = |window: &Window, person: u32| {
        let person = &window.state().project().results().network.people[person as usize];
        person.fact("company").unwrap_or_default().to_owned()
    };
    let company = of(&window, first);
    let people = window.state().project().results().network.people.clone();
    let colleagues = people.iter().filter(|it| it.fact("company") == Some(&company)).count();
    click(&mut window, &format!("{company} ({colleagues})"));
    window.get_by_role_and_label(egui::Role::Button, "Choose seeds").click_accesskit();
    settle(&mut window);
    let seeds = window.state().project().seeds();
    assert_eq!(seeds.len(), 10);
    assert!(seeds.iter().all(|&it| of(&window, it) != company));
}

#[test]
fn segments_say_how_many_seeds_each_has() {
    let mut window = on_the_sample();
    click(&mut window, "Told apart by");
    click(&mut window, "Company");
    assert_eq!(window.state().project().decisions().segment_by.as_deref(), Some("company"));
    assert!(window.query_all_by_label("no seed").next().is_some());
    assert!(window.query_all_by_label("1 seed").next().is_some());
}

#[test]
fn a_person_s_card_tells_the_evidence_of_each_tie_in_one_line() {
    let mut window = on_the_sample();
    let (_, at) = a_person(&window);
    common::click_at(&mut window, at);
    settle(&mut window);
    let person = *window.state().view_state().selected.first().expect("somebody");
    let network = window.state().project().results().network.clone();
    let mut ties: Vec<_> =
        (network.ties.iter()).filter(|it| [it.influencer, it.audience].contains(&person)).collect();
    ties.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    let words = jaywalk::ui::person::tie_in_words(&network, &ties[0]);
    assert!(words.contains(&network.evidence_in_words(&ties[0])), "{words}");
    assert!(window.query_all_by_label(&words).next().is_some(), "{words}");
}

#[test]
fn measures_are_taken_when_somebody_looks_at_them() {
    let mut window = on_the_sample();
    assert!(window.state().findings().measures.is_empty());
    let known = |window: &Window| -> Vec<&str> {
        window.state().findings().measures.iter().map(|it| it.measure.key).collect()
    };
    window.get_by_role_and_label(egui::Role::ComboBox, "Size").click_accesskit();
    settle(&mut window);
    click(&mut window, "Who is on the shortest way between others?");
    assert_eq!(known(&window), ["betweenness"]);
    assert_eq!(window.state().project().undo_label(), Some("Change sizes"));
    window.get_by_role_and_label(egui::Role::ComboBox, "Color").click_accesskit();
    settle(&mut window);
    click(&mut window, "Who sits in the dense core that keeps a buzz alive?");
    assert_eq!(known(&window), ["betweenness", "k_core"]);
    window.get_by_role_and_label(egui::Role::Tab, "Person").click();
    settle(&mut window);
    assert!(window.query_by_label("The network as a whole").is_some());
    assert!(window.query_by_label("How much of the network hangs together?").is_some());
    let (_, at) = a_person(&window);
    common::click_at(&mut window, at);
    settle(&mut window);
    settle(&mut window);
    assert!(known(&window).contains(&"pagerank"));
    assert!(window.query_by_label("More measures").is_some());
}

#[test]
fn strategies_are_compared_and_a_set_is_taken_over() {
    let mut window = on_the_sample();
    let before = window.state().project().seeds();
    click(&mut window, "Compare strategies");
    settle(&mut window);
    let table = window.state().findings().strategies.clone().expect("a table").table.clone();
    assert_eq!(table.rows.len(), 10, "all but the broadcast, for nobody has a price");
    assert_eq!(table.replicates, 500);
    assert!(window.query_by_label("Strategies side by side").is_some());
    let hubs = table.row(Tactic::By(Strategy::Degree)).expect("hubs");
    let words = format!(
        "top degree: {:.1} adopters, in 8 of 10 runs {} to {}",
        hubs.reach.mean, hubs.p10, hubs.p90
    );
    assert!(window.query_by_label(&words).is_some(), "{words}");
    click(&mut window, "Use these seeds: top degree");
    assert_eq!(window.state().project().seeds(), hubs.seeds);
    assert_ne!(hubs.seeds, before);
    assert!(window.state().findings().strategies_are_stale, "the seeds are others now");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(window.state().project().seeds(), before);
}

#[test]
fn the_overlap_of_the_seeds_is_counted_while_it_is_looked_at() {
    let mut window = on_the_sample();
    assert!(window.state().findings().overlap.is_none());
    click(&mut window, "Overlap of the seeds");
    settle(&mut window);
    let found = window.state().findings().overlap.clone().expect("counted");
    assert_eq!(found.overlap.seeds, window.state().project().seeds());
    assert_eq!(found.paying.next.len(), 10);
    let reach = window.state().findings().seeds.as_ref().expect("reach").reach.mean;
    assert!((found.overlap.unique - reach).abs() < 1e-6, "on the same sets");
    assert!(found.overlap.gross() >= found.overlap.unique);
    assert!(window.query_by_label("Who reaches the same people").is_some());
}

#[test]
fn a_seed_tells_how_to_reach_them() {
    let mut window = on_the_sample();
    let fold = window.query_all_by_label("How to reach them").next().expect("a fold");
    fold.click();
    settle(&mut window);
    let finding = window.state().findings().seeds.clone().expect("reasons");
    let network = window.state().project().results().network.clone();
    let path = finding.seeds[0].reason.path.clone().expect("the sample has owners");
    let words = path.in_words(&network);
    assert!(window.query_by_label(&words).is_some(), "{words}");
}

#[test]
fn what_happened_is_shown_and_a_campaign_is_measured_by_its_plan() {
    let mut window = on_the_sample();
    window.get_by_role_and_label(egui::Role::Tab, "Learn").click();
    settle(&mut window);
    let lessons = |window: &Window| match &window.state().findings().lessons {
        Some(Ok(lessons)) => lessons.clone(),
        other => panic!("the sample tells who adopted: {other:?}"),
    };
    let before = lessons(&window).history.adopters();
    assert!(before > 20, "{before}");
    assert!(window.query_by_label_contains("Observed adopters,").is_some());
    assert!(window.query_by_label_contains("not found by experiment").is_some());
    common::picture(&mut window, "learn");

    // The forecast as it stands becomes the plan.
    click(&mut window, "Make this forecast the plan");
    let plan = window.state().project().decisions().campaign.plan.clone().expect("a plan");
    assert_eq!((plan.scenario.as_str(), plan.steps.len()), ("Scenario A", 27));
    assert!(window.query_by_label_contains("Week 1 so far: 0 adopted, plan said").is_some());

    // Somebody adopts, somebody declines.
    let people = window.state().project().results().network.people.clone();
    let open = |it: &&jaywalk::network::Person| it.fact("adopted").is_none();
    let open: Vec<&jaywalk::network::Person> = people.iter().filter(open).take(2).collect();
    for (who, mark) in open.iter().zip(["Adopted", "Declined"]) {
        window.key_press_modifiers(Modifiers::COMMAND, Key::F);
        window.run_steps(2);
        window.get_by_label("Find a person").type_text(&who.name);
        window.run_steps(2);
        window.key_press(Key::Enter);
        settle(&mut window);
        click(&mut window, mark);
    }
    let campaign = &window.state().project().decisions().campaign;
    assert_eq!(campaign.marks.len(), 2, "{:?}", campaign.marks);
    assert!(window.state().project().decisions().case().from_today);
    assert!(window.state().findings().forecast_is_stale);
    window.get_by_role_and_label(egui::Role::Tab, "Learn").click();
    settle(&mut window);
    assert_eq!(lessons(&window).history.adopters(), before + 1);
    assert!(window.query_by_label_contains("Week 1 so far: 1 adopted, plan said").is_some());

    // From today, with the fitted numbers: who has adopted has.
    click(&mut window, "Forecast from today with these");
    wait(&mut window, |app| !app.is_busy());
    let forecast = window.state().findings().forecast.clone().expect("a forecast");
    assert!(forecast.steps[0].cumulative_mean >= (before + 1) as f64);
    common::picture(&mut window, "learn-from-today");
    for _ in 0..4 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut window);
    }
    let decisions = window.state().project().decisions();
    assert!(decisions.campaign.marks.is_empty() && decisions.campaign.plan.is_none());
}

#[test]
fn the_whole_panel_about_what_happened_can_be_drawn() {
    for (theme, name) in [(egui::Theme::Dark, "learn-dark"), (egui::Theme::Light, "learn-light")] {
        let mut window = common::open(Vec::new(), 1200.0, 2000.0, theme);
        wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
        window.key_press_modifiers(Modifiers::COMMAND, Key::J);
        settle(&mut window);
        for part in ["Hazard over", "Exposure of", "Observed adopters"] {
            assert!(window.query_by_label_contains(part).is_some(), "{part}");
        }
        common::picture(&mut window, name);
    }
}
