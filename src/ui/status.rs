//! The line at the foot: how big the network is, and what is being worked on.

use egui::{Align, Layout, RichText, Ui};

use super::actions::{Action, Work};
use super::icon::{self, Icon};
use super::state::Desk;
use super::theme::palette;
use super::widgets::{counted, meter};

/// Shows the line.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let network = &desk.project.results().network;
    let ink = palette(ui.visuals()).ink_soft;
    ui.horizontal_centered(|ui| {
        let mut text = format!(
            "{} · {}",
            counted(network.people.len(), "person", "people"),
            counted(network.ties.len(), "tie", "ties")
        );
        let hidden = desk.findings.hidden.count;
        if hidden > 0 {
            text = format!("{text} · {} hidden", super::widgets::grouped(hidden));
        }
        let selected = desk.state.selected.len();
        if selected > 0 {
            text = format!("{text} · {} selected", super::widgets::grouped(selected));
        }
        ui.label(RichText::new(text).small().color(ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for &(work, share) in desk.busy {
                if matches!(work, Work::Course | Work::Reach | Work::Measures) {
                    continue;
                }
                let name = format!("Stop: {}", work.label().to_lowercase());
                if icon::small_button(ui, Icon::Close, &name, "Stop").clicked() {
                    actions.push(Action::Cancel(work));
                }
                if let Some(share) = share {
                    meter(ui, share, 80.0);
                }
                ui.label(RichText::new(work.label()).small().color(ink));
                ui.add_space(10.0);
            }
        });
    });
}
