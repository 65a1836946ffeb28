//! The forecast as a chart: cumulative adopters with their band, and new adopters cut into
//! Rogers' classes, in the colors of the map.
//!
//! Adopters of step *t* are drawn between *t-1* and *t*. So the area of the bell up to a point is
//! the height of the S-curve above that point, and the five colored areas are in Rogers' shares
//! exactly.

use super::Point;
use super::font;
use super::look::Theme;
use super::mark::{Anchor, Color, Mark, Shape, Sheet};
use super::palette::Palette;
use crate::diffusion::{AdopterClass, Forecast, Moment, StepUnit};
use crate::words::grouped;

/// How a chart is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartStyle {
    /// Light or dark.
    pub theme: Theme,
    /// Width and height in points.
    pub size: [u32; 2],
    /// What a step stands for.
    pub step_unit: StepUnit,
    /// A (fractional) step to mark.
    pub cursor: Option<f64>,
    /// Waves and nudges to mark.
    pub moments: Vec<Moment>,
}

impl ChartStyle {
    /// A chart as wide as a page.
    pub fn new(theme: Theme, step_unit: StepUnit) -> Self {
        Self { theme, size: [960, 380], step_unit, cursor: None, moments: Vec::new() }
    }
}

/// Mean cumulative adopters per step with the band that holds four replicates in five, over a
/// strip of Rogers' classes.
pub fn s_curve(forecast: &Forecast, style: &ChartStyle) -> Sheet {
    let palette = Palette::of(style.theme);
    let steps = &forecast.steps;
    let highest =
        steps.iter().map(|it| f64::from(it.p90).max(it.cumulative_mean)).fold(1.0, f64::max);
    let mut chart = Chart::new(style, last_step(forecast), highest);
    chart.title("Adopters over time", "mean of all runs, with the band that holds 80 % of them");
    chart.axes("people who have adopted");

    let line = |value: &dyn Fn(usize) -> f64| -> Vec<Point> {
        (0..steps.len()).map(|at| chart.at(f64::from(steps[at].step), value(at))).collect()
    };
    let mean = line(&|at| steps[at].cumulative_mean);
    let mut band = line(&|at| f64::from(steps[at].p90));
    band.extend(line(&|at| f64::from(steps[at].p10)).into_iter().rev());
    let blue = palette.hues[0];
    chart.marks.push(Mark::Area { points: band, fill: blue.faded(0.18) });
    chart.class_strip(forecast);
    chart.moments();
    chart.cursor();
    let end = mean.last().copied();
    chart.marks.push(Mark::Line { points: mean, color: blue, width: 2.5, dashed: false });
    if let (Some(end), Some(last)) = (end, steps.last()) {
        let share = 100.0 * last.cumulative_mean / forecast.people.max(1) as f64;
        chart.marks.push(Mark::Node {
            shape: Shape::Disc,
            center: end,
            radius: 4.0,
            fill: blue,
            outline: palette.background,
            outline_width: 1.5,
        });
        let label = format!("{:.0} ({share:.0} %)", last.cumulative_mean);
        chart.text([end[0] + 9.0, end[1] + 4.5], &label, 13.0, Anchor::Start, palette.ink);
    }
    chart.finish()
}

/// Mean new adopters per step, cut into Rogers' five classes. Seeds, who adopt at step 0 because
/// they were asked to, are left out.
pub fn bell(forecast: &Forecast, style: &ChartStyle) -> Sheet {
    let palette = Palette::of(style.theme);
    let new: Vec<f64> = forecast.steps.iter().skip(1).map(|it| it.new_mean).collect();
    let highest = new.iter().copied().fold(0.1, f64::max);
    let mut chart = Chart::new(style, last_step(forecast), highest);
    chart.title("New adopters per step, in Rogers' five classes", "");
    chart.axes("people who adopt");
    if let Some(cuts) = &forecast.classes {
        for (class, [from, to]) in class_spans(&cuts.steps, last_step(forecast)) {
            chart.stairs(&new, from, to, palette.class(class));
        }
        chart.class_names();
    }
    chart.moments();
    chart.cursor();
    chart.finish()
}

