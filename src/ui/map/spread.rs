//! The spread on the map: who adopts at the step that is shown flashes, and the ties that carried
//! it light up.

use egui::{Painter, Stroke, Ui};

use super::{Canvas, MapMemory, overlay};
use crate::ui::theme::palette;

/// Time in which a line reaches its end, and a ring has spread and gone.
const LINE_SECS: f64 = 0.25;
const RING_SECS: f64 = 0.6;
/// How far a ring spreads, in points.
const RING_PT: f32 = 16.0;
/// More lines than this are not told from each other.
const MOST: usize = 2000;

/// The step of which course is shown, and since when.
#[derive(Debug, Default)]
pub struct Shown {
    step: Option<(u64, u32)>,
    since: f64,
}

impl Shown {
    /// Seconds since the step came to be shown. Repaints only while that changes anything.
    fn age(&mut self, ui: &Ui, step: (u64, u32)) -> f64 {
        let now = ui.input(|it| it.time);
        if self.step != Some(step) {
            (self.step, self.since) = (Some(step), now);
        }
        let age = now - self.since;
        if age < RING_SECS {
            ui.ctx().request_repaint();
        }
        age
    }
}

/// Paints who adopts at the step that is shown, where one is.
pub fn paint(ui: &Ui, painter: &Painter, canvas: &Canvas<'_>, memory: &mut MapMemory) {
    let desk = &canvas.desk;
    let people = desk.project.results().network.people.len();
    let course = desk.findings.course.as_ref();
    let course = course.filter(|it| it.conversions.by.len() == people);
    let asked = desk.state.playback.step.filter(|&it| it != u32::MAX);
    let (Some(course), Some(step), Some(_)) = (course, desk.shown_step(), asked) else {
        memory.spread.step = None;
        return;
    };
    let age = memory.spread.age(ui, (course.index, step));
    let accent = palette(ui.visuals()).accent;
    let newest = (0..).zip(&course.replicate.time_of_adoption);
    let newest = newest.filter(|&(person, &time)| time == step && !canvas.is_hidden(person));
    for (person, _) in newest.take(MOST) {
        let Some(at) = canvas.place(person, memory) else { continue };
        let by = course.conversions.by[person as usize].filter(|&it| !canvas.is_hidden(it));
        if let Some(from) = by.and_then(|it| canvas.place(it, memory)) {
            let end = from.lerp(at, share(age, LINE_SECS));
            painter.line_segment([from, end], Stroke::new(1.8, accent.gamma_multiply(0.8)));
        }
        overlay::disc(painter, canvas, memory, person, accent);
        let gone = share(age, RING_SECS);
        if gone < 1.0 {
            let ring = Stroke::new(2.0, accent.gamma_multiply(1.0 - gone));
            painter.circle_stroke(at, canvas.radius(person) + RING_PT * gone, ring);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a share in 0..=1")]
fn share(age: f64, whole: f64) -> f32 {
    (age / whole).clamp(0.0, 1.0) as f32
}
