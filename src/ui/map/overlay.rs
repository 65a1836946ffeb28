//! Names, and the light on the person under the pointer, painted over the map's picture.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::epaint::TextShape;
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Shape, Stroke, Ui, vec2};

use super::{Canvas, MapMemory, card, tie};
use crate::network::{PersonIndex, Tie};
use crate::picture::{Color, PlacedLabel};
use crate::ui::person::capitalized;
use crate::ui::text::{in_reading_order, shown_name};
use crate::ui::theme::palette;

/// More ties than this are not lit one by one: beyond it the eye sees a fan anyway.
const MOST_LIT: usize = 3000;

/// Paints everything that lies over the picture.
pub fn paint(ui: &Ui, painter: &Painter, canvas: &Canvas<'_>, memory: &MapMemory) {
    let lit = memory.hovered.map(|person| light(ui, painter, canvas, memory, person));
    for &person in memory.moved.keys() {
        disc(painter, canvas, memory, person, palette(ui.visuals()).accent);
    }
    way(ui, painter, canvas, memory);
    marks(ui, painter, canvas, memory);
    hulls(ui, painter, canvas, lit.is_some());
    if canvas.desk.project.decisions().look.labels {
        names(ui, painter, canvas, memory, lit.as_ref());
    }
    waves(ui, painter, canvas, memory);
    match memory.hovered {
        Some(person) => name_of_hovered(ui, painter, canvas, memory, person),
        None => tie::paint(ui, painter, canvas, memory),
    }
}

/// The way between two people, with everyone on it.
fn way(ui: &Ui, painter: &Painter, canvas: &Canvas<'_>, memory: &MapMemory) {
    let found =
        canvas.desk.findings.way.as_ref().filter(|it| Some(it.ends) == canvas.desk.state.way);
    let Some(found) = found else { return };
    let colors = palette(ui.visuals());
    let people: Vec<PersonIndex> = found.people().collect();
    let places: Vec<Pos2> = people.iter().filter_map(|&it| canvas.place(it, memory)).collect();
    if found.path.is_some() {
        for (step, ends) in places.windows(2).zip(people.windows(2)) {
            let rims = [ends[0], ends[1]].map(|it| canvas.radius(it) + 2.0);
            arrow(painter, [step[0], step[1]], rims, [colors.accent, colors.canvas]);
        }
    }
    for &person in &people {
        disc(painter, canvas, memory, person, colors.accent);
    }
    let network = &canvas.desk.project.results().network;
    let named = canvas.picture.filter(|_| canvas.desk.project.decisions().look.labels);
    let is_named = |person| named.is_some_and(|it| it.labels.iter().any(|it| it.person == person));
    for (&person, at) in people.iter().zip(&places).filter(|(it, _)| !is_named(**it)) {
        let Some(who) = network.people.get(person as usize) else { continue };
        let font = FontId::proportional(13.0);
        let galley = painter.layout_no_wrap(shown_name(&who.name), font, colors.ink);
        let below = vec2(-galley.size().x / 2.0, canvas.radius(person) + 3.0);
        haloed(painter, *at + below, galley, (colors.ink, colors.canvas.gamma_multiply(0.85)));
    }
}

/// An arrow from rim to rim, on a ground of its own; its head is as large however long it is.
fn arrow(painter: &Painter, [from, to]: [Pos2; 2], rims: [f32; 2], [ink, ground]: [Color32; 2]) {
    const HEAD: [f32; 2] = [11.0, 5.0];
    let along = (to - from).normalized();
    let [start, tip] = [from + along * rims[0], to - along * rims[1]];
    if (tip - start).dot(along) < HEAD[0] {
        painter.line_segment([from, to], Stroke::new(2.5, ink));
        return;
    }
    let neck = tip - along * HEAD[0];
    let aside = along.rot90() * HEAD[1];
    painter.line_segment([start, tip], Stroke::new(6.0, ground));
    painter.line_segment([start, neck], Stroke::new(2.5, ink));
    let head = vec![tip, neck + aside, neck - aside];
    painter.add(Shape::convex_polygon(head, ink, Stroke::new(1.5, ground)));
}

