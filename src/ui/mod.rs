//! F7: the window's views.
//!
//! A view reads the [`state::Desk`] and pushes [`actions::Action`]s; it never changes the project.
//! Every file shows one thing and can be read alone; this one says where each has its place.

pub mod actions;
pub mod commands;
pub mod keys;
pub mod state;

pub mod text;
pub mod theme;

pub mod field;
pub mod icon;
pub mod widgets;

pub mod arranging;
pub mod budget;
pub mod by_hand;
pub mod causes;
pub mod changes;
pub mod chasm;
pub mod chip;
pub mod columns;
pub mod compare;
pub mod conditions;
pub mod conversions;
pub mod curve;
pub mod dialogs;
pub mod filters;
pub mod forecast;
pub mod help;
pub mod learn;
pub mod legend;
pub mod made_of;
pub mod map;
mod measures;
pub mod merges;
pub mod neighborhoods;
pub mod overlap;
pub mod palette;
pub mod person;
pub mod picks;
pub mod playback;
pub mod playbook;
pub mod pushes;
pub mod questions;
pub mod reasons;
pub mod report;
pub mod search;
pub mod seeds;
pub mod segments;
pub mod sources;
pub mod spread;
pub mod status;
pub mod strategies;
pub mod table;
pub mod ties;
pub mod toast;
pub mod top;
pub mod tray;
pub mod waves;
pub mod welcome;
mod window;

use std::path::PathBuf;

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui, UiBuilder};

use crate::import::Source;
use actions::{Action, Tab, Window};
use state::Desk;
use theme::palette;

/// What views remember between frames and nobody else needs.
#[derive(Debug, Default)]
pub struct Memory {
    /// Of the map.
    pub map: map::MapMemory,
    /// Of the search field.
    pub search: search::SearchMemory,
    /// Of the columns of what is known.
    pub columns: columns::ColumnsMemory,
    /// Of the filter.
    pub filters: filters::FiltersMemory,
    /// Of the pushes from outside.
    pub pushes: pushes::PushesMemory,
    /// Of the window of neighborhoods.
    pub neighborhoods: neighborhoods::NeighborhoodsMemory,
    /// Of the seeds' panel.
    pub seeds: seeds::SeedsMemory,
    /// Of the strategies side by side.
    pub strategies: strategies::StrategiesMemory,
    /// Of the overlap of the seeds.
    pub overlap: overlap::OverlapMemory,
    /// Of the panel about what happened.
    pub learn: learn::LearnMemory,
    /// Of the tray of scenarios.
    pub tray: tray::TrayMemory,
    /// Of the waves of seeds.
    pub waves: waves::WavesMemory,
    /// Of the ties' sliders.
    pub ties: ties::TiesMemory,
    /// Of the field for commands.
    pub palette: palette::PaletteMemory,
    /// Of the dialog that asks for a path.
    pub path: dialogs::PathMemory,
    /// Of the questions before a change by hand.
    pub by_hand: by_hand::HandMemory,
    /// Of the people table.
    pub table: table::TableMemory,
    /// Of the questions before an import.
    pub questions: questions::QuestionsMemory,
}

/// What lies over everything else, from the floor above.
pub struct Over<'a> {
    /// Messages.
    pub toasts: &'a [toast::Toast],
    /// Projects opened lately.
    pub recent: &'a [PathBuf],
    /// Sources that leave something open, while it is asked.
    pub asking: Option<&'a [Source]>,
    /// Name of the project and what waits for an answer about unsaved changes.
    pub unsaved: Option<(&'a str, &'a str)>,
    /// True while files are held over the window.
    pub dropping: bool,
}

/// Widths in points at which every row of the side panels fits.
const LEFT_LEAST: f32 = 264.0;
const RIGHT_LEAST: f32 = 310.0;

