//! Posts (replies, mentions, passing on) and direct messages.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::dates::{self, DateOrder};
use super::super::export::Owner;
use super::super::reading::Reading;
use super::super::record::{Direction, PersonRecord, TieRecord};
use super::super::threads::Thread;
use super::script::text_at;
use super::{account_record, each, place};
use crate::network::{Channel, EvidenceKind};

/// `tweets.js`: the owner attends to whom they answer, mention or pass on. It also tells account
/// names and display names for the numbers in the follower lists.
pub(super) fn tweets(text: &str, owner: &Owner, reading: &mut Reading) {
    let own = reading.person(owner.record());
    each(text, reading, |entry, reading, index| {
        let tweet = entry.get("tweet").unwrap_or(entry);
        if !tweet.is_object() {
            reading.skip(index, "not a post");
            return;
        }
        reading.keep();
        let date =
            text_at(tweet, &["created_at"]).and_then(|it| dates::parse(&it, DateOrder::MonthFirst));
        for record in attended(tweet) {
            let other = place(reading, record, owner);
            if other == own {
                continue;
            }
            let mut tie = TieRecord::new(own, other, Direction::Attention, EvidenceKind::Mention);
            tie.channel = Some(Channel::Online);
            tie.last_seen = date;
            reading.trace(tie);
        }
    });
}

/// Whom one post attends to, each once: the author of a passed-on post, otherwise the one
/// answered and those freshly mentioned (not the names a thread puts in front).
pub(in crate::import) fn attended(tweet: &Value) -> Vec<PersonRecord> {
    let text =
        text_at(tweet, &["full_text"]).or_else(|| text_at(tweet, &["text"])).unwrap_or_default();
    let mentions: Vec<(String, PersonRecord)> = tweet
        .pointer("/entities/user_mentions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|mention| {
            let id = text_at(mention, &["id_str"]).or_else(|| text_at(mention, &["id"]))?;
            let handle = text_at(mention, &["screen_name"])?;
            let name = text_at(mention, &["name"]);
            let record = account_record(&id, Some(&handle), name.as_deref());
            Some((handle.to_lowercase(), record))
        })
        .collect();
    if text.starts_with("RT @") {
        return mentions.into_iter().take(1).map(|(_, record)| record).collect();
    }
    let answered = text_at(tweet, &["in_reply_to_user_id_str"])
        .or_else(|| text_at(tweet, &["in_reply_to_user_id"]));
    let in_front: BTreeSet<String> = text
        .split_whitespace()
        .take_while(|word| word.starts_with('@'))
        .map(|word| word[1..].to_lowercase())
        .collect();
    let mut seen = BTreeSet::new();
    let mut attended = Vec::new();
    for (handle, record) in mentions {
        let is_answered = record.id.as_deref() == answered.as_deref();
        let fresh = answered.is_none() || !in_front.contains(&handle);
        if (is_answered || fresh) && seen.insert(record.id.clone()) {
            attended.push(record);
        }
    }
    if let Some(id) = answered
        && seen.insert(Some(id.to_string().into()))
    {
        let handle = text_at(tweet, &["in_reply_to_screen_name"]);
        attended.push(account_record(&id, handle.as_deref(), None));
    }
    attended
}

/// `direct-messages.js` and `direct-messages-group.js`: one row per message.
pub(super) fn messages(text: &str, owner: &Owner, reading: &mut Reading) {
    each(text, reading, |entry, reading, index| {
        let conversation = entry.get("dmConversation").unwrap_or(&Value::Null);
        let Some(messages) = conversation.get("messages").and_then(Value::as_array) else {
            reading.skip(index, "a conversation without messages");
            return;
        };
        let mut thread = Thread::default();
        for message in messages {
            for id in present(message) {
                thread.people.insert(place(reading, account_record(&id, None, None), owner));
            }
            let Some(message) = message.get("messageCreate") else { continue };
            let Some(sender) = text_at(message, &["senderId"]) else {
                reading.skip(index, "a message without sender");
                continue;
            };
            let sender = place(reading, account_record(&sender, None, None), owner);
            thread.people.insert(sender);
            reading.keep();
            let date = text_at(message, &["createdAt"])
                .and_then(|it| dates::parse(&it, DateOrder::MonthFirst));
            match text_at(message, &["recipientId"]).filter(|id| id != "0") {
                Some(recipient) => {
                    let recipient = place(reading, account_record(&recipient, None, None), owner);
                    thread.message(sender, &[recipient], date);
                }
                // Group messages name no recipient: they go to everyone who was ever there.
                None => thread.post(sender, date),
            }
        }
        thread.tie(reading);
    });
}

/// Accounts that an event of a group says are there.
fn present(event: &Value) -> Vec<String> {
    let lists = [
        event.pointer("/joinConversation/participantsSnapshot"),
        event.pointer("/participantsJoin/userIds"),
        event.pointer("/participantsLeave/userIds"),
    ];
    let ids = lists.into_iter().flatten().filter_map(Value::as_array).flatten();
    ids.filter_map(|id| text_at(id, &[]).map(std::borrow::Cow::into_owned)).collect()
}
