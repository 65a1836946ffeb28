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
    among(canvas, |at| area.contains(at))
}

/// Everyone inside a loop on the window, which closes by itself; where it crosses itself, what it
/// goes around twice is outside again.
pub fn inside_loop(canvas: &Canvas<'_>, path: &[Pos2]) -> Vec<PersonIndex> {
    let area = Rect::from_points(path);
    among(canvas, |at| area.contains(at) && is_inside(path, at))
}

fn among(canvas: &Canvas<'_>, is_in: impl Fn(Pos2) -> bool) -> Vec<PersonIndex> {
    (0..)
        .zip(canvas.desk.findings.positions.iter())
        .filter(|&(person, place)| is_in(canvas.screen(*place)) && !canvas.is_hidden(person))
        .map(|(person, _)| person)
        .collect()
}

/// Whether a line from `at` to the right crosses the loop an odd number of times.
fn is_inside(path: &[Pos2], at: Pos2) -> bool {
    let edges = path.iter().zip(path.iter().cycle().skip(1));
    let crossed = edges.filter(|(one, other)| {
        (one.y > at.y) != (other.y > at.y)
            && at.x < one.x + (other.x - one.x) * (at.y - one.y) / (other.y - one.y)
    });
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn a_loop_holds_what_it_goes_around() {
        // A letter U: what stands between its arms is outside.
        let u = [
            (0., 0.),
            (10., 0.),
            (10., 30.),
            (20., 30.),
            (20., 0.),
            (30., 0.),
            (30., 40.),
            (0., 40.),
        ];
        let u = u.map(|(x, y)| pos2(x, y));
        for (at, inside) in [
            (pos2(5.0, 5.0), true),
            (pos2(15.0, 5.0), false),
            (pos2(15.0, 35.0), true),
            (pos2(25.0, 5.0), true),
            (pos2(35.0, 5.0), false),
            (pos2(-1.0, 35.0), false),
        ] {
            assert_eq!(is_inside(&u, at), inside, "{at}");
        }
        assert!(!is_inside(&[], pos2(0.0, 0.0)));
    }
}
