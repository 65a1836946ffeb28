//! Everyone and every tie as marks in world coordinates, ready to be seen from any view.

use super::Point;
use rayon::prelude::*;

use super::coloring::{self, Coloring};
use super::hulls::{HullMark, hulls};
use super::legend::Legend;
use super::look::{Look, Overlay, SizeBy, Theme, TieColor};
use super::mark::{Color, Shape};
use super::palette::Palette;
use super::signs;
use crate::measure::Unit;
use crate::network::{Channel, Closeness, Network, PersonIndex, Text, Tie};
use crate::random::Draws;

/// What a map shows, wherever one looks from.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Light or dark.
    pub theme: Theme,
    /// Everyone, in the order of the network.
    pub people: Vec<PersonMark>,
    /// Every visible tie.
    pub ties: Vec<TieMark>,
    /// Neighborhoods as shapes, the largest first, where they are to be seen.
    pub hulls: Vec<HullMark>,
    /// What colors and signs mean.
    pub legend: Legend,
    pub(super) labels: bool,
    pub(super) with_legend: bool,
    by_importance: Vec<PersonIndex>,
    /// Places in `ties`, first those of lit ties, then the others in the order of staying.
    by_staying: Vec<u32>,
    /// Typical distance between people in world units: the side of a square with the area that
    /// one person has.
    pub(super) spacing: f32,
    /// Mean position of the visible people.
    pub(super) middle: Point,
    /// Summed length of all ties over the people's area, per world unit.
    pub(super) ink: f32,
}

/// One person on the map.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "any of these states go together")]
pub struct PersonMark {
    /// Where, in world units.
    pub at: Point,
    /// Radius relative to an average person.
    pub size: f32,
    /// Filling.
    pub color: Color,
    /// Outline.
    pub shape: Shape,
    /// Order of names and of drawing: higher is in front.
    pub importance: f32,
    /// Full name, as imported.
    pub name: Text,
    /// True for a seed, which has a ring.
    pub seed: bool,
    /// True for a selected person, who has a ring in the accent color.
    pub selected: bool,
    /// True for the person under the pointer.
    pub hovered: bool,
    /// True for people who stand back while somebody is hovered.
    pub dimmed: bool,
    /// True for people who are filtered out.
    pub hidden: bool,
}

/// One tie on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "any of these states go together")]
pub struct TieMark {
    /// Its number in the network.
    pub number: u32,
    /// One end.
    pub influencer: PersonIndex,
    /// The other end.
    pub audience: PersonIndex,
    /// Solid color.
    pub color: Color,
    /// Thickness in points.
    pub width: f32,
    /// How much it counts, 0..=1: weak, inferred and very long ties count less.
    pub weight: f32,
    /// True when the tie is only inferred.
    pub inferred: bool,
    /// True when only one influences the other.
    pub one_way: bool,
    /// How close the two are.
    pub closeness: Closeness,
    /// Where the tie was mostly seen; `None` where that is not told.
    pub channel: Option<Channel>,
    /// Place in the order of going, 0..=1: where there are too many ties to be seen, those with
    /// the highest are left out first. Chance decides, and strong ties stay longer.
    pub order: f32,
    /// True when it belongs to the hovered person.
    pub lit: bool,
    /// True when it stands back because somebody is hovered.
    pub dimmed: bool,
}

/// Ties per parcel of parallel work.
const PARCEL: usize = 16_384;
/// Spacing of somebody who is alone.
const ALONE: f32 = 100.0;
/// Radius of the smallest and the largest person over that of an average one.
const SMALLEST: f32 = 0.72;
const LARGEST: f32 = 2.1;
impl Scene {
    /// Marks for everyone at `positions` (one per person, world units; missing ones count as
    /// the origin). O(people log people + ties log ties) over all threads: a few milliseconds for
    /// 10,000 people and 50,000 ties, and no work at all when only the view changes.
    pub fn new(network: &Network, positions: &[Point], look: &Look, overlay: &Overlay<'_>) -> Self {
        let ties_of = count_ties(network, overlay);
        let Coloring { colors, legend: colored, groups } = coloring::color(network, look, overlay);
        let mut people = people(network, positions, overlay, colors);
        let sizes = size(&mut people, look.size, overlay, &ties_of);
        mark_states(&mut people, network, overlay);

        let Extent { middle, spacing, area } = Extent::of(&people);
        let ties = ties(network, &people, look, groups, spacing);
        let at = |person: PersonIndex| people[person as usize].at;
        // Summed parcel by parcel, so that the number of threads does not matter.
        let length = |tie: &TieMark| tie.weight * distance(at(tie.influencer), at(tie.audience));
        let lengths: Vec<f32> =
            ties.par_chunks(PARCEL).map(|it| it.iter().map(length).sum()).collect();
        let length: f32 = lengths.into_iter().sum();
        let order = || (by_staying(&ties), by_importance(&people));
        let (hulls, (by_staying, by_importance)) =
            rayon::join(|| hulls(&people, look, overlay, spacing), order);
        let parts = signs::parts(colored, sizes, look, &people, &ties, &hulls);
        Self {
            theme: look.theme,
            hulls,
            people,
            ties,
            legend: Legend { parts },
            labels: look.labels,
            with_legend: look.legend,
            by_importance,
            by_staying,
            spacing,
            middle,
            ink: length / area,
        }
    }

