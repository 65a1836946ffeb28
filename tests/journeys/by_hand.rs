//! People and ties that are added, left out and grouped by hand.

use crate::common::{self, Window, wait};
use crate::stage::{click, edge_list, settle};
use egui::{Key, Modifiers, PointerButton, vec2};
use egui_kittest::kittest::Queryable;
use jaywalk::app::App;

/// A chain Ada → Ben → Cleo with Dan beside Ada.
fn on_a_chain() -> (tempfile::TempDir, Window) {
    let (folder, path) = edge_list(&[("Ada", "Ben"), ("Ben", "Cleo"), ("Ada", "Dan")]);
    let mut window = common::open(vec![path], 1440.0, 900.0, egui::Theme::Light);
    wait(&mut window, |app| app.findings().positions.len() == 4 && !app.is_busy());
    settle(&mut window);
    (folder, window)
}

fn size(window: &Window) -> (usize, usize) {
    let network = &window.state().project().results().network;
    (network.people.len(), network.ties.len())
}

fn select(window: &mut Window, ids: &[&str]) {
    for id in ids {
        let at = window.state().position_on_window(id).expect("a place");
        common::click_with(window, PointerButton::Primary, Modifiers::COMMAND, at);
    }
    settle(window);
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

#[test]
fn a_person_is_added_where_one_points_and_undone() {
    let (_folder, mut window) = on_a_chain();
    select(&mut window, &["Ada"]);
    let map = window.get_by_label("Map of 4 people and 3 ties").rect();
    let at = map.left_bottom() + vec2(60.0, -60.0);
    common::click_with(&mut window, PointerButton::Secondary, Modifiers::NONE, at);
    window.run_steps(3);
    click(&mut window, "Add a person here…");
    let place = window.state().view_state().add_at.expect("a place was pointed at");
    let seen = window.state().view_state().view.to_screen(place);
    assert!((map.min + egui::Vec2::from(seen)).distance(at) < 1.0);
    window.get_by_label("Name").type_text("Eve Moss");
    window.run_steps(2);
    common::picture(&mut window, "add-person");
    click(&mut window, "Add");
    settle(&mut window);
    assert_eq!(size(&window), (5, 4), "tied to who was selected");
    assert_eq!(window.state().project().undo_label(), Some("Add Eve Moss"));
    let app = window.state();
    let eve = app.project().results().person("Eve Moss (by hand)").expect("in the network");
    assert!(app.view_state().selected.iter().eq([&eve]), "one goes on with who was added");
    let there = app.findings().positions[eve as usize];
    let away = (there[0] - place[0]).hypot(there[1] - place[1]);
    assert!(away < 1e-3, "{there:?} instead of {place:?}");
    assert!(window.query_by_label("1 person added").is_some());
    click(&mut window, "Take back: Eve Moss");
    assert_eq!(size(&window), (4, 3));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(size(&window), (4, 3));
    assert!(window.state().project().decisions().by_hand.corrections.is_empty());
}

#[test]
fn everyone_stays_on_the_map_while_somebody_is_added() {
    let (_folder, mut window) = on_a_chain();
    let places = |app: &App| {
        ["Ada", "Ben", "Cleo", "Dan"].map(|id| {
            let person = app.project().results().person(id).expect("in the network");
            app.findings().positions.get(person as usize).copied()
        })
    };
    let mut last = places(window.state());
    select(&mut window, &["Ada"]);
    press(&mut window, Modifiers::NONE, Key::Insert);
    window.get_by_label("Name").type_text("Eve Moss");
    window.run_steps(2);
    window.get_by_label("Add").click_accesskit();
    common::wait_seeing(
        &mut window,
        |app| app.project().results().network.people.len() == 5 && !app.is_busy(),
        |app| {
            for (now, last) in places(app).into_iter().zip(&mut last) {
                let (Some(to), Some(from)) = (now, *last) else { panic!("somebody is gone") };
                // The layout makes room for the fifth, a little at a time.
                assert!((to[0] - from[0]).hypot(to[1] - from[1]) < 15.0, "{from:?} to {to:?}");
                *last = now;
            }
        },
    );
}

#[test]
fn ties_are_added_and_left_out() {
    let (_folder, mut window) = on_a_chain();
    select(&mut window, &["Cleo", "Dan"]);
    press(&mut window, Modifiers::NONE, Key::T);
    click(&mut window, "Cleo influences Dan");
    click(&mut window, "friend");
    click(&mut window, "Add the tie");
    assert_eq!(size(&window), (4, 4));
    assert_eq!(window.state().project().undo_label(), Some("Tie Cleo and Dan"));
    let network = window.state().project().results().network.clone();
    let selected = window.state().view_state().selected.clone();
    assert_eq!(selected.len(), 2, "the selection stays");
    let tie = network
        .ties
        .iter()
        .find(|tie| selected.contains(&tie.influencer) && selected.contains(&tie.audience));
    let tie = tie.expect("the new tie");
    assert_eq!(network.people[tie.influencer as usize].name.as_str(), "Cleo");
    assert!((tie.strength - 0.04).abs() < 1e-9 && !tie.mutual);
    assert!(window.query_by_label("added by hand").is_some(), "its evidence in words");
    click(&mut window, "Take back: Cleo → Dan");
    assert_eq!(size(&window), (4, 3));

    press(&mut window, Modifiers::NONE, Key::Escape);
    select(&mut window, &["Ada", "Ben"]);
    click(&mut window, "Network");
    click(&mut window, "Remove the tie of the two");
    assert_eq!(size(&window), (4, 2));
    assert!(window.query_by_label("1 tie left out").is_some());
    click(&mut window, "Bring back: Ada and Ben");
    assert_eq!(size(&window), (4, 3));
}

#[test]
fn people_are_left_out_and_brought_back() {
    let (_folder, mut window) = on_a_chain();
    press(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(window.state().project().undo_label(), None, "nobody is selected");
    select(&mut window, &["Ada"]);
    press(&mut window, Modifiers::NONE, Key::Delete);
    assert_eq!(size(&window), (3, 1));
    assert_eq!(window.state().project().undo_label(), Some("Remove Ada from the network"));
    assert!(window.query_by_label("1 person left out").is_some());
    click(&mut window, "Bring back: Ada");
    assert_eq!(size(&window), (4, 3));
    assert!(window.query_by_label("1 person left out").is_none());
}

#[test]
fn a_group_is_a_column_like_any_other() {
    let (_folder, mut window) = on_a_chain();
    select(&mut window, &["Ada", "Ben"]);
    press(&mut window, Modifiers::NONE, Key::G);
    window.get_by_label("Name of the group").type_text("pilots");
    window.run_steps(2);
    click(&mut window, "Group");
    settle(&mut window);
    let people = window.state().project().results().network.people.clone();
    let groups: Vec<_> = people.iter().map(|it| it.fact("group")).collect();
    assert_eq!(groups, [Some("pilots"), Some("pilots"), None, None]);
    window.get_by_role_and_label(egui::Role::ComboBox, "Color").click_accesskit();
    settle(&mut window);
    click(&mut window, "Group");
    assert!(window.query_all_by_label_contains("pilots").next().is_some(), "in the legend");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(window.state().project().results().network.people[0].fact("group").is_none());
}
