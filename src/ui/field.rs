//! A number that a person sets by dragging or typing. What makes no sense is refused beside the
//! field with the reason, and the number stays as it was; nothing is put right in silence.

use std::cell::Cell;
use std::ops::RangeInclusive;

use egui::emath::Numeric;
use egui::{DragValue, Id, Response, RichText, Slider, SliderClamping, Ui};

use super::theme::palette;
use crate::network::number;

/// A field for one number: its name, how far the mouse can take it, and what it may be.
///
/// ```no_run
/// # fn show(ui: &mut egui::Ui, cost: &mut f64) {
/// use jaywalk::ui::field::NumberField;
///
/// let check = |cost: f64| {
///     if cost >= 0.0 { Ok(()) } else { Err(format!("The fee must be 0 or more, but is {cost}")) }
/// };
/// if NumberField::new("Fee per person", 0.0..=1000.0, &check).show(ui, cost) {
///     // it was changed, and makes sense
/// }
/// # }
/// ```
pub struct NumberField<'a> {
    name: &'a str,
    reach: RangeInclusive<f64>,
    check: &'a dyn Fn(f64) -> Result<(), String>,
    on_rail: bool,
    speed: f64,
    step: Option<f64>,
    suffix: String,
}

/// What became of a field in this frame.
#[derive(Debug)]
pub struct Edited {
    /// Of the field itself.
    pub response: Response,
    /// True when the number was changed.
    pub changed: bool,
    /// Why the last number that was typed was refused; stays until another one is taken.
    pub refused: Option<String>,
}

impl<'a> NumberField<'a> {
    /// A field called `name`. Dragging stays within `reach`; what is typed may be anything that
    /// `check` lets pass.
    pub fn new(
        name: &'a str,
        reach: RangeInclusive<f64>,
        check: &'a dyn Fn(f64) -> Result<(), String>,
    ) -> Self {
        Self { name, reach, check, on_rail: false, speed: 0.1, step: None, suffix: String::new() }
    }

    /// Adds a slider.
    #[must_use]
    pub fn on_rail(mut self) -> Self {
        self.on_rail = true;
        self
    }

    /// How much a point of dragging changes the number, where there is no slider.
    #[must_use]
    pub fn speed(mut self, speed: f64) -> Self {
        self.speed = speed;
        self
    }

    /// Dragging goes from one multiple of this to the next; typing need not.
    #[must_use]
    pub fn step(mut self, step: f64) -> Self {
        self.step = Some(step);
        self
    }

    /// Text behind the number.
    #[must_use]
    pub fn suffix(mut self, suffix: impl Into<String>) -> Self {
        self.suffix = suffix.into();
        self
    }

    /// Shows the name, the field and, if need be, the reason; says whether the number was changed.
    pub fn show<N: Numeric>(self, ui: &mut Ui, value: &mut N) -> bool {
        let label = ui.label(self.name);
        let edited = self.inline(ui, value);
        edited.response.labelled_by(label.id);
        reason(ui, edited.refused.as_deref());
        edited.changed
    }

    /// Shows the field alone, named for those who cannot see it; the reason is the caller's to show,
    /// with [`reason`] below the row.
    pub fn inline<N: Numeric>(self, ui: &mut Ui, value: &mut N) -> Edited {
        let old = value.to_f64();
        let old_text = shown::<N>(old);
        let mut candidate = old;
        let typed: Cell<Option<Result<f64, String>>> = Cell::new(None);
        let parser = |text: &str| {
            let read = if text.trim() == old_text { Ok(old) } else { self.read::<N>(text) };
            let number = read.as_ref().ok().copied();
            typed.set(Some(read));
            number
        };
        let formatter = |number: f64, _: RangeInclusive<usize>| shown::<N>(number);
        let response = if self.on_rail {
            let slider = Slider::new(&mut candidate, self.reach.clone())
                .clamping(SliderClamping::Never)
                .suffix(self.suffix.as_str())
                .custom_formatter(formatter)
                .custom_parser(parser)
                .update_while_editing(false);
            ui.add(if N::INTEGRAL { slider.step_by(1.0) } else { slider.max_decimals(9) })
        } else {
            // Without a range: it would bend what is typed into it in silence.
            let field = DragValue::new(&mut candidate)
                .speed(self.speed)
                .suffix(self.suffix.as_str())
                .custom_formatter(formatter)
                .custom_parser(parser)
                .update_while_editing(false);
            let field = if N::INTEGRAL { field.max_decimals(0) } else { field };
            ui.add(field).accessible_name(self.name)
        };
        let typed = typed.take();
        if typed.is_none() {
            // Dragging ends where the mouse can reach no farther, but never moves a number that
            // was typed beyond.
            let (low, high) = (self.reach.start().min(old), self.reach.end().max(old));
            candidate = candidate.clamp(low, high);
            if let Some(step) = self.step.filter(|_| candidate.total_cmp(&old).is_ne()) {
                candidate = (candidate / step).round() * step;
            }
        }
        // A slider's own id is now that of its rail, now that of its number.
        let id = ui.make_persistent_id((self.name, "refused"));
        let mut changed = false;
        if let Some(Err(why)) = typed {
            remember(ui, id, Some((old, why)));
        } else if candidate.total_cmp(&old).is_ne() {
            match (self.check)(candidate) {
                Ok(()) => {
                    *value = N::from_f64(candidate);
                    changed = true;
                    remember(ui, id, None);
                }
                Err(why) => remember(ui, id, Some((old, why))),
            }
        } else if typed.is_some() {
            remember(ui, id, None);
        }
        let refused = ui.data(|data| data.get_temp::<Option<(f64, String)>>(id)).flatten();
        let refused = refused.filter(|(then, _)| then.total_cmp(&value.to_f64()).is_eq());
        let refused = refused.map(|(_, why)| format!("{why}. It stays {old_text}."));
        Edited { response, changed, refused }
    }

