//! Keys that are commands.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

use super::actions::Action;
use super::commands::Command;

/// Takes the pressed keys that are commands and queues those commands.
pub fn consume(ctx: &Context, actions: &mut Vec<Action>) {
    let typing = ctx.text_edit_focused();
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let popup = egui::Popup::is_any_open(ctx);
    ctx.input_mut(|input| {
        // Longer shortcuts first: egui lets Ctrl+S take Ctrl+Shift+S otherwise.
        let mut commands = Command::ALL;
        commands.sort_by_key(|it| {
            std::cmp::Reverse(it.words().keys.is_some_and(|keys| keys.modifiers.shift))
        });
        for command in commands {
            let Some(keys) = command.words().keys else { continue };
            if (typing && yields_to_typing(command))
                || (focused && belongs_to_control(keys))
                || (popup && command == Command::Escape)
            {
                continue;
            }
            if input.consume_shortcut(&keys) {
                actions.push(Action::Do(command));
            }
        }
        for (key, command) in [
            (KeyboardShortcut::new(Modifiers::COMMAND, Key::Y), Command::Redo),
            (KeyboardShortcut::new(Modifiers::COMMAND, Key::Equals), Command::LargerText),
            (KeyboardShortcut::new(Modifiers::NONE, Key::Equals), Command::ZoomIn),
            (KeyboardShortcut::new(Modifiers::NONE, Key::Questionmark), Command::Keys),
            (KeyboardShortcut::new(Modifiers::SHIFT, Key::Questionmark), Command::Keys),
        ] {
            if !(typing && key.modifiers != Modifiers::COMMAND) && input.consume_shortcut(&key) {
                actions.push(Action::Do(command));
            }
        }
    });
}

/// Keys that would be typed into a text field, so they wait until none is focused.
fn yields_to_typing(command: Command) -> bool {
    command.words().keys.is_some_and(|keys| !keys.modifiers.command && keys.logical_key != Key::F1)
        || matches!(command, Command::SelectAll | Command::Undo | Command::Redo)
}

/// Whether a control with the focus has a use of its own for this key: sliders move with the arrows,
/// buttons are pressed with space and enter.
fn belongs_to_control(keys: KeyboardShortcut) -> bool {
    const OWN: [Key; 8] = [
        Key::ArrowLeft,
        Key::ArrowRight,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::Home,
        Key::End,
        Key::Space,
        Key::Enter,
    ];
    keys.modifiers.is_none() && OWN.contains(&keys.logical_key)
}