/// Mean cumulative adopters by what moved them first, one band upon the other; `None` where the
/// forecast tells no causes.
pub fn by_cause(forecast: &Forecast, style: &ChartStyle) -> Option<Sheet> {
    let last = forecast.steps.last().filter(|_| !forecast.causes.is_empty())?;
    let palette = Palette::of(style.theme);
    let colors = palette.causes(forecast.causes.iter().map(|it| &it.cause));
    let mut chart = Chart::new(style, last_step(forecast), last.cumulative_mean.max(1.0));
    chart.title("Adopters by first cause", "");
    chart.axes("people who have adopted");
    for ([low, high], &color) in forecast.stacked_causes().iter().zip(&colors) {
        let edge = |values: &[f64]| -> Vec<Point> {
            let steps = forecast.steps.iter().map(|it| f64::from(it.step));
            steps.zip(values).map(|(step, &value)| chart.at(step, value)).collect()
        };
        let mut points = edge(low);
        points.extend(edge(high).into_iter().rev());
        chart.marks.push(Mark::Area { points, fill: color.faded(0.8) });
    }
    let names = forecast.causes.iter().zip(colors);
    let names: Vec<(String, Color)> = names
        .map(|(it, color)| (format!("{} {:.1}", it.cause.label(), it.total()), color))
        .collect();
    chart.legend(&names);
    chart.cursor();
    Some(chart.finish())
}

/// All charts, the S-curve on top.
pub fn adoption(forecast: &Forecast, style: &ChartStyle) -> Sheet {
    let mut sheet = s_curve(forecast, style);
    if let Some(causes) = by_cause(forecast, style) {
        sheet = sheet.stacked(causes);
    }
    sheet.stacked(bell(forecast, style))
}

/// The last step of the time axis; a few steps are shown even when all is over at once.
fn last_step(forecast: &Forecast) -> f64 {
    f64::from(forecast.steps.last().map_or(0, |it| it.step).max(4))
}

/// From where to where each class reaches.
fn class_spans(cuts: &[f64; 4], last: f64) -> [(AdopterClass, [f64; 2]); 5] {
    let edge = |at: usize| if at == 0 { 0.0 } else { cuts.get(at - 1).copied().unwrap_or(last) };
    AdopterClass::ALL.map(|class| (class, [edge(class as usize), edge(class as usize + 1)]))
}

/// "1 – 2 – 5" step that cuts `range` into at most `most` parts, at least `least`.
fn tick_step(range: f64, most: f64, least: f64) -> f64 {
    let rough = (range / most).max(least);
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|it| it * power >= rough * 0.999_999);
    factor.unwrap_or(10.0) * power
}

/// Space around the plot: left, top, right, bottom (points).
const MARGINS: [f32; 4] = [72.0, 72.0, 104.0, 54.0];
const TICK_PX: f32 = 11.5;

struct Chart<'a> {
    style: &'a ChartStyle,
    palette: &'static Palette,
    /// Largest step and largest value on the axes.
    limits: [f64; 2],
    marks: Vec<Mark>,
}

impl<'a> Chart<'a> {
    fn new(style: &'a ChartStyle, last_step: f64, highest: f64) -> Self {
        // A little air above.
        let top = highest * 1.08;
        Self {
            style,
            palette: Palette::of(style.theme),
            limits: [last_step, top],
            marks: Vec::new(),
        }
    }

    fn finish(self) -> Sheet {
        Sheet { size_px: self.style.size, background: self.palette.background, marks: self.marks }
    }

    fn plot(&self) -> [f32; 4] {
        let [width, height] = self.style.size.map(|it| it as f32);
        [MARGINS[0], MARGINS[1], width - MARGINS[2], height - MARGINS[3]]
    }

    fn at(&self, step: f64, value: f64) -> Point {
        let [left, top, right, bottom] = self.plot();
        let share = |value: f64, limit: f64| narrow((value / limit).clamp(0.0, 1.0));
        [
            left + (right - left) * share(step, self.limits[0]),
            bottom - (bottom - top) * share(value, self.limits[1]),
        ]
    }

    fn text(&mut self, at: Point, text: &str, size: f32, anchor: Anchor, color: Color) {
        self.marks.push(Mark::Text {
            at,
            text: text.to_owned(),
            size,
            anchor,
            color,
            halo: Color::CLEAR,
            upright: false,
        });
    }

    fn line(&mut self, from: Point, to: Point, color: Color, width: f32, dashed: bool) {
        self.marks.push(Mark::Line { points: vec![from, to], color, width, dashed });
    }

    fn title(&mut self, title: &str, subtitle: &str) {
        let left = MARGINS[0];
        self.text([left, 30.0], title, 17.0, Anchor::Start, self.palette.ink);
        if !subtitle.is_empty() {
            self.text([left, 50.0], subtitle, 12.5, Anchor::Start, self.palette.muted_ink);
        }
    }

