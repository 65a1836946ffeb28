//! What the map shows, and what its colors and signs mean.

use egui::{Color32, ComboBox, Pos2, Rect, RichText, Sense, Shape, Stroke, Ui, Vec2, vec2};

use super::actions::{Action, Selecting};
use super::columns::ColumnsMemory;
use super::commands::Command;
use super::map;
use super::state::Desk;
use super::text::shown_name;
use super::theme::palette;
use super::widgets::{card, grouped, heading, hint};
use crate::measure::{MEASURES, Measure};
use crate::picture::{ColorBy, LegendEntry, Look, SizeBy, Swatch, TieColor};

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, memory: &ColumnsMemory, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        heading(ui, "Map");
        let now = &desk.project.decisions().look;
        // A course that is being watched has the colors until another is chosen.
        let watched = desk.shown_step().map(|_| ColorBy::AdoptedSoFar);
        let color = watched.as_ref().unwrap_or(&now.color);
        let width = (ui.available_width() - 62.0).max(80.0);
        ui.horizontal(|ui| {
            let label = ui.add_sized([48.0, 20.0], egui::Label::new("Color"));
            ComboBox::from_id_salt("color")
                .selected_text(color_label(color))
                .width(width)
                .truncate()
                .show_ui(ui, |ui| colors(ui, memory, (now, color), actions))
                .response
                .labelled_by(label.id);
        });
        ui.horizontal(|ui| {
            let label = ui.add_sized([48.0, 20.0], egui::Label::new("Size"));
            ComboBox::from_id_salt("size")
                .selected_text(size_label(now.size))
                .width(width)
                .truncate()
                .show_ui(ui, |ui| {
                    let measured = of_people().map(SizeBy::Measured);
                    for size in [SizeBy::Ties, SizeBy::Uniform].into_iter().chain(measured) {
                        let choice = ui.selectable_label(size == now.size, size_label(size));
                        if let SizeBy::Measured(measure) = size {
                            choice.clone().on_hover_text(measure.meaning);
                        }
                        if choice.clicked() {
                            let look = Look { size, ..now.clone() };
                            actions.push(Action::SetLook(look, "Change sizes"));
                        }
                    }
                })
                .response
                .labelled_by(label.id);
        });
        ui.horizontal(|ui| {
            let label = ui.add_sized([48.0, 20.0], egui::Label::new("Ties"));
            ComboBox::from_id_salt("color of ties")
                .selected_text(ties_label(now.ties))
                .width(width)
                .truncate()
                .show_ui(ui, |ui| {
                    for ties in [TieColor::People, TieColor::Channel] {
                        if ui.selectable_label(ties == now.ties, ties_label(ties)).clicked() {
                            let look = Look { ties, ..now.clone() };
                            actions.push(Action::SetLook(look, "Change colors of ties"));
                        }
                    }
                })
                .response
                .labelled_by(label.id);
        });
        let mut labels = now.labels;
        if ui.checkbox(&mut labels, "Show names").changed() {
            let label = if labels { "Show names" } else { "Hide names" };
            actions.push(Action::SetLook(Look { labels, ..now.clone() }, label));
        }
        let mut hulls = now.hulls;
        ui.horizontal(|ui| {
            if ui.checkbox(&mut hulls, "Show neighborhoods").changed() {
                let label = if hulls { "Show neighborhoods" } else { "Hide neighborhoods" };
                actions.push(Action::SetLook(Look { hulls, ..now.clone() }, label));
            }
            let words = Command::Neighborhoods.words();
            if ui.small_button("Open").on_hover_text(words.tip).clicked() {
                actions.push(Action::Do(Command::Neighborhoods));
            }
        });
        entries(ui, desk, actions);
    });
}

fn colors(
    ui: &mut Ui,
    memory: &ColumnsMemory,
    (now, shown): (&Look, &ColorBy),
    actions: &mut Vec<Action>,
) {
    let mut choices = vec![ColorBy::Neighborhood, ColorBy::AdopterClass, ColorBy::Chance];
    let columns = memory.columns().iter();
    choices.extend(columns.map(|(name, _)| ColorBy::Column(name.clone())));
    choices.extend([ColorBy::Closeness, ColorBy::Plain]);
    choices.extend(of_people().map(ColorBy::Measured));
    for color in choices {
        let choice = ui.selectable_label(color == *shown, color_label(&color));
        if let ColorBy::Measured(measure) = color {
            choice.clone().on_hover_text(measure.meaning);
        }
        if choice.clicked() {
            let look = Look { color, ..now.clone() };
            actions.push(Action::SetLook(look, "Change colors"));
        }
    }
}

fn of_people() -> impl Iterator<Item = &'static Measure> {
    MEASURES.iter().filter(|it| it.is_of_people())
}