/// Signs at people about whom something was noted.
fn marks(ui: &Ui, painter: &Painter, canvas: &Canvas<'_>, memory: &MapMemory) {
    let project = canvas.desk.project;
    for (id, mark) in &project.decisions().campaign.marks {
        let Some((marked, _)) = mark.now() else { continue };
        let person = project.results().person(id).filter(|&it| !canvas.is_hidden(it));
        if let Some(at) = person.and_then(|it| Some((it, canvas.place(it, memory)?))) {
            crate::ui::learn::marks::sign(ui, painter, marked, at.1, canvas.radius(at.0));
        }
    }
}

/// The wave of each seed, at its upper right: P for the first, the pilot, then the rings by number.
fn waves(ui: &Ui, painter: &Painter, canvas: &Canvas<'_>, memory: &MapMemory) {
    let decisions = canvas.desk.project.decisions();
    let colors = palette(ui.visuals());
    for (ring, wave) in decisions.scenario().rollout.waves.iter().enumerate() {
        let label = if ring == 0 { "P".to_owned() } else { ring.to_string() };
        for id in wave.seeds.iter().filter(|it| decisions.case().is_seed(it)) {
            let Some(person) = canvas.desk.project.results().person(id) else { continue };
            if canvas.is_hidden(person) {
                continue;
            }
            let Some(at) = canvas.place(person, memory) else { continue };
            let beside = at + vec2(0.8, -0.8) * (canvas.radius(person) + 4.0);
            let stroke = Stroke::new(1.0, colors.canvas);
            painter.circle(beside, 6.5, colors.accent, stroke);
            let font = FontId::proportional(9.5);
            painter.text(beside, Align2::CENTER_CENTER, &label, font, colors.on_accent);
        }
    }
}

/// Dims everything and paints the person, their ties and the people at the other ends again.
fn light(
    ui: &Ui,
    painter: &Painter,
    canvas: &Canvas<'_>,
    memory: &MapMemory,
    person: PersonIndex,
) -> BTreeSet<PersonIndex> {
    let colors = palette(ui.visuals());
    let graph = canvas.desk.project.results().graph();
    let mut lit: BTreeSet<PersonIndex> = BTreeSet::from([person]);
    if (person as usize) < graph.people() {
        lit.extend(graph.audience_of(person).iter().chain(graph.influences_on(person)));
    }
    lit.retain(|&it| !canvas.is_hidden(it));
    painter.rect_filled(canvas.rect, 0.0, colors.canvas.gamma_multiply(0.72));
    let Some(center) = canvas.place(person, memory) else { return lit };
    let stroke = Stroke::new(1.4, colors.accent.gamma_multiply(0.8));
    let ends = lit.iter().take(MOST_LIT).filter(|&&it| it != person);
    for end in ends.clone().filter_map(|&it| canvas.place(it, memory)) {
        painter.line_segment([center, end], stroke);
    }
    for &end in ends {
        disc(painter, canvas, memory, end, colors.card);
    }
    disc(painter, canvas, memory, person, colors.accent);
    lit
}

/// A person in their own color with a rim.
pub(super) fn disc(
    painter: &Painter,
    canvas: &Canvas<'_>,
    memory: &MapMemory,
    person: PersonIndex,
    rim: Color32,
) {
    let Some(at) = canvas.place(person, memory) else { return };
    let mark = canvas.picture.and_then(|it| it.scene.people.get(person as usize));
    let fill = mark.map_or(rim, |mark| shown(mark.color));
    painter.circle(at, canvas.radius(person) + 0.5, fill, Stroke::new(1.5, rim));
}

fn names(
    ui: &Ui,
    painter: &Painter,
    canvas: &Canvas<'_>,
    memory: &MapMemory,
    lit: Option<&BTreeSet<PersonIndex>>,
) {
    let Some(picture) = canvas.picture else { return };
    let colors = palette(ui.visuals());
    for label in &picture.labels {
        if Some(label.person) == memory.hovered {
            continue;
        }
        // Placed for the picture's view; beside its person it stays right in every other.
        let Some(mark) = picture.scene.people.get(label.person as usize) else { continue };
        let Some(now) = canvas.place(label.person, memory) else { continue };
        let then = picture.view.to_screen(mark.at);
        let at = now + vec2(label.min[0] - then[0], label.min[1] - then[1]);
        let faded = lit.is_some_and(|lit| !lit.contains(&label.person));
        let ink = if label.strong { colors.ink } else { colors.ink_soft };
        let opacity = label.opacity * if faded { 0.25 } else { 1.0 };
        write(
            painter,
            at,
            label,
            ink.gamma_multiply(opacity),
            colors.canvas.gamma_multiply(0.85 * opacity),
        );
    }
}

