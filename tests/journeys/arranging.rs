//! What people are arranged by on the map.

use crate::stage::{click, on_the_sample, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
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

#[test]
fn an_arrangement_that_nothing_is_known_for_says_so() {
    let mut window = on_the_sample();
    click(&mut window, "Arrange by");
    click(&mut window, "Place");
    settle(&mut window);
    assert!(window.query_by_label_contains("No column tells latitude").is_some());
    assert!(!window.state().findings().positions.is_empty());
}
