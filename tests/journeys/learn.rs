//! What happened, and how a campaign goes.

use crate::common::{self, Window, wait};
use crate::stage::{click, on_the_sample, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

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
    assert!(!window.state().findings().forecast_is_stale, "the map tells of it: it follows");
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
