//! The S-curve with its band, and the bell in Rogers' classes.

use egui::{Align2, Color32, RichText, Stroke, Ui};
use egui_plot::{
    Bar, BarChart, FilledArea, GridMark, HLine, HoverPosition, Line, LineStyle, Plot, PlotPoint,
    PlotPoints, PlotUi, Text, VLine,
};

use super::actions::Action;
use super::forecast::unit_label;
use super::map::shown;
use super::state::Desk;
use super::theme::palette;
use super::waves::{axis_label, moment_ink};
use super::widgets::hint;
use crate::diffusion::{AdopterClass, ClassCuts, Forecast, Moment, Scenario, StepUnit};
use crate::picture::Theme;

/// Color of a class, as on the map.
pub fn class_color(ui: &Ui, class: AdopterClass) -> Color32 {
    let theme = if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light };
    shown(crate::picture::palette::Palette::of(theme).class(class))
}

/// How much of its color a curve keeps: one that is not up to date is pale.
fn faded(desk: &Desk<'_>) -> f32 {
    if desk.findings.forecast_is_stale { 0.4 } else { 1.0 }
}

/// Cumulative adopters: mean, 10–90 % band, and the course being watched. A click on the plot
/// moves the cursor there.
pub fn cumulative(ui: &mut Ui, desk: &Desk<'_>, forecast: &Forecast, actions: &mut Vec<Action>) {
    let colors = palette(ui.visuals());
    let steps = &forecast.steps;
    let xs: Vec<f64> = steps.iter().map(|it| f64::from(it.step)).collect();
    let low: Vec<f64> = steps.iter().map(|it| f64::from(it.p10)).collect();
    let high: Vec<f64> = steps.iter().map(|it| f64::from(it.p90)).collect();
    let mean: Vec<[f64; 2]> =
        steps.iter().map(|it| [f64::from(it.step), it.cumulative_mean]).collect();
    let course: Vec<[f64; 2]> = desk.findings.course.as_ref().map_or_else(Vec::new, |course| {
        (0_u32..)
            .map(f64::from)
            .zip(course.cumulative.iter().map(|&it| f64::from(it)))
            .map(Into::into)
            .collect()
    });
    let cursor = desk.shown_step();
    let unit = desk.project.decisions().scenario().step_unit;
    let (accent, ink) = (colors.accent.gamma_multiply(faded(desk)), colors.ink);
    let scenario = desk.project.decisions().scenario();
    let marks = Marks::of(ui, scenario, steps.last().map_or(0, |it| it.step));
    let top = steps.last().map_or(0.0, |it| it.cumulative_mean.max(f64::from(it.p90)));
    let chasm = CHASM * forecast.people as f64;
    let reaches_chasm = top > chasm;
    let red = colors.bad.gamma_multiply(0.55);
    let response = dated(base(ui, "cumulative", 165.0), scenario)
        .label_formatter(move |hover| point_in_words(hover, unit))
        .show(ui, |plot| {
            plot.add(
                FilledArea::new("10 to 90 %", &xs, &low, &high)
                    .fill_color(accent.gamma_multiply(0.2))
                    .stroke(Stroke::NONE)
                    .allow_hover(false),
            );
            if let Some(seen) = super::learn::observed_steps(desk) {
                let line = Line::new("Observed", PlotPoints::from(seen));
                plot.line(line.color(ink).width(1.8));
            }
            if !course.is_empty() {
                let thin = Line::new("Course being watched", PlotPoints::from(course));
                plot.line(thin.color(ink.gamma_multiply(0.55)).width(1.2));
            }
            plot.line(Line::new("Mean", PlotPoints::from(mean)).color(accent).width(2.4));
            if reaches_chasm {
                plot.hline(HLine::new("16 %", chasm).color(red).width(1.0).allow_hover(false));
            }
            marks.draw(plot, top);
            if let Some(step) = cursor {
                plot.vline(
                    VLine::new("Now", f64::from(step)).color(ink).width(1.2).allow_hover(false),
                );
            }
            plot.pointer_coordinate()
        });
    if super::learn::observed_steps(desk).is_some() {
        hint(ui, "The line without a band: what happened (see Learn)");
    }
    if reaches_chasm {
        let source = "Moore (1991) sees a chasm there: the early adopters do not refer the majority. \
                      Maloney's 16 % rule: from there on, change the message and the medium.";
        hint(ui, "Red line: 16 % of people, the chasm").on_hover_text(source);
    }
    let last = steps.last().map_or(0, |it| it.step);
    name_plot(
        &response.response,
        &format!(
            "Cumulative adopters, {last} steps, mean {:.1} at the end",
            forecast.mean_adopters
        ),
    );
    if response.response.clicked()
        && let Some(at) = response.inner
        && at.x >= 0.0
    {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a step on screen"
        )]
        actions.push(Action::ScrubTo(at.x.round() as u32));
    }
}

