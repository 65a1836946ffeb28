//! The ties of a network and their evidence, in as few bytes as they differ in.
//!
//! A network drawn from a list of ten million pairs says the same of nearly each: listed once, in
//! one direction, as strong as any. What all ties share is kept once.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use super::tie::{Channel, EvidenceKind, Tie, TieEvidence, TieValue};
use super::{Compact, PersonIndex};

/// Ties, and behind each what it was seen in.
#[derive(Clone, Default, PartialEq)]
pub struct Ties {
    ends: Vec<[PersonIndex; 2]>,
    mutual: Compact<bool>,
    parallel: Compact<u32>,
    strength: Compact<f64>,
    value: Compact<Option<TieValue>>,
    evidence: Evidence,
}

/// What all ties were seen in, tie after tie.
#[derive(Clone, Default, PartialEq)]
struct Evidence {
    /// For each tie, how far its first piece stands behind the tie's own number: 0 throughout
    /// while each tie has one piece. Wraps around where ties have none.
    ahead: Compact<u32>,
    seen: Compact<Option<Seen>>,
    count: Compact<u32>,
    last_seen: Compact<Option<Date>>,
}

/// What a piece of evidence has in common with many others.
#[derive(Clone, Copy, PartialEq)]
struct Seen {
    kind: EvidenceKind,
    channel: Option<Channel>,
    source: u32,
    group_size: u32,
}

impl Ties {
    /// Number of ties.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The tie at a position.
    ///
    /// # Panics
    /// When there is none.
    #[inline]
    pub fn get(&self, at: usize) -> Tie {
        let [influencer, audience] = self.ends[at];
        Tie {
            number: number(at),
            influencer,
            audience,
            mutual: self.mutual.get(at),
            parallel: self.parallel.get(at),
            strength: self.strength.get(at),
            value: self.value.get(at).map(TieValue::get),
        }
    }

    /// The people at both ends of each tie, who influences first.
    pub fn ends(&self) -> impl ExactSizeIterator<Item = [PersonIndex; 2]> + '_ {
        self.ends.iter().copied()
    }

    /// All ties in their order.
    pub fn iter(&self) -> Iter<'_> {
        Iter { ties: self, rest: 0..self.len() }
    }

    /// Adds a tie, which gets the next number, and what it was seen in.
    ///
    /// # Panics
    /// When there are 2³² ties or pieces of evidence already.
    pub fn push(&mut self, tie: Tie, evidence: impl IntoIterator<Item = TieEvidence>) {
        self.evidence.ahead.push(self.evidence.len().wrapping_sub(number(self.len())));
        self.ends.push([tie.influencer, tie.audience]);
        self.mutual.push(tie.mutual);
        self.parallel.push(tie.parallel);
        self.strength.push(tie.strength);
        self.value.push(tie.value.and_then(TieValue::new));
        for piece in evidence {
            self.evidence.push(piece);
        }
    }

    /// Makes room for so many more ties.
    pub fn reserve(&mut self, more: usize) {
        self.ends.reserve_exact(more);
    }

    /// Adds other ties, which get the next numbers, and what they were seen in.
    ///
    /// # Panics
    /// When there are 2³² ties or pieces of evidence then.
    pub fn append(&mut self, other: &Self) {
        let ahead = self.evidence.len().wrapping_sub(number(self.len()));
        let Evidence { ahead: of_others, seen, count, last_seen } = &other.evidence;
        self.evidence.ahead.append(&of_others.mapped(|it| it.wrapping_add(ahead)));
        self.evidence.seen.append(seen);
        self.evidence.count.append(count);
        self.evidence.last_seen.append(last_seen);
        self.ends.extend_from_slice(&other.ends);
        self.mutual.append(&other.mutual);
        self.parallel.append(&other.parallel);
        self.strength.append(&other.strength);
        self.value.append(&other.value);
    }

    /// Gives everyone at the ends of ties another number.
    pub fn renumber(&mut self, new: impl Fn(PersonIndex) -> PersonIndex) {
        for end in self.ends.as_flattened_mut() {
            *end = new(*end);
        }
    }

    /// Gives back what memory there is to spare.
    pub fn settle(&mut self) {
        self.ends.shrink_to_fit();
        self.mutual.settle();
        self.parallel.settle();
        self.strength.settle();
        self.value.settle();
        let Evidence { ahead, seen, count, last_seen } = &mut self.evidence;
        ahead.settle();
        seen.settle();
        count.settle();
        last_seen.settle();
    }

    /// What a tie was seen in.
    pub(super) fn evidence_of<'n>(
        &'n self,
        tie: &Tie,
    ) -> impl ExactSizeIterator<Item = TieEvidence> + use<'n> {
        let places = self.evidence.of(tie.number);
        places.map(|at| self.evidence.get(at))
    }

    /// What any tie was seen in.
    pub fn evidence(&self) -> impl ExactSizeIterator<Item = TieEvidence> + '_ {
        (0..self.evidence.count.len()).map(|at| self.evidence.get(at))
    }
}

