//! The observed curve, Rogers' classes of those who adopted, and the hazard of each period.

use std::sync::Arc;

use egui::{Grid, RichText, Ui};
use egui_plot::{Bar, BarChart};

use super::actions::LearnAction;
use super::curve::{self, Continued, few_marks};
use crate::diffusion::{AdopterClass, StepUnit};
use crate::learning::{Lessons, Timeline};
use crate::ui::actions::Action;
use crate::ui::curve::{base, class_color, name_plot};
use crate::ui::person::capitalized;
use crate::ui::state::Desk;
use crate::ui::theme::{figure, palette};
use crate::ui::widgets::{card, grouped, heading, hint};

/// Shows how adoption went, the fit that is chosen and the forecast that goes on from it.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    lessons: &Arc<Lessons>,
    actions: &mut Vec<Action>,
) {
    let decisions = desk.project.decisions();
    card(ui, |ui| {
        heading(ui, "What happened");
        let people = lessons.history.times.len();
        let adopters = lessons.history.adopters();
        ui.horizontal(|ui| {
            ui.label(RichText::new(grouped(adopters)).text_style(figure()).strong());
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space(5.0);
                let share = 100.0 * adopters as f64 / people.max(1) as f64;
                hint(ui, format!("of {} have adopted ({share:.0} %)", grouped(people)));
                let half = lessons.half_adopted().map_or_else(
                    || "half have not adopted yet".to_owned(),
                    |row| format!("half had by {}", row.label),
                );
                let first = lessons.periods.first().map_or("", |it| it.label.as_str());
                let last = lessons.periods.last().map_or("", |it| it.label.as_str());
                hint(ui, format!("{first} to {last}; {half}"));
            });
        });
        let settings = decisions.learning;
        let fit = lessons.curve_fit(settings.method, settings.free_market);
        let fit = fit.and_then(|it| it.outcome.as_ref().ok());
        let case = decisions.case();
        let forecast = desk
            .findings
            .forecast
            .as_ref()
            .filter(|_| case.from_today && !desk.findings.forecast_is_stale);
        let next = forecast.map(|forecast| Continued { forecast, unit: case.scenario.step_unit });
        curve::observed(ui, lessons, fit, next.as_ref());
        let mut drawn = match fit {
            Some(fit) => format!("Dashed: Bass curve by {}.", fit.method.label()),
            None => "No Bass curve could be laid through this.".to_owned(),
        };
        if next.is_some() {
            drawn.push_str(" Blue: the forecast from today, with its band.");
        }
        hint(ui, drawn);
        if let Timeline::Days { unit, .. } = lessons.history.timeline {
            period(ui, desk, unit, actions);
        }
    });
}

/// How long a period is, where times are dates.
fn period(ui: &mut Ui, desk: &Desk<'_>, now: StepUnit, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.label("Per").on_hover_text("Length of a period");
        for unit in StepUnit::ALL {
            if ui.selectable_label(unit == now, unit.word(1)).clicked() && unit != now {
                let mut settings = desk.project.decisions().learning;
                settings.period = Some(unit);
                actions.push(Action::Learn(LearnAction::SetSettings(settings)));
            }
        }
    });
}

/// Shows Rogers' classes of those who adopted, cut both ways.
pub(super) fn classes(ui: &mut Ui, lessons: &Lessons) {
    card(ui, |ui| {
        heading(ui, "Rogers' classes, as observed");
        let ink = palette(ui.visuals()).ink_soft;
        Grid::new("observed classes").num_columns(4).min_col_width(0.0).spacing([10.0, 4.0]).show(
            ui,
            |ui| {
                for title in ["", "", "by rank", "by mean ± sd"] {
                    ui.label(RichText::new(title).small().color(ink));
                }
                ui.end_row();
                let counts = lessons.by_rank.iter().zip(&lessons.by_deviation);
                for (class, (rank, deviation)) in AdopterClass::ALL.into_iter().zip(counts) {
                    let (rect, _) =
                        ui.allocate_exact_size(egui::vec2(12.0, 14.0), egui::Sense::hover());
                    ui.painter().circle_filled(rect.center(), 5.0, class_color(ui, class));
                    ui.label(capitalized(class.label()));
                    ui.label(grouped(*rank));
                    ui.label(grouped(*deviation));
                    ui.end_row();
                }
            },
        );
        if lessons.by_deviation[0] == 0 && lessons.by_rank[0] > 0 {
            hint(
                ui,
                "By mean and standard deviation nobody is an innovator: two deviations before the mean \
                 lie before the first period.",
            );
        }
    });
}

/// Shows the chance to adopt per period for who had not, and whether adopters cluster.
pub(super) fn hazards(ui: &mut Ui, lessons: &Lessons) {
    card(ui, |ui| {
        let word = lessons.history.timeline.word();
        heading(ui, &format!("Who adopted of those left, per {word}"));
        let bars: Vec<Bar> = lessons
            .periods
            .iter()
            .skip(1)
            .map(|row| {
                Bar::new(f64::from(row.period) + 1.0, 100.0 * row.hazard)
                    .width(0.8)
                    .name(&row.label)
            })
            .collect();
        let timeline = lessons.history.timeline;
        let accent = palette(ui.visuals()).accent;
        let response = base(ui, "hazard", 100.0)
            .x_grid_spacer(|it| few_marks(it.bounds))
            .y_grid_spacer(|it| few_marks(it.bounds))
            .x_axis_formatter(move |mark, _| {
                #[expect(clippy::cast_possible_truncation, reason = "a period on screen")]
                let period = mark.value.round() as i64 - 1;
                if period < 0 || mark.value.fract() != 0.0 {
                    String::new()
                } else {
                    timeline.label(period)
                }
            })
            .show(ui, |plot| {
                let chart = BarChart::new("Hazard", bars).color(accent);
                let tell = |bar: &Bar, _: &BarChart| format!("{}: {:.1} %", bar.name, bar.value);
                plot.bar_chart(chart.element_formatter(Box::new(tell)));
            });
        name_plot(&response.response, &format!("Hazard over {} periods", lessons.periods.len()));
        hint(
            ui,
            "Percent (hazard). A rise says that it becomes easier to adopt, for whatever reason.",
        );
        if let Some(moran) = lessons.periods.last().and_then(|it| it.moran) {
            let told = match moran.z() {
                Some(z) if z > 1.96 => "more than by chance",
                Some(z) if z < -1.96 => "less than by chance",
                Some(_) => "about as by chance",
                None => "nothing to tell: all or nobody",
            };
            let z = moran.z().map_or_else(String::new, |z| format!(", {z:.1} sd from chance"));
            hint(
                ui,
                format!(
                    "Adopters listen to adopters {told} (Moran's I {:.3}{z}). Likeness does that as well as \
                     influence.",
                    moran.observed
                ),
            );
        }
    });
}
