//! The few building blocks that give every panel the same look.

use egui::{Button, CornerRadius, Frame, Margin, Response, RichText, Stroke, Ui, Vec2, vec2};

use super::theme::{palette, title};
pub use crate::words::{counted, grouped};

/// The one button a panel is about.
pub fn primary_button(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let colors = palette(ui.visuals());
    let (fill, ink) =
        if enabled { (colors.accent, colors.on_accent) } else { (colors.field, colors.ink_soft) };
    ui.scope(|ui| {
        let hover = colors.accent_strong;
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.hovered.weak_bg_fill = hover;
        widgets.active.weak_bg_fill = hover;
        widgets.inactive.weak_bg_fill = fill;
        let text = RichText::new(text).color(ink).strong();
        ui.add_enabled(enabled, Button::new(text).min_size(vec2(0.0, 30.0)))
    })
    .inner
}

/// A raised box on a panel.
pub fn card<R>(ui: &mut Ui, add_contents: impl FnOnce(&mut Ui) -> R) -> R {
    let colors = palette(ui.visuals());
    Frame::new()
        .fill(colors.card)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(CornerRadius::same(9))
        .inner_margin(Margin::symmetric(12, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add_contents(ui)
        })
        .inner
}

/// Title of a card or a group of controls.
pub fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).text_style(title()).strong());
    ui.add_space(1.0);
}

/// Small explaining text that wraps.
pub fn hint(ui: &mut Ui, text: impl Into<String>) -> Response {
    let ink = palette(ui.visuals()).ink_soft;
    ui.add(egui::Label::new(RichText::new(text).small().color(ink)).wrap())
}

/// A thin bar, filled from the left by `share` in 0..=1.
pub fn meter(ui: &mut Ui, share: f32, width: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 5.0), egui::Sense::hover());
    let colors = palette(ui.visuals());
    ui.painter().rect_filled(rect, 2.5, colors.field);
    let mut filled = rect;
    filled.set_width(rect.width() * share.clamp(0.0, 1.0));
    ui.painter().rect_filled(filled, 2.5, colors.accent);
    response
}

/// A short word on a tinted ground ("observed", "inferred").
pub fn badge(ui: &mut Ui, text: &str, ink: egui::Color32) -> Response {
    let font = egui::TextStyle::Small.resolve(ui.style());
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
    let size = galley.size() + vec2(10.0, 1.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    ui.painter().rect_filled(rect, 4.0, ink.gamma_multiply(0.14));
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
    response
}
