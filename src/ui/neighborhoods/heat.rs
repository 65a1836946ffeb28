//! How full each neighborhood is at each step: a table of colors.

use egui::{Color32, FontId, Pos2, Rect, RichText, ScrollArea, Sense, Ui, pos2, vec2};

use std::borrow::Cow;

use super::no_filling;
use crate::diffusion::Filling;
use crate::network::Groups;
use crate::ui::actions::Action;
use crate::ui::forecast::unit_label;
use crate::ui::state::Desk;
use crate::ui::text::shown_name;
use crate::ui::theme::palette;
use crate::words::people;

const ROW: f32 = 20.0;
/// Room for names, and for the share at the end.
const NAMES: f32 = 150.0;
const END: f32 = 46.0;
/// Narrowest and widest cell.
const CELL: (f32, f32) = (7.0, 34.0);

/// What the table shows: the forecast, or what was observed.
struct Shown<'a> {
    filling: Cow<'a, Filling>,
    /// What each step is called: "3", "1961".
    names: Vec<String>,
    /// What one is: "week".
    word: &'a str,
    /// Whether it is what happened.
    is_observed: bool,
    /// The step that is being played.
    now: Option<usize>,
    /// What they are: "weeks".
    unit: &'a str,
}

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, observed: &mut bool, actions: &mut Vec<Action>) {
    if let Some(Ok(lessons)) = &desk.findings.lessons {
        ui.horizontal(|ui| {
            ui.selectable_value(observed, false, "Forecast");
            let tip = "By the dates of adoption that the files and your marks tell";
            ui.selectable_value(observed, true, "Observed").on_hover_text(tip);
        });
        if *observed {
            let groups = &desk.findings.neighborhoods;
            let names = lessons.periods.iter().map(|it| it.label.clone()).collect();
            let word = lessons.history.timeline.word();
            if let Some(filling) = observed_filling(&lessons.history.times, groups) {
                let filling = Cow::Owned(filling);
                let shown =
                    Shown { filling, names, word, is_observed: true, now: None, unit: word };
                table(ui, desk, &shown, actions);
                return;
            }
        }
    }
    let Some(filling) = desk.findings.filling.as_ref().filter(|it| it.groups() > 0) else {
        no_filling(ui, desk);
        return;
    };
    let unit = desk.project.decisions().scenario().step_unit;
    let names = (0..=filling.last_step()).map(|it| it.to_string()).collect();
    let now = desk.shown_step().map(|it| it as usize);
    let filling = Cow::Borrowed(&**filling);
    let (word, unit) = (unit_label(unit, 1), unit_label(unit, 2));
    table(ui, desk, &Shown { filling, names, word, is_observed: false, now, unit }, actions);
}

/// How the listed neighborhoods filled by the observed times; `None` for another network's.
fn observed_filling(times: &[u32], groups: &Groups) -> Option<Filling> {
    let count = groups.worth_listing();
    let is_of_these = times.len() == groups.of.len() && count > 0;
    let of = || groups.of.iter().map(|group| group.filter(|&it| (it as usize) < count));
    is_of_these.then(|| Filling::of_times(times, &of().collect::<Vec<_>>(), count))
}

fn table(ui: &mut Ui, desk: &Desk<'_>, shown: &Shown<'_>, actions: &mut Vec<Action>) {
    let room = ui.available_width() - NAMES - END - 18.0;
    let steps = shown.filling.last_step() + 1;
    // Where there are more steps than cells fit, a cell tells of its last one.
    let each = steps_per_cell(steps, room);
    let cells = steps.div_ceil(each);
    let width = (room / cells as f32).clamp(CELL.0, CELL.1);
    scale(
        ui,
        if shown.is_observed {
            "Share who have adopted:  0 %"
        } else {
            "Expected share who have adopted:  0 %"
        },
    );
    header(ui, shown, (each, cells, width));
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().auto_shrink([false, false]);
    area.show_rows(ui, ROW, shown.filling.groups(), |ui, rows| {
        for group in rows {
            row(ui, desk, shown, group, (each, cells, width), actions);
        }
    });
}

fn steps_per_cell(steps: usize, room: f32) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cells on screen")]
    let fitting = (room / CELL.0).max(1.0) as usize;
    steps.div_ceil(fitting)
}

/// The step that a cell tells of.
fn step_of(cell: usize, each: usize, filling: &Filling) -> usize {
    ((cell + 1) * each - 1).min(filling.last_step())
}

/// What the colors mean.
fn scale(ui: &mut Ui, title: &str) {
    let colors = palette(ui.visuals());
    ui.horizontal(|ui| {
        let soft = |text: &str| RichText::new(text).small().color(colors.ink_soft);
        ui.label(soft(title));
        let (rect, _) = ui.allocate_exact_size(vec2(120.0, 10.0), Sense::hover());
        let pieces = 24_u8;
        for piece in 0..pieces {
            let at = |it: u8| rect.left() + rect.width() * f32::from(it) / f32::from(pieces);
            let part =
                Rect::from_min_max(pos2(at(piece), rect.top()), pos2(at(piece + 1), rect.bottom()));
            let share = f32::from(piece) / f32::from(pieces - 1);
            ui.painter().rect_filled(part, 0.0, color(ui, share));
        }
        ui.label(soft("100 %"));
    });
}

