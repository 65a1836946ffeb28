//! What a person chose to see, and what is to be highlighted at the moment.

use serde::{Deserialize, Serialize};

use crate::diffusion::AdopterClass;
use crate::network::PersonIndex;

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
    /// Any measure ([`Overlay::measured`]).
    Measured,
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
    pub size: SizeBy,
    /// Whether pictures carry names. (The window draws names itself and asks for none.)
    pub labels: bool,
    /// Whether pictures carry the legend. (The window shows it beside the map.)
    pub legend: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            color: ColorBy::default(),
            size: SizeBy::default(),
            labels: true,
            legend: true,
        }
    }
}

/// Facts of the moment that the map shows. Slices hold one entry per person; an empty slice says
/// that nothing is known, so `Overlay::default()` is a plain map.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overlay<'a> {
    /// Neighborhood number per person, 0 for the largest.
    pub neighborhoods: &'a [u32],
    /// Rogers class per person; `None` for those who never adopt.
    pub classes: &'a [Option<AdopterClass>],
    /// Whether each person has adopted by the step that is shown.
    pub adopted: &'a [bool],
    /// The measure behind [`SizeBy::Measured`]; NaN where it is undefined.
    pub measured: &'a [f64],
    /// People who are filtered out: neither they nor their ties are drawn.
    pub hidden: &'a [bool],
    /// People to seed, ringed on the map. Any order.
    pub seeds: &'a [PersonIndex],
    /// People who are selected. Any order.
    pub selected: &'a [PersonIndex],
    /// The person under the pointer: they and their ties stay lit, all others dim.
    pub hovered: Option<PersonIndex>,
}
