//! The X (Twitter) archive: follower and following lists, tweets, direct messages.

mod lists;
mod script;
mod talk;

pub(in crate::import) use talk::attended;

use serde_json::Value;

use super::clean::shown;
use super::export::Owner;
use super::reader::{Content, Context, Head, Reader, Whole};
use super::reading::Reading;
use super::record::{PersonKey, PersonRecord};
use crate::network::fact;
use script::text_at;

/// A member of the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Whose archive it is.
    Account,
    /// What the archive holds.
    Manifest,
    /// Who follows the owner.
    Follower,
    /// Whom the owner follows.
    Following,
    /// What the owner wrote, answered and passed on.
    Tweets,
    /// Conversations of two.
    Messages,
    /// Conversations of several.
    GroupMessages,
}

/// Readers of the members that help, in the order of asking.
pub(in crate::import) const READERS: &[&dyn Reader] = &[
    &Part::Account,
    &Part::Manifest,
    &Part::Follower,
    &Part::Following,
    &Part::Tweets,
    &Part::Messages,
    &Part::GroupMessages,
];

/// What the files of a list are called, and what the list tells.
const LISTS: [(&str, &str); 2] =
    [("follower", "who follows the owner"), ("following", "whom the owner follows")];

impl Reader for Part {
    fn name(&self) -> &'static str {
        match self {
            Self::Account => "X account",
            Self::Manifest => "X archive manifest",
            Self::Follower => "X followers",
            Self::Following => "X following",
            Self::Tweets => "X posts",
            Self::Messages => "X direct messages",
            Self::GroupMessages => "X group messages",
        }
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        Self::of(head.text) == Some(*self)
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let number = kind_and_number(text).map_or(0, |(_, number)| number);
        match self {
            Self::Account => account(text, context.owner, reading),
            Self::Manifest => manifest(text, context, reading),
            Self::Follower => {
                context.whole.parts.push(("follower", number));
                lists::read(text, context.owner, "follower", reading);
            }
            Self::Following => {
                context.whole.parts.push(("following", number));
                lists::read(text, context.owner, "following", reading);
            }
            Self::Tweets => talk::tweets(text, context.owner, reading),
            Self::Messages | Self::GroupMessages => talk::messages(text, context.owner, reading),
        }
    }

    /// The archive lies above its `data` folder.
    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        let above = folder.strip_suffix("data").map(|above| above.trim_end_matches('/'));
        Some(("x", above.unwrap_or(folder)))
    }

    /// The account first: it names the owner.
    fn reading_order(&self) -> usize {
        *self as usize
    }

    fn lacks(&self, files: &[&str], whole: &Whole) -> Vec<String> {
        if whole.parts.is_empty() {
            return Vec::new();
        }
        LISTS.iter().flat_map(|(list, meaning)| missing(list, meaning, files, whole)).collect()
    }
}

impl Part {
    fn of(text: &str) -> Option<Self> {
        if text.trim_start().starts_with("window.__THAR_CONFIG") {
            return Some(Self::Manifest);
        }
        match kind_and_number(text)?.0 {
            "account" => Some(Self::Account),
            "manifest" => Some(Self::Manifest),
            "follower" => Some(Self::Follower),
            "following" => Some(Self::Following),
            "tweet" | "tweets" => Some(Self::Tweets),
            "direct_message" | "direct_messages" => Some(Self::Messages),
            "direct_message_group" | "direct_messages_group" | "direct_message_groups" => {
                Some(Self::GroupMessages)
            }
            _ => None,
        }
    }
}

/// The kind of a script, and the number of the part it is: `window.YTD.follower.part1 = …`.
fn kind_and_number(text: &str) -> Option<(&str, u32)> {
    let (kind, rest) = text.trim_start().strip_prefix("window.YTD.")?.split_once(".part")?;
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    Some((kind, digits.parse().unwrap_or(0)))
}

/// Why a member of an archive is of no use.
pub(in crate::import) fn names_nobody(text: &str) -> Option<String> {
    let start = text.trim_start();
    if start.starts_with("var tweet_index") || start.starts_with("var payload_details") {
        return Some("the index of an old Twitter archive ties nobody to anybody".to_owned());
    }
    let (kind, _) = kind_and_number(text)?;
    Some(format!("the X archive's {kind:?} file ties nobody to anybody"))
}

