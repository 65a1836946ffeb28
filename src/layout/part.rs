//! One connected part of the map, moving by its own forces.

use super::forces::{self, Places, Strengths};
use super::packing;
use super::quadtree::Quadtree;
use super::rows::{Component, Rows};
use super::{LayoutSettings, Point, WINDOW};
use crate::network::PersonIndex;

/// Largest coordinate; farther places come back to here, so that squared distances stay finite.
pub const EDGE: f32 = 1e7;

/// Pull of a near tie per unit of distance, its reach in spacings, and the hold of the anchor.
/// Chosen by stress and kept neighborhoods on four networks: more pull or reach gives tighter
/// crowds and more stress, more hold the opposite.
const PULL: f32 = 1.0;
const NEAR: f32 = 6.0;
const HOLD: f32 = 0.015;
/// The hold of where people stood before a change: who did not change hardly moves.
const HOLD_AFTER_A_CHANGE: f32 = 0.2;
/// How far friends follow a person who is dragged, as a share of the way.
const FOLLOWING: f32 = 0.4;
/// Usual gravity, as a share of the push at the rim; up to three times this is stable.
const GRAVITY: f32 = 0.1;
/// The spacing gives way when the part would take this many times the room its people need:
/// long branches are then drawn short and only crowded places opened.
const SPREAD: f32 = 2.5;
/// How quickly scale and push follow the wanted spacing.
const SPACING_RATE: f32 = 0.08;
/// Once crowded places are open, a spacing within this factor is left alone.
const GOOD_ENOUGH: f32 = 1.2;
/// A part is calm when its mean movement is below this share of its extent …
const CALM_MOVEMENT: f32 = 0.000_5;
/// … for this many steps.
const CALM_STEPS: u32 = 10;
/// Steps after which crowded places are opened though the part is not calm, and after which
/// movement is damped more and more, so that every part comes to rest. Small parts, whose steps
/// cost nothing, get more of them.
const UNFOLDING_STEPS: u32 = 40;
const PATIENCE: u32 = 50;
const PATIENCE_OF_A_SMALL_PART: u32 = 250;
/// People up to whom a part is small.
const SMALL: usize = 1_000;
/// Steps until movement is damped after a change to a part that had found its shape.
const PATIENCE_AFTER_A_CHANGE: u32 = 60;
/// What is left of the heat after each step beyond that.
const COOLING: f32 = 0.95;
/// Share of the last step that goes on into the next.
const MOMENTUM: f32 = 0.6;
/// Limits of a person's pace, and the pace to start with.
const PACE: [f32; 2] = [0.02, 0.6];
const FIRST_PACE: f32 = 0.1;
/// Longest step of a person as a share of the radius: on the way from a fresh start, and after
/// a change, when nothing may jump.
const LONGEST_STEP: f32 = 0.1;
const LONGEST_STEP_AFTER_A_CHANGE: f32 = 0.03;

/// Where the people of a part were before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    /// Nowhere: they come from a rough start.
    Fresh,
    /// At rest under other settings: they move on, but the picture must not jump.
    Elsewhere,
    /// At rest here: who did not change hardly moves.
    Here,
}

/// A connected part and the places of its people.
#[derive(Clone, Debug)]
pub struct Part {
    people: Vec<PersonIndex>,
    rows: Rows,
    bodies: Bodies,
    /// Strength of the push between people; adapts to the wanted spacing.
    push: f32,
    /// Share of the spacing that people keep clear around themselves: 0 while unfolding, then
    /// rising to 1.
    elbow_room: f32,
    heat: f32,
    steps: u32,
    calm_steps: u32,
    past: Past,
    tree: Quadtree,
    accelerations: Vec<Point>,
}

/// What is known of each body.
#[derive(Clone, Debug)]
struct Bodies {
    points: Vec<Point>,
    /// Where each is held by a spring, if anywhere.
    anchors: Vec<Option<Point>>,
    pinned: Vec<bool>,
    last_step: Vec<Point>,
    last_acceleration: Vec<Point>,
    /// Share of its acceleration that a body moves by: falls when it shakes, rises when it drifts.
    pace: Vec<f32>,
}

