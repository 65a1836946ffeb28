//! The window thread's own time per frame, in the real window without a display:
//! `cargo bench --bench window` (10,000 and 100,000 people), `-- 1000000` for one other size,
//! `-- following` for the sample alone.
//!
//! A network with five ties per person is opened. Frames are timed while the layout runs, while the
//! map is panned and zoomed, while the pointer hovers, while a person is dragged, with somebody
//! selected, and with seeds and a forecast; a frame is everything from the events to the triangles
//! that go to the graphics card. Time is the thread's own on the processor where the system tells it
//! (Linux), or else the time that passed. Then: how long it takes from the last movement until the
//! map is sharp again, and whether a window in which nothing moves asks for another frame.
//!
//! Two cores, median and 95th percentile in milliseconds per frame:
//!
//! | | 10,000, machine half busy | 10,000, seven builds beside it | 100,000, one build beside it | 100,000, seven builds beside it |
//! |---|---|---|---|---|
//! | the layout runs | 1.1, 1.5 | 1.8, 2.1 | 2.0, 2.6 | 2.4, 2.6 |
//! | panning | 1.0, 2.3 | 1.8, 3.1 | 2.0, 3.0 | 2.5, 3.7 |
//! | zooming | 1.1, 6.3 | 2.4, 6.8 | 2.3, 3.5 | 5.3, 6.3 |
//! | hovering | 1.1, 1.5 | 1.8, 2.3 | 1.9, 2.5 | 2.9, 3.5 |
//! | dragging | 1.2, 2.8 | 1.7, 3.0 | 1.7, 3.0 | 2.6, 3.5 |
//! | zooming, seeds and forecast | 1.8, 3.9 | 2.2, 5.0 | 2.8, 3.7 | 3.4, 5.1 |
//! | sharp after zooming (passing time) | 18, 44 | 68, 118 | 107, 127 | 365, 401 (machine half busy) |
//!
//! From moving a slider on the sample to the new curve it takes 8.4 ms, 14.5 at the 95th percentile (of
//! the 200 that a person takes for at once); there 500 courses are made before anybody could see
//! fewer.
//!
//! When nothing moves no frame is asked for.

#[path = "../tests/common/mod.rs"]
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
mod common;
#[path = "frames/mod.rs"]
mod frames;

use std::fmt::Write;
use std::time::{Duration, Instant};

use common::Window;
use common::turn_wheel;
use egui::{PointerButton, Pos2, Vec2, pos2};
use egui_kittest::kittest::Queryable;
use frames::{at_rest, frames, report};

const TIES_PER_PERSON: usize = 5;
const GROUP: usize = 100;
/// Over the map, in a window of 1440 by 900 points.
const MIDDLE: Pos2 = pos2(650.0, 450.0);

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|it| it.parse().ok()).collect();
    if std::env::args().any(|it| it == "following") {
        return following();
    }
    for &people in if sizes.is_empty() { &[10_000, 100_000][..] } else { &sizes } {
        moving(people);
    }
    if sizes.is_empty() {
        following();
    }
}

/// A network is opened and moved about.
fn moving(people: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("ties.csv");
    std::fs::write(&path, edge_list(people)).expect("the list is written");
    let since = Instant::now();
    let mut window = common::open(vec![path], 1440.0, 900.0, egui::Theme::Light);
    while window.state().findings().positions.is_empty() {
        window.step();
        std::thread::sleep(Duration::from_millis(5));
    }
    let ties = people * TIES_PER_PERSON;
    println!("\n{people} people, {ties} ties: on the map after {:.1?}", since.elapsed());
    println!("milliseconds of the window's thread per frame");

    report("the layout runs", &frames(&mut window, 150, |_, _| {}));
    println!("at rest after {:.1?}", at_rest(&mut window));
    report("nothing moves", &frames(&mut window, 100, |_, _| {}));
    motions(&mut window, "");
    press(&mut window, "Choose seeds");
    println!("seeds and forecast after {:.1?}", at_rest(&mut window));
    window.get_by_role_and_label(egui::Role::Tab, "Forecast").click_accesskit();
    motions(&mut window, ", seeds and forecast");
    window.get_by_role_and_label(egui::Role::Tab, "Learn").click_accesskit();
    motions(&mut window, ", lessons");
    sharpness(&mut window);
    idleness(&mut window);
}

