//! What to simulate, in plain words with the term of art beside, and what came out.

use std::ops::RangeInclusive;

use egui::{ComboBox, RichText, Ui};

use super::actions::{Action, Work};
use super::columns::ColumnsMemory;
use super::commands::Command;
use super::field::{self, NumberField};
use super::pushes::PushesMemory;
use super::seeds::working;
use super::state::Desk;
use super::theme::{figure, palette};
use super::waves::WavesMemory;
use super::widgets::{card, grouped, heading, hint, primary_button};
use super::{causes, curve, playbook};
use crate::diffusion::{
    AdopterClass, Contagion, Forecast, Hazard, Meeting, Scenario, SeizRates, StepUnit, Threshold,
    TieProbability, TieWeight, rate, unit,
};

/// Shows the panel.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    (memory, waves, pushes): (&mut ColumnsMemory, &mut WavesMemory, &mut PushesMemory),
    actions: &mut Vec<Action>,
) {
    card(ui, |ui| {
        heading(ui, "What to simulate");
        let mut scenario = desk.project.decisions().scenario().clone();
        let changed = model(ui, &mut scenario).or(numbers(ui, memory, &mut scenario));
        if let Some(what) = changed {
            actions.push(Action::SetScenario(Box::new(scenario), what));
        }
        field::reason(ui, desk.findings.refusal.as_deref());
        if desk.project.seeds().is_empty() {
            hint(
                ui,
                "There are no seeds: choose some first, or only what starts by itself will spread.",
            );
        }
        ui.add_space(6.0);
        run(ui, desk, actions);
    });
    super::waves::show(ui, desk, memory, waves, actions);
    super::chasm::show(ui, desk, actions);
    if let Some(forecast) = &desk.findings.forecast {
        outcome(ui, desk, forecast, (memory, pushes), actions);
        return;
    }
    if desk.is_busy(Work::Forecast) {
        hint(ui, "The first courses are on their way.");
    } else if desk.findings.refusal.is_none() {
        hint(
            ui,
            "No forecast yet. As soon as something can spread, the curve, its band and the five adopter classes appear here and on the map.",
        );
    }
    playbook::show(ui, desk, memory, pushes, actions);
}

/// Progress while it runs; then a way to have more courses. The row keeps its height, so that
/// nothing jumps while a slider is dragged.
fn run(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let size = egui::vec2(ui.available_width(), 30.0);
    let row = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, row, |ui| {
        ui.set_min_size(size);
        if desk.is_busy(Work::Forecast) {
            working(ui, desk, Work::Forecast, actions);
            return;
        }
        let asked = desk.project.decisions().scenario().replicates;
        let done = desk.findings.forecast.as_ref().map_or(0, |it| it.replicates);
        let possible = !desk.project.results().network.people.is_empty();
        if desk.findings.forecast_is_stale || done < u64::from(asked) {
            let label = match done {
                0 => "Run".to_owned(),
                _ if desk.findings.forecast_is_stale => "Run again".to_owned(),
                _ => format!("Run all {}", grouped(asked as usize)),
            };
            let run = primary_button(ui, &label, possible);
            if run.on_hover_text(Command::RunForecast.words().tip).clicked() {
                actions.push(Action::Do(Command::RunForecast));
            }
        } else if let Some(more) = asked.checked_mul(4) {
            let tip = format!(
                "{} courses instead of {}: four times as many halve the ± of the mean",
                grouped(more as usize),
                grouped(asked as usize)
            );
            if ui.button("Run more").on_hover_text(tip).clicked() {
                let mut scenario = desk.project.decisions().scenario().clone();
                scenario.replicates = more;
                actions.push(Action::SetScenario(Box::new(scenario), "Run more courses"));
            }
        }
    });
}

/// What the curve rests on, or that it is not up to date: always one line.
fn rests_on(ui: &mut Ui, desk: &Desk<'_>, forecast: &Forecast) {
    let colors = palette(ui.visuals());
    let asked = desk.project.decisions().scenario().replicates;
    let done = usize::try_from(forecast.replicates).unwrap_or(usize::MAX);
    let (text, ink) = match (desk.findings.forecast_is_stale, desk.is_busy(Work::Forecast)) {
        (true, true) => {
            ("Before the last change; the new curve is on its way".to_owned(), colors.warn)
        }
        (true, false) => ("Seeds or scenario changed since: run again".to_owned(), colors.warn),
        (false, _) if forecast.replicates < u64::from(asked) => (
            format!("Rests on {} of {} courses", grouped(done), grouped(asked as usize)),
            colors.warn,
        ),
        (false, _) => (format!("Rests on {} courses (replicates)", grouped(done)), colors.ink_soft),
    };
    ui.add(egui::Label::new(RichText::new(text).small().color(ink)).truncate());
}

