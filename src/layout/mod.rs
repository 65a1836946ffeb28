//! F3: where people stand on the map.
//!
//! People who are tied are drawn together, everyone else apart, so that neighborhoods show
//! as islands. A start that fits distances on the map to steps along ties gives the large shape and
//! gathers crowds; forces that reach only near people draw crowds together inside it. [`ForceLayout`] is a stepper:
//! call [`ForceLayout::step`] until it is [`LayoutState::Settled`], show [`ForceLayout::positions`]
//! in between, pin people while they are dragged. [`layout`] does it in one go.
//!
//! Measured on one thread (`cargo bench --bench layout`), beside graphviz sfdp 2.43 on the same
//! machine. Stress: lower is better; kept neighborhoods: higher is better.
//!
//! | network | people, ties | seconds (sfdp) | stress (sfdp) | kept (sfdp) |
//! |---|---|---|---|---|
//! | mesh with holes | 10,423, 30,377 | 0.18 (2.2) | 0.007 (0.016) | 0.91 (0.66) |
//! | communities | 11,000, 43,953 | 0.38 (2.5) | 0.172 (0.170) | 0.168 (0.011) |
//! | Facebook pages | 22,470, 170,823 | 0.78 (9.4) | 0.147 (0.152) | 0.290 (0.052) |
//! | Epinions | 75,877, 405,739 | 2.6 (77) | 0.161 (0.164) | 0.109 (0.003) |
//!
//! Without gathering crowds at the start, stress is 2 to 7 % lower and a fifth to six tenths of the
//! neighborhoods are kept. The seconds were taken before crowds were gathered, which adds some
//! steps at the start.
//!
//! An iteration takes one core 3.5 ms at 10,000 people and 50,000 ties, and 48 ms at ten times as
//! many; two cores 2.3 and 28 ms. The start, which is the first picture, took 0.3 to 0.7 s there; on two
//! busy cores such a map was at rest after 2.8 to 4.8 s, with four and with six gatherings instead of five
//! (`cargo bench --bench layout readable`).

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
