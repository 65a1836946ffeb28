//! Opening, importing, saving: what a person does with files.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use egui::Context;
use serde::{Deserialize, Serialize};

use super::App;
use super::background::{Answer, waker};
use super::importing::{Asking, read_sources};
use crate::import::{Answers, Input};
use crate::jobs::{Cancelled, Control, Job};
use crate::project::{Decisions, ImportSummary, PendingImport, Project, Snapshot, file};
use crate::ui::actions::{self, Action, Tab, Window, Work};
use crate::ui::state::{Findings, Playback};
use crate::ui::toast::Tone;
use crate::ui::widgets::{counted, grouped};
use crate::words::plain;

/// What this program remembers from one start to the next.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Projects opened or saved lately, the latest first.
    pub recent: Vec<PathBuf>,
    /// What was answered about files, so that nothing is asked twice.
    pub answers: Answers,
}

impl Settings {
    /// Name in the storage.
    pub const KEY: &'static str = "settings";
    const MOST_RECENT: usize = 10;

    fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|it| *it != path);
        self.recent.insert(0, path);
        self.recent.truncate(Self::MOST_RECENT);
    }
}

/// What happens once unsaved changes are dealt with.
#[derive(Clone, Debug, PartialEq)]
pub enum Waiting {
    /// Start an empty project.
    New,
    /// Open the sample.
    Sample,
    /// Open this project.
    Open(PathBuf),
    /// Close the window.
    Quit,
}

impl Waiting {
    /// "They are lost when you … without saving."
    pub fn in_words(&self) -> &'static str {
        match self {
            Self::New => "start anew",
            Self::Sample | Self::Open(_) => "open another project",
            Self::Quit => "quit",
        }
    }
}

/// What a load brought.
pub enum Loaded {
    /// Files that leave something open.
    Asking(Asking),
    /// More sources for the project at hand.
    Added(PendingImport),
    /// A project made of files, and what became of those that are exports of one list.
    Imported(Project, ImportSummary),
    /// The sample.
    Sample(Project),
    /// A saved project.
    Opened(Project, PathBuf),
}

/// What the system's file dialog said, and how long it took to.
pub struct DialogAnswer {
    window: Window,
    paths: Vec<PathBuf>,
    millis: u128,
}

impl App {
    /// Whether closing now would lose anything.
    pub(super) fn is_dirty(&self) -> bool {
        let empty = self.project.evidence().sources.is_empty();
        !self.untouched_sample && !empty && self.project.is_dirty()
    }

    /// What the project is called.
    pub(super) fn project_name(&self) -> String {
        match self.project.path().and_then(Path::file_stem) {
            Some(stem) => plain(&stem.to_string_lossy()).into_owned(),
            None if self.untouched_sample => "Sample".to_owned(),
            None => "Untitled".to_owned(),
        }
    }

    /// Goes on when nothing is unsaved, asks otherwise.
    pub(super) fn after_saving(&mut self, ctx: &Context, what: Waiting) {
        if self.is_dirty() {
            self.waiting = Some(what);
        } else {
            self.go_on(ctx, what);
        }
    }

    pub(super) fn answer(&mut self, ctx: &Context, answer: actions::Answer) {
        match answer {
            actions::Answer::Stay => self.waiting = None,
            actions::Answer::Discard => {
                if let Some(what) = self.waiting.take() {
                    self.go_on(ctx, what);
                }
            }
            // What waits goes on when the file is safely written.
            actions::Answer::Save => match self.project.path().map(Path::to_owned) {
                Some(path) => self.save_to(ctx, path),
                None => self.ask_for_path(ctx, Window::SavePath),
            },
        }
    }

