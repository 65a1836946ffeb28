//! Scenarios laid over each other: curves with their bands, how far they end apart, and what was
//! decided differently.

use egui::{Align2, Color32, Context, Grid, RichText, ScrollArea, Sense, Stroke, Ui, vec2};
use egui_plot::{FilledArea, Line, PlotPoints};

use super::actions::{Action, TrayChange, Window, Work};
use super::curve;
use super::field::reason;
use super::forecast::unit_label;
use super::map::shown;
use super::seeds::working;
use super::state::{ComparisonFinding, Desk};
use super::text::shown_name;
use super::theme::palette;
use super::widgets::{grouped, heading, hint};
use crate::network::PersonIndex;
use crate::picture::Theme;
use crate::project::Tray;
use crate::report::ComparisonTable;

/// Shows the window while it is open.
pub fn show(ctx: &Context, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let mut open = true;
    let screen = ctx.content_rect();
    let width = (screen.width() - 120.0).clamp(420.0, 820.0);
    egui::Window::new("Compare scenarios")
        .open(&mut open)
        .pivot(Align2::CENTER_CENTER)
        .default_pos(screen.center())
        .collapsible(false)
        .resizable(false)
        .show(ctx, |ui| {
            ui.set_width(width);
            let height = (screen.height() - 130.0).max(160.0);
            let scroll = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
            scroll.show(ui, |ui| contents(ui, desk, actions));
        });
    if !open {
        actions.push(Action::ShowWindow(Window::Compare, false));
    }
}

fn contents(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    ticks(ui, &desk.project.decisions().tray, actions);
    reason(ui, desk.findings.comparison_refusal.as_deref());
    let Some(finding) = &desk.findings.comparison else {
        if desk.is_busy(Work::Compare) {
            working(ui, desk, Work::Compare, actions);
        } else if desk.findings.comparison_refusal.is_none() {
            hint(
                ui,
                "Tick two scenarios or more. To make another one, duplicate one in the Forecast tab and change it.",
            );
        }
        return;
    };
    ui.add_space(4.0);
    curves(ui, desk, finding);
    state(ui, desk, finding, actions);
    ui.add_space(6.0);
    differences(ui, desk, finding);
    ui.add_space(10.0);
    settings(ui, finding);
}

/// Which scenarios are laid over each other.
fn ticks(ui: &mut Ui, tray: &Tray, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        for (place, case) in tray.cases().iter().enumerate() {
            let mut compared = case.compared;
            let room = compared || tray.may_compare_more();
            ui.add_enabled_ui(room, |ui| {
                let full = format!("{} at most can be told apart", Tray::MOST_COMPARED);
                let tick = ui.checkbox(&mut compared, shown_name(&case.name));
                if tick.on_disabled_hover_text(full).changed() {
                    actions.push(Action::ChangeTray(TrayChange::Compare(place, compared)));
                }
            });
        }
    });
}

/// Color of a scenario by its place among those compared; the hues are told apart by color-blind
/// eyes on both grounds.
fn color(ui: &Ui, place: usize) -> Color32 {
    let theme = if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light };
    let hues = &crate::picture::palette::Palette::of(theme).hues;
    shown(hues[place % hues.len()])
}

fn curves(ui: &mut Ui, desk: &Desk<'_>, finding: &ComparisonFinding) {
    let unit = finding.unit;
    let faded = if desk.findings.comparison_is_stale { 0.35 } else { 1.0 };
    let colors: Vec<Color32> =
        (0..finding.names.len()).map(|it| color(ui, it).gamma_multiply(faded)).collect();
    // A curve that ends early stays where it ended, as long as the others go on.
    let last = finding.forecasts.iter().filter_map(|it| it.steps.last()).map(|it| it.step).max();
    let last = last.unwrap_or(0);
    let response = curve::base(ui, "compared", 250.0)
        .label_formatter(move |hover| curve::point_in_words(hover, unit))
        .show(ui, |plot| {
            let held = |steps: &[crate::diffusion::StepSummary]| {
                let end = steps.last().filter(|it| it.step < last).copied();
                let end = end.map(|it| crate::diffusion::StepSummary { step: last, ..it });
                steps.iter().copied().chain(end).collect::<Vec<_>>()
            };
            for (forecast, color) in finding.forecasts.iter().zip(&colors) {
                let steps = held(&forecast.steps);
                let xs: Vec<f64> = steps.iter().map(|it| f64::from(it.step)).collect();
                let low: Vec<f64> = steps.iter().map(|it| f64::from(it.p10)).collect();
                let high: Vec<f64> = steps.iter().map(|it| f64::from(it.p90)).collect();
                let band = FilledArea::new("10 to 90 %", &xs, &low, &high);
                let band = band.fill_color(color.gamma_multiply(0.13)).stroke(Stroke::NONE);
                plot.add(band.allow_hover(false));
            }
            for ((forecast, name), color) in
                finding.forecasts.iter().zip(&finding.names).zip(&colors)
            {
                let steps = held(&forecast.steps);
                let mean: Vec<[f64; 2]> =
                    steps.iter().map(|it| [f64::from(it.step), it.cumulative_mean]).collect();
                let line = Line::new(shown_name(name), PlotPoints::from(mean));
                plot.line(line.color(*color).width(2.2));
            }
        });
    let name = format!("Adopters over {last} steps in {} scenarios", finding.names.len());
    curve::name_plot(&response.response, &name);
}

