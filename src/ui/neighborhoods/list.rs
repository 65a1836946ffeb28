//! Every neighborhood in a row: its name, to be changed, its people, captain, fill and ties.

use egui::{Align, Layout, Rect, RichText, ScrollArea, Sense, TextEdit, Ui, UiBuilder, vec2};

use super::NeighborhoodsMemory;
use crate::measure::GroupTies;
use crate::network::Groups;
use crate::picture::palette::Palette;
use crate::picture::{Theme, hue_of_neighborhood};
use crate::ui::actions::{Action, Selecting};
use crate::ui::map;
use crate::ui::state::Desk;
use crate::ui::text::shown_name;
use crate::ui::theme::palette;
use crate::ui::widgets::{grouped, hint, meter};

const ROW: f32 = 24.0;

/// Columns: title, what it tells, width (0: what is left).
const COLUMNS: [(&str, &str, f32); 6] = [
    ("Name", "Type to change it; empty gives the neighborhood back its own name", 0.0),
    ("People", "Members", 54.0),
    ("Captain", "The member who, as the only seed, wins over most of the neighborhood", 150.0),
    ("Filled", "Expected share of members who have adopted at the end", 104.0),
    ("Ties in, out", "Pairs tied inside, and ties to other neighborhoods", 84.0),
    ("E-I", "Ties out less ties in, over all: -1 keeps to itself, 1 knows only others", 44.0),
];

/// Shows the page.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    memory: &mut NeighborhoodsMemory,
    actions: &mut Vec<Action>,
) {
    let groups = &desk.findings.neighborhoods;
    let sizes = groups.sizes();
    let listed = groups.worth_listing();
    if listed == 0 {
        hint(ui, "Nobody is tied to anybody here: everyone is alone.");
        return;
    }
    let scroll = 14.0;
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let head = Rect::from_min_size(head.min, vec2(head.width() - scroll, head.height()));
    let ink = palette(ui.visuals()).ink_soft;
    for ((title, tip, _), cell) in COLUMNS.into_iter().zip(cells(head)) {
        let mut ui = ui.new_child(UiBuilder::new().max_rect(cell).layout(layout()));
        ui.label(RichText::new(title).small().color(ink)).on_hover_text(tip);
    }
    let problem = memory.editing.as_ref().and_then(|(group, text)| taken(groups, *group, text));
    let below = if problem.is_some() { 22.0 } else { 0.0 };
    let height = (ui.available_height() - below).max(ROW);
    let area = ScrollArea::vertical().auto_shrink([false, false]).max_height(height);
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, ROW, listed, |ui, rows| {
        for group in rows {
            row(ui, desk, (group, sizes[group], head.width()), memory, actions);
        }
    });
    if let Some(problem) = problem {
        let warn = palette(ui.visuals()).warn;
        ui.label(RichText::new(problem).small().color(warn));
    }
}

fn layout() -> Layout {
    Layout::left_to_right(Align::Center)
}

/// Where each cell of a row is.
fn cells(row: Rect) -> impl Iterator<Item = Rect> {
    let gaps = 8.0;
    let fixed: f32 = COLUMNS.iter().map(|it| it.2 + gaps).sum();
    let mut left = row.left();
    COLUMNS.into_iter().map(move |(.., width)| {
        let width = if width > 0.0 { width } else { (row.width() - fixed).max(60.0) };
        let cell = Rect::from_min_size(egui::pos2(left, row.top()), vec2(width, row.height()));
        left += width + gaps;
        cell
    })
}

