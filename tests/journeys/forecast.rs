//! From seeds to a curve, and the course of one run.

use crate::common::{Window, wait};
use crate::stage::{click, on_the_sample, settle};
use egui::Key;
use egui_kittest::kittest::Queryable;
use jaywalk::diffusion::Contagion;

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
fn the_way_to_the_playbook_is_shown_under_every_model() {
    let mut window = on_the_sample();
    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click_accesskit();
    settle(&mut window);
    assert!(window.query_by_label("Pushes from outside").is_none());
    click(&mut window, "Take the playbook");
    settle(&mut window);
    assert!(window.query_by_label("Pushes from outside").is_some());
    let scenario = window.state().project().decisions().scenario().clone();
    assert_eq!(scenario.contagion, Contagion::Playbook);
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert!(window.query_by_label("Take the playbook").is_some(), "one step to undo");
}
