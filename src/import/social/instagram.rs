//! Instagram and Threads: followers and following in every shape since 2020, as JSON and as
//! pages, and the lists beside them. A row is an account name; there are no other names, no
//! counts, and no ties between the people in a list.

use serde_json::Value;

use super::super::clean::shown;
use super::super::dates::{self, DateOrder};
use super::super::export::Owner;
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::PersonRecord;
use super::html::{Piece, Pieces, attribute, is_html};
use super::json::{self, At, Met};
use super::list::{List, Star, above, account, day_of, handle_key, part_of, stem};
use super::meta::{self, repaired};
use crate::network::fact;

/// Folders of an export that hold lists or the owner's profile.
const FOLDERS: &[&str] =
    &["connections", "followers_and_following", "personal_information", "your_instagram_activity"];

/// One kind of list in an export.
struct AccountList {
    name: &'static str,
    /// `instagram` or `threads`: an account name counts on its own platform.
    platform: &'static str,
    list: List,
    /// Keys that lead to the list in JSON.
    keys: &'static [&'static str],
    /// Names of its files, without part and ending.
    stems: &'static [&'static str],
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
const LISTS: &[AccountList] = &[
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

impl AccountList {
    /// Whether folder and file name are those of this list.
    fn is_at(&self, path: &str) -> bool {
        let stem = stem(path);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_lowercase();
        let is_threads = folder.ends_with("threads");
        let is_here = folder.ends_with("followers_and_following") || is_threads;
        let (name, part) = part_of(&stem);
        // Only Instagram numbers its parts, so a file given by itself is known by that.
        self.stems.contains(&name)
            && is_threads == (self.platform == "threads")
            && (is_here || part.is_some())
    }

    fn has(&self, key: &str) -> bool {
        self.keys.contains(&key)
    }

    /// Whether the entries of a list met at `path` are this list's.
    fn is_mine(&self, path: &[String]) -> bool {
        match path {
            [] => true,
            // A file that lies where this list lies may bear a key that is not known yet.
            [key] => !LISTS.iter().any(|it| it.name != self.name && it.has(key)),
            _ => false,
        }
    }

    fn add(&self, line: usize, row: &meta::Row, star: &mut Star, reading: &mut Reading) {
        let by_name = row.names.iter().find_map(|it| account_name(it));
        let by_link = || row.links.iter().find_map(|it| account_in_link(it));
        let date = day_of(row.time);
        if let Some(handle) = by_name.or_else(by_link) {
            star.add(line, account(self.platform, &handle), date, reading);
        } else if let Some(name) = row.names.first() {
            reading.warn(line, "this is no account name; it is kept as it is written");
            let name = shown(name);
            star.add(line, PersonRecord { name, ..PersonRecord::default() }, date, reading);
        } else {
            reading.skip(line, "no account name");
        }
    }

    fn json(&self, text: &str, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let mut star = Star::of(context.owner, self.list, reading);
        let mut lists = 0;
        let is_bare = text.trim_start().starts_with('[');
        let mut take = |at: At<'_>, met: Met| match met {
            // An object at the top is the wrapper of the list, not the list.
            Met::Begin if is_bare || !at.path.is_empty() => {
                lists += usize::from(self.is_mine(at.path));
            }
            Met::Entry(entry) if self.is_mine(at.path) => {
                for row in meta::rows(&entry) {
                    self.add(at.line, &row, &mut star, reading);
                }
            }
            _ => {}
        };
        let breaks = json::walk(text, context.watch, &mut take);
        close(lists, breaks, reading);
    }

    /// Every link to an account is a row; the date is the next text that reads as one.
    fn page(&self, page: &str, reading: &mut Reading, owner: &Owner) {
        let mut star = Star::of(owner, self.list, reading);
        let mut row: Option<(usize, String)> = None;
        for (line, piece) in Pieces::of(page) {
            match piece {
                Piece::Open(name, attributes) if name == "a" => {
                    let link = attribute(attributes, "href").unwrap_or_default();
                    if let Some(handle) = account_in_link(&link) {
                        if let Some((line, handle)) = row.replace((line, handle)) {
                            star.add(line, account(self.platform, &handle), None, reading);
                        }
                    }
                }
                Piece::Text(text) => {
                    if let Some(date) = dates::parse(&text, DateOrder::MonthFirst)
                        && let Some((line, handle)) = row.take()
                    {
                        star.add(line, account(self.platform, &handle), Some(date), reading);
                    }
                }
                _ => {}
            }
        }
        if let Some((line, handle)) = row {
            star.add(line, account(self.platform, &handle), None, reading);
        }
        if reading.rows() == 0 {
            reading.note(0, "the list is there and empty");
        }
    }
}

