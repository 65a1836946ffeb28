//! The map: one picture drawn elsewhere, moved and scaled until the next one is there; names,
//! highlights and gestures are egui on top.

mod bars;
mod card;
mod gestures;
mod menu;
pub mod minimap;
mod overlay;
mod pick;
mod spread;
mod tie;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Color32, CornerRadius, Pos2, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::actions::Action;
use super::commands::Command;
use super::icon::{self, Icon};
use super::state::Desk;
use super::text::plain;
use super::theme::palette;
use super::widgets::counted;
use crate::layout::Point;
use crate::network::PersonIndex;
use crate::picture::{HullLabel, HullMark, PlacedLabel, Scene, View};
use gestures::Gesture;
use menu::MenuOn;
pub use overlay::shown;
pub use tie::MOST_IN_VIEW;

/// What the map remembers between frames.
#[derive(Debug, Default)]
pub struct MapMemory {
    /// Where the map is on the window, in points.
    pub rect: Option<Rect>,
    /// The person under the pointer.
    pub hovered: Option<PersonIndex>,
    /// Number of the tie under the pointer, where nobody is.
    hovered_tie: Option<u32>,
    /// Places of people who are being dragged.
    pub moved: BTreeMap<PersonIndex, Point>,
    gesture: Gesture,
    /// Whether what scrolled last were fingers on a touchpad.
    fingers: bool,
    menu_on: MenuOn,
    /// What of the spread is shown.
    spread: spread::Shown,
}

/// The newest picture of the map.
pub struct MapPicture {
    /// Its pixels, for `view`.
    pub pixels: egui::TextureHandle,
    /// What a graphics card draws over them, for the map as it is looked at now.
    pub above: Option<egui::TextureId>,
    /// What is on it.
    pub scene: Arc<Scene>,
    /// Where it was looked at from, in points.
    pub view: View,
    /// Names on it, in points.
    pub labels: Vec<PlacedLabel>,
    /// Names of neighborhoods on it, in points.
    pub hull_labels: Vec<HullLabel>,
    /// The whole map, [`minimap::SIZE`] points large, and the view it is seen from.
    pub overview: egui::TextureHandle,
    /// Where the whole map is looked at from.
    pub overview_view: View,
    /// Numbers of the ties on it; `None` where they are too many to point at one.
    pub ties: Option<Vec<u32>>,
}

/// Shows the map on all the room that is left.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    memory: &mut MapMemory,
    picture: Option<&MapPicture>,
    actions: &mut Vec<Action>,
) {
    let rect = ui.available_rect_before_wrap();
    memory.rect = Some(rect);
    let response = ui.interact(rect, ui.make_persistent_id("map"), Sense::click_and_drag());
    describe(ui, &response, desk);
    let colors = palette(ui.visuals());
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, CornerRadius::ZERO, colors.canvas);
    let canvas = Canvas { rect, view: desk.state.view, desk: *desk, picture };
    if let Some(picture) = picture {
        let corner = |pixel: [f32; 2]| canvas.screen(picture.view.to_world(pixel));
        let [width, height] = picture.view.size_px.map(|it| it as f32);
        let image = Rect::from_min_max(corner([0.0, 0.0]), corner([width, height]));
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(picture.pixels.id(), image, whole, Color32::WHITE);
        if let Some(above) = picture.above {
            let size = vec2(canvas.view.size_px[0] as f32, canvas.view.size_px[1] as f32);
            painter.image(above, Rect::from_min_size(rect.min, size), whole, Color32::WHITE);
        }
    }
    gestures::handle(ui, &response, &canvas, memory, actions);
    spread::paint(ui, &painter, &canvas, memory);
    overlay::paint(ui, &painter, &canvas, memory);
    gestures::paint(ui, &painter, memory);
    nodes(ui, &canvas, actions);
    menu::show(&response, &canvas, memory, actions);
    bars::show(ui, &canvas, actions);
    if desk.project.results().network.people.is_empty() {
        empty(ui, rect, desk);
    } else {
        buttons(ui, rect, actions);
        minimap::show(ui, &canvas, actions);
    }
}

/// The map's place on the window.
struct Canvas<'a> {
    rect: Rect,
    view: View,
    desk: Desk<'a>,
    picture: Option<&'a MapPicture>,
}

