//! Betweenness: who lies on the shortest paths between others.

use std::ops::Range;

use rayon::prelude::*;

use crate::network::{InfluenceGraph, PersonIndex};

/// Blocks of sources. Fixed, so that sums are added in the same order on any number of threads.
const BLOCKS: usize = 32;

/// Share of shortest influence paths between ordered pairs of others that pass through each person.
///
/// Divided by (n-1)(n-2), the number of ordered pairs; where all ties are mutual this equals the
/// usual undirected value over (n-1)(n-2)/2. Exact, in O(people × arcs) time; parallel over blocks
/// of sources. Source: Brandes 2001.
pub(super) fn betweenness(graph: &InfluenceGraph) -> Vec<f64> {
    let people = graph.people();
    let per_block = people.div_ceil(BLOCKS).max(1);
    let blocks: Vec<Vec<f64>> = (0..people.div_ceil(per_block))
        .into_par_iter()
        .map(|block| {
            let mut search = Search::new(people);
            let sources = block * per_block..people.min((block + 1) * per_block);
            search.add_up(graph, sources);
            search.between
        })
        .collect();
    let pairs = (people as f64 - 1.0) * (people as f64 - 2.0);
    let scale = if pairs > 0.0 { 1.0 / pairs } else { 0.0 };
    (0..people)
        .map(|person| blocks.iter().map(|block| block[person]).sum::<f64>() * scale)
        .collect()
}

const UNSEEN: u32 = u32::MAX;

/// One thread's working memory and its running sums.
struct Search {
    distance: Vec<u32>,
    paths: Vec<f64>,
    dependency: Vec<f64>,
    queue: Vec<PersonIndex>,
    between: Vec<f64>,
}

impl Search {
    fn new(people: usize) -> Self {
        Self {
            distance: vec![UNSEEN; people],
            paths: vec![0.0; people],
            dependency: vec![0.0; people],
            queue: Vec::with_capacity(people),
            between: vec![0.0; people],
        }
    }

    fn add_up(&mut self, graph: &InfluenceGraph, sources: Range<usize>) {
        for source in sources {
            self.spread(graph, graph_index(source));
            self.gather(graph);
        }
    }

    /// Counts shortest paths from `source`, level by level.
    fn spread(&mut self, graph: &InfluenceGraph, source: PersonIndex) {
        for person in self.queue.drain(..) {
            self.distance[person as usize] = UNSEEN;
            self.paths[person as usize] = 0.0;
            self.dependency[person as usize] = 0.0;
        }
        self.distance[source as usize] = 0;
        self.paths[source as usize] = 1.0;
        self.queue.push(source);
        let mut at = 0;
        while let Some(&person) = self.queue.get(at) {
            at += 1;
            let further = self.distance[person as usize] + 1;
            for &other in graph.audience_of(person) {
                let seen = &mut self.distance[other as usize];
                if *seen == UNSEEN {
                    *seen = further;
                    self.queue.push(other);
                }
                if *seen == further {
                    self.paths[other as usize] += self.paths[person as usize];
                }
            }
        }
    }

    /// Hands the dependency of far people back to those before them.
    fn gather(&mut self, graph: &InfluenceGraph) {
        for &person in self.queue[1..].iter().rev() {
            let at = person as usize;
            let share = (1.0 + self.dependency[at]) / self.paths[at];
            for &before in graph.influences_on(person) {
                let before = before as usize;
                // An unseen person's distance wraps to 0, which is nobody's but the source's.
                if self.distance[before].wrapping_add(1) == self.distance[at] {
                    self.dependency[before] += self.paths[before] * share;
                }
            }
            self.between[at] += self.dependency[at];
        }
    }
}

fn graph_index(person: usize) -> PersonIndex {
    PersonIndex::try_from(person).expect("people are numbered below 2^32")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::InfluenceArc;

    #[test]
    fn the_middle_of_a_path_is_between_every_pair() {
        let arc = |influencer, audience| InfluenceArc { influencer, audience, ties: 1, value: 1.0 };
        let path = InfluenceGraph::from_arcs(3, [arc(0, 1), arc(1, 0), arc(1, 2), arc(2, 1)]);
        assert_eq!(betweenness(&path), [0.0, 1.0, 0.0]);
        let one_way = InfluenceGraph::from_arcs(3, [arc(0, 1), arc(1, 2)]);
        assert_eq!(betweenness(&one_way), [0.0, 0.5, 0.0]);
    }
}