/// Shows the whole window.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    memory: &mut Memory,
    picture: Option<&map::MapPicture>,
    over: &Over<'_>,
    actions: &mut Vec<Action>,
) {
    memory.columns.keep_up_with(desk.project.results());
    let colors = palette(ui.visuals());
    let bar = Frame::new().fill(colors.panel);
    Panel::top("top")
        .frame(bar.inner_margin(Margin::symmetric(10, 4)))
        .exact_size(42.0)
        .show(ui, |ui| top::show(ui, desk, &mut memory.search, actions));
    Panel::bottom("status")
        .frame(bar.inner_margin(Margin::symmetric(14, 2)))
        .exact_size(26.0)
        .show(ui, |ui| status::show(ui, desk, actions));
    Panel::bottom("playback")
        .frame(bar.inner_margin(Margin::symmetric(12, 4)))
        .exact_size(44.0)
        .show(ui, |ui| playback::show(ui, desk, actions));
    if desk.state.table.open {
        let room = ui.available_height();
        Panel::bottom("people")
            .frame(bar.inner_margin(Margin { left: 12, right: 8, top: 6, bottom: 4 }))
            .resizable(true)
            .default_size((room * 0.38).max(150.0))
            .size_range(120.0..=(room - 160.0).max(140.0))
            .show(ui, |ui| table::show(ui, desk, &mut memory.table, actions));
    }
    let side = bar.inner_margin(Margin { left: 10, right: 4, top: 10, bottom: 6 });
    // A small window keeps more of its room for the map.
    let narrow = ui.ctx().content_rect().width() < 1200.0;
    let (left_width, right_width) = if narrow { (LEFT_LEAST, RIGHT_LEAST) } else { (292.0, 324.0) };
    if desk.state.left_open {
        Panel::left("left")
            .frame(side)
            .default_size(left_width)
            .size_range(LEFT_LEAST..=400.0)
            .show(ui, |ui| {
                within_its_width(ui, |ui| {
                    scrolled(ui, "left column", |ui| {
                        sources::show(ui, desk, actions);
                        by_hand::card(ui, desk, actions);
                        legend::show(ui, desk, &memory.columns, actions);
                        filters::show(ui, desk, &memory.columns, &mut memory.filters, actions);
                        arranging::show(ui, desk, actions);
                        ties::show(ui, desk, &mut memory.ties, actions);
                    });
                });
            });
    }
    if desk.state.right_open {
        Panel::right("right")
            .frame(side)
            .default_size(right_width)
            .size_range(RIGHT_LEAST..=480.0)
            .show(ui, |ui| {
                within_its_width(ui, |ui| {
                    tabs(ui, desk, actions);
                    ui.add_space(6.0);
                    let tab = desk.state.tab;
                    scrolled(ui, tab.label(), |ui| match tab {
                        Tab::Person => person::show(ui, desk, actions),
                        Tab::Seeds => {
                            let columns = &mut memory.columns;
                            seeds::show(ui, desk, columns, &mut memory.seeds, actions);
                        }
                        Tab::Learn => learn::show(ui, desk, &mut memory.learn, actions),
                        Tab::Forecast => {
                            tray::show(ui, desk, &mut memory.tray, actions);
                            let Memory { columns, waves, pushes, .. } = memory;
                            forecast::show(ui, desk, (columns, waves, pushes), actions);
                        }
                    });
                });
            });
    }
    CentralPanel::no_frame().show(ui, |ui| {
        map::show(ui, desk, &mut memory.map, picture, actions);
    });
    windows(ui, desk, memory, over, actions);
}

/// Shows contents in the room that a panel has: a row that is too wide is cut off and does not widen
/// the panel, which would move the map.
fn within_its_width(ui: &mut Ui, add_contents: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    add_contents(&mut ui.new_child(UiBuilder::new().max_rect(room)));
    ui.advance_cursor_after_rect(room);
}

fn scrolled(ui: &mut Ui, id: &str, add_contents: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(id).auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.set_width(ui.available_width() - 6.0);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            add_contents(ui);
        });
        ui.add_space(8.0);
    });
}

