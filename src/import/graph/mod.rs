//! Graph files: people and ties as other network programs write them.
//!
//! Every format hands its nodes and edges to [`build::GraphBuilder`].

mod build;
mod cells;
mod dl;
mod dot;
mod gdf;
mod gexf;
mod gml;
mod graphml;
mod json;
mod lgl;
mod matrix;
mod neighbors;
mod numbered;
mod pajek;
mod scan;
mod xml;

use super::reader::Reader;

/// The graph formats, in the order of asking.
pub(super) const READERS: &[&dyn Reader] = &[
    &graphml::GraphMl,
    &gexf::Gexf,
    &dot::Dot,
    &gml::Gml,
    &pajek::Pajek,
    &dl::Dl,
    &gdf::Gdf,
    &lgl::Lgl,
    &json::GraphJson,
    &matrix::AdjacencyMatrix,
];

/// Formats that much else looks like: asked when nobody else knows a file.
pub(super) const LAST_READERS: &[&dyn Reader] = &[&neighbors::AdjacencyList];
