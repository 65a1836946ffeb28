//! The window itself: its start, its keys, its file, its rest, its pictures.

use std::time::Duration;

use crate::common::{self, Window, wait};
use crate::stage::{click, first_seed, on_the_sample, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

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
    let first = window.state().project().results().network.people[first_seed(&window)].name.clone();
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
