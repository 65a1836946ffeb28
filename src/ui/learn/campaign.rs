//! The campaign under way: marks, whether forecasts go on from them, and plan against actual.

use egui::{RichText, Ui};

use super::actions::LearnAction;
use super::{LearnMemory, curve, marks};
use crate::network::PersonIndex;
use crate::project::{Marked, Plan, Progress};
use crate::ui::actions::Action;
use crate::ui::state::Desk;
use crate::ui::theme::palette;
use crate::ui::widgets::{card, counted, grouped, heading, hint};

/// Shows the card.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    memory: &mut LearnMemory,
    actions: &mut Vec<Action>,
) {
    let campaign = &desk.project.decisions().campaign;
    card(ui, |ui| {
        heading(ui, "Campaign");
        ui.horizontal_wrapped(|ui| {
            for marked in Marked::ALL {
                let (rect, _) =
                    ui.allocate_exact_size(egui::vec2(10.0, 14.0), egui::Sense::hover());
                marks::sign(ui, ui.painter(), marked, rect.center() + egui::vec2(-1.0, 1.0), 1.0);
                let count = grouped(campaign.count(marked));
                ui.label(RichText::new(format!("{count}\u{a0}{}", marked.label())).small());
            }
        });
        let selected: Vec<PersonIndex> = desk.state.selected.iter().copied().collect();
        if selected.is_empty() {
            hint(ui, "Select people to mark them as contacted, adopted or declined.");
        } else {
            let people = counted(selected.len(), "person", "people");
            ui.label(format!("Mark {people} selected as"));
            marks::buttons(ui, desk, &selected, actions);
        }
        day(ui, desk, memory, actions);
        let case = desk.project.decisions().case();
        let mut from_today = case.from_today;
        let switch = ui.checkbox(&mut from_today, "Forecasts go on from today");
        let tip = "Who has adopted stays an adopter, who declined never adopts; else a forecast begins \
                   with the seeds alone";
        if switch.on_hover_text(tip).changed() {
            actions.push(Action::Learn(LearnAction::GoOnFromToday(from_today)));
        }
        ui.add_space(4.0);
        match &campaign.plan {
            Some(plan) => of_plan(ui, desk, plan, actions),
            None => no_plan(ui, desk, actions),
        }
    });
}

/// What was planned, and how it goes by that.
fn of_plan(ui: &mut Ui, desk: &Desk<'_>, plan: &Plan, actions: &mut Vec<Action>) {
    let steps = plan.steps.len() - 1;
    let unit = plan.step_unit.word(steps);
    hint(
        ui,
        format!(
            "The plan is \u{201c}{}\u{201d}, from {} for {steps} {unit}.",
            plan.scenario, plan.starts
        ),
    );
    if let Some(progress) = desk.project.progress(desk.state.day()) {
        told(ui, &progress);
    } else {
        hint(ui, "It has not started yet.");
    }
    if ui.button("Forget the plan").clicked() {
        actions.push(Action::Learn(LearnAction::ForgetPlan));
    }
}

/// How to come to a plan.
fn no_plan(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let ready = desk.findings.forecast.is_some() && !desk.findings.forecast_is_stale;
    let button = ui.add_enabled(ready, egui::Button::new("Make this forecast the plan"));
    let tip = "Keeps its curve and band from this day on, to measure what happens by it";
    let why = "Run the forecast first (Ctrl+R)";
    if button.on_hover_text(tip).on_disabled_hover_text(why).clicked() {
        actions.push(Action::Learn(LearnAction::MakePlan));
    }
    hint(ui, "Without a plan there is nothing to measure the campaign by.");
}

fn told(ui: &mut Ui, progress: &Progress) {
    ui.label(RichText::new(progress.in_words()).strong());
    curve::progress(ui, progress);
    hint(ui, "Blue: the plan with its band. Dark: who adopted since the start.");
}

/// The day that marks are dated with and plans start on.
fn day(ui: &mut Ui, desk: &Desk<'_>, memory: &mut LearnMemory, actions: &mut Vec<Action>) {
    let ground = palette(ui.visuals()).field;
    let mut text = memory.day.clone().unwrap_or_else(|| desk.state.day().to_string());
    let mut is_told = false;
    ui.horizontal(|ui| {
        let label = ui.label("As of");
        let field = egui::TextEdit::singleline(&mut text).background_color(ground);
        let field = ui.add(field.desired_width(92.0)).labelled_by(label.id);
        let field =
            field.on_hover_text("The day that marks are dated with, and on which a plan starts");
        is_told = field.changed();
        if desk.state.mark_day.is_some() && ui.button("Today").clicked() {
            memory.day = None;
            actions.push(Action::Learn(LearnAction::SetDay(None)));
        }
    });
    let day = text.trim().parse();
    if is_told {
        if let Ok(day) = day {
            actions.push(Action::Learn(LearnAction::SetDay(Some(day))));
        }
        memory.day = Some(text);
    } else if day.is_err() {
        let ink = palette(ui.visuals()).bad;
        ui.label(RichText::new("Write a day like 2026-03-15").small().color(ink));
    }
}
