//! Scenarios side by side, through the real window: the tray, the curve that follows a slider, what
//! is refused beside its field, and the comparison.

#![cfg(feature = "gui")]

#[allow(dead_code, reason = "shared with other tests, which use more of it")]
mod common;

use std::sync::Arc;
use std::time::{Duration, Instant};

use common::{Window, wait};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;
use jaywalk::diffusion::{Contagion, Forecast, TieProbability};

/// The Forecast tab of the sample, its forecast made.
fn on_the_forecast() -> Window {
    let mut window = common::open(Vec::new(), 1440.0, 900.0, egui::Theme::Light);
    wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
    click(&mut window, "Close welcome");
    window.get_by_role_and_label(Role::Tab, "Forecast").click_accesskit();
    settle(&mut window);
    window
}

fn settle(window: &mut Window) {
    wait(window, |app| !app.is_busy());
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click_accesskit();
    settle(window);
}

/// Chooses a model; who clicks without a mouse has to close the list.
fn choose(window: &mut Window, model: &str) {
    click(window, "How people come to adopt");
    click(window, model);
    click(window, "How people come to adopt");
}

fn names(window: &Window) -> Vec<String> {
    let tray = &window.state().project().decisions().tray;
    tray.cases().iter().map(|it| it.name.clone()).collect()
}

fn forecast(window: &Window) -> Arc<Forecast> {
    window.state().findings().forecast.clone().expect("a forecast")
}

/// Types `text` over what stands in the field and confirms it.
fn type_into(window: &mut Window, field: &str, text: &str) {
    window.get_by_role_and_label(Role::SpinButton, field).focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::SpinButton, field).type_text(text);
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(2);
    settle(window);
}

