//! What becomes of the stars around the owners of exports (formats.md section 9).
//!
//! An export shows its owner tied to everybody and nobody else tied to anyone. What can be
//! learned from pooled exports is whom several colleagues know; so by default an owner's ties
//! are kept where another export knows the same person, and left out otherwise.

use super::Owners;
use super::traces::{Trace, Traces};
use crate::network::{EvidenceKind, PersonIndex};

/// Which traces of the stars are shown, under a rule.
pub(super) struct Stars {
    rule: Owners,
    overlaps: Overlaps,
    /// People whose tie to a keeper of a contact list is left out, keeper by keeper.
    pub contacts_left_out: usize,
}

impl Stars {
    /// The stars in `traces`, between so many `people`.
    pub fn of(rule: Owners, people: usize, traces: &Traces<'_>) -> Self {
        let mut stars = Self { rule, overlaps: Overlaps::of(people, traces), contacts_left_out: 0 };
        let is_contact = |trace: &Trace| trace.kind == EvidenceKind::Contact;
        let left_out = traces.of_stars().filter(|it| is_contact(it) && !stars.keeps(it));
        let contacts = left_out.filter_map(|it| Some((it.star_of?, it.other(it.star_of?))));
        stars.contacts_left_out = distinct(contacts).len();
        stars
    }

    /// A trace that is kept, as it is told: contacts that several exports share are pooled contacts.
    pub fn as_kept(&self, mut trace: Trace) -> Trace {
        let is_shared = |owner| self.overlaps.is_shared(trace.other(owner));
        if trace.kind == EvidenceKind::Contact && trace.star_of.is_some_and(is_shared) {
            trace.kind = EvidenceKind::PooledContact;
        }
        trace
    }

    /// Whether somebody keeps a star, shown or not.
    pub fn is_keeper(&self, person: usize) -> bool {
        self.overlaps.is_owner[person]
    }

    /// Whether a trace is shown.
    pub fn keeps(&self, trace: &Trace) -> bool {
        let Some(owner) = trace.star_of else { return true };
        match self.rule {
            Owners::Hidden => false,
            Owners::WhereExportsOverlap => self.overlaps.is_shared(trace.other(owner)),
            Owners::Shown => true,
        }
    }
}

fn distinct(
    pairs: impl Iterator<Item = (PersonIndex, PersonIndex)>,
) -> Vec<(PersonIndex, PersonIndex)> {
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Who occurs in whose star.
struct Overlaps {
    /// Number of different owners in whose stars a person is, per person.
    stars: Vec<u32>,
    /// Whether a person has a star of their own.
    is_owner: Vec<bool>,
}

impl Overlaps {
    fn of(people: usize, traces: &Traces<'_>) -> Self {
        let spokes = traces.of_stars().filter_map(|it| Some((it.other(it.star_of?), it.star_of?)));
        let spokes = distinct(spokes);
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