impl Part {
    /// A part whose people stand at `points` and are held at `anchors`, by position in the
    /// component.
    pub fn new(
        component: Component,
        points: Vec<Point>,
        anchors: Vec<Option<Point>>,
        before: Past,
    ) -> Self {
        let Component { people, rows } = component;
        let count = people.len();
        let mut part = Self {
            bodies: Bodies {
                points,
                anchors,
                pinned: vec![false; count],
                last_step: vec![[0.0; 2]; count],
                last_acceleration: vec![[0.0; 2]; count],
                pace: vec![FIRST_PACE; count],
            },
            people,
            rows,
            push: 1.0,
            elbow_room: 0.0,
            heat: 1.0,
            steps: 0,
            calm_steps: 0,
            past: before,
            tree: Quadtree::default(),
            accelerations: Vec::new(),
        };
        part.push = part.push_that_keeps_the_size();
        part
    }

    /// Everyone in it.
    pub fn people(&self) -> &[PersonIndex] {
        &self.people
    }

    /// Where they are, by position in [`Self::people`].
    pub fn points(&self) -> &[Point] {
        &self.bodies.points
    }

    /// The mean of these places.
    pub fn middle(&self) -> Point {
        self.bodies.middle_and_radius().0
    }

    /// Whether it came to rest.
    pub fn is_calm(&self) -> bool {
        self.calm_steps >= CALM_STEPS
    }

    /// Whether somebody in it is pinned.
    pub fn is_pinned(&self) -> bool {
        self.bodies.pinned.contains(&true)
    }

    /// Moves everyone alike.
    pub fn shift(&mut self, by: Point) {
        self.bodies.change_places(|point| [point[0] + by[0], point[1] + by[1]]);
    }

    /// Turns everyone around a center, by an angle in radians.
    pub fn turn(&mut self, center: Point, angle: f32) {
        self.bodies.change_places(packing::turning(center, angle));
    }

    /// Pins a body at a place, or lets it go.
    pub fn pin(&mut self, body: usize, place: Option<Point>) {
        self.bodies.pinned[body] = place.is_some();
        self.bodies.last_step[body] = [0.0; 2];
        // Once let go, a person goes where ties draw them.
        self.bodies.anchors[body] = None;
        if let Some(place) = place {
            let before = std::mem::replace(&mut self.bodies.points[body], place);
            for &friend in self.rows.of(body) {
                if let Some(anchor) = &mut self.bodies.anchors[friend as usize] {
                    *anchor =
                        [0, 1].map(|axis| anchor[axis] + FOLLOWING * (place[axis] - before[axis]));
                }
            }
        }
    }

    /// Lets a part at rest move again, gently.
    pub fn wake(&mut self) {
        self.calm_steps = 0;
        self.steps = 0;
        self.heat = 1.0;
        if self.past != Past::Here {
            self.past = Past::Here;
            self.bodies.anchors = self.bodies.points.iter().copied().map(Some).collect();
        }
    }

    /// One step of movement: O(people log people + ties).
    pub fn step(&mut self, settings: &LayoutSettings) {
        if self.past == Past::Here && self.accelerations.is_empty() {
            self.elbow_room = 1.0;
            self.balance(settings);
        }
        self.accelerate(settings);
        let (middle, radius) = self.bodies.middle_and_radius();
        let longest = match self.past {
            Past::Fresh => LONGEST_STEP,
            Past::Elsewhere | Past::Here => LONGEST_STEP_AFTER_A_CHANGE,
        };
        let moved = self.bodies.advance(
            &self.tree.order,
            &self.accelerations,
            self.heat,
            longest * radius.max(settings.spacing),
        );
        self.keep_spacing(settings.spacing, middle, radius);
        self.steps += 1;
        let small = self.people.len() <= SMALL;
        let patience = match self.past {
            Past::Here => PATIENCE_AFTER_A_CHANGE,
            _ if small => PATIENCE_OF_A_SMALL_PART,
            _ => PATIENCE,
        };
        if self.steps > patience {
            self.heat *= COOLING;
        }
        let calm = moved < CALM_MOVEMENT * 2.0 * radius;
        self.calm_steps = if calm { self.calm_steps + 1 } else { 0 };
        let opening = self.elbow_room > 0.0 || self.is_calm() || self.steps > UNFOLDING_STEPS;
        if opening && self.elbow_room < 1.0 {
            self.elbow_room = (self.elbow_room + 0.05).min(1.0);
            self.calm_steps = 0;
        }
    }

