//! The neighborhoods: who is in them, who should start in each, and how they fill.

mod evenness;
mod heat;
mod list;

use egui::{Context, RichText, Ui, vec2};

use super::actions::{Action, Window, Work};
use super::columns::{self, ColumnsMemory};
use super::forecast::unit_label;
use super::state::Desk;
use super::widgets::{counted, grouped, hint};
use super::window;

/// What the window remembers.
#[derive(Debug, Default)]
pub struct NeighborhoodsMemory {
    page: Page,
    /// Whether what happened is looked at, instead of the forecast.
    observed: bool,
    /// The name being typed, and whose.
    editing: Option<(u32, String)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    List,
    Weeks,
    Evenness,
}

/// Shows the window while it is open.
pub fn show(
    ctx: &Context,
    desk: &Desk<'_>,
    columns: &mut ColumnsMemory,
    memory: &mut NeighborhoodsMemory,
    actions: &mut Vec<Action>,
) {
    let room = ctx.content_rect().size();
    let size = vec2((room.x - 80.0).min(700.0), (room.y - 220.0).clamp(220.0, 460.0));
    let title = (Window::Neighborhoods, "Neighborhoods");
    window::in_the_middle(ctx, title, actions, |ui, actions| {
        ui.set_width(size.x);
        ui.set_height(size.y);
        head(ui, desk, columns, actions);
        pages(ui, desk, memory);
        ui.add_space(4.0);
        match memory.page {
            Page::List => list::show(ui, desk, memory, actions),
            Page::Weeks => heat::show(ui, desk, &mut memory.observed, actions),
            Page::Evenness => evenness::show(ui, desk),
        }
    });
}

/// What neighborhoods are, how many there are, and the button.
fn head(ui: &mut Ui, desk: &Desk<'_>, columns: &mut ColumnsMemory, actions: &mut Vec<Action>) {
    let groups = &desk.findings.neighborhoods;
    let column = desk.project.decisions().neighborhood_column();
    ui.horizontal(|ui| {
        ui.scope(|ui| {
            ui.set_width((ui.available_width() * 0.5).min(320.0));
            let told = ("Told by", column);
            let menu = columns::menu(ui, told, "ties, as communities", columns);
            if let Some(chosen) = menu {
                actions.push(Action::SetNeighborhoods(chosen));
            }
        });
        let captains = desk.findings.captains.as_ref();
        let count = captains.map_or(0, |it| it.captains.iter().flatten().count());
        let text = match count {
            0 => "Make captains the seeds".to_owned(),
            1 => "Make the captain the seed".to_owned(),
            _ => format!("Make the {} captains the seeds", grouped(count)),
        };
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = ui.add_enabled(count > 0, egui::Button::new(text));
            let tip =
                "One seed for each neighborhood, in place of the seeds there are; can be undone";
            if button.on_hover_text(tip).clicked() {
                actions.push(Action::SeedCaptains);
            }
            if desk.is_busy(Work::Captains) {
                ui.spinner();
            }
        });
    });
    let listed = groups.worth_listing();
    let inside = groups.of.iter().flatten().filter(|&&it| (it as usize) < listed).count();
    let others = groups.of.len() - inside;
    let people = counted(inside, "person", "people");
    let named = counted(listed, "neighborhood", "neighborhoods");
    hint(
        ui,
        match others {
            0 => format!("{named} of {people}"),
            _ => format!("{named} of {people}; {} in none", counted(others, "is", "are")),
        },
    );
}

fn pages(ui: &mut Ui, desk: &Desk<'_>, memory: &mut NeighborhoodsMemory) {
    let unit = unit_label(desk.project.decisions().scenario().step_unit, 1).to_lowercase();
    ui.horizontal(|ui| {
        for (page, label) in [
            (Page::List, "Who".to_owned()),
            (Page::Weeks, format!("Filled by {unit}")),
            (Page::Evenness, "How evenly".to_owned()),
        ] {
            let here = memory.page == page;
            let text = if here { RichText::new(label).strong() } else { RichText::new(label) };
            if ui.selectable_label(here, text).clicked() {
                memory.page = page;
            }
        }
    });
}

/// Said where fill levels would be.
fn no_filling(ui: &mut Ui, desk: &Desk<'_>) {
    hint(
        ui,
        if desk.is_busy(Work::Filling) || desk.is_busy(Work::Forecast) {
            "Counting …"
        } else if desk.findings.neighborhoods.worth_listing() == 0 {
            "Nobody is tied to anybody here, so there is nothing to fill."
        } else {
            "Run the forecast to see how neighborhoods fill."
        },
    );
}
