//! Curves of adopters: what happened, what was fitted to it, what comes next, what was planned.

use egui::{Stroke, Ui};
use egui_plot::{FilledArea, GridMark, HoverPosition, Line, LineStyle, PlotPoints, Points, VLine};

use crate::diffusion::{Forecast, StepUnit};
use crate::learning::{BassFit, Lessons, PeriodRow, Timeline};
use crate::project::Progress;
use crate::ui::curve::{base, name_plot};
use crate::ui::state::Desk;
use crate::ui::theme::palette;

/// A forecast drawn on from the last period.
pub(super) struct Continued<'a> {
    /// The forecast.
    pub forecast: &'a Forecast,
    /// Length of its steps.
    pub unit: StepUnit,
}

/// Draws the observed curve with points, a fitted one dashed, and the forecast with its band from
/// where the observed one ends.
pub(super) fn observed(
    ui: &mut Ui,
    lessons: &Lessons,
    fit: Option<&BassFit>,
    next: Option<&Continued<'_>>,
) {
    let colors = palette(ui.visuals());
    let periods = lessons.periods.len();
    let ends = (1_u32..).map(f64::from).zip(&lessons.periods);
    let seen: Vec<[f64; 2]> = [[0.0, 0.0]]
        .into_iter()
        .chain(ends.map(|(at, row)| [at, row.cumulative_adopters as f64]))
        .collect();
    let undated = lessons.history.undated.len() as f64;
    let from = seen.last().copied().unwrap_or_default();
    let step = next.map_or(1.0, |it| periods_per_step(&lessons.history.timeline, it.unit));
    let ahead = next.map_or(0.0, |it| step * it.forecast.steps.len().saturating_sub(1) as f64);
    let fitted = fit.map(|fit| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few periods")]
        let shown = periods + ahead.ceil() as usize;
        let mut sum = 0.0;
        let point = |(at, new): (u32, f64)| {
            sum += new;
            [f64::from(at), sum]
        };
        let points: Vec<[f64; 2]> = (1..).zip(fit.extended(shown)).map(point).collect();
        [[0.0, 0.0]].into_iter().chain(points).collect::<Vec<[f64; 2]>>()
    });
    let timeline = lessons.history.timeline;
    let label = move |x: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "a period on screen")]
        let period = x.round() as i64 - 1;
        if period < 0 { String::new() } else { timeline.label(period) }
    };
    let response = base(ui, "observed", 170.0)
        .x_grid_spacer(|it| few_marks(it.bounds))
        .y_grid_spacer(|it| few_marks(it.bounds))
        .x_axis_formatter(
            move |mark, _| {
                if mark.value.fract() == 0.0 { label(mark.value) } else { String::new() }
            },
        )
        .label_formatter(move |hover| match hover {
            HoverPosition::NearDataPoint { plot_name, position, .. } => {
                Some(format!("{plot_name}\n{}: {:.0}", label(position.x), position.y))
            }
            HoverPosition::Elsewhere { .. } => None,
        })
        .show(ui, |plot| {
            if let Some(next) = next {
                let steps = &next.forecast.steps;
                let xs: Vec<f64> =
                    steps.iter().map(|it| from[0] + step * f64::from(it.step)).collect();
                let of = |value: &dyn Fn(&crate::diffusion::StepSummary) -> f64| {
                    steps.iter().map(|it| value(it) - undated).collect::<Vec<f64>>()
                };
                let (low, high) = (of(&|it| f64::from(it.p10)), of(&|it| f64::from(it.p90)));
                plot.add(
                    FilledArea::new("10 to 90 %", &xs, &low, &high)
                        .fill_color(colors.accent.gamma_multiply(0.2))
                        .stroke(Stroke::NONE)
                        .allow_hover(false),
                );
                let mean = xs.iter().zip(of(&|it| it.cumulative_mean)).map(|(&x, y)| [x, y]);
                let mean: Vec<[f64; 2]> = mean.collect();
                plot.line(
                    Line::new("Forecast", PlotPoints::from(mean)).color(colors.accent).width(2.2),
                );
                plot.vline(
                    VLine::new("Today", from[0]).color(colors.line).width(1.2).allow_hover(false),
                );
            }
            if let Some(fitted) = fitted {
                plot.line(
                    Line::new("Fitted", PlotPoints::from(fitted))
                        .color(colors.warn)
                        .width(1.6)
                        .style(LineStyle::dashed_dense()),
                );
            }
            plot.line(
                Line::new("Observed", PlotPoints::from(seen.clone())).color(colors.ink).width(2.0),
            );
            if seen.len() <= 60 {
                plot.points(Points::new("Observed", seen).color(colors.ink).radius(2.4));
            }
        });
    let adopters = lessons.history.adopters();
    name_plot(
        &response.response,
        &format!("Observed adopters, {periods} periods, {adopters} at the end"),
    );
}

