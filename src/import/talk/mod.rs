//! Conversations, mail and meetings: who talks to whom.

use super::reader::Reader;

/// The formats, in the order of asking.
pub(super) const READERS: &[&dyn Reader] = &[];
