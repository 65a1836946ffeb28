//! Draws shortest paths: one of those between two people, each as likely as the others.
//!
//! Two walks, forth from the one and back from the other, always the one with fewer ties to look
//! at next, meet after far fewer steps than one walk would need. Source: Borassi & Natale 2016
//! (KADABRA, section 3.1).

use std::ops::Range;

use rand::RngExt;

use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::Stream;

const UNSEEN: u32 = u32::MAX;
/// Counts above this are scaled down with their whole level; only ratios count.
const TOO_MANY: f64 = 1e100;

/// Working memory for one draw after another.
pub(super) struct PathSample {
    forth: Walk,
    back: Walk,
    /// Arcs at which the walks meet, with the paths that run over each and all before it.
    meetings: Vec<(PersonIndex, PersonIndex, f64)>,
}

/// All shortest paths from one end, as far as it has walked.
struct Walk {
    distance: Vec<u32>,
    paths: Vec<f64>,
    order: Vec<PersonIndex>,
    /// Places in `order` of the outermost level, and its distance.
    level: Range<usize>,
    radius: u32,
    /// Arcs that lead on from there.
    arcs: usize,
}

impl PathSample {
    pub(super) fn new(people: usize) -> Self {
        Self { forth: Walk::new(people), back: Walk::new(people), meetings: Vec::new() }
    }

    /// Calls `between` with everyone between the ends of a random shortest path from `from` to
    /// `to`; with nobody where there is none.
    pub(super) fn draw(
        &mut self,
        graph: &InfluenceGraph,
        (from, to): (PersonIndex, PersonIndex),
        rng: &mut Stream,
        mut between: impl FnMut(PersonIndex),
    ) {
        let (onward, backward) = (|it| graph.audience_of(it), |it| graph.influences_on(it));
        self.forth.start(from, onward);
        self.back.start(to, backward);
        self.meetings.clear();
        while self.meetings.is_empty() {
            let (forth, back) = (&mut self.forth, &mut self.back);
            if forth.level.is_empty() || back.level.is_empty() {
                return;
            }
            if forth.arcs <= back.arcs {
                forth.advance(back, &mut self.meetings, onward);
            } else {
                back.advance(forth, &mut self.meetings, backward);
                for (one, other, _) in &mut self.meetings {
                    std::mem::swap(one, other);
                }
            }
        }
        let (near, far) = self.pick_meeting(rng);
        self.forth.retrace(near, backward, rng, &mut between);
        self.back.retrace(far, onward, rng, &mut between);
    }

    fn pick_meeting(&self, rng: &mut Stream) -> (PersonIndex, PersonIndex) {
        let all: f64 = self.meetings.iter().map(|it| it.2).sum();
        let mut left = rng.random::<f64>() * all;
        let met = self.meetings.iter().find(|it| {
            left -= it.2;
            left < 0.0
        });
        let &(near, far, _) = met.unwrap_or(&self.meetings[self.meetings.len() - 1]);
        (near, far)
    }
}

impl Walk {
    fn new(people: usize) -> Self {
        Self {
            distance: vec![UNSEEN; people],
            paths: vec![0.0; people],
            order: Vec::new(),
            level: 0..0,
            radius: 0,
            arcs: 0,
        }
    }

    fn start<'a>(&mut self, end: PersonIndex, row: impl Fn(PersonIndex) -> &'a [PersonIndex]) {
        for person in self.order.drain(..) {
            self.distance[person as usize] = UNSEEN;
        }
        self.order.push(end);
        self.distance[end as usize] = 0;
        self.paths[end as usize] = 1.0;
        (self.level, self.radius, self.arcs) = (0..1, 0, row(end).len());
    }

    /// Walks one level further; notes every arc that leads to where `other` has been, as (person
    /// of this walk, person of the other). Both walks together are shorter than the distance, so
    /// that is the outermost level of `other`.
    fn advance<'a>(
        &mut self,
        other: &Self,
        meetings: &mut Vec<(PersonIndex, PersonIndex, f64)>,
        row: impl Fn(PersonIndex) -> &'a [PersonIndex],
    ) {
        let further = self.radius + 1;
        for place in self.level.clone() {
            let person = self.order[place];
            let paths = self.paths[person as usize];
            for &next in row(person) {
                if other.distance[next as usize] != UNSEEN {
                    meetings.push((person, next, paths * other.paths[next as usize]));
                }
                let distance = &mut self.distance[next as usize];
                if *distance == UNSEEN {
                    *distance = further;
                    self.paths[next as usize] = paths;
                    self.order.push(next);
                } else if *distance == further {
                    self.paths[next as usize] += paths;
                }
            }
        }
        self.level = self.level.end..self.order.len();
        self.radius = further;
        let outermost = &self.order[self.level.clone()];
        self.arcs = outermost.iter().map(|&it| row(it).len()).sum();
        let most = outermost.iter().map(|&it| self.paths[it as usize]).fold(0.0, f64::max);
        if most > TOO_MANY {
            for &person in outermost {
                self.paths[person as usize] /= most;
            }
        }
    }

    /// Goes from `person` back to the end by a random shortest path, telling everyone but the end.
    fn retrace<'a>(
        &self,
        mut person: PersonIndex,
        row: impl Fn(PersonIndex) -> &'a [PersonIndex],
        rng: &mut Stream,
        tell: &mut impl FnMut(PersonIndex),
    ) {
        while self.distance[person as usize] > 0 {
            tell(person);
            let nearer = self.distance[person as usize] - 1;
            let before = || row(person).iter().filter(|&&it| self.distance[it as usize] == nearer);
            let all: f64 = before().map(|&it| self.paths[it as usize]).sum();
            let mut left = rng.random::<f64>() * all;
            let chosen = before().find(|&&it| {
                left -= self.paths[it as usize];
                left < 0.0
            });
            // Rounding may leave a crumb; the last is as good as any for that.
            person = *chosen.or(before().next_back()).expect("somebody is one step nearer");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;
    use crate::random::{Purpose, stream};

    #[test]
    fn every_shortest_path_is_as_likely_as_the_others() {
        // From 0 to 5: over 1 and then 3 or 4, or over 2 and 4; 6 is a detour.
        let arcs = [(0, 1), (0, 2), (1, 3), (1, 4), (2, 4), (3, 5), (4, 5), (0, 6), (6, 2)];
        let arc =
            |(influencer, audience)| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
        let graph = InfluenceGraph::from_arcs(7, arcs.map(arc));
        let mut sample = PathSample::new(7);
        let mut rng = stream(1, Purpose::Paths, 0);
        let mut seen = [0; 7];
        for _ in 0..30_000 {
            sample.draw(&graph, (0, 5), &mut rng, |person| seen[person as usize] += 1);
        }
        let [zero, one, two, three, four, five, six] = seen;
        assert_eq!((zero, five, six), (0, 0, 0));
        // A third of the paths each; four standard errors are 327.
        assert_eq!((one + two, three + four), (30_000, 30_000));
        assert!((20_000_i32 - one).abs() < 327 && (10_000_i32 - three).abs() < 327, "{seen:?}");
        sample.draw(&graph, (5, 0), &mut rng, |_| panic!("nothing leads back"));
    }
}