    /// Forces as everyone stands now, in the tree's order.
    fn accelerate(&mut self, settings: &LayoutSettings) {
        self.tree.rebuild(&self.bodies.points);
        if self.tree.has_coincident() {
            self.bodies.part_coincident(settings.spacing);
            self.tree.rebuild(&self.bodies.points);
        }
        let (middle, radius) = self.bodies.middle_and_radius();
        let everyone = self.people.len() as f32;
        let gravity =
            GRAVITY * settings.gravity * self.push * everyone / (radius * radius).max(1.0);
        // Later on gravity is the same all round, so that a part at rest may be turned.
        let widening = (WINDOW[0] / WINDOW[1]).powf(0.5 * (1.0 - self.elbow_room));
        let strengths = Strengths {
            push: self.push,
            pull: PULL * settings.cluster_pull,
            near: NEAR * settings.spacing,
            hold: if self.past == Past::Here { HOLD_AFTER_A_CHANGE } else { HOLD },
            gravity: [gravity / widening, gravity * widening],
            middle,
            elbow_room: if settings.prevent_overlap {
                self.elbow_room * settings.spacing
            } else {
                0.0
            },
        };
        forces::accelerations(
            &self.tree,
            &self.rows,
            Places { points: &self.bodies.points, anchors: &self.bodies.anchors },
            &strengths,
            &mut self.accelerations,
        );
    }

    /// Chooses the push under which a part that stood here before is nearest to rest: forces
    /// are linear in it, so two trials tell.
    fn balance(&mut self, settings: &LayoutSettings) {
        self.accelerate(settings);
        let once = self.accelerations.clone();
        self.push *= 2.0;
        self.accelerate(settings);
        let mut grows = 0.0;
        let mut opposes = 0.0;
        for (once, twice) in once.iter().zip(&self.accelerations) {
            for axis in 0..2 {
                let slope = f64::from(twice[axis] - once[axis]);
                grows += slope * slope;
                opposes -= slope * (f64::from(once[axis]) - slope);
            }
        }
        self.push /= 2.0;
        #[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
        let factor = (opposes / grows) as f32;
        if factor.is_finite() && factor > 0.0 {
            self.push *= factor.clamp(0.01, 100.0);
        }
    }

    /// The push that neither widens nor shrinks the part as it stands. At rest, the sum of
    /// length² over ties is push · the sum of mass · mass over pairs (the virial theorem).
    fn push_that_keeps_the_size(&self) -> f32 {
        let mut squares = 0.0;
        for (body, &[x, y]) in self.bodies.points.iter().enumerate() {
            for &other in self.rows.of(body) {
                let [other_x, other_y] = self.bodies.points[other as usize];
                squares += f64::from(x - other_x).powi(2) + f64::from(y - other_y).powi(2);
            }
        }
        let people = self.people.len() as f64;
        #[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
        let push = (squares / (people * (people - 1.0))) as f32;
        push.max(1e-12)
    }

    /// Adapts the push, and on the way from a fresh start the scale, so that people come to
    /// stand one spacing from the nearest other.
    fn keep_spacing(&mut self, spacing: f32, middle: Point, radius: f32) {
        let room = spacing * (self.people.len() as f32 / std::f32::consts::TAU).sqrt();
        let gap = typical_gap(&self.tree).max(spacing * radius / (SPREAD * room));
        let wanted = (spacing / gap).clamp(0.5, 2.0);
        if self.elbow_room >= 1.0 && (1.0 / GOOD_ENOUGH..GOOD_ENOUGH).contains(&wanted) {
            return;
        }
        let rate = if self.past == Past::Fresh { SPACING_RATE } else { SPACING_RATE / 3.0 };
        let factor = wanted.powf(rate * self.heat);
        self.push = (self.push * factor * factor).clamp(1e-12, 1e12);
        if self.past == Past::Here {
            return;
        }
        self.bodies.change_places(|point| {
            [0, 1].map(|axis| middle[axis] + (point[axis] - middle[axis]) * factor)
        });
    }
}

impl Bodies {
    /// Moves everyone and their anchors alike; who is pinned stays.
    fn change_places(&mut self, change: impl Fn(Point) -> Point) {
        for (point, &pinned) in self.points.iter_mut().zip(&self.pinned) {
            if !pinned {
                *point = change(*point);
            }
        }
        for anchor in self.anchors.iter_mut().flatten() {
            *anchor = change(*anchor);
        }
    }

