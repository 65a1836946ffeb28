//! What the mouse does on the map.

use crate::common::{self, wait};
use crate::stage::{a_person, edge_list, on_the_sample, settle};
use egui::{Key, Modifiers};
use jaywalk::ui::actions::Tab;

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