    /// Everyone, the most important first: seeds, then the selected, then by size.
    pub fn by_importance(&self) -> &[PersonIndex] {
        &self.by_importance
    }

    /// Those ties first that stay longest where some are left out, lit ones before all others.
    pub(super) fn by_staying(&self) -> impl ExactSizeIterator<Item = &TieMark> {
        self.by_staying.iter().map(|&it| &self.ties[it as usize])
    }

    /// Those among the first ties in the order of staying that `stays` holds for.
    pub(super) fn staying(
        &self,
        stays: impl Fn(&TieMark) -> bool,
    ) -> impl IndexedParallelIterator<Item = &TieMark> {
        let end = self.by_staying.partition_point(|&it| stays(&self.ties[it as usize]));
        self.by_staying[..end].par_iter().map(|&it| &self.ties[it as usize])
    }
}

fn by_importance(people: &[PersonMark]) -> Vec<PersonIndex> {
    let mut order: Vec<PersonIndex> = (0..).take(people.len()).collect();
    order.par_sort_by(|&a, &b| {
        people[b as usize].importance.total_cmp(&people[a as usize].importance)
    });
    order
}

fn by_staying(ties: &[TieMark]) -> Vec<u32> {
    // Orders are 0..=1, whose bits sort as the numbers do.
    let key = |(at, tie): (usize, &TieMark)| {
        let order = if tie.lit { 0.0 } else { tie.order };
        (u64::from(order.to_bits()) << 32) | at as u64
    };
    let mut keys: Vec<u64> = ties.par_iter().enumerate().map(key).collect();
    keys.par_sort_unstable();
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is a place")]
    keys.into_iter().map(|it| it as u32).collect()
}

fn people(
    network: &Network,
    positions: &[Point],
    overlay: &Overlay<'_>,
    colors: Vec<Color>,
) -> Vec<PersonMark> {
    let on_map = |at: Point| if at.iter().all(|it| it.is_finite()) { at } else { [0.0; 2] };
    network
        .people
        .iter()
        .zip(colors)
        .enumerate()
        .map(|(index, (person, color))| PersonMark {
            at: positions.get(index).copied().map_or([0.0; 2], on_map),
            size: 1.0,
            color,
            shape: if person.is_owner { Shape::Diamond } else { Shape::Disc },
            importance: 0.0,
            name: person.name.clone(),
            seed: false,
            selected: false,
            hovered: false,
            dimmed: false,
            hidden: is_hidden(overlay, index),
        })
        .collect()
}

