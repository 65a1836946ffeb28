//! Draws the map's picture in a thread and brings it to the window as one texture.
//!
//! Where the graphics card draws ties and people, the thread makes them ready for it, and draws what
//! lies below them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{ColorImage, Context, TextureHandle, TextureOptions, Ui};

use super::App;
use super::background::{Shared, waker};
use super::card::{Card, Mass, Places};
use crate::diffusion::{Filling, Forecast, NEVER};
use crate::jobs::{Job, Outcome};
use crate::layout::Point;
use crate::network::{Groups, PersonIndex};
use crate::picture::{
    ColorBy, HullLabel, Look, Overlay, PictureFormat, PlacedLabel, Scene, SizeBy, Theme, TieRows,
    View, font, hulls, labels, raster,
};
use crate::project::{Hidden, Results};
use crate::report::write_whole;
use crate::ui::map::{MOST_IN_VIEW, MapPicture, minimap};
use crate::ui::state::{Course, MeasureColumn};
use crate::ui::toast::Tone;

/// More names than this are not read but seen as noise.
const MOST_LABELS: usize = 120;

/// The picture on the window and the one being drawn.
#[derive(Default)]
pub struct MapPainter {
    picture: Option<MapPicture>,
    shown: Option<Request>,
    job: Option<(Request, Job<Drawn>)>,
    /// What the card draws over the picture.
    mass: Option<Mass>,
    /// The graphics card.
    pub card: Card,
}

impl MapPainter {
    /// The newest picture.
    pub fn picture(&self) -> Option<&MapPicture> {
        self.picture.as_ref()
    }

    /// Whether the graphics card draws the map that is shown.
    pub fn is_by_card(&self) -> bool {
        self.picture.as_ref().is_some_and(|it| it.above.is_some())
    }

    /// True while a picture is being drawn.
    pub fn is_busy(&self) -> bool {
        self.job.is_some() || (self.mass.is_some() && !self.card.is_complete())
    }
}

/// Everything a picture depends on.
#[derive(Clone, PartialEq)]
struct Request {
    content: Content,
    view: View,
    pixels_per_point: f32,
    /// From how many ties on the map the card draws it.
    card_from: Option<usize>,
}

impl Request {
    /// The view in pixels of the screen.
    fn fine(&self) -> View {
        self.view.magnified(self.pixels_per_point)
    }
}

/// Everything on a picture, wherever one looks from.
#[derive(Clone, PartialEq)]
struct Content {
    results: SameResults,
    positions: Shared<Vec<Point>>,
    moved: BTreeMap<PersonIndex, Point>,
    look: Look,
    course: Option<Shared<Course>>,
    step: Option<u32>,
    sized: Option<Shared<MeasureColumn>>,
    shaded: Option<Shared<MeasureColumn>>,
    chances: Option<Shared<Forecast>>,
    hidden: Shared<Hidden>,
    neighborhoods: Shared<Groups>,
    filling: Option<Shared<Filling>>,
    seeds: Vec<PersonIndex>,
    selected: Vec<PersonIndex>,
}

/// Results that equal only themselves.
#[derive(Clone)]
struct SameResults(Results);

impl PartialEq for SameResults {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0.network, &other.0.network)
    }
}

struct Drawn {
    image: ColorImage,
    scene: Arc<Scene>,
    labels: Vec<PlacedLabel>,
    hull_labels: Vec<HullLabel>,
    ties: Option<Vec<u32>>,
    mass: Option<Mass>,
    /// The whole map in small, where it is not the one that is shown already.
    overview: Option<(ColorImage, View)>,
}

impl App {
    /// Takes a finished picture, and has the card draw what it is to draw for the present view.
    pub(super) fn take_picture(&mut self, ui: &Ui) {
        let ctx = ui.ctx();
        if let Some((_, job)) = &mut self.painter.job
            && let Some(outcome) = job.poll()
            && let Some((request, _)) = self.painter.job.take()
        {
            if let Outcome::Done(drawn) = outcome {
                self.painter.accept(ctx, request, drawn);
            }
            ctx.request_repaint();
        }
        let MapPainter { picture: Some(picture), mass, card, .. } = &mut self.painter else {
            return;
        };
        picture.above = mass.as_ref().and_then(|mass| {
            let positions = Arc::clone(&self.findings.positions);
            let places = Places { positions, moved: self.memory.map.moved.clone() };
            let view = self.state.view.magnified(ui.pixels_per_point());
            card.show(ctx, &picture.scene, mass, places, view)
        });
        if picture.above.is_none() {
            *mass = None;
        }
    }

