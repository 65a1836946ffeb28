//! The map drawn through OpenGL beside the same map drawn on the processor, in the real window:
//! `xvfb-run -a -s "-screen 0 1440x900x24 +extension GLX" cargo test --test opengl`.
//!
//! It needs a display, so a plain `cargo test` says that it was left out. Both pictures of each look are
//! kept in `target/tmp` to be looked at.

#![cfg(feature = "gui")]

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use egui::{ColorImage, Context, Event, Key, MouseWheelUnit, RawInput, TouchPhase, pos2, vec2};
use jaywalk::app::{self, App};
use jaywalk::picture::Drawing;

/// Mean difference of a channel, out of 255, that nobody sees.
const SLIGHT: f64 = 0.25;
/// Difference of a channel that can be seen, and the share of such pixels that may be.
const VISIBLE: u8 = 24;
const FEW: f64 = 0.001;

fn main() {
    if !app::display_available() {
        println!("left out: the map through OpenGL needs a display, see tests/opengl.rs");
        return;
    }
    let viewport = egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]);
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    let open = |cc: &eframe::CreationContext<'_>| -> Box<dyn eframe::App> {
        Box::new(Comparison::new(App::new(cc, Vec::new())))
    };
    eframe::run_native("jaywalk-test", options, Box::new(|cc| Ok(open(cc)))).expect("a window");
    println!("the map looks the same through OpenGL as on the processor");
}

/// What is done before a look at the map: keys, and lines of the wheel.
/// Nearer than the first of them ties have arrowheads, which the processor draws.
const LOOKS: [(&str, Option<Key>, f32); 3] =
    [("whole", Some(Key::Escape), -1.5), ("farther", None, -1.0), ("far", None, -2.0)];

/// The window, walked through every look and theme.
struct Comparison {
    app: App,
    themes: Vec<egui::Theme>,
    look: usize,
    drawing: Drawing,
    events: Vec<Event>,
    /// Frames without anything to wait for.
    still: u32,
    shots: Arc<Mutex<Vec<Arc<ColorImage>>>>,
    asked: bool,
    since: Instant,
}

impl Comparison {
    fn new(app: App) -> Self {
        Self {
            app,
            themes: vec![egui::Theme::Dark, egui::Theme::Light],
            look: 0,
            drawing: Drawing::Processor,
            events: Vec::new(),
            still: 0,
            shots: Arc::default(),
            asked: false,
            since: Instant::now(),
        }
    }

    /// Goes to the look that is due.
    fn prepare(&mut self, ctx: &Context) {
        let (_, key, lines) = LOOKS[self.look];
        let modifiers = egui::Modifiers::NONE;
        if let Some(key) = key {
            for pressed in [true, false] {
                let (physical_key, repeat) = (None, false);
                self.events.push(Event::Key { key, physical_key, pressed, repeat, modifiers });
            }
        }
        self.events.push(Event::PointerMoved(pos2(600.0, 450.0)));
        if lines != 0.0 {
            self.events.push(Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                delta: vec2(0.0, lines),
                phase: TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
                modifiers,
            });
        }
        // Nothing may be lit under the pointer.
        self.events.push(Event::PointerGone);
        ctx.set_theme(*self.themes.last().expect("a theme"));
        self.app.draw_by(self.drawing);
    }

    /// Once both pictures of a look are there: compares them, and goes on.
    fn compare(&mut self, ctx: &Context) {
        let shots = std::mem::take(&mut *self.shots.lock().expect("nobody panicked"));
        let [one, other] = &shots[..] else { panic!("two pictures") };
        let theme = *self.themes.last().expect("a theme");
        let name = format!("{}-{theme:?}", LOOKS[self.look].0).to_lowercase();
        for (image, by) in [(one, "processor"), (other, "opengl")] {
            let path = format!("{}/{name}-{by}.png", env!("CARGO_TARGET_TMPDIR"));
            let [width, height] = image.size.map(|it| u32::try_from(it).expect("a window"));
            image::save_buffer(
                Path::new(&path),
                image.as_raw(),
                width,
                height,
                image::ExtendedColorType::Rgba8,
            )
            .expect("the picture can be written");
        }
        assert_eq!(one.size, other.size);
        let pairs = || one.as_raw().iter().zip(other.as_raw());
        let apart = |(a, b): (&u8, &u8)| a.abs_diff(*b);
        let mean = pairs().map(|it| f64::from(apart(it))).sum::<f64>() / one.as_raw().len() as f64;
        let visible = pairs().filter(|it| apart(*it) > VISIBLE).count() as f64;
        let share = visible / one.as_raw().len() as f64;
        println!("{name}: {mean:.3} of 255 apart on average, {:.3} % visibly", 100.0 * share);
        assert!(mean < SLIGHT && share < FEW, "{name} looks different through OpenGL");
        let first = one.pixels[0];
        assert!(one.pixels.iter().any(|it| *it != first), "{name} is blank");
        self.look += 1;
        if self.look == LOOKS.len() {
            self.look = 0;
            self.themes.pop();
        }
        if self.themes.is_empty() {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }
}

impl eframe::App for Comparison {
    fn raw_input_hook(&mut self, _: &Context, input: &mut RawInput) {
        if !self.events.is_empty() {
            input.events.push(self.events.remove(0));
        }
    }

    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        assert!(self.since.elapsed() < Duration::from_mins(4), "the window is still busy");
        ctx.request_repaint();
        self.app.logic(ctx, frame);
        if self.themes.is_empty() {
            return;
        }
        let idle = !self.app.is_busy() && self.app.findings().forecast.is_some();
        self.still = if idle && self.events.is_empty() { self.still + 1 } else { 0 };
        if self.still < 40 {
            return;
        }
        self.still = 0;
        let shots = self.shots.lock().expect("nobody panicked").len();
        match (shots, self.asked) {
            (0, false) => {
                self.drawing = Drawing::Processor;
                self.prepare(ctx);
                self.asked = true;
            }
            (1, false) => {
                self.drawing = Drawing::Card;
                self.app.draw_by(self.drawing);
                self.asked = true;
            }
            (0 | 1, true) => {
                let by_card = self.app.is_drawn_by_card();
                assert_eq!(by_card, Ok(self.drawing == Drawing::Card));
                let shots = Arc::clone(&self.shots);
                ctx.request_screenshot(move |image| {
                    shots.lock().expect("nobody panicked").push(image);
                });
                self.asked = false;
            }
            _ => self.compare(ctx),
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.app.ui(ui, frame);
    }
}
