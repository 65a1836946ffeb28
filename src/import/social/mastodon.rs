//! Mastodon: whom the owner follows, and the owner's lists. There is no export of followers;
//! those come as pages of the interface (see [`super::accounts`]).

use std::collections::HashMap;

use super::super::clean::shown;
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::PersonRecord;
use super::super::table::Layout;
use super::list::{List, Star, account, fill, stem};
use crate::network::{Text, fact};

const PLATFORM: &str = "mastodon";

/// An address as `user@host`, or `user` of the owner's own server.
struct Address<'t> {
    user: &'t str,
    host: Option<&'t str>,
}

impl<'t> Address<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let text = text.trim().trim_start_matches("acct:").trim_start_matches('@');
        let (user, host) = match text.split_once('@') {
            Some((user, host)) => (user, Some(host)),
            None => (text, None),
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        // Hosts may be written in any script.
        let is_host = |host: &str| {
            host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || ".-:".contains(c))
        };
        let fits = !user.is_empty() && user.chars().all(plain) && host.is_none_or(is_host);
        fits.then_some(Self { user, host })
    }

    /// Which server a bare name belongs to is not said, so it is no key.
    fn record(&self) -> PersonRecord {
        let Some(host) = self.host else {
            let mut record =
                PersonRecord { id: Some(self.user.to_owned().into()), ..Default::default() };
            record.facts.insert(fact::HANDLE, format!("@{}", self.user));
            return record;
        };
        let mut record = account(PLATFORM, &format!("{}@{host}", self.user));
        if host.is_ascii() {
            record.facts.insert(fact::PROFILE, format!("https://{host}/@{}", self.user));
        }
        record
    }
}

/// Account address of another person, from a page of the interface.
pub(super) fn record_of(address: &str) -> Option<PersonRecord> {
    Address::of(address).map(|it| it.record())
}

/// `following_accounts.csv` of every age; muted and blocked accounts, which are named only.
pub(super) struct Accounts;

impl Accounts {
    fn layout(text: &str, path: &str) -> Option<Layout> {
        let header = |keys: &[String]| {
            if keys.first().is_some_and(|it| it == "accountaddress") { keys.len() } else { 0 }
        };
        Layout::find(text, header).or_else(|| {
            // The oldest exports are bare addresses, which look like those of mail.
            let named = ["following_accounts", "follow", "blocked_accounts", "muted_accounts"];
            let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
            let is_named = named.iter().any(|it| stem(path) == *it);
            let is_address = |line: &str| {
                Address::of(line).is_some_and(|it| it.host.is_some())
                    && (is_named || line.starts_with('@'))
            };
            let bare = lines().next().is_some() && lines().take(20).all(is_address);
            bare.then(|| Layout::without_header(text, b','))
        })
    }

    fn list(layout: &Layout, path: &str) -> List {
        let stem = stem(path);
        if layout.column(&["hidenotifications"]).is_some() || stem.contains("muted") {
            List::Aside("muted")
        } else if stem.contains("blocked") {
            List::Aside("blocked")
        } else {
            List::Following
        }
    }
}

impl Reader for Accounts {
    fn name(&self) -> &'static str {
        "Mastodon following"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        Self::layout(head.text, head.path).is_some()
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let Some(layout) = Self::layout(text, context.path) else { return };
        let list = Self::list(&layout, context.path);
        if list != List::Following {
            reading.format = Some("Mastodon muted or blocked accounts");
        }
        let mut star = Star::of(context.owner, list, reading);
        let mut rows = layout.rows(text);
        let mut local = 0;
        while let Some(row) = rows.next() {
            match Address::of(row.cell(Some(0))) {
                Some(address) => {
                    local += usize::from(address.host.is_none());
                    star.add(row.line, address.record(), None, reading);
                }
                None if row.is_blank() => {}
                None => reading.skip(row.line, "no account address"),
            }
        }
        rows.tell_end(reading);
        if local > 0 {
            reading.note(
                0,
                format!(
                    "{local} accounts are on the owner's own server, which the file does not name"
                ),
            );
        }
        if reading.rows() == 0 {
            reading.note(0, "the list is there and empty");
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some((PLATFORM, folder))
    }
}

/// `lists.csv`: a list's name and an account in it. Whom the owner put on a list, they follow.
pub(super) struct Lists;

impl Reader for Lists {
    fn name(&self) -> &'static str {
        "Mastodon lists"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let mut rows = Layout::without_header(head.text, b',').rows(head.text);
        let (mut good, mut bad) = (0, 0);
        while let Some(row) = rows.next().filter(|_| good + bad < 20) {
            let fits = row.len() == 2 && Address::of(row.cell(Some(1))).is_some();
            *if fits { &mut good } else { &mut bad } += 1;
        }
        stem(head.path) == "lists" && good > 0 && bad <= 1
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut on_lists: Vec<(usize, PersonRecord, String)> = Vec::new();
        let mut place_of: HashMap<Option<Text>, usize> = HashMap::new();
        let mut rows = Layout::without_header(text, b',').rows(text);
        while let Some(row) = rows.next() {
            let Some(record) = record_of(row.cell(Some(1))) else {
                reading.skip(row.line, "no account address");
                continue;
            };
            let list = shown(row.cell(Some(0)));
            if let Some(&at) = place_of.get(&record.id) {
                let (_, _, lists) = &mut on_lists[at];
                *lists = format!("{lists}; {list}");
                reading.keep();
            } else {
                place_of.insert(record.id.clone(), on_lists.len());
                on_lists.push((row.line, record, list));
            }
        }
        let mut star = Star::of(context.owner, List::Following, reading);
        for (line, mut record, lists) in on_lists {
            fill(&mut record, fact::TAGS, &lists);
            star.add(line, record, None, reading);
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some((PLATFORM, folder))
    }
}
