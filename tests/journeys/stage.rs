//! Where journeys begin, and steps that many take.

use std::path::Path;

use crate::common::{self, Window, wait};
use egui_kittest::kittest::Queryable;

/// A window on the sample, with seeds and forecast there and the welcome card closed.
pub fn on_the_sample() -> Window {
    let mut window = common::open(Vec::new(), 1440.0, 900.0, egui::Theme::Light);
    wait(&mut window, |app| app.findings().forecast.is_some() && !app.is_busy());
    window.get_by_label("Close welcome").click();
    window.step();
    window.step();
    window
}

/// Writes a file of an invented edge list and returns its folder with it.
pub fn edge_list(rows: &[(&str, &str)]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("ties.csv");
    let rows: Vec<String> = rows.iter().map(|(from, to)| format!("{from},{to}")).collect();
    std::fs::write(&path, format!("source,target\n{}\n", rows.join("\n"))).expect("it is written");
    (folder, path)
}

/// Writes an invented file and returns its folder with it.
pub fn file(name: &str, content: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("it is written");
    (folder, path)
}

pub fn drop_file(window: &mut Window, path: &Path) {
    common::drop_file(window, path);
    window.step();
    window.step();
    wait(window, |app| !app.is_busy());
}

pub fn settle(window: &mut Window) {
    for _ in 0..3 {
        window.step();
    }
    wait(window, |app| !app.is_busy());
}

/// Waits for what a change of rules starts, and shows it.
pub fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click_accesskit();
    settle(window);
}

/// A seed's id, and where that person is.
pub fn a_person(window: &Window) -> (String, egui::Pos2) {
    let app = window.state();
    let seed = app.project().seeds()[1];
    let id = app.project().results().network.people[seed as usize].id.clone();
    let at = app.position_on_window(&id).expect("a place");
    (id.to_string(), at)
}

/// The first seed.
pub fn first_seed(window: &Window) -> usize {
    window.state().project().seeds()[0] as usize
}
