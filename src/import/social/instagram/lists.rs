//! The lists that an export holds: their keys in JSON and the names of their files.

use super::super::list::List;

/// One kind of list in an export.
pub(super) struct AccountList {
    pub name: &'static str,
    /// `instagram` or `threads`: an account name counts on its own platform.
    pub platform: &'static str,
    pub list: List,
    /// Keys that lead to the list in JSON.
    pub keys: &'static [&'static str],
    /// Names of its files, without part and ending.
    pub stems: &'static [&'static str],
}

const fn of(
    name: &'static str,
    list: List,
    keys: &'static [&'static str],
    stems: &'static [&'static str],
) -> AccountList {
    AccountList { name, platform: "instagram", list, keys, stems }
}

/// The lists of an export.
pub(super) const LISTS: &[AccountList] = &[
    of("Instagram followers", List::Followers, &["relationships_followers"], &["followers"]),
    of("Instagram following", List::Following, &["relationships_following"], &["following"]),
    of(
        "Instagram close friends",
        List::CloseFriends,
        &["relationships_close_friends"],
        &["close_friends"],
    ),
    of(
        "Instagram pending requests",
        List::Aside("request pending"),
        &["relationships_follow_requests_sent"],
        &["pending_follow_requests"],
    ),
    of(
        "Instagram recent requests",
        List::Aside("recently requested"),
        &["relationships_permanent_follow_requests"],
        &["recent_follow_requests"],
    ),
    of(
        "Instagram requests received",
        List::Aside("asks to follow"),
        &["relationships_follow_requests_received"],
        &["follow_requests_you've_received", "follow_requests_you_ve_received"],
    ),
    of(
        "Instagram recently unfollowed",
        List::Aside("unfollowed"),
        &["relationships_unfollowed_users"],
        &["recently_unfollowed_profiles", "recently_unfollowed_accounts"],
    ),
    of(
        "Instagram blocked",
        List::Aside("blocked"),
        &["relationships_blocked_users"],
        &["blocked_profiles", "blocked_accounts"],
    ),
    of(
        "Instagram restricted",
        List::Aside("restricted"),
        &["relationships_restricted_users"],
        &["restricted_profiles", "restricted_accounts"],
    ),
    of(
        "Instagram removed suggestions",
        List::Aside("removed suggestion"),
        &["relationships_dismissed_suggested_users"],
        &["removed_suggestions"],
    ),
    of(
        "Instagram favorites",
        List::Aside("favorite"),
        &["relationships_feed_favorites"],
        &["profiles_you've_favorited", "profiles_you_ve_favorited"],
    ),
    AccountList {
        name: "Threads followers",
        platform: "threads",
        list: List::Followers,
        keys: &["text_post_app_text_post_app_followers"],
        stems: &["followers"],
    },
    AccountList {
        name: "Threads following",
        platform: "threads",
        list: List::Following,
        keys: &["text_post_app_text_post_app_following"],
        stems: &["following"],
    },
];
