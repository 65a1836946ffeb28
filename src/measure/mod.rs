//! F3: what a person's place in the network says about them.
//!
//! Every [`Measure`] answers one plain question with one number per person; one file each. The
//! numbers follow `science.md` section 2 and are checked against its published values.
//! [`components`] and [`communities`] cut the network into parts, [`modularity`] says how well a
//! cut follows the ties.

mod betweenness;
mod circle;
mod communities;
mod components;
mod constraint;
mod core_number;
mod degree;
mod modularity;
mod pagerank;

pub use communities::communities;
pub use components::components;
pub use modularity::modularity;

use crate::network::InfluenceGraph;

/// One number per person, answering one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// People tied to the person, in either direction.
    Degree,
    /// People the person can influence directly.
    Audience,
    /// Strengths of the ties to that audience, added up.
    Strength,
    /// Core number: the largest k such that the person is in a group where all have k ties.
    KCore,
    /// `PageRank` with damping .85 on arcs from the audience to the influencer.
    PageRank,
    /// Share of shortest paths between others that pass through the person.
    Betweenness,
    /// Burt's constraint; undefined (NaN) for a person without ties.
    Constraint,
}

impl Measure {
    /// Every measure, in the order of menus.
    pub const ALL: [Self; 7] = [
        Self::Degree,
        Self::Audience,
        Self::Strength,
        Self::KCore,
        Self::PageRank,
        Self::Betweenness,
        Self::Constraint,
    ];

    /// Short name: the term of art.
    pub fn label(self) -> &'static str {
        match self {
            Self::Degree => "degree",
            Self::Audience => "audience",
            Self::Strength => "strength",
            Self::KCore => "core number",
            Self::PageRank => "PageRank",
            Self::Betweenness => "betweenness",
            Self::Constraint => "constraint",
        }
    }

    /// Name in JSON, in tables and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Degree => "degree",
            Self::Audience => "audience",
            Self::Strength => "strength",
            Self::KCore => "k_core",
            Self::PageRank => "pagerank",
            Self::Betweenness => "betweenness",
            Self::Constraint => "constraint",
        }
    }

    /// The question the number answers, in plain words.
    pub fn question(self) -> &'static str {
        match self {
            Self::Degree => "Who knows the most people?",
            Self::Audience => "Who reaches the most people directly?",
            Self::Strength => "Who reaches people most strongly?",
            Self::KCore => "Who sits in the dense core that keeps a buzz alive?",
            Self::PageRank => "Who is listened to by people who are listened to?",
            Self::Betweenness => "Who is the bridge between others?",
            Self::Constraint => "Who is free to broker between circles? (low is freer)",
        }
    }

    /// The measure for every person of `graph`, in person order; NaN where it is undefined.
    ///
    /// Time grows with people + arcs, except betweenness (people × arcs) and constraint (the sum
    /// of squared degrees). The answer does not depend on the number of threads.
    pub fn compute(self, graph: &InfluenceGraph) -> Vec<f64> {
        match self {
            Self::Degree => degree::degree(graph),
            Self::Audience => degree::audience(graph),
            Self::Strength => degree::strength(graph),
            Self::KCore => core_number::core_number(graph),
            Self::PageRank => pagerank::pagerank(graph),
            Self::Betweenness => betweenness::betweenness(graph),
            Self::Constraint => constraint::constraint(graph),
        }
    }
}

/// Renumbers groups so that 0 is the largest; equal sizes go by their first member.
fn by_size(group_of: &[u32]) -> Vec<u32> {
    let groups = group_of.iter().map(|&group| group as usize + 1).max().unwrap_or(0);
    let mut size = vec![0_usize; groups];
    let mut first_member = vec![usize::MAX; groups];
    for (person, &group) in group_of.iter().enumerate() {
        size[group as usize] += 1;
        first_member[group as usize] = first_member[group as usize].min(person);
    }
    let mut order: Vec<usize> = (0..groups).collect();
    order.sort_by_key(|&group| (std::cmp::Reverse(size[group]), first_member[group]));
    let mut rank = vec![0; groups];
    for (number, group) in (0_u32..).zip(order) {
        rank[group] = number;
    }
    group_of.iter().map(|&group| rank[group as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_numbered_from_the_largest() {
        assert_eq!(by_size(&[5, 2, 2, 7, 7]), [2, 0, 0, 1, 1]);
        assert_eq!(by_size(&[]), [0; 0]);
    }

    #[test]
    fn every_measure_copes_with_nobody_and_with_one_person() {
        for measure in Measure::ALL {
            assert!(measure.compute(&InfluenceGraph::default()).is_empty(), "{measure:?}");
            let alone = measure.compute(&InfluenceGraph::from_arcs(1, []));
            assert_eq!(alone.len(), 1);
            assert_eq!(alone[0].is_nan(), measure == Measure::Constraint, "{measure:?}");
        }
    }
}
