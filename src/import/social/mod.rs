//! Exports of social networks: who follows whom, who is whose friend.

mod accounts;
mod aim;
mod facebook;
mod html;
mod instagram;
mod mastodon;
mod reddit;
mod tiktok;
mod youtube;

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
    &tiktok::Data,
    &tiktok::Blocks,
    &youtube::Table,
    &youtube::List2020,
    &accounts::Bluesky,
    &accounts::Snapchat,
    &accounts::GITHUB,
    &accounts::MASTODON,
    &mastodon::Accounts,
    &mastodon::Lists,
    &aim::BuddyList,
    &reddit::Friends,
];
