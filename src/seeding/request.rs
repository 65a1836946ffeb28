//! What is asked of a seed search, and what can be wrong with it.

use fixedbitset::FixedBitSet;
use thiserror::Error;

use crate::network::PersonIndex;

/// How seeds are picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// The set with the largest reach that the search can find.
    Best,
    /// Those with the largest direct audience.
    Degree,
    /// Those listened to by people who are listened to.
    PageRank,
    /// Those on the shortest ways between others.
    Betweenness,
    /// Those in the dense core, the best connected of them first.
    KCore,
    /// The best local seed of each neighborhood, the largest neighborhood first.
    Captains,
    /// Anyone, by chance.
    Random,
    /// A chance friend of someone drawn by chance (Kim et al. 2015).
    FriendOfRandom,
    /// Those with the smallest direct audience that is one: many small accounts.
    Small,
}

impl Strategy {
    /// Every strategy, in the order of menus.
    pub const ALL: [Self; 9] = [
        Self::Best,
        Self::Degree,
        Self::PageRank,
        Self::Betweenness,
        Self::KCore,
        Self::Captains,
        Self::FriendOfRandom,
        Self::Random,
        Self::Small,
    ];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Best => "largest reach",
            Self::Degree => "largest audience (degree)",
            Self::PageRank => "most listened to (PageRank)",
            Self::Betweenness => "bridges between others (betweenness)",
            Self::KCore => "in the dense core (k-core)",
            Self::Captains => "one captain per neighborhood",
            Self::Random => "random people",
            Self::FriendOfRandom => "friends of random people",
            Self::Small => "many small (smallest audience)",
        }
    }

    /// Whether chance picks, so that each campaign would engage other people.
    pub fn is_by_chance(self) -> bool {
        matches!(self, Self::Random | Self::FriendOfRandom)
    }
}

/// How many seeds, how precisely, and who must or must not be among them.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedRequest {
    /// Number of seeds, those of `include` counted.
    pub k: usize,
    /// Distance from the proven share `1-1/e` of the best reach at which the search may stop.
    pub epsilon: f64,
    /// People who are seeds in any case; chosen first, in this order.
    pub include: Vec<PersonIndex>,
    /// People who must not be seeds (they can still be reached).
    pub exclude: Vec<PersonIndex>,
    /// How the others are picked.
    pub strategy: Strategy,
}

impl SeedRequest {
    /// The best `k` people, nobody forced in or out, epsilon .1.
    pub fn best(k: usize) -> Self {
        Self { k, ..Self::default() }
    }
}

impl Default for SeedRequest {
    fn default() -> Self {
        Self {
            k: 10,
            epsilon: 0.1,
            include: Vec::new(),
            exclude: Vec::new(),
            strategy: Strategy::Best,
        }
    }
}

/// Why seeds cannot be chosen.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SeedingError {
    /// There is nobody to choose from.
    #[error("The network has no people yet: import a file first")]
    EmptyNetwork,
    /// Zero seeds asked for.
    #[error("Choose at least 1 seed")]
    NoSeeds,
    /// More people are required than there are places.
    #[error(
        "{required} people are marked as must-have seeds, but only {k} seeds are asked for: \
         raise the number of seeds or unmark some"
    )]
    TooManyRequired {
        /// Distinct people in `include`.
        required: usize,
        /// Seeds asked for.
        k: usize,
    },
    /// Somebody is both required and ruled out.
    #[error("Person number {0} is marked both as a must-have seed and as never a seed")]
    Contradiction(PersonIndex),
    /// Somebody required or ruled out is not in the network.
    #[error("Person number {person} is not in the network of {people} people (they count from 0)")]
    UnknownPerson {
        /// The person index asked for.
        person: PersonIndex,
        /// Number of people.
        people: usize,
    },
    /// Everybody is ruled out.
    #[error("Everyone is ruled out as a seed: allow at least one person")]
    NobodyLeft,
    /// Epsilon outside 0..1.
    #[error("Epsilon must lie between 0 and 1, both excluded, but is {0}")]
    Epsilon(f64),
}

