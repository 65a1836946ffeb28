//! X as its interface tells it, and as tweepy, twarc and twarc2 save it: accounts (version 1.1
//! and 2), ids, and posts; in pages, lists, or one in each line.
//!
//! A list of accounts is somebody's followers or following, and does not say whose. Posts tie
//! their authors to whom they answer, quote, pass on and mention, so they make a network.

use std::collections::HashMap;

use jiff::civil::Date;
use serde_json::Value;

use super::super::dates::{self, DateOrder};
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::{Direction, PersonRecord, TieRecord};
use super::super::x;
use super::accounts::describe;
use super::json::{self, At, Met, text_of};
use super::list::{Star, close, list_by_name, list_in_name};
use crate::network::{Channel, EvidenceKind, fact};

/// Keys under which a page holds its list.
const PAGES: &[&str] = &["data", "users", "ids", "statuses"];

/// An account of either version, or a bare id.
fn account(entry: &Value) -> Option<PersonRecord> {
    let id = json::as_text(entry)
        .or_else(|| text_of(entry, "id_str"))
        .or_else(|| text_of(entry, "id"))?;
    let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
    let handle = text_of(entry, "screen_name").or_else(|| text_of(entry, "username"));
    let name = text_of(entry, "name");
    let mut record = x::account_record(&id, handle.as_deref(), name.as_deref());
    let columns = [
        ("followers_count", fact::FOLLOWERS),
        ("description", fact::BIO),
        ("location", fact::PLACE),
    ];
    describe(&mut record, entry, &columns);
    if let Some(metrics) = entry.get("public_metrics") {
        describe(&mut record, metrics, &columns[..1]);
    }
    is_number.then_some(record)
}

/// Whom a post attends to.
enum Target {
    Account(PersonRecord),
    /// The author of another post.
    Post(String),
}

/// Authors and their posts, as far as they were met.
#[derive(Default)]
pub(super) struct Posts {
    author_of: HashMap<String, u32>,
    /// Posts whose author may be met later: who attended, to which post, when.
    waiting: Vec<(u32, String, Option<Date>)>,
}

impl Posts {
    /// Takes in a post that somebody wrote; false where its author is not told.
    pub(super) fn add(&mut self, post: &Value, reading: &mut Reading) -> bool {
        let Some(author) = author(post) else { return false };
        let author = reading.person(author);
        if let Some(id) = text_of(post, "id_str").or_else(|| text_of(post, "id")) {
            self.author_of.insert(id.into_owned(), author);
        }
        let date =
            text_of(post, "created_at").and_then(|it| dates::parse(&it, DateOrder::MonthFirst));
        for target in targets(post) {
            match target {
                Target::Account(record) => {
                    let other = reading.person(record);
                    attend(author, other, date, reading);
                }
                Target::Post(id) => self.waiting.push((author, id, date)),
            }
        }
        true
    }

    /// Notes who wrote a post that stands beside the list.
    fn know(&mut self, post: &Value, reading: &mut Reading) {
        if let (Some(id), Some(author)) = (text_of(post, "id"), author(post)) {
            self.author_of.insert(id.into_owned(), reading.person(author));
        }
    }

    /// Ties those whose posts were met after all.
    pub(super) fn finish(self, reading: &mut Reading) {
        let mut unknown = 0;
        for (author, post, date) in self.waiting {
            match self.author_of.get(&post) {
                Some(&other) => attend(author, other, date, reading),
                None => unknown += 1,
            }
        }
        if unknown > 0 {
            reading.note(0, format!("{unknown} posts answer, quote or pass on posts whose authors the file does not tell"));
        }
    }
}

fn attend(author: u32, other: u32, date: Option<Date>, reading: &mut Reading) {
    if author != other {
        let mut tie = TieRecord::new(author, other, Direction::Attention, EvidenceKind::Mention);
        tie.channel = Some(Channel::Online);
        tie.last_seen = date;
        reading.trace(tie);
    }
}

/// The author of a post: `user` in version 1.1, `author_id` (and `author`, where a tool put it
/// in) in version 2.
fn author(post: &Value) -> Option<PersonRecord> {
    if let Some(user) = post.get("user").or_else(|| post.get("author")).filter(|it| it.is_object())
    {
        return account(user);
    }
    Some(x::account_record(&text_of(post, "author_id")?, None, None))
}

fn targets(post: &Value) -> Vec<Target> {
    if let Some(passed_on) = post.get("retweeted_status") {
        return author(passed_on).map(Target::Account).into_iter().collect();
    }
    let references = post.get("referenced_tweets").and_then(Value::as_array);
    let mut quoted = Vec::new();
    for reference in references.into_iter().flatten() {
        let target = author(reference)
            .map(Target::Account)
            .or_else(|| Some(Target::Post(text_of(reference, "id")?.into_owned())));
        match text_of(reference, "type").as_deref() {
            Some("retweeted") => return target.into_iter().collect(),
            Some("quoted") => quoted.extend(target),
            // Whom a post answers stands in the post itself, where it is told at all.
            _ if post.get("in_reply_to_user_id").is_none() => quoted.extend(target),
            _ => {}
        }
    }
    quoted.extend(post.get("quoted_status").and_then(author).map(Target::Account));
    let post = as_version_1(post);
    quoted.extend(x::attended(&post).into_iter().map(Target::Account));
    quoted
}

