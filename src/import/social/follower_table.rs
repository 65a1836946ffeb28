//! Tables of followers that tools make (Followerwonk, Twlets, Vicinitas, Phantombuster and their
//! like). Headers differ by tool and year, so columns are known by what they are called anywhere.

use std::collections::HashMap;

use super::super::clean::shown;
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::{PersonKey, PersonRecord};
use super::super::rows::Row;
use super::super::table::Layout;
use super::list::{List, Star, account, fill, list_by_name, list_in_name};
use crate::network::fact;

const HANDLE: &[&str] = &[
    "screenname",
    "userscreenname",
    "twitterhandle",
    "handle",
    "twitterusername",
    "twitterscreenname",
    "username",
    "accountname",
    "account",
    "useraccount",
    "login",
];
const ID: &[&str] = &["userid", "twitterid", "twitteruserid", "accountid", "idstr", "id"];
const NAME: &[&str] =
    &["name", "fullname", "displayname", "realname", "profilename", "username", "title"];
const FOLLOWERS: &[&str] = &[
    "followers",
    "followerscount",
    "followercount",
    "numberoffollowers",
    "nooffollowers",
    "numfollowers",
    "publicmetricsfollowerscount",
    "totalfollowers",
];
const FOLLOWED: &[&str] = &[
    "following",
    "followingcount",
    "followings",
    "friends",
    "friendscount",
    "numfollowing",
    "numberoffriends",
    "publicmetricsfollowingcount",
];
const BIO: &[&str] =
    &["bio", "description", "userbio", "userdescription", "profilebio", "biography"];
const PLACE: &[&str] = &["location", "userlocation", "place", "city"];
const ADDRESS: &[&str] =
    &["profileurl", "profilelink", "userurl", "profile", "twitterurl", "url", "link"];
/// Whose follower or followee the row is.
const WHOSE: &[&str] = &[
    "query",
    "followersof",
    "followerof",
    "followingof",
    "followedby",
    "follows",
    "targetuser",
    "targetaccount",
    "sourceaccount",
    "inputurl",
    "profileinput",
    "listowner",
];
/// Columns of contact lists: a list of customers or influencers may name accounts and their
/// followers too, and follows nobody.
const CONTACT: &[&str] =
    &["firstname", "lastname", "email", "emailaddress", "phone", "company", "companyname"];

/// Where profiles of a platform lie.
const HOSTS: &[(&str, &str)] = &[
    ("x", "twitter.com/"),
    ("x", "//x.com/"),
    ("instagram", "instagram.com/"),
    ("tiktok", "tiktok.com/@"),
    ("github", "github.com/"),
    ("bluesky", "bsky.app/profile/"),
    ("threads", "threads.net/@"),
];

/// A table whose accounts are on one platform.
pub(super) struct FollowerTable(pub &'static str);

impl FollowerTable {
    fn layout(text: &str, path: &str) -> Option<Layout> {
        Layout::find(text, |keys| {
            let has = |names: &[&str]| keys.iter().any(|key| names.contains(&key.as_str()));
            let is_ties = has(&["source", "vertex1", "from"]) && has(&["target", "vertex2", "to"]);
            let counts =
                has(FOLLOWERS) && (has(FOLLOWED) || has(ID) || list_in_name(path).is_some());
            let tells = counts || (has(WHOSE) && has(ADDRESS));
            if has(HANDLE) && tells && !has(CONTACT) && !is_ties { keys.len() } else { 0 }
        })
    }

    /// The platform that most addresses in the table lead to; X where there are none.
    fn platform(text: &str) -> &'static str {
        let count = |host: &str| text.matches(host).count();
        let best = HOSTS.iter().rev().max_by_key(|(_, host)| count(host));
        best.filter(|(_, host)| count(host) > 0).map_or("x", |(platform, _)| platform)
    }
}

/// Where the columns are.
struct Columns {
    handle: Option<usize>,
    id: Option<usize>,
    name: Option<usize>,
    facts: Vec<(usize, String)>,
    address: Option<usize>,
    whose: Option<usize>,
}

