//! The bar under the map: watch one possible course step by step.

use egui::{RichText, Slider, Ui};

use super::actions::Action;
use super::commands::Command;
use super::field::NumberField;
use super::forecast::unit_label;
use super::icon::{self, Icon};
use super::state::Desk;
use super::theme::palette;
use super::widgets::grouped;

/// Shows the bar.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        table_switch(ui, desk, actions);
        ui.add_space(6.0);
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            course(ui, desk, actions);
        });
    });
}

/// Opens and closes the people table, which lies right above.
fn table_switch(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let words = Command::ToggleTable.words();
    let open = desk.state.table.open;
    // The room behind the words is for the sign, which not every font has.
    let button = ui.add(egui::Button::selectable(open, "People table     "));
    let sign = button.rect.right_center() - egui::vec2(14.0, 0.0);
    icon::paint_triangle(ui.painter(), sign, open, ui.style().interact(&button).text_color());
    button.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, open, words.label));
    let tip = format!("{} ({})", words.tip, Command::ToggleTable.keys_in_words(ui.ctx()));
    if button.on_hover_text(tip).clicked() {
        actions.push(Action::Do(Command::ToggleTable));
    }
}

/// The course and where it is.
fn course(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let ready = desk.findings.course.is_some();
    ui.add_enabled_ui(ready, |ui| {
        let play = if desk.state.playback.playing { Icon::Pause } else { Icon::Play };
        for (icon, command) in [
            (play, Command::PlayPause),
            (Icon::First, Command::FirstStep),
            (Icon::StepBack, Command::StepBack),
            (Icon::StepForward, Command::StepForward),
            (Icon::Last, Command::LastStep),
            (Icon::Tree, Command::ShowConversions),
        ] {
            let words = command.words();
            let keys = command.keys_in_words(ui.ctx());
            let tip = match keys.as_str() {
                "" => words.tip.to_owned(),
                keys => format!("{} ({keys})", words.tip),
            };
            if icon::button(ui, icon, words.label, &tip).clicked() {
                actions.push(Action::Do(command));
            }
        }
    });
    let Some(course) = &desk.findings.course else {
        let ink = palette(ui.visuals()).ink_soft;
        ui.label(RichText::new("Choose seeds to watch how it could spread").color(ink));
        return;
    };
    let unit = unit_label(desk.project.decisions().scenario().step_unit, 1);
    let last = course.replicate.steps;
    let step = desk.shown_step().unwrap_or(last);
    ui.add_space(4.0);
    let text = format!("{} {step} of {last}", super::person::capitalized(unit));
    ui.add_sized([104.0, 20.0], egui::Label::new(text));
    let mut wanted = step;
    let rest = 350.0;
    ui.spacing_mut().slider_width = (ui.available_width() - rest).max(60.0);
    let slider = ui.add(Slider::new(&mut wanted, 0..=last.max(1)).show_value(false));
    if slider.accessible_name("Step of the course").changed() {
        actions.push(Action::ScrubTo(wanted.min(last)));
    }
    ui.add_space(4.0);
    let adopted = course.cumulative.get(step as usize).copied().unwrap_or(0);
    let counted = format!("{} adopted", grouped(adopted as usize));
    ui.add_sized([96.0, 20.0], egui::Label::new(RichText::new(counted).strong()));
    let colors = palette(ui.visuals());
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let total = desk.project.decisions().scenario().replicates;
        let mut number = course.index + 1;
        let most = f64::from(total.max(1));
        let check = |it: f64| match it {
            it if (1.0..=most).contains(&it) => Ok(()),
            _ => Err(format!("There are courses 1 to {most}, but none is {it}")),
        };
        let field = NumberField::new("Replicate", 1.0..=most, &check);
        let field = field.speed(0.5).suffix(format!(" of {total}"));
        let edited = field.inline(ui, &mut number);
        edited.response.on_hover_text("Which of the simulated courses is shown");
        if edited.changed {
            actions.push(Action::ShowReplicate(number - 1));
        }
        match &edited.refused {
            Some(why) => {
                let bad = RichText::new("There is none").small().color(colors.bad);
                ui.label(bad).on_hover_text(why);
            }
            None => {
                ui.label(RichText::new("Course").small().color(colors.ink_soft));
            }
        }
    });
}
