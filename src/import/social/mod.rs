//! Exports of social networks: who follows whom, who is whose friend.

use super::reader::Reader;

/// The exports, in the order of asking.
pub(super) const READERS: &[&dyn Reader] = &[];