/// The rule and its numbers; says what was changed.
fn model(ui: &mut Ui, scenario: &mut Scenario) -> Option<&'static str> {
    let now = kind(&scenario.contagion);
    let mut chosen = now;
    let label = ui.label("How people come to adopt");
    let width = ui.available_width() - 4.0;
    ComboBox::from_id_salt("model")
        .selected_text(scenario.contagion.label())
        .width(width)
        // All of them at once, where the window is high enough.
        .height(420.0)
        .show_ui(ui, |ui| {
            for (i, (_, contagion)) in KINDS.iter().enumerate() {
                ui.selectable_value(&mut chosen, i, contagion.label());
            }
        })
        .response
        .labelled_by(label.id);
    hint(ui, KINDS[now].0);
    if chosen != now {
        scenario.contagion = KINDS[chosen].1;
        return Some("Change the model");
    }
    let changed = match &mut scenario.contagion {
        Contagion::IndependentCascade(TieProbability::Uniform(p)) => {
            share(ui, "Chance per tie (p)", p, 0.001..=1.0)
        }
        Contagion::Permission(Threshold::Share(share_needed)) => {
            share(ui, "Share of peers needed (threshold)", share_needed, 0.01..=1.0)
        }
        Contagion::Permission(Threshold::Count(count)) => {
            let any = |_: f64| Ok(());
            NumberField::new("Peers needed (threshold k)", 1.0..=20.0, &any)
                .on_rail()
                .show(ui, count)
        }
        Contagion::Bass { p, q, hazard } => {
            let name = "By themselves, per step (innovation p)";
            let by_self = match hazard {
                Hazard::Exponential => pace(ui, name, p, 0.0..=0.2),
                Hazard::Additive => share(ui, name, p, 0.0..=0.2),
            };
            pace(ui, "Through others, per step (imitation q)", q, 0.0..=1.0) || by_self
        }
        Contagion::Fading { beta, gamma } => {
            let tries = share(ui, "Chance per tie and step (beta)", beta, 0.001..=1.0);
            share(ui, "Chance to fall silent, per step (gamma)", gamma, 0.0..=1.0) || tries
        }
        Contagion::Seiz(rates) => seiz(ui, rates),
        Contagion::Rivalry { chance, meeting } => rivalry(ui, chance, meeting),
        _ => false,
    };
    changed.then_some("Change the model's numbers")
}

