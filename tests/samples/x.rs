//! X archives, whole and in single files.

use std::collections::BTreeSet;

use jaywalk::import::{ImportError, Source};
use jaywalk::network::EvidenceKind;
use serde_json::Value;

use crate::shared::{ListCounts, Row, cases, list_rows, read, read_sample, said, sample};

const FOLDER: &str = "x_archive/unfollowtool";

/// An archive with an account number that is not in quotes. The tool that counted cannot hold so
/// long a number and left it out; here it is kept.
const UNQUOTED: (&str, &str) = ("x_dupes_numeric.zip", "1600000000000000042");

const FILES: &[ListCounts] = &[
    ("x_archive/dogsheep__twitter-to-sqlite__account.js", "X account", 1, 1, 0),
    ("x_archive/dogsheep__twitter-to-sqlite__follower.js", "X followers", 2, 2, 2),
    ("x_archive/dogsheep__twitter-to-sqlite__following.js", "X following", 2, 2, 2),
    ("x_archive/micahstubbs__xf__manifest.js", "X archive manifest", 1, 1, 0),
];

pub fn rows() -> Vec<Row> {
    let mut rows = list_rows(FILES);
    for (file, case) in cases(FOLDER) {
        let (expected, got) = match case["error"].as_str() {
            Some(error) => told_error(error, &said(&read_case(&file))),
            None => told_lists(&file, &case),
        };
        let note = if file == UNQUOTED.0 { "keeps a number that is not in quotes" } else { "" };
        rows.push(Row { file: format!("{FOLDER}/{file}"), expected, got, note });
    }
    rows.extend(loose_row());
    rows
}

fn read_case(file: &str) -> Result<Vec<Source>, ImportError> {
    let folder = sample(FOLDER).expect("its cases were read");
    read(&folder.join(file))
}

/// What has to be said of an archive that is not whole, and what is.
fn told_error(error: &str, said: &str) -> (String, String) {
    let words = match error {
        "MISSING_LIST" => "is missing",
        "CORRUPT_FILE" => "download the archive again",
        "NO_RELEVANT_FILES" => "no follower lists",
        other => panic!("{other}"),
    };
    let expected = format!("says “{words}”");
    let got = if said.contains(words) { expected.clone() } else { said.to_owned() };
    (expected, got)
}

fn told_lists(file: &str, case: &Value) -> (String, String) {
    let lists = Lists::of(&read_case(file).unwrap());
    let expected = Lists::expected(file, case);
    (expected.told(), lists.told())
}

/// The two lists lie loose in a folder; five and eight account numbers were counted in them.
fn loose_row() -> Option<Row> {
    let file = format!("{FOLDER}/loose/");
    let lists = Lists::of(&read(&sample(&file)?).unwrap());
    let expected = "followers 5, following 8, mutual 3".to_owned();
    Some(Row { file, expected, got: lists.told(), note: "the lists of x_basic.zip" })
}

/// Account numbers that follow the owner, and those the owner follows.
#[derive(Debug, PartialEq)]
struct Lists {
    followers: BTreeSet<String>,
    following: BTreeSet<String>,
}

impl Lists {
    fn of(sources: &[Source]) -> Self {
        let ids = |format: &str| {
            let people =
                sources.iter().filter(|it| it.format == format).flat_map(|it| &it.records.people);
            people
                .filter(|it| !it.is_owner)
                .filter_map(|it| it.id.as_ref().map(ToString::to_string))
                .collect()
        };
        Self { followers: ids("X followers"), following: ids("X following") }
    }

    fn expected(file: &str, case: &Value) -> Self {
        let listed = |name: &str| -> BTreeSet<String> {
            let ids = case[name].as_array().unwrap();
            ids.iter().map(|id| id.as_str().unwrap().to_owned()).collect()
        };
        let mutual = listed("mutual");
        let mut following = &listed("notFollowingBack") | &mutual;
        if file == UNQUOTED.0 {
            following.insert(UNQUOTED.1.to_owned());
        }
        Self { followers: &listed("fans") | &mutual, following }
    }

    fn told(&self) -> String {
        let mutual = self.followers.intersection(&self.following).count();
        let (followers, following) = (self.followers.len(), self.following.len());
        format!("followers {followers}, following {following}, mutual {mutual}")
    }
}

#[test]
fn archives_give_the_expected_accounts() {
    for (file, case) in cases(FOLDER) {
        if case.get("error").is_some() {
            continue;
        }
        let result = read_case(&file);
        let sources = result.as_deref().unwrap();
        assert_eq!(Lists::of(sources), Lists::expected(&file, &case), "{file}");
        if case.get("owner").is_some() {
            let owner = sources.iter().flat_map(|it| &it.records.people).find(|it| it.is_owner);
            assert_eq!(owner.unwrap().name, "Sample Owner".into(), "{file}");
        }
        if file == "x_two_exports.zip" {
            assert!(said(&result).contains("older export"), "{}", said(&result));
        }
    }
}

#[test]
fn messages_of_x_are_counted() {
    let Some(sources) = read_sample("x_archive/micahstubbs__xf__direct-messages.js") else {
        return;
    };
    let ties = &sources[0].records.ties;
    assert_eq!(ties.iter().map(|tie| tie.count).sum::<u32>(), 2000);
    assert!(ties.iter().all(|tie| tie.kind == EvidenceKind::Message));
}
