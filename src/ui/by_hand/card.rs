//! What was added and left out by hand, each with a way to take it back.

use egui::{CollapsingHeader, Ui};

use super::HandEdit;
use crate::network::Network;
use crate::ui::actions::Action;
use crate::ui::state::Desk;
use crate::ui::text::shown_name;
use crate::ui::widgets::{card, counted, grouped, heading, hint};

/// Entries listed of each kind; the rest is counted.
const MOST: usize = 30;

/// Shows the card when there is anything to tell.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let corrections = &desk.project.decisions().by_hand.corrections;
    if corrections.is_empty() {
        return;
    }
    let network = &desk.project.results().network;
    let name = |id: &str| named(network, desk, id);
    card(ui, |ui| {
        heading(ui, "By hand");
        let added = corrections.added().map(|(id, name)| {
            let person = desk.project.results().person(id);
            (shown_name(name), person.map(|it| HandEdit::LeaveOut(vec![it])))
        });
        list(ui, ("person added", "people added", "Take back"), added, actions);
        let ties = corrections.ties().iter().map(|tie| {
            let arrow = if tie.mutual { "↔" } else { "→" };
            let words = format!("{} {arrow} {}", name(&tie.influencer), name(&tie.audience));
            let results = desk.project.results();
            let ends = results.person(&tie.influencer).zip(results.person(&tie.audience));
            (words, ends.map(|(one, other)| HandEdit::Untie([one, other])))
        });
        list(ui, ("tie added", "ties added", "Take back"), ties, actions);
        let left_out = corrections.left_out();
        let left_out = left_out
            .map(|(id, name)| (shown_name(name), Some(HandEdit::BringBack(vec![id.to_owned()]))));
        list(ui, ("person left out", "people left out", "Bring back"), left_out, actions);
        let untied = corrections.untied().map(|(one, other)| {
            let edit = HandEdit::TieAgain(one.to_owned(), other.to_owned());
            (format!("{} and {}", name(one), name(other)), Some(edit))
        });
        list(ui, ("tie left out", "ties left out", "Bring back"), untied, actions);
    });
}

/// The name of whoever goes by an id, or the id where nobody does now.
fn named(network: &Network, desk: &Desk<'_>, id: &str) -> String {
    let person = desk.project.results().person(id);
    person.map_or_else(|| id.to_owned(), |it| shown_name(&network.people[it as usize].name))
}

fn list(
    ui: &mut Ui,
    (one, many, verb): (&str, &str, &str),
    entries: impl ExactSizeIterator<Item = (String, Option<HandEdit>)>,
    actions: &mut Vec<Action>,
) {
    let count = entries.len();
    if count == 0 {
        return;
    }
    CollapsingHeader::new(counted(count, one, many)).default_open(count < 6).show(ui, |ui| {
        for (words, edit) in entries.take(MOST) {
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let button = ui.add_enabled(edit.is_some(), egui::Button::new(verb).small());
                    if button.accessible_name(format!("{verb}: {words}")).clicked() {
                        actions.extend(edit.map(Action::ByHand));
                    }
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        ui.add(egui::Label::new(&words).truncate());
                    });
                });
            });
        }
        if count > MOST {
            hint(ui, format!("and {} more", grouped(count - MOST)));
        }
    });
}
