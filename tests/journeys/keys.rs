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
