//! F3: where people stand on the map.
//!
//! People who are tied are drawn together, everyone else apart, so that neighborhoods show
//! as islands. A start that fits distances on the map to steps along ties gives the large shape;
//! forces that reach only near people draw crowds together inside it. [`ForceLayout`] is a stepper: call [`ForceLayout::step`] until it is
//! [`LayoutState::Settled`], show [`ForceLayout::positions`] in between, pin people while they
//! are dragged. [`layout`] does it in one go.
//!
//! Measured on one core of a busy two-core machine (`cargo bench --bench layout`), beside graphviz
//! sfdp 2.43 on the same machine. Stress: lower is better; kept neighborhoods: higher is better.
//!
//! | network | people, ties | processor seconds (sfdp) | stress (sfdp) | kept (sfdp) |
//! |---|---|---|---|---|
//! | mesh with holes | 10,423, 30,377 | 0.10 (2.0) | 0.007 (0.016) | 0.92 (0.66) |
//! | communities | 11,000, 43,867 | 0.22 (2.3) | 0.169 (0.169) | 0.103 (0.013) |
//! | Facebook pages | 22,470, 170,823 | 0.49 (8.8) | 0.137 (0.152) | 0.160 (0.052) |
//! | Epinions | 75,877, 405,739 | 1.6 (65) | 0.154 (0.164) | 0.022 (0.003) |

pub mod arrangement;
mod force_layout;
mod forces;
mod hops;
mod packing;
mod part;
mod pivot_mds;
mod quadtree;
mod rows;
mod start;
mod stress;

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
    /// How strongly ties draw people together into crowds; 1 is the usual.
    pub cluster_pull: f32,
    /// Whether people keep a spacing clear around themselves.
    pub prevent_overlap: bool,
    /// Number that the starting positions are drawn from.
    pub rng_seed: u64,
}

impl Default for LayoutSettings {
    fn default() -> Self {
        Self { spacing: 30.0, gravity: 1.0, cluster_pull: 1.0, prevent_overlap: true, rng_seed: 0 }
    }
}

/// Positions of everyone, at rest.
pub fn layout(graph: Arc<InfluenceGraph>, settings: LayoutSettings) -> Vec<Point> {
    let mut layout = ForceLayout::new(graph, settings, None, &BTreeMap::new());
    while layout.step() == LayoutState::Moving {}
    layout.positions().to_vec()
}
