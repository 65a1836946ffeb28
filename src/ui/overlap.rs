//! Who of the seeds reaches the same people, and where one more stops paying.

use egui::{Align2, Context, DragValue, RichText, ScrollArea, Sense, Stroke, Ui, vec2};

use super::actions::{Action, Window, Work};
use super::seeds::working;
use super::state::{Desk, OverlapFinding};
use super::text::shown_name;
use super::theme::palette;
use super::widgets::{card, counted, heading, hint};
use super::window;
use crate::network::PersonIndex;
use crate::seeding::{Overlap, Paying};

/// What the window remembers between frames.
#[derive(Debug)]
pub struct OverlapMemory {
    /// People that a seed must add to be worth it.
    least: f64,
}

impl Default for OverlapMemory {
    fn default() -> Self {
        Self { least: 2.0 }
    }
}

/// Size of a cell of the matrix, and width of the names beside it.
const CELL: egui::Vec2 = vec2(34.0, 22.0);
const NAME: f32 = 150.0;
const SUM: f32 = 52.0;

/// Shows the window while it is open.
pub fn show(ctx: &Context, desk: &Desk<'_>, memory: &mut OverlapMemory, actions: &mut Vec<Action>) {
    let area = ctx.content_rect();
    let width = (area.width() - 100.0).clamp(560.0, 820.0);
    let height = (area.height() - 180.0).max(160.0);
    let title = (Window::Overlap, "Overlap of the seeds");
    window::in_the_middle(ctx, title, actions, |ui, actions| {
        ui.set_width(width);
        let scroll = ScrollArea::vertical().max_height(height);
        scroll.min_scrolled_height(height.min(560.0)).show(ui, |ui| {
            content(ui, desk, memory, actions);
        });
    });
}

fn content(ui: &mut Ui, desk: &Desk<'_>, memory: &mut OverlapMemory, actions: &mut Vec<Action>) {
    if desk.project.seeds().is_empty() {
        hint(ui, "No seeds yet: choose some, and see here how much their audiences overlap.");
        return;
    }
    if desk.is_busy(Work::Overlap) {
        working(ui, desk, Work::Overlap, actions);
    }
    let Some(found) = &desk.findings.overlap else { return };
    sums(ui, &found.overlap);
    paying(ui, desk, &found.paying, memory);
    matrix(ui, desk, found, actions);
}

/// The reach of the list in three figures.
fn sums(ui: &mut Ui, overlap: &Overlap) {
    let (unique, gross) = (overlap.unique, overlap.gross());
    let more = if gross >= unique {
        let twice = gross - unique;
        let share = 100.0 * twice / gross.max(1e-9);
        format!(
            "Counted seed by seed they would be {gross:.1} (gross reach): {twice:.1} of these, \
             {share:.0} %, count somebody again."
        )
    } else {
        format!("Each alone they would bring {gross:.1} in all: here they help each other.")
    };
    let text = format!(
        "Together they bring {unique:.1} people, everyone counted once (unique reach). {more}"
    );
    ui.add(egui::Label::new(text).wrap());
}

