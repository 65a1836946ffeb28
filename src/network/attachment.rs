//! Networks that nobody has: as large as wanted, and as uneven as those of people.

use rand::Rng;

use super::PersonIndex;

/// A network that grows by preferential attachment (Barabási & Albert 1999): newcomers come one after
/// the other and tie themselves to people who have many ties already, so that few end up with very
/// many and most with few (a power law of exponent 3).
///
/// Who is chosen is an end of a random earlier tie (Batagelj & Brandes 2005), which takes O(1) a tie
/// while newcomers bring few, and eight bytes of memory. Everyone is tied into one piece; nobody is tied
/// to themselves, and no two people twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attachment {
    newcomers: u32,
    ties: u32,
}

/// Why there is no such network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAttachment {
    /// Nobody to be tied to.
    #[error("a network needs two people at least")]
    TooFewPeople,
    /// A newcomer would come without a tie.
    #[error("everybody has a tie only if there are at least {0} ties")]
    TooFewTies(u32),
    /// More than pairs of people.
    #[error("so many people have at most {0} ties")]
    TooManyTies(u64),
    /// More than can be numbered.
    #[error("a network has at most 2,147,483,647 people and as many ties")]
    TooMany,
}

impl Attachment {
    /// So many people and ties.
    ///
    /// # Errors
    /// When there are fewer than two people, less than a tie for each newcomer, more than one for each
    /// pair, or 2³¹ of either.
    pub fn new(people: u64, ties: u64) -> Result<Self, NoAttachment> {
        let number = |it: u64| i32::try_from(it).map(i32::unsigned_abs).ok();
        let (Some(all), Some(ties)) = (number(people), number(ties)) else {
            return Err(NoAttachment::TooMany);
        };
        let newcomers = all.saturating_sub(1);
        let pairs = people * u64::from(newcomers) / 2;
        match newcomers {
            0 => Err(NoAttachment::TooFewPeople),
            _ if ties < newcomers => Err(NoAttachment::TooFewTies(newcomers)),
            _ if u64::from(ties) > pairs => Err(NoAttachment::TooManyTies(pairs)),
            _ => Ok(Self { newcomers, ties }),
        }
    }

    /// The ties, newcomer after newcomer, each as who influences and who is influenced: as often the
    /// one as the other is the newcomer. People are numbered as they come.
    pub fn ties<R: Rng>(self, chance: R) -> impl Iterator<Item = [PersonIndex; 2]> {
        let ends = Vec::with_capacity(2 * self.ties as usize);
        Growing { of: self, ends, newcomer: 0, first: 0, chance }
    }

    /// How many ties there should be when this newcomer, counted from 1, has come.
    fn due(self, newcomer: u32) -> usize {
        let due = u64::from(newcomer) * u64::from(self.ties) / u64::from(self.newcomers);
        usize::try_from(due).unwrap_or(usize::MAX)
    }
}

/// A network on the way.
struct Growing<R> {
    of: Attachment,
    /// The newcomer of each tie, and whom they chose.
    ends: Vec<[PersonIndex; 2]>,
    newcomer: PersonIndex,
    /// Number of ties before the newcomer's first.
    first: usize,
    chance: R,
}

impl<R: Rng> Growing<R> {
    /// Whether the newcomer brings no more ties. The first ones know too few people for their share;
    /// those after them make up for it.
    fn has_all(&self) -> bool {
        let brought = self.ends.len() - self.first;
        brought == self.newcomer as usize || self.ends.len() == self.of.due(self.newcomer)
    }

    /// Somebody who came earlier, and whether influence comes from the newcomer.
    fn choose(&mut self) -> (PersonIndex, bool) {
        let draw = self.chance.next_u64();
        // The upper half chooses an end among those before the newcomer, the lowest bit a direction.
        let end = usize::try_from(((draw >> 32) * (2 * self.first as u64)) >> 32).unwrap_or(0);
        let chosen = self.ends.get(end / 2).filter(|_| self.first > 0);
        (chosen.map_or(0, |ends| ends[end % 2]), draw & 1 == 0)
    }
}

impl<R: Rng> Iterator for Growing<R> {
    type Item = [PersonIndex; 2];

    fn next(&mut self) -> Option<Self::Item> {
        if self.ends.len() == self.of.ties as usize {
            return None;
        }
        if self.has_all() {
            self.newcomer += 1;
            self.first = self.ends.len();
        }
        loop {
            let (chosen, is_forth) = self.choose();
            if self.ends[self.first..].iter().all(|ends| ends[1] != chosen) {
                self.ends.push([self.newcomer, chosen]);
                let [one, other] = [self.newcomer, chosen];
                return Some(if is_forth { [one, other] } else { [other, one] });
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.of.ties as usize - self.ends.len();
        (left, Some(left))
    }
}
