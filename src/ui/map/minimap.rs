//! The whole map in a corner, with what of it is seen now: a drag in it moves the view.

use egui::{Color32, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{Canvas, MapPicture};
use crate::picture::View;
use crate::ui::actions::Action;
use crate::ui::theme::palette;

/// Width and height in points.
pub const SIZE: [u32; 2] = [176, 120];
/// Distance from the corner of the map.
const MARGIN: f32 = 12.0;
/// Shown as soon as less than this part of the map, along either side, is on the canvas.
const WHOLE: f32 = 0.92;

/// Shows it where only part of the map is seen and the map is large enough to spare a corner.
pub(super) fn show(ui: &Ui, canvas: &Canvas<'_>, actions: &mut Vec<Action>) {
    let room = canvas.rect.size();
    let Some(picture) = canvas.picture.filter(|_| canvas.desk.state.minimap) else { return };
    let size = vec2(SIZE[0] as f32, SIZE[1] as f32);
    let seen = seen(canvas, picture);
    let is_small = room.x < 2.5 * size.x || room.y < 3.0 * size.y;
    if is_small || is_whole(seen) {
        return;
    }
    let area = Rect::from_min_size(canvas.rect.max - size - vec2(MARGIN, MARGIN), size);
    let id = ui.make_persistent_id("mini-map");
    let response = ui.interact(area, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Canvas, true, "Mini-map"));
    let colors = palette(ui.visuals());
    let painter = ui.painter_at(area.expand(1.0));
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(picture.overview.id(), area, whole, Color32::WHITE);
    painter.rect_stroke(area, 4.0, Stroke::new(1.0, colors.line), StrokeKind::Outside);
    let frame = seen.translate(area.min.to_vec2()).intersect(area.shrink(1.0));
    if frame.is_positive() {
        painter.rect_filled(frame, 2.0, colors.accent.gamma_multiply(0.12));
        painter.rect_stroke(frame, 2.0, Stroke::new(1.5, colors.accent), StrokeKind::Inside);
    }
    if let Some(at) = response.interact_pointer_pos().filter(|_| {
        response.clicked() || response.dragged() || response.is_pointer_button_down_on()
    }) {
        let at = at.clamp(area.min, area.max) - area.min;
        let center = picture.overview_view.to_world([at.x, at.y]);
        actions.push(Action::Look(View { center, ..canvas.view }));
    }
}

/// What of the mini-map is on the canvas, in its own points.
fn seen(canvas: &Canvas<'_>, picture: &MapPicture) -> Rect {
    let [width, height] = canvas.view.size_px.map(|it| it as f32);
    let corner = |pixel: [f32; 2]| -> Pos2 {
        let [x, y] = picture.overview_view.to_screen(canvas.view.to_world(pixel));
        pos2(x, y)
    };
    Rect::from_min_max(corner([0.0, 0.0]), corner([width, height]))
}

/// Whether nearly all of the mini-map is seen on the canvas.
fn is_whole(seen: Rect) -> bool {
    let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(SIZE[0] as f32, SIZE[1] as f32));
    let part = seen.intersect(all);
    part.width() >= WHOLE * all.width() && part.height() >= WHOLE * all.height()
}
