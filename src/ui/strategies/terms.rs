//! What is compared, and on what terms.

use egui::{Align, DragValue, Layout, Ui, vec2};

use super::note;
use crate::project::StrategySettings;
use crate::seeding::{Fee, Prices, Tactic};
use crate::ui::actions::{Action, Work};
use crate::ui::budget;
use crate::ui::commands::Command;
use crate::ui::field::{NumberField, reason};
use crate::ui::seeds::working;
use crate::ui::state::{Desk, Subject};
use crate::ui::widgets::{counted, hint, primary_button};

/// What is compared on what terms, and the button that compares.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let decided = desk.project.decisions();
    let mut settings = decided.strategies.clone();
    let replicates = decided.scenario().replicates as usize;
    hint(
        ui,
        format!(
            "The same budget ({}) spent in other ways, each on the same {}: what chance gives to \
             one it gives to all (common random numbers).",
            desk.project.budget_in_words(),
            counted(replicates, "run", "runs"),
        ),
    );
    let wanted = !settings.left_out.contains(&Tactic::Broadcast);
    let refusal = settings.broadcast.check(settings.money).err().filter(|_| wanted);
    ui.horizontal_wrapped(|ui| {
        which(ui, &mut settings);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if desk.is_busy(Work::Strategies) {
                ui.allocate_ui(vec2(190.0, 28.0), |ui| {
                    working(ui, desk, Work::Strategies, actions);
                });
            } else {
                let label = match &desk.findings.strategies {
                    Some(_) if desk.findings.strategies_are_stale => "Compare again",
                    _ => "Compare",
                };
                if primary_button(ui, label, refusal.is_none()).clicked() {
                    actions.push(Action::Do(Command::CompareStrategies));
                }
            }
        });
    });
    ui.horizontal_wrapped(|ui| {
        seed_price(ui, desk, actions);
        ui.add_space(10.0);
        broadcast(ui, &mut settings);
    });
    budget::refusal(ui, desk, &[Subject::Prices]);
    reason(ui, refusal.map(|error| error.to_string()).as_deref());
    if settings != decided.strategies {
        actions.push(Action::SetStrategies(Box::new(settings)));
    }
    if desk.findings.strategies_are_stale && !desk.is_busy(Work::Strategies) {
        note(ui, "Seeds, scenario, network or terms changed since this was compared.");
    }
    if !decided.scenario().rollout.waves.is_empty() {
        hint(ui, "Waves are left aside here: in every strategy all seeds start at once.");
    }
    if desk.project.results().too_thin_to_rank {
        note(ui, "So few people are tied here that differences between strategies tell little.");
    }
}

/// What a seed costs: a broadcast gets the same money, and both are measured by what they bring for
/// it. Prices that are more than one fee are set among the seeds.
fn seed_price(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let prices = &desk.project.decisions().seed_settings.prices;
    let mut fee = match prices {
        Prices { column: None, fee: Some(Fee::Flat(fee)), .. } => *fee,
        _ if prices.are_given() => {
            ui.label(format!("A seed costs {}", prices.in_words()));
            return;
        }
        _ => {
            let tip = "Then a broadcast gets the money that the seeds cost, and both are measured \
                       by adopters per 1,000 spent";
            if ui.button("Say what a seed costs").on_hover_text(tip).clicked() {
                budget::change(desk, actions, "Set a fee", |it| it.prices = Prices::flat(100.0));
            }
            return;
        }
    };
    let label = ui.label("A seed costs");
    let check = |it: f64| {
        let why = || format!("A fee must be 0 or more, but is {it}");
        budget::only_if(it >= 0.0 && it.is_finite(), why)
    };
    let field = NumberField::new("Price of a seed", 0.0..=1e9, &check).speed(fee.max(10.0) / 100.0);
    let edited = field.inline(ui, &mut fee);
    edited.response.labelled_by(label.id);
    if edited.changed {
        budget::drag(desk, actions, "Change the fee", |it| it.prices.fee = Some(Fee::Flat(fee)));
    }
    reason(ui, edited.refused.as_deref());
}

/// A menu of what to compare.
fn which(ui: &mut Ui, settings: &mut StrategySettings) {
    let shown = Tactic::all().len() - settings.left_out.len();
    let menu = egui::containers::menu::MenuConfig::new()
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    let button =
        egui::containers::menu::MenuButton::new(format!("{shown} strategies")).config(menu);
    button.ui(ui, |ui| {
        for tactic in Tactic::all() {
            let mut on = !settings.left_out.contains(&tactic);
            let last = on && shown == 1;
            let check = ui.add_enabled(!last, egui::Checkbox::new(&mut on, tactic.label()));
            if check.on_hover_text(tactic.meaning()).changed() {
                if on {
                    settings.left_out.remove(&tactic);
                } else {
                    settings.left_out.insert(tactic);
                }
            }
        }
    });
}

/// Price and response of a broadcast.
fn broadcast(ui: &mut Ui, settings: &mut StrategySettings) {
    ui.label("Broadcast").on_hover_text(Tactic::Broadcast.meaning());
    let terms = &mut settings.broadcast;
    let price = DragValue::new(&mut terms.per_head).speed(0.05).max_decimals(2);
    ui.add(price).on_hover_text("What it costs to reach one person");
    ui.label("a head, response");
    let mut percent = 100.0 * terms.response;
    let rate = DragValue::new(&mut percent).speed(0.05).max_decimals(2).suffix(" %");
    if ui.add(rate).on_hover_text("Share of the people reached who adopt").changed() {
        terms.response = percent / 100.0;
    }
    ui.label("for");
    let mut own = settings.money.is_some();
    let same = "the money the seeds cost";
    egui::ComboBox::from_id_salt("broadcast money")
        .selected_text(if own { "an amount of" } else { same })
        .width(120.0)
        .show_ui(ui, |ui| {
            ui.selectable_value(&mut own, false, same);
            ui.selectable_value(&mut own, true, "an amount of");
        });
    settings.money = own.then(|| settings.money.unwrap_or(2000.0));
    if let Some(amount) = &mut settings.money {
        ui.add(DragValue::new(amount).speed(10.0).max_decimals(2))
            .on_hover_text("Money for the broadcast");
    }
}
