//! Accounts as platforms' interfaces list them: GitHub, Mastodon, Bluesky. One list in pages,
//! and whose list it is stands nowhere but (on Bluesky) in the page.

use serde_json::Value;

use super::super::clean::shown;
use super::super::dates::{self, DateOrder};
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::{PersonKey, PersonRecord};
use super::json::{self, Met, text_of};
use super::list::{List, Star, account, close, fill, list_by_name, tie};
use super::mastodon;
use crate::network::fact;

/// Adds what interfaces tell of an account beside its name.
pub(super) fn describe(record: &mut PersonRecord, entry: &Value, columns: &[(&str, &str)]) {
    for (key, column) in columns {
        if let Some(value) = text_of(entry, key) {
            fill(record, column, &value);
        }
    }
}

/// Pages of accounts of one platform.
pub(super) struct Pages {
    name: &'static str,
    platform: &'static str,
    /// Keys of which every account has all.
    marks: &'static [&'static str],
    record: fn(&Value) -> Option<PersonRecord>,
}

/// GitHub's followers and following.
pub(super) const GITHUB: Pages = Pages {
    name: "GitHub accounts",
    platform: "github",
    marks: &["login", "html_url"],
    record: github,
};

/// Mastodon's followers and following.
pub(super) const MASTODON: Pages = Pages {
    name: "Mastodon accounts",
    platform: "mastodon",
    marks: &["acct", "username"],
    record: |entry| {
        let mut record = mastodon::record_of(&text_of(entry, "acct")?)?;
        record.name = shown(&text_of(entry, "display_name").unwrap_or_default()).into();
        describe(&mut record, entry, &[("followers_count", fact::FOLLOWERS)]);
        Some(record)
    },
};

fn github(entry: &Value) -> Option<PersonRecord> {
    let login = text_of(entry, "login")?;
    let mut record = account("github", &login);
    if let Some(id) = text_of(entry, "id") {
        record.keys.push_front(PersonKey::Account(format!("github:{id}").into()));
    }
    record.name = shown(&text_of(entry, "name").unwrap_or_default()).into();
    let columns = [
        ("followers", fact::FOLLOWERS),
        ("company", fact::COMPANY),
        ("location", fact::PLACE),
        ("bio", fact::BIO),
    ];
    describe(&mut record, entry, &columns);
    Some(record)
}

impl Reader for Pages {
    fn name(&self) -> &'static str {
        self.name
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        // Posts hold accounts too, but do not begin with one.
        let start = &head.text[..head.text.floor_char_boundary(4 << 10)];
        json::is_json(head.text)
            && self.marks.iter().all(|key| json::has_key(start, key, &['"']))
            && !["content", "account", "full_name", "body"]
                .iter()
                .any(|key| json::has_key(start, key, &['"', '{']))
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let list = list_by_name(context.path, reading);
        let mut star = Star::of(context.owner, list, reading);
        let mut lists = 0;
        let breaks = json::walk(text, context.watch, &mut |at, met| match met {
            Met::Begin => lists += 1,
            Met::Entry(entry) => match (self.record)(&entry) {
                Some(record) => star.add(at.line, record, None, reading),
                None => reading.skip(at.line, "no account name"),
            },
            _ => {}
        });
        close(lists, breaks, reading);
    }

    fn lone_list(&self) -> Option<&'static str> {
        Some(self.platform)
    }
}

/// Bluesky's pages of `getFollowers` and `getFollows`, which name whose list they are, and
/// listings of `app.bsky.graph.follow` records, which give ids only.
pub(super) struct Bluesky;

impl Bluesky {
    const PLATFORM: &str = "bluesky";

    fn actor(entry: &Value) -> Option<PersonRecord> {
        let id = text_of(entry, "did").filter(|it| it.starts_with("did:"))?;
        let handle = text_of(entry, "handle").filter(|it| !it.ends_with(".invalid"));
        let mut record =
            handle.map_or_else(PersonRecord::default, |it| account(Self::PLATFORM, &it));
        record.keys.push_front(PersonKey::Account(format!("{}:{id}", Self::PLATFORM).into()));
        record.id.get_or_insert_with(|| id.into_owned().into());
        record.name = shown(&text_of(entry, "displayName").unwrap_or_default()).into();
        let columns = [("followersCount", fact::FOLLOWERS), ("description", fact::BIO)];
        describe(&mut record, entry, &columns);
        Some(record)
    }

    /// The account that a record lies with: `at://did:plc:abc/app.bsky.graph.follow/1`.
    fn writer(entry: &Value) -> Option<String> {
        let uri = text_of(entry, "uri")?;
        let id = uri.strip_prefix("at://")?.split('/').next()?;
        id.starts_with("did:").then(|| id.to_owned())
    }
}

/// A page whose subject is told before, between or after the people in it.
#[derive(Default)]
struct Page {
    subject: Option<PersonRecord>,
    people: Vec<(u32, List, Option<jiff::civil::Date>)>,
}