impl Evidence {
    fn len(&self) -> u32 {
        number(self.count.len())
    }

    /// Where the pieces of a tie stand.
    fn of(&self, tie: u32) -> Range<usize> {
        let start = |tie: u32| {
            if self.ahead.len() > tie as usize {
                tie.wrapping_add(self.ahead.get(tie as usize)) as usize
            } else {
                self.count.len()
            }
        };
        start(tie)..start(tie + 1)
    }

    fn get(&self, at: usize) -> TieEvidence {
        let Some(Seen { kind, channel, source, group_size }) = self.seen.get(at) else {
            unreachable!("each piece was seen")
        };
        let (count, last_seen) = (self.count.get(at), self.last_seen.get(at));
        TieEvidence { kind, channel, source, count, group_size, last_seen }
    }

    fn push(&mut self, piece: TieEvidence) {
        let TieEvidence { kind, channel, source, count, group_size, last_seen } = piece;
        self.seen.push(Some(Seen { kind, channel, source, group_size }));
        self.count.push(count);
        self.last_seen.push(last_seen);
    }
}

fn number(len: usize) -> u32 {
    u32::try_from(len).expect("fewer than 2^32 ties and pieces of evidence")
}

/// Walks [`Ties`].
#[derive(Clone, Debug)]
pub struct Iter<'t> {
    ties: &'t Ties,
    rest: Range<usize>,
}

impl Iterator for Iter<'_> {
    type Item = Tie;

    #[inline]
    fn next(&mut self) -> Option<Tie> {
        self.rest.next().map(|at| self.ties.get(at))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rest.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'t> IntoIterator for &'t Ties {
    type Item = Tie;
    type IntoIter = Iter<'t>;

    fn into_iter(self) -> Iter<'t> {
        self.iter()
    }
}

/// Ties of which nobody knows what they were seen in.
impl FromIterator<Tie> for Ties {
    fn from_iter<I: IntoIterator<Item = Tie>>(ties: I) -> Self {
        let mut all = Self::default();
        for tie in ties {
            all.push(tie, []);
        }
        all
    }
}

impl fmt::Debug for Ties {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |tie: Tie| {
            let evidence: Vec<TieEvidence> = self.evidence_of(&tie).collect();
            (tie, evidence)
        };
        formatter.debug_list().entries(self.iter().map(told)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(kind: EvidenceKind, count: u32) -> TieEvidence {
        TieEvidence { kind, channel: None, source: 0, count, group_size: 2, last_seen: None }
    }

    #[test]
    fn ties_are_joined_with_what_they_were_seen_in() {
        use EvidenceKind::{Listed, Mail, Message};
        let pieces = [
            vec![seen(Listed, 1)],
            vec![seen(Message, 3), seen(Mail, 1)],
            vec![],
            vec![seen(Listed, 1)],
            vec![seen(Mail, 7)],
        ];
        let ties = |of: Range<usize>| {
            let mut ties = Ties::default();
            for at in of {
                ties.push(Tie::new(number(at), 9, 0.5), pieces[at].clone());
            }
            ties
        };
        for cut in 0..=pieces.len() {
            let mut joined = ties(0..cut);
            joined.append(&ties(cut..pieces.len()));
            assert_eq!(
                format!("{joined:?}"),
                format!("{:?}", ties(0..pieces.len())),
                "cut at {cut}"
            );
        }
    }

    #[test]
    fn each_tie_has_the_evidence_it_came_with() {
        use EvidenceKind::{Listed, Mail, Message};
        for pieces in [
            vec![vec![seen(Listed, 1)], vec![seen(Listed, 1)]],
            vec![vec![], vec![seen(Message, 3), seen(Mail, 1)], vec![], vec![seen(Listed, 1)]],
            vec![vec![seen(Message, 2), seen(Mail, 2)], vec![]],
        ] {
            let mut ties = Ties::default();
            for (audience, evidence) in (1..).zip(&pieces) {
                ties.push(Tie::new(0, audience, 0.5), evidence.iter().copied());
            }
            ties.settle();
            let told: Vec<Vec<TieEvidence>> =
                ties.iter().map(|tie| ties.evidence_of(&tie).collect()).collect();
            assert_eq!(told, pieces);
            assert_eq!(ties.evidence().collect::<Vec<_>>(), pieces.concat());
        }
    }

    #[test]
    fn ties_come_out_as_they_went_in() {
        let told = [
            Tie { mutual: true, parallel: 3, ..Tie::new(0, 1, 0.25) },
            Tie { number: 1, value: Some(0.75), ..Tie::new(2, 1, 0.75) },
        ];
        let mut ties: Ties = told.iter().copied().collect();
        assert_eq!(ties.iter().collect::<Vec<_>>(), told);
        ties.renumber(|person| person + 10);
        assert_eq!((ties.get(1).influencer, ties.get(1).audience), (12, 11));
    }
}
