//! What people are arranged by on the map.

use crate::common::{Window, wait_seeing};
use crate::stage::{click, on_the_sample, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jaywalk::app::App;
use jaywalk::project::Arrangement;

#[test]
fn another_arrangement_can_be_undone_and_the_map_is_as_before() {
    let mut window = on_the_sample();
    settle(&mut window);
    let by_ties = window.state().findings().positions.clone();
    click(&mut window, "Arrange by");
    click(&mut window, "Segments in columns");
    settle(&mut window);
    let columns = window.state().findings().positions.clone();
    assert_eq!(columns.len(), by_ties.len());
    assert!(columns != by_ties);
    let project = window.state().project();
    assert_eq!(project.decisions().layout.arrangement, Arrangement::Columns);
    assert_eq!(project.undo_label(), Some("Arrange the map"));
    assert!(window.query_by_label("Cluster pull").is_none(), "of no use here");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut window);
    assert!(window.state().findings().positions == by_ties);
    click(&mut window, "Prevent overlap");
    settle(&mut window);
    assert!(!window.state().project().decisions().layout.prevent_overlap);
    assert!(window.state().findings().positions != by_ties);
}

/// Waits until all is done, and tells the longest way that anybody went in one frame.
fn longest_step(window: &mut Window) -> f32 {
    let mut longest = 0.0_f32;
    let mut last = window.state().findings().positions.clone();
    let see = |app: &App| {
        let now = &app.findings().positions;
        longest = longest.max(farthest(&last, now));
        last.clone_from(now);
    };
    wait_seeing(window, |app| !app.is_busy(), see);
    longest
}

/// How far apart two places of one person are at most.
fn farthest(from: &[[f32; 2]], to: &[[f32; 2]]) -> f32 {
    assert_eq!(from.len(), to.len(), "everyone stays on the map");
    let far = |(from, to): (&[f32; 2], &[f32; 2])| (from[0] - to[0]).hypot(from[1] - to[1]);
    from.iter().zip(to).map(far).fold(0.0, f32::max)
}

#[test]
fn people_walk_to_another_arrangement_and_back_instead_of_jumping() {
    let mut window = on_the_sample();
    settle(&mut window);
    let by_ties = window.state().findings().positions.clone();
    window.get_by_label("Arrange by").click_accesskit();
    window.step();
    window.step();
    window.get_by_label("Segments in columns").click_accesskit();
    let longest = longest_step(&mut window);
    let columns = window.state().findings().positions.clone();
    let whole = farthest(&by_ties, &columns);
    assert!(longest < 0.4 * whole, "{longest} of {whole} in one frame");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    assert!(longest_step(&mut window) < 0.4 * whole);
    assert!(window.state().findings().positions == by_ties);
}

#[test]
fn an_arrangement_that_nothing_is_known_for_says_so() {
    let mut window = on_the_sample();
    click(&mut window, "Arrange by");
    click(&mut window, "Place");
    settle(&mut window);
    assert!(window.query_by_label_contains("No column tells latitude").is_some());
    assert!(!window.state().findings().positions.is_empty());
}