    /// Asks for the next picture when something changed. Only one is drawn at a time, and always
    /// the newest: what came in between is never drawn.
    pub(super) fn ask_for_picture(&mut self, ui: &Ui, frame: &mut eframe::Frame) {
        let ctx = ui.ctx();
        if self.painter.job.is_some() {
            return;
        }
        let Some(request) = self.picture_request(ui, frame) else {
            (self.painter.picture, self.painter.shown, self.painter.mass) = (None, None, None);
            return;
        };
        if self.painter.shown.as_ref() == Some(&request) {
            return;
        }
        let known = self.painter.shown.as_ref().filter(|it| it.content == request.content);
        let fineness = known.map(|it| it.pixels_per_point);
        let known = fineness.zip(self.painter.picture.as_ref()).map(|(fineness, it)| {
            let ties = self.painter.mass.as_ref().map(|it| Arc::clone(&it.ties));
            (Arc::clone(&it.scene), ties, fineness)
        });
        let wanted = request.clone();
        let job = Job::spawn("map", waker(ctx), move |_| Ok(draw(&wanted, known)));
        self.painter.job = Some((request, job));
    }

    fn picture_request(&mut self, ui: &Ui, frame: &mut eframe::Frame) -> Option<Request> {
        let content = self.content(ui.visuals().dark_mode)?;
        let (view, pixels_per_point) = (self.state.view, ui.pixels_per_point());
        let ties = self.project.results().network.ties.len();
        let card_from = self.painter.card.draws_from(ties, frame);
        Some(Request { content, view, pixels_per_point, card_from })
    }

    /// What is on the map now, without names and legend; `None` while nobody has a place.
    fn content(&self, is_dark: bool) -> Option<Content> {
        let results = self.project.results();
        let [width, height] = self.state.view.size_px;
        let placed = self.findings.positions.len() == results.network.people.len();
        if results.network.people.is_empty() || !placed || width < 8 || height < 8 {
            return None;
        }
        let mut look = self.project.decisions().look.clone();
        look.theme = if is_dark { Theme::Dark } else { Theme::Light };
        (look.labels, look.legend) = (false, false);
        let step = self.shown_step();
        if step.is_some() {
            look.color = ColorBy::AdoptedSoFar;
        }
        let measured = |it| self.findings.measured(it).map(|it| Shared(Arc::clone(it)));
        let sized = match look.size {
            SizeBy::Measured(measure) => measured(measure),
            _ => None,
        };
        let shaded = match look.color {
            ColorBy::Measured(measure) => measured(measure),
            _ => None,
        };
        let hulls = look.hulls;
        let chances = look.color == ColorBy::Chance;
        Some(Content {
            results: SameResults(results.clone()),
            positions: Shared(Arc::clone(&self.findings.positions)),
            moved: self.memory.map.moved.clone(),
            look,
            course: self.findings.course.clone().map(Shared),
            step,
            sized,
            shaded,
            chances: self.findings.forecast.clone().filter(|_| chances).map(Shared),
            hidden: Shared(Arc::clone(&self.findings.hidden)),
            neighborhoods: Shared(Arc::clone(&self.findings.neighborhoods)),
            filling: self.findings.filling.clone().filter(|_| hulls).map(Shared),
            seeds: self.project.seeds(),
            selected: self.state.selected.iter().copied().collect(),
        })
    }

    /// Writes what the map shows now, names and legend included, as a picture beside the window.
    pub(super) fn save_picture(&mut self, ctx: &Context, mut path: PathBuf) {
        if path.extension().is_none() {
            path.set_extension("png");
        }
        let Some(format) = PictureFormat::of(&path) else {
            let text = format!("{} must end in .png, .svg or .pdf.", path.display());
            return self.say(ctx, Tone::Failed, text);
        };
        let Some(mut content) = self.content(ctx.global_style().visuals.dark_mode) else { return };
        (content.look.labels, content.look.legend) = (self.project.decisions().look.labels, true);
        let view = self.state.view.magnified(format.pixels_per_point());
        let title = format!("{} map", self.project_name());
        self.jobs.picture = Some(Job::spawn("picture", waker(ctx), move |_| {
            let scene = build(&content);
            let sheet = scene.sheet(&scene.beside_legend(&view));
            let written = format
                .encode(&sheet, &title)
                .map_err(|error| error.to_string())
                .and_then(|bytes| write_whole(&path, &bytes).map_err(|error| error.to_string()));
            let failed = |why| format!("{} could not be written: {why}.", path.display());
            let missing =
                format.missing_letters(&sheet).map_or_else(String::new, |it| format!(". {it}"));
            let told = format!("The picture is in {}{missing}", path.display());
            Ok(written.map(|()| told).map_err(failed))
        }));
    }
}

impl MapPainter {
    fn accept(&mut self, ctx: &Context, request: Request, drawn: Drawn) {
        let Drawn { image, scene, labels, hull_labels, ties, mass, overview } = drawn;
        let (pixels, small) = match self.picture.take() {
            Some(before) => {
                (set(before.pixels, image), Some((before.overview, before.overview_view)))
            }
            None => (ctx.load_texture("map", image, TextureOptions::LINEAR), None),
        };
        let small = match (small, overview) {
            (Some((texture, _)), Some((image, view))) => Some((set(texture, image), view)),
            (None, Some((image, view))) => {
                Some((ctx.load_texture("mini-map", image, TextureOptions::LINEAR), view))
            }
            (small, None) => small,
        };
        // A first picture always brings it along.
        let Some((overview, overview_view)) = small else { return };
        self.mass = mass;
        self.picture = Some(MapPicture {
            pixels,
            above: None,
            scene,
            view: request.view,
            labels,
            hull_labels,
            ties,
            overview,
            overview_view,
        });
        self.shown = Some(request);
    }
}