    fn axes(&mut self, values: &str) {
        let [left, top, right, bottom] = self.plot();
        let (ink, hairline) = (self.palette.muted_ink, self.palette.hairline);
        let [last, highest] = self.limits;
        for value in ticks(highest, tick_step(highest, 6.0, 0.0)) {
            let y = self.at(0.0, value)[1];
            self.line([left, y], [right, y], hairline, 1.0, false);
            let label = number(value, highest);
            self.text([left - 8.0, y + 4.0], &label, TICK_PX, Anchor::End, ink);
        }
        for step in ticks(last, tick_step(last, 14.0, 1.0)) {
            let x = self.at(step, 0.0)[0];
            self.line([x, bottom], [x, bottom + 5.0], ink, 1.0, false);
            let label = format!("{step:.0}");
            self.text([x, bottom + 20.0], &label, TICK_PX, Anchor::Middle, ink);
        }
        self.line([left, bottom], [right, bottom], ink, 1.0, false);
        let unit = self.style.step_unit.word(1);
        self.text([f32::midpoint(left, right), bottom + 40.0], unit, 12.0, Anchor::Middle, ink);
        self.marks.push(Mark::Text {
            at: [20.0, f32::midpoint(top, bottom)],
            text: values.to_owned(),
            size: 12.0,
            anchor: Anchor::Middle,
            color: ink,
            halo: Color::CLEAR,
            upright: true,
        });
    }

    /// The bars between two (fractional) steps as one area; `counts[t]` stands from `t` to `t+1`.
    fn stairs(&mut self, counts: &[f64], from: f64, to: f64, fill: Color) {
        let mut points = vec![self.at(from, 0.0)];
        for (step, &count) in (0_u32..).zip(counts) {
            let (left, right) = (from.max(f64::from(step)), to.min(f64::from(step + 1)));
            if right > left {
                points.extend([self.at(left, count), self.at(right, count)]);
            }
        }
        points.push(self.at(to, 0.0));
        self.marks.push(Mark::Area { points, fill });
    }

    /// A thin strip on the time axis that says which class adopts when.
    fn class_strip(&mut self, forecast: &Forecast) {
        let Some(cuts) = &forecast.classes else { return };
        let last = f64::from(forecast.steps.last().map_or(0, |it| it.step));
        for (class, [from, to]) in class_spans(&cuts.steps, last) {
            let (left, right) = (self.at(from, 0.0), self.at(to, 0.0));
            let top = left[1] - 6.0;
            let points = vec![left, [left[0], top], [right[0], top], right];
            self.marks.push(Mark::Area { points, fill: self.palette.class(class) });
        }
    }

    /// Names and shares of the five classes, under the title.
    fn class_names(&mut self) {
        let name = |class: AdopterClass| {
            let label = format!("{} {}", class.label(), percent(class.share()));
            (label, self.palette.class(class))
        };
        self.legend(&AdopterClass::ALL.map(name));
    }

    /// Names with their colors in one row under the title; what does not fit is left out.
    fn legend(&mut self, names: &[(String, Color)]) {
        let mut left = MARGINS[0];
        for (label, fill) in names {
            let width = 15.0 + font::width(label, 12.0) + 20.0;
            if left + width > self.style.size[0] as f32 {
                break;
            }
            self.marks.push(Mark::Node {
                shape: Shape::Disc,
                center: [left + 5.0, 46.0],
                radius: 5.0,
                fill: *fill,
                outline: Color::CLEAR,
                outline_width: 0.0,
            });
            self.text([left + 15.0, 50.0], label, 12.0, Anchor::Start, self.palette.muted_ink);
            left += width;
        }
    }

    /// Dashed lines with names, one below the other in turn.
    fn moments(&mut self) {
        let ink = self.palette.muted_ink;
        let style = self.style;
        let shown = style.moments.iter().filter(|it| f64::from(it.step) <= self.limits[0]);
        for (place, moment) in (0_u32..).zip(shown.collect::<Vec<_>>()) {
            let (from, to) = (f64::from(moment.step), self.limits[1]);
            let top = self.at(from, to);
            self.line(self.at(from, 0.0), top, ink, 1.0, true);
            let [left, _, right, _] = self.plot();
            let ends = top[0] > f32::midpoint(left, right);
            let (anchor, aside) = if ends { (Anchor::End, -5.0) } else { (Anchor::Start, 5.0) };
            let down = 12.0 + 14.0 * narrow(f64::from(place % 4));
            self.text([top[0] + aside, top[1] + down], &moment.label, TICK_PX, anchor, ink);
        }
    }

    fn cursor(&mut self) {
        if let Some(step) = self.style.cursor {
            let from = self.at(step, 0.0);
            let to = self.at(step, self.limits[1]);
            self.line(from, to, self.palette.accent, 1.5, false);
        }
    }
}

fn ticks(limit: f64, step: f64) -> impl Iterator<Item = f64> {
    (0_u32..).map(move |at| f64::from(at) * step).take_while(move |&it| it <= limit * 1.000_001)
}

/// A tick's value with as many decimals as the axis needs.
fn number(value: f64, limit: f64) -> String {
    if limit >= 5.0 {
        grouped(whole(value))
    } else {
        format!("{value:.*}", if limit >= 0.5 { 1 } else { 2 })
    }
}

fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent.fract() > 0.01 { format!("{percent:.1} %") } else { format!("{percent:.0} %") }
}