/// New adopters per step. Those of step `t` are drawn over `t-1..t`, where the curve rises to them,
/// and cut where the curve passes from one class to the next, so that areas are Rogers' shares.
pub fn bell(ui: &mut Ui, desk: &Desk<'_>, forecast: &Forecast) {
    let colors = palette(ui.visuals());
    let faded = faded(desk);
    let class_colors = AdopterClass::ALL.map(|class| class_color(ui, class).gamma_multiply(faded));
    // Seeds adopt at step 0 because they were asked to: they are no part of the bell.
    let bars: Vec<Bar> = forecast
        .steps
        .iter()
        .filter(|it| it.step > 0)
        .flat_map(|it| {
            let end = f64::from(it.step);
            pieces(end - 1.0, end, forecast.classes.as_ref()).map(move |(from, to, class)| {
                Bar::new(f64::midpoint(from, to), it.new_mean)
                    .width(to - from)
                    .fill(class_colors[class as usize])
                    .stroke(Stroke::NONE)
            })
        })
        .collect();
    let count = forecast.steps.len().saturating_sub(1);
    let cursor = desk.shown_step();
    let ink = colors.ink;
    let unit = desk.project.decisions().scenario().step_unit;
    let scenario = desk.project.decisions().scenario();
    let marks = Marks::of(ui, scenario, forecast.steps.last().map_or(0, |it| it.step));
    let later = forecast.steps.iter().filter(|it| it.step > 0);
    let top = later.map(|it| it.new_mean).fold(0.0, f64::max);
    let response = dated(base(ui, "bell", 110.0), scenario).show(ui, |plot| {
        plot.bar_chart(BarChart::new("New adopters", bars).element_formatter(Box::new(
            move |bar, _| {
                format!("{} {:.0}: {:.1} new", unit_label(unit, 1), bar.argument.ceil(), bar.value)
            },
        )));
        marks.draw_plain(plot, top);
        if let Some(step) = cursor {
            plot.vline(VLine::new("Now", f64::from(step)).color(ink).width(1.2).allow_hover(false));
        }
    });
    name_plot(&response.response, &format!("New adopters over {count} steps"));
}

/// Share of people at which the chasm is looked for: innovators and early adopters.
const CHASM: f64 = 0.16;

/// Lines for waves and nudges, labelled as long as there is room.
struct Marks {
    moments: Vec<(Moment, Color32)>,
    last: f64,
}

impl Marks {
    /// Labels that fit beside each other.
    const MOST_LABELS: usize = 8;

    fn of(ui: &Ui, scenario: &Scenario, last: u32) -> Self {
        let moments = scenario.rollout.moments().into_iter().filter(|it| it.step <= last.max(1));
        let moments =
            moments.map(|it| (moment_ink(ui, it.is_nudge), it)).map(|(ink, it)| (it, ink));
        Self { moments: moments.collect(), last: f64::from(last) }
    }

    /// Draws them from the bottom up to their labels, of which the highest is at `top`. Labels stand
    /// one below the other away from the rim, so that no line runs through another's label.
    fn draw(&self, plot: &mut PlotUi<'_>, top: f64) {
        let is_late = |moment: &Moment| 2.0 * f64::from(moment.step) > self.last;
        for (place, (moment, ink)) in self.moments.iter().enumerate() {
            let (below, beside) = if is_late(moment) {
                (self.moments.len() - 1 - place, Align2::RIGHT_TOP)
            } else {
                (place, Align2::LEFT_TOP)
            };
            let height = top * (1.0 - 0.12 * (below % 4) as f64);
            Self::line(plot, moment, *ink, height);
            if self.moments.len() <= Self::MOST_LABELS {
                let label = RichText::new(format!(" {} ", moment.label)).small().color(*ink);
                let at = PlotPoint::new(f64::from(moment.step), height);
                let text = Text::new(moment.label.clone(), at, label);
                plot.text(text.anchor(beside).allow_hover(false));
            }
        }
    }

    /// The same without words, where they stand in the chart above.
    fn draw_plain(&self, plot: &mut PlotUi<'_>, top: f64) {
        for (moment, ink) in &self.moments {
            Self::line(plot, moment, *ink, top);
        }
    }

    fn line(plot: &mut PlotUi<'_>, moment: &Moment, ink: Color32, top: f64) {
        let at = f64::from(moment.step);
        let line = Line::new(moment.label.clone(), vec![[at, 0.0], [at, top]]);
        let line = line.color(ink.gamma_multiply(0.8)).width(1.0);
        plot.line(line.style(LineStyle::dashed_dense()).allow_hover(false));
    }
}

