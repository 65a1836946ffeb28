//! The stepper: start, forces, then a glide of all parts to their places side by side.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::packing::{self, Piece};
use super::part::{EDGE, Part, Past};
use super::rows::{Component, components};
use super::start::{self, Fresh};
use super::{LayoutSettings, Point};
use crate::network::{InfluenceGraph, PersonIndex};
use crate::random::{Purpose, Stream, stream};

/// Steps that the glide of the parts to their final places takes.
const GLIDE_STEPS: u16 = 24;
/// Work on starts in one step, in row entries.
const START_SLICE: usize = 1_500_000;

/// Whether another step is worth taking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutState {
    /// People still move: step again.
    Moving,
    /// At rest, until somebody is pinned or let go.
    Settled,
}

/// A layout under way.
///
/// Every connected part starts by pivot scaling (or where its people stood before), moves by
/// forces of its own and rests when it is calm; then all parts glide side by side. The answer
/// depends on graph, settings, start and pins only, not on the number of threads.
#[derive(Clone, Debug)]
pub struct ForceLayout {
    settings: LayoutSettings,
    positions: Vec<Point>,
    pinned: BTreeMap<PersonIndex, Point>,
    /// Parts that wait for their start, smallest first.
    waiting: Vec<Waiting>,
    /// Parts of two people and more, largest first.
    islands: Vec<Island>,
    /// Island and body of each person who has a tie; empty while parts wait for their start.
    whereabouts: Vec<Option<(usize, usize)>>,
    /// People without a tie.
    alone: Vec<PersonIndex>,
    /// Those among them that still need a place.
    homeless: BTreeSet<PersonIndex>,
    stage: Stage,
    ticks: u32,
}

#[derive(Clone, Debug)]
struct Waiting {
    component: Component,
    /// Where its people stand, if they are to move on from there.
    stood: Option<Vec<Option<Point>>>,
    fresh: Fresh,
    random: Stream,
}

#[derive(Clone, Debug)]
struct Island {
    part: Part,
    /// It found its place among the others, and keeps it while that is free.
    at_home: bool,
}

impl Island {
    /// The turn with which it would fill the window best, if it is free to turn.
    fn turn_wanted(&self) -> f32 {
        if self.at_home || self.part.is_pinned() {
            0.0
        } else {
            packing::turn_to_fill(self.part.points())
        }
    }

    fn turned(&self, angle: f32) -> Vec<Point> {
        packing::turned(self.part.points(), self.part.middle(), angle)
    }

    /// Goes a share of a move. The middle of a part turns and shifts with it, so shares add up.
    fn go(&mut self, by: Move, share: f32) {
        if by.turn.abs() > 0.0 {
            self.part.turn(self.part.middle(), by.turn * share);
        }
        self.part.shift(by.shift.map(|it| it * share));
    }
}

#[derive(Clone, Debug)]
enum Stage {
    Starting,
    Forces,
    Gliding(Glide),
    Settled,
}

/// Moves under way: how each island goes in all, and from where to where the homeless go.
#[derive(Clone, Debug)]
struct Glide {
    step: u16,
    islands: Vec<Move>,
    homeless: Vec<(PersonIndex, [Point; 2])>,
}

/// A turn around the island's center, an angle in radians, then a shift.
#[derive(Clone, Copy, Debug)]
struct Move {
    turn: f32,
    shift: Point,
}

