//! What was imported, source by source.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{RichText, Ui};

use super::actions::{Action, Window};
use super::commands::Command;
use super::icon::{self, Icon};
use super::state::Desk;
use super::text::{plain, shown_name, shown_text};
use super::theme::palette;
use super::widgets::{card, counted, grouped, heading, hint};
use crate::import::Source;

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
        let groups = groups(sources);
        for group in groups.iter().take(MOST) {
            row(ui, group, actions);
        }
        if groups.len() > MOST {
            hint(
                ui,
                format!("and {} more; the import report lists all", grouped(groups.len() - MOST)),
            );
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

/// Files that came together: a folder, a zip, or one file.
struct Group<'a> {
    name: String,
    sources: Vec<&'a Source>,
}

/// Sources by the folder or zip they came in; a file alone in its folder goes by its own name.
fn groups(sources: &[Arc<Source>]) -> Vec<Group<'_>> {
    // Several members of a container can make one source together, which bears its path.
    let containers: BTreeSet<&str> = sources.iter().map(|it| container(&it.path)).collect();
    let mut groups: Vec<(&str, Vec<&Source>)> = Vec::new();
    for source in sources {
        let path = source.path.as_str();
        let place = match container(path) {
            // Given by its name alone, a file stands for itself.
            "" => path,
            _ if containers.contains(path) => path,
            container => container,
        };
        match groups.iter_mut().find(|(of, _)| *of == place) {
            Some((_, members)) => members.push(source),
            None => groups.push((place, vec![source])),
        }
    }
    let mut named = Vec::new();
    for (place, sources) in groups {
        let path = if let [only] = sources[..] { only.path.as_str() } else { place };
        named.push(Group { name: file_name(path), sources });
    }
    named
}

/// Path of the folder or zip that a source came in.
fn container(path: &str) -> &str {
    match path.find('!') {
        Some(at) => &path[..at],
        None => path.rfind(['/', '\\']).map_or("", |at| &path[..at]),
    }
}

fn row(ui: &mut Ui, group: &Group<'_>, actions: &mut Vec<Action>) {
    let sum = |of: fn(&Source) -> usize| group.sources.iter().map(|it| of(it)).sum::<usize>();
    let (kept, skipped) = (sum(|it| it.rows_kept), sum(|it| it.rows_skipped));
    let mut about = counted(kept, "row", "rows");
    if skipped > 0 {
        about = format!("{about}, {} skipped", grouped(skipped));
    }
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let remove = format!("Remove source {}", plain(&group.name));
            if icon::small_button(ui, Icon::Close, &remove, "Take this import back").clicked() {
                let paths = group.sources.iter().map(|it| it.path.clone()).collect();
                actions.push(Action::RemoveSources(paths));
            }
            let ink = palette(ui.visuals()).ink_soft;
            ui.label(RichText::new(about).small().color(ink));
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let line = |it: &&Source| format!("{}: {}", shown_text(&it.path), it.format);
                let files: Vec<String> = group.sources.iter().map(line).collect();
                ui.add(egui::Label::new(shown_name(&group.name)).truncate())
                    .on_hover_text(files.join("\n"));
            });
        });
    });
}

/// Last part of a path, also of a member of a zip; a sheet is told with its workbook.
pub fn file_name(path: &str) -> String {
    let mut parts = path.rsplit(['/', '\\', '!']).filter(|part| !part.is_empty());
    let last = parts.next().unwrap_or(path);
    match parts.next().filter(|_| path.contains('!') && !last.contains('.')) {
        Some(workbook) => format!("{workbook}, {last}"),
        None => last.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_folder_are_one_group() {
        let source = |path: &str| Arc::new(Source { path: path.to_owned(), ..Source::default() });
        let sources =
            [source("a/x.csv"), source("b.zip!y.csv"), source("a/z.csv"), source("c/w.xlsx!May")];
        let names: Vec<String> = groups(&sources).into_iter().map(|it| it.name).collect();
        assert_eq!(names, ["a", "y.csv", "w.xlsx, May"]);
        let together = [source("c/s.zip"), source("c/s.zip!"), source("c/t.csv")];
        let names: Vec<String> = groups(&together).into_iter().map(|it| it.name).collect();
        assert_eq!(names, ["s.zip", "t.csv"]);
    }

    #[test]
    fn the_name_of_a_member_is_its_own() {
        assert_eq!(file_name("exports/export.zip!Connections.csv"), "Connections.csv");
        assert_eq!(file_name("C:\\data\\x.csv"), "x.csv");
        assert_eq!(file_name("folder/"), "folder");
    }
}
