//! F8: the window itself. It owns the state, polls jobs and applies actions; views only look.

use std::path::PathBuf;

/// Why the window did not open.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// Neither X11 nor Wayland is there to draw on.
    #[error("no display is available: neither WAYLAND_DISPLAY nor DISPLAY is set")]
    NoDisplay,
    /// There is a display, but it refuses a window.
    #[error("the window could not be opened: {0}")]
    Refused(String),
}

/// Opens the window on `inputs` (exports or one project; the bundled sample when empty) and
/// returns when it is closed.
///
/// # Errors
/// When there is no display, or it refuses a window; then the headless commands still work.
pub fn run(inputs: Vec<PathBuf>) -> Result<(), WindowError> {
    if !display_available() {
        return Err(WindowError::NoDisplay);
    }
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("jaywalk")
        .with_title("Jaywalk")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([900.0, 600.0]);
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    eframe::run_native("jaywalk", options, Box::new(|cc| Ok(Box::new(App::new(cc, inputs)))))
        .map_err(|error| WindowError::Refused(error.to_string()))
}

/// Whether there is anything to draw on. Always true where the system has one display only.
pub fn display_available() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos")))
        || set("WAYLAND_DISPLAY")
        || set("WAYLAND_SOCKET")
        || set("DISPLAY")
}

/// The window's state.
pub struct App {
    welcome: bool,
    keys: bool,
    actions: Vec<crate::ui::actions::Action>,
}

impl App {
    /// State for a new window.
    pub fn new(cc: &eframe::CreationContext<'_>, _inputs: Vec<PathBuf>) -> Self {
        crate::ui::theme::install(&cc.egui_ctx, &[]);
        Self { welcome: true, keys: false, actions: Vec::new() }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        use crate::ui::actions::{Action, Window};
        use crate::ui::commands::{Command, consume_keys};
        consume_keys(ctx, &mut self.actions);
        for action in std::mem::take(&mut self.actions) {
            match action {
                Action::ShowWindow(Window::Welcome, open) => self.welcome = open,
                Action::ShowWindow(Window::Keys, open) => self.keys = open,
                Action::Do(Command::Keys) => self.keys = true,
                _ => {}
            }
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        egui::CentralPanel::default().show(ui, |_| {});
        if self.welcome {
            crate::ui::welcome::show(ui.ctx(), &[], &mut self.actions);
        }
        if self.keys {
            crate::ui::help::show(ui.ctx(), &mut self.actions);
        }
    }
}
