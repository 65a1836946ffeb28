//! Slack exports: a folder or zip of lists (`users.json`, `channels.json`, `groups.json`,
//! `mpims.json`, `dms.json`) and one folder of day files per channel. All of it is one source.
//!
//! In a channel, messages go to nobody in particular: answers in a thread, mentions and reactions
//! tie, and sharing a channel of up to 30 members ties weakly. In direct messages, of two or of
//! several, every message goes to everyone. Programs and notices are left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::super::clean::{email, shown};
use super::super::dates;
use super::super::export::Owner;
use super::super::json::{self, Met, has_key, list_of, text_of};
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::PersonKey;
use super::super::threads::Thread;
use super::people::account;
use super::times::seconds_of;
use crate::network::fact;

/// Slack's own program.
const SLACKBOT: &str = "USLACKBOT";

/// A list of users or of channels, at the top of the export.
pub(super) struct SlackList;

/// The messages of a channel on one day, in the channel's folder.
pub(super) struct SlackDay;

impl Reader for SlackList {
    fn name(&self) -> &'static str {
        "Slack"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        is_list(head.text) && (is_users(head.text) || is_channels(head.text))
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut slack: Slack = reading.recall();
        let users = is_users(text);
        let breaks = json::walk(text, context.watch, &mut |at, met| match met {
            Met::Entry(user) if users => slack.user(&user, at.line, reading),
            Met::Entry(channel) => slack.channel(&channel, context.path, at.line, reading),
            _ => {}
        });
        for it in breaks {
            reading.skip(it.line, it.reason);
        }
        reading.remember(slack);
    }

    fn close(&self, _owner: &mut Owner, reading: &mut Reading) {
        reading.recall::<Slack>().close(reading);
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("slack", folder))
    }

    fn reading_order(&self) -> usize {
        0
    }

    fn together(&self) -> Option<&'static str> {
        Some("Slack")
    }
}

impl Reader for SlackDay {
    fn name(&self) -> &'static str {
        "Slack"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let has = |key: &str| has_key(head.text, key, &['"']);
        is_list(head.text)
            && has("ts")
            && has("text")
            && (has("user") || has("bot_id") || has("subtype"))
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut slack: Slack = reading.recall();
        let folder = context.path.rsplit('/').nth(1).unwrap_or_default().to_owned();
        let breaks = json::walk(text, context.watch, &mut |at, met| {
            if let Met::Entry(message) = met {
                slack.message(&message, &folder, at.line, reading);
            }
        });
        for it in breaks {
            reading.skip(it.line, it.reason);
        }
        reading.remember(slack);
    }

    fn close(&self, owner: &mut Owner, reading: &mut Reading) {
        SlackList.close(owner, reading);
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("slack", folder.rsplit_once('/').map_or("", |(above, _)| above)))
    }

    fn reading_order(&self) -> usize {
        1
    }

    fn together(&self) -> Option<&'static str> {
        SlackList.together()
    }
}

fn is_list(text: &str) -> bool {
    text.trim_start().starts_with('[')
}

fn is_users(text: &str) -> bool {
    let has = |key: &str| has_key(text, key, &['"', 't', 'f']);
    has_key(text, "profile", &['{'])
        && has("id")
        && (has("is_bot") || has("team_id") || has("deleted"))
        && !has("ts")
}

fn is_channels(text: &str) -> bool {
    has_key(text, "members", &['['])
        && has_key(text, "id", &['"'])
        && has_key(text, "created", &['"', '1'])
}

/// Everything read so far.
#[derive(Default)]
struct Slack {
    /// Users that are programs.
    bots: BTreeSet<String>,
    /// Channels by the name of their folder.
    channels: BTreeMap<String, Channel>,
}

#[derive(Default)]
struct Channel {
    /// Direct messages, of two or of several.
    is_direct: bool,
    thread: Thread,
    /// Who began which thread of answers.
    begun_by: HashMap<String, u32>,
}

impl Slack {
    fn user(&mut self, user: &Value, line: usize, reading: &mut Reading) {
        let Some(id) = text_of(user, "id") else {
            return reading.skip(line, "a user without an id");
        };
        if user.get("is_bot") == Some(&Value::Bool(true)) || id == SLACKBOT {
            self.bots.insert(id.into_owned());
            return reading.skip(line, "a program, not a person");
        }
        reading.keep();
        let profile = user.get("profile").unwrap_or(&Value::Null);
        let names = [
            text_of(user, "real_name"),
            text_of(profile, "real_name"),
            text_of(profile, "display_name"),
            text_of(user, "name"),
        ];
        let name = names.into_iter().flatten().next().unwrap_or_default();
        let mut record = account("slack", &id, &name);
        if let Some(address) = text_of(profile, "email").and_then(|it| email(&it)) {
            record.facts.insert(fact::EMAIL, &address);
            record.keys.push(PersonKey::Email(address.into()));
        }
        for (column, value) in [
            (fact::HANDLE, text_of(user, "name").map(|it| format!("@{it}"))),
            (fact::PROFESSION, text_of(profile, "title").map(|it| shown(&it))),
        ] {
            if let Some(value) = value {
                record.facts.insert(column, value);
            }
        }
        reading.person(record);
    }

