//! Waves, capacity, nudges and the chasm, set and read through the real window.

#![cfg(feature = "gui")]

#[allow(dead_code, reason = "each test file uses the part it needs")]
mod common;

use std::ops::ControlFlow;

use common::{Window, wait};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;
use jaywalk::diffusion::{Contagion, Rollout, Standing, Threshold};
use jaywalk::import::{self, Answers, Input};
use jaywalk::project::Project;
use jaywalk::ui::actions::Tab;

fn open(inputs: Vec<std::path::PathBuf>, size: [f32; 2], theme: egui::Theme) -> Window {
    let mut window = common::open(inputs, size[0], size[1], theme);
    wait(&mut window, |app| !app.is_busy());
    if window.query_by_label("Close welcome").is_some() {
        click(&mut window, "Close welcome");
    }
    window
}

fn rollout(window: &Window) -> &Rollout {
    &window.state().project().decisions().scenario().rollout
}

fn settle(window: &mut Window) {
    wait(window, |app| !app.is_busy());
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click_accesskit();
    settle(window);
}

/// Types `text` over the number in the field and confirms it.
fn put(window: &mut Window, field: &str, text: &str) {
    window.get_by_role_and_label(Role::SpinButton, field).focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::SpinButton, field).type_text(text);
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(2);
    settle(window);
}

/// The same where the field holds text.
fn write(window: &mut Window, field: &str, text: &str) {
    window.get_by_label(field).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.get_by_label(field).type_text(text);
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(2);
    settle(window);
}

fn is_said(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

fn to_the_forecast(window: &mut Window) {
    window.get_by_role_and_label(Role::Tab, "Forecast").click_accesskit();
    settle(window);
    assert_eq!(window.state().view_state().tab, Tab::Forecast);
}

#[test]
fn seeds_go_out_in_waves_that_can_be_changed_and_taken_back() {
    let mut window = open(Vec::new(), [1440.0, 900.0], egui::Theme::Light);
    to_the_forecast(&mut window);
    let map = window.get_by_label_contains("Map of").rect();
    click(&mut window, "Waves");
    click(&mut window, "by order");
    let told: Vec<(String, u32, usize)> = rollout(&window)
        .waves
        .iter()
        .map(|it| (it.name.clone(), it.step, it.seeds.len()))
        .collect();
    assert_eq!(told, [("Pilot".to_owned(), 0, 5), ("Ring 1".to_owned(), 1, 5)]);
    put(&mut window, "Start of Ring 1", "4");
    assert_eq!(rollout(&window).waves[1].step, 4);
    put(&mut window, "Start of Ring 1", "99");
    assert_eq!(rollout(&window).waves[1].step, 4, "after the end: refused");
    assert!(is_said(&window, "after the last step 26"), "with the reason");
    write(&mut window, "Day of the start", "2027-01-04");
    assert!(is_said(&window, "from 1 Feb 2027"));
    write(&mut window, "Day of the start", "soon");
    assert!(is_said(&window, "is no day"));
    assert!(rollout(&window).start.is_some(), "the old one stays");
    click(&mut window, "Onboard at most");
    assert_eq!(rollout(&window).capacity, Some(5));
    put(&mut window, "People onboarded per step", "0");
    assert_eq!(rollout(&window).capacity, Some(5));
    assert!(is_said(&window, "At least 1 person"));
    click(&mut window, "Add a nudge");
    assert_eq!((rollout(&window).nudges[0].step, rollout(&window).nudges.len()), (6, 1));
    put(&mut window, "Chance of nudge 1", "1.2");
    assert!(is_said(&window, "between 0 and 1"));

    // What is decided is what is simulated.
    if window.query_by_label("Run again").is_some() {
        click(&mut window, "Run again");
    }
    let forecast = window.state().findings().forecast.clone().expect("it ran");
    let planned = &forecast.standings[&Standing::Planned];
    assert!(planned[0] > 4.9 && planned[3] < 5.1, "five in the pilot: {planned:?}");
    assert!(forecast.standings.contains_key(&Standing::Waiting));
    let mut last = 0.0;
    for it in &forecast.steps {
        assert!(it.cumulative_mean - last < 5.001, "never more than five at once");
        last = it.cumulative_mean;
    }
    common::picture(&mut window, "waves");
    assert_eq!(window.get_by_label_contains("Map of").rect(), map, "the panel widened");
    while !rollout(&window).waves.is_empty() {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut window);
    }
    assert_eq!(*rollout(&window), Rollout::default());
}

/// Two groups of twelve who all know each other, one tie between them.
fn two_groups() -> (tempfile::TempDir, Vec<std::path::PathBuf>) {
    use std::fmt::Write as _;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut rows = String::from("source,target\nalder11,birch0\n");
    let mut who = String::from("id,team\n");
    for group in ["alder", "birch"] {
        for one in 0..12 {
            let _ = writeln!(who, "{group}{one},{group}");
            for other in 0..one {
                let _ = writeln!(rows, "{group}{one},{group}{other}");
                let _ = writeln!(rows, "{group}{other},{group}{one}");
            }
        }
    }
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("it is written");
        path
    };
    let paths = vec![write("ties.csv", &rows), write("who.csv", &who)];
    (folder, paths)
}

#[test]
fn a_stall_is_told_with_a_way_over() {
    let (folder, inputs) = two_groups();
    let inputs: Vec<Input> = inputs.into_iter().map(Input::Path).collect();
    let on = &mut |_| ControlFlow::Continue(());
    let sources = import::read(&inputs, &Answers::default(), on).expect("they are there");
    let mut project = Project::default();
    project.add_sources(sources);
    project.decide("A stall", |decisions| {
        decisions.segment_by = Some("team".to_owned());
        let case = decisions.case_mut();
        case.seeds = ["alder0", "alder1"].map(str::to_owned).into();
        case.scenario.contagion = Contagion::Permission(Threshold::Count(2));
    });
    let path = folder.path().join("stall.jaywalk");
    project.save(&path).expect("saved");
    let mut window = open(vec![path], [1024.0, 700.0], egui::Theme::Dark);
    to_the_forecast(&mut window);
    if window.query_by_label("Run again").is_some() {
        click(&mut window, "Run again");
    }
    wait(&mut window, |app| app.findings().chasm.is_some() && !app.is_busy());
    assert!(is_said(&window, "Stalled at the chasm from week 1"));
    assert!(is_said(&window, "1 tie leads across"));
    assert!(is_said(&window, "A threshold of 1 instead of 2 would carry"));
    common::picture(&mut window, "chasm-dark");
    click(&mut window, "Make it a seed");
    assert_eq!(window.state().project().seeds().len(), 3);
    if window.query_by_label("Run again").is_some() {
        click(&mut window, "Run again");
    }
    settle(&mut window);
    assert!(!is_said(&window, "Stalled at the chasm"), "it is crossed");
}
