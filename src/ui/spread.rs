//! How numbers are spread, as bars, and a range of them that is dragged or typed.
//!
//! What is typed and makes no sense is refused beside the fields with the reason; nothing is put
//! right in silence. A bound may lie beyond what anybody has: it holds for who comes later.

use egui::{Id, Rect, Role, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::field::reason;
use super::theme::palette;
use super::widgets::{grouped, hint};

/// Bars drawn.
const BARS: usize = 40;
const HEIGHT: f32 = 46.0;

/// How many people have which numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    least: f64,
    greatest: f64,
    /// People in each bar, from the least number on.
    bars: Vec<usize>,
    /// Where most numbers are small and a few are not, the axis gives room to the small ones: numbers
    /// far below this are spaced evenly, those far above by their ratio.
    bend: Option<f64>,
    is_whole: bool,
}

/// How numbers are shown and read.
pub trait Scale {
    /// As people write it.
    fn shown(&self, number: f64) -> String;
    /// What was typed, or why it is none.
    ///
    /// # Errors
    /// The reason, as a sentence without its end.
    fn read(&self, text: &str) -> Result<f64, String>;
}

impl Spread {
    /// How far above the mean the greatest number is where the axis bends.
    const SKEWED: f64 = 12.0;

    /// Of these numbers, each with how many have it; `None` of none.
    pub fn of(numbers: &[(f64, usize)]) -> Option<Self> {
        let finite = || numbers.iter().filter(|(number, _)| number.is_finite());
        let least = finite().map(|it| it.0).min_by(f64::total_cmp)?;
        let greatest = finite().map(|it| it.0).max_by(f64::total_cmp)?;
        let people: usize = finite().map(|it| it.1).sum();
        let mean = finite().map(|it| (it.0 - least) * it.1 as f64).sum::<f64>() / people as f64;
        let is_skewed = greatest - least > Self::SKEWED * mean;
        let bend = Some(mean).filter(|it| is_skewed && *it > 0.0);
        let is_whole = finite().all(|it| it.0.fract() == 0.0);
        let mut spread = Self { least, greatest, bars: vec![0; BARS], bend, is_whole };
        for &(number, count) in finite() {
            let bar = spread.bar(number);
            spread.bars[bar] += count;
        }
        Some(spread)
    }

