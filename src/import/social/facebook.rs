//! Facebook's friends, followers and people followed, of every era, as JSON and as pages.
//!
//! Facebook gives display names and nothing else: no account, no address. Namesakes are real
//! people, so a person is known by name and moment inside one list, and never across lists.

use std::collections::HashMap;

use jiff::civil::Date;

use super::super::clean::{folded, shown};
use super::super::dates::{self, DateOrder};
use super::super::export::Owner;
use super::super::html::{Piece, Pieces, attribute, is_html};
use super::super::reader::{Content, Context, Head, Reader, Whole};
use super::super::reading::Reading;
use super::super::record::{PersonKey, PersonRecord};
use super::json::{self, Met};
use super::list::{List, Star, above, close, fill, handle_key, part_of, stem};
use super::meta::{self, repaired};
use crate::network::fact;

/// Folders of an export that hold lists or the owner's profile.
const FOLDERS: &[&str] = &[
    "connections",
    "friends_and_followers",
    "following_and_followers",
    "friends",
    "personal_information",
    "profile_information",
];

/// One kind of list in an export.
struct NameList {
    name: &'static str,
    list: List,
    /// Keys that lead to the list in JSON, over the years.
    keys: &'static [&'static str],
    /// Names of its files, without part and ending.
    stems: &'static [&'static str],
}

const LISTS: &[NameList] = &[
    NameList {
        name: "Facebook friends",
        list: List::Friends,
        keys: &["friends_v2", "friends"],
        stems: &["your_friends", "friends"],
    },
    NameList {
        name: "Facebook following",
        list: List::Following,
        keys: &["following_v3", "following_v2", "following"],
        stems: &["who_you've_followed", "who_you_ve_followed", "following"],
    },
    NameList {
        name: "Facebook followers",
        list: List::Followers,
        keys: &["followers_v3", "followers_v2", "followers"],
        stems: &["people_who_followed_you", "followers"],
    },
    NameList {
        name: "Facebook removed friends",
        list: List::Aside("removed friend"),
        keys: &["deleted_friends_v2", "deleted_friends"],
        stems: &["removed_friends"],
    },
    NameList {
        name: "Facebook requests sent",
        list: List::Aside("request pending"),
        keys: &["sent_requests_v2", "sent_requests"],
        stems: &["sent_friend_requests", "friend_requests_sent"],
    },
    NameList {
        name: "Facebook requests received",
        list: List::Aside("asks to be a friend"),
        keys: &["received_requests_v2", "received_requests"],
        stems: &["received_friend_requests", "friend_requests_received"],
    },
    NameList {
        name: "Facebook requests rejected",
        list: List::Aside("rejected"),
        keys: &["rejected_requests_v2", "rejected_requests"],
        stems: &["rejected_friend_requests"],
    },
];

/// Which list a file holds.
fn list_of(head: Head<'_>) -> Option<&'static NameList> {
    let stem = stem(head.path);
    let folder = head.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_lowercase();
    let folder = folder.rsplit('/').next().unwrap_or_default();
    let is_home = matches!(
        folder,
        "friends" | "followers" | "friends_and_followers" | "following_and_followers"
    );
    let by_stem = || LISTS.iter().find(|it| it.stems.contains(&part_of(&stem).0));
    if is_html(head.text) {
        let has_rows = head.text.contains("_a6-g") || head.text.contains("uiBoxWhite");
        return by_stem().filter(|_| is_home || (folder.is_empty() && has_rows));
    }
    if !json::is_json(head.text) {
        return None;
    }
    if head.text.trim_start().starts_with('[') {
        return by_stem().filter(|it| is_home || it.stems[0] == part_of(&stem).0);
    }
    let key = json::first_key(head.text)?;
    let by_key = LISTS.iter().find(|it| it.keys.contains(&key));
    // Other networks have lists of these names too; what stands in them is not only names.
    let is_named = json::has_key(head.text, "name", &['"']) || head.text.contains("label_values");
    let others = ["did", "handle", "screen_name", "login", "Username", "acct"];
    let is_own = key.contains("_v")
        || (is_named && !others.iter().any(|it| json::has_key(head.text, it, &['"'])));
    by_key.filter(|_| is_home || is_own).or_else(|| by_stem().filter(|_| is_home))
}

/// The lists of an export, one in each file.
pub(super) struct Lists;

impl Reader for Lists {
    fn name(&self) -> &'static str {
        "Facebook list"
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
        let mut people = People::of(list, context.owner, reading);
        if is_html(text) {
            page(text, &mut people, reading);
            return;
        }
        let is_bare = text.trim_start().starts_with('[');
        let is_list = |path: &[String]| path.len() == usize::from(!is_bare);
        let mut lists = 0;
        let breaks = json::walk(text, context.watch, &mut |at, met| match met {
            Met::Begin if is_list(at.path) => lists += 1,
            Met::Entry(entry) if is_list(at.path) => {
                for row in meta::rows(&entry) {
                    let name = row.names.first().map(String::as_str).unwrap_or_default();
                    let moment = if row.time > 0 { row.time.to_string() } else { String::new() };
                    people.add(at.line, name, &moment, dates::day_of(row.time), reading);
                }
            }
            _ => {}
        });
        close(lists, breaks, reading);
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("facebook", above(folder, FOLDERS)))
    }

    fn reading_order(&self) -> usize {
        1
    }

    fn lacks(&self, files: &[&str], _: &Whole) -> Vec<String> {
        let stems: Vec<String> = files.iter().map(|path| stem(path)).collect();
        let parts: Vec<u32> = stems
            .iter()
            .filter_map(|stem| match part_of(stem) {
                ("people_who_followed_you", part) => Some(part.unwrap_or(1)),
                _ => None,
            })
            .collect();
        meta::missing_parts("people_who_followed_you", &parts).into_iter().collect()
    }
}

