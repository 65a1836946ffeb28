//! The stepper: forces, step after step, until the map is at rest.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{LayoutSettings, Point};
use crate::network::{InfluenceGraph, PersonIndex};

/// Whether another step is worth taking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutState {
    /// People still move: step again.
    Moving,
    /// At rest, until somebody is pinned or let go.
    Settled,
}

/// A layout under way.
#[derive(Clone, Debug)]
pub struct ForceLayout {
    graph: Arc<InfluenceGraph>,
    settings: LayoutSettings,
    positions: Vec<Point>,
    pinned: BTreeMap<PersonIndex, Point>,
    ticks: u32,
}

impl ForceLayout {
    /// Prepares a layout. `start` holds a point per person to start from (a point that is not
    /// finite means "nowhere yet"); people in `pinned` stay exactly where they are.
    pub fn new(
        graph: Arc<InfluenceGraph>,
        settings: LayoutSettings,
        start: Option<&[Point]>,
        pinned: &BTreeMap<PersonIndex, Point>,
    ) -> Self {
        let mut positions: Vec<Point> = (0..graph.people())
            .map(|person| {
                let angle = person as f32 * 2.4;
                let radius = settings.spacing * (person as f32).sqrt();
                [radius * angle.cos(), radius * angle.sin()]
            })
            .collect();
        for (place, &given) in positions.iter_mut().zip(start.unwrap_or_default()) {
            if given.iter().all(|it| it.is_finite()) {
                *place = given;
            }
        }
        for (&person, &place) in pinned {
            positions[person as usize] = place;
        }
        Self { graph, settings, positions, pinned: pinned.clone(), ticks: 0 }
    }

    /// One tick of movement.
    pub fn step(&mut self) -> LayoutState {
        if self.ticks >= 100 || self.positions.len() < 2 {
            return LayoutState::Settled;
        }
        self.ticks += 1;
        let unit = self.settings.spacing * self.settings.spacing;
        let old = &self.positions;
        let moved = (0_u32..).zip(old).map(|(person, &[x, y])| {
            if self.pinned.contains_key(&person) {
                return [x, y];
            }
            let gravity = 0.01 * self.settings.gravity;
            let mut force = [-gravity * x, -gravity * y];
            for &[other_x, other_y] in old {
                let (dx, dy) = (x - other_x, y - other_y);
                let near = unit / (dx * dx + dy * dy + 1.0);
                force = [force[0] + near * dx, force[1] + near * dy];
            }
            let ties = self.graph.audience_of(person).iter();
            let mut pulls = 1.0;
            for &other in ties.chain(self.graph.influences_on(person)) {
                let [other_x, other_y] = old[other as usize];
                force = [force[0] + other_x - x, force[1] + other_y - y];
                pulls += 1.0;
            }
            [x + 0.3 * force[0] / pulls, y + 0.3 * force[1] / pulls]
        });
        self.positions = moved.collect();
        LayoutState::Moving
    }

    /// Where everyone is now, by [`PersonIndex`]; always finite.
    pub fn positions(&self) -> &[Point] {
        &self.positions
    }

    /// Steps taken so far.
    pub fn ticks(&self) -> u32 {
        self.ticks
    }

    /// Holds `person` at a point (while dragging), or lets them go.
    pub fn pin(&mut self, person: PersonIndex, place: Option<Point>) {
        match place {
            Some(place) => {
                self.pinned.insert(person, place);
                self.positions[person as usize] = place;
            }
            None => {
                self.pinned.remove(&person);
            }
        }
        self.ticks = self.ticks.min(80);
    }
}
