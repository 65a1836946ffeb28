//! Keys and gestures, listed from `commands`.

use egui::{Align2, Context, Grid, RichText, ScrollArea};

use super::actions::{Action, Window};
use super::commands::Command;
use super::theme::palette;

/// What the mouse does on the map.
const GESTURES: [(&str, &str); 17] = [
    ("Wheel, pinch", "Zoom to the pointer"),
    ("Two fingers on a touchpad", "Move the map"),
    ("Drag in the mini-map", "Move what is seen"),
    ("Drag the background", "Move the map (or drag with the right button)"),
    ("Point at a person", "Light up the person and their ties"),
    ("Click", "Select"),
    ("Ctrl+Click, Shift+Click", "Add to the selection, or take out"),
    ("Shift+Drag", "Select everyone in a box"),
    ("Alt+Drag", "Select everyone in a loop that you draw (lasso); Ctrl adds"),
    ("Drag a person", "Place them; all selected people move along"),
    ("Double click a person", "Show them and everyone tied to them"),
    ("Double click the background", "Show everyone"),
    ("Double click a neighborhood", "Show all of it"),
    ("Right click a person", "Seed, mark, look around, keep in place, hide"),
    ("Right click a tie", "Show what it was seen in"),
    ("Right click the background", "What can be done with everyone"),
    ("Drop files anywhere", "Import them"),
];

/// Shows the window while it is open.
pub fn show(ctx: &Context, actions: &mut Vec<Action>) {
    let mut open = true;
    let height = (ctx.content_rect().height() - 140.0).max(200.0);
    egui::Window::new("Keys and gestures")
        .open(&mut open)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .collapsible(false)
        .resizable(false)
        .show(ctx, |ui| {
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                table(ui, "Gestures", GESTURES.iter().map(|&(key, does)| (key.to_owned(), does)));
                ui.add_space(10.0);
                let keyed = Command::ALL.into_iter().filter(|it| it.words().keys.is_some());
                let ctx = ui.ctx().clone();
                let rows = keyed.map(|it| (it.keys_in_words(&ctx), it.words().label));
                table(ui, "Keys", rows);
            });
        });
    if !open {
        actions.push(Action::ShowWindow(Window::Keys, false));
    }
}

fn table(ui: &mut egui::Ui, name: &str, rows: impl Iterator<Item = (String, &'static str)>) {
    super::widgets::heading(ui, name);
    Grid::new(name).num_columns(2).spacing([24.0, 5.0]).min_col_width(190.0).show(ui, |ui| {
        for (key, does) in rows {
            let accent = palette(ui.visuals()).accent;
            ui.label(RichText::new(key).color(accent));
            ui.label(does);
            ui.end_row();
        }
    });
}