    /// Moves everyone who is not pinned; the mean length of a step.
    fn advance(&mut self, order: &[u32], accelerations: &[Point], heat: f32, longest: f32) -> f32 {
        let mut moved = 0.0;
        for (&body, &acceleration) in order.iter().zip(accelerations) {
            let body = body as usize;
            if self.pinned[body] {
                continue;
            }
            let last = std::mem::replace(&mut self.last_acceleration[body], acceleration);
            let agreement = acceleration[0] * last[0] + acceleration[1] * last[1];
            let pace = &mut self.pace[body];
            if agreement < 0.0 {
                *pace = (*pace * 0.7).max(PACE[0]);
            } else if agreement > 0.5 * length(acceleration) * length(last) {
                *pace = (*pace * 1.15).min(PACE[1]);
            }
            let share = *pace * heat;
            let mut step = [0, 1]
                .map(|axis| MOMENTUM * self.last_step[body][axis] + share * acceleration[axis]);
            let wanted = length(step);
            if wanted > longest {
                step = step.map(|it| it * longest / wanted);
            }
            self.last_step[body] = step;
            let point = &mut self.points[body];
            *point = [0, 1].map(|axis| (point[axis] + step[axis]).clamp(-EDGE, EDGE));
            moved += f64::from(wanted.min(longest));
        }
        #[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
        let mean = (moved / self.points.len() as f64) as f32;
        mean
    }

    /// Mean place and root-mean-square distance from it.
    fn middle_and_radius(&self) -> (Point, f32) {
        let count = self.points.len() as f64;
        let sum = self.points.iter().fold([0.0; 2], |sum: [f64; 2], &[x, y]| {
            [sum[0] + f64::from(x), sum[1] + f64::from(y)]
        });
        let middle = sum.map(|it| it / count);
        let squares: f64 = self
            .points
            .iter()
            .map(|&[x, y]| (f64::from(x) - middle[0]).powi(2) + (f64::from(y) - middle[1]).powi(2))
            .sum();
        #[expect(clippy::cast_possible_truncation, reason = "positions are f32")]
        let rounded = (middle.map(|it| it as f32), (squares / count).sqrt() as f32);
        rounded
    }

    /// Moves people who stand at the very same point apart, along a sunflower spiral: from one
    /// point no force would ever part them.
    fn part_coincident(&mut self, spacing: f32) {
        const GOLDEN_ANGLE: f32 = 2.399_963_1;
        let mut keys: Vec<(u64, u32)> = (0..)
            .zip(&self.points)
            .map(|(body, &[x, y])| (u64::from(x.to_bits()) << 32 | u64::from(y.to_bits()), body))
            .collect();
        keys.sort_unstable();
        for same in keys.chunk_by(|one, other| one.0 == other.0) {
            for (turn, &(_, body)) in (1_u32..).zip(&same[1..]) {
                let body = body as usize;
                if !self.pinned[body] {
                    let turn = turn as f32;
                    let (sin, cos) = (turn * GOLDEN_ANGLE).sin_cos();
                    let radius = 0.3 * spacing * turn.sqrt();
                    let [x, y] = self.points[body];
                    self.points[body] = [x + radius * cos, y + radius * sin];
                }
            }
        }
    }
}

/// Median distance from a person to the nearest of those before and after on the tree's curve,
/// taken from a sample; a little more than that to the nearest of all.
fn typical_gap(tree: &Quadtree) -> f32 {
    const SAMPLES: usize = 2000;
    const WITHIN: usize = 3;
    let (x, y) = (&tree.x, &tree.y);
    let mut gaps: Vec<f32> = (0..x.len())
        .step_by(x.len().div_ceil(SAMPLES))
        .map(|place| {
            (place.saturating_sub(WITHIN)..(place + WITHIN + 1).min(x.len()))
                .filter(|&other| other != place)
                .map(|other| length([x[place] - x[other], y[place] - y[other]]))
                .fold(f32::INFINITY, f32::min)
        })
        .collect();
    let middle = gaps.len() / 2;
    let (_, median, _) = gaps.select_nth_unstable_by(middle, f32::total_cmp);
    median.max(1e-3)
}

fn length(vector: Point) -> f32 {
    (vector[0] * vector[0] + vector[1] * vector[1]).sqrt()
}
