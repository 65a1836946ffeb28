//! Telegram's `result.json`: one chat, or the whole account with contacts and all chats.
//!
//! In a private chat messages go to the other one; in a group they go to everyone who is there,
//! and answers, reactions and forwards (whoever passes a message on attends to its author) go to
//! one person. A call goes by phone to whoever is there; who brings somebody into a group attends to
//! them. Posts of a channel go to nobody in particular.

use std::collections::HashMap;

use jiff::civil::Date;
use serde_json::Value;

use super::super::clean::{full_name, phone, shown};
use super::super::dates::{self, DateOrder};
use super::super::export::Owner;
use super::super::json::{self, At, Met, has_key, text_of};
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::{Direction, PersonKey, PersonRecord, TieRecord};
use super::super::threads::Thread;
use super::people::{account, by_name, chat_name};
use super::times::seconds_of;
use crate::network::{Channel, EvidenceKind, Text, fact};

/// Lists of chats, which are gone into message by message.
const CHAT_LISTS: &[&[&str]] = &[&["chats", "list"], &["left_chats", "list"]];
/// Until 2021 the number of a user stood behind this many other numbers.
const OLD_USER_IDS: u64 = 1 << 32;

/// How a number begins.
const DIGITS: &[char] = &['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// An export of Telegram.
pub(super) struct Telegram;

impl Reader for Telegram {
    fn name(&self) -> &'static str {
        "Telegram chats"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let has = |key: &str, opening: char| has_key(head.text, key, &[opening]);
        if !head.text.trim_start().starts_with('{') {
            return false;
        }
        let chat = has("messages", '[')
            && (has("date_unixtime", '"') || has("from_id", '"') || has("actor_id", '"'));
        let old_chat =
            has("messages", '[') && has("type", '"') && has("from", '"') && has("date", '"');
        let account = has("personal_information", '{') && has_key(head.text, "user_id", DIGITS);
        chat || old_chat || account || has("chats", '{') && has("list", '[')
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut chats = Chats {
            file: chat_name(context.source),
            owner: &mut *context.owner,
            own: None,
            personal: PersonalInformation::default(),
            chat: Chat::default(),
            number: 0,
        };
        let breaks = json::walk_into(CHAT_LISTS, text, context.watch, &mut |at, met| {
            chats.take(&at, met, reading);
        });
        chats.finish_chat(reading);
        for it in breaks {
            reading.skip(it.line, it.reason);
        }
    }
}

#[derive(Default)]
struct PersonalInformation {
    id: Option<String>,
    names: [String; 2],
    phone: Option<String>,
}

/// One chat in the making.
#[derive(Default)]
struct Chat {
    name: String,
    kind: String,
    id: Option<String>,
    thread: Thread,
    /// Who wrote which message, for answers to it.
    authors: HashMap<u64, u32>,
    /// Who brought whom into the group; those are told by name only.
    joined: Vec<(Option<u32>, Vec<String>, Option<Date>)>,
    /// The accounts in the chat by name, nobody where two bear it.
    by_name: HashMap<Text, Option<u32>>,
}

struct Chats<'a> {
    file: String,
    owner: &'a mut Owner,
    /// Position of the owner, once the account told who they are.
    own: Option<u32>,
    personal: PersonalInformation,
    chat: Chat,
    /// Chats so far, to tell those without name apart.
    number: usize,
}

