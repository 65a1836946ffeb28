//! One run of a scenario.

use serde::{Deserialize, Serialize};

/// Time of adoption of someone who did not adopt.
pub const NEVER: u32 = u32::MAX;

/// One run: who adopted at which step. Seeds adopt at step 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replicate {
    /// Step of adoption per person, [`NEVER`] for those who did not adopt.
    pub time_of_adoption: Vec<u32>,
    /// Last step at which somebody adopted.
    pub steps: u32,
}

impl Replicate {
    /// People who adopted at each step `0..=steps`.
    pub fn new_adopters(&self) -> Vec<u32> {
        let mut adopters = vec![0; self.steps as usize + 1];
        for &time in self.time_of_adoption.iter().filter(|&&time| time != NEVER) {
            adopters[time as usize] += 1;
        }
        adopters
    }

    /// People who have adopted by the end of each step `0..=steps`.
    pub fn cumulative_adopters(&self) -> Vec<u32> {
        let mut adopters = self.new_adopters();
        for step in 1..adopters.len() {
            adopters[step] += adopters[step - 1];
        }
        adopters
    }

    /// Everyone who adopted.
    pub fn adopters(&self) -> u32 {
        self.new_adopters().iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_step() {
        let replicate = Replicate { time_of_adoption: vec![0, 2, NEVER, 2, 0], steps: 2 };
        assert_eq!(replicate.new_adopters(), [2, 0, 2]);
        assert_eq!(replicate.cumulative_adopters(), [2, 2, 4]);
        assert_eq!(replicate.adopters(), 4);
    }
}
