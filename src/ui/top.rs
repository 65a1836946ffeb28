//! The bar at the top: menus, search, undo and redo.

use egui::{Align, Button, Layout, MenuBar, RichText, ThemePreference, Ui, UiBuilder};

use super::actions::Action;
use super::commands::Command;
use super::icon::{self, Icon};
use super::search::{self, SearchMemory};
use super::state::Desk;
use super::theme::palette;
use crate::diffusion::AdopterClass;

/// One entry per menu: `None` is a line between groups.
const MENUS: [(&str, &[Option<Command>]); 7] = [
    (
        "File",
        &[
            Some(Command::New),
            Some(Command::Open),
            Some(Command::OpenSample),
            None,
            Some(Command::Save),
            Some(Command::SaveAs),
            Some(Command::WritePlan),
            Some(Command::SavePicture),
            Some(Command::ExportTable),
            None,
            Some(Command::Quit),
        ],
    ),
    (
        "Edit",
        &[
            Some(Command::Undo),
            Some(Command::Redo),
            None,
            Some(Command::Palette),
            Some(Command::Find),
            None,
            Some(Command::SelectAll),
            Some(Command::Escape),
            Some(Command::SelectInverse),
            Some(Command::SelectNeighbors),
            Some(Command::SelectTwoSteps),
            None,
            Some(Command::SelectClass(AdopterClass::Innovator)),
            Some(Command::SelectClass(AdopterClass::EarlyAdopter)),
            Some(Command::SelectClass(AdopterClass::EarlyMajority)),
            Some(Command::SelectClass(AdopterClass::LateMajority)),
            Some(Command::SelectClass(AdopterClass::Laggard)),
        ],
    ),
    (
        "View",
        &[
            Some(Command::Fit),
            Some(Command::FitSelection),
            Some(Command::Focus),
            Some(Command::ZoomIn),
            Some(Command::ZoomOut),
            None,
            Some(Command::LookAround),
            Some(Command::ShowWay),
            Some(Command::HideSelection),
            Some(Command::HideOthers),
            Some(Command::ShowHidden),
            None,
            Some(Command::ToggleMinimap),
            Some(Command::ToggleLeft),
            Some(Command::ToggleRight),
            Some(Command::ToggleTable),
            Some(Command::LargerText),
            Some(Command::SmallerText),
        ],
    ),
    (
        "Network",
        &[
            Some(Command::ImportReport),
            Some(Command::ImportChanges),
            Some(Command::MergePeople),
            Some(Command::Neighborhoods),
            None,
            Some(Command::AddPerson),
            Some(Command::TieTwo),
            Some(Command::UntieTwo),
            Some(Command::GroupSelection),
            Some(Command::LeaveOut),
            None,
            Some(Command::Rearrange),
            Some(Command::PinSelection),
            Some(Command::UnpinSelection),
            Some(Command::UnpinAll),
        ],
    ),
    (
        "Seeds",
        &[
            Some(Command::ChooseSeeds),
            Some(Command::SeedSelection),
            Some(Command::ClearSeeds),
            None,
            Some(Command::CompareStrategies),
            Some(Command::ShowOverlap),
        ],
    ),
    (
        "Forecast",
        &[
            Some(Command::RunForecast),
            Some(Command::DuplicateScenario),
            Some(Command::CompareScenarios),
            None,
            Some(Command::PlayPause),
            Some(Command::StepForward),
            Some(Command::StepBack),
            Some(Command::FirstStep),
            Some(Command::LastStep),
            Some(Command::NextReplicate),
            Some(Command::ShowConversions),
        ],
    ),
    (
        "Learn",
        &[
            Some(Command::ShowLearn),
            None,
            Some(Command::MarkContacted),
            Some(Command::MarkAdopted),
            Some(Command::MarkDeclined),
            Some(Command::ClearMarks),
            None,
            Some(Command::MakePlan),
        ],
    ),
];