/// How many courses it rests on, or that it is not up to date.
fn state(ui: &mut Ui, desk: &Desk<'_>, finding: &ComparisonFinding, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.set_min_height(22.0);
        let courses = finding.forecasts.iter().map(|it| it.replicates).min().unwrap_or(0);
        if desk.findings.comparison_is_stale {
            let ink = palette(ui.visuals()).warn;
            ui.label(RichText::new("As it was before the last change").small().color(ink));
        } else {
            let done = grouped(usize::try_from(courses).unwrap_or(usize::MAX));
            let all = grouped(finding.replicates as usize);
            let so_far = if done == all { done } else { format!("{done} of {all}") };
            let text = format!("Bands: 10 to 90 % of {so_far} courses each, on the same chances");
            ui.label(RichText::new(text).small().color(palette(ui.visuals()).ink_soft));
        }
        if desk.is_busy(Work::Compare) {
            working(ui, desk, Work::Compare, actions);
        }
    });
}

fn differences(ui: &mut Ui, desk: &Desk<'_>, finding: &ComparisonFinding) {
    let ComparisonFinding { names, forecasts, differences, unit, .. } = finding;
    let costs = costs(desk, finding);
    let table = ComparisonTable::new(names, forecasts, differences, unit_label(*unit, 1), &costs);
    ui.horizontal(|ui| {
        heading(ui, "How far apart they end");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let tip = "As a table for a spreadsheet or a mail";
            if ui.button("Copy table").on_hover_text(tip).clicked() {
                ui.ctx().copy_text(table.to_clipboard());
            }
        });
    });
    ScrollArea::horizontal().id_salt("differences").show(ui, |ui| {
        Grid::new("differences").spacing([14.0, 4.0]).striped(true).show(ui, |ui| {
            let ink = palette(ui.visuals()).ink_soft;
            for head in &table.header {
                ui.label(RichText::new(head).small().color(ink));
            }
            ui.end_row();
            for (place, row) in table.rows.iter().enumerate() {
                for (column, cell) in row.iter().enumerate() {
                    if column == 0 {
                        named(ui, place, cell);
                    } else {
                        let clear = column == 6 && place > 0 && differences[place - 1].is_clear();
                        let text = RichText::new(cell);
                        let accent = palette(ui.visuals()).accent;
                        ui.label(if clear { text.color(accent) } else { text });
                    }
                }
                ui.end_row();
            }
        });
    });
    if differences.is_empty() {
        return;
    }
    hint(
        ui,
        "A highlighted difference cannot well be chance: its 95 % interval leaves out 0. Each is taken course by \
         course on the same chances (common random numbers).",
    );
    let by_chance = differences
        .iter()
        .zip(&table.rows[1..])
        .find(|(it, _)| it.independent_standard_error > 0.0);
    if let Some((difference, row)) = by_chance {
        hint(
            ui,
            format!(
                "Drawn apart, that of {} would have a standard error of {:.2} instead of {:.2}.",
                shown_name(&row[0]),
                difference.independent_standard_error,
                difference.standard_error
            ),
        );
    }
}

/// What the seeds of each scenario cost now; empty where nobody says what seeds cost.
fn costs(desk: &Desk<'_>, finding: &ComparisonFinding) -> Vec<f64> {
    let people = desk.project.results().network.people.len();
    let costs = desk.findings.seed_check.as_ref().and_then(|it| it.costs.as_ref());
    let Some(costs) = costs.filter(|it| it.people() == people) else { return Vec::new() };
    let is_here = |it: &&PersonIndex| (**it as usize) < people;
    let here = |seeds: &Vec<PersonIndex>| seeds.iter().filter(is_here).copied().collect::<Vec<_>>();
    finding.seeds.iter().map(|seeds| costs.total(&here(seeds))).collect()
}

/// A dot in the color of the curve, and the name.
fn named(ui: &mut Ui, place: usize, name: &str) {
    ui.horizontal(|ui| {
        ui.set_max_width(165.0);
        ui.spacing_mut().item_spacing.x = 5.0;
        let (rect, _) = ui.allocate_exact_size(vec2(10.0, 14.0), Sense::hover());
        ui.painter().circle_filled(rect.center(), 5.0, color(ui, place));
        ui.add(egui::Label::new(RichText::new(shown_name(name)).strong()).truncate());
    });
}

fn settings(ui: &mut Ui, finding: &ComparisonFinding) {
    heading(ui, "What differs");
    if finding.contrasts.is_empty() {
        hint(ui, "Nothing: the same seeds and the same settings.");
        return;
    }
    ScrollArea::horizontal().id_salt("contrasts").show(ui, |ui| {
        Grid::new("contrasts").spacing([14.0, 4.0]).striped(true).show(ui, |ui| {
            ui.label("");
            for (place, name) in finding.names.iter().enumerate() {
                named(ui, place, name);
            }
            ui.end_row();
            for contrast in &finding.contrasts {
                let ink = palette(ui.visuals()).ink_soft;
                ui.label(RichText::new(contrast.name).small().color(ink));
                for value in &contrast.values {
                    let text = if value.is_empty() { "–" } else { value };
                    ui.scope(|ui| {
                        ui.set_max_width(190.0);
                        ui.add(egui::Label::new(shown_name(text)).wrap());
                    });
                }
                ui.end_row();
            }
        });
    });
}
