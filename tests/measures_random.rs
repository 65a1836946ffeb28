//! Every measure beside a slow one that follows its formula to the letter, on random small networks.

use std::collections::BTreeSet;

use jaywalk::measure::{Subject, communities, components, find, modularity};
use jaywalk::network::{InfluenceArc, InfluenceGraph};
use jaywalk::random::{Purpose, stream};
use rand::RngExt;

/// A network as tables: what a person can check by eye.
struct Plain {
    people: usize,
    /// Weight of the arc from row to column, 0 for none.
    weight: Vec<Vec<f64>>,
    /// Ties in both directions together, parallel ones counted.
    count: Vec<Vec<f64>>,
    /// Steps from row to column; `None` where nothing leads there.
    distance: Vec<Vec<Option<usize>>>,
    segment: Vec<Option<u32>>,
    graph: InfluenceGraph,
}

impl Plain {
    fn random(index: u64) -> Self {
        let mut rng = stream(11, Purpose::SeedStrategy, index);
        let people: u32 = rng.random_range(1..=9);
        let arcs = rng.random_range(0..=3 * people);
        let arcs: Vec<InfluenceArc> = (0..arcs)
            .map(|_| InfluenceArc {
                influencer: rng.random_range(0..people),
                audience: rng.random_range(0..people),
                ties: 1,
                value: f64::from(rng.random_range(1..=4)) / 4.0,
            })
            .collect();
        let both_ways = index.is_multiple_of(3);
        let back = arcs.iter().filter(|_| both_ways).map(|arc| InfluenceArc {
            influencer: arc.audience,
            audience: arc.influencer,
            ..*arc
        });
        let graph = InfluenceGraph::from_arcs(people as usize, arcs.iter().copied().chain(back));
        let segment =
            (0..people).map(|_| rng.random_bool(0.8).then(|| rng.random_range(0..3))).collect();
        Self::of(graph, segment)
    }

    fn of(graph: InfluenceGraph, segment: Vec<Option<u32>>) -> Self {
        let people = graph.people();
        let mut weight = vec![vec![0.0; people]; people];
        let mut count = vec![vec![0.0; people]; people];
        let mut distance = vec![vec![None; people]; people];
        for arc in graph.iter_arcs() {
            let (from, to) = (arc.influencer as usize, arc.audience as usize);
            weight[from][to] = arc.value;
            count[from][to] += f64::from(arc.ties);
            count[to][from] += f64::from(arc.ties);
            distance[from][to] = Some(1);
        }
        for (person, row) in distance.iter_mut().enumerate() {
            row[person] = Some(0);
        }
        for by in 0..people {
            for from in 0..people {
                for to in 0..people {
                    if let (Some(one), Some(two)) = (distance[from][by], distance[by][to]) {
                        let now: Option<usize> = distance[from][to];
                        distance[from][to] = Some(now.map_or(one + two, |it| it.min(one + two)));
                    }
                }
            }
        }
        Self { people, weight, count, distance, segment, graph }
    }

    fn contacts(&self, person: usize) -> Vec<usize> {
        (0..self.people).filter(|&it| self.count[person][it] > 0.0).collect()
    }

    /// Number of shortest paths between any two.
    fn paths(&self) -> Vec<Vec<f64>> {
        let mut paths = vec![vec![0.0; self.people]; self.people];
        for (from, row) in paths.iter_mut().enumerate() {
            row[from] = 1.0;
            for steps in 1..self.people {
                for to in (0..self.people).filter(|&it| self.distance[from][it] == Some(steps)) {
                    row[to] = (0..self.people)
                        .filter(|&by| self.distance[from][by] == Some(steps - 1))
                        .filter(|&by| self.weight[by][to] > 0.0)
                        .map(|by| row[by])
                        .sum();
                }
            }
        }
        paths
    }

