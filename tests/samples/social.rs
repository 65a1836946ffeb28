//! Exports of social networks: every case of the expected counts, printed as a table.

use std::collections::BTreeSet;
use std::path::Path;

use jaywalk::import::{ImportError, PersonRecord, Source, TieRecord};
use jaywalk::network::{EvidenceKind, fact};
use serde_json::Value;

use crate::shared::{read, shared};

/// What was read from one sample.
struct Got {
    result: Result<Vec<Source>, ImportError>,
}

impl Got {
    fn of(path: &Path) -> Self {
        Self { result: read(path) }
    }

    fn sources(&self) -> &[Source] {
        self.result.as_deref().unwrap_or_default()
    }

    /// Everything that was said.
    fn said(&self) -> String {
        match &self.result {
            Ok(sources) => {
                let issues = sources.iter().flat_map(|it| &it.issues);
                issues.map(|it| it.reason.as_str()).collect::<Vec<_>>().join("\n")
            }
            Err(error) => error.to_string(),
        }
    }

    /// People that a predicate on tie and direction to the owner picks, by what names them.
    fn tied(&self, format: &str, from_owner: bool, kind: EvidenceKind) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for source in self.sources().iter().filter(|it| it.format.starts_with(format)) {
            let people = &source.records.people;
            let is_owner = |at: u32| people[at as usize].is_owner;
            let wanted = |tie: &&TieRecord| tie.kind == kind && is_owner(tie.from) == from_owner;
            for tie in source.records.ties.iter().filter(wanted) {
                names.insert(named(&people[if from_owner { tie.to } else { tie.from } as usize]));
            }
        }
        names
    }

    fn followers(&self, platform: &str) -> BTreeSet<String> {
        self.tied(platform, false, EvidenceKind::Follow)
    }

    fn following(&self, platform: &str) -> BTreeSet<String> {
        self.tied(platform, true, EvidenceKind::Follow)
    }

    /// People in lists that tie nobody.
    fn aside(&self, label: &str) -> usize {
        let people = self.sources().iter().flat_map(|it| &it.records.people);
        let named: BTreeSet<String> =
            people.filter(|it| it.facts.get("listed as") == Some(label)).map(named).collect();
        named.len()
    }

    fn owner(&self) -> Option<&str> {
        let people = self.sources().iter().flat_map(|it| &it.records.people);
        let handle =
            |it: &PersonRecord| it.keys.iter().any(|key| format!("{key:?}").starts_with("Handle"));
        people.filter(|it| it.is_owner && handle(it)).map(|it| it.name.as_str()).next()
    }
}

fn named(person: &PersonRecord) -> String {
    let key = person.keys.first().map(|key| format!("{key:?}").to_lowercase());
    match person.facts.get(fact::HANDLE) {
        Some(handle) => handle.to_lowercase(),
        None if person.name.is_empty() => key.unwrap_or_default(),
        None => person.name.clone(),
    }
}

/// Compares a sample's numbers and prints them; answers whether they differ.
fn row(file: &str, expected: &[(String, usize)], got: &[usize], said: &str) -> bool {
    let numbers = |numbers: &mut dyn Iterator<Item = String>| numbers.collect::<Vec<_>>().join(" ");
    let names = numbers(&mut expected.iter().map(|(name, count)| format!("{name}={count}")));
    let got_text = numbers(&mut got.iter().map(ToString::to_string));
    let same = expected.iter().map(|it| it.1).eq(got.iter().copied());
    println!("| {file} | {names} | {got_text} | {} |", if same { "" } else { "DIFFERS" });
    if !same {
        println!("{said}");
    }
    !same
}

fn cases(folder: &str) -> Option<(std::path::PathBuf, serde_json::Map<String, Value>)> {
    let folder = shared(folder)?;
    let text = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let Value::Object(cases) = serde_json::from_str(&text).unwrap() else { panic!("no cases") };
    Some((folder, cases))
}

