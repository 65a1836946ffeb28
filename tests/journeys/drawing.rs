//! The map as one reads it: the spread that plays on it, who converted whom.

use crate::common::{self, Window};
use crate::stage::{click, on_the_sample, settle};
use egui::Key;
use egui_kittest::kittest::Queryable;
use jaywalk::diffusion::NEVER;

/// Pixels in the color that lights up what is new.
fn lit(window: &mut Window) -> usize {
    let accent = jaywalk::ui::theme::palette(&egui::Visuals::light()).accent.to_array();
    let image = window.render().expect("the window can be drawn");
    let is_accent = |pixel: &&image::Rgba<u8>| {
        pixel.0.iter().zip(accent).take(3).all(|(&one, other)| one.abs_diff(other) < 40)
    };
    image.pixels().filter(is_accent).count()
}

#[test]
fn who_adopts_at_a_step_flashes_and_the_ties_that_carried_it_light_up() {
    let mut window = on_the_sample();
    let before = lit(&mut window);
    window.key_press(Key::Home);
    settle(&mut window);
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    let fresh = lit(&mut window);
    let course = window.state().findings().course.clone().expect("a course");
    let times = &course.replicate.time_of_adoption;
    let newest = (0..).zip(times).filter(|it| *it.1 == 1).map(|it: (u32, _)| it.0);
    let newest: Vec<u32> = newest.collect();
    assert!(!newest.is_empty(), "somebody adopts at the first step");
    for &person in &newest {
        let by = course.conversions.by[person as usize].expect("somebody converted them");
        assert_eq!(times[by as usize], 0, "who adopted the step before");
    }
    settle(&mut window);
    window.run_steps(25);
    let rested = lit(&mut window);
    common::picture(&mut window, "spread");
    assert!(fresh > before + 100 && rested > before + 100, "{before} {fresh} {rested}");
    // Looking at the whole course nothing flashes.
    let watched = window.state().view_state().playback.step;
    assert_eq!(watched, Some(1));
    let never = times.iter().filter(|&&it| it == NEVER).count();
    assert!(never < times.len());
}

#[test]
fn a_course_is_followed_from_the_seeds_on_as_a_tree() {
    let mut window = on_the_sample();
    click(&mut window, "Who converted whom");
    let course = window.state().findings().course.clone().expect("a course");
    let adopters = course.cumulative.last().copied().expect("a step");
    let told = format!("Course 1 · {adopters} adopters");
    assert!(window.query_by_label(&told).is_some(), "{told}");
    common::picture(&mut window, "conversions");
    assert!(window.query_by_label_contains("whose try succeeded first").is_some());
    assert!(window.query_all_by_label_contains("chosen to start").next().is_some());
    let found = &course.conversions;
    let roots = found.roots();
    let brought: u32 = roots.iter().map(|&it| found.through[it as usize] + 1).sum();
    assert_eq!(brought, adopters, "everyone stands somewhere in the tree");
    let most = roots.iter().copied().max_by_key(|&it| found.through[it as usize]);
    let first = found.converted_by(most.expect("a seed"))[0];
    let more = found.others[first as usize];
    let people = &window.state().project().results().network.people;
    let name = people[first as usize].name.to_string();
    let label = if more > 0 { format!("{name} +{more}") } else { name };
    click(&mut window, &label);
    assert!(window.state().view_state().selected.contains(&first), "{label} is shown");
    click(&mut window, "Another course");
    assert!(window.query_by_label_contains("Course 2 · ").is_some());
}

/// Where the middle of the map looks, and how close.
fn looks(window: &Window) -> ([f32; 2], f32) {
    let view = window.state().view_state().view;
    (view.center, view.scale)
}

/// Scrolls with two fingers on a touchpad.
fn slide(window: &mut Window, at: egui::Pos2, by: egui::Vec2) {
    window.hover_at(at);
    window.step();
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: by,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
        modifiers: egui::Modifiers::NONE,
    });
    window.run_steps(14);
}

