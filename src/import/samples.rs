//! What real files should give, and what they give.
//!
//! The files come from public repositories and have their names. Counts expected of graphs are those
//! of networkx, where it counts right; counts of social networks came with the files; all others
//! were taken from the files by hand. A test compares them with what is read, and keeps this table.
//!
#![doc = include_str!("samples.md")]
