//! Exports of social networks: who follows whom, who is whose friend.

mod facebook;
mod html;
mod instagram;

pub(super) mod list;
pub(super) mod meta;

use super::json;
use super::reader::Reader;

/// The exports, in the order of asking.
pub(super) const READERS: &[&dyn Reader] = &[
    &instagram::Profile,
    &instagram::Lists,
    &instagram::Connections,
    &facebook::Profile,
    &facebook::Lists,
];
