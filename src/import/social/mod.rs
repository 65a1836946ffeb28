//! Exports of social networks: who follows whom, who is whose friend.

mod accounts;
mod aim;
mod facebook;
mod follower_table;
mod instagram;
mod mastodon;
mod old_posts;
mod reddit;
mod tiktok;
mod x_pages;
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
    &x_pages::Pages,
    &x_pages::Numbers,
    &follower_table::FollowerTable("x"),
    &follower_table::FollowerTable("instagram"),
    &follower_table::FollowerTable("tiktok"),
    &follower_table::FollowerTable("github"),
    &follower_table::FollowerTable("bluesky"),
    &follower_table::FollowerTable("threads"),
    &old_posts::Details,
    &old_posts::Month,
    &old_posts::Table,
];
