//! Pairs of people who may be one, for a person to decide.

use egui::{Align2, Context, ScrollArea};

use super::actions::{Action, Window};
use super::state::Desk;
use super::text::shown_name;
use super::widgets::{card, counted, grouped, heading, hint};

/// Pairs listed; the rest follows as these are decided.
const MOST: usize = 100;

/// Shows the window while it is open.
pub fn show(ctx: &Context, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let mut open = true;
    let height = (ctx.content_rect().height() - 220.0).max(160.0);
    egui::Window::new("Merge people")
        .open(&mut open)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .collapsible(false)
        .resizable(false)
        .show(ctx, |ui| {
            ui.set_width(460.0);
            let results = desk.project.results();
            let suggestions = &results.suggestions;
            if suggestions.is_empty() {
                hint(ui, "Nobody here looks like two entries of one person.");
            } else {
                let pairs = counted(suggestions.len(), "pair", "pairs");
                hint(ui, format!("{pairs} may be the same person. Each answer can be undone."));
            }
            let name = |id: &str| {
                let person = results.person(id);
                person.map_or_else(
                    || id.to_owned(),
                    |it| shown_name(&results.network.people[it as usize].name),
                )
            };
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                for pair in suggestions.iter().take(MOST) {
                    let (one, other) = (name(&pair.one), name(&pair.other));
                    card(ui, |ui| {
                        heading(ui, &format!("{one} – {other}"));
                        hint(ui, &pair.reason);
                        ui.horizontal(|ui| {
                            for (label, same) in [("Same person", true), ("Two people", false)] {
                                let button = ui.button(label);
                                let button =
                                    button.accessible_name(format!("{label}: {one}, {other}"));
                                if button.clicked() {
                                    let (one, other) = (pair.one.clone(), pair.other.clone());
                                    actions.push(Action::Merge { one, other, same });
                                }
                            }
                        });
                    });
                }
                if suggestions.len() > MOST {
                    hint(ui, format!("and {} more", grouped(suggestions.len() - MOST)));
                }
            });
        });
    if !open {
        actions.push(Action::ShowWindow(Window::Merges, false));
    }
}