    /// Direct messages lie in folders named by their id, channels in folders of their name.
    fn channel(&mut self, channel: &Value, path: &str, line: usize, reading: &mut Reading) {
        let id = text_of(channel, "id").unwrap_or_default();
        let name = text_of(channel, "name").unwrap_or_else(|| id.clone());
        let file = path.rsplit('/').next().unwrap_or_default();
        let is_direct =
            id.starts_with('D') || name.starts_with("mpdm-") || file.starts_with("mpims");
        let members: BTreeSet<String> = list_of(channel, "members")
            .filter_map(|it| json::as_text(it).map(Into::into))
            .collect();
        let people: Vec<u32> =
            members.iter().filter_map(|id| self.person(id, None, reading)).collect();
        if people.len() < 2 {
            return reading.skip(line, "a channel of less than two people");
        }
        reading.keep();
        let known = self.channels.entry(name.into_owned()).or_default();
        known.is_direct = is_direct;
        known.thread.people.extend(people);
    }

    fn message(&mut self, message: &Value, folder: &str, line: usize, reading: &mut Reading) {
        let channel = text_of(message, "channel_name").unwrap_or_default();
        let channel = if folder.is_empty() { &*channel } else { folder };
        if is_notice(message) {
            return reading
                .skip(line, "a notice (somebody joined, left, renamed …), not a message");
        }
        let user = text_of(message, "user").or_else(|| text_of(message.get("comment")?, "user"));
        let by_program = message.get("bot_id").is_some_and(|it| !it.is_null());
        let Some(user) = user.filter(|_| !by_program) else {
            return reading.skip(line, "written by a program");
        };
        let profile = message.get("user_profile");
        let name =
            profile.and_then(|it| text_of(it, "real_name").or_else(|| text_of(it, "display_name")));
        let Some(author) = self.person(&user, name.as_deref(), reading) else {
            return reading.skip(line, "written by a program");
        };
        reading.keep();
        let date = seconds_of(message, "ts").and_then(dates::day_of);
        let attended = self.attended(message, channel, reading);
        let reactors: Vec<u32> = list_of(message, "reactions")
            .flat_map(|it| list_of(it, "users"))
            .filter_map(|it| self.person(&json::as_text(it)?, None, reading))
            .collect();
        let at = self.channels.entry(channel.to_owned()).or_insert_with(|| Channel {
            is_direct: channel.starts_with("mpdm-") || is_direct_id(channel),
            ..Channel::default()
        });
        if at.is_direct {
            at.thread.post(author, date);
        } else {
            at.thread.people.insert(author);
        }
        if let (Some(begun), Some(own)) = (text_of(message, "thread_ts"), text_of(message, "ts"))
            && begun == own
        {
            at.begun_by.insert(own.into_owned(), author);
        }
        for other in attended {
            at.thread.attend(author, other, date);
        }
        for other in reactors {
            at.thread.attend(other, author, date);
        }
    }

    /// Whom a message answers or mentions, each once.
    fn attended(&self, message: &Value, channel: &str, reading: &mut Reading) -> BTreeSet<u32> {
        let mut attended = BTreeSet::new();
        if let Some(begun) =
            text_of(message, "thread_ts").filter(|it| text_of(message, "ts").as_ref() != Some(it))
        {
            attended.extend(match text_of(message, "parent_user_id") {
                Some(parent) => self.person(&parent, None, reading),
                None => self.channels.get(channel).and_then(|it| it.begun_by.get(&*begun)).copied(),
            });
        }
        let text = text_of(message, "text").unwrap_or_default();
        for mention in text.split("<@").skip(1) {
            let mention = mention.split('>').next().unwrap_or_default();
            let (id, name) =
                mention.split_once('|').map_or((mention, None), |(id, name)| (id, Some(name)));
            if id.starts_with(['U', 'W']) && id.bytes().all(|it| it.is_ascii_alphanumeric()) {
                attended.extend(self.person(id, name, reading));
            }
        }
        attended
    }

    fn is_bot(&self, id: &str) -> bool {
        id == SLACKBOT || self.bots.contains(id)
    }

    /// The position of a user, also of one who is in no list (guests of other workspaces).
    fn person(&self, id: &str, name: Option<&str>, reading: &mut Reading) -> Option<u32> {
        (!self.is_bot(id)).then(|| reading.person(account("slack", id, name.unwrap_or_default())))
    }

    fn close(self, reading: &mut Reading) {
        for channel in self.channels.values() {
            channel.thread.tie(reading);
        }
        let unnamed = reading.people().iter().filter(|it| it.name.is_empty()).count();
        if unnamed > 0 {
            reading.note(
                0,
                format!("{unnamed} people are in no users.json, so they show by their number"),
            );
        }
    }
}

/// Subtypes other than these tell of something that happened to the channel.
fn is_notice(message: &Value) -> bool {
    const WRITTEN: &[&str] = &[
        "thread_broadcast",
        "reply_broadcast",
        "file_share",
        "file_comment",
        "file_mention",
        "me_message",
        "bot_message",
    ];
    text_of(message, "subtype").is_some_and(|it| !WRITTEN.contains(&&*it))
}

/// `D061A1R2R`: an id, not a channel called Design.
fn is_direct_id(folder: &str) -> bool {
    folder.starts_with('D')
        && folder.len() >= 9
        && folder.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
}
