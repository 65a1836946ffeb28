//! What happened so far, what can be learned from it, and how the campaign goes.

pub mod actions;
mod campaign;
mod curve;
mod fits;
pub mod marks;
mod observed;
mod thresholds;

pub use curve::observed_steps;

use egui::Ui;

use super::actions::{Action, Work};
use super::seeds::working;
use super::state::Desk;
use super::theme::palette;
use super::widgets::{card, heading, hint};
use crate::learning::Lessons;

/// What the panel remembers.
#[derive(Debug, Default)]
pub struct LearnMemory {
    /// The day that marks are dated with, as typed; `None` while it is the one in use.
    day: Option<String>,
}

/// Shows the panel.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, memory: &mut LearnMemory, actions: &mut Vec<Action>) {
    if desk.is_busy(Work::Lessons) {
        working(ui, desk, Work::Lessons, actions);
    }
    let lessons = match &desk.findings.lessons {
        Some(Ok(lessons)) => Some(lessons),
        Some(Err(why)) => {
            card(ui, |ui| {
                heading(ui, "What happened");
                let mut why = why.clone();
                if let Some(first) = why.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                hint(ui, format!("{why}."));
            });
            None
        }
        None => None,
    };
    if let Some(lessons) = lessons {
        observed::show(ui, desk, lessons, actions);
    }
    campaign::show(ui, desk, memory, actions);
    if let Some(lessons) = lessons {
        warnings(ui, lessons);
        fits::show(ui, desk, lessons, actions);
        thresholds::show(ui, desk, lessons, actions);
        observed::classes(ui, lessons);
        observed::hazards(ui, lessons);
    }
}

fn warnings(ui: &mut Ui, lessons: &Lessons) {
    let warnings = lessons.warnings();
    if warnings.is_empty() {
        return;
    }
    card(ui, |ui| {
        heading(ui, "Beware");
        let ink = palette(ui.visuals()).warn;
        for warning in warnings {
            ui.horizontal_top(|ui| {
                ui.label(egui::RichText::new("•").color(ink).strong());
                hint(ui, warning.in_words());
            });
        }
    });
}