/// Sizes and importance. The *area* of a disc tells the value, as eyes compare areas. Answers a few
/// values in words with their sizes, the largest first.
fn size(
    people: &mut [PersonMark],
    by: SizeBy,
    overlay: &Overlay<'_>,
    ties_of: &[u32],
) -> Vec<(String, f32)> {
    let measured = |person: usize| overlay.measured.get(person).copied().unwrap_or(f64::NAN);
    let greatest = || overlay.measured.iter().copied().fold(f64::NAN, f64::max);
    let value: Box<dyn Fn(usize) -> f64> = match by {
        // The largest disc is whoever answers the measure's question best.
        SizeBy::Measured(it) if it.lowest_first => {
            let greatest = greatest();
            Box::new(move |person| greatest - measured(person))
        }
        SizeBy::Measured(it) if it.unit == Unit::Balance => Box::new(|it| 1.0 + measured(it)),
        SizeBy::Measured(_) => Box::new(measured),
        SizeBy::Uniform | SizeBy::Ties => Box::new(|person| f64::from(ties_of[person])),
    };
    let known = |value: f64| if value.is_finite() { value } else { 0.0 };
    let largest = (0..people.len()).map(|it| known(value(it))).fold(0.0, f64::max);
    let scale = if largest > 0.0 { 1.0 / largest } else { 0.0 };
    let mut smallest = f64::INFINITY;
    for (index, person) in people.iter_mut().enumerate() {
        let value = known(value(index)).max(0.0);
        smallest = if person.hidden { smallest } else { smallest.min(value) };
        person.importance = narrow(value * scale);
        person.size = match by {
            SizeBy::Uniform => 1.0,
            _ if largest <= 0.0 => 1.0,
            _ => relative_size(person.importance),
        };
    }
    if by == SizeBy::Uniform || largest <= 0.0 {
        return Vec::new();
    }
    // Three sizes that occur, told as the measure tells its values.
    let told = |value: f64| match by {
        SizeBy::Measured(it) if it.lowest_first => it.unit.shown(greatest() - value),
        SizeBy::Measured(it) if it.unit == Unit::Balance => it.unit.shown(value - 1.0),
        SizeBy::Measured(it) => it.unit.shown(value),
        SizeBy::Uniform | SizeBy::Ties => Unit::Count.shown(value),
    };
    let mut steps = vec![largest, (largest / 4.0).max(smallest), smallest];
    if matches!(by, SizeBy::Ties) {
        steps = steps.into_iter().map(f64::round).collect();
    }
    steps.dedup_by(|a, b| told(*a) == told(*b));
    steps.into_iter().map(|it| (told(it), relative_size(narrow(it * scale)))).collect()
}

/// Radius of somebody whose value is this share of the largest, over that of an average person.
fn relative_size(share: f32) -> f32 {
    SMALLEST + (LARGEST - SMALLEST) * share.sqrt()
}

/// Rings, and who stands back. A seed outranks everyone who is none, a selected person everyone
/// who is neither; within a rank the measure decides.
fn mark_states(people: &mut [PersonMark], network: &Network, overlay: &Overlay<'_>) {
    for &seed in overlay.seeds {
        if let Some(person) = people.get_mut(seed as usize).filter(|it| !it.seed) {
            person.seed = true;
            person.size = person.size.max(1.25);
            person.importance += 4.0;
        }
    }
    for &selected in overlay.selected {
        if let Some(person) = people.get_mut(selected as usize).filter(|it| !it.selected) {
            person.selected = true;
            person.importance += 2.0;
        }
    }
    let Some(hovered) = overlay.hovered.filter(|&it| (it as usize) < people.len()) else { return };
    for person in people.iter_mut() {
        person.dimmed = true;
    }
    let around = network.ties.iter().filter(|tie| is_of(tie, hovered)).map(|it| it.other(hovered));
    for person in around.chain([hovered]) {
        people[person as usize].dimmed = false;
    }
    let person = &mut people[hovered as usize];
    person.hovered = true;
    person.importance += 8.0;
}

fn ties(
    network: &Network,
    people: &[PersonMark],
    look: &Look,
    groups: bool,
    spacing: f32,
) -> Vec<TieMark> {
    let palette = Palette::of(look.theme);
    let hovered = people.iter().position(|it| it.hovered);
    let is_hidden = |it: PersonIndex| people[it as usize].hidden;
    let shown =
        network.ties.iter().filter(|it| !is_hidden(it.influencer) && !is_hidden(it.audience));
    let shown: Vec<u32> = shown.map(|it| it.number).collect();
    shown
        .into_par_iter()
        .with_min_len(PARCEL)
        .map(|number| {
            let tie = network.ties.get(number as usize);
            let (one, other) = (&people[tie.influencer as usize], &people[tie.audience as usize]);
            let inferred = network.is_inferred(&tie);
            let lit = hovered.is_some() && (one.hovered || other.hovered);
            let together = groups && one.color == other.color;
            let channel = main_channel(network, &tie);
            let color = match (look.ties, channel) {
                _ if lit => palette.accent.mixed(palette.tie, 0.5),
                (TieColor::Channel, Some(channel)) => palette.channel(channel),
                (TieColor::People, _) if together => one.color.mixed(palette.tie, 0.3),
                _ => palette.tie,
            };
            let closeness = tie.closeness();
            let (width, weight) = (tie_width(closeness), tie_weight(closeness));
            // A tie across the whole map covers much ground and says no more than a short one.
            let long =
                (4.0 * spacing / distance(one.at, other.at).max(1e-9)).sqrt().clamp(0.35, 1.0);
            TieMark {
                number,
                influencer: tie.influencer,
                audience: tie.audience,
                color,
                width,
                weight: weight * long * if inferred { 0.75 } else { 1.0 },
                inferred,
                one_way: !tie.mutual,
                closeness,
                channel,
                order: order(&tie) * (1.0 - 0.5 * weight) / 0.7,
                lit,
                dimmed: hovered.is_some() && !lit,
            }
        })
        .collect()
}

