//! One seed: whom they link, who introduces you, and what to say first. A fold, to stay small.

use egui::{CollapsingHeader, RichText, Ui};

use super::actions::Action;
use super::state::{Desk, SeedRow};
use super::text::{shown_name, shown_text};
use super::theme::palette;
use super::widgets::{badge, hint};
use crate::network::Channel;
use crate::seeding::{Bridge, WarmPath};

/// Shows the fold of one seed.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, row: &SeedRow, actions: &mut Vec<Action>) {
    let reason = &row.reason;
    let title = RichText::new("How to reach them").small();
    CollapsingHeader::new(title).id_salt(("reasons", row.person)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        match &reason.path {
            Some(path) => way(ui, desk, path, actions),
            None => {
                hint(ui, no_way(desk));
            }
        }
        for line in &reason.opening {
            say(ui, line);
        }
        for bridge in reason.bridges.iter().take(3) {
            hint(ui, link(bridge));
        }
        if !reason.channels.is_empty() {
            let channels: Vec<&str> =
                reason.channels.iter().map(|it| Channel::label(*it)).collect();
            hint(ui, format!("Their ties were seen: {}", channels.join(", ")));
        }
    });
}

/// Names on the way, each to be clicked, and how close each tie reads.
fn way(ui: &mut Ui, desk: &Desk<'_>, path: &WarmPath, actions: &mut Vec<Action>) {
    let network = &desk.project.results().network;
    if path.steps.is_empty() {
        hint(ui, format!("{} is one of yours", shown_name(&path.from)));
        return;
    }
    let colors = palette(ui.visuals());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(RichText::new(shown_name(&path.from)).small().strong());
        for step in &path.steps {
            ui.label(RichText::new("→").small().color(colors.ink_soft));
            let Some(who) = network.people.get(step.person as usize) else { continue };
            if ui.link(RichText::new(shown_name(&who.name)).small()).clicked() {
                actions.push(Action::GoTo(step.person));
            }
            badge(ui, step.closeness().label(), colors.accent)
                .on_hover_text(shown_text(&step.words));
        }
    });
    hint(ui, shown_text(&path.in_words(network)));
}

fn no_way(desk: &Desk<'_>) -> &'static str {
    if desk.findings.seeds.as_ref().is_some_and(|it| it.knows_ours) {
        "Nobody of yours leads to them: this would be a cold contact"
    } else {
        "The files do not say whose contacts these are, so no way to them can be shown"
    }
}

/// A sentence to open with.
fn say(ui: &mut Ui, line: &str) {
    let colors = palette(ui.visuals());
    let text = RichText::new(format!("• {}", shown_text(line))).small().color(colors.ink);
    ui.add(egui::Label::new(text).wrap().selectable(true));
}

fn link(bridge: &Bridge) -> String {
    let Bridge { from, to, ties, of } = bridge;
    let (from, to) = (shown_text(from), shown_text(to));
    let ties = match (*ties, *of) {
        (1, 1) => "the only tie".to_owned(),
        (ties, of) => format!("{ties} of {of} ties"),
    };
    format!("Links {from} with {to} ({ties})")
}
