//! How the map is laid out: what people are arranged by, and the settings of the forces.

use serde::{Deserialize, Serialize};

use super::Project;
use crate::layout::{LayoutSettings, Point, arrangement};
use crate::network::{Column, InfluenceGraph, Network, PersonIndex, entries, fact};

/// What people are arranged by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrangement {
    /// Who is tied stands together.
    #[default]
    Ties,
    /// Rings around the person of this id; without one, around the person with the most ties.
    Around(Option<String>),
    /// A column for each segment.
    Columns,
    /// A circle for each segment.
    Circles,
    /// When people adopted, from left to right.
    Time,
    /// Where people are, by columns with latitude and longitude.
    Place,
}

/// What a person decides about the places on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MapLayout {
    /// What people are arranged by.
    pub arrangement: Arrangement,
    /// Typical distance between neighbors on the map, in map units.
    pub spacing: f32,
    /// How strongly everyone is drawn to the middle; 1 is the usual.
    pub gravity: f32,
    /// How strongly ties draw people together; 1 is the usual.
    pub cluster_pull: f32,
    /// Whether people keep clear of each other.
    pub prevent_overlap: bool,
}

impl Default for MapLayout {
    fn default() -> Self {
        let LayoutSettings { spacing, gravity, cluster_pull, prevent_overlap, .. } =
            LayoutSettings::default();
        Self { arrangement: Arrangement::Ties, spacing, gravity, cluster_pull, prevent_overlap }
    }
}

impl MapLayout {
    /// As the force layout takes it.
    pub fn settings(&self, rng_seed: u64) -> LayoutSettings {
        let Self { spacing, gravity, cluster_pull, prevent_overlap, .. } = *self;
        LayoutSettings { spacing, gravity, cluster_pull, prevent_overlap, rng_seed }
    }

    /// # Errors
    ///
    /// The first setting that makes no sense, and why.
    pub fn check(&self) -> Result<(), String> {
        check_spacing(self.spacing.into())?;
        check_gravity(self.gravity.into())?;
        check_cluster_pull(self.cluster_pull.into())
    }
}

/// # Errors
///
/// Why this is no spacing.
pub fn check_spacing(spacing: f64) -> Result<(), String> {
    within("spacing", spacing, [5.0, 500.0])
}

/// # Errors
///
/// Why this is no gravity.
pub fn check_gravity(gravity: f64) -> Result<(), String> {
    within("gravity", gravity, [0.0, 3.0])
}

/// # Errors
///
/// Why this is no pull.
pub fn check_cluster_pull(pull: f64) -> Result<(), String> {
    within("cluster pull", pull, [0.1, 5.0])
}

fn within(what: &str, number: f64, [low, high]: [f64; 2]) -> Result<(), String> {
    if (low..=high).contains(&number) {
        Ok(())
    } else {
        Err(format!("The {what} must be from {low} to {high}, but is {number}"))
    }
}

impl Project {
    /// Everyone's place where they are arranged by something else than ties.
    ///
    /// # Errors
    ///
    /// Why the network cannot be arranged like that.
    pub fn arranged(&self) -> Result<Option<Vec<Point>>, String> {
        let MapLayout { arrangement, spacing, .. } = &self.decisions().layout;
        let spacing = *spacing;
        let results = self.results();
        let network = &results.network;
        let segments = || {
            let groups = self.segments(self.decisions().segment_by.as_deref());
            let told = groups.of.iter().any(Option::is_some);
            told.then_some(groups).ok_or("No segment has anybody in it.")
        };
        let mut places = match arrangement {
            Arrangement::Ties => return Ok(None),
            Arrangement::Around(person) => {
                let graph = results.graph();
                let center = match person {
                    Some(id) => results.person(id).ok_or("That person is not on the map.")?,
                    None => most_tied(graph).ok_or("There is nobody on the map.")?,
                };
                arrangement::rings(graph, center, spacing)
            }
            Arrangement::Columns => arrangement::columns(&segments()?.of, spacing),
            Arrangement::Circles => arrangement::circles(&segments()?.of, spacing),
            Arrangement::Time => {
                let times = times(network);
                if times.iter().all(Option::is_none) {
                    return Err("Nobody has a time of adoption.".to_owned());
                }
                arrangement::timeline(&times, spacing)
            }
            Arrangement::Place => arrangement::geography(&degrees(network)?, spacing),
        };
        for (person, place) in self.pins() {
            places[person as usize] = place;
        }
        Ok(Some(places))
    }
}

fn most_tied(graph: &InfluenceGraph) -> Option<PersonIndex> {
    let ties = |person| graph.audience_of(person).len() + graph.influences_on(person).len();
    (0..).take(graph.people()).max_by_key(|&person| (ties(person), std::cmp::Reverse(person)))
}

fn times(network: &Network) -> Vec<Option<f64>> {
    let kind = Column::of(&network.people, fact::ADOPTED).kind;
    let time = |person| entries(person, fact::ADOPTED).find_map(|it| kind.number(it));
    network.people.iter().map(time).collect()
}

/// Latitude and longitude, from two columns or from one that holds both.
fn degrees(network: &Network) -> Result<Vec<Option<[f64; 2]>>, String> {
    const NORTH: [&str; 2] = ["lat", "latitude"];
    const EAST: [&str; 4] = ["lon", "lng", "long", "longitude"];
    let degrees: Vec<Option<[f64; 2]>> = network
        .people
        .iter()
        .map(|person| {
            let named = |names: &[&str]| {
                let mut facts = person.facts.iter();
                facts.find(|(column, _)| names.iter().any(|it| column.eq_ignore_ascii_case(it)))
            };
            let number = |text: &str| text.trim().parse::<f64>().ok().filter(|it| it.is_finite());
            if let (Some((_, north)), Some((_, east))) = (named(&NORTH), named(&EAST)) {
                return Some([number(north)?, number(east)?]);
            }
            let (north, east) = person.fact(fact::PLACE)?.split_once(',')?;
            Some([number(north)?, number(east)?])
        })
        .collect();
    if degrees.iter().all(Option::is_none) {
        return Err("No column tells latitude and longitude: name them lat and lon, or write \
                    both into the place column."
            .to_owned());
    }
    Ok(degrees)
}