    fn betweenness(&self) -> Vec<f64> {
        let paths = self.paths();
        let pairs = (self.people as f64 - 1.0) * (self.people as f64 - 2.0);
        let mut between = vec![0.0; self.people];
        for (person, sum) in between.iter_mut().enumerate() {
            for from in (0..self.people).filter(|&it| it != person) {
                for to in (0..self.people).filter(|&it| it != person && it != from) {
                    let way = |a: usize, b: usize| self.distance[a][b];
                    if let (Some(whole), Some(one), Some(two)) =
                        (way(from, to), way(from, person), way(person, to))
                        && one + two == whole
                    {
                        *sum += paths[from][person] * paths[person][to] / paths[from][to];
                    }
                }
            }
            *sum /= pairs.max(1.0);
        }
        between
    }

    /// Solves `rank = .15/n + .85 (walk + jumps)` by elimination.
    fn pagerank(&self) -> Vec<f64> {
        let n = self.people;
        let mut system = vec![vec![0.0; n + 1]; n];
        for (to, row) in system.iter_mut().enumerate() {
            row[to] = 1.0;
            row[n] = 0.15 / n as f64;
            for (from, cell) in row[..n].iter_mut().enumerate() {
                let all: f64 = (0..n).map(|it| self.weight[it][from]).sum();
                *cell -=
                    0.85 * if all > 0.0 { self.weight[to][from] / all } else { 1.0 / n as f64 };
            }
        }
        for pivot in 0..n {
            let row = system[pivot].clone();
            for other in (0..n).filter(|&it| it != pivot) {
                let times = system[other][pivot] / row[pivot];
                for (entry, by) in system[other].iter_mut().zip(&row) {
                    *entry -= times * by;
                }
            }
        }
        (0..n).map(|it| system[it][n] / system[it][it]).collect()
    }

    fn constraint(&self) -> Vec<f64> {
        let share = |a: usize, b: usize| self.count[a][b] / self.count[a].iter().sum::<f64>();
        let of = |person: usize| {
            let contacts = self.contacts(person);
            let spent = |to: usize| {
                let by = contacts.iter().filter(|&&it| it != to);
                share(person, to) + by.map(|&by| share(person, by) * share(by, to)).sum::<f64>()
            };
            let sum: f64 = contacts.iter().map(|&to| spent(to).powi(2)).sum();
            if contacts.is_empty() { f64::NAN } else { sum }
        };
        (0..self.people).map(of).collect()
    }

    fn effective_size(&self) -> Vec<f64> {
        let share = |a: usize, b: usize| self.count[a][b] / self.count[a].iter().sum::<f64>();
        let beside = |a: usize, b: usize| {
            self.count[a][b] / self.count[a].iter().copied().fold(0.0, f64::max)
        };
        let of = |person: usize| {
            let contacts = self.contacts(person);
            let apart = |to: usize| {
                let by = contacts.iter().filter(|&&it| it != to);
                1.0 - by.map(|&by| share(person, by) * beside(to, by)).sum::<f64>()
            };
            let sum: f64 = contacts.iter().map(|&to| apart(to)).sum();
            if contacts.is_empty() { f64::NAN } else { sum }
        };
        (0..self.people).map(of).collect()
    }

    /// Peels the network until everyone left has `k` contacts left.
    fn k_core(&self) -> Vec<f64> {
        let mut core = vec![0.0; self.people];
        for k in 1..self.people {
            let mut left: BTreeSet<usize> = (0..self.people).collect();
            loop {
                let few = |person: &usize| {
                    self.contacts(*person).iter().filter(|it| left.contains(it)).count() < k
                };
                let Some(gone) = left.iter().copied().find(|it| few(it)) else { break };
                left.remove(&gone);
            }
            for person in left {
                core[person] = k as f64;
            }
        }
        core
    }

