//! A rule as a chip: what it says, and a cross that takes it away.

use egui::epaint::text::TextWrapping;
use egui::text::LayoutJob;
use egui::{Rect, Role, Sense, TextFormat, TextStyle, Ui, WidgetInfo, pos2, vec2};

use super::icon::{self, Icon};
use super::text::shown_name;
use super::theme::palette;

const HEIGHT: f32 = 24.0;
const PADDING: f32 = 9.0;
const CROSS: f32 = 22.0;

/// What a chip shows.
pub struct Chip<'a> {
    /// What the rule says.
    pub text: &'a str,
    /// What the cross does, said before the text to those who cannot see it: "Remove filter".
    pub remove: &'a str,
    /// More about it.
    pub tip: &'a str,
    /// Whether its editor is open.
    pub is_open: bool,
}

/// Where a chip was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChipClick {
    /// On its text.
    Open,
    /// On its cross.
    Remove,
}

impl Chip<'_> {
    /// Shows the chip, as wide as its text or, at most, as its surroundings.
    pub fn show(self, ui: &mut Ui) -> Option<ChipClick> {
        let colors = palette(ui.visuals());
        let font = TextStyle::Body.resolve(ui.style());
        let widest = (ui.max_rect().width() - PADDING - CROSS).max(40.0);
        let format = TextFormat::simple(font, colors.ink);
        let mut job = LayoutJob::single_section(shown_name(self.text), format);
        job.wrap = TextWrapping::truncate_at_width(widest);
        let galley = ui.painter().layout_job(job);
        let size = vec2(PADDING + galley.size().x + CROSS, HEIGHT);
        let (rect, body) = ui.allocate_exact_size(size, Sense::click());
        body.widget_info(|| WidgetInfo::labeled(Role::Button, true, self.text));
        let cross = Rect::from_min_max(pos2(rect.right() - CROSS, rect.top()), rect.max);
        let remove = ui.interact(cross, body.id.with("remove"), Sense::click());
        let name = format!("{} {}", self.remove, self.text);
        remove.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if ui.is_rect_visible(rect) {
            let lit = body.hovered() || body.has_focus();
            let fill = match (self.is_open, lit) {
                (true, _) => colors.accent_soft,
                (false, true) => colors.field_hover,
                (false, false) => colors.field,
            };
            let painter = ui.painter();
            painter.rect_filled(rect, HEIGHT / 2.0, fill);
            let at = pos2(rect.left() + PADDING, rect.center().y - galley.size().y / 2.0);
            painter.galley(at, galley, colors.ink);
            let lit = remove.hovered() || remove.has_focus();
            let ink = if lit { colors.accent } else { colors.ink_soft };
            icon::paint(painter, Icon::Close, cross.shrink2(vec2(7.0, 8.0)), ink);
        }
        let removed = remove.on_hover_text(self.remove).clicked();
        let opened = body.on_hover_text(self.tip).clicked();
        match () {
            () if removed => Some(ChipClick::Remove),
            () if opened => Some(ChipClick::Open),
            () => None,
        }
    }
}
