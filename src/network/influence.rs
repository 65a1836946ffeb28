//! The influence graph: who can influence whom, in compressed rows, both ways round.
//!
//! The direction is stored once, *influencer → audience*; code asks [`InfluenceGraph::audience_of`]
//! and [`InfluenceGraph::influences_on`]. petgraph's visit traits are implemented on `&InfluenceGraph`,
//! so that its algorithms run on these rows uncopied (outgoing means towards the audience).

use std::ops::Range;

use fixedbitset::FixedBitSet;
use petgraph::Direction;
use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoNeighbors,
    IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable,
    NodeCount, NodeIndexable, Visitable,
};
use rayon::slice::ParallelSliceMut;

use super::{Compact, PersonIndex};

/// One direction of influence, as handed to [`InfluenceGraph::from_arcs`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InfluenceArc {
    /// Who influences.
    pub influencer: PersonIndex,
    /// Who is influenced.
    pub audience: PersonIndex,
    /// Number of parallel ties, at least 1.
    pub ties: u32,
    /// The tie's own number, read as a probability (cascades) or a weight (linear threshold)
    /// when a model is asked to use it.
    pub value: f64,
}

/// Compressed rows of who influences whom.
///
/// Arcs are numbered row after row in the order of their influencer and, inside a row, of their
/// audience; parallel arcs are merged (ties add up, values `a` and `b` become `1-(1-a)(1-b)`),
/// arcs from a person to themselves are dropped and counted. So the graph does not depend on
/// the order of the input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InfluenceGraph {
    audience_start: Vec<u32>,
    audience: Vec<PersonIndex>,
    influence_start: Vec<u32>,
    influences: Vec<PersonIndex>,
    /// Arc number of each entry of `influences`.
    influence_arc: Vec<u32>,
    /// Parallel ties per arc.
    ties: Compact<u32>,
    /// Value per arc.
    value: Compact<f64>,
    self_loops: usize,
}

impl InfluenceGraph {
    /// Builds the rows in O(people + arcs log arcs), side by side on the current pool. Beside the rows it
    /// takes twelve bytes an arc.
    ///
    /// # Panics
    /// When an arc names a person outside `0..people`, or there are 2³² arcs or more.
    pub fn from_arcs(people: usize, arcs: impl IntoIterator<Item = InfluenceArc>) -> Self {
        let mut graph = Self::default();
        let mut listed: Vec<Listed> = Vec::new();
        let (mut ties, mut value) = (Compact::default(), Compact::default());
        for arc in arcs {
            if arc.influencer == arc.audience {
                graph.self_loops += 1;
                continue;
            }
            listed.push(Listed {
                row: arc.influencer,
                entry: arc.audience,
                arc: number(ties.len()),
            });
            ties.push(arc.ties);
            value.push(arc.value);
        }
        // Sorting reads memory from one end to the other; counting into rows would jump about in it,
        // which takes several times as long with a hundred million arcs.
        listed.par_sort_unstable();
        graph.take_merged(&mut listed, &ties, &value);
        graph.audience_start = row_starts(people, &listed);
        graph.audience = listed.iter().map(|it| it.entry).collect();
        for it in &mut listed {
            std::mem::swap(&mut it.row, &mut it.entry);
        }
        listed.par_sort_unstable();
        graph.influence_start = row_starts(people, &listed);
        graph.influences = listed.iter().map(|it| it.entry).collect();
        graph.influence_arc = listed.iter().map(|it| it.arc).collect();
        graph
    }

    /// Merges parallel arcs, which stand side by side in `listed`, numbers the arcs anew and takes their
    /// ties and values: ties add up, values are combined as chances.
    fn take_merged(&mut self, listed: &mut Vec<Listed>, ties: &Compact<u32>, value: &Compact<f64>) {
        let mut values: Vec<f64> = Vec::new();
        let (mut kept, mut next) = (0, 0);
        while let Some(&first) = listed.get(next) {
            let same = |it: &&Listed| (it.row, it.entry) == (first.row, first.entry);
            let parallel = &listed[next..][..listed[next..].iter().take_while(same).count()];
            next += parallel.len();
            let arcs = parallel.iter().map(|it| it.arc as usize);
            self.ties.push(arcs.clone().map(|arc| ties.get(arc)).sum());
            // They combine to the last bit only in the same order.
            values.clear();
            values.extend(arcs.map(|arc| value.get(arc)));
            values.sort_unstable_by(f64::total_cmp);
            let combined = values.iter().copied().reduce(|a, b| 1.0 - (1.0 - a) * (1.0 - b));
            self.value.push(combined.unwrap_or_default());
            listed[kept] = Listed { arc: number(kept), ..first };
            kept += 1;
        }
        listed.truncate(kept);
        self.ties.settle();
        self.value.settle();
    }