/// What a case that cannot be read whole has to be told about.
fn is_told(error: &Value, said: &str) -> bool {
    match error.as_str() {
        Some("EMPTY_LISTS") => said.contains("there and empty"),
        Some("MISSING_LIST") => said.contains("is missing"),
        Some("CORRUPT_FILE") => said.contains("download the export again"),
        _ => false,
    }
}

#[test]
fn instagram_exports_give_the_expected_lists() {
    let Some((folder, cases)) = cases("samples/instagram/unfollowtool") else { return };
    let mut wrong = 0;
    for (file, case) in &cases {
        let got = Got::of(&folder.join(file));
        let said = got.said();
        if let Some(error) = case.get("error") {
            println!("| {file} | {error} | told: {} |", is_told(error, &said));
            assert!(is_told(error, &said), "{file}: {said}");
            continue;
        }
        let (followers, following) = (got.followers("Instagram"), got.following("Instagram"));
        let lists = case["lists"].as_object().unwrap();
        let count = |list: &str| match list {
            "followers" => followers.len(),
            "following" => following.len(),
            "closeFriends" => got.tied("Instagram", true, EvidenceKind::CloseFriend).len(),
            "pendingRequests" => got.aside("request pending"),
            "recentlyUnfollowed" => got.aside("unfollowed"),
            "receivedRequests" => got.aside("asks to follow"),
            "blocked" => got.aside("blocked"),
            "restricted" => got.aside("restricted"),
            "removedSuggestions" => got.aside("removed suggestion"),
            other => panic!("{other}"),
        };
        let numbers = |it: &serde_json::Map<String, Value>| -> Vec<(String, usize)> {
            it.iter()
                .map(|(name, count)| {
                    (name.clone(), usize::try_from(count.as_u64().unwrap()).unwrap())
                })
                .collect()
        };
        let mut expected = numbers(lists);
        let mut found: Vec<usize> = expected.iter().map(|(list, _)| count(list)).collect();
        if lists.contains_key("following") {
            let views = numbers(case["views"].as_object().unwrap());
            for (view, count) in views {
                found.push(match view.as_str() {
                    "followers" => followers.len(),
                    "following" => following.len(),
                    "notFollowingBack" => following.difference(&followers).count(),
                    "fans" => followers.difference(&following).count(),
                    "mutual" => following.intersection(&followers).count(),
                    other => panic!("{other}"),
                });
                expected.push((view, count));
            }
        }
        wrong += usize::from(row(file, &expected, &found, &said));
        for warning in case["warnings"].as_array().unwrap() {
            let words = match warning["code"].as_str().unwrap() {
                "MISSING_PARTS" => "followers_2 is missing",
                "MULTIPLE_EXPORTS" => "older export",
                "LIST_MISSING" => "\"following\" is missing",
                other => panic!("{other}"),
            };
            assert!(said.contains(words), "{file}: {said}");
        }
        if case["owner"].is_string() && file != "ig_nested_macos.zip" {
            let name = if file == "ig_2025_json.zip" { "Demo Müller" } else { "Demo.User" };
            assert_eq!(got.owner(), Some(name), "{file}");
        }
    }
    assert_eq!(wrong, 0);
}