impl ForceLayout {
    /// Prepares a layout of everyone in `graph`.
    ///
    /// `start` holds a point per person to start from, by [`PersonIndex`]; a point that is not
    /// finite, or missing, means "nowhere yet", and the person starts beside their neighbors.
    /// People in `pinned` stay exactly where they are. O(people + arcs).
    #[expect(
        clippy::needless_pass_by_value,
        reason = "engines share the graph by `Arc`; that this one copies its rows is its own affair"
    )]
    pub fn new(
        graph: Arc<InfluenceGraph>,
        settings: LayoutSettings,
        start: Option<&[Point]>,
        pinned: &BTreeMap<PersonIndex, Point>,
    ) -> Self {
        Self::begin(&graph, settings, start, true, pinned)
    }

    /// The same under other settings: people start from where they are, and are not held there.
    pub fn rearranged(
        graph: &InfluenceGraph,
        settings: LayoutSettings,
        from: &[Point],
        pinned: &BTreeMap<PersonIndex, Point>,
    ) -> Self {
        Self::begin(graph, settings, Some(from), false, pinned)
    }

    fn begin(
        graph: &InfluenceGraph,
        settings: LayoutSettings,
        start: Option<&[Point]>,
        hold: bool,
        pinned: &BTreeMap<PersonIndex, Point>,
    ) -> Self {
        let pinned: BTreeMap<PersonIndex, Point> = pinned
            .iter()
            .filter(|&(&person, &place)| is_usable(place) && (person as usize) < graph.people())
            .map(|(&person, &place)| (person, place))
            .collect();
        let known = |person: PersonIndex| {
            let given = start.and_then(|it| it.get(person as usize)).copied();
            pinned.get(&person).copied().or(given.filter(|&place| is_usable(place)))
        };
        let mut positions = sunflower(graph.people(), settings.spacing);
        for (person, place) in (0..).zip(&mut positions) {
            *place = known(person).unwrap_or(*place);
        }
        let mut layout = Self {
            settings: LayoutSettings { spacing: settings.spacing.clamp(0.01, 1e4), ..settings },
            positions,
            pinned: pinned.clone(),
            waiting: Vec::new(),
            islands: Vec::new(),
            whereabouts: Vec::new(),
            alone: Vec::new(),
            homeless: BTreeSet::new(),
            stage: Stage::Starting,
            ticks: 0,
        };
        for (index, component) in (0..).zip(components(graph)) {
            let places: Vec<Option<Point>> = component.people.iter().map(|&it| known(it)).collect();
            if let &[person] = component.people.as_slice() {
                layout.alone.push(person);
                if places[0].is_none() {
                    layout.homeless.insert(person);
                }
                continue;
            }
            let mut random = stream(settings.rng_seed, Purpose::Layout, index);
            let familiar = places.iter().flatten().count() * 2 > places.len();
            let familiar = start.is_some() && familiar;
            if familiar && hold {
                let spacing = layout.settings.spacing;
                let points =
                    start::beside_neighbors(&component.rows, &places, spacing, &mut random);
                let part = Part::new(component, points, places, Past::Here);
                layout.islands.push(Island { part, at_home: true });
            } else {
                let fresh = Fresh::new(&component.rows, &mut random);
                let stood = familiar.then_some(places);
                layout.waiting.push(Waiting { component, stood, fresh, random });
            }
        }
        layout.waiting.reverse();
        layout
    }

    /// One bounded piece of work: a slice of the starts, a tick of movement of everyone who is
    /// not at rest, or a step of the final glide.
    pub fn step(&mut self) -> LayoutState {
        match &mut self.stage {
            Stage::Settled => return LayoutState::Settled,
            Stage::Starting => self.start(),
            Stage::Forces => self.move_islands(),
            Stage::Gliding(_) => self.glide(),
        }
        self.ticks += 1;
        self.publish();
        if matches!(self.stage, Stage::Settled) {
            LayoutState::Settled
        } else {
            LayoutState::Moving
        }
    }

    /// Where everyone is now, by [`PersonIndex`]; always finite.
    pub fn positions(&self) -> &[Point] {
        &self.positions
    }

    /// Steps taken so far.
    pub fn ticks(&self) -> u32 {
        self.ticks
    }

    /// Whether people still wait for their first places on the map; what [`Self::positions`]
    /// holds so far is a mere waiting room.
    pub fn is_starting(&self) -> bool {
        matches!(self.stage, Stage::Starting)
    }

    /// Holds `person` at a point (while dragging), or lets them go; those around them follow.
    /// A point that is not finite and a person who does not exist are ignored.
    pub fn pin(&mut self, person: PersonIndex, place: Option<Point>) {
        let Some(position) = self.positions.get_mut(person as usize) else {
            return;
        };
        match place {
            Some(place) if !is_usable(place) => return,
            Some(place) => {
                *position = place;
                self.pinned.insert(person, place);
                self.homeless.remove(&person);
            }
            None => {
                self.pinned.remove(&person);
            }
        }
        if let Some(&Some((island, body))) = self.whereabouts.get(person as usize) {
            let part = &mut self.islands[island].part;
            part.wake();
            part.pin(body, place);
            self.stage = Stage::Forces;
        }
    }

    /// Works on the starts; when all are done, a first arrangement.
    fn start(&mut self) {
        let mut work = START_SLICE;
        while work > 0 {
            let Some(mut next) = self.waiting.pop() else {
                self.finish_starting();
                return;
            };
            if let Some(mut points) = next.fresh.step(&next.component.rows, &mut work) {
                start::scale_to_room(&mut points, self.settings.spacing, &mut next.random);
                let stood = next.stood.unwrap_or_else(|| vec![None; points.len()]);
                let at_home = start::fit_to(&mut points, &stood);
                let anchors = points.iter().copied().map(Some).collect();
                let places = points.into_iter().zip(stood);
                let points = places.map(|(point, stood)| stood.unwrap_or(point)).collect();
                let before = if at_home { Past::Elsewhere } else { Past::Fresh };
                let part = Part::new(next.component, points, anchors, before);
                self.islands.push(Island { part, at_home });
            } else {
                self.waiting.push(next);
            }
        }
    }

    fn finish_starting(&mut self) {
        self.islands.sort_by_key(|it| (Reverse(it.part.people().len()), it.part.people()[0]));
        self.whereabouts = vec![None; self.positions.len()];
        for (number, island) in self.islands.iter().enumerate() {
            for (body, &person) in island.part.people().iter().enumerate() {
                self.whereabouts[person as usize] = Some((number, body));
            }
        }
        // Where the start puts a part tells where it goes best; pins come after.
        let Glide { islands, homeless, .. } = self.arrangement();
        for (island, by) in self.islands.iter_mut().zip(islands) {
            island.go(by, 1.0);
        }
        for (person, [_, to]) in homeless {
            self.positions[person as usize] = to;
        }
        for (&person, &place) in &self.pinned {
            if let Some((island, body)) = self.whereabouts[person as usize] {
                self.islands[island].part.pin(body, Some(place));
            }
        }
        self.stage = Stage::Forces;
    }

    /// One tick of every island that is not at rest; all at rest, the glide begins.
    fn move_islands(&mut self) {
        let mut moved = false;
        for island in self.islands.iter_mut().filter(|it| !it.part.is_calm()) {
            island.part.step(&self.settings);
            moved = true;
        }
        if !moved {
            self.stage = Stage::Gliding(self.arrangement());
        }
    }

    /// How far everything has to go to stand side by side.
    fn arrangement(&mut self) -> Glide {
        let turns: Vec<f32> = self.islands.iter().map(Island::turn_wanted).collect();
        let turned: Vec<Vec<Point>> =
            self.islands.iter().zip(&turns).map(|(it, &turn)| it.turned(turn)).collect();
        let pieces: Vec<Piece<'_>> = self
            .islands
            .iter()
            .zip(&turned)
            .map(|(Island { part, at_home }, points)| Piece {
                points,
                fixed: part.is_pinned(),
                at_home: *at_home,
            })
            .collect();
        let packed = packing::pack(&pieces, self.settings.spacing);
        let mut all = Vec::new();
        for (piece, by) in pieces.iter().zip(&packed.shifts) {
            let corners = packing::bounds(piece.points);
            all.extend(corners.map(|corner| [corner[0] + by[0], corner[1] + by[1]]));
        }
        // Whoever stands alone stays, unless a part has grown over them.
        for &person in &self.alone {
            let place = self.positions[person as usize];
            if !self.pinned.contains_key(&person) && packed.covers(place) {
                self.homeless.insert(person);
            } else if !self.homeless.contains(&person) {
                all.push(place);
            }
        }
        let beside = (!all.is_empty()).then(|| packing::bounds(&all));
        let block = packing::block(self.homeless.len(), self.settings.spacing, beside);
        let homeless = self.homeless.iter().zip(block);
        let homeless = homeless.map(|(&it, to)| (it, [self.positions[it as usize], to]));
        let moves = turns.into_iter().zip(packed.shifts).map(|(turn, shift)| Move { turn, shift });
        Glide { step: 0, homeless: homeless.collect(), islands: moves.collect() }
    }

    fn glide(&mut self) {
        let Stage::Gliding(mut glide) = std::mem::replace(&mut self.stage, Stage::Settled) else {
            return;
        };
        let before = eased(glide.step);
        glide.step += 1;
        let now = eased(glide.step);
        let mut anyone_moves = false;
        for (island, &by) in self.islands.iter_mut().zip(&glide.islands) {
            island.go(by, now - before);
            anyone_moves |= by.turn.abs() + by.shift[0].abs() + by.shift[1].abs() > 0.0;
        }
        for &(person, [from, to]) in &glide.homeless {
            let place = [0, 1].map(|axis| from[axis] * (1.0 - now) + to[axis] * now);
            self.positions[person as usize] = place;
            anyone_moves |= (from[0] - to[0]).abs() + (from[1] - to[1]).abs() > 0.0;
        }
        if anyone_moves && glide.step < GLIDE_STEPS {
            self.stage = Stage::Gliding(glide);
            return;
        }
        self.homeless.clear();
        for island in &mut self.islands {
            island.at_home = true;
        }
    }

    fn publish(&mut self) {
        for Island { part, .. } in &self.islands {
            for (&person, &place) in part.people().iter().zip(part.points()) {
                self.positions[person as usize] = place;
            }
        }
    }
}

/// Whether a point can be a place on the map.
fn is_usable(point: Point) -> bool {
    point.iter().all(|it| it.abs() <= EDGE)
}

/// A disc of places, before anything is known.
fn sunflower(people: usize, spacing: f32) -> Vec<Point> {
    const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;
    (0..people)
        .map(|person| {
            let (sin, cos) = (person as f64 * GOLDEN_ANGLE).sin_cos();
            let radius = f64::from(spacing) * (person as f64).sqrt();
            #[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
            let place = [(radius * cos) as f32, (radius * sin) as f32];
            place
        })
        .collect()
}

/// Share of a glide done after some of its steps: slow at both ends.
fn eased(step: u16) -> f32 {
    let share = f32::from(step) / f32::from(GLIDE_STEPS);
    share * share * (3.0 - 2.0 * share)
}
