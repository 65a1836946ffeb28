//! Conversations: who writes to whom, and who shares a group thread.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::reading::Reading;
use super::record::{Direction, TieRecord};
use crate::network::{Channel, EvidenceKind};

/// Threads with more people are broadcasts: only who writes is tied, not everyone with everyone.
const MAX_THREAD_PEOPLE: usize = 30;

/// One conversation; people are positions in the reading.
#[derive(Default)]
pub(super) struct Thread {
    /// Everyone who wrote, was written to, or was there.
    pub people: BTreeSet<u32>,
    /// Messages and the last date from one to another.
    sent: BTreeMap<(u32, u32), (u32, Option<Date>)>,
}

impl Thread {
    /// Counts a message from one person to others.
    pub fn message(&mut self, from: u32, to: &[u32], date: Option<Date>) {
        self.people.insert(from);
        for &to in to {
            self.people.insert(to);
            if to != from {
                let sent = self.sent.entry((from, to)).or_insert((0, None));
                sent.0 += 1;
                sent.1 = sent.1.max(date);
            }
        }
    }

    /// Writes the ties: sender to recipient with the number of messages; in a group also one
    /// between each two who only read along. O(people²), at most 30² for the latter.
    pub fn tie(&self, reading: &mut Reading) {
        let group_size = u16::try_from(self.people.len()).unwrap_or(u16::MAX);
        let kind = if group_size > 2 { EvidenceKind::GroupThread } else { EvidenceKind::Message };
        let mut tie = |from, to, count, last_seen| {
            let mut tie = TieRecord::new(from, to, Direction::Mutual, kind);
            tie.channel = Some(Channel::Online);
            tie.count = count;
            tie.group_size = group_size;
            tie.last_seen = last_seen;
            reading.trace(tie);
        };
        for (&(from, to), &(count, last)) in &self.sent {
            tie(from, to, count, last);
        }
        if group_size <= 2 || self.people.len() > MAX_THREAD_PEOPLE {
            return;
        }
        let last = self.sent.values().map(|sent| sent.1).max().flatten();
        for &one in &self.people {
            for &other in self.people.range(one + 1..) {
                let wrote = |pair| self.sent.contains_key(&pair);
                if !wrote((one, other)) && !wrote((other, one)) {
                    tie(one, other, 1, last);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_writes_and_a_group_ties_all() {
        let mut reading = Reading::default();
        let mut pair = Thread::default();
        pair.message(0, &[1], None);
        pair.message(0, &[1], None);
        pair.message(1, &[0], None);
        pair.tie(&mut reading);
        let mut group = Thread::default();
        group.message(0, &[1, 2], None);
        group.tie(&mut reading);
        let ties = reading.finish("f", "test", String::new()).records.ties;
        let told: Vec<_> =
            ties.iter().map(|it| (it.from, it.to, it.count, it.group_size)).collect();
        assert_eq!(told, [(0, 1, 2, 2), (1, 0, 1, 2), (0, 1, 1, 3), (0, 2, 1, 3), (1, 2, 1, 3)]);
    }
}