/// Says what became of a file: broken, without a list, or with an empty one.
pub(super) fn close(lists: usize, breaks: Vec<json::Break>, reading: &mut Reading) {
    if breaks.is_empty() && lists == 0 {
        reading.skip(1, "there is no list of accounts in this file; download the export again");
    } else if breaks.is_empty() && reading.rows() == 0 {
        reading.note(0, "the list is there and empty");
    }
    let read = reading.rows();
    for broken in breaks {
        reading.skip(broken.line, format!("{}; {read} rows before it were read", broken.reason));
    }
}

/// Which list a file holds, by the key of its list or by where it lies.
fn list_of(head: Head<'_>) -> Option<&'static AccountList> {
    let by_place = || LISTS.iter().find(|it| it.is_at(head.path));
    if is_html(head.text) {
        let stem = stem(head.path);
        let by_name = |it: &&AccountList| {
            let host = if it.platform == "threads" { "threads." } else { "instagram." };
            it.stems.contains(&part_of(&stem).0) && head.text.contains(host)
        };
        let is_loose = !head.path.contains('/');
        return by_place().or_else(|| LISTS.iter().find(by_name).filter(|_| is_loose));
    }
    if !json::is_json(head.text) {
        return None;
    }
    let is_bare = head.text.trim_start().starts_with('[');
    let key = json::first_key(head.text).filter(|_| !is_bare);
    let by_key = LISTS.iter().find(|it| key.is_some_and(|key| it.has(key)));
    // Only followers come as a bare list, which names nothing: the links in it tell.
    let has_links = is_bare
        && json::has_key(head.text, "string_list_data", &['['])
        && head.text.contains("instagram.com/");
    by_key.or_else(by_place).or(if has_links { LISTS.first() } else { None })
}

/// The lists of an export, one in each file.
pub(super) struct Lists;

impl Reader for Lists {
    fn name(&self) -> &'static str {
        "Instagram list"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        list_of(head).is_some()
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let head = Head { text: json::start_of(text), path: context.path };
        let Some(list) = list_of(head) else { return };
        reading.format = Some(list.name);
        learn_account(context);
        if is_html(text) {
            list.page(text, reading, context.owner);
        } else {
            list.json(text, context, reading);
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("instagram", above(folder, FOLDERS)))
    }

    fn reading_order(&self) -> usize {
        1
    }

    fn lacks(&self, files: &[&str]) -> Vec<String> {
        let (followers, following) = (parts("followers", files), parts("following", files));
        if followers.is_empty() && following.is_empty() {
            return Vec::new();
        }
        let mut lacking = Vec::new();
        for (list, parts) in [("followers", followers), ("following", following)] {
            if parts.is_empty() && !files.iter().any(|path| stem(path) == "connections") {
                lacking.push(missing(list));
            }
            lacking.extend(meta::missing_parts(&parts).into_iter().map(|part| {
                format!("{list}_{part} is missing, so the list is not complete; download the export again")
            }));
        }
        lacking
    }
}

/// The owner's account where only the name of the zip or folder tells it.
fn learn_account(context: &mut Context<'_, '_>) {
    if context.owner.keys.is_empty()
        && let Some(name) = meta::account_in_names(context.owner, context.path, "instagram")
    {
        name_owner(context.owner, &name, None);
    }
}

/// Threads accounts bear the names of their Instagram accounts.
fn name_owner(owner: &mut Owner, handle: &str, name: Option<String>) {
    owner.learn(handle_key("instagram", handle));
    owner.learn(handle_key("threads", handle));
    if owner.name.is_none() {
        owner.name = Some(name.unwrap_or_else(|| shown(handle)));
    }
}

