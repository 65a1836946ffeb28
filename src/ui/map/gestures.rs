//! What the mouse does on the map.

use egui::{
    CursorIcon, Painter, PointerButton, Pos2, Rect, Response, Shape, Stroke, StrokeKind, Ui,
};

use super::menu::MenuOn;
use super::{Canvas, MapMemory, pick, tie};
use crate::layout::Point;
use crate::network::PersonIndex;
use crate::picture::View;
use crate::ui::actions::{Action, Selecting};
use crate::ui::commands::Command;
use crate::ui::theme::palette;

/// What is being dragged.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Gesture {
    /// Nothing.
    #[default]
    None,
    /// The map.
    Pan,
    /// A box to select in, from here to here.
    Box(Pos2, Pos2),
    /// A loop to select in (a lasso), as far as it is drawn.
    Loop(Vec<Pos2>),
    /// These people, from these places, since the pointer was at this world point.
    People(Vec<(PersonIndex, Point)>, Point),
}

/// Reads the pointer and pushes what follows.
pub fn handle(
    ui: &Ui,
    response: &Response,
    canvas: &Canvas<'_>,
    memory: &mut MapMemory,
    actions: &mut Vec<Action>,
) {
    zoom(ui, response, canvas, memory, actions);
    drag(ui, response, canvas, memory, actions);
    let idle = memory.gesture == Gesture::None && !response.context_menu_opened();
    memory.hovered =
        response.hover_pos().filter(|_| idle).and_then(|pointer| pick::at(canvas, memory, pointer));
    memory.hovered_tie = response
        .hover_pos()
        .filter(|_| idle && memory.hovered.is_none())
        .and_then(|pointer| tie::under(ui, canvas, memory, pointer));
    if memory.hovered.is_some() {
        ui.set_cursor_icon(CursorIcon::PointingHand);
    }
    click(ui, response, canvas, memory, actions);
}

fn zoom(
    ui: &Ui,
    response: &Response,
    canvas: &Canvas<'_>,
    memory: &mut MapMemory,
    actions: &mut Vec<Action>,
) {
    let Some(pointer) = response.hover_pos() else { return };
    let (pinch, scrolled) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta()));
    if let Some(fingers) = ui.input(scrolls_with_fingers) {
        memory.fingers = fingers;
    }
    // Two fingers on a touchpad move the map as they move a page; a wheel has no other use here.
    let (slide, wheel) =
        if memory.fingers { (scrolled, 0.0) } else { (egui::Vec2::ZERO, scrolled.y) };
    let factor = pinch * (wheel / 240.0).exp();
    if (factor - 1.0).abs() > 1e-4 || slide != egui::Vec2::ZERO {
        let at = pointer - canvas.rect.min;
        let zoomed = canvas.view.zoomed_at([at.x, at.y], factor);
        actions.push(Action::Look(within_reason(zoomed.panned([slide.x, slide.y]))));
    }
}

/// Whether what scrolls now are fingers on a touchpad; `None` when nothing began to scroll.
fn scrolls_with_fingers(input: &egui::InputState) -> Option<bool> {
    input.events.iter().rev().find_map(|event| match event {
        egui::Event::MouseWheel { unit, delta, source, .. } => Some(match source {
            egui::MouseWheelSource::Trackpad | egui::MouseWheelSource::Momentum => true,
            egui::MouseWheelSource::Wheel => false,
            // Wheels turn by lines and up or down only, fingers go anywhere by the pixel.
            egui::MouseWheelSource::Unknown => {
                *unit == egui::MouseWheelUnit::Point || delta.x != 0.0
            }
        }),
        _ => None,
    })
}

/// Nobody looks for people at a thousandth or a thousandfold of their size.
fn within_reason(view: View) -> View {
    View { scale: view.scale.clamp(1e-3, 60.0), ..view }
}

