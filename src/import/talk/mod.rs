//! Conversations, mail and meetings: who talks to whom.

mod calendar;
mod headers;
mod mail;
mod mbox;
mod recurrence;

use super::reader::Reader;

/// The formats, in the order of asking.
pub(super) const READERS: &[&dyn Reader] = &[&mail::Mbox, &mail::Letters, &calendar::Calendar];
