//! F1: bytes → records and issues.
//!
//! Readers cannot fail on content: whatever they cannot use becomes an [`Issue`] with its line,
//! and every row is accounted for (read = kept + skipped). Only I/O is an `Err`.

mod record;

pub use record::{
    Direction, Issue, IssueKind, PersonKey, PersonRecord, Records, Source, TieRecord,
};
