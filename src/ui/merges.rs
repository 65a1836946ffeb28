//! Pairs of people who may be one, side by side, for a person to decide.

use egui::{Align2, Context, Grid, RichText, ScrollArea, Ui};

use super::actions::{Action, Window};
use super::person::capitalized;
use super::sources::file_name;
use super::state::Desk;
use super::text::{shown_name, shown_text};
use super::theme::palette;
use super::widgets::{card, counted, grouped, heading, hint};
use crate::assemble::{Candidate, MergeReason, MergeSuggestion};
use crate::network::fact;

/// Pairs listed; the rest follows as these are decided.
const MOST: usize = 60;

/// Width of one of the two sides.
const SIDE: f32 = 190.0;

/// Shows the window while it is open.
pub fn show(ctx: &Context, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let mut open = true;
    let height = (ctx.content_rect().height() - 220.0).max(160.0);
    egui::Window::new("Merge people")
        .open(&mut open)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .collapsible(false)
        .resizable(false)
        .show(ctx, |ui| {
            ui.set_width(520.0);
            let suggestions = &desk.project.results().suggestions;
            if suggestions.is_empty() {
                hint(ui, "Nobody here looks like two entries of one person.");
            } else {
                let pairs = counted(suggestions.len(), "pair", "pairs");
                hint(
                    ui,
                    format!(
                        "{pairs} may be the same person. Each answer can be undone, and split \
                         again later on the person's card."
                    ),
                );
            }
            let scroll = ScrollArea::vertical().max_height(height);
            scroll.min_scrolled_height(height.min(460.0)).show(ui, |ui| {
                // They come sorted by what speaks for them.
                let mut listed = 0;
                for alike in suggestions.chunk_by(|one, next| one.reason == next.reason) {
                    if listed == MOST {
                        break;
                    }
                    title(ui, alike[0].reason, alike.len(), actions);
                    for pair in alike.iter().take(MOST - listed) {
                        one(ui, desk, pair, actions);
                        listed += 1;
                    }
                }
                if suggestions.len() > listed {
                    hint(ui, format!("and {} more", grouped(suggestions.len() - listed)));
                }
            });
        });
    if !open {
        actions.push(Action::ShowWindow(Window::Merges, false));
    }
}

/// What speaks for the pairs below, and one answer to all of them.
fn title(ui: &mut Ui, reason: MergeReason, pairs: usize, actions: &mut Vec<Action>) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        heading(ui, reason.label());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let all = format!("Accept all {} alike", grouped(pairs));
            let tip = "Join every pair that this speaks for; one step to undo";
            if pairs > 1 && ui.button(all).on_hover_text(tip).clicked() {
                actions.push(Action::MergeAlike(reason));
            }
        });
    });
}

fn one(ui: &mut Ui, desk: &Desk<'_>, pair: &MergeSuggestion, actions: &mut Vec<Action>) {
    let MergeSuggestion { one, other, shared_contacts, .. } = pair;
    card(ui, |ui| {
        Grid::new(("sides", &one.id, &other.id)).num_columns(3).spacing([10.0, 2.0]).show(
            ui,
            |ui| {
                ui.label("");
                for side in [one, other] {
                    cell(ui, &shown_name(&side.name), true);
                }
                ui.end_row();
                for column in [
                    fact::COMPANY,
                    fact::CLIENT,
                    fact::PROFESSION,
                    fact::PLACE,
                    fact::EMAIL,
                    fact::PHONE,
                    fact::HANDLE,
                    fact::PROFILE,
                ] {
                    let told = [one, other].map(|side| side.facts.get(column).unwrap_or_default());
                    if told != ["", ""] {
                        row(ui, &capitalized(column), told.map(shown_name));
                    }
                }
                row(ui, "Found in", [one, other].map(|side| sources(desk, side)));
            },
        );
        hint(
            ui,
            match shared_contacts {
                0 => "Nobody is tied to both.".to_owned(),
                _ => format!(
                    "{} tied to both.",
                    counted(*shared_contacts, "person is", "people are")
                ),
            },
        );
        ui.horizontal(|ui| {
            let names = format!("{}, {}", shown_name(&one.name), shown_name(&other.name));
            for (label, same) in [("Same person", true), ("Two people", false)] {
                let button = ui.button(label).accessible_name(format!("{label}: {names}"));
                if button.clicked() {
                    let (one, other) = (one.id.clone(), other.id.clone());
                    actions.push(Action::Merge { one, other, same });
                }
            }
        });
    });
}

fn row(ui: &mut Ui, label: &str, told: [String; 2]) {
    let colors = palette(ui.visuals());
    ui.label(RichText::new(label).small().color(colors.ink_soft));
    let same = told[0] == told[1];
    for text in told {
        cell(ui, &text, same);
    }
    ui.end_row();
}

/// What one side says; what both say alike stands out.
fn cell(ui: &mut Ui, text: &str, strong: bool) {
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(egui::vec2(SIDE, 18.0), layout, |ui| {
        ui.set_min_width(SIDE);
        let shown = RichText::new(text);
        let shown = if strong { shown.strong() } else { shown };
        ui.add(egui::Label::new(shown).truncate()).on_hover_text(text);
    });
}

fn sources(desk: &Desk<'_>, side: &Candidate) -> String {
    let all = &desk.project.evidence().sources;
    let names = side.sources.iter().filter_map(|&it| all.get(it as usize));
    let names: Vec<String> = names.map(|it| shown_text(&file_name(&it.path))).collect();
    names.join(", ")
}