    /// People tied to `start` by any way that avoids `gone`.
    fn piece(&self, start: usize, gone: Option<usize>) -> BTreeSet<usize> {
        let mut piece = BTreeSet::from([start]);
        while let Some(next) = (piece.iter().flat_map(|&it| self.contacts(it)))
            .find(|it| Some(*it) != gone && !piece.contains(it))
        {
            piece.insert(next);
        }
        piece
    }

    fn fragmentation(&self) -> Vec<f64> {
        let others = self.people as f64 - 1.0;
        let of = |gone: usize| {
            let left = (0..self.people).filter(|&it| it != gone);
            let connected: usize = left.map(|it| self.piece(it, Some(gone)).len() - 1).sum();
            if others > 1.0 { 1.0 - connected as f64 / (others * (others - 1.0)) } else { 0.0 }
        };
        (0..self.people).map(of).collect()
    }

    fn clustering(&self) -> Vec<f64> {
        let of = |person: usize| {
            let contacts = self.contacts(person);
            let pairs = || {
                contacts
                    .iter()
                    .flat_map(|&a| contacts.iter().map(move |&b| (a, b)))
                    .filter(|it| it.0 < it.1)
            };
            let closed = pairs().filter(|&(a, b)| self.count[a][b] > 0.0).count();
            if pairs().count() == 0 { 0.0 } else { closed as f64 / pairs().count() as f64 }
        };
        (0..self.people).map(of).collect()
    }

    fn reciprocity(&self) -> Vec<f64> {
        let of = |person: usize| {
            let contacts = self.contacts(person);
            let both =
                |&&it: &&usize| self.weight[person][it] > 0.0 && self.weight[it][person] > 0.0;
            contacts.iter().filter(both).count() as f64 / contacts.len() as f64
        };
        (0..self.people).map(of).collect()
    }

    fn distances(&self, of: impl Fn(&[usize]) -> f64) -> Vec<f64> {
        let row = |row: &Vec<Option<usize>>| {
            let known: Vec<usize> = row.iter().copied().flatten().filter(|&it| it > 0).collect();
            of(&known)
        };
        self.distance.iter().map(row).collect()
    }

    fn segments_of_contacts(&self, person: usize) -> Vec<u32> {
        self.contacts(person).into_iter().filter_map(|it| self.segment[it]).collect()
    }

    fn participation(&self) -> Vec<f64> {
        let of = |person| {
            let told = self.segments_of_contacts(person);
            let share = |segment| {
                told.iter().filter(|&&it| it == segment).count() as f64 / told.len() as f64
            };
            let squares: f64 = (0..3).map(|it| share(it).powi(2)).sum();
            1.0 - squares
        };
        (0..self.people).map(of).collect()
    }

    fn e_i(&self) -> Vec<f64> {
        let of = |person: usize| {
            let Some(own) = self.segment[person] else { return f64::NAN };
            let told = self.segments_of_contacts(person);
            let inside = told.iter().filter(|&&it| it == own).count() as f64;
            (told.len() as f64 - 2.0 * inside) / told.len() as f64
        };
        (0..self.people).map(of).collect()
    }

    /// From the table of tie ends by the segments of both ends.
    fn assortativity(&self) -> f64 {
        let mut ends = [[0.0_f64; 3]; 3];
        for person in 0..self.people {
            if let Some(own) = self.segment[person] {
                for other in self.segments_of_contacts(person) {
                    ends[own as usize][other as usize] += 1.0;
                }
            }
        }
        let all: f64 = ends.as_flattened().iter().sum();
        let within: f64 = (0..3).map(|it| ends[it][it] / all).sum();
        let chance: f64 = (0..3).map(|it| (ends[it].iter().sum::<f64>() / all).powi(2)).sum();
        (within - chance) / (1.0 - chance)
    }

