//! How good the map is and how long it takes, with graphviz sfdp beside it where that is installed.
//!
//! Both run on one thread of the same machine, one after the other, so that their seconds can be
//! compared. Each network is cut down to its largest part, because sfdp packs parts in its own way.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::{self, Write as _};
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use jaywalk::layout::{LayoutSettings, Point, layout};
use jaywalk::network::{InfluenceArc, InfluenceGraph};
use jaywalk::random::{Purpose, stream};
use rand::RngExt;
use rayon::ThreadPoolBuilder;

use crate::map_quality::{distance, neighborhood_preservation, neighbors, stress};

/// People from whom distances are measured.
const SOURCES: usize = 300;

type Ties = Vec<(u32, u32)>;

/// Prints one line for each network.
pub fn print() {
    println!("stress: lower is better; rank correlation and kept neighborhoods: higher is better");
    for name in ["mesh", "communities", "musae-facebook", "epinions-u"] {
        let Some(ties) = ties_of(name) else { continue };
        let (people, ties) = largest_part(&ties);
        let graph = Arc::new(mutual(people, &ties));
        let rows = neighbors(&graph);
        let pool = ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        let since = Instant::now();
        let places = pool.install(|| layout(Arc::clone(&graph), LayoutSettings::default()));
        let own = Quality::of(since.elapsed().as_secs_f64(), &rows, &places);
        println!("{name}, {people} people, {} ties", ties.len());
        println!("  Jaywalk  {own}");
        let since = Instant::now();
        let Some(places) = sfdp(people, &ties) else { continue };
        let theirs = Quality::of(since.elapsed().as_secs_f64(), &rows, &places);
        println!("  sfdp     {theirs}");
        println!("  ratios   {}", own.over(&theirs));
    }
}

/// Time and faithfulness of one map, or the ratios of two.
struct Quality {
    secs: f64,
    stress: f64,
    ranks: f64,
    kept: f64,
}

impl Quality {
    fn of(secs: f64, rows: &[Vec<u32>], places: &[Point]) -> Self {
        let stress = stress(rows, places, SOURCES);
        let kept = neighborhood_preservation(rows, places, SOURCES);
        Self { secs, stress, ranks: rank_correlation(rows, places), kept }
    }

    fn over(&self, other: &Self) -> Self {
        Self {
            secs: self.secs / other.secs,
            stress: self.stress / other.stress,
            ranks: self.ranks / other.ranks,
            kept: self.kept / other.kept,
        }
    }
}

impl fmt::Display for Quality {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { secs, stress, ranks, kept } = self;
        write!(to, "seconds {secs:7.3}  stress {stress:.4}  ranks {ranks:.2}  kept {kept:.3}")
    }
}

fn mutual(people: usize, ties: &[(u32, u32)]) -> InfluenceGraph {
    let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 0.1 };
    InfluenceGraph::from_arcs(people, ties.iter().flat_map(|&(a, b)| [arc(a, b), arc(b, a)]))
}

fn ties_of(name: &str) -> Option<Ties> {
    match name {
        "mesh" => Some(mesh()),
        "communities" => Some(communities(11_000)),
        _ => reference(name),
    }
}

/// An edge list of the reference data, when it is there.
fn reference(name: &str) -> Option<Ties> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let folder = std::env::var_os("JAYWALK_SHARED").map_or_else(|| beside.into(), PathBuf::from);
    let file = std::fs::File::open(folder.join(format!("data/networks/{name}.txt.gz"))).ok()?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).ok()?;
    let numbers: Vec<u32> = text.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    Some(numbers.chunks_exact(2).map(|tie| (tie[0], tie[1])).collect())
}

/// A grid of triangles with round holes.
fn mesh() -> Ties {
    const SIZE: [i32; 2] = [130, 100];
    const HOLES: [[i32; 3]; 5] =
        [[30, 30, 14], [85, 25, 10], [60, 65, 18], [105, 75, 12], [20, 80, 8]];
    let is_solid = |x: i32, y: i32| {
        HOLES
            .iter()
            .all(|&[at_x, at_y, radius]| (x - at_x).pow(2) + (y - at_y).pow(2) > radius.pow(2))
    };
    let places = (0..SIZE[1]).flat_map(|y| (0..SIZE[0]).map(move |x| (x, y)));
    let numbers: BTreeMap<(i32, i32), u32> =
        places.filter(|&(x, y)| is_solid(x, y)).zip(0..).collect();
    let tied = |(&(x, y), &one): (&(i32, i32), &u32)| {
        let others = [(1, 0), (0, 1), (1, 1)].map(|(right, down)| (x + right, y + down));
        others.map(|other| numbers.get(&other).map(|&other| (one, other)))
    };
    numbers.iter().flat_map(tied).flatten().collect()
}

