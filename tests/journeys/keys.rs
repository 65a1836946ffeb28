//! Keys, and the field that finds every command.

use crate::stage::{on_the_sample, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jaywalk::ui::actions::Window;

#[test]
fn any_command_is_found_by_its_name_and_done() {
    let mut window = on_the_sample();
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(3);
    crate::common::picture(&mut window, "commands");
    window.get_by_label("Find a command").type_text("clear se");
    window.run_steps(2);
    window.key_press(Key::Enter);
    settle(&mut window);
    assert!(window.query_by_label("Find a command").is_none());
    assert_eq!(window.state().project().undo_label(), Some("Clear seeds"));

    // What cannot be done is shown, and does nothing.
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(3);
    assert!(window.query_by_label("Do: Clear seeds").is_some());
    window.get_by_label("Find a command").type_text("clear se");
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(2);
    assert!(window.query_by_label("Find a command").is_some());
    window.key_press(Key::Escape);
    window.run_steps(2);
    assert!(!window.state().view_state().windows.contains(&Window::Palette));

    // The arrows choose; the field is empty again.
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(3);
    window.get_by_label("Find a command").type_text("keys");
    window.run_steps(2);
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    window.key_press(Key::ArrowUp);
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(3);
    assert!(window.state().view_state().windows.contains(&Window::Keys));
}

#[test]
fn the_map_is_fitted_by_keys() {
    let mut window = on_the_sample();
    let view = |window: &crate::common::Window| window.state().view_state().view;
    let whole = view(&window);
    let (_, at) = crate::stage::a_person(&window);
    crate::common::click_at(&mut window, at);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num9);
    settle(&mut window);
    let near = view(&window);
    assert!(near.scale > 1.5 * whole.scale, "the selection fills the map");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num0);
    settle(&mut window);
    assert!((view(&window).scale / whole.scale - 1.0).abs() < 0.02, "everyone is shown again");
}

#[test]
fn help_opens_and_closes_by_its_keys_and_files_by_ctrl_o() {
    let mut window = on_the_sample();
    let is_open = |window: &crate::common::Window, which: Window| {
        window.state().view_state().windows.contains(&which)
    };
    for (modifiers, key) in [(Modifiers::SHIFT, Key::Questionmark), (Modifiers::NONE, Key::F1)] {
        for open in [true, false] {
            window.key_press_modifiers(modifiers, key);
            window.run_steps(3);
            assert_eq!(is_open(&window, Window::Keys), open, "{key:?}");
        }
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.run_steps(3);
    assert!(is_open(&window, Window::OpenPath));
    let (_folder, path) = crate::stage::edge_list(&[("Ada", "Ben")]);
    window.get_by_label("Path").type_text(&path.display().to_string());
    window.run_steps(3);
    window.key_press(Key::Enter);
    settle(&mut window);
    assert!(window.state().project().results().person("Ada").is_some(), "it was opened");
}