/// Mentions of version 2 under the names that version 1.1 and the archive have for them.
fn as_version_1(post: &Value) -> std::borrow::Cow<'_, Value> {
    let Some(mentions) = post.pointer("/entities/mentions").and_then(Value::as_array) else {
        return std::borrow::Cow::Borrowed(post);
    };
    let mentions: Vec<Value> = mentions
        .iter()
        .map(|it| serde_json::json!({ "id_str": it.get("id"), "screen_name": it.get("username") }))
        .collect();
    std::borrow::Cow::Owned(serde_json::json!({
        "text": post.get("text"),
        "in_reply_to_user_id": post.get("in_reply_to_user_id"),
        "entities": { "user_mentions": mentions },
    }))
}

fn is_post(entry: &Value) -> bool {
    let has = |key: &str| entry.get(key).is_some();
    has("author_id") || ((has("text") || has("full_text")) && (has("user") || has("author")))
}

/// The list of a file that holds one post or account and no list: one line is all that was collected.
fn as_list(text: &str) -> Option<String> {
    const ONE_ENTRY_BYTES: usize = 64 << 10;
    if text.len() > ONE_ENTRY_BYTES {
        return None;
    }
    let entry: Value = serde_json::from_str(text).ok()?;
    let is_page = PAGES.iter().any(|key| entry.get(key).is_some());
    let is_entry = is_post(&entry) || entry.get("screen_name").is_some();
    (is_entry && !is_page).then(|| format!("[{text}]"))
}

/// Accounts and posts.
pub(super) struct Pages;

impl Reader for Pages {
    fn name(&self) -> &'static str {
        "X accounts"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let start = json::start_of(head.text);
        let has = |key: &str| {
            json::has_key(
                start,
                key,
                &['"', '{', '[', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
            )
        };
        let is_account =
            has("screen_name") && (has("followers_count") || has("friends_count") || has("id_str"));
        let is_page = json::first_key(start) == Some("data");
        let is_account_2 = has("username") && has("name") && (is_page || has("public_metrics"));
        let is_post = has("author_id") && has("text") && has("id");
        let is_ids = has("ids") && has("next_cursor");
        json::is_json(head.text) && (is_account || is_account_2 || is_post || is_ids)
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let list = as_list(text);
        let text = list.as_deref().unwrap_or(text);
        let mut posts = Posts::default();
        let mut star: Option<Star> = None;
        let (path, owner) = (context.path, context.owner.clone());
        let mut lists = 0;
        let mut take = |at: At<'_>, met: Met| match (at.path, met) {
            (path, Met::Begin) => {
                lists += usize::from(path.is_empty() || PAGES.contains(&at.key()));
            }
            ([above, key], Met::Entry(entry)) if above == "includes" => match key.as_str() {
                "users" => drop(account(&entry).map(|it| reading.person(it))),
                "tweets" => posts.know(&entry, reading),
                _ => {}
            },
            ([] | [_], Met::Entry(entry)) if at.path.is_empty() || PAGES.contains(&at.key()) => {
                if is_post(&entry) {
                    reading.format = Some("X posts");
                    if posts.add(&entry, reading) {
                        reading.keep();
                    } else {
                        reading.skip(at.line, "a post whose author is not told");
                    }
                } else if let Some(record) = account(&entry) {
                    if star.is_none() {
                        let list = list_by_name(path, reading);
                        star = Some(Star::of(&owner, list, reading));
                    }
                    if let Some(star) = &mut star {
                        star.add(at.line, record, None, reading);
                    }
                } else {
                    reading.skip(at.line, "neither an account nor a post");
                }
            }
            _ => {}
        };
        let breaks = json::walk_pages(PAGES, text, context.watch, &mut take);
        posts.finish(reading);
        close(lists, breaks, reading);
    }

    fn lone_list(&self) -> Option<&'static str> {
        Some("x")
    }
}

/// Account numbers, one in each line, as twarc writes followers.
pub(super) struct Numbers;

impl Reader for Numbers {
    fn name(&self) -> &'static str {
        "X account numbers"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let is_number =
            |line: &str| line.len() > 3 && line.bytes().all(|byte| byte.is_ascii_digit());
        let mut lines = head.text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
        list_in_name(head.path).is_some()
            && lines.peek().is_some()
            && lines.take(100).all(is_number)
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let list = list_by_name(context.path, reading);
        let mut star = Star::of(context.owner, list, reading);
        for (number, line) in (1..).zip(text.lines()) {
            let id = line.trim();
            if id.is_empty() {
                continue;
            }
            if id.bytes().all(|byte| byte.is_ascii_digit()) {
                star.add(number, x::account_record(id, None, None), None, reading);
            } else {
                reading.skip(number, "not an account number");
            }
        }
    }

    fn lone_list(&self) -> Option<&'static str> {
        Some("x")
    }
}
