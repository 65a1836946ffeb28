//! Where ties were seen, each with a switch.

use egui::{Align, Layout, Ui};

use crate::network::Channel;
use crate::ui::actions::Action;
use crate::ui::state::Desk;
use crate::ui::widgets::{grouped, hint};

/// Shows the switches, where there is a choice.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
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
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
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
