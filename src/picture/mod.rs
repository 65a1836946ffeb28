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
mod crowd;
mod detail;
mod export;
pub mod font;
mod framing;
pub mod hulls;
pub mod labels;
mod legend;
mod look;
mod map;
mod mark;
mod outline;
mod overview;
pub mod palette;
pub mod pdf;
pub mod raster;
mod rows;
mod scene;
mod signs;
pub mod svg;
mod view;

pub use chart::ChartStyle;
pub use coloring::hue_of_neighborhood;
pub use export::PictureFormat;
pub use font::font_bytes;
pub use hulls::{HullLabel, HullMark};
pub use labels::PlacedLabel;
pub use legend::{Legend, LegendEntry, LegendPart, Swatch};
pub use look::{ColorBy, Look, Overlay, SizeBy, Theme, TieColor};
pub use map::TIE_LAYERS;
pub use mark::{Anchor, Color, Mark, SQUARE, Shades, Shape, Sheet, TieStroke};
pub use raster::Image;
pub use rows::{Rows, TieRows};
pub use scene::{PersonMark, Scene, TieMark};
pub use view::View;

/// Who turns the map on the screen into pixels. It looks the same either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drawing {
    /// The graphics card where there is one and the network is large, else the processor.
    #[default]
    ByItself,
    /// The processor.
    Processor,
    /// The graphics card, or whatever stands in for it.
    Card,
}

/// A position `[x, y]`: world units in a [`Scene`], pixels (y downwards) on a [`Sheet`].
pub type Point = [f32; 2];
