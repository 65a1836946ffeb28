//! What is settled about people before anything spreads: who adopts by plan and when, who had adopted
//! before the start, who never will, and how many can be onboarded at a time.

use serde::{Deserialize, Serialize};

use super::ScenarioError;
use crate::network::PersonIndex;

/// Dates and limits that hold for every contagion. Seeds alone need none: without a date they
/// adopt at step 0.
///
/// At the end of each step, after those whom others moved, first those adopt whom the plan has adopt
/// then, then those whom a push moves; at the next step all of them influence others alike. Somebody
/// who adopts before their date is an adopter like any other, and the date passes by. Who
/// took up a rival's idea, or became a sceptic, before the date is lost for good; sceptics and rivals
/// take their places among those whom nothing moves at step 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Calendar {
    /// People who adopt by plan, seeds or not, each at a step; the first date of a person counts.
    pub given: Vec<(PersonIndex, u32)>,
    /// Steps at which seeds adopt; whoever is no seed is not moved by a date.
    pub dates: Vec<(PersonIndex, u32)>,
    /// People who had adopted before the start, each so many steps ago (0: just now). They tried
    /// each tie of a cascade then; what they withstood since is in [the models](Calendar#before).
    pub before: Vec<(PersonIndex, u32)>,
    /// People who take no part: they adopt neither this idea nor a rival's and pass nothing on, not
    /// even as seeds. Others still listen to them and see that they have not adopted.
    pub never: Vec<PersonIndex>,
    /// Pushes from outside, in any order.
    pub pushes: Vec<Push>,
    /// Most people who can be onboarded at one step, step 0 included; the others wait in line. First
    /// come, first served; those who come at the same step stand in an order drawn by chance
    /// anew in each replicate. Who waits influences nobody yet, and leaves only as an adopter.
    pub capacity: Option<u32>,
}

/// People adopt without anybody's influence: each of them who has not yet, with the same chance at each
/// step from `first` to `last` (a pulse where these are one step, science.md 1.13).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Push {
    /// First step at which it works.
    pub first: u32,
    /// Last such step.
    pub last: u32,
    /// Chance per person and step, 0..=1.
    pub chance: f64,
    /// Whom it meets; `None` for everyone.
    pub people: Option<Vec<PersonIndex>>,
}

impl Push {
    /// A push at one step on everyone.
    pub fn pulse(step: u32, chance: f64) -> Self {
        Self { first: step, last: step, chance, people: None }
    }
}

impl Calendar {
    /// Whether it holds nothing at all, as if it were not there.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Both together; the capacity of `other`, where it has one.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.given.extend(other.given);
        self.dates.extend(other.dates);
        self.before.extend(other.before);
        self.never.extend(other.never);
        self.pushes.extend(other.pushes);
        Self { capacity: other.capacity.or(self.capacity), ..self }
    }

    /// The same with every seed's date in order, to be looked up quickly.
    pub(super) fn sorted(mut self) -> Self {
        self.dates.sort_unstable();
        self.dates.dedup_by_key(|it| it.0);
        self
    }

    /// Step at which a seed adopts; the calendar is [`Self::sorted`].
    pub(super) fn date_of(&self, seed: PersonIndex) -> u32 {
        let found = self.dates.binary_search_by_key(&seed, |it| it.0);
        found.map_or(0, |at| self.dates[at].1)
    }

    /// Whether nothing in it is left to chance.
    pub(super) fn is_certain(&self) -> bool {
        self.capacity.is_none() && self.pushes.iter().all(|it| it.chance <= 0.0)
    }

    /// Checks everything in it against the number of people.
    ///
    /// # Errors
    /// A [`ScenarioError`] naming the first thing that makes no sense.
    pub fn check(&self, people: usize) -> Result<(), ScenarioError> {
        let pushed = self.pushes.iter().filter_map(|it| it.people.as_deref()).flatten();
        let dated = self.given.iter().chain(&self.dates).chain(&self.before).map(|it| &it.0);
        if let Some(&person) =
            dated.chain(&self.never).chain(pushed).find(|&&it| it as usize >= people)
        {
            return Err(ScenarioError::UnknownPerson { person, people });
        }
        if self.capacity == Some(0) {
            return Err(ScenarioError::NoCapacity);
        }
        for push in &self.pushes {
            // Written so that a value that is no number fails as well.
            if !(0.0..=1.0).contains(&push.chance) {
                let what = "The chance to be moved by a push";
                return Err(ScenarioError::OutsideUnit { what, value: push.chance });
            }
            if push.last < push.first {
                return Err(ScenarioError::EndsBeforeItStarts {
                    first: push.first,
                    last: push.last,
                });
            }
        }
        let mut never = self.never.clone();
        never.sort_unstable();
        match self.before.iter().find(|it| never.binary_search(&it.0).is_ok()) {
            Some(&(person, _)) => Err(ScenarioError::BothAdoptedAndNever { person }),
            None => Ok(()),
        }
    }
}