    /// The least and the greatest number.
    pub fn range(&self) -> (f64, f64) {
        (self.least, self.greatest)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in 0..=1")]
    fn bar(&self, number: f64) -> usize {
        ((self.place(number) * BARS as f64) as usize).min(BARS - 1)
    }

    /// Where on the axis, in 0..=1.
    fn place(&self, number: f64) -> f64 {
        let (above, span) = (number - self.least, self.greatest - self.least);
        let place = match self.bend {
            _ if span <= 0.0 => 0.0,
            Some(bend) => (above / bend).max(0.0).ln_1p() / (span / bend).ln_1p(),
            None => above / span,
        };
        place.clamp(0.0, 1.0)
    }

    /// The round number nearest to a place on the axis; at its ends exactly theirs.
    fn number(&self, place: f64) -> f64 {
        let span = self.greatest - self.least;
        if place <= 0.0 || span <= 0.0 {
            return self.least;
        }
        if place >= 1.0 {
            return self.greatest;
        }
        let above = match self.bend {
            Some(bend) => (place * (span / bend).ln_1p()).exp_m1() * bend,
            None => place * span,
        };
        // As fine as the hand can tell where it is: a hundredth of the axis, or of the number.
        let about = if self.bend.is_some() { above.max(span * 1e-6) } else { span };
        let step = 10.0_f64.powf((about / 100.0).log10().floor());
        let step = if self.is_whole { step.max(1.0) } else { step };
        let number = ((self.least + above) / step).round() * step;
        number.clamp(self.least, self.greatest)
    }
}

/// Shows bars and bounds; answers the range when it changed, and whether it is being dragged.
pub fn range(
    ui: &mut Ui,
    name: &str,
    (spread, scale): (&Spread, &dyn Scale),
    (low, high): (f64, f64),
) -> Option<((f64, f64), bool)> {
    let dragged = bars(ui, name, spread, (low, high)).map(|range| (range, true));
    let mut typed = None;
    let mut refused = None;
    let not_above = |it: f64| {
        let words = || format!("From {} would be above to {}", scale.shown(it), scale.shown(high));
        if it <= high { Ok(it) } else { Err(words()) }
    };
    let not_below = |it: f64| {
        let words = || format!("To {} would be below from {}", scale.shown(it), scale.shown(low));
        if it >= low { Ok(it) } else { Err(words()) }
    };
    ui.horizontal(|ui| {
        let width = ((ui.available_width() - 70.0) / 2.0).clamp(56.0, 110.0);
        let read = |text: &str| scale.read(text).and_then(not_above);
        let from = bound(ui, (name, "from"), width, &scale.shown(low), &read);
        typed = from.typed.map(|it| (it, high));
        refused = from.refused;
        let read = |text: &str| scale.read(text).and_then(not_below);
        let to = bound(ui, (name, "to"), width, &scale.shown(high), &read);
        typed = to.typed.map(|it| (low, it)).or(typed);
        refused = to.refused.or(refused.take());
    });
    reason(ui, refused.as_deref());
    typed.map(|range| (range, false)).or(dragged)
}

/// Draws the bars with a handle at each bound. The handle nearer to where a drag begins follows it.
fn bars(ui: &mut Ui, name: &str, spread: &Spread, (low, high): (f64, f64)) -> Option<(f64, f64)> {
    const GRIP: f32 = 6.0;
    let size = vec2(ui.available_width(), HEIGHT + 2.0 * GRIP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let people = grouped(spread.bars.iter().sum());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Figure, true, format!("{name} of {people} people, spread out"))
    });
    let axis = rect.shrink2(vec2(GRIP + 1.0, 0.0));
    let at = |number: f64| axis.left() + narrow(spread.place(number)) * axis.width();
    let colors = palette(ui.visuals());
    let painter = ui.painter();
    let most = spread.bars.iter().copied().max().unwrap_or(1).max(1) as f32;
    let floor = rect.bottom() - 2.0 * GRIP;
    let width = axis.width() / BARS as f32;
    let (from, to) = (spread.bar(low), spread.bar(high));
    for (bar, &count) in spread.bars.iter().enumerate().filter(|(_, count)| **count > 0) {
        // The root lets a single person be seen beside thousands.
        let height = ((count as f32 / most).sqrt() * HEIGHT).max(2.0);
        let left = axis.left() + bar as f32 * width;
        let bounds =
            Rect::from_min_max(pos2(left + 0.5, floor - height), pos2(left + width - 0.5, floor));
        let is_within = (from..=to).contains(&bar);
        painter.rect_filled(bounds, 1.0, if is_within { colors.accent } else { colors.line });
    }
    painter.hline(axis.x_range(), floor, egui::Stroke::new(1.0, colors.line));
    let span = egui::Stroke::new(2.5, colors.accent);
    painter.hline(at(low)..=at(high), floor + GRIP, span);
    for number in [low, high] {
        let center = pos2(at(number), floor + GRIP);
        painter.circle(center, GRIP, colors.card, egui::Stroke::new(2.0, colors.accent));
    }
    let response = response.on_hover_cursor(egui::CursorIcon::ResizeHorizontal);
    let hand = response.interact_pointer_pos()?;
    let id = response.id.with("grip");
    if response.drag_started() || response.clicked() {
        // Where both handles are in one place, the side of the pointer tells them apart.
        let (left, right) = ((hand.x - at(low)).abs(), (hand.x - at(high)).abs());
        let takes_high = right < left || (right - left).abs() < 0.5 && hand.x > at(high);
        ui.data_mut(|data| data.insert_temp(id, takes_high));
    }
    if !response.dragged() && !response.clicked() {
        return None;
    }
    let takes_high = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let number = spread.number(f64::from((hand.x - axis.left()) / axis.width().max(1.0)));
    // A handle stops at the other one.
    let range = if takes_high { (low, number.max(low)) } else { (number.min(high), high) };
    (range != (low, high)).then_some(range)
}