impl Page {
    /// Ties everyone in the page to its subject, or to the owner where it names none.
    fn tie(self, subjects: &mut Vec<u32>, context: &Context<'_, '_>, reading: &mut Reading) {
        if self.people.is_empty() {
            return;
        }
        let centre = match self.subject {
            Some(subject) => {
                let subject = reading.person(subject);
                if !subjects.contains(&subject) {
                    subjects.push(subject);
                }
                subject
            }
            None => reading.person(context.owner.record()),
        };
        for (person, list, date) in self.people {
            if let Some(mut tie) = tie(centre, person, list).filter(|_| person != centre) {
                tie.last_seen = date;
                reading.trace(tie);
            }
        }
    }
}

impl Reader for Bluesky {
    fn name(&self) -> &'static str {
        "Bluesky follows"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        json::is_json(head.text)
            && head.text.contains("\"did:")
            && (head.text.contains("app.bsky.graph.follow")
                || ["followers", "follows"].iter().any(|key| json::has_key(head.text, key, &['['])))
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let (mut subjects, mut page, mut lists) = (Vec::new(), Page::default(), 0);
        let mut subject = serde_json::Map::new();
        let keys = ["followers", "follows", "records"];
        let mut ended = Vec::new();
        let breaks = json::walk_pages(&keys, text, context.watch, &mut |at, met| match met {
            Met::Begin => lists += usize::from(keys.contains(&at.key())),
            Met::Member(value) if at.path.first().is_some_and(|it| it == "subject") => {
                subject.insert(at.key().to_owned(), value);
            }
            Met::Entry(entry) => {
                let is_record = entry.pointer("/value/subject").or_else(|| entry.get("subject"));
                let (record, list, date) = match is_record.and_then(Value::as_str) {
                    Some(id) => {
                        if let Some(writer) = Self::writer(&entry) {
                            subject.insert("did".to_owned(), writer.into());
                        }
                        let date =
                            entry.pointer("/value/createdAt").or_else(|| entry.get("createdAt"));
                        let record = Self::actor(&serde_json::json!({ "did": id }));
                        (record, List::Following, date.and_then(Value::as_str).map(str::to_owned))
                    }
                    None if at.key() == "follows" => (Self::actor(&entry), List::Following, None),
                    None => (Self::actor(&entry), List::Followers, None),
                };
                match record {
                    Some(record) => {
                        let date = date.and_then(|it| dates::parse(&it, DateOrder::MonthFirst));
                        page.people.push((reading.person(record), list, date));
                        reading.keep();
                    }
                    None => reading.skip(at.line, "no account id"),
                }
            }
            Met::End => {
                page.subject = Self::actor(&Value::Object(std::mem::take(&mut subject)));
                ended.push(std::mem::take(&mut page));
            }
            Met::Member(_) => {}
        });
        page.subject = Self::actor(&Value::Object(subject));
        ended.push(page);
        for page in ended {
            page.tie(&mut subjects, context, reading);
        }
        // One subject is the owner of the list; several make a network, of which nobody is.
        if let [only] = subjects.as_slice() {
            let record = &reading.people()[*only as usize];
            let name =
                if record.name.is_empty() { record.id.clone() } else { Some(record.name.clone()) };
            for key in record.keys.clone() {
                context.owner.learn(key);
            }
            context.owner.name = context.owner.name.take().or(name.map(|it| it.to_string()));
            reading.complete(*only, context.owner.record());
        }
        close(lists.max(reading.rows()), breaks, reading);
    }

    fn lone_list(&self) -> Option<&'static str> {
        Some(Self::PLATFORM)
    }
}

/// Snapchat's `friends.json`: friends, and requests, blocked and deleted ones, who tie nobody.
pub(super) struct Snapchat;

impl Snapchat {
    fn list(heading: &str) -> List {
        match heading {
            "Friends" => List::Friends,
            "Friend Requests Sent" => List::Aside("request pending"),
            "Blocked Users" => List::Aside("blocked"),
            "Deleted Friends" => List::Aside("removed friend"),
            _ => List::Aside("in a Snapchat list"),
        }
    }
}

impl Reader for Snapchat {
    fn name(&self) -> &'static str {
        "Snapchat friends"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        json::is_json(head.text)
            && json::has_key(head.text, "Friends", &['['])
            && (json::has_key(head.text, "Username", &['"'])
                || head.text.contains("Friend Requests"))
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut stars: Vec<(String, Star)> = Vec::new();
        let owner = context.owner.clone();
        let breaks = json::walk(text, context.watch, &mut |at, met| match met {
            Met::Begin if at.path.len() == 1 => {
                let star = Star::of(&owner, Self::list(at.key()), reading);
                stars.push((at.key().to_owned(), star));
            }
            Met::Entry(entry) => {
                let Some((_, star)) = stars.last_mut().filter(|(key, _)| key == at.key()) else {
                    return;
                };
                let Some(name) = text_of(&entry, "Username") else {
                    reading.skip(at.line, "no account name");
                    return;
                };
                let mut record = account("snapchat", &name);
                record.name = shown(&text_of(&entry, "Display Name").unwrap_or_default()).into();
                let date = text_of(&entry, "Creation Timestamp")
                    .and_then(|it| dates::parse(&it, DateOrder::MonthFirst));
                star.add(at.line, record, date, reading);
            }
            _ => {}
        });
        close(stars.len(), breaks, reading);
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("snapchat", folder))
    }
}
