//! People in chats: by account number where the export gives one, otherwise by their name in
//! that one chat. A name is never taken for the same person in another chat.

use super::super::clean::{phone, shown};
use super::super::record::{PersonKey, PersonRecord};
use crate::network::fact;

/// Somebody with an account number.
pub(super) fn account(platform: &str, id: &str, name: &str) -> PersonRecord {
    PersonRecord {
        id: Some(id.to_owned().into()),
        name: shown(name).into(),
        keys: PersonKey::Account(format!("{platform}:{id}").into()).into(),
        ..PersonRecord::default()
    }
}

/// Somebody of whom a chat gives the name only. A telephone number in place of a name is a key.
pub(super) fn by_name(platform: &str, chat: &str, name: &str) -> PersonRecord {
    let name = shown(name);
    let mut record = PersonRecord { name: name.into(), ..PersonRecord::default() };
    if let Some(number) = phone(&record.name).filter(|it| it.starts_with('+')) {
        record.facts.insert(fact::PHONE, &number);
        record.keys.push(PersonKey::Phone(number.into()));
    } else {
        let key = format!("{platform}:{chat}/{}", record.name.to_lowercase());
        record.keys.push(PersonKey::Account(key.into()));
    }
    record
}

/// What tells a chat from the others of its kind: the name of its file, or of the folder or zip
/// around it where every chat's file is called the same (`_chat.txt`, `message_1.json`).
pub(super) fn chat_name(source: &str) -> String {
    const USUAL: &[&str] = &["_chat", "chat", "message", "messages", "result", "data", "index"];
    let without_ending = |part: &str| shown(part.rsplit_once('.').map_or(part, |(stem, _)| stem));
    let mut parts = source.rsplit(['/', '\\', '!']).filter(|it| !it.is_empty());
    let own = without_ending(parts.next().unwrap_or_default());
    // Browsers add ` (1)`; `_1` is the part of a long chat.
    let digits = |c: char| c.is_ascii_digit();
    let copy = own.strip_suffix(')').and_then(|it| it.trim_end_matches(digits).strip_suffix(" ("));
    let own = copy.unwrap_or(&own);
    let usual = own.trim_end_matches(digits).trim_end_matches('_').to_lowercase();
    match parts.next() {
        Some(around) if USUAL.contains(&usual.as_str()) => {
            shown(around.strip_suffix(".zip").unwrap_or(around))
        }
        _ => own.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_is_named_after_its_file_or_what_is_around_it() {
        for (source, expected) in [
            ("/home/x/WhatsApp Chat with Ana (1).txt", "WhatsApp Chat with Ana"),
            ("/home/x/WhatsApp Chat - Ana.zip!_chat.txt", "WhatsApp Chat - Ana"),
            ("x.zip!messages/inbox/ana_42a/message_1.json", "ana_42a"),
            ("message_1.json", "message_1"),
            ("C:\\chats\\Family\\chat.md", "Family"),
            ("x.zip!messages/inbox/ana_43/message_1.json", "ana_43"),
            ("2015-06.txt", "2015-06"),
        ] {
            assert_eq!(chat_name(source), expected, "{source}");
        }
    }

    #[test]
    fn a_number_is_a_key_everywhere_and_a_name_in_its_chat_only() {
        let key = |chat, name| by_name("whatsapp", chat, name).keys[0].clone();
        assert_eq!(
            key("a", "+44 20 7946 0958"),
            PersonKey::Phone("+442079460958".to_owned().into())
        );
        assert_eq!(key("a", " Ana "), key("a", "ana"));
        assert_ne!(key("a", "Ana"), key("b", "Ana"));
    }
}