/// Files of a list that the archive should hold and does not: an absent list is not an empty one.
fn missing(list: &str, meaning: &str, files: &[&str], whole: &Whole) -> Vec<String> {
    let found: Vec<u32> =
        whole.parts.iter().filter(|(name, _)| *name == list).map(|(_, number)| *number).collect();
    let Some(&highest) = found.iter().max() else {
        return vec![format!(
            "{list}.js is missing, so {meaning} is unknown (not: nobody); download the archive again"
        )];
    };
    let is_of_list = |name: &&String| {
        let stem = name.trim_end_matches(".js");
        stem == list || stem.strip_prefix(list).is_some_and(|it| it.starts_with("-part"))
    };
    let is_there = |name: &String| files.iter().any(|path| path.rsplit('/').next() == Some(name));
    let absent: Vec<String> = if whole.promised.is_empty() {
        let name =
            |part| if part == 0 { format!("{list}.js") } else { format!("{list}-part{part}.js") };
        (0..highest).filter(|part| !found.contains(part)).map(name).collect()
    } else {
        whole.promised.iter().filter(is_of_list).filter(|it| !is_there(it)).cloned().collect()
    };
    let told = |name: String| {
        format!(
            "{name} is missing, so the list of {meaning} is not complete; download the archive again"
        )
    };
    absent.into_iter().map(told).collect()
}

fn account(text: &str, owner: &mut Owner, reading: &mut Reading) {
    each(text, reading, |entry, reading, index| {
        let account = entry.get("account").unwrap_or(&Value::Null);
        let Some(id) = text_at(account, &["accountId"]) else {
            reading.skip(index, "the account has no id");
            return;
        };
        owner.learn(PersonKey::Account(format!("x:{id}").into()));
        if let Some(handle) = text_at(account, &["username"]) {
            owner.learn(handle_key(&handle));
        }
        owner.name =
            text_at(account, &["accountDisplayName"]).map(|it| shown(&it)).or(owner.name.take());
        let mut record = owner.record();
        record.id = Some(id.into_owned().into());
        if let Some(handle) = text_at(account, &["username"]) {
            record.facts.insert(fact::HANDLE, format!("@{handle}"));
        }
        reading.person(record);
        reading.keep();
    });
}

fn manifest(text: &str, context: &mut Context<'_, '_>, reading: &mut Reading) {
    let (owner, whole) = (&mut *context.owner, &mut *context.whole);
    let (json, first_line) = script::json_of(text);
    let value: Value = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => {
            reading.skip(
                first_line + error.line().saturating_sub(1),
                "the manifest is not valid JSON; missing parts cannot be noticed",
            );
            return;
        }
    };
    whole.made =
        text_at(&value, &["archiveInfo", "generationDate"]).map(std::borrow::Cow::into_owned);
    for list in ["follower", "following"] {
        let files = value.pointer(&format!("/dataTypes/{list}/files")).and_then(Value::as_array);
        for name in files.into_iter().flatten().filter_map(|file| text_at(file, &["fileName"])) {
            let name = name.rsplit('/').next().unwrap_or_default();
            whole.promised.push(name.to_owned());
        }
    }
    if let Some(id) = text_at(&value, &["userInfo", "accountId"]) {
        owner.learn(PersonKey::Account(format!("x:{id}").into()));
    }
    if let Some(handle) = text_at(&value, &["userInfo", "userName"]) {
        owner.learn(handle_key(&handle));
    }
    if owner.name.is_none() {
        owner.name = text_at(&value, &["userInfo", "displayName"]).map(|it| shown(&it));
    }
    reading.person(owner.record());
    reading.keep();
}

/// Walks the entries of a list; a broken end is accounted for as one skipped entry.
fn each(text: &str, reading: &mut Reading, mut take: impl FnMut(&Value, &mut Reading, usize)) {
    let mut index = 0;
    let result = script::each_entry(text, &mut |entry| {
        index += 1;
        take(&entry, reading, index);
    });
    if let Err((line, cause)) = result {
        reading.skip(line, format!("{cause}; {index} entries before it were read"));
    } else if index == 0 {
        reading.note(0, "the list is there and empty");
    }
}

/// An account by number and, where known, account name and display name.
pub(in crate::import) fn account_record(
    id: &str,
    handle: Option<&str>,
    name: Option<&str>,
) -> PersonRecord {
    let mut record = PersonRecord {
        id: Some(id.to_owned().into()),
        name: name.map(shown).unwrap_or_default().into(),
        keys: PersonKey::Account(format!("x:{id}").into()).into(),
        ..PersonRecord::default()
    };
    if let Some(handle) = handle {
        let handle = shown(handle.trim_start_matches('@'));
        record.facts.insert(fact::HANDLE, format!("@{handle}"));
        record.keys.push(handle_key(&handle));
    }
    record
}

fn handle_key(handle: &str) -> PersonKey {
    PersonKey::Handle(format!("x:{}", handle.trim_start_matches('@').to_lowercase()).into())
}

/// The position of an account that may be the owner's.
fn place(reading: &mut Reading, record: PersonRecord, owner: &Owner) -> u32 {
    if record.keys.iter().any(|key| owner.keys.contains(key)) {
        let mut own = owner.record();
        own.id = record.id;
        own.facts = record.facts;
        return reading.person(own);
    }
    reading.person(record)
}
