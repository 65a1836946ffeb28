//! Bars over the map that say what is being looked at, and end it: the surroundings of somebody,
//! the way between two people.

use egui::{Frame, Layout, Margin, Rect, RichText, Stroke, Ui, UiBuilder, vec2};

use super::Canvas;
use crate::network::PersonIndex;
use crate::project::Around;
use crate::ui::actions::Action;
use crate::ui::icon::{self, Icon};
use crate::ui::state::Desk;
use crate::ui::text::{in_reading_order, shown_name};
use crate::ui::theme::palette;
use crate::ui::widgets::{counted, hint};

/// Farthest that surroundings go, in steps.
const FARTHEST: u32 = 4;
/// Room kept free for what stands at the right edge of the map.
const AT_THE_RIGHT: f32 = 60.0;

/// Shows the bars at the top of the map.
pub fn show(ui: &mut Ui, canvas: &Canvas<'_>, actions: &mut Vec<Action>) {
    let desk = &canvas.desk;
    if desk.state.around.is_none() && desk.state.way.is_none() {
        return;
    }
    let room = canvas.rect.shrink(12.0);
    let room = Rect::from_min_size(room.min, vec2(room.width() - AT_THE_RIGHT, room.height()));
    let layout = Layout::top_down(egui::Align::Min);
    ui.scope_builder(UiBuilder::new().max_rect(room).layout(layout), |ui| {
        if let Some(around) = &desk.state.around {
            bar(ui, |ui| surroundings(ui, desk, around, actions));
        }
        if let Some(ends) = desk.state.way {
            bar(ui, |ui| way(ui, desk, ends, actions));
        }
    });
}

fn bar(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let colors = palette(ui.visuals());
    Frame::new()
        .fill(colors.card)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(9)
        .inner_margin(Margin::symmetric(12, 6))
        .show(ui, content);
    ui.add_space(6.0);
}

fn name(desk: &Desk<'_>, person: PersonIndex) -> String {
    let people = &desk.project.results().network.people;
    people.get(person as usize).map_or_else(String::new, |it| shown_name(&it.name))
}

fn surroundings(ui: &mut Ui, desk: &Desk<'_>, around: &Around, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.label("Only within");
        for steps in 1..=FARTHEST {
            let label = format!("Within {}", counted(steps as usize, "step", "steps"));
            let choice = ui.selectable_label(steps == around.steps, steps.to_string());
            if choice.accessible_name(label).clicked() {
                actions.push(Action::LookAround(Some(Around { steps, ..around.clone() })));
            }
        }
        let whom = match around.people.first() {
            Some(&only) if around.people.len() == 1 => name(desk, only),
            _ => counted(around.people.len(), "person", "people"),
        };
        let unit = if around.steps == 1 { "step" } else { "steps" };
        ui.label(format!("{unit} of {whom}"));
        let everyone = desk.project.results().network.people.len();
        let shown = everyone - desk.findings.hidden.count;
        hint(ui, format!("{} shown (ego view)", counted(shown, "person", "people")));
        let tip = "Show everyone again";
        if icon::small_button(ui, Icon::Close, "Leave the surroundings", tip).clicked() {
            actions.push(Action::LookAround(None));
        }
    });
}

fn way(ui: &mut Ui, desk: &Desk<'_>, ends: [PersonIndex; 2], actions: &mut Vec<Action>) {
    let [from, to] = ends.map(|it| name(desk, it));
    let found = desk.findings.way.as_ref().filter(|it| it.ends == ends);
    ui.horizontal(|ui| {
        let text = match found.map(|it| &it.path) {
            None => format!("Looking for the way from {from} to {to} …"),
            Some(None) => format!("Word never gets from {from} to {to}: no ties lead there."),
            Some(Some(_)) => {
                let people = found.into_iter().flat_map(|it| it.people());
                people.map(|it| name(desk, it)).collect::<Vec<_>>().join(" → ")
            }
        };
        // The buttons at the end stay in sight, however long the way is.
        let width = (ui.available_width() - 62.0).max(60.0);
        ui.scope(|ui| {
            ui.set_max_width(width);
            ui.add(egui::Label::new(RichText::new(text).strong()).wrap());
        });
        let tip = format!("From {to} to {from} instead");
        if icon::small_button(ui, Icon::Again, "The other way round", &tip).clicked() {
            let [from, to] = ends;
            actions.push(Action::ShowWay(Some([to, from])));
        }
        if icon::small_button(ui, Icon::Close, "Leave the way", "Show it no longer").clicked() {
            actions.push(Action::ShowWay(None));
        }
    });
    if let Some(path) = found.and_then(|it| it.path.as_ref()) {
        let network = &desk.project.results().network;
        hint(ui, in_reading_order(&path.in_words(network)));
    }
}