    fn go_on(&mut self, ctx: &Context, what: Waiting) {
        match what {
            Waiting::New => {
                egui::Popup::close_all(ctx);
                self.start_on(Project::default());
                self.untouched_sample = false;
            }
            Waiting::Sample => self.open_sample(ctx),
            Waiting::Open(path) => self.open_project(ctx, path),
            Waiting::Quit => {
                self.closing = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
    }

    /// Opens the bundled sample beside the window.
    pub(super) fn open_sample(&mut self, ctx: &Context) {
        self.load(ctx, Work::Open, |control| {
            let read = read_sources(&crate::project::sample(), &Answers::default(), control)?;
            Ok(read.map(|sources| {
                let (project, _) = Project::import(sources, Decisions::default());
                project.results().complete();
                Loaded::Sample(project)
            }))
        });
    }

    /// Opens one project, or imports everything else.
    pub(super) fn open_paths(&mut self, ctx: &Context, mut paths: Vec<PathBuf>) {
        let is_project = |path: &PathBuf| path.extension().is_some_and(|it| it == file::EXTENSION);
        if let Some(at) = paths.iter().position(is_project) {
            return self.after_saving(ctx, Waiting::Open(paths.swap_remove(at)));
        }
        self.import(ctx, paths.into_iter().map(Input::Path).collect(), true);
    }

    fn open_project(&mut self, ctx: &Context, path: PathBuf) {
        self.load(ctx, Work::Open, move |_| {
            let opened = file::open(&path).map_err(|error| error.to_string());
            Ok(opened.map(|project| {
                project.results().complete();
                Loaded::Opened(project, path)
            }))
        });
    }

    pub(super) fn load(
        &mut self,
        ctx: &Context,
        work: Work,
        job: impl FnOnce(&Control) -> Result<Answer<Loaded>, Cancelled> + Send + 'static,
    ) {
        self.jobs.load = Some((work, Job::spawn("load", waker(ctx), job)));
    }

    /// Puts what was loaded in place.
    pub(super) fn accept_loaded(&mut self, ctx: &Context, loaded: Loaded) {
        match loaded {
            Loaded::Asking(asking) => {
                self.asking = Some(asking);
                self.state.windows.remove(&Window::Welcome);
                return;
            }
            Loaded::Added(import) => {
                let before = Arc::clone(&self.project.results().network);
                let summary = self.project.accept_import(import);
                self.follow_people(&before);
                self.untouched_sample = false;
                self.say(ctx, Tone::Done, added(&summary));
                self.tell_changes(summary);
                self.state.follow = true;
            }
            Loaded::Imported(project, summary) => {
                self.start_on(project);
                self.tell_changes(summary);
                self.untouched_sample = false;
                let sources = &self.project.evidence().sources;
                let (read, kept, skipped) = sources.iter().fold((0, 0, 0), |sum, it| {
                    (sum.0 + it.rows_read, sum.1 + it.rows_kept, sum.2 + it.rows_skipped)
                });
                let text = format!(
                    "{}: {} read, {} kept, {} skipped. Ctrl+I shows every row.",
                    counted(sources.len(), "source", "sources"),
                    counted(read, "row", "rows"),
                    grouped(kept),
                    grouped(skipped),
                );
                self.say(ctx, Tone::Done, text);
            }
            Loaded::Sample(project) => {
                self.start_on(project);
                self.untouched_sample = true;
                self.followed.autopilot = true;
                self.actions.push_back(Action::Do(crate::ui::commands::Command::ChooseSeeds));
                return;
            }
            Loaded::Opened(project, path) => {
                self.start_on(project);
                self.untouched_sample = false;
                self.settings.remember(&path);
                if !self.project.decisions().seeds().is_empty() {
                    self.actions.push_back(Action::Do(crate::ui::commands::Command::RunForecast));
                }
            }
        }
        self.state.windows.remove(&Window::Welcome);
    }

    /// Opens the list of changes when an export was here before in another state.
    fn tell_changes(&mut self, summary: ImportSummary) {
        let news = summary.changes.len() + summary.older.len() > 0;
        self.findings.last_import = news.then(|| Arc::new(summary));
        self.show_window(Window::Changes, news);
    }

    /// Shows another project from the start.
    fn start_on(&mut self, project: Project) {
        self.project = project;
        self.findings = Findings::default();
        self.followed = super::follow::Followed::default();
        self.jobs = super::jobs::Jobs::default();
        self.state.selected.clear();
        (self.state.around, self.state.way) = (None, None);
        self.state.playback = Playback::default();
        self.state.follow = true;
        self.state.tab = Tab::Seeds;
    }

    /// Asks where: the system's dialog in a thread of its own, or a typed path.
    pub(super) fn ask_for_path(&mut self, ctx: &Context, window: Window) {
        if !self.native_dialogs {
            self.state.windows.insert(window);
            return;
        }
        let name = format!("{}.{}", self.project_name(), file::EXTENSION);
        let table = format!("{} people.csv", self.project_name());
        let picture = format!("{} map.png", self.project_name());
        self.jobs.dialog = Some(Job::spawn("dialog", waker(ctx), move |_| {
            let since = Instant::now();
            let dialog = rfd::FileDialog::new();
            let paths = match window {
                Window::SavePath => dialog.set_file_name(name).save_file().into_iter().collect(),
                Window::TablePath => dialog.set_file_name(table).save_file().into_iter().collect(),
                Window::PicturePath => {
                    dialog.set_file_name(picture).save_file().into_iter().collect()
                }
                Window::PlanPath => dialog.pick_folder().into_iter().collect(),
                _ => dialog.pick_files().unwrap_or_default(),
            };
            Ok(DialogAnswer { window, paths, millis: since.elapsed().as_millis() })
        }));
    }

    /// Nobody cancels a dialog in less time than it takes to appear: then there was none, and a
    /// path is typed instead.
    pub(super) fn accept_dialog(&mut self, answer: DialogAnswer) {
        const NEVER_APPEARED_MILLIS: u128 = 400;
        let DialogAnswer { window, mut paths, millis } = answer;
        match (window, paths.pop()) {
            (_, None) if millis < NEVER_APPEARED_MILLIS => {
                self.state.windows.insert(window);
            }
            (_, None) => self.waiting = None,
            (Window::SavePath, Some(path)) => self.actions.push_back(Action::SaveTo(path)),
            (Window::TablePath, Some(path)) => self.actions.push_back(Action::WriteTableTo(path)),
            (Window::PicturePath, Some(path)) => {
                self.actions.push_back(Action::SavePictureTo(path));
            }
            (Window::PlanPath, Some(path)) => self.actions.push_back(Action::WritePlanTo(path)),
            (_, Some(path)) => {
                paths.push(path);
                self.actions.push_back(Action::OpenPaths(paths));
            }
        }
    }

    pub(super) fn save_to(&mut self, ctx: &Context, mut path: PathBuf) {
        if path.extension().is_none() {
            path.set_extension(file::EXTENSION);
        }
        let snapshot = self.project.snapshot();
        self.jobs.save = Some(Job::spawn("save", waker(ctx), move |_| {
            let saved = file::save(&snapshot, &path).map_err(|error| error.to_string());
            Ok(saved.map(|()| (snapshot, path)))
        }));
    }

    pub(super) fn accept_saved(&mut self, ctx: &Context, snapshot: Snapshot, path: &Path) {
        self.project.mark_saved(snapshot, path);
        self.untouched_sample = false;
        self.settings.remember(path);
        self.say(ctx, Tone::Done, format!("Saved as {}", path.display()));
        if let Some(what) = self.waiting.take() {
            self.go_on(ctx, what);
        }
    }
}

/// What an import brought, in one line.
fn added(summary: &ImportSummary) -> String {
    let (people, ties) = summary.now;
    let now = format!(
        "now {} and {}. Ctrl+I shows every row.",
        counted(people, "person", "people"),
        counted(ties, "tie", "ties")
    );
    if summary.added + summary.replaced == 0 && summary.older.is_empty() {
        return format!("Nothing new: these files are here already, exactly so; {now}");
    }
    let sources = counted(summary.added, "new source", "new sources");
    let renewed = match summary.replaced {
        0 => String::new(),
        replaced => format!(", {} in the place of earlier ones", grouped(replaced)),
    };
    format!("Added {sources}{renewed}; {now}")
}
