//! The X (Twitter) archive: follower and following lists, tweets, direct messages.

mod lists;
mod script;
mod talk;

pub(in crate::import) use talk::attended;

use serde_json::Value;

use super::clean::shown;
use super::export::Owner;
use super::reading::Reading;
use super::record::{PersonKey, PersonRecord};
use crate::network::fact;
use script::text_at;

/// A member of the archive; lists may come in numbered parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) enum Part {
    /// Whose archive it is.
    Account,
    /// What the archive holds.
    Manifest,
    /// Who follows the owner.
    Follower(u32),
    /// Whom the owner follows.
    Following(u32),
    /// What the owner wrote, answered and passed on.
    Tweets(u32),
    /// Conversations of two.
    Messages(u32),
    /// Conversations of several.
    GroupMessages(u32),
}

impl Part {
    /// Name of the format, as shown.
    pub fn format_name(self) -> &'static str {
        match self {
            Self::Account => "X account",
            Self::Manifest => "X archive manifest",
            Self::Follower(_) => "X followers",
            Self::Following(_) => "X following",
            Self::Tweets(_) => "X posts",
            Self::Messages(_) => "X direct messages",
            Self::GroupMessages(_) => "X group messages",
        }
    }

    /// The account first: it names the owner.
    pub fn reading_order(self) -> usize {
        match self {
            Self::Account => 0,
            Self::Manifest => 1,
            Self::Follower(part) => 100 + part as usize,
            Self::Following(part) => 10_000 + part as usize,
            Self::Tweets(_) | Self::Messages(_) | Self::GroupMessages(_) => 1_000_000,
        }
    }
}

/// What the archive says about itself.
#[derive(Default)]
pub(in crate::import) struct Manifest {
    /// When it was made, as written (ISO, so that texts compare as times).
    pub made: Option<String>,
    /// Names of the follower and following files it should hold.
    promised: Vec<String>,
}

/// Which member a script is; `None` for other texts, `Err` for a member that cannot help.
pub(in crate::import) fn recognise(text: &str) -> Option<Result<Part, String>> {
    let start = text.trim_start();
    if start.starts_with("window.__THAR_CONFIG") {
        return Some(Ok(Part::Manifest));
    }
    if start.starts_with("var tweet_index") || start.starts_with("var payload_details") {
        return Some(Err("the index of an old Twitter archive ties nobody to anybody".to_owned()));
    }
    let rest = start.strip_prefix("window.YTD.")?;
    let (kind, rest) = rest.split_once(".part")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let number = digits.parse().unwrap_or(0);
    Some(match kind {
        "account" => Ok(Part::Account),
        "manifest" => Ok(Part::Manifest),
        "follower" => Ok(Part::Follower(number)),
        "following" => Ok(Part::Following(number)),
        "tweet" | "tweets" => Ok(Part::Tweets(number)),
        "direct_message" | "direct_messages" => Ok(Part::Messages(number)),
        "direct_message_group" | "direct_messages_group" | "direct_message_groups" => {
            Ok(Part::GroupMessages(number))
        }
        other => Err(format!("the X archive's {other:?} file ties nobody to anybody")),
    })
}

/// The folder of the archive, above its `data` folder.
pub(in crate::import) fn root(folder: &str) -> &str {
    folder.strip_suffix("data").map_or(folder, |above| above.trim_end_matches('/'))
}

/// Reads one member and learns about the owner and the archive on the way.
pub(in crate::import) fn read(
    part: Part,
    text: &str,
    owner: &mut Owner,
    manifest: &mut Manifest,
) -> Reading {
    match part {
        Part::Account => account(text, owner),
        Part::Manifest => read_manifest(text, owner, manifest),
        Part::Follower(_) => lists::read(text, owner, "follower"),
        Part::Following(_) => lists::read(text, owner, "following"),
        Part::Tweets(_) => talk::tweets(text, owner),
        Part::Messages(_) | Part::GroupMessages(_) => talk::messages(text, owner),
    }
}