#[expect(clippy::cast_possible_truncation, reason = "a share in 0..=1")]
fn narrow(share: f64) -> f32 {
    share as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a tick of people")]
fn whole(value: f64) -> usize {
    value.round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::{Cause, CauseCurve, ClassCuts, StepSummary};

    fn forecast() -> Forecast {
        let mut cumulative = 4.0;
        let steps: Vec<StepSummary> = (0_u32..)
            .zip([4.0, 6.0, 20.0, 40.0, 20.0, 10.0])
            .map(|(step, new_mean)| {
                if step > 0 {
                    cumulative += new_mean;
                }
                let people = u32::try_from(whole(cumulative)).expect("few");
                StepSummary {
                    step,
                    new_mean,
                    cumulative_mean: cumulative,
                    p10: people - 3,
                    p50: people,
                    p90: people + 5,
                }
            })
            .collect();
        let curve: Vec<f64> = steps.iter().map(|it| it.cumulative_mean).collect();
        let classes = ClassCuts::of_curve(&curve, 4.0);
        Forecast {
            people: 200,
            replicates: 500,
            mean_adopters: cumulative,
            steps,
            classes,
            ..Forecast::default()
        }
    }

    /// Area of a polygon (shoelace).
    fn area(points: &[Point]) -> f32 {
        let next = points.iter().cycle().skip(1);
        let twice: f32 = points.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum();
        (twice / 2.0).abs()
    }

    #[test]
    fn the_five_colored_areas_are_in_rogers_shares() {
        let style = ChartStyle::new(Theme::Light, StepUnit::Week);
        let sheet = bell(&forecast(), &style);
        let palette = Palette::of(Theme::Light);
        let area_of = |class: AdopterClass| -> f32 {
            let filled = sheet.marks.iter().filter_map(|mark| match mark {
                Mark::Area { points, fill } if *fill == palette.class(class) => Some(area(points)),
                _ => None,
            });
            filled.sum()
        };
        let total: f32 = AdopterClass::ALL.into_iter().map(area_of).sum();
        for class in AdopterClass::ALL {
            let share = f64::from(area_of(class) / total);
            assert!((share - class.share()).abs() < 1e-3, "{class:?} {share}");
        }
    }

    #[test]
    fn bands_of_causes_fill_the_area_under_the_mean_curve() {
        let mut forecast = forecast();
        let style = ChartStyle::new(Theme::Dark, StepUnit::Week);
        assert!(by_cause(&forecast, &style).is_none());
        let share = |share: f64| {
            let new = forecast.steps.iter().map(|it| it.new_mean * share);
            new.collect::<Vec<f64>>()
        };
        forecast.causes = vec![
            CauseCurve { cause: Cause::Untold, new_mean: share(0.25) },
            CauseCurve { cause: Cause::Push("Expo".to_owned()), new_mean: share(0.75) },
        ];
        let sheet = by_cause(&forecast, &style).expect("causes");
        let areas: Vec<f32> = sheet
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Area { points, .. } => Some(area(points)),
                _ => None,
            })
            .collect();
        let [lower, upper] = areas[..] else { panic!("two bands") };
        assert!((upper / lower - 3.0).abs() < 1e-3, "{lower} {upper}");
        let bands = forecast.stacked_causes();
        for (it, top) in forecast.steps.iter().zip(&bands[1][1]) {
            assert!((it.cumulative_mean - top).abs() < 1e-9, "step {}", it.step);
        }
    }

    #[test]
    fn ticks_are_round_and_few() {
        for (range, expected) in [(5.0, 1.0), (26.0, 10.0), (97.0, 20.0), (412.0, 100.0)] {
            assert!((tick_step(range, 5.0, 0.0) - expected).abs() < 1e-9, "{range}");
        }
        assert!((tick_step(4.0, 14.0, 1.0) - 1.0).abs() < 1e-12, "no half steps");
        for limit in [0.3, 7.0, 1234.0, 9.9e6] {
            assert!((2..=7).contains(&ticks(limit, tick_step(limit, 6.0, 0.0)).count()), "{limit}");
        }
    }

    #[test]
    fn all_marks_lie_on_the_sheet_even_without_a_forecast() {
        let style =
            ChartStyle { cursor: Some(99.0), ..ChartStyle::new(Theme::Dark, StepUnit::Day) };
        for forecast in [forecast(), Forecast::default()] {
            let sheet = adoption(&forecast, &style);
            assert_eq!(sheet.size_px, [960, 760]);
            for mark in &sheet.marks {
                if let Mark::Line { points, .. } | Mark::Area { points, .. } = mark {
                    assert!(points.iter().all(|it| {
                        (0.0..=960.0).contains(&it[0]) && (0.0..=760.0).contains(&it[1])
                    }));
                }
            }
        }
    }
}
