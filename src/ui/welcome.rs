//! The first thing a person sees: what Jaywalk is, and three ways to start.

use std::path::{Path, PathBuf};

use egui::{
    Align2, Area, Context, CornerRadius, Frame, Id, Layout, Margin, Order, RichText, Sense, Stroke,
    Ui, vec2,
};

use super::actions::{Action, Window};
use super::commands::Command;
use super::icon;
use super::theme::palette;
use super::widgets::{hint, primary_button};

const WIDTH: f32 = 468.0;

/// Shows the card over the map.
pub fn show(ctx: &Context, recent: &[PathBuf], actions: &mut Vec<Action>) {
    Area::new(Id::unique("welcome"))
        .order(Order::Middle)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .constrain(true)
        .show(ctx, |ui| {
            let colors = palette(ui.visuals());
            Frame::new()
                .fill(colors.card)
                .stroke(Stroke::new(1.0, colors.line))
                .shadow(ui.visuals().window_shadow)
                .corner_radius(CornerRadius::same(16))
                .inner_margin(Margin::same(26))
                .show(ui, |ui| {
                    ui.set_width(WIDTH);
                    card(ui, recent, actions);
                });
        });
}

fn card(ui: &mut Ui, recent: &[PathBuf], actions: &mut Vec<Action>) {
    let colors = palette(ui.visuals());
    let mut close = false;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(40.0, 40.0), Sense::hover());
        icon::paint_mark(ui.painter(), rect.center(), 40.0, colors.ink, colors.accent);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.label(RichText::new("Welcome to Jaywalk").heading().strong());
            hint(
                ui,
                "One person steps off the curb, and the whole crowd follows. Find that person.",
            );
        });
        ui.with_layout(Layout::right_to_left(egui::Align::TOP), |ui| {
            close = icon::button(ui, icon::Icon::Close, "Close welcome", "Look at the sample")
                .clicked();
        });
    });
    ui.add_space(16.0);
    ui.label("Drop contact or follower exports, graph files, folders or zips anywhere on this window. Behind this card is the sample: its map, its seeds and its forecast.");
    ui.add_space(14.0);
    ui.horizontal(|ui| {
        if primary_button(ui, "Open files…", true).clicked() {
            actions.push(Action::Do(Command::Open));
        }
        if ui.add(egui::Button::new("Explore the sample").min_size(vec2(0.0, 30.0))).clicked() {
            actions.push(Action::Do(Command::OpenSample));
            close = true;
        }
    });
    if !recent.is_empty() {
        ui.add_space(16.0);
        hint(ui, "Recent projects");
        for path in recent.iter().take(5) {
            recent_row(ui, path, actions);
        }
    }
    ui.add_space(14.0);
    ui.separator();
    ui.add_space(4.0);
    hint(
        ui,
        "Everything stays on this machine. Every number comes with its band, every tie with its evidence.",
    );
    if close {
        actions.push(Action::ShowWindow(Window::Welcome, false));
    }
}

fn recent_row(ui: &mut Ui, path: &Path, actions: &mut Vec<Action>) {
    let name = path.file_stem().map_or_else(String::new, |it| it.to_string_lossy().into_owned());
    let folder = path.parent().map_or_else(String::new, |it| it.display().to_string());
    ui.horizontal(|ui| {
        let opened = ui.link(&name).on_hover_text(path.display().to_string());
        let ink = palette(ui.visuals()).ink_soft;
        ui.add(egui::Label::new(RichText::new(folder).small().color(ink)).truncate());
        if opened.clicked() {
            actions.push(Action::OpenPaths(vec![path.to_owned()]));
        }
    });
}
