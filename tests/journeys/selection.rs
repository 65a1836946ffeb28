//! Selecting, hiding, keeping in place, looking around, and the way between two people.

use std::collections::BTreeSet;

use crate::common::{self, Window, wait};
use crate::stage::{a_person, click, edge_list, on_the_sample, settle};
use egui::{Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable;
use jaywalk::diffusion::AdopterClass;

/// A chain Ada → Ben → Cleo → Dan with Eve beside Ada, and nobody selected.
fn on_a_chain() -> (tempfile::TempDir, Window) {
    let rows = [("Ada", "Ben"), ("Ben", "Cleo"), ("Cleo", "Dan"), ("Ada", "Eve")];
    let (folder, path) = edge_list(&rows);
    let mut window = common::open(vec![path], 1440.0, 900.0, egui::Theme::Light);
    wait(&mut window, |app| app.findings().positions.len() == 5 && !app.is_busy());
    settle(&mut window);
    (folder, window)
}

fn place(window: &Window, id: &str) -> Pos2 {
    window.state().position_on_window(id).expect("a place")
}

/// Ids of everyone selected.
fn selected(window: &Window) -> Vec<String> {
    let people = &window.state().project().results().network.people;
    let selected = window.state().view_state().selected.iter();
    selected.map(|&it| people[it as usize].id.to_string()).collect()
}

/// Ids of everyone shown.
fn shown(window: &Window) -> Vec<String> {
    let app = window.state();
    let people = app.project().results().network.people.iter().enumerate();
    let shown = people.filter(|(at, _)| !app.findings().hidden.has(*at));
    shown.map(|(_, it)| it.id.to_string()).collect()
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

fn select(window: &mut Window, ids: &[&str]) {
    for id in ids {
        let at = place(window, id);
        common::click_with(window, PointerButton::Primary, Modifiers::COMMAND, at);
    }
    settle(window);
}

fn right_click(window: &mut Window, at: Pos2) {
    common::click_with(window, PointerButton::Secondary, Modifiers::NONE, at);
    window.run_steps(3);
}

#[test]
fn clicks_with_ctrl_or_shift_add_to_the_selection_and_take_out_again() {
    let (_folder, mut window) = on_a_chain();
    let [ada, ben] = ["Ada", "Ben"].map(|it| place(&window, it));
    common::click_at(&mut window, ada);
    for modifiers in [Modifiers::COMMAND, Modifiers::SHIFT] {
        common::click_with(&mut window, PointerButton::Primary, modifiers, ben);
        assert_eq!(selected(&window), ["Ada", "Ben"], "{modifiers:?}");
        common::click_with(&mut window, PointerButton::Primary, modifiers, ben);
        assert_eq!(selected(&window), ["Ada"], "{modifiers:?}");
    }
    common::click_at(&mut window, ben);
    assert_eq!(selected(&window), ["Ben"], "a plain click selects nobody else");
}

#[test]
fn a_loop_drawn_with_alt_selects_whom_it_goes_around() {
    let mut window = on_the_sample();
    let (id, at) = a_person(&window);
    let corners = [vec2(-40.0, -40.0), vec2(40.0, -40.0), vec2(40.0, 40.0), vec2(-40.0, 40.0)];
    let path: Vec<Pos2> = corners.iter().map(|&it| at + it).collect();
    let view = window.state().view_state().view;
    common::drag_along(&mut window, PointerButton::Primary, Modifiers::ALT, &path);
    assert_eq!(window.state().view_state().view, view, "the map stays");
    let first: BTreeSet<String> = selected(&window).into_iter().collect();
    assert!(first.contains(&id));
    for id in &first {
        let away = place(&window, id) - at;
        assert!(away.x.abs() <= 42.0 && away.y.abs() <= 42.0, "{id} at {away:?}");
    }
    // A thin loop beside adds nobody who is within the corners but outside of it.
    let thin = [vec2(-40.0, -40.0), vec2(-38.0, -40.0), vec2(-38.0, 40.0), vec2(-40.0, 40.0)];
    let path: Vec<Pos2> = thin.iter().map(|&it| at + it).collect();
    common::drag_along(&mut window, PointerButton::Primary, Modifiers::ALT, &path);
    assert!(!selected(&window).contains(&id), "a new loop is a new selection");
}

#[test]
fn neighbors_inverse_and_classes_are_selected_by_command() {
    let (_folder, mut window) = on_a_chain();
    select(&mut window, &["Ada"]);
    press(&mut window, Modifiers::NONE, Key::N);
    assert_eq!(selected(&window), ["Ada", "Ben", "Eve"]);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(selected(&window).is_empty());
    select(&mut window, &["Ada"]);
    press(&mut window, Modifiers::SHIFT, Key::N);
    assert_eq!(selected(&window), ["Ada", "Ben", "Cleo", "Eve"]);
    press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    assert_eq!(selected(&window), ["Dan"]);
    press(&mut window, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&window).len(), 5);

    let mut window = on_the_sample();
    click(&mut window, "Edit");
    click(&mut window, "Select early adopters");
    let course = window.state().findings().course.clone().expect("a course");
    let early = Some(AdopterClass::EarlyAdopter);
    let expected: Vec<u32> =
        (0..).zip(&course.classes).filter(|(_, it)| **it == early).map(|(it, _)| it).collect();
    let now: Vec<u32> = window.state().view_state().selected.iter().copied().collect();
    assert!(!expected.is_empty());
    assert_eq!(now, expected);
}

#[test]
fn people_are_hidden_by_hand_counted_and_brought_back() {
    let (_folder, mut window) = on_a_chain();
    select(&mut window, &["Ben", "Dan"]);
    press(&mut window, Modifiers::NONE, Key::H);
    assert_eq!(shown(&window), ["Ada", "Cleo", "Eve"]);
    assert!(selected(&window).is_empty(), "who is not shown is not selected");
    assert_eq!(window.state().project().results().network.people.len(), 5, "they stay");
    assert_eq!(window.state().project().undo_label(), Some("Hide 2 people"));
    assert!(window.query_by_label_contains("2 hidden").is_some());
    assert!(window.query_by_label("2 people hidden by hand").is_some());
    press(&mut window, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&window), ["Ada", "Cleo", "Eve"], "everyone is everyone shown");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(shown(&window).len(), 5);
    press(&mut window, Modifiers::NONE, Key::Escape);
    select(&mut window, &["Ada"]);
    press(&mut window, Modifiers::SHIFT, Key::H);
    assert_eq!(shown(&window), ["Ada"]);
    click(&mut window, "Bring them back");
    assert_eq!(shown(&window).len(), 5);
}

