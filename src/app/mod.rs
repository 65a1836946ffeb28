//! F8: the window itself. It owns the state, polls jobs and applies actions; views only look.

mod apply;
mod background;
mod by_hand;
mod canvas;
mod card;
mod chasm;
mod compare;
mod files;
mod filters;
mod follow;
mod glide;
mod importing;
mod jobs;
mod learn;
mod measures;
mod moving;
mod neighborhoods;
mod opengl;
mod overlap;
mod plan;
mod playback;
mod reach;
mod rederive;
mod request;
mod search;
mod seed_check;
mod selection;
mod shown;
mod spread;
mod strategies;
mod table;
mod ties;
mod tray;
mod way;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use egui::ViewportCommand;

use crate::picture::Drawing;
use crate::project::Project;
use crate::ui::actions::{Action, Window};
use crate::ui::state::{Findings, ViewState};
use crate::ui::toast::{Toast, Tone};
use crate::ui::{self, Memory, Over, keys, theme};

use canvas::MapPainter;
use files::{Settings, Waiting};
use follow::Followed;
use glide::Glide;
use importing::Asking;
use jobs::Jobs;
use moving::Moving;

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

/// Opens the window on `inputs` (exports or one project; the bundled sample when empty), with the
/// map drawn as `drawing` says, and returns when it is closed.
///
/// # Errors
/// When there is no display, or it refuses a window; then the headless commands still work.
pub fn run(inputs: Vec<PathBuf>, drawing: Drawing) -> Result<(), WindowError> {
    if !display_available() {
        return Err(WindowError::NoDisplay);
    }
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("jaywalk")
        .with_title("Jaywalk")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([900.0, 600.0]);
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    let create = |cc: &eframe::CreationContext<'_>| -> Box<dyn eframe::App> {
        let mut app = App::new(cc, inputs);
        app.native_dialogs = true;
        app.draw_by(drawing);
        Box::new(app)
    };
    eframe::run_native("jaywalk", options, Box::new(|cc| Ok(create(cc))))
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
    project: Project,
    /// True while the project is the sample and nobody has changed it: then it is no loss.
    untouched_sample: bool,
    state: ViewState,
    findings: Findings,
    memory: Memory,
    jobs: Jobs,
    followed: Followed,
    painter: MapPainter,
    /// The way of the map to another view, while it is on it.
    glide: Option<Glide>,
    /// The way of everyone to other places, while they are on it.
    moving: Option<Moving>,
    settings: Settings,
    waiting: Option<Waiting>,
    /// Files whose questions are being asked.
    asking: Option<Asking>,
    actions: VecDeque<Action>,
    toasts: Vec<Toast>,
    toast_count: u64,
    title: String,
    closing: bool,
    /// When the step that is playing was first shown, in seconds of the window's clock.
    play_since: f64,
    /// Whether to try the system's file dialogs; without them a path is typed.
    native_dialogs: bool,
}

impl App {
    /// State for a new window on `inputs`, or on the sample when there are none.
    pub fn new(cc: &eframe::CreationContext<'_>, inputs: Vec<PathBuf>) -> Self {
        theme::install(&cc.egui_ctx, crate::picture::font_bytes());
        let settings = cc.storage.and_then(|it| eframe::get_value(it, Settings::KEY));
        let mut app = Self {
            project: Project::default(),
            untouched_sample: true,
            state: ViewState::default(),
            findings: Findings::default(),
            memory: Memory::default(),
            jobs: Jobs::default(),
            followed: Followed::default(),
            painter: MapPainter::default(),
            glide: None,
            moving: None,
            settings: settings.unwrap_or_default(),
            waiting: None,
            asking: None,
            actions: VecDeque::new(),
            toasts: Vec::new(),
            toast_count: 0,
            title: String::new(),
            closing: false,
            play_since: 0.0,
            native_dialogs: false,
        };
        if inputs.is_empty() {
            app.state.windows.insert(Window::Welcome);
            app.open_sample(&cc.egui_ctx);
        } else {
            app.actions.push_back(Action::OpenPaths(inputs));
        }
        app
    }

