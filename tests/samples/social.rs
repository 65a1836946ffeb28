//! Exports of social networks: every case of the expected counts, and files beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jaywalk::import::{ImportError, PersonKey, PersonRecord, Source, TieRecord};
use jaywalk::network::{EvidenceKind, fact};
use serde_json::Value;

use crate::shared::{ListCounts, Row, cases, list_rows, read, said, sample};

/// Platforms and the folders of their cases.
const FOLDERS: &[(&str, &str)] = &[
    ("Instagram", "instagram/unfollowtool"),
    ("Facebook", "facebook/unfollowtool"),
    ("TikTok", "tiktok/unfollowtool"),
];

const LISTS: &[ListCounts] = &[
    ("tiktok/unfollowtool/raw_user_data_tiktok (1).json", "TikTok data", 11, 11, 8),
    ("mastodon/mastodon__mastodon__new-following-imports.txt", "Mastodon following", 2, 2, 2),
    (
        "youtube/TeamNewPipe__NewPipeExtractor__youtube_takeout_import_test.json",
        "YouTube subscriptions",
        4,
        7,
        4,
    ),
    (
        "youtube/TeamNewPipe__NewPipeExtractor__youtube_takeout_import_test_2.csv",
        "YouTube subscriptions",
        172,
        172,
        172,
    ),
];

/// Platform, folder, and what its lists hold.
type LooseLists = (&'static str, &'static str, &'static [(&'static str, usize)]);

/// Lists that lie loose in a folder, counted by hand.
const LOOSE: &[LooseLists] = &[
    ("Facebook", "facebook/unfollowtool/loose/", &[("friends", 9), ("following", 9)]),
    (
        "TikTok",
        "tiktok/unfollowtool/raw_txt/",
        &[("followers", 5), ("following", 6), ("mutual", 3)],
    ),
];

pub fn rows() -> Vec<Row> {
    let mut rows = list_rows(LISTS);
    for &(platform, folder) in FOLDERS {
        for (file, case) in cases(folder) {
            rows.extend(case_row(platform, format!("{folder}/{file}"), &case));
        }
    }
    for &(platform, folder, counts) in LOOSE {
        let counts = counts.iter().map(|&(list, count)| (list.to_owned(), count)).collect();
        rows.extend(lists_row(platform, folder.to_owned(), &counts));
    }
    rows
}

/// The row of a case: what its lists hold, or what has to be said of it.
fn case_row(platform: &'static str, file: String, case: &Value) -> Option<Row> {
    let Some(error) = case["error"].as_str() else {
        return lists_row(platform, file, &numbers(case));
    };
    let words = match error {
        "EMPTY_LISTS" => "there and empty",
        "MISSING_LIST" => "is missing",
        "CORRUPT_FILE" => "download the export again",
        other => panic!("{other}"),
    };
    let said = said(&read(&sample(&file)?));
    let expected = format!("says “{words}”");
    let got = if said.contains(words) { expected.clone() } else { said };
    Some(Row { file, expected, got, note: "" })
}

fn lists_row(
    platform: &'static str,
    file: String,
    expected: &BTreeMap<String, usize>,
) -> Option<Row> {
    let got = Got::of(platform, &sample(&file)?);
    let counts = expected.keys().map(|list| (list.clone(), got.count(list))).collect();
    Some(Row { file, expected: told(expected), got: told(&counts), note: "" })
}

/// The numbers of a case; Instagram's lie one level deeper.
fn numbers(case: &Value) -> BTreeMap<String, usize> {
    let levels = [Some(case), case.get("lists"), case.get("views")];
    let counts = levels.into_iter().flatten().filter_map(Value::as_object).flatten();
    let number = |(list, count): (&String, &Value)| {
        Some((list.clone(), usize::try_from(count.as_u64()?).ok()?))
    };
    counts.filter_map(number).collect()
}

/// "notFollowingBack: 4" becomes "not following back 4".
fn told(counts: &BTreeMap<String, usize>) -> String {
    let words = |list: &str| {
        let spaced = |c: char| if c.is_uppercase() { format!(" {c}") } else { c.to_string() };
        list.chars().map(spaced).collect::<String>().to_lowercase()
    };
    let told = counts.iter().map(|(list, count)| format!("{} {count}", words(list)));
    told.collect::<Vec<_>>().join(", ")
}

/// What was read from one sample.
struct Got {
    platform: &'static str,
    result: Result<Vec<Source>, ImportError>,
}

impl Got {
    fn of(platform: &'static str, path: &Path) -> Self {
        Self { platform, result: read(path) }
    }

    fn sources(&self) -> &[Source] {
        self.result.as_deref().unwrap_or_default()
    }