#[test]
fn selected_people_are_dragged_together_kept_in_place_and_released() {
    let (_folder, mut window) = on_a_chain();
    select(&mut window, &["Ada", "Eve"]);
    let before = ["Ada", "Eve", "Dan"].map(|it| place(&window, it));
    let by = vec2(50.0, 40.0);
    let primary = PointerButton::Primary;
    common::drag(&mut window, primary, Modifiers::NONE, before[0], before[0] + by);
    settle(&mut window);
    for (id, at) in ["Ada", "Eve"].iter().zip(before) {
        assert!(place(&window, id).distance(at + by) < 3.0, "{id} moved along");
    }
    assert_eq!(window.state().project().undo_label(), Some("Move 2 people"));
    press(&mut window, Modifiers::SHIFT, Key::P);
    assert!(window.state().project().decisions().pins.is_empty());
    press(&mut window, Modifiers::NONE, Key::P);
    assert_eq!(window.state().project().decisions().pins.len(), 2);
    assert_eq!(window.state().project().undo_label(), Some("Keep 2 people in place"));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(window.state().project().decisions().pins.is_empty());
}

#[test]
fn only_the_surroundings_are_shown_to_any_depth() {
    let (_folder, mut window) = on_a_chain();
    select(&mut window, &["Ada"]);
    press(&mut window, Modifiers::NONE, Key::E);
    assert_eq!(shown(&window), ["Ada", "Ben", "Eve"]);
    assert!(window.query_by_label("step of Ada").is_some());
    assert!(window.query_by_label("3 people shown (ego view)").is_some());
    click(&mut window, "Within 2 steps");
    assert_eq!(shown(&window), ["Ada", "Ben", "Cleo", "Eve"]);
    click(&mut window, "Within 4 steps");
    assert_eq!(shown(&window).len(), 5);
    assert_eq!(window.state().project().undo_label(), None, "looking decides nothing");
    click(&mut window, "Leave the surroundings");
    assert!(window.query_by_label_contains("ego view").is_none());
    assert!(window.state().view_state().around.is_none());
}