fn parts(list: &str, files: &[&str]) -> Vec<u32> {
    let own = files.iter().filter(|path| !path.to_lowercase().contains("threads/"));
    own.filter_map(|path| {
        let stem = stem(path);
        let (name, part) = part_of(&stem);
        (name == list).then_some(part.unwrap_or(1))
    })
    .collect()
}

fn missing(list: &str) -> String {
    let meaning =
        if list == "followers" { "who follows the owner" } else { "whom the owner follows" };
    format!(
        "the list {list:?} is missing, so {meaning} is unknown (not: nobody); download the \
         export again with \"Followers and following\""
    )
}

/// An account name: up to 30 letters, digits, dots and underscores.
fn account_name(text: &str) -> Option<String> {
    let name = text.trim().trim_start_matches('@');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_');
    ((1..=30).contains(&name.len()) && name.bytes().all(plain)).then(|| name.to_owned())
}

/// The account that a link leads to: `instagram.com/<name>`, `instagram.com/_u/<name>`,
/// `threads.net/@<name>`.
fn account_in_link(link: &str) -> Option<String> {
    const NO_ACCOUNTS: &[&str] = &[
        "_n",
        "_u",
        "about",
        "accounts",
        "api",
        "challenge",
        "developer",
        "direct",
        "emails",
        "explore",
        "legal",
        "p",
        "reel",
        "reels",
        "stories",
        "terms",
        "tv",
        "web",
    ];
    let rest =
        link.trim().strip_prefix("https://").or_else(|| link.trim().strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if !matches!(host, "instagram.com" | "threads.net" | "threads.com") {
        return None;
    }
    let path = path.split(['?', '#']).next()?;
    let mut steps = path.strip_prefix("_u/").unwrap_or(path).split('/').filter(|it| !it.is_empty());
    let name = account_name(steps.next()?)?;
    let is_account = steps.next().is_none() && !NO_ACCOUNTS.contains(&name.to_lowercase().as_str());
    is_account.then_some(name)
}

/// `connections.json` (until 2020): all lists in one file, each account with its date.
pub(super) struct Connections;

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

/// `personal_information.json`, until 2020 `profile.json`: who the owner is. Labels are in the
/// language of the account.
pub(super) struct Profile;

impl Reader for Profile {
    fn name(&self) -> &'static str {
        "Instagram profile"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let old = stem(head.path) == "profile" && json::has_key(head.text, "username", &['"']);
        json::is_json(head.text)
            && (old
                || (json::first_key(head.text) == Some("profile_user")
                    && head.text.contains("string_map_data")))
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut facts = Vec::new();
        let breaks = json::walk(text, context.watch, &mut |at, met| match met {
            Met::Entry(entry) => {
                let map = entry.get("string_map_data").and_then(Value::as_object);
                for (label, datum) in map.into_iter().flatten() {
                    if let Some(value) = json::text_of(datum, "value") {
                        facts.push((repaired(label), repaired(&value)));
                    }
                }
            }
            Met::Member(Value::String(value)) => {
                facts.push((at.key().to_owned(), repaired(&value)));
            }
            _ => {}
        });
        let of = |label: &str| {
            facts.iter().find(|(it, _)| it.eq_ignore_ascii_case(label)).map(|(_, it)| it.clone())
        };
        let mut account = facts
            .iter()
            .find(|(label, _)| meta::is_user_name_label(label))
            .and_then(|(_, it)| account_name(it));
        if account.is_none()
            && let [(_, only)] = facts.as_slice()
        {
            account = account_name(only);
        }
        match account {
            Some(account) => {
                name_owner(context.owner, &account, of("Name"));
                let mut record = context.owner.record();
                record.facts.insert(fact::HANDLE, &format!("@{account}"));
                record.id = Some(account);
                reading.person(record);
                reading.keep();
            }
            None => reading.skip(1, "the profile names no account"),
        }
        for broken in breaks {
            reading.warn(broken.line, broken.reason);
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("instagram", above(folder, FOLDERS)))
    }

    fn reading_order(&self) -> usize {
        0
    }
}
