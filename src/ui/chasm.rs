//! The banner over the curve: adoption stalls at a boundary, and what would carry it over.

use egui::{CornerRadius, Frame, Margin, RichText, Stroke, Ui};

use super::actions::{Action, Work};
use super::state::{ChasmFinding, Desk};
use super::text::shown_name;
use super::theme::palette;
use super::widgets::hint;
use crate::network::PersonIndex;
use crate::report::{chasm_gap, chasm_headline, chasm_way};
use crate::seeding::{Means, Way};

/// Shows the banner where there is something to say.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let Some(finding) = desk.findings.chasm.as_deref().filter(|it| it.chasm.is_typical()) else {
        return;
    };
    let colors = palette(ui.visuals());
    let frame = Frame::new()
        .fill(colors.warn.gamma_multiply(0.12))
        .stroke(Stroke::new(1.0, colors.warn.gamma_multiply(0.6)))
        .corner_radius(CornerRadius::same(9))
        .inner_margin(Margin::symmetric(12, 10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let ChasmFinding { chasm, names, scenario, .. } = finding;
        let names = names.each_ref().map(|it| shown_name(it));
        let headline = chasm_headline(chasm, [&names[0], &names[1]], scenario);
        ui.add(egui::Label::new(RichText::new(headline).strong()).wrap());
        hint(ui, chasm_gap(chasm, scenario.contagion));
        for way in &finding.ways {
            show_way(ui, desk, finding, way, actions);
        }
        if desk.is_busy(Work::Chasm) {
            ui.horizontal(|ui| {
                ui.spinner();
                hint(ui, "Looking for a way over");
            });
        } else if !finding.ways.iter().any(|it| it.carries) {
            hint(
                ui,
                "No way over was found with up to three more seeds: more ties have to lead across.",
            );
        }
    });
}

fn show_way(
    ui: &mut Ui,
    desk: &Desk<'_>,
    finding: &ChasmFinding,
    way: &Way,
    actions: &mut Vec<Action>,
) {
    let people = &desk.project.results().network.people;
    let name = |it: PersonIndex| {
        people.get(it as usize).map_or_else(String::new, |it| shown_name(&it.name))
    };
    hint(ui, chasm_way(way, &finding.chasm, finding.scenario.contagion, name));
    let project = desk.project;
    let is_stale =
        finding.scenario != *project.decisions().scenario() || finding.seeds != project.seeds();
    if !way.carries || is_stale {
        return;
    }
    match &way.means {
        Means::SeedsInside(seeds) => {
            let text = if seeds.len() == 1 { "Make it a seed" } else { "Make them seeds" };
            if ui.small_button(text).clicked() {
                actions.extend(seeds.iter().map(|&it| Action::ToggleSeed(it)));
            }
        }
        Means::Gentler(contagion) => {
            let tip = "Only if you can make it easier in truth: by a trial, a guarantee, a nearer example";
            if ui.small_button("Try this").on_hover_text(tip).clicked() {
                let mut scenario = desk.project.decisions().scenario().clone();
                scenario.contagion = *contagion;
                actions.push(Action::SetScenario(Box::new(scenario), "Change the model's numbers"));
            }
        }
    }
}
