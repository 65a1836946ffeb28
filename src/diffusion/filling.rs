//! How full groups of people are of adopters, step by step, and how evenly.

use serde::{Deserialize, Serialize};

use super::NEVER;

/// Adopters of each group over time: counted in one course, observed, or expected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Filling {
    /// People in each group.
    pub people: Vec<u32>,
    /// For each step, the adopters of each group by its end.
    pub adopters: Vec<Vec<f64>>,
}

impl Filling {
    /// Counts times of adoption (steps; [`NEVER`] for those who did not adopt), `group_of` one entry
    /// per person. Steps run from 0 to the last at which anybody of a group adopts.
    /// O(people + steps · groups).
    ///
    /// # Panics
    /// When a person has no entry in `group_of`, or a group is beyond `groups`.
    pub fn of_times(times: &[u32], group_of: &[Option<u32>], groups: usize) -> Self {
        let adopters = times.iter().zip(group_of).filter(|(time, _)| **time != NEVER);
        let last = adopters.filter(|(_, group)| group.is_some()).map(|(time, _)| *time).max();
        let mut new = vec![vec![0_u64; groups]; last.map_or(1, |it| it as usize + 1)];
        let mut people = vec![0; groups];
        for (person, group) in group_of.iter().enumerate() {
            let Some(group) = group.map(|it| it as usize) else { continue };
            people[group] += 1;
            if times[person] != NEVER {
                new[times[person] as usize][group] += 1;
            }
        }
        Self::of_new_adopters(people, &new, 1)
    }

    /// Sums up new adopters by step and group, counted over `replicates`.
    pub(super) fn of_new_adopters(people: Vec<u32>, new: &[Vec<u64>], replicates: u64) -> Self {
        let mut sums = vec![0_u64; people.len()];
        let replicates = replicates.max(1) as f64;
        let step = |new: &Vec<u64>| {
            for (sum, new) in sums.iter_mut().zip(new) {
                *sum += new;
            }
            sums.iter().map(|&it| it as f64 / replicates).collect()
        };
        Self { adopters: new.iter().map(step).collect(), people }
    }

    /// Number of groups.
    pub fn groups(&self) -> usize {
        self.people.len()
    }

    /// Last step; afterwards everything stays as it is.
    pub fn last_step(&self) -> usize {
        self.adopters.len().saturating_sub(1)
    }

    /// Share of a group, in 0..=1, that has adopted by the end of a step; 0 for an empty group.
    ///
    /// # Panics
    /// When there is no such group.
    pub fn share(&self, step: usize, group: usize) -> f64 {
        let adopters = self.adopters.get(step.min(self.last_step())).map_or(0.0, |it| it[group]);
        adopters / f64::from(self.people[group].max(1))
    }

    /// Shares of all groups by the end of a step (the last one: their saturation).
    pub fn shares(&self, step: usize) -> Vec<f64> {
        (0..self.groups()).map(|group| self.share(step, group)).collect()
    }

    /// How evenly adopters are spread over the groups by the end of a step.
    pub fn evenness(&self, step: usize) -> Evenness {
        let nobody = Vec::new();
        let adopters = self.adopters.get(step.min(self.last_step())).unwrap_or(&nobody);
        Evenness::of(&self.people, adopters)
    }
}

/// The Lorenz line of adopters over people, group by group from the emptiest to the fullest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evenness {
    /// Share of all people, and share of all adopters, in the emptiest groups together: from
    /// `[0, 0]` to `[1, 1]`. The straight line in between means equal shares everywhere.
    pub line: Vec<[f64; 2]>,
    /// Gini's number: the area between that straight line and this one, doubled. 0 when all groups
    /// are filled alike, near 1 when all adopters are in one small group; `None` without adopters.
    pub gini: Option<f64>,
}

