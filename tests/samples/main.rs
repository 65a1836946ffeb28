//! Real export files beside the repository, read when they are there.
//!
//! They lie in `../shared`, or where the environment variable `JAYWALK_SHARED` says; without
//! them these tests pass, saying so.

mod cards;
mod graph;
mod shared;
mod social;
mod talk;
