//! Whom the map shows.

use egui::Ui;

use super::actions::Action;
use super::columns::{self, ColumnsMemory, RuleWords};
use super::state::Desk;
use super::widgets::{card, counted, heading, hint};

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
        let hidden = desk.findings.hidden.iter().filter(|hidden| **hidden).count();
        if hidden > 0 {
            let people = counted(hidden, "person is", "people are");
            hint(ui, format!("{people} hidden; they stay in the network and the forecast."));
        }
    });
}
