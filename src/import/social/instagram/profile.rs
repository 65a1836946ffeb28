//! Who the owner is.

use serde_json::Value;

use super::super::super::reader::{Content, Context, Head, Reader};
use super::super::super::reading::Reading;
use super::super::json::{self, Met};
use super::super::list::{above, stem};
use super::super::meta::{self, repaired};
use super::{FOLDERS, account_name, name_owner};
use crate::network::fact;

/// `personal_information.json`, until 2020 `profile.json`: who the owner is. Labels are in the
/// language of the account.
pub(in crate::import::social) struct Profile;

impl Reader for Profile {
    fn name(&self) -> &'static str {
        "Instagram profile"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let old = stem(head.path) == "profile" && json::has_key(head.text, "username", &['"']);
        json::is_json(head.text)
            && (old
                || (json::first_key(head.text) == Some("profile_user")
                    && head.text.contains("string_map_data")))
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut facts = Vec::new();
        let breaks = json::walk(text, context.watch, &mut |at, met| match met {
            Met::Entry(entry) => {
                let map = entry.get("string_map_data").and_then(Value::as_object);
                for (label, datum) in map.into_iter().flatten() {
                    if let Some(value) = json::text_of(datum, "value") {
                        facts.push((repaired(label), repaired(&value)));
                    }
                }
            }
            Met::Member(Value::String(value)) => {
                facts.push((at.key().to_owned(), repaired(&value)));
            }
            _ => {}
        });
        let of = |label: &str| {
            facts.iter().find(|(it, _)| it.eq_ignore_ascii_case(label)).map(|(_, it)| it.clone())
        };
        let mut account = facts
            .iter()
            .find(|(label, _)| meta::is_user_name_label(label))
            .and_then(|(_, it)| account_name(it));
        if account.is_none()
            && let [(_, only)] = facts.as_slice()
        {
            account = account_name(only);
        }
        match account {
            Some(account) => {
                name_owner(context.owner, &account, of("Name"));
                let mut record = context.owner.record();
                record.facts.insert(fact::HANDLE, format!("@{account}"));
                record.id = Some(account.into());
                reading.person(record);
                reading.keep();
            }
            None => reading.skip(1, "the profile names no account"),
        }
        for broken in breaks {
            reading.warn(broken.line, broken.reason);
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("instagram", above(folder, FOLDERS)))
    }

    fn reading_order(&self) -> usize {
        0
    }
}