    fn degree_assortativity(&self) -> f64 {
        let degree = |it: usize| self.contacts(it).len() as f64;
        let ends: Vec<(f64, f64)> = (0..self.people)
            .flat_map(|a| self.contacts(a).into_iter().map(move |b| (a, b)))
            .map(|(a, b)| (degree(a), degree(b)))
            .collect();
        let mean = ends.iter().map(|it| it.0).sum::<f64>() / ends.len() as f64;
        let moment = |of: &dyn Fn(&(f64, f64)) -> f64| ends.iter().map(of).sum::<f64>();
        let variance = moment(&|it| (it.0 - mean).powi(2));
        if variance < 1e-9 {
            f64::NAN
        } else {
            moment(&|it| (it.0 - mean) * (it.1 - mean)) / variance
        }
    }

    /// Pair by pair, as Newman defines it; a tie weighs what both directions weigh together.
    fn modularity(&self, group: &[u32]) -> f64 {
        let weight = |a: usize, b: usize| self.weight[a][b] + self.weight[b][a];
        let strength = |a: usize| (0..self.people).map(|b| weight(a, b)).sum::<f64>();
        let all: f64 = (0..self.people).map(strength).sum();
        if all == 0.0 {
            return 0.0;
        }
        let mut sum = 0.0;
        for a in 0..self.people {
            for b in (0..self.people).filter(|&b| group[a] == group[b]) {
                sum += weight(a, b) - strength(a) * strength(b) / all;
            }
        }
        sum / all
    }

    /// Greatest eigenvalue by Gelfand's formula: the root of a very high power's size.
    fn greatest_eigenvalue(&self) -> f64 {
        let mut power = self.weight.clone();
        let mut log_scale = 0.0;
        let doublings = 40;
        for _ in 0..doublings {
            let largest = power.as_flattened_max();
            if largest == 0.0 {
                return 0.0;
            }
            for entry in power.iter_mut().flatten() {
                *entry /= largest;
            }
            log_scale = 2.0 * (log_scale + f64::ln(largest));
            power = product(&power, &power);
        }
        let largest = power.as_flattened_max();
        if largest == 0.0 {
            0.0
        } else {
            ((log_scale + largest.ln()) / 2.0_f64.powi(doublings)).exp()
        }
    }

    fn diffusion(&self) -> Vec<f64> {
        let greatest = self.greatest_eigenvalue();
        let heaviest = if self.graph.arcs() > 0 { self.weight.as_flattened_max() } else { 1.0 };
        // Without circles each arc passes what it weighs beside the heaviest.
        let passing = if greatest > 0.0 { 1.0 / greatest } else { 1.0 / heaviest };
        let mut power = self.weight.clone();
        let mut hearings = vec![0.0; self.people];
        for step in 1..=7 {
            for (all, row) in hearings.iter_mut().zip(&power) {
                *all += row.iter().sum::<f64>() * passing.powi(step);
            }
            power = product(&power, &self.weight);
        }
        hearings
    }
}

trait Largest {
    fn as_flattened_max(&self) -> f64;
}

impl Largest for Vec<Vec<f64>> {
    fn as_flattened_max(&self) -> f64 {
        self.iter().flatten().copied().fold(0.0, f64::max)
    }
}

fn product(one: &[Vec<f64>], two: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let entry = |row: &Vec<f64>, at: usize| {
        row.iter().zip(two).map(|(weight, other)| weight * other[at]).sum()
    };
    one.iter().map(|row| (0..row.len()).map(|at| entry(row, at)).collect()).collect()
}

#[track_caller]
fn alike(name: &str, index: u64, found: &[f64], expected: &[f64]) {
    alike_within(1e-7, name, index, found, expected);
}

#[track_caller]
fn alike_within(slack: f64, name: &str, index: u64, found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let near = (found - expected).abs() <= slack * (1.0 + expected.abs());
        assert!(
            near || (found.is_nan() && expected.is_nan()),
            "{name} on network {index}: found {found}, the formula gives {expected}"
        );
    }
}