fn color_label(color: &ColorBy) -> String {
    match color {
        ColorBy::Plain => "Everyone alike".to_owned(),
        ColorBy::Neighborhood => "Neighborhood".to_owned(),
        ColorBy::Column(column) => super::person::capitalized(column),
        ColorBy::AdopterClass => "Adopter class".to_owned(),
        ColorBy::AdoptedSoFar => "Adopted so far".to_owned(),
        ColorBy::Chance => "Chance to adopt".to_owned(),
        ColorBy::Closeness => "Closeness".to_owned(),
        ColorBy::Measured(measure) => measure.question.to_owned(),
    }
}

fn ties_label(ties: TieColor) -> &'static str {
    match ties {
        TieColor::People => "Like the people they join",
        TieColor::Channel => "Where they were seen",
    }
}

fn size_label(size: SizeBy) -> &'static str {
    match size {
        SizeBy::Uniform => "Everyone alike",
        SizeBy::Ties => "Number of ties",
        SizeBy::Measured(measure) => measure.question,
    }
}

/// What colors, sizes and signs mean.
fn entries(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let Some(legend) = desk.legend else { return };
    ui.spacing_mut().item_spacing.y = 2.0;
    for part in &legend.parts {
        ui.separator();
        if !part.title.is_empty() {
            hint(ui, &part.title);
        }
        for entry in &part.entries {
            row(ui, entry, actions);
        }
    }
}

/// A line of the legend; one of people selects them.
fn row(ui: &mut Ui, entry: &LegendEntry, actions: &mut Vec<Action>) {
    let is_of_people = matches!(entry.swatch, Swatch::Disc | Swatch::Ring | Swatch::Diamond);
    let size = vec2(ui.available_width(), 18.0);
    if is_of_people {
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| {
            let text = format!("Select {}", shown_name(&entry.label));
            egui::WidgetInfo::labeled(egui::Role::Button, true, text)
        });
        if response.hovered() {
            ui.painter().rect_filled(
                rect.expand2(vec2(4.0, 1.0)),
                4.0,
                palette(ui.visuals()).field,
            );
        }
        if response.clicked() {
            let held = ui.input(|input| input.modifiers.command || input.modifiers.shift);
            let how = if held { Selecting::Add } else { Selecting::Only };
            actions.push(Action::SelectByLegend(entry.clone(), how));
        }
        response.on_hover_text("Click selects these people; with Ctrl or Shift they are added");
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(rect));
        line(&mut ui, entry);
    } else {
        line(ui, entry);
    }
}

fn line(ui: &mut Ui, entry: &LegendEntry) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
        swatch(ui, rect, entry);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let ink = palette(ui.visuals()).ink_soft;
            if let Some(count) = entry.count {
                ui.label(RichText::new(grouped(count)).small().color(ink));
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(shown_name(&entry.label)).truncate());
            });
        });
    });
}

fn swatch(ui: &Ui, rect: Rect, entry: &LegendEntry) {
    let color: Color32 = map::shown(entry.color);
    let (painter, center) = (ui.painter(), rect.center());
    let line = |from: f32, to: f32, width: f32| {
        let point = |x: f32| Pos2::new(rect.left() + x * rect.width(), center.y);
        painter.line_segment([point(from), point(to)], Stroke::new(width, color));
    };
    let polygon = |points: &[Vec2], fill: Color32| {
        let points = points.iter().map(|&it| center + it).collect();
        painter.add(Shape::convex_polygon(points, fill, Stroke::NONE));
    };
    match entry.swatch {
        Swatch::Disc => {
            painter.circle_filled(center, 5.5, color);
        }
        Swatch::Sized(size) => {
            painter.circle_filled(center, 3.6 * size, color);
        }
        Swatch::Ring => {
            painter.circle_stroke(center, 5.5, Stroke::new(2.0, color));
        }
        Swatch::Diamond => {
            let corners = [vec2(0.0, -6.0), vec2(6.0, 0.0), vec2(0.0, 6.0), vec2(-6.0, 0.0)];
            polygon(&corners, color);
        }
        Swatch::Tie(width) => line(0.05, 0.95, width.max(0.8)),
        Swatch::DashedTie => {
            line(0.05, 0.3, 1.5);
            line(0.4, 0.62, 1.5);
            line(0.72, 0.95, 1.5);
        }
        Swatch::Arrow => {
            line(0.05, 0.7, 1.2);
            polygon(&[vec2(8.0, 0.0), vec2(2.0, 3.5), vec2(2.0, -3.5)], color);
        }
        Swatch::Filled(share) => {
            let area = Rect::from_center_size(center, vec2(12.0, 12.0));
            painter.rect_filled(area, 2.0, color.gamma_multiply(0.25));
            let top = area.bottom() - share * area.height();
            painter.rect_filled(area.with_min_y(top), 2.0, color.gamma_multiply(0.55));
        }
    }
}
