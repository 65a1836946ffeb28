//! The table: a row per strategy, what it brings and costs, and how it differs from one of them.

use egui::{Align, Layout, RichText, ScrollArea, Sense, Ui, vec2};

use super::StrategiesMemory;
use crate::seeding::{Claim, StrategyRow, StrategyTable, Tactic, money};
use crate::ui::actions::Action;
use crate::ui::theme::palette;
use crate::ui::widgets::{counted, hint};

/// Widths of the columns in points; the bar takes what is left.
const NAME: f32 = 152.0;
const REACH: f32 = 52.0;
const COST: f32 = 62.0;
const PER_THOUSAND: f32 = 62.0;
const DIFFERENCE: f32 = 104.0;
const USE: f32 = 44.0;
const ROW: f32 = 34.0;

/// Shows the table; `when` says by which step adopters are counted, where that is not the end.
pub fn show(
    ui: &mut Ui,
    table: &StrategyTable,
    when: Option<&str>,
    memory: &mut StrategiesMemory,
    height: f32,
    actions: &mut Vec<Action>,
) {
    let priced = table.rows.iter().any(|row| row.per_thousand.is_some());
    memory.by_money &= priced;
    let reference = memory.reference.and_then(|it| table.row(it)).or_else(|| table.best());
    let Some(reference) = reference else {
        hint(ui, "No strategy could be compared.");
        left_out(ui, table);
        return;
    };
    let mut rows: Vec<&StrategyRow> = table.rows.iter().collect();
    let by_money = memory.by_money;
    let worth = |row: &StrategyRow| {
        if by_money { row.per_thousand.unwrap_or(f64::NEG_INFINITY) } else { row.reach.mean }
    };
    rows.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    let most = rows.iter().map(|row| f64::from(row.p90).max(row.reach.high)).fold(1.0, f64::max);
    let most_money = rows.iter().filter_map(|row| row.per_thousand).fold(0.0, f64::max);
    let bar = ui.available_width()
        - (NAME + REACH + DIFFERENCE + USE + 5.0 * 8.0)
        - if priced { COST + PER_THOUSAND + 2.0 * 8.0 } else { 0.0 };
    head(ui, (bar, priced), reference.tactic, memory);
    let scroll = ScrollArea::vertical().max_height(height);
    scroll.min_scrolled_height(height.min(520.0)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for row in rows {
            ui.horizontal(|ui| {
                name(ui, row, reference.tactic, memory);
                let scale =
                    if memory.by_money { Scale::Money(most_money) } else { Scale::Reach(most) };
                bars(ui, row, bar, scale);
                figure(ui, REACH, format!("{:.1}", row.reach.mean)).on_hover_text(format!(
                    "Mean of the final adopters; 95 % sure between {:.1} and {:.1}",
                    row.reach.low, row.reach.high
                ));
                if priced {
                    figure(ui, COST, row.cost.map_or_else(|| "–".to_owned(), money));
                    let per =
                        row.per_thousand.map_or_else(|| "–".to_owned(), |it| format!("{it:.1}"));
                    figure(ui, PER_THOUSAND, per);
                }
                difference(ui, row, reference);
                use_it(ui, row, actions);
            });
        }
        ui.add_space(4.0);
        for line in table.in_words(when) {
            hint(ui, line);
        }
        if table.without_seeds >= 0.5 {
            hint(
                ui,
                format!("With nobody engaged {:.1} adopt by themselves.", table.without_seeds),
            );
        }
        left_out(ui, table);
        hint(
            ui,
            "Bar: mean of the final adopters; thin line: 8 of 10 runs. A model, not a prophecy: \
             in the field, hubs brought more because they joined more, not because they persuaded \
             more (Hinz et al. 2011).",
        );
    });
}

fn left_out(ui: &mut Ui, table: &StrategyTable) {
    for (tactic, why) in &table.left_out {
        hint(ui, format!("Left out: {} – {why}.", tactic.label()));
    }
}

fn head(ui: &mut Ui, (bar, priced): (f32, bool), reference: Tactic, memory: &mut StrategiesMemory) {
    ui.horizontal(|ui| {
        let ink = palette(ui.visuals()).ink_soft;
        let small = |text: &str| RichText::new(text).small().color(ink);
        cell(ui, NAME, 18.0, Align::Min, |ui| ui.label(small("Strategy")));
        cell(ui, bar, 18.0, Align::Min, |ui| {
            if priced {
                ui.selectable_value(&mut memory.by_money, false, small("by adopters"));
                ui.selectable_value(
                    &mut memory.by_money,
                    true,
                    small("by adopters per 1,000 spent"),
                )
            } else {
                ui.label(small("Adopters in the end"))
            }
        });
        cell(ui, REACH, 18.0, Align::Max, |ui| ui.label(small("Adopters")));
        if priced {
            cell(ui, COST, 18.0, Align::Max, |ui| ui.label(small("Cost")));
            cell(ui, PER_THOUSAND, 18.0, Align::Max, |ui| ui.label(small("per 1,000")));
        }
        cell(ui, DIFFERENCE, 18.0, Align::Max, |ui| {
            let text = format!("against {}", reference.label());
            ui.add(egui::Label::new(small(&text)).truncate()).on_hover_text(
                "Difference run by run, with its 95 % interval; click a name to compare with it",
            )
        });
    });
}

