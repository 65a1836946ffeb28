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

use super::PersonIndex;

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
    /// Parallel ties per arc; empty when every arc is a single tie.
    ties: Vec<u32>,
    /// Value per arc.
    value: Vec<f64>,
    self_loops: usize,
}

impl InfluenceGraph {
    /// Builds the rows in O(people + arcs log(longest row)).
    ///
    /// # Panics
    /// When an arc names a person outside `0..people`, or there are 2³² arcs or more.
    pub fn from_arcs(people: usize, arcs: impl IntoIterator<Item = InfluenceArc>) -> Self {
        let mut self_loops = 0;
        let mut arcs: Vec<InfluenceArc> = arcs
            .into_iter()
            .filter(|arc| {
                let looped = arc.influencer == arc.audience;
                self_loops += usize::from(looped);
                !looped
            })
            .collect();
        // Values order parallel arcs: they combine to the last bit only in the same order.
        arcs.sort_unstable_by(|a, b| {
            let ends = (a.influencer, a.audience).cmp(&(b.influencer, b.audience));
            ends.then(a.value.total_cmp(&b.value))
        });
        arcs.dedup_by(|next, kept| {
            let parallel = next.influencer == kept.influencer && next.audience == kept.audience;
            if parallel {
                kept.ties += next.ties;
                kept.value = 1.0 - (1.0 - kept.value) * (1.0 - next.value);
            }
            parallel
        });

        let audience_start = row_starts(people, arcs.iter().map(|arc| arc.influencer));
        let influence_start = row_starts(people, arcs.iter().map(|arc| arc.audience));
        let mut next_slot = influence_start.clone();
        let mut influences = vec![0; arcs.len()];
        let mut influence_arc = vec![0; arcs.len()];
        for (arc_index, arc) in (0_u32..).zip(&arcs) {
            let slot = &mut next_slot[arc.audience as usize];
            influences[*slot as usize] = arc.influencer;
            influence_arc[*slot as usize] = arc_index;
            *slot += 1;
        }
        let single = arcs.iter().all(|arc| arc.ties == 1);
        Self {
            audience_start,
            audience: arcs.iter().map(|arc| arc.audience).collect(),
            influence_start,
            influences,
            influence_arc,
            ties: if single { Vec::new() } else { arcs.iter().map(|arc| arc.ties).collect() },
            value: arcs.iter().map(|arc| arc.value).collect(),
            self_loops,
        }
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
        !self.ties.is_empty()
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
        self.ties.get(arc).copied().unwrap_or(1)
    }

    /// Ties into `person`, parallel ones counted each (`d_v` of the weighted cascade).
    pub fn ties_into(&self, person: PersonIndex) -> u32 {
        if self.ties.is_empty() {
            let row = self.influence_row(person);
            u32::try_from(row.len()).unwrap_or(u32::MAX)
        } else {
            self.arcs_into(person).iter().map(|&arc| self.ties(arc as usize)).sum()
        }
    }

    /// The tie's own number (see [`InfluenceArc::value`]).
    pub fn value(&self, arc: usize) -> f64 {
        self.value[arc]
    }

    /// All arcs, in arc order.
    pub fn iter_arcs(&self) -> impl Iterator<Item = InfluenceArc> + '_ {
        (0..).take(self.people()).flat_map(move |influencer| {
            self.arcs_from(influencer).map(move |arc| InfluenceArc {
                influencer,
                audience: self.audience[arc],
                ties: self.ties(arc),
                value: self.value[arc],
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

#[inline]
fn row(starts: &[u32], person: PersonIndex) -> Range<usize> {
    starts[person as usize] as usize..starts[person as usize + 1] as usize
}

/// Prefix sums of row lengths: entry `i` is where row `i` starts.
fn row_starts(people: usize, rows: impl Iterator<Item = PersonIndex>) -> Vec<u32> {
    let mut starts = vec![0_u32; people + 1];
    for person in rows {
        let count = &mut starts[person as usize + 1];
        *count = count.checked_add(1).expect("fewer than 2^32 arcs");
    }
    for i in 0..people {
        starts[i + 1] = starts[i + 1].checked_add(starts[i]).expect("fewer than 2^32 arcs");
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
