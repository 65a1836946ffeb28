//! A small card on the map that says what is under the pointer.

use egui::{FontId, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, vec2};

use crate::ui::theme::palette;

/// Widest text before it wraps.
const WIDEST: f32 = 260.0;

/// Paints `title` over `text` at `gap` from `at`: to the right where there is room, else to the
/// left, else below, and always within `room`.
pub fn paint(
    ui: &Ui,
    painter: &Painter,
    room: Rect,
    (at, gap): (Pos2, f32),
    title: String,
    text: String,
) {
    let colors = palette(ui.visuals());
    let title = painter.layout(title, FontId::proportional(13.5), colors.ink, 1.4 * WIDEST);
    let text = painter.layout(text, FontId::proportional(11.5), colors.ink_soft, WIDEST);
    let below = vec2(0.0, title.size().y + 2.0);
    let pad = vec2(9.0, 6.0);
    let whole = vec2(title.size().x.max(text.size().x), below.y + text.size().y) + 2.0 * pad;
    let room = room.shrink(6.0);
    let corner = if at.x + gap + whole.x <= room.right() {
        at + vec2(gap, -whole.y / 2.0)
    } else if at.x - gap - whole.x >= room.left() {
        at - vec2(gap + whole.x, whole.y / 2.0)
    } else {
        at + vec2(-whole.x / 2.0, gap)
    };
    let last = (room.max - whole).max(room.min);
    let area = Rect::from_min_size(corner.clamp(room.min, last), whole);
    painter.add(ui.visuals().popup_shadow.as_shape(area, 7.0));
    painter.rect(area, 7.0, colors.card, Stroke::new(1.0, colors.line), StrokeKind::Inside);
    painter.galley(area.min + pad, title, colors.ink);
    painter.galley(area.min + pad + below, text, colors.ink_soft);
}