impl Canvas<'_> {
    /// Window position of a world point.
    fn screen(&self, world: Point) -> Pos2 {
        let [x, y] = self.view.to_screen(world);
        self.rect.min + vec2(x, y)
    }

    /// World point of a window position.
    fn world(&self, screen: Pos2) -> Point {
        let at = screen - self.rect.min;
        self.view.to_world([at.x, at.y])
    }

    /// Window position of a person; `None` while nobody has a place.
    fn place(&self, person: PersonIndex, memory: &MapMemory) -> Option<Pos2> {
        let place = memory.moved.get(&person);
        let place = place.or_else(|| self.desk.findings.positions.get(person as usize));
        place.map(|&world| self.screen(world))
    }

    /// Whether a person is filtered out.
    fn is_hidden(&self, person: PersonIndex) -> bool {
        self.desk.findings.hidden.has(person as usize)
    }

    /// The neighborhood whose name or shape is under a window position.
    fn hull_at(&self, at: Pos2) -> Option<&HullMark> {
        let picture = self.picture?;
        let named = picture.hull_labels.iter().find(|it| self.hull_label(it).contains(at));
        let by_name = named
            .and_then(|label| picture.scene.hulls.iter().find(|hull| hull.group == label.group));
        by_name.or_else(|| picture.scene.hull_at(self.world(at)))
    }

    /// Where a neighborhood's name is on the window: beside its shape, wherever that has moved.
    fn hull_label(&self, label: &HullLabel) -> Rect {
        let then = self.picture.map_or([0.0; 2], |it| it.view.to_screen(label.anchor));
        let by = vec2(label.min[0] - then[0], label.min[1] - then[1]);
        Rect::from_min_size(self.screen(label.anchor) + by, label.size.into())
    }

    /// Radius of a person's disc in points.
    fn radius(&self, person: PersonIndex) -> f32 {
        let scene = self.picture.map(|it| &it.scene);
        scene
            .filter(|scene| (person as usize) < scene.people.len())
            .map_or(4.0, |scene| scene.radius_px(person, &self.view))
    }
}

/// What a screen reader says about the map as a whole.
fn describe(ui: &Ui, response: &Response, desk: &Desk<'_>) {
    let network = &desk.project.results().network;
    let people = counted(network.people.len(), "person", "people");
    let ties = counted(network.ties.len(), "tie", "ties");
    response.widget_info(|| {
        WidgetInfo::labeled(egui::Role::Canvas, true, format!("Map of {people} and {ties}"))
    });
    ui.output_mut(|output| output.mutable_text_under_cursor = false);
}

/// The named people on the map, for screen readers: each can be chosen without a pointer.
fn nodes(ui: &Ui, canvas: &Canvas<'_>, actions: &mut Vec<Action>) {
    const MOST: usize = 100;
    let Some(picture) = canvas.picture else { return };
    let people = &canvas.desk.project.results().network.people;
    for label in picture.labels.iter().take(MOST) {
        let Some(person) = people.get(label.person as usize) else { continue };
        let Some(&world) = canvas.desk.findings.positions.get(label.person as usize) else {
            continue;
        };
        let rect = Rect::from_center_size(canvas.screen(world), vec2(8.0, 8.0));
        let id = ui.make_persistent_id(("on the map", &person.id));
        let response = ui.interact(rect, id, Sense::hover());
        let selected = canvas.desk.state.selected.contains(&label.person);
        response.widget_info(|| {
            let name = format!("{} on the map", plain(&person.name));
            WidgetInfo::selected(egui::Role::GraphicsSymbol, true, selected, name)
        });
        let asked = egui::accesskit::Action::Click;
        if ui.input(|input| input.has_accesskit_action_request(id, asked)) {
            actions.push(Action::GoTo(label.person));
        }
    }
}

fn buttons(ui: &mut Ui, rect: Rect, actions: &mut Vec<Action>) {
    let colors = palette(ui.visuals());
    let list =
        [(Icon::Plus, Command::ZoomIn), (Icon::Minus, Command::ZoomOut), (Icon::Fit, Command::Fit)];
    let size = vec2(30.0, 30.0 * list.len() as f32);
    let bar = Rect::from_min_size(rect.right_top() + vec2(-size.x - 12.0, 12.0), size);
    ui.painter().rect(
        bar,
        8.0,
        colors.card,
        egui::Stroke::new(1.0, colors.line),
        egui::StrokeKind::Inside,
    );
    let inner = bar.shrink(2.0);
    ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for (icon, command) in list {
            let words = command.words();
            let keys = command.keys_in_words(ui.ctx());
            if icon::button(ui, icon, words.label, &format!("{} ({keys})", words.tip)).clicked() {
                actions.push(Action::Do(command));
            }
        }
    });
}

/// Nothing to show yet: say what to do.
fn empty(ui: &Ui, rect: Rect, desk: &Desk<'_>) {
    let colors = palette(ui.visuals());
    let text = if desk.busy.is_empty() {
        "Drop contact or follower exports, graph files, folders or zips here"
    } else {
        "Reading…"
    };
    let font = egui::TextStyle::Heading.resolve(ui.style());
    let galley = ui.painter().layout(text.to_owned(), font, colors.ink_soft, rect.width() * 0.7);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, colors.ink_soft);
}
