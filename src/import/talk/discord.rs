//! Discord channels as `DiscordChatExporter` writes them, JSON or CSV.
//!
//! In a channel of a server messages go to nobody in particular: answers, mentions and reactions
//! tie, and to have written in the same small channel ties weakly. A private chat is a chat, with calls.

use std::collections::HashMap;

use jiff::civil::Date;
use serde_json::Value;

use super::super::dates::{self, DateOrder};
use super::super::json::{self, Met, has_key, text_of};
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::PersonRecord;
use super::super::table::Layout;
use super::super::threads::Thread;
use super::people::account;
use crate::network::fact;

/// A channel as JSON.
pub(super) struct Channel;

/// A channel as CSV.
pub(super) struct ChannelTable;

impl Reader for Channel {
    fn name(&self) -> &'static str {
        "Discord channel"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        head.text.trim_start().starts_with('{')
            && ["guild", "channel"].iter().all(|key| has_key(head.text, key, &['{']))
            && (has_key(head.text, "messages", &['[']) || has_key(head.text, "exportedAt", &['"']))
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut kind = String::new();
        let mut talk = Talk::default();
        let breaks = json::walk(text, context.watch, &mut |at, met| {
            let path: Vec<&str> = at.path.iter().map(String::as_str).collect();
            match (path.as_slice(), met) {
                (["channel", "type"], Met::Member(value)) => {
                    kind = json::as_text(&value).unwrap_or_default().into_owned();
                    talk.is_private = kind.starts_with("Direct") || kind == "1" || kind == "3";
                }
                (["messages"], Met::Entry(message)) => talk.take(&message, at.line, reading),
                _ => {}
            }
        });
        talk.thread.tie(reading);
        for it in breaks {
            reading.skip(it.line, it.reason);
        }
    }
}

#[derive(Default)]
struct Talk {
    is_private: bool,
    thread: Thread,
    /// Who wrote which message, for answers to it.
    authors: HashMap<u64, u32>,
}

impl Talk {
    fn take(&mut self, message: &Value, line: usize, reading: &mut Reading) {
        let kind = text_of(message, "type").unwrap_or_default();
        let is_call = self.is_private && matches!(&*kind, "Call" | "3");
        let brings = self.is_private && matches!(&*kind, "RecipientAdd" | "1");
        let is_message =
            matches!(&*kind, "" | "Default" | "Reply" | "0" | "19" | "ThreadStarterMessage");
        if !is_call && !brings && !is_message {
            return reading.skip(line, "a notice (somebody left, pinned, renamed …)");
        }
        let Some(author) = message.get("author") else {
            return reading.skip(line, "a message without an author");
        };
        if is_bot(author) {
            return reading.skip(line, "written by a program");
        }
        let Some(author) = person(author, reading) else {
            return reading.skip(line, "a message without an author");
        };
        reading.keep();
        let time = text_of(message, "timestamp").unwrap_or_default();
        let date = dates::parse(&time, DateOrder::MonthFirst);
        if is_call {
            return self.thread.call(author, date);
        }
        if brings {
            let who: Vec<u32> = json::list_of(message, "mentions")
                .filter(|it| !is_bot(it))
                .filter_map(|it| person(it, reading))
                .collect();
            return self.thread.join(Some(author), &who, date);
        }
        if self.is_private {
            self.thread.post(author, date);
        } else {
            self.thread.people.insert(author);
        }
        let number = |value: &Value, key| text_of(value, key).and_then(|it| it.parse::<u64>().ok());
        if let Some(id) = number(message, "id") {
            self.authors.insert(id, author);
        }
        let answered = message.get("reference").and_then(|it| number(it, "messageId"));
        let mut attended: Vec<u32> =
            answered.and_then(|id| self.authors.get(&id)).copied().into_iter().collect();
        let mentions = json::list_of(message, "mentions").filter(|it| !is_bot(it));
        attended.extend(mentions.filter_map(|it| person(it, reading)));
        attended.sort_unstable();
        attended.dedup();
        for other in attended {
            self.thread.attend(author, other, date);
        }
        for reaction in json::list_of(message, "reactions") {
            let users = json::list_of(reaction, "users").filter(|it| !is_bot(it));
            for other in users.filter_map(|it| person(it, reading)) {
                self.thread.attend(other, author, date);
            }
        }
    }
}

fn is_bot(user: &Value) -> bool {
    user.get("isBot") == Some(&Value::Bool(true))
}

/// Somebody with an account: the nickname on the server is how others know them.
fn person(user: &Value, reading: &mut Reading) -> Option<u32> {
    let id = text_of(user, "id").filter(|id| id != "0")?;
    let handle = text_of(user, "name").unwrap_or_default();
    let nickname = text_of(user, "nickname").unwrap_or_else(|| handle.clone());
    Some(reading.person(with_handle(account("discord", &id, &nickname), &handle)))
}

fn with_handle(mut record: PersonRecord, handle: &str) -> PersonRecord {
    if !handle.is_empty() {
        record.facts.insert(fact::HANDLE, format!("@{}", handle.trim_end_matches("#0000")));
    }
    record
}

impl Reader for ChannelTable {
    fn name(&self) -> &'static str {
        "Discord channel"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        layout(head.text).is_some()
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let Some(layout) = layout(text) else { return };
        let column = |name: &str| layout.column(&[name]);
        let (id, name, date) = (column("authorid"), column("author"), column("date"));
        let is_private = context.path.contains("Direct Messages");
        let mut turns = Turns::of(is_private);
        let mut rows = layout.rows(text);
        while let Some(row) = rows.next() {
            if row.is_blank() {
                continue;
            }
            if row.cell(id).is_empty() {
                reading.skip(row.line, "a message without an author");
                continue;
            }
            reading.keep();
            let handle = row.cell(name);
            let shown = handle.split('#').next().unwrap_or_default();
            let person =
                reading.person(with_handle(account("discord", row.cell(id), shown), handle));
            turns.take(person, dates::parse(row.cell(date), DateOrder::MonthFirst));
        }
        rows.tell_end(reading);
        turns.thread.tie(reading);
    }
}

/// A channel that names no addressee: who writes next on the same day answers.
#[derive(Default)]
pub(super) struct Turns {
    is_private: bool,
    pub thread: Thread,
    before: Option<(u32, Option<Date>)>,
}

impl Turns {
    /// Of a channel, or of a private chat, in which everyone is written to.
    pub fn of(is_private: bool) -> Self {
        Self { is_private, ..Self::default() }
    }

    /// Counts a message.
    pub fn take(&mut self, person: u32, date: Option<Date>) {
        if self.is_private {
            self.thread.post(person, date);
            return;
        }
        self.thread.people.insert(person);
        if let Some((other, _)) = self.before.filter(|(_, then)| date.is_some() && *then == date) {
            self.thread.attend(person, other, date);
        }
        self.before = Some((person, date));
    }
}

fn layout(text: &str) -> Option<Layout> {
    let wanted = ["authorid", "author", "date", "content"];
    Layout::find(text, |keys| usize::from(wanted.iter().all(|it| keys.iter().any(|key| key == it))))
}
