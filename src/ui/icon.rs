//! Small drawn icons, so that no button depends on which fonts a machine has.

use egui::{
    Align2, Color32, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::theme::palette;

/// What can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Triangle to the right.
    Play,
    /// Two bars.
    Pause,
    /// Triangle and bar, to the right.
    StepForward,
    /// The same to the left.
    StepBack,
    /// Double triangle to the left.
    First,
    /// Double triangle to the right.
    Last,
    /// Curved arrow to the left.
    Undo,
    /// Curved arrow to the right.
    Redo,
    /// Magnifying glass.
    Search,
    /// Cross.
    Close,
    /// Plus sign.
    Plus,
    /// Four corners.
    Fit,
    /// Arrow in a circle.
    Again,
    /// Minus sign.
    Minus,
    /// Two sheets.
    Copy,
    /// Pen.
    Pen,
    /// One dot that branches into two.
    Tree,
}

/// A square button with an icon, its `name` for screen readers and as the tooltip.
pub fn button(ui: &mut Ui, icon: Icon, name: &str, tip: &str) -> Response {
    framed(ui, icon, name, tip, Vec2::splat(26.0))
}

/// A smaller one, for rows.
pub fn small_button(ui: &mut Ui, icon: Icon, name: &str, tip: &str) -> Response {
    framed(ui, icon, name, tip, Vec2::splat(20.0))
}

fn framed(ui: &mut Ui, icon: Icon, name: &str, tip: &str, size: Vec2) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), name));
    if ui.is_rect_visible(rect) {
        let colors = palette(ui.visuals());
        let lit = ui.is_enabled() && (response.hovered() || response.has_focus());
        if lit {
            let fill = if response.is_pointer_button_down_on() {
                colors.accent_soft
            } else {
                colors.field_hover
            };
            ui.painter().rect_filled(rect, 6.0, fill);
        }
        let ink = if !ui.is_enabled() {
            colors.ink_soft.gamma_multiply(0.55)
        } else if lit {
            colors.accent
        } else {
            colors.ink
        };
        paint(ui.painter(), icon, rect.shrink(size.x * 0.24), ink);
    }
    response.on_hover_text(tip)
}