    /// Whether both graphs tie the same people in the same directions, however strongly.
    pub fn has_arcs_of(&self, other: &Self) -> bool {
        (&self.audience_start, &self.audience, &self.ties)
            == (&other.audience_start, &other.audience, &other.ties)
    }

    /// A number that graphs with other people, arcs, ties or values hardly ever share (FNV-1a).
    pub fn fingerprint(&self) -> u64 {
        let numbers = self.iter_arcs().flat_map(|arc| {
            let ends = u64::from(arc.influencer) << 32 | u64::from(arc.audience);
            [ends, arc.ties.into(), arc.value.to_bits()]
        });
        std::iter::once(self.people() as u64)
            .chain(numbers)
            .flat_map(u64::to_le_bytes)
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            })
    }

    /// Number of people.
    pub fn people(&self) -> usize {
        self.audience_start.len().saturating_sub(1)
    }

    /// Number of arcs after merging.
    pub fn arcs(&self) -> usize {
        self.audience.len()
    }

    /// Arcs from a person to themselves that were dropped.
    pub fn self_loops(&self) -> usize {
        self.self_loops
    }

    /// Everyone `person` can influence, in ascending order.
    #[inline]
    pub fn audience_of(&self, person: PersonIndex) -> &[PersonIndex] {
        &self.audience[self.arcs_from(person)]
    }

    /// Who is influenced along `arc`.
    pub fn audience_at(&self, arc: usize) -> PersonIndex {
        self.audience[arc]
    }

    /// Who influences along `arc`: O(log people).
    pub fn influencer_at(&self, arc: usize) -> PersonIndex {
        let before = self.audience_start.partition_point(|&start| start as usize <= arc);
        PersonIndex::try_from(before.saturating_sub(1)).unwrap_or(PersonIndex::MAX)
    }

    /// Everyone who can influence `person`, in ascending order.
    #[inline]
    pub fn influences_on(&self, person: PersonIndex) -> &[PersonIndex] {
        &self.influences[self.influence_row(person)]
    }

    /// Everyone's [`Self::influences_on`], one row after the other in the order of people.
    pub fn influences(&self) -> &[PersonIndex] {
        &self.influences
    }

    /// Whether some arc stands for several ties.
    pub fn has_parallel_ties(&self) -> bool {
        self.ties.occurring().iter().any(|&ties| ties > 1)
    }

    /// Arc numbers of [`Self::audience_of`], entry by entry.
    #[inline]
    pub fn arcs_from(&self, person: PersonIndex) -> Range<usize> {
        row(&self.audience_start, person)
    }

    /// Arc numbers of [`Self::influences_on`], entry by entry.
    #[inline]
    pub fn arcs_into(&self, person: PersonIndex) -> &[u32] {
        &self.influence_arc[self.influence_row(person)]
    }

    /// Parallel ties that `arc` stands for.
    pub fn ties(&self, arc: usize) -> u32 {
        self.ties.get(arc)
    }

    /// Ties into `person`, parallel ones counted each (`d_v` of the weighted cascade).
    pub fn ties_into(&self, person: PersonIndex) -> u32 {
        if let Compact::Alike { value: 1, .. } = self.ties {
            let row = self.influence_row(person);
            u32::try_from(row.len()).unwrap_or(u32::MAX)
        } else {
            self.arcs_into(person).iter().map(|&arc| self.ties(arc as usize)).sum()
        }
    }

    /// The tie's own number (see [`InfluenceArc::value`]).
    pub fn value(&self, arc: usize) -> f64 {
        self.value.get(arc)
    }

    /// All arcs, in arc order.
    pub fn iter_arcs(&self) -> impl Iterator<Item = InfluenceArc> + '_ {
        (0..).take(self.people()).flat_map(move |influencer| {
            self.arcs_from(influencer).map(move |arc| InfluenceArc {
                influencer,
                audience: self.audience[arc],
                ties: self.ties(arc),
                value: self.value.get(arc),
            })
        })
    }

    /// The same people with only those arcs that `keep` accepts.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&InfluenceArc) -> bool) -> Self {
        Self::from_arcs(self.people(), self.iter_arcs().filter(|arc| keep(arc)))
    }

    #[inline]
    fn influence_row(&self, person: PersonIndex) -> Range<usize> {
        row(&self.influence_start, person)
    }
}

