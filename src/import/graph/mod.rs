//! Graph files: people and ties as other network programs write them.
//!
//! Every format is recognized by how it begins, never by its name alone, and hands its nodes and edges
//! to [`build::GraphBuilder`]: a person per node, a tie per edge, parallel edges side by side.
//!
//! | what | how it begins | direction |
//! |---|---|---|
//! | GraphML, GEXF | their root element | of the graph, or of each edge |
//! | DOT | `graph {`, `digraph {` | `->` or `--` |
//! | GML | `graph [` | `directed 1` |
//! | Pajek | `*Vertices`, `*Network` … | arcs or edges |
//! | UCINET DL | `dl n=5` | lists leave it open; a matrix tells by being symmetric |
//! | GDF | `nodedef>` | of each edge |
//! | VNA | `*Node data`, `*Tie data` | open |
//! | TLP | `(tlp "2.3"` | directed |
//! | networkx edges | `a b {'weight': 1}` on every line | open |
//! | edges with times | `% sym` (KONECT), or a column of seconds since 1970 | stated, or open |
//! | LGL | `# node`, more than once | undirected |
//! | Matrix Market | `%%MatrixMarket` | symmetric or general |
//! | DIMACS | `p edge 5 4` below remarks | `e` lines none, `a` lines one |
//! | JSON | `nodes` and `links`, `edges`, `elements`, `adjacency` …; a list of edges | `directed`, or open |
//! | adjacency matrix | the same names in the first row and column | by being symmetric |
//! | matrix of two modes | an empty corner, names, and cells of 0 and 1 | none |
//! | adjacency list | lines that name each other | open |
//!
//! A file that breaks off or contradicts its own format is refused with line and cause. Nothing is
//! followed by recursion beyond 256 levels (128 in JSON), and what a few bytes claim (nodes, groups
//! tied to groups, entities) is not believed.

mod attributes;
mod build;
mod cells;
mod dated;
mod dimacs;
mod dl;
mod dot;
mod gdf;
mod gexf;
mod gml;
mod graphml;
mod json;
mod lgl;
mod market;
mod matrix;
mod neighbors;
mod numbered;
mod pajek;
mod python_edges;
mod scan;
mod tulip;
mod vna;
mod xml;
mod xml_format;

use super::reader::Reader;

/// The graph formats, in the order of asking.
pub(super) const READERS: &[&dyn Reader] = &[
    &graphml::GRAPHML,
    &gexf::GEXF,
    &dot::Dot,
    &gml::Gml,
    &pajek::Pajek,
    &dl::Dl,
    &gdf::Gdf,
    &vna::Vna,
    &tulip::Tulip,
    &lgl::Lgl,
    &market::MatrixMarket,
    &dimacs::Dimacs,
    &json::GraphJson,
    &matrix::AdjacencyMatrix,
    &python_edges::PythonEdges,
    &dated::DatedEdges,
];

/// Formats that much else looks like: asked when nobody else knows a file.
pub(super) const LAST_READERS: &[&dyn Reader] = &[&neighbors::AdjacencyList];