/// Shows the bar.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, memory: &mut SearchMemory, actions: &mut Vec<Action>) {
    let whole = ui.max_rect();
    let middle = whole.right() - (whole.width() * 0.3).clamp(200.0, 330.0);
    let (left, right) = whole.split_left_right_at_x(middle);
    let left = UiBuilder::new().max_rect(left).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(left, |ui| {
        let colors = palette(ui.visuals());
        let (rect, _) = ui.allocate_exact_size(egui::vec2(24.0, 24.0), egui::Sense::hover());
        icon::paint_mark(ui.painter(), rect.center(), 22.0, colors.ink, colors.accent);
        MenuBar::new().ui(ui, |ui| {
            for (name, entries) in MENUS {
                ui.menu_button(name, |ui| {
                    menu(ui, desk, entries, actions);
                    if name == "View" {
                        themes(ui, actions);
                    }
                });
            }
            ui.menu_button("Help", |ui| help(ui, desk, actions));
        });
    });
    let right = UiBuilder::new().max_rect(right).layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(right, |ui| {
        undo_buttons(ui, desk, actions);
        ui.add_space(8.0);
        let width = (ui.available_width() - 24.0).clamp(80.0, 240.0);
        search::show(ui, desk, memory, width, actions);
    });
}

/// The menu in which a command is.
pub(super) fn menu_of(command: Command) -> Option<&'static str> {
    let holds = |entries: &[Option<Command>]| entries.contains(&Some(command));
    MENUS.into_iter().find(|(_, entries)| holds(entries)).map(|(name, _)| name)
}

fn menu(ui: &mut Ui, desk: &Desk<'_>, entries: &[Option<Command>], actions: &mut Vec<Action>) {
    ui.set_min_width(220.0);
    for entry in entries {
        match entry {
            None => {
                ui.separator();
            }
            Some(command) => item(ui, desk, *command, actions),
        }
    }
}

fn item(ui: &mut Ui, desk: &Desk<'_>, command: Command, actions: &mut Vec<Action>) {
    let words = command.words();
    let label = match command {
        Command::Undo => named("Undo", desk.project.undo_label()),
        Command::Redo => named("Redo", desk.project.redo_label()),
        _ => words.label.to_owned(),
    };
    let button = Button::new(label.as_str()).shortcut_text(command.keys_in_words(ui.ctx()));
    let button = ui.add_enabled(command.is_possible(desk), button).accessible_name(&label);
    if button.on_hover_text(words.tip).clicked() {
        actions.push(Action::Do(command));
        ui.close();
    }
}

fn named(verb: &str, what: Option<&str>) -> String {
    what.map_or_else(|| verb.to_owned(), |what| format!("{verb}: {what}"))
}

fn themes(ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.separator();
    for (label, preference) in [
        ("Theme of the system", ThemePreference::System),
        ("Light theme", ThemePreference::Light),
        ("Dark theme", ThemePreference::Dark),
    ] {
        let now = ui.ctx().options(|options| options.theme_preference);
        if ui.radio(now == preference, label).clicked() {
            actions.push(Action::SetTheme(preference));
            ui.close();
        }
    }
}

fn help(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    menu(ui, desk, &[Some(Command::Keys), Some(Command::Welcome), None], actions);
    let ink = palette(ui.visuals()).ink_soft;
    let version = format!("Jaywalk {} · works offline", env!("CARGO_PKG_VERSION"));
    ui.label(RichText::new(version).small().color(ink));
}

fn undo_buttons(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    for (icon, command, what) in [
        (Icon::Redo, Command::Redo, desk.project.redo_label()),
        (Icon::Undo, Command::Undo, desk.project.undo_label()),
    ] {
        let words = command.words();
        let tip = format!("{} ({})", named(words.label, what), command.keys_in_words(ui.ctx()));
        ui.add_enabled_ui(what.is_some(), |ui| {
            if icon::button(ui, icon, words.label, &tip).clicked() {
                actions.push(Action::Do(command));
            }
        });
    }
}
