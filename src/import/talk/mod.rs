//! Conversations, mail and meetings: who talks to whom.

mod calendar;
mod headers;
mod lines;
mod mail;
mod mbox;
mod people;
mod recurrence;
mod text_chat;

use super::reader::Reader;

/// The formats, in the order of asking.
pub(super) const READERS: &[&dyn Reader] =
    &[&mail::Mbox, &mail::Letters, &calendar::Calendar, &text_chat::TextChat];
