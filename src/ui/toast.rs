//! Short messages over the map: what was done, and what went wrong.

use egui::{Align2, Area, Context, CornerRadius, Frame, Id, Margin, Order, RichText, Stroke};

use super::actions::Action;
use super::icon::{self, Icon};
use super::text::shown_text;
use super::theme::palette;

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// Tells messages apart.
    pub number: u64,
    /// What to say.
    pub text: String,
    /// How it looks and how long it stays.
    pub tone: Tone,
    /// When it came, in seconds of the window's clock.
    pub since: f64,
}

/// Kinds of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done; goes by itself.
    Done,
    /// Something failed; stays until it is put away.
    Failed,
}

impl Toast {
    const STAYS_SECS: f64 = 4.0;

    /// Seconds until it goes by itself.
    pub fn left_secs(&self, now: f64) -> Option<f64> {
        (self.tone == Tone::Done).then_some(self.since + Self::STAYS_SECS - now)
    }
}

/// Shows the messages, the newest lowest.
pub fn show(ctx: &Context, toasts: &[Toast], bottom_margin: f32, actions: &mut Vec<Action>) {
    if toasts.is_empty() {
        return;
    }
    Area::new(Id::unique("messages"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, [0.0, -bottom_margin])
        .show(ctx, |ui| {
            for toast in toasts {
                let colors = palette(ui.visuals());
                let (edge, stop) = match toast.tone {
                    Tone::Done => (colors.line, "Dismiss"),
                    Tone::Failed => (colors.bad, "Dismiss this problem"),
                };
                Frame::new()
                    .fill(colors.card)
                    .stroke(Stroke::new(1.0, edge))
                    .shadow(ui.visuals().popup_shadow)
                    .corner_radius(CornerRadius::same(9))
                    .inner_margin(Margin::symmetric(14, 9))
                    .show(ui, |ui| {
                        ui.set_max_width(560.0);
                        ui.horizontal_top(|ui| {
                            if toast.tone == Tone::Failed {
                                ui.label(RichText::new("!").strong().color(colors.bad));
                            }
                            let width = 500.0_f32.min(ui.available_width() - 40.0);
                            ui.vertical(|ui| {
                                ui.set_max_width(width);
                                ui.add(
                                    egui::Label::new(shown_text(&toast.text))
                                        .wrap()
                                        .selectable(true),
                                );
                            });
                            if icon::small_button(ui, Icon::Close, stop, "Put this away").clicked()
                            {
                                actions.push(Action::Dismiss(toast.number));
                            }
                        });
                    });
                ui.add_space(4.0);
            }
        });
}