/// A request checked against the number of people.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// Seeds to choose: `k`, or fewer where the network has fewer people to choose from.
    pub k: usize,
    /// Who comes first, without repetition.
    pub required: Vec<PersonIndex>,
    /// Who may take the places that are left.
    pub open_to: FixedBitSet,
}

impl Places {
    /// # Errors
    /// Everything that [`SeedingError`] describes.
    pub(super) fn check(request: &SeedRequest, people: usize) -> Result<Self, SeedingError> {
        if people == 0 {
            return Err(SeedingError::EmptyNetwork);
        }
        if request.k == 0 {
            return Err(SeedingError::NoSeeds);
        }
        // Written so that a value that is no number fails as well.
        if !(request.epsilon > 0.0 && request.epsilon < 1.0) {
            return Err(SeedingError::Epsilon(request.epsilon));
        }
        let mut everyone = request.include.iter().chain(&request.exclude);
        if let Some(&person) = everyone.find(|&&person| person as usize >= people) {
            return Err(SeedingError::UnknownPerson { person, people });
        }
        let mut open_to = FixedBitSet::with_capacity(people);
        open_to.insert_range(..);
        for &person in &request.exclude {
            open_to.remove(person as usize);
        }
        let mut required = Vec::new();
        for &person in &request.include {
            if request.exclude.contains(&person) {
                return Err(SeedingError::Contradiction(person));
            }
            if open_to.contains(person as usize) {
                open_to.remove(person as usize);
                required.push(person);
            }
        }
        if required.len() > request.k {
            return Err(SeedingError::TooManyRequired { required: required.len(), k: request.k });
        }
        let k = request.k.min(required.len() + open_to.count_ones(..));
        if k == 0 {
            return Err(SeedingError::NobodyLeft);
        }
        Ok(Self { k, required, open_to })
    }

    /// Places left after the required people.
    pub(super) fn open(&self) -> usize {
        self.k - self.required.len()
    }

    /// The required people, then the first of `ranked` who may be seeds, `k` in all.
    pub(super) fn fill(&self, ranked: impl IntoIterator<Item = PersonIndex>) -> Vec<PersonIndex> {
        let mut open_to = self.open_to.clone();
        let mut seeds = self.required.clone();
        for person in ranked {
            if seeds.len() == self.k {
                break;
            }
            if open_to.contains(person as usize) {
                open_to.remove(person as usize);
                seeds.push(person);
            }
        }
        seeds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(request: &SeedRequest, people: usize) -> SeedingError {
        Places::check(request, people).expect_err("makes no sense")
    }

    #[test]
    fn requests_that_make_no_sense_are_refused_by_name() {
        let best = SeedRequest::best;
        assert_eq!(refused(&best(3), 0), SeedingError::EmptyNetwork);
        assert_eq!(refused(&best(0), 5), SeedingError::NoSeeds);
        for epsilon in [0.0, 1.0, -1.0, f64::NAN] {
            assert!(matches!(
                refused(&SeedRequest { epsilon, ..best(1) }, 5),
                SeedingError::Epsilon(_)
            ));
        }
        let far = SeedRequest { exclude: vec![5], ..best(1) };
        assert_eq!(refused(&far, 5), SeedingError::UnknownPerson { person: 5, people: 5 });
        let both = SeedRequest { include: vec![2], exclude: vec![2], ..best(1) };
        assert_eq!(refused(&both, 5), SeedingError::Contradiction(2));
        let many = SeedRequest { include: vec![1, 2, 3], ..best(2) };
        assert_eq!(refused(&many, 5), SeedingError::TooManyRequired { required: 3, k: 2 });
        let none = SeedRequest { exclude: vec![0, 1], ..best(2) };
        assert_eq!(refused(&none, 2), SeedingError::NobodyLeft);
    }

    #[test]
    fn more_seeds_than_people_means_everyone() {
        let request =
            SeedRequest { include: vec![3, 1, 3], exclude: vec![0], ..SeedRequest::best(99) };
        let places = Places::check(&request, 4).expect("a sound request");
        assert_eq!((places.k, places.open()), (3, 1));
        assert_eq!(places.fill([0, 1, 2]), [3, 1, 2]);
    }
}
