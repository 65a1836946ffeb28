//! Conversations: who writes to whom, who calls and answers whom, and who shares a group.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::reading::Reading;
use super::record::{Direction, TieRecord};
use crate::network::{Channel, EvidenceKind};

/// Groups with more people are broadcasts: only those are tied of whom one writes to, or answers,
/// the other by name; not everyone with everyone.
const MAX_THREAD_PEOPLE: usize = 30;

/// How often, and the last date.
#[derive(Clone, Copy, Default)]
struct Seen {
    count: u32,
    last: Option<Date>,
}

impl Seen {
    fn again(&mut self, date: Option<Date>) {
        self.count = self.count.saturating_add(1);
        self.last = self.last.max(date);
    }
}

/// One conversation; people are positions in the reading.
#[derive(Default)]
pub(super) struct Thread {
    /// Everyone who wrote, was written to, or was there.
    pub people: BTreeSet<u32>,
    /// Messages from one to another.
    sent: BTreeMap<(u32, u32), Seen>,
    /// Messages to whoever is there.
    posted: BTreeMap<u32, Seen>,
    /// Calls of whoever is there.
    called: BTreeMap<u32, Seen>,
    /// Answers, mentions and reactions of one to another.
    attended: BTreeMap<(u32, u32), Seen>,
    /// When something was last seen.
    last: Option<Date>,
}

impl Thread {
    /// Counts a message from one person to others.
    pub fn message(&mut self, from: u32, to: &[u32], date: Option<Date>) {
        self.people.insert(from);
        self.last = self.last.max(date);
        for &to in to {
            self.people.insert(to);
            if to != from {
                self.sent.entry((from, to)).or_default().again(date);
            }
        }
    }

    /// Counts a message to everyone who shares the conversation, also those who come later.
    pub fn post(&mut self, from: u32, date: Option<Date>) {
        self.people.insert(from);
        self.last = self.last.max(date);
        self.posted.entry(from).or_default().again(date);
    }

    /// Counts a call that one person made to everyone who shares the conversation.
    pub fn call(&mut self, from: u32, date: Option<Date>) {
        self.people.insert(from);
        self.last = self.last.max(date);
        self.called.entry(from).or_default().again(date);
    }

    /// Counts that people came into a group, and who brought them in, where that is known.
    pub fn join(&mut self, by: Option<u32>, who: &[u32], date: Option<Date>) {
        self.people.extend(by);
        self.people.extend(who);
        for &person in who {
            if let Some(by) = by {
                self.attend(by, person, date);
            }
        }
    }

    /// Counts that one person answered, mentioned, passed on or reacted to another.
    pub fn attend(&mut self, from: u32, to: u32, date: Option<Date>) {
        self.last = self.last.max(date);
        if from != to {
            self.attended.entry((from, to)).or_default().again(date);
        }
    }

    /// Writes the ties. Sender to recipient with the number of messages; in a group also who
    /// attended to whom, and one tie between each two who only read along. In a group of more
    /// than 30 people what is written to nobody in particular ties nobody.
    /// O(people²), at most 30² beyond what was addressed.
    pub fn tie(&self, reading: &mut Reading) {
        let group_size = u16::try_from(self.people.len()).unwrap_or(u16::MAX);
        let is_group = group_size > 2;
        let is_small = self.people.len() <= MAX_THREAD_PEOPLE;
        let mut sent = self.sent.clone();
        if is_small {
            for (&from, posted) in &self.posted {
                for &to in self.people.iter().filter(|&&to| to != from) {
                    let seen = sent.entry((from, to)).or_default();
                    seen.count = seen.count.saturating_add(posted.count);
                    seen.last = seen.last.max(posted.last);
                }
            }
        }
        let kind = if is_group { EvidenceKind::GroupThread } else { EvidenceKind::Message };
        for (&(from, to), &seen) in &sent {
            reading.trace(trace(from, to, Direction::Mutual, kind, group_size, seen));
        }
        for (&from, &seen) in self.called.iter().filter(|_| is_small) {
            for &to in self.people.iter().filter(|&&to| to != from) {
                // A tie of its own: it was seen in another channel than what was written.
                let call = trace(from, to, Direction::Mutual, kind, group_size, seen);
                reading.tie(TieRecord { channel: Some(Channel::Phone), ..call });
            }
        }
        // Between two who write to each other, answers say nothing more.
        if is_group || sent.is_empty() {
            self.tie_attended(reading);
        }
        if !is_group || !is_small {
            return;
        }
        for &one in &self.people {
            for &other in self.people.range(one + 1..) {
                if !sent.contains_key(&(one, other)) && !sent.contains_key(&(other, one)) {
                    let seen = Seen { count: 1, last: self.last };
                    reading.trace(trace(one, other, Direction::Mutual, kind, group_size, seen));
                }
            }
        }
    }
}