/// An arc in a list that is sorted by rows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Listed {
    /// At one end.
    row: PersonIndex,
    /// At the other.
    entry: PersonIndex,
    /// Its number.
    arc: u32,
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("fewer than 2^32 people and arcs")
}

#[inline]
fn row(starts: &[u32], person: PersonIndex) -> Range<usize> {
    starts[person as usize] as usize..starts[person as usize + 1] as usize
}

/// Where each row starts in a sorted list, and where the last one ends.
fn row_starts(people: usize, sorted: &[Listed]) -> Vec<u32> {
    let mut starts = vec![0_u32; people + 1];
    for it in sorted {
        starts[it.row as usize + 1] += 1;
    }
    for i in 0..people {
        starts[i + 1] += starts[i];
    }
    starts
}

/// An arc as petgraph sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArcRef {
    influencer: PersonIndex,
    audience: PersonIndex,
    arc: u32,
    /// Parallel ties of the arc.
    ties: u32,
}

impl EdgeRef for ArcRef {
    type NodeId = PersonIndex;
    type EdgeId = u32;
    type Weight = u32;
    fn source(&self) -> PersonIndex {
        self.influencer
    }
    fn target(&self) -> PersonIndex {
        self.audience
    }
    fn weight(&self) -> &u32 {
        &self.ties
    }
    fn id(&self) -> u32 {
        self.arc
    }
}

/// The people at the other ends of one row, as petgraph asks for them.
pub type Neighbors<'a> = std::iter::Copied<std::slice::Iter<'a, PersonIndex>>;

impl GraphBase for InfluenceGraph {
    type NodeId = PersonIndex;
    type EdgeId = u32;
}

impl Data for InfluenceGraph {
    type NodeWeight = ();
    type EdgeWeight = u32;
}

impl GraphProp for InfluenceGraph {
    type EdgeType = petgraph::Directed;
}

impl NodeCount for InfluenceGraph {
    fn node_count(&self) -> usize {
        self.people()
    }
}

impl EdgeCount for InfluenceGraph {
    fn edge_count(&self) -> usize {
        self.arcs()
    }
}

impl NodeIndexable for InfluenceGraph {
    fn node_bound(&self) -> usize {
        self.people()
    }
    fn to_index(&self, person: PersonIndex) -> usize {
        person as usize
    }
    fn from_index(&self, index: usize) -> PersonIndex {
        PersonIndex::try_from(index).expect("people are numbered below 2^32")
    }
}

impl NodeCompactIndexable for InfluenceGraph {}

impl Visitable for InfluenceGraph {
    type Map = FixedBitSet;
    fn visit_map(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.people())
    }
    fn reset_map(&self, map: &mut FixedBitSet) {
        map.clear();
        map.grow(self.people());
    }
}

impl IntoNodeIdentifiers for &InfluenceGraph {
    type NodeIdentifiers = Range<PersonIndex>;
    fn node_identifiers(self) -> Self::NodeIdentifiers {
        0..self.from_index(self.people())
    }
}

impl<'a> IntoNeighbors for &'a InfluenceGraph {
    type Neighbors = Neighbors<'a>;
    fn neighbors(self, person: PersonIndex) -> Self::Neighbors {
        self.audience_of(person).iter().copied()
    }
}

impl<'a> IntoNeighborsDirected for &'a InfluenceGraph {
    type NeighborsDirected = Neighbors<'a>;
    fn neighbors_directed(self, person: PersonIndex, towards: Direction) -> Neighbors<'a> {
        match towards {
            Direction::Outgoing => self.audience_of(person).iter().copied(),
            Direction::Incoming => self.influences_on(person).iter().copied(),
        }
    }
}

/// The arcs of one person's row, or of all rows.
#[derive(Clone, Debug)]
pub struct ArcRefs<'a> {
    graph: &'a InfluenceGraph,
    influencer: PersonIndex,
    arcs: Range<usize>,
}

impl Iterator for ArcRefs<'_> {
    type Item = ArcRef;
    fn next(&mut self) -> Option<ArcRef> {
        let arc = self.arcs.next()?;
        while self.graph.audience_start[self.influencer as usize + 1] as usize <= arc {
            self.influencer += 1;
        }
        Some(ArcRef {
            influencer: self.influencer,
            audience: self.graph.audience[arc],
            arc: u32::try_from(arc).ok()?,
            ties: self.graph.ties(arc),
        })
    }
}