    /// The project, to look at.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// What is on the screen, to look at.
    pub fn view_state(&self) -> &ViewState {
        &self.state
    }

    /// What jobs have found out, to look at.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Where a person is on the window, in points; `None` before the map has a place for them.
    pub fn position_on_window(&self, id: &str) -> Option<egui::Pos2> {
        let person = self.project.results().person(id)?;
        let world = self.findings.positions.get(person as usize)?;
        let [x, y] = self.state.view.to_screen(*world);
        Some(self.memory.map.rect?.min + egui::vec2(x, y))
    }

    /// True while any job runs, any action waits or the map moves by itself.
    pub fn is_busy(&self) -> bool {
        !self.jobs.busy().is_empty()
            || self.jobs.is_brief_work_left()
            || !self.actions.is_empty()
            || self.glide.is_some()
            || self.moving.is_some()
            || self.painter.is_busy()
    }

    /// Who draws the map from now on.
    pub fn draw_by(&mut self, drawing: Drawing) {
        self.painter.card.want(drawing);
    }

    /// Whether the graphics card draws the map that is shown.
    ///
    /// # Errors
    /// Why it does not, where it was asked to and could not.
    pub fn is_drawn_by_card(&self) -> Result<bool, &str> {
        self.painter.card.refusal().map_or(Ok(self.painter.is_by_card()), Err)
    }

    /// Says something to the person.
    fn say(&mut self, ctx: &egui::Context, tone: Tone, text: impl Into<String>) {
        self.toast_count += 1;
        let (number, since) = (self.toast_count, ctx.time());
        self.toasts.push(Toast { number, text: text.into(), tone, since });
        ctx.request_repaint();
    }

    /// Lets messages go when their time is up.
    fn tidy_toasts(&mut self, ctx: &egui::Context) {
        let now = ctx.time();
        self.toasts.retain(|it| it.left_secs(now).is_none_or(|left| left > 0.0));
        let left = self.toasts.iter().filter_map(|it| it.left_secs(now));
        if let Some(soonest) = left.min_by(f64::total_cmp) {
            ctx.request_repaint_after(Duration::from_secs_f64(soonest));
        }
    }

    /// Name and unsaved mark in the title; asks before unsaved work is closed.
    fn keep_window(&mut self, ctx: &egui::Context) {
        let mark = if self.is_dirty() { " •" } else { "" };
        let title = format!("{}{mark} – Jaywalk", self.project_name());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        let asked = ctx.input(|input| input.viewport().close_requested());
        if asked && self.is_dirty() && !self.closing {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.waiting = Some(Waiting::Quit);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        if !dropped.is_empty() {
            let paths = dropped.iter().map(|file| file.path().to_owned()).collect();
            self.actions.push_back(Action::OpenPaths(paths));
        }
        let mut pressed = Vec::new();
        if self.waiting.is_none() {
            keys::consume(ctx, &mut pressed);
        }
        self.actions.extend(pressed);
        self.state.focus_search = false;
        self.poll_jobs(ctx);
        self.apply_actions(ctx);
        self.glide_on(ctx);
        self.move_on(ctx);
        self.follow(ctx);
        self.play_on(ctx);
        self.tidy_toasts(ctx);
        self.keep_window(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.take_picture(ui);
        let busy = self.jobs.busy();
        let picture = self.painter.picture();
        let name = self.project_name();
        let over = Over {
            toasts: &self.toasts,
            recent: &self.settings.recent,
            unsaved: self.waiting.as_ref().map(|it| (name.as_str(), it.in_words())),
            asking: self.asking.as_ref().map(|it| it.sources.as_slice()),
            dropping: ui.input(|input| !input.raw.hovered_files.is_empty()),
        };
        let mut actions = Vec::new();
        // What views remember is theirs while they look at everything else.
        let mut memory = std::mem::take(&mut self.memory);
        ui::show(ui, &self.desk(&busy), &mut memory, picture, &over, &mut actions);
        self.memory = memory;
        if !actions.is_empty() {
            self.actions.extend(actions);
            ui.request_repaint();
        }
        self.ask_for_picture(ui, frame);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, Settings::KEY, &self.settings);
    }
}
