//! `p` and `q`, by every method, with errors; which one is drawn, and which one forecasts.

use egui::{ComboBox, RichText, Ui};

use super::actions::LearnAction;
use crate::diffusion::Hazard;
use crate::learning::{Lessons, Market, Method};
use crate::ui::actions::Action;
use crate::ui::state::Desk;
use crate::ui::widgets::{card, grouped, heading, hint};

/// Shows both cards.
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, lessons: &Lessons, actions: &mut Vec<Action>) {
    network(ui, lessons, actions);
    curves(ui, desk, lessons, actions);
}

/// What the network tells: the numbers that a forecast on it can use.
fn network(ui: &mut Ui, lessons: &Lessons, actions: &mut Vec<Action>) {
    if lessons.network_fits.is_empty() {
        return;
    }
    let word = lessons.history.timeline.word();
    card(ui, |ui| {
        heading(ui, "p and q from the network");
        hint(
            ui,
            "The likeliest numbers, given how many of whom each person listens to had adopted at each step.",
        );
        for fit in &lessons.network_fits {
            let rule = match fit.hazard {
                Hazard::Exponential => "Chance 1 - exp(-(p + q E))",
                Hazard::Additive => "Chance p + q E",
            };
            ui.label(RichText::new(rule).strong());
            ui.label(format!("p {} per {word}, by themselves", fit.p.in_words()));
            ui.label(format!("q {} per {word}, through others", fit.q.in_words()));
            hint(
                ui,
                format!(
                    "q {} when each {word} has a p of its own; log likelihood {:.1}, without influence {:.1}; \
                     {} adoptions in {} person-{word}s",
                    fit.q_within_periods.in_words(),
                    fit.log_likelihood,
                    fit.log_likelihood_without,
                    grouped(usize::try_from(fit.adoptions).unwrap_or(usize::MAX)),
                    grouped(usize::try_from(fit.watched).unwrap_or(usize::MAX)),
                ),
            );
            let name = match fit.hazard {
                Hazard::Exponential => "Forecast from today with these",
                Hazard::Additive => "Forecast from today with these (additive)",
            };
            if ui.button(name).clicked() {
                actions.push(Action::Learn(LearnAction::UseFit {
                    p: fit.p.value,
                    q: fit.q.value,
                    hazard: fit.hazard,
                    unit: lessons.history.timeline.unit(),
                }));
            }
            ui.add_space(3.0);
        }
    });
}

/// What the curve alone tells, as if everyone met everyone.
fn curves(ui: &mut Ui, desk: &Desk<'_>, lessons: &Lessons, actions: &mut Vec<Action>) {
    let now = desk.project.decisions().learning;
    let mut settings = now;
    card(ui, |ui| {
        heading(ui, "Bass curves");
        hint(ui, "From the curve alone, as if everyone met everyone. Methods differ: say which.");
        let label = ui.label("Drawn above");
        let width = ui.available_width() - 4.0;
        ComboBox::from_id_salt("curve method")
            .selected_text(settings.method.label())
            .width(width)
            .truncate()
            .show_ui(ui, |ui| {
                for method in Method::ALL {
                    ui.selectable_value(&mut settings.method, method, method.label());
                }
            })
            .response
            .labelled_by(label.id);
        ui.checkbox(&mut settings.free_market, "With a market of its own (m free)");
        for fit in &lessons.curve_fits {
            let drawn = fit.method == now.method && (fit.market == Market::Free) == now.free_market;
            let market = match fit.market {
                Market::Fixed(_) => "m = everyone here",
                Market::Free => "m free",
            };
            let title = format!("{}, {market}", fit.method.label());
            let title = RichText::new(title).small();
            ui.add(egui::Label::new(if drawn { title.strong() } else { title }).wrap());
            match &fit.outcome {
                Ok(fit) => {
                    let m = match (fit.is_flat, fit.m.error) {
                        (true, _) => " · m not told".to_owned(),
                        (false, Some(_)) => format!(" · m {}", fit.m.in_words()),
                        (false, None) => String::new(),
                    };
                    hint(
                        ui,
                        format!(
                            "p {} · q {}{m} · residual se {:.3} on {} df",
                            fit.p.in_words(),
                            fit.q.in_words(),
                            fit.residual_se,
                            fit.df
                        ),
                    );
                }
                Err(error) => {
                    hint(ui, format!("none: {error}"));
                }
            }
        }
    });
    if settings != now {
        actions.push(Action::Learn(LearnAction::SetSettings(settings)));
    }
}