/// Draws `icon` into `rect`.
pub fn paint(painter: &Painter, icon: Icon, rect: Rect, ink: Color32) {
    let stroke = Stroke::new((rect.width() * 0.13).max(1.2), ink);
    let at = |x: f32, y: f32| pos2(rect.left() + x * rect.width(), rect.top() + y * rect.height());
    let line = |points: &[(f32, f32)]| {
        painter.add(Shape::line(points.iter().map(|&(x, y)| at(x, y)).collect(), stroke));
    };
    let solid = |points: &[(f32, f32)]| {
        let points = points.iter().map(|&(x, y)| at(x, y)).collect();
        painter.add(Shape::convex_polygon(points, ink, Stroke::NONE));
    };
    match icon {
        Icon::Play => solid(&[(0.18, 0.05), (0.95, 0.5), (0.18, 0.95)]),
        Icon::Pause => {
            solid(&[(0.15, 0.08), (0.4, 0.08), (0.4, 0.92), (0.15, 0.92)]);
            solid(&[(0.6, 0.08), (0.85, 0.08), (0.85, 0.92), (0.6, 0.92)]);
        }
        Icon::StepForward => {
            solid(&[(0.1, 0.1), (0.65, 0.5), (0.1, 0.9)]);
            solid(&[(0.72, 0.1), (0.9, 0.1), (0.9, 0.9), (0.72, 0.9)]);
        }
        Icon::StepBack => {
            solid(&[(0.9, 0.1), (0.9, 0.9), (0.35, 0.5)]);
            solid(&[(0.1, 0.1), (0.28, 0.1), (0.28, 0.9), (0.1, 0.9)]);
        }
        Icon::First => {
            solid(&[(0.5, 0.12), (0.5, 0.88), (0.0, 0.5)]);
            solid(&[(1.0, 0.12), (1.0, 0.88), (0.5, 0.5)]);
        }
        Icon::Last => {
            solid(&[(0.0, 0.12), (0.5, 0.5), (0.0, 0.88)]);
            solid(&[(0.5, 0.12), (1.0, 0.5), (0.5, 0.88)]);
        }
        Icon::Undo | Icon::Redo => {
            let flip = |x: f32| if icon == Icon::Undo { x } else { 1.0 - x };
            let bow: Vec<(f32, f32)> = (0..=12_u8)
                .map(|i| {
                    let angle = f32::from(i) / 12.0 * 3.6 - 2.05;
                    (flip(0.55 + 0.36 * angle.cos()), 0.58 + 0.34 * angle.sin())
                })
                .collect();
            line(&bow);
            let tip = bow[0];
            line(&[
                (tip.0 - (flip(1.0) - 0.5).signum() * 0.02, tip.1 - 0.26),
                tip,
                (tip.0 + (flip(1.0) - 0.5).signum() * 0.3, tip.1 + 0.02),
            ]);
        }
        Icon::Search => {
            painter.circle_stroke(at(0.42, 0.42), rect.width() * 0.32, stroke);
            line(&[(0.66, 0.66), (0.95, 0.95)]);
        }
        Icon::Close => {
            line(&[(0.15, 0.15), (0.85, 0.85)]);
            line(&[(0.85, 0.15), (0.15, 0.85)]);
        }
        Icon::Plus => {
            line(&[(0.5, 0.08), (0.5, 0.92)]);
            line(&[(0.08, 0.5), (0.92, 0.5)]);
        }
        Icon::Minus => line(&[(0.08, 0.5), (0.92, 0.5)]),
        Icon::Fit => {
            for (x, y) in [(0.05, 0.05), (0.95, 0.05), (0.05, 0.95), (0.95, 0.95)] {
                let inward = |v: f32| v + (0.5 - v).signum() * 0.3;
                line(&[(inward(x), y), (x, y), (x, inward(y))]);
            }
        }
        Icon::Copy => {
            line(&[(0.35, 0.3), (0.95, 0.3), (0.95, 0.95), (0.35, 0.95), (0.35, 0.3)]);
            line(&[(0.7, 0.05), (0.05, 0.05), (0.05, 0.75)]);
        }
        Icon::Pen => {
            line(&[(0.08, 0.92), (0.2, 0.6), (0.72, 0.08), (0.92, 0.28), (0.4, 0.8), (0.08, 0.92)]);
        }
        Icon::Tree => {
            line(&[(0.88, 0.15), (0.2, 0.5), (0.88, 0.85)]);
            for (x, y) in [(0.2, 0.5), (0.88, 0.15), (0.88, 0.85)] {
                painter.circle_filled(at(x, y), rect.width() * 0.15, ink);
            }
        }
        Icon::Again => {
            let bow: Vec<(f32, f32)> = (0..=16_u8)
                .map(|i| {
                    let angle = f32::from(i) / 16.0 * 5.0 - 1.0;
                    (0.5 + 0.4 * angle.cos(), 0.5 + 0.4 * angle.sin())
                })
                .collect();
            line(&bow);
            line(&[(0.42, 0.16), (0.72, 0.16), (0.74, 0.46)]);
        }
    }
}

/// A small triangle that points down or up.
pub fn paint_triangle(painter: &Painter, center: Pos2, down: bool, ink: Color32) {
    let tip = if down { 3.5 } else { -3.5 };
    let points = [vec2(-4.0, -tip), vec2(4.0, -tip), vec2(0.0, tip)].map(|it| center + it);
    painter.add(Shape::convex_polygon(points.to_vec(), ink, Stroke::NONE));
}

/// The mark of Jaywalk: a crossing, and one dot that already stepped onto it.
pub fn paint_mark(painter: &Painter, center: Pos2, size: f32, ink: Color32, accent: Color32) {
    for stripe in 0..4_u8 {
        let x = (f32::from(stripe) - 1.5) * size * 0.27;
        let bar =
            Rect::from_center_size(center + vec2(x, size * 0.12), vec2(size * 0.15, size * 0.72));
        painter.rect_filled(bar, size * 0.04, ink.gamma_multiply(0.32));
    }
    painter.circle_filled(center + vec2(size * 0.13, -size * 0.16), size * 0.21, accent);
}

/// Text centered in `rect`, for badges that are drawn and not laid out.
pub fn paint_label(painter: &Painter, rect: Rect, text: &str, size: f32, ink: Color32) {
    painter.text(rect.center(), Align2::CENTER_CENTER, text, egui::FontId::proportional(size), ink);
}
