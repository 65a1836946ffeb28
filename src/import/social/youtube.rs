//! YouTube subscriptions from Takeout: a table whose header is in the language of the account,
//! before 2021 a JSON list. Whom the owner watches is known, who watches the owner is not.

use serde_json::Value;

use super::super::clean::shown;
use super::super::dates::{self, DateOrder};
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::{PersonKey, PersonRecord};
use super::super::table::{DELIMITERS, Layout, split_line};
use super::json::{self, Met};
use super::list::{List, Star, above, close};
use crate::network::fact;

const PLATFORM: &str = "youtube";

/// A channel by its id: `UC` and 22 letters, digits, hyphens and underscores.
fn channel(id: &str, title: &str) -> Option<PersonRecord> {
    let id = id.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !(id.starts_with("UC") && id.len() == 24 && id.bytes().all(plain)) {
        return None;
    }
    let mut record = PersonRecord {
        id: Some(id.to_owned().into()),
        name: shown(title).into(),
        keys: PersonKey::Account(format!("{PLATFORM}:{id}").into()).into(),
        ..PersonRecord::default()
    };
    record.facts.insert(fact::PROFILE, format!("https://www.youtube.com/channel/{id}"));
    Some(record)
}

/// `subscriptions.csv`: id, address and title, under headers in any language.
pub(super) struct Table;

impl Table {
    /// The header, where the row below it holds a channel or the header is the English one.
    fn layout(text: &str) -> Option<Layout> {
        let is_channel = |line: &str| {
            let by = |&delimiter: &u8| {
                let cells = split_line(line, delimiter);
                cells.len() >= 3 && channel(&cells[0], "").is_some()
            };
            DELIMITERS.iter().any(by)
        };
        let second = text.lines().filter(|line| !line.trim().is_empty()).nth(1);
        let has_channel = second.is_some_and(is_channel);
        let score = |keys: &[String]| {
            let is_english = keys.first().is_some_and(|it| it == "channelid");
            if keys.len() >= 3 && (has_channel || is_english) { keys.len() } else { 0 }
        };
        let known = has_channel || text.trim_start().to_lowercase().starts_with("channel id");
        Layout::find(text, score).filter(|_| known)
    }
}

impl Reader for Table {
    fn name(&self) -> &'static str {
        "YouTube subscriptions"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        Self::layout(head.text).is_some()
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut star = Star::of(context.owner, List::Following, reading);
        let Some(layout) = Self::layout(text) else { return };
        let mut rows = layout.rows(text);
        while let Some(row) = rows.next() {
            match channel(row.cell(Some(0)), row.cell(Some(2))) {
                Some(record) => star.add(row.line, record, None, reading),
                None if row.is_blank() => {}
                None => reading.skip(row.line, "no channel id"),
            }
        }
        rows.tell_end(reading);
        if reading.rows() == 0 {
            reading.note(0, "the list is there and empty");
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some((PLATFORM, above(folder, &["Takeout"])))
    }
}

/// `subscriptions.json`.
pub(super) struct List2020;

impl Reader for List2020 {
    fn name(&self) -> &'static str {
        "YouTube subscriptions"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        json::is_json(head.text) && head.text.contains("youtube#subscription")
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut star = Star::of(context.owner, List::Following, reading);
        let mut lists = 0;
        let breaks = json::walk_pages(&["items"], text, context.watch, &mut |at, met| match met {
            Met::Begin if at.path.is_empty() || at.key() == "items" => lists += 1,
            Met::Entry(entry) => {
                let at_path = |path: &str| entry.pointer(path).and_then(Value::as_str);
                let title = at_path("/snippet/title").unwrap_or_default();
                let id = at_path("/snippet/resourceId/channelId").unwrap_or_default();
                let date = at_path("/snippet/publishedAt")
                    .and_then(|it| dates::parse(it, DateOrder::MonthFirst));
                match channel(id, title) {
                    Some(record) => star.add(at.line, record, date, reading),
                    None => reading.skip(at.line, "no channel id"),
                }
            }
            _ => {}
        });
        close(lists, breaks, reading);
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some((PLATFORM, above(folder, &["Takeout"])))
    }
}