#[expect(clippy::cast_possible_truncation, reason = "in 0..=1")]
fn narrow(place: f64) -> f32 {
    place as f32
}

/// What became of a bound in this frame.
struct Bound {
    typed: Option<f64>,
    /// Why the last text was refused; stays until another one is taken.
    refused: Option<String>,
}

/// What is being typed into a bound.
#[derive(Clone, Default)]
struct Draft {
    text: String,
    /// What was shown when it was refused, and why.
    refused: Option<(String, String)>,
}

fn bound(
    ui: &mut Ui,
    (name, which): (&str, &str),
    width: f32,
    shown: &str,
    read: &dyn Fn(&str) -> Result<f64, String>,
) -> Bound {
    hint(ui, which);
    let id: Id = ui.make_persistent_id((name, which));
    let mut draft: Draft = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if !ui.memory(|memory| memory.has_focus(id)) {
        shown.clone_into(&mut draft.text);
    }
    let field = TextEdit::singleline(&mut draft.text)
        .id(id)
        .desired_width(width)
        .background_color(palette(ui.visuals()).field);
    let response = ui.add(field).accessible_name(format!("{name} {which}"));
    let mut typed = None;
    if response.lost_focus() && draft.text.trim() != shown {
        match read(draft.text.trim()) {
            Ok(number) => (typed, draft.refused) = (Some(number), None),
            Err(why) => draft.refused = Some((shown.to_owned(), why)),
        }
    }
    draft.refused.take_if(|(then, _)| then != shown);
    let refused = draft.refused.as_ref().map(|(then, why)| format!("{why}. It stays {then}."));
    ui.data_mut(|data| data.insert_temp(id, draft));
    Bound { typed, refused }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "round numbers and the ends are exact")]
mod tests {
    use super::*;

    fn spread(numbers: &[f64]) -> Spread {
        let numbers: Vec<(f64, usize)> = numbers.iter().map(|&it| (it, 1)).collect();
        Spread::of(&numbers).expect("numbers")
    }

    #[test]
    fn places_on_the_axis_are_round_numbers() {
        let even = spread(&[0.0, 250.0, 500.0, 1000.0]);
        assert_eq!(even.number(0.5), 500.0);
        assert_eq!(even.number(0.333), 330.0);
        assert_eq!([even.number(-1.0), even.number(2.0)], [0.0, 1000.0]);
        let shares = spread(&[0.017, 0.4, 0.93]);
        assert_eq!(shares.number(0.0), 0.017, "the ends are exact, or they would leave people out");
        assert_eq!(shares.number(1.0), 0.93);
        assert!((shares.number(0.5) - 0.474).abs() < 1e-9);
        let whole = spread(&[1.0, 2.0, 4.0]);
        assert_eq!(whole.number(0.4), 2.0);
    }

    #[test]
    fn few_great_numbers_do_not_squeeze_the_small_ones() {
        let numbers: Vec<f64> = (0..1000).map(|it| f64::from(it % 10)).chain([50_000.0]).collect();
        let skewed = spread(&numbers);
        assert!(skewed.place(9.0) > 0.01, "{}", skewed.place(9.0));
        assert!(skewed.bars.iter().filter(|&&it| it > 0).count() > 1);
        for number in [3.0, 200.0, 4_000.0] {
            let back = skewed.number(skewed.place(number));
            assert!((back - number).abs() <= 0.01 * number + 1.0, "{number} {back}");
        }
        assert_eq!(skewed.bars.iter().sum::<usize>(), 1001);
    }

    #[test]
    fn one_number_or_none_is_no_trouble() {
        let one = spread(&[7.0, 7.0]);
        assert_eq!((one.place(7.0), one.number(0.7)), (0.0, 7.0));
        assert_eq!(Spread::of(&[]), None);
        assert_eq!(Spread::of(&[(f64::NAN, 3)]), None);
    }
}