/// Crowds of very different sizes in which some people know very many, with bridges mostly to a
/// crowd nearby on a ring.
fn communities(people: u32) -> Ties {
    let mut random = stream(2, Purpose::Layout, 1_000);
    let mut crowds = Vec::new();
    let mut first = 0;
    while first < people {
        let share: f64 = random.random_range(0.0..1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 600")]
        let size = (20.0 * (1.0 - share).powf(-0.9)).min(600.0) as u32;
        crowds.push((first, size.min(people - first)));
        first += size;
    }
    let mut ties = Vec::new();
    for (crowd, &(first, size)) in crowds.iter().enumerate() {
        // Whoever has many ties stands here often.
        let mut ends = vec![first];
        for person in first + 1..first + size {
            for _ in 0..4 {
                let known = ends[random.random_range(0..ends.len())];
                let anybody = random.random_range(first..person);
                let other = if random.random_bool(0.8) { known } else { anybody };
                if other != person {
                    ties.push((person, other));
                    ends.extend([person, other]);
                }
            }
            if random.random_bool(0.35) {
                let near = (crowd + random.random_range(1..4)) % crowds.len();
                let far = random.random_range(0..crowds.len());
                let (first, size) = crowds[if random.random_bool(0.7) { near } else { far }];
                ties.push((person, random.random_range(first..first + size)));
            }
        }
    }
    ties
}

/// The people of the largest part, numbered anew, and the ties among them, each once.
fn largest_part(ties: &[(u32, u32)]) -> (usize, Ties) {
    let people = ties.iter().map(|tie| tie.0.max(tie.1) as usize + 1).max().unwrap_or(0);
    let rows = neighbors(&mutual(people, ties));
    let mut seen = vec![false; people];
    let mut largest = Vec::new();
    for start in 0..people {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut part = vec![start];
        let mut at = 0;
        while let Some(&person) = part.get(at) {
            at += 1;
            for &other in &rows[person] {
                if !std::mem::replace(&mut seen[other as usize], true) {
                    part.push(other as usize);
                }
            }
        }
        if part.len() > largest.len() {
            largest = part;
        }
    }
    largest.sort_unstable();
    let number: BTreeMap<usize, u32> = largest.iter().copied().zip(0..).collect();
    let renumbered = ties.iter().filter_map(|&(a, b)| {
        let (a, b) = (*number.get(&(a as usize))?, *number.get(&(b as usize))?);
        (a != b).then_some((a.min(b), a.max(b)))
    });
    let mut ties: Ties = renumbered.collect();
    ties.sort_unstable();
    ties.dedup();
    (largest.len(), ties)
}

/// Spearman's correlation of distances on the map and steps along ties, over a sample of pairs.
fn rank_correlation(rows: &[Vec<u32>], places: &[Point]) -> f64 {
    let people = places.len();
    let sources = SOURCES.min(people);
    let (mut distances, mut steps) = (Vec::new(), Vec::new());
    for source in (0..sources).map(|it| it * people / sources) {
        let mut steps_to = vec![u32::MAX; people];
        steps_to[source] = 0;
        let mut queue = VecDeque::from([source]);
        while let Some(person) = queue.pop_front() {
            for &other in &rows[person] {
                let other = other as usize;
                if steps_to[other] != u32::MAX {
                    continue;
                }
                steps_to[other] = steps_to[person] + 1;
                queue.push_back(other);
                if (other * 7919 + source).is_multiple_of(97) {
                    distances.push(distance(places[source], places[other]));
                    steps.push(f64::from(steps_to[other]));
                }
            }
        }
    }
    let (one, other) = (ranks(&distances), ranks(&steps));
    let mean = (one.len() as f64 - 1.0) / 2.0;
    let product = |a: &[f64], b: &[f64]| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum()
    };
    product(&one, &other) / (product(&one, &one) * product(&other, &other)).sqrt()
}

/// The rank of each value; equal values share the middle of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    for alike in order.chunk_by(|&a, &b| values[a].total_cmp(&values[b]).is_eq()) {
        let middle = first as f64 + (alike.len() as f64 - 1.0) / 2.0;
        for &it in alike {
            ranks[it] = middle;
        }
        first += alike.len();
    }
    ranks
}

/// Where graphviz sfdp puts everyone; `None` where it is not installed or fails.
fn sfdp(people: usize, ties: &[(u32, u32)]) -> Option<Vec<Point>> {
    let mut dot = "graph{node[shape=point];\n".to_owned();
    for person in 0..people {
        let _ = writeln!(dot, "{person};");
    }
    for (one, other) in ties {
        let _ = writeln!(dot, "{one}--{other};");
    }
    dot.push_str("}\n");
    let mut child = Command::new("sfdp")
        .arg("-Tplain")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    // It reads everything before it writes.
    child.stdin.take()?.write_all(dot.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    let told = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
    let mut places = vec![None; people];
    for line in told.lines() {
        let mut words = line.split(' ');
        if words.next() == Some("node") {
            let person: usize = words.next()?.parse().ok()?;
            places[person] = Some([words.next()?.parse().ok()?, words.next()?.parse().ok()?]);
        }
    }
    places.into_iter().collect()
}
