//! How seeds and adopters spread over segments: people with the same entry in one column.

use egui::{RichText, Ui};

use super::actions::Action;
use super::columns::{self, ColumnsMemory};
use super::state::Desk;
use super::text::shown_name;
use super::theme::palette;
use super::widgets::{card, grouped, heading, hint, meter};
use crate::diffusion::NEVER;

/// Segments listed; the rest is counted.
const MOST: usize = 20;

/// What is said of one segment.
#[derive(Clone, Debug, Default)]
struct Segment {
    people: usize,
    seeds: usize,
    adopters: usize,
}

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, memory: &mut ColumnsMemory, actions: &mut Vec<Action>) {
    let network = &desk.project.results().network;
    if memory.columns().is_empty() {
        return;
    }
    let column = desk.project.decisions().segment_by.as_deref();
    card(ui, |ui| {
        heading(ui, "Segments");
        let menu = columns::menu(ui, ("Told apart by", column), "Nothing", memory);
        if let Some(chosen) = menu {
            actions.push(Action::SetSegments(chosen));
        }
        let Some(column) = column else {
            hint(ui, "Choose a column to see whom the seeds cover and whom they miss.");
            return;
        };
        let groups = if desk.project.decisions().neighborhood_column().is_some() {
            &desk.findings.neighborhoods // the same, with the names that were given
        } else {
            memory.groups(network, column)
        };
        let mut segments = vec![Segment::default(); groups.names.len() + 1];
        let last = groups.names.len();
        let segment_of = |person: usize| groups.of[person].map_or(last, |it| it as usize);
        for person in 0..groups.of.len() {
            segments[segment_of(person)].people += 1;
        }
        for seed in desk.project.seeds() {
            segments[segment_of(seed as usize)].seeds += 1;
        }
        let course = desk.findings.course.as_ref();
        let times = course.map_or(&[][..], |it| &it.replicate.time_of_adoption);
        for (person, &time) in times.iter().enumerate().take(groups.of.len()) {
            segments[segment_of(person)].adopters += usize::from(time != NEVER);
        }
        let names = groups.names.iter().map(String::as_str).chain(["Not given"]);
        let told: Vec<_> = names.zip(&segments).filter(|(_, it)| it.people > 0).collect();
        for (name, segment) in told.iter().take(MOST) {
            row(ui, name, segment, !times.is_empty());
        }
        if told.len() > MOST {
            hint(ui, format!("and {} smaller ones", grouped(told.len() - MOST)));
        }
        if !times.is_empty() {
            hint(ui, "Bars: share that adopts in the course on the map, one possible one of many");
        }
    });
}

fn row(ui: &mut Ui, name: &str, segment: &Segment, with_share: bool) {
    let Segment { people, seeds, adopters } = *segment;
    let share = adopters as f32 / people as f32;
    let colors = palette(ui.visuals());
    let response = ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if with_share {
                meter(ui, share, 46.0)
                    .on_hover_text(format!("{adopters} of {people} adopt in this course"));
            }
            let seeds = match seeds {
                0 => "no seed".to_owned(),
                1 => "1 seed".to_owned(),
                _ => format!("{} seeds", grouped(seeds)),
            };
            let ink = if seeds == "no seed" { colors.warn } else { colors.ink_soft };
            ui.label(RichText::new(seeds).small().color(ink));
            ui.label(RichText::new(grouped(people)).small().color(colors.ink_soft));
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(shown_name(name)).truncate());
            });
        });
    });
    response.response.on_hover_text(name);
}
