//! What to simulate, in plain words with the term of art beside, and what came out.

use egui::{ComboBox, DragValue, RichText, Slider, Ui};

use super::actions::{Action, Work};
use super::columns::ColumnsMemory;
use super::commands::Command;
use super::curve;
use super::seeds::working;
use super::state::Desk;
use super::theme::{figure, palette};
use super::widgets::{card, grouped, heading, hint, primary_button};
use crate::diffusion::{
    AdopterClass, Contagion, Forecast, Hazard, Meeting, Scenario, SeizRates, StepUnit, Threshold,
    TieProbability, TieWeight,
};

/// Shows the panel.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, memory: &mut ColumnsMemory, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        heading(ui, "What to simulate");
        let mut scenario = desk.project.decisions().scenario().clone();
        let changed = model(ui, &mut scenario).or(numbers(ui, desk, memory, &mut scenario));
        if let Some(what) = changed {
            actions.push(Action::SetScenario(Box::new(scenario), what));
        }
        ui.add_space(6.0);
        let seeds = desk.project.seeds().len();
        if desk.is_busy(Work::Forecast) {
            working(ui, desk, Work::Forecast, actions);
        } else {
            let label = if desk.findings.forecast_is_stale { "Run again" } else { "Run" };
            let possible = !desk.project.results().network.people.is_empty();
            let run =
                primary_button(ui, label, possible).on_hover_text(Command::RunForecast.words().tip);
            if run.clicked() {
                actions.push(Action::Do(Command::RunForecast));
            }
            if seeds == 0 {
                hint(
                    ui,
                    "There are no seeds: choose some first, or only what starts by itself will spread.",
                );
            }
        }
    });
    if let Some(forecast) = &desk.findings.forecast {
        outcome(ui, desk, forecast, actions);
    } else if !desk.is_busy(Work::Forecast) {
        hint(
            ui,
            "No forecast yet. Press Run: the curve, its band and the five adopter classes appear here and on the map.",
        );
    }
}