fn row(
    ui: &mut Ui,
    desk: &Desk<'_>,
    (group, people, width): (usize, u32, f32),
    memory: &mut NeighborhoodsMemory,
    actions: &mut Vec<Action>,
) {
    let Ok(number) = u32::try_from(group) else { return };
    let groups = &desk.findings.neighborhoods;
    let colors = palette(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
    response.widget_info(|| {
        let text = format!("Neighborhood {}", shown_name(&groups.names[group]));
        egui::WidgetInfo::labeled(egui::Role::ListItem, true, text)
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, 5.0, colors.field);
    }
    if response.double_clicked() {
        actions.push(Action::FocusOnNeighborhood(number));
    } else if response.clicked() {
        actions.push(Action::SelectNeighborhood(number, Selecting::Only));
    }
    let response = response.on_hover_text("Click selects its people, double click shows them");
    let _ = response;
    let mut places = cells(rect);
    let mut cell = |ui: &mut Ui, add: &mut dyn FnMut(&mut Ui)| {
        if let Some(place) = places.next() {
            let mut ui = ui.new_child(UiBuilder::new().max_rect(place).layout(layout()));
            ui.set_clip_rect(ui.clip_rect().intersect(place.expand(2.0)));
            add(&mut ui);
        }
    };
    cell(ui, &mut |ui| name(ui, groups, number, memory, actions));
    cell(ui, &mut |ui| {
        ui.label(grouped(people as usize));
    });
    let found = desk.findings.captains.as_ref();
    let captain = found.and_then(|it| it.captains.get(group).copied().flatten());
    cell(ui, &mut |ui| {
        let everyone = &desk.project.results().network.people;
        let who = captain.and_then(|it| Some((it, everyone.get(it.person as usize)?)));
        let Some((captain, who)) = who else { return };
        let text = RichText::new(shown_name(&who.name));
        let link =
            ui.add(egui::Label::new(text.color(colors.accent)).truncate().sense(Sense::click()));
        let tip = format!(
            "Alone wins over {:.1} of the {people} ({:.1} to {:.1})",
            captain.reach.mean, captain.reach.low, captain.reach.high
        );
        if link.on_hover_text(tip).clicked() {
            actions.push(Action::GoTo(captain.person));
        }
    });
    cell(ui, &mut |ui| {
        let filling = desk.findings.filling.as_ref().filter(|it| group < it.groups());
        let Some(filling) = filling else { return };
        let share = filling.share(filling.last_step(), group);
        #[expect(clippy::cast_possible_truncation, reason = "a share for a bar")]
        meter(ui, share as f32, 44.0);
        let now = desk.shown_step().filter(|&step| (step as usize) < filling.last_step());
        let text = match now {
            Some(step) => format!(
                "{:.0} → {:.0} %",
                100.0 * filling.share(step as usize, group),
                100.0 * share
            ),
            None => format!("{:.0} %", 100.0 * share),
        };
        ui.label(RichText::new(text).small());
    });
    let ties = found.and_then(|it| it.ties.groups.get(group).copied());
    cell(ui, &mut |ui| {
        if let Some(ties) = ties {
            ui.label(
                RichText::new(format!("{}, {}", grouped(ties.inside), grouped(ties.across)))
                    .small(),
            );
        }
    });
    cell(ui, &mut |ui| {
        if let Some(index) = ties.map(GroupTies::e_i).filter(|it| it.is_finite()) {
            ui.label(RichText::new(format!("{index:.2}")).small());
        }
    });
}

/// The color and the name, which can be typed over.
fn name(
    ui: &mut Ui,
    groups: &Groups,
    group: u32,
    memory: &mut NeighborhoodsMemory,
    actions: &mut Vec<Action>,
) {
    let theme = if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light };
    let color = hue_of_neighborhood(groups, group, theme).unwrap_or(Palette::of(theme).other);
    let (dot, _) = ui.allocate_exact_size(vec2(14.0, ROW), Sense::hover());
    ui.painter().circle_filled(dot.center(), 5.0, map::shown(color));
    let now = &groups.names[group as usize];
    let here = memory.editing.as_ref().filter(|(edited, _)| *edited == group);
    let mut text = here.map_or_else(|| shown_name(now), |(_, text)| text.clone());
    let edit = TextEdit::singleline(&mut text)
        .id_salt(("neighborhood", group))
        .frame(egui::Frame::NONE)
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(ui.available_width());
    // A field as high as others would stand lower than the rest of its row.
    ui.spacing_mut().interact_size.y = ROW;
    let response = ui.add(edit);
    response.widget_info(|| {
        egui::WidgetInfo::text_edit(true, shown_name(now), &text, "Name of the neighborhood")
    });
    if response.gained_focus() {
        // The whole name, also what was too long to show.
        memory.editing = Some((group, now.clone()));
    } else if response.changed() {
        memory.editing = Some((group, text.clone()));
    }
    if response.lost_focus() && memory.editing.as_ref().is_some_and(|it| it.0 == group) {
        let kept = !ui.input(|input| input.key_pressed(egui::Key::Escape));
        if kept && text.trim() != now && taken(groups, group, &text).is_none() {
            actions.push(Action::NameNeighborhood(group, text));
        }
        memory.editing = None;
    }
}

/// Why a neighborhood cannot have this name.
fn taken(groups: &Groups, group: u32, text: &str) -> Option<String> {
    let mut others = (0..).zip(&groups.names).filter(|it| it.0 != group);
    others
        .any(|(_, name)| name == text.trim())
        .then(|| format!("Another neighborhood is called “{}”", shown_name(text.trim())))
}