#[test]
fn the_way_between_two_is_told_and_ends_with_escape() {
    let (_folder, mut window) = on_a_chain();
    select(&mut window, &["Ada", "Dan"]);
    press(&mut window, Modifiers::NONE, Key::W);
    settle(&mut window);
    assert!(window.query_by_label("Ada → Ben → Cleo → Dan").is_some());
    let words =
        "Ada asks Ben (1 listed tie), who asks Cleo (1 listed tie), who knows them (1 listed tie)";
    assert!(window.query_by_label(words).is_some());
    common::picture(&mut window, "way");
    click(&mut window, "The other way round");
    settle(&mut window);
    assert!(window.query_by_label_contains("Word never gets from Dan to Ada").is_some());
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label_contains("Word never gets").is_none());
    assert_eq!(selected(&window), ["Ada", "Dan"], "the selection outlives it");
}

#[test]
fn a_right_click_offers_what_can_be_done_with_what_is_there() {
    let (_folder, mut window) = on_a_chain();
    let [ada, ben] = ["Ada", "Ben"].map(|it| place(&window, it));
    right_click(&mut window, ada);
    for label in ["Make a seed", "Look around them", "Keep in place", "Hide"] {
        assert!(window.query_by_label(label).is_some(), "{label}");
    }
    click(&mut window, "Select with neighbors");
    assert_eq!(selected(&window), ["Ada", "Ben", "Eve"]);

    // On somebody who is selected it is about all who are.
    right_click(&mut window, ben);
    click(&mut window, "Hide everyone else");
    assert_eq!(shown(&window), ["Ada", "Ben", "Eve"]);
    press(&mut window, Modifiers::COMMAND, Key::Z);

    // On the line between two.
    press(&mut window, Modifiers::NONE, Key::Escape);
    let middle = ada.lerp(ben, 0.5);
    window.hover_at(middle);
    window.run_steps(12);
    right_click(&mut window, middle);
    click(&mut window, "Show what it was seen in");
    assert_eq!(selected(&window), ["Ada", "Ben"]);
    assert!(window.query_by_label("Between the two").is_some());

    // Beside everything.
    let corner = window.get_by_label("Map of 5 people and 4 ties").rect().left_bottom();
    right_click(&mut window, corner + vec2(30.0, -30.0));
    click(&mut window, "Select everyone");
    assert_eq!(selected(&window).len(), 5);
}