/// The rule and its numbers; says what was changed.
fn model(ui: &mut Ui, scenario: &mut Scenario) -> Option<&'static str> {
    let now = kind(&scenario.contagion);
    let mut chosen = now;
    let label = ui.label("How people come to adopt");
    let width = ui.available_width() - 4.0;
    ComboBox::from_id_salt("model")
        .selected_text(KINDS[now].0)
        .width(width)
        .show_ui(ui, |ui| {
            for (i, (name, ..)) in KINDS.iter().enumerate() {
                ui.selectable_value(&mut chosen, i, *name);
            }
        })
        .response
        .labelled_by(label.id);
    hint(ui, KINDS[now].1);
    if chosen != now {
        scenario.contagion = KINDS[chosen].2;
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
            let label = ui.label("Peers needed (threshold k)");
            ui.add(Slider::new(count, 1..=20)).labelled_by(label.id).changed()
        }
        Contagion::Bass { p, q, .. } => {
            let by_self = share(ui, "By themselves, per step (innovation p)", p, 0.0..=0.2);
            share(ui, "Through others, per step (imitation q)", q, 0.0..=1.0) || by_self
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
    let sliders: [(&str, &mut f64); 7] = [
        ("Heard from adopters, per step (beta)", &mut rates.beta),
        ("Heard from sceptics, per step (b)", &mut rates.b),
        ("Adopt at once (p)", &mut rates.p),
        ("Become a sceptic at once (l)", &mut rates.l),
        ("Thinkers won over by adopters, per step (rho)", &mut rates.rho),
        ("Thinkers who adopt by themselves, per step (epsilon)", &mut rates.epsilon),
        ("Sceptics from the start", &mut rates.sceptics),
    ];
    let changed = sliders.map(|(name, value)| share(ui, name, value, 0.0..=1.0));
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

type Kind = (&'static str, &'static str, Contagion);

/// Models on offer: name, explanation, with usual numbers.
const KINDS: [Kind; 11] = [
    (
        "Attention is shared out",
        "Each new adopter tries each tie once; who listens to many is harder to move (weighted cascade)",
        Contagion::IndependentCascade(TieProbability::Weighted),
    ),
    (
        "Every tie has the same chance",
        "Each new adopter tries each tie once (independent cascade)",
        Contagion::IndependentCascade(TieProbability::Uniform(0.1)),
    ),
    (
        "Every tie has its own chance",
        "Each new adopter tries each tie once, with the chance from the evidence or the file (independent cascade per tie)",
        Contagion::IndependentCascade(TieProbability::PerTie),
    ),
    (
        "Pressure adds up to a private limit",
        "People adopt when enough of whom they listen to have; the limit is drawn anew each time (linear threshold)",
        Contagion::LinearThreshold(TieWeight::Equal),
    ),
    (
        "Permission: a share of peers",
        "People adopt once this share of whom they listen to has (fractional threshold)",
        Contagion::Permission(Threshold::Share(0.2)),
    ),
    (
        "Permission: a number of peers",
        "People adopt once they saw this many peers do so (absolute threshold)",
        Contagion::Permission(Threshold::Count(2)),
    ),
    (
        "Permission: everyone's own limit",
        "As the threshold column of the file says (thresholds per person)",
        Contagion::Permission(Threshold::PerPerson),
    ),
    (
        "By themselves, and through others",
        "Some adopt unprompted, the others the more their peers have (Bass model on the network)",
        Contagion::Bass { p: 0.01, q: 0.4, hazard: Hazard::Exponential },
    ),
    (
        "Buzz that fades",
        "Adopters try each tie at every step, until they fall silent (SIR)",
        Contagion::Fading { beta: 0.1, gamma: 0.3 },
    ),
    (
        "Heard it, thinking, sceptic",
        "Who hears of it adopts, becomes a sceptic, or thinks about it first; for risky changes (SEIZ)",
        Contagion::Seiz(SeizRates::USUAL),
    ),
    (
        "Against a rival idea",
        "A rival starts with as many of the best connected as you have seeds; who comes first wins a person (two cascades)",
        Contagion::Rivalry { chance: TieProbability::Weighted, meeting: Meeting::FirstCome },
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
    }
}

fn share(ui: &mut Ui, name: &str, value: &mut f64, range: std::ops::RangeInclusive<f64>) -> bool {
    let label = ui.label(name);
    ui.add(Slider::new(value, range).fixed_decimals(3).smart_aim(true))
        .labelled_by(label.id)
        .changed()
}

fn same_field(
    ui: &mut Ui,
    desk: &Desk<'_>,
    memory: &mut ColumnsMemory,
    scenario: &mut Scenario,
) -> bool {
    let columns = memory.columns(&desk.project.results().network);
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

fn numbers(
    ui: &mut Ui,
    desk: &Desk<'_>,
    memory: &mut ColumnsMemory,
    scenario: &mut Scenario,
) -> Option<&'static str> {
    let mut changed = false;
    ui.horizontal(|ui| {
        let label = ui.label("For");
        let steps = DragValue::new(&mut scenario.steps).range(1..=520);
        changed |= ui.add(steps).labelled_by(label.id).changed();
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
        let replicates = DragValue::new(&mut scenario.replicates).range(1..=100_000).speed(10.0);
        let replicates = ui.add(replicates).accessible_name("Replicates");
        let tip = "How many possible courses the forecast is made of (replicates)";
        changed |= replicates.on_hover_text(tip).changed();
        ui.label("times").on_hover_text(tip);
    });
    egui::CollapsingHeader::new("More").id_salt("more numbers").show(ui, |ui| {
        changed |= same_field(ui, desk, memory, scenario);
        changed |= share(ui, "Reachable at a step (presence)", &mut scenario.presence, 0.01..=1.0);
        let visibility = &mut scenario.visibility;
        changed |= share(ui, "Adoption that others see (visibility)", visibility, 0.0..=1.0);
        let churn = &mut scenario.churn;
        changed |= share(ui, "Adopters who give up again, per step (churn)", churn, 0.0..=0.5);
        ui.horizontal(|ui| {
            let label = ui.label("Number chance is drawn from");
            let rng_seed = DragValue::new(&mut scenario.rng_seed);
            changed |= ui.add(rng_seed).labelled_by(label.id).changed();
        });
    });
    changed.then_some("Change the scenario")
}

/// "week", "weeks".
pub fn unit_label(unit: StepUnit, count: u32) -> &'static str {
    unit.word(count as usize)
}

fn outcome(ui: &mut Ui, desk: &Desk<'_>, forecast: &Forecast, actions: &mut Vec<Action>) {
    let unit = desk.project.decisions().scenario().step_unit;
    card(ui, |ui| {
        heading(ui, "Adoption over time");
        if desk.findings.forecast_is_stale {
            let ink = palette(ui.visuals()).warn;
            ui.label(
                RichText::new("Seeds or scenario changed since: run again").small().color(ink),
            );
        }
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
                    hint(
                        ui,
                        format!(
                            "10 to 90 % of {} courses: {} to {}",
                            forecast.replicates, last.p10, last.p90
                        ),
                    );
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
    });
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
        for (i, (_, _, contagion)) in KINDS.iter().enumerate() {
            assert_eq!(kind(contagion), i);
        }
    }
}
