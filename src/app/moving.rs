//! Everyone's way from where they stood to where they belong: short and eased, so that whoever
//! looks on loses sight of nobody.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::glide::eased;
use crate::layout::Point;
use crate::network::{InfluenceGraph, PersonIndex};

/// How long the way takes.
const SECS: f64 = 0.35;
/// Where more people are on the map, drawing it once takes about as long as the way: they jump.
const MOST: usize = 20_000;
/// The place of whoever has none yet.
pub const NOWHERE: Point = [f32::NAN; 2];

/// People under way.
pub struct Moving {
    from: Arc<Vec<Point>>,
    to: Arc<Vec<Point>>,
    /// Time of the first frame that moved.
    since: Option<f64>,
}

impl App {
    /// Sends everyone on the way to `places`, from wherever they are by now.
    pub(super) fn move_to(&mut self, places: Arc<Vec<Point>>) {
        let from = Arc::clone(&self.findings.positions);
        let walks = from.len() == places.len() && places.len() <= MOST && from != places;
        self.moving = walks.then(|| Moving { from, to: Arc::clone(&places), since: None });
        if !walks {
            self.findings.positions = places;
        }
    }

    /// Puts everyone there at once.
    pub(super) fn stand_at(&mut self, places: Arc<Vec<Point>>) {
        self.moving = None;
        self.findings.positions = places;
    }

    /// Where everyone stands, or will in a moment.
    pub(super) fn settled_positions(&self) -> &Arc<Vec<Point>> {
        self.moving.as_ref().map_or(&self.findings.positions, |it| &it.to)
    }

    /// The next part of the way, and a repaint only while there is one.
    pub(super) fn move_on(&mut self, ctx: &Context) {
        let Some(moving) = &mut self.moving else { return };
        let now = ctx.time();
        let share = (now - *moving.since.get_or_insert(now)) / SECS;
        if share >= 1.0 {
            let there = Arc::clone(&moving.to);
            self.stand_at(there);
            return;
        }
        let share = eased(share);
        let between = |(from, to): (&Point, &Point)| {
            std::array::from_fn(|axis| from[axis] + (to[axis] - from[axis]) * share)
        };
        self.findings.positions =
            Arc::new(moving.from.iter().zip(moving.to.iter()).map(between).collect());
        ctx.request_repaint();
    }
}

/// Places for everyone where most are known, the others not finite: newcomers stand in the middle of
/// those whom they are tied to, or of everyone. `None` where most people are new.
/// O(people + ties of newcomers).
pub fn with_newcomers(known: &[Point], graph: &InfluenceGraph) -> Option<Vec<Point>> {
    let is_known = |place: &Point| place.iter().all(|it| it.is_finite());
    let everyone = || known.iter().copied().filter(is_known);
    if everyone().count() * 2 <= known.len() {
        return None;
    }
    let middle = mean(everyone())?;
    let beside = |person: PersonIndex| {
        let tied = graph.audience_of(person).iter().chain(graph.influences_on(person));
        mean(tied.map(|&it| known[it as usize]).filter(is_known)).unwrap_or(middle)
    };
    let place = |(person, place): (PersonIndex, &Point)| {
        if is_known(place) { *place } else { beside(person) }
    };
    Some((0..).zip(known).map(place).collect())
}

fn mean(places: impl Iterator<Item = Point>) -> Option<Point> {
    let (mut sum, mut count) = ([0.0; 2], 0.0);
    for [x, y] in places {
        sum = [sum[0] + x, sum[1] + y];
        count += 1.0;
    }
    (count > 0.0).then(|| sum.map(|it| it / count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn newcomers_begin_among_those_they_are_tied_to() {
        let arcs = [(0, 3), (3, 1), (1, 2)].map(|(influencer, audience)| InfluenceArc {
            influencer,
            audience,
            ties: 1,
            value: 1.0,
        });
        let graph = InfluenceGraph::from_arcs(5, arcs);
        let [a, b, c] = [[0.0, 0.0], [8.0, 2.0], [4.0, 10.0]];
        let places = with_newcomers(&[a, b, c, NOWHERE, NOWHERE], &graph);
        assert_eq!(places, Some(vec![a, b, c, [4.0, 1.0], [4.0, 4.0]]));
        assert_eq!(with_newcomers(&[a, b, NOWHERE, NOWHERE], &graph), None);
    }
}