fn set(mut texture: TextureHandle, image: ColorImage) -> TextureHandle {
    texture.set(image, TextureOptions::LINEAR);
    texture
}

/// A scene that was drawn before, with its ties as the card takes them, for so many pixels per point.
type Known = (Arc<Scene>, Option<Arc<TieRows>>, f32);

fn draw(request: &Request, known: Option<Known>) -> Drawn {
    // The small map is of the scene alone.
    let fineness = request.pixels_per_point.to_bits();
    let is_new = known.as_ref().is_none_or(|it| it.2.to_bits() != fineness);
    let (scene, tie_rows) = match known {
        Some((scene, tie_rows, _)) => (scene, tie_rows),
        None => (Arc::new(build(&request.content)), None),
    };
    let fine = request.fine();
    let ties = scene.ties_in(&request.view, MOST_IN_VIEW);
    let many = |least: usize| ties.as_ref().is_none_or(|it| it.len() >= least);
    // Arrowheads are for the processor: they show from so near that few ties are on the map. So are
    // crowds, where few of many ties are left.
    let by_processor = scene.has_arrows(&fine) || scene.crowding(&fine) > 0.0;
    let card = request.card_from.filter(|&it| many(it) && !by_processor);
    let mass = card.map(|_| Mass::of(&scene, fine, tie_rows));
    let image = || {
        let pixels = match mass {
            Some(_) => raster::paint(&scene.ground(&fine)),
            None => raster::draw(&scene, &fine),
        };
        let size = [pixels.width as usize, pixels.height as usize];
        ColorImage::from_rgba_unmultiplied(size, &pixels.rgba)
    };
    let names = || {
        let labels = labels::place(&scene, &request.view, MOST_LABELS, font::width);
        (labels, hulls::place(&scene, &request.view, font::width))
    };
    let (image, (labels, hull_labels)) = rayon::join(image, names);
    let overview = is_new.then(|| overview(&scene, request.pixels_per_point));
    Drawn { image, scene, labels, hull_labels, ties, mass, overview }
}

/// The whole map in small, with as many pixels as the screen has, and its view in points.
fn overview(scene: &Scene, pixels_per_point: f32) -> (ColorImage, View) {
    let points = View::fit(&[], minimap::SIZE, 0.0);
    let (dots, view) = scene.overview(points.magnified(pixels_per_point).size_px);
    let size = [dots.width as usize, dots.height as usize];
    let view = View { scale: view.scale / pixels_per_point, size_px: minimap::SIZE, ..view };
    (ColorImage::from_rgba_unmultiplied(size, &dots.rgba), view)
}

fn build(content: &Content) -> Scene {
    let mut positions = content.positions.0.as_ref().clone();
    for (&person, &place) in &content.moved {
        positions[person as usize] = place;
    }
    let results = &content.results.0;
    let people = results.network.people.len();
    let course = content.course.as_ref().map(|it| &it.0);
    let course = course.filter(|it| it.classes.len() == people);
    let adopted = match (course, content.step) {
        (Some(course), Some(step)) => course.adopted_by(step),
        _ => Vec::new(),
    };
    let (sized, shaded) = (values(content.sized.as_ref()), values(content.shaded.as_ref()));
    let chances = content.chances.as_ref().and_then(|it| it.0.per_person.as_ref());
    let chances: Vec<f64> =
        chances.map_or_else(Vec::new, |it| it.iter().map(|person| person.probability).collect());
    let overlay = Overlay {
        neighborhoods: Some(&content.neighborhoods.0),
        levels: &levels(content, &adopted),
        classes: course.map_or(&[][..], |it| &it.classes),
        adopted: &adopted,
        measured: sized,
        shaded,
        chances: &chances,
        hidden: if content.hidden.0.people.len() == people {
            &content.hidden.0.people
        } else {
            &[]
        },
        seeds: &content.seeds,
        selected: &content.selected,
        hovered: None,
    };
    Scene::new(&results.network, &positions, &content.look, &overlay)
}

/// How full neighborhoods are at the step that is watched, else at the end of the forecast.
fn levels(content: &Content, adopted: &[bool]) -> Vec<f64> {
    let groups = &content.neighborhoods.0;
    if adopted.len() == groups.of.len() && !adopted.is_empty() {
        let times: Vec<u32> = adopted.iter().map(|&it| if it { 0 } else { NEVER }).collect();
        return Filling::of_times(&times, &groups.of, groups.names.len()).shares(0);
    }
    content.filling.as_ref().map_or_else(Vec::new, |it| it.0.shares(it.0.last_step()))
}

/// The values of a measure; none while it is not known.
fn values(column: Option<&Shared<MeasureColumn>>) -> &[f64] {
    column.map_or(&[], |it| &it.0.estimate.values)
}
