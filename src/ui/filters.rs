//! Whom the map shows.

use egui::Ui;

use super::actions::Action;
use super::columns::{self, ColumnsMemory, RuleWords};
use super::commands::Command;
use super::state::Desk;
use super::widgets::{card, counted, grouped, heading, hint};
use crate::network::Channel;

/// What the card remembers between frames.
#[derive(Debug, Default)]
pub struct FiltersMemory {
    open: Option<String>,
}

/// Shows the card.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    columns: &mut ColumnsMemory,
    memory: &mut FiltersMemory,
    actions: &mut Vec<Action>,
) {
    let network = &desk.project.results().network;
    if network.people.is_empty() {
        return;
    }
    card(ui, |ui| {
        heading(ui, "Filter");
        let rules = &desk.project.decisions().filters;
        let words = RuleWords { choose: "Show only by", remove: "Remove filter" };
        let open = &mut memory.open;
        if let Some(rules) = columns::rules(ui, words, (network, rules), (columns, open)) {
            actions.push(Action::SetFilters(rules));
        }
        channels(ui, desk, actions);
        let hidden = &desk.findings.hidden;
        if hidden.count > 0 {
            let people = counted(hidden.count, "person", "people");
            let ties = counted(hidden.ties, "tie", "ties");
            let text =
                format!("{people} and {ties} hidden; they stay in the network and the forecast.");
            hint(ui, text);
        }
        if hidden.by_hand > 0 {
            ui.horizontal_wrapped(|ui| {
                let people = counted(hidden.by_hand, "person", "people");
                hint(ui, format!("{people} hidden by hand"));
                let words = Command::ShowHidden.words();
                if ui.small_button("Bring them back").on_hover_text(words.tip).clicked() {
                    actions.push(Action::Do(Command::ShowHidden));
                }
            });
        }
    });
}

/// Where ties were seen, each with a switch; asked only where there is a choice.
fn channels(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let counts = &desk.project.results().channels;
    if counts.len() < 2 && counts.iter().all(|it| it.on) {
        return;
    }
    ui.add_space(2.0);
    hint(ui, "Ties seen");
    for count in counts.iter() {
        ui.horizontal(|ui| {
            let mut on = count.on;
            let (label, tip) = channel_in_words(count.channel);
            if ui.checkbox(&mut on, label).on_hover_text(tip).changed() {
                actions.push(Action::SwitchChannel(count.channel, on));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                hint(ui, grouped(count.ties));
            });
        });
    }
    if counts.iter().any(|it| !it.on) {
        hint(ui, "What was seen elsewhere makes no ties, neither on the map nor in the forecast.");
    }
}

/// Where a tie was seen, after "seen", and what is meant by it.
pub fn channel_in_words(channel: Option<Channel>) -> (&'static str, &'static str) {
    match channel {
        Some(Channel::Online) => ("online", "On social networks and in chats"),
        Some(Channel::Mail) => ("by mail", "In electronic mail"),
        Some(Channel::Phone) => ("by phone", "In calls"),
        Some(Channel::FaceToFace) => ("face to face", "At meetings, events, the same workplace"),
        Some(Channel::Referral) => ("by referral", "One sent the other"),
        None => ("somewhere", "The files do not tell where"),
    }
}