/// Thickness of a tie in points.
pub(super) fn tie_width(closeness: Closeness) -> f32 {
    match closeness {
        Closeness::Stranger => 0.7,
        Closeness::Friendly => 1.1,
        Closeness::Friend => 1.7,
    }
}

fn tie_weight(closeness: Closeness) -> f32 {
    match closeness {
        Closeness::Stranger => 0.6,
        Closeness::Friendly => 0.8,
        Closeness::Friend => 1.0,
    }
}

/// The channel with most traces of the tie; of several the first.
fn main_channel(network: &Network, tie: &Tie) -> Option<Channel> {
    let mut traces = [0_u64; Channel::ALL.len()];
    for evidence in network.evidence_of(tie) {
        if let Some(channel) = evidence.channel {
            traces[channel as usize] += u64::from(evidence.count);
        }
    }
    let most = traces.iter().copied().max().filter(|&it| it > 0)?;
    Channel::ALL.into_iter().find(|&it| traces[it as usize] == most)
}

/// A number in 0..=1 that only the two people decide and that looks like chance, the same on every map.
fn order(tie: &Tie) -> f32 {
    let pair = (u64::from(tie.influencer) << 32) | u64::from(tie.audience);
    narrow(Draws::new(pair).unit(0))
}

/// Visible ties of each person.
fn count_ties(network: &Network, overlay: &Overlay<'_>) -> Vec<u32> {
    let mut counts = vec![0_u32; network.people.len()];
    for tie in &network.ties {
        let ends = [tie.influencer as usize, tie.audience as usize];
        if ends.iter().all(|&end| !is_hidden(overlay, end)) {
            for end in ends {
                counts[end] += 1;
            }
        }
    }
    counts
}

/// How much room the visible people take, in world units.
struct Extent {
    middle: Point,
    /// Side of a square with the area that one person has.
    spacing: f32,
    area: f32,
}

impl Extent {
    /// The outermost twentieth on each side is left out of the area, so that a few stray people
    /// do not spread the estimate.
    fn of(people: &[PersonMark]) -> Self {
        let visible: Vec<Point> = people.iter().filter(|it| !it.hidden).map(|it| it.at).collect();
        let count = visible.len() as f32;
        let first = visible.first().copied().unwrap_or_default();
        let apart = |at: &Point| distance(*at, first) > 1e-3;
        if !visible.iter().any(apart) {
            // Alone one has all the room.
            return Self { middle: first, spacing: ALONE, area: ALONE * ALONE };
        }
        let mean = |axis: usize| visible.iter().map(|at| at[axis] / count).sum();
        let spread = |axis: usize| {
            let mut along: Vec<f32> = visible.iter().map(|at| at[axis]).collect();
            let cut = along.len() / 20;
            let last = along.len() - 1 - cut;
            let high = *along.select_nth_unstable_by(last, f32::total_cmp).1;
            let low = *along.select_nth_unstable_by(cut, f32::total_cmp).1;
            high - low
        };
        let (width, height) = (spread(0), spread(1));
        // People in a row or in one spot still cover some ground.
        let floor = (width.max(height) / count).max(1e-3);
        let area = width.max(floor) * height.max(floor);
        Self { middle: [mean(0), mean(1)], spacing: (area / count).sqrt(), area }
    }
}

fn is_hidden(overlay: &Overlay<'_>, person: usize) -> bool {
    overlay.hidden.get(person).copied().unwrap_or(false)
}

fn is_of(tie: &Tie, person: PersonIndex) -> bool {
    tie.influencer == person || tie.audience == person
}

fn distance(a: Point, b: Point) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[expect(clippy::cast_possible_truncation, reason = "a share in 0..=1")]
fn narrow(share: f64) -> f32 {
    share as f32
}
