//! Graph files: people and ties as other network programs write them.

use super::reader::Reader;

/// The graph formats, in the order of asking.
pub(super) const READERS: &[&dyn Reader] = &[];