/// What is told of the point of a curve under the pointer: "Scenario A, week 3: 12.5".
pub fn point_in_words(hover: &HoverPosition<'_>, unit: StepUnit) -> Option<String> {
    match hover {
        HoverPosition::NearDataPoint { plot_name, position, .. } => {
            let unit = unit_label(unit, 1);
            Some(format!("{plot_name}\n{unit} {:.0}: {:.1}", position.x, position.y))
        }
        HoverPosition::Elsewhere { .. } => None,
    }
}

/// The plot with days on its axis, where the start is known.
fn dated<'a>(plot: Plot<'a>, scenario: &Scenario) -> Plot<'a> {
    if scenario.rollout.start.is_none() {
        return plot;
    }
    let scenario = scenario.clone();
    plot.x_axis_formatter(move |mark, _| axis_label(&scenario, mark.value))
}

/// The stretch `from..to` of the time axis, cut into classes.
fn pieces(
    from: f64,
    to: f64,
    cuts: Option<&ClassCuts>,
) -> impl Iterator<Item = (f64, f64, AdopterClass)> {
    let inside: Vec<f64> = cuts.map_or_else(Vec::new, |cuts| {
        cuts.steps.into_iter().filter(|&cut| from < cut && cut < to).collect()
    });
    let starts: Vec<f64> = [from].into_iter().chain(inside.iter().copied()).collect();
    let class_of = cuts.copied();
    starts.into_iter().zip(inside.into_iter().chain([to])).map(move |(from, to)| {
        let middle = f64::midpoint(from, to);
        (from, to, class_of.map_or(AdopterClass::EarlyMajority, |cuts| cuts.class_at(middle)))
    })
}

/// A plot that only shows: zero in view, no dragging, no zooming.
pub(super) fn base(ui: &Ui, id: &'static str, height: f32) -> Plot<'static> {
    Plot::new(id)
        .grid_color(palette(ui.visuals()).line)
        .height(height)
        .include_x(0.0)
        .include_y(0.0)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_background(false)
        .show_crosshair(false)
        .set_margin_fraction(egui::vec2(0.02, 0.06))
        .y_axis_min_width(28.0)
        .y_grid_spacer(|input| quarters(input.bounds))
}

/// Marks that cut what is in view into some four parts of a round length (1, 2 or 5 times a power of
/// ten). Powers of ten alone leave an axis up to 900 with no number but its zero.
fn quarters((low, high): (f64, f64)) -> Vec<GridMark> {
    let part = (high - low) / 4.0;
    if !(part.is_finite() && part > 0.0) {
        return Vec::new();
    }
    let power = 10_f64.powf(part.log10().floor());
    let length = [1.0, 2.0, 5.0, 10.0].map(|it| it * power);
    let step_size = length.into_iter().find(|it| *it >= 0.8 * part).unwrap_or(10.0 * power);
    let mark = |at: i32| GridMark { value: f64::from(at) * step_size, step_size };
    #[expect(clippy::cast_possible_truncation, reason = "a handful of parts")]
    let [first, last] = [(low / step_size).ceil(), (high / step_size).floor()].map(|it| it as i32);
    (first..=last).map(mark).collect()
}

pub(super) fn name_plot(response: &egui::Response, name: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Figure, true, name));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_of_any_length_has_a_few_round_numbers() {
        for (high, marks) in [
            (690.0, vec![0.0, 200.0, 400.0, 600.0]),
            (141.0, vec![0.0, 50.0, 100.0]),
            (0.9, vec![0.0, 0.2, 0.4, 0.6, 0.8]),
            (100.0, vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
        ] {
            let values: Vec<f64> = quarters((0.0, high)).iter().map(|it| it.value).collect();
            assert_eq!(values.len(), marks.len(), "{values:?}");
            assert!(values.iter().zip(&marks).all(|(a, b)| (a - b).abs() < 1e-9), "{values:?}");
        }
        assert!(quarters((0.0, 0.0)).is_empty() && quarters((0.0, f64::INFINITY)).is_empty());
    }

    #[test]
    fn bars_are_cut_where_one_class_ends() {
        let cuts = ClassCuts { steps: [0.25, 0.5, 1.5, 3.0] };
        let told: Vec<_> = pieces(0.0, 1.0, Some(&cuts)).collect();
        let expected = [
            (0.0, 0.25, AdopterClass::Innovator),
            (0.25, 0.5, AdopterClass::EarlyAdopter),
            (0.5, 1.0, AdopterClass::EarlyMajority),
        ];
        assert_eq!(told, expected);
        let whole: Vec<_> = pieces(3.0, 4.0, Some(&cuts)).collect();
        assert_eq!(whole, [(3.0, 4.0, AdopterClass::Laggard)]);
    }
}