/// A cell of fixed width.
fn cell<R>(
    ui: &mut Ui,
    width: f32,
    height: f32,
    align: Align,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let layout = match align {
        Align::Max => Layout::right_to_left(Align::Center),
        _ => Layout::left_to_right(Align::Center),
    };
    let size = vec2(width, height);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.y = 0.0;
        add(ui)
    })
    .inner
}

fn figure(ui: &mut Ui, width: f32, text: String) -> egui::Response {
    cell(ui, width, ROW, Align::Max, |ui| ui.label(text))
}

fn name(ui: &mut Ui, row: &StrategyRow, reference: Tactic, memory: &mut StrategiesMemory) {
    let colors = palette(ui.visuals());
    let is_reference = row.tactic == reference;
    let size = vec2(NAME, ROW);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut text = RichText::new(row.tactic.label());
        text = if is_reference { text.strong().color(colors.accent) } else { text };
        let tip = format!("{}.\nClick to compare the others with it.", row.tactic.meaning());
        let label = egui::Label::new(text).sense(Sense::click());
        if ui.add(label).on_hover_text(tip).clicked() {
            memory.reference = Some(row.tactic);
        }
        let color = match row.claim {
            Claim::Proven(_) => colors.good,
            _ => colors.ink_soft,
        };
        let people = match row.claim {
            Claim::Chance => format!("{:.0} by chance", row.starters),
            claim => {
                format!("{} · {}", counted(row.seeds.len(), "person", "people"), claim.short())
            }
        };
        ui.label(RichText::new(people).small().color(color)).on_hover_text(row.claim.in_words());
    });
}

/// What a full bar stands for.
#[derive(Clone, Copy)]
enum Scale {
    Reach(f64),
    Money(f64),
}

#[expect(clippy::cast_possible_truncation, reason = "places on screen")]
fn bars(ui: &mut Ui, row: &StrategyRow, width: f32, scale: Scale) {
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    let colors = palette(ui.visuals());
    let painter = ui.painter();
    let (value, full) = match scale {
        Scale::Reach(most) => (row.reach.mean, most),
        Scale::Money(most) => (row.per_thousand.unwrap_or(0.0), most),
    };
    let at =
        |value: f64| rect.left() + rect.width() * (value / full.max(1e-12)).clamp(0.0, 1.0) as f32;
    let track = rect.shrink2(vec2(0.0, 10.0));
    painter.rect_filled(track, 4.0, colors.field);
    let mut filled = track;
    filled.set_right(at(value).max(track.left() + 2.0));
    painter.rect_filled(filled, 4.0, colors.accent);
    if let Scale::Reach(_) = scale {
        let (left, right) = (at(row.p10.into()), at(row.p90.into()));
        let stroke = egui::Stroke::new(1.5, colors.ink_soft);
        let y = track.bottom() + 4.0;
        painter.hline(left..=right, y, stroke);
        for x in [left, right] {
            painter.vline(x, y - 3.0..=y + 3.0, stroke);
        }
    }
    let words = format!(
        "{}: {:.1} adopters, in 8 of 10 runs {} to {}",
        row.tactic.label(),
        row.reach.mean,
        row.p10,
        row.p90
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
    response.on_hover_text(words);
}

fn difference(ui: &mut Ui, row: &StrategyRow, reference: &StrategyRow) {
    let colors = palette(ui.visuals());
    cell(ui, DIFFERENCE, ROW, Align::Max, |ui| {
        if row.tactic == reference.tactic {
            ui.label(RichText::new("–").color(colors.ink_soft));
            return;
        }
        let difference = StrategyTable::difference(row, reference);
        if difference.mean == 0.0 && difference.standard_error == 0.0 {
            ui.label(RichText::new("the same").color(colors.ink_soft));
            return;
        }
        let (low, high) = (difference.low, difference.high);
        let color = if low > 0.0 {
            colors.good
        } else if high < 0.0 {
            colors.bad
        } else {
            colors.ink_soft
        };
        let half = (high - low) / 2.0;
        let clear = if difference.is_clear() { "clearly different" } else { "no clear difference" };
        ui.label(RichText::new(format!("{:+.1} ± {half:.1}", difference.mean)).color(color))
            .on_hover_text(format!(
                "95 % sure between {low:+.1} and {high:+.1} adopters ({clear}), run by run"
            ));
    });
}

fn use_it(ui: &mut Ui, row: &StrategyRow, actions: &mut Vec<Action>) {
    cell(ui, USE, ROW, Align::Max, |ui| {
        if row.seeds.is_empty() || row.tactic == Tactic::Chosen {
            return;
        }
        let name = format!("Use these seeds: {}", row.tactic.label());
        let tip = match row.claim {
            Claim::Chance => "Make one such draw your seeds",
            _ => "Make these people your seeds",
        };
        if ui.button("Use").accessible_name(name).on_hover_text(tip).clicked() {
            actions.push(Action::UseSeeds(row.seeds.clone(), row.tactic.label()));
        }
    });
}
