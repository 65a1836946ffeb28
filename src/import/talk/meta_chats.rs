//! Chats of Instagram and Facebook (`message_1.json`): one file or several per conversation.
//!
//! They tell display names, no accounts: a name is one person within its conversation only. The
//! exception is the owner, who takes part in every conversation of the export.

use std::collections::{BTreeMap, BTreeSet};

use super::super::clean::folded;
use super::super::dates;
use super::super::export::Owner;
use super::super::json::{self, Met, has_key, text_of};
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::social::list::above;
use super::super::social::meta::repaired;
use super::super::threads::Thread;
use super::people::{by_name, chat_name};
use super::times::seconds_of;

/// Folders in exports, below the export's own.
const FOLDERS: &[&str] = &[
    "your_instagram_activity",
    "your_facebook_activity",
    "your_activity_across_facebook",
    "messages",
];

/// Conversations of one export.
pub(super) struct MetaChats;

/// Conversations so far, by name.
#[derive(Default)]
struct Chats {
    threads: BTreeMap<String, Thread>,
}

impl Reader for MetaChats {
    fn name(&self) -> &'static str {
        "Instagram or Facebook chats"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let has = |key: &str, opening: char| has_key(head.text, key, &[opening]);
        head.text.trim_start().starts_with('{')
            && has("messages", '[')
            && (has("sender_name", '"') || has("participants", '['))
            && !has("guild", '{')
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let chat = chat_name(context.source);
        let mut chats: Chats = reading.recall();
        let thread = chats.threads.entry(chat.clone()).or_default();
        let place = |name: &str, reading: &mut Reading| {
            reading.person(by_name("meta", &chat, &repaired(name)))
        };
        let breaks = json::walk(text, context.watch, &mut |at, met| {
            let Met::Entry(entry) = met else { return };
            match at.key() {
                "participants" => {
                    let name = json::as_text(&entry).or_else(|| text_of(&entry, "name"));
                    if let Some(name) = name.filter(|it| !is_gone(it)) {
                        thread.people.insert(place(&name, reading));
                    }
                }
                "messages" => {
                    let Some(sender) = text_of(&entry, "sender_name").filter(|it| !is_gone(it))
                    else {
                        return reading.skip(at.line, "the sender's account is gone");
                    };
                    if text_of(&entry, "type").is_some_and(|it| it.ends_with("ubscribe")) {
                        return reading.skip(at.line, "a notice (somebody joined or left)");
                    }
                    reading.keep();
                    let sender = place(&sender, reading);
                    let date = seconds_of(&entry, "timestamp_ms").and_then(dates::day_of);
                    thread.post(sender, date);
                    for reaction in json::list_of(&entry, "reactions") {
                        if let Some(actor) = text_of(reaction, "actor").filter(|it| !is_gone(it)) {
                            let actor = place(&actor, reading);
                            thread.people.insert(actor);
                            thread.attend(actor, sender, date);
                        }
                    }
                }
                _ => {}
            }
        });
        for it in breaks {
            reading.skip(it.line, it.reason);
        }
        reading.remember(chats);
    }

    fn close(&self, owner: &mut Owner, reading: &mut Reading) {
        let chats: Chats = reading.recall();
        for person in owners(&chats, owner, reading) {
            owner.is(person, reading);
        }
        for thread in chats.threads.values() {
            thread.tie(reading);
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        let has = |word: &str| folder.to_ascii_lowercase().contains(word);
        let platform = match () {
            () if has("instagram") => "instagram",
            () if has("facebook") => "facebook",
            () => "meta",
        };
        Some((platform, above(folder, FOLDERS)))
    }

    fn together(&self) -> Option<&'static str> {
        Some(self.name())
    }
}

/// What is shown in place of a name when an account is gone.
fn is_gone(name: &str) -> bool {
    ["facebook user", "instagram user", "other user"].contains(&name.to_lowercase().as_str())
}

/// The owner as each conversation has them: who bears the name the export tells, or else the
/// only name that is in all of several conversations.
fn owners(chats: &Chats, owner: &Owner, reading: &Reading) -> Vec<u32> {
    let name_of = |person: u32| folded(&reading.people()[person as usize].name);
    let mut bearers: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for &person in chats.threads.values().flat_map(|thread| &thread.people) {
        bearers.entry(name_of(person)).or_default().insert(person);
    }
    if let Some(own) = owner.name.as_ref().and_then(|name| bearers.get(&folded(name))) {
        return own.iter().copied().collect();
    }
    let count = chats.threads.len();
    let mut everywhere = bearers.into_values().filter(|it| count > 1 && it.len() == count);
    let own = everywhere.next().filter(|_| everywhere.next().is_none());
    own.into_iter().flatten().collect()
}
