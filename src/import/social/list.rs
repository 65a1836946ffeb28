//! What a list in an export says about the people in it.

use std::collections::HashSet;

use jiff::civil::Date;

use super::super::clean::shown;
use super::super::export::Owner;
use super::super::reading::Reading;
use super::super::record::{Direction, PersonKey, PersonRecord, TieRecord};
use super::json::Break;
use crate::network::{Channel, EvidenceKind, fact};

/// How the people in a list are tied to its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// They follow the owner.
    Followers,
    /// The owner follows them.
    Following,
    /// Both agreed to be friends.
    Friends,
    /// The owner chose them as close.
    CloseFriends,
    /// The list names them and ties nobody: blocked, requested, removed.
    Aside(&'static str),
}

/// The column that says in which list without ties somebody stands.
pub(super) const LISTED_AS: &str = "listed as";

/// The owner of a list and everyone in it.
pub(super) struct Star {
    own: u32,
    list: List,
    seen: HashSet<u32>,
}

impl Star {
    pub(super) fn of(owner: &Owner, list: List, reading: &mut Reading) -> Self {
        Self::around(owner.record(), list, reading)
    }

    /// The list of somebody who is not the owner of the file.
    pub(super) fn around(centre: PersonRecord, list: List, reading: &mut Reading) -> Self {
        Self { own: reading.person(centre), list, seen: HashSet::new() }
    }

    /// Adds the person of a row, tied as the list says, and accounts for the row.
    pub(super) fn add(
        &mut self,
        line: usize,
        mut record: PersonRecord,
        date: Option<Date>,
        reading: &mut Reading,
    ) {
        if let List::Aside(label) = self.list {
            record.facts.insert(LISTED_AS, label);
        }
        let who = shown_as(&record).to_owned();
        let person = reading.person(record);
        if person == self.own {
            reading.skip(line, "the owner stands in their own list");
        } else if !self.seen.insert(person) {
            reading.skip(line, format!("{who} is listed twice"));
        } else {
            if let Some(mut tie) = tie(self.own, person, self.list) {
                tie.last_seen = date;
                reading.trace(tie);
            }
            reading.keep();
        }
    }
}

fn shown_as(record: &PersonRecord) -> &str {
    record.id.as_deref().unwrap_or(&record.name)
}

/// The tie between the owner of a list and somebody in it.
pub(super) fn tie(own: u32, other: u32, list: List) -> Option<TieRecord> {
    let (from, to, direction, kind) = match list {
        List::Followers => (other, own, Direction::Attention, EvidenceKind::Follow),
        List::Following => (own, other, Direction::Attention, EvidenceKind::Follow),
        List::Friends => (own, other, Direction::Mutual, EvidenceKind::Contact),
        List::CloseFriends => (own, other, Direction::Attention, EvidenceKind::CloseFriend),
        List::Aside(_) => return None,
    };
    let mut tie = TieRecord::new(from, to, direction, kind);
    tie.channel = Some(Channel::Online);
    Some(tie)
}

/// An account by its name on a platform; letter case does not matter.
pub(super) fn account(platform: &str, handle: &str) -> PersonRecord {
    let handle = shown(handle.trim().trim_start_matches('@'));
    let mut record =
        PersonRecord { keys: handle_key(platform, &handle).into(), ..PersonRecord::default() };
    record.facts.insert(fact::HANDLE, format!("@{handle}"));
    if let Some(address) = address(platform, &handle) {
        record.facts.insert(fact::PROFILE, address);
    }
    record.id = Some(handle.into());
    record
}

pub(super) fn handle_key(platform: &str, handle: &str) -> PersonKey {
    let handle = handle.trim().trim_start_matches('@').to_lowercase();
    PersonKey::Handle(format!("{platform}:{handle}").into())
}

/// The address of an account, made from its name alone: links in a file may lead anywhere.
fn address(platform: &str, handle: &str) -> Option<String> {
    if !handle.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'_' | b'-')) {
        return None;
    }
    let start = match platform {
        "instagram" => "https://www.instagram.com/",
        "threads" => "https://www.threads.com/@",
        "tiktok" => "https://www.tiktok.com/@",
        "x" => "https://x.com/",
        "github" => "https://github.com/",
        "bluesky" => "https://bsky.app/profile/",
        "reddit" => "https://www.reddit.com/user/",
        _ => return None,
    };
    Some(format!("{start}{handle}"))
}

/// Adds what is known to a record; blank values are left out.
pub(super) fn fill(record: &mut PersonRecord, column: &str, value: &str) {
    let value = shown(value);
    if !value.is_empty() {
        record.facts.add(column, &value);
    }
}