/// Names of neighborhoods with what is said of them; those of people take their place from near.
fn hulls(ui: &Ui, painter: &Painter, canvas: &Canvas<'_>, stand_back: bool) {
    let Some(picture) = canvas.picture else { return };
    let colors = palette(ui.visuals());
    let opacity = if stand_back { 0.25 } else { 1.0 };
    for label in &picture.hull_labels {
        let area = canvas.hull_label(label);
        let lines = [(&label.name, shown(label.color)), (&label.detail, colors.ink_soft)];
        let mut top = area.top();
        for ((text, ink), font_px) in lines.into_iter().zip(label.font_px) {
            let ink = ink.gamma_multiply(opacity);
            let font = FontId::proportional(font_px);
            let galley = painter.layout_no_wrap(in_reading_order(text), font, ink);
            let at = Pos2::new(area.center().x - galley.size().x / 2.0, top);
            top += galley.size().y;
            haloed(painter, at, galley, (ink, colors.canvas.gamma_multiply(0.85 * opacity)));
        }
    }
}

fn write(painter: &Painter, at: Pos2, label: &PlacedLabel, ink: Color32, halo: Color32) {
    let text = in_reading_order(&label.text);
    let galley = painter.layout_no_wrap(text, FontId::proportional(label.font_px), ink);
    let inset = vec2(0.0, (label.size[1] - galley.size().y) / 2.0);
    haloed(painter, at + inset, galley, (ink, halo));
}

/// Text with a rim that keeps it readable on whatever lies below.
fn haloed(painter: &Painter, at: Pos2, galley: Arc<Galley>, (ink, halo): (Color32, Color32)) {
    for around in [vec2(-1.0, 0.0), vec2(1.0, 0.0), vec2(0.0, -1.0), vec2(0.0, 1.0)] {
        let ghost = TextShape::new(at + around, galley.clone(), halo);
        painter.add(Shape::Text(ghost.with_override_text_color(halo)));
    }
    painter.galley(at, galley, ink);
}

/// The name under the pointer always shows, on a ground of its own.
fn name_of_hovered(
    ui: &Ui,
    painter: &Painter,
    canvas: &Canvas<'_>,
    memory: &MapMemory,
    person: PersonIndex,
) {
    let network = &canvas.desk.project.results().network;
    let (Some(who), Some(at)) = (network.people.get(person as usize), canvas.place(person, memory))
    else {
        return;
    };
    let mut known = crate::ui::person::one_line(&canvas.desk, person);
    for tie in ties_to_selected(canvas, person) {
        known = format!("{known}\n{tie}");
    }
    let beside = (at, canvas.radius(person) + 8.0);
    card::paint(ui, painter, canvas.rect, beside, shown_name(&who.name), known);
}

/// What ties the person under the pointer to the one who is selected, in words.
fn ties_to_selected(canvas: &Canvas<'_>, person: PersonIndex) -> Vec<String> {
    let network = &canvas.desk.project.results().network;
    let mut selected = canvas.desk.state.selected.iter().copied();
    let (Some(one), None) = (selected.next(), selected.next()) else { return Vec::new() };
    let Some(who) = network.people.get(one as usize) else { return Vec::new() };
    let joins = |tie: &Tie| {
        one != person
            && tie.other(person) == one
            && [tie.influencer, tie.audience].contains(&person)
    };
    let told = |tie: Tie| {
        let words = crate::ui::person::tie_in_words(network, &tie);
        format!("{} of {}: {words}", capitalized(tie.closeness().label()), shown_name(&who.name))
    };
    network.ties.iter().filter(joins).map(told).collect()
}

/// A picture's color on the window.
pub fn shown(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}
