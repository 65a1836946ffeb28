//! What was imported, source by source.

use egui::{RichText, Ui};

use super::actions::{Action, Window};
use super::commands::Command;
use super::icon::{self, Icon};
use super::state::Desk;
use super::text::shown_name;
use super::theme::palette;
use super::widgets::{card, counted, grouped, heading, hint};
use crate::import::{IssueKind, Source};

/// More sources than this are counted, not listed.
const MOST: usize = 8;

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        heading(ui, "Sources");
        let sources = &desk.project.evidence().sources;
        if sources.is_empty() {
            hint(
                ui,
                "Nothing imported yet. Drop exports, graph files, folders or zips anywhere on the window.",
            );
        }
        for source in sources.iter().take(MOST) {
            row(ui, source, actions);
        }
        if sources.len() > MOST {
            hint(ui, format!("and {} more", grouped(sources.len() - MOST)));
        }
        let results = desk.project.results();
        if results.merged > 0 {
            let merged = counted(results.merged, "person", "people");
            hint(ui, format!("{merged} found in several sources and merged"));
        }
        for warning in results.warnings.iter() {
            let ink = palette(ui.visuals()).warn;
            ui.add(egui::Label::new(RichText::new(warning).small().color(ink)).wrap());
        }
        ui.add_space(2.0);
        ui.horizontal(|ui| {
            if ui.button("Add files…").clicked() {
                actions.push(Action::Do(Command::Open));
            }
            if !sources.is_empty() && ui.button("Import report").clicked() {
                actions.push(Action::ShowWindow(Window::ImportReport, true));
            }
        });
    });
}

fn row(ui: &mut Ui, source: &Source, actions: &mut Vec<Action>) {
    let name = file_name(&source.path);
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let remove = format!("Remove source {name}");
            if icon::small_button(ui, Icon::Close, &remove, "Take this import back").clicked() {
                actions.push(Action::RemoveSource(source.path.clone()));
            }
            let ink = palette(ui.visuals()).ink_soft;
            ui.label(RichText::new(grouped(source.rows_kept)).small().color(ink)).on_hover_text(
                format!("{} rows kept of {}", grouped(source.rows_kept), grouped(source.rows_read)),
            );
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(shown_name(&name)).truncate())
                    .on_hover_text(format!("{}\n{}", source.path, source.format));
            });
        });
    });
    let skipped = source.issues.iter().filter(|it| it.kind == IssueKind::Skipped).count();
    let mut about = source.format.clone();
    if skipped > 0 {
        about = format!("{about} · {} skipped", grouped(source.rows_skipped));
    }
    hint(ui, about);
}

/// Last part of a path, also of a member of a zip.
pub fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\', '!']).find(|part| !part.is_empty()).unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_member_is_its_own() {
        assert_eq!(file_name("/tmp/export.zip!Connections.csv"), "Connections.csv");
        assert_eq!(file_name("C:\\data\\x.csv"), "x.csv");
        assert_eq!(file_name("folder/"), "folder");
    }
}
