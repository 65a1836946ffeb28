//! The Twitter archive until 2018: posts, and no list of who follows whom. A script of posts for
//! every month, and one table of all posts.

use super::super::clean::shown;
use super::super::dates::{self, DateOrder};
use super::super::export::Owner;
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::{Direction, PersonKey, PersonRecord, TieRecord};
use super::super::rows::Row;
use super::super::table::Layout;
use super::super::x;
use super::json::{self, Met};
use super::list::{above, account, handle_key};
use super::x_pages::Posts;
use crate::network::{Channel, EvidenceKind};

const LISTS_ARE_MISSING: &str = "an old Twitter archive (before 2019) holds posts only, no \
    follower lists; ask X for a new archive under Settings, Your account";

/// What all posts of one archive make together.
const TOGETHER: &str = "Twitter posts until 2018";

fn root(folder: &str) -> &str {
    above(folder, &["data"])
}

/// `data/js/user_details.js`: who the owner is.
pub(super) struct Details;

impl Reader for Details {
    fn name(&self) -> &'static str {
        "Twitter account"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        head.text.trim_start().starts_with("var user_details")
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let breaks = json::walk(after_sign(text), context.watch, &mut |at, met| {
            let Met::Member(value) = met else { return };
            let Some(value) = json::as_text(&value) else { return };
            match at.key() {
                "id" => context.owner.learn(PersonKey::Account(format!("x:{value}").into())),
                "screen_name" => context.owner.learn(handle_key("x", &value)),
                "full_name" => context.owner.name = Some(shown(&value)),
                _ => {}
            }
        });
        for broken in breaks {
            reading.skip(broken.line, broken.reason);
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("x", root(folder)))
    }

    fn reading_order(&self) -> usize {
        0
    }

    fn together(&self) -> Option<&'static str> {
        Some(TOGETHER)
    }

    fn close(&self, _: &mut Owner, reading: &mut Reading) {
        reading.warn(0, LISTS_ARE_MISSING);
    }
}

/// The JSON behind `var name =`, on the line on which it stands.
fn after_sign(text: &str) -> &str {
    text.split_once('=').map_or(text, |(_, json)| json.trim_end().trim_end_matches(';'))
}

/// `data/js/tweets/2014_01.js`.
pub(super) struct Month;

impl Reader for Month {
    fn name(&self) -> &'static str {
        TOGETHER
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        head.text.trim_start().starts_with("Grailbird.data.tweets")
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut posts = Posts::default();
        let breaks = json::walk(after_sign(text), context.watch, &mut |at, met| {
            let Met::Entry(entry) = met else { return };
            if posts.add(&entry, reading) {
                reading.keep();
            } else {
                reading.skip(at.line, "a post whose author is not told");
            }
        });
        posts.finish(reading);
        mark_owner(context.owner, reading);
        let read = reading.rows();
        for broken in breaks {
            reading
                .skip(broken.line, format!("{}; {read} posts before it were read", broken.reason));
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("x", root(folder)))
    }

    fn reading_order(&self) -> usize {
        1
    }

    fn together(&self) -> Option<&'static str> {
        Some(TOGETHER)
    }

    fn close(&self, _: &mut Owner, reading: &mut Reading) {
        reading.warn(0, LISTS_ARE_MISSING);
    }
}

/// The author whose keys the owner has.
fn mark_owner(owner: &Owner, reading: &mut Reading) {
    if let Some(own) = owner.keys.iter().find_map(|key| reading.find(key)) {
        reading.complete(own, owner.record());
    }
}

/// `tweets.csv`, read where there are no scripts: it holds the same posts and tells fewer names.
pub(super) struct Table;

impl Table {
    fn layout(text: &str) -> Option<Layout> {
        Layout::find(text, |keys| {
            let has = |name: &str| keys.iter().any(|key| key == name);
            if has("tweetid") && has("inreplytostatusid") { keys.len() } else { 0 }
        })
    }
}

impl Reader for Table {
    fn name(&self) -> &'static str {
        TOGETHER
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        Self::layout(head.text).is_some()
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let Some(layout) = Self::layout(text) else { return };
        if reading.rows() > 0 {
            reading.note(0, "these are the posts that were read from data/js already");
            return;
        }
        let column = |name: &str| layout.column(&[name]);
        let (answered, passed_on) = (column("inreplytouserid"), column("retweetedstatususerid"));
        let (text_column, written) = (column("text"), column("timestamp"));
        let mut rows = layout.rows(text);
        while let Some(row) = rows.next() {
            if row.is_blank() {
                continue;
            }
            reading.keep();
            let date = dates::parse(row.cell(written), DateOrder::MonthFirst);
            for record in attended(row, answered, passed_on, row.cell(text_column)) {
                let own = reading.person(context.owner.record());
                let other = reading.person(record);
                if own != other {
                    let mut tie =
                        TieRecord::new(own, other, Direction::Attention, EvidenceKind::Mention);
                    tie.channel = Some(Channel::Online);
                    tie.last_seen = date;
                    reading.trace(tie);
                }
            }
        }
        rows.tell_end(reading);
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("x", root(folder)))
    }

    fn together(&self) -> Option<&'static str> {
        Some(TOGETHER)
    }

    fn close(&self, _: &mut Owner, reading: &mut Reading) {
        reading.warn(0, LISTS_ARE_MISSING);
    }
}

/// Whom a post attends to: the author it passes on, else the one it answers and those it
/// mentions. The name in front belongs to the number beside it.
fn attended(
    row: Row<'_>,
    answered: Option<usize>,
    passed_on: Option<usize>,
    text: &str,
) -> Vec<PersonRecord> {
    let mut names = mentioned(text);
    let by_number = |id: &str, handle: Option<&str>| x::account_record(id, handle, None);
    if !row.cell(passed_on).is_empty() || text.starts_with("RT @") {
        let author = names.next();
        return match row.cell(passed_on) {
            "" => author.map(|it| account("x", it)).into_iter().collect(),
            id => vec![by_number(id, author)],
        };
    }
    let mut attended = Vec::new();
    if !row.cell(answered).is_empty() {
        let handle = if text.starts_with('@') { names.next() } else { None };
        attended.push(by_number(row.cell(answered), handle));
    }
    attended.extend(names.map(|it| account("x", it)));
    attended
}

/// Account names behind an `@` that is not that of a mail address.
fn mentioned(text: &str) -> impl Iterator<Item = &str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices('@').filter_map(move |(at, _)| {
        let after = &text[at + 1..];
        let name = &after[..after.find(|c| !plain(c)).unwrap_or(after.len())];
        let is_mail = text[..at].ends_with(|c: char| c.is_alphanumeric());
        (!is_mail && (1..=15).contains(&name.len())).then_some(name)
    })
}
