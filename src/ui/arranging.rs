//! What people are arranged by on the map, and how: the card of the layout.

use egui::{ComboBox, Ui};

use super::actions::Action;
use super::field::NumberField;
use super::state::Desk;
use super::widgets::{card, heading, hint};
use crate::project::{Arrangement, MapLayout, check_cluster_pull, check_gravity, check_spacing};

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        heading(ui, "Layout");
        let mut layout = desk.project.decisions().layout.clone();
        let mut label = None;
        if let Some(chosen) = menu(ui, desk, &layout) {
            layout.arrangement = chosen;
            label = Some("Arrange the map");
        }
        if let Some(refusal) = &desk.findings.layout_refusal {
            hint(ui, format!("{refusal} The map shows ties instead."));
        }
        let spacing = NumberField::new("Spacing", 10.0..=90.0, &check_spacing).on_rail();
        if spacing.show(ui, &mut layout.spacing) {
            label = Some("Spacing of the map");
        }
        if layout.arrangement == Arrangement::Ties {
            let pull = NumberField::new("Cluster pull", 0.1..=3.0, &check_cluster_pull).on_rail();
            if pull.show(ui, &mut layout.cluster_pull) {
                label = Some("Cluster pull of the map");
            }
            let gravity = NumberField::new("Gravity", 0.0..=3.0, &check_gravity).on_rail();
            if gravity.show(ui, &mut layout.gravity) {
                label = Some("Gravity of the map");
            }
            if ui.checkbox(&mut layout.prevent_overlap, "Prevent overlap").changed() {
                label = Some("Overlap on the map");
            }
        }
        if let Some(label) = label {
            actions.push(Action::SetLayout(Box::new(layout), label));
        }
    });
}

/// What to arrange by; the one that was chosen.
fn menu(ui: &mut Ui, desk: &Desk<'_>, layout: &MapLayout) -> Option<Arrangement> {
    let mut chosen = None;
    let selected = desk.state.selected.first().and_then(|&person| {
        Some(desk.project.results().network.people.get(person as usize)?.id.to_string())
    });
    let choices = [
        (Arrangement::Ties, "Ties"),
        (Arrangement::Around(selected), "Rings around a person"),
        (Arrangement::Columns, "Segments in columns"),
        (Arrangement::Circles, "Segments in circles"),
        (Arrangement::Time, "Time of adoption"),
        (Arrangement::Place, "Place"),
    ];
    ui.horizontal(|ui| {
        let label = ui.label("Arrange by");
        let same = |it: &Arrangement| {
            std::mem::discriminant(it) == std::mem::discriminant(&layout.arrangement)
        };
        let shown = choices.iter().find(|it| same(&it.0)).map_or("", |it| it.1);
        let width = (ui.available_width() - 14.0).max(80.0);
        ComboBox::from_id_salt("arrange by")
            .selected_text(shown)
            .width(width)
            .show_ui(ui, |ui| {
                for (choice, name) in choices {
                    if ui.selectable_label(same(&choice), name).clicked()
                        && choice != layout.arrangement
                    {
                        chosen = Some(choice);
                    }
                }
            })
            .response
            .labelled_by(label.id)
            .on_hover_text("Rings go around the selected person, or the one with the most ties");
    });
    chosen
}
