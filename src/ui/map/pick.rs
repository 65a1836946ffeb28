//! Who is at a place on the map.

use egui::{Pos2, Rect};

use super::{Canvas, MapMemory};
use crate::network::PersonIndex;

/// Slack around a disc, in points, so that small people can be hit.
const SLACK: f32 = 4.0;

/// The person whose disc is at `at`, or the nearest within a small slack.
///
/// O(people): some 20 µs for 10,000, so no index has to follow a moving layout.
pub fn at(canvas: &Canvas<'_>, memory: &MapMemory, at: Pos2) -> Option<PersonIndex> {
    let mut best = None;
    let mut best_gap = SLACK;
    // One look at the world decides for nearly everyone without a square root.
    let [x, y] = canvas.world(at);
    let reach = 40.0 / canvas.view.scale;
    for (person, place) in (0..).zip(canvas.desk.findings.positions.iter()) {
        let place = memory.moved.get(&person).unwrap_or(place);
        if (place[0] - x).abs() > reach || (place[1] - y).abs() > reach || canvas.is_hidden(person)
        {
            continue;
        }
        let gap = canvas.screen(*place).distance(at) - canvas.radius(person);
        if gap < best_gap {
            (best, best_gap) = (Some(person), gap);
        }
    }
    best
}

/// Everyone inside a box on the window.
pub fn inside(canvas: &Canvas<'_>, area: Rect) -> Vec<PersonIndex> {
    (0..)
        .zip(canvas.desk.findings.positions.iter())
        .filter(|&(person, place)| {
            area.contains(canvas.screen(*place)) && !canvas.is_hidden(person)
        })
        .map(|(person, _)| person)
        .collect()
}