fn tabs(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let colors = palette(ui.visuals());
    let width = ui.available_width() - 8.0;
    Frame::new().fill(colors.field).corner_radius(8).inner_margin(3).show(ui, |ui| {
        ui.set_width(width - 6.0);
        ui.spacing_mut().item_spacing.x = 3.0;
        ui.horizontal(|ui| {
            let each = (width - 6.0 - 3.0 * 3.0) / 4.0;
            for tab in Tab::ALL {
                let here = tab == desk.state.tab;
                let fill = if here { colors.card } else { egui::Color32::TRANSPARENT };
                let ink = if here { colors.ink } else { colors.ink_soft };
                let text = egui::RichText::new(tab.label()).color(ink);
                let button = egui::Button::selectable(false, text)
                    .fill(fill)
                    .min_size(egui::vec2(each, 26.0));
                let response = ui.add(button);
                response.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::Tab, true, here, tab.label())
                });
                if response.clicked() {
                    actions.push(Action::ShowTab(tab));
                }
            }
        });
    });
}

fn windows(
    ui: &mut Ui,
    desk: &Desk<'_>,
    memory: &mut Memory,
    over: &Over<'_>,
    actions: &mut Vec<Action>,
) {
    let ctx = ui.ctx().clone();
    for &window in &desk.state.windows {
        match window {
            Window::Welcome => welcome::show(&ctx, over.recent, actions),
            Window::Keys => help::show(&ctx, actions),
            Window::ImportReport => report::show(&ctx, desk, actions),
            Window::Changes => changes::show(&ctx, desk, actions),
            Window::Merges => merges::show(&ctx, desk, actions),
            Window::Strategies => {
                strategies::show(&ctx, desk, &mut memory.strategies, actions);
            }
            Window::Overlap => overlap::show(&ctx, desk, &mut memory.overlap, actions),
            Window::Compare => compare::show(&ctx, desk, actions),
            Window::Conversions => conversions::show(&ctx, desk, actions),
            Window::Neighborhoods => {
                let (columns, own) = (&mut memory.columns, &mut memory.neighborhoods);
                neighborhoods::show(&ctx, desk, columns, own, actions);
            }
            Window::Palette => palette::show(&ctx, desk, &mut memory.palette, actions),
            Window::AddPerson | Window::TieTwo | Window::Group => {
                by_hand::dialog(&ctx, desk, window, &mut memory.by_hand, actions);
            }
            Window::OpenPath
            | Window::SavePath
            | Window::PlanPath
            | Window::TablePath
            | Window::PicturePath => {
                dialogs::path(&ctx, window, &mut memory.path, actions);
            }
        }
    }
    if !desk.state.windows.contains(&Window::Palette) {
        memory.palette = palette::PaletteMemory::default();
    }
    if let Some(sources) = over.asking {
        questions::show(&ctx, sources, &mut memory.questions, actions);
    }
    if let Some((name, what)) = over.unsaved {
        dialogs::unsaved(&ctx, name, what, actions);
    }
    toast::show(&ctx, over.toasts, 86.0, actions);
    if over.dropping {
        drop_target(ui);
    }
}

/// Says that files can be let go.
fn drop_target(ui: &Ui) {
    let colors = palette(ui.visuals());
    let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop target"));
    let painter = ui.ctx().layer_painter(layer);
    let area = ui.ctx().content_rect();
    painter.rect_filled(area, 0.0, colors.canvas.gamma_multiply(0.88));
    let stroke = egui::Stroke::new(2.0, colors.accent);
    painter.rect_stroke(area.shrink(22.0), 16.0, stroke, egui::StrokeKind::Inside);
    let font = egui::TextStyle::Heading.resolve(ui.style());
    painter.text(
        area.center(),
        egui::Align2::CENTER_CENTER,
        "Let go to import",
        font,
        colors.accent,
    );
}