/// From the ground of fields to the accent, straight.
fn color(ui: &Ui, share: f32) -> Color32 {
    let colors = palette(ui.visuals());
    colors.field.lerp_to_gamma(colors.accent, share.clamp(0.0, 1.0))
}

fn header(ui: &mut Ui, shown: &Shown<'_>, (each, cells, width): (usize, usize, f32)) {
    let colors = palette(ui.visuals());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let font = FontId::proportional(10.5);
    let write = |at: Pos2, text: String| {
        ui.painter().text(at, egui::Align2::CENTER_CENTER, text, font.clone(), colors.ink_soft);
    };
    // As many names as have room.
    let longest = shown.names.iter().map(|it| it.chars().count()).max().unwrap_or(1);
    let needed = (6.0 * longest as f32 + 8.0).max(24.0);
    let mut apart = 1;
    while width * (apart as f32) < needed {
        apart += 1;
    }
    for cell in (0..cells).step_by(apart) {
        let x = rect.left() + NAMES + (cell as f32 + 0.5) * width;
        let name = &shown.names[step_of(cell, each, &shown.filling)];
        write(pos2(x, rect.center().y), name.clone());
    }
    let at = rect.left_center() + vec2(2.0, 0.0);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, shown.unit, font.clone(), colors.ink_soft);
}

fn row(
    ui: &mut Ui,
    desk: &Desk<'_>,
    shown: &Shown<'_>,
    group: usize,
    (each, cells, width): (usize, usize, f32),
    actions: &mut Vec<Action>,
) {
    let colors = palette(ui.visuals());
    let filling = &*shown.filling;
    let groups = &desk.findings.neighborhoods;
    let Some(name) = groups.names.get(group).map(|it| shown_name(it)) else { return };
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width() - 14.0, ROW), Sense::click());
    let end = filling.share(filling.last_step(), group);
    response.widget_info(|| {
        let text = format!("{name}: {:.0} % filled at the end", 100.0 * end);
        egui::WidgetInfo::labeled(egui::Role::Row, true, text)
    });
    let font = FontId::proportional(12.0);
    let galley = {
        let mut job = egui::text::LayoutJob::single_section(
            name.clone(),
            egui::TextFormat::simple(font.clone(), colors.ink),
        );
        job.wrap.max_width = NAMES - 10.0;
        job.wrap.max_rows = 1;
        job.wrap.break_anywhere = true;
        ui.painter().layout_job(job)
    };
    let at = rect.left_center() - vec2(-2.0, galley.size().y / 2.0);
    ui.painter().galley(at, galley, colors.ink);
    let cell_rect = |cell: usize| {
        let left = rect.left() + NAMES + cell as f32 * width;
        Rect::from_min_size(pos2(left, rect.top() + 1.0), vec2(width - 1.0, ROW - 2.0))
    };
    let watched = shown.now;
    for cell in 0..cells {
        let step = step_of(cell, each, filling);
        #[expect(clippy::cast_possible_truncation, reason = "a share for a color")]
        let share = filling.share(step, group) as f32;
        ui.painter().rect_filled(cell_rect(cell), 2.0, color(ui, share));
        let is_now = watched.is_some_and(|now| step >= now && step < now + each);
        if is_now && cell + 1 < cells {
            let line = cell_rect(cell).right() + 0.5;
            let stroke = egui::Stroke::new(1.0, colors.ink);
            ui.painter().vline(line, rect.y_range(), stroke);
        }
    }
    let at = pos2(cell_rect(cells).left() + 6.0, rect.center().y);
    let text = format!("{:.0} %", 100.0 * end);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, text, font, colors.ink_soft);
    if response.double_clicked()
        && let Ok(group) = u32::try_from(group)
    {
        actions.push(Action::FocusOnNeighborhood(group));
    }
    let pointer = response.hover_pos();
    let under =
        (0..cells).find(|&it| pointer.is_some_and(|at| cell_rect(it).x_range().contains(at.x)));
    let told = under.map(|cell| {
        let step = step_of(cell, each, filling);
        let adopters = filling.adopters[step][group];
        format!(
            "{} {}: {:.0} % · {adopters:.1} of {}",
            shown.word,
            shown.names[step],
            100.0 * filling.share(step, group),
            people(filling.people[group] as usize)
        )
    });
    response.on_hover_text_at_pointer(match told {
        Some(told) => format!("{name}\n{told}"),
        None => name,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_steps_share_cells_and_the_last_is_always_told() {
        assert_eq!(steps_per_cell(30, 700.0), 1);
        assert_eq!(steps_per_cell(1000, 700.0), 10);
        assert_eq!(steps_per_cell(3, -5.0), 3, "no room at all");
        let filling = Filling { people: vec![1], adopters: vec![vec![0.0]; 53] };
        let cells = 53_usize.div_ceil(4);
        assert_eq!(step_of(0, 4, &filling), 3);
        assert_eq!(step_of(cells - 1, 4, &filling), 52);
    }
}