    /// What was typed, if it may be.
    fn read<N: Numeric>(&self, text: &str) -> Result<f64, String> {
        let plain = text.trim().trim_end_matches(self.suffix.trim()).trim();
        let (plain, unit) = match plain.strip_suffix('%') {
            Some(percent) if !self.suffix.contains('%') => (percent, 0.01),
            _ => (plain, 1.0),
        };
        let number = number(plain).ok_or_else(|| {
            format!("{}: \u{201c}{}\u{201d} is no number", self.name, text.trim())
        })?;
        let number = number * unit;
        if N::INTEGRAL && number.fract() != 0.0 {
            return Err(format!("{} takes whole numbers, not {number}", self.name));
        }
        if N::INTEGRAL && !(N::MIN.to_f64()..=N::MAX.to_f64().min(MOST_EXACT)).contains(&number) {
            let most = N::MAX.to_f64().min(MOST_EXACT);
            return Err(format!("{} takes numbers from {} to {most}", self.name, N::MIN.to_f64()));
        }
        (self.check)(number).map(|()| number)
    }
}

/// The largest whole number up to which a field knows every one.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Shows why a number was refused, if one was.
pub fn reason(ui: &mut Ui, refused: Option<&str>) {
    if let Some(why) = refused {
        let ink = palette(ui.visuals()).bad;
        ui.add(egui::Label::new(RichText::new(why).small().color(ink)).wrap());
    }
}

fn remember(ui: &Ui, id: Id, refused: Option<(f64, String)>) {
    ui.data_mut(|data| data.insert_temp(id, refused));
}

/// A number as a field shows it: up to three digits behind the point, more where it is tiny.
fn shown<N: Numeric>(number: f64) -> String {
    let digits = match number.abs() {
        _ if N::INTEGRAL => 0,
        it if it >= 0.01 || it == 0.0 => 3,
        it if it >= 0.0001 => 5,
        _ => 9,
    };
    let text = format!("{number:.digits$}");
    match text.trim_end_matches('0') {
        short if digits > 0 => short.trim_end_matches('.').to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_short() {
        for (number, text) in [
            (0.1, "0.1"),
            (1.0 / 3.0, "0.333"),
            (0.000_5, "0.0005"),
            (0.000_002, "0.000002"),
            (0.0, "0"),
            (10.0, "10"),
            (-2.5, "-2.5"),
        ] {
            assert_eq!(shown::<f64>(number), text);
        }
        assert_eq!(shown::<u32>(500.0), "500");
    }

    #[test]
    fn what_is_typed_is_read_or_refused_with_the_reason() {
        let check = |it: f64| if it <= 1.0 { Ok(()) } else { Err(format!("too much: {it}")) };
        let field = NumberField::new("Presence", 0.0..=1.0, &check);
        assert_eq!(field.read::<f64>(" 50 % "), Ok(0.5));
        assert_eq!(field.read::<f64>("0,125"), Ok(0.125));
        assert_eq!(field.read::<f64>("1.5"), Err("too much: 1.5".to_owned()));
        let refused = field.read::<f64>("much").expect_err("no number");
        assert_eq!(refused, "Presence: \u{201c}much\u{201d} is no number");
        assert!(field.read::<f64>("").is_err() && field.read::<f64>("NaN").is_err());
        let any = |_: f64| Ok(());
        let field = NumberField::new("Weeks", 1.0..=52.0, &any).suffix(" weeks");
        assert_eq!(field.read::<u32>("1,200 weeks"), Ok(1200.0));
        assert_eq!(field.read::<u32>("2.5"), Err("Weeks takes whole numbers, not 2.5".to_owned()));
        assert!(field.read::<u32>("-1").expect_err("below 0").contains("from 0 to 4294967295"));
        assert!(field.read::<u64>("1e19").is_err(), "not known exactly");
    }
}