impl Columns {
    fn of(layout: &Layout) -> Self {
        let handle = layout.column(HANDLE);
        let names: Vec<&str> =
            NAME.iter().copied().filter(|it| layout.column(&[it]) != handle).collect();
        let (id, name, whose) = (layout.column(ID), layout.column(&names), layout.column(WHOSE));
        let known = [
            (FOLLOWERS, fact::FOLLOWERS),
            (FOLLOWED, "following"),
            (BIO, fact::BIO),
            (PLACE, fact::PLACE),
        ];
        let address = layout.column(ADDRESS).filter(|at| Some(*at) != handle);
        let taken = [handle, id, name, whose, address];
        let mut facts = Vec::new();
        for (at, (header, key)) in layout.header.iter().zip(&layout.keys).enumerate() {
            if taken.contains(&Some(at)) || header.is_empty() {
                continue;
            }
            let known = known.iter().find(|(names, _)| names.contains(&key.as_str()));
            facts.push((at, known.map_or(header.clone(), |(_, column)| (*column).to_owned())));
        }
        Self { handle, id, name, facts, address, whose }
    }

    fn record(&self, row: Row<'_>, platform: &str) -> Option<PersonRecord> {
        let address = row.cell(self.address);
        let is_profile = HOSTS.iter().any(|(_, host)| address.contains(host));
        let handle = handle_in(row.cell(self.handle))
            .or_else(|| handle_in(address).filter(|_| is_profile))?;
        let mut record = account(platform, handle);
        let id = row.cell(self.id);
        if id.len() > 1 && id.bytes().all(|byte| byte.is_ascii_digit()) {
            record.keys.push_front(PersonKey::Account(format!("{platform}:{id}").into()));
        }
        record.name = shown(row.cell(self.name)).into();
        for (at, column) in &self.facts {
            fill(&mut record, column, row.cell(Some(*at)));
        }
        Some(record)
    }
}

/// The account name in `@ana`, `ana` or the address of a profile.
fn handle_in(text: &str) -> Option<&str> {
    let text = text.trim();
    let name = match text.split_once("://") {
        Some((_, rest)) => {
            let path = rest.split_once('/')?.1;
            let path = path.strip_prefix("profile/").unwrap_or(path);
            path.split(['/', '?', '#']).next()?
        }
        None => text,
    };
    let name = name.trim_start_matches('@');
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    (!name.is_empty() && name.chars().all(fits)).then_some(name)
}

impl Reader for FollowerTable {
    fn name(&self) -> &'static str {
        "table of followers"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        Self::layout(head.text, head.path).is_some() && Self::platform(head.text) == self.0
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let Some(layout) = Self::layout(text, context.path) else { return };
        let columns = Columns::of(&layout);
        let list = match columns.whose.map(|at| layout.keys[at].as_str()) {
            Some("followersof" | "followerof" | "follows") => List::Followers,
            Some("followingof" | "followedby") => List::Following,
            _ => list_by_name(context.path, reading),
        };
        // Rows may say whose they are; those that do not are the owner's.
        let mut stars: HashMap<Option<String>, Star> = HashMap::new();
        let mut rows = layout.rows(text);
        while let Some(row) = rows.next() {
            if row.is_blank() {
                continue;
            }
            let Some(record) = columns.record(row, self.0) else {
                reading.skip(row.line, "no account name");
                continue;
            };
            let whose = handle_in(row.cell(columns.whose)).map(str::to_lowercase);
            let star = stars.entry(whose).or_insert_with_key(|whose| match whose {
                Some(handle) => Star::around(account(self.0, handle), list, reading),
                None => Star::of(context.owner, list, reading),
            });
            star.add(row.line, record, None, reading);
        }
        rows.tell_end(reading);
    }

    fn lone_list(&self) -> Option<&'static str> {
        Some(self.0)
    }
}
