//! Instagram and Threads: followers and following in every shape since 2020, as JSON and as
//! pages, and the lists beside them. A row is an account name; there are no other names, no
//! counts, and no ties between the people in a list.

mod connections;
mod lists;
mod profile;

pub(super) use connections::Connections;
pub(super) use profile::Profile;

use super::super::clean::shown;
use super::super::dates::{self, DateOrder};
use super::super::export::Owner;
use super::super::html::{Piece, Pieces, attribute, is_html};
use super::super::reader::{Content, Context, Head, Reader, Whole};
use super::super::reading::Reading;
use super::super::record::PersonRecord;
use super::json::{self, At, Met};
use super::list::{Star, above, account, close, handle_key, part_of, stem};
use super::meta;
use lists::{AccountList, LISTS};

/// Folders of an export that hold lists or the owner's profile.
const FOLDERS: &[&str] =
    &["connections", "followers_and_following", "personal_information", "your_instagram_activity"];

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
        let date = dates::day_of(row.time);
        if let Some(handle) = by_name.or_else(by_link) {
            star.add(line, account(self.platform, &handle), date, reading);
        } else if let Some(name) = row.names.first() {
            reading.warn(line, "this is no account name; it is kept as it is written");
            let name = shown(name);
            star.add(
                line,
                PersonRecord { name: name.into(), ..PersonRecord::default() },
                date,
                reading,
            );
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
                    if let Some(handle) = account_in_link(&link)
                        && let Some((line, handle)) = row.replace((line, handle))
                    {
                        star.add(line, account(self.platform, &handle), None, reading);
                    }
                }
                Piece::Text(text) => {
                    // An account may be called like a date, but holds no blank.
                    if text.contains(' ')
                        && let Some(date) = dates::parse(&text, DateOrder::MonthFirst)
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
    let by_links = || {
        if !is_bare || !head.text.contains("instagram.com/") {
            return None;
        }
        let stem = stem(head.path);
        let by_name = LISTS.iter().find(|it| it.stems.contains(&part_of(&stem).0));
        let has = |key: &str| json::has_key(head.text, key, &['[']);
        // Of the older lists only followers are bare, and name nothing.
        match (has("string_list_data"), has("label_values")) {
            (true, _) => by_name.or(LISTS.first()),
            (false, true) => by_name,
            (false, false) => None,
        }
    };
    by_key.or_else(by_place).or_else(by_links)
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

    fn lacks(&self, files: &[&str], _: &Whole) -> Vec<String> {
        let (followers, following) = (parts("followers", files), parts("following", files));
        if followers.is_empty() && following.is_empty() {
            return Vec::new();
        }
        let mut lacking = Vec::new();
        for (list, parts) in [("followers", followers), ("following", following)] {
            if parts.is_empty() && !files.iter().any(|path| stem(path) == "connections") {
                lacking.push(missing(list));
            }
            lacking.extend(meta::missing_parts(list, &parts));
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
