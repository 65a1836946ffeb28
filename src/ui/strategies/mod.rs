//! Strategies side by side: the same budget spent in other ways, at a glance.

mod table;
mod terms;

use egui::{Context, Label, RichText, Ui};

use super::actions::{Action, Window, Work};
use super::state::Desk;
use super::theme::palette;
use super::widgets::hint;
use super::window;
use crate::seeding::Tactic;

/// What the window remembers between frames.
#[derive(Debug, Default)]
pub struct StrategiesMemory {
    /// What the others are measured against; the best unless somebody chose.
    reference: Option<Tactic>,
    /// Whether rows are ranked by adopters per 1,000 spent.
    by_money: bool,
}

/// Shows the window while it is open.
pub fn show(
    ctx: &Context,
    desk: &Desk<'_>,
    memory: &mut StrategiesMemory,
    actions: &mut Vec<Action>,
) {
    let area = ctx.content_rect();
    let width = (area.width() - 80.0).clamp(620.0, 860.0);
    let height = (area.height() - 300.0).max(160.0);
    let title = (Window::Strategies, "Strategies side by side");
    window::in_the_middle(ctx, title, actions, |ui, actions| {
        ui.set_width(width);
        terms::show(ui, desk, actions);
        ui.add_space(4.0);
        match &desk.findings.strategies {
            Some(found) => {
                table::show(ui, &found.table, found.when.as_deref(), memory, height, actions);
            }
            None if !desk.is_busy(Work::Strategies) => {
                hint(ui, "Nothing compared yet.");
            }
            None => {}
        }
    });
}

/// A line that somebody should read before the table.
fn note(ui: &mut Ui, text: &str) {
    let ink = palette(ui.visuals()).warn;
    ui.add(Label::new(RichText::new(text).small().color(ink)).wrap());
}