/// Lists that the archive should hold and does not: an absent list is not an empty one.
pub(in crate::import) fn missing(
    parts: &[Part],
    files: &[&str],
    manifest: &Manifest,
) -> Vec<String> {
    let mut complaints = Vec::new();
    let numbers =
        |wanted: fn(&Part) -> Option<u32>| parts.iter().filter_map(wanted).collect::<Vec<_>>();
    let followers = numbers(|it| if let Part::Follower(part) = it { Some(*part) } else { None });
    let following = numbers(|it| if let Part::Following(part) = it { Some(*part) } else { None });
    if followers.is_empty() && following.is_empty() {
        return complaints;
    }
    for (list, found, meaning) in [
        ("follower", followers, "who follows the owner"),
        ("following", following, "whom the owner follows"),
    ] {
        if found.is_empty() {
            complaints.push(format!("{list}.js is missing, so {meaning} is unknown (not: nobody); download the archive again"));
            continue;
        }
        let last = found.iter().copied().max().unwrap_or(0);
        let promised = manifest.promised.iter().filter(|name| {
            let stem = name.trim_end_matches(".js");
            stem == list || stem.strip_prefix(list).is_some_and(|it| it.starts_with("-part"))
        });
        let mut absent: Vec<String> =
            promised.filter(|name| !files.contains(&name.as_str())).cloned().collect();
        if manifest.promised.is_empty() {
            absent.extend((0..last).filter(|part| !found.contains(part)).map(|part| {
                if part == 0 { format!("{list}.js") } else { format!("{list}-part{part}.js") }
            }));
        }
        for name in absent {
            complaints.push(format!("{name} is missing, so the list of {meaning} is not complete; download the archive again"));
        }
    }
    complaints
}

fn account(text: &str, owner: &mut Owner) -> Reading {
    let mut reading = Reading::default();
    each(text, &mut reading, |entry, reading, index| {
        let account = entry.get("account").unwrap_or(&Value::Null);
        let Some(id) = text_at(account, &["accountId"]) else {
            reading.skip(index, "the account has no id");
            return;
        };
        owner.learn(PersonKey::Account(format!("x:{id}")));
        if let Some(handle) = text_at(account, &["username"]) {
            owner.learn(handle_key(&handle));
        }
        owner.name =
            text_at(account, &["accountDisplayName"]).map(|it| shown(&it)).or(owner.name.take());
        let mut record = owner.record();
        record.id = Some(id.into_owned());
        if let Some(handle) = text_at(account, &["username"]) {
            record.facts.insert(fact::HANDLE, format!("@{handle}"));
        }
        reading.person(record);
        reading.keep();
    });
    reading
}

fn read_manifest(text: &str, owner: &mut Owner, manifest: &mut Manifest) -> Reading {
    let mut reading = Reading::default();
    let (json, first_line) = script::json_of(text);
    let value: Value = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => {
            reading.skip(
                first_line + error.line().saturating_sub(1),
                "the manifest is not valid JSON; missing parts cannot be noticed",
            );
            return reading;
        }
    };
    manifest.made =
        text_at(&value, &["archiveInfo", "generationDate"]).map(std::borrow::Cow::into_owned);
    for list in ["follower", "following"] {
        let files = value.pointer(&format!("/dataTypes/{list}/files")).and_then(Value::as_array);
        for name in files.into_iter().flatten().filter_map(|file| text_at(file, &["fileName"])) {
            let name = name.rsplit('/').next().unwrap_or_default();
            manifest.promised.push(name.to_owned());
        }
    }
    if let Some(id) = text_at(&value, &["userInfo", "accountId"]) {
        owner.learn(PersonKey::Account(format!("x:{id}")));
    }
    if let Some(handle) = text_at(&value, &["userInfo", "userName"]) {
        owner.learn(handle_key(&handle));
    }
    if owner.name.is_none() {
        owner.name = text_at(&value, &["userInfo", "displayName"]).map(|it| shown(&it));
    }
    reading.person(owner.record());
    reading.keep();
    reading
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
        id: Some(id.to_owned()),
        name: name.map(shown).unwrap_or_default(),
        keys: vec![PersonKey::Account(format!("x:{id}"))],
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
    PersonKey::Handle(format!("x:{}", handle.trim_start_matches('@').to_lowercase()))
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