fn seiz(ui: &mut Ui, rates: &mut SeizRates) -> bool {
    type Field = fn(&mut Ui, &'static str, &mut f64, RangeInclusive<f64>) -> bool;
    let fields: [(Field, &'static str, &mut f64); 7] = [
        (pace, "Heard from adopters, per step (beta)", &mut rates.beta),
        (pace, "Heard from sceptics, per step (b)", &mut rates.b),
        (share, "Adopt at once (p)", &mut rates.p),
        (share, "Become a sceptic at once (l)", &mut rates.l),
        (pace, "Thinkers won over by adopters, per step (rho)", &mut rates.rho),
        (pace, "Thinkers who adopt by themselves, per step (epsilon)", &mut rates.epsilon),
        (share, "Sceptics from the start", &mut rates.sceptics),
    ];
    let changed = fields.map(|(field, name, value)| field(ui, name, value, 0.0..=1.0));
    changed.contains(&true)
}

fn rivalry(ui: &mut Ui, chance: &mut TieProbability, meeting: &mut Meeting) -> bool {
    let mut alike = matches!(chance, TieProbability::Uniform(_));
    let mut changed = false;
    if ui.checkbox(&mut alike, "Every tie has the same chance").changed() {
        *chance = if alike { TieProbability::Uniform(0.1) } else { TieProbability::Weighted };
        changed = true;
    }
    if let TieProbability::Uniform(p) = chance {
        changed |= share(ui, "Chance per tie (p)", p, 0.001..=1.0);
    }
    let mut weighted = matches!(meeting, Meeting::Weighted(_));
    if ui.checkbox(&mut weighted, "Where both come at once, weigh them").changed() {
        *meeting = if weighted { Meeting::Weighted(0.5) } else { Meeting::FirstCome };
        changed = true;
    }
    if let Meeting::Weighted(ours) = meeting {
        changed |= share(ui, "Ours wins then (weight)", ours, 0.0..=1.0);
    }
    changed
}

type Kind = (&'static str, Contagion);

/// Models on offer: explanation, with usual numbers.
const KINDS: [Kind; 12] = [
    (
        "Each new adopter tries each tie once; who listens to many is harder to move (weighted cascade)",
        Contagion::IndependentCascade(TieProbability::Weighted),
    ),
    (
        "Each new adopter tries each tie once (independent cascade)",
        Contagion::IndependentCascade(TieProbability::Uniform(0.1)),
    ),
    (
        "Each new adopter tries each tie once, with the chance from the evidence or the file (independent cascade per tie)",
        Contagion::IndependentCascade(TieProbability::PerTie),
    ),
    (
        "People adopt when enough of whom they listen to have; the limit is drawn anew each time (linear threshold)",
        Contagion::LinearThreshold(TieWeight::Equal),
    ),
    (
        "People adopt once this share of whom they listen to has (fractional threshold)",
        Contagion::Permission(Threshold::Share(0.2)),
    ),
    (
        "People adopt once they saw this many peers do so (absolute threshold)",
        Contagion::Permission(Threshold::Count(2)),
    ),
    (
        "As the threshold column of the file says (thresholds per person)",
        Contagion::Permission(Threshold::PerPerson),
    ),
    (
        "Some adopt unprompted, the others the more their peers have (Bass model on the network)",
        Contagion::Bass { p: 0.01, q: 0.4, hazard: Hazard::Exponential },
    ),
    (
        "Adopters try each tie at every step, until they fall silent (SIR)",
        Contagion::Fading { beta: 0.1, gamma: 0.3 },
    ),
    (
        "Who hears of it adopts, becomes a sceptic, or thinks about it first; for risky changes (SEIZ)",
        Contagion::Seiz(SeizRates::USUAL),
    ),
    (
        "A rival starts with as many of the best connected as you have seeds; who comes first wins a person (two cascades)",
        Contagion::Rivalry { chance: TieProbability::Weighted, meeting: Meeting::FirstCome },
    ),
    (
        "Contacts pass it on in each channel they are seen in, and pushes from outside reach people too (noisy-OR channel mix)",
        Contagion::Playbook,
    ),
];

fn kind(contagion: &Contagion) -> usize {
    match contagion {
        Contagion::IndependentCascade(TieProbability::Weighted) => 0,
        Contagion::IndependentCascade(TieProbability::Uniform(_)) => 1,
        Contagion::IndependentCascade(TieProbability::PerTie) => 2,
        Contagion::LinearThreshold(_) => 3,
        Contagion::Permission(Threshold::Share(_)) => 4,
        Contagion::Permission(Threshold::Count(_)) => 5,
        Contagion::Permission(Threshold::PerPerson) => 6,
        Contagion::Bass { .. } => 7,
        Contagion::Fading { .. } => 8,
        Contagion::Seiz(_) => 9,
        Contagion::Rivalry { .. } => 10,
        Contagion::Playbook => 11,
    }
}

/// A chance or a share: 0 to 1.
fn share(ui: &mut Ui, name: &'static str, value: &mut f64, rail: RangeInclusive<f64>) -> bool {
    let check = |it: f64| unit(name, it).map_err(|error| error.to_string());
    NumberField::new(name, rail, &check).on_rail().show(ui, value)
}

/// A rate per step: 0 or more.
fn pace(ui: &mut Ui, name: &'static str, value: &mut f64, rail: RangeInclusive<f64>) -> bool {
    let check = |it: f64| rate(name, it).map_err(|error| error.to_string());
    NumberField::new(name, rail, &check).on_rail().show(ui, value)
}

/// What the scenario itself says of a number of steps or of replicates.
fn checked(change: impl Fn(&mut Scenario)) -> Result<(), String> {
    let mut scenario = Scenario::default();
    change(&mut scenario);
    scenario.check().map_err(|error| error.to_string())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and in range")]
fn whole(number: f64) -> u32 {
    number as u32
}

fn same_field(ui: &mut Ui, memory: &ColumnsMemory, scenario: &mut Scenario) -> bool {
    let columns = memory.columns();
    if columns.is_empty() && scenario.same_field.is_none() {
        return false;
    }
    let before = scenario.same_field.clone();
    ui.vertical(|ui| {
        let label = ui.label("Only peers of the same (field)");
        let now = scenario
            .same_field
            .as_deref()
            .map_or("(anyone counts)".to_owned(), super::person::capitalized);
        let width = ui.available_width() - 4.0;
        ComboBox::from_id_salt("same field")
            .selected_text(now)
            .width(width)
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut scenario.same_field, None, "(anyone counts)");
                for (column, _) in columns {
                    let name = super::person::capitalized(column);
                    ui.selectable_value(&mut scenario.same_field, Some(column.clone()), name);
                }
            })
            .response
            .labelled_by(label.id);
    });
    scenario.same_field != before
}

fn numbers(ui: &mut Ui, memory: &ColumnsMemory, scenario: &mut Scenario) -> Option<&'static str> {
    let mut changed = false;
    let mut refused = Vec::new();
    ui.horizontal(|ui| {
        ui.label("For");
        let check = |it: f64| checked(|scenario| scenario.steps = whole(it));
        let steps = NumberField::new("Number of steps", 1.0..=520.0, &check);
        let edited = steps.inline(ui, &mut scenario.steps);
        changed |= edited.changed;
        refused.push(edited.refused);
        let now = scenario.step_unit;
        let unit = ComboBox::from_id_salt("unit").selected_text(unit_label(now, 2)).width(76.0);
        let unit = unit.show_ui(ui, |ui| {
            for unit in StepUnit::ALL {
                let choice =
                    ui.selectable_value(&mut scenario.step_unit, unit, unit_label(unit, 2));
                changed |= choice.changed();
            }
        });
        unit.response.accessible_name("Unit of a step");
        let check = |it: f64| checked(|scenario| scenario.replicates = whole(it));
        let replicates = NumberField::new("Replicates", 1.0..=100_000.0, &check).speed(10.0);
        let edited = replicates.inline(ui, &mut scenario.replicates);
        let tip = "How many possible courses the forecast is made of (replicates)";
        edited.response.on_hover_text(tip);
        changed |= edited.changed;
        refused.push(edited.refused);
        ui.label("times").on_hover_text(tip);
    });
    for why in &refused {
        field::reason(ui, why.as_deref());
    }
    egui::CollapsingHeader::new("More").id_salt("more numbers").show(ui, |ui| {
        changed |= same_field(ui, memory, scenario);
        // A playbook has a card of its own for these two.
        if scenario.contagion != Contagion::Playbook {
            let presence = &mut scenario.presence;
            changed |= share(ui, "Reachable at a step (presence)", presence, 0.01..=1.0);
            let visibility = &mut scenario.visibility;
            changed |= share(ui, "Adoption that others see (visibility)", visibility, 0.0..=1.0);
        }
        let churn = &mut scenario.churn;
        changed |= share(ui, "Adopters who give up again, per step (churn)", churn, 0.0..=0.5);
        let any = |_: f64| Ok(());
        let rng_seed = NumberField::new("Number chance is drawn from", 0.0..=1e9, &any).speed(1.0);
        changed |= rng_seed.show(ui, &mut scenario.rng_seed);
    });
    changed.then_some("Change the scenario")
}

