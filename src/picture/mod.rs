//! F4: the network as a picture, and the forecast as a chart, without a window.
//!
//! ```text
//! Network, positions, Look, Overlay ──> Scene (world) ──┐
//!                                        View (camera) ─┴─> Sheet (pixels) ──> raster → RGBA, PNG
//! forecast numbers ──────────────────────> chart ─────────> Sheet          ├─> svg
//!                                                                          └─> pdf
//! ```
//!
//! A [`Scene`] depends on what is shown, a [`View`] on where one looks; moving the view never
//! rebuilds the scene. Both meet in a [`Sheet`]: a short list of [`Mark`]s in pixels that the three
//! writers draw alike, so that an exported picture equals the screen.

pub mod chart;
mod coloring;
mod detail;
pub mod font;
mod framing;
pub mod hulls;
pub mod labels;
mod legend;
mod look;
mod map;
mod mark;
mod outline;
pub mod palette;
pub mod pdf;
pub mod raster;
mod scene;
mod signs;
pub mod svg;
mod view;

pub use chart::ChartStyle;
pub use coloring::hue_of_neighborhood;
pub use font::font_bytes;
pub use hulls::{HullLabel, HullMark};
pub use labels::PlacedLabel;
pub use legend::{Legend, LegendEntry, LegendPart, Swatch};
pub use look::{ColorBy, Look, Overlay, SizeBy, Theme, TieColor};
pub use mark::{Anchor, Color, Mark, Shape, Sheet, TieStroke};
pub use raster::Image;
pub use scene::{PersonMark, Scene, TieMark};
pub use view::View;

/// A position `[x, y]`: world units in a [`Scene`], pixels (y downwards) on a [`Sheet`].
pub type Point = [f32; 2];