#[expect(clippy::cast_possible_truncation, reason = "places on screen")]
fn paying(ui: &mut Ui, desk: &Desk<'_>, paying: &Paying, memory: &mut OverlapMemory) {
    let colors = palette(ui.visuals());
    card(ui, |ui| {
        heading(ui, "Where the next seed stops paying");
        let gains: Vec<f64> = paying.gains().collect();
        let people = paying.chosen.iter().chain(&paying.next).map(|it| it.person);
        let people: Vec<PersonIndex> = people.collect();
        let most = gains.iter().copied().fold(1e-9, f64::max);
        let knee = paying.knee();
        let width = ui.available_width();
        let (rect, _) = ui.allocate_exact_size(vec2(width, 92.0), Sense::hover());
        let plot = egui::Rect::from_min_max(rect.min, rect.max - vec2(0.0, 14.0));
        let each = (plot.width() / gains.len().max(1) as f32).min(44.0);
        let font = egui::TextStyle::Small.resolve(ui.style());
        for (at, &gain) in gains.iter().enumerate() {
            let chosen = at < paying.chosen.len();
            let left = plot.left() + at as f32 * each;
            let height = (plot.height() - 12.0) * (gain / most).clamp(0.0, 1.0) as f32;
            let bar = egui::Rect::from_min_max(
                egui::pos2(left + 2.0, plot.bottom() - height.max(1.0)),
                egui::pos2(left + each - 2.0, plot.bottom()),
            );
            let fill = if chosen { colors.accent } else { colors.accent.gamma_multiply(0.35) };
            ui.painter().rect_filled(bar, 2.0, fill);
            if each >= 22.0 {
                let place = egui::pos2(bar.center().x, plot.bottom() + 1.0);
                let number = format!("{}", at + 1);
                ui.painter().text(place, Align2::CENTER_TOP, number, font.clone(), colors.ink_soft);
                let place = egui::pos2(bar.center().x, bar.top() - 1.0);
                let number = if gain >= 9.95 { format!("{gain:.0}") } else { format!("{gain:.1}") };
                ui.painter().text(place, Align2::CENTER_BOTTOM, number, font.clone(), colors.ink);
            }
            let slot = egui::Rect::from_min_max(
                egui::pos2(left, plot.top()),
                egui::pos2(left + each, rect.bottom()),
            );
            let name = name_of(desk, people[at]);
            let words = if chosen {
                format!("{}. {name} adds {gain:.1} people", at + 1)
            } else {
                format!("{}. {name} would add {gain:.1} people", at + 1)
            };
            let response = ui.interact(slot, ui.scope_id().with(("gain", at)), Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
            response.on_hover_text(words);
        }
        if let Some(knee) = knee.filter(|&it| it < gains.len()) {
            let x = plot.left() + knee as f32 * each;
            ui.painter().vline(x, plot.y_range(), Stroke::new(1.5, colors.warn));
        }
        verdict(ui, desk, paying, memory);
    });
}

fn verdict(ui: &mut Ui, desk: &Desk<'_>, paying: &Paying, memory: &mut OverlapMemory) {
    let count = paying.gains().count();
    hint(
        ui,
        match paying.knee() {
            Some(knee) => format!(
                "The curve bends after {} (the line): each further one adds less than the average \
                 of these {count}. Pale bars are who would come next.",
                counted(knee, "seed", "seeds"),
            ),
            None => "No bend: each adds about as much as the one before. Pale bars are who would \
                     come next."
                .to_owned(),
        },
    );
    if let Some(next) = paying.next.first() {
        let name = name_of(desk, next.person);
        hint(ui, format!("The next one, {name}, would bring {:.1} more people.", next.adds));
    }
    ui.horizontal_wrapped(|ui| {
        let (enough, chosen) = (paying.worth_at_least(memory.least), paying.chosen.len());
        ui.label(match enough {
            0 => "Not even the first brings at least".to_owned(),
            _ if enough < chosen => {
                let each = if enough == 1 { "brings" } else { "each bring" };
                format!("The first {} {each} at least", counted(enough, "seed", "seeds"))
            }
            _ => {
                let more = enough - chosen;
                let next = if more > 0 { format!(", and the next {more},") } else { String::new() };
                format!("All {}{next} bring at least", counted(chosen, "seed", "seeds"))
            }
        });
        let value = DragValue::new(&mut memory.least).range(0.1..=1e6).speed(0.1).max_decimals(1);
        ui.add(value).on_hover_text("People that a seed must bring, themselves counted");
        ui.label("people.");
    });
}

fn matrix(ui: &mut Ui, desk: &Desk<'_>, found: &OverlapFinding, actions: &mut Vec<Action>) {
    let overlap = &found.overlap;
    card(ui, |ui| {
        heading(ui, "Who reaches the same people");
        hint(
            ui,
            "Row by row: people whom both would win alone; the darker, the larger their part of \
             the smaller audience. On the diagonal: what each brings alone.",
        );
        if overlap.seeds.len() < found.paying.chosen.len() {
            let shown = overlap.seeds.len();
            hint(ui, format!("Under this model every pair is simulated: the first {shown} only."));
        }
        ui.add_space(2.0);
        let small = vec2(2.0, 2.0);
        ScrollArea::horizontal().id_salt("matrix").show(ui, |ui| {
            ui.spacing_mut().item_spacing = small;
            header(ui, overlap.seeds.len());
            for row in 0..overlap.seeds.len() {
                ui.horizontal(|ui| line(ui, desk, overlap, row, actions));
            }
        });
        if let Some((one, other)) = overlap.closest() {
            let [one_name, other_name] = [one, other].map(|it| name_of(desk, overlap.seeds[it]));
            let shared = overlap.shared[one][other];
            let share = 100.0 * overlap.share(one, other);
            hint(
                ui,
                format!(
                    "Most in common: {one_name} and {other_name} share {shared:.1} people, \
                     {share:.0} % of the smaller audience."
                ),
            );
        }
    });
}

fn header(ui: &mut Ui, count: usize) {
    ui.horizontal(|ui| {
        let ink = palette(ui.visuals()).ink_soft;
        let text = |ui: &mut Ui, size: egui::Vec2, text: &str, tip: &str| {
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            let font = egui::TextStyle::Small.resolve(ui.style());
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font, ink);
            if !tip.is_empty() {
                response.on_hover_text(tip);
            }
        };
        text(ui, vec2(NAME, CELL.y), "", "");
        for (words, tip) in [
            ("alone", "What each brings alone"),
            ("only", "What nobody else on the list brings (exclusive reach)"),
            ("shared", "What somebody else on the list brings as well"),
        ] {
            text(ui, vec2(SUM, CELL.y), words, tip);
        }
        for number in 1..=count {
            text(ui, CELL, &number.to_string(), "");
        }
    });
}

