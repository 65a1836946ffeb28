//! Questions that need an answer, and paths typed where the system has no file dialog.

use std::path::PathBuf;

use egui::{Context, Frame, Id, Key, Modal, RichText, TextEdit};

use super::actions::{Action, Answer, Window};
use super::widgets::{hint, primary_button};

/// Asks what to do about unsaved changes before `what` happens.
pub fn unsaved(ctx: &Context, name: &str, what: &str, actions: &mut Vec<Action>) {
    let modal = Modal::new(Id::unique("unsaved changes")).frame(frame(ctx)).show(ctx, |ui| {
        ui.set_width(380.0);
        ui.label(RichText::new(format!("Save changes to {name}?")).heading().strong());
        hint(ui, format!("They are lost when you {what} without saving."));
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            if primary_button(ui, "Save", true).clicked() {
                actions.push(Action::Answer(Answer::Save));
            }
            if ui.add(egui::Button::new("Don't save").min_size(egui::vec2(0.0, 30.0))).clicked() {
                actions.push(Action::Answer(Answer::Discard));
            }
            if ui.add(egui::Button::new("Cancel").min_size(egui::vec2(0.0, 30.0))).clicked() {
                actions.push(Action::Answer(Answer::Stay));
            }
        });
    });
    if modal.should_close() {
        actions.push(Action::Answer(Answer::Stay));
    }
}

/// A path being typed.
#[derive(Debug, Default)]
pub struct PathMemory {
    text: String,
}

/// Asks for a path. Shown beside the system's own dialog, which on some systems never appears.
pub fn path(ctx: &Context, window: Window, memory: &mut PathMemory, actions: &mut Vec<Action>) {
    let (title, explain, verb) = match window {
        Window::OpenPath => (
            "Open",
            "Path of an export, a graph file, a folder, a zip or a project. Files can also be dropped on the window.",
            "Open",
        ),
        Window::PlanPath => {
            ("Write the plan", "Path of a folder; it is made if it does not exist.", "Write")
        }
        Window::TablePath => ("Export the table", "Path of the file (.csv).", "Write"),
        Window::PicturePath => {
            ("Save the picture", "Path of the file (.png, .svg or .pdf).", "Save")
        }
        _ => ("Save the project", "Path of the project file (.jaywalk).", "Save"),
    };
    let mut close = false;
    let modal = Modal::new(Id::unique("path")).frame(frame(ctx)).show(ctx, |ui| {
        ui.set_width(460.0);
        ui.label(RichText::new(title).heading().strong());
        hint(ui, explain);
        ui.add_space(8.0);
        let field = TextEdit::singleline(&mut memory.text)
            .desired_width(f32::INFINITY)
            .hint_text("/home/…");
        let field = ui.add(field).accessible_name("Path");
        if memory.text.is_empty() && !field.has_focus() {
            field.request_focus();
        }
        ui.add_space(10.0);
        let typed = memory.text.trim().trim_matches('"').to_owned();
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.horizontal(|ui| {
            let go = primary_button(ui, verb, !typed.is_empty()).clicked();
            if (go || entered) && !typed.is_empty() {
                let path = home(&typed);
                actions.push(match window {
                    Window::OpenPath => Action::OpenPaths(vec![path]),
                    Window::PlanPath => Action::WritePlanTo(path),
                    Window::TablePath => Action::WriteTableTo(path),
                    Window::PicturePath => Action::SavePictureTo(path),
                    _ => Action::SaveTo(path),
                });
                close = true;
            }
            if ui.add(egui::Button::new("Cancel").min_size(egui::vec2(0.0, 30.0))).clicked() {
                close = true;
            }
        });
    });
    if close || modal.should_close() {
        memory.text.clear();
        actions.push(Action::ShowWindow(window, false));
    }
}

/// Air around a question.
fn frame(ctx: &Context) -> Frame {
    let style = ctx.global_style();
    Frame::window(&style).inner_margin(22)
}

/// `~` stands for the home folder.
fn home(typed: &str) -> PathBuf {
    match (typed.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    }
}
