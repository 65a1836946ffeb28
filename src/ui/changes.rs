//! What a newer export says that the older one did not: who came, went or moved.

use egui::{Align2, CollapsingHeader, Context, ScrollArea, Ui};

use super::actions::{Action, Window};
use super::person::capitalized;
use super::sources::file_name;
use super::state::Desk;
use super::text::{shown_name, shown_text};
use super::widgets::{card, counted, grouped, heading, hint};
use crate::project::{Names, OlderSource, SourceChanges};

/// Shows the window while it is open.
pub fn show(ctx: &Context, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let mut open = true;
    let height = (ctx.content_rect().height() - 220.0).max(160.0);
    egui::Window::new("What changed")
        .open(&mut open)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .collapsible(false)
        .resizable(false)
        .show(ctx, |ui| {
            ui.set_width(460.0);
            let Some(summary) = &desk.findings.last_import else {
                hint(ui, "The last import brought no newer export of a list that was here.");
                return;
            };
            let scroll = ScrollArea::vertical().max_height(height);
            scroll.min_scrolled_height(height.min(420.0)).show(ui, |ui| {
                for changes in &summary.changes {
                    one(ui, changes);
                }
                for source in &summary.older {
                    older(ui, source);
                }
            });
        });
    if !open {
        actions.push(Action::ShowWindow(Window::Changes, false));
    }
}

fn one(ui: &mut Ui, changes: &SourceChanges) {
    card(ui, |ui| {
        heading(ui, &shown_text(&file_name(&changes.path)));
        let before = file_name(&changes.instead_of);
        if changes.path != changes.instead_of {
            hint(ui, format!("Took the place of {}", shown_text(&before))).on_hover_text(
                shown_text(&changes.instead_of) + "\nnow " + &shown_text(&changes.path),
            );
        }
        let nothing = changes.new.count + changes.gone.count + changes.moved_count == 0;
        if nothing && changes.facts.is_empty() {
            hint(ui, "The same people, and the same is known of each.");
        }
        names(ui, &changes.path, "New", &changes.new);
        names(ui, &changes.path, "No longer listed", &changes.gone);
        if changes.moved_count > 0 {
            let moved: Vec<String> = changes
                .moved
                .iter()
                .map(|it| {
                    format!(
                        "{}: {} → {}",
                        shown_name(&it.name),
                        shown_name(&it.from),
                        shown_name(&it.to)
                    )
                })
                .collect();
            list(ui, (&changes.path, "With another employer"), changes.moved_count, &moved);
        }
        for (column, &count) in &changes.facts {
            let people = counted(count, "person", "people");
            hint(ui, format!("{} changed for {people}", capitalized(column)));
        }
    });
}

fn names(ui: &mut Ui, path: &str, title: &str, names: &Names) {
    if names.count > 0 {
        let shown: Vec<String> = names.first.iter().map(|name| shown_name(name)).collect();
        list(ui, (path, title), names.count, &shown);
    }
}

/// A title with a number, and lines that open below it.
fn list(ui: &mut Ui, (path, title): (&str, &str), count: usize, lines: &[String]) {
    let open = count <= 12;
    CollapsingHeader::new(format!("{title}: {}", grouped(count)))
        .id_salt((path, title))
        .default_open(open)
        .show(ui, |ui| {
            for line in lines {
                hint(ui, line.as_str());
            }
            if count > lines.len() {
                hint(ui, format!("and {} more", grouped(count - lines.len())));
            }
        });
}

fn older(ui: &mut Ui, source: &OlderSource) {
    card(ui, |ui| {
        heading(ui, &shown_text(&file_name(&source.path)));
        hint(ui, format!("Left aside: it is older than {}, which stays.", source.kept))
            .on_hover_text(shown_text(&source.path));
    });
}
