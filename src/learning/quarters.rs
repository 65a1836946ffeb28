//! netdiffuseR's four classes, by time and by threshold, and how the two go together.
//!
//! Values are cut at `m-s`, `m` and `m+s`, their mean and standard deviation (`n-1`); a value on a
//! cut falls into the later class, as the code does and the manual does not (science.md 1.9 c).

use serde::{Deserialize, Serialize};

/// Names of the classes by time of adoption, the earliest first.
pub const BY_TIME: [&str; 4] = ["early adopters", "early majority", "late majority", "laggards"];
/// Names of the classes by threshold, the lowest first.
pub const BY_THRESHOLD: [&str; 4] = ["very low", "low", "high", "very high"];

/// The class of each value, from 0 to 3; nobody has one when all values are alike.
pub fn quarters(values: &[f64]) -> Option<Vec<usize>> {
    let (mean, sd) = mean_and_sd(values);
    let cuts = [mean - sd, mean, mean + sd];
    let class = |value: &f64| cuts.iter().filter(|cut| value >= cut).count();
    (sd > 0.0).then(|| values.iter().map(class).collect())
}

/// Mean and standard deviation (`n-1`) of some values; `NaN` where there are too few.
pub fn mean_and_sd(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|it| (it - mean).powi(2)).sum();
    (mean, (squares / (count - 1.0)).sqrt())
}

/// People by class of time (rows) and class of threshold (columns).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossTable {
    /// Numbers of people.
    pub people: [[usize; 4]; 4],
}

impl CrossTable {
    /// Counts how the classes of the same people go together.
    pub fn of(by_time: &[usize], by_threshold: &[usize]) -> Self {
        let mut people = [[0; 4]; 4];
        for (&row, &column) in by_time.iter().zip(by_threshold) {
            people[row][column] += 1;
        }
        Self { people }
    }

    /// People per class of time.
    pub fn by_time(&self) -> [usize; 4] {
        self.people.map(|row| row.iter().sum())
    }

    /// People per class of threshold.
    pub fn by_threshold(&self) -> [usize; 4] {
        [0, 1, 2, 3].map(|column| self.people.iter().map(|row| row[column]).sum())
    }

    /// Percent of everyone in each cell.
    pub fn percent(&self) -> [[f64; 4]; 4] {
        let all: usize = self.people.iter().flatten().sum();
        self.people.map(|row| row.map(|it| 100.0 * it as f64 / all as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_on_a_cut_falls_into_the_later_class() {
        // Mean 3, standard deviation 2.
        let values = [1.0, 1.0, 3.0, 3.0, 7.0];
        let (mean, sd) = mean_and_sd(&values);
        assert!((mean - 3.0).abs() < 1e-12 && (sd * sd - 6.0).abs() < 1e-12);
        assert_eq!(quarters(&values), Some(vec![1, 1, 2, 2, 3]));
        assert_eq!(
            quarters(&[2.0, 4.0, 6.0]),
            Some(vec![1, 2, 3]),
            "4 is the mean, 2 and 6 the cuts"
        );
        assert_eq!(quarters(&[2.0, 2.0]), None);
        assert_eq!(quarters(&[]), None);
    }

    #[test]
    fn classes_are_counted_together() {
        let table = CrossTable::of(&[0, 0, 3, 1], &[2, 2, 0, 1]);
        assert_eq!(table.people[0], [0, 0, 2, 0]);
        assert_eq!((table.by_time(), table.by_threshold()), ([2, 1, 0, 1], [1, 1, 2, 0]));
        assert!((table.percent()[0][2] - 50.0).abs() < 1e-12);
    }
}
