//! Which traces make ties, and how much they count.

use crate::common::{Window, wait};
use crate::stage::{click, on_the_sample, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jaywalk::network::EvidenceKind;

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
    // On the map neighborhoods tell how full they will be; without them nobody looks at the forecast.
    click(&mut window, "Show neighborhoods");
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