impl Chats<'_> {
    fn take(&mut self, at: &At<'_>, met: Met, reading: &mut Reading) {
        let path: Vec<&str> = at.path.iter().map(String::as_str).collect();
        let (in_chat, rest) = match path.as_slice() {
            ["chats" | "left_chats", "list", rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        match (rest, met) {
            ([], Met::Begin) if in_chat => self.finish_chat(reading),
            (["name"], Met::Member(value)) => self.chat.name = text(&value),
            (["type"], Met::Member(value)) => self.chat.kind = text(&value),
            (["id"], Met::Member(value)) => self.chat.id = json::as_text(&value).map(Into::into),
            (["messages"], Met::Entry(message)) => self.message(&message, at.line, reading),
            (["personal_information", key], Met::Member(value)) => self.tell_owner(key, &value),
            (["contacts", "list"], Met::Entry(contact)) => self.contact(&contact, at.line, reading),
            (["frequent_contacts", "list"], Met::Entry(contact)) => {
                frequent(&contact, at.line, reading);
            }
            _ => {}
        }
    }

    fn tell_owner(&mut self, key: &str, value: &Value) {
        let text = text(value);
        match key {
            "user_id" => self.personal.id = Some(text),
            "first_name" => self.personal.names[0] = text,
            "last_name" => self.personal.names[1] = text,
            "phone_number" => self.personal.phone = phone(&text),
            _ => {}
        }
    }

    /// The owner as a person; `None` in an export of one chat, which does not tell.
    fn own(&mut self, reading: &mut Reading) -> Option<u32> {
        if self.own.is_none() {
            let id = self.personal.id.as_ref()?;
            self.owner.learn(PersonKey::Account(format!("telegram:{id}").into()));
            if let Some(number) = &self.personal.phone {
                self.owner.learn(PersonKey::Phone(number.clone().into()));
            }
            let [first, last] = &self.personal.names;
            let name = full_name(&[first, last]);
            if !name.is_empty() {
                self.owner.name = Some(name);
            }
            let record = PersonRecord { id: Some(id.clone().into()), ..self.owner.record() };
            self.own = Some(reading.person(record));
        }
        self.own
    }

    fn contact(&mut self, contact: &Value, line: usize, reading: &mut Reading) {
        let part = |key| text_of(contact, key).unwrap_or_default().into_owned();
        let name = full_name(&[&part("first_name"), &part("last_name")]);
        let number = phone(&part("phone_number"));
        let id = part("user_id");
        let mut record = match id.as_str() {
            "" | "0" if name.is_empty() => return reading.skip(line, "a contact without a name"),
            "" | "0" => by_name("telegram", "contacts", &name),
            id => account("telegram", id, &name),
        };
        if let Some(number) = number {
            record.facts.insert(fact::PHONE, &number);
            record.keys.push(PersonKey::Phone(number.into()));
        }
        reading.keep();
        let person = reading.person(record);
        let own = self.own(reading);
        if let Some(own) = own.filter(|own| *own != person) {
            let mut tie = TieRecord::new(own, person, Direction::Mutual, EvidenceKind::Contact);
            tie.channel = Some(Channel::Online);
            tie.last_seen = date_of(contact);
            reading.trace(tie);
        }
    }

    fn message(&mut self, message: &Value, line: usize, reading: &mut Reading) {
        if text_of(message, "type").is_some_and(|it| it != "message") {
            return self.notice(message, line, reading);
        }
        match self.chat.kind.as_str() {
            "saved_messages" => return reading.skip(line, "a note to oneself"),
            "bot_chat" => return reading.skip(line, "a chat with a program"),
            _ => {}
        }
        let Some(author) = self.person(message, "from", "from_id", reading) else {
            return reading.skip(line, "nobody is named as its author; the account is gone");
        };
        if author.is_channel && self.chat.kind.ends_with("channel") {
            return reading.skip(line, "a channel's own post, which goes to nobody in particular");
        }
        reading.keep();
        let date = date_of(message);
        let author = author.position;
        if let Some(id) = message.get("id").and_then(Value::as_u64) {
            self.chat.authors.insert(id, author);
        }
        self.chat.thread.post(author, date);
        let mut attended = Vec::new();
        if let Some(id) = message.get("reply_to_message_id").and_then(Value::as_u64)
            && message.get("reply_to_peer_id").is_none()
        {
            attended.extend(self.chat.authors.get(&id));
        }
        let is_own = text_of(message, "forwarded_from") == text_of(message, "from");
        if !is_own
            && let Some(first) =
                self.person(message, "forwarded_from", "forwarded_from_id", reading)
        {
            attended.push(first.position);
        }
        for part in json::list_of(message, "text") {
            if text_of(part, "type").is_some_and(|it| it == "mention_name")
                && let Some(id) = text_of(part, "user_id")
            {
                let name = text_of(part, "text").unwrap_or_default();
                attended.push(reading.person(account("telegram", &id, &name)));
            }
        }
        attended.sort_unstable();
        attended.dedup();
        for person in attended {
            self.chat.thread.attend(author, person, date);
        }
        for reaction in json::list_of(message, "reactions") {
            for by in json::list_of(reaction, "recent") {
                if let Some(by) = self.person(by, "from", "from_id", reading) {
                    self.chat.thread.attend(by.position, author, date);
                }
            }
        }
    }

    /// What happened in a chat beside messages: calls, and who came in or was brought in.
    fn notice(&mut self, notice: &Value, line: usize, reading: &mut Reading) {
        let action = text_of(notice, "action").unwrap_or_default();
        let date = date_of(notice);
        let brings =
            ["create_group", "invite_members", "join_group_by_link", "join_group_by_request"];
        let is_call = action == "phone_call" && seconds_of(notice, "duration_seconds") > Some(0);
        if !is_call && !brings.contains(&&*action) {
            return reading.skip(line, "a notice (somebody left, pinned, missed a call …)");
        }
        let Some(actor) = self.person(notice, "actor", "actor_id", reading) else {
            return reading.skip(line, "nobody is named who did this; the account is gone");
        };
        reading.keep();
        let actor = actor.position;
        if is_call {
            self.chat.thread.call(actor, date);
        } else {
            let members = json::list_of(notice, "members").filter_map(json::as_text);
            let members = members.map(|name| shown(&name)).filter(|it| !it.is_empty()).collect();
            self.chat.thread.people.insert(actor);
            self.chat.joined.push((Some(actor), members, date));
        }
    }

    /// Those brought in are the accounts of that name in the chat, or whoever bears it there.
    fn tell_joined(&self, chat: &mut Chat, reading: &mut Reading) {
        for (by, names, date) in std::mem::take(&mut chat.joined) {
            let known = |name: &str| chat.by_name.get(name).copied().flatten();
            let who: Vec<u32> = names
                .iter()
                .map(|name| {
                    known(name).unwrap_or_else(|| {
                        reading.person(by_name("telegram", &self.place_of(chat), name))
                    })
                })
                .collect();
            chat.thread.join(by, &who, date);
        }
    }

    /// Somebody by account number, or by the name in this chat where none is given.
    fn person(
        &mut self,
        value: &Value,
        name: &str,
        id: &str,
        reading: &mut Reading,
    ) -> Option<Author> {
        let name = text_of(value, name).unwrap_or_default();
        let id = value.get(id).and_then(account_of);
        let is_channel = id.as_ref().is_some_and(|it| it.is_channel);
        let record = match id {
            Some(Account { id, .. }) => {
                let mut record = account("telegram", &id, &name);
                if is_channel {
                    record.facts.insert(fact::TAGS, "channel");
                }
                record
            }
            None if name.is_empty() => return None,
            None => by_name("telegram", &self.place(), &name),
        };
        let (name, position) = (record.name.clone(), reading.person(record));
        let known = self.chat.by_name.entry(name).or_insert(Some(position));
        *known = known.filter(|it| *it == position);
        Some(Author { position, is_channel })
    }

    /// What tells this chat from others.
    fn place(&self) -> String {
        self.place_of(&self.chat)
    }

    fn place_of(&self, chat: &Chat) -> String {
        match &chat.id {
            Some(id) => id.clone(),
            None if chat.name.is_empty() => format!("{}/{}", self.file, self.number),
            None => chat.name.clone(),
        }
    }

    fn finish_chat(&mut self, reading: &mut Reading) {
        self.number += 1;
        let mut chat = std::mem::take(&mut self.chat);
        self.tell_joined(&mut chat, reading);
        if chat.kind == "personal_chat" && !chat.thread.people.is_empty() {
            // Where only one of the two wrote, the other was there all the same.
            if let Some(id) = &chat.id {
                chat.thread.people.insert(reading.person(account("telegram", id, &chat.name)));
            }
            chat.thread.people.extend(self.own(reading));
        }
        if chat.kind.ends_with("channel") {
            chat.thread.tie_attended(reading);
        } else {
            chat.thread.tie(reading);
        }
    }
}

/// Somebody the owner writes or calls often; Telegram tells how often by a rating.
fn frequent(contact: &Value, line: usize, reading: &mut Reading) {
    let is_person = text_of(contact, "category").is_none_or(|it| it == "people" || it == "calls");
    let Some(id) = text_of(contact, "id").filter(|_| is_person) else {
        return reading.skip(line, "a frequent chat that is no person");
    };
    reading.keep();
    let mut record = account("telegram", &id, &text_of(contact, "name").unwrap_or_default());
    if let Some(rating) = contact.get("rating").filter(|it| it.is_number()) {
        record.facts.insert("Telegram rating", rating.to_string());
    }
    reading.person(record);
}

struct Author {
    position: u32,
    is_channel: bool,
}

struct Account {
    id: String,
    is_channel: bool,
}

/// `user123`, `channel123`; until 2021 a number in which the kind is coded.
fn account_of(id: &Value) -> Option<Account> {
    let text = json::as_text(id)?;
    if let Some(id) = text.strip_prefix("user") {
        return Some(Account { id: id.to_owned(), is_channel: false });
    }
    if text.starts_with("channel") || text.starts_with("chat") {
        return Some(Account { id: text.into_owned(), is_channel: true });
    }
    let number: u64 = text.parse().ok()?;
    match number / OLD_USER_IDS {
        0 => Some(Account { id: number.to_string(), is_channel: false }),
        1 => Some(Account { id: (number % OLD_USER_IDS).to_string(), is_channel: false }),
        _ => Some(Account { id: format!("channel{}", number % OLD_USER_IDS), is_channel: true }),
    }
}

fn text(value: &Value) -> String {
    json::as_text(value).unwrap_or_default().into_owned()
}

/// When something was: by seconds, which have no zone, or by the text beside them.
fn date_of(value: &Value) -> Option<Date> {
    seconds_of(value, "date_unixtime")
        .and_then(dates::day_of)
        .or_else(|| day_in(&text_of(value, "date").unwrap_or_default()))
}

fn day_in(text: &str) -> Option<Date> {
    dates::parse(text, DateOrder::MonthFirst).filter(|day| day.year() > 1970)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_of_all_years_are_one() {
        let told = |id: Value| account_of(&id).map(|it| (it.id, it.is_channel));
        assert_eq!(told("user77".into()), Some(("77".to_owned(), false)));
        assert_eq!(told((OLD_USER_IDS + 77).into()), Some(("77".to_owned(), false)));
        assert_eq!(told(77.into()), Some(("77".to_owned(), false)));
        assert_eq!(told("channel5".into()), Some(("channel5".to_owned(), true)));
        assert_eq!(told((2 * OLD_USER_IDS + 5).into()), Some(("channel5".to_owned(), true)));
        assert_eq!(told(Value::Null), None);
    }
}