#[test]
fn a_neighborhood_has_a_menu_and_a_double_click_shows_it() {
    let mut window = on_the_sample();
    let groups = window.state().findings().neighborhoods.clone();
    let members: Vec<u32> =
        (0..).zip(&groups.of).filter(|(_, it)| **it == Some(0)).map(|(it, _)| it).collect();
    let people = window.state().project().results().network.people.clone();
    // Somewhere in its shape where nobody stands.
    let ids: Vec<String> = people.iter().map(|it| it.id.to_string()).collect();
    let places: Vec<Pos2> = ids.iter().map(|id| place(&window, id)).collect();
    // Where most of them are around, most surely within the shape.
    let around =
        |at: &Pos2| members.iter().filter(|&&it| places[it as usize].distance(*at) < 45.0).count();
    let free = members
        .iter()
        .flat_map(|&it| (0..24_u16).map(move |turn| (it, f32::from(turn) * 0.26)))
        .map(|(it, turn)| places[it as usize] + 14.0 * vec2(turn.cos(), turn.sin()))
        .filter(|at| places.iter().all(|it| it.distance(*at) > 13.0))
        .max_by_key(around)
        .expect("some ground between people");
    right_click(&mut window, free);
    click(&mut window, "Select everyone in it");
    let now: Vec<u32> = window.state().view_state().selected.iter().copied().collect();
    assert_eq!(now, members);

    let scale = window.state().view_state().view.scale;
    for _ in 0..2 {
        common::click_at(&mut window, free);
    }
    settle(&mut window);
    assert!(window.state().view_state().view.scale > scale, "it fills the map");
}

#[test]
fn a_double_click_shows_a_person_and_everyone_tied_to_them() {
    let mut window = on_the_sample();
    let (id, at) = a_person(&window);
    let view = window.state().view_state().view;
    // The click on the welcome card must not count as the first of three.
    window.run_steps(12);
    for _ in 0..2 {
        common::click_at(&mut window, at);
    }
    settle(&mut window);
    assert_eq!(selected(&window), [id.as_str()]);
    assert_ne!(window.state().view_state().view, view);
    let map = window.get_by_label_contains("Map of").rect();
    let results = window.state().project().results().clone();
    let circle = results.graph().within(results.person(&id), 1);
    assert!(circle.len() > 3);
    for person in circle {
        assert!(map.contains(place(&window, &results.network.people[person as usize].id)));
    }
}

#[test]
fn pointing_at_somebody_dims_the_others() {
    let mut window = on_the_sample();
    let (_, at) = a_person(&window);
    let corner = window.get_by_label_contains("Map of").rect().left_bottom() + vec2(30.0, -30.0);
    let ink = |window: &mut Window| -> u64 {
        let image = window.render().expect("a picture");
        let part = image
            .enumerate_pixels()
            .filter(|(x, y, _)| (320..1080).contains(x) && (60..820).contains(y));
        part.map(|(_, _, it)| u64::from(255 - it.0[..3].iter().min().copied().unwrap_or(0))).sum()
    };
    window.hover_at(corner);
    settle(&mut window);
    let before = ink(&mut window);
    window.hover_at(at);
    window.run_steps(3);
    let dimmed = ink(&mut window);
    assert!(dimmed * 10 < before * 8, "{dimmed} of {before} is left");
    window.hover_at(corner);
    window.run_steps(3);
    assert!(ink(&mut window) * 10 > before * 9, "and all is back");
}

#[test]
fn a_line_of_the_legend_selects_its_people() {
    let mut window = on_the_sample();
    window.get_by_role_and_label(egui::Role::Tab, "Seeds").click_accesskit();
    settle(&mut window);
    let groups = window.state().findings().neighborhoods.clone();
    click(&mut window, "Select Brightwater Plumbing");
    let name = |group: u32| groups.names[group as usize].as_str();
    let selected = |window: &Window| window.state().view_state().selected.clone();
    let is_one = |person: &u32, of: &str| groups.of[*person as usize].map(name) == Some(of);
    let first = selected(&window);
    assert!(!first.is_empty() && first.iter().all(|it| is_one(it, "Brightwater Plumbing")));
    assert_eq!(
        first.len(),
        groups.of.iter().flatten().filter(|&&it| name(it) == "Brightwater Plumbing").count()
    );
    click(&mut window, "Select Seeds");
    let seeds: BTreeSet<u32> = window.state().project().seeds().into_iter().collect();
    assert_eq!(selected(&window), seeds);
}
