//! The same forecast by simulators from `PyPI`, where a Python with them is at hand.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use jaywalk::network::{InfluenceGraph, PersonIndex};

/// What another simulator took.
pub struct Peer {
    pub name: String,
    pub seconds_per_replicate: f64,
    pub mean_adopters: f64,
}

/// The weighted cascade from `seeds` by every simulator that `$PYTHON` (or else `python3`) can
/// import; none where there is no Python or none of them.
pub fn weighted_cascade(graph: &InfluenceGraph, seeds: &[PersonIndex]) -> Vec<Peer> {
    let mut arcs = String::new();
    for arc in graph.iter_arcs() {
        let _ = writeln!(arcs, "{} {}", arc.influencer, arc.audience);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let edges = folder.path().join("edges.txt");
    std::fs::write(&edges, arcs).expect("the ties are written");
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/cascade.py");
    let seeds: Vec<String> = seeds.iter().map(ToString::to_string).collect();
    let mut command = Command::new(python);
    command.arg(script).arg(edges).arg(seeds.join(",")).stderr(Stdio::null());
    let Ok(output) = command.output() else { return Vec::new() };
    let peer = |line: &str| {
        let mut words = line.split_whitespace();
        Some(Peer {
            name: words.next()?.to_owned(),
            seconds_per_replicate: words.next()?.parse().ok()?,
            mean_adopters: words.next()?.parse().ok()?,
        })
    };
    String::from_utf8_lossy(&output.stdout).lines().filter_map(peer).collect()
}
