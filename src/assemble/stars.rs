//! What becomes of the stars around the owners of exports (formats.md section 9).
//!
//! An export shows its owner tied to everybody and nobody else tied to anyone. What can be
//! learned from pooled exports is whom several colleagues know; so by default an owner's ties
//! are kept where another export knows the same person, and left out otherwise.

use super::Owners;
use super::traces::Trace;
use crate::network::{EvidenceKind, PersonIndex};

/// What was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// People whose tie to a keeper of a contact list was left out, keeper by keeper.
    pub contacts: usize,
    /// Who keeps a star, shown or not, per person.
    pub is_keeper: Vec<bool>,
}

/// Applies `owners` to `traces`; contacts that several exports share become pooled contacts.
pub(super) fn apply(owners: Owners, people: usize, traces: &mut Vec<Trace>) -> LeftOut {
    let overlaps = Overlaps::of(people, traces);
    let mut dropped: Vec<(PersonIndex, PersonIndex)> = Vec::new();
    traces.retain_mut(|trace| {
        let Some(owner) = trace.star_of else { return true };
        let contact = trace.other(owner);
        let shared = overlaps.is_shared(contact);
        let keep = match owners {
            Owners::Hidden => false,
            Owners::WhereExportsOverlap => shared,
            Owners::Shown => true,
        };
        if keep && shared && trace.kind == EvidenceKind::Contact {
            trace.kind = EvidenceKind::PooledContact;
        }
        if !keep && trace.kind == EvidenceKind::Contact {
            dropped.push((owner, contact));
        }
        keep
    });
    dropped.sort_unstable();
    dropped.dedup();
    LeftOut { contacts: dropped.len(), is_keeper: overlaps.is_owner }
}

/// Who occurs in whose star.
struct Overlaps {
    /// Number of different owners in whose stars a person is, per person.
    stars: Vec<u32>,
    /// Whether a person has a star of their own.
    is_owner: Vec<bool>,
}

impl Overlaps {
    fn of(people: usize, traces: &[Trace]) -> Self {
        let mut spokes: Vec<(PersonIndex, PersonIndex)> = traces
            .iter()
            .filter_map(|trace| trace.star_of.map(|owner| (trace.other(owner), owner)))
            .collect();
        spokes.sort_unstable();
        spokes.dedup();
        let mut overlaps = Self { stars: vec![0; people], is_owner: vec![false; people] };
        for (contact, owner) in spokes {
            overlaps.stars[contact as usize] += 1;
            overlaps.is_owner[owner as usize] = true;
        }
        overlaps
    }

    /// Whether several exports know `contact`, or one belongs to them.
    fn is_shared(&self, contact: PersonIndex) -> bool {
        self.stars[contact as usize] >= 2 || self.is_owner[contact as usize]
    }
}