/// The observed curve on the steps of the case at hand: from step 0 on where the forecast begins with
/// the seeds alone, up to step 0 where it goes on from today.
pub fn observed_steps(desk: &Desk<'_>) -> Option<Vec<[f64; 2]>> {
    let Some(Ok(lessons)) = &desk.findings.lessons else { return None };
    let case = desk.project.decisions().case();
    let per_step = periods_per_step(&lessons.history.timeline, case.scenario.step_unit);
    let last = f64::from(lessons.history.periods - 1);
    let shift = if case.from_today { last } else { 0.0 };
    let undated = if case.from_today { lessons.history.undated.len() } else { 0 };
    let point = |row: &PeriodRow| {
        let at = (f64::from(row.period) - shift) / per_step;
        [at, (row.cumulative_adopters + undated) as f64]
    };
    Some(lessons.periods.iter().map(point).collect())
}

/// Marks of an axis at 1, 2 or 5 times a power of ten, four or so of them, so that also a small picture
/// has numbers beside it.
pub(super) fn few_marks((low, high): (f64, f64)) -> Vec<GridMark> {
    let wanted = ((high - low) / 4.0).max(1e-9);
    let power = 10_f64.powf(wanted.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|it| it * power).into_iter().find(|&it| it >= wanted);
    let step = step.unwrap_or(wanted).max(1.0);
    let mut marks = Vec::new();
    // Adding nothing makes a plain 0 of a negative one.
    let mut at = (low / step).ceil() * step + 0.0;
    while at <= high && marks.len() < 20 {
        marks.push(GridMark { value: at, step_size: (high - low) / 3.0 });
        at += step;
    }
    marks
}

/// Periods that one step of a forecast takes; 1 where nothing tells.
fn periods_per_step(timeline: &Timeline, step: StepUnit) -> f64 {
    let days = |unit: StepUnit| match unit {
        StepUnit::Day => 1.0,
        StepUnit::Week => 7.0,
        StepUnit::Month => 365.25 / 12.0,
        StepUnit::Quarter => 365.25 / 4.0,
        StepUnit::Year => 365.25,
    };
    timeline.unit().map_or(1.0, |unit| days(step) / days(unit))
}

/// Draws what was promised with its band, and what happened.
pub(super) fn progress(ui: &mut Ui, progress: &Progress) {
    let colors = palette(ui.visuals());
    let xs: Vec<f64> = progress.steps.iter().map(|it| it.step as f64).collect();
    let low: Vec<f64> = progress.steps.iter().map(|it| f64::from(it.promised.low)).collect();
    let high: Vec<f64> = progress.steps.iter().map(|it| f64::from(it.promised.high)).collect();
    let mean: Vec<[f64; 2]> =
        progress.steps.iter().map(|it| [it.step as f64, it.promised.mean]).collect();
    let actual: Vec<[f64; 2]> =
        progress.steps.iter().filter_map(|it| Some([it.step as f64, it.actual? as f64])).collect();
    let unit = progress.step_unit.word(1);
    let response = base(ui, "progress", 150.0)
        .x_grid_spacer(|it| few_marks(it.bounds))
        .y_grid_spacer(|it| few_marks(it.bounds))
        .label_formatter(move |hover| match hover {
            HoverPosition::NearDataPoint { plot_name, position, .. } => {
                Some(format!("{plot_name}\n{unit} {:.0}: {:.0}", position.x, position.y))
            }
            HoverPosition::Elsewhere { .. } => None,
        })
        .show(ui, |plot| {
            plot.add(
                FilledArea::new("10 to 90 %", &xs, &low, &high)
                    .fill_color(colors.accent.gamma_multiply(0.2))
                    .stroke(Stroke::NONE)
                    .allow_hover(false),
            );
            plot.line(Line::new("Plan", PlotPoints::from(mean)).color(colors.accent).width(2.0));
            plot.line(
                Line::new("Actual", PlotPoints::from(actual.clone())).color(colors.ink).width(2.2),
            );
            if actual.len() <= 60 {
                plot.points(Points::new("Actual", actual).color(colors.ink).radius(2.6));
            }
        });
    let under_way = progress.under_way;
    name_plot(
        &response.response,
        &format!("Plan and actual adopters, {unit} {under_way} under way"),
    );
}