/// "week", "weeks".
pub fn unit_label(unit: StepUnit, count: u32) -> &'static str {
    unit.word(count as usize)
}

fn outcome(
    ui: &mut Ui,
    desk: &Desk<'_>,
    forecast: &Forecast,
    (memory, pushes): (&mut ColumnsMemory, &mut PushesMemory),
    actions: &mut Vec<Action>,
) {
    let unit = desk.project.decisions().scenario().step_unit;
    card(ui, |ui| {
        heading(ui, "Adoption over time");
        ui.horizontal(|ui| {
            ui.label(
                RichText::new(format!("{:.0}", forecast.mean_adopters))
                    .text_style(figure())
                    .strong(),
            );
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space(5.0);
                hint(
                    ui,
                    format!(
                        "of {} adopt on average (±{:.1})",
                        grouped(forecast.people),
                        forecast.ci95
                    ),
                );
                if let Some(last) = forecast.steps.last() {
                    hint(ui, format!("Band (10 to 90 %): {} to {}", last.p10, last.p90));
                }
            });
        });
        for (standing, means) in &forecast.standings {
            if let Some(last) = means.last() {
                hint(
                    ui,
                    format!(
                        "{}: {last:.0} at the end",
                        super::person::capitalized(standing.label())
                    ),
                );
            }
        }
        curve::cumulative(ui, desk, forecast, actions);
        rests_on(ui, desk, forecast);
    });
    causes::show(ui, desk, forecast);
    playbook::show(ui, desk, memory, pushes, actions);
    card(ui, |ui| {
        heading(ui, &format!("New adopters per {}", unit_label(unit, 1)));
        curve::bell(ui, desk, forecast);
        ui.add_space(2.0);
        for class in AdopterClass::ALL {
            ui.horizontal(|ui| {
                let color = curve::class_color(ui, class);
                let (rect, _) =
                    ui.allocate_exact_size(egui::vec2(14.0, 14.0), egui::Sense::hover());
                ui.painter().circle_filled(rect.center(), 5.0, color);
                ui.label(super::person::capitalized(class.label()));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let ink = palette(ui.visuals()).ink_soft;
                    ui.label(
                        RichText::new(format!("{:.1} %", class.share() * 100.0)).small().color(ink),
                    );
                });
            });
        }
        hint(ui, "Rogers' classes, cut by rank of adoption; seeds are kept out.");
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_finds_itself_in_the_list() {
        for (i, (_, contagion)) in KINDS.iter().enumerate() {
            assert_eq!(kind(contagion), i);
        }
    }
}