impl Thread {
    /// Writes only the ties of those who answered, mentioned or passed on somebody: for places
    /// where what is written goes to nobody in particular.
    pub fn tie_attended(&self, reading: &mut Reading) {
        for (&(from, to), &seen) in &self.attended {
            let (way, kind) = (Direction::Attention, EvidenceKind::Mention);
            reading.trace(trace(from, to, way, kind, 2, seen));
        }
    }
}

fn trace(
    from: u32,
    to: u32,
    direction: Direction,
    kind: EvidenceKind,
    group_size: u16,
    seen: Seen,
) -> TieRecord {
    TieRecord {
        channel: Some(Channel::Online),
        count: seen.count,
        group_size,
        last_seen: seen.last,
        ..TieRecord::new(from, to, direction, kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use EvidenceKind::{GroupThread, Mention, Message};

    fn told(threads: &[Thread]) -> Vec<(u32, u32, EvidenceKind, u32, u16)> {
        let mut reading = Reading::default();
        for thread in threads {
            thread.tie(&mut reading);
        }
        let ties = reading.finish("f", "test", String::new()).records.ties;
        ties.iter().map(|it| (it.from, it.to, it.kind, it.count, it.group_size)).collect()
    }

    #[test]
    fn a_pair_writes_and_a_group_ties_all() {
        let mut pair = Thread::default();
        pair.message(0, &[1], None);
        pair.message(0, &[1], None);
        pair.message(1, &[0], None);
        let mut group = Thread::default();
        group.message(0, &[1, 2], None);
        assert_eq!(
            told(&[pair, group]),
            [
                (0, 1, Message, 2, 2),
                (1, 0, Message, 1, 2),
                (0, 1, GroupThread, 1, 3),
                (0, 2, GroupThread, 1, 3),
                (1, 2, GroupThread, 1, 3)
            ]
        );
    }

    #[test]
    fn what_is_posted_reaches_everyone_there_and_answers_count_apart() {
        let mut group = Thread::default();
        group.post(0, None);
        group.post(0, None);
        group.post(1, None);
        group.people.insert(2);
        group.attend(1, 0, None);
        group.attend(1, 1, None);
        assert_eq!(
            told(&[group]),
            [
                (0, 1, GroupThread, 2, 3),
                (0, 2, GroupThread, 2, 3),
                (1, 0, GroupThread, 1, 3),
                (1, 2, GroupThread, 1, 3),
                (1, 0, Mention, 1, 2),
            ]
        );
    }

    #[test]
    fn calls_are_seen_on_the_phone_and_who_is_brought_in_is_there() {
        let mut pair = Thread::default();
        pair.post(0, None);
        pair.call(1, None);
        let mut reading = Reading::default();
        pair.tie(&mut reading);
        let ties = reading.finish("f", "test", String::new()).records.ties;
        let seen: Vec<_> = ties.iter().map(|it| (it.from, it.to, it.kind, it.channel)).collect();
        assert_eq!(
            seen,
            [(0, 1, Message, Some(Channel::Online)), (1, 0, Message, Some(Channel::Phone))]
        );
        let mut group = Thread::default();
        group.join(Some(0), &[1, 2], None);
        group.join(None, &[3], None);
        let brought = [(0, 1, Mention, 1, 2), (0, 2, Mention, 1, 2)];
        let ties = told(&[group]);
        assert_eq!((&ties[..2], ties.len()), (&brought[..], 8));
    }

    #[test]
    fn in_a_crowd_only_answers_tie() {
        let mut crowd = Thread::default();
        (0..31).for_each(|person| crowd.post(person, None));
        crowd.attend(3, 4, None);
        assert_eq!(told(&[crowd]), [(3, 4, Mention, 1, 2)]);
    }
}
