//! Adopters by what moved them first: a stacked area and its legend.

use egui::{Color32, RichText, Stroke, Ui};
use egui_plot::{FilledArea, HoverPosition, Line, PlotPoints, VLine};

use super::curve::{base, name_plot};
use super::map::shown;
use super::person::capitalized;
use super::state::Desk;
use super::text::shown_name;
use super::theme::palette;
use super::widgets::{card, heading, hint};
use crate::diffusion::Forecast;
use crate::picture::Theme;
use crate::picture::palette::Palette;

/// Shows the card, where the forecast tells causes.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, forecast: &Forecast) {
    if forecast.causes.is_empty() {
        return;
    }
    card(ui, |ui| {
        heading(ui, "Adopters by first cause");
        hint(ui, "What moved each adopter first; the bands add up to the mean curve above");
        area(ui, desk, forecast);
        legend(ui, forecast);
    });
}

fn colors(ui: &Ui, forecast: &Forecast) -> Vec<Color32> {
    let theme = if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light };
    let palette = Palette::of(theme);
    palette.causes(forecast.causes.iter().map(|it| &it.cause)).into_iter().map(shown).collect()
}

fn area(ui: &mut Ui, desk: &Desk<'_>, forecast: &Forecast) {
    let colors = colors(ui, forecast);
    let ink = palette(ui.visuals()).ink;
    let unit = desk.project.decisions().scenario().step_unit;
    let xs: Vec<f64> = forecast.steps.iter().map(|it| f64::from(it.step)).collect();
    let bands = forecast.stacked_causes();
    let cursor = desk.shown_step();
    let response = base(ui, "causes", 150.0)
        .label_formatter(move |hover| match hover {
            HoverPosition::NearDataPoint { plot_name, position, .. } => {
                Some(format!("{plot_name}\nby {} {:.0}", unit.word(1), position.x))
            }
            HoverPosition::Elsewhere { .. } => None,
        })
        .show(ui, |plot| {
            for ((cause, [low, high]), color) in forecast.causes.iter().zip(&bands).zip(&colors) {
                let name = capitalized(cause.cause.label());
                plot.add(
                    FilledArea::new(name.clone(), &xs, low, high)
                        .fill_color(color.gamma_multiply(0.75))
                        .stroke(Stroke::NONE)
                        .allow_hover(false),
                );
                let edge: Vec<[f64; 2]> = xs.iter().zip(high).map(|(&x, &y)| [x, y]).collect();
                plot.line(Line::new(name, PlotPoints::from(edge)).color(*color).width(1.4));
            }
            if let Some(step) = cursor {
                let line = VLine::new("Now", f64::from(step)).color(ink).width(1.2);
                plot.vline(line.allow_hover(false));
            }
        });
    let told: Vec<String> = forecast
        .causes
        .iter()
        .map(|it| format!("{} {:.1}", it.cause.label(), it.total()))
        .collect();
    name_plot(&response.response, &format!("Adopters by first cause: {}", told.join(", ")));
}

fn legend(ui: &mut Ui, forecast: &Forecast) {
    let colors = colors(ui, forecast);
    let ink = palette(ui.visuals()).ink_soft;
    let all = forecast.mean_adopters.max(f64::MIN_POSITIVE);
    // From the top band down, as the eye meets them.
    for (cause, color) in forecast.causes.iter().zip(&colors).rev() {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, 14.0), egui::Sense::hover());
            ui.painter().rect_filled(rect.shrink(2.0), 3.0, *color);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let total = cause.total();
                let text = format!("{total:.1}, {:.0} %", 100.0 * total / all);
                ui.label(RichText::new(text).small().color(ink));
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let name = shown_name(&capitalized(cause.cause.label()));
                    ui.add(egui::Label::new(name).truncate());
                });
            });
        });
    }
}