impl<'a> IntoEdgeReferences for &'a InfluenceGraph {
    type EdgeRef = ArcRef;
    type EdgeReferences = ArcRefs<'a>;
    fn edge_references(self) -> ArcRefs<'a> {
        ArcRefs { graph: self, influencer: 0, arcs: 0..self.arcs() }
    }
}

impl<'a> IntoEdges for &'a InfluenceGraph {
    type Edges = ArcRefs<'a>;
    fn edges(self, person: PersonIndex) -> ArcRefs<'a> {
        ArcRefs { graph: self, influencer: person, arcs: self.arcs_from(person) }
    }
}

impl IntoNodeReferences for &InfluenceGraph {
    type NodeRef = (PersonIndex, &'static ());
    type NodeReferences =
        std::iter::Map<Range<PersonIndex>, fn(PersonIndex) -> (PersonIndex, &'static ())>;
    fn node_references(self) -> Self::NodeReferences {
        self.node_identifiers().map(|person| (person, &()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn arc(influencer: PersonIndex, audience: PersonIndex) -> InfluenceArc {
        InfluenceArc { influencer, audience, ties: 1, value: 0.5 }
    }

    #[test]
    fn rows_say_who_influences_whom_both_ways() {
        let graph = InfluenceGraph::from_arcs(4, [arc(2, 1), arc(0, 1), arc(0, 3), arc(1, 0)]);
        assert_eq!(graph.audience_of(0), [1, 3]);
        assert_eq!(graph.influences_on(1), [0, 2]);
        assert!(graph.influences_on(2).is_empty());
        for person in 0..4 {
            for (&arc, &influencer) in
                graph.arcs_into(person).iter().zip(graph.influences_on(person))
            {
                assert!(graph.arcs_from(influencer).contains(&(arc as usize)));
            }
        }
    }

    #[test]
    fn parallel_arcs_merge_and_self_loops_are_counted() {
        let graph = InfluenceGraph::from_arcs(2, [arc(0, 1), arc(1, 1), arc(0, 1), arc(0, 1)]);
        assert_eq!((graph.arcs(), graph.self_loops()), (1, 1));
        assert_eq!((graph.ties(0), graph.ties_into(1)), (3, 3));
        assert!((graph.value(0) - 0.875).abs() < 1e-15);
    }

    #[test]
    fn rows_are_the_same_in_any_order_of_arcs() {
        let mut draw = 1_u32;
        let mut random = |below: u32| {
            draw = draw.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (draw >> 8) % below
        };
        for people in [1, 2, 3, 20] {
            let mut arcs: Vec<InfluenceArc> = (0..6 * people)
                .map(|_| InfluenceArc {
                    influencer: random(people),
                    audience: random(people),
                    ties: 1 + random(3),
                    value: f64::from(random(40)) / 40.0,
                })
                .collect();
            let graph = InfluenceGraph::from_arcs(people as usize, arcs.clone());
            arcs.sort_by(|a, b| a.value.total_cmp(&b.value));
            let mut expected: BTreeMap<[u32; 2], (u32, f64)> = BTreeMap::new();
            for arc in arcs.iter().filter(|arc| arc.influencer != arc.audience) {
                let (ties, none) =
                    expected.entry([arc.influencer, arc.audience]).or_insert((0, 1.0));
                *ties += arc.ties;
                *none *= 1.0 - arc.value;
            }
            assert_eq!(graph.arcs(), expected.len());
            for (arc, (ends, (ties, none))) in graph.iter_arcs().zip(expected) {
                assert_eq!([arc.influencer, arc.audience], ends);
                assert_eq!(arc.ties, ties);
                assert!((arc.value - (1.0 - none)).abs() < 1e-12);
            }
            arcs.reverse();
            assert_eq!(graph, InfluenceGraph::from_arcs(people as usize, arcs), "to the last bit");
        }
    }

    #[test]
    fn petgraph_runs_on_the_rows() {
        let graph = InfluenceGraph::from_arcs(5, [arc(0, 1), arc(1, 2), arc(2, 0), arc(3, 4)]);
        let mut components = petgraph::algo::tarjan_scc(&graph);
        for component in &mut components {
            component.sort_unstable();
        }
        assert!(components.contains(&vec![0, 1, 2]));
        let distances = petgraph::algo::dijkstra(&graph, 0, None, |_| 1_u32);
        assert_eq!((distances[&2], distances.get(&3)), (2, None));
    }
}