#[test]
fn facebook_exports_give_the_expected_lists() {
    let Some((folder, cases)) = cases("samples/facebook/unfollowtool") else { return };
    let mut wrong = 0;
    for (file, case) in &cases {
        let got = Got::of(&folder.join(file));
        let said = got.said();
        if let Some(error) = case.get("error") {
            println!("| {file} | {error} | told: {} |", is_told(error, &said));
            assert!(is_told(error, &said), "{file}: {said}");
            continue;
        }
        let (followers, following) = (got.followers("Facebook"), got.following("Facebook"));
        let friend_ties = got.sources().iter().filter(|it| it.format == "Facebook friends");
        let friends: usize = friend_ties.map(|it| it.records.ties.len()).sum();
        let friend_names = got.tied("Facebook friends", true, EvidenceKind::Contact);
        let mut expected = Vec::new();
        let mut found = Vec::new();
        for (name, count) in case.as_object().unwrap() {
            let Some(count) = count.as_u64() else { continue };
            expected.push((name.clone(), usize::try_from(count).unwrap()));
            found.push(match name.as_str() {
                "friends" => friends,
                "followers" => followers.len(),
                "following" => following.len(),
                "mutual" => following.intersection(&followers).count(),
                "fans" => followers.difference(&following).count(),
                "notFollowingBack" => (&(&following - &followers) - &friend_names).len(),
                "removedFriends" => got.aside("removed friend"),
                "sentRequests" => got.aside("request pending"),
                "receivedRequests" => got.aside("asks to be a friend"),
                "rejectedRequests" => got.aside("rejected"),
                other => panic!("{other}"),
            });
        }
        wrong += usize::from(row(file, &expected, &found, &said));
        if case.get("warnings").is_some() {
            assert!(said.contains("unnamed"), "{file}: {said}");
        }
    }
    assert_eq!(wrong, 0);
}

#[test]
fn tiktok_exports_give_the_expected_lists() {
    let Some((folder, cases)) = cases("samples/tiktok/unfollowtool") else { return };
    let mut wrong = 0;
    for (file, case) in &cases {
        let got = Got::of(&folder.join(file));
        let said = got.said();
        if let Some(error) = case.get("error") {
            println!("| {file} | {error} | told: {} |", is_told(error, &said));
            assert!(is_told(error, &said), "{file}: {said}");
            continue;
        }
        let (followers, following) = (got.followers("TikTok"), got.following("TikTok"));
        let mut expected = Vec::new();
        let mut found = Vec::new();
        for (name, count) in case.as_object().unwrap() {
            let Some(count) = count.as_u64() else { continue };
            expected.push((name.clone(), usize::try_from(count).unwrap()));
            found.push(match name.as_str() {
                "followers" => followers.len(),
                "following" => following.len(),
                "mutual" => following.intersection(&followers).count(),
                "fans" => followers.difference(&following).count(),
                "notFollowingBack" => following.difference(&followers).count(),
                other => panic!("{other}"),
            });
        }
        wrong += usize::from(row(file, &expected, &found, &said));
        if let Some(owner) = case.get("owner") {
            assert_eq!(got.owner(), owner.as_str(), "{file}");
        }
    }
    assert_eq!(wrong, 0);
}

#[test]
fn other_networks_are_read() {
    for (file, format, kept) in [
        ("tiktok/unfollowtool/raw_user_data_tiktok (1).json", "TikTok data", 11),
        ("tiktok/unfollowtool/raw_txt/Follower.txt", "TikTok followers", 5),
        ("mastodon/mastodon__mastodon__new-following-imports.txt", "Mastodon following", 2),
        (
            "youtube/TeamNewPipe__NewPipeExtractor__youtube_takeout_import_test.json",
            "YouTube subscriptions",
            0,
        ),
        (
            "youtube/TeamNewPipe__NewPipeExtractor__youtube_takeout_import_test_2.csv",
            "YouTube subscriptions",
            0,
        ),
    ] {
        let Some(path) = shared(&format!("samples/{file}")) else { return };
        let sources = read(&path).unwrap();
        let source = &sources[0];
        println!("| {file} | {} | {} of {} |", source.format, source.rows_kept, source.rows_read);
        assert_eq!(source.format, format, "{file}");
        let only_twice = source.issues.iter().all(|it| it.reason.contains("twice"));
        assert!(source.rows_skipped == 0 || only_twice, "{file}: {:?}", source.issues);
        assert!(kept == 0 || source.rows_kept == kept, "{file}: {}", source.rows_kept);
    }
}