impl Evenness {
    /// Of `adopters` among `people`, group by group; empty groups do not count.
    /// O(groups log groups). Source: Lorenz 1905; Gini 1914, by trapezoids.
    pub fn of(people: &[u32], adopters: &[f64]) -> Self {
        let mut groups: Vec<(f64, f64)> = people
            .iter()
            .zip(adopters)
            .filter(|(people, _)| **people > 0)
            .map(|(&people, &adopters)| (f64::from(people), adopters))
            .collect();
        groups.sort_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)));
        let all = groups.iter().fold((0.0, 0.0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
        if all.1 <= 0.0 {
            return Self::default();
        }
        let mut line = vec![[0.0, 0.0]];
        let mut so_far = (0.0, 0.0);
        let mut below = 0.0;
        for (people, adopters) in groups {
            let before = so_far;
            so_far = (before.0 + people / all.0, before.1 + adopters / all.1);
            below += (so_far.0 - before.0) * (so_far.1 + before.1);
            line.push([so_far.0, so_far.1]);
        }
        Self { line, gini: Some((1.0 - below).max(0.0)) }
    }
}

/// Groups by tenths of their saturation, 0–10 % first; 100 % counts for the last tenth.
pub fn by_tenths(shares: &[f64]) -> [usize; 10] {
    let mut tenths = [0; 10];
    for share in shares.iter().filter(|it| it.is_finite()) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10")]
        // Three tenths of ten people are 0.3 at least, whatever rounding makes of it.
        let tenth = (share.clamp(0.0, 1.0) * 10.0 + 1e-9) as usize;
        tenths[tenth.min(9)] += 1;
    }
    tenths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_fill_by_their_own_people() {
        let times = [0, 2, NEVER, 2, 1, 7];
        let of = [Some(0), Some(0), Some(0), Some(1), Some(1), None];
        let filling = Filling::of_times(&times, &of, 3);
        assert_eq!(filling.people, [3, 2, 0]);
        assert_eq!(filling.adopters, [[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [2.0, 2.0, 0.0]]);
        assert_eq!(filling.shares(2), [2.0 / 3.0, 1.0, 0.0]);
        assert_eq!(filling.shares(99), filling.shares(2), "it stays as it is");
        let nobody = Filling::of_times(&[NEVER], &[Some(0)], 1);
        assert_eq!((nobody.shares(0), nobody.evenness(0).gini), (vec![0.0], None));
        assert_eq!(Filling::default().evenness(3), Evenness::default());
    }

    #[test]
    fn a_lorenz_line_by_hand() {
        // Groups of 10, 20 and 10 with 9, 6 and 1 adopters: filled .9, .3 and .1.
        let even = Evenness::of(&[10, 20, 0, 10], &[9.0, 6.0, 0.0, 1.0]);
        let expected = [[0.0, 0.0], [0.25, 1.0 / 16.0], [0.75, 7.0 / 16.0], [1.0, 1.0]];
        for (point, expected) in even.line.iter().zip(expected) {
            assert!((0..2).all(|it| (point[it] - expected[it]).abs() < 1e-12), "{even:?}");
        }
        assert_eq!(even.line.len(), 4, "an empty group is none");
        // Doubled area below: 1/4·1/16 + 1/2·(1/16 + 7/16) + 1/4·(7/16 + 1) = 40/64.
        assert!((even.gini.expect("adopters") - 24.0 / 64.0).abs() < 1e-12);
        let alike = Evenness::of(&[4, 8], &[1.0, 2.0]);
        assert!(alike.gini.expect("adopters") < 1e-12);
        // All adopters in one of ten groups of ten.
        let mut one = [0.0; 10];
        one[3] = 5.0;
        let gini = Evenness::of(&[10; 10], &one).gini.expect("adopters");
        assert!((gini - 0.9).abs() < 1e-12, "{gini}");
    }

    #[test]
    fn tenths_hold_their_lower_end_and_the_last_one_both() {
        assert_eq!(
            by_tenths(&[0.0, 0.09, 0.1, 0.3, 0.999, 1.0, f64::NAN]),
            [2, 1, 0, 1, 0, 0, 0, 0, 0, 2]
        );
    }
}
