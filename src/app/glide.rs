//! The map's way from one view to another when nobody's hand moves it: short, and eased.

use egui::Context;

use super::App;
use super::follow::fitted;
use crate::picture::View;

/// How long the way takes.
const SECS: f64 = 0.22;

/// A view under way.
#[derive(Clone, Copy, Debug)]
pub struct Glide {
    from: View,
    to: View,
    /// Time of the first frame that moved.
    since: Option<f64>,
    /// Whether everyone is kept in view from then on.
    then_follow: bool,
}

impl App {
    /// Looks from there, after a short way.
    pub(super) fn glide_to(&mut self, to: View) {
        self.state.follow = false;
        self.glide = Some(Glide { from: self.state.view, to, since: None, then_follow: false });
    }

    /// Shows everyone, after a short way, and keeps them in view.
    pub(super) fn glide_to_everyone(&mut self) {
        if self.state.follow || self.findings.positions.is_empty() {
            self.state.follow = true;
            return;
        }
        self.glide_to(fitted(self.settled_positions(), self.state.view.size_px));
        if let Some(glide) = &mut self.glide {
            glide.then_follow = true;
        }
    }

    /// Where the map is looked at from, or will be in a moment.
    pub(super) fn settled_view(&self) -> View {
        self.glide.map_or(self.state.view, |it| it.to)
    }

    /// The next part of the way, and a repaint only while there is one.
    pub(super) fn glide_on(&mut self, ctx: &Context) {
        let Some(glide) = &mut self.glide else { return };
        let now = ctx.time();
        let share = (now - *glide.since.get_or_insert(now)) / SECS;
        let size_px = self.state.view.size_px;
        if share >= 1.0 {
            self.state.view = View { size_px, ..glide.to };
            self.state.follow = glide.then_follow;
            self.glide = None;
        } else {
            self.state.view = View { size_px, ..glide.from.towards(&glide.to, eased(share)) };
            ctx.request_repaint();
        }
    }
}

/// Quick at first and slow at the end.
#[expect(clippy::cast_possible_truncation, reason = "a share in 0..=1")]
pub fn eased(share: f64) -> f32 {
    (1.0 - (1.0 - share.clamp(0.0, 1.0)).powi(3)) as f32
}