#[test]
fn every_measure_follows_its_formula_on_a_thousand_networks() {
    for index in 0..1000 {
        let plain = Plain::random(index);
        let n = plain.people as f64;
        let subject = Subject::new(&plain.graph).with_segments(plain.segment.clone());
        let check = |name: &str, expected: Vec<f64>| {
            let found = find(name).expect("a measure").of(&subject).values;
            alike(name, index, &found, &expected);
        };
        let everyone = || 0..plain.people;
        check("degree", everyone().map(|it| plain.contacts(it).len() as f64).collect());
        check("strength", plain.weight.iter().map(|row| row.iter().sum()).collect());
        check("betweenness", plain.betweenness());
        check("harmonic", plain.distances(|it| it.iter().map(|&it| 1.0 / it as f64).sum()));
        check(
            "closeness",
            plain.distances(|it| {
                let reached = it.len() as f64;
                let all = it.iter().sum::<usize>() as f64;
                if it.is_empty() { 0.0 } else { reached / (n - 1.0) * reached / all }
            }),
        );
        check("pagerank", plain.pagerank());
        check("diffusion", plain.diffusion());
        check("constraint", plain.constraint());
        check("effective_size", plain.effective_size());
        check("k_core", plain.k_core());
        check("fragmentation", plain.fragmentation());
        check("clustering", plain.clustering());
        check("reciprocity", plain.reciprocity());
        check("participation", plain.participation());
        check("e_i", plain.e_i());
        check("assortativity", vec![plain.assortativity()]);
        check("degree_assortativity", vec![plain.degree_assortativity()]);
        let sizes: Vec<f64> = everyone().map(|it| plain.piece(it, None).len() as f64).collect();
        check("components", vec![sizes.iter().map(|it| 1.0 / it).sum()]);
        check("largest_component", vec![sizes.iter().copied().fold(0.0, f64::max) / n]);
        check("component_size", sizes);
        let group: Vec<u32> =
            (0..).zip(&plain.segment).map(|(at, it)| it.unwrap_or(100 + at)).collect();
        check("modularity", vec![plain.modularity(&group)]);
        alike(
            "modularity()",
            index,
            &[modularity(&plain.graph, &group)],
            &[plain.modularity(&group)],
        );
    }
}

#[test]
fn hubs_and_authorities_stand_for_each_other() {
    for index in 0..300 {
        let plain = Plain::random(index);
        let of = |name| find(name).expect("a measure").compute(&plain.graph);
        let (authority, hub) = (of("authority"), of("hub"));
        let shares = |values: Vec<f64>| -> Vec<f64> {
            let all: f64 = values.iter().sum();
            values.iter().map(|it| if all > 0.0 { it / all } else { 0.0 }).collect()
        };
        let people = 0..plain.people;
        let from_hubs =
            people.clone().map(|a| people.clone().map(|b| plain.weight[a][b] * hub[b]).sum());
        let from_authorities =
            people.clone().map(|b| people.clone().map(|a| plain.weight[a][b] * authority[a]).sum());
        // A thousand rounds do not part two circles that weigh nearly the same to the last digit.
        alike_within(1e-4, "authority", index, &authority, &shares(from_hubs.collect()));
        alike_within(1e-4, "hub", index, &hub, &shares(from_authorities.collect()));
    }
}

#[test]
fn neighborhoods_hang_together_and_are_no_worse_than_components() {
    for index in 0..300 {
        let plain = Plain::random(index);
        let found = communities(&plain.graph, index);
        for person in 0..plain.people {
            let inside = |it: &usize| found[*it] == found[person];
            let mut piece = BTreeSet::from([person]);
            while let Some(next) = (piece.iter().flat_map(|&it| plain.contacts(it)))
                .find(|it| inside(it) && !piece.contains(it))
            {
                piece.insert(next);
            }
            assert_eq!(piece.len(), (0..plain.people).filter(inside).count(), "network {index}");
        }
        let found = modularity(&plain.graph, &found);
        assert!(found >= modularity(&plain.graph, &components(&plain.graph)) - 1e-12);
    }
}