#[test]
fn two_fingers_move_the_map_and_a_pinch_zooms_to_the_pointer() {
    let mut window = on_the_sample();
    let map = window.query_all_by_label_contains("Map of ").next().expect("the map").rect();
    let at = map.center() + egui::vec2(90.0, -40.0);
    let (before, scale) = looks(&window);
    slide(&mut window, at, egui::vec2(60.0, 30.0));
    let (after, same) = looks(&window);
    assert!((same - scale).abs() < 1e-6, "two fingers do not zoom");
    let moved = [0, 1].map(|axis| (before[axis] - after[axis]) * scale);
    assert!((moved[0] - 60.0).abs() < 2.0 && (moved[1] - 30.0).abs() < 2.0, "{moved:?}");

    let world = |window: &Window| {
        let pixel = at - map.min;
        window.state().view_state().view.to_world([pixel.x, pixel.y])
    };
    let under = world(&window);
    window.event(egui::Event::Zoom(1.5));
    window.run_steps(3);
    let (_, closer) = looks(&window);
    assert!((closer / scale - 1.5).abs() < 0.01, "{closer} {scale}");
    let still = world(&window);
    assert!((0..2).all(|axis| (still[axis] - under[axis]).abs() * closer < 0.5));
    // A wheel goes on zooming.
    common::wheel(&mut window, at, 1.0);
    assert!(looks(&window).1 > closer);
}

#[test]
fn the_map_glides_to_a_selection_and_back_and_then_rests() {
    let mut window = on_the_sample();
    let (_, whole) = looks(&window);
    let (id, _) = crate::stage::a_person(&window);
    let at = window.state().position_on_window(&id).expect("a place");
    common::click_at(&mut window, at);
    settle(&mut window);
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num9);
    let mut scales = Vec::new();
    for _ in 0..14 {
        window.step();
        scales.push(looks(&window).1);
    }
    let last = scales[13];
    assert!(last > 1.5 * whole, "{whole} {last}");
    assert!(scales.windows(2).all(|it| it[1] >= it[0] - 1e-6), "never back: {scales:?}");
    let between = scales.iter().filter(|&&it| it > 1.05 * whole && it < 0.95 * last).count();
    assert!(between >= 2, "a way, not a jump: {scales:?}");
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num0);
    settle(&mut window);
    assert!((looks(&window).1 / whole - 1.0).abs() < 0.01, "everyone is shown again");
}

#[test]
fn a_mini_map_shows_the_whole_while_part_is_seen_and_moves_the_view() {
    let mut window = on_the_sample();
    assert!(window.query_by_label("Mini-map").is_none(), "the whole map is seen");
    for _ in 0..5 {
        window.key_press(Key::Plus);
        window.run_steps(2);
    }
    settle(&mut window);
    let small = window.get_by_label("Mini-map").rect();
    common::picture(&mut window, "mini-map");
    let (before, scale) = looks(&window);
    let corner = small.min + 0.25 * small.size();
    common::click_at(&mut window, corner);
    settle(&mut window);
    let (after, same) = looks(&window);
    assert!(after[0] < before[0] && after[1] < before[1], "{before:?} {after:?}");
    assert!((same - scale).abs() < 1e-6);
    let primary = egui::PointerButton::Primary;
    let to = corner + egui::vec2(40.0, 0.0);
    common::drag(&mut window, primary, egui::Modifiers::NONE, corner, to);
    settle(&mut window);
    let (dragged, _) = looks(&window);
    assert!(dragged[0] > after[0] && (dragged[1] - after[1]).abs() < 1.0);
    assert!(window.state().view_state().selected.is_empty(), "nobody under it is touched");
    window.get_by_label("View").click();
    window.run_steps(3);
    window.get_by_role_and_label(egui::Role::Button, "Mini-map").click_accesskit();
    settle(&mut window);
    assert!(!window.state().view_state().minimap);
}
