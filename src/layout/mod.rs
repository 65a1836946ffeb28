//! F3: where people stand on the map.
//!
//! People who are tied are drawn together, everyone else apart, so that neighborhoods show
//! as islands. [`ForceLayout`] is a stepper: call [`ForceLayout::step`] until it is
//! [`LayoutState::Settled`], show [`ForceLayout::positions`] in between, pin people while they
//! are dragged. [`layout`] does it in one go.

mod force_layout;
mod forces;
mod packing;
mod part;
mod pivot_mds;
mod quadtree;
mod rows;
mod start;

pub use force_layout::{ForceLayout, LayoutState};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::network::InfluenceGraph;

/// A place on the map: x to the right, y downwards, in map units (a person's disc has a radius
/// of 4 to 10 units).
pub type Point = [f32; 2];

/// Width and height of the window that a map is made for, up to a factor.
const WINDOW: [f32; 2] = [16.0, 10.0];

/// What a person may change about the layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayoutSettings {
    /// Typical distance between a person and the nearest other one, in map units.
    pub spacing: f32,
    /// How strongly everyone is drawn to the middle of their part of the map; 0 is not at all,
    /// 1 the usual.
    pub gravity: f32,
    /// Number that the starting positions are drawn from.
    pub rng_seed: u64,
}

impl Default for LayoutSettings {
    fn default() -> Self {
        Self { spacing: 30.0, gravity: 1.0, rng_seed: 0 }
    }
}

/// Positions of everyone, at rest.
pub fn layout(graph: Arc<InfluenceGraph>, settings: LayoutSettings) -> Vec<Point> {
    let mut layout = ForceLayout::new(graph, settings, None, &BTreeMap::new());
    while layout.step() == LayoutState::Moving {}
    layout.positions().to_vec()
}