fn line(ui: &mut Ui, desk: &Desk<'_>, overlap: &Overlap, row: usize, actions: &mut Vec<Action>) {
    let colors = palette(ui.visuals());
    let person = overlap.seeds[row];
    let name = name_of(desk, person);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(NAME, CELL.y), layout, |ui| {
        ui.set_min_width(NAME);
        ui.label(RichText::new(format!("{}", row + 1)).small().color(colors.ink_soft));
        let link = egui::Link::new(RichText::new(&name).small());
        let shown = ui.scope(|ui| {
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            ui.add(link)
        });
        if shown.inner.on_hover_text(&name).clicked() {
            actions.push(Action::GoTo(person));
        }
    });
    let (alone, only) = (overlap.alone[row], overlap.exclusive[row]);
    for value in [alone, only, alone - only] {
        let (rect, _) = ui.allocate_exact_size(vec2(SUM, CELL.y), Sense::hover());
        let font = egui::TextStyle::Small.resolve(ui.style());
        let text = format!("{value:.1}");
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font, colors.ink);
    }
    for column in 0..overlap.seeds.len() {
        one(ui, desk, overlap, (row, column));
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a share for a color")]
fn one(ui: &mut Ui, desk: &Desk<'_>, overlap: &Overlap, (row, column): (usize, usize)) {
    let colors = palette(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(CELL, Sense::hover());
    let shared = overlap.shared[row][column];
    let share = overlap.share(row, column);
    let name = |at: usize| name_of(desk, overlap.seeds[at]);
    let font = egui::TextStyle::Small.resolve(ui.style());
    let center = rect.center();
    if row == column {
        ui.painter().rect_stroke(
            rect,
            3.0,
            Stroke::new(1.0, colors.line),
            egui::StrokeKind::Inside,
        );
        let text = format!("{shared:.0}");
        ui.painter().text(center, Align2::CENTER_CENTER, text, font, colors.ink_soft);
        response.on_hover_text(format!("{} brings {shared:.1} people alone", name(row)));
        return;
    }
    let helps = shared < -0.05;
    let ink = if helps { colors.good } else { colors.accent };
    let strength = 0.06 + 0.84 * share.abs().clamp(0.0, 1.0) as f32;
    let fill = colors.card.lerp_to_gamma(ink, strength);
    ui.painter().rect_filled(rect, 3.0, fill);
    if shared.abs() >= 0.05 {
        let text = match shared {
            _ if helps => format!("{:+.1}", -shared),
            _ if shared >= 9.95 => format!("{shared:.0}"),
            _ => format!("{shared:.1}"),
        };
        let on = if strength > 0.5 { colors.on_accent } else { colors.ink };
        ui.painter().text(center, Align2::CENTER_CENTER, text, font, on);
    }
    let (one, other) = (name(row), name(column));
    let words = if helps {
        format!("{one} and {other} bring {:.1} more together than each for themselves", -shared)
    } else {
        let percent = 100.0 * share;
        format!(
            "{one} and {other} share {shared:.1} people, {percent:.0} % of the smaller audience"
        )
    };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
    response.on_hover_text(words);
}

fn name_of(desk: &Desk<'_>, person: PersonIndex) -> String {
    let people = &desk.project.results().network.people;
    people.get(person as usize).map_or_else(String::new, |it| shown_name(&it.name))
}