/// Adds people by name and moment.
struct People {
    star: Star,
    list: &'static NameList,
    /// How often a name stood without a moment.
    timeless: HashMap<String, u32>,
}

impl People {
    fn of(list: &'static NameList, owner: &Owner, reading: &mut Reading) -> Self {
        Self { star: Star::of(owner, list.list, reading), list, timeless: HashMap::new() }
    }

    fn add(
        &mut self,
        line: usize,
        name: &str,
        moment: &str,
        date: Option<Date>,
        reading: &mut Reading,
    ) {
        let name = shown(name);
        if name.is_empty() {
            reading.skip(line, "unnamed: Facebook gives no name (the account is gone)");
            return;
        }
        let moment = if moment.is_empty() {
            let count = self.timeless.entry(folded(&name)).or_default();
            *count += 1;
            format!("#{count}")
        } else {
            moment.to_owned()
        };
        let list = self.list.name.to_lowercase();
        let mut record = PersonRecord {
            keys: PersonKey::Account(format!("{list}:{name} {moment}").into()).into(),
            name: name.into(),
            ..PersonRecord::default()
        };
        if self.list.list == List::Friends
            && let Some(date) = date
        {
            fill(&mut record, fact::CONNECTED, &date.to_string());
        }
        self.star.add(line, record, date, reading);
    }
}

/// Rows of a page: the first text of a row is the name, the last one that reads as a date the
/// moment.
fn page(page: &str, people: &mut People, reading: &mut Reading) {
    let mut row: Option<(usize, Vec<String>)> = None;
    let mut close = |row: Option<(usize, Vec<String>)>, reading: &mut Reading| {
        let Some((line, texts)) = row else { return };
        let date = |text: &String| dates::parse(text, DateOrder::MonthFirst);
        let moment = texts.iter().skip(1).find(|it| date(it).is_some());
        let name = texts.first().map(String::as_str).unwrap_or_default();
        let moment_text = moment.map(String::as_str).unwrap_or_default();
        people.add(line, name, moment_text, moment.and_then(date), reading);
    };
    for (line, piece) in Pieces::of(page) {
        match piece {
            Piece::Open(_, attributes) if is_row(attributes) => {
                close(row.replace((line, Vec::new())), reading);
            }
            Piece::Text(text) => {
                if let Some((_, texts)) = &mut row
                    && texts.len() < 8
                {
                    texts.push(text);
                }
            }
            _ => {}
        }
    }
    close(row, reading);
    if reading.rows() == 0 {
        reading.note(0, "the list is there and empty");
    }
}

/// Rows are boxes of these classes, since 2022 and before.
fn is_row(attributes: &str) -> bool {
    let classes = attribute(attributes, "class").unwrap_or_default();
    classes.split_whitespace().any(|class| matches!(class, "_a6-g" | "uiBoxWhite"))
}

/// The owner's account where only the name of the zip or folder tells it.
fn learn_account(context: &mut Context<'_, '_>) {
    if context.owner.keys.is_empty()
        && let Some(name) = meta::account_in_names(context.owner, context.path, "facebook")
    {
        context.owner.learn(handle_key("facebook", &name));
        context.owner.name.get_or_insert_with(|| shown(&name));
    }
}

/// `profile_information.json`: who the owner is.
pub(super) struct Profile;

impl Reader for Profile {
    fn name(&self) -> &'static str {
        "Facebook profile"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        json::is_json(head.text)
            && matches!(json::first_key(head.text), Some("profile_v2" | "profile"))
            && json::has_key(head.text, "full_name", &['"'])
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let (mut name, mut account) = (None, None);
        let breaks = json::walk(text, context.watch, &mut |at, met| {
            let Met::Member(value) = met else { return };
            let value = json::as_text(&value).map(|it| repaired(&it));
            match at.key() {
                "full_name" => name = value.map(|it| shown(&it)),
                "profile_uri" => account = value.as_deref().and_then(account_in_link),
                _ => {}
            }
        });
        if let Some(account) = account {
            context.owner.learn(handle_key("facebook", &account));
        }
        if name.is_some() {
            context.owner.name = name;
            reading.person(context.owner.record());
            reading.keep();
        } else {
            reading.skip(1, "the profile gives no name");
        }
        for broken in breaks {
            reading.warn(broken.line, broken.reason);
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("facebook", above(folder, FOLDERS)))
    }

    fn reading_order(&self) -> usize {
        0
    }
}

/// `facebook.com/<account>` or `facebook.com/profile.php?id=<number>`.
fn account_in_link(link: &str) -> Option<String> {
    let path = link.split_once("facebook.com/")?.1;
    let id = path.strip_prefix("profile.php?id=");
    let account = id.unwrap_or(path).split(['/', '?', '&', '#']).next()?;
    (!account.is_empty()).then(|| account.to_owned())
}
