//! Reddit's data request: `friends.csv`, whom the owner made a friend. Made by one side only, so
//! it is a follow.

use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::table::Layout;
use super::list::{List, Star, account, stem};

/// The list of friends.
pub(super) struct Friends;

impl Friends {
    fn layout(text: &str) -> Option<Layout> {
        Layout::find(text, |keys| {
            let others = ["note", "date", "createdat", "datecreated"];
            let is_name = keys.first().is_some_and(|it| it == "username");
            let known = is_name && keys[1..].iter().all(|it| others.contains(&it.as_str()));
            if known { keys.len() } else { 0 }
        })
    }
}

impl Reader for Friends {
    fn name(&self) -> &'static str {
        "Reddit friends"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        stem(head.path) == "friends" && Self::layout(head.text).is_some()
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let Some(layout) = Self::layout(text) else { return };
        let mut star = Star::of(context.owner, List::Following, reading);
        let mut rows = layout.rows(text);
        while let Some(row) = rows.next() {
            match row.cell(Some(0)) {
                "" if row.is_blank() => {}
                "" | "[deleted]" => reading.skip(row.line, "no account name (deleted)"),
                name => star.add(row.line, account("reddit", name), None, reading),
            }
        }
        rows.tell_end(reading);
        if reading.rows() == 0 {
            reading.note(0, "the list is there and empty");
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("reddit", folder))
    }
}
