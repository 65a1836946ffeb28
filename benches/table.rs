//! The people table at 100,000 people in the real window: `cargo bench --bench table`, `-- 1000000`
//! for one other size.
//!
//! Frames while it is scrolled by the wheel, at rest and while the map is hovered over; how long it
//! takes from a click or a letter until the lines are there; and how long a note takes that is
//! written into it.
//!
//! 100,000 people with seven facts each and 412,508 ties, release without link-time optimization, two
//! cores with other builds on them: a frame of the whole window takes 2.3 ms at rest and 2.7 ms (3.0 at
//! the 95th percentile, 4.1 at most) while the table is scrolled. Sorting takes 76 to 127 ms beside the
//! window, searching the table 43 to 130 ms, finding a person 21 ms, and 190 ms the first time.

#[path = "../tests/common/mod.rs"]
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
mod common;
#[path = "frames/mod.rs"]
mod frames;

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::Window;
use common::turn_wheel;
use egui::{Event, Key, Pos2, Vec2, pos2};
use egui_kittest::kittest::Queryable;
use frames::{at_rest, frames, report};

/// Over the table, in a window of 1440 by 900 points.
const TABLE: Pos2 = pos2(600.0, 700.0);

fn main() {
    let people = std::env::args().find_map(|it| it.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let paths = ["people.csv", "ties.csv"].map(|name| folder.path().join(name));
    for (path, text) in paths.iter().zip(files(people)) {
        std::fs::write(path, text).expect("the file is written");
    }
    let mut window = common::open(paths.to_vec(), 1440.0, 900.0, egui::Theme::Light);
    while window.state().findings().positions.is_empty() {
        window.step();
        std::thread::sleep(Duration::from_millis(5));
    }
    let network = &window.state().project().results().network;
    println!("{} people, {} ties", network.people.len(), network.ties.len());
    at_rest(&mut window);

    let since = Instant::now();
    window.key_press(Key::F7);
    lines_after(&mut window, since, "opened");
    at_rest(&mut window);
    println!("milliseconds of the window's thread per frame");
    report("nothing moves", &frames(&mut window, 60, |_, _| {}));
    window.hover_at(TABLE);
    let scrolling = frames(&mut window, 120, |window, frame| {
        turn_wheel(window, if frame < 90 { -3.0 } else { 40.0 });
    });
    report("the table is scrolled", &scrolling);
    at_rest(&mut window);
    let hovering = frames(&mut window, 120, |window, frame| {
        window.hover_at(pos2(650.0, 300.0) + 100.0 * Vec2::angled(frame as f32 * 0.1));
    });
    report("the map is hovered over", &hovering);

    for heading in ["Sort by Company", "Sort by Cost", "Sort by Name"] {
        at_rest(&mut window);
        let since = Instant::now();
        window.get_by_label(heading).click_accesskit();
        lines_after(&mut window, since, heading);
    }
    for (label, text) in [("Search in the table", "alder"), ("Search in the table", " 77")] {
        at_rest(&mut window);
        window.get_by_label(label).focus();
        window.step();
        let since = Instant::now();
        window.get_by_label(label).type_text(text);
        lines_after(&mut window, since, &format!("\"{text}\" in the table"));
    }
    finding(&mut window);
    writing(&mut window);
}

/// Steps until other lines are there.
fn lines_after(window: &mut Window, since: Instant, what: &str) {
    let before = window.state().findings().table.clone();
    let mut longest = Duration::ZERO;
    loop {
        let frame = Instant::now();
        window.step();
        longest = longest.max(frame.elapsed());
        let now = &window.state().findings().table;
        let same = match (&before, now) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (_, now) => now.is_none(),
        };
        if !same {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    println!("{what}: {:.1?}, no frame longer than {longest:.1?}", since.elapsed());
}

/// Somebody is looked for by name: the first time everybody is folded.
fn finding(window: &mut Window) {
    for letters in ["person 7", " 123", "alder"] {
        at_rest(window);
        window.get_by_label("Find a person").focus();
        window.step();
        let since = Instant::now();
        window.get_by_label("Find a person").type_text(letters);
        while window.state().findings().hits.as_ref().is_none_or(|it| !it.wanted.ends_with(letters))
        {
            window.step();
            std::thread::sleep(Duration::from_millis(1));
        }
        println!("\"{letters}\" found after {:.1?}", since.elapsed());
    }
    window.key_press(Key::Escape);
    at_rest(window);
}

/// A note is written: everything that may follow from it is made anew.
fn writing(window: &mut Window) {
    common::click_at(window, TABLE);
    at_rest(window);
    window.key_press(Key::F2);
    window.run_steps(3);
    window.event(Event::Text("something else".to_owned()));
    window.run_steps(2);
    let since = Instant::now();
    window.key_press(Key::Enter);
    window.step();
    while window.state().project().undo_label().is_none() {
        window.step();
        std::thread::sleep(Duration::from_millis(1));
    }
    println!("written after {:.1?}", since.elapsed());
}

/// People with what is known of them, and five ties each, four of them in groups of a hundred.
fn files(people: usize) -> [String; 2] {
    const COMPANIES: [&str; 7] = ["Alder", "Birch", "Cedar", "Elm", "Hazel", "Oak", "Rowan"];
    let mut list = String::from("Id,Label,Company,Place,Cost,Since,Remark\n");
    for at in 0..people {
        let company = COMPANIES[at % 7];
        let (place, cost, day) = (at % 311, at * 37 % 5000, 1 + at % 28);
        let row = format!(
            "p{at},Person {at},{company} {},Town {place},{cost},2024-03-{day:02},Of {company} since {day} years",
            at / 100
        );
        writeln!(list, "{row}").expect("memory suffices");
    }
    let mut ties = String::from("source,target\n");
    for tie in 0..people * 5 {
        let from = tie * 7919 % people;
        let inside = from / 100 * 100 + (from % 100 + 1 + tie * 104_729 % 99) % 100;
        let to = if tie % 5 < 4 { inside } else { (from + tie * 15_485_863 + 1) % people };
        writeln!(ties, "p{from},p{to}").expect("memory suffices");
    }
    [list, ties]
}
