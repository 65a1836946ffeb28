//! A window over the map, in the middle and as large as what it shows.

use egui::{Align2, Context, Ui};

use super::actions::{Action, Window};

/// Shows `contents` under a title, and asks for the end of the window when it is closed.
pub fn in_the_middle(
    ctx: &Context,
    (window, title): (Window, &str),
    actions: &mut Vec<Action>,
    contents: impl FnOnce(&mut Ui, &mut Vec<Action>),
) {
    let mut open = true;
    egui::Window::new(title)
        .open(&mut open)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .collapsible(false)
        .resizable(false)
        .show(ctx, |ui| contents(ui, actions));
    if !open {
        actions.push(Action::ShowWindow(window, false));
    }
}
