//! The one file of all lists, until 2020.

use super::super::super::dates::{self, DateOrder};
use super::super::super::reader::{Content, Context, Head, Reader};
use super::super::super::reading::Reading;
use super::super::json::{self, Met};
use super::super::list::{List, Star, above, account, close, stem};
use super::{FOLDERS, account_name, learn_account};

/// `connections.json` (until 2020): all lists in one file, each account with its date.
pub(in crate::import::social) struct Connections;

impl Connections {
    const LISTS: &[(&str, List)] = &[
        ("followers", List::Followers),
        ("following", List::Following),
        ("close_friends", List::CloseFriends),
        ("blocked_users", List::Aside("blocked")),
        ("restricted_users", List::Aside("restricted")),
        ("follow_requests_sent", List::Aside("request pending")),
        ("permanent_follow_requests", List::Aside("recently requested")),
        ("dismissed_suggested_users", List::Aside("removed suggestion")),
    ];
}

impl Reader for Connections {
    fn name(&self) -> &'static str {
        "Instagram connections"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let has = |key: &str| json::has_key(head.text, key, &['{']);
        let others = ["follow_requests_sent", "blocked_users", "close_friends", "followers"];
        head.text.trim_start().starts_with('{')
            && (has("following") || has("followers"))
            && (others.iter().filter(|key| has(key)).count() > 1
                || stem(head.path) == "connections")
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        learn_account(context);
        let mut stars: Vec<Star> =
            Self::LISTS.iter().map(|(_, list)| Star::of(context.owner, *list, reading)).collect();
        let mut lists = 0;
        let place = |path: &[String]| {
            Self::LISTS.iter().position(|(key, _)| path.first().is_some_and(|it| it == key))
        };
        let breaks = json::walk(text, context.watch, &mut |at, met| match (place(at.path), met) {
            (Some(_), Met::Begin) if at.path.len() == 1 => lists += 1,
            (Some(list), Met::Member(date)) if at.path.len() == 2 => {
                let date = date.as_str().and_then(|it| dates::parse(it, DateOrder::MonthFirst));
                match account_name(at.key()) {
                    Some(name) => {
                        stars[list].add(at.line, account("instagram", &name), date, reading);
                    }
                    None => reading.skip(at.line, "no account name"),
                }
            }
            _ => {}
        });
        close(lists, breaks, reading);
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("instagram", above(folder, FOLDERS)))
    }

    fn reading_order(&self) -> usize {
        1
    }
}
