//! What measures say of a person, or of the whole network.

use std::sync::Arc;

use egui::{Label, RichText, Ui};

use super::state::{Desk, MeasureColumn};
use super::theme::palette;
use super::widgets::{card, grouped, heading, hint};
use crate::measure::{MEASURES, Measure, Sample};
use crate::network::PersonIndex;

/// Measures shown at once: those in which the person stands out most.
const STANDING_OUT: usize = 5;

/// Shows the measures of one person, best rank first.
pub fn of_person(ui: &mut Ui, desk: &Desk<'_>, person: PersonIndex) {
    let rank = |column: &MeasureColumn| column.ranks.get(person as usize).copied();
    let mut known: Vec<(u32, &MeasureColumn)> = (known(desk, true).into_iter())
        .filter_map(|column| Some((rank(column).filter(|&it| it > 0)?, column)))
        .collect();
    if known.is_empty() {
        return;
    }
    known.sort_by_key(|&(rank, _)| rank);
    let rest = known.split_off(known.len().min(STANDING_OUT));
    card(ui, |ui| {
        heading(ui, "Measures");
        for (rank, column) in known {
            row(ui, column, person, rank);
        }
        if !rest.is_empty() {
            ui.collapsing("More measures", |ui| {
                for (rank, column) in rest {
                    row(ui, column, person, rank);
                }
            });
        }
    });
}

fn row(ui: &mut Ui, column: &MeasureColumn, person: PersonIndex, rank: u32) {
    question(ui, column.measure);
    let place =
        format!("rank {} of {}", grouped(rank as usize), grouped(column.estimate.values.len()));
    let value = number(column, person as usize);
    hint(ui, format!("{place} · {} {value}", column.measure.label));
    ui.add_space(2.0);
}

/// Shows the measures of the whole network.
pub fn of_network(ui: &mut Ui, desk: &Desk<'_>) {
    let known = known(desk, false);
    if known.is_empty() {
        return;
    }
    card(ui, |ui| {
        heading(ui, "The network as a whole");
        for column in known {
            question(ui, column.measure);
            hint(ui, format!("{} · {}", number(column, 0), column.measure.label));
            ui.add_space(2.0);
        }
    });
}

/// Measures that are known, of people or of the network, in the order of menus.
fn known<'a>(desk: &Desk<'a>, of_people: bool) -> Vec<&'a MeasureColumn> {
    let of_kind = MEASURES.iter().filter(|it| it.is_of_people() == of_people);
    of_kind.filter_map(|it| desk.findings.measured(it)).map(Arc::as_ref).collect()
}

fn question(ui: &mut Ui, measure: &Measure) {
    let ink = palette(ui.visuals()).ink;
    let text = RichText::new(measure.question).color(ink);
    ui.add(Label::new(text).wrap()).on_hover_text(measure.meaning);
}

/// The number with its unit, and how far it may be off.
fn number(column: &MeasureColumn, at: usize) -> String {
    let unit = column.measure.unit;
    let value = column.estimate.values.get(at).copied().unwrap_or(f64::NAN);
    let shown = unit.shown(value);
    match column.estimate.sample {
        Some(Sample { error, .. }) => format!("{shown} ± {} (sampled)", unit.shown(error)),
        None => shown,
    }
}
