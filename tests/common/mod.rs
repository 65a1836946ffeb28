//! What the tests through the window share.

mod cpu_renderer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub use cpu_renderer::CpuRenderer;
use egui_kittest::Harness;
use jaywalk::app::App;

/// The real window, without a display.
pub type Window = Harness<'static, App>;

/// Opens the window on `inputs`, or on the sample when there are none.
pub fn open(inputs: Vec<PathBuf>, width: f32, height: f32, theme: egui::Theme) -> Window {
    open_fine(inputs, egui::vec2(width, height), theme, 1.0)
}

/// The same on a screen with so many pixels per point.
pub fn open_fine(
    inputs: Vec<PathBuf>,
    size: egui::Vec2,
    theme: egui::Theme,
    pixels_per_point: f32,
) -> Window {
    let mut window = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(pixels_per_point)
        .with_theme(theme)
        .with_step_dt(1.0 / 30.0)
        .with_max_steps(3)
        // The sample has names in scripts that only the system's fonts cover.
        .allow_missing_glyphs()
        .renderer(CpuRenderer::default())
        .build_eframe(move |cc| App::new(cc, inputs));
    window.step();
    window
}

/// Steps the window until `done`, while jobs run beside it.
///
/// # Panics
/// When that takes longer than any job on a slow, busy machine should.
pub fn wait(window: &mut Window, done: impl Fn(&App) -> bool) {
    wait_seeing(window, done, |_| ());
}

/// The same, and shows every frame to `see`.
///
/// # Panics
/// Likewise.
pub fn wait_seeing(window: &mut Window, done: impl Fn(&App) -> bool, mut see: impl FnMut(&App)) {
    const LONGEST: Duration = Duration::from_mins(2);
    let since = Instant::now();
    // What was just asked for begins only with the next frames.
    for _ in 0..3 {
        window.step();
        see(window.state());
    }
    while !done(window.state()) {
        assert!(since.elapsed() < LONGEST, "the window is still busy");
        std::thread::sleep(Duration::from_millis(3));
        window.step();
        see(window.state());
    }
    window.step();
}

/// Clicks on the window with the primary button.
pub fn click_at(window: &mut Window, at: egui::Pos2) {
    click_with(window, egui::PointerButton::Primary, egui::Modifiers::NONE, at);
}

/// Clicks with any button, `modifiers` held.
pub fn click_with(
    window: &mut Window,
    button: egui::PointerButton,
    modifiers: egui::Modifiers,
    at: egui::Pos2,
) {
    window.event(egui::Event::ModifiersChanged(modifiers));
    window.hover_at(at);
    window.step();
    for pressed in [true, false] {
        window.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        window.step();
    }
    window.event(egui::Event::ModifiersChanged(egui::Modifiers::NONE));
    window.step();
}

/// Presses a button at `from`, moves to `to` and lets go, with `modifiers` held.
pub fn drag(
    window: &mut Window,
    button: egui::PointerButton,
    modifiers: egui::Modifiers,
    from: egui::Pos2,
    to: egui::Pos2,
) {
    let between = [0.2, 0.5, 0.8].map(|share| from.lerp(to, share));
    drag_along(window, button, modifiers, &[&[from][..], &between, &[to]].concat());
}

/// The same along a path.
pub fn drag_along(
    window: &mut Window,
    button: egui::PointerButton,
    modifiers: egui::Modifiers,
    path: &[egui::Pos2],
) {
    let [from, .., to] = *path else { panic!("a path has two ends") };
    window.event(egui::Event::ModifiersChanged(modifiers));
    window.hover_at(from);
    window.step();
    window.event(egui::Event::PointerButton { pos: from, button, pressed: true, modifiers });
    window.step();
    for &at in &path[1..] {
        window.hover_at(at);
        window.step();
    }
    window.event(egui::Event::PointerButton { pos: to, button, pressed: false, modifiers });
    window.step();
    window.event(egui::Event::ModifiersChanged(egui::Modifiers::NONE));
    window.step();
}

/// Turns the wheel by `lines` (up is positive) where the pointer is.
pub fn turn_wheel(window: &Window, lines: f32) {
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: egui::vec2(0.0, lines),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: egui::Modifiers::NONE,
    });
}

/// Turns the wheel by `lines` (up is positive) at `at`.
pub fn wheel(window: &mut Window, at: egui::Pos2, lines: f32) {
    window.hover_at(at);
    window.step();
    turn_wheel(window, lines);
    // Scrolling is smoothed over some frames.
    for _ in 0..12 {
        window.step();
    }
}

/// A file let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// Drops a file on the window.
pub fn drop_file(window: &mut Window, path: &Path) {
    window.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
    window.step();
}

/// Draws the window, and keeps the picture in `screenshots` when `JAYWALK_SCREENSHOTS` is set.
///
/// # Panics
/// When the window cannot be drawn, or is all of one color.
pub fn picture(window: &mut Window, name: &str) {
    let image = window.render().expect("the window can be drawn");
    let first = *image.get_pixel(0, 0);
    assert!(image.pixels().any(|pixel| *pixel != first), "{name} is blank");
    if std::env::var_os("JAYWALK_SCREENSHOTS").is_some() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        image.save(folder.join(format!("{name}.png"))).expect("the picture can be written");
    }
}