fn drag(
    ui: &Ui,
    response: &Response,
    canvas: &Canvas<'_>,
    memory: &mut MapMemory,
    actions: &mut Vec<Action>,
) {
    let origin = ui.input(|input| input.pointer.press_origin());
    let held = ui.input(|input| input.modifiers);
    if response.drag_started()
        && let Some(origin) = origin
    {
        let person = pick::at(canvas, memory, origin);
        memory.gesture = if !response.dragged_by(PointerButton::Primary) {
            Gesture::Pan
        } else if held.shift {
            Gesture::Box(origin, origin)
        } else if held.alt {
            Gesture::Loop(vec![origin])
        } else if let Some(person) = person {
            let selected = &canvas.desk.state.selected;
            let people = if selected.contains(&person) {
                selected.iter().copied().collect()
            } else {
                vec![person]
            };
            let positions = &canvas.desk.findings.positions;
            let place = |it: PersonIndex| Some((it, *positions.get(it as usize)?));
            let from = people.into_iter().filter_map(place).collect();
            Gesture::People(from, canvas.world(origin))
        } else {
            Gesture::Pan
        };
    }
    let pointer = response.interact_pointer_pos();
    match &mut memory.gesture {
        Gesture::None => {}
        Gesture::Pan => {
            ui.set_cursor_icon(CursorIcon::Grabbing);
            let by = response.drag_delta();
            if by != egui::Vec2::ZERO {
                actions.push(Action::Look(canvas.view.panned([by.x, by.y])));
            }
        }
        Gesture::Box(_, to) => *to = pointer.unwrap_or(*to),
        Gesture::Loop(path) => {
            let last = path.last().copied();
            path.extend(pointer.filter(|at| last.is_none_or(|it| it.distance(*at) > 2.0)));
        }
        Gesture::People(from, start) => {
            ui.set_cursor_icon(CursorIcon::Grabbing);
            if let Some(pointer) = pointer {
                let now = canvas.world(pointer);
                let by = [now[0] - start[0], now[1] - start[1]];
                memory.moved =
                    from.iter().map(|&(it, at)| (it, [at[0] + by[0], at[1] + by[1]])).collect();
            }
        }
    }
    if response.drag_stopped() {
        let how = if held.command { Selecting::Add } else { Selecting::Only };
        match std::mem::take(&mut memory.gesture) {
            Gesture::Box(from, to) => {
                let people = pick::inside(canvas, Rect::from_two_pos(from, to));
                actions.push(Action::Select(people, how));
            }
            Gesture::Loop(path) => {
                actions.push(Action::Select(pick::inside_loop(canvas, &path), how));
            }
            Gesture::People(..) if !memory.moved.is_empty() => {
                actions.push(Action::Pin(memory.moved.iter().map(|(&it, &at)| (it, at)).collect()));
            }
            _ => {}
        }
    }
}

fn click(
    ui: &Ui,
    response: &Response,
    canvas: &Canvas<'_>,
    memory: &mut MapMemory,
    actions: &mut Vec<Action>,
) {
    if response.secondary_clicked()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        memory.menu_on = MenuOn::at(canvas, memory, pointer);
    }
    if response.double_clicked() {
        let hull = response.interact_pointer_pos().and_then(|at| canvas.hull_at(at));
        actions.push(match (memory.hovered, hull) {
            (Some(person), _) => Action::FocusOn(person),
            (None, Some(hull)) => Action::FocusOnNeighborhood(hull.group),
            (None, None) => Action::Do(Command::Fit),
        });
    } else if response.clicked() {
        let several = ui.input(|input| input.modifiers.command || input.modifiers.shift);
        let how = if several { Selecting::Toggle } else { Selecting::Only };
        match memory.hovered {
            Some(person) => actions.push(Action::Select(vec![person], how)),
            None if !several => actions.push(Action::Select(Vec::new(), Selecting::Only)),
            None => {}
        }
    }
}

/// Shows the box or the loop while it is drawn.
pub fn paint(ui: &Ui, painter: &Painter, memory: &MapMemory) {
    let accent = palette(ui.visuals()).accent;
    match &memory.gesture {
        &Gesture::Box(from, to) => {
            let area = Rect::from_two_pos(from, to);
            let stroke = Stroke::new(1.0, accent);
            painter.rect(area, 3.0, accent.gamma_multiply(0.12), stroke, StrokeKind::Inside);
        }
        Gesture::Loop(path) => {
            painter.add(Shape::line(path.clone(), Stroke::new(1.5, accent)));
            if let [first, .., last] = path[..] {
                painter.extend(Shape::dashed_line(
                    &[last, first],
                    Stroke::new(1.0, accent),
                    4.0,
                    4.0,
                ));
            }
        }
        _ => {}
    }
}