fn is_said(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn a_scenario_is_copied_changed_renamed_and_taken_back() {
    let mut window = on_the_forecast();
    let usual = forecast(&window);
    click(&mut window, "Duplicate Scenario A");
    assert_eq!(names(&window), ["Scenario A", "Scenario B"]);
    choose(&mut window, "Every tie has the same chance");
    let changed = forecast(&window);
    assert!((changed.mean_adopters - usual.mean_adopters).abs() > 1.0);

    window.get_by_role_and_label(Role::Button, "Scenario A").click_accesskit();
    settle(&mut window);
    assert_eq!(*forecast(&window), *usual, "the first was left alone");
    window.get_by_role_and_label(Role::Button, "Scenario B").click_accesskit();
    settle(&mut window);
    assert_eq!(*forecast(&window), *changed);

    window.get_by_label("Rename Scenario B").click_accesskit();
    window.run_steps(3);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.get_by_label("Name of the scenario").type_text("Scenario A");
    window.run_steps(2);
    assert!(is_said(&window, "Another scenario is called"), "before it is confirmed");
    window.key_press(Key::Enter);
    window.run_steps(2);
    assert_eq!(names(&window), ["Scenario A", "Scenario B"]);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.get_by_label("Name of the scenario").type_text("Bold");
    window.run_steps(2);
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(names(&window), ["Scenario A", "Bold"]);
    assert_eq!(window.state().project().undo_label(), Some("Rename Scenario B"));

    click(&mut window, "Delete Bold");
    assert_eq!(names(&window), ["Scenario A"]);
    assert_eq!(*forecast(&window), *usual);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert_eq!(names(&window), ["Scenario A", "Bold"]);
    assert_eq!(*forecast(&window), *changed);
}

#[test]
fn the_curve_follows_a_slider_and_says_what_it_rests_on() {
    let mut window = on_the_forecast();
    choose(&mut window, "Every tie has the same chance");
    assert!(is_said(&window, "Rests on 500 courses"));
    for chance in [0.12, 0.14, 0.16] {
        let before = forecast(&window);
        let slider = window.get_by_role_and_label(Role::Slider, "Chance per tie (p)");
        slider.set_value_accesskit(chance);
        let since = Instant::now();
        let mut longest_frame = Duration::ZERO;
        let first = loop {
            let frame = Instant::now();
            window.step();
            longest_frame = longest_frame.max(frame.elapsed());
            let contagion = window.state().project().decisions().scenario().contagion;
            let set = Contagion::IndependentCascade(TieProbability::Uniform(chance));
            let findings = window.state().findings();
            let now = forecast(&window);
            if contagion == set && !Arc::ptr_eq(&before, &now) && !findings.forecast_is_stale {
                break now;
            }
            let is_old = contagion == set && Arc::ptr_eq(&before, &now);
            // The frame in which it is set is the one in which the mark is made, at the latest.
            window.step();
            assert!(
                !is_old
                    || window.state().findings().forecast_is_stale
                    || !Arc::ptr_eq(&before, &forecast(&window)),
                "the curve before is marked as such"
            );
            assert!(since.elapsed() < Duration::from_secs(20), "no curve came");
            std::thread::sleep(Duration::from_millis(2));
        };
        println!("{:?} to the first curve, of {} courses", since.elapsed(), first.replicates);
        assert!(longest_frame < Duration::from_secs(2), "the window waited: {longest_frame:?}");
        settle(&mut window);
        let refined = forecast(&window);
        assert_eq!(refined.replicates, 500);
        assert!(is_said(&window, "Rests on 500 courses"));
        assert!(refined.mean_adopters > before.mean_adopters, "more chance, more adopters");
    }
    let label = window.state().project().undo_label();
    assert_eq!(label, Some("Change the model's numbers"), "one step, however often it moved");
}

#[test]
fn nonsense_is_refused_beside_its_field() {
    let mut window = on_the_forecast();
    let decided = |window: &Window| window.state().project().decisions().clone();
    let before = decided(&window);
    type_into(&mut window, "Number of steps", "0");
    assert!(is_said(&window, "number of steps must lie between 1 and 100000, but is 0"));
    type_into(&mut window, "Replicates", "0");
    assert!(is_said(&window, "at least 1 replicate"));
    type_into(&mut window, "Replicates", "2.5");
    assert!(is_said(&window, "takes whole numbers, not 2.5"));
    assert_eq!(decided(&window), before, "nothing was put right in silence");

    type_into(&mut window, "Number of steps", "600");
    assert_eq!(decided(&window).scenario().steps, 600, "beyond what the mouse can reach");
    assert!(!is_said(&window, "number of steps must lie"), "the reason is gone");

    choose(&mut window, "Every tie has the same chance");
    let chance = "Chance per tie (p)";
    let before = decided(&window);
    for (typed, reason) in [
        ("1.5", "must lie between 0 and 1, but is 1.5. It stays 0.1."),
        ("-0.1", "must lie between 0 and 1, but is -0.1"),
        ("often", "is no number"),
    ] {
        type_into(&mut window, chance, typed);
        assert!(is_said(&window, reason), "{typed}");
        assert_eq!(decided(&window), before, "{typed}");
    }
    type_into(&mut window, chance, "25 %");
    let set = Contagion::IndependentCascade(TieProbability::Uniform(0.25));
    assert_eq!(decided(&window).scenario().contagion, set);
    assert!(!is_said(&window, "is no number"));
}

#[test]
fn scenarios_are_laid_over_each_other() {
    let mut window = on_the_forecast();
    click(&mut window, "Duplicate Scenario A");
    let slider = "Adoption that others see (visibility)";
    click(&mut window, "More");
    window.get_by_role_and_label(Role::Slider, slider).set_value_accesskit(0.8);
    settle(&mut window);
    for name in ["Compare Scenario A", "Compare Scenario B"] {
        click(&mut window, name);
    }
    window.get_by_role_and_label(Role::Button, "Compare").click_accesskit();
    settle(&mut window);
    let finding = window.state().findings().comparison.clone().expect("a comparison");
    assert_eq!(finding.names, ["Scenario A", "Scenario B"]);
    let difference = finding.differences[0];
    assert_eq!(difference.replicates, 500);
    assert!(difference.mean < 0.0 && difference.is_clear());
    assert!(difference.standard_error < difference.independent_standard_error);
    assert_eq!(finding.contrasts.len(), 1, "{:?}", finding.contrasts);
    assert!(is_said(&window, "Adopters over"));
    assert!(is_said(&window, "500 courses each, on the same chances"));
    assert!(is_said(&window, slider));
    common::picture(&mut window, "compare");

    // It follows what is decided while it is open.
    window.get_by_role_and_label(Role::Slider, slider).set_value_accesskit(1.0);
    settle(&mut window);
    let finding = window.state().findings().comparison.clone().expect("a comparison");
    assert!(finding.contrasts.is_empty());
    assert!(finding.differences[0].standard_error < 1e-12, "the same on the same chances");
    assert!(!window.state().findings().comparison_is_stale);
    assert!(is_said(&window, "Nothing: the same seeds and the same settings."));
}

#[test]
fn seven_scenarios_are_too_many_to_compare() {
    let mut window = on_the_forecast();
    click(&mut window, "Compare Scenario A");
    for letter in ["A", "B", "C", "D", "E", "F"] {
        click(&mut window, &format!("Duplicate Scenario {letter}"));
    }
    let tray = &window.state().project().decisions().tray;
    assert_eq!((tray.cases().len(), tray.compared().count()), (7, 6));
    click(&mut window, "Compare Scenario G");
    assert_eq!(window.state().project().decisions().tray.compared().count(), 6, "it is full");
    window.key_press_modifiers(Modifiers::COMMAND, Key::T);
    settle(&mut window);
    let finding = window.state().findings().comparison.clone().expect("a comparison");
    assert_eq!(finding.forecasts.len(), 6);
}

#[test]
fn the_tray_and_the_comparison_fit_small_and_dark_windows() {
    for (name, size, theme) in [
        ("tray-light", [1440.0, 900.0], egui::Theme::Light),
        ("tray-dark-small", [1024.0, 700.0], egui::Theme::Dark),
    ] {
        let mut window = common::open(Vec::new(), size[0], size[1], theme);
        wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
        click(&mut window, "Close welcome");
        window.get_by_role_and_label(Role::Tab, "Forecast").click_accesskit();
        settle(&mut window);
        for (letter, model) in
            [("A", "By themselves, and through others"), ("B", "Every tie has the same chance")]
        {
            click(&mut window, &format!("Duplicate Scenario {letter}"));
            choose(&mut window, model);
        }
        type_into(&mut window, "Number of steps", "0");
        common::picture(&mut window, name);
        window.key_press_modifiers(Modifiers::COMMAND, Key::T);
        settle(&mut window);
        let compared = window.get_by_label_contains("Adopters over").rect();
        let whole = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
        assert!(whole.contains_rect(compared), "{name}: {compared:?}");
        common::picture(&mut window, &format!("{name}-compared"));
    }
}