    /// People that a predicate on tie and direction to the owner picks, by what names them.
    fn tied(&self, format: &str, from_owner: bool, kind: EvidenceKind) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for source in self.sources().iter().filter(|it| it.format.starts_with(format)) {
            let people = &source.records.people;
            let is_owner = |at: u32| people[at as usize].is_owner;
            let wanted = |tie: &TieRecord| tie.kind == kind && is_owner(tie.from) == from_owner;
            for tie in source.records.ties.iter().filter(wanted) {
                names.insert(named(&people[if from_owner { tie.to } else { tie.from } as usize]));
            }
        }
        names
    }

    /// People in lists that tie nobody.
    fn aside(&self, label: &str) -> usize {
        let people = self.sources().iter().flat_map(|it| &it.records.people);
        let named: BTreeSet<String> =
            people.filter(|it| it.facts.get("listed as") == Some(label)).map(named).collect();
        named.len()
    }

    /// The account name of the owner.
    fn owner(&self) -> Option<&str> {
        let people = self.sources().iter().flat_map(|it| &it.records.people);
        let mut keys = people.filter(|it| it.is_owner).flat_map(|it| &it.keys);
        keys.find(|it| matches!(it, PersonKey::Handle(_))).map(PersonKey::short)
    }

    /// How many are in a list, by its name in the files of expected counts.
    fn count(&self, list: &str) -> usize {
        let followers = || self.tied(self.platform, false, EvidenceKind::Follow);
        let following = || self.tied(self.platform, true, EvidenceKind::Follow);
        let friends = || self.tied("Facebook friends", true, EvidenceKind::Contact);
        match list {
            "friends" => self.friends(),
            "followers" => followers().len(),
            "following" => following().len(),
            "mutual" => following().intersection(&followers()).count(),
            "fans" => followers().difference(&following()).count(),
            "notFollowingBack" => (&(&following() - &followers()) - &friends()).len(),
            "closeFriends" => self.tied(self.platform, true, EvidenceKind::CloseFriend).len(),
            "pendingRequests" | "sentRequests" => self.aside("request pending"),
            "receivedRequests" if self.platform == "Facebook" => self.aside("asks to be a friend"),
            "receivedRequests" => self.aside("asks to follow"),
            "recentlyUnfollowed" => self.aside("unfollowed"),
            "removedFriends" => self.aside("removed friend"),
            "rejectedRequests" => self.aside("rejected"),
            "blocked" => self.aside("blocked"),
            "restricted" => self.aside("restricted"),
            "removedSuggestions" => self.aside("removed suggestion"),
            other => panic!("{other}"),
        }
    }

    /// Friends on Facebook; two of the same name are two.
    fn friends(&self) -> usize {
        let friends = self.sources().iter().filter(|it| it.format == "Facebook friends");
        friends.map(|it| it.records.ties.len()).sum()
    }
}

fn named(person: &PersonRecord) -> String {
    let key = person.keys.first().map(|key| format!("{key:?}").to_lowercase());
    match person.facts.get(fact::HANDLE) {
        Some(handle) => handle.to_lowercase(),
        None if person.name.is_empty() => key.unwrap_or_default(),
        None => person.name.to_string(),
    }
}

#[test]
fn instagram_exports_say_what_they_lack_and_whose_they_are() {
    for (file, case) in cases("instagram/unfollowtool") {
        let Some(warnings) = case["warnings"].as_array() else { continue };
        let got = of_case("Instagram", "instagram/unfollowtool", &file);
        let said = said(&got.result);
        for warning in warnings {
            let words = match warning["code"].as_str().unwrap() {
                "MISSING_PARTS" => "followers_2 is missing",
                "MULTIPLE_EXPORTS" => "older export",
                "LIST_MISSING" => "\"following\" is missing",
                other => panic!("{other}"),
            };
            assert!(said.contains(words), "{file}: {said}");
        }
        // The owner of the nested one stands only in the name of a folder.
        if case["owner"].is_string() && file != "ig_nested_macos.zip" {
            assert_eq!(got.owner(), case["owner"].as_str(), "{file}");
        }
    }
}

#[test]
fn facebook_exports_name_the_unnamed() {
    for (file, case) in cases("facebook/unfollowtool") {
        if case.get("warnings").is_some() {
            let said = said(&of_case("Facebook", "facebook/unfollowtool", &file).result);
            assert!(said.contains("unnamed"), "{file}: {said}");
        }
    }
}

#[test]
fn tiktok_exports_know_their_owner() {
    for (file, case) in cases("tiktok/unfollowtool") {
        if let Some(owner) = case.get("owner") {
            let got = of_case("TikTok", "tiktok/unfollowtool", &file);
            assert_eq!(got.owner(), owner.as_str(), "{file}");
        }
    }
}

#[test]
fn only_channels_listed_twice_are_skipped() {
    let file = "youtube/TeamNewPipe__NewPipeExtractor__youtube_takeout_import_test.json";
    let Some(path) = sample(file) else { return };
    let issues = &read(&path).unwrap()[0].issues;
    assert!(issues.iter().all(|it| it.reason.contains("twice")), "{issues:?}");
}

fn of_case(platform: &'static str, folder: &str, file: &str) -> Got {
    let folder = sample(folder).expect("its cases were read");
    Got::of(platform, &folder.join(file))
}
