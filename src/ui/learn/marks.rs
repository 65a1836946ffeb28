//! How things stand with people: buttons to note it, and its sign on the map.

use egui::{Color32, Painter, Pos2, RichText, Stroke, Ui, vec2};

use super::actions::LearnAction;
use crate::network::PersonIndex;
use crate::project::Marked;
use crate::ui::actions::Action;
use crate::ui::person::capitalized;
use crate::ui::state::Desk;
use crate::ui::theme::palette;

/// Buttons that note how things stand with `people`, the present standing lit.
pub fn buttons(ui: &mut Ui, desk: &Desk<'_>, people: &[PersonIndex], actions: &mut Vec<Action>) {
    let now = common(desk, people);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for marked in Marked::ALL {
            let is_now = now == Some(marked);
            let text = RichText::new(capitalized(marked.label()));
            let button = ui.selectable_label(is_now, text);
            if button.on_hover_text(tip(marked, is_now)).clicked() {
                let wanted = (!is_now).then_some(marked);
                actions.push(Action::Learn(LearnAction::Mark(people.to_vec(), wanted)));
            }
        }
    });
}

fn tip(marked: Marked, is_now: bool) -> &'static str {
    match (marked, is_now) {
        (_, true) => "Take back what was noted",
        (Marked::Contacted, _) => "Somebody has spoken to them",
        (Marked::Adopted, _) => "They have taken it up: forecasts take that as given",
        (Marked::Declined, _) => "They said no: forecasts have them never adopt",
    }
}

/// How things stand with all of them alike.
fn common(desk: &Desk<'_>, people: &[PersonIndex]) -> Option<Marked> {
    let network = &desk.project.results().network;
    let campaign = &desk.project.decisions().campaign;
    let standing = |&person: &PersonIndex| {
        let who = network.people.get(person as usize)?;
        campaign.standing(&who.id).map(|(marked, _)| marked)
    };
    let mut standings = people.iter().map(standing);
    let first = standings.next()??;
    standings.all(|it| it == Some(first)).then_some(first)
}

/// Entries of a menu that note how things stand with `people`.
pub fn menu(ui: &mut Ui, desk: &Desk<'_>, people: &[PersonIndex], actions: &mut Vec<Action>) {
    let now = common(desk, people);
    ui.menu_button("Mark as", |ui| {
        for marked in Marked::ALL {
            if ui.radio(now == Some(marked), capitalized(marked.label())).clicked() {
                actions.push(Action::Learn(LearnAction::Mark(people.to_vec(), Some(marked))));
                ui.close();
            }
        }
        if ui.button("Nothing noted").clicked() {
            actions.push(Action::Learn(LearnAction::Mark(people.to_vec(), None)));
            ui.close();
        }
    });
}

/// Color of a mark.
pub fn color(ui: &Ui, marked: Marked) -> Color32 {
    let colors = palette(ui.visuals());
    match marked {
        Marked::Contacted => colors.accent,
        Marked::Adopted => colors.good,
        Marked::Declined => colors.bad,
    }
}

/// Paints a mark's sign beside the disc of somebody at `at`: a ring, a full disc, a cross.
pub fn sign(ui: &Ui, painter: &Painter, marked: Marked, at: Pos2, radius: f32) {
    let ink = color(ui, marked);
    let ground = palette(ui.visuals()).card;
    let at = at + vec2(radius, -radius) * 0.9;
    painter.circle(at, 4.5, ground, Stroke::new(1.6, ink));
    match marked {
        Marked::Contacted => {}
        Marked::Adopted => {
            painter.circle_filled(at, 3.0, ink);
        }
        Marked::Declined => {
            for along in [vec2(2.0, 2.0), vec2(2.0, -2.0)] {
                painter.line_segment([at - along, at + along], Stroke::new(1.5, ink));
            }
        }
    }
}
