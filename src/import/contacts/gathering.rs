//! What a list says of all its people at once: the event they attended, the orders they share.

use std::collections::{BTreeMap, BTreeSet};

use super::super::columns::Meaning;
use super::super::reading::Reading;
use super::super::record::{Direction, TieRecord};
use super::super::table::Layout;
use crate::network::{Channel, EvidenceKind, fact};

/// Orders for more people are those of a company for its staff.
const MAX_ORDER_PEOPLE: usize = 30;

/// What the file as a whole says of everyone in it.
#[derive(Default)]
pub(super) struct OfEveryone {
    /// Columns and their values.
    pub facts: Vec<(&'static str, String)>,
    /// Ids are those of members of Meetup.
    pub is_meetup: bool,
}

impl OfEveryone {
    /// By the header, and by the file's name where the header leaves something open: attendees
    /// without a column for the event were at the one that the file is named after.
    pub fn of(layout: &Layout, meanings: &[Meaning], path: &str) -> Self {
        let has = |meaning: Meaning| meanings.contains(&meaning);
        let has_key = |names: &[&str]| layout.column(names).is_some();
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let mut facts = Vec::new();
        if (has(Meaning::Attendance) || has(Meaning::Order)) && !has(Meaning::Event) {
            facts.push((fact::EVENT, stem.replace('_', " ")));
        }
        // Mailchimp keeps three lists, which only the names of their files tell apart.
        let list = ["subscribed", "unsubscribed", "cleaned", "nonsubscribed"]
            .into_iter()
            .find(|list| stem.to_lowercase().starts_with(list));
        if let Some(list) = list.filter(|_| has_key(&["leid", "euid"])) {
            facts.push(("mailing list", list.to_owned()));
        }
        Self { facts, is_meetup: has_key(&["urlofmemberprofile"]) }
    }
}

/// Ties people whose tickets were bought together. `orders` holds each person's, empty for none.
/// O(people + pairs within orders).
pub(super) fn tie_orders(orders: Vec<(String, u32)>, reading: &mut Reading) {
    let mut people: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (order, person) in orders.into_iter().filter(|(order, _)| !order.is_empty()) {
        people.entry(order).or_default().insert(person);
    }
    for people in people.values().filter(|people| people.len() <= MAX_ORDER_PEOPLE) {
        for &one in people {
            for &other in people.range(one + 1..) {
                let mut tie =
                    TieRecord::new(one, other, Direction::Mutual, EvidenceKind::SameOrder);
                tie.channel = Some(Channel::FaceToFace);
                tie.group_size = u16::try_from(people.len()).unwrap_or(u16::MAX);
                reading.trace(tie);
            }
        }
    }
}
