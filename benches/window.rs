//! The window thread's own time per frame, in the real window without a display:
//! `cargo bench --bench window`.
//!
//! 10,000 people and 50,000 ties are opened; frames are timed while the layout runs, then while the
//! wheel zooms and the pointer hovers. The aim is 16 ms at most.
//! Release, two cores with a build running on both: 1.0 ms median, 2.9 at the 95th percentile and
//! 14.9 at most while the layout runs; 1.7, 6.3 and 19.4 while zooming; 1.1, 1.4 and 7.5 while hovering.

#[path = "../tests/common/mod.rs"]
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
mod common;

use std::fmt::Write;
use std::time::{Duration, Instant};

use common::Window;
use egui_kittest::kittest::Queryable;

const PEOPLE: usize = 10_000;
const TIES: usize = 50_000;
const GROUP: usize = 100;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("ties.csv");
    std::fs::write(&path, edge_list()).expect("the list is written");
    let mut window = common::open(vec![path], 1440.0, 900.0, egui::Theme::Light);
    common::wait(&mut window, |app| app.project().results().network.people.len() > PEOPLE / 2);

    println!("{PEOPLE} people, {TIES} ties; milliseconds per frame of the window's thread");
    let arranging = frames(&mut window, |window, _| window.state().is_busy());
    report("while the layout runs", &arranging);
    let middle = egui::pos2(650.0, 450.0);
    let wheeling = frames(&mut window, |window, frame| {
        let modifiers = egui::Modifiers::NONE;
        window.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Line,
            delta: egui::vec2(0.0, if frame % 40 < 20 { 0.3 } else { -0.3 }),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers,
        });
        window.hover_at(middle);
        frame < 200
    });
    report("while zooming", &wheeling);
    let hovering = frames(&mut window, |window, frame| {
        let angle = frame as f32 * 0.1;
        window.hover_at(middle + 150.0 * egui::Vec2::angled(angle));
        frame < 200
    });
    report("while hovering", &hovering);
    drop(window);
    following();
}

/// On the sample: a slider is moved, and the first curve of its new place is waited for, then the
/// last.
fn following() {
    let mut window = common::open(Vec::new(), 1440.0, 900.0, egui::Theme::Light);
    common::wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
    let press = |window: &mut Window, label: &str| {
        window.get_by_label(label).click_accesskit();
        window.run_steps(3);
        common::wait(window, |app| !app.is_busy());
    };
    press(&mut window, "Close welcome");
    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click_accesskit();
    window.run_steps(3);
    press(&mut window, "How people come to adopt");
    press(&mut window, "Every tie has the same chance");
    println!("the sample; milliseconds from moving a slider");
    let (mut first, mut last, mut courses) = (Vec::new(), Vec::new(), 0);
    for place in 0..40 {
        let slider = window.get_by_role_and_label(egui::Role::Slider, "Chance per tie (p)");
        slider.set_value_accesskit(0.05 + f64::from(place) * 0.005);
        let before = window.state().findings().forecast.clone().expect("a forecast");
        let since = Instant::now();
        let new = loop {
            window.step();
            let findings = window.state().findings();
            let now = findings.forecast.clone().expect("a forecast");
            if !findings.forecast_is_stale && !std::sync::Arc::ptr_eq(&before, &now) {
                break now;
            }
            std::thread::sleep(Duration::from_millis(1));
        };
        first.push(since.elapsed());
        courses = new.replicates;
        while window.state().findings().forecast.as_ref().is_none_or(|it| it.replicates < 500) {
            window.step();
            std::thread::sleep(Duration::from_millis(1));
        }
        last.push(since.elapsed());
        common::wait(&mut window, |app| !app.is_busy());
    }
    report(&format!("to {courses} courses"), &first);
    report("to all 500", &last);
}

/// Communities of a hundred people, four ties in five within them; no chance, so every run is alike.
fn edge_list() -> String {
    let mut list = String::from("source,target\n");
    for tie in 0..TIES {
        let from = tie * 7919 % PEOPLE;
        let hop = 1 + tie * 104_729 % (GROUP - 1);
        let inside = from / GROUP * GROUP + (from % GROUP + hop) % GROUP;
        let to = if tie % 5 < 4 { inside } else { (from + tie * 15_485_863 + 1) % PEOPLE };
        writeln!(list, "p{from},p{to}").expect("memory suffices");
    }
    list
}

/// Time of every frame as long as `go_on` says so.
fn frames(window: &mut Window, mut go_on: impl FnMut(&mut Window, usize) -> bool) -> Vec<Duration> {
    let mut times = Vec::new();
    while go_on(window, times.len()) {
        let start = Instant::now();
        window.step();
        times.push(start.elapsed());
        std::thread::sleep(Duration::from_millis(8));
    }
    times
}

fn report(what: &str, times: &[Duration]) {
    let mut sorted: Vec<f64> = times.iter().map(|it| it.as_secs_f64() * 1e3).collect();
    sorted.sort_by(f64::total_cmp);
    let at = |percent: usize| sorted.get(sorted.len() * percent / 100).copied().unwrap_or(0.0);
    let (median, p95) = (at(50), at(95));
    let most = sorted.last().copied().unwrap_or(0.0);
    println!("{what:<24}{median:8.1} median{p95:8.1} p95{most:8.1} most ({} frames)", sorted.len());
}