/// Says what became of a file: broken, without a list, or with an empty one.
pub(super) fn close(lists: usize, breaks: Vec<Break>, reading: &mut Reading) {
    if breaks.is_empty() && lists == 0 {
        reading.skip(1, "there is no list of accounts in this file; download the export again");
    } else if breaks.is_empty() && reading.rows() == 0 {
        reading.note(0, "the list is there and empty");
    }
    let read = reading.rows();
    for broken in breaks {
        reading.skip(broken.line, format!("{}; {read} rows before it were read", broken.reason));
    }
}

/// The path of the export's folder: what stands above the first of the folders `marks`.
pub(in crate::import) fn above<'m>(folder: &'m str, marks: &[&str]) -> &'m str {
    let mut at = 0;
    for part in folder.split('/') {
        if marks.iter().any(|mark| part.eq_ignore_ascii_case(mark)) {
            return folder[..at].trim_end_matches('/');
        }
        at += part.len() + 1;
    }
    folder
}

/// A file's name without ending, without what browsers and people add to it (`followers_1 (2)`),
/// in lower case with `_` for blanks.
pub(super) fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.split(" (").next().unwrap_or(stem);
    stem.trim().to_lowercase().replace([' ', '-'], "_").replace('’', "'")
}

/// Splits `followers_12` into name and part.
pub(super) fn part_of(stem: &str) -> (&str, Option<u32>) {
    match stem.rsplit_once('_') {
        Some((name, digits)) if !digits.is_empty() && digits.len() < 6 => {
            digits.parse().map_or((stem, None), |part| (name, Some(part)))
        }
        _ => (stem, None),
    }
}

/// What a file's name says about its list: `Followers`, `following_accounts`, `Volger`.
/// Following comes first, since `follower` begins like it in no language.
pub(super) fn list_in_name(path: &str) -> Option<List> {
    const FOLLOWING: &[&str] = &[
        "following",
        "followees",
        "follows",
        "followed",
        "friends",
        "subscriptions",
        "volgend",
        "gefolgt",
        "folge_ich",
        "abonnements",
        "siguiendo",
        "seguidos",
        "seguiti",
        "seguindo",
        "seguendo",
        "obserwowan",
        "takip_edil",
        "följer",
        "sledovan",
        "подписки",
        "フォロー中",
        "팔로잉",
        "关注",
    ];
    const FOLLOWERS: &[&str] = &[
        "follower",
        "fans",
        "volger",
        "abonné",
        "abonnenten",
        "seguidor",
        "seguaci",
        "obserwując",
        "takipçi",
        "följare",
        "sledujíc",
        "подписчики",
        "フォロワー",
        "팔로워",
        "粉丝",
    ];
    let stem = stem(path);
    let says = |words: &[&str]| words.iter().any(|word| stem.contains(word));
    if says(FOLLOWING) { Some(List::Following) } else { says(FOLLOWERS).then_some(List::Followers) }
}

/// The list that a file's name tells; where it tells none, followers, and says so.
pub(super) fn list_by_name(path: &str, reading: &mut Reading) -> List {
    list_in_name(path).unwrap_or_else(|| {
        reading.warn(
            0,
            "the file does not say whether these people follow the owner or are followed; they \
             are read as followers. Where that is wrong, put \"following\" into the file's name",
        );
        List::Followers
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_and_folders_are_taken_apart() {
        assert_eq!(above("me/connections/followers_and_following", &["connections"]), "me");
        assert_eq!(above("connections", &["connections"]), "");
        assert_eq!(above("downloads", &["connections"]), "downloads");
        assert_eq!(stem("a/Followers_1 (2).json"), "followers_1");
        assert_eq!(part_of("followers_12"), ("followers", Some(12)));
        assert_eq!(part_of("close_friends"), ("close_friends", None));
    }

    #[test]
    fn a_file_name_may_tell_the_list() {
        for (name, list) in [
            ("x/Followers_2024.json", Some(List::Followers)),
            ("Following.txt", Some(List::Following)),
            ("following_accounts.csv", Some(List::Following)),
            ("Volger.txt", Some(List::Followers)),
            ("Volgend.txt", Some(List::Following)),
            ("page1.json", None),
        ] {
            assert_eq!(list_in_name(name), list, "{name}");
        }
    }

    #[test]
    fn an_address_is_made_from_a_plain_name_only() {
        assert_eq!(
            address("instagram", "a.b_c").as_deref(),
            Some("https://www.instagram.com/a.b_c")
        );
        assert_eq!(address("instagram", "../x?"), None);
    }
}