/// Whatever one does to a map, frame by frame.
fn motions(window: &mut Window, with: &str) {
    at_rest(window);
    let panning = frames(window, 120, |window, frame| {
        let at = MIDDLE + Vec2::new(2.0 * frame as f32 - 120.0, 0.0);
        window.hover_at(at);
        if frame == 0 || frame == 119 {
            button(window, PointerButton::Secondary, at, frame == 0);
        }
    });
    report(&format!("panning{with}"), &panning);
    window.hover_at(MIDDLE);
    window.step();
    let zooming = frames(window, 120, |window, frame| {
        turn_wheel(window, if frame % 40 < 20 { 0.3 } else { -0.3 });
    });
    report(&format!("zooming{with}"), &zooming);
    at_rest(window);
    let hovering = frames(window, 120, |window, frame| {
        window.hover_at(MIDDLE + 150.0 * Vec2::angled(frame as f32 * 0.1));
    });
    report(&format!("hovering{with}"), &hovering);
    let Some(person) = window.state().position_on_window("p0") else { return };
    let dragging = frames(window, 60, |window, frame| {
        let at = person + Vec2::new(frame as f32, 0.0);
        window.hover_at(at);
        if frame == 0 || frame == 59 {
            button(window, PointerButton::Primary, at, frame == 0);
        }
    });
    report(&format!("dragging{with}"), &dragging);
}

/// From the last movement until what is on the map is sharp.
fn sharpness(window: &mut Window) {
    let mut times = Vec::new();
    for turn in 0..12 {
        at_rest(window);
        window.hover_at(MIDDLE);
        turn_wheel(window, if turn % 2 == 0 { 1.0 } else { -1.0 });
        let mut since = Instant::now();
        let mut before = window.state().view_state().view;
        while {
            window.step();
            let view = window.state().view_state().view;
            if view != before {
                (since, before) = (Instant::now(), view);
            }
            window.state().is_busy() || since.elapsed() < Duration::from_millis(5)
        } {
            std::thread::sleep(Duration::from_millis(1));
        }
        times.push(since.elapsed());
    }
    report("sharp after zooming, in passing time", &times);
}

/// A window in which nothing moves sleeps.
fn idleness(window: &mut Window) {
    at_rest(window);
    window.remove_cursor();
    for _ in 0..30 {
        window.step();
    }
    let output = &window.output().viewport_output[&egui::ViewportId::ROOT];
    println!("asks for the next frame after {:?} when nothing moves", output.repaint_delay);
}

fn press(window: &mut Window, label: &str) {
    window.get_by_label(label).click_accesskit();
    window.run_steps(3);
}

fn button(window: &Window, button: PointerButton, pos: Pos2, pressed: bool) {
    let modifiers = egui::Modifiers::NONE;
    window.event(egui::Event::PointerButton { pos, button, pressed, modifiers });
}

/// On the sample: a slider is moved, and the first curve of its new place is waited for, then the
/// last.
fn following() {
    let mut window = common::open(Vec::new(), 1440.0, 900.0, egui::Theme::Light);
    common::wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
    let press = |window: &mut Window, label: &str| {
        press(window, label);
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
fn edge_list(people: usize) -> String {
    let mut list = String::from("source,target\n");
    for tie in 0..people * TIES_PER_PERSON {
        let from = tie * 7919 % people;
        let hop = 1 + tie * 104_729 % (GROUP - 1);
        let inside = from / GROUP * GROUP + (from % GROUP + hop) % GROUP;
        let to = if tie % 5 < 4 { inside } else { (from + tie * 15_485_863 + 1) % people };
        writeln!(list, "p{from},p{to}").expect("memory suffices");
    }
    list
}
