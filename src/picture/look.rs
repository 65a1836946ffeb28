//! What a person chose to see, and what is to be highlighted at the moment.

use serde::{Deserialize, Deserializer, Serialize};

use crate::diffusion::AdopterClass;
use crate::measure::{Measure, find};
use crate::network::{Groups, PersonIndex};

/// Light or dark surroundings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Dark marks on a light ground; the one to print.
    #[default]
    Light,
    /// Light marks on a dark ground.
    Dark,
}

/// What the color of a person tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColorBy {
    /// Everyone alike.
    Plain,
    /// The person's neighborhood ([`Overlay::neighborhoods`]).
    #[default]
    Neighborhood,
    /// The person's entry in this column ([`crate::network::fact`] or an imported header).
    Column(String),
    /// Rogers' five classes ([`Overlay::classes`]).
    AdopterClass,
    /// Who has adopted by the step that is shown ([`Overlay::adopted`]).
    AdoptedSoFar,
    /// How close the person is to the selected person, or to the exports' owners.
    Closeness,
    /// The person's place in a measure ([`Overlay::shaded`]).
    Measured(&'static Measure),
    /// How likely the person is to adopt ([`Overlay::chances`]).
    Chance,
}

/// What the color of a tie tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieColor {
    /// Ties among people of one color take it, all others are gray.
    #[default]
    People,
    /// Where the tie was mostly seen.
    Channel,
}

/// What the size of a person tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SizeBy {
    /// Everyone alike.
    Uniform,
    /// How many ties the person has.
    #[default]
    Ties,
    /// A measure of people ([`Overlay::measured`]).
    Measured(&'static Measure),
}

/// What a person chose for the map; small, saved with a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// Light or dark.
    pub theme: Theme,
    /// What colors tell.
    pub color: ColorBy,
    /// What sizes tell.
    #[serde(deserialize_with = "size_by")]
    pub size: SizeBy,
    /// What colors of ties tell.
    pub ties: TieColor,
    /// Whether pictures carry names, those of neighborhoods too where these show. (The window
    /// draws names itself and asks for none.)
    pub labels: bool,
    /// Whether neighborhoods show as shapes under their people, with their names from afar.
    pub hulls: bool,
    /// Whether pictures carry the legend. (The window shows it beside the map.)
    pub legend: bool,
}

/// Before sizes could tell any measure they told `PageRank`, which was saved as a bare "measured".
fn size_by<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SizeBy, D::Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Before {
        Measured,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Saved {
        Now(SizeBy),
        Before(Before),
    }
    Ok(match Saved::deserialize(deserializer)? {
        Saved::Now(size) => size,
        Saved::Before(Before::Measured) => find("pagerank").map_or(SizeBy::Ties, SizeBy::Measured),
    })
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            color: ColorBy::default(),
            size: SizeBy::default(),
            ties: TieColor::default(),
            labels: true,
            hulls: true,
            legend: true,
        }
    }
}

/// Facts of the moment that the map shows. Slices hold one entry per person; an empty slice says
/// that nothing is known, so `Overlay::default()` is a plain map.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overlay<'a> {
    /// Everyone's neighborhood, each with its name.
    pub neighborhoods: Option<&'a Groups>,
    /// Share of each neighborhood, in 0..=1, that has adopted; NaN where that is not known.
    pub levels: &'a [f64],
    /// Rogers class per person; `None` for those who never adopt.
    pub classes: &'a [Option<AdopterClass>],
    /// Whether each person has adopted by the step that is shown.
    pub adopted: &'a [bool],
    /// The measure behind [`SizeBy::Measured`]; NaN where it is undefined.
    pub measured: &'a [f64],
    /// The measure behind [`ColorBy::Measured`]; NaN where it is undefined.
    pub shaded: &'a [f64],
    /// Share of the forecast's courses, in 0..=1, in which each person adopts; the fact behind
    /// [`ColorBy::Chance`].
    pub chances: &'a [f64],
    /// People who are filtered out: neither they nor their ties are drawn.
    pub hidden: &'a [bool],
    /// People to seed, ringed on the map. Any order.
    pub seeds: &'a [PersonIndex],
    /// People who are selected. Any order.
    pub selected: &'a [PersonIndex],
    /// The person under the pointer: they and their ties stay lit, all others dim.
    pub hovered: Option<PersonIndex>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_saved_by_the_name_of_the_measure() {
        let size = |saved: &str| serde_json::from_str::<Look>(saved).map(|look| look.size);
        let betweenness = find("betweenness").map(SizeBy::Measured);
        assert_eq!(size(r#"{"size": {"measured": "betweenness"}}"#).ok(), betweenness);
        assert_eq!(size(r#"{"size": "uniform"}"#).ok(), Some(SizeBy::Uniform));
        assert_eq!(size(r#"{"size": "measured"}"#).ok(), find("pagerank").map(SizeBy::Measured));
        assert!(size(r#"{"size": "charm"}"#).is_err());
    }
}
