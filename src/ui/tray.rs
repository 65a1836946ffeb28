//! The tray: scenarios side by side, one of them at hand; copies to change one thing and compare.

use egui::{Align, Button, Key, Layout, TextEdit, Ui, vec2};

use super::actions::{Action, TrayChange, Window};
use super::field::reason;
use super::forecast::unit_label;
use super::icon::{self, Icon};
use super::state::Desk;
use super::text::shown_name;
use super::widgets::{card, counted, heading, hint};
use crate::project::{Case, Tray};

/// What the tray remembers between frames.
#[derive(Debug, Default)]
pub struct TrayMemory {
    renaming: Option<Renaming>,
}

/// A name that is being typed.
#[derive(Debug)]
struct Renaming {
    place: usize,
    text: String,
    /// True until the field has taken the keyboard.
    begins: bool,
}

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, memory: &mut TrayMemory, actions: &mut Vec<Action>) {
    let tray = &desk.project.decisions().tray;
    card(ui, |ui| {
        ui.horizontal(|ui| {
            heading(ui, "Scenarios");
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let ready = tray.compared().count() >= 2;
                let button = ui.add_enabled(ready, Button::new("Compare"));
                let button = button
                    .on_hover_text("Lay the ticked scenarios over each other")
                    .on_disabled_hover_text("Tick two scenarios or more to compare them");
                if button.clicked() {
                    actions.push(Action::ShowWindow(Window::Compare, true));
                }
            });
        });
        memory.renaming.take_if(|it| it.place >= tray.cases().len());
        for (place, case) in tray.cases().iter().enumerate() {
            match &mut memory.renaming {
                Some(renaming) if renaming.place == place => {
                    if rename(ui, tray, renaming, actions) {
                        memory.renaming = None;
                    }
                }
                _ => row(ui, tray, (place, case), memory, actions),
            }
        }
        if tray.cases().len() == 1 {
            hint(ui, "Duplicate it, change one thing in the copy, tick both and compare.");
        }
    });
}

fn row(
    ui: &mut Ui,
    tray: &Tray,
    (place, case): (usize, &Case),
    memory: &mut TrayMemory,
    actions: &mut Vec<Action>,
) {
    const BUTTONS: f32 = 3.0 * 22.0;
    let name = shown_name(&case.name);
    let mut push = |change| actions.push(Action::ChangeTray(change));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let mut compared = case.compared;
        let room = compared || tray.may_compare_more();
        ui.add_enabled_ui(room, |ui| {
            let tick = egui::Checkbox::without_text(&mut compared);
            let tick = ui.add(tick).accessible_name(format!("Compare {name}"));
            let full = format!("{} scenarios at most can be told apart", Tray::MOST_COMPARED);
            let tick = tick.on_hover_text("Compare it with others").on_disabled_hover_text(full);
            if tick.changed() {
                push(TrayChange::Compare(place, compared));
            }
        });
        let width = (ui.available_width() - BUTTONS).max(40.0);
        let entry = Button::selectable(place == tray.current(), &name)
            .right_text("")
            .truncate()
            .min_size(vec2(width, 24.0));
        let size = vec2(width, 24.0);
        let entry = ui
            .allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| ui.add(entry))
            .inner
            .accessible_name(&name)
            .on_hover_text(summary(case));
        if entry.double_clicked() {
            memory.renaming = Some(Renaming { place, text: case.name.clone(), begins: true });
        } else if entry.clicked() && place != tray.current() {
            push(TrayChange::SwitchTo(place));
        }
        let mut press = |icon, verb: &str, tip: &str| {
            icon::small_button(ui, icon, &format!("{verb} {name}"), tip).clicked()
        };
        if press(Icon::Copy, "Duplicate", "Duplicate") {
            push(TrayChange::Duplicate(place));
        }
        if press(Icon::Pen, "Rename", "Rename") {
            memory.renaming = Some(Renaming { place, text: case.name.clone(), begins: true });
        }
        if tray.cases().len() > 1 && press(Icon::Close, "Delete", "Delete") {
            push(TrayChange::Remove(place));
        }
    });
}

/// Shows the field for a name; true when that is over.
fn rename(ui: &mut Ui, tray: &Tray, renaming: &mut Renaming, actions: &mut Vec<Action>) -> bool {
    let width = ui.available_width() - 8.0;
    let field = TextEdit::singleline(&mut renaming.text).char_limit(80).desired_width(width);
    let response = ui.add(field).accessible_name("Name of the scenario");
    if renaming.begins {
        response.request_focus();
        renaming.begins = false;
        return false;
    }
    let checked = tray.checked_name(renaming.place, &renaming.text);
    if let Err(why) = &checked {
        reason(ui, Some(&format!("{why}.")));
    }
    if !response.lost_focus() {
        return false;
    }
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        return true;
    }
    match checked {
        Ok(name) => {
            let change = TrayChange::Rename(renaming.place, name.to_owned());
            actions.push(Action::ChangeTray(change));
            true
        }
        Err(_) if ui.input(|input| input.key_pressed(Key::Enter)) => {
            response.request_focus();
            false
        }
        Err(_) => false,
    }
}

/// What a case is about, in a line.
fn summary(case: &Case) -> String {
    let scenario = &case.scenario;
    format!(
        "{}, {}, {} {}",
        counted(case.seeds.len(), "seed", "seeds"),
        scenario.contagion.label().to_lowercase(),
        scenario.steps,
        unit_label(scenario.step_unit, scenario.steps),
    )
}
